"""A signed statement about something outside of the log, bound to a checkpoint of it: c2sp.org/signed-note.

    fullfile.production-package       what kind of thing
    production-5                      its name
    sha256:…                          its digest
    example.org/log                   origin, size and root of the record as of then,
    41208                             the three lines of a checkpoint
    uVj…=

The office's key signs it, the same that signs its checkpoints. A checkpoint has three lines and begins with the name of
its key; a statement has six and begins with its kind, which is no name of a log: neither can be taken for the other.

What this does not do: it knows nothing of what is stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fullfile.core.errors import Refused
from fullfile.core.tlog.checkpoint import Checkpoint
from fullfile.core.tlog.failures import Malformed, ProofFailed
from fullfile.core.tlog.note import open_note, parse_note, sign_note

if TYPE_CHECKING:
    from fullfile.core.tlog.note import SigningKey, VerifierKey

__all__ = ["PACKAGE", "Statement", "open_statement", "parse_statement", "sign_statement"]

PACKAGE: Final = "fullfile.production-package"
_KINDS: Final = frozenset({PACKAGE})
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated: of which kind and name something is, its SHA-256 (hex), and the record as of then."""

    kind: str
    name: str
    sha256: str
    checkpoint: Checkpoint

    @property
    def text(self) -> str:
        """The six lines, as they are signed."""
        return f"{self.kind}\n{self.name}\nsha256:{self.sha256}\n{self.checkpoint.text}"

    @classmethod
    def parse(cls, text: str) -> Statement:
        """Read the six lines; raises Malformed for any other text."""
        lines = text.split("\n", 3)
        if len(lines) != 4:
            raise Malformed("A statement has six lines: kind, name, digest, origin, size and root.")
        kind, name, digest, rest = lines
        if kind not in _KINDS:
            raise Malformed(f"This is no kind of statement: {kind[:60]!r}.")
        if not _NAME.fullmatch(name):
            raise Malformed(f"The name in the statement is none: {name[:60]!r}.")
        if not _DIGEST.fullmatch(digest):
            raise Malformed(f"The digest in the statement is none: {digest[:80]!r}.")
        return cls(kind, name, digest.removeprefix("sha256:"), Checkpoint.parse(rest))


def sign_statement(statement: Statement, key: SigningKey) -> bytes:
    """The signed statement. The key must bear the log's name; the same statement gives the same bytes.

    Raises:
        Refused: the key is named otherwise than the origin.
    """
    if key.name != statement.checkpoint.origin:
        raise Refused(
            f"A statement of {statement.checkpoint.origin} is signed by a key of that name.",
            code="bad_key",
        )
    Statement.parse(statement.text)
    return sign_note(statement.text, [key]).encode()


def parse_statement(data: bytes) -> Statement:
    """Read a signed statement without checking its signature."""
    return Statement.parse(parse_note(data).text)


def open_statement(data: bytes, key: VerifierKey) -> Statement:
    """Read a signed statement and check who signed it.

    Raises:
        Malformed: the bytes are no statement.
        ProofFailed: the key did not sign it, its signature is bad, or it speaks of another log than the key's.
    """
    opened = open_note(data, [key])
    statement = Statement.parse(opened.text)
    if statement.checkpoint.origin != key.name:
        raise ProofFailed(
            "The statement is of another log than its signer",
            expected=key.name,
            found=statement.checkpoint.origin,
        )
    return statement
