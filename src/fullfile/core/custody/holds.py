"""Which duties to keep an item stand at a moment: section 6.3 of `docs/explanation/the-match.md`.

A hold is placed by nobody's remembering: by the case itself, by events of its docket (a civil
suit, an appeal, a conviction), by rows of `holds`, and by a suggestion while it is open. It ends only by a row of its name that a
named person lifted; that a suit was closed, an appeal decided or a window passed ends nothing.

What this does not do: it decides nothing (`decide`), and it releases nothing by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fullfile.core.facts.bearing import Bearing
from fullfile.core.facts.cases import Cases
from fullfile.core.facts.dates import day_words, join, when_words
from fullfile.core.facts.rows import Facts, ItemKey, Row
from fullfile.core.facts.suspected import chance_said, open_suggestions
from fullfile.core.facts.things import Things
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = [
    "EVENT_KINDS",
    "KINDS",
    "PLACING",
    "Hold",
    "covers",
    "holds_on",
    "kind_and_number",
    "lifted_at",
    "liftings",
    "standing_events",
]

PLACING: dict[str, str] = {
    "civil_suit_filed": "civil_suit",
    "appeal_filed": "appeal",
    "convicted": "window",
    "plea_guilty": "window",
}
"""Events of the docket that place a hold, and the first part of the hold's name."""
EVENT_KINDS = ("civil_suit", "appeal", "window")
KINDS = ("case", *EVENT_KINDS)
"""First parts of names that no person gives to a hold: the record does."""

_DECIDES = say("only a person who did not book it decides, and says why")
_LIFTS = say("only a named person lifts it by its name, with a reason")
Moments = Mapping[str, Sequence[int]]
"""By the key of a hold's name: the last moments at which it was lifted."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold that stands on an item.

    Attributes:
        name: by which it is lifted (`case:D-1`, `civil_suit:D-1`, or the name a person gave it).
        words: what it is and why, to stand within a sentence.
        since: since when it has stood on this item (ms).
        by: whoever placed it; empty where an event did.
        case: the number of the case through which it holds; None where it names the thing itself.
        entries: what it rests on.
        ends: what lifts it, in words.
    """

    name: str
    words: str
    since: int
    by: str = ""
    case: str | None = None
    entries: tuple[int, ...] = ()
    ends: str = _LIFTS

    @property
    def since_words(self) -> str:
        """Since when it has stood on the item, as a person reads it."""
        return say("on this item since {day}", day=day_words(self.since))


def holds_on(
    facts: Facts,
    cases: Cases,
    things: Things,
    bearing: Bearing,
    item: ItemKey,
    moment: int,
    among: Iterable[str] | None = None,
    threshold: str | None = None,
    lifted: Moments | None = None,
) -> tuple[Hold, ...]:
    """All holds that stand on an item at a moment: open cases, events of dockets, rows, suggestions.

    The match asks nobody else.

    Args:
        facts: the rows that count.
        cases: the cases.
        things: the items.
        bearing: what each item bears on.
        item: the item.
        moment: when (ms).
        among: the cases on which the item bears at any time, where the caller knows them.
        threshold: the probability from which an open suggestion holds; None: leave them out.
        lifted: the answer of `liftings`, where the caller has it.
    """
    if lifted is None:
        lifted = liftings(facts)
    bears = [
        (case, arises)
        for case in (cases.by_key if among is None else among)
        if (arises := bearing.arises(case, item)) is not None and arises <= moment
    ]
    found = [
        *_of_open_cases(cases, bearing, item, bears, lifted, moment),
        *_of_events(facts, cases, bears, lifted, moment),
    ]
    placed = {key(hold.name) for hold in found}
    found += [
        hold
        for hold in _of_rows(facts, cases, things, bearing, item, moment, bears)
        if key(hold.name) not in placed
    ]
    if threshold is not None:
        found += _of_suggestions(facts, things, item, moment, threshold)
    return tuple(found)


def kind_and_number(name: str) -> tuple[str, str] | None:
    """The kind and the key of the case of a hold that the record placed; None for any other name.

    >>> kind_and_number("Civil_Suit:D-1"), kind_and_number("H-1")
    (('civil_suit', 'd-1'), None)
    """
    kind, mark, number = key(name).partition(":")
    return (kind, number.strip()) if mark and kind in KINDS and number.strip() else None


def lifted_at(row: Row) -> int | None:
    """When a row of `holds` was lifted, last moment; None while nobody is named for it."""
    bounds = row.bounds("lifted_at")
    return bounds.last if bounds is not None and row.data.get("lifted_by") else None


def liftings(facts: Facts) -> Moments:
    """When each hold that the record places was lifted by its name."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in facts.rows.get("holds", ()):
        until = lifted_at(row)
        if until is not None:
            found[key(row.text("hold"))].append(until)
    return found


def standing_events(
    facts: Facts, case: str, kind: str, lifted: Sequence[int], moment: int
) -> list[Row]:
    """The events of a docket whose hold of a kind stands at a moment, the first first.

    A lifting ends what had been placed by then; what is filed later holds anew.
    """
    return sorted(
        (
            row
            for row in facts.of_case("docket", case)
            if PLACING.get(row.text("event")) == kind
            and row.first is not None
            and row.first <= moment
            and not any(row.first <= until < moment for until in lifted)
        ),
        key=lambda row: row.ord,
    )


def covers(
    facts: Facts,
    cases: Cases,
    things: Things,
    bearing: Bearing,
    row: Row,
    item: ItemKey,
    moment: int,
) -> bool:
    """Whether a row of `holds` is about an item: its case, its report number, itself, a container."""
    if row.case is not None:
        if row.case not in cases.by_key:
            return False
        arises = bearing.arises(row.case, item)
        return arises is not None and arises <= moment
    above = (item, *things.above(item))
    if row.item is not None:
        return row.item in above
    if row.data.get("report_number"):
        number = key(row.text("report_number"))
        agency = key(row.text("agency"))
        return any(
            thing[0] == agency and key(booked.text("report_number")) == number
            for thing in above
            for booked in facts.of_item("items", thing)
        )
    return False


def _of_open_cases(
    cases: Cases,
    bearing: Bearing,
    item: ItemKey,
    bears: Sequence[tuple[str, int]],
    lifted: Moments,
    moment: int,
) -> Iterator[Hold]:
    """The open case's hold. A charge is the case: it places no other."""
    for case, arises in bears:
        number = cases.by_key[case].number
        name = f"case:{number}"
        if all(moment <= until for until in lifted.get(key(name), ())):
            ground = bearing.since(case, item)
            entries = ground.entries if ground else ()
            words = say("the open case {case}", case=number)
            yield Hold(name, words, arises, case=number, entries=entries)


def _of_events(
    facts: Facts,
    cases: Cases,
    bears: Sequence[tuple[str, int]],
    lifted: Moments,
    moment: int,
) -> Iterator[Hold]:
    for case, arises in bears:
        number = cases.by_key[case].number
        for kind in EVENT_KINDS:
            name = f"{kind}:{number}"
            rows = standing_events(facts, case, kind, lifted.get(key(name), ()), moment)
            if rows:
                yield Hold(
                    name,
                    _event_words(kind, number, rows),
                    max(arises, rows[0].first or 0),
                    case=number,
                    entries=tuple(row.entry for row in rows),
                )


def _event_words(kind: str, number: str, rows: Sequence[Row]) -> str:
    days = join([when_words(row.text("occurred_on"), row.first or 0) for row in rows])
    if kind == "civil_suit":
        return say("a civil suit about {case}, filed {days}", case=number, days=days)
    if kind == "appeal":
        return say("an appeal in {case}, filed {days}", case=number, days=days)
    who = join(list(dict.fromkeys(row.text("defendant") for row in rows if row.defendant)))
    if not who:
        return say(
            "the ways back to court after the conviction in {case} {days}", case=number, days=days
        )
    return say(
        "the ways back to court after the conviction of {who} in {case} {days}",
        who=who,
        case=number,
        days=days,
    )


def _of_suggestions(
    facts: Facts, things: Things, item: ItemKey, moment: int, threshold: str
) -> Iterator[Hold]:
    """While it is open to which case an item, or what it lies in, belongs, it stays."""
    for thing in (item, *things.above(item)):
        for one in open_suggestions(facts, thing, moment, threshold):
            number = one.suggested.number
            step = one.suggested.last_step(moment)
            yield Hold(
                f"suggestion:{number}",
                say(
                    "the open suggestion that it belongs to {case} ({chance})",
                    case=number,
                    chance=chance_said(one.probability),
                ),
                step.moment if step else 0,
                case=number,
                entries=(one.suggested.entry,),
                ends=_DECIDES,
            )


def _of_rows(
    facts: Facts,
    cases: Cases,
    things: Things,
    bearing: Bearing,
    item: ItemKey,
    moment: int,
    bears: Sequence[tuple[str, int]],
) -> Iterator[Hold]:
    for row in _rows_about(facts, things, item, bears):
        if (row.first or 0) > moment or not covers(
            facts, cases, things, bearing, row, item, moment
        ):
            continue
        until = lifted_at(row)
        if until is None or moment <= until:
            placed = row.first or 0
            when = when_words(row.text("placed_at"), placed)
            words = say(
                "{reason}, placed by {by} {when}",
                reason=row.text("reason"),
                by=row.text("by"),
                when=when,
            )
            case = cases.by_key[row.case].number if row.case in cases.by_key else None
            yield Hold(
                row.text("hold"),
                words,
                placed,
                by=row.text("by"),
                case=case,
                entries=(row.entry,),
            )


def _rows_about(
    facts: Facts, things: Things, item: ItemKey, bears: Sequence[tuple[str, int]]
) -> list[Row]:
    """The rows of `holds` that may cover an item, in the order of the record: few, where there are thousands."""
    if not facts.rows.get("holds"):
        return []
    found = [row for case, _ in bears for row in facts.of_case("holds", case)]
    for thing in (item, *things.above(item)):
        found += facts.of_item("holds", thing)
        for booked in facts.of_item("items", thing):
            report = (thing[0], key(booked.text("report_number")))
            found += facts.by_report.get(report, ())
    return sorted({row.entry: row for row in found}.values(), key=lambda row: row.entry)
