"""Tiles: paths, what a size needs, builders, bundles, and a reader that trusts nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullfile.core.errors import Refused
from fullfile.core.tlog import (
    AuthenticTiles,
    Bundle,
    Malformed,
    MemoryHashes,
    ProofFailed,
    Tile,
    TileBuilder,
    build_bundles,
    bundles_of,
    consistency_proof,
    inclusion_proof,
    leaf_hashes,
    parse_bundle,
    root_hash,
    tiles_of,
)
from fullfile.core.tlog.tiles import edge_root, edge_tiles, parse_path, subtree_root

LEAVES = leaf_hashes(b"%d" % at for at in range(70_000))
MEMORY = MemoryHashes(LEAVES)


class Tiles(dict[Tile, bytes]):
    def read_tile(self, tile: Tile) -> bytes | None:
        return self.get(tile)


def built(size: int) -> Tiles:
    builder = TileBuilder()
    tiles = Tiles(builder.add(LEAVES[:size]))
    tiles.update(builder.partial())
    return tiles


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(1, 0, 1), "tile/1/000.p/1"),
        (Tile(63, 1234067), "tile/63/x001/x234/067"),
        (Tile(0, 1000, 255), "tile/0/x001/000.p/255"),
        (Bundle(999), "tile/entries/999"),
        (Bundle(1000, 3), "tile/entries/x001/000.p/3"),
    ],
)
def test_paths(place, path):
    assert place.path == path
    assert parse_path(path) == place


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000/",
        "/tile/0/000",
        "tile/entries/000.p/999",
    ],
)
def test_other_paths(path):
    assert parse_path(path) is None


def test_width_of_a_tile():
    for width in (0, 257):
        with pytest.raises(Malformed):
            _ = Tile(0, 0, width).path


def test_what_a_size_needs():
    assert list(tiles_of(0)) == []
    assert [tile.path for tile in tiles_of(256)] == ["tile/0/000", "tile/1/000.p/1"]
    of_70000 = list(tiles_of(70_000))
    assert len(of_70000) == 277
    assert [tile.path for tile in of_70000 if tile.width < 256] == [
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]
    assert [bundle.path for bundle in bundles_of(257)] == [
        "tile/entries/000",
        "tile/entries/001.p/1",
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 1000), max_size=4), st.integers(0, 1000))
def test_builder_goes_on_from_any_size(steps, more):
    builder = TileBuilder()
    tiles: dict[Tile, bytes] = {}
    at = 0
    for step in steps:
        tiles.update(builder.add(LEAVES[at : at + step]))
        at += step
    resumed = TileBuilder(at, builder.partial())
    tiles.update(resumed.add(LEAVES[at : at + more]))
    tiles.update(resumed.partial())
    size = at + more
    assert set(tiles) == set(tiles_of(size))
    assert tiles == built(size)
    assert edge_root(tiles[tile] for tile in edge_tiles(size)) == root_hash(size, MEMORY)


def test_builder_wants_the_edge_it_had():
    with pytest.raises(Malformed, match=r"000\.p/1"):
        TileBuilder(256)
    with pytest.raises(Malformed, match="32 bytes"):
        list(TileBuilder().add([b"short"]))
    with pytest.raises(Malformed, match="not 31"):
        TileBuilder(1, [(Tile(0, 0, 1), b"x" * 31)])


@given(st.lists(st.binary(max_size=300), max_size=600))
def test_bundles(entries):
    bundles = list(build_bundles(entries))
    assert [bundle for bundle, _ in bundles] == list(bundles_of(len(entries)))
    assert [entry for _, data in bundles for entry in parse_bundle(data)] == entries


def test_limits_of_bundles():
    longest = b"x" * 65_535
    ((bundle, data),) = build_bundles([longest, b""], start=512)
    assert bundle == Bundle(2, 2)
    assert parse_bundle(data) == [longest, b""]
    with pytest.raises(Refused, match="65536"):
        list(build_bundles([longest + b"x"]))
    with pytest.raises(Malformed, match="multiple"):
        list(build_bundles([b""], start=3))
    for bad in (b"\0", b"\0\1", b"\0\0\0", b"\0\0" * 257):
        with pytest.raises(Malformed):
            parse_bundle(bad)


SIZES = [1, 2, 255, 256, 257, 300, 511, 512, 600, 1000, 65_535, 65_536, 65_537, 70_000]


@pytest.mark.parametrize("size", SIZES)
def test_reader_gives_what_memory_gives(size):
    reader = AuthenticTiles(size, root_hash(size, MEMORY), built(size))
    places = {0, 1, 254, 255, 256, 257, size // 2, size - 2, size - 1}
    for index in (place for place in places if 0 <= place < size):
        assert inclusion_proof(index, size, reader) == inclusion_proof(index, size, MEMORY)
        assert consistency_proof(index, size, reader) == consistency_proof(index, size, MEMORY)
    assert root_hash(size, reader) == root_hash(size, MEMORY)
    with pytest.raises(ProofFailed):
        reader.read(0, size)
    with pytest.raises(ProofFailed):
        reader.read(0, -1)


@pytest.mark.parametrize("size", [300, 600, 1000, 70_000])
def test_no_hash_leaves_a_changed_tile(size):
    """CVE-2026-56865: there, hashes were handed out before their tile was checked."""
    root = root_hash(size, MEMORY)
    good = built(size)
    step = 1 if size < 1000 else 97
    for tile in list(tiles_of(size))[::step]:
        tiles = Tiles(good)
        changed = bytearray(tiles[tile])
        changed[len(changed) // 2] ^= 4
        tiles[tile] = bytes(changed)
        for place in (0, tile.width // 2, tile.width - 1):
            with pytest.raises(ProofFailed):
                AuthenticTiles(size, root, tiles).read(8 * tile.level, tile.index * 256 + place)
        del tiles[tile]
        with pytest.raises(ProofFailed, match="missing"):
            AuthenticTiles(size, root, tiles).read(8 * tile.level, tile.index * 256)


def test_a_full_tile_stands_for_a_partial_one():
    tiles = built(300)
    later = built(512)
    del tiles[Tile(0, 1, 44)]
    tiles[Tile(0, 1)] = later[Tile(0, 1)]
    reader = AuthenticTiles(300, root_hash(300, MEMORY), tiles)
    assert reader.read(0, 299) == LEAVES[299]
    tiles[Tile(0, 1)] = tiles[Tile(0, 1)][:-1]
    with pytest.raises(Malformed):
        AuthenticTiles(300, root_hash(300, MEMORY), tiles)


def test_reader_keeps_a_bounded_number_of_tiles(monkeypatch):
    monkeypatch.setattr("fullfile.core.tlog.tile_reader._KEPT", 2)
    reader = AuthenticTiles(2000, root_hash(2000, MEMORY), built(2000))
    for index in (0, 300, 600, 900, 0, 1999):
        assert reader.read(0, index) == LEAVES[index]
    assert len(reader._lowest) == 2


def test_subtree_root():
    assert subtree_root(LEAVES[0]) == LEAVES[0]
    assert subtree_root(b"".join(LEAVES[:256])) == MEMORY.read(8, 0)
