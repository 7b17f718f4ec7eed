"""The lists of the office that the start page counts: what is overdue, what falls due, which answers are missing.

The lists of a property room are at `/room/`; receipts, suggestions, readings and questions at their own addresses. A row is
told to who reaches its case; of a case that a court sealed, the words are kept as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from ninja import Query

from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Right
from fullfile.server.accounts.policy import Shown as How
from fullfile.server.queries.boards import ask_dues
from fullfile.server.store.connections import agency_id
from fullfile.server.store.silent import count_silent, list_silent
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import SEALED, title_for
from fullfile.server.web.api.shapes import Page, PageOf, Shown, page_of
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.reach import reached_cases
from fullfile.server.web.start.lists import HEARING_DAYS

__all__ = ["desk"]

desk = Desk("What waits")
_EPOCH = date(1970, 1, 1).toordinal()


class DueTold(Shown):
    """Items owed to a defendant by a day, by law or by the office's target."""

    case_id: int
    case_number: str
    title: str | None
    defendant: str
    items: int
    day: str
    basis: Literal["law", "target"]


class DuePage(Shown):
    """What is owed and was not served, the first day first: `lines` in `cases`; `more`: there is another page."""

    page: int
    per_page: int
    more: bool
    lines: int
    cases: int
    rows: list[DueTold]


class MissingAnswer(Shown):
    """An agency that has not answered in a case with a day in court soon: no answer is not "nothing held"."""

    case_id: int
    case_number: str
    agency: str
    day_in_court: str


class AnswerPage(PageOf):
    """Answers that are missing."""

    rows: list[MissingAnswer]


@desk.reads("/waiting/overdue", Right.SEE_CASES, DuePage)
def list_overdue(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """What is overdue, and to whom."""
    return _dues(request.person, asked, overdue=True)


@desk.reads("/waiting/due", Right.SEE_CASES, DuePage)
def list_due(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """What falls due within 14 days, and to whom."""
    return _dues(request.person, asked, overdue=False)


@desk.reads("/waiting/silent", Right.SEE_CASES, AnswerPage)
def list_agencies_silent(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """Which agencies have not answered, with a day in court within 14 days."""
    return _silent(request.person, asked)


@desk.reads("/waiting/answers", Right.ANSWER, AnswerPage)
def list_answers_asked(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """Which answers of one's own agency are asked for."""
    agency = agency_id(request.person.works_for) if request.person.works_for else None
    return _silent(request.person, asked, agencies=[] if agency is None else [agency])


def _dues(person: Person, asked: Page, *, overdue: bool) -> dict[str, Any]:
    found = ask_dues(
        overdue=overdue,
        only=reached_cases(person),
        page=asked.page,
        per_page=asked.per_page,
        now_ms=now_ms(),
    )
    shut = person.sees(Field.SEALED) is not How.YES
    return {
        "page": asked.page,
        "per_page": asked.per_page,
        "more": len(found.rows) == asked.per_page,
        "lines": found.lines,
        "cases": found.cases,
        "rows": [
            {
                "case_id": one.case_id,
                "case_number": one.number,
                "title": title_for(person, one.title, sealed=one.sealed),
                "defendant": SEALED if one.sealed and shut else one.defendant,
                "items": one.lines,
                "day": _day(one.day),
                "basis": "law" if one.basis == "law" else "target",
            }
            for one in found.rows
        ],
    }


def _silent(
    person: Person, asked: Page, *, agencies: Sequence[int] | None = None
) -> dict[str, Any]:
    which: dict[str, Any] = {
        "by": today().toordinal() - _EPOCH + HEARING_DAYS,
        "only": reached_cases(person),
        "agencies": agencies,
    }
    rows = [
        {
            "case_id": one.case_id,
            "case_number": one.number,
            "agency": one.agency,
            "day_in_court": _day(one.hearing_day),
        }
        for one in list_silent(**which, limit=asked.per_page, offset=asked.offset)
    ]
    return page_of(rows, count_silent(**which), asked)


def _day(number: int) -> str:
    return date.fromordinal(_EPOCH + number).isoformat()
