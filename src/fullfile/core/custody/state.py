"""An item as a decision about it needs to know it: held, in hand, what holds it, what it bears on.

Contents go with their container: what holds a thing inside holds the container too.

What this does not do: it refuses nothing; `decide` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fullfile.core.custody.holds import Hold, holds_on
from fullfile.core.facts.known import Known, name_of
from fullfile.core.facts.rows import ItemKey, quantity_of
from fullfile.core.facts.suspected import open_suggestions
from fullfile.core.facts.things import CustodyEvent, Loss

__all__ = ["HeldThing", "ItemState", "holds_of", "holds_with_contents", "is_examined", "read_item"]

_OUT = frozenset({"checked_out", "signed_out"})
_BACK = frozenset({"checked_in", "found"})


@dataclass(frozen=True, slots=True)
class HeldThing:
    """A hold, and the tag of the thing that it is on: the item itself, or something inside it."""

    tag: str
    inside: bool
    hold: Hold


@dataclass(frozen=True, slots=True)
class ItemState:
    """What is known of an item when somebody wants it to leave.

    Attributes:
        item: its key.
        agency, tag: as first recorded.
        listed: a property list or a booking has it.
        bookers: whoever booked it, as keys.
        bears_on: the numbers of the cases it bears on by now.
        examined: a run of `link` has covered it as it now is.
        suspected: the cases that open suggestions name for it.
        holds: what stands on it or on something inside it.
        loss: a release, destruction or consumption that stands.
        absent: the event that makes it missing.
        out: the event by which it was signed out, while it is.
        quantity: how many the list has, in thousandths.
        used: how much of it tests have used up so far, in thousandths.
    """

    item: ItemKey
    agency: str
    tag: str
    listed: bool
    bookers: frozenset[str]
    bears_on: tuple[str, ...]
    examined: bool
    suspected: tuple[str, ...]
    holds: tuple[HeldThing, ...]
    loss: Loss | None
    absent: CustodyEvent | None
    out: CustodyEvent | None
    quantity: int | None
    used: int

    @property
    def is_open_orphan(self) -> bool:
        """Whether the question which case it belongs to is open: nobody looked, or nobody decided."""
        return not self.bears_on and (not self.examined or bool(self.suspected))


def read_item(
    known: Known, item: ItemKey, moments: Iterable[int], threshold: str = "0.5"
) -> ItemState:
    """Put together what is known of an item.

    Args:
        known: the record, asked about now.
        item: the item.
        moments: the moments at which holds are looked for (ms), now among them.
        threshold: the probability from which a suggestion counts.
    """
    on = known.on()
    found: dict[tuple[str, str], HeldThing] = {}
    for moment in sorted(set(moments)):
        for held in holds_with_contents(known, item, moment):
            found.setdefault((held.tag, held.hold.name), held)
    losses = known.things.losses(item, on)
    agency, tag = name_of(known.facts, item)
    return ItemState(
        item=item,
        agency=agency,
        tag=tag,
        listed=known.things.is_on_list(item, on),
        bookers=frozenset(known.things.booker_keys(item)),
        bears_on=_bears_on(known, item),
        examined=is_examined(known, item),
        suspected=tuple(
            one.suggested.number for one in open_suggestions(known.facts, item, on, threshold)
        ),
        holds=tuple(found.values()),
        loss=losses[-1] if losses else None,
        absent=known.things.absence(item, on),
        out=_signed_out(known, item, on),
        quantity=known.things.quantity(item),
        used=sum(
            quantity_of(row.text("quantity")) or 0
            for row in known.things.handled(item, on)
            if row.text("event") == "consumed"
        ),
    )


def holds_of(known: Known, item: ItemKey, moment: int) -> tuple[Hold, ...]:
    """All holds that stand on an item itself."""
    return holds_on(
        known.facts,
        known.cases,
        known.things,
        known.bearing,
        item,
        moment,
        known.cases_of(item),
    )


def holds_with_contents(known: Known, item: ItemKey, moment: int) -> list[HeldThing]:
    """All holds that stand on an item, and those on what is inside it now."""
    own = [
        HeldThing(name_of(known.facts, item)[1], inside=False, hold=hold)
        for hold in holds_of(known, item, moment)
    ]
    names = {held.hold.name for held in own}
    for content in sorted(known.things.below(item)):
        if item not in known.things.above(content):
            continue  # it lay there once
        for hold in holds_of(known, content, moment):
            if hold.name not in names:
                names.add(hold.name)
                own.append(HeldThing(name_of(known.facts, content)[1], inside=True, hold=hold))
    return own


def is_examined(known: Known, item: ItemKey) -> bool:
    """Whether a run of `link` has covered an item with all its rows."""
    rows = (*known.facts.of_item("items", item), *known.facts.of_item("custody", item))
    last = max((row.entry for row in rows), default=-1)
    return known.facts.examinations.covers(item, last)


def _bears_on(known: Known, item: ItemKey) -> tuple[str, ...]:
    found = []
    for number in known.cases_of(item):
        case = known.cases.by_key[number]
        arises = known.bearing.arises(number, item)
        if arises is not None and arises <= known.on(case):
            found.append(case.number)
    return tuple(found)


def _signed_out(known: Known, item: ItemKey, on: int) -> CustodyEvent | None:
    out: CustodyEvent | None = None
    for event in known.things.custody(item, on):
        if event.event in _OUT:
            out = event
        elif event.event in _BACK:
            out = None
    return out
