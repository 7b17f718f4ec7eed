"""An item leaves for good, a hold is placed, a hold is lifted: decided under the writer's lock.

What holds an item is read again when the act is recorded, at the moment it is said to have
happened and now, so that no back-dated release slips past a hold that stands today. There
is no other way out of custody here, for nobody: whoever administers the office asks the same.

What this does not do: it knows no roles (`accounts` will), and deletes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fullfile.core.custody.decide import (
    Leaving,
    Order,
    decide_consume,
    decide_destroy,
    decide_release,
)
from fullfile.core.custody.lifting import Lifting, Wish, decide_lift, decide_place
from fullfile.core.custody.state import ItemState, read_item
from fullfile.core.entries import Draft
from fullfile.core.errors import Refused
from fullfile.core.matching import World
from fullfile.core.said import say
from fullfile.server.actions.own_rows import check, is_ahead, moment_of, now_text
from fullfile.server.queries.items import ask_item
from fullfile.server.queries.keeping import ask_hold, ask_kept
from fullfile.server.queries.worlds import law_of, world_of_case
from fullfile.server.store.append import unit_of_work

__all__ = [
    "Lifted",
    "consume_item",
    "destroy_item",
    "lift_hold",
    "place_hold",
    "release_item",
    "state_of",
]

_Decision = Callable[[ItemState, Leaving], Draft]


@dataclass(frozen=True, slots=True)
class Lifted:
    """A lifting as it was recorded: its entries, what it set free and what still holds the rest."""

    entries: tuple[int, ...]
    lifting: Lifting


def release_item(
    *,
    agency: str,
    tag: str,
    to: str,
    reason: str,
    approved_by: str,
    occurred_at: str = "",
    order: Order | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Give an item out of custody for good. The index of the entry.

    Args:
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        to: to whom it goes.
        reason: why.
        approved_by: a second named person, who did not book it.
        occurred_at: when; empty: now.
        order: the court's order that names the item.
        actor: who does it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no row on record names the item.
        Refused: with every reason, each with the way out.
    """
    return _leave(
        decide_release,
        agency,
        tag,
        _Wish(reason, approved_by, occurred_at, order, to=to),
        actor,
        now_ms,
    )


def destroy_item(
    *,
    agency: str,
    tag: str,
    reason: str,
    approved_by: str,
    occurred_at: str = "",
    order: Order | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Destroy an item. The index of the entry; arguments and refusals as in `release_item`."""
    wish = _Wish(reason, approved_by, occurred_at, order)
    return _leave(decide_destroy, agency, tag, wish, actor, now_ms)


def consume_item(
    *,
    agency: str,
    tag: str,
    reason: str,
    approved_by: str,
    quantity: str = "",
    occurred_at: str = "",
    order: Order | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Use an item up in a test, or a part of it (`quantity`). The index of the entry."""
    wish = _Wish(reason, approved_by, occurred_at, order, quantity=quantity)
    return _leave(decide_consume, agency, tag, wish, actor, now_ms)


def place_hold(
    *,
    hold: str,
    by: str,
    reason: str,
    placed_at: str = "",
    case_number: str = "",
    agency: str = "",
    report_number: str = "",
    tag: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Place a hold on a case, on a report number, or on an item. The index of the entry.

    Args:
        hold: its name, by which it is lifted.
        by: who places it.
        reason: why.
        placed_at: from when; empty: now.
        case_number: the case, or
        agency: the agency of a report number or a tag.
        report_number: the report number, or
        tag: the tag.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such case or item.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        said = {
            "hold": hold,
            "placed_at": placed_at or now_text(now_ms),
            "by": by,
            "reason": reason,
            "case_number": case_number,
            "agency": agency,
            "report_number": report_number,
            "tag": tag,
        }
        world = _around(hold, case_number, agency, tag, now_ms)
        data = check("holds", said, now_ms=now_ms)
        ahead = is_ahead(data["placed_at"], now_ms)
        draft = decide_place(world, data, actor, in_future=ahead)
        return writer.append([draft], now_ms=now_ms)[0]


def lift_hold(
    *,
    hold: str,
    by: str,
    reason: str,
    order: str = "",
    lifted_at: str = "",
    actor: str,
    now_ms: int,
) -> Lifted:
    """Lift a hold by its name, whoever or whatever placed it.

    Args:
        hold: its name (`case:D-1`, `civil_suit:D-1`, or the name a person gave it).
        by: who lifts it.
        reason: why.
        order: the court's order that says so; empty: none.
        lifted_at: when; empty: now.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        question, world = ask_hold(hold, now_ms=now_ms)
        text = lifted_at.strip() or now_text(now_ms)
        wish = Wish(
            name=hold.strip(),
            by=by.strip(),
            reason=reason.strip(),
            order=order.strip(),
            lifted_at=text,
            moment=moment_of(text).first,
            actor=actor,
        )
        lifting = decide_lift(world, law_of(question), wish)
        made = writer.append(lifting.drafts, now_ms=now_ms)
    return Lifted(tuple(made), lifting)


@dataclass(frozen=True, slots=True)
class _Wish:
    reason: str
    approved_by: str
    occurred_at: str
    order: Order | None
    to: str = ""
    quantity: str = ""


def state_of(agency: str, tag: str, occurred_at: str, *, now_ms: int) -> tuple[ItemState, int]:
    """What is known of an item that somebody wants to leave, and how large the record is.

    What holds it is looked for at the moment it is said to leave, and now.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
        Refused: the moment is no date.
    """
    kept = ask_kept(agency, tag, now_ms=now_ms)
    when, now = moment_of(occurred_at), kept.world.on()
    state = read_item(
        kept.world,
        kept.item,
        (min(when.first, now), min(when.last, now), now),
        kept.question.policy.threshold,
    )
    return state, kept.question.size


def _leave(decide: _Decision, agency: str, tag: str, wish: _Wish, actor: str, now_ms: int) -> int:
    if not actor.strip():
        raise Refused(say("Whoever does it is named."), code="anonymous")
    with unit_of_work() as writer:
        text = wish.occurred_at.strip() or now_text(now_ms)
        state, _ = state_of(agency, tag, text, now_ms=now_ms)
        order = wish.order or Order("", "", "")
        leaving = Leaving(
            actor=actor.strip(),
            approved_by=wish.approved_by.strip(),
            reason=wish.reason.strip(),
            occurred_at=text,
            in_future=is_ahead(text, now_ms),
            size=writer.size,
            order=Order(order.authority.strip(), order.words.strip(), order.made_on.strip()),
            to=wish.to.strip(),
            quantity=wish.quantity.strip(),
        )
        draft = decide(state, leaving)
        # The columns bind the office too: an unreadable date of an order is refused here.
        data = check("custody", draft.data, now_ms=now_ms)
        made = Draft(draft.type, draft.by, data, more=draft.more)
        return writer.append([made], now_ms=now_ms)[0]


def _around(hold: str, case: str, agency: str, tag: str, now_ms: int) -> World:
    """What a new hold would be on, with the holds of its name; a case or item nobody knows is refused."""
    if case:
        world_of_case(case, now_ms=now_ms)
    if tag:
        ask_item(agency, tag, now_ms=now_ms)
    _, world = ask_hold(hold, now_ms=now_ms)
    return world
