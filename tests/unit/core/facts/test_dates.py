"""Dates in sentences."""

from __future__ import annotations

import pytest

from fullfile.core.facts.dates import date_words, day_words, days, join, when_words
from fullfile.core.ids import parse_when


@pytest.mark.parametrize(
    ("said", "words", "with_preposition"),
    [
        ("2024-03-06", "March 6, 2024", "on March 6, 2024"),
        ("2024-03", "March 2024", "in March 2024"),
        ("2024", "2024", "in 2024"),
        ("before 2024-07-09", "before July 9, 2024", "before July 9, 2024"),
        (
            "2024-02/2024-03-06",
            "between February 2024 and March 6, 2024",
            "between February 2024 and March 6, 2024",
        ),
        ("2024-03-06T09:30:00", "March 6, 2024", "on March 6, 2024"),
    ],
)
def test_a_partial_date_keeps_its_precision(said, words, with_preposition):
    assert date_words(said, 0) == words
    assert when_words(said, 0) == with_preposition


def test_nothing_said_is_the_moment():
    moment = parse_when("2024-03-06").first
    assert day_words(moment) == date_words("", moment) == "March 6, 2024"
    assert when_words("", moment) == "on March 6, 2024"


def test_a_moment_of_the_world_is_a_day_on_the_clock_of_the_fact():
    moment = parse_when("2024-03-06T23:30:00").first
    assert date_words("2024-03-07T06:30:00+00:00", moment) == "March 6, 2024"


def test_numbers_and_lists():
    assert (days(1), days(0), days(1262)) == ("1 day", "0 days", "1,262 days")
    assert join(["a"]) == "a"
    assert join(["a", "b"]) == "a and b"
    assert join(["a", "b", "c"]) == "a, b and c"
