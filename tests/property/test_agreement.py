"""The reference and the expressions say the same of random histories, at sizes and days of them.

The reference reads entries; the expressions read the tables that projectors
made of them, in the office's database and in a columnar copy on DuckDB. Two programs by two routes.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.ids import DAY_MS, day_text, key, parse_when
from fullfile.core.matching import Line, Policy, lines_of_office, read_world
from fullfile.core.rules import Method, Period, Trigger, Variant
from fullfile.core.rules.law import Law
from tests.property.histories import ZONES, random_history

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fullfile.core.ids import When
    from fullfile.engines.matching.tables import Tables
    from tests.store.conftest import OpenOffice

SEEDS = range(int(os.environ.get("FULLFILE_SEEDS", "1")))
MOMENTS = (
    "2024-01-20",
    "2024-02-29",
    "2024-04-02",
    "2026-03-01",
    "2024-02-10T22:30:00-07:00",
    "2024-03-20T08:15:00-06:00",
)
"""Days, which end everywhere on their own clock, and instants, which are two days in two places."""
ZONE = ZoneInfo("America/Denver")


def _write(office: OpenOffice, seed: int, rows: int) -> Iterator[int]:
    """Record a history; the sizes that its chunks end at."""
    drafts = random_history(seed, rows)[1:]
    shift = office.size - 1
    for start in range(0, len(drafts), 10):
        moved = [_shifted(draft, shift) for draft in drafts[start : start + 10]]
        office.append(*moved)
        yield office.size


def _shifted(draft: Any, shift: int) -> Any:
    data = draft.data
    if draft.type == "import.started":
        data = {**data, "batch": data["batch"] + shift}
    elif draft.type == "link.ran":
        data = {**data, "size": data["size"] + shift}
    elif draft.type == "suggestion.made":
        data = {**data, "run": data["run"] + shift}
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
        line.is_exception and not line.counted_apart,
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
        bool(row["exception"]),
    )


def _expressions(
    office: OpenOffice, tables: Tables, size: int, when: When, policy: Policy, law: Law
) -> Counter[tuple[Any, ...]]:
    from fullfile.engines.matching.expressions import ORDER, match_lines
    from fullfile.engines.matching.law import Moment
    from fullfile.engines.matching.work import Work
    from fullfile.server.queries.law_rows import law_rows

    zones = {name: _shown(when, ZoneInfo(name)) for name in ZONES}
    moment = Moment(size, _shown(when, ZONE), zones)
    with Work(tables, moment, policy, law_rows(law, tables, moment)) as work:
        found = work.arrow(match_lines(work)).to_pylist()
    names = _names(office)
    states = [state.value for state in ORDER]
    return Counter(_of_engine(row, names, states) for row in found)


def _reference(size: int, when: When, policy: Policy, law: Law) -> Counter[tuple[Any, ...]]:
    from fullfile.server.store.load import iter_entries

    world = read_world(
        iter_entries(0, size),
        zone=ZONE,
        moment=lambda zone: _shown(when, zone),
        law=law,
        policy=policy,
    )
    return Counter(_of_reference(line) for line in lines_of_office(world))


def _shown(when: When, zone: ZoneInfo) -> int:
    return when.on_clock(zone).last


def _copy(office: OpenOffice, size: int) -> None:
    """Bring the columnar copy up to a size of the record; a second time it is written on."""
    from fullfile.engines.matching.snapshot import refresh

    refresh(office.home / "copy", str(office.home / "fullfile.sqlite3"), size, f"root {size}")


def _copied(office: OpenOffice) -> Tables:
    from fullfile.engines.matching.snapshot import open_snapshot

    return open_snapshot(office.home / "copy", office.home / "scratch", memory="500MB", threads=1)


def _tables(office: OpenOffice) -> Tables:
    from fullfile.engines.matching.tables import read_postgres, read_sqlite

    if office.url:
        return read_postgres(office.url)
    return read_sqlite(str(office.home / "fullfile.sqlite3"))


@pytest.mark.parametrize("seed", SEEDS)
def test_expressions_equal_the_reference(office: OpenOffice, seed: int) -> None:
    from fullfile.server.store.load import adopted_law

    sizes = []
    for size in _write(office, seed, rows=70):
        sizes.append(size)
        if not office.url and len(sizes) == 3:
            _copy(office, size)
    engines = [_tables(office)]
    if not office.url:
        _copy(office, sizes[-1])
        engines.append(_copied(office))
    rng = random.Random(seed)
    law = Law(*adopted_law(office.size))
    if seed % 3:
        law = _other_law(law)
    policy = Policy(source_rank=rng.choice(((), ("court",), ("cases", "property"))))
    asked_sizes = (sizes[-1], sizes[-1], rng.choice(sizes))
    for size, on in zip(asked_sizes, rng.sample(MOMENTS, 3), strict=True):
        when = parse_when(on)
        expected = _reference(size, when, policy, law)
        for tables in engines:
            found = _expressions(office, tables, size, when, policy, law)
            asked = f"{tables.engine}, seed {seed}, size {size}, on {on}, {policy.source_rank}"
            missing, extra = expected - found, found - expected
            assert missing == extra, _difference(asked, missing, extra)
    for tables in engines:
        tables.connection.disconnect()


def _other_law(law: Law) -> Law:
    """New Mexico's pack with what other laws have: periods by custody, kinds, versions, later triggers."""
    pack = law.packs["us-nm"]
    first = law.first_rule("us-nm", "district")
    assert first is not None
    custody = Variant("in_custody", Period(5, "days"), "Rule 1(A)", "text")
    free = Variant("at_liberty", Period(40, "days"), "Rule 1(B)", "text")
    older = {"effective_to": date(2024, 2, 14)}
    rules = (
        replace(first, variants=(custody, free), **older),
        replace(
            first,
            triggers=tuple(map(Trigger, ("arraignment", "indictment", "discovery_request"))),
            period=Period(25, "days"),
            variants=(custody,),
            trigger_choice="latest",
            effective_from=date(2024, 2, 15),
        ),
        replace(
            first,
            item_kinds=("test_result",),
            triggers=(Trigger("trial_set", "due_on"),),
            period=Period(9, "days"),
            direction="before",
            trigger_choice="latest",
        ),
        replace(
            first, item_kinds=("expert_report",), period=None, method=Method("undated"), **older
        ),
    )
    grounds = tuple(
        replace(ground, order="while_pending") if ground.id == "protective_order" else ground
        for ground in pack.grounds
    )
    others = tuple(
        replace(
            rule,
            continuing="number",
            period=Period(5, "days"),
            method=Method("short_period_working_days", 10),
            roll="with_direction",
            effective_from=date(2024, 2, 1),
        )
        if rule.duty == "continuing"
        else rule
        for rule in pack.rules
        if rule.duty != "first_disclosure"
    )
    made = replace(pack, rules=(*rules, *others), grounds=grounds)
    return Law({**law.packs, "us-nm": made}, law.calendars)


def _difference(asked: str, missing: Counter[Any], extra: Counter[Any]) -> str:
    only = "\n".join(f"  reference:   {line}" for line in sorted(missing, key=str)[:6])
    other = "\n".join(f"  expressions: {line}" for line in sorted(extra, key=str)[:6])
    return f"{asked}\n{only}\n{other}"
