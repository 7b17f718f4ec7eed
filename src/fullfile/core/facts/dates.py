"""Dates and lists as a person reads them in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.ids import day_of, parse_when

__all__ = ["date_words", "day_words", "days", "join", "when_words"]

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_words(ms: int) -> str:
    """A day as words: `March 6, 2024`."""
    day = day_of(ms)
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def date_words(said: str, moment: int) -> str:
    """A date as it was said, in words; a partial one keeps its precision.

    >>> date_words("2024-03", 0), date_words("before 2024-07-09", 0)
    ('March 2024', 'before July 9, 2024')
    """
    if not said:
        return day_words(moment)
    words = said.strip()
    if words.casefold().startswith("before "):
        return "before " + date_words(words[7:], moment)
    if "/" in words:
        first, last = words.split("/", 1)
        return f"between {date_words(first, moment)} and {date_words(last, moment)}"
    if len(words) == 4:
        return words
    if len(words) == 7:
        return f"{_MONTHS[int(words[5:]) - 1]} {words[:4]}"
    return day_words(parse_when(words).first if not parse_when(words).zoned else moment)


def days(number: int) -> str:
    """A number of days: `1 day`, `126 days`."""
    return f"{number:,} day" if number == 1 else f"{number:,} days"


def when_words(said: str, moment: int) -> str:
    """A date with its preposition: `on March 6, 2024`, `in March 2024`, `before July 9, 2024`."""
    words = date_words(said, moment)
    if words.startswith(("before ", "between ")):
        return words
    return f"in {words}" if said and len(said.strip()) in (4, 7) else f"on {words}"


def join(parts: Sequence[str]) -> str:
    """Words joined for a sentence: `a, b and c`."""
    return " and ".join(parts) if len(parts) < 3 else ", ".join(parts[:-1]) + " and " + parts[-1]
