"""Check a production package by itself: a bag (RFC 8493) with the office's signature over its manifest. No disk here.

Steps:
1. the bag is one of BagIt 1.0; its manifest and its tag manifest can be read;
2. every payload file is in the manifest, has its digest, and there is no other; the same of the tag files;
3. the size is what `Payload-Oxum` says;
4. the note beside the manifest is signed by the office's key, speaks of this manifest and of this package.

All that is wrong is reported. Without a key from elsewhere a good report means: whole, and signed by the key that lies in
the package; compare its fingerprint with the one that the office gave in another way.

What this does not do: it opens no zip and no folder; whoever calls hands in names and bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol

from fullfile.core.errors import RecordDamaged
from fullfile.core.tlog.note import VerifierKey
from fullfile.core.tlog.statement import PACKAGE, Statement, open_statement, parse_statement
from fullfile.core.verify.head import KEY_PATH, find_key, other_signers
from fullfile.core.verify.report import Finding, LogReport, report

__all__ = ["NOTE_PATH", "PackageFiles", "check_note", "verify_package"]

NOTE_PATH: Final = "manifest-sha256.note"
_MANIFEST: Final = "manifest-sha256.txt"
_TAGS: Final = "tagmanifest-sha256.txt"
_LINE: Final = re.compile(r"([0-9A-Fa-f]{64})[ \t]+\*?(\S.*)")
_OXUM: Final = re.compile(r"^Payload-Oxum:\s*(\d+)\.(\d+)\s*$", re.MULTILINE)
_LARGEST: Final = 64 * 1024 * 1024


class PackageFiles(Protocol):
    """The files of a package, by their paths within the bag."""

    @property
    def name(self) -> str:
        """The folder of the bag; empty where that is not known."""

    def paths(self) -> Iterable[str]:
        """Every file."""

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of one of them."""


def verify_package(files: PackageFiles, vkey: str | None = None) -> LogReport:
    """Check a package.

    Args:
        files: its files.
        vkey: the office's key, known from elsewhere.

    Raises:
        Refused: the given key is no key.
    """
    findings: list[Finding] = []
    paths = set(files.paths())
    small = {path: _small(files, path, findings) for path in sorted(paths) if "/" not in path}
    beside = small.get(KEY_PATH)
    key = find_key(vkey, beside, findings)
    if not (small.get("bagit.txt") or b"").startswith(b"BagIt-Version: 1.0"):
        findings.append(Finding("no_bag", "This is no bag of BagIt 1.0.", "bagit.txt"))
    manifest = _read_manifest(small.get(_MANIFEST), _MANIFEST, findings)
    tags = _read_manifest(small.get(_TAGS), _TAGS, findings)
    payload = {path for path in paths if path.startswith("data/")}
    counted = _compare(files, payload, manifest, _MANIFEST, findings)
    _compare(files, paths - payload - {_TAGS}, tags, _TAGS, findings)
    _oxum(small.get("bag-info.txt"), counted, len(payload), findings)
    statement = None
    note = small.get(NOTE_PATH)
    if note is None:
        findings.append(
            Finding(
                "no_signature",
                "The package is not signed: ask the office for the one that is.",
                NOTE_PATH,
            )
        )
    else:
        statement = check_note(note, small.get(_MANIFEST) or b"", key, findings, name=files.name)
    notes = [f"{len(payload):,} files, {counted:,} bytes."]
    if note is not None:
        notes += other_signers(note, key)
    return report(
        "package",
        findings,
        checkpoint=statement.checkpoint if statement else None,
        key=key,
        key_given=vkey is not None,
        notes=notes,
    )


def check_note(
    note: bytes,
    manifest: bytes,
    key: VerifierKey | None,
    findings: list[Finding],
    *,
    name: str = "",
) -> Statement | None:
    """Check the note of a package against its manifest; what it states, where it can be read.

    Args:
        note: the bytes of the note.
        manifest: the bytes of the manifest.
        key: the office's; None: the signature is not judged.
        findings: takes what is wrong.
        name: the folder of the bag; empty: not known.
    """
    try:
        statement = open_statement(note, key) if key else parse_statement(note)
    except RecordDamaged as error:
        findings.append(Finding("signature", f"The signature is not valid: {error}", NOTE_PATH))
        try:
            statement = parse_statement(note)
        except RecordDamaged:
            return None
    if statement.kind != PACKAGE:
        findings.append(
            Finding("other_kind", "What is signed is no production package.", NOTE_PATH)
        )
    if statement.sha256 != hashlib.sha256(manifest).hexdigest():
        findings.append(
            Finding(
                "other_manifest",
                "The signature is over another manifest: files were taken out, put in or changed after it was closed.",
                _MANIFEST,
            )
        )
    if name and name != statement.name:
        findings.append(
            Finding(
                "other_name", f"The signature is of {statement.name}, not of {name}.", NOTE_PATH
            )
        )
    return statement


def _small(files: PackageFiles, path: str, findings: list[Finding]) -> bytes | None:
    """A tag file, in memory."""
    body = bytearray()
    for chunk in files.chunks(path):
        body += chunk
        if len(body) > _LARGEST:
            findings.append(Finding("too_large", "No tag file is as large as this.", path))
            return None
    return bytes(body)


def _read_manifest(
    body: bytes | None, path: str, findings: list[Finding]
) -> Mapping[str, str] | None:
    if body is None:
        findings.append(Finding("missing", "The manifest is not there.", path))
        return None
    found: dict[str, str] = {}
    for number, line in enumerate(body.decode("utf-8", "replace").splitlines(), 1):
        read = _LINE.fullmatch(line)
        if read is None:
            findings.append(Finding("manifest_line", f"Line {number} cannot be read.", path))
        else:
            found[read[2]] = read[1].lower()
    return found


def _compare(
    files: PackageFiles,
    paths: set[str],
    wanted: Mapping[str, str] | None,
    where: str,
    findings: list[Finding],
) -> int:
    """See that the files are those of a manifest; how many bytes they have."""
    total = 0
    for path in sorted(paths):
        digest = hashlib.sha256()
        for chunk in files.chunks(path):
            digest.update(chunk)
            total += len(chunk)
        if wanted is None:
            continue
        if path not in wanted:
            findings.append(Finding("extra", f"The file is not in {where}.", path))
        elif digest.hexdigest() != wanted[path]:
            findings.append(Finding("changed", f"The file is not the one in {where}.", path))
    findings.extend(
        Finding("missing", f"{where} names the file, and it is not there.", path)
        for path in sorted(set(wanted or ()) - paths)
    )
    return total


def _oxum(info: bytes | None, size: int, many: int, findings: list[Finding]) -> None:
    said = _OXUM.search((info or b"").decode("utf-8", "replace"))
    if said is None:
        findings.append(Finding("oxum", "Payload-Oxum is not there.", "bag-info.txt"))
    elif (int(said[1]), int(said[2])) != (size, many):
        findings.append(
            Finding(
                "oxum",
                f"Payload-Oxum says {said[1]} bytes in {said[2]} files; there are {size} in {many}.",
                "bag-info.txt",
            )
        )
