"""Check one file by itself: a signed checkpoint, or the tlog-proof of one entry.

A checkpoint alone shows only that the key signed this size and root. A proof shows that the log
had the leaf at this index; the leaf comes from its `extra` line, or from the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fullfile.core.errors import RecordDamaged
from fullfile.core.tlog.checkpoint import parse_checkpoint
from fullfile.core.tlog.hashing import leaf_hash
from fullfile.core.tlog.leaf import leaf_problem
from fullfile.core.tlog.proof import FIRST_LINE, parse_proof
from fullfile.core.tlog.tree import verify_inclusion
from fullfile.core.verify.head import find_key, other_signers, read_head
from fullfile.core.verify.report import Finding, LogReport, report

if TYPE_CHECKING:
    from fullfile.core.tlog.note import VerifierKey

__all__ = ["verify_file"]


def verify_file(
    data: bytes,
    vkey: str | None = None,
    *,
    beside: bytes | None = None,
    leaf: bytes | None = None,
) -> LogReport:
    """Check a checkpoint or a tlog-proof; which of them it is, is seen by its first line.

    Args:
        data: The bytes of the file.
        vkey: The office's key.
        beside: The bytes of a `log.vkey` that lies beside the file, used where no key is given.
        leaf: The leaf of the entry, where the proof does not carry it.

    Raises:
        Refused: The given key is no key.
    """
    findings: list[Finding] = []
    key = find_key(vkey, beside, findings)
    given = vkey is not None
    if data.startswith(FIRST_LINE.encode()):
        return _verify_proof(data, key, leaf, findings, key_given=given)
    checkpoint = read_head(data, key, findings, None)
    notes = [
        "A checkpoint alone says nothing of the entries: check the export, or keep it to compare.",
        *other_signers(data, key),
    ]
    return report(
        "checkpoint", findings, checkpoint=checkpoint, key=key, key_given=given, notes=notes
    )


def _verify_proof(
    data: bytes,
    key: VerifierKey | None,
    leaf: bytes | None,
    findings: list[Finding],
    *,
    key_given: bool,
) -> LogReport:
    try:
        proof = parse_proof(data)
    except RecordDamaged as error:
        findings.append(Finding("proof_form", f"The file is no proof: {error}"))
        return report("proof", findings, checkpoint=None, key=key, key_given=key_given)
    # Its form was read with the proof; the signature is judged here.
    head = parse_checkpoint(proof.checkpoint)
    read_head(proof.checkpoint, key, findings, None)
    if leaf is not None and proof.extra is not None and leaf != proof.extra:
        findings.append(
            Finding("other_leaf", "The proof is of another leaf than the one given.", None)
        )
    entry = leaf if leaf is not None else proof.extra
    if entry is None:
        findings.append(
            Finding("no_leaf", "The proof does not carry its leaf: give the leaf to check it.")
        )
    else:
        problem = leaf_problem(entry)
        if problem is not None:
            findings.append(Finding("leaf_form", problem, None, proof.index))
        try:
            verify_inclusion(leaf_hash(entry), proof.index, head.size, proof.hashes, head.root)
        except RecordDamaged as error:
            findings.append(Finding("inclusion", str(error), None, proof.index))
    return report(
        "proof",
        findings,
        checkpoint=head,
        key=key,
        key_given=key_given,
        entry=proof.index,
        notes=other_signers(proof.checkpoint, key),
    )
