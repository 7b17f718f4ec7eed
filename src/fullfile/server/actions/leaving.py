"""An item leaves for good in two steps: somebody asks, another person approves or refuses.

Whoever approves does so in their own name: the actor is the second person. What is approved is carried
out in the same unit of work, by the same rules as `custody.release_item` and `destroy_item`, judged
anew at that moment.

What this does not do: it knows no roles (`accounts` will).
"""

from __future__ import annotations

from fullfile.core.custody.decide import Leaving, Order
from fullfile.core.custody.leaving import Asked, decide_approve, decide_ask, decide_refuse
from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import NotFound, Refused
from fullfile.core.said import say
from fullfile.server.actions.custody import state_of
from fullfile.server.actions.doing import refuse_stale
from fullfile.server.actions.own_rows import check, is_ahead, now_text
from fullfile.server.queries.hands import ask_hand
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.leavings import find_leaving, find_waiting
from fullfile.server.store.load import entries

__all__ = ["approve_leaving", "ask_to_leave", "refuse_leaving"]

_NONE = Order("", "", "")


def ask_to_leave(
    *,
    agency: str,
    tag: str,
    how: str,
    reason: str,
    to: str = "",
    order: Order | None = None,
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> int:
    """Ask that an item may be released or destroyed. The index of the entry, which another person answers.

    Args:
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        how: `released` or `destroyed`.
        reason: why.
        to: to whom it would be released.
        order: the court's order that names the item.
        seen_entry: the last entry of the record that the caller showed.
        actor: who asks.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
        Refused: with every reason for which it could not leave, each with the way out.
    """
    with unit_of_work() as writer:
        found = ask_hand(agency, tag, now_ms=now_ms)
        refuse_stale(found, seen_entry)
        text = now_text(now_ms)
        state, size = state_of(agency, tag, text, now_ms=now_ms)
        said = order or _NONE
        wish = Leaving(
            actor=actor.strip(),
            approved_by="",
            reason=reason.strip(),
            occurred_at=text,
            in_future=False,
            size=size,
            order=Order(said.authority.strip(), said.words.strip(), said.made_on.strip()),
            to=to.strip(),
        )
        draft = decide_ask(state, wish, how.strip(), find_waiting(found.item_id))
        if (
            wish.order.is_said
        ):  # an unreadable date of an order is refused now, not when it is approved
            _event(draft.data["agency"], draft.data["tag"], how.strip(), text, wish.order, now_ms)
        return writer.append([draft], now_ms=now_ms)[0]


def approve_leaving(
    entry: int,
    *,
    reason: str = "",
    occurred_at: str = "",
    seen_entry: int | None = None,
    actor: str,
    now_ms: int,
) -> tuple[int, int]:
    """Approve that an item leaves, and let it go. The entries of the approval and of the custody event.

    Args:
        entry: the wish.
        reason: what there is to say.
        occurred_at: when it left; empty: now.
        seen_entry: the last entry of the record that the caller showed.
        actor: who approves: neither who asked nor who booked it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such wish.
        Refused: with every reason, what holds it now among them; `answered_already`; `stale`.
    """
    if not actor.strip():
        raise Refused(say("Whoever approves is named."), code="anonymous")
    with unit_of_work() as writer:
        asked, told = _open_wish(entry)
        agency, tag = str(told.data["agency"]), str(told.data["tag"])
        refuse_stale(ask_hand(agency, tag, now_ms=now_ms), seen_entry)
        text = occurred_at.strip() or now_text(now_ms)
        state, size = state_of(agency, tag, text, now_ms=now_ms)
        wish = Leaving(
            actor=asked.by,
            approved_by=actor.strip(),
            reason=asked.reason,
            occurred_at=text,
            in_future=is_ahead(text, now_ms),
            size=size,
            order=asked.order,
            to=asked.to,
        )
        approval, event = decide_approve(state, asked, wish, reason=reason.strip())
        data = check("custody", event.data, now_ms=now_ms)
        checked = Draft(event.type, event.by, data, more=event.more)
        first, second = writer.append([approval, checked], now_ms=now_ms)
        return first, second


def refuse_leaving(entry: int, *, reason: str, actor: str, now_ms: int) -> int:
    """Refuse that an item leaves, or take back one's own wish. The index of the entry.

    Args:
        entry: the wish.
        reason: why.
        actor: who refuses.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such wish.
        Refused: no reason is given, or it was answered already.
    """
    with unit_of_work() as writer:
        asked, told = _open_wish(entry)
        named = (str(told.data["agency"]), str(told.data["tag"]))
        draft = decide_refuse(named, asked, by=actor.strip(), reason=reason.strip())
        return writer.append([draft], now_ms=now_ms)[0]


def _open_wish(entry: int) -> tuple[Asked, Entry]:
    found = find_leaving(entry)
    if found is None:
        raise NotFound(say("Entry {entry} asks for nothing to leave.", entry=entry))
    if found[1] is not None:
        (answer,) = entries([found[1]])
        raise Refused(
            say(
                "{by} approved this already (entry {index}): nothing is left to decide.",
                by=answer.by,
                index=answer.index,
            )
            if answer.type == "leaving.approved"
            else say(
                "{by} refused this already (entry {index}): nothing is left to decide.",
                by=answer.by,
                index=answer.index,
            ),
            code="answered_already",
        )
    (told,) = entries([entry])
    said = {name: str(told.data.get(name, "")) for name in ("authority", "order", "order_on")}
    order = Order(said["authority"], said["order"], said["order_on"])
    asked = Asked(
        entry,
        str(told.data["how"]),
        str(told.data["by"]),
        str(told.data["reason"]),
        str(told.data.get("to", "")),
        order,
    )
    return asked, told


def _event(agency: str, tag: str, how: str, text: str, order: Order, now_ms: int) -> None:
    """See that the order's columns can be recorded.

    Raises:
        Refused: one cannot.
    """
    said = {
        "agency": agency,
        "tag": tag,
        "event": how,
        "occurred_at": text,
        "authority": order.authority,
        "order": order.words,
        "order_on": order.made_on,
    }
    check("custody", said, now_ms=now_ms)
