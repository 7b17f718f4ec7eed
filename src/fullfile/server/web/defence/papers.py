"""A schedule or certificate that was issued for the client, made again from the record of then, as PDF."""

from __future__ import annotations

from django.http import HttpResponse

from fullfile.core.errors import NotFound
from fullfile.core.papers import CERTIFICATE, SCHEDULE
from fullfile.engines.pdf import render_pdf
from fullfile.engines.report.paper_certificate import certificate_document
from fullfile.engines.report.paper_schedule import schedule_document
from fullfile.engines.report.papers import Making
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.papers import Scheduled, find_signed_paper
from fullfile.server.queries.portal import Paper
from fullfile.server.web.clock import now_ms, office
from fullfile.server.web.defence.client import Client, client_of, log
from fullfile.server.web.doors.permission import PageRequest, page

__all__ = ["paper"]


@page(Right.PORTAL, methods=("GET", "HEAD"))
def paper(request: PageRequest, which: int, entry: int) -> HttpResponse:
    """The paper itself, as it was issued for the defence."""
    client = client_of(request, which)
    told = _paper_at(client, entry)
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


def _paper_at(client: Client, entry: int) -> Paper:
    for one in client.portal.papers:
        if one.entry == entry:
            return one
    raise NotFound("No paper of this number was issued for your client.")
