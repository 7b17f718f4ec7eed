"""Can I trust this record and this room? What the overview, the report on paper and the API say of it, asked once."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fullfile.server.queries.accounts import list_accounts
from fullfile.server.queries.asked import root_of
from fullfile.server.queries.audit import DoorFilter, door_events
from fullfile.server.store.audited import (
    ActFilter,
    count_acts,
    last_review,
    list_overrides,
    list_unseconded,
)
from fullfile.server.store.inventories import count_unsettled
from fullfile.server.store.last_check import LastCheck, find_check
from fullfile.server.store.overview import get_head
from fullfile.server.web.audit.lists import YEAR_MS
from fullfile.server.web.clock import now, now_ms, today

__all__ = ["Standing", "standing_now"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the record and the room stand.

    Attributes:
        size, root: the record as it is.
        damaged: what its last check found wrong; empty: nothing.
        recorded_ms: when the last entry was recorded.
        check: the last check of the whole record; None: none was made in this home.
        discrepancies: what inventories found that is not as the record says, and nobody has settled.
        acts: acts of the last seven days.
        refused: refusals at the door in the last seven days.
        unseconded, unseconded_here: what left without a second name in a year; of it, recorded here.
        overrides: counts opened in spite of a ruling.
        review_due, unapproved, accounts: accounts due for their yearly review; without a second person; in force.
        reviewed: the newest entry of the weekly review.
        review_late: it is more than seven days old, or there is none.
    """

    size: int
    root: str
    damaged: str
    recorded_ms: int
    check: LastCheck | None
    discrepancies: int
    acts: int
    refused: int
    unseconded: int
    unseconded_here: int
    overrides: int
    review_due: int
    unapproved: int
    accounts: int
    reviewed: Any  # an Entry
    review_late: bool


def standing_now() -> Standing:
    """Ask all of it."""
    head = get_head()
    week = now() - timedelta(days=7)
    left = list_unseconded(now_ms() - YEAR_MS)
    people = [one for one in list_accounts(today=today(), now=now()) if one.in_force]
    reviewed = last_review()
    last = str(reviewed.data["last_on"]) if reviewed else ""
    return Standing(
        size=head.size,
        root=base64.b64encode(root_of(head.size)).decode() if head.size else "",
        damaged=head.damaged,
        recorded_ms=head.recorded_ms,
        check=find_check(),
        discrepancies=count_unsettled(),
        acts=count_acts(ActFilter(start_ms=int(week.timestamp() * 1000))),
        refused=door_events(DoorFilter(outcome="refused", start=week), limit=0)[1],
        unseconded=len(left),
        unseconded_here=sum(not one.imported for one in left),
        overrides=len(list_overrides()),
        review_due=sum("review" in one.marks for one in people),
        unapproved=sum(not one.grant.approved_by for one in people if one.grant),
        accounts=len(people),
        reviewed=reviewed,
        review_late=last < (today() - timedelta(days=7)).isoformat(),
    )
