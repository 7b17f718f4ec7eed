"""Leaving in two steps: one person asks that an item is released or destroyed, another decides.

What may not leave (`decide.why_not`) may not be asked for either, so that nobody waits for what cannot be.
It is all judged again when it is approved. That two persons are needed is the office's policy; what
holds an item is the law's and the office's.

What this does not do: it looks nothing up, and whose business it is to approve is `accounts`' to say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fullfile.core.custody.decide import (
    Leaving,
    Order,
    decide_destroy,
    decide_release,
    why_not,
)
from fullfile.core.custody.state import ItemState
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = ["WAYS", "Asked", "decide_approve", "decide_ask", "decide_refuse"]

WAYS = ("released", "destroyed")
"""In which ways an item may be asked to leave."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked: the entry, who, and what they said.

    Attributes:
        entry: the entry that asked.
        how: released or destroyed.
        by: who asked.
        reason, to, order: as in `Leaving`.
    """

    entry: int
    how: str
    by: str
    reason: str
    to: str
    order: Order


def decide_ask(state: ItemState, wish: Leaving, how: str, waiting: int | None) -> Draft:
    """Ask that an item may leave.

    Args:
        state: what is known of it.
        wish: what is asked, `approved_by` still open.
        how: released or destroyed.
        waiting: the entry of an earlier wish for it that nobody answered yet.

    Raises:
        Refused: with every reason.
    """
    if how not in WAYS:
        raise Refused(
            say("“{how}” is no way to leave: {ways}.", how=how[:40], ways=" or ".join(WAYS)),
            code="how_unknown",
        )
    reasons = [
        reason for reason in why_not(state, wish, how) if not reason.code.startswith("approval_")
    ]
    if not wish.actor:
        reasons.append(Reason("anonymous", say("Whoever asks is named.")))
    if how == "released" and not wish.to:
        reasons.append(Reason("recipient_missing", say("Say to whom it goes.")))
    if waiting is not None:
        reasons.append(
            Reason(
                "asked_already",
                say(
                    "It is asked already that {tag} may leave (entry {waiting}), and nobody has decided: let "
                    "somebody decide that first, or take it back.",
                    tag=state.tag,
                    waiting=waiting,
                ),
            )
        )
    if reasons:
        raise Refused(reasons)
    said = {
        "agency": state.agency,
        "tag": state.tag,
        "how": how,
        "to": wish.to,
        "reason": wish.reason,
        "by": wish.actor,
        "authority": wish.order.authority,
        "order": wish.order.words,
        "order_on": wish.order.made_on,
    }
    data = {name: value for name, value in said.items() if value}
    return Draft("leaving.asked", wish.actor, data)


def decide_approve(
    state: ItemState, asked: Asked, wish: Leaving, *, reason: str
) -> tuple[Draft, Draft]:
    """Approve that an item leaves, and let it go: the approval, and the custody event.

    Args:
        state: what is known of it now.
        asked: the wish.
        wish: the same as it is carried out; `approved_by` is who approves and records.
        reason: what there is to say.

    Raises:
        Refused: with every reason: what holds it now, or that it is the same person.
    """
    decide = decide_release if asked.how == "released" else decide_destroy
    event = decide(state, wish)
    said = {
        "agency": state.agency,
        "tag": state.tag,
        "asked": asked.entry,
        "by": wish.approved_by,
        "reason": reason,
    }
    data = {name: value for name, value in said.items() if value != ""}
    approval = Draft("leaving.approved", wish.approved_by, data)
    more = {**event.more, "asked": str(asked.entry)}
    return approval, replace(event, by=wish.approved_by, more=more)


def decide_refuse(state_tag: tuple[str, str], asked: Asked, *, by: str, reason: str) -> Draft:
    """Refuse that an item leaves, or take one's own wish back: with a reason.

    Raises:
        Refused: nobody is named, or no reason is given.
    """
    reasons = []
    if not by:
        reasons.append(Reason("anonymous", say("Whoever decides is named.")))
    if not reason:
        words = (
            say("Say why it is taken back.")
            if key(by) == key(asked.by)
            else say("Say why it may not leave.")
        )
        reasons.append(Reason("reason_missing", words))
    if reasons:
        raise Refused(reasons)
    agency, tag = state_tag
    data = {"agency": agency, "tag": tag, "asked": asked.entry, "by": by, "reason": reason}
    return Draft("leaving.refused", by, data)
