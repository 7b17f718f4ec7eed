"""What was recorded lately that somebody is told of at once: a service on counsel, a hold on what is about to leave.

It is read from the record, so that it does not matter by which door the entry came: a page, the API, an import.
Counsel is told of what was served here for a client that their role names; whoever asked that an item may leave, of
a row of holds that stands on it or on what lies in it.

What this does not do: nothing of the entry leaves this room but whose it is and its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from fullfile.core.custody.state import holds_with_contents
from fullfile.core.disclosure.productions import SERVED
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key
from fullfile.core.papers import find_defendant
from fullfile.server.accounts.knocks import Waits
from fullfile.server.accounts.person import can, person_of_grant
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.queries.asked import asked
from fullfile.server.queries.worlds import world_of, world_of_case
from fullfile.server.store.acts import acts_since
from fullfile.server.store.case_entries import contents_of, entries_for_lines_of_items
from fullfile.server.store.grants import Grant, list_grants
from fullfile.server.store.keeping import holds_since
from fullfile.server.store.leavings import list_open
from fullfile.server.store.load import entries

__all__ = ["news_since"]


def news_since(first: int, size: int, *, today: date, now_ms: int) -> list[Waits]:
    """Whom to tell at once of what was recorded from an entry on, up to a size.

    Args:
        first: the first entry that nobody looked at.
        size: the size of the record up to which to look.
        today: the day on the office's clock.
        now_ms: what the clock says, UTC milliseconds.
    """
    grants = [one for one in list_grants() if one.holds_on(today)]
    found = [
        *_served(first, size, [one for one in grants if one.role == Role.DEFENCE], now_ms),
        *_held(first, size, grants, now_ms),
    ]
    return list(dict.fromkeys(found))


def _served(first: int, size: int, counsel: Collection[Grant], now_ms: int) -> Iterator[Waits]:
    """Counsel here of the defendants on whom something was served."""
    for act in acts_since((SERVED,), first, size) if counsel else ():
        number, defendant = str(act.data.get("case_number", "")), act.data.get("defendant_key")
        named = [
            (one.account, name)
            for one in counsel
            for case, name in one.clients
            if key(case) == key(number)
        ]
        if not named:
            continue
        _, world, case = world_of_case(number, now_ms=now_ms)
        for account, name in named:
            try:
                client = find_defendant(world, case, name)
            except (NotFound, Refused):
                continue  # nobody of that name, or several: their role names no one client
            if client.key == defendant:
                yield Waits(account, "served", at_once=True)


def _held(first: int, size: int, grants: Collection[Grant], now_ms: int) -> Iterator[Waits]:
    """Whoever asked that an item may leave which a new row of holds stands on."""
    placed = set(holds_since(first, size))
    open_ = list_open() if placed else []
    if not open_:
        return
    question = asked(None, None, now_ms)
    items = {one.item_id for one in open_}
    around = items | contents_of(items, question.size)
    told = {one.index: one for one in entries({one.entry for one in open_} | placed)}
    world = world_of(question, entries(entries_for_lines_of_items(around, question.size)))
    now = world.on()
    for wish in open_:
        data = told[wish.entry].data
        item = (key(str(data.get("agency", ""))), key(str(data.get("tag", ""))))
        standing = [one.hold for one in holds_with_contents(world, item, now)]
        laid = {entry for hold in standing for entry in hold.entries} & placed
        if any(key(told[entry].by) != wish.by for entry in laid):
            for grant in grants:
                if key(grant.name) == wish.by and can(person_of_grant(grant), Right.ASK_TO_LEAVE):
                    yield Waits(grant.account, "hold", at_once=True)
