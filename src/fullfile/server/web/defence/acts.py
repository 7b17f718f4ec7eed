"""What counsel says to the State: received, not as the list says, cannot be opened, asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fullfile.core.errors import Refused
from fullfile.core.papers import CERTIFICATE
from fullfile.core.papers.court import Kind
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.court_filings import file_with_court
from fullfile.server.actions.defence import ask_for_more, dispute, sign_receipt
from fullfile.server.actions.productions import counsel_cannot_open
from fullfile.server.queries.portal import GivenTo
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.defence.client import announced_at, client_of, given_at, paper_at, shown
from fullfile.server.web.defence.forms import AskForm, DisputeForm, FaultForm, SignForm
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.papers.filed_form import CounselFilingForm

__all__ = ["ask", "cannot_open", "dispute_given", "dispute_withheld", "file", "sign"]


def _production(one: GivenTo) -> int:
    """The entry of a production that was served here.

    Raises:
        Refused: another system served it, so that this office has no production to sign or dispute.
    """
    if one.entry is None:
        raise Refused(
            _(
                "This was served by another system and came here by an import, so nothing can be signed for it here. "
                "Send what you have to say as a request: it is recorded against the case."
            ),
            code="not_served_here",
        )
    return one.entry


@page(Right.PORTAL)
@confirmed
def sign(request: PageRequest, which: int, row: int) -> HttpResponse:
    """Sign the receipt of a production. It cannot be taken back, and does not say that the list is complete."""
    client = client_of(request, which)
    one = given_at(client, row)
    entry = _production(one)
    person = request.person
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: sign_receipt(
                entry,
                defendant=client.name,
                by=person.name,
                counsel_of=person.clients,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("The receipt is signed."),
        )
        if done:
            return redirect("portal_production", which, row)
    context = {"client": client, "here": "given", "given": one, "row": row, "form": form}
    return shown(request, "defence/sign.html", context, kind="production", ref=str(row))


@page(Right.PORTAL)
def dispute_given(request: PageRequest, which: int, row: int) -> HttpResponse:
    """This is not what the list says."""
    client = client_of(request, which)
    one = given_at(client, row)
    entry = _production(one)
    person = request.person
    items = [(item.agency, item.tag) for item in one.items]
    form = DisputeForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: dispute(
                case_number=client.number,
                defendant=client.name,
                what=form.cleaned_data["what"],
                by=person.name,
                counsel_of=person.clients,
                production=entry,
                item=form.chosen(),
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("The State is told. Its answer will stand here beside your words."),
        )
        if done:
            return redirect("portal_production", which, row)
    context = {"client": client, "here": "given", "given": one, "row": row, "form": form}
    return shown(request, "defence/dispute.html", context, kind="production", ref=str(row))


@page(Right.PORTAL)
def cannot_open(request: PageRequest, which: int, row: int) -> HttpResponse:
    """It cannot be opened: the access is to be mended, the service stands."""
    client = client_of(request, which)
    one = given_at(client, row)
    entry = _production(one)
    person = request.person
    form = FaultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: counsel_cannot_open(
                entry,
                defendant=client.name,
                by=person.name,
                what=form.cleaned_data["what"],
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("The State is told that you cannot open it."),
        )
        if done:
            return redirect("portal_production", which, row)
    context = {"client": client, "here": "given", "given": one, "row": row, "form": form}
    return shown(request, "defence/cannot_open.html", context, kind="production", ref=str(row))


@page(Right.PORTAL)
def dispute_withheld(request: PageRequest, which: int, entry: int) -> HttpResponse:
    """Dispute that something is withheld."""
    client = client_of(request, which)
    announced = announced_at(client, entry)
    person = request.person
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: dispute(
                case_number=client.number,
                defendant=client.name,
                what=form.cleaned_data["what"],
                by=person.name,
                counsel_of=person.clients,
                withholding=entry,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("The State is told. Its answer will stand here beside your words."),
        )
        if done:
            return redirect("portal_withheld", which)
    context = {"client": client, "here": "withheld", "announced": announced, "form": form}
    return shown(request, "defence/dispute.html", context, kind="page", ref=f"{which}:withheld")


@page(Right.PORTAL)
def ask(request: PageRequest, which: int) -> HttpResponse:
    """Ask for something: a request like any other."""
    client = client_of(request, which)
    person = request.person
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: ask_for_more(
                case_number=client.number,
                defendant=client.name,
                asks_for=said["asks_for"],
                keywords=[word.strip() for word in said["keywords"].split(",") if word.strip()],
                counsel_of=person.clients,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("Your request is on record."),
        )
        if done:
            return redirect("portal_requests", which)
    context = {"client": client, "here": "requests", "form": form}
    return shown(request, "defence/ask.html", context, kind="page", ref=f"{which}:ask")


@page(Right.PORTAL)
def file(request: PageRequest, which: int, entry: int) -> HttpResponse:
    """Counsel filed a paper of their client with the court: on which day? It is said to the State and the court."""
    client = client_of(request, which)
    paper = paper_at(client, entry)
    person = request.person
    form = CounselFilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: file_with_court(
                case=client.number,
                kind=Kind.CERTIFICATE if paper.type == CERTIFICATE else Kind.SCHEDULE,
                of=entry,
                filed_on=said["filed_on"],
                detail=said["detail"],
                by=person.name,
                counsel_of=person.clients,
                client=client.name,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("It is on record as filed with the court."),
        )
        if done:
            return redirect("portal_papers", which)
    context = {"client": client, "here": "papers", "paper": paper, "form": form}
    return shown(request, "defence/file.html", context, kind="paper", ref=str(entry))
