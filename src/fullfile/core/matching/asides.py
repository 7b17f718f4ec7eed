"""What a sentence must name beside the state: accounts, corrections, late recordings, wishes, views.

"Accounts" of the contract, section 2: the sentence names the other account, a
correction, a receipt that is only claimed, and a fact recorded more than 14 days
after it happened in a live office. A source's first import of a table is the
taking over of old exports, not a live office; whatever comes after it is, and so
is all that the office records itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from fullfile.core.entries.rows import DISCOVERY_REQUEST
from fullfile.core.facts.accounts import Fact
from fullfile.core.facts.dates import date_words, day_words, days, join
from fullfile.core.facts.rows import Row
from fullfile.core.ids import days_between
from fullfile.core.matching.dues import ENDED_BY_DISCLOSURE
from fullfile.core.matching.line import State
from fullfile.core.matching.unit import Unit
from fullfile.core.matching.words import accounts_clause, case_title, receipt_kind
from fullfile.core.matching.world import World

__all__ = ["asides", "corrections", "recorded_late", "views"]

_FINDINGS = {"no_evidentiary_value": "of no evidentiary value"}
_LATE = 14
"""A fact recorded more than this many days after it happened, in a live office, is named."""


def asides(world: World, unit: Unit) -> list[str]:
    """What else a reader of a line must know, sentence by sentence."""
    found = [
        *_accounts(world, unit),
        *_wishes(unit),
        *_given(unit),
        *_carried(world, unit),
        *(_view(row) for row in views(world, unit)),
        *_ended(unit),
        *_unsaid(unit),
        *recorded_late(world, unit),
        *(f"{words[0].upper()}{words[1:]}." for words in corrections(world, unit)),
        *_item_itself(world, unit),
    ]
    return [sentence for sentence in found if sentence]


def _accounts(world: World, unit: Unit) -> Iterator[str]:
    for fact, what in (
        (unit.held, "when it was taken in"),
        (unit.filed.fact if unit.is_filed else None, "the filing"),
        (unit.shown, "the disclosure"),
        (unit.receipt, "the receipt"),
    ):
        yield accounts_clause(fact, what)
    if unit.due.basis and unit.defendant is not None:
        trigger = world.dues.clock(unit.case, unit.defendant, unit.on).trigger
        if trigger is not None:
            row = world.facts.by_entry[trigger.entry]
            event = row.text("event") if row.table == "docket" else DISCOVERY_REQUEST
            yield accounts_clause(trigger, f"the {event.replace('_', ' ')}")
    if unit.receipt is not None and unit.state is not State.FULL:
        said = date_words(unit.receipt.said, unit.receipt.moment)
        if receipt_kind(world, unit.receipt) == "signed":
            yield f"Receipt signed {said} by {world.facts.by_entry[unit.receipt.entry].text('acknowledged_by')}."
        else:
            yield f"Receipt claimed {said}: the State's own row says so."


def _wishes(unit: Unit) -> Iterator[str]:
    if unit.aside is not None and not unit.aside.counts:
        row = unit.aside.row
        yield (
            f"{row.text('filed_by') or 'Somebody'} wished to set it aside for this case "
            f"(“{row.text('reason')}”); it does not count: {unit.aside.why_not}."
        )


def _given(unit: Unit) -> Iterator[str]:
    """What was withheld until it was disclosed, where that moved the date: without the ground, which may be sealed."""
    given = [row for row, _ in unit.withheld.given]
    if given and unit.due.words == ENDED_BY_DISCLOSURE:
        first = min(given, key=lambda row: (row.last or 0, row.entry))
        yield (
            f"It was withheld since {date_words(first.text('withheld_at'), first.last or 0)}, and the disclosure "
            "ended that: the office's target counts from its day."
        )


def _carried(world: World, unit: Unit) -> Iterator[str]:
    if unit.is_filed and unit.filed.in_case != unit.case.key:
        number = case_title(world, unit.filed.in_case)
        yield f"It was filed in {number}, which this case carries on."
    made_in = {row.case for row in _shown(unit)}
    if made_in and unit.case.key not in made_in:
        number = case_title(world, next(iter(made_in)) or "")
        yield f"It was disclosed in {number}, which this case carries on."


def _shown(unit: Unit) -> list[Row]:
    return [row for row in unit.disclosed.rows if unit.shown and row.entry == unit.shown.entry]


def views(world: World, unit: Unit) -> list[Row]:
    """The views of the item in the case by the moment asked for."""
    return [
        row
        for row in world.facts.of_item("determinations", unit.item)
        if row.case == unit.case.key and row.last is not None and row.last <= unit.on
    ]


def _view(row: Row) -> str:
    finding = _FINDINGS.get(row.text("finding"), row.text("finding"))
    second = row.text("verified_by")
    other = row.data.get("second_reading")
    if other and not second:
        thinks = _FINDINGS.get(other["finding"], other["finding"])
        verified = f"; read a second time by {other['by']}, who thinks it {thinks}: both stand"
    elif not second:
        verified = "; no second person has read it"
    elif second == row.text("by"):
        verified = "; nobody but the same person has read it"
    else:
        verified = f"; read a second time by {second}"
    return (
        f"{row.text('by')} thinks it {finding} ({date_words(row.text('made_at'), row.last or 0)}): "
        f"“{row.text('reason')}”{verified}. A view changes no line."
    )


def _ended(unit: Unit) -> Iterator[str]:
    if unit.end is not None and not unit.after_conviction:
        who = unit.defendant.name if unit.defendant else "everybody"
        yield (
            f"The case ended for {who} on {day_words(unit.end.ended)} "
            f"({unit.end.event.replace('_', ' ')}); the line keeps the state of that day."
        )


def _unsaid(unit: Unit) -> Iterator[str]:
    shown = _shown(unit)
    if shown and not shown[0].data.get("extent"):
        yield "The export does not say how much was disclosed; it counts as whole."
    if unit.is_filed and unit.filed.row is not None and not unit.filed.row.data.get("filed_at"):
        yield "The export does not say when it was filed; the day of import counts."


def recorded_late(world: World, unit: Unit) -> Iterator[str]:
    """Facts that a live office recorded more than 14 days after they happened."""
    for row, column, what in _facts_of(world, unit):
        first = _first_saying(world, row, column)
        bounds = first.bounds(column)
        if bounds is None or not world.facts.is_live(first):
            continue
        count = days_between(bounds.last, first.recorded)
        if count > _LATE:
            yield (
                f"{what[0].upper()}{what[1:]} of {date_words(first.text(column), bounds.first)} was recorded "
                f"{days(count)} later, on {day_words(first.recorded)}."
            )


def _facts_of(world: World, unit: Unit) -> Iterator[tuple[Row, str, str]]:
    """The rows that a line rests on, each with the column of its date and what it says."""
    if unit.held is not None:
        row = world.facts.by_entry[unit.held.entry]
        column = "occurred_at" if row.table == "custody" else _column_said(row, unit.held)
        yield row, column, "the booking" if column == "booked_at" else "the taking in"
    if unit.is_filed and unit.filed.row is not None:
        yield unit.filed.row, "filed_at", "the filing"
    if unit.shown is not None:
        yield world.facts.by_entry[unit.shown.entry], "disclosed_at", "the disclosure"
    if unit.receipt is not None:
        yield world.facts.by_entry[unit.receipt.entry], "acknowledged_at", "the receipt"
    kept_back = unit.withheld
    rows = [row for row, _ in (*kept_back.good, *kept_back.bad, *kept_back.given)]
    for row in {row.entry: row for row in rows}.values():
        yield row, "withheld_at", "the withholding"
    if unit.aside is not None:
        yield unit.aside.row, "confirmed_at", "the confirmation that sets it aside"
    for event in unit.custody_events:
        if not event.by_status:
            yield (
                event.row,
                "occurred_at",
                f"the entry “{event.row.text('event').replace('_', ' ')}”",
            )


def _column_said(row: Row, fact: Fact) -> str:
    return "booked_at" if row.text("booked_at") == fact.said else "collected_at"


def _first_saying(world: World, row: Row, column: str) -> Row:
    """The first of a row and those it corrects that gave the same date: when it was learned."""
    while row.entry in world.facts.corrects:
        older = world.facts.superseded.get(world.facts.corrects[row.entry])
        if older is None or older.text(column) != row.text(column):
            break
        row = older
    return row


def corrections(world: World, unit: Unit) -> list[str]:
    """What of this line was corrected, in words."""
    corrects = world.facts.corrects
    words: list[str] = []
    if not corrects:
        return words
    for table, named in (
        ("items", "the list"),
        ("custody", "the custody"),
        ("filings", "the filing"),
        ("withholdings", "the withholding"),
        ("disclosures", "the disclosure"),
    ):
        words += [
            f"{named} was corrected: entry {row.entry} ({day_words(row.recorded)}) in the place of "
            f"entry {corrects[row.entry]}"
            for row in world.facts.of_item(table, unit.item)
            if row.entry in corrects
            and row.case in (None, unit.case.key)
            and not _only_received(world, row)
        ]
    return words


def _only_received(world: World, row: Row) -> bool:
    """Whether a row of a production only adds the receipt to the one before: no fact was corrected."""
    older = world.facts.superseded.get(world.facts.corrects[row.entry])
    if row.table != "disclosures" or older is None or older.source or row.source:
        return False
    receipt = {"acknowledged_at", "acknowledged_by", "signed"}
    return all(
        row.data.get(name) == older.data.get(name) for name in {*row.data, *older.data} - receipt
    )


def _item_itself(world: World, unit: Unit) -> Iterator[str]:
    rows = world.facts.of_item("items", unit.item)
    if any(entry in world.facts.corrections for entry in unit.ground.entries):
        yield "What joins it to the case was corrected since; nothing takes an item off a case again."
    names = [f"{one['agency']} {one['tag']}" for row in rows for one in row.data.get("same_as", ())]
    if names:
        yield f"The list says that it is the same as {join(names)}; nobody has confirmed it."
    erased = [row.erased for row in rows if row.erased]
    if erased:
        yield f"Its words were erased by order: {erased[0]}."
