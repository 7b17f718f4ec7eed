"""The three hashes of the tree: RFC 6962 section 2.1 (the same as RFC 9162 section 2.1.1).

SHA-256 throughout. A leaf is H(0x00 || entry), a node H(0x01 || left || right), the empty
tree H(""). The two prefixes keep a node from ever passing for a leaf. The functions in the
plural are for bulk work: one list comprehension, no object for each hash.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["EMPTY_ROOT", "HASH_SIZE", "leaf_hash", "leaf_hashes", "node_hash", "parents"]

HASH_SIZE: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the leaf hash of the bytes of one entry."""
    return sha256(b"\x00" + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """Return the leaf hashes of many entries, in order."""
    return [sha256(b"\x00" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an interior node."""
    return sha256(b"\x01" + left + right).digest()


def parents(row: Sequence[bytes]) -> list[bytes]:
    """Hash a row of nodes pairwise; a last node without a partner is left out."""
    pairs = iter(row)
    return [
        sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)
    ]
