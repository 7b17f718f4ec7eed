"""Files of evidence: in the home, under the digest of their bytes, written once and never changed.

    files/sha256/ab/cd/abcd…    read-only; its name is the SHA-256 of what is in it
    files/incoming/…            what is being received; swept away by whoever comes a day later

A file is received into `incoming`, hashed on the way and flushed to the disk; only then it gets its place, in one step. The
same bytes come to lie in the same place, so nothing is ever overwritten. Reading checks the digest again, and holds back the
end until it is right: a damaged file never arrives whole.

What this does not do: it knows no item and permits nothing; it looks into no file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fullfile.core.errors import NotFound, RecordDamaged, Refused, Unavailable
from fullfile.core.said import say
from fullfile.server.settings import get_home

__all__ = [
    "CHUNK",
    "Received",
    "discard",
    "has_file",
    "list_files",
    "open_file",
    "place",
    "read_part",
    "read_tail",
    "receive",
]

CHUNK = 1024 * 1024
_HEAD = 64
_STALE = 86_400


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was received and has no place yet.

    Attributes:
        path: where it lies.
        sha256: the digest of its bytes, hex.
        size: how many there are.
        head: the first of them.
    """

    path: Path
    sha256: str
    size: int
    head: bytes


def receive(chunks: Iterable[bytes], *, limit: int, now_ms: int) -> Received:
    """Take in a file, whole or not at all.

    Args:
        chunks: its bytes.
        limit: the most that it may have.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: it is larger, or empty.
        Unavailable: the disk is full or out of reach.
    """
    incoming = _folder("incoming")
    path = incoming / f"{os.getpid()}-{os.urandom(8).hex()}"
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        _sweep(incoming, now_ms / 1000 - _STALE)
        return _written(path, chunks, limit)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Unavailable(
            say(
                "The file cannot be stored ({strerror}): see that the disk has room, and try again.",
                strerror=error.strerror or str(error),
            )
        ) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _written(path: Path, chunks: Iterable[bytes], limit: int) -> Received:
    """Write and hash the bytes of a file."""
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("xb") as out:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise Refused(
                    say(
                        "The file is larger than this office takes ({what:,} MB): split it, or have an "
                        "administrator raise file_limit.",
                        what=limit // 2**20,
                    ),
                    code="file_too_large",
                )
            digest.update(chunk)
            if len(head) < _HEAD:
                head = (head + chunk)[:_HEAD]
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise Refused(say("The file is empty: nothing was received."), code="file_empty")
    return Received(path, digest.hexdigest(), size, head)


def place(received: Received) -> bool:
    """Give a received file its place for ever. Whether it was not there before.

    Raises:
        Unavailable: the disk is out of reach.
    """
    target = _place(received.sha256)
    try:
        if target.exists():
            received.path.unlink(missing_ok=True)
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        received.path.chmod(0o444)
        received.path.replace(target)
        for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
            _flush(folder)
    except OSError as error:
        raise Unavailable(
            say(
                "The file cannot be stored ({strerror}): nothing was recorded.",
                strerror=error.strerror or str(error),
            )
        ) from error
    return True


def discard(received: Received) -> None:
    """Let go of a file that was received and is not to be kept."""
    received.path.unlink(missing_ok=True)


def has_file(sha256: str) -> bool:
    """Whether the store has a file."""
    return _place(sha256).is_file()


def open_file(sha256: str) -> Iterator[bytes]:
    """The bytes of a file, checked on the way; the last of them come only if all were right.

    Raises:
        NotFound: the store has no such file.
        RecordDamaged: its bytes are not those that were stored.
    """
    try:
        source = _place(sha256).open("rb")
    except OSError as error:
        raise NotFound(
            say(
                "The store has no file {sha256}…: bring it back from a backup; what it was stands in the "
                "record.",
                sha256=sha256[:12],
            )
        ) from error
    with source:
        digest, held = hashlib.sha256(), b""
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            if held:
                yield held
            held = chunk
        if digest.hexdigest() != sha256:
            raise RecordDamaged(
                f"The file {sha256[:12]}… is not what was stored: its bytes have changed. Bring it back from a backup."
            )
        if held:
            yield held


def read_tail(received: Received, size: int) -> bytes:
    """The last bytes of a received file."""
    with received.path.open("rb") as source:
        source.seek(max(0, received.size - size))
        return source.read()


def read_part(received: Received, offset: int, size: int) -> bytes:
    """Some bytes of a received file."""
    with received.path.open("rb") as source:
        source.seek(offset)
        return source.read(size)


def list_files() -> Iterator[str]:
    """The digest of every file in the store."""
    root = _folder("sha256")
    for path in sorted(root.glob("*/*/*")):
        yield path.name


def _folder(name: str) -> Path:
    return get_home() / "files" / name


def _place(sha256: str) -> Path:
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise NotFound(say("That is no digest of a file."))
    return _folder("sha256") / sha256[:2] / sha256[2:4] / sha256


def _flush(folder: Path) -> None:
    """Have the disk know of a new name; some systems know no flush of folders."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(incoming: Path, before: float) -> None:
    """What a lost connection left a day ago."""
    for path in incoming.iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
