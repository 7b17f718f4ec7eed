"""Dates, names and lists as a person reads them in a sentence of the match."""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.ids import day_of, days_between, parse_when
from fullfile.core.matching.accounts import Fact
from fullfile.core.matching.dues import Due
from fullfile.core.matching.facts import ItemKey
from fullfile.core.matching.world import World

__all__ = [
    "accounts_clause",
    "agency_name",
    "case_title",
    "date_words",
    "day_words",
    "days",
    "days_held",
    "due_words",
    "item_name",
    "join",
]

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_words(ms: int) -> str:
    """A day as words: `March 6, 2024`."""
    day = day_of(ms)
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def date_words(said: str, moment: int) -> str:
    """A date as it was said, in words; a partial one keeps its precision.

    >>> date_words("2024-03", 0), date_words("before 2024-07-09", 0)
    ('March 2024', 'before July 9, 2024')
    """
    if not said:
        return day_words(moment)
    words = said.strip()
    if words.casefold().startswith("before "):
        return "before " + date_words(words[7:], moment)
    if "/" in words:
        first, last = words.split("/", 1)
        return f"between {date_words(first, moment)} and {date_words(last, moment)}"
    if len(words) == 4:
        return words
    if len(words) == 7:
        return f"{_MONTHS[int(words[5:]) - 1]} {words[:4]}"
    return day_words(parse_when(words).first if not parse_when(words).zoned else moment)


def days(number: int) -> str:
    """A number of days: `1 day`, `126 days`."""
    return f"{number:,} day" if number == 1 else f"{number:,} days"


def days_held(held: Fact | None, on: int) -> int | None:
    """Whole days since it was taken in; None where that is not on record, or was not yet."""
    return None if held is None or held.moment > on else days_between(held.moment, on)


def join(parts: Sequence[str]) -> str:
    """Words joined for a sentence: `a, b and c`."""
    return " and ".join(parts) if len(parts) < 3 else ", ".join(parts[:-1]) + " and " + parts[-1]


def due_words(due: Due) -> str:
    """By what a date is due: `by law (Rule 5-501(A) NMRA)` or `by the office's target`."""
    if due.basis == "law":
        source = "; ".join(part for part in (due.words or due.cite, due.passed) if part)
        return f"by law ({source})" if source else "by law"
    return ", ".join(part for part in ("by the office's target", due.words, due.passed) if part)


def item_name(world: World, item: ItemKey) -> tuple[str, str]:
    """The agency and the tag of an item as they were first recorded."""
    for table in _NAMING:
        for row in world.facts.of_item(table, item):
            if row.item == item:
                return row.text("agency"), row.text("tag")
            return row.text("booked_agency") or row.text("agency"), row.text("booked_as")
    return item


_NAMING = (
    "items",
    "custody",
    "filings",
    "disclosures",
    "determinations",
    "withholdings",
    "knowledge",
    "links",
    "mentions",
)


def agency_name(world: World, item: ItemKey) -> str:
    """The agency of an item, as recorded."""
    return item_name(world, item)[0]


def case_title(world: World, case: str) -> str:
    """The case number as recorded."""
    here = world.cases.by_key.get(case)
    return here.number if here else case.upper()


def accounts_clause(fact: Fact | None, what: str) -> str:
    """The other accounts of a fact, named; empty where there are none."""
    if fact is None or not fact.others:
        return ""
    others = join([f"{date_words(one.said, one.moment)} ({one.source})" for one in fact.others])
    return f"Another account of {what}: {others}."
