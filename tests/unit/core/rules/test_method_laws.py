"""What must hold of every sum: random triggers, periods and holidays."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.rules import (
    Calendar,
    CalendarYear,
    Holiday,
    Method,
    OpenDays,
    Period,
    count,
    given_holidays,
)

DAY = timedelta(days=1)
WEEKENDS = st.sampled_from([("sat", "sun"), ("sun",), ("fri", "sat"), ()])
TRIGGERS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
HOLIDAYS = st.sets(st.dates(date(2022, 12, 1), date(2026, 3, 1)), max_size=60)
WAYS = st.sampled_from(["after", "before"])
SHORT = Method("short_period_working_days", 10)


def run(trigger, n, method, days, *, direction="after", roll="with_direction", unit="days"):
    return count(trigger, Period(n, unit), method, direction=direction, roll=roll, days=days)


def closed_days(holidays, weekend) -> OpenDays:
    return OpenDays(given_holidays(tuple(holidays), weekend=weekend), weekend)


@given(
    TRIGGERS,
    st.integers(1, 60),
    HOLIDAYS,
    WEEKENDS,
    WAYS,
    st.sampled_from(["forward", "with_direction"]),
)
def test_a_rolled_date_is_never_a_closed_day(trigger, n, holidays, weekend, way, roll):
    days = closed_days(holidays, weekend)
    for method in (
        Method("calendar_roll"),
        SHORT,
        Method("inclusive_from_trigger"),
        Method("clear_days"),
    ):
        found = run(trigger, n, method, days, direction=way, roll=roll)
        assert days.why_closed(found.due) is None
        assert all(days.why_closed(skipped.on) for skipped in found.skipped)


@given(TRIGGERS, st.integers(0, 40), st.integers(1, 40), HOLIDAYS, WEEKENDS, WAYS)
def test_a_later_trigger_never_gives_an_earlier_date(trigger, gap, n, holidays, weekend, way):
    days = closed_days(holidays, weekend)
    for method in (
        Method("calendar_roll"),
        SHORT,
        Method("working_days"),
        Method("inclusive_from_trigger"),
        Method("clear_days"),
    ):
        early = run(trigger, n, method, days, direction=way)
        late = run(trigger + gap * DAY, n, method, days, direction=way)
        assert early.due <= late.due
    months = Method("calendar_months_clamped")
    early = run(trigger, n, months, days, direction=way, unit="months", roll="none")
    late = run(trigger + gap * DAY, n, months, days, direction=way, unit="months", roll="none")
    assert early.due <= late.due


@given(TRIGGERS, st.integers(1, 10), HOLIDAYS, WEEKENDS)
def test_a_short_period_is_never_shorter_than_the_same_days_of_the_calendar(
    trigger, n, holidays, weekend
):
    days = closed_days(holidays, weekend)
    assert run(trigger, n, SHORT, days).due >= run(trigger, n, Method("calendar_roll"), days).due
    back = run(trigger, n, SHORT, days, direction="before")
    assert back.due <= run(trigger, n, Method("calendar_roll"), days, direction="before").due


@given(TRIGGERS, st.integers(1, 10), HOLIDAYS, WEEKENDS, WAYS)
def test_every_day_of_a_short_period_is_counted_or_explained(trigger, n, holidays, weekend, way):
    found = run(trigger, n, SHORT, closed_days(holidays, weekend), direction=way)
    assert abs(found.due - trigger).days == n + len(found.skipped)
    assert len({skipped.on for skipped in found.skipped}) == len(found.skipped)


@given(TRIGGERS, st.integers(1, 400), HOLIDAYS, WEEKENDS, WAYS)
def test_a_long_period_skips_only_at_its_end(trigger, n, holidays, weekend, way):
    found = run(trigger, n, Method("calendar_roll"), closed_days(holidays, weekend), direction=way)
    assert abs(found.raw - trigger).days == n
    assert abs(found.due - found.raw).days == len(found.skipped)


@given(TRIGGERS, st.integers(1, 30), HOLIDAYS, WEEKENDS, WAYS)
def test_working_days_agree_with_ticking_them_off_one_by_one(trigger, n, holidays, weekend, way):
    days = closed_days(holidays, weekend)
    step = DAY if way == "after" else -DAY
    here, left = trigger, n
    while left:
        here += step
        left -= days.why_closed(here) is None
    assert run(trigger, n, Method("working_days"), days, direction=way, roll="none").due == here


@given(TRIGGERS, st.integers(1, 40), st.integers(1, 9), WAYS)
def test_eleven_days_or_more_do_not_look_at_days_in_between(trigger, n, shift, way):
    """Only the number decides: a long period under the split is a plain calendar period."""
    days = closed_days({trigger + shift * DAY}, ("sat", "sun"))
    plain = run(trigger, 10 + n, Method("calendar_roll"), days, direction=way)
    split = run(trigger, 10 + n, SHORT, days, direction=way)
    assert (split.due, split.raw, split.skipped) == (plain.due, plain.raw, plain.skipped)


@given(TRIGGERS, st.integers(1, 60), HOLIDAYS, WEEKENDS, WAYS, st.sets(st.integers(2022, 2027)))
def test_a_date_that_is_given_without_a_table_would_be_the_same_with_any(
    trigger, n, holidays, weekend, way, years
):
    def tables(known, every):
        return tuple(
            CalendarYear(year, tuple(Holiday(day, "day") for day in holidays if day.year == year))
            for year in range(2021, 2029)
            if every or year in known
        )

    some = OpenDays(Calendar("some", years=tables(years, every=False)), weekend)
    full = OpenDays(Calendar("full", years=tables(years, every=True)), weekend)
    for method in (Method("calendar_roll"), SHORT, Method("working_days")):
        found = run(trigger, n, method, some, direction=way)
        if found.due is None:
            assert found.lacks[0].startswith("calendar some has no table for ")
        else:
            assert found.due == run(trigger, n, method, full, direction=way).due


@given(TRIGGERS, st.integers(1, 300))
def test_clear_days_leave_both_ends_out(trigger, n):
    found = run(trigger, n, Method("clear_days"), OpenDays(None), roll="none")
    assert (found.due - trigger).days - 1 == n


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 50))
def test_an_anniversary_keeps_day_and_month_but_for_29_february(trigger, n):
    found = run(trigger, n, Method("anniversary_years"), OpenDays(None), roll="none", unit="years")
    assert found.due.year == trigger.year + n
    same = (found.due.month, found.due.day) == (trigger.month, trigger.day)
    assert same or (
        (trigger.month, trigger.day) == (2, 29) and (found.due.month, found.due.day) == (2, 28)
    )
