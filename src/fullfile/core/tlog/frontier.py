"""The right edge of the tree: all that is needed to append and to know the root.

A tree of size n is a row of full subtrees, one for each bit of n, the largest first (RFC 6962
section 2.1). Their hashes are the frontier. It is what a store keeps in its head row: 8 bytes of
size and at most 64 hashes. Proofs need more and are made in `tree`.

`append_leaves` reduces a whole batch level by level, so its cost is one hash for each leaf.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fullfile.core.tlog.failures import Malformed
from fullfile.core.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash, parents

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Frontier", "NodeHash"]

TILE_HEIGHT: Final = 8
MAX_SIZE: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class NodeHash:
    """The hash of one full subtree: `level` 0 is a leaf, `index` counts from the left."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """The size of a tree and the hashes of its full subtrees, the largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MAX_SIZE:
            raise Malformed(f"A tree cannot have the size {self.size}.")
        if len(self.hashes) != self.size.bit_count():
            raise Malformed(
                f"The frontier of a tree of size {self.size} has {self.size.bit_count()} hashes, "
                f"not {len(self.hashes)}."
            )
        if any(len(digest) != HASH_SIZE for digest in self.hashes):
            raise Malformed("A hash of the frontier has not 32 bytes.")

    def append_leaves(
        self, leaves: Sequence[bytes], *, completed: list[NodeHash] | None = None
    ) -> Frontier:
        """Return the frontier after these leaf hashes.

        Args:
            leaves: Leaf hashes in order.
            completed: If given, the hashes of the full tiles that this batch completed (nodes of
                level 8, 16, ...) are put at its end, so that a store may keep them.
        """
        if not {HASH_SIZE}.issuperset(map(len, leaves)):
            raise Malformed("A leaf hash has not 32 bytes.")
        old = self.size
        edge = self._by_level()
        row: list[bytes] = list(leaves)
        kept: dict[int, bytes] = {}
        level = 0
        while row or old >> level:
            if completed is not None and level and level % TILE_HEIGHT == 0:
                start = old >> level
                completed.extend(
                    NodeHash(level, index, digest) for index, digest in enumerate(row, start)
                )
            if level in edge:
                row.insert(0, edge[level])
            if len(row) % 2:
                kept[level] = row[-1]
            row = parents(row)
            level += 1
        return Frontier(old + len(leaves), tuple(kept[at] for at in sorted(kept, reverse=True)))

    def root(self) -> bytes:
        """Return the Merkle tree hash at this size."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root

    def encode(self) -> bytes:
        """Return the bytes for a row: size as 8 bytes, big-endian, then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes)

    @classmethod
    def decode(cls, data: bytes) -> Frontier:
        """Read what `encode` wrote."""
        body = data[8:]
        if len(data) < 8 or len(body) % HASH_SIZE:
            raise Malformed(
                f"A stored frontier has 8 bytes and then whole hashes of 32, not {len(data)} bytes."
            )
        hashes = tuple(body[at : at + HASH_SIZE] for at in range(0, len(body), HASH_SIZE))
        return cls(int.from_bytes(data[:8], "big"), hashes)

    def _by_level(self) -> dict[int, bytes]:
        levels = [level for level in range(self.size.bit_length()) if self.size >> level & 1]
        return dict(zip(reversed(levels), self.hashes, strict=True))
