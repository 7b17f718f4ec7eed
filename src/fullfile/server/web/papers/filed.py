"""What was filed with the court: recorded, told on the case's papers page, and opened for the court, exactly that.

Filed with the court is not put on the file: that is the prosecution's own list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.core.knowledge import LEVELS
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.core.papers.court import Kind
from fullfile.engines.report.knew import cell_words, short_when, summary, way_words
from fullfile.server.accounts.door import note
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.actions.court_filings import file_with_court, withdraw_filing
from fullfile.server.queries.case_papers import issued_in_case
from fullfile.server.queries.court_filings import Opened, filing_of, filings_of_case, open_filing
from fullfile.server.queries.files import files_of
from fullfile.server.store.connections import item_key
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.dated import dated
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.handing_out import give_file
from fullfile.server.web.items.knowing import apart
from fullfile.server.web.items.words import finding_words
from fullfile.server.web.papers.filed_form import CourtFilingForm, WithdrawForm
from fullfile.server.web.papers.filed_words import Told, told_of
from fullfile.server.web.papers.frame import CasePage, case_page
from fullfile.server.web.papers.words import paper_words
from fullfile.server.web.said_below import level_verb, level_word

__all__ = ["content", "new", "one", "told_filings", "withdraw"]

_LOOK = "look"


def told_filings(here: CasePage, size: int | None = None) -> list[Told]:
    """What was filed with the court in a case, as its papers page shows it, the newest first."""
    names = _names(here.board.case_id)
    case_id = here.board.case_id
    return [told_of(one, case_id, names) for one in reversed(filings_of_case(case_id, size))]


def _names(case_id: int) -> dict[int, str]:
    return {one.entry: paper_words(one) for one in issued_in_case(case_id)}


@page(Right.FILE_WITH_COURT)
def new(request: PageRequest, case_id: int) -> HttpResponse:
    """Which paper was filed with the court, and on which day?"""
    here = case_page(request, case_id)
    item = _item(request, here)
    if request.method == "POST" and request.POST.get("do") == _LOOK:
        found = _looked_for(here, request.POST.get("tag", ""))
        where = reverse("court_filing_new", kwargs={"case_id": case_id})
        return redirect(f"{where}?item={found}" if found else f"{where}?none=yes")
    papers = _choices(here, item)
    initial = {"paper": request.GET.get("paper", "")}
    form = CourtFilingForm(request.POST or None, papers=papers, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kind, _colon, entry = said["paper"].partition(":")
        agency, tag = item or ("", "")
        done = act(
            request,
            form,
            lambda: file_with_court(
                case=here.number,
                kind=Kind(kind),
                of=int(entry) if entry else None,
                agency=agency,
                tag=tag,
                filed_on=said["filed_on"],
                ordered=said["way"] == "ordered",
                order=said["order"],
                order_on=said["order_on"],
                under_seal=said["under_seal"],
                detail=said["detail"],
                by=request.person.name,
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("It is on record as filed with the court."),
        )
        if done:
            return redirect("case_papers", case_id=case_id)
    shown = {
        "form": form,
        "papers": papers,
        "item": f"{item[0]} {item[1]}" if item else "",
        "none": bool(request.GET.get("none")),
    }
    return render(
        request,
        "papers/court_filing_new.html",
        here.context | shown,
        status=422 if form.is_bound and form.errors else 200,
    )


def _item(request: PageRequest, here: CasePage) -> tuple[str, str] | None:
    """The item of the case that the address names by its number."""
    said = request.GET.get("item", "")
    if not said.isdigit() or int(said) not in here.items.values():
        return None
    found = item_key(int(said))
    return None if found is None else (found[1], found[2])


def _looked_for(here: CasePage, words: str) -> int | None:
    """The number of an item of the case, by its tag with or without its agency."""
    wanted = key(" ".join(words.split()))
    for one in here.board.items:
        if wanted in (key(one.tag), key(f"{one.agency} {one.tag}")):
            return one.item_id
    return None


def _choices(here: CasePage, item: tuple[str, str] | None) -> list[tuple[str, str]]:
    """Papers of the case; of an item its files, its account and its determinations."""
    kinds = {SCHEDULE: Kind.SCHEDULE, CERTIFICATE: Kind.CERTIFICATE}
    found = [
        (f"{kinds[one.type]}:{one.entry}", paper_words(one))
        for one in issued_in_case(here.board.case_id)
        if one.type in kinds
    ]
    if item is None:
        return found
    name = f"{item[0]} {item[1]}"
    of_item = [
        (
            f"{Kind.FILE}:{one.entry}",
            _("The file %(name)s of %(item)s") % {"name": one.name, "item": name},
        )
        for one in files_of(*item)
    ]
    of_item += [
        (f"{Kind.KNEW}:", _("The account of who knew what of %(item)s") % {"item": name}),
        (f"{Kind.VIEWS}:", _("The reasons of the determinations of %(item)s") % {"item": name}),
    ]
    return of_item + found


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def one(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """What was filed, when and by whom; and the paper itself, as it stood then."""
    here = case_page(request, case_id)
    filing = filing_of(case_id, entry)
    opened = open_filing(filing)
    if request.person.role is Role.COURT:
        note(request, "read", "done")
    shown = {
        "filing": filing,
        "told": told_of(filing, case_id, _names(case_id)),
        "may_withdraw": here.acts
        and can(request.person, Right.FILE_WITH_COURT)
        and filing.withdrawn is None
        and filing.side == "state",
        "paper_address": reverse("signed_paper", args=(case_id, filing.of[0]))
        if filing.kind in (Kind.SCHEDULE, Kind.CERTIFICATE)
        else "",
        **_content(opened),
    }
    return render(request, "papers/court_filing.html", here.context | shown)


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def content(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """A file that was filed, as it was added: its bytes are checked against its digest as they go out."""
    case_page(request, case_id)
    opened = open_filing(filing_of(case_id, entry))
    if opened.file is None:
        raise NotFound(_("No file was filed under this entry, or it was withdrawn."))
    note(request, "file", "done")
    return give_file(opened.file)


@page(Right.FILE_WITH_COURT)
def withdraw(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """It was not filed with the court after all, or the court gave it back: why?"""
    here = case_page(request, case_id)
    filing = filing_of(case_id, entry)
    if filing.side != "state":
        raise NotFound(_("Counsel recorded this: only they can say that it does not stand."))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: withdraw_filing(
                case=here.number,
                filing=entry,
                reason=form.cleaned_data["reason"],
                by=request.person.name,
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("It no longer stands as filed; the court does not open it here any more."),
        )
        if done:
            return redirect("case_papers", case_id=case_id)
    told = told_of(filing, case_id, _names(case_id))
    return render(
        request,
        "papers/court_filing_withdraw.html",
        here.context | {"form": form, "filing": filing, "told": told},
        status=422 if form.errors else 200,
    )


@dataclass(frozen=True, slots=True)
class _Account:
    """One account of who knew what."""

    when: str
    person: str
    denied: bool
    what: str
    how: str
    stated: bool
    entries: tuple[int, ...]


def _content(opened: Opened) -> dict[str, Any]:
    """What the page shows of a paper that has no page of its own."""
    if opened.knew is not None:
        knew = opened.knew
        return {
            "verdict": summary(knew),
            "apart": apart(knew),
            "levels": [level_word(level) for level in LEVELS],
            "people": [
                (one, [(level_word(level), cell_words(knew, one, level)) for level in LEVELS])
                for one in knew.persons
            ],
            "accounts": [
                _Account(
                    dated(short_when(each.known_from)),
                    each.person,
                    each.denied,
                    level_verb(each.level),
                    way_words(each),
                    each.stated,
                    each.entries,
                )
                for each in knew.timeline
            ],
        }
    return {
        "file": opened.file,
        "views": [
            {"view": view, "finding": finding_words(view.finding), "second": _second(view.second)}
            for view in opened.views
        ],
    }


def _second(reading: Any) -> str:
    if reading is None:
        return ""
    said = {
        "who": reading.by,
        "finding": finding_words(reading.finding),
        "reason": reading.reason,
    }
    if reading.reason:
        return _("%(who)s thinks it %(finding)s: “%(reason)s”.") % said
    return _("%(who)s has read it a second time and agrees.") % said
