"""What needs me today? Rows only where the count is above zero; each opens its list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.start.presenters import rows_for

__all__ = ["start"]


@page(Right.SELF, methods=("GET", "HEAD"))
def start(request: PageRequest) -> HttpResponse:
    """The start page of a role; counsel's is the portal, which counts for each client."""
    if can(request.person, Right.PORTAL):
        return redirect("portal")
    now = now_ms()
    return render(
        request,
        "start/start.html",
        {"rows": rows_for(request.person, now_ms=now), "now": now, "today": today()},
    )
