"""Subtrees kept in the process: the same hashes as from the leaves, proofs that hold, nothing believed that changed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from fullfile.core.tlog import MemoryHashes, leaf_hash
from fullfile.server.store import subtrees

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZE = 3_000


@pytest.fixture
def leaves(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """A tree of some thousand leaves, handed out in slices that end anywhere."""
    found = [leaf_hash(sha256(str(n).encode()).digest()) for n in range(_SIZE)]

    def find(start: int, end: int) -> Iterator[list[bytes]]:
        for low in range(start, end, 700):
            yield found[low : min(low + 700, end)]

    monkeypatch.setattr(subtrees, "find_hashes", find)
    monkeypatch.setattr(subtrees, "database_address", lambda: "a database of this test")
    subtrees.forget_hashes()
    yield found
    subtrees.forget_hashes()


@pytest.mark.parametrize("order", [1, -1])
def test_every_full_subtree_is_that_of_the_leaves(leaves: list[bytes], order: int) -> None:
    whole = MemoryHashes(leaves)
    places = [(level, index) for level in range(12) for index in range(_SIZE >> level)]
    for level, index in places[::order]:
        if level < 7 and index % 97:
            continue  # the small ones are read from the leaves each time
        assert subtrees.Hashes().read(level, index) == whole.read(level, index), (level, index)


def test_what_is_kept_is_let_go(leaves: list[bytes]) -> None:
    before = subtrees.Hashes().read(9, 1)
    leaves[600] = b"\x00" * 32
    assert subtrees.Hashes().read(9, 1) == before  # a proof checks it against the signed root
    subtrees.forget_hashes()
    assert subtrees.Hashes().read(9, 1) != before
