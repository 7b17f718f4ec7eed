"""The reference and the expressions say the same of random histories, at sizes and days of them.

The reference reads entries; the expressions read the tables that projectors
made of them, in the office's database and in a columnar copy on DuckDB. Two programs by two routes.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.ids import DAY_MS, day_text, key, parse_when
from fullfile.core.matching import Law, Line, Policy, lines_of_office, read_world
from tests.property.histories import random_history

if TYPE_CHECKING:
    from fullfile.engines.matching.tables import Tables
    from tests.store.conftest import OpenOffice

SEEDS = range(int(os.environ.get("FULLFILE_SEEDS", "6")))
DAYS = ("2024-01-20", "2024-02-29", "2024-04-02", "2026-03-01")
ZONE = ZoneInfo("America/Denver")


def _write(office: OpenOffice, seed: int, rows: int) -> list[int]:
    """Record a history; the sizes that its chunks ended at."""
    drafts = random_history(seed, rows)[1:]
    shift = office.size - 1
    sizes = []
    for start in range(0, len(drafts), 10):
        moved = [_shifted(draft, shift) for draft in drafts[start : start + 10]]
        office.append(*moved)
        sizes.append(office.size)
    return sizes


def _shifted(draft: Any, shift: int) -> Any:
    data = draft.data
    if draft.type == "import.started":
        data = {**data, "batch": data["batch"] + shift}
    return replace(
        draft,
        data=data,
        run=None if draft.run is None else draft.run + shift,
        corrects=None if draft.corrects is None else draft.corrects + shift,
    )


def _of_reference(line: Line) -> tuple[Any, ...]:
    return (
        line.state.value,
        tuple(sorted(state.value for state in line.also)),
        key(line.agency or ""),
        key(line.tag or ""),
        key(line.case_number or ""),
        key(line.defendant or ""),
        line.held_since,
        line.due,
        line.due_basis if line.tag else None,
        line.filed_at,
        line.disclosed_at,
        line.ended,
        line.changed_since_end,
    )


def _names(office: OpenOffice) -> dict[str, dict[int, Any]]:
    agencies: dict[int, str] = dict(office.rows("SELECT agency_id, norm FROM agency_key"))
    return {
        "agency": agencies,
        "item": {
            i: (agencies[a], norm)
            for i, a, norm in office.rows("SELECT item_id, agency_id, norm FROM item_key")
        },
        "case": dict(office.rows("SELECT case_id, norm FROM case_key")),
        "defendant": dict(office.rows("SELECT defendant_id, norm FROM defendant_key")),
    }


def _of_engine(
    row: dict[str, Any], names: dict[str, dict[int, Any]], states: list[str]
) -> tuple[Any, ...]:
    from fullfile.engines.matching.expressions import ORDER

    state = ORDER[row["state"]].value
    agency, tag = names["item"].get(row["item_id"], ("", ""))
    beside = state in ("unbooked", "unanswered", "barred_count")
    if beside:
        agency, tag = names["agency"].get(row["agency_id"], ""), ""

    def day(ms: int | None) -> str | None:
        return None if ms is None else day_text(ms)

    def day_number(days: int | None) -> str | None:
        return None if days is None else day_text(days * DAY_MS)

    return (
        state,
        tuple(sorted(name for name in states if row[name] and name != state)),
        agency,
        tag,
        names["case"].get(row["case_id"], ""),
        names["defendant"].get(row["defendant_id"], ""),
        day(row["held_first"]),
        day_number(row["due_day"]),
        None if beside else {1: "law", 2: "policy"}.get(row["due_basis"]),
        day(row["filed_last"]),
        day(row["disclosed_last"]),
        day_number(row["ended_day"]),
        bool(row["changed"]),
    )


def _expressions(
    office: OpenOffice, tables: Tables, size: int, on: int, policy: Policy, law: Law
) -> Counter[tuple[Any, ...]]:
    from fullfile.engines.matching.expressions import ORDER, match_lines
    from fullfile.engines.matching.law import Moment
    from fullfile.engines.matching.work import Work
    from fullfile.server.queries.law_rows import law_rows

    moment = Moment(size, on)
    with Work(tables, moment, policy, law_rows(law, tables, moment)) as work:
        found = work.arrow(match_lines(work)).to_pylist()
    names = _names(office)
    states = [state.value for state in ORDER]
    return Counter(_of_engine(row, names, states) for row in found)


def _reference(size: int, on: int, policy: Policy, law: Law) -> Counter[tuple[Any, ...]]:
    from fullfile.server.store.load import iter_entries

    world = read_world(
        iter_entries(0, size), zone=ZONE, moment=lambda _: on, law=law, policy=policy
    )
    return Counter(_of_reference(line) for line in lines_of_office(world))


def _tables(office: OpenOffice) -> Tables:
    from fullfile.engines.matching.tables import read_postgres, read_sqlite

    if office.url:
        return read_postgres(office.url)
    return read_sqlite(str(office.home / "fullfile.sqlite3"))


@pytest.mark.parametrize("seed", SEEDS)
def test_expressions_equal_the_reference(office: OpenOffice, seed: int) -> None:
    from fullfile.server.store.load import adopted_law

    sizes = _write(office, seed, rows=70)
    law = Law(*adopted_law(office.size))
    tables = _tables(office)
    rng = random.Random(seed)
    policy = Policy(source_rank=rng.choice(((), ("court",), ("cases", "property"))))
    for size in {sizes[-1], rng.choice(sizes), rng.choice(sizes)}:
        for day in rng.sample(DAYS, 2):
            on = parse_when(day).last
            expected = _reference(size, on, policy, law)
            found = _expressions(office, tables, size, on, policy, law)
            missing, extra = expected - found, found - expected
            assert missing == extra, _difference(seed, size, day, policy, missing, extra)


def _difference(
    seed: int, size: int, day: str, policy: Policy, missing: Counter[Any], extra: Counter[Any]
) -> str:
    head = f"seed {seed}, size {size}, on {day}, {policy.source_rank}"
    only = "\n".join(f"  reference:   {line}" for line in sorted(missing, key=str)[:6])
    other = "\n".join(f"  expressions: {line}" for line in sorted(extra, key=str)[:6])
    return f"{head}\n{only}\n{other}"
