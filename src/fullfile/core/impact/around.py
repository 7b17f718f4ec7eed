"""What stands around the linked cases: civil suits, complaints, rulings, requests, people.

A civil suit is known by its number in `relates_to`; that it was closed lifts no hold. A
ruling decides the case it was made in: for every other linked case it says nothing, and a denial
there clears nothing here. Whom it may touch is said of what the record connects, as no accusation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fullfile.core.disclosure.requests import describe, items_for
from fullfile.core.facts.dates import join, when_words
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import key
from fullfile.core.impact.linked import event_words, named_on_item
from fullfile.core.impact.result import (
    Complaint,
    LinkedCase,
    PersonTouched,
    Request,
    Ruling,
    Suit,
    SuitEvent,
)
from fullfile.core.knowledge import LEVEL_VERBS, Knew
from fullfile.core.matching import World
from fullfile.core.said import joined, say

__all__ = [
    "RULED",
    "complaints_of",
    "people_of",
    "requests_of",
    "rulings_of",
    "suits_of",
]

_DENIED = frozenset({"new_trial_denied"})
_ENDED = frozenset(
    {"dismissed_with_prejudice", "dismissed_without_prejudice", "nolle_prosequi", "stayed"}
)
_MORE = frozenset({"ruling", "sanction", "new_trial_granted", "reversed", "remanded"})
RULED = _DENIED | _ENDED | _MORE
"""Events by which a court decided something that another case may have to face."""


def _docket(world: World, linked: LinkedCase, events: Iterable[str]) -> list[Row]:
    case = world.cases.by_key[linked.key]
    wanted, on = set(events), world.on(case)
    found = [
        row
        for row in world.facts.of_case("docket", case.key)
        if row.data["event"] in wanted and row.last is not None and row.last <= on
    ]
    return sorted(found, key=lambda row: row.ord)


def suits_of(world: World, cases: Sequence[LinkedCase]) -> tuple[Suit, ...]:
    """Civil suits, each by its number, with its course and how it stands."""
    rows: dict[tuple[str, str], list[tuple[LinkedCase, Row]]] = defaultdict(list)
    for linked in cases:
        for row in _docket(
            world, linked, ("civil_suit_filed", "civil_suit_closed", "removed", "reinstated")
        ):
            number = key(row.text("relates_to"))
            rows[number, "" if number else linked.key].append((linked, row))
    return tuple(
        _suit(said)
        for said in rows.values()
        if any(row.data["event"].startswith("civil_suit") for _, row in said)
    )


def _suit(said: Sequence[tuple[LinkedCase, Row]]) -> Suit:
    steps: list[SuitEvent] = []
    parts: list[str] = []
    state = ""
    for _, row in sorted(said, key=lambda one: one[1].ord):
        event = row.text("event")
        if event in ("civil_suit_filed", "reinstated"):
            state = "reinstated" if state == "closed" else "open"
            word, did = (
                ("reinstated", say("reinstated"))
                if state == "reinstated"
                else ("filed", say("filed"))
            )
        elif event == "civil_suit_closed":
            state, word, did = "closed", "closed", say("closed")
        else:
            did = say("moved to another court")
            state, word = "moved", str(did)
        steps.append(SuitEvent(row.text("occurred_on"), word, row.text("detail"), row.entry))
        when = when_words(row.text("occurred_on"), row.first or 0)
        parts.append(joined((did, when)))
    linked, first = said[0]
    number = first.text("relates_to") or say("a civil suit without a number on record")
    words: str = say("{suit}: {steps}.", suit=number, steps=join(parts))
    if any(step.event == "closed" for step in steps):
        words = joined((words, say("That it was closed lifts no hold.")))
    return Suit(first.text("relates_to"), linked.case_number, state, tuple(steps), words)


def complaints_of(world: World, cases: Sequence[LinkedCase]) -> tuple[Complaint, ...]:
    """Complaints against counsel that dockets record."""
    found = []
    for linked in cases:
        for row in _docket(world, linked, ("complaint_against_counsel",)):
            when = when_words(row.text("occurred_on"), row.first or 0)
            by = say(" by {by}", by=row.text("by")) if row.text("by") else ""
            detail = f": {row.text('detail')}" if row.text("detail") else ""
            found.append(
                Complaint(
                    linked.case_number,
                    row.text("occurred_on"),
                    row.text("by"),
                    say(
                        "Complaint against counsel{by} {when}{detail}.",
                        by=by,
                        when=when,
                        detail=detail,
                    ),
                    (row.entry,),
                )
            )
    return tuple(found)


def rulings_of(world: World, cases: Sequence[LinkedCase]) -> tuple[Ruling, ...]:
    """What courts ruled in the linked cases, and for which of them each ruling decides nothing."""
    found: list[Ruling] = []
    for linked in cases:
        others = tuple(one.case_number for one in cases if one.key != linked.key)
        found += [_ruling(linked, row, others) for row in _docket(world, linked, RULED)]
    return tuple(sorted(found, key=lambda one: one.entries))


def _ruling(linked: LinkedCase, row: Row, others: tuple[str, ...]) -> Ruling:
    event, when = row.text("event"), when_words(row.text("occurred_on"), row.first or 0)
    detail = f": {row.text('detail')}" if row.text("detail") else ""
    who = say(" for {defendant}", defendant=row.text("defendant")) if row.text("defendant") else ""
    words: str = say(
        "In {case}{who}, {event} {when}{detail}.",
        case=linked.case_number,
        who=who,
        event=event_words(event),
        when=when,
        detail=detail,
    )
    if others and event in _DENIED:
        words += say(
            " It decides that motion only, and clears nothing in {others}.", others=join(others)
        )
    elif others and event in _ENDED:
        words += say(
            " It ends nothing in {others}: whoever stands charged or convicted there must be told of "
            "it, and ask there.",
            others=join(others),
        )
    elif others:
        words += say(" By itself it decides nothing in {others}.", others=join(others))
    return Ruling(
        linked.case_number,
        event,
        row.text("occurred_on"),
        row.text("by"),
        row.text("detail"),
        others,
        words,
        (row.entry,),
    )


def requests_of(world: World, cases: Sequence[LinkedCase], item: ItemKey) -> tuple[Request, ...]:
    """The requests of the linked cases' defendants that an item answers."""
    found = []
    described = describe(world, item)
    for linked in cases:
        case = world.cases.by_key[linked.key]
        for row in world.facts.of_case("requests", case.key):
            if row.last is None or row.last > world.on(case):
                continue
            matches = tuple(
                say("“{found}” in its {found_in}", found=met.found, found_in=met.found_in)
                for hit in items_for(row, [described])
                for met in hit.met
            )
            if matches:
                found.append(
                    Request(
                        case.number,
                        row.text("defendant"),
                        row.text("requested_at"),
                        row.text("asks_for"),
                        matches,
                        row.text("replied_at"),
                        row.text("reply"),
                        (row.entry,),
                    )
                )
    return tuple(found)


def people_of(
    world: World, cases: Sequence[LinkedCase], items: Sequence[ItemKey], known: Sequence[Knew]
) -> tuple[PersonTouched, ...]:
    """Who is connected with the items and is no defendant of the linked cases."""
    parts: dict[str, tuple[str, list[str], set[int]]] = {}
    for item in items:
        for person, (name, said, entries) in named_on_item(world, item).items():
            _, because, rests = parts.setdefault(person, (name, [], set()))
            for part in said or [say("a person")]:
                words = (
                    say("named on the item as “{part}”", part=part)
                    if part != _FROM
                    else say("it came from them")
                )
                if words not in because:
                    because.append(words)
            rests.update(entries)
    roles = _private_roles(world, cases)
    for answer in known:
        for one in answer.persons:
            account = next((said for said in one.accounts if said.stated and not said.denied), None)
            if one.key in roles and account is not None:
                _, because, rests = parts.setdefault(one.key, (one.name, [], set()))
                because.append(
                    say(
                        "{verb} ({source})",
                        verb=LEVEL_VERBS[account.level],
                        source=account.source,
                    )
                )
                rests.update(account.entries)
    found = []
    for person, (name, because, rests) in parts.items():
        told = roles.get(person, {})
        if "defendant" in told:
            continue
        because += [
            say("{role} in {numbers}", role=event_words(role), numbers=join(numbers))
            for role, (numbers, _) in told.items()
        ]
        rests.update(entry for _, entries in told.values() for entry in entries)
        words = say(
            "{name}: {because}. A person whom it may touch; the record says no more.",
            name=name,
            because=joined(because, "; "),
        )
        found.append(PersonTouched(name, tuple(because), words, tuple(sorted(rests))))
    return tuple(found)


_FROM = say("the one it came from")


def _private_roles(
    world: World, cases: Sequence[LinkedCase]
) -> dict[str, dict[str, tuple[list[str], list[int]]]]:
    """Defendants, victims and witnesses of the linked cases: role, case numbers, entries."""
    found: dict[str, dict[str, tuple[list[str], list[int]]]] = defaultdict(dict)
    for linked in cases:
        for row in world.facts.of_case("parties", linked.key):
            role = row.text("role")
            if role in ("defendant", "victim", "witness"):
                numbers, entries = found[key(row.text("name"))].setdefault(role, ([], []))
                if linked.case_number not in numbers:
                    numbers.append(linked.case_number)
                entries.append(row.entry)
    return found


def dated_rulings(world: World, linked: LinkedCase) -> Iterator[Row]:
    """The rulings of a case as rows, in order."""
    yield from _docket(world, linked, RULED)
