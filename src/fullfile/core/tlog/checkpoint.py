"""Checkpoints: c2sp.org/tlog-checkpoint@v1.0.0, the signed head of the log.

The text is three lines: origin, size in decimal without a leading zero, root in base64. The format
knows extension lines and advises against them; we write none and read none. The key's
name is the origin. That a new checkpoint extends the last one is the signer's duty, before it signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fullfile.core.errors import Refused
from fullfile.core.tlog.base64text import from_base64, to_base64
from fullfile.core.tlog.failures import Malformed, ProofFailed
from fullfile.core.tlog.hashing import EMPTY_ROOT, HASH_SIZE
from fullfile.core.tlog.note import open_note, parse_note, sign_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fullfile.core.tlog.note import SigningKey, VerifierKey

__all__ = ["Checkpoint", "open_checkpoint", "parse_checkpoint", "sign_checkpoint"]

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_MAX_SIZE: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: who, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines, as they are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the three lines; raises Malformed for any other text."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise Malformed("A checkpoint has three lines: origin, size and root.")
        origin, size_text, root_text, _ = lines
        if not origin:
            raise Malformed("The checkpoint has no origin.")
        if not _SIZE.fullmatch(size_text) or int(size_text) > _MAX_SIZE:
            raise Malformed(f"The size of the checkpoint is no decimal number: {size_text[:40]!r}.")
        root = from_base64(root_text, "The root of the checkpoint")
        if len(root) != HASH_SIZE:
            raise Malformed(f"The root of the checkpoint has {len(root)} bytes, not 32.")
        size = int(size_text)
        if size == 0 and root != EMPTY_ROOT:
            raise ProofFailed("The root of size 0", expected=EMPTY_ROOT, found=root)
        return cls(origin, size, root)


def sign_checkpoint(checkpoint: Checkpoint, keys: Sequence[SigningKey]) -> bytes:
    """Return the signed checkpoint. Each key must bear the log's name.

    Raises:
        Refused: A key is named otherwise than the origin, or there is no key.
    """
    if not keys or any(key.name != checkpoint.origin for key in keys):
        raise Refused(
            f"A checkpoint of {checkpoint.origin} is signed by a key of that name.", code="bad_key"
        )
    Checkpoint.parse(checkpoint.text)
    return sign_note(checkpoint.text, keys).encode()


def parse_checkpoint(data: bytes) -> Checkpoint:
    """Read a signed checkpoint without checking its signature."""
    return Checkpoint.parse(parse_note(data).text)


def open_checkpoint(data: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Read a signed checkpoint and check who signed it.

    Raises:
        Malformed: The bytes are no checkpoint.
        ProofFailed: None of the keys signed it, a signature is bad, or the log is another one.
    """
    opened = open_note(data, keys)
    checkpoint = Checkpoint.parse(opened.text)
    if all(key.name != checkpoint.origin for key in opened.signed_by):
        raise ProofFailed(
            "The checkpoint is of another log than its signer",
            expected=opened.signed_by[0].name,
            found=checkpoint.origin,
        )
    return checkpoint
