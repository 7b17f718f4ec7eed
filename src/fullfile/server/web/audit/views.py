"""The overview of the auditor, a sample to check in the room, the weekly review, the report."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.server.accounts.door import note
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.auditing import review_acts
from fullfile.server.store.audited import (
    draw_sample,
    last_review,
    list_overrides,
    list_unseconded,
)
from fullfile.server.store.overview import get_head
from fullfile.server.web.acting import act
from fullfile.server.web.audit.forms import ReviewForm, SampleForm
from fullfile.server.web.audit.lists import YEAR_MS
from fullfile.server.web.audit.standing import standing_now
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import export

__all__ = ["audit", "report", "review", "sample"]


@page(Right.AUDIT)
def audit(request: PageRequest) -> HttpResponse:
    """Can I trust this record and this room?"""
    note(request, "read", "done")
    return render(request, "audit/audit.html", {"found": standing_now()})


@page(Right.AUDIT)
def report(request: PageRequest) -> HttpResponse:
    """The audit on paper: what was found, with size and root of the record."""
    note(request, "read", "done")
    return render(
        request,
        "audit/report.html",
        {
            "found": standing_now(),
            "left": list_unseconded(now_ms() - YEAR_MS)[:50],
            "overrides": list_overrides()[:50],
        },
    )


@page(Right.AUDIT)
def sample(request: PageRequest) -> HttpResponse:
    """Items drawn by a seed: the same seed, number and size draw the same ones."""
    asked = bool(request.GET.get("number"))
    form = SampleForm(request.GET if asked else None)
    rows, drawn = [], {"number": 20, "seed": "", "size": get_head().size}
    if asked and form.is_valid():
        note(request, "read", "done")
        found = form.cleaned_data
        drawn = {
            "number": found["number"],
            "seed": found["seed"].strip() or secrets.token_hex(4),
            "size": min(found["size"] or get_head().size, get_head().size),
        }
        if not found["seed"].strip() or not found["size"]:
            return redirect(
                f"{request.path}?number={drawn['number']}&seed={drawn['seed']}&size={drawn['size']}"
            )
        rows = draw_sample(str(drawn["seed"]), int(str(drawn["number"])), int(str(drawn["size"])))
        header = ("place", "agency", "tag")
        answer = export(
            request, "sample", header, [(one.place, one.agency, one.tag) for one in rows]
        )
        if answer is not None:
            return answer
    return render(
        request,
        "audit/sample.html",
        {"form": form, "rows": rows, "sample": drawn, "drawn": bool(rows), "asked": asked},
    )


@page(Right.AUDIT)
def review(request: PageRequest) -> HttpResponse:
    """Say that the acts and the door of a week were looked through."""
    before = last_review()
    start = today() - timedelta(days=7)
    form = ReviewForm(request.POST or None, initial={"first_on": start, "last_on": today()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: review_acts(
                said["first_on"],
                said["last_on"],
                finding=said["finding"],
                detail=said["detail"],
                actor=request.person.name,
                now_ms=now_ms(),
                today=today(),
            ),
            say=_("The review is on record."),
        )
        if done:
            return redirect("audit")
    return render(request, "audit/review.html", {"form": form, "before": before})
