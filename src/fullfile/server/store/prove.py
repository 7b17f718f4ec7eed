"""The proof that one entry is in the log: a tlog-proof that a reader checks offline.

The leaf rides along as extra data, so that one file suffices. Hashes come from the stored leaf
hashes, and the proof is checked against the signed root before it is handed out.

What this does not do: it shows no body.
"""

from __future__ import annotations

from fullfile.core.errors import NotFound, RecordDamaged
from fullfile.core.tlog import build_proof, open_checkpoint, verify_proof
from fullfile.server.store import checkpoints
from fullfile.server.store.reading import read_stored
from fullfile.server.store.subtrees import Hashes, forget_hashes

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
    proof = build_proof(index, Hashes(), note, extra=stored.leaf)
    try:
        verify_proof(proof, stored.leaf_hash, [key])
    except RecordDamaged:
        # A record restored under a running program has other hashes than those kept: look again.
        forget_hashes()
        proof = build_proof(index, Hashes(), note, extra=stored.leaf)
        verify_proof(proof, stored.leaf_hash, [key])
    return proof.encode()
