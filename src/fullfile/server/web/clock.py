"""The clock of the machine, read here for the pages and handed on; and the office's day."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from fullfile.server.settings import database_address
from fullfile.server.store.office import Office, get_office

__all__ = ["day_start", "now", "now_ms", "office", "today", "zone"]


def now_ms() -> int:
    """The present moment, UTC milliseconds."""
    return time.time_ns() // 1_000_000


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def day_start(day: date) -> datetime:
    """The first moment of a day on the office's clock."""
    return datetime(day.year, day.month, day.day, tzinfo=zone())


def office() -> Office:
    """The office, read once: its first entry never changes."""
    return _office(database_address())


@lru_cache(maxsize=4)
def _office(address: str) -> Office:  # noqa: ARG001 - the key under which it is kept
    return get_office()


def zone() -> ZoneInfo:
    """The office's clock."""
    return office().zone


def today() -> date:
    """The day on the office's clock."""
    return datetime.now(UTC).astimezone(zone()).date()
