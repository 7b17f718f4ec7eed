"""Keys, and dates that may be partial."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.ids import (
    DAY_MS,
    Bounds,
    day_of,
    day_text,
    days_between,
    end_of_day,
    instant_text,
    key,
    midnight,
    parse_when,
    utc_ms,
    wall_ms,
    wall_text,
)

DENVER = ZoneInfo("America/Denver")


def day(text):
    return midnight(date.fromisoformat(text))


def test_numbers_compare_after_trimming_and_case_folding_only():
    assert key(" Sfso-001 ") == key("SFSO-001")
    assert key("STRASSE") == key("straße")
    assert key("24-001") != key("24001")
    assert key("24-0001") != key("24-001")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-03-06", day("2024-03-06"), day("2024-03-07") - 1),
        (" 2024-03-06 ", day("2024-03-06"), day("2024-03-07") - 1),
        ("2024-02", day("2024-02-01"), day("2024-03-01") - 1),
        ("2024-12", day("2024-12-01"), day("2025-01-01") - 1),
        ("2024", day("2024-01-01"), day("2025-01-01") - 1),
        ("before 2024-07-09", day("2024-07-09") - 1, day("2024-07-09") - 1),
        ("BEFORE  2024-07", day("2024-07-01") - 1, day("2024-07-01") - 1),
        ("2024-02/2024-03-06", day("2024-02-01"), day("2024-03-07") - 1),
        ("2024-02-01/2024-02-01", day("2024-02-01"), day("2024-02-02") - 1),
        ("2024-03-06T09:30", day("2024-03-06") + 34_200_000, day("2024-03-06") + 34_200_000),
        ("2024-03-06 09:30:15", day("2024-03-06") + 34_215_000, day("2024-03-06") + 34_215_000),
        ("1949-12-31", day("1949-12-31"), day("1950-01-01") - 1),
    ],
)
def test_a_date_has_a_first_and_a_last_moment(text, first, last):
    when = parse_when(text)
    assert (when.first, when.last, when.zoned) == (first, last, False)
    assert when.on_clock(DENVER) == Bounds(first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "2024-13", "2024-02-30", "24-03-06", "2024-3-6", "06.03.2024"),
        *("2024-03-06T", "2024-03-06T25:00", "before", "before noon", "2024-03/2024-02", "/2024"),
        *("2024-03-06/2024-03-07T09:30-07:00", "2024-03-06x09:30", "2024-03-06T09:3"),
    ],
)
def test_what_is_no_date_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError, match="is no date: expected 2024-03-06"):
        parse_when(text)


def test_a_time_with_an_offset_is_one_moment_on_every_clock():
    when = parse_when("2024-07-10T23:59-06:00")
    assert when.zoned
    assert not when.whole_day
    assert when.on_clock(DENVER).first == day("2024-07-10") + DAY_MS - 60_000
    assert when.on_clock(ZoneInfo("America/New_York")).first == day("2024-07-11") + 7_140_000
    assert parse_when("2024-07-11T05:59Z").on_clock(DENVER) == when.on_clock(DENVER)


def test_two_moments_with_offsets_are_a_span():
    when = parse_when("2024-07-10T22:00-06:00/2024-07-10T23:00-06:00")
    assert when.zoned
    assert when.last - when.first == 3_600_000


def test_before_a_moment_is_the_moment_before():
    when = parse_when("before 2024-07-10T22:00-06:00")
    assert when.zoned
    assert when.first == when.last == parse_when("2024-07-10T22:00-06:00").first - 1


def test_days():
    assert day_of(day("2024-02-29") + 5) == date(2024, 2, 29)
    assert day_text(day("1969-12-31")) == "1969-12-31"
    assert end_of_day(day("2024-02-29") + 5) == day("2024-03-01") - 1
    assert end_of_day(day("1969-12-31")) == -1
    assert days_between(day("2024-03-06") + DAY_MS - 1, day("2024-07-10")) == 126


def test_instants():
    moment = utc_ms(datetime(2024, 7, 10, 5, 59, 59, 129_000, tzinfo=UTC))
    assert instant_text(moment) == "2024-07-10T05:59:59.12Z"
    assert wall_text(wall_ms(moment, DENVER), DENVER) == "2024-07-09T23:59:59-06:00"
    assert wall_text(day("2024-01-09"), DENVER) == "2024-01-09T00:00:00-07:00"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_is_read_as_it_is_written(one):
    when = parse_when(one.isoformat())
    assert when.text == one.isoformat()
    assert when.whole_day
    assert day_text(when.first) == day_text(when.last) == one.isoformat()
    assert end_of_day(when.first) == when.last


@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)),
)
def test_a_span_reaches_from_the_first_to_the_last(one, two):
    first, last = sorted((one, two))
    when = parse_when(f"{first}/{last}")
    assert (day_text(when.first), day_text(when.last)) == (str(first), str(last))
