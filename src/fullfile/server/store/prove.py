"""The proof that one entry is in the log: a tlog-proof that a reader checks offline.

The leaf rides along as extra data, so that one file suffices. Hashes come from the stored leaf
hashes, and the proof is checked against the signed root before it is handed out.

What this does not do: it shows no body.
"""

from __future__ import annotations

from fullfile.core.errors import NotFound
from fullfile.core.tlog import Frontier, build_proof, open_checkpoint, verify_proof
from fullfile.server.store import checkpoints
from fullfile.server.store.reading import find_hashes, read_stored

__all__ = ["prove"]


def prove(index: int) -> bytes:
    """The proof of an entry, as of the last signed checkpoint.

    Raises:
        NotFound: there is no such entry.
        RecordDamaged: the stored hashes do not lead to the signed root.
    """
    note = checkpoints.find_signed()
    key = checkpoints.verifier()
    size = 0 if note is None else open_checkpoint(note, [key]).size
    if note is None or not 0 <= index < size:
        raise NotFound(f"The record has no entry {index}: its checkpoint is of {size:,} entries.")
    (stored,) = read_stored([index])
    proof = build_proof(index, _Hashes(), note, extra=stored.leaf)
    verify_proof(proof, stored.leaf_hash, [key])
    return proof.encode()


class _Hashes:
    """The hashes of full subtrees, made from stored leaf hashes."""

    def read(self, level: int, index: int) -> bytes:
        """The hash over the leaves `index << level` to `(index + 1) << level`."""
        frontier = Frontier()
        for hashes in find_hashes(index << level, (index + 1) << level):
            frontier = frontier.append_leaves(hashes)
        return frontier.root()
