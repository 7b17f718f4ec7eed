"""What happened at the door, searched and filtered without altering it (CJIS AU-7).

What this does not do: it shows nothing of what the defence opened; that is in no table this query reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fullfile.server.accounts.models import DoorEvent

__all__ = ["DoorFilter", "door_events"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFilter:
    """Which events at the door.

    Attributes:
        what, outcome: exactly.
        search: words that the account or the address contains.
        start, end: from, and before.
    """

    what: str = ""
    outcome: str = ""
    search: str = ""
    start: datetime | None = None
    end: datetime | None = None


def door_events(
    wanted: DoorFilter, *, oldest_first: bool = False, limit: int = 50, offset: int = 0
) -> tuple[list[DoorEvent], int]:
    """A page of what happened at the door, and how many there are in all."""
    found = DoorEvent.objects.all()
    if wanted.what:
        found = found.filter(what=wanted.what)
    if wanted.outcome:
        found = found.filter(outcome=wanted.outcome)
    if wanted.search:
        found = found.filter(account__icontains=wanted.search) | found.filter(
            address__icontains=wanted.search
        )
    if wanted.start is not None:
        found = found.filter(at__gte=wanted.start)
    if wanted.end is not None:
        found = found.filter(at__lt=wanted.end)
    ordered = found.order_by("pk" if oldest_first else "-pk")
    return list(ordered[offset : offset + limit]), found.count()
