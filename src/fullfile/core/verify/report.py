"""What a check found: a report with every finding, not only the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fullfile.core.tlog.base64text import to_base64

if TYPE_CHECKING:
    from fullfile.core.tlog.checkpoint import Checkpoint
    from fullfile.core.tlog.note import VerifierKey

__all__ = ["Finding", "LogReport", "report"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a stable code, a sentence, and where.

    `path` is the file of an export, `index` the log index of an entry, where there is one.
    """

    code: str
    text: str
    path: str | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class LogReport:
    """The outcome of a check of a log, a checkpoint, a proof or the office's own record.

    `key_given` says whether the key came from the user. If it did not, a good report means only:
    consistent, and signed by the key of this fingerprint, which is still to be compared. `notes`
    are sentences about what was not covered; they do not make the report bad.
    """

    kind: str
    origin: str | None
    size: int | None
    root: bytes | None
    vkey: str | None
    fingerprint: str | None
    key_given: bool
    since_size: int | None = None
    entry: int | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def to_json(self) -> dict[str, object]:
        """Return one object of plain values, the findings as a list of flat objects."""
        return {
            "ok": self.ok,
            "kind": self.kind,
            "origin": self.origin,
            "size": self.size,
            "root": None if self.root is None else to_base64(self.root),
            "vkey": self.vkey,
            "fingerprint": self.fingerprint,
            "key_given": self.key_given,
            "since_size": self.since_size,
            "entry": self.entry,
            "findings": [
                {"code": each.code, "text": each.text, "path": each.path, "index": each.index}
                for each in self.findings
            ],
            "notes": list(self.notes),
        }


def report(
    kind: str,
    findings: list[Finding],
    *,
    checkpoint: Checkpoint | None,
    key: VerifierKey | None,
    key_given: bool,
    since_size: int | None = None,
    entry: int | None = None,
    notes: list[str] | None = None,
) -> LogReport:
    """Put a report together from what a check knows."""
    return LogReport(
        kind=kind,
        origin=checkpoint.origin if checkpoint else None,
        size=checkpoint.size if checkpoint else None,
        root=checkpoint.root if checkpoint else None,
        vkey=key.vkey if key else None,
        fingerprint=key.fingerprint if key else None,
        key_given=key_given,
        since_size=since_size,
        entry=entry,
        findings=tuple(findings),
        notes=tuple(notes or ()),
    )
