"""Publish the log: tiles, entry bundles, the checkpoint (C2SP tlog-tiles), and the key beside.

An export goes to a directory. It may lie there from before: full tiles never change, so what is there
is left, and only what is new is written; partial tiles stay too (tlog-tiles asks for that). The
checkpoint is written last, in one step: a reader never sees one that tiles do not reach.

Only leaves go out, no body and no salt. What this does not do: it signs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fullfile.core.errors import NotFound, RecordDamaged, Refused, Unavailable
from fullfile.core.tlog import Frontier, TileBuilder, build_bundles, leaf_hashes, open_checkpoint
from fullfile.server.store import checkpoints
from fullfile.server.store.reading import find_leaves

__all__ = ["VKEY_NAME", "export_log"]

VKEY_NAME = "log.vkey"
_WIDTH = 256
_AT_ONCE = _WIDTH * 40


def export_log(directory: Path, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Write the log as of its last signed checkpoint. How many entries it has.

    Args:
        directory: where to; made if it is not there.
        progress: told how many entries are done, of how many.

    Raises:
        Refused: another log lies there.
        RecordDamaged: the entries do not give the signed root.
        Unavailable: the directory cannot be written.
    """
    note = checkpoints.find_signed()
    if note is None:
        raise NotFound("This home has no record yet: begin one with `fullfile init`.")
    key = checkpoints.verifier()
    head = open_checkpoint(note, [key])
    _see_whose(directory, key.vkey)
    builder, tree = TileBuilder(), Frontier()
    try:
        for start in range(0, head.size, _AT_ONCE):
            leaves = find_leaves(start, min(start + _AT_ONCE, head.size))
            for bundle, data in build_bundles(leaves, start=start):
                _write(directory / bundle.path, data)
            hashes = leaf_hashes(leaves)
            tree = tree.append_leaves(hashes)
            for tile, data in builder.add(hashes):
                _write(directory / tile.path, data)
            if progress is not None:
                progress(min(start + _AT_ONCE, head.size), head.size)
        for tile, data in builder.partial():
            _write(directory / tile.path, data)
        if tree.root() != head.root:
            raise RecordDamaged(
                "The entries do not give the root that was signed: run `fullfile log verify`."
            )
        _write(directory / VKEY_NAME, (key.vkey + "\n").encode(), anew=True)
        _write(directory / "checkpoint", note, anew=True)
    except OSError as error:
        raise Unavailable(
            f"The log cannot be written to {directory} ({error.strerror or error}): "
            "see that it can be written and has room, then run the command again."
        ) from error
    return head.size


def _see_whose(directory: Path, vkey: str) -> None:
    place = directory / VKEY_NAME
    if place.exists() and place.read_text("utf-8").strip() != vkey:
        raise Refused(
            f"{directory} holds another log: name an empty directory.", code="another_log"
        )


def _write(place: Path, data: bytes, *, anew: bool = False) -> None:
    """Write a file in one step, unless it is there and never changes."""
    if not anew and place.exists() and place.stat().st_size == len(data):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting = place.with_name(f".{place.name}.new")
    waiting.write_bytes(data)
    waiting.replace(place)
