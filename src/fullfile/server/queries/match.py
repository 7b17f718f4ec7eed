"""The three-way match of one case, or of the office.

One case is judged by the reference, from the entries that can matter for it.
The office is judged whole by the reference while its record is small; a large
record is matched by the engine's expressions, and every line that is shown gets
its sentence from the reference, some hundred cases at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from fullfile.core.matching import (
    Line,
    State,
    lines_of_case,
    lines_of_office,
)
from fullfile.core.matching.result import MatchResult
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.lists import sort_lines
from fullfile.server.queries.worlds import clock_ms, world_of, world_of_case
from fullfile.server.store.load import iter_entries

__all__ = ["SMALL", "match_case", "match_office", "result_of"]

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
    question, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    return result_of(question, lines_of_case(world, case), ended=ended, all_lines=all_lines)


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
    question = asked(on, as_of, clock_ms(now_ms))
    if engine is None and question.size <= SMALL:
        world = world_of(question, iter_entries(0, question.size))
        return result_of(question, lines_of_office(world), ended=ended, all_lines=all_lines)
    from fullfile.server.queries.everything import match_everything

    return match_everything(question, engine or "duckdb", ended=ended, all_lines=all_lines)


def result_of(
    question: Asked, lines: Iterable[Line], *, ended: bool, all_lines: bool
) -> MatchResult:
    """Lines, counted and listed, as the answer to a question."""
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
