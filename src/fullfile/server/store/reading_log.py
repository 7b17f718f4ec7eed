"""The sealed log of what the defence opened: apart from the record, read by nobody but by order of a court.

All access is logged, the defence's too; but what counsel opens, searches and prints is no business of the State
(ux 6). So these rows are no entries, have no query, stand on no page, in no export and in no count. Each is chained to
the one before by a hash, so that a row taken out, changed or put between is found (`is_whole`).

`read_all` is for `actions.reading.open_by_order` alone, which records the order as an entry before it gives anything out.
What this does not do: it keeps nothing from whoever has the database's password; who has it is a matter of the office.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import OperationalError, transaction

from fullfile.core.errors import RecordDamaged, Unavailable
from fullfile.core.ids import instant_text
from fullfile.core.said import say
from fullfile.core.tlog import canonical_bytes
from fullfile.server.store.tables import insert, is_postgresql, select

__all__ = ["KINDS", "Reading", "is_whole", "log_reading", "read_all"]

KINDS = ("page", "item", "production", "file", "package", "paper", "search", "print")
"""What may be opened."""

_LOCK = 7_305_002
_FIRST = hashlib.sha256(b"fullfile defence reading v1").digest()


@dataclass(frozen=True, slots=True)
class Reading:
    """Something that was opened: its number in the log, who, when, what, and how many bytes were given out."""

    number: int
    who: str
    at: str
    kind: str
    ref: str
    bytes: int


def log_reading(*, who: str, kind: str, ref: str, sent: int, now_ms: int) -> None:
    """Log that somebody of the defence opened something.

    Args:
        who: the account.
        kind: one of `KINDS`.
        ref: which one: its number in addresses, or a search's own number; never words that were searched for.
        sent: how many bytes were given out.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        ValueError: there is no such kind, or nobody is named.
        Unavailable: the database cannot be written: then nothing may be shown.
    """
    if kind not in KINDS or not who.strip():
        raise ValueError(f"A reading has somebody who reads and one of {', '.join(KINDS)}.")
    body = canonical_bytes(
        {"at": instant_text(now_ms), "bytes": sent, "kind": kind, "ref": ref, "who": who.strip()}
    )
    try:
        with transaction.atomic():
            if is_postgresql():
                select(f"SELECT pg_advisory_xact_lock({_LOCK})")
            last = select("SELECT number, hash FROM defence_reading ORDER BY number DESC LIMIT 1")
            number, before = (last[0][0] + 1, bytes(last[0][1])) if last else (0, _FIRST)
            insert("defence_reading", [(number, body, _chained(before, body))])
    except OperationalError as error:
        raise Unavailable(
            say(
                "The log of the defence's reading cannot be written, so nothing is shown: try again."
            )
        ) from error


def is_whole() -> bool:
    """Whether no row was taken out of the log, changed or put between. Says nothing of what is in it."""
    try:
        for _ in read_all():
            pass
    except RecordDamaged:
        return False
    return True


def read_all() -> Iterator[Reading]:
    """Every row, checked against the chain. For `open_by_order` alone.

    Raises:
        RecordDamaged: a row is gone, was changed or put between.
    """
    before = _FIRST
    start = 0
    while rows := select(
        "SELECT number, body, hash FROM defence_reading WHERE number >= %s ORDER BY number LIMIT 5000",
        [start],
    ):
        for number, body, found in rows:
            if number != start or bytes(found) != _chained(before, bytes(body)):
                raise RecordDamaged(
                    f"The log of the defence's reading is not whole at row {start}: rows are gone or were changed."
                )
            before, start = bytes(found), number + 1
            said = json.loads(bytes(body))
            yield Reading(number, said["who"], said["at"], said["kind"], said["ref"], said["bytes"])


def _chained(before: bytes, body: bytes) -> bytes:
    return hashlib.sha256(before + body).digest()
