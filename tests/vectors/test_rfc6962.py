"""Known trees made by another implementation: roots, tiles, inclusion and consistency proofs."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from fullfile.core.tlog import (
    AuthenticTiles,
    Frontier,
    MemoryHashes,
    ProofFailed,
    Tile,
    TileBuilder,
    consistency_proof,
    inclusion_proof,
    leaf_hashes,
    root_hash,
    tiles_of,
    verify_consistency,
    verify_inclusion,
)

SOURCE = Path(__file__).parents[3] / "shared/vectors/rfc6962/xmod-trees.json"
KNOWN = json.loads(SOURCE.read_text()) if SOURCE.exists() else {"trees": []}
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the shared vectors are not here")

ALL = leaf_hashes(b"entry %d" % at for at in range(70_000))


class Tiles(dict[str, bytes]):
    def read_tile(self, tile: Tile) -> bytes | None:
        return self.get(tile.path)


def built(leaves: list[bytes]) -> Tiles:
    builder = TileBuilder()
    made = {tile.path: data for tile, data in builder.add(leaves)}
    made |= {tile.path: data for tile, data in builder.partial()}
    return Tiles(made)


def test_small_tree_of_certificate_transparency():
    small = KNOWN["small_tree"]
    leaves = leaf_hashes(bytes.fromhex(each) for each in small["entries_hex"])
    assert [each.hex() for each in leaves] == small["leaf_hashes"]
    memory = MemoryHashes(leaves)
    for size, expected in enumerate(small["root_by_size_0_to_8"]):
        assert root_hash(size, memory).hex() == expected
        assert Frontier().append_leaves(leaves[:size]).root().hex() == expected


@pytest.mark.parametrize("tree", KNOWN["trees"], ids=lambda tree: str(tree["size"]))
def test_tree(tree):
    size = tree["size"]
    leaves = ALL[:size]
    root = bytes.fromhex(tree["root"])
    memory = MemoryHashes(leaves)
    assert root_hash(size, memory) == root
    assert Frontier().append_leaves(leaves).root() == root

    tiles = built(leaves)
    assert set(tiles) == {tile.path for tile in tiles_of(size)}
    assert len(tiles) == tree["tile_count"]
    for path, expected in tree.get("tile_sha256", {}).items():
        assert sha256(tiles[path]).hexdigest() == expected

    reader = AuthenticTiles(size, root, tiles)
    for case in tree["inclusion"]:
        proof = [bytes.fromhex(each) for each in case["proof"] or []]
        assert inclusion_proof(case["index"], size, memory) == proof
        assert inclusion_proof(case["index"], size, reader) == proof
        verify_inclusion(leaves[case["index"]], case["index"], size, proof, root)
        with pytest.raises(ProofFailed):
            verify_inclusion(leaves[case["index"]], case["index"], size, [*proof, root], root)
    for case in tree["consistency"]:
        old = case["old_size"]
        proof = [bytes.fromhex(each) for each in case["proof"] or []]
        assert consistency_proof(old, size, memory) == proof
        assert consistency_proof(old, size, reader) == proof
        verify_consistency(old, size, proof, root_hash(old, memory), root)
