"""The proof of one entry as a text file: c2sp.org/tlog-proof@v1.

Line by line: the name of the format; `extra` with base64, optional; `index`; the inclusion proof,
a base64 hash each; a blank line; the signed checkpoint, word for word. The extra data is not
authenticated by the format. We put the leaf there, so that one file can be checked by itself:
its leaf hash must lead to the signed root, and that makes it trustworthy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fullfile.core.tlog.base64text import from_base64, to_base64
from fullfile.core.tlog.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from fullfile.core.tlog.failures import Malformed
from fullfile.core.tlog.hashing import HASH_SIZE
from fullfile.core.tlog.tree import inclusion_proof, verify_inclusion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fullfile.core.tlog.note import VerifierKey
    from fullfile.core.tlog.tree import HashReader

__all__ = ["FIRST_LINE", "TlogProof", "build_proof", "parse_proof", "verify_proof"]

FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})")
_MAX_HASHES: Final = 63


@dataclass(frozen=True, slots=True)
class TlogProof:
    """One entry's proof. Nothing of it is trusted before `verify_proof`."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def encode(self) -> bytes:
        """Return the bytes of the proof file."""
        lines = [FIRST_LINE]
        if self.extra is not None:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(to_base64(each) for each in self.hashes)
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint


def build_proof(
    index: int, reader: HashReader, checkpoint: bytes, *, extra: bytes | None = None
) -> TlogProof:
    """Make the proof of the entry at `index` in the tree of a signed checkpoint."""
    size = parse_checkpoint(checkpoint).size
    return TlogProof(index, tuple(inclusion_proof(index, size, reader)), checkpoint, extra)


def parse_proof(data: bytes) -> TlogProof:
    """Read a proof file.

    Raises:
        Malformed: The bytes are no proof file.
    """
    head, blank, checkpoint = data.partition(b"\n\n")
    if not blank:
        raise Malformed("The proof has no blank line before its checkpoint.")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Malformed("The lines of a proof before its checkpoint are ASCII.") from None
    if lines[0] != FIRST_LINE:
        raise Malformed(f"A proof begins with the line {FIRST_LINE}.")
    rest = lines[1:]
    extra = None
    if rest and rest[0].startswith("extra "):
        extra = from_base64(rest.pop(0).removeprefix("extra "), "The extra data of the proof")
    match = _INDEX.fullmatch(rest[0]) if rest else None
    if match is None:
        raise Malformed("The proof does not say the index of its entry.")
    hashes = tuple(from_base64(line, "A hash of the proof") for line in rest[1:])
    if len(hashes) > _MAX_HASHES or any(len(each) != HASH_SIZE for each in hashes):
        raise Malformed("A proof has at most 63 hashes, of 32 bytes each.")
    parse_checkpoint(checkpoint)
    return TlogProof(int(match[1]), hashes, checkpoint, extra)


def verify_proof(proof: TlogProof, leaf: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Check that the log whose key is given has this leaf hash at the proof's index.

    Returns:
        The checkpoint that was signed.

    Raises:
        ProofFailed: The signature or the inclusion proof does not hold.
    """
    checkpoint = open_checkpoint(proof.checkpoint, keys)
    verify_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint
