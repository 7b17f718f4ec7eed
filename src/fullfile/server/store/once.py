"""What is sent twice is recorded once: one-time numbers of forms and of requests to the API.

Whoever handles a request opens `only_once(key)` around it. The unit of work within looks under the
writer's lock whether entries came with that number before, and keeps it in the same transaction
as the entries: a double click, the back button or a lost answer can record nothing twice.

A number that comes again with another content is refused: the caller has mixed up two requests. Forms do not say
their content, since a form's number is made anew with each page.

What this does not do: it does not judge who may repeat whose request; the key holds the person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from fullfile.core.errors import Refused
from fullfile.server.store.tables import insert, select_bytes

__all__ = ["AlreadyRecorded", "check_once", "find_once", "keep_once", "only_once"]

_key: ContextVar[tuple[str, str] | None] = ContextVar("one_time_number", default=None)


class AlreadyRecorded(Refused):
    """The same request came before, and its entries stand.

    Attributes:
        first, last: the indexes of the first and the last of them.
    """

    def __init__(self, first: int, last: int) -> None:
        super().__init__(
            f"This was already recorded (entry {first:,}). Nothing was recorded twice.",
            code="already_recorded",
        )
        self.first, self.last = first, last


@contextmanager
def only_once(key: str, content: str = "") -> Iterator[None]:
    """Within it a unit of work records under this number, at most once.

    Args:
        key: who asks and the one-time number, in one text.
        content: what is asked, or its digest; empty: whatever it is, it is the same.
    """
    token = _key.set((key, content))
    try:
        yield
    finally:
        _key.reset(token)


def check_once() -> None:
    """Under the writer's lock: nothing was recorded under the number at hand.

    Raises:
        AlreadyRecorded: something was.
        Refused: something was, and it was another request.
    """
    asked = _key.get()
    if asked is None:
        return
    key, content = asked
    found = _find(_digest(key))
    if found is None:
        return
    if content and _find(_digest(key, content)) is None:
        raise Refused(
            f"This one-time number came with another request before (entry {found[0]:,}). Nothing was recorded now: "
            "send each new request with a number of its own.",
            code="idempotency_key",
        )
    raise AlreadyRecorded(*found)


def keep_once(first: int, last: int) -> None:
    """In the transaction of the entries: these came with the number at hand, if there is one."""
    asked = _key.get()
    if asked is None or last < first:
        return
    key, content = asked
    rows = [(_digest(key), first, last)]
    if content:
        rows.append((_digest(key, content), first, last))
    insert("once", rows)


def find_once(key: str) -> tuple[int, int] | None:
    """The first and the last entry that came with a one-time number; None where nothing did."""
    return _find(_digest(key))


def _digest(key: str, content: str = "") -> bytes:
    return hashlib.sha256(f"{key}\n{content}".encode() if content else key.encode()).digest()


def _find(digest: bytes) -> tuple[int, int] | None:
    for first, last in select_bytes("SELECT first, last FROM once WHERE key_hash", [digest]):
        return int(first), int(last)
    return None
