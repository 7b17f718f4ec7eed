"""What needs me today? Rows only where the count is above zero; each opens its list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.server.accounts.policy import Right
from fullfile.server.web.doors.permission import PageRequest, page

__all__ = ["start"]


@page(Right.SELF)
def start(request: PageRequest) -> HttpResponse:
    """The start page of a role."""
    return render(request, "start/start.html", {})
