"""Each counting method, both directions, with sums done by hand on a paper calendar."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.errors import Refused
from fullfile.core.rules import (
    Calendar,
    CalendarYear,
    Holiday,
    Method,
    OpenDays,
    Period,
    by_hand,
    count,
    deadline_as_json,
    parse_trigger,
)


def due(**asked) -> str | None:
    asked.setdefault("holidays", [])
    return deadline_as_json(by_hand(**asked))["due"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # calendar_roll
        ({"method": "calendar_roll", "period": "30 days", "trigger": "2024-05-10"}, "2024-06-10"),
        ({"method": "calendar_roll", "period": "4 weeks", "trigger": "2024-03-01"}, "2024-03-29"),
        ({"method": "calendar_roll", "period": "3 months", "trigger": "2024-11-30"}, "2025-02-28"),
        ({"method": "calendar_roll", "period": "2 years", "trigger": "2024-02-29"}, "2026-03-02"),
        (
            {
                "method": "calendar_roll",
                "period": "5 days",
                "trigger": "2024-01-12",
                "direction": "before",
            },
            "2024-01-05",
        ),
        (
            # New York moves a period before an event on, not back.
            {
                "method": "calendar_roll",
                "period": "6 days",
                "trigger": "2024-01-12",
                "direction": "before",
                "roll": "forward",
                "holidays": ["2024-01-08"],
            },
            "2024-01-09",
        ),
        (
            {"method": "calendar_roll", "period": "1 day", "trigger": "2024-03-01", "roll": "none"},
            "2024-03-02",
        ),
        # short_period_working_days
        (
            {
                "method": "short_period_working_days(max=10)",
                "period": "1 day",
                "trigger": "2024-03-01",
            },
            "2024-03-04",
        ),
        (
            {
                "method": "short_period_working_days(max=10)",
                "period": "10 days",
                "trigger": "2024-01-31",
            },
            "2024-02-14",
        ),
        (
            {
                "method": "short_period_working_days(max=10)",
                "period": "11 days",
                "trigger": "2024-01-31",
            },
            "2024-02-12",
        ),
        # A longer unit is not a period of 10 days or fewer.
        (
            {
                "method": "short_period_working_days(max=10)",
                "period": "1 week",
                "trigger": "2024-01-31",
            },
            "2024-02-07",
        ),
        # working_days
        (
            {
                "method": "working_days",
                "period": "3 business days",
                "trigger": "2026-11-25",
                "holidays": ["2026-11-26"],
            },
            "2026-12-01",
        ),
        (
            {
                "method": "working_days",
                "period": "3 days",
                "trigger": "2024-03-06",
                "direction": "before",
            },
            "2024-03-01",
        ),
        (
            {
                "method": "working_days",
                "period": "1 working day",
                "trigger": "2024-03-09",
                "weekend": ["sun"],
            },
            "2024-03-11",
        ),
        # inclusive_from_trigger
        (
            {"method": "inclusive_from_trigger", "period": "28 days", "trigger": "2026-03-03"},
            "2026-03-30",
        ),
        (
            {"method": "inclusive_from_trigger", "period": "6 months", "trigger": "2024-03-03"},
            "2024-09-02",
        ),
        (
            {"method": "inclusive_from_trigger", "period": "1 month", "trigger": "2024-01-31"},
            "2024-02-29",
        ),
        (
            {
                "method": "inclusive_from_trigger",
                "period": "2 days",
                "trigger": "2024-03-03",
                "direction": "before",
            },
            "2024-03-02",
        ),
        # calendar_before
        ({"method": "calendar_before", "period": "30 days", "trigger": "2024-07-09"}, "2024-06-09"),
        (
            {
                "method": "calendar_before",
                "period": "30 days",
                "trigger": "2024-07-09",
                "roll": "with_direction",
            },
            "2024-06-07",
        ),
        (
            {
                "method": "calendar_before",
                "period": "30 days",
                "trigger": "2024-07-09",
                "roll": "forward",
            },
            "2024-06-10",
        ),
        # anniversary_years
        (
            {"method": "anniversary_years", "period": "2 years", "trigger": "2024-04-15"},
            "2026-04-15",
        ),
        (
            {"method": "anniversary_years", "period": "1 year", "trigger": "2024-02-29"},
            "2025-02-28",
        ),
        (
            {"method": "anniversary_years", "period": "4 years", "trigger": "2024-02-29"},
            "2028-02-29",
        ),
        # calendar_months_clamped
        (
            {"method": "calendar_months_clamped", "period": "1 month", "trigger": "2024-01-31"},
            "2024-02-29",
        ),
        (
            {"method": "calendar_months_clamped", "period": "6 months", "trigger": "2024-02-29"},
            "2024-08-29",
        ),
        (
            {
                "method": "calendar_months_clamped",
                "period": "1 month",
                "trigger": "2024-03-31",
                "direction": "before",
            },
            "2024-02-29",
        ),
        (
            {"method": "calendar_months_clamped", "period": "6 months", "trigger": "2024-02-15"},
            "2024-08-15",
        ),
        # clear_days
        ({"method": "clear_days", "period": "2 days", "trigger": "2024-03-04"}, "2024-03-07"),
        (
            {
                "method": "clear_days",
                "period": "7 days",
                "trigger": "2024-03-20",
                "direction": "before",
            },
            "2024-03-12",
        ),
        # hours
        (
            {"method": "hours", "period": "48 hours", "trigger": "2024-03-01T14:30"},
            "2024-03-03T14:30:00",
        ),
        (
            {
                "method": "hours",
                "period": "48 hours",
                "trigger": "2024-03-01T14:30",
                "roll": "forward",
            },
            "2024-03-04T14:30:00",
        ),
        (
            {
                "method": "hours",
                "period": "24 hours",
                "trigger": "2024-03-04T09:00-07:00",
                "direction": "before",
            },
            "2024-03-03T09:00:00-07:00",
        ),
        (
            {
                "method": "short_period_working_days(max=10)",
                "period": "2 months",
                "trigger": "2024-01-10",
            },
            "2024-03-11",
        ),
        # event_fixed, undated
        ({"method": "event_fixed", "trigger": "2024-03-09"}, "2024-03-09"),
        ({"method": "undated", "trigger": "2024-03-09"}, None),
        ({"method": "undated", "period": "as soon as practicable", "trigger": "2024-03-09"}, None),
    ],
)
def test_sums_done_by_hand(asked, expected):
    assert due(**asked) == expected


def test_hours_are_elapsed_hours_across_the_change_of_clocks():
    zone = ZoneInfo("America/Denver")
    found = by_hand(
        method="hours",
        period="48 hours",
        trigger=datetime(2024, 3, 9, 12, tzinfo=zone),
        holidays=[],
    )
    assert found.due == datetime(2024, 3, 11, 13, tzinfo=zone)
    rolled = by_hand(
        method="hours",
        period="24 hours",
        trigger=datetime(2024, 3, 8, 12, tzinfo=zone),
        roll="forward",
        holidays=[],
    )
    assert rolled.due == datetime(2024, 3, 11, 12, tzinfo=zone)
    assert "same hour" in rolled.working


def test_hours_without_a_time_of_day_give_no_date():
    found = count(
        date(2024, 3, 8),
        Period(48, "hours"),
        Method("hours"),
        direction="after",
        roll="none",
        days=OpenDays(None),
    )
    assert found.due is None
    assert "time of day" in found.lacks[0]


def test_a_backward_short_period_shows_both_days_where_the_roll_is_not_stated():
    asked = {
        "method": "short_period_working_days(max=10)",
        "period": "10 days",
        "trigger": "2024-01-29",
        "direction": "before",
        "holidays": ["2024-01-15"],
    }
    found = deadline_as_json(by_hand(**asked))
    assert found["due"] == "2024-01-12"
    assert found["candidates"] == [
        {"due": "2024-01-12", "roll": "with_direction"},
        {"due": "2024-01-16", "roll": "forward"},
    ]
    assert "does not say" in found["working"]
    assert found["last_day_before_roll"] == "2024-01-15"
    stated = deadline_as_json(by_hand(**asked, roll="forward"))
    assert (stated["due"], stated["candidates"]) == ("2024-01-16", [])
    unmoved = deadline_as_json(by_hand(**asked, roll="none"))
    assert unmoved["due"] == "2024-01-15"


def test_the_working_and_the_skipped_days_let_a_person_redo_the_sum():
    found = deadline_as_json(
        by_hand(
            method="short_period_working_days(max=10)",
            period="10 days",
            trigger="2024-02-09",
            holidays=["2024-02-19"],
        )
    )
    assert [day["because"] for day in found["skipped"]] == [
        "Saturday",
        "Sunday",
        "Saturday",
        "Sunday",
        "holiday given by hand",
        "Saturday",
        "Sunday",
    ]
    assert "Fri 9 Feb 2024 is not counted" in found["working"]
    assert (
        "Tue 20 Feb 2024 to Fri 23 Feb 2024 = 6 to 9; day 10 would be Sat 24 Feb 2024."
        in found["working"]
    )
    assert found["working"].endswith("on to Mon 26 Feb 2024.")
    rolled = by_hand(method="calendar_roll", period="30 days", trigger="2024-05-10", holidays=[])
    assert rolled.raw == date(2024, 6, 9)
    assert "Sun 9 Jun 2024 is closed (Sunday): on to Mon 10 Jun 2024." in rolled.working


def _calendar(*years: CalendarYear) -> Calendar:
    return Calendar("county", years=years)


def _counted(calendar: Calendar, n: int, trigger: date, *, direction="after", method=None):
    return count(
        trigger,
        Period(n, "days"),
        method or Method("calendar_roll"),
        direction=direction,
        roll="with_direction",
        days=OpenDays(calendar, counting_back=direction == "before"),
    )


def test_a_year_without_a_table_is_never_guessed():
    known = _calendar(CalendarYear(2024))
    found = _counted(known, 30, date(2024, 12, 15))
    assert (found.due, found.raw) == (None, date(2025, 1, 14))
    assert found.lacks == ("calendar county has no table for 2025",)
    assert "Tue 14 Jan 2025 is open is not known" in found.working


def test_rolling_into_a_year_without_a_table_gives_no_date():
    found = _counted(_calendar(CalendarYear(2021)), 30, date(2021, 12, 2))  # day 30: Sat 1 Jan
    assert found.due is None
    assert [skipped.because for skipped in found.skipped] == ["Saturday", "Sunday"]


def test_a_short_period_that_meets_an_unknown_year_gives_no_date():
    short = Method("short_period_working_days", 10)
    found = _counted(_calendar(CalendarYear(2024)), 5, date(2024, 12, 30), method=short)
    assert found.due is None
    assert found.lacks == ("calendar county has no table for 2025",)


def test_hours_that_end_in_a_year_without_a_table_give_no_date():
    found = count(
        parse_trigger("2024-12-31T14:30"),
        Period(24, "hours"),
        Method("hours"),
        direction="after",
        roll="forward",
        days=OpenDays(_calendar(CalendarYear(2024))),
    )
    assert found.due is None
    assert found.raw == parse_trigger("2025-01-01T14:30")
    assert found.lacks == ("calendar county has no table for 2025",)


def test_what_only_a_pack_could_get_wrong_is_refused_too():
    with pytest.raises(Refused, match="needs a period"):
        count(
            date(2024, 3, 8),
            None,
            Method("calendar_roll"),
            direction="after",
            roll="none",
            days=OpenDays(None),
        )
    with pytest.raises(Refused, match="no unit of time"):
        Period(3, "moons")


def test_a_trigger_in_an_unknown_year_does_not_matter():
    found = _counted(_calendar(CalendarYear(2025)), 30, date(2024, 12, 15))
    assert (found.due, found.lacks) == (date(2025, 1, 14), ())


def test_backward_candidates_need_both_tables():
    days = OpenDays(_calendar(CalendarYear(2024, (Holiday(date(2024, 1, 1), "New Year"),))))
    found = count(
        date(2024, 1, 3),
        Period(2, "days"),
        Method("short_period_working_days", 10),
        direction="before",
        roll="with_direction",
        days=days,
        roll_stated=False,
    )
    assert found.due is None
    assert found.lacks == ("calendar county has no table for 2023",)
    other = count(
        date(2024, 1, 1),
        Period(1, "days"),
        Method("short_period_working_days", 10),
        direction="before",
        roll="with_direction",
        days=OpenDays(_calendar(CalendarYear(2023))),
        roll_stated=False,
    )  # Sunday 31 December: back to Friday the 29th, on into a year without a table
    assert other.due is None
    assert other.lacks == ("calendar county has no table for 2024",)


def test_forward_only_days_are_open_when_a_period_runs_before_an_event():
    state_day = Holiday(date(2024, 4, 19), "a day of one state", forward_only=True)
    calendar = _calendar(CalendarYear(2024, (state_day,)))
    assert _counted(calendar, 14, date(2024, 4, 5)).due == date(2024, 4, 22)
    assert _counted(calendar, 14, date(2024, 5, 3), direction="before").due == date(2024, 4, 19)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"method": "fortnights", "period": "2 days"}, "no counting method"),
        ({"method": "10 days", "period": "2 days"}, "no counting method"),
        ({"method": "short_period_working_days", "period": "2 days"}, "max=10"),
        ({"method": "calendar_roll(max=3)", "period": "2 days"}, "no number in brackets"),
        ({"method": "calendar_roll"}, "needs a period"),
        ({"method": "calendar_roll", "period": "soon"}, "no period"),
        ({"method": "calendar_roll", "period": "0 days"}, "cannot be counted"),
        ({"method": "calendar_roll", "period": "900000 days"}, "century"),
        ({"method": "calendar_roll", "period": "3 business days"}, "not working days"),
        ({"method": "calendar_roll", "period": "3 business weeks"}, "no period"),
        ({"method": "anniversary_years", "period": "3 days"}, "counts years"),
        ({"method": "hours", "period": "48 hours"}, "counted from a time"),
        ({"method": "calendar_before", "period": "3 days", "direction": "after"}, "counts back"),
        ({"method": "event_fixed", "period": "3 days"}, "takes no period"),
        ({"method": "undated", "roll": "forward"}, "does not roll"),
        ({"method": "calendar_roll", "period": "3 days", "direction": "up"}, "no direction"),
        ({"method": "calendar_roll", "period": "3 days", "roll": "over"}, "no roll"),
        ({"method": "calendar_roll", "period": "3 days", "weekend": ["caturday"]}, "no weekday"),
        (
            {
                "method": "calendar_roll",
                "period": "3 days",
                "weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
            },
            "no open day",
        ),
        ({"method": "calendar_roll", "period": "3 days", "holidays": ["19 Feb"]}, "no holiday"),
        (
            {"method": "calendar_roll", "period": "3 days", "trigger": "2024-13-01"},
            "no day to count",
        ),
        ({"method": "calendar_roll", "period": "3 days", "trigger": "March"}, "no day to count"),
        (
            {"method": "calendar_roll", "period": "3 days", "trigger": "9999-12-30"},
            "outside the years",
        ),
        (
            {"method": "calendar_roll", "period": "90 years", "trigger": "9999-12-30"},
            "outside the years",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(asked, words):
    asked = {"trigger": "2024-03-06", "holidays": [], **asked}
    with pytest.raises(Refused, match=words):
        by_hand(**asked)


def test_calendar_and_holidays_together_are_refused():
    with pytest.raises(Refused, match="not both"):
        by_hand(
            method="calendar_roll", period="3 days", trigger="2024-03-06", calendar="x", holidays=[]
        )
