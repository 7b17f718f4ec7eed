"""Where an item is now, in whose hands, under which seal: read from its custody events, in order.

What a container goes through its contents go through too. A shelf that a property list names counts
from the day the list was recorded, and again when the same list names another one. What was signed
out or handed over has no shelf until somebody says one.

What this does not do: it refuses nothing; `handling` does. What may leave for good asks more (`state`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fullfile.core.facts.known import name_of
from fullfile.core.facts.rows import Facts, ItemKey, order_of
from fullfile.core.facts.things import CustodyEvent, Loss, Things
from fullfile.core.said import say

__all__ = ["UNNUMBERED", "Hand", "read_hand"]

UNNUMBERED = "without a number"
"""The seal of an item that was sealed, where nobody said the seal's number."""

_AWAY = frozenset({"checked_out", "signed_out"})
_HANDED_ON = frozenset({*_AWAY, "transferred", "released", "consumed", "destroyed"})
_RETURNED = frozenset({"checked_in", "found", "booked"})
_SHELVES = frozenset({"checked_in", "found", "booked", "moved", "transferred"})


@dataclass(frozen=True, slots=True)
class Hand:
    """What whoever handles an item needs to know of it.

    Attributes:
        item: its key.
        agency, tag: as first recorded.
        description: of the property list; empty where none has it.
        listed: a property list or a booking has it.
        place, place_entry: the shelf it is on, and the entry that says so; empty and None: not known.
        holder: who has it, where that is not the property room.
        seal: the number of the seal on it; empty: none is on record.
        damaged: the entry that says that this seal was not intact.
        out: the event by which it was signed out, while it is.
        due_back: when it is to be back, as it was said.
        absent: the event that makes it missing.
        loss: a release, destruction or consumption that stands.
        last: the latest event of all.
        quantity: how many the property list has, in thousandths; None: it gives no number.
        inside: it lies in a container.
    """

    item: ItemKey
    agency: str
    tag: str
    description: str
    listed: bool
    place: str
    place_entry: int | None
    holder: str
    seal: str
    damaged: int | None
    out: CustodyEvent | None
    due_back: str
    absent: CustodyEvent | None
    loss: Loss | None
    last: CustodyEvent | None
    quantity: int | None
    inside: bool

    @property
    def is_here(self) -> bool:
        """Whether the property room has it: neither gone nor out, nor handed on, nor missing."""
        return (
            self.listed
            and self.loss is None
            and self.out is None
            and self.absent is None
            and not self.holder
        )


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A shelf that a property list names."""

    ord: tuple[int, int]
    entry: int
    place: str


def read_hand(
    facts: Facts, things: Things, item: ItemKey, on: int, dues: Mapping[int, str]
) -> Hand:
    """Put together where an item is.

    Args:
        facts: the rows of the item and of what it lies in.
        things: the same, as items.
        item: its key.
        on: the moment asked for, on the office's clock (ms).
        dues: when what was signed out is due back, by the entry that signed it out.
    """
    agency, tag = name_of(facts, item)
    place, place_entry, holder, seal = "", None, "", ""
    damaged: int | None = None
    out: CustodyEvent | None = None
    last: CustodyEvent | None = None
    for step in _steps(facts, things, item, on):
        if isinstance(step, _Shelf):
            place, place_entry = step.place, step.entry
            continue
        last, kind = step, step.event
        said = "" if step.by_status else step.row.text("place")
        if kind in _HANDED_ON:
            place, place_entry = "", None
            holder = step.row.text("to") or (UNNAMED if kind in _AWAY else "")
        elif kind in _RETURNED:
            holder = ""
            if kind == "checked_in":
                place, place_entry = "", None
        if kind in _SHELVES and said:
            place, place_entry = said, step.entry
        if kind in _AWAY:
            out = step
        elif kind in ("checked_in", "found"):
            out = None
        if step.row.item != item or step.by_status:
            continue  # the seal is the container's
        if kind == "sealed":
            seal, damaged = step.row.text("seal") or UNNUMBERED, None
        elif kind == "unsealed":
            seal, damaged = "", None
        if step.row.data.get("seal_intact") is False and kind != "unsealed":
            damaged = step.entry
    losses = things.losses(item, on)
    rows = facts.of_item("items", item)
    return Hand(
        item=item,
        agency=agency,
        tag=tag,
        description=rows[0].text("description") if rows else "",
        listed=things.is_on_list(item, on),
        place=place,
        place_entry=place_entry,
        holder=holder,
        seal=seal,
        damaged=damaged,
        out=out,
        due_back=dues.get(out.entry, "") if out is not None else "",
        absent=things.absence(item, on),
        loss=losses[-1] if losses else None,
        last=last,
        quantity=things.quantity(item),
        inside=bool(things.above(item)),
    )


UNNAMED = say("somebody unnamed")


def _steps(facts: Facts, things: Things, item: ItemKey, on: int) -> Iterator[CustodyEvent | _Shelf]:
    """What happened to an item and the shelves that lists name for it, in order."""
    shelves = list(_shelves(facts, item))
    for container in things.above(item):
        if shelves:
            break
        shelves = list(_shelves(facts, container))
    steps: list[CustodyEvent | _Shelf] = [*things.custody(item, on), *shelves]
    yield from sorted(steps, key=lambda step: step.ord)


def _shelves(facts: Facts, item: ItemKey) -> Iterator[_Shelf]:
    before: dict[str, str] = {}
    for row in facts.statuses.get(item, ()):
        place = row.text("storage_location")
        if place and place != before.get(row.source):
            before[row.source] = place
            yield _Shelf(order_of(row.recorded, row.entry), row.entry, place)
