"""Open a case; put items on its file. One action each, with its receipt."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.matching import State
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.docket import open_case
from fullfile.server.actions.filings import file_items
from fullfile.server.queries.board import CaseBoard, CaseItem, board_of_one_case
from fullfile.server.store.adoptions import adopted_law
from fullfile.server.store.connections import case_id_of
from fullfile.server.store.overview import get_head
from fullfile.server.web.acting import act
from fullfile.server.web.cases.chosen import opaque
from fullfile.server.web.cases.forms import FileForm, OpenCaseForm
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.reach import case_in_reach

__all__ = ["case_file", "case_new"]

AT_ONCE = 500
"""So many items are listed with a box each; a longer list is filed in several goes, and the page says so."""


@page(Right.OPEN_CASE)
def case_new(request: PageRequest) -> HttpResponse:
    """Which case is it, before which court, against whom?"""
    packs, _calendars = adopted_law(get_head().size)
    choices = sorted(((one.id, one.name) for one in packs.values()), key=lambda one: one[1])
    form = OpenCaseForm(request.POST or None, packs=[*choices])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: open_case(
                said["number"],
                jurisdiction=said["jurisdiction"],
                title=said["title"],
                court=said["court"],
                court_level=said["court_level"],
                opened_on=said["opened_on"],
                report_numbers=said["report_numbers"],
                agencies=form.asked_agencies,
                defendants=form.named_defendants,
                by=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("The case is open."),
        )
        if done:
            opened = case_id_of(said["number"])
            return redirect("case", case_id=opened) if opened is not None else redirect("cases")
    return render(request, "cases/new.html", {"form": form})


@page(Right.PUT_ON_FILE)
def case_file(request: PageRequest, case_id: int) -> HttpResponse:
    """Which of the items that are not on the file go on it now? One entry each, all or none."""
    one = case_in_reach(request.person, case_id)
    board = board_of_one_case(one.number, now_ms=now_ms())
    veil = Veil(board, request.person)
    waiting = _unfiled(board, request.GET.get("report", ""))
    shown = waiting[:AT_ONCE]
    choices = [(str(item.item_id), _words(item, veil)) for item in shown]
    form = FileForm(request.POST or None, choices=choices)
    if request.method == "POST":
        # What was ticked and is no longer unfiled is told by the action, by name, not called an invalid choice.
        by_id = {str(item.item_id): item for item in board.items}
        form.fields["items"].choices = [(key, _words(item, veil)) for key, item in by_id.items()]  # type: ignore[attr-defined]
        if form.is_valid():
            ticked = [by_id[value] for value in form.cleaned_data["items"]]
            done = act(
                request,
                form,
                lambda: file_items(
                    case_number=board.number,
                    items=[(item.agency, item.tag) for item in ticked],
                    filed_by=request.person.name,
                    filed_at=form.cleaned_data["filed_at"],
                    with_contents=form.cleaned_data["with_contents"],
                    seen_size=form.cleaned_data["seen"],
                    actor=request.person.name,
                    now_ms=now_ms(),
                ),
                say=_("%(many)d on the file.") % {"many": len(ticked)},
            )
            if done:
                return redirect("case", case_id=case_id)
        form.fields["items"].choices = choices  # type: ignore[attr-defined]
    return render(
        request,
        "cases/file.html",
        {
            "form": form,
            "case_id": case_id,
            "board": board,
            "title": veil.title,
            "many": len(shown),
            "more": len(waiting) - len(shown),
        },
    )


def _unfiled(board: CaseBoard, report: str) -> list[CaseItem]:
    """The items that are not on the file, of one report number or of all."""
    places = {one.item for one in board.live if one.item >= 0 and one.line.state is State.UNFILED}
    found = [board.items[place] for place in sorted(places)]
    return [item for item in found if not report or opaque(board, "report", item.report) == report]


def _words(item: CaseItem, veil: Veil) -> str:
    words = veil.words_of(item)
    return f"{item.agency} {item.tag}" + (f" · {words}" if words else "")
