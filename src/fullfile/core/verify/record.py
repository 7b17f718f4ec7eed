"""Check the office's own record: bodies against digests, leaves, the tree, the kept checkpoints.

The rows come from the caller's database in order of their index; nothing is read here. A body
may be missing only where an erasure is on record. The salt must have 32 bytes: the digest
is over salt and body without a border between them, so the length is what fixes the border.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Final

from fullfile.core.tlog.checkpoint import Checkpoint
from fullfile.core.tlog.frontier import Frontier
from fullfile.core.tlog.hashing import leaf_hashes
from fullfile.core.tlog.leaf import SALT_SIZE, leaf_problem
from fullfile.core.tlog.note import VerifierKey
from fullfile.core.verify.head import read_head
from fullfile.core.verify.report import Finding, LogReport, report

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

__all__ = ["BodyBatch", "Row", "verify_bodies", "verify_record"]

Row = tuple[bytes, bytes | None, bytes | None]

# Keys sort `digest` first, so the hex digits of a leaf's digest always stand here.
_HEX: Final = slice(len('{"digest":"sha256:'), len('{"digest":"sha256:') + 64)


@dataclass(frozen=True, slots=True)
class BodyBatch:
    """A run of rows that was checked: where it begins, its leaf hashes, what was found."""

    first: int
    hashes: list[bytes]
    findings: list[Finding]


def verify_bodies(
    rows: Iterable[Row],
    *,
    first: int = 0,
    erased: Collection[int] = frozenset(),
    batch: int = 8192,
) -> Iterator[BodyBatch]:
    """Check leaves against bodies, in batches.

    Args:
        rows: (leaf, body, salt) in order of the index, body and salt None where erased.
        first: The index of the first row.
        erased: The indexes whose erasure is on record; a set.
        batch: How many rows to take at a time.
    """
    source = iter(rows)
    while taken := list(islice(source, batch)):
        findings: list[Finding] = []
        for index, (leaf, body, salt) in enumerate(taken, first):
            problem = leaf_problem(leaf)
            if problem is not None:
                findings.append(Finding("leaf_form", f"Entry {index}: {problem}", None, index))
            elif body is None or salt is None or len(salt) != SALT_SIZE or index in erased:
                findings.extend(_body_findings(index, body, salt, erased=index in erased))
            elif leaf[_HEX] != sha256(salt + body).hexdigest().encode():
                findings.append(
                    Finding(
                        "digest",
                        f"The body of entry {index} does not have the digest that its leaf has: "
                        "body or salt was changed.",
                        None,
                        index,
                    )
                )
        yield BodyBatch(first, leaf_hashes([row[0] for row in taken]), findings)
        first += len(taken)


def verify_record(
    rows: Iterable[Row],
    *,
    key: VerifierKey | str,
    checkpoints: Mapping[str, bytes],
    frontier: Frontier | None = None,
    erased: Collection[int] = frozenset(),
) -> LogReport:
    """Check the whole record: every row, and every checkpoint at its size.

    Args:
        rows: All rows from index 0, as for `verify_bodies`.
        key: The office's public key.
        checkpoints: Signed checkpoints by the name of their place ("the database", a path).
        frontier: The stored right edge, which must be the one of the rows.
        erased: The indexes whose erasure is on record; a set.

    Returns:
        The report. Its size and root are those of the rows, signed or not.
    """
    findings: list[Finding] = []
    known = key if isinstance(key, VerifierKey) else VerifierKey.parse(key)
    heads: list[tuple[str, Checkpoint]] = []
    for name, data in checkpoints.items():
        checkpoint = read_head(data, known, findings, name)
        if checkpoint is not None:
            heads.append((name, checkpoint))
    heads.sort(key=lambda head: head[1].size, reverse=True)

    edge = Frontier()
    _compare(edge, heads, findings)
    for batch in verify_bodies(rows, erased=erased):
        findings.extend(batch.findings)
        hashes = batch.hashes
        while heads and heads[-1][1].size <= edge.size + len(hashes):
            count = heads[-1][1].size - edge.size
            edge = edge.append_leaves(hashes[:count])
            hashes = hashes[count:]
            _compare(edge, heads, findings)
        edge = edge.append_leaves(hashes)
    for name, checkpoint in heads:
        findings.append(
            Finding(
                "shrunk",
                f"The checkpoint in {name} was signed over {checkpoint.size} entries, "
                f"the record has {edge.size}: entries are gone, or an old copy was restored.",
                name,
            )
        )
    if frontier is not None and frontier != edge:
        findings.append(
            Finding(
                "frontier",
                f"The stored right edge (size {frontier.size}) is not the one of the "
                f"{edge.size} entries.",
            )
        )
    return report(
        "record",
        findings,
        checkpoint=Checkpoint(known.name, edge.size, edge.root()),
        key=known,
        key_given=True,
    )


def _compare(edge: Frontier, heads: list[tuple[str, Checkpoint]], findings: list[Finding]) -> None:
    """Take the checkpoints of the present size off the list and compare their roots."""
    while heads and heads[-1][1].size == edge.size:
        name, checkpoint = heads.pop()
        if checkpoint.root != edge.root():
            findings.append(
                Finding(
                    "root",
                    f"The first {edge.size} entries have the root {edge.root().hex()}, the "
                    f"checkpoint in {name} was signed over {checkpoint.root.hex()}.",
                    name,
                )
            )


def _body_findings(
    index: int, body: bytes | None, salt: bytes | None, *, erased: bool
) -> Iterator[Finding]:
    if erased:
        if body is not None or salt is not None:
            yield Finding(
                "not_erased",
                f"Entry {index} was erased by order, but its body or salt is still there.",
                None,
                index,
            )
    elif body is None:
        yield Finding(
            "body_missing",
            f"The body of entry {index} is missing, and no erasure of it is on record.",
            None,
            index,
        )
    else:
        yield Finding(
            "salt", f"The salt of entry {index} is missing or has not 32 bytes.", None, index
        )
