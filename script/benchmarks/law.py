"""What the pack says on the made-up office: the date for each day of an arraignment, and the grounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fullfile.core.rules import pack_due
from fullfile.engines.packs import load_calendars, load_packs

__all__ = ["TARGET_DAYS", "TRIGGERS", "DueDates", "due_dates"]

TARGET_DAYS = 14
TRIGGERS = ("arraignment", "waiver_of_arraignment")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class DueDates:
    """The pack's date by the day of the trigger (days since 1970), and its grounds."""

    days: dict[int, int]
    grounds: tuple[str, ...]


def due_dates(first: date = date(2022, 1, 1), last: date = date(2026, 12, 31)) -> DueDates:
    """Ask the pack `us-nm` once for each day."""
    pack = load_packs().by_id["us-nm"]
    calendars = load_calendars().by_id
    days: dict[int, int] = {}
    day = first
    while day <= last:
        found = pack_due(pack, calendars, "district", TRIGGERS[0], day)
        if found.due is not None:
            days[(day - _EPOCH).days] = (found.due - _EPOCH).days
        day += timedelta(days=1)
    return DueDates(
        days, tuple(ground.id for ground in pack.grounds if ground.order == "not_needed")
    )
