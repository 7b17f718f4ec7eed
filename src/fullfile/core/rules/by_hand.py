"""A sum by hand: period, method and trigger as a person types them, no pack needed.

This is the by-hand form of the command `deadline` (contract, clause 3). Defaults
are those of the law notes: the direction is `after` (`before` for
calendar_before), the roll is the method's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from fullfile.core.errors import NotFound, Refused
from fullfile.core.rules.calendars import DEFAULT_WEEKEND, Calendar, given_holidays
from fullfile.core.rules.counting import (
    BEFORE,
    DIRECTIONS,
    ROLLS,
    default_direction,
    default_roll,
    parse_method,
    parse_period,
    parse_trigger,
    parse_weekend,
)
from fullfile.core.rules.evaluate import Deadline, made_deadline, open_days
from fullfile.core.rules.methods import count

__all__ = ["by_hand"]

_T = TypeVar("_T")

_NO_CALENDAR = "a calendar: only weekends were treated as closed (give --calendar or --holidays)"


def by_hand(
    *,
    method: str,
    trigger: str | date | datetime,
    period: str | None = None,
    direction: str | None = None,
    roll: str | None = None,
    calendar: str | Calendar | None = None,
    holidays: Sequence[str | date] | None = None,
    weekend: Sequence[str] | None = None,
    calendars: Mapping[str, Calendar] | None = None,
) -> Deadline:
    """Count a period given by hand.

    Args:
        method: a method of the law notes, for example `short_period_working_days(max=10)`.
        trigger: `2024-01-31`, or a time where hours are counted.
        period: "10 days", "3 business days"; not needed for undated and event_fixed.
        direction: `after` or `before`; None: the method's.
        roll: `none`, `forward`, `with_direction`; None: the method's. A backward short period
            without a stated roll shows both candidate days.
        calendar: the id of a calendar in `calendars`, or a calendar.
        holidays: closed days, as a list or typed with commas, taken as the whole list for the
            sum; not with `calendar`.
        weekend: closed weekdays (`sat`, `sun`); None: the calendar's, else Saturday and
            Sunday. An empty list means that no weekday is closed.
        calendars: the calendars known, by id.

    Raises:
        Refused: an option cannot be read, or options contradict each other.
        NotFound: there is no such calendar.
    """
    how = parse_method(method)
    if how.name == "undated":
        length = None  # any words may stand in the period; none of them is a number
    elif how.name == "event_fixed":
        if period:
            raise Refused("event_fixed is due at the event and takes no period: leave it out.")
        length = None
    elif not period or not period.strip():
        raise Refused(f"{how} needs a period: give one, for example --period “10 days”.")
    else:
        length = parse_period(period)
    way = _one_of(direction, DIRECTIONS, "direction") or default_direction(how)
    move = _one_of(roll, ROLLS, "roll")
    if how.name in ("undated", "event_fixed") and move not in (None, "none"):
        raise Refused(f"{how} does not roll: leave --roll out.")
    closed = None if weekend is None else parse_weekend(_listed(weekend))
    days = None if holidays is None else _listed(holidays)
    days_of = _calendar(calendar, days, closed, calendars or {})
    start = parse_trigger(trigger) if isinstance(trigger, str) else trigger
    if how.name == "hours" and not isinstance(start, datetime):
        raise Refused(
            "hours are counted from a time: give one, for example 2024-01-31T14:30-07:00."
        )
    counted = count(
        start,
        length,
        how,
        direction=way,
        roll=move or default_roll(how),
        days=open_days(days_of, closed, way),
        roll_stated=move is not None or way != BEFORE,
        words=(period or "").strip() if length is None else "",
    )
    found = made_deadline(
        counted,
        rule=None,
        trigger=start,
        method=how,
        roll=move or default_roll(how),
        calendar=days_of,
        check=None,
        direction=way,
        period=str(length) if length else (period or "").strip() or None,
    )
    looked = found.roll != "none" or how.name in ("short_period_working_days", "working_days")
    if days_of is None and looked and found.due is not None:
        return replace(found, lacks=(*found.lacks, _NO_CALENDAR))
    return found


def _listed(given: Sequence[_T] | str) -> tuple[_T | str, ...]:
    """A list, or the same typed with commas."""
    if isinstance(given, str):
        return tuple(part for part in given.split(",") if part.strip())
    return tuple(given)


def _calendar(
    calendar: str | Calendar | None,
    holidays: Sequence[str | date] | None,
    weekend: tuple[str, ...] | None,
    known: Mapping[str, Calendar],
) -> Calendar | None:
    if holidays is not None:
        if calendar is not None:
            raise Refused("Give --calendar or --holidays, not both.")
        days = tuple(_holiday(day) for day in holidays)
        return given_holidays(days, weekend=DEFAULT_WEEKEND if weekend is None else weekend)
    if not isinstance(calendar, str):
        return calendar
    wanted = calendar.strip().casefold()
    for name, found in known.items():
        if name.casefold() == wanted:
            return found
    listed = ", ".join(sorted(known)) or "none"
    raise NotFound(f"There is no calendar “{calendar.strip()[:60]}”: those known are {listed}.")


def _holiday(day: str | date) -> date:
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day.strip())
    except ValueError as error:
        raise Refused(
            f"“{day.strip()[:60]}” is no holiday: write days as 2024-02-19, separated by commas."
        ) from error


def _one_of(given: str | None, allowed: tuple[str, ...], what: str) -> str | None:
    if given is None:
        return None
    word = given.strip().casefold().replace("-", "_")
    if word not in allowed:
        raise Refused(f"“{given.strip()[:40]}” is no {what}: use one of {', '.join(allowed)}.")
    return word
