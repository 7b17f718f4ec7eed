"""Names, accounts and due dates as a person reads them in a sentence of the match."""

from __future__ import annotations

from fullfile.core.facts.accounts import Fact
from fullfile.core.facts.dates import date_words, join
from fullfile.core.facts.rows import ItemKey
from fullfile.core.ids import days_between
from fullfile.core.matching.dues import Due
from fullfile.core.matching.world import World
from fullfile.core.said import joined, say

__all__ = [
    "accounts_clause",
    "agency_name",
    "case_title",
    "days_held",
    "due_words",
    "item_name",
    "receipt_kind",
]


def days_held(held: Fact | None, on: int) -> int | None:
    """Whole days since it was taken in; None where that is not on record, or was not yet."""
    return None if held is None or held.moment > on else days_between(held.moment, on)


def due_words(due: Due) -> str:
    """By what a date is due: `by law (Rule 5-501(A) NMRA)` or `by the office's target`."""
    if due.basis == "law":
        source = joined((due.words or due.cite or "", due.passed), "; ")
        return say("by law ({source})", source=source) if source else say("by law")
    return joined((say("by the office's target"), due.words, due.passed), ", ")


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
    others = [
        say("{day} ({source})", day=date_words(one.said, one.moment), source=one.source)
        for one in fact.others
    ]
    return say("Another account of {what}: {others}.", what=what, others=join(others))


def receipt_kind(world: World, receipt: Fact | None) -> str | None:
    """`signed` where counsel signed it here, else `claimed`: a row of the State says that there is one."""
    if receipt is None:
        return None
    entries = (receipt.entry, *(other.entry for other in receipt.others))
    rows = [world.facts.by_entry[entry] for entry in entries if entry in world.facts.by_entry]
    return "signed" if any("signed" in row.data for row in rows) else "claimed"
