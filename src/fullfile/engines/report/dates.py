"""Dates and times in words, as pages and papers say them: "March 6, 2024".

A day without a time shows none; a partial date stays as it was said.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from fullfile.core.ids import DAY_MS, midnight
from fullfile.core.said import day_said, say

__all__ = ["at_words", "date_words", "moment_words", "short_date"]


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _number(day: date) -> int:
    return midnight(day) // DAY_MS


def date_words(text: str | None) -> str:
    """A recorded date in words; None is "not on record"."""
    if text is None:
        return say("not on record")
    try:
        return (
            day_said(_number(date.fromisoformat(text))) if len(text) == 10 else moment_words(text)
        )
    except ValueError:
        return text


@lru_cache(maxsize=4_096)
def short_date(text: str | None) -> str:
    """A recorded date for a table: "Mar 6, 2024"; empty where nothing is on record."""
    if text is None:
        return ""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    if len(text) > 10 and text[10] not in "T ":
        return text
    return day_said(_number(day), short=True)


def at_words(text: str) -> str:
    """A moment with its preposition: "at the end of July 10, 2024", "on July 10, 2024, 09:30 UTC"."""
    moment = datetime.fromisoformat(text)
    if (moment.hour, moment.minute, moment.second) == (23, 59, 59):
        return f"at the end of {_day(moment)}"
    return f"on {moment_words(text)}"


def moment_words(text: str) -> str:
    """A moment in words, with its zone."""
    moment = datetime.fromisoformat(text)
    zone = f"{moment:%z}"
    zone = "UTC" if zone in ("+0000", "") else f"UTC{zone[:3]}:{zone[3:]}"
    return f"{_day(moment)}, {moment:%H:%M} {zone}"
