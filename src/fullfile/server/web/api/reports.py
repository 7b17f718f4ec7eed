"""The reports: what nobody has examined, what a count did not find, whose cases are not full, why cases ended so.

As on the pages: a report of cases of the whole office is not there for somebody who sees only a room's items.
"""

from __future__ import annotations

from typing import Any, Literal

from ninja import Query

from fullfile.core.errors import NotFound
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.impact import count_reasons
from fullfile.server.queries.inventories import unsettled_discrepancies
from fullfile.server.queries.responsible import exceptions_by_person
from fullfile.server.queries.room import inventories_under_way, unexamined
from fullfile.server.web.api.counting import FiftyAsked, RoomWords, Some, rooms_of, some_of
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import plain
from fullfile.server.web.api.shapes import Checkpoint, Page, PageOf, Shown, page_of
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reports.views import REPORTS, is_for

__all__ = ["desk"]

desk = Desk("Reports")


class ReportTold(Shown):
    """A report that is there for whoever asks."""

    name: Literal[tuple(REPORTS)]  # type: ignore[valid-type]  # the names in the addresses of the pages
    title: str


class Reports(Shown):
    """The reports."""

    rows: list[ReportTold]


class OfPerson(Shown):
    """A prosecutor whom cases name, and what those lack; no name: cases that name nobody."""

    name: str | None
    cases: int
    not_full: int
    exceptions: int
    lasting: int
    overdue: int


class People(PageOf):
    """Exceptions by person. `waiting`: so many boards are being worked out anew; they count as they were."""

    waiting: int
    rows: list[OfPerson]


class ReasonTold(Shown):
    """A reason, and for how many outcomes it is given; one outcome may have several."""

    reason: str
    words: str
    outcomes: int
    stopped: int
    went_ahead: int
    entries: list[int]


class Reasons(PageOf):
    """Why outcomes came about. `outcomes`: how many are explained; `went_ahead`: of those."""

    checkpoint: Checkpoint
    outcomes: int
    went_ahead: int
    rows: list[ReasonTold]


@desk.reads("/reports", Right.REPORTS, Reports)
def list_reports(request: Asking) -> dict[str, Any]:
    """Which reports there are for whoever asks."""
    return {
        "rows": [
            {"name": name, "title": str(one.title)}
            for name, one in REPORTS.items()
            if is_for(request.person, one)
        ]
    }


@desk.reads("/reports/orphans", Right.REPORTS, Some)
def report_orphans(request: Asking, asked: Query[FiftyAsked]) -> dict[str, Any]:
    """Which items bear on no case, and no run of link has looked at them."""
    found = unexamined(rooms_of(request.person), page=asked.page, now_ms=now_ms())
    return some_of(request.person, found)


@desk.reads("/reports/orphans/search", Right.REPORTS, Some, posted=True)
def search_orphans(request: Asking, said: RoomWords) -> dict[str, Any]:
    """The same, whose tag, words or shelf match."""
    words = said.words.strip()
    found = unexamined(rooms_of(request.person), search=words, page=said.page, now_ms=now_ms())
    return some_of(request.person, found)


@desk.reads("/reports/discrepancies", Right.REPORTS, Some)
def report_discrepancies(request: Asking, asked: Query[FiftyAsked]) -> dict[str, Any]:
    """What inventories found that is not settled, the oldest first, each with its inventory."""
    person = request.person
    every = {one.entry: one for one in inventories_under_way(rooms_of(person), under_way=False)}
    found = unsettled_discrepancies(sorted(every), page=asked.page)
    told = some_of(person, found, [one for _inventory, one in found.rows])
    for row, (inventory, _one) in zip(told["rows"], found.rows, strict=True):
        row["inventory"] = {"entry": inventory, **_named(every[inventory])}
    return told


@desk.reads("/reports/people", Right.REPORTS, People)
def report_people(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """Whose cases have exceptions: by the prosecutor whom the case names; a case that names two counts for both."""
    _check_for(request.person, "people")
    found = exceptions_by_person(request.person.cases)
    part = found.rows[asked.offset : asked.offset + asked.per_page]
    return page_of([plain(one) for one in part], len(found.rows), asked) | {
        "waiting": found.waiting
    }


@desk.reads("/reports/reasons", Right.REPORTS, Reasons)
def report_reasons(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """Why cases ended as they did, over the whole office."""
    _check_for(request.person, "reasons")
    found = count_reasons(now_ms=now_ms())
    part = found.counts[asked.offset : asked.offset + asked.per_page]
    return page_of([plain(one) for one in part], len(found.counts), asked) | {
        "checkpoint": found.checkpoint,
        "outcomes": found.outcomes,
        "went_ahead": found.went_ahead,
    }


def _named(one: Any) -> dict[str, Any]:
    return {"agency": one.agency, "number": one.number}


def _check_for(person: Person, name: str) -> None:
    if not is_for(person, REPORTS[name]):
        raise NotFound(
            "This report is about cases of the whole office. A prosecutor, a supervisor or an auditor can open it."
        )
