"""A question about one case or item, put to the part of the record that can matter for it.

The questions above (the match of a case, standing, duties, who knew, impact, papers) all begin
here: the two moments resolved, the case or item found or refused by name, its entries read.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import UTC, date, datetime

from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.facts.cases import Case
from fullfile.core.ids import key
from fullfile.core.matching import World, read_world
from fullfile.core.rules.law import Law
from fullfile.core.said import joined, say
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.store.adoptions import adopted_law
from fullfile.server.store.case_entries import entries_for_case
from fullfile.server.store.load import cases, entries, find_cases

__all__ = ["clock_ms", "law_of", "world_of", "world_of_case"]


def clock_ms(now_ms: int | None) -> int:
    """What the clock says, unless the caller said so: UTC milliseconds."""
    if now_ms is not None:
        return now_ms
    return int(datetime.now(UTC).timestamp() * 1000)  # noqa: TID251 - the shell may read the clock


def law_of(question: Asked) -> Law:
    """The packs and calendars that the office had adopted by then."""
    packs, calendars = adopted_law(question.size)
    return Law(packs, calendars)


def world_of(question: Asked, found: Iterable[Entry]) -> World:
    """Entries as a world, with the law and the settings of then."""
    return read_world(
        found,
        zone=question.office.zone,
        moment=question.on,
        law=law_of(question),
        policy=question.policy,
    )


def world_of_case(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> tuple[Asked, World, Case]:
    """A question about one case: the moments, the world around it, the case.

    Args:
        number: the case number.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no case of that number was on record by then; the nearest numbers are named.
    """
    question = asked(on, as_of, clock_ms(now_ms))
    case_id = find_cases([number]).get(key(number))
    if case_id is None:
        raise NotFound(_no_such_case(number))
    world = world_of(question, entries(entries_for_case(case_id, question.size)))
    case = world.cases.by_key.get(key(number))
    if case is None:
        raise NotFound(
            say(
                "No case {number} was on record by {as_of_text}.",
                number=number.strip(),
                as_of_text=question.as_of_text,
            )
        )
    return question, world, case


def _no_such_case(number: str) -> str:
    known = cases()
    near = difflib.get_close_matches(key(number), known, n=3, cutoff=0.5)
    words = [say("There is no case “{number}” on record.", number=number.strip()[:60])]
    if near:
        numbers = ", ".join(known[one] for one in near)
        words.append(say("The nearest numbers are {near}.", near=numbers))
    return joined(words)
