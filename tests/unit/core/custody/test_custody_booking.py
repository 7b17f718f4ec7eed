"""What a booking asks, and how tags are written."""

from __future__ import annotations

from datetime import date

import pytest

from fullfile.core.custody.booking import (
    Booking,
    booking_rows,
    check_booking,
    class_of,
    read_pattern,
)
from fullfile.core.errors import Refused

DAY = date(2024, 3, 6)


def codes(**said: object) -> set[str]:
    plain = {
        "description": "a thing",
        "quantity": "1",
        "brought_by": "SUB",
        "collected_at": "2024-03-06",
        "report_number": "24-001122",
    }
    return {reason.code for reason in check_booking(Booking(**{**plain, **said}))}  # type: ignore[arg-type]


def test_nothing_is_left_blank() -> None:
    assert codes() == set()
    assert codes(brought_by="", found_where="on the porch") == set()
    assert codes(brought_by="") == {"giver_unsaid"}
    assert codes(brought_by="", not_known=frozenset({"giver"})) == set()
    assert codes(quantity="", uncounted=True) == set()
    assert codes(quantity="") == {"quantity_unsaid"}
    assert codes(report_number="", not_known=frozenset({"report_number"})) == set()
    assert codes(not_known=frozenset({"report_number"})) == {"report_number_both"}


def test_money_and_firearms_are_handled_with_more_care() -> None:
    assert codes(category="Money", counted_by=("A. B", "C. D")) == set()
    assert codes(category="money", counted_by=("A. B", " a. b")) == {"money_counted_by"}
    assert codes(category="money", uncounted=True, quantity="", seal="B-1") == set()
    assert codes(category="money", uncounted=True, quantity="") == {"money_open"}
    assert codes(category="rifle") == {"unloaded_by_unsaid"}
    assert codes(category="rifle", not_known=frozenset({"unloaded_by"})) == set()
    assert [class_of(word) for word in ("narcotics", "Shotgun", "coat")] == ["drugs", "firearm", ""]


def test_rows_say_what_was_said_and_no_more() -> None:
    one = Booking(
        "a coin", quantity="1", found_where="on the porch", not_known=frozenset({"giver"})
    )
    item, custody, more = booking_rows(
        one, agency="A", tag="T-1", booked_by="R. Lane", booked_at="2024-03-06T10:00:00-07:00"
    )
    assert "persons" not in item
    assert item["collected_where"] == "on the porch"
    assert [row["event"] for row in custody] == ["booked"]
    assert more == {"not_known": "giver"}


def test_tags_in_the_office_s_way() -> None:
    pattern = read_pattern("{yy}-{number:6}")
    assert pattern.tag(12, DAY) == "24-000012"
    assert pattern.number("24-000012", DAY) == 12
    assert pattern.number("23-000012", DAY) is None
    assert pattern.number("24-", DAY) is None
    assert pattern.number("24-12x", DAY) is None
    assert pattern.next_number(["24-000012", "24-000009", "A-7"], DAY) == 13
    assert pattern.next_number([], DAY) == 1
    assert pattern.first_free(1, DAY, {"24-000001", "24-000002"}, 5) == 3
    assert pattern.first_free(1, DAY, {"24-000001", "24-000002"}, 2) is None
    assert read_pattern("P{year}{month}.{number}").tag(7, DAY) == "P202403.7"


@pytest.mark.parametrize(
    "text",
    ["", "A", "{number}{number}", "{day}-{number}", "{number", "{number}}", "x" * 61 + "{number}"],
)
def test_a_pattern_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"one \{number\}"):
        read_pattern(text)
