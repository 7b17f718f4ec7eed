"""What a sentence must name beside the state: accounts, corrections, late recordings, wishes, views.

"Accounts" of the contract, section 2: the sentence names the other account, a
correction, a receipt that is only claimed, and a fact recorded more than 14 days
after it happened in a live office. A source's first import of a table is the
taking over of old exports, not a live office; whatever comes after it is, and so
is all that the office records itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

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
from fullfile.core.said import (
    Joined,
    Pattern,
    Said,
    capital,
    joined,
    pattern,
    said_of,
    say,
    word,
)

__all__ = ["asides", "corrections", "recorded_late", "views", "without_views"]

_FINDINGS = {"no_evidentiary_value": say("of no evidentiary value")}
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
        *(say("{said}.", said=capital(words)) for words in corrections(world, unit)),
        *_item_itself(world, unit),
    ]
    return [sentence for sentence in found if sentence]


def _accounts(world: World, unit: Unit) -> Iterator[str]:
    for fact, what in (
        (unit.held, say("when it was taken in")),
        (unit.filed.fact if unit.is_filed else None, say("the filing")),
        (unit.shown, say("the disclosure")),
        (unit.receipt, say("the receipt")),
    ):
        yield accounts_clause(fact, what)
    if unit.due.basis and unit.defendant is not None:
        trigger = world.dues.clock(unit.case, unit.defendant, unit.on).trigger
        if trigger is not None:
            row = world.facts.by_entry[trigger.entry]
            event = row.text("event") if row.table == "docket" else DISCOVERY_REQUEST
            yield accounts_clause(trigger, say("the {event}", event=word(event.replace("_", " "))))
    if unit.receipt is not None and unit.state is not State.FULL:
        said = date_words(unit.receipt.said, unit.receipt.moment)
        if receipt_kind(world, unit.receipt) == "signed":
            row = world.facts.by_entry[unit.receipt.entry]
            yield say("Receipt signed {day} by {who}.", day=said, who=row.text("acknowledged_by"))
        else:
            yield say("Receipt claimed {day}: the State's own row says so.", day=said)


def _wishes(unit: Unit) -> Iterator[str]:
    if unit.aside is not None and not unit.aside.counts:
        row = unit.aside.row
        yield say(
            "{who} wished to set it aside for this case (“{reason}”); it does not count: {why}.",
            who=row.text("filed_by") or say("Somebody"),
            reason=row.text("reason"),
            why=unit.aside.why_not,
        )


def _given(unit: Unit) -> Iterator[str]:
    """What was withheld until it was disclosed, where that moved the date: without the ground, which may be sealed."""
    given = [row for row, _ in unit.withheld.given]
    if given and unit.due.words == ENDED_BY_DISCLOSURE:
        first = min(given, key=lambda row: (row.last or 0, row.entry))
        yield say(
            "It was withheld since {day}, and the disclosure ended that: the office's target counts from its day.",
            day=date_words(first.text("withheld_at"), first.last or 0),
        )


def _carried(world: World, unit: Unit) -> Iterator[str]:
    if unit.is_filed and unit.filed.in_case != unit.case.key:
        number = case_title(world, unit.filed.in_case)
        yield say("It was filed in {case}, which this case carries on.", case=number)
    made_in = {row.case for row in _shown(unit)}
    if made_in and unit.case.key not in made_in:
        number = case_title(world, next(iter(made_in)) or "")
        yield say("It was disclosed in {case}, which this case carries on.", case=number)


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
    finding = _finding(row.text("finding"))
    second = row.text("verified_by")
    other = row.data.get("second_reading")
    if other and not second:
        verified = say(
            "read a second time by {who}, who thinks it {finding}: both stand",
            who=other["by"],
            finding=_finding(other["finding"]),
        )
    elif not second:
        verified = say("no second person has read it")
    elif second == row.text("by"):
        verified = say("nobody but the same person has read it")
    else:
        verified = say("read a second time by {who}", who=second)
    return say(
        _VIEW,
        by=row.text("by"),
        finding=finding,
        day=date_words(row.text("made_at"), row.last or 0),
        reason=row.text("reason"),
        verified=verified,
    )


_VIEW = pattern("{by} thinks it {finding} ({day}): “{reason}”; {verified}. A view changes no line.")


def _finding(text: str) -> str:
    return _FINDINGS.get(text, word(text))


def without_views(why: str, of: Collection[str] | None = None) -> str:
    """A sentence of a line without what people think of the item.

    Args:
        why: as `why` says it.
        of: whose views are left out; None: everybody's.
    """
    if not isinstance(why, Said):
        return why
    parts = why.parts.parts if isinstance(why.parts, Joined) else (why.parts,)
    kept = [
        part
        for part in parts
        if not (
            isinstance(part, Pattern)
            and part.pattern == _VIEW
            and (of is None or part.values[part.names.index("by")] in of)
        )
    ]
    return why if len(kept) == len(parts) else joined([said_of(part) for part in kept])


def _ended(unit: Unit) -> Iterator[str]:
    if unit.end is not None and not unit.after_conviction:
        yield say(
            "The case ended for {who} on {day} ({event}); the line keeps the state of that day.",
            who=unit.defendant.name if unit.defendant else say("everybody"),
            day=day_words(unit.end.ended),
            event=word(unit.end.event.replace("_", " ")),
        )


def _unsaid(unit: Unit) -> Iterator[str]:
    shown = _shown(unit)
    if shown and not shown[0].data.get("extent"):
        yield say("The export does not say how much was disclosed; it counts as whole.")
    if unit.is_filed and unit.filed.row is not None and not unit.filed.row.data.get("filed_at"):
        yield say("The export does not say when it was filed; the day of import counts.")


def recorded_late(world: World, unit: Unit) -> Iterator[str]:
    """Facts that a live office recorded more than 14 days after they happened."""
    for row, column, what in _facts_of(world, unit):
        first = _first_saying(world, row, column)
        bounds = first.bounds(column)
        if bounds is None or not world.facts.is_live(first):
            continue
        count = days_between(bounds.last, first.recorded)
        if count > _LATE:
            yield say(
                "{what} of {day} was recorded {days} later, on {recorded}.",
                what=capital(what),
                day=date_words(first.text(column), bounds.first),
                days=days(count),
                recorded=day_words(first.recorded),
            )


def _facts_of(world: World, unit: Unit) -> Iterator[tuple[Row, str, str]]:
    """The rows that a line rests on, each with the column of its date and what it says."""
    if unit.held is not None:
        row = world.facts.by_entry[unit.held.entry]
        column = "occurred_at" if row.table == "custody" else _column_said(row, unit.held)
        yield row, column, say("the booking") if column == "booked_at" else say("the taking in")
    if unit.is_filed and unit.filed.row is not None:
        yield unit.filed.row, "filed_at", say("the filing")
    if unit.shown is not None:
        yield world.facts.by_entry[unit.shown.entry], "disclosed_at", say("the disclosure")
    if unit.receipt is not None:
        yield world.facts.by_entry[unit.receipt.entry], "acknowledged_at", say("the receipt")
    kept_back = unit.withheld
    rows = [row for row, _ in (*kept_back.good, *kept_back.bad, *kept_back.given)]
    for row in {row.entry: row for row in rows}.values():
        yield row, "withheld_at", say("the withholding")
    if unit.aside is not None:
        yield unit.aside.row, "confirmed_at", say("the confirmation that sets it aside")
    for event in unit.custody_events:
        if not event.by_status:
            named = say(
                "the entry “{event}”", event=word(event.row.text("event").replace("_", " "))
            )
            yield event.row, "occurred_at", named


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
        ("items", say("the list was corrected")),
        ("custody", say("the custody was corrected")),
        ("filings", say("the filing was corrected")),
        ("withholdings", say("the withholding was corrected")),
        ("disclosures", say("the disclosure was corrected")),
    ):
        words += [
            say(
                "{what}: entry {entry} ({day}) in the place of entry {older}",
                what=named,
                entry=row.entry,
                day=day_words(row.recorded),
                older=corrects[row.entry],
            )
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
        yield say(
            "What joins it to the case was corrected since; nothing takes an item off a case again."
        )
    names = [f"{one['agency']} {one['tag']}" for row in rows for one in row.data.get("same_as", ())]
    if names:
        yield say(
            "The list says that it is the same as {items}; nobody has confirmed it.",
            items=join(names),
        )
    erased = [row.erased for row in rows if row.erased]
    if erased:
        yield say("Its words were erased by order: {order}.", order=erased[0])
