"""One act for one request: sent again with the same `Idempotency-Key`, it records nothing twice.

The one-time number is the token's person's and the client's together; it is looked at under the writer's lock, in the
same transaction as the entries (`store.once`). The same number with another content is refused.

What this does not do: it judges nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from ninja import Status
from ninja.errors import HttpError

from fullfile.core.ids import instant_text
from fullfile.server.store.once import AlreadyRecorded, check_once, find_once, only_once
from fullfile.server.store.reading import recorded_ms_of
from fullfile.server.web.api.desk import KEY, Asking

__all__ = ["Answer", "recorded"]

Answer = Status[dict[str, Any]]
"""201 where something was recorded now; 200 where it had been, or nothing had to be."""

_KEY = re.compile(r"[A-Za-z0-9._:-]{8,100}\Z")


def recorded(
    request: Asking,
    do: Callable[[], Any],
    *,
    tell: Callable[[Any], dict[str, Any]] | None = None,
    content: str = "",
) -> Answer:
    """Do one thing, once.

    Args:
        request: whose.
        do: calls one action.
        tell: what of the action's result goes into the answer beside the entries.
        content: the digest of the content, where the body was read as a stream.

    Raises:
        HttpError: the request has no usable one-time number (400).
        Refused: the action says why, or the number came with another request.
    """
    said = request.headers.get(KEY, "")
    if not _KEY.match(said):
        raise HttpError(
            400,
            f"Send a number of your own for this request in the header {KEY}: 8 to 100 letters, digits or . _ : -",
        )
    key = f"api:{request.person.account}:{said}"
    where = f"{request.method} {request.get_full_path()}\n".encode()
    asked = content or hashlib.sha256(where + request.body).hexdigest()
    try:
        with only_once(key, asked):
            check_once()  # before anything is judged: what was recorded may refuse its own repetition
            result = do()
    except AlreadyRecorded as error:
        return Status(200, _span(error.first, error.last, again=True, result=None))
    told = tell(result) if tell is not None else None
    span = find_once(key)
    if span is None:
        return Status(200, _span(None, None, again=False, result=told))
    return Status(201, _span(*span, again=False, result=told))


def _span(
    first: int | None, last: int | None, *, again: bool, result: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "again": again,
        "first": first,
        "last": last,
        "recorded_at": None if first is None else instant_text(recorded_ms_of(first)),
        "result": result,
    }
