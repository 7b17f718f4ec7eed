"""Work on a copy of the embedded database, so that nobody waits for a writer's lock that will record nothing.

Checking a file is importing, undone; on SQLite that would keep every other writer waiting for as long as it takes. A copy
is made in one step (a snapshot; readers and writers go on), asked, and thrown away.

What this does not do: it copies no PostgreSQL, where only the record's own head is locked.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from fullfile.server.settings import database_address, on_a_copy

__all__ = ["aside"]

_NAME = "aside.sqlite3"


@contextmanager
def aside(folder: Path) -> Iterator[bool]:
    """Within it this thread asks a copy of the database, where there can be one. Whether it does.

    Args:
        folder: where the copy lies meanwhile.
    """
    copy = folder / _NAME
    if connection.vendor != "sqlite" or not _has_room(folder):
        yield False
        return
    try:
        connection.ensure_connection()
        target = sqlite3.connect(copy)
        try:
            connection.connection.backup(target)
        finally:
            target.close()
        with on_a_copy(copy):
            yield True
    finally:
        for ending in ("", "-wal", "-shm"):
            copy.with_name(_NAME + ending).unlink(missing_ok=True)


def _has_room(folder: Path) -> bool:
    """Whether the disk has room for the copy and for what is written to it, and some is left."""
    size = Path(database_address()).stat().st_size
    return shutil.disk_usage(folder).free > 3 * size
