"""How long somebody waits for another's writing, and how it is told that it took longer.

The embedded database has one writer at a time; on PostgreSQL writers of the record wait for its head. A large import
holds that place for a minute or more. Programs wait long (`settings.configuration`); a person is told after seconds.

What this does not do: it knows no import; whoever tells a person looks who holds the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction

from fullfile.core.errors import Busy
from fullfile.server.store.tables import is_postgresql

__all__ = ["in_passing", "is_busy", "leave_out", "patience", "somebody_waits"]

_LOCK_NOT_AVAILABLE = "55P03"
_SOON_MS = 250


class _Waiting:
    """Somebody waits for a page; what is kept up in passing asks for the writer's place in vain once, not every time."""

    in_vain = False


_waiting: ContextVar[_Waiting | None] = ContextVar("somebody_waits", default=None)


def is_busy(error: BaseException | None) -> bool:
    """Whether the database said no because somebody else is writing."""
    if not isinstance(error, DatabaseError):
        return False
    if getattr(error.__cause__, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
        return True
    return "is locked" in str(error)


def leave_out(write: Callable[[], object]) -> bool:
    """Write what can be left out where somebody else is writing. Whether it was written."""
    try:
        with patience(1):
            write()
    except DatabaseError as error:
        if not is_busy(error):
            raise
        return False
    return True


@contextmanager
def somebody_waits(milliseconds: int) -> Iterator[None]:
    """Within it a person waits: for another's writing so long at most, and for what can be left out hardly at all."""
    token = _waiting.set(_Waiting())
    try:
        with patience(milliseconds):
            yield
    finally:
        _waiting.reset(token)


@contextmanager
def in_passing() -> Iterator[None]:
    """A transaction of whoever comes by and brings tables up to date that a job would, too.

    Raises:
        Busy: somebody else is writing; the tables are as they were.
    """
    waiting = _waiting.get()
    soon = nullcontext() if waiting is None else patience(1 if waiting.in_vain else _SOON_MS)
    try:
        with soon, transaction.atomic():
            yield
    except DatabaseError as error:
        if not is_busy(error):
            raise
        if waiting is not None:
            waiting.in_vain = True
        raise Busy(
            "Something large is being recorded; what is kept up in passing is as it was. Try again in a minute."
        ) from error


@contextmanager
def patience(milliseconds: int) -> Iterator[None]:
    """Within it, and outside a transaction, this thread waits only so long for another's writing."""
    before = None
    with suppress(DatabaseError, InterfaceError):  # out of reach: whoever asks it is told
        before = _set(f"{milliseconds:d}")
    try:
        yield
    finally:
        if before is not None:
            with suppress(DatabaseError, InterfaceError):
                _set(before)


def _set(milliseconds: str) -> str:
    """Wait so long from now on; how long it was before."""
    connection.ensure_connection()
    raw: Any = connection.connection  # sqlite3's or psycopg's own connection: no query of a page
    with connection.wrap_database_errors:
        if is_postgresql():
            (before,) = raw.execute("SELECT current_setting('lock_timeout')").fetchone()
            raw.execute("SELECT set_config('lock_timeout', %s, false)", [milliseconds])
            return str(before)
        (before,) = raw.execute("PRAGMA busy_timeout").fetchone()
        raw.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
        return str(before)
