"""One item as its page shows it: where it is, what holds it, every case it bears on, line by line.

The record is read once, for the item and what lies inside it; match, holds and custody are asked of the
same world, so that the page cannot contradict itself.

What this does not do: it hides nothing (`web` asks the policy), and words no state again: lines carry their
own sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.custody.hand import Hand, read_hand
from fullfile.core.custody.holds import Hold
from fullfile.core.custody.state import HeldThing, ItemState, holds_of, read_item
from fullfile.core.errors import NotFound
from fullfile.core.facts.bearing import Ground
from fullfile.core.facts.dates import date_words
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.facts.suspected import open_suggestions
from fullfile.core.ids import DAY_MS, key
from fullfile.core.matching import Line, World, lines_of_item
from fullfile.core.said import say
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.hands import dues_of
from fullfile.server.queries.worlds import clock_ms, world_of
from fullfile.server.store.case_entries import contents_of, entries_for_lines_of_items
from fullfile.server.store.connections import item_key
from fullfile.server.store.load import entries, find_cases

__all__ = ["Account", "CaseOfItem", "ItemPage", "Mark", "Suggested", "Wish", "ask_item_page"]


@dataclass(frozen=True, slots=True)
class Account:
    """What one source says of the item, where several may differ: the words, the source, the entry."""

    words: str
    source: str
    entry: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that the picture names: what happened, and when (ms)."""

    words: str
    moment: int


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wishes the item set aside for a case, or two did: the row that counts."""

    entry: int
    by: str
    reason: str
    filed_at: str
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class CaseOfItem:
    """A case that the item bears on.

    Attributes:
        case_id, number, title: the case.
        sealed: whether a court sealed it.
        because: why the item bears on it, within a sentence.
        since: since when it has lines there (ms).
        start: when the case began (ms); None: nothing on record says so.
        lines: one per defendant.
        exhibit: its number on the file; empty: none is on record.
        marks: days of its docket that a picture names.
        wishes: to set it aside, made and not confirmed, or confirmed.
        ground_sealed: it is withheld in the case, and the ground is sealed.
    """

    case_id: int
    number: str
    title: str
    sealed: bool
    because: str
    since: int
    start: int | None
    lines: tuple[Line, ...]
    exhibit: str
    marks: tuple[Mark, ...]
    wishes: tuple[Wish, ...]
    ground_sealed: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """A case that an open suggestion names for the item."""

    case_id: int
    number: str
    probability: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """All that the page of an item shows.

    Attributes:
        item_id: its number, which addresses use.
        agency, tag, description: as first recorded.
        kind, category, serial, report_number: as the list says.
        sealed: whether a court sealed it.
        question: the moments, the size.
        moment: the moment asked for, on the office's clock (ms).
        hand: where it is.
        state: whether it may leave, and what is known of it then.
        holds: those on the item itself.
        inside: those on what lies inside it.
        cases: those it bears on.
        orphan: its one line where it bears on none.
        suggested: cases that open suggestions name.
        came_from: who or where it came from; one account per source.
        how_many: how many; likewise.
        taken: when it was taken in; likewise.
        contents: tags of what lies inside it.
        containers: tags of what it lies in.
        views_by: whoever made a determination on it: their words stand within sentences.
        unread_by: those of them whose view no second person has read yet.
        held_since: the first moment (ms); None where no date is on record.
    """

    item_id: int
    agency: str
    tag: str
    description: str
    kind: str
    category: str
    serial: str
    report_number: str
    sealed: bool
    question: Asked
    moment: int
    hand: Hand
    state: ItemState
    holds: tuple[Hold, ...]
    inside: tuple[HeldThing, ...]
    cases: tuple[CaseOfItem, ...]
    orphan: Line | None
    suggested: tuple[Suggested, ...]
    came_from: tuple[Account, ...]
    how_many: tuple[Account, ...]
    taken: tuple[Account, ...]
    contents: tuple[tuple[str, str], ...]
    containers: tuple[tuple[str, str], ...]
    views_by: tuple[str, ...]
    unread_by: tuple[str, ...]
    held_since: int | None

    @property
    def lines(self) -> list[Line]:
        """Every line of the item."""
        return [line for case in self.cases for line in case.lines]


def ask_item_page(
    item_id: int,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> ItemPage:
    """One item, by its number.

    Args:
        item_id: its number in `item_key`.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no item has that number, or the record did not know it by then.
    """
    named = item_key(item_id)
    if named is None:
        raise NotFound(say("No item on record has the number {item_id}.", item_id=item_id))
    _, agency, tag = named
    item: ItemKey = (key(agency), key(tag))
    question = asked(on, as_of, clock_ms(now_ms))
    ids = {item_id} | contents_of({item_id}, question.size)
    found = entries(entries_for_lines_of_items(ids, question.size))
    world = world_of(question, found)
    if not any(one == item for (_, one), rows in world.facts.by_item.items() if rows):
        raise NotFound(
            say(
                "No row on record named {tag} by {as_of_text}.",
                tag=tag,
                as_of_text=question.as_of_text,
            )
        )
    now = world.on()
    lines = list(lines_of_item(world, item))
    state = read_item(world, item, (now,), question.policy.threshold)
    held = world.things.held(item)
    rows = world.facts.of_item("items", item)
    first = rows[0] if rows else None
    return ItemPage(
        item_id=item_id,
        agency=agency,
        tag=tag,
        description=_text(first, "description"),
        kind=_text(first, "kind"),
        category=_text(first, "category"),
        serial=_text(first, "serial_number"),
        report_number=_text(first, "report_number"),
        sealed=any(row.said("sealed") for row in rows),
        question=question,
        moment=now,
        hand=read_hand(world.facts, world.things, item, now, dues_of(found)),
        state=state,
        holds=holds_of(world, item, now),
        inside=tuple(one for one in state.holds if one.inside),
        cases=tuple(_cases(world, item, lines)),
        orphan=next((line for line in lines if line.case_number is None), None),
        suggested=_suggested(world, item, question.policy.threshold),
        came_from=_came_from(world, item),
        how_many=_accounts(rows, "quantity"),
        taken=tuple(
            Account(date_words(row.text(column), row.first or 0), row.source, row.entry)
            for row in rows
            for column in ("collected_at", "booked_at")
            if row.text(column)
        ),
        contents=_named(world, sorted(world.things.below(item))),
        containers=_named(world, world.things.above(item)),
        views_by=tuple(
            {row.text("by"): None for row in world.facts.of_item("determinations", item)}
        ),
        unread_by=tuple(
            {
                row.text("by"): None
                for row in world.facts.of_item("determinations", item)
                if not row.text("verified_by") and not row.data.get("second_reading")
            }
        ),
        held_since=held.moment if held is not None and held.moment <= now else None,
    )


def _text(row: Row | None, column: str) -> str:
    return row.text(column) if row is not None else ""


def _cases(world: World, item: ItemKey, lines: list[Line]) -> Iterator[CaseOfItem]:
    numbers = [world.cases.by_key[one].number for one in world.cases_of(item)]
    ids = find_cases(numbers)
    for norm in world.cases_of(item):
        case = world.cases.by_key[norm]
        mine = tuple(line for line in lines if line.case_number == case.number)
        ground = world.bearing.since(norm, item)
        arises = world.bearing.arises(norm, item)
        if not mine or ground is None or arises is None:
            continue
        filings = [row for row in world.facts.of_item("filings", item) if row.case == norm]
        yield CaseOfItem(
            case_id=ids[norm],
            number=case.number,
            title=case.title,
            sealed=any(row.said("sealed") for row in world.facts.of_case("cases", norm)),
            because=_because(ground),
            since=arises,
            start=case.start,
            lines=mine,
            exhibit=next((row.text("exhibit_number") for row in filings[::-1]), ""),
            marks=tuple(_marks(world, norm)),
            wishes=tuple(
                Wish(
                    row.entry,
                    row.text("filed_by"),
                    row.text("reason"),
                    row.text("filed_at"),
                    row.text("confirmed_by"),
                )
                for row in filings
                if row.said("set_aside")
            ),
            ground_sealed=any(
                row.said("sealed")
                for row in world.facts.of_item("withholdings", item)
                if row.case == norm
            ),
        )


def _because(ground: Ground) -> str:
    """Why it bears on the case, within a sentence."""
    words = ground.words
    if ground.said:
        words = say("{ground} ({day})", ground=words, day=date_words(ground.said, ground.moment))
    if ground.through:
        words = say(
            "{ground}, through {case}, which is of the same matter",
            ground=words,
            case=ground.through,
        )
    return words


_NAMED_DAYS = {
    "trial_started": "trial",
    "jury_sworn": "trial",
    "convicted": "convicted",
    "acquitted": "acquitted",
    "dismissed_with_prejudice": "dismissed",
    "dismissed_without_prejudice": "dismissed",
    "plea_guilty": "plea",
}


def _marks(world: World, case: str) -> Iterator[Mark]:
    here = world.cases.by_key[case]
    now = world.on(here)
    seen: set[str] = set()
    for row in sorted(world.facts.of_case("docket", case), key=lambda one: one.ord):
        words = _NAMED_DAYS.get(row.text("event"), "")
        if words and words not in seen and row.first is not None and row.first <= now:
            seen.add(words)
            who = row.text("defendant")
            yield Mark(f"{who} {words}" if who else words, row.first - row.first % DAY_MS)


def _suggested(world: World, item: ItemKey, threshold: str) -> tuple[Suggested, ...]:
    found = open_suggestions(world.facts, item, world.on(), threshold)
    ids = find_cases([one.suggested.number for one in found])
    return tuple(
        Suggested(ids[one.suggested.case], one.suggested.number, one.probability)
        for one in found
        if one.suggested.case in ids
    )


def _accounts(rows: list[Row], column: str) -> tuple[Account, ...]:
    """Every different thing that sources say, in the order of the record."""
    said: dict[str, Account] = {}
    for row in rows:
        if row.text(column):
            said.setdefault(row.text(column), Account(row.text(column), row.source, row.entry))
    return tuple(said.values())


def _came_from(world: World, item: ItemKey) -> tuple[Account, ...]:
    said: dict[str, Account] = {}
    for row in world.facts.of_item("items", item):
        parts = [row.text("collected_from"), row.text("collected_where")]
        words = ", ".join(part for part in parts if part)
        if words:
            said.setdefault(words, Account(words, row.source, row.entry))
    return tuple(said.values())


def _named(world: World, items: tuple[ItemKey, ...] | list[ItemKey]) -> tuple[tuple[str, str], ...]:
    found = []
    for one in items:
        rows = world.facts.of_item("items", one)
        found.append((rows[0].text("agency"), rows[0].text("tag")) if rows else one)
    return tuple(found)
