"""What is sent twice is recorded once: one-time numbers of forms and of requests to the API.

Whoever handles a request opens `only_once(key)` around it. The unit of work within looks under the
writer's lock whether entries came with that number before, and keeps it in the same transaction
as the entries: a double click, the back button or a lost answer can record nothing twice.

A number that comes again with another content is refused: the caller has mixed up two requests.

A form's number is made anew with each page. Who goes back without scripts and sends what they sent before has another
number, so a form says with it what it is `Alike` to: a keyed digest of who sends what to where. Nothing can be read
from it; what was recorded under it within some hours is recorded again only where the sender says so.

What this does not do: it does not judge who may repeat whose request; the key holds the person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from fullfile.core.errors import Refused
from fullfile.core.said import say
from fullfile.server.store.reading import recorded_ms_of
from fullfile.server.store.tables import execute, insert, select_bytes

__all__ = [
    "Alike",
    "AlreadyRecorded",
    "RecordedAlike",
    "check_once",
    "find_once",
    "keep_once",
    "only_once",
]


@dataclass(frozen=True, slots=True)
class Alike:
    """What a form is like.

    Attributes:
        digest: keyed, of who sends what to where.
        since_ms: what was recorded before this moment is no repetition.
        since_entry: nor what was recorded before this entry: something else came between.
        another: the sender knows, and means another one.
    """

    digest: bytes
    since_ms: int
    another: bool = False
    since_entry: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    key: str
    content: str
    alike: Alike | None


_key: ContextVar[_Asked | None] = ContextVar("one_time_number", default=None)


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


class RecordedAlike(AlreadyRecorded):
    """Another form with the same content came before, within the last hours. Whether it is another one, its sender knows."""


@contextmanager
def only_once(key: str, content: str = "", alike: Alike | None = None) -> Iterator[None]:
    """Within it a unit of work records under this number, at most once.

    Args:
        key: who asks and the one-time number, in one text.
        content: what is asked, or its digest; empty: whatever it is, it is the same.
        alike: what the form is like; None: to send the like of it again is usual.
    """
    token = _key.set(_Asked(key, content, alike))
    try:
        yield
    finally:
        _key.reset(token)


def check_once() -> None:
    """Under the writer's lock: nothing was recorded under the number at hand.

    Raises:
        RecordedAlike: something was, of a form with the same content and another number.
        AlreadyRecorded: something was.
        Refused: something was, and it was another request.
    """
    asked = _key.get()
    if asked is None:
        return
    found = _find(_digest(asked.key))
    if found is None:
        _check_alike(asked.alike)
        return
    if asked.content and _find(_digest(asked.key, asked.content)) is None:
        raise Refused(
            say(
                "This one-time number came with another request before (entry {found:,}). Nothing was "
                "recorded now: send each new request with a number of its own.",
                found=found[0],
            ),
            code="idempotency_key",
        )
    raise AlreadyRecorded(*found)


def _check_alike(alike: Alike | None) -> None:
    if alike is None or alike.another:
        return
    found = _find(alike.digest)
    if found is None or found[1] < alike.since_entry:
        return
    if recorded_ms_of(found[0]) >= alike.since_ms:
        raise RecordedAlike(*found)


def keep_once(first: int, last: int) -> None:
    """In the transaction of the entries: these came with the number at hand, if there is one."""
    asked = _key.get()
    if asked is None or last < first:
        return
    rows = [(_digest(asked.key), first, last)]
    if asked.content:
        rows.append((_digest(asked.key, asked.content), first, last))
    if asked.alike is not None:  # of the like of it the newest counts
        execute("DELETE FROM once WHERE key_hash = %s", [asked.alike.digest])
        rows.append((asked.alike.digest, first, last))
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
