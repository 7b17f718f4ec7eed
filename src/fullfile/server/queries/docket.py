"""What the court did in a case, as it stands on the docket; who its parties are; what reports say was taken.

What this does not do: it works out no date (`queries.duties`) and no standing (`queries.standing`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.facts.rows import Row
from fullfile.core.ids import key
from fullfile.core.matching.beside import answers_of, unanswered, unbooked
from fullfile.server.queries.asked import asked
from fullfile.server.queries.standing import docket_of
from fullfile.server.queries.worlds import clock_ms, world_of_case

__all__ = [
    "AgencyInCase",
    "CountOfCase",
    "Event",
    "GivenAnswer",
    "MentionOfCase",
    "PartyOfCase",
    "agencies_of",
    "counts_of",
    "events_of",
    "mentions_of",
    "parties_of",
]


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the docket, as recorded."""

    entry: int
    event: str
    occurred_on: str
    defendant: str
    count: str
    detail: str
    by: str
    document: str
    due_on: str
    relates_to: str


@dataclass(frozen=True, slots=True)
class CountOfCase:
    """A count: whose, its number, the offence; `override`: the ruling in spite of which it was opened."""

    entry: int
    defendant: str
    count: str
    offense: str
    statute: str
    charged_on: str
    override: str


@dataclass(frozen=True, slots=True)
class PartyOfCase:
    """A person in a case, as recorded; `protected`: their name and address are kept from most."""

    entry: int
    name: str
    role: str
    agency: str
    counsel: str
    date_of_birth: str
    phone: str
    address: str
    protected: bool


@dataclass(frozen=True, slots=True)
class MentionOfCase:
    """What a report says was taken, and what became of it: `outcome` by whom, confirmed by whom.

    Attributes:
        accounted: booked, or said by one and confirmed by another.
    """

    entry: int
    agency: str
    report_number: str
    description: str
    quantity: str
    mentioned_at: str
    by: str
    booked_as: str
    outcome: str
    outcome_by: str
    outcome_confirmed_by: str
    outcome_reason: str
    accounted: bool


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An agency's word: which, by whom, when."""

    entry: int
    answer: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class AgencyInCase:
    """An agency of a case and its words.

    Attributes:
        agency: its name.
        answers: in order; none is not "nothing held".
        standing: whether the last one stands.
        says: the sentence of the match where it is an exception; else empty.
        why_not: why the last answer does not stand, in some words.
    """

    agency: str
    answers: tuple[GivenAnswer, ...]
    standing: bool
    says: str
    why_not: str


def events_of(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> list[Event]:
    """The docket of a case by a moment, the newest first.

    Raises:
        NotFound: there is no such case on record by then.
    """
    question = asked(on, as_of, clock_ms(now_ms))
    facts, _, case = docket_of(question, number)
    moment = question.on(case.zone)
    rows = _by(facts.of_case("docket", case.key), moment)
    return [
        Event(
            row.entry,
            row.text("event"),
            row.text("occurred_on"),
            row.text("defendant"),
            row.text("count"),
            row.text("detail"),
            row.text("by"),
            row.text("document"),
            row.text("due_on"),
            row.text("relates_to"),
        )
        for row in sorted(rows, key=lambda row: row.ord, reverse=True)
    ]


def counts_of(number: str, *, now_ms: int | None = None) -> list[CountOfCase]:
    """The counts of a case, in the order of the record.

    Raises:
        NotFound: there is no such case on record.
    """
    facts, _, case = docket_of(asked(None, None, clock_ms(now_ms)), number)
    return [
        CountOfCase(
            row.entry,
            row.text("defendant"),
            row.text("count"),
            row.text("offense"),
            row.text("statute"),
            row.text("charged_on"),
            row.text("override"),
        )
        for row in sorted(facts.of_case("counts", case.key), key=lambda row: row.entry)
    ]


def parties_of(number: str, *, now_ms: int | None = None) -> list[PartyOfCase]:
    """The persons of a case, defendants first, as the newest rows say them.

    Raises:
        NotFound: there is no such case on record.
    """
    facts, _, case = docket_of(asked(None, None, clock_ms(now_ms)), number)
    order = {"defendant": 0, "defence_counsel": 1, "prosecutor": 2, "judge": 3}
    rows = sorted(
        facts.of_case("parties", case.key),
        key=lambda row: (order.get(row.text("role"), 9), row.entry),
    )
    return [
        PartyOfCase(
            row.entry,
            row.text("name"),
            row.text("role"),
            row.text("agency"),
            row.text("counsel"),
            row.text("date_of_birth"),
            row.text("phone"),
            row.text("address"),
            bool(row.data.get("protected")),
        )
        for row in rows
    ]


def mentions_of(number: str, *, now_ms: int | None = None) -> list[MentionOfCase]:
    """What reports say was taken for a case, what is open first.

    Raises:
        NotFound: there is no such case on record.
    """
    _, world, case = world_of_case(number, now_ms=now_ms)
    entries = {entry for line in unbooked(world, case.key) for entry in line.entries}
    found = [
        MentionOfCase(
            row.entry,
            row.text("agency"),
            row.text("report_number"),
            row.text("description"),
            row.text("quantity"),
            row.text("mentioned_at"),
            row.text("by"),
            row.text("booked_as"),
            row.text("outcome"),
            row.text("outcome_by"),
            row.text("outcome_confirmed_by"),
            row.text("outcome_reason"),
            row.entry not in entries,
        )
        for row in world.facts.of_case("mentions", case.key)
    ]
    return sorted(found, key=lambda one: (one.accounted, one.entry))


def agencies_of(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> list[AgencyInCase]:
    """The agencies of a case with their answers, the silent first.

    Raises:
        NotFound: there is no such case on record by then.
    """
    _, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    says = {line.agency: line.why for line in unanswered(world, case)}
    given: dict[str, list[Row]] = {}
    for row in sorted(
        _by(world.facts.of_case("answers", case.key), world.on(case)), key=lambda one: one.ord
    ):
        given.setdefault(key(row.text("agency")), []).append(row)
    found = []
    for one in answers_of(world, case):
        rows = given.pop(one.agency, None) or given.pop(key(one.asked.name), [])
        found.append(
            AgencyInCase(
                one.asked.name,
                tuple(_answer(row) for row in rows),
                one.standing,
                says.get(one.asked.name, ""),
                one.why_not,
            )
        )
    return sorted(found, key=lambda one: (one.standing, one.agency))


def _answer(row: Row) -> GivenAnswer:
    return GivenAnswer(row.entry, row.text("answer"), row.text("by"), row.text("answered_at"))


def _by(rows: Iterable[Row], moment: int) -> list[Row]:
    """Those that had happened by a moment."""
    return [row for row in rows if row.last is not None and row.last <= moment]
