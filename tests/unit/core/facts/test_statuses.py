"""What stood of a defendant's status: rows, what ends them, and the parties' column."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from fullfile.core.facts.rows import read_facts
from fullfile.core.facts.statuses import end_of, read_statuses, sort_of
from fullfile.core.ids import DAY_MS, parse_when
from tests.spec.loader import entries_of
from tests.spec.reading import Import

ZONE = ZoneInfo("America/Denver")
CASES = "case_number,jurisdiction\nD-1,us-nm"
STATUS = """case_number,defendant,status,from,until
D-1,Ada Roe,in_custody,2024-02-01,
D-1,Ada Roe,at_liberty,2024-02-10,2024-02-12
D-1,Ada Roe,absent,2024-02-05,"""


def moment(day):
    return parse_when(day).on_clock(ZONE).last


def statuses(*imports):
    return read_statuses(read_facts(entries_of(imports), ZONE))


@pytest.mark.parametrize(
    ("status", "day", "stands"),
    [
        ("in_custody", "2024-01-31", None),
        ("in_custody", "2024-02-01", "in_custody"),
        ("at_liberty", "2024-02-09", "in_custody"),
        ("in_custody", "2024-02-10", "at_liberty"),
        ("in_custody", "2024-02-12", "at_liberty"),
        ("in_custody", "2024-02-13", ""),
        ("absent", "2024-02-20", "absent"),
        ("juvenile", "2024-02-20", None),
    ],
)
def test_the_last_row_of_the_sort_stands_until_its_end(status, day, stands):
    found = statuses(Import("court", "2024-03-01T12:00:00Z", {"cases": CASES, "status": STATUS}))
    one = found.at("d-1", "ada roe", status, moment(day))
    assert (one and one.status) == stands


def test_the_parties_column_counts_from_its_recording_and_a_later_export_takes_nothing_back():
    def export(day, word):
        rows = f"case_number,name,role,in_custody\nD-1,Ada Roe,defendant,{word}\nD-1,Det. Marsh,officer,"
        return Import("jail", f"{day}T12:00:00Z", {"cases": CASES, "parties": rows})

    found = statuses(export("2024-02-01", "yes"), export("2024-03-01", "no"))
    asked = [found.at("d-1", "ada roe", "in_custody", moment(day)) for day in
             ("2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01")]  # fmt: skip
    assert [one and one.status for one in asked] == [None, "in_custody", "in_custody", "at_liberty"]


def test_in_custody_and_at_liberty_are_of_one_sort():
    assert sort_of("at_liberty") == sort_of("in_custody") == "in_custody"
    assert sort_of("absent") == "absent"


def test_a_day_that_is_not_over_counts_as_it_stands():
    assert end_of(10, 11 * DAY_MS + 5) == 11 * DAY_MS - 1
    assert end_of(10, 10 * DAY_MS + 5) == 10 * DAY_MS + 5
