"""Measurements inside the process: one append, and the match of one case.

Both go through the product's own doors: `unit_of_work` for the append (locked
head, leaf, read row, signed checkpoint, durable commit), and the command itself
for the match (`main`, to JSON in a file), so that nothing is left out but the
start of the program.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.made_up import AGENCIES, LARGE_CASE
from benchmarks.results import median, percentile

__all__ = ["append", "case"]

_APPENDS = 300
_ROUNDS = 3
_DAYS = ("2022-06-30", "2023-07-10", "2024-07-10", "2025-06-30", None)
_LARGE = "D-202-CR-0000000"


def append(home: str) -> dict[str, object]:
    """Record one custody event after the other, each in a unit of work of its own."""
    from fullfile.server.settings import configure

    configure(Path(home))
    from fullfile.core.entries import Draft
    from fullfile.server.store.append import unit_of_work
    from fullfile.server.store.tables import select

    (agency, first), *_ = select(
        "SELECT a.name, i.tag FROM item_key i JOIN agency_key a ON a.agency_id = i.agency_id "
        "ORDER BY i.item_id DESC LIMIT 1"
    )
    assert agency in AGENCIES
    took = []
    for number in range(_APPENDS + 20):
        draft = Draft(
            "custody.recorded",
            "Bench Keeper",
            {
                "agency": agency,
                "tag": first,
                "event": "moved",
                "occurred_at": "2025-06-30",
                "place": f"shelf {number}",
            },
            source="property-room",
        )
        took.append(_seconds(partial(_append_one, unit_of_work, draft)))
    took = took[20:]  # the first ones read the programs and fill the database's memory
    (size,) = select("SELECT size FROM head")[0]
    return {
        "entries": size,
        "median_ms": median(took) * 1e3,
        "p95_ms": percentile(took, 95) * 1e3,
        "slowest_ms": max(took) * 1e3,
        "runs": len(took),
    }


def _append_one(unit_of_work: Callable[[], object], draft: object) -> None:
    with unit_of_work() as writer:  # type: ignore[attr-defined]  # the product's own, imported late
        writer.append([draft], now_ms=time.time_ns() // 1_000_000)


def case(home: str) -> dict[str, object]:
    """Match the large case for several days and several states of knowledge."""
    from fullfile.cli.main import main

    with tempfile.TemporaryDirectory(prefix="fullfile-bench-") as scratch:
        output = Path(scratch) / "match.json"
        words = [
            "--home",
            home,
            "match",
            "--case",
            _LARGE,
            "--format",
            "json",
            "--output",
            str(output),
        ]
        started = time.perf_counter()
        _run(main, words)
        first = time.perf_counter() - started
        moments = _moments()
        took: dict[str, list[float]] = {}
        for _ in range(_ROUNDS):
            for day in _DAYS:
                for known in moments:
                    more = ["--on", day] if day else []
                    more += ["--as-of", known[1]] if known[1] else []
                    name = f"on {day or 'now'}, as of {known[0]}"
                    took.setdefault(name, []).append(_seconds(partial(_run, main, words + more)))
        _run(main, [*words, "--on", "2025-06-30", "--all-lines"])
        written = output.stat().st_size
    every = [one for each in took.values() for one in each]
    slowest = max(took, key=lambda name: median(took[name]))
    return {
        "items_of_the_case": LARGE_CASE,
        "median_ms": median(every) * 1e3,
        "p95_ms": percentile(every, 95) * 1e3,
        "slowest_ms": median(took[slowest]) * 1e3,
        "slowest_is": slowest,
        "first_ms": first * 1e3,
        "all_lines_bytes": written,
        "runs": len(every),
    }


def _run(main: Callable[[list[str]], int], words: list[str]) -> None:
    status = main(words)
    if status not in (0, 1):
        raise RuntimeError(f"fullfile {' '.join(words)} ended with {status}")


def _moments() -> list[tuple[str, str]]:
    """Now, and the moment at which the record had half of what it has."""
    from fullfile.server.store.tables import select

    (size,) = select("SELECT size FROM head")[0]
    found = [("now", "")]
    ((ms,),) = select('SELECT recorded_ms FROM entry WHERE "index" = %s', [size // 2])
    text = datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")
    return [*found, ("half of the record", text)]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
