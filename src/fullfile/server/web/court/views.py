"""The court's list of hearings, and the bench sheet of a case on any day."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.core.papers.court import Filing
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.board import board_of_one_case
from fullfile.server.queries.boards import ask_boards
from fullfile.server.queries.case_papers import issued_in_case
from fullfile.server.queries.court_filings import filings_of_case, newest_filings
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.boards import BoardFilter
from fullfile.server.store.connections import case_id_of
from fullfile.server.store.overview import get_head, list_titles
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.court.presenters import bench_of, filed_of_kinds, hearing_of
from fullfile.server.web.days import days_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, export, listing_of, posted_words
from fullfile.server.web.papers.filed_words import told_of
from fullfile.server.web.papers.words import paper_words
from fullfile.server.web.reach import case_in_reach, reaches_case

__all__ = ["bench", "court", "hearings_wanted", "its_cases"]

_AHEAD = 14
_FILED = 20
_EPOCH = date(1970, 1, 1)


@page(Right.COURT)
def court(request: PageRequest) -> HttpResponse:
    """What is heard in the next fourteen days, and what the record would show; or all cases."""
    if request.method == "POST":
        return posted_words(request)
    listing = listing_of(request, filters=("all",), orders=("hearing", "number", "title", "worst"))
    every = bool(listing.filters.get("all") or listing.words)
    until, wanted = hearings_wanted(request.person, every=every, words=listing.words)
    found = ask_boards(
        wanted, order=listing.order.lstrip("-"), page=listing.page, per_page=PAGE, now_ms=now_ms()
    )
    rows = [hearing_of(one) for one in found.rows]
    filed, many = newest_filings(its_cases(request.person), limit=_FILED)
    header = ("case_number", "title", "verdict", "exceptions", "overdue", "next_in_court")
    told = [
        (one.number, one.title, str(one.verdict), one.exceptions, one.overdue, one.day or "")
        for one in rows
    ]
    answer = export(request, "court", header, told)
    if answer is not None:
        return answer
    return render(
        request,
        "court/court.html",
        {
            "rows": rows,
            "every": every,
            "total": found.total,
            "not_full": sum(one.exceptions > one.lasting for one in rows),
            "until": until,
            "listing": listing,
            "pager": listing.pages(found.total),
            "filed": _filed(request.person, filed),
            "more_filed": max(0, many - _FILED),
        },
    )


def _filed(person: Person, filed: list[tuple[int, Filing]]) -> list[dict[str, object]]:
    """What was filed last, each with its case."""
    titles = list_titles([one.case_number for _case, one in filed], get_head().size)
    return [
        {
            "told": told_of(one, case_id, {}),
            "case_id": case_id,
            "title": titles.get(one.case_number, one.case_number),
        }
        for case_id, one in filed
        if reaches_case(person, case_id, one.case_number)
    ]


@page(Right.COURT)
def bench(request: PageRequest, case_id: int) -> HttpResponse:
    """One page for the bench: what the record shows, on the day that is asked for."""
    here = case_in_reach(request.person, case_id)
    days = days_of(request)
    board = board_of_one_case(here.number, on=days.on, as_of=days.as_of, now_ms=now_ms())
    size = board.result.checkpoint.size
    papers = acts_of_case(case_id, (SCHEDULE, CERTIFICATE), size)
    sheet = bench_of(board, papers)
    names = {one.entry: paper_words(one) for one in issued_in_case(case_id)}
    filings = filings_of_case(case_id, size)
    context = {
        "board": board,
        "case_id": case_id,
        "days": days,
        "sheet": sheet,
        "filed": [told_of(one, case_id, names) for one in reversed(filings)],
        **filed_of_kinds(filings, case_id),
    }
    return render(request, "court/bench.html", context)


def hearings_wanted(
    person: Person, *, every: bool = False, words: str = ""
) -> tuple[date, BoardFilter]:
    """The cases of a court that are heard soon, or all of them; and up to which day "soon" is."""
    until = today() + timedelta(days=_AHEAD)
    by = None if every else (until - _EPOCH).days
    return until, BoardFilter(cases=its_cases(person), hearing_by=by, search=words)


def its_cases(person: Person) -> list[int] | None:
    """The cases of a court, by their numbers in addresses; None: all."""
    if person.cases is None:
        return None
    return [found for number in person.cases if (found := case_id_of(number)) is not None]
