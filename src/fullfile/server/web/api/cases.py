"""Cases: the list, the board of one on any day, its rows, what is owed, what may be charged, what it touches.

The board is the JSON of `fullfile match --case --format json` with what the reader may see. Names and numbers of
cases come in a body, never in an address.

What this does not do: it words no state; the same presenters feed command line and pages.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from ninja import Query
from pydantic import Field

from fullfile.core.errors import NotFound
from fullfile.core.matching.line import State
from fullfile.core.matching.tally import Verdict
from fullfile.engines.report.duties import DutiesView, duties_as_json
from fullfile.engines.report.impact import ImpactView, impact_as_json
from fullfile.engines.report.standing import StandingView, standing_as_json
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.board import board_of_one_case
from fullfile.server.queries.boards import ask_boards, board_of
from fullfile.server.queries.duties import duties_of
from fullfile.server.queries.holds import holds_of_case, releasable
from fullfile.server.queries.impact import ask_impact_of_case
from fullfile.server.queries.lists import sort_lines
from fullfile.server.queries.rows import rows_of_case
from fullfile.server.queries.standing import standing_of
from fullfile.server.store.boards import Board, BoardFilter
from fullfile.server.store.connections import case_id_of
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import (
    SEALED,
    board_line,
    check_words,
    hidden_name,
    is_sealed_from,
    plain,
    row_for,
    title_for,
    unviewed,
)
from fullfile.server.web.api.shapes import (
    AnyDay,
    Checkpoint,
    Id,
    Need,
    Open,
    Page,
    PageOf,
    Said,
    Shown,
    Words,
    page_of,
)
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import case_in_reach, reached_cases

__all__ = ["CasePage", "boards_page", "desk"]

desk = Desk("Cases")
_EPOCH = date(1970, 1, 1)


class CaseRow(Shown):
    """A case in a list, counted as things stand today (or on the day that it says)."""

    case_id: int
    number: str
    title: str | None
    verdict: str | None
    worst: str | None
    lines: int
    exceptions: int
    lasting: int
    items: int
    pending: int
    overdue: int
    unacknowledged: int
    ended: int
    defendants: int
    first_due_on: str | None
    hearing_on: str | None
    hearing: str | None
    states: dict[str, int]
    counted_on: str | None
    stale: bool


class CasePage(PageOf):
    """A part of the list of cases."""

    waiting: int
    rows: list[CaseRow]


class Line(Shown):
    """A line of the match: contract, section 5."""

    state: State
    also: list[State]
    agency: str | None
    tag: str | None
    case_number: str | None
    defendant: str | None
    description: str | None
    held_since: str | None
    booked_at: str | None
    filed_at: str | None
    disclosed_at: str | None
    acknowledged_at: str | None
    receipt: str | None
    due: str | None
    due_basis: str | None
    days_since_held: int | None
    days_late: int | None
    rule: str | None
    check: str | None
    lacks: list[str]
    ended: str | None
    corrected: str | None
    why: str
    suspected_cases: list[dict[str, Any]]
    entries: list[int]
    item_id: int | None = None


class Answered(Shown):
    """An agency of the case: whether its answer stands, and why not."""

    agency: str
    standing: bool
    why_not: str | None


class Match(Shown):
    """The three-way match of a case at a moment: contract, section 5."""

    case_id: int
    case_number: str
    title: str | None
    court: str | None
    jurisdiction: str
    on: str
    as_of: str
    checkpoint: Checkpoint
    policy: dict[str, float]
    defendants: list[str]
    lines: int
    states: dict[State, int]
    all_states: dict[State, int]
    ended: int
    mentions: int
    accounted: int
    agencies: list[Answered]
    exceptions: list[Line]
    lines_detail: list[Line] | None = None


class Listing(Page):
    """Which cases."""

    order: Literal["worst", "hearing", "due", "number", "title", "newest"] = "worst"
    verdict: Verdict | None = None
    state: State | None = None
    hearing_within_days: int | None = Field(None, ge=0, le=3_650)


class Number(Said):
    """A court's case number."""

    number: Need


class CaseRef(Shown):
    """A case found by its number."""

    case_id: int
    number: str


@desk.reads("/cases", Right.SEE_CASES, CasePage)
def list_cases(request: Asking, asked: Query[Listing]) -> dict[str, Any]:
    """The cases within reach, the worst first, counted."""
    wanted = BoardFilter(
        cases=reached_cases(request.person),
        verdicts=() if asked.verdict is None else [asked.verdict],
        state=asked.state,
        hearing_by=None if asked.hearing_within_days is None else _day(asked.hearing_within_days),
    )
    return boards_page(request.person, wanted, asked, asked.order)


@desk.reads("/cases/search", Right.SEE_CASES, CasePage, posted=True)
def search_cases(request: Asking, said: Words) -> dict[str, Any]:
    """The cases within reach whose number or title contains the words."""
    wanted = BoardFilter(cases=reached_cases(request.person), search=said.words.strip())
    return boards_page(
        request.person, wanted, Page(page=said.page, per_page=said.per_page), "worst"
    )


@desk.reads("/cases/look-up", Right.SEE_CASES, CaseRef, posted=True)
def look_up_case(request: Asking, said: Number) -> dict[str, Any]:
    """The case of a court's number."""
    found = case_id_of(said.number)
    if found is None:
        raise NotFound("There is no such case, or you may not see it. Ask a supervisor.")
    case = case_in_reach(request.person, found)
    return {"case_id": case.case_id, "number": case.number}


@desk.reads("/cases/{int:case_id}", Right.SEE_CASES, CaseRow)
def get_case(request: Asking, case_id: Id) -> dict[str, Any]:
    """One case, counted as things stand today."""
    case = case_in_reach(request.person, case_id)
    found = board_of(case.number, now_ms=now_ms())
    if found is None:
        raise NotFound("Nothing is recorded of this case but its number.")
    return _row(request.person, found)


class BoardAsked(AnyDay):
    """What of a board is wanted."""

    ended: bool = False
    all_lines: bool = False


@desk.reads("/cases/{int:case_id}/board", Right.SEE_CASES, Match)
def get_board(request: Asking, case_id: Id, asked: Query[BoardAsked]) -> dict[str, Any]:
    """What is held, on the file, and with each defendant, line by line: as it stood on any day."""
    person = request.person
    case = case_in_reach(person, case_id)
    board = board_of_one_case(case.number, on=asked.day, as_of=asked.known, now_ms=now_ms())
    shut = is_sealed_from(person, case_id)
    by_line = {id(one.line): one for one in board.judged}
    exceptions: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for line in sort_lines(one.line for one in board.judged):
        apart = line.counted_apart and not asked.ended
        if line.is_exception and not apart:
            into = exceptions
        elif asked.all_lines:
            into = others
        else:
            continue
        one = by_line[id(line)]
        item = board.items[one.item] if one.item >= 0 else None
        sealed = item is not None and item.sealed
        said = board_line(person, one, sealed=sealed, case_sealed=shut)
        into.append(said | {"item_id": item.item_id if item is not None else None})
    result = board.result
    states, also, ended = _counted(board.judged, ended=asked.ended)
    return {
        "case_id": board.case_id,
        "case_number": board.number,
        "title": title_for(person, board.title, sealed=board.sealed),
        "court": (SEALED if shut else board.court) or None,
        "jurisdiction": board.jurisdiction,
        "on": result.on,
        "as_of": result.as_of,
        "checkpoint": {"size": result.checkpoint.size, "root": result.checkpoint.root},
        "policy": {
            "target_days": result.policy.target_days,
            "threshold": float(result.policy.threshold),
        },
        "defendants": [
            hidden_name(place) if shut else name for place, name in enumerate(board.defendants, 1)
        ],
        "lines": sum(states.values()),
        "states": states,
        "all_states": also,
        "ended": ended,
        "mentions": board.mentions,
        "accounted": board.accounted,
        "agencies": [
            {"agency": one.agency, "standing": one.standing, "why_not": one.why_not or None}
            for one in board.agencies
        ],
        "exceptions": exceptions,
        "lines_detail": others if asked.all_lines else None,
    }


class Days(Shown):
    """The days on which something about a case changed."""

    rows: list[dict[str, str]]


@desk.reads("/cases/{int:case_id}/days", Right.SEE_CASES, Days)
def list_days(request: Asking, case_id: Id) -> dict[str, Any]:
    """The days on which something about the case changed: what `on` may be asked for."""
    case = case_in_reach(request.person, case_id)
    board = board_of_one_case(case.number, now_ms=now_ms())
    return {
        "rows": [
            {"on": (_EPOCH + timedelta(days=one.day)).isoformat(), "words": one.words}
            for one in board.days
        ]
    }


class Row(Shown):
    """A row as it was recorded."""

    entry: int
    source: str
    recorded_at: str
    erased: str | None
    data: dict[str, Any]


class RowPage(PageOf):
    """A part of the rows of a case or an item."""

    rows: list[Row]


class RowsAsked(AnyDay):
    """Which part of the rows, at which moment."""

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(50, ge=1, le=200)


_TABLES = {
    "docket": ("docket", Right.SEE_DOCKET),
    "parties": ("parties", Right.SEE_PEOPLE),
    "statuses": ("status", Right.SEE_PEOPLE),
    "counts": ("counts", Right.SEE_DOCKET),
    "requests": ("requests", Right.SEE_REQUESTS),
    "answers": ("answers", Right.SEE_REQUESTS),
    "filings": ("filings", Right.SEE_CASES),
    "disclosures": ("disclosures", Right.SEE_CASES),
    "withholdings": ("withholdings", Right.SEE_CASES),
    "mentions": ("mentions", Right.SEE_CASES),
    "determinations": ("determinations", Right.SEE_VIEWS),
}
"""The tables of a case that can be read row by row, by their address."""


def _add_rows(path: str, table: str, right: Right) -> None:
    def list_rows(request: Asking, case_id: Id, asked: Query[RowsAsked]) -> dict[str, Any]:
        case = case_in_reach(request.person, case_id)
        rows = rows_of_case(case.number, table, **asked.moments, now_ms=now_ms())
        part = Page(page=asked.page, per_page=asked.per_page)
        shown = rows[part.offset : part.offset + part.per_page]
        shut = is_sealed_from(request.person, case_id)
        told = [row_for(request.person, row, case_sealed=shut) for row in shown]
        return page_of(told, len(rows), part)

    list_rows.__name__ = f"list_{path}_of_case"
    list_rows.__doc__ = f"The rows of the table `{table}` that count for the case."
    desk.reads(f"/cases/{{int:case_id}}/{path}", right, RowPage)(list_rows)


for _path, (_table, _right) in _TABLES.items():
    _add_rows(_path, _table, _right)


class Answers(Open):
    """An answer of a question, as its command gives it."""

    on: str
    as_of: str
    checkpoint: Checkpoint


class DefendantAsked(AnyDay):
    """For whom."""

    defendant: str = Field("", max_length=300, description="Only this defendant: name or party id.")


class StandingAsked(DefendantAsked):
    """For which count."""

    count: str = Field("", max_length=60)


@desk.reads("/cases/{int:case_id}/duties", Right.SEE_DOCKET, Answers)
def get_duties(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """What is owed to whom by when, each date with its working (`fullfile duties`)."""
    case = case_in_reach(request.person, case_id)
    check_words(request.person, case_id)
    found = duties_of(case.number, on=asked.day, as_of=asked.known, now_ms=now_ms())
    return duties_as_json(
        DutiesView(
            case_number=found.case_number,
            title=found.title,
            court=found.court,
            duties=found.duties,
            lacks=found.lacks,
            on=found.on,
            as_of=found.as_of,
            checkpoint=found.checkpoint,
            target_days=found.policy.target_days,
            not_legal_advice=found.not_legal_advice,
        )
    )


@desk.reads("/cases/{int:case_id}/standing", Right.SEE_DOCKET, Answers)
def get_standing(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """Whether each count can be charged (again), with the chain of facts and rules (`fullfile standing`)."""
    case = case_in_reach(request.person, case_id)
    check_words(request.person, case_id)
    found = standing_of(case.number, on=asked.day, as_of=asked.known, now_ms=now_ms())
    return standing_as_json(
        StandingView(
            case_number=found.case_number,
            title=found.title,
            results=found.results,
            on=found.on,
            as_of=found.as_of,
            checkpoint=found.checkpoint,
            not_legal_advice=found.not_legal_advice,
        )
    )


@desk.reads("/cases/{int:case_id}/impact", Right.SEE_IMPACT, Answers)
def get_impact_of_case(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """What the rulings of the case touch: linked cases, convictions, windows, holds, tasks (`fullfile impact`)."""
    case = case_in_reach(request.person, case_id)
    check_words(request.person, case_id)
    found = ask_impact_of_case(case.number, **asked.moments, now_ms=now_ms())
    told = impact_as_json(
        ImpactView(found.impact, found.on, found.as_of, found.checkpoint, found.outcomes)
    )
    return unviewed(request.person, told)  # type: ignore[no-any-return]


class CaseHolds(Shown):
    """What stands in the way of letting things of a case go."""

    holds: list[dict[str, Any]]
    free: list[dict[str, Any]]


@desk.reads("/cases/{int:case_id}/holds", Right.SEE_CASES, CaseHolds)
def list_holds_of_case(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """The holds that stand on items of the case, and the items that nothing holds."""
    case = case_in_reach(request.person, case_id)
    check_words(request.person, case_id)
    moments = asked.moments
    free = releasable(case.number, **moments, now_ms=now_ms()).free
    return {
        "holds": [plain(one) for one in holds_of_case(case.number, **moments, now_ms=now_ms())],
        "free": [{"agency": agency, "tag": tag} for agency, tag in free],
    }


def boards_page(person: Person, wanted: BoardFilter, page: Page, order: str) -> dict[str, Any]:
    """A part of a list of cases, as `CasePage`, for a person."""
    found = ask_boards(wanted, order=order, page=page.page, per_page=page.per_page, now_ms=now_ms())
    rows = [_row(person, one) for one in found.rows]
    return page_of(rows, found.total, page) | {"waiting": found.waiting}


def _row(person: Person, board: Board) -> dict[str, Any]:
    return {
        "case_id": board.case_id,
        "number": board.number,
        "title": title_for(person, board.title, sealed=board.sealed),
        "verdict": None if board.verdict is None else board.verdict.value,
        "worst": None if board.worst is None else board.worst.value,
        "lines": board.lines,
        "exceptions": board.exceptions,
        "lasting": board.lasting,
        "items": board.items,
        "pending": board.pending,
        "overdue": board.overdue,
        "unacknowledged": board.unacknowledged,
        "ended": board.ended,
        "defendants": board.defendants,
        "first_due_on": _iso(board.first_due_day),
        "hearing_on": _iso(board.hearing_day),
        "hearing": board.hearing_event or None,
        "states": {state.value: count for state, count in board.states.items()},
        "counted_on": _iso(board.day) if board.size >= 0 else None,
        "stale": board.stale,
    }


def _counted(judged: Any, *, ended: bool) -> tuple[dict[str, int], dict[str, int], int]:
    """The counts of a board as `match` has them: lines that are counted apart stand in the last number."""
    states: dict[str, int] = {}
    also: dict[str, int] = {}
    apart = 0
    for one in judged:
        line = one.line
        apart += line.counted_apart
        if line.counted_apart and not ended:
            continue
        states[line.state.value] = states.get(line.state.value, 0) + 1
        for state in line.also:
            also[state.value] = also.get(state.value, 0) + 1
    order = [state.value for state in State]
    return (
        {state: states[state] for state in order if state in states},
        {state: also[state] for state in order if state in also},
        apart,
    )


def _iso(day: int | None) -> str | None:
    return None if day is None else (_EPOCH + timedelta(days=day)).isoformat()


def _day(ahead: int) -> int:
    from fullfile.server.web.clock import today

    return (today() - _EPOCH).days + ahead
