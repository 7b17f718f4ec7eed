"""The pages of cases that are read: the list, the board, its lines, readiness, the case over time.

Acts are in `acts`. What this does not do: it decides nothing and draws nothing; the presenters beside it do.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.matching.tally import Verdict
from fullfile.engines.report.words import STATUS
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.board import CaseBoard, board_of_one_case
from fullfile.server.queries.boards import ask_boards, verdict_counts
from fullfile.server.queries.history import history_of
from fullfile.server.store.overview import get_head
from fullfile.server.web.cases.board_page import board_context, near_days
from fullfile.server.web.cases.chosen import chosen_of, shown_items, shown_lines
from fullfile.server.web.cases.exports import export_lines
from fullfile.server.web.cases.front import front_of
from fullfile.server.web.cases.grid import line_rows
from fullfile.server.web.cases.line_list import line_columns
from fullfile.server.web.cases.listed import (
    HEADER,
    VERDICT_WORDS,
    all_rows,
    case_rows,
    cells,
    wanted_of,
)
from fullfile.server.web.cases.picture import picture_of
from fullfile.server.web.cases.readiness import readiness_of
from fullfile.server.web.cases.timeline import dated_list
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.days import Days, days_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, export, listing_of, posted_words
from fullfile.server.web.reach import case_in_reach, reached_cases
from fullfile.server.web.said_below import state_name
from fullfile.server.web.whole_list import whole_list

__all__ = ["case", "case_lines", "case_readiness", "case_timeline", "cases"]

_ORDERS = ("worst", "hearing", "due", "number", "title", "newest")


@page(Right.SEE_CASES)
def cases(request: PageRequest) -> HttpResponse:
    """Which cases are not full, and which comes to court first?"""
    if request.method == "POST":
        return posted_words(request)
    person, moment = request.person, now_ms()
    listing = listing_of(request, filters=("verdict", "state"), orders=_ORDERS)
    if request.GET.get("format") in ("csv", "json"):
        every = (cells(row) for row in all_rows(listing, person, moment))
        answer = export(request, "cases", HEADER, every)
        if answer is not None:
            return answer
    wanted = wanted_of(listing, person)
    found = ask_boards(
        wanted, order=listing.order.lstrip("-"), page=listing.page, per_page=PAGE, now_ms=moment
    )
    verdicts = verdict_counts(reached_cases(person), now_ms=moment)
    return render(
        request,
        "cases/list.html",
        {
            "listing": listing,
            "pager": listing.pages(found.total),
            "rows": case_rows(found, person),
            "found": found,
            "verdicts": [(one, VERDICT_WORDS[one], many) for one, many in verdicts.items()],
            "not_full": verdicts.get(Verdict.NOT_FULL, 0),
            "whole": sum(verdicts.values()),
            "states": [(state, state_name(state)) for state in STATUS],
            "may_open": can(person, Right.OPEN_CASE),
        },
    )


def _asked(request: PageRequest, case_id: int) -> tuple[CaseBoard, Veil, Days]:
    one = case_in_reach(request.person, case_id)
    days = days_of(request)
    board = board_of_one_case(one.number, on=days.on, as_of=days.as_of, now_ms=now_ms())
    return board, Veil(board, request.person), days


@page(Right.SEE_CASES, methods=("GET", "HEAD"))
def case(request: PageRequest, case_id: int) -> HttpResponse:
    """Is everything held on the file, and has every defendant got it; if not, where does it stop and for whom?"""
    board, veil, days = _asked(request, case_id)
    chosen = chosen_of(request)
    form = request.GET.get("format", "")
    if form in ("csv", "json"):
        lines = board.judged
        if chosen.said:
            lines = tuple(one for _item, each in shown_items(board, chosen) for one in each)
        answer = export_lines(form, board, lines, veil)
        if answer is not None:
            return answer
    shown = board_context(
        board,
        chosen,
        veil,
        request.person,
        another=days.another,
        damaged=bool(get_head().damaged),
        today=today(),
    )
    return render(request, "cases/board.html", {**shown, "days": days})


@page(Right.SEE_CASES)
def case_lines(request: PageRequest, case_id: int) -> HttpResponse:
    """Which lines of the match are in this state? One for each item and defendant, and those beside the items."""
    if request.method == "POST":
        return posted_words(request)
    board, veil, days = _asked(request, case_id)
    chosen = chosen_of(request)
    listed = whole_list(
        request,
        shown_lines(board, chosen),
        line_columns(board, veil),
        file="lines",
        searched=_("Tag, or words of the description"),
        exports=False,
    )
    answer = export_lines(request.GET.get("format", ""), board, listed.found, veil)
    if answer is not None:
        return answer
    return render(
        request,
        "cases/lines.html",
        {
            "board": board,
            "case_id": case_id,
            "title": veil.title,
            "days": days,
            "list": listed.tools,
            "rows": line_rows(board, listed.rows, veil),
            "total": len(listed.found),
            "state": chosen.state,
            "how": chosen.how,
            "status": STATUS.get(chosen.state) if chosen.state else None,
            "defendant": veil.defendant(chosen.defendant)
            if 0 < chosen.defendant <= len(board.defendants)
            else "",
            "chosen": chosen,
        },
    )


@page(Right.SEE_CASES, methods=("GET", "HEAD"))
def case_readiness(request: PageRequest, case_id: int) -> HttpResponse:
    """What would the record show if a motion were heard today?"""
    board, veil, days = _asked(request, case_id)
    chosen = chosen_of(request, reverse("case", kwargs={"case_id": case_id}))
    lines = reverse("case_lines", kwargs={"case_id": case_id})
    front = front_of(board, chosen, lines, veil, damaged=bool(get_head().damaged))
    shown: dict[str, Any] = readiness_of(board, veil, request.person)
    return render(
        request,
        "cases/readiness.html",
        {
            **shown,
            "board": board,
            "case_id": case_id,
            "title": veil.title,
            "days": days,
            "front": front,
            "all_exceptions": chosen.only(show="exceptions"),
        },
    )


@page(Right.SEE_CASES, methods=("GET", "HEAD"))
def case_timeline(request: PageRequest, case_id: int) -> HttpResponse:
    """Whose line is up, since when, against which event?"""
    one = case_in_reach(request.person, case_id)
    days = days_of(request)
    board, history = history_of(one.number, on=days.on, as_of=days.as_of, now_ms=now_ms())
    veil = Veil(board, request.person)
    chosen = chosen_of(request, reverse("case", kwargs={"case_id": case_id}))
    listed = []
    if can(request.person, Right.SEE_DOCKET):
        listed = dated_list(board, history, veil)
    return render(
        request,
        "cases/timeline.html",
        {
            "board": board,
            "case_id": case_id,
            "title": veil.title,
            "days": days,
            "history": history,
            "picture": picture_of(history, len(board.defendants), veil, now=days.on is None),
            "defendants": [veil.defendant(who) for who in range(1, len(board.defendants) + 1)],
            "rows": [(day, chosen.only(on=day.on)) for day in reversed(history.days)],
            "listed": listed,
            "near": near_days(board, chosen, today()),
        },
    )
