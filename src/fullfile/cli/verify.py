"""Check a log that somebody handed over: its directory, a checkpoint or a proof.

This module and what it imports know no Django, no database and no office:
core does the checking, here the files are read and the words are chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fullfile.core.errors import NotFound, Refused, Unavailable
from fullfile.core.verify import LogReport, verify_file, verify_log

__all__ = [
    "Directory",
    "check_path",
    "read_file",
    "read_key",
    "report_as_csv_rows",
    "report_as_json",
    "report_lines",
]

_KEY_FILE = "log.vkey"
_LARGEST = 32 * 1024 * 1024
"""No file of a log is as large as this; a larger one is not read into memory."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The files of an exported log on a disk. Nothing outside the directory is read."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None if there is none."""
        place = self.root / path
        if not place.is_file():
            return None
        return _read(place)

    def paths(self) -> Iterator[str]:
        """The path of every file, with slashes."""
        for place in sorted(self.root.rglob("*")):
            if place.is_file():
                yield place.relative_to(self.root).as_posix()


def check_path(path: Path, *, vkey: str | None = None, since: Path | None = None) -> LogReport:
    """Check a log's directory, or one file of it.

    Args:
        path: a directory as `log export` writes it, a checkpoint, or a proof.
        vkey: the office's key, known from elsewhere.
        since: a checkpoint of the same log, kept from earlier.

    Raises:
        NotFound: there is nothing of that name.
        Unavailable: it cannot be read.
    """
    earlier = None if since is None else read_file(since)
    if path.is_dir():
        return verify_log(Directory(path), vkey=vkey, since=earlier)
    data = read_file(path)
    if since is not None:
        raise Refused(f"{path} is one file: --since compares a whole log, so name its directory.")
    beside = path.parent / _KEY_FILE
    return verify_file(data, vkey, beside=_read(beside) if beside.is_file() else None)


def read_key(given: str | None) -> str | None:
    """The key as text, or from a file of that name.

    A key contains `+`; a name of a file that holds one is taken too.
    """
    if given is None:
        return None
    words = given.strip()
    place = Path(words)
    if words.count("+") < 2 or (len(words) < 200 and place.is_file()):
        return read_file(place).decode("utf-8", errors="replace").strip()
    return words


def report_lines(found: LogReport) -> list[str]:
    """The outcome in sentences, the verdict first."""
    size = (
        "" if found.size is None else f"{found.size:,} {'entry' if found.size == 1 else 'entries'}"
    )
    lines = []
    if found.ok:
        lines.append(_good(found, size))
    else:
        number = len(found.findings)
        what = {
            "export": "The log",
            "proof": "The proof",
            "checkpoint": "The checkpoint",
            "package": "The package",
        }.get(found.kind, "The record")
        lines.append(f"{what} failed its check: {number:,} finding{'' if number == 1 else 's'}.")
        lines.extend(f"  {_where(each.path, each.index)}{each.text}" for each in found.findings)
    if found.origin:
        lines.append(f"Log: {found.origin}")
    if found.root is not None:
        lines.append(f"Size and root: {size}, {found.to_json()['root']}")
    if found.fingerprint:
        lines.append(f"Key: {found.vkey}")
        compare = (
            ""
            if found.key_given
            else " (compare it with the one you got from the office in another way)"
        )
        lines.append(f"Fingerprint of the key: {found.fingerprint}{compare}")
    lines.extend(found.notes)
    return lines


def report_as_json(found: LogReport) -> str:
    """The outcome as JSON."""
    return json.dumps(found.to_json(), ensure_ascii=False, indent=2) + "\n"


def report_as_csv_rows(found: LogReport) -> list[tuple[object, ...]]:
    """The findings as rows: code, text, path, index."""
    return [(each.code, each.text, each.path, each.index) for each in found.findings]


def _good(found: LogReport, size: str) -> str:
    by = "the key that you gave" if found.key_given else "this key"
    if found.kind == "proof":
        return f"Right: entry {found.entry:,} is in the log of {size}, signed by {by}."
    if found.kind == "package":
        return f"Right: the package is whole, as it was closed, and signed by {by} with the record of {size}."
    if found.kind == "checkpoint":
        return f"Right: a checkpoint of {size}, signed by {by}."
    since = (
        ""
        if found.since_size is None
        else f" It continues the checkpoint of {found.since_size:,} entries, and nothing before it changed."
    )
    what = "The log" if found.kind == "export" else "The record"
    return f"Right: {what.lower()} of {size} is consistent, and signed by {by}.{since}"


def _where(path: str | None, index: int | None) -> str:
    if path is not None and index is not None:
        return f"{path}, entry {index:,}: "
    if path is not None:
        return f"{path}: "
    return "" if index is None else f"Entry {index:,}: "


def read_file(path: Path) -> bytes:
    """The bytes of a file that somebody named.

    Raises:
        NotFound: there is no such file.
        Unavailable: it cannot be read.
    """
    if not path.exists():
        raise NotFound(f"There is no {path}: name a log's directory, a checkpoint or a proof.")
    if path.is_dir():
        raise NotFound(f"{path} is a folder: name a file.")
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise Unavailable(
            f"{path} cannot be read ({(error.strerror or 'unknown reason').lower()}): see that you may read it."
        ) from error
    if len(data) > _LARGEST:
        raise Unavailable(f"{path} is far larger than any file of a log: is it the right one?")
    return data
