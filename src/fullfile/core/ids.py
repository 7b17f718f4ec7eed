"""Keys and instants: how numbers and names compare, and what a date may be.

Keys compare after trimming and case folding only (contract, section 4);
anything nearer is a suggestion for `link`, never a match.

Dates may be partial (contract, section 1): `2024`, `2024-03`, `2024-03-06`,
`2024-03-06T09:30:00-07:00`, `before 2024-07-09`, `2024-02/2024-03-06`. A date
has a first and a last moment. A whole day belongs to no zone: it is a day on
the court's wall clock. A time with an offset is an instant and is put on a
wall clock by `When.on_clock`. All wall-clock values are milliseconds since
1970-01-01T00:00 on that clock, so that engines compare plain integers.

No clock is read here: zones and times are passed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from fullfile.core.said import say

__all__ = [
    "DAY_MS",
    "Bounds",
    "When",
    "day_of",
    "day_text",
    "days_between",
    "end_of_day",
    "instant_text",
    "key",
    "midnight",
    "parse_when",
    "wall_ms",
    "wall_text",
]

DAY_MS = 86_400_000
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_YEAR = re.compile(r"(\d{4})\Z")
_BEFORE = re.compile(r"before\s+(.+)\Z", re.IGNORECASE)


def key(text: str) -> str:
    """The form in which numbers and names compare: trimmed and case folded."""
    return text.strip().casefold()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last moment of a fact, in wall-clock milliseconds."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class When:
    """A date as it was said.

    Attributes:
        text: the words, normalised (`2024-03`, `before 2024-07-09`).
        first: first moment in ms; wall clock, or UTC when `zoned`.
        last: last moment in ms; wall clock, or UTC when `zoned`.
        zoned: whether the words carry an offset and so name an instant.
        whole_day: whether a time of day was not said.
    """

    text: str
    first: int
    last: int
    zoned: bool
    whole_day: bool

    def on_clock(self, zone: tzinfo) -> Bounds:
        """The bounds on the wall clock of `zone`. A whole day is the same on every clock."""
        if not self.zoned:
            return Bounds(self.first, self.last)
        return Bounds(wall_ms(self.first, zone), wall_ms(self.last, zone))


def midnight(day: date) -> int:
    """The first moment of a day, in wall-clock ms."""
    return (day.toordinal() - _EPOCH_ORDINAL) * DAY_MS


def end_of_day(ms: int) -> int:
    """The last moment of the day in which `ms` lies."""
    return ms - ms % DAY_MS + DAY_MS - 1


def day_of(ms: int) -> date:
    """The day on which a wall-clock moment lies."""
    return date.fromordinal(_EPOCH_ORDINAL + ms // DAY_MS)


def day_text(ms: int) -> str:
    """The day on which a wall-clock moment lies, as ISO 8601 text."""
    return day_of(ms).isoformat()


def days_between(first: int, last: int) -> int:
    """Whole calendar days from the day of `first` to the day of `last`."""
    return last // DAY_MS - first // DAY_MS


@lru_cache(maxsize=65_536)
def wall_ms(utc_ms: int, zone: tzinfo) -> int:
    """An instant (UTC ms) as the wall clock of `zone` shows it."""
    local = (_EPOCH + utc_ms * _MS).astimezone(zone)
    return (local.replace(tzinfo=UTC) - _EPOCH) // _MS


def utc_ms(moment: datetime) -> int:
    """An aware datetime as milliseconds since 1970 in UTC."""
    return (moment - _EPOCH) // _MS


def instant_text(ms: int) -> str:
    """An instant (UTC ms) as RFC 3339 text with hundredths of a second (CJIS AU-8)."""
    moment = _EPOCH + ms * _MS
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 10_000:02d}Z"


def wall_text(ms: int, zone: tzinfo) -> str:
    """A wall-clock moment with the offset that `zone` had then, to the second."""
    naive = (_EPOCH + ms * _MS).replace(tzinfo=None)
    return naive.replace(tzinfo=zone).isoformat(timespec="seconds")


@lru_cache(maxsize=65_536)
def parse_when(text: str) -> When:
    """Read a date in any of the forms that the contract allows.

    Raises:
        ValueError: the words are no date; the message says what was expected.
    """
    words = text.strip()
    try:
        return _parse(words)
    except ValueError as error:
        raise ValueError(
            say(
                "“{words}” is no date: expected 2024-03-06, 2024-03-06T09:30-07:00, 2024-03, 2024, “before 2024-07-09” "
                "or 2024-02/2024-03-06",
                words=words[:60],
            )
        ) from error


def _parse(words: str) -> When:
    if _DAY.match(words):
        start = midnight(date.fromisoformat(words))
        return When(words, start, start + DAY_MS - 1, zoned=False, whole_day=True)
    if found := _MONTH.match(words):
        year, month = int(found[1]), int(found[2])
        start = midnight(date(year, month, 1))
        after = date(year + month // 12, month % 12 + 1, 1)
        return When(words, start, midnight(after) - 1, zoned=False, whole_day=True)
    if found := _YEAR.match(words):
        year = int(found[1])
        start = midnight(date(year, 1, 1))
        return When(words, start, midnight(date(year + 1, 1, 1)) - 1, zoned=False, whole_day=True)
    if found := _BEFORE.match(words):
        # The first moment is not known; no date is invented, so the last one stands for both.
        bound = _parse(found[1].strip())
        moment = bound.first - 1
        return When(f"before {bound.text}", moment, moment, bound.zoned, bound.whole_day)
    if "/" in words:
        left, right = words.split("/", 1)
        start_, stop = _parse(left.strip()), _parse(right.strip())
        if start_.zoned != stop.zoned or stop.last < start_.first:
            raise ValueError(words)
        return When(
            f"{start_.text}/{stop.text}", start_.first, stop.last, stop.zoned, stop.whole_day
        )
    if len(words) < 16 or words[10] not in "Tt ":
        raise ValueError(words)
    moment_ = datetime.fromisoformat(words[:10] + "T" + words[11:].replace(" ", ""))
    zoned = moment_.tzinfo is not None
    ms = utc_ms(moment_ if zoned else moment_.replace(tzinfo=UTC))
    return When(moment_.isoformat(), ms, ms, zoned=zoned, whole_day=False)
