"""What a custodian does: book, hand on, sign out and in, shelve, seal, examine, miss and find, and let go in two steps.

Every act on an item takes `seen`, the last entry of the record that the program had read (`/items/{item}/custody` gives
it): if anything was recorded about the item since, the act is refused with the code `stale` and who did what when.

What this does not do: it decides nothing; the same actions serve the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field

from fullfile.core.custody.booking import Booking
from fullfile.core.custody.decide import Order
from fullfile.core.errors import NotFound, NotPermitted, Reason, Refused
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.booking import Booked, book_items
from fullfile.server.actions.doing import Cannot, Done, Thing
from fullfile.server.actions.handling import (
    check_in_item,
    check_out_item,
    examine_item,
    find_item,
    lose_item,
    move_item,
    move_items,
    record_seal,
    transfer_item,
    transfer_items,
)
from fullfile.server.actions.leaving import approve_leaving, ask_to_leave, refuse_leaving
from fullfile.server.queries.hands import ask_hand
from fullfile.server.store.connections import item_id_of
from fullfile.server.store.reading import read_entries
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Long, Need, Said, When
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.thing import check_handles, item_to_handle
from fullfile.server.web.reach import item_in_reach

__all__ = ["Short", "ThingSaid", "booking_of", "desk"]

desk = Desk("Custody")

Short = Annotated[str, Field(max_length=300)]
Seen = Annotated[
    int | None,
    Field(ge=0, le=2**53 - 1, description="The last entry that the program had read of the item."),
]
Sealed = Annotated[Short, Field(description="The number of the seal, as it was read off.")]
Intact = Annotated[bool | None, Field(description="How the seal was found; null: not said.")]


class ThingSaid(Said):
    """One thing that came in. What is unknown is said in `not_known`, never left out as if it were none."""

    description: Need
    kind: Annotated[str, Field(max_length=60)] = ""
    category: Annotated[str, Field(max_length=120)] = ""
    quantity: Annotated[str, Field(max_length=120)] = ""
    uncounted: bool = False
    brought_by: Short = ""
    giver_role: Annotated[str, Field(max_length=120)] = ""
    found_where: Short = ""
    collected_at: When = ""
    collected_by: Short = ""
    report_number: Annotated[str, Field(max_length=120)] = ""
    not_known: Annotated[list[str], Field(max_length=20, default_factory=list)]
    place: Short = ""
    seal: Short = ""
    tag: Annotated[str, Field(max_length=120)] = ""
    counted_by: Annotated[list[Need], Field(max_length=20, default_factory=list)]
    unloaded_by: Short = ""
    serial_number: Short = ""
    notes: Long = ""
    box: Annotated[str, Field(max_length=120)] = ""
    persons: Annotated[list[Need], Field(max_length=100, default_factory=list)]


class BookingSaid(Said):
    """Things that come in at once: all are booked, or none."""

    things: Annotated[list[ThingSaid], Field(min_length=1, max_length=200)]


class OrderSaid(Said):
    """An order of a court that names the item."""

    authority: Short = ""
    words: Short = ""
    made_on: When = ""


class Handling(Said):
    """What every act on one item says."""

    occurred_at: When = ""
    seen: Seen = None


class Giving(Handling):
    """Handing an item over."""

    to: Need
    reason: Long = ""
    place: Short = ""
    seal: Sealed = ""
    seal_intact: Intact = None
    accepted_by: Short = ""


class GoingOut(Handling):
    """Signing an item out."""

    to: Need
    purpose: Need
    due_back: When = ""
    seal: Sealed = ""
    seal_intact: Intact = None
    accepted_by: Short = ""


class ComingIn(Handling):
    """Taking an item back."""

    place: Short = ""
    giver: Short = ""
    reason: Long = ""
    seal: Sealed = ""
    seal_intact: Intact = None


class Shelving(Handling):
    """Putting an item on a shelf."""

    place: Need
    reason: Long = ""
    seal: Sealed = ""
    seal_intact: Intact = None


class Sealing(Handling):
    """A seal off, on, or one for another."""

    reason: Need
    old: Sealed = ""
    new: Sealed = ""
    old_intact: Intact = None


class Examining(Handling):
    """Examining an item, and what the test uses up."""

    what: Need
    consumed: Annotated[str, Field(max_length=120)] = ""
    all_consumed: bool = False
    approved_by: Short = ""
    order: OrderSaid | None = None
    seal: Sealed = ""
    seal_intact: Intact = None


class Missing(Handling):
    """An item that was looked for and not found."""

    reason: Need
    place: Short = ""


class FoundAgain(Handling):
    """A missing item that is there again."""

    reason: Need
    place: Short = ""
    seal: Sealed = ""
    seal_intact: Intact = None


class OneOfMany(Said):
    """One of many items."""

    item_id: Annotated[int, Field(ge=0, le=2**53 - 1)]
    seal: Sealed = ""
    seal_intact: Intact = None
    seen: Seen = None


class MovingMany(Said):
    """Many items onto one shelf: one entry each."""

    things: Annotated[list[OneOfMany], Field(min_length=1, max_length=500)]
    place: Need
    reason: Long = ""
    occurred_at: When = ""


class GivingMany(Said):
    """Many items to one receiver: one entry each."""

    things: Annotated[list[OneOfMany], Field(min_length=1, max_length=500)]
    to: Need
    reason: Long = ""
    place: Short = ""
    accepted_by: Short = ""
    occurred_at: When = ""


class LeavingSaid(Said):
    """The wish that an item leaves for good."""

    how: Literal["released", "destroyed"]
    reason: Need
    to: Short = ""
    order: OrderSaid | None = None
    seen: Seen = None


class Approving(Said):
    """Approving that an item leaves: it goes in the same act."""

    reason: Long = ""
    occurred_at: When = ""
    seen: Seen = None


class Refusing(Said):
    """Refusing, or taking back, with a reason."""

    reason: Need


@desk.acts("/items", Right.BOOK)
def book(request: Asking, said: BookingSaid) -> Answer:
    """Book what came in, at one's own agency: each thing gets its tag. No case is asked for."""
    person = request.person
    things = [booking_of(one) for one in said.things]
    return recorded(
        request,
        lambda: book_items(
            agency=person.works_for,
            things=things,
            booked_by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
        tell=_booked,
    )


def booking_of(one: ThingSaid) -> Booking:
    """A thing as the actions take it."""
    return Booking(
        **{
            **one.model_dump(),
            "not_known": frozenset(one.not_known),
            "counted_by": tuple(one.counted_by),
            "persons": tuple(one.persons),
        }
    )


def _booked(done: list[Booked]) -> dict[str, Any]:
    return {
        "items": [
            {
                "item_id": item_id_of(one.agency, one.tag),
                "agency": one.agency,
                "tag": one.tag,
                "entries": list(one.entries),
            }
            for one in done
        ]
    }


def _handled(
    request: Asking, item_id: int, said: Handling, action: Callable[..., Any], **more: Any
) -> Answer:
    """One act on one item, as the person who is there: of their agency, or with them."""
    item, _hand = item_to_handle(request.person, item_id)
    values = said.model_dump(exclude={"seen", *more}) | more
    return recorded(
        request,
        lambda: action(
            agency=item.agency,
            tag=item.tag,
            by=request.person.name,
            seen_entry=said.seen,
            **values,
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/items/{int:item_id}/transfer", Right.HANDLE)
def transfer(request: Asking, item_id: Id, said: Giving) -> Answer:
    """Hand an item over to another person or office."""
    return _handled(request, item_id, said, transfer_item)


@desk.acts("/items/{int:item_id}/check-out", Right.HANDLE)
def check_out(request: Asking, item_id: Id, said: GoingOut) -> Answer:
    """Sign an item out: to whom, for what, due back when."""
    return _handled(request, item_id, said, check_out_item)


@desk.acts("/items/{int:item_id}/check-in", Right.HANDLE)
def check_in(request: Asking, item_id: Id, said: ComingIn) -> Answer:
    """Take an item back into the property room."""
    return _handled(request, item_id, said, check_in_item)


@desk.acts("/items/{int:item_id}/move", Right.HANDLE)
def move(request: Asking, item_id: Id, said: Shelving) -> Answer:
    """Put an item on a shelf."""
    return _handled(request, item_id, said, move_item)


@desk.acts("/items/{int:item_id}/seal", Right.HANDLE)
def reseal(request: Asking, item_id: Id, said: Sealing) -> Answer:
    """Take a seal off, put one on, or one for another."""
    return _handled(request, item_id, said, record_seal)


@desk.acts("/items/{int:item_id}/examine", Right.HANDLE)
def examine(request: Asking, item_id: Id, said: Examining) -> Answer:
    """Record an examination, and what it used up."""
    return _handled(request, item_id, said, examine_item, order=_order(said.order))


@desk.acts("/items/{int:item_id}/missing", Right.HANDLE)
def miss(request: Asking, item_id: Id, said: Missing) -> Answer:
    """Record that an item was looked for and not found."""
    return _handled(request, item_id, said, lose_item)


@desk.acts("/items/{int:item_id}/found", Right.HANDLE)
def find_again(request: Asking, item_id: Id, said: FoundAgain) -> Answer:
    """Record that a missing item is there again, where and how."""
    return _handled(request, item_id, said, find_item)


@desk.acts("/custody/moves", Right.HANDLE)
def move_many(request: Asking, said: MovingMany) -> Answer:
    """Put many items on one shelf: all that can, and why each other cannot."""
    things, shut = _things(request, said.things)
    person = request.person
    return recorded(
        request,
        lambda: move_items(
            things=things,
            place=said.place,
            reason=said.reason,
            by=person.name,
            occurred_at=said.occurred_at,
            actor=person.name,
            now_ms=now_ms(),
        ),
        tell=lambda done: _done(done, shut),
    )


@desk.acts("/custody/transfers", Right.HANDLE)
def transfer_many(request: Asking, said: GivingMany) -> Answer:
    """Hand many items over to one receiver: all that can, and why each other cannot."""
    things, shut = _things(request, said.things)
    person = request.person
    return recorded(
        request,
        lambda: transfer_items(
            things=things,
            to=said.to,
            reason=said.reason,
            place=said.place,
            by=person.name,
            accepted_by=said.accepted_by,
            occurred_at=said.occurred_at,
            actor=person.name,
            now_ms=now_ms(),
        ),
        tell=lambda done: _done(done, shut),
    )


@desk.acts("/items/{int:item_id}/leaving", Right.ASK_TO_LEAVE)
def ask_leaving(request: Asking, item_id: Id, said: LeavingSaid) -> Answer:
    """Ask that an item may be released or destroyed; another person answers."""
    item, _hand = item_to_handle(request.person, item_id)
    return recorded(
        request,
        lambda: ask_to_leave(
            agency=item.agency,
            tag=item.tag,
            how=said.how,
            reason=said.reason,
            to=said.to,
            order=_order(said.order),
            seen_entry=said.seen,
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/items/{int:item_id}/leaving/{int:entry}/approve", Right.APPROVE_LEAVING)
def approve(request: Asking, item_id: Id, entry: Id, said: Approving) -> Answer:
    """Approve that an item leaves, and let it go: judged anew at this moment."""
    _wish(request, item_id, entry)
    return recorded(
        request,
        lambda: approve_leaving(
            entry,
            reason=said.reason,
            occurred_at=said.occurred_at,
            seen_entry=said.seen,
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/items/{int:item_id}/leaving/{int:entry}/refuse", Right.APPROVE_LEAVING)
def refuse(request: Asking, item_id: Id, entry: Id, said: Refusing) -> Answer:
    """Refuse that an item leaves."""
    _wish(request, item_id, entry)
    return recorded(
        request,
        lambda: refuse_leaving(
            entry, reason=said.reason, actor=request.person.name, now_ms=now_ms()
        ),
    )


@desk.acts("/items/{int:item_id}/leaving/{int:entry}/take-back", Right.ASK_TO_LEAVE)
def take_back(request: Asking, item_id: Id, entry: Id, said: Refusing) -> Answer:
    """Take one's own wish back."""
    asked_by = _wish(request, item_id, entry)
    if asked_by != request.person.name:
        raise NotFound("You have asked no such thing.")
    return recorded(
        request,
        lambda: refuse_leaving(
            entry, reason=said.reason, actor=request.person.name, now_ms=now_ms()
        ),
    )


def _wish(request: Asking, item_id: int, entry: int) -> str:
    """Whose wish an entry is; it must be one about this item, within reach."""
    item = item_in_reach(request.person, item_id)
    found = read_entries([entry])[0]
    named = found.data.get("agency", ""), found.data.get("tag", "")
    if found.type != "leaving.asked" or item_id_of(*map(str, named)) != item.item_id:
        raise NotFound("There is no such wish about this item.")
    return found.by


def _things(request: Asking, said: list[OneOfMany]) -> tuple[list[Thing], list[Cannot]]:
    """The items that this person may act on, and those that lie with somebody else."""
    found, shut = [], []
    for one in said:
        item = item_in_reach(request.person, one.item_id)
        try:
            check_handles(
                request.person, item, ask_hand(item.agency, item.tag, now_ms=now_ms()).hand
            )
        except NotPermitted as error:
            why = Reason("not_with_you", str(error))
            shut.append(Cannot(item.agency, item.tag, (why,)))
            continue
        found.append(Thing(item.agency, item.tag, one.seal, one.seal_intact, one.seen))
    if not found:
        raise Refused([why for one in shut for why in one.reasons])
    return found, shut


def _done(done: Done, shut: list[Cannot]) -> dict[str, Any]:
    return {
        "done": [
            {"agency": agency, "tag": tag, "entry": entry} for agency, tag, entry in done.done
        ],
        "cannot": [
            {
                "agency": one.agency,
                "tag": one.tag,
                "reasons": [{"code": why.code, "text": why.text} for why in one.reasons],
            }
            for one in (*done.cannot, *shut)
        ],
    }


def _order(said: OrderSaid | None) -> Order | None:
    return None if said is None else Order(said.authority, said.words, said.made_on)
