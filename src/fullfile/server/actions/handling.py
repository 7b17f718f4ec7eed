"""What a custodian does with an item: hand it on, sign it out and in, shelve, seal, examine, miss, find.

Where the item is is read again under the writer's lock, and the decision is `core.custody.handling`'s. Each
act takes `seen_entry`, the last entry of the record that the caller showed, and is refused as `stale`
where something was recorded about the item since (`doing`).

Many at once (`move_items`, `transfer_items`): one entry each, all that can; of each that cannot, why.

What this does not do: it knows no roles (`accounts` will). What leaves for good: `custody`, `leaving`.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.custody.decide import Leaving, Order, decide_consume
from fullfile.core.custody.hand import Hand
from fullfile.core.custody.handling import (
    Act,
    decide_check_in,
    decide_check_out,
    decide_examine,
    decide_find,
    decide_lose,
    decide_move,
    decide_reseal,
    decide_transfer,
)
from fullfile.core.entries import Draft
from fullfile.server.actions.custody import state_of
from fullfile.server.actions.doing import Cannot, Doing, Done, Thing, do_many, do_one
from fullfile.server.actions.own_rows import moment_of

__all__ = [
    "Cannot",
    "Done",
    "Thing",
    "check_in_item",
    "check_out_item",
    "examine_item",
    "find_item",
    "lose_item",
    "move_item",
    "move_items",
    "record_seal",
    "transfer_item",
    "transfer_items",
]


def transfer_item(
    *,
    agency: str,
    tag: str,
    to: str,
    reason: str = "",
    place: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Hand an item over to another person or office. The index of the entry.

    Args:
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        to: who has it from now on.
        reason: why.
        place: where it is then.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who hands it over; empty: whoever records it.
        accepted_by: who took it over and said so beside.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed; None: not asked.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
        Refused: with every reason, each with the way out; `stale` where it changed since.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, accepted_by, actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_transfer(hand, act, to=to.strip(), place=place.strip())]

    return do_one(thing, doing, decide)[0]


def check_out_item(
    *,
    agency: str,
    tag: str,
    to: str,
    purpose: str,
    due_back: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Sign an item out. The index of the entry; what is not said here is as in `transfer_item`.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        to: who takes it.
        purpose: what for.
        due_back: the day on which it is to be back; empty: none was agreed.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who gives it out; empty: whoever records it.
        accepted_by: who took it and said so beside.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, purpose, accepted_by, actor, now_ms)
    due = moment_of(due_back) if due_back.strip() else None

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_check_out(hand, act, to=to.strip(), due_back=due_back.strip(), due=due)]

    return do_one(thing, doing, decide)[0]


def check_in_item(
    *,
    agency: str,
    tag: str,
    place: str = "",
    giver: str = "",
    reason: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Take an item back into the property room. The index of the entry; else as `transfer_item`.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        place: the shelf it goes to; empty: it is still to be shelved.
        giver: who brings it back; empty: whoever had it.
        reason: what there is to say.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who takes it back; empty: whoever records it.
        accepted_by: who else said so beside.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, accepted_by, actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_check_in(hand, act, giver=giver.strip(), place=place.strip())]

    return do_one(thing, doing, decide)[0]


def move_item(
    *,
    agency: str,
    tag: str,
    place: str,
    reason: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Put an item on a shelf. The index of the entry; arguments and refusals as in `transfer_item`."""
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    return do_one(thing, doing, lambda hand, act: [decide_move(hand, act, place=place.strip())])[0]


def record_seal(
    *,
    agency: str,
    tag: str,
    reason: str,
    old: str = "",
    new: str = "",
    old_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> tuple[int, ...]:
    """Take a seal off, put one on, or one for another. The indexes of the entries, in that order.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        reason: why.
        old: the number of the old seal as it was read off; empty: it had none.
        new: the number of the new seal; empty: it stays open.
        old_intact: how the old seal was found.
        by: who did it; empty: whoever records it.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, "", old_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return decide_reseal(hand, act, old=old.strip(), new=new.strip())

    return do_one(thing, doing, decide)


def examine_item(
    *,
    agency: str,
    tag: str,
    what: str,
    consumed: str = "",
    all_consumed: bool = False,
    approved_by: str = "",
    order: Order | None = None,
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> tuple[int, ...]:
    """Record that somebody examined an item, and what the test used up. The indexes of the entries.

    What is used up is judged as in `consume_item`: a part of a known quantity may be used while the
    rest is kept; all of it only when nothing holds it; a second person approves either.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        what: what was done and looked for.
        consumed: how much of it was used up; empty: nothing, or all (`all_consumed`).
        all_consumed: all of it was used up.
        approved_by: the second named person, where something was used up.
        order: the court's order, where one lets it be used up.
        seal: the number of its seal as it was read off.
        seal_intact: how the seal was found.
        by: who examined it; empty: whoever records it.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, what, "", actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        drafts = [decide_examine(hand, act)]
        if consumed.strip() or all_consumed:
            state, size = state_of(hand.agency, hand.tag, act.occurred_at, now_ms=now_ms)
            leaving = Leaving(
                actor=act.actor,
                approved_by=approved_by.strip(),
                reason=what.strip(),
                occurred_at=act.occurred_at,
                in_future=act.in_future,
                size=size,
                order=order or Order("", "", ""),
                quantity=consumed.strip(),
            )
            drafts.append(decide_consume(state, leaving))
        return drafts

    return do_one(thing, doing, decide)


def lose_item(
    *,
    agency: str,
    tag: str,
    reason: str,
    place: str = "",
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Record that an item was looked for and not found: from now on it is missing. The entry.

    Args:
        agency: the item's agency.
        tag: the item's tag.
        reason: where and how it was looked for.
        place: the shelf on which it ought to have been.
        by: who looked; empty: whoever records it.
        occurred_at: when; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.
    """
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    thing = Thing(agency, tag, seen_entry=seen_entry)
    return do_one(thing, doing, lambda hand, act: [decide_lose(hand, act, place=place.strip())])[0]


def find_item(
    *,
    agency: str,
    tag: str,
    reason: str,
    place: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    by: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Record that a missing item is there again. The index of the entry; `reason`: where and how."""
    thing = Thing(agency, tag, seal, seal_intact, seen_entry)
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    return do_one(thing, doing, lambda hand, act: [decide_find(hand, act, place=place.strip())])[0]


def move_items(
    *,
    things: Sequence[Thing],
    place: str,
    reason: str = "",
    by: str = "",
    occurred_at: str = "",
    actor: str,
    now_ms: int,
) -> Done:
    """Put many items on one shelf: one entry each, all that can, and why each other cannot."""
    doing = Doing(by, occurred_at, reason, "", actor, now_ms)
    return do_many(things, doing, lambda hand, act: [decide_move(hand, act, place=place.strip())])


def transfer_items(
    *,
    things: Sequence[Thing],
    to: str,
    reason: str = "",
    place: str = "",
    by: str = "",
    accepted_by: str = "",
    occurred_at: str = "",
    actor: str,
    now_ms: int,
) -> Done:
    """Hand many items over to one receiver: one entry each, all that can, and why each other cannot."""
    doing = Doing(by, occurred_at, reason, accepted_by, actor, now_ms)

    def decide(hand: Hand, act: Act) -> list[Draft]:
        return [decide_transfer(hand, act, to=to.strip(), place=place.strip())]

    return do_many(things, doing, decide)
