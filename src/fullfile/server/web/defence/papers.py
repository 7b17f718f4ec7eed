"""What is handed out: the package of a production; a schedule or certificate that was issued for the client, as PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.core.tlog import parse_statement
from fullfile.core.tlog.base64text import to_base64
from fullfile.core.verify import Finding, check_note
from fullfile.engines.pdf import render_pdf
from fullfile.engines.report.paper_certificate import certificate_document
from fullfile.engines.report.paper_schedule import schedule_document
from fullfile.engines.report.papers import Making
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.packages import Package, package_of
from fullfile.server.queries.papers import Scheduled, find_signed_paper
from fullfile.server.queries.productions import production_of_entry
from fullfile.server.store import checkpoints
from fullfile.server.store.reading_log import log_reading
from fullfile.server.web.clock import now_ms, office
from fullfile.server.web.defence.client import Client, client_of, given_at, log, paper_at, shown
from fullfile.server.web.defence.forms import CheckForm
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.handing_out import hand_out

__all__ = ["check", "note_file", "package", "paper"]

_MOST = 16 * 1024 * 1024
"""A manifest has a hundred bytes for each file."""


@page(Right.PORTAL, methods=("GET", "HEAD"))
def paper(request: PageRequest, which: int, entry: int) -> HttpResponse:
    """The paper itself, as it was issued for the defence."""
    client = client_of(request, which)
    told = paper_at(client, entry)
    found = find_signed_paper(
        client.number,
        client.name,
        type_=told.type,
        which=told.number,
        layout=told.layout if told.type == SCHEDULE else "",
        copy="defence",
        now_ms=now_ms(),
    )
    here = office()
    making = Making(office=here.name, zone=here.zone, checkpoint=found.checkpoint, act=found.act)
    document = (
        schedule_document(found.schedule, making)
        if isinstance(found, Scheduled)
        else certificate_document(found.certificate, making)
    )
    answer = HttpResponse(render_pdf(document, here.name), content_type="application/pdf")
    name = "certificate" if told.type == CERTIFICATE else told.layout or "schedule"
    answer["Content-Disposition"] = f'inline; filename="{name}-{told.number}.pdf"'
    log(request, answer, kind="paper", ref=str(entry))
    return answer


@page(Right.PORTAL, methods=("GET", "HEAD"))
def package(request: PageRequest, which: int, row: int) -> HttpResponse:
    """The package of a production, to keep and to check: `fullfile verify` or any reader of BagIt can."""
    found = _package(client_of(request, which), row)
    answer = hand_out(found)
    log_reading(
        who=request.person.account, kind="package", ref=str(row), sent=found.size, now_ms=now_ms()
    )
    return answer


@page(Right.PORTAL, methods=("GET", "HEAD"))
def note_file(request: PageRequest, which: int, row: int) -> HttpResponse:
    """The signature of the package by itself: to check a package that came on a disk."""
    found = _package(client_of(request, which), row)
    answer = HttpResponse(found.note, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.plan.name}.note"'
    log(request, answer, kind="package", ref=f"{row}:note")
    return answer


@page(Right.PORTAL)
def check(request: PageRequest, which: int, row: int) -> HttpResponse:
    """Is what I have the package as it was closed, and signed by the office? By its manifest and its note."""
    client = client_of(request, which)
    found = _package(client, row)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    findings: list[Finding] | None = None
    if request.method == "POST" and form.is_valid():
        findings = []
        manifest, note = (form.cleaned_data[one].read(_MOST) for one in ("manifest", "note"))
        check_note(note, manifest, checkpoints.verifier(), findings, name=found.plan.name)
        if not findings and note != found.note:
            findings.append(
                Finding("other_note", _("It is signed, and not the note of this production."))
            )
    stated = parse_statement(found.note)
    context = {
        "client": client,
        "here": "given",
        "given": given_at(client, row),
        "row": row,
        "form": form,
        "findings": findings,
        "package": found,
        "size": stated.checkpoint.size,
        "root": to_base64(stated.checkpoint.root),
        "origin": stated.checkpoint.origin,
        "fingerprint": checkpoints.verifier().fingerprint,
    }
    return shown(request, "defence/check.html", context, kind="package", ref=f"{row}:check")


def _package(client: Client, row: int) -> Package:
    given = given_at(client, row)
    if given.entry is None:
        raise NotFound(_("This was served by another system: its package is not here."))
    here = production_of_entry(given.entry)
    own = next(
        (one for one, name in here.defendants.items() if name == client.portal.defendant), ""
    )
    return package_of(given.entry, own)
