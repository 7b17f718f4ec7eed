"""Dates and lists as a person reads them in a sentence: each keeps what it was made of (`core.said`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from fullfile.core.ids import DAY_MS, parse_when
from fullfile.core.said import Said, day_said, listed, many, month_said, say

__all__ = ["date_words", "day_words", "days", "join", "when_words"]


def day_words(ms: int) -> Said:
    """A day as words: `March 6, 2024`."""
    return day_said(ms // DAY_MS)


def date_words(said: str, moment: int) -> str:
    """A date as it was said, in words; a partial one keeps its precision.

    >>> date_words("2024-03", 0), date_words("before 2024-07-09", 0)
    ('March 2024', 'before July 9, 2024')
    """
    return _date_words(said, moment // DAY_MS)


@lru_cache(maxsize=16_384)
def _date_words(said: str, day: int) -> str:
    if not said:
        return day_said(day)
    words = said.strip()
    if words.casefold().startswith("before "):
        return say("before {day}", day=_date_words(words[7:], day))
    if "/" in words:
        first, last = words.split("/", 1)
        return say(
            "between {first} and {last}", first=_date_words(first, day), last=_date_words(last, day)
        )
    if len(words) == 4:
        return words
    if len(words) == 7:
        return month_said(words[:4], int(words[5:]))
    when = parse_when(words)
    return day_said(day if when.zoned else when.first // DAY_MS)


@lru_cache(maxsize=4_096)
def days(number: int) -> Said:
    """A number of days: `1 day`, `126 days`."""
    return many("{n:,} day", "{n:,} days", number)


def when_words(said: str, moment: int) -> Said:
    """A date with its preposition: `on March 6, 2024`, `in March 2024`, `before July 9, 2024`."""
    return _when_words(said, moment // DAY_MS)


@lru_cache(maxsize=16_384)
def _when_words(said: str, day: int) -> Said:
    words = _date_words(said, day)
    if words.startswith(("before ", "between ")):
        assert isinstance(words, Said)
        return words
    if said and len(said.strip()) in (4, 7):
        return say("in {month}", month=words)
    return say("on {day}", day=words)


def join(parts: Sequence[str]) -> str:
    """Words joined for a sentence: `a, b and c`."""
    return listed(parts)
