"""From cells to the data of an entry: what is read, what is refused, what is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fullfile.core.entries import get_table
from fullfile.core.ids import parse_when
from fullfile.engines.importers import RowProblem, Shape

NOW = 1_800_000_000_000  # 2027-01-15


def shaped(table, **cells):
    shape = Shape(get_table(table), list(cells), now_ms=NOW)
    found = shape(2, list(cells.values()))
    return found, shape.notices


ITEM = {"agency": "North", "tag": "A-1", "description": "A knife", "booked_at": "2024-03-06"}


def test_text_is_trimmed_and_nfc_and_empty_is_left_out():
    (data, more), _ = shaped(
        "items", **ITEM | {"notes": "  e\u0301 ", "category": "   ", "bin": " 7 ", "x": ""}
    )
    assert data == ITEM | {"notes": "é"}
    assert more == {"bin": "7"}


def test_words_lists_and_yes_or_no():
    (data, _), _ = shaped(
        "items",
        **ITEM,
        kind="Test Result",
        status="Checked-Out",
        sealed="Sí",
        same_as="South: B-1 ;East:C:2",
        persons="Ann Poe|owner; Bo Roe",
    )
    assert data["kind"] == "test_result"
    assert data["status"] == "checked_out"
    assert data["sealed"] is True
    assert data["same_as"] == [{"agency": "South", "tag": "B-1"}, {"agency": "East", "tag": "C:2"}]
    assert data["persons"] == [{"name": "Ann Poe", "role": "owner"}, {"name": "Bo Roe"}]


def test_lists_of_a_case():
    (data, _), _ = shaped(
        "cases",
        case_number="D-1",
        jurisdiction="us-nm",
        report_numbers="North:24-1;South: 9",
        related_cases="D-2|Co-Defendant",
        agencies="North; South;",
    )
    assert data["report_numbers"] == [
        {"agency": "North", "number": "24-1"},
        {"agency": "South", "number": "9"},
    ]
    assert data["related_cases"] == [{"case": "D-2", "kind": "co_defendant"}]
    assert data["agencies"] == ["North", "South"]


@pytest.mark.parametrize(
    ("cells", "column", "code", "sentence"),
    [
        ({"tag": " "}, "tag", "required", "tag is empty"),
        ({"booked_at": ""}, "collected_at", "required", "one of collected_at, booked_at"),
        ({"booked_at": "03/06/2024"}, "booked_at", "unreadable", "“03/06/2024” is no date"),
        ({"booked_at": "2024-02-30"}, "booked_at", "unreadable", "is no date"),
        ({"booked_at": "10:30"}, "booked_at", "unreadable", "is no date"),
        ({"status": "misplaced"}, "status", "not_in_list", "expected held, checked_out"),
        ({"sealed": "maybe"}, "sealed", "unreadable", "neither yes nor no"),
        ({"same_as": "B-1"}, "same_as", "unreadable", "expected AGENCY:TAG"),
        ({"persons": "|owner"}, "persons", "unreadable", "names no person"),
    ],
)
def test_what_refuses_a_row(cells, column, code, sentence):
    problems, _ = shaped("items", **ITEM | cells)
    assert [(problem.row, problem.column, problem.code) for problem in problems] == [
        (2, column, code)
    ]
    assert sentence in problems[0].text


def test_every_problem_of_a_row_is_said():
    problems, _ = shaped("items", **ITEM | {"tag": "", "booked_at": "soon", "status": "odd"})
    assert [problem.column for problem in problems] == ["booked_at", "status", "tag"]


def test_a_related_case_needs_a_known_kind():
    problems, _ = shaped("cases", case_number="D-1", jurisdiction="us-nm", related_cases="D-2")
    assert "expected NUMBER|kind" in problems[0].text


def test_more_cells_than_columns_refuse_and_fewer_are_empty():
    shape = Shape(get_table("items"), list(ITEM), now_ms=NOW)
    (problem,) = shape(2, [*ITEM.values(), "", "rest"])
    assert problem == RowProblem(2, "", "cells", problem.text)
    assert "6 cells where the header has 4" in problem.text
    assert shape(3, [*ITEM.values(), "", ""]) == (ITEM, {})
    shape = Shape(get_table("items"), [*ITEM, "notes"], now_ms=NOW)
    assert shape(2, list(ITEM.values())) == (ITEM, {})


@pytest.mark.parametrize(
    ("cells", "code", "sentence"),
    [
        ({"booked_at": "2029-01-01"}, "future", "lies in the future"),
        ({"booked_at": "1949-12-31"}, "early", "before 1950"),
        (
            {"booked_at": "2024-03-06", "collected_at": "2024-03-07"},
            "order",
            "booked before it was collected",
        ),
    ],
)
def test_what_is_noticed_is_kept(cells, code, sentence):
    (data, _), notices = shaped("items", **ITEM | cells)
    assert data["booked_at"] == cells["booked_at"]
    assert [notice.code for notice in notices] == [code]
    assert sentence in notices[0].text


def test_every_odd_date_is_noticed_whatever_was_read_before():
    shape = Shape(get_table("items"), list(ITEM), now_ms=NOW)
    for number, moment in enumerate(
        ("1949-01-01", "1949-01-01T10:00", "1949-01-01 10:01", "2030-01-01T09:00"), 2
    ):
        shape(number, ["N", str(number), "x", moment])
    assert [notice.row for notice in shape.notices] == [2, 3, 4, 5]


def test_an_order_within_one_day_is_noticed_only_where_times_are_said():
    for later, earlier, count in (
        ("2024-03-06T09:00", "2024-03-06T10:00", 1),
        ("2024-03-06", "2024-03-06T10:00", 0),
        ("2024-03-06T09:00", "2024-03-06", 0),
        ("2024-03", "2024-03-06", 0),
    ):
        _, notices = shaped("items", **ITEM | {"booked_at": later, "collected_at": earlier})
        assert len(notices) == count, (later, earlier)


def test_a_row_larger_than_an_entry_is_refused():
    shape = Shape(get_table("items"), [*ITEM, "notes", "extra"], now_ms=NOW)
    (problem,) = shape(2, [*ITEM.values(), "x" * 600_000, "y" * 600_000], wide=True)
    assert problem.code == "too_large"


moments = st.datetimes().map(lambda moment: moment.isoformat(timespec="minutes"))


@given(st.lists(moments, min_size=1, max_size=20))
def test_dates_are_what_parse_when_says(texts):
    shape = Shape(get_table("items"), list(ITEM), now_ms=NOW)
    for said in [text[:10] for text in texts] + texts + [text + ":59" for text in texts]:
        data, _ = shape(2, ["N", "1", "x", f" {said} "])
        assert data["booked_at"] == parse_when(said).text
