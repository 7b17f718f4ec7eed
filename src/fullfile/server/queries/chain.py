"""The chain of custody of one item, newest first, and where it is now.

Four questions to the database, however long the chain is: the office's clock, the item, the entries'
places, the entries. A correction stands above the row that it corrects, which stays and is struck.

What this does not do: it does not say what the item bears on, or what holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.custody.hand import Hand, read_hand
from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.facts.rows import Facts, ItemKey, Row, read_facts
from fullfile.core.facts.things import Things
from fullfile.core.ids import key, wall_ms
from fullfile.core.said import say
from fullfile.server.queries.asked import asked
from fullfile.server.queries.hands import DUE_BACK, dues_of
from fullfile.server.queries.items import no_such_item
from fullfile.server.queries.worlds import clock_ms
from fullfile.server.store.chain import Named, chain_entries, find_item, name_item
from fullfile.server.store.load import agencies, entries, office

__all__ = ["Chain", "Step", "ask_chain", "ask_chain_of"]

LISTED = "listed"
"""The step that a property list gives: it says that and when the item was booked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain.

    Attributes:
        entry: the entry that says so.
        event: the custody table's word; `listed` for a property list's own row.
        occurred_at: when it happened, as it was said.
        moment: the first moment of that, on the office's clock (ms).
        recorded_ms: when it was recorded, UTC milliseconds.
        by: who did it.
        giver, receiver: from whom, to whom.
        place: the shelf or place.
        reason: why.
        quantity: how many, as it was said.
        seal, seal_intact: the seal as it was read off.
        due_back: when what went out is due back.
        order: the court's order, with its court.
        signed: who stands for it by name: whoever recorded it, and who approved it or took it over.
        inside: the tag of the container that went through it, where it is not the item itself.
        corrects: the entry that it corrects.
        struck_by: the entry that corrects it: such a row no longer counts.
        source: the system it came from; empty: the office's own act.
        erased: the order by which its words were erased, or empty.
    """

    entry: int
    event: str
    occurred_at: str
    moment: int
    recorded_ms: int
    by: str
    giver: str
    receiver: str
    place: str
    reason: str
    quantity: str
    seal: str
    seal_intact: bool | None
    due_back: str
    order: str
    signed: tuple[str, ...]
    inside: str
    corrects: int | None
    struck_by: int | None
    source: str
    erased: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of an item.

    Attributes:
        item_id: its number, which addresses use.
        now: where it is (at the moment asked for).
        steps: newest first; a struck row below the one that corrects it.
        size: the size of the record that it was read from: `size - 1` is the `seen_entry` of an act.
        zone: the office's clock, by name.
    """

    item_id: int
    now: Hand
    steps: tuple[Step, ...]
    size: int
    zone: str


def ask_chain(
    agency: str,
    tag: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Chain:
    """The chain of custody of an item.

    Args:
        agency: the agency, by any of its names.
        tag: the item's tag there.
        on: a day, an aware datetime, or None for now.
        as_of: likewise.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
    """
    found = find_item(agency, tag)
    if found is None:
        raise NotFound(no_such_item(agencies().get(key(agency), agency), tag))
    return _chain(found, on, as_of, clock_ms(now_ms))


def ask_chain_of(
    item_id: int,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Chain:
    """The chain of custody of an item by its number.

    Raises:
        NotFound: no item has that number.
    """
    found = name_item(item_id)
    if found is None:
        raise NotFound(say("No item on record has the number {item_id}.", item_id=item_id))
    return _chain(found, on, as_of, clock_ms(now_ms))


def _chain(
    named: Named, on: date | datetime | None, as_of: date | datetime | None, now_ms: int
) -> Chain:
    here = office()
    size, moment = named.size, wall_ms(now_ms, here.zone)
    if on is not None or as_of is not None:
        question = asked(on, as_of, now_ms)
        size, moment = question.size, question.on(here.zone)
    found = entries(chain_entries(named.item_id, size))
    facts = read_facts(found, here.zone)
    item = (key(named.agency), key(named.tag))
    things = Things(facts, ())
    hand = read_hand(facts, things, item, moment, dues_of(found))
    told = {one.index: one for one in found}
    steps = tuple(_steps(facts, things, item, moment, told))
    return Chain(named.item_id, hand, steps, size, here.time_zone)


def _steps(
    facts: Facts, things: Things, item: ItemKey, on: int, told: Mapping[int, Entry]
) -> Iterator[Step]:
    booked = {row.source for row in facts.of_item("custody", item) if row.text("event") == "booked"}
    live: list[tuple[tuple[int, int], str, Row]] = [
        (event.ord, event.row.text("event") or event.event, event.row)
        for event in things.custody(item, on)
        if not event.by_status
    ]
    live += [
        (row.ord, LISTED, row)
        for row in facts.of_item("items", item)
        if row.source not in booked and row.first is not None and row.first <= on
    ]
    for _, event, row in sorted(live, key=lambda one: one[0], reverse=True):
        yield _step(event, row, told[row.entry], item)
        by = row.entry
        while (old := facts.superseded.get(facts.corrects.get(by, -1))) is not None:
            word = old.text("event") or LISTED
            yield _step(word, old, told[old.entry], item, struck_by=by)
            by = old.entry


def _step(
    event: str, row: Row, entry: Entry, item: ItemKey, *, struck_by: int | None = None
) -> Step:
    listed = event == LISTED
    more = entry.more
    order = ", ".join(part for part in (row.text("authority"), row.text("order")) if part)
    signed = [entry.by, *(more[name] for name in _SIGNED if more.get(name))]
    return Step(
        entry=row.entry,
        event=event,
        occurred_at=row.text("booked_at" if row.text("booked_at") else "collected_at")
        if listed
        else row.text("occurred_at"),
        moment=row.first or 0,
        recorded_ms=entry.recorded_ms,
        by=row.text("booked_by" if listed else "by"),
        giver=row.text("collected_from" if listed else "from"),
        receiver=row.text("" if listed else "to"),
        place=row.text("storage_location" if listed else "place"),
        reason=row.text("notes" if listed else "reason"),
        quantity=row.text("quantity"),
        seal=row.text("seal"),
        seal_intact=row.data.get("seal_intact"),
        due_back=more.get(DUE_BACK, ""),
        order=order,
        signed=tuple(dict.fromkeys(signed)),
        inside=row.text("tag") if row.item != item else "",
        corrects=entry.corrects,
        struck_by=struck_by,
        source=entry.source,
        erased=row.erased,
    )


_SIGNED = ("approved_by", "accepted_by")
"""Beside whoever recorded it: who put their name to it, in the columns kept with the entry."""
