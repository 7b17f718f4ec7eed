"""The match of everything from a snapshot, beside the query that a person would write for it.

Both read the same Parquet files in a process of their own, give counts by state and a Parquet
of lines, and must count the same. Seconds are from opening the snapshot to the last count, without
the start of Python and its libraries, and without the pack's dates: the query by hand
is given them as a table; what it costs the product to work them out stands apart.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.children import Ran, call
from benchmarks.made_up import day_number
from benchmarks.results import Result, median

__all__ = ["by_hand", "by_product", "make", "measure_everything"]

ON = "2025-01-31"
_DAY = 86_400_000
_MADE = "size"
_LARGER_THAN_ANY = 1 << 40


def measure_everything(items: int, place: Path, say: Callable[[str], None]) -> Iterator[Result]:
    """Make the snapshot, match it both ways, compare."""
    snapshot = place / f"snapshot-{items}"
    if not (snapshot / _MADE).is_file():
        say(f"writing the snapshot of {items:,} items")
        shutil.rmtree(snapshot, ignore_errors=True)
        call("everything:make", place=str(snapshot), items=items)
    times = 3
    lines = place / "lines"
    runs: dict[str, list[Ran]] = {"by_hand": [], "by_product": []}
    for number in range(times):
        for way, done in runs.items():  # in turn, so that the machine's moods meet both
            say(f"match of {items:,} items {way.replace('_', ' ')}, {number + 1} of {times}")
            done.append(call(f"everything:{way}", place=str(snapshot), lines=str(lines)))
    hand, product = runs["by_hand"], runs["by_product"]
    seconds = {way: median([one.answer["seconds"] for one in done]) for way, done in runs.items()}
    counts = {way: dict(sorted(done[0].answer["states"].items())) for way, done in runs.items()}
    figures = {
        "entries": hand[0].answer["entries"],
        "lines": sum(counts["by_product"].values()),
        "seconds": seconds["by_product"],
        "hand_seconds": seconds["by_hand"],
        "ratio": seconds["by_product"] / seconds["by_hand"],
        "law_seconds": median([one.answer["law_seconds"] for one in product]),
        "process_seconds": median([one.seconds for one in product]),
        "peak_mb": max(one.peak_mb for one in product),
        "hand_peak_mb": max(one.peak_mb for one in hand),
        "states": counts["by_product"],
        "hand_states": counts["by_hand"],
        "same_counts": counts["by_product"] == counts["by_hand"],
        "runs": times,
    }
    if items > 100_000:
        shutil.rmtree(snapshot)
    yield Result("match", "duckdb", items, figures)


def make(place: str, items: int) -> int:
    """Write the snapshot through the product's own writer; the size of its record."""
    import pyarrow as pa

    from benchmarks.readtables import read_tables
    from fullfile.engines.matching.snapshot import arrow_schema, write_tables
    from fullfile.engines.matching.tables import SCHEMAS

    schemas = {name: arrow_schema(name) for name in SCHEMAS}
    size = 0

    def pieces() -> Iterator[tuple[str, pa.Table]]:
        nonlocal size
        for name, rows, reached in read_tables(items, schemas):
            size = reached
            yield name, rows

    write_tables(Path(place), pieces(), _LARGER_THAN_ANY)
    (Path(place) / _MADE).write_text(str(size), "utf-8")
    return size


def by_hand(place: str, lines: str) -> dict[str, object]:
    """The yardstick."""
    import duckdb

    from benchmarks.handwritten import match_by_hand
    from benchmarks.law import due_dates
    from fullfile.engines.matching.tables import SCHEMAS

    dates = due_dates()
    size = int((Path(place) / _MADE).read_text("utf-8"))
    output = Path(lines).with_suffix(".hand.parquet")
    started = time.perf_counter()
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    for name in SCHEMAS:
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{place}/{name}-*.parquet')")
    states = match_by_hand(connection, dates, size=size, on=end_of(ON), lines=output)
    return {"seconds": time.perf_counter() - started, "states": states, "entries": size}


def by_product(place: str, lines: str) -> dict[str, object]:
    """The product: counts, and every line as Parquet."""
    from fullfile.core.matching.line import Policy
    from fullfile.core.rules.law import Law
    from fullfile.engines.matching.engine import Match
    from fullfile.engines.matching.law import Moment
    from fullfile.engines.matching.snapshot import open_snapshot
    from fullfile.engines.packs import load_calendars, load_packs
    from fullfile.server.queries.law_rows import law_rows

    packs = Law(load_packs().by_id, load_calendars().by_id)
    size = int((Path(place) / _MADE).read_text("utf-8"))
    moment, policy = Moment(size, end_of(ON)), Policy()
    started = time.perf_counter()
    tables = open_snapshot(Path(place), Path(lines).with_name("scratch"))
    opened = time.perf_counter()
    law = law_rows(packs, tables, moment)
    dated = time.perf_counter()
    with Match(tables, moment, policy, law) as match:
        match.write_parquet(Path(lines).with_suffix(".parquet"))
        found = match.summary(ended=True)
    done = time.perf_counter()
    return {
        "seconds": (opened - started) + (done - dated),
        "law_seconds": dated - opened,
        "states": {state.value: many for state, many in found.states.items()},
    }


def end_of(day: str) -> int:
    """The last moment of a day in wall-clock milliseconds."""
    return (day_number(day) + 1) * _DAY - 1
