"""What is sent twice is recorded once: one-time numbers of forms and of requests to the API.

Whoever handles a request opens `only_once(key)` around it. The unit of work within looks under the
writer's lock whether entries came with that number before, and keeps it in the same transaction
as the entries: a double click, the back button or a lost answer can record nothing twice.

What this does not do: it does not judge who may repeat whose request; the key holds the person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from fullfile.core.errors import Refused
from fullfile.server.store.tables import insert, select_bytes

__all__ = ["AlreadyRecorded", "check_once", "keep_once", "only_once"]

_key: ContextVar[str | None] = ContextVar("one_time_number", default=None)


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
def only_once(key: str) -> Iterator[None]:
    """Within it a unit of work records under this number, at most once.

    Args:
        key: who asks and the one-time number, in one text.
    """
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


def check_once() -> None:
    """Under the writer's lock: nothing was recorded under the number at hand.

    Raises:
        AlreadyRecorded: something was.
    """
    found = _find()
    if found is not None:
        raise AlreadyRecorded(*found)


def keep_once(first: int, last: int) -> None:
    """In the transaction of the entries: these came with the number at hand, if there is one."""
    digest = _digest()
    if digest is not None and last >= first:
        insert("once", [(digest, first, last)])


def _digest() -> bytes | None:
    key = _key.get()
    return None if key is None else hashlib.sha256(key.encode()).digest()


def _find() -> tuple[int, int] | None:
    digest = _digest()
    if digest is None:
        return None
    for first, last in select_bytes("SELECT first, last FROM once WHERE key_hash", [digest]):
        return int(first), int(last)
    return None
