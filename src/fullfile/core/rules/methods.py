"""The counting methods: from a trigger to a last day, with every skipped day explained.

Rules kept:

- A day is asked for only when it matters. Weekends need no table; a weekday of a
  year without a table ends the sum with `lacks` and no date.
- A short period counted under a 10/11-day split switches on the number as it is
  given, so a court order of 14 days changes the method by itself. A longer
  unit (weeks, months) is never short.
- A backward short period whose roll is not stated gives both candidate days;
  the earlier is the date.
- Hours are elapsed hours; a roll keeps the hour of the day.
- `working` is written so that a person with a paper calendar can re-do the sum.
"""

from __future__ import annotations

import calendar as months
from datetime import UTC, date, datetime, timedelta

from fullfile.core.errors import Refused
from fullfile.core.rules.calendars import NoTable, OpenDays, day_words
from fullfile.core.rules.counting import (
    AFTER,
    BEFORE,
    Candidate,
    Counted,
    Method,
    Period,
    Skipped,
)

__all__ = ["count"]

_DAY = timedelta(days=1)
_UNITS_OF = {
    "calendar_roll": ("days", "weeks", "months", "years"),
    "short_period_working_days": ("days", "weeks", "months", "years"),
    "working_days": ("days", "working days"),
    "inclusive_from_trigger": ("days", "weeks", "months", "years"),
    "calendar_before": ("days", "weeks", "months", "years"),
    "anniversary_years": ("years",),
    "calendar_months_clamped": ("months", "years"),
    "clear_days": ("days", "weeks"),
    "hours": ("hours",),
}


def count(
    trigger: date | datetime,
    period: Period | None,
    method: Method,
    *,
    direction: str,
    roll: str,
    days: OpenDays,
    roll_stated: bool = True,
    words: str = "",
) -> Counted:
    """Count a period from a trigger.

    Args:
        trigger: the day (or time, for hours) of the event.
        period: number and unit; None for event_fixed and undated.
        method: how to count.
        direction: `after` or `before` the trigger.
        roll: what a closed last day does: `none`, `forward`, `with_direction`.
        days: which days are closed.
        roll_stated: whether the rule (or the person asking) says how it rolls.
        words: the law's own words where it gives no number ("promptly").

    Returns:
        The last day with its working, or None with what is lacking.

    Raises:
        Refused: method, unit and direction do not go together.
    """
    day = trigger.date() if isinstance(trigger, datetime) else trigger
    if method.name == "undated":
        said = f" (“{words}”)" if words else ""
        return Counted(
            None,
            None,
            (),
            f"No number of days is given{said}, so no date is invented. The duty is open from "
            f"{day_words(day)}; what counts is the time elapsed and each step taken.",
        )
    if method.name == "event_fixed":
        return Counted(
            day, day, (), f"Due at the event itself, {day_words(day)}: nothing is counted."
        )
    if period is None:
        raise Refused(f"{method.name} needs a period: give one, for example “10 days”.")
    allowed = _UNITS_OF[method.name]
    if period.unit not in allowed:
        raise Refused(
            f"{method.name} counts {' or '.join(allowed)}, not {period.unit}: "
            "change the period or the method."
        )
    if method.name == "calendar_before" and direction != BEFORE:
        raise Refused("calendar_before counts back from an event: use --direction before.")
    sum_ = _Sum(days, direction, roll)
    try:
        if method.name == "hours":
            return sum_.hours(trigger, period)
        if method.name == "working_days":
            return sum_.open_days(day, period.n, always_open=True)
        if method.name == "short_period_working_days" and method.max is not None:
            if period.unit == "days" and period.n <= method.max:
                return sum_.open_days(day, period.n, short=method.max, roll_stated=roll_stated)
            return sum_.every_day(day, period, long=method.max)
        if method.name == "inclusive_from_trigger":
            return sum_.inclusive(day, period)
        if method.name == "clear_days":
            return sum_.clear(day, period)
        return sum_.every_day(day, period)
    except OverflowError as error:
        raise Refused(
            f"{period} from {day_words(day)} lies outside the years 1 to 9999: check the dates."
        ) from error


class _Sum:
    """One sum in progress: gathers what was skipped and the words of the working."""

    def __init__(self, days: OpenDays, direction: str, roll: str) -> None:
        self.days = days
        self.step = 1 if direction == AFTER else -1
        self.roll = roll
        self.skipped: list[Skipped] = []

    def hours(self, trigger: date | datetime, period: Period) -> Counted:
        if not isinstance(trigger, datetime):
            lack = "the time of day of the trigger, from which hours are counted"
            return Counted(
                None, None, (), "Hours are counted from a time, and only a day is known.", (lack,)
            )
        elapsed = self.step * timedelta(hours=period.n)
        if trigger.tzinfo is None:
            raw = trigger + elapsed
        else:
            raw = (trigger.astimezone(UTC) + elapsed).astimezone(trigger.tzinfo)
        text = (
            f"Every hour counts: {period} {self._side()} {_time_words(trigger)} is "
            f"{_time_words(raw)}."
        )
        landed = self._land(raw.date(), text)
        if not isinstance(landed.due, date):
            return _replace_raw(landed, raw)
        # The same hour of the day on which the period may end.
        due = raw + (landed.due - raw.date())
        same_hour = " At the same hour." if due != raw else ""
        return Counted(raw, due, landed.skipped, f"{landed.working}{same_hour}")

    def every_day(self, day: date, period: Period, *, long: int | None = None) -> Counted:
        raw = _shift(day, period, self.step)
        reason = ""
        if long is not None:
            reason = (
                f"{period} is more than {long} days, so "
                if period.unit == "days"
                else f"{period} is stated in a unit longer than days, so "
            )
        if period.unit in ("days", "weeks"):
            rule = f"{reason}every day counts and {day_words(day)} is left out: "
            rule = rule[0].upper() + rule[1:]
            n = period.n if period.unit == "days" else 7 * period.n
            text = f"{rule}day {n} {self._side()} it is {day_words(raw)}."
        else:
            later = "on" if self.step > 0 else "back"
            text = f"{period} {later} from {day_words(day)} is {day_words(raw)}."
            if reason:
                text = f"{reason[0].upper()}{reason[1:]}the date is counted: {text}"
            if raw.day != day.day:
                text += " The month is shorter, so its last day is taken."
        return self._land(raw, text)

    def inclusive(self, day: date, period: Period) -> Counted:
        if period.unit in ("days", "weeks"):
            n = period.n if period.unit == "days" else 7 * period.n
            raw = day + self.step * (n - 1) * _DAY
            text = f"{day_words(day)} is itself day 1, so day {n} is {day_words(raw)}."
        else:
            same = _shift(day, period, self.step)
            # A month that has no such day is full when it ends.
            raw = same - self.step * _DAY if same.day == day.day else same
            text = f"{period}, {day_words(day)} included, ends on {day_words(raw)}."
        return self._land(raw, text)

    def clear(self, day: date, period: Period) -> Counted:
        n = period.n if period.unit == "days" else 7 * period.n
        raw = day + self.step * (n + 1) * _DAY
        return self._land(
            raw,
            f"Both ends are left out: {n} whole days lie between {day_words(day)} and "
            f"{day_words(raw)}.",
        )

    def open_days(
        self,
        day: date,
        n: int,
        *,
        always_open: bool = False,
        short: int | None = None,
        roll_stated: bool = True,
    ) -> Counted:
        """Count open days only; the last one is then rolled if it is closed."""
        head = (
            "Only working days count"
            if short is None
            else f"{Period(n, 'days')} is a short period ({short} days or fewer): closed days in between are left out"
        )
        head += f"; {day_words(day)} is not counted. "
        runs = _Runs()
        here = day
        try:
            while runs.n < n - 1:
                here += self.step * _DAY
                self._meet(here, runs)
            raw = here + self.step * _DAY
            because = self.days.why_closed(raw)
        except NoTable as gap:
            return self._gap(gap, None, f"{head}{runs}")
        if because is None:
            runs.add(raw)
            return Counted(raw, raw, tuple(self.skipped), f"{head}{runs}.")
        if always_open:
            self.roll = "with_direction"
        before = tuple(self.skipped)
        tail = (
            f"{head}{runs}; day {n} would be {day_words(raw)}."
            if runs.n
            else (f"{head}Day {n} would be {day_words(raw)}.")
        )
        landed = self._land(raw, tail)
        if roll_stated or self.step > 0 or landed.due is None:
            return landed
        self.skipped = list(before)
        self.roll = "forward"
        other = self._land(raw, tail)
        return _both(landed, other)

    def _meet(self, day: date, runs: _Runs) -> None:
        because = self.days.why_closed(day)
        if because is None:
            runs.add(day)
        else:
            self._skip(day, because)

    def _land(self, raw: date, text: str) -> Counted:
        """Move off a closed last day, as the roll says."""
        if self.roll == "none":
            return Counted(raw, raw, tuple(self.skipped), text)
        step = 1 if self.roll == "forward" else self.step
        day, reasons = raw, []
        try:
            while (because := self.days.why_closed(day)) is not None:
                self._skip(day, because)
                reasons.append(f"{day_words(day)} is closed ({because})")
                day += step * _DAY
        except NoTable as gap:
            return self._gap(gap, raw, " ".join([text, *(f"{reason}." for reason in reasons)]))
        if reasons:
            way = "on" if step > 0 else "back"
            text = f"{text} {'; '.join(reasons)}: {way} to {day_words(day)}."
        return Counted(raw, day, tuple(self.skipped), text)

    def _skip(self, day: date, because: str) -> None:
        self.skipped.append(Skipped(day, because, self.days.check_of(day)))

    def _gap(self, gap: NoTable, raw: date | None, text: str) -> Counted:
        return Counted(
            raw,
            None,
            tuple(self.skipped),
            f"{text.rstrip()} Whether {day_words(gap.day)} is open is not known: {gap}.".strip(),
            (gap.said,),
        )

    def _side(self) -> str:
        return "after" if self.step > 0 else "before"


class _Runs:
    """Counted days, written as runs: `Thu 1 Feb 2024 to Fri 2 Feb 2024 = 1 to 2`."""

    def __init__(self) -> None:
        self.n = 0
        self._runs: list[list[date]] = []

    def add(self, day: date) -> None:
        self.n += 1
        if self._runs and abs(day - self._runs[-1][-1]) == _DAY:
            self._runs[-1].append(day)
        else:
            self._runs.append([day])

    def __str__(self) -> str:
        parts, start = [], 1
        for run in self._runs:
            end = start + len(run) - 1
            if len(run) == 1:
                parts.append(f"{day_words(run[0])} = {start}")
            else:
                parts.append(f"{day_words(run[0])} to {day_words(run[-1])} = {start} to {end}")
            start = end + 1
        return "; ".join(parts)


def _both(back: Counted, on: Counted) -> Counted:
    """The earlier of two candidates as the date, and both shown."""
    assert isinstance(back.due, date)
    if not isinstance(on.due, date):
        return Counted(back.raw, None, back.skipped, on.working, on.lacks)
    return Counted(
        back.raw,
        back.due,
        back.skipped,
        f"{back.working} The rule does not say which way a closed last day moves: counted back it "
        f"is {day_words(back.due)}, moved on it is {day_words(on.due)}. The earlier is shown.",
        (),
        (Candidate(back.due, "with_direction"), Candidate(on.due, "forward")),
    )


def _replace_raw(counted: Counted, raw: datetime) -> Counted:
    return Counted(raw, None, counted.skipped, counted.working, counted.lacks)


def _shift(day: date, period: Period, step: int) -> date:
    """The day a period away, every day counted; months and years by their number."""
    if period.unit == "days":
        return day + step * period.n * _DAY
    if period.unit == "weeks":
        return day + step * 7 * period.n * _DAY
    n = period.n if period.unit == "months" else 12 * period.n
    total = day.year * 12 + day.month - 1 + step * n
    year, month = divmod(total, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _time_words(moment: datetime) -> str:
    return f"{day_words(moment)} {moment:%H:%M}"
