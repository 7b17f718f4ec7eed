"""Hashes out of tiles that nobody vouches for: each tile is checked before a hash leaves it.

1. The partial tiles of the right edge are read and must give the root that is known.
2. Any other tile is full. It must hash to its place in the tile above, which was itself checked so.

Step 2 comes before the first use of a tile, also of a tile that is read only in passing; leaving that
out is what CVE-2026-56865 (GO-2026-6179) was about. The source may give the full tile where a partial
one is asked for, as tlog-tiles allows.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, Protocol

from fullfile.core.tlog.failures import ProofFailed
from fullfile.core.tlog.hashing import HASH_SIZE
from fullfile.core.tlog.tiles import (
    TILE_WIDTH,
    Tile,
    edge_root,
    edge_tiles,
    subtree_root,
    tile_hashes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AuthenticTiles", "TileSource"]

_KEPT: Final = 1024  # level-0 tiles in memory: 8 MiB


class TileSource(Protocol):
    """Where tiles come from: a directory, a web server, a table."""

    def read_tile(self, tile: Tile) -> bytes | None:
        """Return the bytes of exactly this tile, or None if it is not there."""
        ...


class AuthenticTiles:
    """A `HashReader` over tiles, for one tree whose size and root are known."""

    def __init__(self, size: int, root: bytes, source: TileSource) -> None:
        self.size = size
        self._source = source
        self._edge: dict[tuple[int, int], bytes] = {}
        self._upper: dict[tuple[int, int], bytes] = {}
        self._lowest: OrderedDict[int, bytes] = OrderedDict()
        parts = [(tile, self._fetch(tile)) for tile in edge_tiles(size)]
        found = edge_root(data for _, data in parts)
        if found != root:
            raise ProofFailed(
                f"The tiles do not give the root of size {size}", expected=root, found=found
            )
        self._edge = {(tile.level, tile.index): data for tile, data in parts}

    def read(self, level: int, index: int) -> bytes:
        """Return the hash of a full subtree."""
        if index < 0 or (index + 1) << level > self.size:
            raise ProofFailed(
                f"There is no full subtree {index} of level {level} in a tree of size {self.size}."
            )
        tile_level, height = divmod(level, 8)
        first = index << height
        data = self.tile(tile_level, first // TILE_WIDTH)
        at = first % TILE_WIDTH * HASH_SIZE
        return subtree_root(data[at : at + (HASH_SIZE << height)])

    def tile(self, level: int, index: int) -> bytes:
        """Return the checked bytes of a tile of this tree."""
        wanted = (level, index)
        kept = self._edge.get(wanted) or self._upper.get(wanted)
        if kept is None and level == 0:
            kept = self._lowest.get(index)
        if kept is not None:
            return kept
        above = self.tile(level + 1, index // TILE_WIDTH)
        at = index % TILE_WIDTH * HASH_SIZE
        tile = Tile(level, index)
        data = self._fetch(tile)
        found = subtree_root(data)
        if found != above[at : at + HASH_SIZE]:
            raise ProofFailed(
                f"{tile.path} is not the tile that the log signed",
                expected=above[at : at + HASH_SIZE],
                found=found,
            )
        if level:
            self._upper[wanted] = data
        else:
            self._lowest[index] = data
            if len(self._lowest) > _KEPT:
                self._lowest.popitem(last=False)
        return data

    def _fetch(self, tile: Tile) -> bytes:
        for candidate in _candidates(tile):
            data = self._source.read_tile(candidate)
            if data is None:
                continue
            return tile_hashes(data, candidate)[: tile.width * HASH_SIZE]
        raise ProofFailed(f"{tile.path} is missing.")


def _candidates(tile: Tile) -> Sequence[Tile]:
    return (tile,) if tile.width == TILE_WIDTH else (tile, tile.full)
