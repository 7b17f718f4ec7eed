"""Whose key, and is the checkpoint signed by it: the first steps of every check.

The key is the one the user gives, or the one that lies beside the log (`log.vkey`, one line). A
given key that cannot be read is the user's mistake (`Refused`); one beside the log is a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fullfile.core.errors import RecordDamaged, Refused
from fullfile.core.tlog.checkpoint import open_checkpoint, parse_checkpoint
from fullfile.core.tlog.note import VerifierKey, parse_note
from fullfile.core.verify.report import Finding

if TYPE_CHECKING:
    from fullfile.core.tlog.checkpoint import Checkpoint

__all__ = ["KEY_PATH", "find_key", "other_signers", "read_head"]

KEY_PATH: Final = "log.vkey"


def find_key(
    given: str | None, beside: bytes | None, findings: list[Finding]
) -> VerifierKey | None:
    """Return the key to check with, or None if there is none that can be used."""
    if given is not None:
        key = VerifierKey.parse(given.strip())
        if beside is not None and beside != (key.vkey + "\n").encode():
            findings.append(
                Finding(
                    "other_key",
                    f"{KEY_PATH} beside the log is not the key that was given: ask the office "
                    "which one is theirs.",
                    KEY_PATH,
                )
            )
        return key
    if beside is None:
        findings.append(
            Finding(
                "no_key",
                f"There is no {KEY_PATH} beside the log and no key was given: "
                "pass the office's key with --key.",
                KEY_PATH,
            )
        )
        return None
    # Latin-1 gives every byte a character, so that any changed byte is refused below.
    text = beside.decode("latin-1")
    try:
        return VerifierKey.parse(text.removesuffix("\n") if text.endswith("\n") else "")
    except Refused as error:
        findings.append(Finding("bad_key", f"{KEY_PATH} is no key: {error}", KEY_PATH))
        return None


def read_head(
    data: bytes, key: VerifierKey | None, findings: list[Finding], path: str | None
) -> Checkpoint | None:
    """Return the checkpoint; with a finding, but still, if it is readable and badly signed."""
    try:
        return open_checkpoint(data, [key]) if key else parse_checkpoint(data)
    except RecordDamaged as error:
        findings.append(Finding("checkpoint", f"The checkpoint is not valid: {error}", path))
    try:
        return parse_checkpoint(data)
    except RecordDamaged:
        return None


def other_signers(data: bytes, key: VerifierKey | None) -> list[str]:
    """Say in a note which signatures were passed over, since their keys are not known."""
    try:
        signatures = parse_note(data).signatures
    except RecordDamaged:
        return []
    ours = (key.name, key.key_id) if key else None
    names = sorted({each.name for each in signatures if (each.name, each.key_id) != ours})
    return [f"Signatures by keys not known here were not checked: {', '.join(names)}."] * bool(
        names
    )
