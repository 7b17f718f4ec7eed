"""Duties: the due dates of every line from nothing, and what one more event on a docket costs.

The dates are worked out from a snapshot, with the whole match around them: from opening it, through the
pack's dates of every trigger, to a Parquet of lines that has a date on each. What an event costs is
measured on an imported office: a docket event in a unit of work of its own, and then the duties of
its case, asked anew. `duties` itself goes through the command (`main`, to JSON in a file), so that nothing
is left out but the start of the program.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.children import call
from benchmarks.made_up import ITEMS_PER_CASE, LARGE_CASE
from benchmarks.results import Result, median, percentile

__all__ = ["dates", "duties", "measure_dates"]

_EVENTS = 40
_ROUNDS = 15
_ON = "2024-07-10"
_LARGE, _ORDINARY = "D-202-CR-0000000", "D-202-CR-0000007"


def measure_dates(items: int, place: Path, say: Callable[[str], None]) -> Iterator[Result]:
    """Make the snapshot where there is none, and date every line of it."""
    snapshot = place / f"snapshot-{items}"
    made = snapshot.is_dir()
    if not made:
        say(f"writing the snapshot of {items:,} items")
        call("everything:make", place=str(snapshot), items=items)
    say(f"due dates of every line of {items:,} items")
    runs = [
        call("duties:dates", place=str(snapshot), lines=str(place / "dates.parquet"))
        for _ in range(3)
    ]
    answer = runs[0].answer
    yield Result(
        "dates",
        "duckdb",
        items,
        {
            "cases": items // ITEMS_PER_CASE,
            "lines": answer["lines"],
            "dated": answer["dated"],
            "seconds": median([one.answer["seconds"] for one in runs]),
            "law_seconds": median([one.answer["law_seconds"] for one in runs]),
            "peak_mb": max(one.peak_mb for one in runs),
            "runs": len(runs),
        },
    )
    if not made and items > 100_000:
        shutil.rmtree(snapshot)


def dates(place: str, lines: str) -> dict[str, object]:
    """The dates of every line of a snapshot."""
    import pyarrow.parquet as pq

    from benchmarks.everything import ON, end_of
    from fullfile.core.matching.line import Policy
    from fullfile.core.rules.law import Law
    from fullfile.engines.matching.engine import Match
    from fullfile.engines.matching.law import Moment
    from fullfile.engines.matching.snapshot import open_snapshot
    from fullfile.engines.packs import load_calendars, load_packs
    from fullfile.server.queries.law_rows import law_rows

    packs = Law(load_packs().by_id, load_calendars().by_id)
    size = int((Path(place) / "size").read_text("utf-8"))
    moment = Moment(size, end_of(ON))
    started = time.perf_counter()
    tables = open_snapshot(Path(place), Path(lines).with_name("scratch"))
    opened = time.perf_counter()
    law = law_rows(packs, tables, moment)
    dated = time.perf_counter()
    with Match(tables, moment, Policy(), law) as match:
        many = match.write_parquet(Path(lines))
    done = time.perf_counter()
    column = pq.read_table(lines, columns=["due_day"]).column(0)
    Path(lines).unlink()
    return {
        "seconds": done - started,
        "law_seconds": dated - opened,
        "lines": many,
        "dated": many - column.null_count,
    }


def duties(home: str) -> dict[str, object]:
    """Ask the duties of a case of ordinary size and of the large one; then event by event."""
    from fullfile.server.settings import configure

    configure(Path(home))
    from fullfile.core.entries import Draft
    from fullfile.server.queries.duties import duties_of
    from fullfile.server.store.append import unit_of_work
    from fullfile.server.store.tables import select

    with tempfile.TemporaryDirectory(prefix="fullfile-bench-") as scratch:
        output = Path(scratch) / "duties.json"
        asked = {
            name: [_seconds(partial(_command, home, words, output)) for _ in range(_ROUNDS)][2:]
            for name, words in _questions(select).items()
        }
    written: list[float] = []
    told: list[float] = []
    for number in range(_EVENTS):
        draft = Draft(
            "docket.recorded",
            "Bench Clerk",
            {
                "case_number": _ORDINARY,
                "event": "hearing",
                "occurred_on": _ON,
                "detail": f"hearing {number}",
            },
            source="court",
        )
        written.append(_seconds(partial(_append_one, unit_of_work, draft)))
        told.append(_seconds(partial(duties_of, _ORDINARY)))
    (size,) = select("SELECT size FROM head")[0]
    return {
        "entries": size,
        "items_of_the_large_case": LARGE_CASE,
        **{f"{name}_ms": median(took) * 1e3 for name, took in asked.items()},
        **{f"{name}_p95_ms": percentile(took, 95) * 1e3 for name, took in asked.items()},
        "event_ms": median(written[5:]) * 1e3,
        "after_event_ms": median(told[5:]) * 1e3,
        "runs": _EVENTS - 5,
    }


def _questions(select: Callable[..., list[tuple[str, str, str]]]) -> dict[str, tuple[str, ...]]:
    """What is asked, each as a person types it: of an item, of the case on whose file it is, of the large case."""
    ((agency, tag, case), *_) = select(
        "SELECT a.name, k.tag, c.number FROM filings f JOIN item_key k ON k.item_id = f.item_id "
        "JOIN agency_key a ON a.agency_id = k.agency_id "
        "JOIN case_key c ON c.case_id = f.case_id WHERE c.number <> %s ORDER BY f.entry LIMIT 1",
        [_LARGE],
    )
    return {
        "ordinary": ("duties", case),
        "large": ("duties", _LARGE),
        "standing": ("standing", case),
        "knew": ("knew", agency, tag),
        "impact_item": ("impact", agency, tag),
        "impact_case": ("impact", "--case", case),
        "impact_large": ("impact", "--case", _LARGE),
    }


def _append_one(unit_of_work: Callable[[], object], draft: object) -> None:
    with unit_of_work() as writer:  # type: ignore[attr-defined]  # the product's own, imported late
        writer.append([draft], now_ms=time.time_ns() // 1_000_000)


def _command(home: str, asked: tuple[str, ...], output: Path) -> None:
    from fullfile.cli.main import main

    words = ["--home", home, *asked, "--on", _ON, "--format", "json"]
    status = main([*words, "--output", str(output)])
    if status not in (0, 1):
        raise RuntimeError(f"fullfile {' '.join(words)} ended with {status}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
