"""Which answers of agencies a later find has re-opened, by which items, and who must be told.

An agency's word is an act with a name and a date. It stands until the agency is found to hold,
or takes in, an item that it had not named; then it is open again by itself, and the prosecutors
of the case and the counsel of each defendant must hear of it (needs, N8 and family G).

What this does not do: it tells nobody. That a person was told is a row of `knowledge`, or a disclosure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fullfile.core.facts.cases import Case
from fullfile.core.facts.known import Known, name_of
from fullfile.core.facts.rows import NO_IMPORT, ItemKey, Row
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = ["Reopened", "ReopenedBy", "ToTell", "last_answer", "reopened", "reopened_by"]


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
        items = tuple(reopened_by(world, row, own))
        if items:
            tell = tuple(one for item in items for one in _to_tell(world, case, item, on))
            found.append(Reopened(row.text("agency"), row, items, tell))
    return found


def last_answer(world: Known, case: Case, agency: str, on: int) -> Row | None:
    """The last answer of an agency (by its key) for a case by a moment; None: there is none."""
    rows = [
        row
        for row in world.facts.of_case("answers", case.key)
        if key(row.text("agency")) == agency and row.last is not None and row.last <= on
    ]
    return max(rows, key=lambda row: row.ord, default=None)


def _last_answers(world: Known, case: Case, on: int) -> dict[str, Row]:
    agencies = {key(row.text("agency")) for row in world.facts.of_case("answers", case.key)}
    found = {agency: last_answer(world, case, agency, on) for agency in sorted(agencies)}
    return {
        agency: row
        for agency, row in found.items()
        if row is not None and row.text("answer") in ("all_handed_over", "nothing_held")
    }


def reopened_by(world: Known, answer: Row, own: Mapping[ItemKey, int]) -> Iterator[ReopenedBy]:
    """The items that an answer, which said that there is nothing more, had not named.

    The one place that says when an answer no longer stands: the match asks it too.

    Args:
        world: the record.
        answer: a row of `answers`: all_handed_over or nothing_held.
        own: the agency's items that bear on the case, each with the moment since which it does.
    """
    for item, arises in sorted(own.items()):
        found = _because(world, answer, item, arises)
        if found is None:
            continue
        since, words, entries = found
        agency, tag = name_of(world.facts, item)
        ground = world.bearing.since(answer.case or "", item)
        held = world.things.held(item)
        rests = {answer.entry, *entries, *(ground.entries if ground else ())}
        if held is not None:
            rests.add(held.entry)
        yield ReopenedBy(item, agency, tag, max(since, arises), words, tuple(sorted(rests)))


def _because(
    world: Known, answer: Row, item: ItemKey, arises: int
) -> tuple[int, str, tuple[int, ...]] | None:
    """Since when and why an item contradicts an answer, with what else says so; None: it does not."""
    said = answer.last or 0
    held = world.things.held(item)
    first = world.facts.first_recorded.get(item)
    if held is not None and held.moment > said:
        return held.moment, say("it was taken in after the answer"), ()
    if arises > said:
        return arises, say("it was found to be of this case after the answer"), ()
    if (
        first is not None
        and first.entry > answer.entry
        and (first.batch != answer.batch or first.batch == NO_IMPORT)
    ):
        return first.recorded, say("it came onto the record after the answer"), (first.entry,)
    if answer.text("answer") == "nothing_held":
        return said, say("it was on record when the answer said that nothing is held"), ()
    return None


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
