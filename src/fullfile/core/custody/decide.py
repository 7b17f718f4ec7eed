"""May an item leave? Release, destruction, consumption: refused with every reason, each with the way out.

Nothing leaves while a hold stands on it or on something inside it, while the question
which case it belongs to is open, when it is not there, or when one person alone wants it.
A court order that names the item lets it go, and is recorded with it. What leaves takes a
statement along: what was looked at, and how large the record was then.

Fullfile deletes nothing by itself: there is no retention date that runs out here.

What this does not do: it reads nothing, and writes nothing; holds are lifted in `lifting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fullfile.core.custody.state import ItemState
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.dates import join, when_words
from fullfile.core.facts.rows import quantity_of
from fullfile.core.ids import key
from fullfile.core.said import say, word

__all__ = [
    "Leaving",
    "Order",
    "decide_consume",
    "decide_destroy",
    "decide_release",
    "why_not",
]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a court that names the item: which court, the order in words, its date."""

    authority: str
    words: str
    made_on: str

    @property
    def is_said(self) -> bool:
        """Whether anything of an order was said."""
        return bool(self.authority or self.words or self.made_on)

    @property
    def is_whole(self) -> bool:
        """Whether all of it was said."""
        return bool(self.authority and self.words and self.made_on)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody wants to do with an item.

    Attributes:
        actor: who does it, and records it.
        approved_by: the second named person.
        reason: why.
        occurred_at: when, as it was said.
        in_future: whether that lies ahead of the clock.
        size: how many entries the record had when it was looked at.
        order: the order under which it leaves.
        to: to whom it goes.
        quantity: how much of it; empty: all.
    """

    actor: str
    approved_by: str
    reason: str
    occurred_at: str
    in_future: bool
    size: int
    order: Order = Order("", "", "")
    to: str = ""
    quantity: str = ""


def decide_release(state: ItemState, wish: Leaving) -> Draft:
    """Give an item out of custody for good.

    Raises:
        Refused: with every reason.
    """
    reasons = list(why_not(state, wish, "released"))
    if not wish.to:
        reasons.append(Reason("recipient_missing", say("Say to whom it goes.")))
    return _draft(state, wish, "released", reasons)


def decide_destroy(state: ItemState, wish: Leaving) -> Draft:
    """Destroy an item.

    Raises:
        Refused: with every reason.
    """
    return _draft(state, wish, "destroyed", list(why_not(state, wish, "destroyed")))


def decide_consume(state: ItemState, wish: Leaving) -> Draft:
    """Use an item up in a test. A part of it may be used while it is kept: that is no loss.

    What earlier tests used counts too: the last part is the whole.

    Raises:
        Refused: with every reason.
    """
    used = quantity_of(wish.quantity)
    part = used is not None and state.quantity is not None and state.used + used < state.quantity
    reasons = list(why_not(state, wish, "consumed", part=part))
    if wish.quantity and used is None:
        text = say(
            "“{quantity}” is no quantity: write a number, or leave it out where all is used.",
            quantity=wish.quantity[:60],
        )
        reasons.append(Reason("quantity", text))
    return _draft(state, wish, "consumed", reasons)


def why_not(state: ItemState, wish: Leaving, done: str, *, part: bool = False) -> Iterator[Reason]:
    """Every reason for which an item may not be released, destroyed or consumed.

    Args:
        state: what is known of it.
        wish: what somebody wants.
        done: the custody table's word.
        part: only a part of it is used, and the rest is kept.
    """
    if not part:
        yield from _kept_inside(state, wish.order) if wish.order.is_whole else _kept(state, done)
    yield from _not_there(state, done)
    yield from _unapproved(state, wish, done)
    if wish.order.is_said and not wish.order.is_whole:
        yield Reason(
            "order_incomplete",
            say(
                "An order needs the court (authority), its words or number (order) and its date "
                "(order_on): name all three, or none."
            ),
        )
    if not wish.reason:
        yield Reason("reason_missing", say("Say why it is {done}.", done=word(done)))
    if wish.in_future:
        yield Reason(
            "date_future",
            say(
                "{occurred_at} lies ahead: record it when it is done.", occurred_at=wish.occurred_at
            ),
        )


def _kept(state: ItemState, done: str) -> Iterator[Reason]:
    for held in state.holds:
        hold = held.hold
        on = say("{tag}, which lies inside it", tag=held.tag) if held.inside else state.tag
        yield Reason(
            "hold_stands",
            say(
                "The hold “{name}” stands on {on} ({words}; {since_words}): {ends}; or name the court's "
                "order that releases this item.",
                name=hold.name,
                on=on,
                words=hold.words,
                since_words=hold.since_words,
                ends=hold.ends,
            ),
        )
    if state.is_open_orphan:
        if state.suspected:
            why = say(
                "it is suspected to belong to {suspected}, and nobody has decided",
                suspected=join(state.suspected),
            )
            out = say("accept or reject each suggestion with a reason")
        else:
            why = say("it bears on no case, and nobody has examined which case it belongs to")
            out = say("run `link` for it, or accept the case it belongs to")
        yield Reason(
            "orphan_unexamined",
            say(
                "{tag} cannot be {done}: {why}. The way out: {out}; or name the court's order that "
                "releases this item.",
                tag=state.tag,
                done=word(done),
                why=why,
                out=out,
            ),
        )


def _kept_inside(state: ItemState, order: Order) -> Iterator[Reason]:
    """An order that names a container does not name what lies inside it."""
    for held in state.holds:
        if held.inside and key(held.tag) not in key(order.words):
            yield Reason(
                "order_names_another",
                say(
                    "The order names {tag}, and {tag_2}, which lies inside it, is held by “{name}” "
                    "({words}): take {tag_2} out first, or name an order that names it too.",
                    tag=state.tag,
                    tag_2=held.tag,
                    name=held.hold.name,
                    words=held.hold.words,
                ),
            )


def _not_there(state: ItemState, done: str) -> Iterator[Reason]:
    if state.loss is not None:
        event = state.loss.event
        when = when_words(event.row.text("occurred_at"), event.moment)
        yield Reason(
            "already_gone",
            say(
                "{tag} was {event} {when} (entry {entry}): it cannot be {done} again.",
                tag=state.tag,
                event=word(event.event),
                when=when,
                entry=event.entry,
                done=word(done),
            ),
        )
        return
    if not state.listed:
        yield Reason(
            "never_booked",
            say(
                "No property list on record has {tag} of {agency}: book it first.",
                tag=state.tag,
                agency=state.agency,
            ),
        )
    if state.absent is not None:
        when = when_words(state.absent.row.text("occurred_at"), state.absent.moment)
        yield Reason(
            "missing",
            say(
                "{tag} was not there {when} (entry {entry}): record that it was found first.",
                tag=state.tag,
                when=when,
                entry=state.absent.entry,
            ),
        )
    elif state.out is not None and done != "consumed":
        to = state.out.row.text("to") or say("somebody unnamed")
        yield Reason(
            "not_in_hand",
            say(
                "{tag} is signed out to {to} (entry {entry}): check it in first.",
                tag=state.tag,
                to=to,
                entry=state.out.entry,
            ),
        )


def _unapproved(state: ItemState, wish: Leaving, done: str) -> Iterator[Reason]:
    second = key(wish.approved_by)
    if not second:
        yield Reason(
            "approval_missing",
            say("A second named person must approve that it is {done}.", done=word(done)),
        )
    elif second == key(wish.actor):
        yield Reason(
            "approval_same",
            say(
                "{approved_by} cannot approve their own act: name a second person.",
                approved_by=wish.approved_by,
            ),
        )
    elif second in state.bookers:
        yield Reason(
            "approval_booker",
            say(
                "{approved_by} booked {tag}: somebody else must approve that it is {done}.",
                approved_by=wish.approved_by,
                tag=state.tag,
                done=word(done),
            ),
        )


def _draft(state: ItemState, wish: Leaving, done: str, reasons: list[Reason]) -> Draft:
    if reasons:
        raise Refused(reasons)
    said = {
        "agency": state.agency,
        "tag": state.tag,
        "event": done,
        "occurred_at": wish.occurred_at,
        "by": wish.actor,
        "to": wish.to,
        "quantity": wish.quantity,
        "reason": wish.reason,
        "authority": wish.order.authority,
        "order": wish.order.words,
        "order_on": wish.order.made_on,
    }
    data = {name: value for name, value in said.items() if value}
    return Draft("custody.recorded", wish.actor, data, more=_statement(state, wish))


def _statement(state: ItemState, wish: Leaving) -> dict[str, str]:
    """What was looked at before it left, to be shown later."""
    names = [
        f"{held.hold.name} (on {held.tag})" if held.inside else held.hold.name
        for held in state.holds
    ]
    if not names:
        stood = "none stood, on it or on anything inside it"
    elif wish.order.is_whole:
        stood = f"{join(names)} stood; it left under the court's order, which names it"
    else:
        stood = f"{join(names)} stood; only a part was used, and the rest is kept"
    return {
        "approved_by": wish.approved_by,
        "holds_checked": stood,
        "bears_on": str(join(state.bears_on)) or "no case; it was examined"
        if state.bears_on or state.examined
        else "no case; not examined",
        "record_size": str(wish.size),
    }
