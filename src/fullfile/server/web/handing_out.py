"""Packages handed out, by pages and API: the BagIt zip of a closed production, its files checked on the way."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from fullfile.server.queries.packages import Package

__all__ = ["ZIPPED", "hand_out"]

ZIPPED: dict[str, Any] = {
    "responses": {
        200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
    }
}
"""What the document says of an operation that answers with a package."""


def hand_out(found: Package) -> HttpResponse:
    """A package as an answer that comes in pieces.

    Raises:
        NotFound: the store lacks one of its files.
    """
    answer = StreamingHttpResponse(found.chunks(), content_type="application/zip")
    named = content_disposition_header(as_attachment=True, filename=found.name)
    answer["Content-Disposition"] = named or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return cast("HttpResponse", answer)  # the doors take a streamed answer as any other
