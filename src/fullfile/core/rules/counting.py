"""The words of a sum of days: period, method, direction, roll, and how they are spelled.

A deadline is trigger + period + method + calendar + direction. Here are the
five as values, the readers of their written forms ("10 days",
"short_period_working_days(max=10)"), and which way each method rolls unless the
rule says otherwise. The counting itself is in `methods`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from fullfile.core.errors import Refused
from fullfile.core.rules.calendars import WEEKDAYS
from fullfile.core.said import Said, many

__all__ = [
    "AFTER",
    "BEFORE",
    "CHECKS",
    "DIRECTIONS",
    "METHODS",
    "ROLLS",
    "UNITS",
    "Candidate",
    "Counted",
    "Method",
    "Period",
    "Skipped",
    "default_direction",
    "default_roll",
    "parse_method",
    "parse_period",
    "parse_trigger",
    "parse_weekend",
    "weakest_check",
]

AFTER: Final = "after"
BEFORE: Final = "before"
DIRECTIONS: Final = (AFTER, BEFORE)
ROLLS: Final = ("none", "forward", "with_direction")
UNITS: Final = ("hours", "days", "working days", "weeks", "months", "years")
CHECKS: Final = ("text", "part", "unread")  # from firm to weak
METHODS: Final = (
    "calendar_roll",
    "short_period_working_days",
    "working_days",
    "inclusive_from_trigger",
    "calendar_before",
    "anniversary_years",
    "calendar_months_clamped",
    "clear_days",
    "hours",
    "event_fixed",
    "undated",
)

_ROLLING = frozenset({"calendar_roll", "short_period_working_days", "calendar_months_clamped"})
_PERIOD = re.compile(
    r"(\d{1,6})\s*-?\s*((?:business|working|court)\s+)?(hour|day|week|month|year)s?\Z"
)
_METHOD = re.compile(r"([a-z_]+)\s*(?:\(\s*(?:max\s*=\s*)?(\d{1,3})\s*\))?\Z")
_LONGEST: Final = {
    "hours": 100_000,
    "days": 40_000,
    "working days": 10_000,
    "weeks": 5_000,
    "months": 1_200,
    "years": 100,
}


@dataclass(frozen=True, slots=True)
class Period:
    """A number and a unit of `UNITS`."""

    n: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise Refused(f"“{self.unit}” is no unit of time: use one of {', '.join(UNITS)}.")
        if self.n < 1:
            raise Refused(f"A period of {self.n} {self.unit} cannot be counted: use 1 or more.")
        if self.n > _LONGEST[self.unit]:
            raise Refused(
                f"A period of {self.n} {self.unit} is longer than a century or so: "
                f"use at most {_LONGEST[self.unit]} {self.unit}."
            )

    def said(self) -> Said:
        """The period as a sentence has it."""
        match self.unit:
            case "days":
                return many("{n} day", "{n} days", self.n)
            case "weeks":
                return many("{n} week", "{n} weeks", self.n)
            case "months":
                return many("{n} month", "{n} months", self.n)
            case "years":
                return many("{n} year", "{n} years", self.n)
            case "hours":
                return many("{n} hour", "{n} hours", self.n)
            case _:
                return many("{n} working day", "{n} working days", self.n)

    def __str__(self) -> str:
        return f"{self.n} {self.unit.removesuffix('s') if self.n == 1 else self.unit}"


@dataclass(frozen=True, slots=True)
class Method:
    """A counting method; `max` belongs to short_period_working_days only."""

    name: str
    max: int | None = None

    def __post_init__(self) -> None:
        if self.name not in METHODS:
            raise Refused(f"“{self.name}” is no counting method: use one of {', '.join(METHODS)}.")
        short = self.name == "short_period_working_days"
        if short and (self.max is None or self.max < 1):
            raise Refused(
                "short_period_working_days needs the number of days up to which a period is "
                "short: write short_period_working_days(max=10)."
            )
        if not short and self.max is not None:
            raise Refused(f"{self.name} takes no number in brackets: write {self.name}.")

    def __str__(self) -> str:
        return self.name if self.max is None else f"{self.name}(max={self.max})"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that did not count, and why; `check` is the mark of the calendar's entry."""

    on: date
    because: str
    check: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of two possible last days where the rule does not say which way to roll."""

    due: date
    roll: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What the counting found.

    Attributes:
        raw: the last day before any roll; None when nothing was counted.
        due: the last day; None when undated, or when a table is lacking.
        skipped: every day left out, in the order in which it was met.
        working: the sum in words.
        lacks: what was missing for an answer.
        candidates: two last days where the rule does not say which way to roll.
    """

    raw: date | datetime | None
    due: date | datetime | None
    skipped: tuple[Skipped, ...]
    working: str
    lacks: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def default_direction(method: Method) -> str:
    """The direction in which a method counts unless told otherwise."""
    return BEFORE if method.name == "calendar_before" else AFTER


def default_roll(method: Method) -> str:
    """How a method rolls unless the rule says otherwise.

    Methods that the law notes do not name (clear_days) do not roll; working_days
    cannot end on a closed day, so nothing rolls there either.
    """
    return "with_direction" if method.name in _ROLLING else "none"


def parse_period(text: str) -> Period:
    """Read "10 days", "2 years", "48 hours", "3 months", "4 weeks", "3 business days".

    Raises:
        Refused: the words are no such period.
    """
    found = _PERIOD.match(" ".join(text.split()).casefold())
    if not found or (found[2] and found[3] != "day"):
        raise Refused(
            f"“{text.strip()[:60]}” is no period: write a number and a unit, for example "
            "“10 days”, “3 business days”, “4 weeks”, “3 months”, “2 years” or “48 hours”."
        )
    return Period(int(found[1]), "working days" if found[2] else f"{found[3]}s")


def parse_method(text: str) -> Method:
    """Read a method, with its number where it has one.

    Raises:
        Refused: there is no such method, or its number is missing.
    """
    found = _METHOD.match(text.strip().casefold().replace("-", "_"))
    if not found:
        raise Refused(
            f"“{text.strip()[:60]}” is no counting method: use one of {', '.join(METHODS)}."
        )
    return Method(found[1], int(found[2]) if found[2] else None)


def parse_weekend(names: tuple[str, ...]) -> tuple[str, ...]:
    """Read weekday names (`sat`, `Saturday`); the result is in the order of the week.

    Raises:
        Refused: a name is no weekday, or no day of the week would be open.
    """
    days = set()
    for name in names:
        short = name.strip().casefold()
        full = [day for day in WEEKDAYS if short[:3] == day and len(short) >= 3]
        if not full:
            raise Refused(f"“{name.strip()[:40]}” is no weekday: use {', '.join(WEEKDAYS)}.")
        days.add(full[0])
    if len(days) == len(WEEKDAYS):
        raise Refused("A weekend of seven days leaves no open day: leave at least one out.")
    return tuple(day for day in WEEKDAYS if day in days)


def parse_trigger(text: str) -> date | datetime:
    """Read the day, or the day and time, from which a period runs.

    Raises:
        Refused: the words are no whole day and no time.
    """
    words = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return date.fromisoformat(words)
        if re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d", words):
            return datetime.fromisoformat(words.replace(" ", "T", 1))
    except ValueError:
        pass
    raise Refused(
        f"“{words[:60]}” is no day to count from: write 2024-01-31, or 2024-01-31T14:30-07:00 "
        "where hours are counted."
    )


def weakest_check(*marks: str | None) -> str | None:
    """The weakest of the marks given; None when there is none."""
    known = [mark for mark in marks if mark is not None]
    return max(known, key=CHECKS.index) if known else None
