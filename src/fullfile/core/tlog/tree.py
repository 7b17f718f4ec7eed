"""Roots and proofs of the tree, made from stored hashes; and their checks.

Making: RFC 6962 sections 2.1, 2.1.1 and 2.1.2, over any source of the hashes of full subtrees
(`HashReader`). Checking: the loops of RFC 9162 sections 2.1.3.2 and 2.1.4.2, which need no source.
A proof is a list of hashes, the leaf's sibling first. Whether the hashes of a source are to be
trusted is not judged here: `tiles` does it for tiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fullfile.core.tlog.failures import ProofFailed
from fullfile.core.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash, parents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "HashReader",
    "MemoryHashes",
    "consistency_proof",
    "inclusion_proof",
    "root_hash",
    "verify_consistency",
    "verify_inclusion",
]


class HashReader(Protocol):
    """A source of the hashes of full subtrees."""

    def read(self, level: int, index: int) -> bytes:
        """Return the hash over the leaves `index << level` to `(index + 1) << level`."""
        ...


class MemoryHashes:
    """All hashes of a small tree, kept in memory."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._rows: list[list[bytes]] = [list(leaves)]
        while len(self._rows[-1]) > 1:
            self._rows.append(parents(self._rows[-1]))

    def read(self, level: int, index: int) -> bytes:
        """Return one hash; raises IndexError for a subtree that is not full."""
        return self._rows[level][index]


def root_hash(size: int, reader: HashReader) -> bytes:
    """Return the root of the first `size` leaves."""
    return _range_hash(0, size, reader) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, reader: HashReader) -> list[bytes]:
    """Return the proof that the leaf at `index` is in the tree of `size` (RFC 6962 2.1.1)."""
    if not 0 <= index < size:
        raise ProofFailed("No such leaf", expected=f"an index below {size}", found=index)
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(_range_hash(split, end, reader))
            end = split
        else:
            path.append(_range_hash(start, split, reader))
            start = split
    path.reverse()
    return path


def consistency_proof(old: int, new: int, reader: HashReader) -> list[bytes]:
    """Return the proof that the tree of `new` extends the tree of `old` (RFC 6962 2.1.2)."""
    if not 0 <= old <= new:
        raise ProofFailed("No such older tree", expected=f"a size of at most {new}", found=old)
    if old in (0, new):
        return []
    path: list[bytes] = []
    start, end = 0, new
    while end != old:
        split = start + _split(end - start)
        if old <= split:
            path.append(_range_hash(split, end, reader))
            end = split
        else:
            path.append(_range_hash(start, split, reader))
            start = split
    # The old root itself is known to the verifier, so it is left out (RFC 6962's flag b).
    if start:
        path.append(_range_hash(start, end, reader))
    path.reverse()
    return path


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check an inclusion proof by RFC 9162 section 2.1.3.2.

    Raises:
        ProofFailed: It does not lead from the leaf hash to the root.
    """
    _check_hashes("inclusion proof", [leaf, root, *proof])
    if not 0 <= index < size:
        raise ProofFailed(
            "The inclusion proof names no leaf of the tree",
            expected=f"an index below {size}",
            found=index,
        )
    fn, sn, found = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            raise ProofFailed(f"The inclusion proof of entry {index} is too long.")
        if fn & 1 or fn == sn:
            found = node_hash(sibling, found)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            found = node_hash(found, sibling)
        fn >>= 1
        sn >>= 1
    if sn:
        raise ProofFailed(f"The inclusion proof of entry {index} is too short.")
    if found != root:
        raise ProofFailed(
            f"Entry {index} does not lead to the root of size {size}", expected=root, found=found
        )


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Check a consistency proof by RFC 9162 section 2.1.4.2.

    Raises:
        ProofFailed: The newer tree does not extend the older one.
    """
    _check_hashes("consistency proof", [old_root, new_root, *proof])
    if not 0 <= old <= new:
        raise ProofFailed(
            "The newer tree is smaller", expected=f"a size of at least {old}", found=new
        )
    if old in (0, new):
        if proof:
            raise ProofFailed(f"From size {old} to {new} no hash is needed, {len(proof)} came.")
        expected = EMPTY_ROOT if old == 0 else new_root
        if old_root != expected:
            raise ProofFailed(f"The root of size {old}", expected=expected, found=old_root)
        if new == 0 and new_root != EMPTY_ROOT:
            raise ProofFailed("The root of size 0", expected=EMPTY_ROOT, found=new_root)
        return
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        raise ProofFailed(f"The consistency proof from {old} to {new} is empty.")
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    found_old = found_new = path[0]
    for digest in path[1:]:
        if sn == 0:
            raise ProofFailed(f"The consistency proof from {old} to {new} is too long.")
        if fn & 1 or fn == sn:
            found_old = node_hash(digest, found_old)
            found_new = node_hash(digest, found_new)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            found_new = node_hash(found_new, digest)
        fn >>= 1
        sn >>= 1
    if sn:
        raise ProofFailed(f"The consistency proof from {old} to {new} is too short.")
    if found_old != old_root:
        raise ProofFailed(f"The root of size {old}", expected=old_root, found=found_old)
    if found_new != new_root:
        raise ProofFailed(f"The root of size {new}", expected=new_root, found=found_new)


def _check_hashes(what: str, hashes: Sequence[bytes]) -> None:
    for digest in hashes:
        if len(digest) != HASH_SIZE:
            raise ProofFailed(
                f"A hash of the {what} has the wrong length", expected=HASH_SIZE, found=len(digest)
            )


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _range_hash(start: int, end: int, reader: HashReader) -> bytes:
    """Return the hash of the leaves [start, end), a range as RFC 6962's splitting makes them."""
    hashes = [reader.read(level, index) for level, index in _subtrees(start, end)]
    found = hashes.pop()
    while hashes:
        found = node_hash(hashes.pop(), found)
    return found


def _subtrees(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut an aligned range into full subtrees, the largest first."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level
