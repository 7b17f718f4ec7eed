"""What the record would show if a motion were heard: since when who knew.

The exceptions, requests and remedies come with the board (`queries.board`); this adds what a motion asks about them.

What this does not do: it gives no advice, and it weighs nothing: whose fault, whether it matters, is for a court.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fullfile.core.facts.bearing import read_bearing
from fullfile.core.facts.cases import read_cases
from fullfile.core.facts.dates import when_words
from fullfile.core.facts.rows import read_facts
from fullfile.core.facts.things import Things
from fullfile.core.ids import day_text, key, utc_ms, wall_ms
from fullfile.core.knowledge import SIGNED, Known, Person, knew, signed_papers
from fullfile.core.knowledge.accounts import LEVEL_VERBS
from fullfile.core.said import say, word
from fullfile.server.queries.board import CaseBoard, CaseItem
from fullfile.server.store.case_entries import entries_for_knowledge
from fullfile.server.store.case_fingerprint import items_beside_all, papers_signed
from fullfile.server.store.load import entries, policy

__all__ = ["MOST_ITEMS", "FirstKnown", "first_known"]

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


def first_known(board: CaseBoard, items: Sequence[CaseItem], zone: ZoneInfo) -> list[FirstKnown]:
    """Since when each side knew of some items: the first on record whom nobody contradicts.

    Args:
        board: the case, and the moment; the defence is that of this case.
        items: at most `MOST_ITEMS` of them are asked about.
        zone: the office's clock.
    """
    wanted = {item.item_id: item for item in items[:MOST_ITEMS] if item.item_id}
    if not wanted:
        return []
    size = board.result.checkpoint.size
    beside = items_beside_all(wanted, size, MOST_BESIDE)
    facts = read_facts(
        entries(entries_for_knowledge(set(wanted), beside, board.case_id, size)), zone
    )
    cases, things = read_cases(facts), Things(facts, policy(size).source_rank)
    bearing = read_bearing(facts, cases, things)
    on = wall_ms(utc_ms(datetime.fromisoformat(board.result.on)), zone)
    signed = papers_signed(board.case_id, SIGNED, size)
    papers = list(signed_papers(entries(signed), zone)) if signed else []
    found = []
    for item in wanted.values():
        place = (key(item.agency), key(item.tag))
        answer = knew(facts, things, cases, bearing, place, on, papers)
        contested = {one.person for one in answer.contradictions}
        state = [one for one in answer.persons if not _is(one, (*_DEFENCE, *_NEITHER))]
        defence = [one for one in answer.persons if _defends(one, board.number)]
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
    verb, when = LEVEL_VERBS[one.level], _when(one)
    if not person.title:
        return say("{who} {verb} {when}", who=person.name, verb=verb, when=when)
    return say(
        "{who} ({title}) {verb} {when}",
        who=person.name,
        title=word(person.title),
        verb=verb,
        when=when,
    )


def _when(one: Known) -> str:
    if one.stated:
        if not one.source:
            return one.when
        return say("{when}, as {source} has it", when=one.when, source=one.source)
    when = when_words(one.known_from or day_text(one.first), one.first)
    return say("{when}, as a row shows: {rule}", when=when, rule=one.rule)
