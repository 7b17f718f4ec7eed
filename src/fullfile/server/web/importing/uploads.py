"""A file that is handed in ends where it is larger than may be.

What this does not do: it keeps nothing; the action does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from fullfile.server.waiting.arrivals import limit_bytes
from fullfile.server.web.doors.uploads import OnDisk

__all__ = ["limited_upload"]


class _Limited(OnDisk):
    """Stops keeping what is over the limit; the rest of the request is read and thrown away."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """One piece of the file."""
        if start + len(raw_data) > limit_bytes():
            self.request.over_the_limit = True  # type: ignore[union-attr]  # the view reads it
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)


def limited_upload(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose request may bring one large file.

    The handler must be set before anything reads the request, the check of the form's token too: so that check
    is taken off the outside and put inside.
    """
    inside = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def outside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.over_the_limit = False  # type: ignore[attr-defined]
        request.upload_handlers = [_Limited(request)]
        return inside(request, *args, **kwargs)

    return outside
