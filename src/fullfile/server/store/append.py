"""The one door: drafts become entries, with their read rows, in one transaction (laws 1, 2, 5, 8, 12).

    with unit_of_work() as writer:
        indexes = writer.append(drafts, now_ms=now)

Steps of a unit of work:
0. begin a durable transaction; take the writer's lock (SQLite: IMMEDIATE; PostgreSQL: the head row);
1. refuse where the record is damaged, or its head is not what was last signed (`checkpoints`);
2. for each chunk: indexes and the moment from the locked head, salts and ids from the system's
   chance, canonical bodies, leaves, hashes; rows of the record; rows of the read tables; the head;
3. keep the one-time number that the request came with, if it has one (`once`);
   sign a checkpoint of the new head, in the same transaction;
4. commit; then replace the checkpoint outside the database.

All of it, or nothing. What this does not do: it does not judge whether a draft may be recorded.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import repeat

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from fullfile.core.entries import Draft, encode_bodies
from fullfile.core.errors import Busy, RecordDamaged, Refused, Unavailable
from fullfile.core.ids import instant_text
from fullfile.core.said import say
from fullfile.core.tlog import SALT_SIZE, Checkpoint, Frontier, leaf_hashes, leaves_of
from fullfile.server.store import checkpoints, once
from fullfile.server.store.busy import is_busy
from fullfile.server.store.clock import tick
from fullfile.server.store.entry_table import (
    HeadState,
    delete_body,
    drop_empty_head,
    find_head,
    insert_entries,
    lock_head,
    mark_damaged,
    write_head,
)
from fullfile.server.store.locked import forget, keep, reading_once
from fullfile.server.store.office import find_office_zone
from fullfile.server.store.projectors import Projection, Recorded
from fullfile.server.store.tables import execute, is_postgresql

__all__ = [
    "CHUNK",
    "Writer",
    "begin_record",
    "drop_empty_record",
    "lock_writers",
    "stop_writing",
    "unit_of_work",
]

CHUNK = 5_000
"""How many drafts go through the door at once."""

_MANY = 20_000
"""From so many entries on the database is told to look at its tables anew."""
_VERSION_4 = bytes(byte & 0x0F | 0x40 for byte in range(256))
_VARIANT_1 = bytes(byte & 0x3F | 0x80 for byte in range(256))
_UUID = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx "


class Writer:
    """Holds the writer's lock for as long as its unit of work lasts."""

    def __init__(self, head: HeadState) -> None:
        self._head = head
        self._projection: Projection | None = None

    @property
    def size(self) -> int:
        """How many entries the record has: the index of the next one."""
        return self._head.size

    @property
    def last_ms(self) -> int:
        """When the last entry was recorded."""
        return self._head.recorded_ms

    def append(self, drafts: Sequence[Draft], *, now_ms: int) -> range:
        """Record drafts, in their order.

        Args:
            drafts: what is to be recorded.
            now_ms: what the clock says, UTC milliseconds.

        Returns:
            Their indexes.

        Raises:
            Refused: a draft is anonymous, unknown, too large or corrects what is not there; or
                the clock stands too far behind the last entry. The unit of work must then end.
        """
        if not drafts:
            return range(self._head.size, self._head.size)
        moment = tick(now_ms, self._head.recorded_ms if self._head.size else 0)
        if moment.stepped_back is not None:
            self._append_chunk([moment.stepped_back], moment.recorded_ms)
        first = self._head.size
        for start in range(0, len(drafts), CHUNK):
            with _no_cycles_to_look_for():
                self._append_chunk(drafts[start : start + CHUNK], moment.recorded_ms)
        return range(first, self._head.size)

    def erase(self, one: Recorded) -> None:
        """Delete the body of an entry and show what was kept of it; see `erasure`."""
        self._projecting().project_again(one)
        delete_body(one.index)
        forget()

    def _append_chunk(self, drafts: Sequence[Draft], recorded_ms: int) -> None:
        first = self._head.size
        if first:
            self._projecting()
        forget()
        recorded_at = instant_text(recorded_ms)
        many = len(drafts)
        for index, draft in enumerate(drafts, first):
            if draft.corrects is not None and not 0 <= draft.corrects < index:
                raise Refused(
                    say(
                        "A correction names entry {corrects}, and there is none before {index}.",
                        corrects=draft.corrects,
                        index=index,
                    ),
                    code="corrects_nothing",
                )
        bodies = encode_bodies(drafts, recorded_at)
        chance = os.urandom(SALT_SIZE * many)
        salts = [chance[at : at + SALT_SIZE] for at in range(0, len(chance), SALT_SIZE)]
        leaves = leaves_of(_uuids(os.urandom(16 * many)), recorded_at, salts, bodies)
        hashes = leaf_hashes(leaves)
        indexes = range(first, first + many)
        insert_entries(
            list(zip(indexes, repeat(recorded_ms), leaves, hashes, strict=False)),
            list(zip(indexes, salts, bodies, strict=True)),
        )
        self._projecting().project(
            [Recorded(index, recorded_ms, draft) for index, draft in enumerate(drafts, first)]
        )
        frontier = self._head.frontier.append_leaves(hashes)
        self._head = replace(
            self._head, size=frontier.size, recorded_ms=recorded_ms, frontier=frontier
        )
        write_head(frontier.size, recorded_ms, frontier)
        forget()
        keep("head", self._head)

    def _projecting(self) -> Projection:
        # Made late: the first entry of a record is the one that says the office's clock.
        if self._projection is None:
            self._projection = Projection(find_office_zone())
        return self._projection

    def _seal(self, before: HeadState, signed: Checkpoint | None) -> bytes | None:
        if self._head.size == before.size:
            return None
        return checkpoints.sign(self._head.frontier, signed)


def begin_record() -> None:
    """Make the head of an empty record.

    Raises:
        Refused: the database holds a record already.
    """
    if find_head() is not None:
        raise Refused(
            say(
                "The database holds an office's record already: choose another home with --home or "
                "another DATABASE_URL, or go on with this one."
            ),
            code="taken",
        )
    with transaction.atomic(durable=True):
        write_head(0, 0, Frontier())


def drop_empty_record() -> None:
    """Take the head of an empty record away: the office was not opened after all."""
    with transaction.atomic(durable=True):
        drop_empty_head()


def stop_writing(what: str) -> None:
    """Damage was found: from now on nothing is appended (law 10)."""
    with transaction.atomic(durable=True):
        lock_head()
        mark_damaged(what)


def lock_writers() -> int:
    """Within a transaction: keep writers out until it ends. The size of the record."""
    return lock_head().size


@contextmanager
def unit_of_work() -> Iterator[Writer]:
    """Open the transaction in which entries are recorded; commit all of it, or nothing.

    Raises:
        RecordDamaged: the record was found damaged, or is not the one that was last signed.
        Busy: somebody else is writing for longer than anybody waits.
        Unavailable: the database or the disk is out of reach or full.
        NotFound: no record was begun.
    """
    try:
        with transaction.atomic(durable=True), reading_once():
            head = lock_head()
            keep("head", head)
            if head.damaged:
                raise RecordDamaged(
                    f"The record is damaged ({head.damaged}): nothing is written until that is "
                    "mended; reading goes on. Run `fullfile log verify`."
                )
            signed = checkpoints.check_head(head)
            once.check_once()
            writer = Writer(head)
            yield writer
            once.keep_once(head.size, writer.size - 1)
            note = writer._seal(head, signed)  # noqa: SLF001 - the two halves of one door
    except (OperationalError, InterfaceError) as error:
        if is_busy(error):
            raise Busy(
                "Something large is being recorded, and until that is through nothing else can be. Nothing of yours "
                "was saved: try again in a minute."
            ) from error
        raise Unavailable(
            say(
                "The office's database cannot be written ({error}): nothing was recorded. See that the "
                "disk has room and that nobody else holds the database, then try again.",
                error=str(error).strip(),
            )
        ) from error
    if note is not None:
        checkpoints.publish(note)
    if writer.size - head.size >= _MANY:
        _count_anew()


def _count_anew() -> None:
    """After a bulk: PostgreSQL plans by what it knows of its tables, and should not learn it by chance."""
    if is_postgresql():
        with contextlib.suppress(DatabaseError):  # only slower without
            execute("ANALYZE")


@contextmanager
def _no_cycles_to_look_for() -> Iterator[None]:
    """A chunk makes some hundred thousand tuples and no cycle: looking for one takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _uuids(chance: bytes) -> list[str]:
    """Random UUIDs (RFC 9562, version 4), one from every 16 random bytes; digit by digit for all at once."""
    raw = bytearray(chance)
    raw[6::16] = raw[6::16].translate(_VERSION_4)
    raw[8::16] = raw[8::16].translate(_VARIANT_1)
    digits = raw.hex().encode()
    text = bytearray(_UUID.encode() * (len(chance) // 16))
    places = (place for place, sign in enumerate(_UUID) if sign == "x")
    for digit, place in enumerate(places):
        text[place :: len(_UUID)] = digits[digit::32]
    return text.decode().split()
