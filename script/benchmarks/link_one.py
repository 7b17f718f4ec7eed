"""How long it takes to suggest cases for one item at booking, against what the last run over everything left.

    PYTHONPATH=script python -m benchmarks.link_one --home DIR

The home has been linked (`fullfile link`). Items are looked at one after the other in one process, as a server does
when somebody books; the first, which warms the machine up, does not count.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.results import median, percentile

__all__ = ["main", "measure_one"]

REACH = 1.0
"""Seconds at the median that are allowed."""


def measure_one(home: Path, many: int) -> list[float]:
    """Seconds for each of some items that had suggestions.

    Raises:
        RuntimeError: the home has no index that still serves.
    """
    from fullfile.server.settings.configuration import configure, database_address

    configure(home)
    from fullfile.engines.linkage.booking import find_index, suggest_one
    from fullfile.server.store.linking import model_in_use
    from fullfile.server.store.load import current_size
    from fullfile.server.store.tables import select

    size = current_size()
    index = find_index(home / "linkage", size)
    if index is None:
        raise RuntimeError(f"{home} has no index: run fullfile link first")
    model, _ = model_in_use(size)
    found = [int(one) for (one,) in select("SELECT DISTINCT item_id FROM suggestions")]
    step = max(1, len(found) // (many + 1))
    seconds = []
    for item in sorted(found)[::step][: many + 1]:
        with tempfile.TemporaryDirectory(prefix="fullfile-bench-") as scratch:
            started = time.perf_counter()
            said = suggest_one(index, database_address(), size, model, item, scratch=Path(scratch))
            seconds.append(time.perf_counter() - started)
        if said is None:
            raise RuntimeError("too much changed since the index was made: run fullfile link")
    return seconds[1:]


def main() -> int:
    """Measure; 1 where the median is out of reach."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--items", type=int, default=20)
    asked = parser.parse_args()
    seconds = measure_one(asked.home.resolve(), asked.items)
    middle = median(seconds)
    print(
        f"{len(seconds)} items: {middle:.2f} s at the median, {percentile(seconds, 95):.2f} s at 95 %, "
        f"{max(seconds):.2f} s at most"
    )
    return 0 if middle < REACH else 1


if __name__ == "__main__":
    sys.exit(main())
