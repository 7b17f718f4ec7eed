"""Make every read table, key table and row key again from the record alone (law 7).

Entries are read in order and go through the same projectors as on the day they were appended. Of
an erased body they see what its `body.erased` kept. It all happens in one transaction under the
writer's lock: readers see the old tables until the new ones are there.

What this does not do: it does not touch entries, bodies, the head or checkpoints, and does
not check them; `check` does.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import InterfaceError, OperationalError, transaction

from fullfile.core.entries import Entry, decode_body
from fullfile.core.errors import RecordDamaged, Unavailable
from fullfile.server.store import search_index
from fullfile.server.store.append import lock_writers
from fullfile.server.store.board_marks import forget_boards
from fullfile.server.store.erasure import as_draft, recorded_again
from fullfile.server.store.keys import KEY_TABLES
from fullfile.server.store.office import find_office_zone
from fullfile.server.store.projectors import Projection, Recorded
from fullfile.server.store.reading import Stored, find_erasures, read_entries, stream_stored
from fullfile.server.store.tables import READ_TABLES, execute, is_postgresql

__all__ = ["rebuild"]


def rebuild(*, progress: Callable[[int, int], None] | None = None) -> int:
    """Make the read tables again. How many entries they were made from.

    Args:
        progress: told how many entries are done, of how many.

    Raises:
        RecordDamaged: a body is gone without an erasure, or cannot be read.
        Unavailable: the database is out of reach, busy or full.
    """
    try:
        with transaction.atomic(durable=True):
            size = lock_writers()
            erased = {index: read_entries([by])[0] for index, by in find_erasures().items()}
            for table in (*READ_TABLES, *KEY_TABLES):
                execute(f"TRUNCATE {table}" if is_postgresql() else f"DELETE FROM {table}")
            search_index.begin_anew()
            projection = Projection(find_office_zone())
            for slice_ in stream_stored(0, size):
                projection.project([_recorded(each, erased) for each in slice_])
                if progress is not None:
                    progress(slice_[-1].index + 1, size)
            forget_boards(size)
            return size
    except (OperationalError, InterfaceError) as error:
        raise Unavailable(
            f"The read tables cannot be made again ({str(error).strip()}): they are as before."
        ) from error


def _recorded(stored: Stored, erasures: Mapping[int, Entry]) -> Recorded:
    if stored.body is not None:
        entry = decode_body(stored.index, stored.recorded_ms, stored.body)
        return Recorded(entry.index, entry.recorded_ms, as_draft(entry))
    if stored.index not in erasures:
        raise RecordDamaged(
            f"The body of entry {stored.index} is gone, and no erasure names it: "
            "run `fullfile log verify`."
        )
    return recorded_again(stored.index, stored.recorded_ms, erasures[stored.index])
