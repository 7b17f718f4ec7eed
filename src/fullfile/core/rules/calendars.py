"""Which days are closed: weekends and holidays, as data.

A calendar holds one table for each year, because courts publish their own lists
(storms, mourning days, moved holidays) and no formula knows them. A year
without a table is never guessed: `OpenDays.why_closed` raises `NoTable`, and the
answer says which calendar lacks which year.

A holiday may be `forward_only`: it counts as closed for a period after an event
and is an ordinary day for a period before one (state holidays under the federal
rules). What decides is the direction of the period, not that of the roll.

This module does not read files (see `fullfile.engines.packs`) and counts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fullfile.core.said import say

__all__ = [
    "DEFAULT_WEEKEND",
    "WEEKDAYS",
    "Calendar",
    "CalendarYear",
    "Holiday",
    "NoTable",
    "OpenDays",
    "day_words",
    "given_holidays",
]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_WEEKEND = ("sat", "sun")

_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """A day as a person writes it: `Wed 31 Jan 2024`. The same words on every machine."""
    return f"{_DAY_NAMES[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One closed day, with where it was read.

    Attributes:
        on: the day that is closed (after any move from a Sunday).
        name: what the day is called.
        source: the statute, order or practice it rests on.
        check: `text`, `part` or `unread`.
        confirmed_by: who compared it with the court's own list; empty when nobody has.
        forward_only: closed only for periods after an event.
        note: what a reader must know about this day.
    """

    on: date
    name: str
    source: str = ""
    check: str = "unread"
    confirmed_by: str = ""
    forward_only: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """The table of one year."""

    year: int
    holidays: tuple[Holiday, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The closed days of one court system.

    Attributes:
        id: the name that packs use (`us-nm-courts`).
        name: the name that people read.
        version: the edition of these tables.
        years: one table a year; a year that is not here is not known.
        weekend: the weekdays that are always closed, as `sat`, `sun`.
        every_year: the list was given by hand for this sum, and is taken as complete.
        digest: SHA-256 of the canonical bytes of the files it was read from.
        origin: `shipped` or `office`.
        note: what a reader must know about the list.
    """

    id: str
    name: str = ""
    version: str = ""
    years: tuple[CalendarYear, ...] = ()
    weekend: tuple[str, ...] = DEFAULT_WEEKEND
    every_year: bool = False
    digest: str = ""
    origin: str = "shipped"
    note: str = ""
    _by_day: dict[date, Holiday] = field(init=False, repr=False, compare=False, hash=False)
    _known: frozenset[int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        by_day = {holiday.on: holiday for table in self.years for holiday in table.holidays}
        object.__setattr__(self, "_by_day", by_day)
        object.__setattr__(self, "_known", frozenset(table.year for table in self.years))

    def has_table(self, year: int) -> bool:
        """Whether the closed days of `year` are known."""
        return self.every_year or year in self._known

    def holiday_on(self, day: date) -> Holiday | None:
        """The holiday on `day`, if there is one in the tables."""
        return self._by_day.get(day)


def given_holidays(days: tuple[date, ...], *, weekend: tuple[str, ...]) -> Calendar:
    """A calendar made of a list given by hand, taken as complete for the sum."""
    table: dict[int, list[Holiday]] = {}
    for day in days:
        table.setdefault(day.year, []).append(Holiday(day, "holiday given by hand"))
    years = tuple(CalendarYear(year, tuple(found)) for year, found in sorted(table.items()))
    return Calendar("given by hand", years=years, weekend=weekend, every_year=True)


class NoTable(Exception):  # a missing table is an answer here, caught by the counting
    """The calendar has no table for a year in which a day matters."""

    def __init__(self, calendar: str, day: date) -> None:
        self.calendar = calendar
        self.day = day
        self.said = say(
            "calendar {calendar} has no table for {year}", calendar=calendar, year=str(day.year)
        )
        super().__init__(str(self.said))


@dataclass(frozen=True, slots=True)
class OpenDays:
    """The question "is this day closed, and why?" for one sum.

    Attributes:
        calendar: the tables; None counts weekends only (and the answer says so).
        weekend: the weekdays that are closed.
        counting_back: the period runs before an event, so `forward_only` days are open.
    """

    calendar: Calendar | None
    weekend: tuple[str, ...] = DEFAULT_WEEKEND
    counting_back: bool = False

    def holiday(self, day: date) -> Holiday | None:
        """The holiday that closes `day`.

        Raises:
            NoTable: the calendar does not know the year of `day`.
        """
        if self.calendar is None:
            return None
        if not self.calendar.has_table(day.year):
            raise NoTable(self.calendar.id, day)
        found = self.calendar.holiday_on(day)
        if found is None or (found.forward_only and self.counting_back):
            return None
        return found

    def why_closed(self, day: date) -> str | None:
        """Why `day` is closed, or None when it is open. A weekend needs no table.

        Raises:
            NoTable: `day` is no weekend day, and the calendar does not know its year.
        """
        if WEEKDAYS[day.weekday()] in self.weekend:
            return _DAY_NAMES[day.weekday()]
        found = self.holiday(day)
        return None if found is None else found.name

    def check_of(self, day: date) -> str | None:
        """The check mark of the table entry that closes `day`; None for a weekend."""
        if WEEKDAYS[day.weekday()] in self.weekend:
            return None
        found = self.holiday(day)
        return None if found is None else found.check
