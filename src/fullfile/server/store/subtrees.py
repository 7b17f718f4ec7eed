"""The hashes of full subtrees of the log, from the stored leaf hashes; those over 256 leaves and more are kept.

A full subtree never changes, so what was worked out once serves every later proof and tile: a proof in a
record of a million entries then reads some hundred hashes and not all of them. Whoever uses these checks the
result against a signed root (`prove`), so that nothing kept here is believed by itself.

What this does not do: it signs nothing and trusts nothing.
"""

from __future__ import annotations

from functools import lru_cache

from fullfile.core.errors import NotFound
from fullfile.core.tlog import Bundle, Frontier, Tile, node_hash, open_checkpoint
from fullfile.core.tlog.tiles import TILE_WIDTH, bundle_bytes, parse_path, subtree_root
from fullfile.server.settings import database_address
from fullfile.server.store import checkpoints
from fullfile.server.store.reading import find_hashes, find_leaves

__all__ = ["Hashes", "forget_hashes", "read_tile"]

_KEPT_FROM = 8
_WIDTH = TILE_WIDTH * 32
"""The bytes of the hashes of a full tile."""


class Hashes:
    """The hashes of full subtrees: a `HashReader`."""

    def read(self, level: int, index: int) -> bytes:
        """The hash over the leaves `index << level` to `(index + 1) << level`."""
        if level < _KEPT_FROM:
            return _from_leaves(level, index)
        kept = _kept(database_address())
        found = kept.get((level, index))
        if found is not None:
            return found
        below = (level - 1, 2 * index), (level - 1, 2 * index + 1)
        if level > _KEPT_FROM and (below[0] in kept or below[1] in kept):
            kept[level, index] = node_hash(self.read(*below[0]), self.read(*below[1]))
            return kept[level, index]
        return _work_out(kept, level, index)


@lru_cache(maxsize=4)
def _kept(address: str) -> dict[tuple[int, int], bytes]:  # noqa: ARG001 - the key under which it is kept
    """What is kept of a database's log: by level and index. A million entries come to some 8,000 hashes."""
    return {}


def _work_out(kept: dict[tuple[int, int], bytes], level: int, index: int) -> bytes:
    """A subtree from the leaf hashes below it, read in long slices; every full part of it is kept too."""
    start, end = index << level, (index + 1) << level
    base, held = start >> _KEPT_FROM, b""
    for part in find_hashes(start, end):
        held += b"".join(part)
        while len(held) >= _WIDTH:
            kept[_KEPT_FROM, base] = subtree_root(held[:_WIDTH])
            held = held[_WIDTH:]
            base += 1
    for above in range(_KEPT_FROM + 1, level + 1):
        for place in range(start >> above, end >> above):
            kept[above, place] = node_hash(
                kept[above - 1, 2 * place], kept[above - 1, 2 * place + 1]
            )
    return kept[level, index]


def _from_leaves(level: int, index: int) -> bytes:
    frontier = Frontier()
    for hashes in find_hashes(index << level, (index + 1) << level):
        frontier = frontier.append_leaves(hashes)
    return frontier.root()


def forget_hashes() -> None:
    """Keep nothing any more: another record may have been put in this one's place."""
    _kept.cache_clear()


def read_tile(path: str) -> bytes:
    """A tile or an entry bundle of the log as of its last signed checkpoint (C2SP tlog-tiles).

    Args:
        path: as the standard writes it: `tile/0/000`, `tile/entries/000.p/12`.

    Raises:
        NotFound: it is no such path, or the signed log does not reach so far.
    """
    found = parse_path(path)
    note = checkpoints.find_signed()
    size = 0 if note is None else open_checkpoint(note, [checkpoints.verifier()]).size
    if found is None or not _reaches(found, size):
        raise NotFound(f"The log of {size:,} entries has no {path[:80]}.")
    start = found.index * TILE_WIDTH
    if isinstance(found, Bundle):
        return bundle_bytes(find_leaves(start, start + found.width))
    if found.level == 0:
        return b"".join(one for part in find_hashes(start, start + found.width) for one in part)
    hashes = Hashes()
    return b"".join(hashes.read(8 * found.level, start + place) for place in range(found.width))


def _reaches(found: Tile | Bundle, size: int) -> bool:
    level = 0 if isinstance(found, Bundle) else found.level
    if level > 7:
        return False
    return (found.index * TILE_WIDTH + found.width) << (8 * level) <= size
