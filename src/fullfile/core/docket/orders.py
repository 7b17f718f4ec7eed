"""What the court ordered about disclosure, and what waits for its ruling.

Sections 5.2 and 7.4 of `docs/explanation/the-match.md`.
"""

from __future__ import annotations

import re

from fullfile.core.facts.rows import Row
from fullfile.core.ids import key
from fullfile.core.rules.counting import Period

__all__ = [
    "DECISIONS",
    "is_about_disclosure",
    "is_about_protection",
    "period_in",
    "period_of",
    "sets_date",
    "speaks_of_disclosure",
    "speaks_of_protection",
]

DECISIONS = frozenset({"order", "ruling"})
"""Docket events that decide a motion."""

_PERIOD = re.compile(
    r"\b(\d{1,3})[\s-]*((?:business|working|court)\s+)?(day|week|month)s?\b", re.IGNORECASE
)


def speaks_of_disclosure(topic: str) -> bool:
    """Whether what an order relates to is disclosure: nothing said, or it is named."""
    return not topic or "discl" in topic or "discov" in topic


def speaks_of_protection(words: str) -> bool:
    """Whether words, in the form in which they compare, name protection or withholding."""
    return "protect" in words or "withh" in words


def is_about_disclosure(row: Row) -> bool:
    """Whether an order is about disclosure."""
    return speaks_of_disclosure(key(row.text("relates_to")))


def is_about_protection(row: Row) -> bool:
    """Whether a row names protection or withholding, in `relates_to` or `detail`."""
    return any(speaks_of_protection(key(row.text(column))) for column in ("relates_to", "detail"))


def sets_date(row: Row, on: int) -> bool:
    """Whether a row is an order on disclosure with a date of its own, made by a moment."""
    return (
        row.data["event"] == "order"
        and bool(row.data.get("due_on"))
        and row.last is not None
        and row.last <= on
        and is_about_disclosure(row)
    )


def period_of(row: Row) -> Period | None:
    """The period that an order on disclosure sets in the place of the rule's, without a date."""
    if row.data["event"] != "order" or row.data.get("due_on") or not is_about_disclosure(row):
        return None
    return period_in(row.text("detail"))


def period_in(words: str) -> Period | None:
    """The one period that words name ("within 14 days"); None: none, or several."""
    found = {
        (int(number), "working days" if working else f"{unit.casefold()}s")
        for number, working, unit in _PERIOD.findall(words)
    }
    if len(found) != 1:
        return None
    number, unit = found.pop()
    return Period(number, unit) if number > 0 else None
