"""Dates as exports write them."""

from __future__ import annotations

import pytest

from fullfile.engines.importers.dates import compile_date, read_date

US = "%m/%d/%Y %I:%M:%S %p"


@pytest.mark.parametrize(
    ("form", "said", "iso"),
    [
        (US, "6/15/2016 11:31:00 PM", "2016-06-15T23:31:00"),
        (US, "10/11/2017 12:30:00 PM", "2017-10-11T12:30:00"),
        (US, "1/2/2018 12:05:09 am", "2018-01-02T00:05:09"),
        ("%Y.%m.%d", "2017.12.08", "2017-12-08"),
        ("%d.%m.%Y %H:%M", "8.12.2017  09:30", "2017-12-08T09:30:00"),
        ("%m/%d/%y", "1/2/24", "2024-01-02"),
        ("%m/%d/%y", "1/2/70", "1970-01-02"),
        ("%d-%b-%Y", "08-Sept-2017", "2017-09-08"),
        ("%B %d, %Y", "March 6, 2024", "2024-03-06"),
        ("%m/%Y", "3/2024", "2024-03"),
        ("%Y", "2024", "2024"),
        ("%Y%m%d", "20240306", "2024-03-06"),
    ],
)
def test_formats(form, said, iso):
    assert read_date(said, (compile_date(form),)) == iso


def test_the_first_format_that_fits_counts_and_none_is_none():
    formats = (compile_date("%d.%m.%Y"), compile_date("%Y.%m.%d"))
    assert read_date("2017.12.08", formats) == "2017-12-08"
    assert read_date("soon", formats) is None


def test_midnight_may_mean_that_no_time_was_said():
    one = (compile_date(US),)
    assert read_date("1/2/2018 12:00:00 AM", one) == "2018-01-02T00:00:00"
    assert read_date("1/2/2018 12:00:00 AM", one, midnight_is_day=True) == "2018-01-02"


@pytest.mark.parametrize(
    "said", ["13/1/2024 1:00:00 PM", "2/30/2024 1:00:00 PM", "1/2/2024 13:00:00 PM"]
)
def test_a_day_that_is_none_is_an_error(said):
    with pytest.raises(ValueError, match=r"."):
        read_date(said, (compile_date(US),))


def test_a_month_that_is_none_is_an_error():
    with pytest.raises(ValueError, match="no such month"):
        read_date("08-Foo-2017", (compile_date("%d-%b-%Y"),))


@pytest.mark.parametrize("form", ["%Q", "%Y %Y", "%d", "%Y %d", "%Y-%m-%d %I:%M", "100%"])
def test_formats_that_are_refused(form):
    with pytest.raises(ValueError, match=r"."):
        compile_date(form)
