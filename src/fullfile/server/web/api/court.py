"""The court: what is heard soon and what the record would show, papers filed, the bench sheet of a case on any day.

The court gets what the State's side has put on record in its cases; views of the State's people, and who knew what, stay
out until they are filed or ordered.
"""

from __future__ import annotations

from typing import Any, Literal

from ninja import Query, Schema
from pydantic import ConfigDict, Field

from fullfile.core.entries import Entry
from fullfile.core.ids import instant_text
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.board import board_of_one_case
from fullfile.server.queries.court_filings import filings_of_case, newest_filings
from fullfile.server.store.acts import acts_of_case
from fullfile.server.web.api.cases import CasePage, boards_page
from fullfile.server.web.api.court_filings import FilingShown, shown_filing
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import plain
from fullfile.server.web.api.shapes import AnyDay, Checkpoint, Id, Page, Shown, Words
from fullfile.server.web.clock import now_ms
from fullfile.server.web.court.presenters import bench_of
from fullfile.server.web.court.views import hearings_wanted, its_cases
from fullfile.server.web.reach import case_in_reach, reaches_case

__all__ = ["desk"]

desk = Desk("Court")


class HearingsAsked(Page):
    """Which cases: those heard within fourteen days, or all."""

    every: bool = Field(default=False, description="All cases, not only those that are heard soon.")
    order: Literal["hearing", "number", "title", "worst"] = "hearing"


class FiledAsked(Schema):
    """How many of the newest."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(20, ge=1, le=200)


class FiledInCase(FilingShown):
    """A paper that stands as filed, and in which case."""

    case_id: int
    case_number: str


class FiledLately(Shown):
    """What was filed last, the newest first; `total`: at all, what was withdrawn too."""

    total: int
    rows: list[FiledInCase]


class ExceptionTold(Shown):
    """An exception: its item or agency, for whom, its state, the sentence."""

    name: str
    defendant: str
    state: str
    why: str


class DefendantTold(Shown):
    """One defendant in numbers: items, disclosed whole, not, past their date, late."""

    name: str
    items: int
    served: int
    open: int
    overdue: int
    late: int


class PaperTold(Shown):
    """A schedule or certificate that was issued."""

    entry: int
    type: str
    number: str | None
    defendant: str | None
    by: str
    recorded_at: str


class RemedyTold(Shown):
    """What the rule lets a court do; `check`: how far the rule was read by a person."""

    says: str
    cite: str
    check: str


class Bench(Shown):
    """One page for the bench: what the record shows on a day. `more`: exceptions beyond those told here."""

    case_id: int
    case_number: str
    title: str | None
    court: str | None
    sealed: bool
    checkpoint: Checkpoint
    head: str
    detail: str
    ended: bool
    exceptions: list[ExceptionTold]
    more: int
    states: dict[str, int]
    defendants: list[DefendantTold]
    withheld: int
    under_seal: int
    sealed_items: int
    views: int
    requests: int
    open_requests: int
    silent: list[str]
    papers: list[PaperTold]
    filed: list[FilingShown]
    remedies: list[RemedyTold]
    not_legal_advice: str


@desk.reads("/court/hearings", Right.COURT, CasePage)
def list_hearings(request: Asking, asked: Query[HearingsAsked]) -> dict[str, Any]:
    """What is heard in the next fourteen days, and what the record would show; or all cases of the court."""
    _until, wanted = hearings_wanted(request.person, every=asked.every)
    return boards_page(request.person, wanted, asked, asked.order)


@desk.reads("/court/hearings/search", Right.COURT, CasePage, posted=True)
def search_hearings(request: Asking, said: Words) -> dict[str, Any]:
    """The cases of the court whose number or title contains the words."""
    _until, wanted = hearings_wanted(request.person, every=True, words=said.words.strip())
    page = Page(page=said.page, per_page=said.per_page)
    return boards_page(request.person, wanted, page, "hearing")


@desk.reads("/court/filings", Right.COURT, FiledLately)
def list_filed_lately(request: Asking, asked: Query[FiledAsked]) -> dict[str, Any]:
    """What was filed with the court last, in its cases, and stands; each case has all of its own."""
    person = request.person
    found, total = newest_filings(its_cases(person), limit=asked.limit)
    return {
        "total": total,
        "rows": [
            {**shown_filing(one), "case_id": case_id, "case_number": one.case_number}
            for case_id, one in found
            if reaches_case(person, case_id, one.case_number)
        ],
    }


@desk.reads("/court/cases/{int:case_id}/bench", Right.COURT, Bench)
def get_bench_sheet(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """What the record shows of a case, as it stood on any day, on one page."""
    here = case_in_reach(request.person, case_id)
    board = board_of_one_case(here.number, on=asked.day, as_of=asked.known, now_ms=now_ms())
    size = board.result.checkpoint.size
    sheet = bench_of(board, acts_of_case(case_id, (SCHEDULE, CERTIFICATE), size))
    names = (
        *("head", "detail", "ended", "more", "withheld", "under_seal", "sealed_items", "views"),
        *("requests", "open_requests", "not_legal_advice"),
    )
    return {
        "case_id": case_id,
        "case_number": board.number,
        "title": board.title or None,
        "court": board.court or None,
        "sealed": board.sealed,
        "checkpoint": board.result.checkpoint,
        **{name: getattr(sheet, name) for name in names},
        "exceptions": [_as_said(one) for one in sheet.exceptions],
        "states": dict(sheet.states),
        "defendants": [plain(one) for one in sheet.defendants],
        "silent": list(sheet.silent),
        "papers": [_paper(one) for one in sheet.papers],
        "filed": [shown_filing(one) for one in reversed(filings_of_case(case_id, size))],
        "remedies": [
            {"says": says, "cite": cite, "check": str(check)}
            for says, cite, check in sheet.remedies
        ],
    }


def _as_said(one: Any) -> dict[str, str]:  # an exception of the sheet
    return {name: getattr(one, name) for name in ("name", "defendant", "state", "why")}


def _paper(one: Entry) -> dict[str, Any]:
    data = one.data
    return {
        "entry": one.index,
        "type": one.type,
        "number": None if data.get("number") is None else str(data["number"]),
        "defendant": None if data.get("defendant") is None else str(data["defendant"]),
        "by": one.by,
        "recorded_at": instant_text(one.recorded_ms),
    }
