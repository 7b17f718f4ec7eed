"""The match of a large record: counts from an engine, sentences from the reference.

The engine says of every line what state it has. What is shown is then judged
again by the reference, some hundred cases at a time, because only it can say
why and on which entries a line rests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from fullfile.core.entries import Entry
from fullfile.core.matching import EXCEPTIONS, Line, State, World, lines_of_case, read_world
from fullfile.core.matching.beside import orphan, unbooked
from fullfile.core.matching.result import MatchResult
from fullfile.core.matching.tally import Tally
from fullfile.core.rules.law import Law
from fullfile.engines.matching.engine import Match
from fullfile.engines.matching.law import Moment
from fullfile.engines.matching.snapshot import open_snapshot, refresh
from fullfile.engines.matching.tables import Tables, read_postgres, read_sqlite
from fullfile.server.queries.asked import Asked, root_of
from fullfile.server.queries.law_rows import law_rows
from fullfile.server.queries.lists import sort_lines
from fullfile.server.settings import database_address, get_home
from fullfile.server.store.adoptions import adopted_law
from fullfile.server.store.board_rows import Computed
from fullfile.server.store.case_entries import entries_for_cases, entries_for_items
from fullfile.server.store.load import current_size, entries, find_agencies, find_items
from fullfile.server.store.overview import (
    list_case_numbers,
    list_case_zones,
    name_cases,
    name_items,
)

__all__ = ["counted_cases", "match_everything", "orphans_of_agencies"]

_CASES = 300
_ITEMS = 2_000


def match_everything(question: Asked, engine: str, *, ended: bool, all_lines: bool) -> MatchResult:
    """Match the whole record by an engine.

    Args:
        question: the moments and the settings.
        engine: `database` or `duckdb`.
        ended: whether lines of cases that have ended count as exceptions.
        all_lines: whether the other lines are wanted.
    """
    law = Law(*adopted_law(question.size))
    zones = {name: question.on(ZoneInfo(name)) for name in list_case_zones()}
    moment = Moment(question.size, question.on(question.office.zone), zones)
    with _tables(engine) as tables:
        rows = law_rows(law, tables, moment)
        with Match(tables, moment, question.policy, rows) as match:
            summary = match.summary(ended=ended)
            wanted = match.lines() if all_lines else match.lines(exceptions=None if ended else True)
    exceptions: list[Line] = []
    others: list[Line] = []
    for line in _judged(question, law, wanted, None if all_lines else EXCEPTIONS):
        if line.is_exception and (ended or not line.counted_apart):
            exceptions.append(line)
        elif all_lines:
            others.append(line)
    return MatchResult(
        on=question.on_text,
        as_of=question.as_of_text,
        checkpoint=question.head,
        policy=question.policy_in_force,
        lines_total=summary.lines,
        states=summary.states,
        all_states=summary.also,
        ended=summary.ended,
        exceptions=sort_lines(exceptions),
        others=sort_lines(others) if all_lines else None,
    )


def orphans_of_agencies(question: Asked, agencies: Collection[str]) -> Iterator[Line]:
    """The orphans of some agencies that are exceptions, of a large record.

    Args:
        question: the moments and the settings.
        agencies: the agencies, as keys.
    """
    law = Law(*adopted_law(question.size))
    zones = {name: question.on(ZoneInfo(name)) for name in list_case_zones()}
    moment = Moment(question.size, question.on(question.office.zone), zones)
    ids = pa.array(sorted(find_agencies(sorted(agencies)).values()), pa.int32())
    with _tables("duckdb") as tables:
        rows = law_rows(law, tables, moment)
        with Match(tables, moment, question.policy, rows) as match:
            found = match.lines(states={State.ORPHAN}, exceptions=True)
    yield from _judged(question, law, found.filter(pc.is_in(found.column("agency_id"), ids)), None)


def counted_cases(question: Asked) -> list[Computed]:
    """Every case on record, counted by the engine: those without a line are counted too."""
    law = Law(*adopted_law(question.size))
    zones = {name: question.on(ZoneInfo(name)) for name in list_case_zones()}
    moment = Moment(question.size, question.on(question.office.zone), zones)
    with _tables("duckdb") as tables:
        rows = law_rows(law, tables, moment)
        with Match(tables, moment, question.policy, rows) as match:
            defendants = match.defendants().to_pylist()
            counted = match.by_case().to_pylist()
            owed = match.owed().to_pylist()
    tallies = {case_id: Tally() for case_id in list_case_numbers()}
    dues: dict[int, dict[tuple[int, int, bool, str], int]] = {}
    for row in defendants:
        if row["case_id"] in tallies:
            tallies[row["case_id"]].defendants = row["defendants"]
    for row in counted:
        tally = tallies.setdefault(row["case_id"], Tally())
        for state in State:
            tally.states[state] = row[f"state_{state.value}"] or 0
            tally.also[state] = row[f"also_{state.value}"] or 0
        tally.ended = row["ended"] or 0
        tally.items, tally.exception_items = row["items"], row["exception_items"]
    for row in owed:
        basis = "law" if row["due_basis"] == 1 else "policy"
        place = (row["defendant_id"], row["due_day"], row["overdue"], basis)
        dues.setdefault(row["case_id"], {})[place] = row["lines"]
    return [Computed(case_id, tally, dues.get(case_id, {})) for case_id, tally in tallies.items()]


@contextmanager
def _tables(engine: str) -> Iterator[Tables]:
    address = database_address()
    if engine == "database":
        postgres = address.startswith("postgres")
        tables = read_postgres(address) if postgres else read_sqlite(address)
    else:
        place = get_home() / "snapshot"
        size = current_size()
        refresh(place, address, size, root_of(size).hex(), lambda earlier: root_of(earlier).hex())
        tables = open_snapshot(place, get_home() / "scratch")
    try:
        yield tables
    finally:
        tables.connection.disconnect()


def _judged(
    question: Asked, law: Law, rows: pa.Table, states: Collection[State] | None
) -> Iterator[Line]:
    """The reference's lines of every case, orphan and mention that the engine named."""
    cases = sorted(_numbers(rows, "case_id"))
    for start in range(0, len(cases), _CASES):
        part = set(cases[start : start + _CASES])
        world = _world(question, law, entries(entries_for_cases(part, question.size)))
        for name in name_cases(part).values():
            case = world.cases.by_key.get(name)
            if case is not None:
                yield from lines_of_case(world, case, states)
    alone = rows.filter(pc.is_null(rows.column("case_id")))
    items = sorted(_numbers(alone, "item_id"))
    for start in range(0, len(items), _ITEMS):
        few = set(items[start : start + _ITEMS])
        world = _world(question, law, entries(entries_for_items(few, question.size)))
        for item in name_items(few).values():
            line = orphan(world, item)
            if line is not None:
                yield line
    mentions = _numbers(alone, "entry")
    if mentions:
        told = entries(mentions)
        world = _world(question, law, entries(mentions | _about(told, question.size)))
        yield from (line for line in unbooked(world) if line.case_number is None)


def _numbers(rows: pa.Table, column: str) -> set[int]:
    """The numbers of a column."""
    return {number for number in rows.column(column).to_pylist() if number is not None}


def _about(mentions: list[Entry], size: int) -> set[int]:
    """The entries of the items that mentions say were booked."""
    named = {
        (entry.data.get("booked_agency") or entry.data["agency"], entry.data["booked_as"])
        for entry in mentions
        if entry.data.get("booked_as")
    }
    return set(entries_for_items(set(find_items(sorted(named)).values()), size))


def _world(question: Asked, law: Law, found: list[Entry]) -> World:
    return read_world(
        found, zone=question.office.zone, moment=question.on, law=law, policy=question.policy
    )
