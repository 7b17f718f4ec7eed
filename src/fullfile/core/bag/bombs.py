"""Whether an archive is a bomb, by what it declares of itself: counted, never unpacked. Pure.

A zip says in its directory how many files it holds and how large each becomes. What would become enormous, or holds more
files than any collection of evidence, is refused; so is one whose directory contradicts itself. The bytes are passed in.

What this does not do: it opens no member, and says nothing about archives inside archives: each is a file of its own.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

__all__ = ["MOST_FILES", "MOST_TIMES", "Declared", "declared_of", "is_bomb"]

MOST_FILES = 200_000
"""More files than this in one archive are refused."""
MOST_TIMES = 200
"""An archive that becomes more than so many times its own size is refused…"""
_SMALL = 100 * 2**20
"""…unless it stays below this."""

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_MARK = b"PK\x06\x06"
_MEMBER = struct.Struct("<4s6H3L5H2L")
_MEMBER_MARK = b"PK\x01\x02"
_MANY_16, _MANY_32 = 0xFFFF, 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Declared:
    """What a zip says of itself: how many files, how many bytes they become."""

    files: int
    bytes: int


def declared_of(tail: bytes, directory: bytes | None = None) -> Declared | tuple[int, int] | None:
    """Read the end of a zip, then its directory.

    Args:
        tail: its last 64 KiB and some (or all of it, where it is smaller).
        directory: the bytes of its directory, once they are known where to be.

    Returns:
        None: it is no zip. (offset, size) of the directory, where `directory` is None. Else what it declares.

    Raises:
        ValueError: the directory contradicts itself.
    """
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        return None
    _, _, _, _, files, size, offset, _ = _END.unpack_from(tail, at)
    if files == _MANY_16 or _MANY_32 in (size, offset):
        found = tail.rfind(_END_64_MARK, 0, at)
        if found < 0:
            raise ValueError("its end names a larger end that is not there")
        _, _, _, _, _, _, _, files, size, offset = _END_64.unpack_from(tail, found)
    if directory is None:
        return offset, size
    return _count(directory, files)


def _count(directory: bytes, files: int) -> Declared:
    at = total = seen = 0
    while at + _MEMBER.size <= len(directory) and seen <= MOST_FILES:
        fields = _MEMBER.unpack_from(directory, at)
        if fields[0] != _MEMBER_MARK:
            raise ValueError("its directory is not one")
        size, name, extra, comment = fields[9], fields[10], fields[11], fields[12]
        if size == _MANY_32:
            size = _large(directory[at + _MEMBER.size + name :][:extra])
        total += size
        seen += 1
        at += _MEMBER.size + name + extra + comment
    if seen <= MOST_FILES and seen != files:
        raise ValueError("its directory does not hold as many files as its end says")
    return Declared(max(seen, files), total)


def _large(extra: bytes) -> int:
    """The size of a member in the field for large ones (header id 1)."""
    at = 0
    while at + 4 <= len(extra):
        name, length = struct.unpack_from("<2H", extra, at)
        if name == 1 and length >= 8:
            return int(struct.unpack_from("<Q", extra, at + 4)[0])
        at += 4 + length
    raise ValueError("the size of a large member is not said")


def is_bomb(declared: Declared, size: int) -> str:
    """Why an archive of a size is refused; empty where it is not.

    >>> is_bomb(Declared(3, 1000), 500), is_bomb(Declared(1, 2**40), 2**20) != ""
    ('', True)
    """
    if declared.files > MOST_FILES:
        return f"it holds {declared.files:,} files, more than {MOST_FILES:,}"
    if declared.bytes > max(_SMALL, size * MOST_TIMES):
        return f"its {size:,} bytes would become {declared.bytes:,}"
    return ""
