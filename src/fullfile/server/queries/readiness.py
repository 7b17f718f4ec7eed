"""What the record would show if a motion were heard: since when who knew, what was asked for, what the rule lets a court do.

The exceptions themselves come from the board (`queries.board`); this adds what a motion asks about them.

What this does not do: it gives no advice, and it weighs nothing: whose fault, whether it matters, is for a court.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.facts.dates import when_words
from fullfile.core.ids import day_text, key
from fullfile.core.knowledge import SIGNED, Known, Person, knew, signed_papers
from fullfile.core.knowledge.accounts import LEVEL_VERBS
from fullfile.core.rules.provisions import Remedy
from fullfile.server.queries.asked import asked
from fullfile.server.queries.board import CaseItem
from fullfile.server.queries.worlds import clock_ms, law_of, world_of
from fullfile.server.store.case_entries import entries_for_items
from fullfile.server.store.case_fingerprint import items_beside_all
from fullfile.server.store.finding import list_acts
from fullfile.server.store.load import entries, find_cases

__all__ = ["FirstKnown", "Readiness", "first_known", "remedies_of"]

_DEFENCE = ("defence", "defendant")
_NEITHER = ("judge", "court", "victim", "witness", "owner", "donor", "giver")
MOST_ITEMS = 20
"""Of so many items it is said who knew."""
MOST_BESIDE = 60
"""What lies beside an item under its number is read only where it is this little: reports about it."""


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """Who on a side is the first that the record shows to have known of an item.

    Attributes:
        item: the item.
        state, defence: in words: who, what, when, and whether somebody says so or a row shows it; empty where
            nothing is on record, which does not say that nobody knew.
    """

    item: CaseItem
    state: str
    defence: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a court can do by the rules of the place, as its pack has them; none where there is no pack."""

    remedies: tuple[Remedy, ...]
    not_legal_advice: str


def remedies_of(
    jurisdiction: str, *, as_of: date | datetime | None = None, now_ms: int | None = None
) -> Readiness:
    """The remedies that the adopted pack of a place names.

    Args:
        jurisdiction: a pack's id.
        as_of: using only what the record knew by then.
        now_ms: what the clock says; None reads it.
    """
    pack = law_of(asked(None, as_of, clock_ms(now_ms))).pack(jurisdiction)
    if pack is None:
        return Readiness((), "Nothing here is legal advice.")
    return Readiness(pack.remedies, " ".join(pack.not_legal_advice.split()))


def first_known(
    case_number: str,
    items: Sequence[CaseItem],
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> list[FirstKnown]:
    """Since when each side knew of some items: the first on record whom nobody contradicts.

    Args:
        case_number: the defence is that of this case.
        items: at most `MOST_ITEMS` of them are asked about.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.
    """
    wanted = {item.item_id: item for item in items[:MOST_ITEMS] if item.item_id}
    if not wanted:
        return []
    question = asked(on, as_of, clock_ms(now_ms))
    ids = set(wanted) | items_beside_all(wanted, question.size, MOST_BESIDE)
    world = world_of(question, entries(entries_for_items(ids, question.size)))
    case_ids = find_cases([case_number]).values()
    papers = [one for kind in SIGNED for one in list_acts(kind, question.size, case_ids)]
    signed = list(signed_papers(entries(sorted(papers)), question.office.zone))
    found = []
    for item in wanted.values():
        place = (key(item.agency), key(item.tag))
        answer = knew(
            world.facts, world.things, world.cases, world.bearing, place, world.on(), signed
        )
        contested = {one.person for one in answer.contradictions}
        state = [one for one in answer.persons if not _is(one, (*_DEFENCE, *_NEITHER))]
        defence = [one for one in answer.persons if _defends(one, case_number)]
        found.append(FirstKnown(item, _first(state, contested), _first(defence, contested)))
    return found


def _is(person: Person, words: Iterable[str]) -> bool:
    roles = " ".join((person.title, *person.roles)).casefold()
    return any(word in roles for word in words)


def _defends(person: Person, case_number: str) -> bool:
    """Whether somebody is a defendant of the case, or counsel of one."""
    return any(
        role.casefold().startswith(_DEFENCE) and case_number in role for role in person.roles
    )


def _first(persons: Iterable[Person], contested: Collection[str]) -> str:
    accounts = [
        (one, person)
        for person in persons
        if person.name not in contested
        for one in person.accounts
        if not one.denied
    ]
    if not accounts:
        return ""
    one, person = min(accounts, key=lambda each: (each[0].first, not each[0].stated))
    title = f" ({person.title})" if person.title else ""
    return f"{person.name}{title} {LEVEL_VERBS[one.level]} {_when(one)}"


def _when(one: Known) -> str:
    if one.stated:
        return f"{one.when}{f', as {one.source} has it' if one.source else ''}"
    when = when_words(one.known_from or day_text(one.first), one.first)
    return f"{when}, as a row shows: {one.rule}"
