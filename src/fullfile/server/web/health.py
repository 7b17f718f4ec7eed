"""Is the office up, and how is it? For the machine that watches it.

`/health` answers whether the database can be read and the record is whole; `/metrics` counts, in the
text format of OpenMetrics, to loopback only unless a token is given. Neither names a case or a person.
"""

from __future__ import annotations

import hmac
import os

from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse

from fullfile.server.accounts.policy import Right
from fullfile.server.store.overview import get_head
from fullfile.server.web.doors.permission import PageRequest, page

__all__ = ["health", "metrics"]


@page(Right.ANYONE, methods=("GET", "HEAD"))
def health(request: PageRequest) -> HttpResponse:  # noqa: ARG001
    """Up, damaged or out of reach."""
    try:
        head = get_head()
    except DatabaseError:
        return JsonResponse({"status": "unavailable"}, status=503)
    if head.damaged:
        return JsonResponse({"status": "damaged", "size": head.size}, status=503)
    return JsonResponse({"status": "ok", "size": head.size})


@page(Right.ANYONE, methods=("GET",))
def metrics(request: PageRequest) -> HttpResponse:
    """Counts for a watcher on this machine, or for one with the token `FULLFILE_METRICS_TOKEN`."""
    token = os.environ.get("FULLFILE_METRICS_TOKEN", "")
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    local = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not request.headers.get(
        "X-Forwarded-For"
    )
    if not (local or (token and hmac.compare_digest(said.encode(), token.encode()))):
        return HttpResponse(
            "Metrics are for the machine that watches this one.\n",
            status=403,
            content_type="text/plain",
        )
    head = get_head()
    lines = [
        "# HELP fullfile_record_entries Entries of the record.",
        "# TYPE fullfile_record_entries gauge",
        f"fullfile_record_entries {head.size}",
        "# HELP fullfile_record_last_seconds When the last entry was recorded, seconds since 1970.",
        "# TYPE fullfile_record_last_seconds gauge",
        f"fullfile_record_last_seconds {head.recorded_ms / 1000:.3f}",
        "# HELP fullfile_record_damaged 1 where the record failed its check.",
        "# TYPE fullfile_record_damaged gauge",
        f"fullfile_record_damaged {int(bool(head.damaged))}",
        "# EOF",
    ]
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="application/openmetrics-text; version=1.0.0; charset=utf-8",
    )
