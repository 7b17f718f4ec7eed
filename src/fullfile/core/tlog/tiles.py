"""Tiles: the layout of c2sp.org/tlog-tiles (tag v0.1.0) as paths and bytes.

A tile holds up to 256 hashes of one level; a hash of level L+1 is the Merkle tree hash of a *full*
tile of level L. The right edge has partial tiles, `.p/W`; an empty tile is never made. So size 256
is a full tile of level 0 and `tile/1/000.p/1`, and the partial tiles of all levels, by themselves,
give the root. Entry bundles hold the entries, each behind a length of two bytes, so an entry has
at most 65,535 bytes.

Nothing here reads a disk. Checking tiles before use is done in `tile_reader`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from fullfile.core.errors import Refused
from fullfile.core.tlog.failures import Malformed
from fullfile.core.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "MAX_ENTRY",
    "TILE_WIDTH",
    "Bundle",
    "Tile",
    "TileBuilder",
    "build_bundles",
    "bundle_bytes",
    "bundles_of",
    "edge_root",
    "edge_tiles",
    "parse_bundle",
    "parse_path",
    "subtree_root",
    "tile_hashes",
    "tiles_of",
]

TILE_WIDTH: Final = 256
MAX_ENTRY: Final = 65_535

_PATH: Final = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its level, its index in the level, and how many hashes it has."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path of the tile."""
        return f"tile/{self.level}/{_index_path(self.index, self.width)}"

    @property
    def full(self) -> Tile:
        """The full tile of the same place."""
        return Tile(self.level, self.index)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One entry bundle: its index, and how many entries it has."""

    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path of the bundle."""
        return f"tile/entries/{_index_path(self.index, self.width)}"

    @property
    def full(self) -> Bundle:
        """The full bundle of the same place."""
        return Bundle(self.index)


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile of a tree: level by level, from the left."""
    level = 0
    while size:
        full, rest = divmod(size, TILE_WIDTH)
        for index in range(full):
            yield Tile(level, index)
        if rest:
            yield Tile(level, full, rest)
        size = full
        level += 1


def bundles_of(size: int) -> Iterator[Bundle]:
    """Yield every entry bundle of a log of this size."""
    full, rest = divmod(size, TILE_WIDTH)
    for index in range(full):
        yield Bundle(index)
    if rest:
        yield Bundle(full, rest)


def edge_tiles(size: int) -> list[Tile]:
    """Return the partial tiles of the right edge, the highest level first."""
    edge = []
    level = 0
    while size:
        size, width = divmod(size, TILE_WIDTH)
        if width:
            edge.append(Tile(level, size, width))
        level += 1
    return edge[::-1]


def parse_path(path: str) -> Tile | Bundle | None:
    """Read the path of a tile or bundle; None for every other path."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    kind, groups, width_text = match.groups()
    index = int(groups.replace("x", "").replace("/", ""))
    width = int(width_text) if width_text else TILE_WIDTH
    if width > TILE_WIDTH:
        return None
    found = Bundle(index, width) if kind == "entries" else Tile(int(kind), index, width)
    # One path for one tile: no leading x000, no .p/256, no level beyond 63.
    return found if found.path == path and (kind == "entries" or int(kind) <= 63) else None


def subtree_root(data: bytes) -> bytes:
    """Return the root over 1, 2, 4 ... 256 hashes, given one after the other."""
    while len(data) > HASH_SIZE:
        data = b"".join(
            [sha256(b"\x01" + data[at : at + 64]).digest() for at in range(0, len(data), 64)]
        )
    return data


def tile_hashes(data: bytes, tile: Tile) -> bytes:
    """Return the bytes of a tile, checked for their length only.

    Raises:
        Malformed: There are more or fewer than the tile has.
    """
    if len(data) != tile.width * HASH_SIZE:
        raise Malformed(
            f"{tile.path} has {tile.width} hashes and so {tile.width * HASH_SIZE} bytes, "
            f"not {len(data)}."
        )
    return data


def edge_root(parts: Iterable[bytes]) -> bytes:
    """Return the root from the bytes of the right edge's partial tiles, the highest level first."""
    row: list[bytes] = []
    for data in parts:
        start, width = 0, len(data) // HASH_SIZE
        while width:
            step = 1 << width.bit_length() - 1
            row.append(subtree_root(data[start : start + step * HASH_SIZE]))
            start += step * HASH_SIZE
            width -= step
    if not row:
        return EMPTY_ROOT
    root = row.pop()
    while row:
        root = node_hash(row.pop(), root)
    return root


class TileBuilder:
    """Makes tiles from leaf hashes as they come, level by level.

    `add` yields each tile once it is full, `partial` the right edge as it is now. To go on with an
    export, give the size and the partial tiles it had.
    """

    def __init__(self, size: int = 0, edge: Iterable[tuple[Tile, bytes]] = ()) -> None:
        self.size = size
        self._open: list[list[bytes]] = []
        given = {tile: tile_hashes(data, tile) for tile, data in edge}
        wanted = edge_tiles(size)
        if set(given) != set(wanted):
            names = ", ".join(tile.path for tile in wanted) or "no tile"
            raise Malformed(f"To go on from size {size}, {names} must be given.")
        for tile in wanted:
            data = given[tile]
            self._row(tile.level).extend(
                data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)
            )

    def add(self, leaves: Sequence[bytes]) -> Iterator[tuple[Tile, bytes]]:
        """Take leaf hashes in order and yield the tiles that became full."""
        at = 0
        while at < len(leaves):
            row = self._row(0)
            taken = leaves[at : at + TILE_WIDTH - len(row)]
            if len(taken[0]) != HASH_SIZE:
                raise Malformed("A leaf hash has not 32 bytes.")
            row.extend(taken)
            at += len(taken)
            self.size += len(taken)
            yield from self._close(0)

    def partial(self) -> Iterator[tuple[Tile, bytes]]:
        """Yield the partial tiles of the present size, the highest level first."""
        for tile in edge_tiles(self.size):
            yield tile, b"".join(self._open[tile.level])

    def _row(self, level: int) -> list[bytes]:
        while len(self._open) <= level:
            self._open.append([])
        return self._open[level]

    def _close(self, level: int) -> Iterator[tuple[Tile, bytes]]:
        row = self._row(level)
        if len(row) < TILE_WIDTH:
            return
        data = b"".join(row)
        row.clear()
        yield Tile(level, (self.size >> 8 * (level + 1)) - 1), data
        self._row(level + 1).append(subtree_root(data))
        yield from self._close(level + 1)


def bundle_bytes(entries: Iterable[bytes]) -> bytes:
    """Return the bytes of an entry bundle.

    Raises:
        Refused: An entry is too long for the format.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise Refused(
                f"An entry of the log has at most {MAX_ENTRY} bytes, this one has {len(entry)}.",
                code="entry_too_long",
            )
        parts.append(len(entry).to_bytes(2, "big"))
        parts.append(entry)
    return b"".join(parts)


def build_bundles(entries: Iterable[bytes], *, start: int = 0) -> Iterator[tuple[Bundle, bytes]]:
    """Cut entries into bundles; the last one may be partial.

    Args:
        entries: The entries from the log index `start` on.
        start: Where to begin; a multiple of 256.
    """
    if start % TILE_WIDTH:
        raise Malformed(f"Bundles begin at a multiple of 256, not at {start}.")
    index = start // TILE_WIDTH
    row: list[bytes] = []
    for entry in entries:
        row.append(entry)
        if len(row) == TILE_WIDTH:
            yield Bundle(index), bundle_bytes(row)
            index += 1
            row.clear()
    if row:
        yield Bundle(index, len(row)), bundle_bytes(row)


def parse_bundle(data: bytes, what: str = "The entry bundle") -> list[bytes]:
    """Return the entries of a bundle; `what` names it in the error.

    Raises:
        Malformed: A length leads beyond the end, or there are more than 256 entries.
    """
    entries: list[bytes] = []
    at, end = 0, len(data)
    while at < end:
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if at > end:
            raise Malformed(f"{what} ends within entry {len(entries)} of it.")
        entries.append(data[start:at])
    if len(entries) > TILE_WIDTH:
        raise Malformed(f"{what} has {len(entries)} entries; a bundle has at most 256.")
    return entries


def _index_path(index: int, width: int) -> str:
    if not 1 <= width <= TILE_WIDTH:
        raise Malformed(f"A tile is 1 to 256 wide, not {width}.")
    path = f"{index % 1000:03d}"
    while index >= 1000:
        index //= 1000
        path = f"x{index % 1000:03d}/{path}"
    return path if width == TILE_WIDTH else f"{path}.p/{width}"
