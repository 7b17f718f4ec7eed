"""Signed checkpoints, and the one that lies outside the database (law 11; C2SP tlog-checkpoint).

A head is signed only where it extends the last signed one: the stored head must be the tree that was
signed last, and entries only ever extend it. The note stands in the database with the
entries it signs; after the commit the file HOME/checkpoint is replaced, in one step. So:

- a database older than the file was restored from a backup, or cut short;
- a database of the same size with another root was rewritten;
- a database that is ahead of the file lost the moment between commit and replacing (a crash):
  what the file says must be what the database signed at that size, or what its leaves give.

The key lies in HOME/keys/log.skey, readable by its owner only.

What this does not do: it checks no body and not every leaf; `check` does.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from fullfile.core.errors import RecordDamaged, Refused, Unavailable
from fullfile.core.tlog import (
    Checkpoint,
    Frontier,
    SigningKey,
    VerifierKey,
    open_checkpoint,
    sign_checkpoint,
)
from fullfile.server.settings import get_home
from fullfile.server.store.entry_table import HeadState, find_head, stream_hashes
from fullfile.server.store.tables import execute, select

__all__ = [
    "check_head",
    "find_outside",
    "find_signed",
    "make_key",
    "publish",
    "read_key",
    "root_at",
    "sign",
    "verifier",
]

KEY_FILE = Path("keys") / "log.skey"
VKEY_FILE = Path("keys") / "log.vkey"
OUTSIDE = "checkpoint"
_LOCK = Path("keys") / "lock"


def make_key(origin: str) -> SigningKey:
    """Make the office's signing key and write it, readable by its owner only.

    Raises:
        Refused: the home has a key already, or the origin is no name for a key.
    """
    signer = SigningKey.from_seed(origin, os.urandom(32))
    place = get_home() / KEY_FILE
    if place.exists():
        raise Refused(f"{place} exists: this home has a signing key already.", code="key_exists")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(signer.skey + "\n")
            file.flush()
            os.fsync(file.fileno())
        _replace(get_home() / VKEY_FILE, (signer.verifier.vkey + "\n").encode())
    except OSError as error:
        raise Unavailable(f"The signing key cannot be written to {place} ({error}).") from error
    return signer


def read_key() -> SigningKey:
    """The office's signing key.

    Raises:
        Unavailable: it cannot be read.
    """
    place = get_home() / KEY_FILE
    try:
        return _parse_key(place.read_text("utf-8").strip())
    except OSError as error:
        raise Unavailable(
            f"The signing key {place} cannot be read ({error.strerror}): put it back from your backup."
        ) from error


def verifier() -> VerifierKey:
    """The public half of the office's signing key."""
    return _public_half(read_key())


@lru_cache(maxsize=4)
def _parse_key(text: str) -> SigningKey:
    return SigningKey.parse(text)


@lru_cache(maxsize=4)
def _public_half(signer: SigningKey) -> VerifierKey:
    return signer.verifier


def sign(frontier: Frontier, last: Checkpoint | None = None) -> bytes:
    """Sign the head of the tree, and keep the note in the database.

    The caller holds the writer's lock, has begun from a head that `check_head` accepted, and has
    only appended to it.

    Args:
        frontier: the head of the tree.
        last: the checkpoint that `check_head` gave; None reads it again.

    Raises:
        RecordDamaged: the new head does not extend the last signed one.
    """
    signer = read_key()
    if last is None:
        last = _last_signed(_public_half(signer))
    if last is not None and last.size > frontier.size:
        raise RecordDamaged(
            f"A head of {frontier.size:,} entries is not signed after one of {last.size:,}."
        )
    if last is not None and last.size == frontier.size and last.root != frontier.root():
        raise RecordDamaged(
            f"Another head of {frontier.size:,} entries was signed before: the record was rewritten."
        )
    note = sign_checkpoint(Checkpoint(signer.name, frontier.size, frontier.root()), [signer])
    execute(
        "INSERT INTO signed_checkpoint (size, note) VALUES (%s, %s) "
        "ON CONFLICT (size) DO UPDATE SET note = EXCLUDED.note",
        [frontier.size, note.decode()],
    )
    return note


def publish(note: bytes) -> None:
    """Replace the checkpoint outside the database, unless a later one lies there."""
    place = get_home() / OUTSIDE
    try:
        with _locked():
            there = find_outside()
            size = _size(note)
            if there is None or _size(there) <= size:
                _replace(place, note)
    except OSError as error:
        raise Unavailable(
            f"The entries were recorded, but {place} cannot be replaced ({error.strerror}): "
            "see that the disk has room, then run `fullfile log checkpoint`."
        ) from error


def check_head(head: HeadState) -> Checkpoint | None:
    """See that the stored head is the tree that was signed last; that checkpoint.

    Raises:
        RecordDamaged: it is older than, or another than, the one signed.
    """
    if head.frontier.size != head.size:
        raise RecordDamaged(
            f"The head counts {head.size:,} entries and its tree {head.frontier.size:,}: "
            "run `fullfile log verify`."
        )
    outside = find_outside()
    if head.size == 0 and outside is None:
        return None
    key = verifier()
    signed = find_signed()
    last = None if signed is None else open_checkpoint(signed, [key])
    if last is None or last.size != head.size or last.root != head.frontier.root():
        raise RecordDamaged(
            f"The head of {head.size:,} entries is not the one that was signed last: "
            "the record was changed by other means. Run `fullfile log verify`."
        )
    if outside is None:
        raise RecordDamaged(
            f"{get_home() / OUTSIDE} is gone: the last checkpoint must lie there. Put it back, or "
            "if you restored this home from a backup, restore all of it."
        )
    if outside == signed:
        return last
    known = open_checkpoint(outside, [key])
    if known.size > head.size:
        raise RecordDamaged(
            f"The database has {head.size:,} entries, and a checkpoint of {known.size:,} was signed: "
            "an older database was put in its place. Restore the newest backup."
        )
    if known.size == head.size:
        same = known.root == head.frontier.root()
    else:
        note = find_signed(known.size)
        same = known.root == (
            root_at(known.size) if note is None else open_checkpoint(note, [key]).root
        )
    if not same:
        raise RecordDamaged(
            f"The first {known.size:,} entries are not those that were signed: the record was "
            "rewritten. Keep the disk as it is, and restore the newest backup."
        )
    return last


def check_start() -> None:
    """At the start of a program: the record is the one last signed, and the file outside is current.

    Raises:
        RecordDamaged: it is not.
    """
    head = find_head()
    if head is None or head.size == 0:
        return
    check_head(head)
    note = find_signed(head.size)
    if note is not None and note != find_outside():
        publish(note)


def find_signed(size: int | None = None) -> bytes | None:
    """The checkpoint that was signed at a size, or the last one."""
    if size is None:
        rows = select("SELECT note FROM signed_checkpoint ORDER BY size DESC LIMIT 1")
    else:
        rows = select("SELECT note FROM signed_checkpoint WHERE size = %s", [size])
    return str(rows[0][0]).encode() if rows else None


def find_outside() -> bytes | None:
    """The checkpoint that lies outside the database."""
    try:
        return (get_home() / OUTSIDE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def root_at(size: int) -> bytes:
    """The root over the first entries, from their stored leaf hashes."""
    frontier = Frontier()
    for hashes in stream_hashes(0, size):
        frontier = frontier.append_leaves(hashes)
    if frontier.size != size:
        raise RecordDamaged(
            f"The record should have {size:,} entries; {frontier.size:,} are there."
        )
    return frontier.root()


def _last_signed(key: VerifierKey) -> Checkpoint | None:
    note = find_signed()
    return None if note is None else open_checkpoint(note, [key])


def _size(note: bytes) -> int:
    return int(note.split(b"\n", 2)[1])


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    with (get_home() / _LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _replace(place: Path, content: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never half of either.

    The directory is not flushed: after a crash the old one may be there, and that is made good.
    """
    waiting = place.with_name(f".{place.name}.{os.getpid()}")
    with waiting.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(place)
