"""The item that an act is on: reached, in this person's hands, and what its pages say of it.

What this does not do: it does no act.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from fullfile.core.custody.hand import Hand
from fullfile.core.errors import NotPermitted
from fullfile.server.accounts.person import Person
from fullfile.server.queries.hands import ask_hand
from fullfile.server.web.clock import now_ms
from fullfile.server.web.items.where import seal_words, where_is
from fullfile.server.web.reach import ItemRef, item_in_reach, may_handle

__all__ = ["check_handles", "item_facts", "item_to_handle"]


def item_to_handle(person: Person, item_id: int) -> tuple[ItemRef, Hand]:
    """The item of an address, where this person may act on it.

    Raises:
        NotFound: there is none in reach.
        NotPermitted: it is another agency's, and lies elsewhere.
    """
    item = item_in_reach(person, item_id)
    hand = ask_hand(item.agency, item.tag, now_ms=now_ms()).hand
    check_handles(person, item, hand)
    return item, hand


def check_handles(person: Person, item: ItemRef, hand: Hand) -> None:
    """Refuse who does not hold an item.

    Raises:
        NotPermitted: it is another agency's, and lies elsewhere.
    """
    if may_handle(person, item, hand.holder):
        return
    raise NotPermitted(
        _(
            "%(tag)s is of %(agency)s, and it is not with you: only who holds it acts on it. "
            "Ask %(agency)s, or let it be transferred to you first."
        )
        % {"tag": item.tag, "agency": item.agency}
    )


def item_facts(person: Person, item: ItemRef, hand: Hand) -> dict[str, Any]:
    """What every page of an act shows of its item, as far as this person may know it."""
    return {
        "item": item,
        "description": hand.description,
        "where": where_is(person, hand, own=item.own),
        "seal": seal_words(person, hand, own=item.own),
    }
