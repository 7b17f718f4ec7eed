"""What is handed out, by pages and API: the BagIt zip of a closed production, a file of an item; checked on the way."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.server.queries.files import ItemFile
from fullfile.server.queries.packages import Package
from fullfile.server.store.files import open_file

__all__ = ["ZIPPED", "give_file", "hand_out"]

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


def give_file(one: ItemFile) -> HttpResponse:
    """A file of an item as it was added: a download, never shown in a page; its bytes are checked as they go out.

    Raises:
        NotFound: the store lacks it.
    """
    if not one.there:
        raise NotFound(
            _(
                "The store has lost this file: bring it back from a backup. What it was stands in the record."
            )
        )
    answer = StreamingHttpResponse(open_file(one.sha256), content_type=one.media_type)
    answer["Content-Length"] = str(one.size)
    named = content_disposition_header(as_attachment=True, filename=one.name)
    answer["Content-Disposition"] = named or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return cast("HttpResponse", answer)  # the doors take a streamed answer as any other
