"""Which answers of agencies a later find has re-opened, by which items, and who must be told.

An agency's word is an act with a name and a date. It stands until the agency is found to hold,
or takes in, an item that it had not named; then it is open again by itself, and the prosecutors
of the case and the counsel of each defendant must hear of it (needs, N8 and family G).

What this does not do: it tells nobody. That a person was told is a row of `knowledge`, or a disclosure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fullfile.core.facts.cases import Case
from fullfile.core.facts.known import Known, name_of
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import key

__all__ = ["Reopened", "ReopenedBy", "ToTell", "reopened"]


@dataclass(frozen=True, slots=True)
class ReopenedBy:
    """An item that an answer had not named.

    Attributes:
        item, agency, tag: the item.
        since: since when the answer is open again (ms).
        words: why, in words.
        entries: what says so.
    """

    item: ItemKey
    agency: str
    tag: str
    since: int
    words: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ToTell:
    """A person who must be told of an item.

    Attributes:
        person: the name, as recorded; empty where none is on record.
        role: `prosecutor` or `defence_counsel`.
        defendant: for whose defence; empty for a prosecutor.
        tag: of the item.
        told: the entries that show that they were told; none: nothing on record shows it.
    """

    person: str
    role: str
    defendant: str
    tag: str
    told: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """An answer that no longer stands because of items it had not named."""

    agency: str
    answer: Row
    items: tuple[ReopenedBy, ...]
    tell: tuple[ToTell, ...]


def reopened(world: Known, case: Case) -> list[Reopened]:
    """The answers of a case that a later find re-opened, by the moment asked for.

    Only an agency's last answer counts, and only one that said that there is nothing more.
    """
    on = world.on(case)
    bearing: dict[ItemKey, int] = {}
    for item in world.bearing.items_of(case.key):
        arises = world.bearing.arises(case.key, item)
        if arises is not None and arises <= on:
            bearing[item] = arises
    found = []
    for agency, row in _last_answers(world, case, on).items():
        own = {item: arises for item, arises in bearing.items() if item[0] == agency}
        items = tuple(_reopening(world, row, own))
        if items:
            tell = tuple(one for item in items for one in _to_tell(world, case, item, on))
            found.append(Reopened(row.text("agency"), row, items, tell))
    return found


def _last_answers(world: Known, case: Case, on: int) -> dict[str, Row]:
    last: dict[str, Row] = {}
    for row in world.facts.of_case("answers", case.key):
        if row.last is None or row.last > on:
            continue
        agency = key(row.text("agency"))
        if agency not in last or row.ord > last[agency].ord:
            last[agency] = row
    return {
        agency: row
        for agency, row in sorted(last.items())
        if row.text("answer") in ("all_handed_over", "nothing_held")
    }


def _reopening(world: Known, answer: Row, own: dict[ItemKey, int]) -> Iterator[ReopenedBy]:
    said = answer.last or 0
    for item, arises in sorted(own.items()):
        held = world.things.held(item)
        first = world.facts.first_recorded.get(item)
        agency, tag = name_of(world.facts, item)
        ground = world.bearing.since(answer.case or "", item)
        entries = {answer.entry, *(ground.entries if ground else ())}
        if held is not None:
            entries.add(held.entry)
        recorded_later = (
            first is not None
            and first.entry > answer.entry
            and (first.batch != answer.batch or first.batch == -1)
        )
        if held is not None and held.moment > said:
            since, words = held.moment, "it was taken in after the answer"
        elif arises > said:
            since, words = arises, "it was found to be of this case after the answer"
        elif recorded_later and first is not None:
            since, words = first.recorded, "it came onto the record after the answer"
            entries.add(first.entry)
        elif answer.text("answer") == "nothing_held":
            since, words = said, "it was on record when the answer said that nothing is held"
        else:
            continue
        yield ReopenedBy(item, agency, tag, max(since, arises), words, tuple(sorted(entries)))


def _to_tell(world: Known, case: Case, item: ReopenedBy, on: int) -> Iterator[ToTell]:
    parties = world.facts.of_case("parties", case.key)
    prosecutors = list(
        dict.fromkeys(row.text("name") for row in parties if row.text("role") == "prosecutor")
    )
    for name in prosecutors or [""]:
        yield ToTell(name, "prosecutor", "", item.tag, _heard(world, case, item.item, name, on))
    for defendant in world.cases.defendants(case, on):
        shown = tuple(
            row.entry
            for row in world.facts.of_item("disclosures", item.item)
            if row.case == case.key
            and row.defendant == defendant.key
            and row.last is not None
            and row.last <= on
        )
        for name in _counsel_of(world, case, defendant.key, on) or [""]:
            heard = _heard(world, case, item.item, name, on)
            yield ToTell(
                name, "defence_counsel", defendant.name, item.tag, tuple(sorted({*heard, *shown}))
            )


def _counsel_of(world: Known, case: Case, defendant: str, on: int) -> list[str]:
    """Counsel of a defendant by then: the last status that names one, else the party's row."""
    changes = [
        row
        for row in world.facts.of_case("status", case.key)
        if row.defendant == defendant
        and row.text("status") == "counsel"
        and row.data.get("detail")
        and row.first is not None
        and row.first <= on
    ]
    if changes:
        return [max(changes, key=lambda row: row.ord).text("detail")]
    return list(
        dict.fromkeys(
            row.text("counsel")
            for row in world.facts.of_case("parties", case.key)
            if row.defendant == defendant and row.data.get("counsel")
        )
    )


def _heard(world: Known, case: Case, item: ItemKey, person: str, on: int) -> tuple[int, ...]:
    """Rows that show that a person knew of an item by then."""
    if not person:
        return ()
    return tuple(
        row.entry
        for row in world.facts.of_item("knowledge", item)
        if key(row.text("person")) == key(person)
        and row.case in (None, case.key)
        and not row.said("denied")
        and row.last is not None
        and row.last <= on
    )
