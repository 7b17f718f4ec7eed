"""The list of cases: which a person reaches, one page of them, what a row says.

What this does not do: it counts nothing; `queries.boards` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fullfile.core.matching import State
from fullfile.core.matching.tally import Verdict
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Shown
from fullfile.server.queries.boards import Boards, ask_boards
from fullfile.server.store.boards import Board, BoardFilter
from fullfile.server.store.case_fingerprint import case_heads
from fullfile.server.web.cases.front import FAMILIES
from fullfile.server.web.listing import Listing
from fullfile.server.web.reach import reached_cases
from fullfile.server.web.said_below import plain_word

__all__ = [
    "HEADER",
    "VERDICT_WORDS",
    "CaseRow",
    "all_rows",
    "case_rows",
    "cells",
    "wanted_of",
]

VERDICT_WORDS: dict[Verdict, str | Promise] = {
    Verdict.CANNOT_SAY: gettext_lazy("Cannot say"),
    Verdict.NOT_FULL: gettext_lazy("Not full"),
    Verdict.IN_TIME: gettext_lazy("In time"),
    Verdict.MARKED: gettext_lazy("Full, with a mark on the record"),
    Verdict.FULL: gettext_lazy("Full"),
    Verdict.ENDED: gettext_lazy("Ended"),
    Verdict.EMPTY: gettext_lazy("Nothing to match yet"),
}
HEADER = (
    "case_number",
    "title",
    "court",
    "verdict",
    "exceptions",
    "stay_on_record",
    "items",
    "defendants",
    "next_hearing",
    "first_due",
)
_EPOCH = date(1970, 1, 1).toordinal()
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the list."""

    address: str
    number: str
    title: str
    court: str
    sealed: bool
    verdict: str | Promise
    family: str
    worst: str
    exceptions: int
    lasting: int
    items: int
    defendants: int
    ended: int
    hearing: date | None
    event: str
    due: date | None
    as_of: date | None


def wanted_of(listing: Listing, person: Person) -> BoardFilter:
    """Which cases a list was asked for."""
    verdict, state = listing.filters.get("verdict", ""), listing.filters.get("state", "")
    return BoardFilter(
        cases=reached_cases(person),
        verdicts=[Verdict(verdict)] if verdict in set(Verdict) else (),
        state=State(state) if state in set(State) else None,
        search=listing.words,
        sealed_words=person.sees(Field.SEALED) is Shown.YES,
    )


def case_rows(found: Boards, person: Person) -> list[CaseRow]:
    """The rows of a page."""
    heads = case_heads([one.case_id for one in found.rows])
    told = person.sees(Field.SEALED) is Shown.YES
    return [_row(one, heads.get(one.case_id, ("", "", False)), told=told) for one in found.rows]


def _row(one: Board, head: tuple[str, str, bool], *, told: bool) -> CaseRow:
    title, court, sealed = head
    hidden = (sealed or one.sealed) and not told
    verdict = one.verdict
    return CaseRow(
        address=reverse("case", kwargs={"case_id": one.case_id}),
        number=one.number,
        title=_("sealed") if hidden else title,
        court=court,
        sealed=hidden,
        verdict=_("Not counted yet") if verdict is None else VERDICT_WORDS[verdict],
        family="unknown" if verdict is None else FAMILIES[verdict],
        worst=one.worst.value if one.worst is not None else "",
        exceptions=one.exceptions,
        lasting=one.lasting,
        items=one.items,
        defendants=one.defendants,
        ended=one.ended,
        hearing=_date(one.hearing_day),
        event=plain_word(one.hearing_event),
        due=_date(one.first_due_day),
        as_of=_date(one.day) if one.stale and one.size >= 0 else None,
    )


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day + _EPOCH)


def all_rows(listing: Listing, person: Person, now_ms: int) -> Iterator[CaseRow]:
    """Every row that was asked for, for an export."""
    wanted, number = wanted_of(listing, person), 1
    while True:
        found = ask_boards(
            wanted, order=listing.order.lstrip("-"), page=number, per_page=_AT_ONCE, now_ms=now_ms
        )
        yield from case_rows(found, person)
        if number * _AT_ONCE >= found.total:
            return
        number += 1


def cells(row: CaseRow) -> list[object]:
    """A row as an export has it."""
    return [
        row.number,
        row.title,
        row.court,
        str(row.verdict),
        row.exceptions,
        row.lasting,
        row.items,
        row.defendants,
        row.hearing.isoformat() if row.hearing else "",
        row.due.isoformat() if row.due else "",
    ]
