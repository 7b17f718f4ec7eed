"""What an item or a case touches, from the entries that can matter for it.

First the item's or case's own part of the record is read; what that names (cases related in any
way, cases in which a person of the item is a party) is read with it where there is more. A name
that is a party of more than 20 cases joins none, and is reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.facts.cases import CROWDED
from fullfile.core.ids import key
from fullfile.core.impact import Impact, impact_of_case, impact_of_item
from fullfile.core.impact.linked import PRIVATE, links_of_case, named_on_item
from fullfile.core.impact.reasons import Outcome, ReasonCount, count_of, read_outcomes
from fullfile.core.matching import World
from fullfile.core.matching.result import Head
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.items import ask_item, world_of_items
from fullfile.server.queries.worlds import clock_ms, world_of, world_of_case
from fullfile.server.store.case_entries import entries_for_case, entries_for_cases
from fullfile.server.store.finding import cases_naming, cases_related, list_acts
from fullfile.server.store.load import entries, find_cases

__all__ = [
    "ImpactResult",
    "ReasonsResult",
    "ask_impact_of_case",
    "ask_impact_of_item",
    "count_reasons",
]

_MOST_CASES = 20
_EXPLAINED = "outcome.explained"


@dataclass(frozen=True, slots=True)
class ImpactResult:
    """The answer, with the moments and the head of the record it was read at.

    Attributes:
        outcomes: why outcomes of the linked cases came about, as somebody explained them.
    """

    on: str
    as_of: str
    checkpoint: Head
    impact: Impact
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class ReasonsResult:
    """Every reason for every outcome, counted; an outcome with three counts in three lines."""

    on: str
    as_of: str
    checkpoint: Head
    outcomes: int
    went_ahead: int
    counts: tuple[ReasonCount, ...]


def ask_impact_of_item(
    agency: str,
    tag: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> ImpactResult:
    """The cases, defendants, windows, suits, holds, people and tasks that an item touches.

    Args:
        agency: the agency, by any of its names.
        tag: the item's tag there.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no row on record names the item; the nearest tags are named.
    """
    one = ask_item(agency, tag, on=on, as_of=as_of, now_ms=now_ms)
    size = one.question.size
    world = world_of_items(one)
    naming = cases_naming(
        (name for name, _, _ in named_on_item(world, one.item).values()), PRIVATE, size
    )
    few = {name: found for name, found in naming.items() if len(found) <= CROWDED}
    crowded = [
        name
        for person, (name, _, _) in named_on_item(world, one.item).items()
        if person in naming and person not in few
    ]
    bearing = set(find_cases(world.cases_of(one.item)).values())
    wanted = cases_related(bearing, size).union(*few.values())
    missing = _not_read(world, wanted)
    if missing:
        more = entries_for_cases(missing, size)
        world = world_of_items(one, more=more)
    found = impact_of_item(world, one.item, crowded)
    return _result(one.question, found)


def ask_impact_of_case(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> ImpactResult:
    """The same for the rulings of a case, and its items that are not in order somewhere.

    Args:
        number: the case number.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no case of that number was on record by then.
    """
    question, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    case_ids = set(find_cases([number]).values())
    linked = {one.case_number for one in links_of_case(world, case)}
    wanted = set(find_cases(list(linked)).values()) | cases_related(case_ids, question.size)
    missing = _not_read(world, wanted - case_ids)
    if missing:
        own = [one for each in case_ids for one in entries_for_case(each, question.size)]
        more = entries_for_cases(missing, question.size)
        world = world_of(question, entries(sorted({*own, *more})))
        case = world.cases.by_key[key(number)]
    return _result(question, impact_of_case(world, case))


def _not_read(world: World, case_ids: Iterable[int]) -> set[int]:
    """Of some cases those whose parties were not read, so many as are followed."""
    from fullfile.server.store.overview import name_cases

    names = name_cases(case_ids)
    missing = [
        number for number, norm in sorted(names.items()) if not world.facts.of_case("parties", norm)
    ]
    return set(missing[:_MOST_CASES])


def _result(question: Asked, found: Impact) -> ImpactResult:
    numbers = find_cases([one.case_number for one in found.cases])
    outcomes = read_outcomes(
        entries(list_acts(_EXPLAINED, question.size, numbers.values())),
        question.on(question.office.zone),
        question.office.zone,
    )
    return ImpactResult(question.on_text, question.as_of_text, question.head, found, outcomes)


def count_reasons(
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> ReasonsResult:
    """Count why outcomes came about, over the whole office.

    Args:
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.
    """
    question = asked(on, as_of, clock_ms(now_ms))
    outcomes = read_outcomes(
        entries(list_acts(_EXPLAINED, question.size)),
        question.on(question.office.zone),
        question.office.zone,
    )
    counts = count_of(outcomes)
    distinct = {one.same for one in outcomes}
    ahead = {one.same for one in outcomes if one.went_ahead}
    return ReasonsResult(
        question.on_text,
        question.as_of_text,
        question.head,
        len(distinct),
        len(ahead),
        counts,
    )
