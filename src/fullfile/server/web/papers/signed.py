"""Schedules: as one would be issued now, and issued; papers as they were issued or signed, as a page and as PDF.

A paper is made again from the record of then. Its page stands alone, without the office's menu: it is what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.engines.pdf import render_pdf
from fullfile.engines.report.paper_certificate import certificate_document
from fullfile.engines.report.paper_html import render_paper
from fullfile.engines.report.paper_schedule import schedule_document
from fullfile.engines.report.papers import Document, Making
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.actions.papers import issue_schedule
from fullfile.server.queries.case_papers import Issued, issued_in_case, layouts_of
from fullfile.server.queries.certificates import FIRST
from fullfile.server.queries.papers import (
    Certified,
    Scheduled,
    ask_certificate,
    ask_schedule,
    find_signed_paper,
)
from fullfile.server.store.overview import get_head
from fullfile.server.store.reading import read_entries
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms, office
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, listing_of
from fullfile.server.web.papers.forms import IssueForm
from fullfile.server.web.papers.frame import CasePage, case_page, of_the_office
from fullfile.server.web.papers.words import LAYOUT_WORDS

__all__ = ["draft_certificate", "draft_schedule", "paper", "schedule", "waits_for_second"]

_ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What a paper's page may load: its own style, and nothing else."""


@page(Right.SEE_PAPERS)
def schedule(request: PageRequest, case_id: int, which: int) -> HttpResponse:
    """What is on the list of everything for this defendant, and under which number?"""
    of_the_office(request.person)
    here = case_page(request, case_id)
    name = here.defendant(which)
    layouts = layouts_of(here.board.jurisdiction, get_head().size)
    layout = _layout(request, here)
    form = IssueForm(request.POST or None, layouts=layouts, initial={"layout": layout})
    may_issue = can(request.person, Right.ISSUE_SCHEDULE)
    if request.method == "POST" and may_issue and form.is_valid():
        done = act(
            request,
            form,
            lambda: _issue(here, name, form.cleaned_data["layout"]),
            say=_("Issued. The numbers that it gave out stay."),
        )
        if done:
            return redirect("case_papers", case_id=case_id)
    found = ask_schedule(here.number, name, layout=layout, now_ms=now_ms()).schedule
    listing = listing_of(request, filters=("layout",))
    return render(
        request,
        "papers/schedule.html",
        here.context
        | {
            "form": form,
            "which": which,
            "defendant": name,
            "schedule": found,
            "layout": layout,
            "layouts": [(one, LAYOUT_WORDS[one]) for one in layouts],
            "heading": found.paper.title if found.paper else LAYOUT_WORDS[layout],
            "rows": found.lines[listing.offset : listing.offset + PAGE],
            "pager": listing.pages(len(found.lines)),
            "may_issue": may_issue,
            "earlier": [one for one in found.earlier if one.layout == layout],
        },
        status=422 if form.is_bound else 200,
    )


def _issue(here: CasePage, name: str, layout: str) -> int:
    """Issue it; the entry by which that was done."""
    issued = issue_schedule(here.number, name, by=here.person.name, layout=layout, now_ms=now_ms())
    assert issued.act is not None
    return issued.act.entry


def _layout(request: PageRequest, here: CasePage) -> str:
    said = request.POST.get("layout") or request.GET.get("layout", "schedule")
    known = layouts_of(here.board.jurisdiction, get_head().size)
    return said if said in known else known[0]


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def draft_schedule(request: PageRequest, case_id: int, which: int) -> HttpResponse:
    """The schedule as it would be issued now."""
    of_the_office(request.person)
    here = case_page(request, case_id)
    layout = _layout(request, here)
    found = ask_schedule(here.number, here.defendant(which), layout=layout, now_ms=now_ms())
    return _given_out(request, _document(found), f"{layout}-not-issued")


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def draft_certificate(request: PageRequest, case_id: int, which: int) -> HttpResponse:
    """The certificate as it would be signed now: a draft on every page, with what a first signer stated."""
    of_the_office(request.person)
    here = case_page(request, case_id)
    name = here.defendant(which)
    waiting = waits_for_second(name, issued_in_case(case_id))
    reasons: dict[str, str] = {}
    if waiting is not None:
        (first,) = read_entries([waiting.entry])
        reasons = {one["key"]: one["reason"] for one in first.data.get("exceptions", ())}
    try:
        found = ask_certificate(here.number, name, reasons=reasons, now_ms=now_ms())
    except Refused:  # something that was stated needs no word any more
        found = ask_certificate(here.number, name, now_ms=now_ms())
    return _given_out(request, _document(found), "certificate-draft")


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def paper(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """A paper as it was issued or signed, made again from the record of then."""
    here = case_page(request, case_id)
    (told,) = read_entries([entry])
    known = told.type in (SCHEDULE, CERTIFICATE)
    if not known or key(str(told.data.get("case_number", ""))) != key(here.number):
        raise NotFound(f"Entry {entry:,} is no paper of this case.")
    layout = str(told.data.get("layout", "")) if told.type == SCHEDULE else ""
    found = find_signed_paper(
        here.number,
        str(told.data["defendant"]),
        type_=told.type,
        which=int(told.data["number"]),
        layout=layout,
        copy=_copy(request.person),
        now_ms=now_ms(),
    )
    kind = layout or "certificate"
    return _given_out(request, _document(found), f"{kind}-{told.data['number']}")


def waits_for_second(name: str, issued: Sequence[Issued]) -> Issued | None:
    """The first signature under a defendant's certificate that no second one followed."""
    return next(
        (
            one
            for one in issued
            if one.type == FIRST and one.standing and key(one.defendant) == key(name)
        ),
        None,
    )


def _copy(person: Person) -> str | None:
    """For whom a copy is made: the court gets the court's; the office, as it was issued."""
    return "court" if person.role is Role.COURT else None


def _document(found: Scheduled | Certified) -> Document:
    here = office()
    making = Making(office=here.name, zone=here.zone, checkpoint=found.checkpoint, act=found.act)
    if isinstance(found, Scheduled):
        return schedule_document(found.schedule, making)
    return certificate_document(found.certificate, making)


def _given_out(request: PageRequest, document: Document, name: str) -> HttpResponse:
    """A paper as a page of its own, or as PDF where the address asks for that."""
    if request.GET.get("format") == "pdf":
        answer = HttpResponse(render_pdf(document, office().name), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
        return answer
    answer = HttpResponse(render_paper(document))
    answer["Content-Security-Policy"] = _ALONE
    return answer
