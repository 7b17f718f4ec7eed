"""The three-way match of one case, or of the office.

One case is judged by the reference, from the entries that can matter for it.
The office is judged whole by the reference while its record is small; a large
record is matched by the engine's expressions, and every line that is shown gets
its sentence from the reference, some hundred cases at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.core.matching import (
    Line,
    State,
    World,
    lines_of_case,
    lines_of_office,
    read_world,
)
from fullfile.core.matching.result import MatchResult
from fullfile.core.rules.law import Law
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.lists import sort_lines
from fullfile.server.store.adoptions import adopted_law
from fullfile.server.store.case_entries import entries_for_case
from fullfile.server.store.load import cases, entries, find_cases, iter_entries

__all__ = ["SMALL", "match_case", "match_office"]

SMALL = 20_000
"""Up to so many entries the reference judges the whole record."""


def match_case(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    ended: bool = False,
    all_lines: bool = False,
    now_ms: int | None = None,
) -> MatchResult:
    """The match of one case.

    Args:
        number: the case number.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        ended: whether lines of a case that has ended count as exceptions.
        all_lines: whether the other lines are wanted.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no case of that number was on record by then.
    """
    question = asked(on, as_of, _now(now_ms))
    case_id = find_cases([number]).get(key(number))
    if case_id is None:
        raise NotFound(_no_such_case(number))
    world = _world(question, entries(entries_for_case(case_id, question.size)))
    case = world.cases.by_key.get(key(number))
    if case is None:
        raise NotFound(f"No case {number.strip()} was on record by {question.as_of_text}.")
    return _result(question, lines_of_case(world, case), ended=ended, all_lines=all_lines)


def match_office(
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    ended: bool = False,
    all_lines: bool = False,
    engine: str | None = None,
    now_ms: int | None = None,
) -> MatchResult:
    """The match of everything on record.

    Args:
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        ended: whether lines of cases that have ended count as exceptions.
        all_lines: whether the other lines are wanted.
        engine: `database` or `duckdb`; None: the reference for a small record, DuckDB for a large one.
        now_ms: what the clock says; None reads it.
    """
    question = asked(on, as_of, _now(now_ms))
    if engine is None and question.size <= SMALL:
        world = _world(question, iter_entries(0, question.size))
        return _result(question, lines_of_office(world), ended=ended, all_lines=all_lines)
    from fullfile.server.queries.everything import match_everything

    return match_everything(question, engine or "duckdb", ended=ended, all_lines=all_lines)


def _now(now_ms: int | None) -> int:
    if now_ms is not None:
        return now_ms
    return int(datetime.now(UTC).timestamp() * 1000)  # noqa: TID251 - the shell may read the clock


def _no_such_case(number: str) -> str:
    import difflib

    known = cases()
    near = difflib.get_close_matches(key(number), known, n=3, cutoff=0.5)
    words = f"There is no case “{number.strip()[:60]}” on record."
    if near:
        words += f" The nearest numbers are {', '.join(known[one] for one in near)}."
    return words


def _world(question: Asked, found: Iterable[Entry]) -> World:
    packs, calendars = adopted_law(question.size)
    return read_world(
        found,
        zone=question.office.zone,
        moment=question.on,
        law=Law(packs, calendars),
        policy=question.policy,
    )


def _result(question: Asked, lines: Iterator[Line], *, ended: bool, all_lines: bool) -> MatchResult:
    states: Counter[State] = Counter()
    also: Counter[State] = Counter()
    apart = 0
    exceptions: list[Line] = []
    others: list[Line] = []
    for line in lines:
        if line.counted_apart and not ended:
            apart += 1
            if all_lines:
                others.append(line)
            continue
        apart += line.counted_apart
        states[line.state] += 1
        also.update(line.also)
        if line.is_exception:
            exceptions.append(line)
        elif all_lines:
            others.append(line)
    return MatchResult(
        on=question.on_text,
        as_of=question.as_of_text,
        checkpoint=question.head,
        policy=question.policy_in_force,
        lines_total=states.total(),
        states=_in_order(states),
        all_states=_in_order(also),
        ended=apart,
        exceptions=sort_lines(exceptions),
        others=sort_lines(others) if all_lines else None,
    )


def _in_order(counts: Counter[State]) -> dict[State, int]:
    return {state: counts[state] for state in State if counts[state]}
