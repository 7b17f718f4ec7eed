"""Check an exported log: checkpoint, tiles, entry bundles. For anyone, with no database.

Steps, in this order; a finding in one does not end the others:

1. The key is found, and the signature of `checkpoint` is checked with it (C2SP signed-note,
   tlog-checkpoint).
2. Every tile of the size is there, has its length, and is authentic: the partial tiles of the right
   edge give the signed root, and each full tile hashes to its place in the tile above (tlog-tiles,
   RFC 6962 section 2.1).
3. Every entry bundle is there, its entries hash to the tile of level 0, and each is a leaf in
   canonical form.
4. With `since`: that checkpoint is of the same log and signed by the same key, and a consistency
   proof made from the tiles leads from it to this one (RFC 9162 section 2.1.4.2).
5. If the source can list its files: tiles left over from smaller sizes agree with those of this one.

What no check of one export can see: that another export was shown to somebody else. Compare
checkpoints (`since`) for that. Bodies are not in an export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from fullfile.core.errors import RecordDamaged
from fullfile.core.tlog.checkpoint import open_checkpoint
from fullfile.core.tlog.hashing import HASH_SIZE, leaf_hashes
from fullfile.core.tlog.leaf import is_leaf, leaf_problem
from fullfile.core.tlog.tile_reader import AuthenticTiles
from fullfile.core.tlog.tiles import (
    TILE_WIDTH,
    Bundle,
    Tile,
    bundles_of,
    edge_root,
    edge_tiles,
    parse_bundle,
    parse_path,
    subtree_root,
)
from fullfile.core.tlog.tree import consistency_proof, verify_consistency
from fullfile.core.verify.head import KEY_PATH, find_key, other_signers, read_head
from fullfile.core.verify.report import Finding, LogReport, report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fullfile.core.tlog.checkpoint import Checkpoint
    from fullfile.core.tlog.note import VerifierKey

__all__ = ["FileSource", "ListedSource", "verify_log"]

_CHECKPOINT: Final = "checkpoint"
_MAX_MISSING: Final = 1000


class FileSource(Protocol):
    """The files of an export, by their path with slashes."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None if there is none."""
        ...


@runtime_checkable
class ListedSource(Protocol):
    """A source that can also say which files there are, so that left-over ones are checked too."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, or None if there is none."""
        ...

    def paths(self) -> Iterable[str]:
        """Return the path of every file."""
        ...


def verify_log(
    source: FileSource, vkey: str | None = None, since: bytes | None = None
) -> LogReport:
    """Check an exported log.

    Args:
        source: Its files.
        vkey: The office's key. Without it the key beside the log is taken, and the report says so.
        since: A checkpoint of the same log, kept from earlier.

    Returns:
        The report, with all findings.

    Raises:
        Refused: The given key is no key.
    """
    findings: list[Finding] = []
    notes: list[str] = []
    key = find_key(vkey, source.read(KEY_PATH), findings)
    data = source.read(_CHECKPOINT)
    if data is None:
        findings.append(
            Finding("no_checkpoint", "There is no checkpoint: is this a log's directory?")
        )
        checkpoint = None
    else:
        checkpoint = read_head(data, key, findings, _CHECKPOINT)
        notes.extend(other_signers(data, key))
    since_size = None
    if checkpoint is not None:
        check = _Check(source, checkpoint, findings)
        try:
            check.upper_tiles()
            check.entries()
        except _TooManyMissing:
            check.found(
                "many_missing",
                f"{_MAX_MISSING} files are missing; whether the others are there was not looked at.",
            )
        if since is not None:
            since_size = _check_since(source, checkpoint, since, key, findings)
        if isinstance(source, ListedSource):
            check.left_over(source.paths(), notes)
    return report(
        "export",
        findings,
        checkpoint=checkpoint,
        key=key,
        key_given=vkey is not None,
        since_size=since_size,
        notes=notes,
    )


class _TooManyMissing(Exception):
    """So many files are missing that this is no export of the size; looking further is idle."""


class _Check:
    """One run over tiles and bundles. Tiles above level 0 stay in memory: 1/256 of the leaves."""

    def __init__(self, source: FileSource, checkpoint: Checkpoint, findings: list[Finding]) -> None:
        self.source = source
        self.size = checkpoint.size
        self.root = checkpoint.root
        self.findings = findings
        self.missing = 0
        self.tiles: dict[Tile, bytes | None] = {}

    def upper_tiles(self) -> None:
        """Step 2, all but the full tiles of level 0."""
        edge = edge_tiles(self.size)
        for tile in edge:
            self.tiles[tile] = self.read_tile(tile)
        parts = [data for tile in edge if (data := self.tiles[tile]) is not None]
        if len(parts) == len(edge) and (found := edge_root(parts)) != self.root:
            self.found(
                "root",
                f"The tiles give the root {found.hex()}, "
                f"the checkpoint of size {self.size} has {self.root.hex()}.",
                _CHECKPOINT,
            )
        level_size, levels = self.size >> 8, []
        level = 1
        while level_size:
            levels.append((level, level_size >> 8))
            level_size >>= 8
            level += 1
        for level, full in reversed(levels):
            for index in range(full):
                self.full_tile(Tile(level, index))

    def entries(self) -> None:
        """Step 3, and step 2 for level 0, bundle by bundle."""
        for bundle in bundles_of(self.size):
            tile = Tile(0, bundle.index, bundle.width)
            if tile.width == TILE_WIDTH:
                hashes = self.full_tile(tile)
                del self.tiles[tile]
            else:
                hashes = self.tiles[tile]
            self.bundle(bundle, tile, hashes)

    def full_tile(self, tile: Tile) -> bytes | None:
        """Read a full tile and compare it with its place in the tile above."""
        data = self.tiles[tile] = self.read_tile(tile)
        above, expected = self.place(tile)
        if data is not None and expected is not None:
            found = subtree_root(data)
            if found != expected:
                self.found(
                    "tile_mismatch",
                    f"{tile.path} hashes to {found.hex()}, but {above.path} has "
                    f"{expected.hex()} for it.",
                    tile.path,
                )
        return data

    def place(self, tile: Tile) -> tuple[Tile, bytes | None]:
        """Return the tile above a full tile, and the hash that it has there."""
        index, place = divmod(tile.index, TILE_WIDTH)
        level_size = self.size >> 8 * (tile.level + 1)
        above = Tile(tile.level + 1, index, min(TILE_WIDTH, level_size - index * TILE_WIDTH))
        data = self.tiles.get(above)
        at = place * HASH_SIZE
        return above, None if data is None else data[at : at + HASH_SIZE]

    def bundle(self, bundle: Bundle, tile: Tile, hashes: bytes | None) -> None:
        """Check one entry bundle against the hashes of its tile, or of the tile above it."""
        data = self.source.read(bundle.path)
        path = bundle.path
        if data is None and bundle.width < TILE_WIDTH:
            data = self.source.read(bundle.full.path)
            path = bundle.full.path
        if data is None:
            self.lost("bundle_missing", bundle.path)
            return
        try:
            entries = parse_bundle(data, path)
        except RecordDamaged as error:
            self.found("bundle_form", str(error), path)
            return
        if path != bundle.path:
            entries = entries[: bundle.width]
        if len(entries) != bundle.width:
            self.found(
                "bundle_form", f"{path} has {len(entries)} entries, not {bundle.width}.", path
            )
        first = bundle.index * TILE_WIDTH
        row = leaf_hashes(entries)
        if hashes is not None:
            if b"".join(row) != hashes:
                for at, found in enumerate(row[: bundle.width]):
                    expected = hashes[at * HASH_SIZE : (at + 1) * HASH_SIZE]
                    if found != expected:
                        self.found(
                            "entry_mismatch",
                            f"Entry {first + at} in {path} hashes to {found.hex()}, "
                            f"but {tile.path} has {expected.hex()} for it.",
                            path,
                            first + at,
                        )
        elif len(row) == TILE_WIDTH:
            above, expected_root = self.place(tile)
            if expected_root is not None and subtree_root(b"".join(row)) != expected_root:
                self.found(
                    "entry_mismatch",
                    f"The entries in {path} do not hash to their place in {above.path}.",
                    path,
                )
        if not all(map(is_leaf, entries)):
            self.leaf_forms(entries, first, path)

    def leaf_forms(self, entries: list[bytes], first: int, path: str) -> None:
        """Say which entries are no leaf, and why."""
        for index, entry in enumerate(entries, first):
            problem = leaf_problem(entry)
            if problem is not None:
                self.found("leaf_form", f"Entry {index} in {path}: {problem}", path, index)

    def left_over(self, paths: Iterable[str], notes: list[str]) -> None:
        """Step 5: what lies in the directory and is not of this size."""
        beyond = foreign = 0
        for path in sorted(paths):
            place = parse_path(path)
            if place is None:
                foreign += path not in (_CHECKPOINT, KEY_PATH)
                continue
            level = place.level if isinstance(place, Tile) else 0
            level_size = self.size >> 8 * level
            start = place.index * TILE_WIDTH
            ahead = start + place.width > level_size
            beyond += ahead
            width = min(level_size - start, TILE_WIDTH)
            if width <= 0 or place.width == width:
                continue
            self.compare(place, width)
        if beyond:
            notes.append(
                f"{beyond} files go beyond size {self.size}; what they say of later entries "
                "is not signed by this checkpoint."
            )
        if foreign:
            notes.append(f"{foreign} files are no part of a log and were not looked at.")

    def compare(self, place: Tile | Bundle, width: int) -> None:
        """Compare a left-over file with the one of this size: one must begin as the other."""
        if isinstance(place, Tile):
            now: Tile | Bundle = Tile(place.level, place.index, width)
        else:
            now = Bundle(place.index, width)
        other, ours = self.source.read(place.path), self.source.read(now.path)
        if other is None or ours is None:
            return
        common = min(width, place.width)
        if isinstance(place, Tile):
            whole = len(other) == place.width * HASH_SIZE
            same = other[: common * HASH_SIZE] == ours[: common * HASH_SIZE]
        else:
            try:
                theirs = parse_bundle(other, place.path)
                whole = len(theirs) == place.width
                same = theirs[:common] == parse_bundle(ours, now.path)[:common]
            except RecordDamaged:
                whole = same = False
        if not (whole and same):
            self.found(
                "left_over_mismatch",
                f"{place.path}, left over from another size, does not agree with {now.path}.",
                place.path,
            )

    def read_tile(self, tile: Tile) -> bytes | None:
        """Read a tile, or the full one in place of a partial one."""
        candidates = (tile,) if tile.width == TILE_WIDTH else (tile, tile.full)
        for candidate in candidates:
            data = self.source.read(candidate.path)
            if data is None:
                continue
            if len(data) != candidate.width * HASH_SIZE:
                self.found(
                    "tile_form",
                    f"{candidate.path} has {len(data)} bytes, not {candidate.width * HASH_SIZE}.",
                    candidate.path,
                )
                return None
            return data[: tile.width * HASH_SIZE]
        self.lost("tile_missing", tile.path)
        return None

    def lost(self, code: str, path: str) -> None:
        """Note that a file is missing, and give up where hardly any is there."""
        self.found(code, f"{path} is missing.", path)
        self.missing += 1
        if self.missing >= _MAX_MISSING:
            raise _TooManyMissing

    def found(
        self, code: str, text: str, path: str | None = None, index: int | None = None
    ) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, text, path, index))


class _Tiles:
    """A source of files as a source of tiles."""

    def __init__(self, source: FileSource) -> None:
        self._source = source

    def read_tile(self, tile: Tile) -> bytes | None:
        return self._source.read(tile.path)


def _check_since(
    source: FileSource,
    checkpoint: Checkpoint,
    since: bytes,
    key: VerifierKey | None,
    findings: list[Finding],
) -> int | None:
    """Step 4."""
    if key is None:
        findings.append(
            Finding("since", "Without a key the earlier checkpoint could not be checked.")
        )
        return None
    try:
        old = open_checkpoint(since, [key])
    except RecordDamaged as error:
        findings.append(Finding("since", f"The earlier checkpoint is not valid: {error}"))
        return None
    if old.size > checkpoint.size:
        findings.append(
            Finding(
                "shrunk",
                f"The log has {checkpoint.size} entries, but had {old.size} when the earlier "
                "checkpoint was signed: entries are gone.",
            )
        )
        return old.size
    try:
        reader = AuthenticTiles(checkpoint.size, checkpoint.root, _Tiles(source))
        proof = consistency_proof(old.size, checkpoint.size, reader)
        verify_consistency(old.size, checkpoint.size, proof, old.root, checkpoint.root)
    except RecordDamaged as error:
        findings.append(
            Finding(
                "not_extension",
                f"The log of size {checkpoint.size} is not shown to extend the earlier one of size "
                f"{old.size}: {error}",
            )
        )
    return old.size
