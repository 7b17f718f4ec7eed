"""Frontier, tree and proofs against a tree written straight from RFC 6962 section 2.1."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullfile.core.errors import RecordDamaged
from fullfile.core.tlog import (
    EMPTY_ROOT,
    Frontier,
    Malformed,
    MemoryHashes,
    NodeHash,
    ProofFailed,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    root_hash,
    verify_consistency,
    verify_inclusion,
)

LEAVES = leaf_hashes(b"entry %d" % at for at in range(700))
MEMORY = MemoryHashes(LEAVES)


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, word for word; `leaves` are leaf hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def test_hashes():
    assert leaf_hash(b"") == sha256(b"\x00").digest()
    assert leaf_hashes([b"", b"a"]) == [leaf_hash(b""), leaf_hash(b"a")]
    assert node_hash(b"l", b"r") == sha256(b"\x01lr").digest()
    assert Frontier().root() == root_hash(0, MEMORY) == EMPTY_ROOT == naive_root([])


def test_root_at_each_size():
    edge = Frontier()
    for size in range(1, 300):
        edge = edge.append_leaves([LEAVES[size - 1]])
        assert edge.size == size
        assert edge.root() == naive_root(LEAVES[:size]) == root_hash(size, MEMORY)
        assert Frontier.decode(edge.encode()) == edge


@given(st.lists(st.integers(0, 300), max_size=5))
def test_batches_of_any_size_give_the_same(sizes):
    edge, at = Frontier(), 0
    completed: list[NodeHash] = []
    for size in sizes:
        batch = (LEAVES * 3)[at : at + size]
        edge = edge.append_leaves(batch, completed=completed)
        at += size
    whole: list[NodeHash] = []
    assert edge == Frontier().append_leaves((LEAVES * 3)[:at], completed=whole)
    assert completed == sorted(whole, key=lambda node: (node.index + 1 << node.level, node.level))
    assert edge.root() == naive_root((LEAVES * 3)[:at])


def test_completed_tiles():
    leaves = leaf_hashes(b"%d" % at for at in range(65_536))
    completed: list[NodeHash] = []
    edge = Frontier().append_leaves(leaves[:1000], completed=completed)
    assert [(node.level, node.index) for node in completed] == [(8, 0), (8, 1), (8, 2)]
    edge.append_leaves(leaves[1000:], completed=completed)
    assert len(completed) == 257
    tops = {(node.level, node.index): node.hash for node in completed}
    memory = MemoryHashes(leaves)
    assert all(memory.read(*place) == digest for place, digest in tops.items())
    assert tops[16, 0] == memory.read(16, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 7,
        b"\0" * 7 + b"\1",
        b"\0" * 40,
        b"\0" * 7 + b"\1" + b"\0" * 31,
        b"\xff" * 8 + b"\0" * 32 * 64,
    ],
)
def test_a_stored_frontier_of_another_form_is_refused(data):
    with pytest.raises(Malformed):
        Frontier.decode(data)


def test_a_frontier_takes_hashes_only():
    with pytest.raises(Malformed, match="32 bytes"):
        Frontier().append_leaves([b"short"])
    with pytest.raises(Malformed, match="32 bytes"):
        Frontier(1, (b"short",))


sizes_and_index = st.integers(1, 700).flatmap(
    lambda size: st.tuples(st.just(size), st.integers(0, size - 1))
)


@given(sizes_and_index, st.data())
def test_inclusion(size_and_index, data):
    size, index = size_and_index
    root = root_hash(size, MEMORY)
    proof = inclusion_proof(index, size, MEMORY)
    verify_inclusion(LEAVES[index], index, size, proof, root)

    changed = [LEAVES[index], *proof, root]
    which = data.draw(st.integers(0, len(changed) - 1))
    changed[which] = flipped(changed[which], data.draw(st.integers(0, 255)))
    with pytest.raises(ProofFailed):
        verify_inclusion(changed[0], index, size, changed[1:-1], changed[-1])
    for wrong in (proof[:-1], [*proof, root], [root, *proof]):
        if wrong != proof:
            with pytest.raises(ProofFailed):
                verify_inclusion(LEAVES[index], index, size, wrong, root)
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        with pytest.raises(ProofFailed):
            verify_inclusion(LEAVES[index], other, size, proof, root)


@given(
    st.integers(0, 700).flatmap(lambda new: st.tuples(st.integers(0, new), st.just(new))), st.data()
)
def test_consistency(old_and_new, data):
    old, new = old_and_new
    old_root, new_root = root_hash(old, MEMORY), root_hash(new, MEMORY)
    proof = consistency_proof(old, new, MEMORY)
    verify_consistency(old, new, proof, old_root, new_root)

    changed = [old_root, *proof, new_root]
    which = data.draw(st.integers(0, len(changed) - 1))
    changed[which] = flipped(changed[which], data.draw(st.integers(0, 255)))
    # From the empty tree everything follows: nothing ties the new root to the old one.
    if not (old == 0 < new and which == 1):
        with pytest.raises(ProofFailed):
            verify_consistency(old, new, changed[1:-1], changed[0], changed[-1])
    with pytest.raises(ProofFailed):
        verify_consistency(old, new, [*proof, old_root], old_root, new_root)
    if proof:
        with pytest.raises(ProofFailed):
            verify_consistency(old, new, proof[:-1], old_root, new_root)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_every_consistency_proof_of_small_trees():
    roots = [root_hash(size, MEMORY) for size in range(40)]
    for new in range(40):
        for old in range(new + 1):
            proof = consistency_proof(old, new, MEMORY)
            assert verify_consistency(old, new, proof, roots[old], roots[new]) is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: inclusion_proof(3, 3, MEMORY),
        lambda: inclusion_proof(-1, 3, MEMORY),
        lambda: consistency_proof(4, 3, MEMORY),
        lambda: consistency_proof(-1, 3, MEMORY),
        lambda: verify_inclusion(LEAVES[0], 1, 1, [], LEAVES[0]),
        lambda: verify_inclusion(LEAVES[0], 0, 0, [], LEAVES[0]),
        lambda: verify_inclusion(LEAVES[0], 0, 1, [], LEAVES[0][:31]),
        lambda: verify_consistency(4, 3, [], LEAVES[0], LEAVES[0]),
        lambda: verify_consistency(3, 4, [], LEAVES[0], LEAVES[0]),
        lambda: verify_consistency(0, 0, [], EMPTY_ROOT, LEAVES[0]),
        lambda: verify_consistency(0, 2, [], LEAVES[0], LEAVES[0]),
        lambda: verify_consistency(1, 1, [], LEAVES[0], LEAVES[1]),
    ],
)
def test_questions_without_an_answer(call):
    with pytest.raises(ProofFailed):
        call()


def test_an_error_tells_expected_and_found():
    with pytest.raises(RecordDamaged) as caught:
        verify_inclusion(LEAVES[0], 0, 1, [], LEAVES[1])
    assert LEAVES[0].hex() in str(caught.value)
    assert LEAVES[1].hex() in str(caught.value)
    assert str(caught.value).endswith(".")


@settings(max_examples=20)
@given(st.integers(1, 700))
def test_memory_has_full_subtrees_only(size):
    memory = MemoryHashes(LEAVES[:size])
    with pytest.raises(IndexError):
        memory.read(0, size)
