"""What an order says: the one period it names, and what it is about."""

from __future__ import annotations

import pytest

from fullfile.core.docket.orders import period_in, speaks_of_disclosure, speaks_of_protection
from fullfile.core.rules import Period


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("The State discloses within 14 days.", Period(14, "days")),
        ("a 14-day limit; 14 days from today", Period(14, "days")),
        ("3 business days", Period(3, "working days")),
        ("2 WEEKS", Period(2, "weeks")),
        ("1 month", Period(1, "months")),
        ("within 7 days, or 10 days if in custody", None),
        ("by May 3", None),
        ("0 days", None),
        ("in 48 hours", None),
        ("", None),
    ],
)
def test_the_one_period_that_words_name(words, period):
    assert period_in(words) == period


@pytest.mark.parametrize(
    ("topic", "about"),
    [("", True), ("disclosure", True), ("further discovery", True), ("witness list", False)],
)
def test_about_disclosure(topic, about):
    assert speaks_of_disclosure(topic) is about


@pytest.mark.parametrize(
    ("words", "about"),
    [("protective order", True), ("what is withheld", True), ("bail", False), ("", False)],
)
def test_about_protection(words, about):
    assert speaks_of_protection(words) is about
