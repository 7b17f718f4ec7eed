"""The overview of the auditor, a sample to check in the room, the weekly review, the report."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.server.accounts.door import note
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.auditing import review_acts
from fullfile.server.queries.accounts import list_accounts
from fullfile.server.queries.asked import root_of
from fullfile.server.queries.audit import DoorFilter, door_events
from fullfile.server.store.audited import (
    ActFilter,
    count_acts,
    draw_sample,
    last_review,
    list_overrides,
    list_unseconded,
)
from fullfile.server.store.inventories import count_unsettled
from fullfile.server.store.last_check import LastCheck, find_check
from fullfile.server.store.overview import get_head
from fullfile.server.web.acting import act
from fullfile.server.web.audit.forms import ReviewForm, SampleForm
from fullfile.server.web.audit.lists import YEAR_MS
from fullfile.server.web.clock import now, now_ms, today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import export

__all__ = ["audit", "report", "review", "sample"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the overview and the report say.

    Attributes:
        size, root: the record as it is.
        damaged: what its last check found wrong; empty: nothing.
        recorded_ms: when the last entry was recorded.
        check: the last check of the whole record; None: none was made in this home.
        discrepancies: what inventories found that is not as the record says, and nobody has settled.
        acts: acts of the last seven days.
        refused: refusals at the door in the last seven days.
        unseconded, unseconded_here: what left without a second name in a year; of it, recorded here.
        overrides: counts opened in spite of a ruling.
        review_due, unapproved, accounts: accounts due for their yearly review; without a second person; in force.
        reviewed: the newest entry of the weekly review.
        review_late: it is more than seven days old, or there is none.
    """

    size: int
    root: str
    damaged: str
    recorded_ms: int
    check: LastCheck | None
    discrepancies: int
    acts: int
    refused: int
    unseconded: int
    unseconded_here: int
    overrides: int
    review_due: int
    unapproved: int
    accounts: int
    reviewed: Any  # an Entry
    review_late: bool


def _standing() -> Standing:
    head = get_head()
    week = now() - timedelta(days=7)
    left = list_unseconded(now_ms() - YEAR_MS)
    people = [one for one in list_accounts(today=today(), now=now()) if one.in_force]
    reviewed = last_review()
    last = str(reviewed.data["last_on"]) if reviewed else ""
    return Standing(
        size=head.size,
        root=base64.b64encode(root_of(head.size)).decode() if head.size else "",
        damaged=head.damaged,
        recorded_ms=head.recorded_ms,
        check=find_check(),
        discrepancies=count_unsettled(),
        acts=count_acts(ActFilter(start_ms=int(week.timestamp() * 1000))),
        refused=door_events(DoorFilter(outcome="refused", start=week), limit=0)[1],
        unseconded=len(left),
        unseconded_here=sum(not one.imported for one in left),
        overrides=len(list_overrides()),
        review_due=sum("review" in one.marks for one in people),
        unapproved=sum(not one.grant.approved_by for one in people if one.grant),
        accounts=len(people),
        reviewed=reviewed,
        review_late=last < (today() - timedelta(days=7)).isoformat(),
    )


@page(Right.AUDIT)
def audit(request: PageRequest) -> HttpResponse:
    """Can I trust this record and this room?"""
    note(request, "read", "done")
    return render(request, "audit/audit.html", {"found": _standing()})


@page(Right.AUDIT)
def report(request: PageRequest) -> HttpResponse:
    """The audit on paper: what was found, with size and root of the record."""
    note(request, "read", "done")
    return render(
        request,
        "audit/report.html",
        {
            "found": _standing(),
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
