"""Reading one TOML file with care: every mistake names file, line, key and what was expected.

A mistake is data (`PackProblem`), not an exception: all mistakes of a file are
reported at once, and a broken file never stops the others. The digest of a file
is that of its canonical bytes (RFC 8785 over what it says), so a comment or a
line ending changes nothing and a changed word does.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import rfc8785

__all__ = ["PackProblem", "Source", "Table", "canonical_digest", "read_source"]

# `Any` in this module: TOML values before they are checked.


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One mistake in a pack or calendar file.

    Attributes:
        file: the file, as a path.
        line: the line, where it is known.
        key: the key, where there is one.
        text: what is wrong, what was expected, what to do.
    """

    file: str
    line: int | None
    key: str | None
    text: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.text}" if self.key is None else f"{where}, {self.key}: {self.text}"


@dataclass(slots=True)
class Source:
    """A file that was read, with the mistakes found in it so far."""

    file: str
    text: str
    data: dict[str, Any]
    problems: list[PackProblem] = field(default_factory=list)

    def problem(self, path: Sequence[str | int], text: str) -> None:
        """Note a mistake at a key, given as its path in the file."""
        key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
        self.problems.append(
            PackProblem(self.file, _line_of(self.text, path), key.removeprefix(".") or None, text)
        )


def read_source(path: Path, *, shown_as: str, problems: list[PackProblem]) -> Source | None:
    """Read a TOML file; None, with a problem noted, when it is not one."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "not readable"
        problems.append(PackProblem(shown_as, None, None, f"cannot be read ({reason})."))
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(PackProblem(shown_as, line, None, "is not UTF-8: save it as UTF-8."))
        return None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line_ = int(found[1]) if found else text.count("\n") + 1
        said = str(error).split(" (at ")[0]
        problems.append(PackProblem(shown_as, line_, None, f"is not TOML: {said}."))
        return None
    return Source(shown_as, text, data, [])


def canonical_digest(data: object) -> str:
    """SHA-256 over the canonical JSON of what files say, as `sha256:…`."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(_plain(data))).hexdigest()


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if isinstance(data, (datetime, date, time)):
        return data.isoformat()
    return data


class Table:
    """One table of a TOML file, read key by key; `done` reports the keys nobody asked for."""

    def __init__(self, source: Source, data: dict[str, Any], path: tuple[str | int, ...]) -> None:
        self._source = source
        self._data = data
        self._path = path
        self._asked: set[str] = set()

    def problem(self, key: str, text: str) -> None:
        """Note a mistake at a key of this table."""
        self._source.problem((*self._path, key), text)

    def has(self, key: str) -> bool:
        """Whether the table has the key."""
        return key in self._data

    def text(self, key: str, *, example: str) -> str:
        """A text that must be there."""
        found = self._get(key)
        if found is None:
            self.problem(key, f"is missing: expected text, for example “{example}”.")
            return ""
        if not isinstance(found, str) or not found.strip():
            self.problem(key, f"expected text, for example “{example}”, found {_said(found)}.")
            return ""
        return " ".join(found.split())

    def text_or_empty(self, key: str) -> str:
        """A text that may be left out."""
        return self.text(key, example="…") if self.has(key) else self._nothing(key)

    def _nothing(self, key: str) -> str:
        self._asked.add(key)
        return ""

    def word(self, key: str, allowed: Sequence[str], *, default: str | None = None) -> str:
        """One of a closed list of words."""
        found = self._get(key)
        if found is None and default is not None:
            return default
        if not isinstance(found, str) or found not in allowed:
            state = "is missing" if found is None else f"found {_said(found)}"
            self.problem(key, f"{state}: expected one of {', '.join(allowed)}.")
            return default or allowed[-1]
        return found

    def day(self, key: str) -> date | None:
        """A date that may be left out."""
        found = self._get(key)
        if found is None:
            return None
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        self.problem(
            key, f"expected a date without quotation marks, as 2024-01-31, found {_said(found)}."
        )
        return None

    def day_needed(self, key: str) -> date:
        """A date that must be there."""
        if not self.has(key):
            self.problem(key, "is missing: expected a date without quotation marks, as 2024-01-31.")
        return self.day(key) or date.min

    def number(self, key: str) -> int | None:
        """A whole number that may be left out."""
        found = self._get(key)
        if found is None:
            return None
        if type(found) is int:
            return found
        self.problem(key, f"expected a whole number, found {_said(found)}.")
        return None

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        found = self._get(key)
        if found is None:
            return default
        if not isinstance(found, bool):
            self.problem(key, f"expected true or false, found {_said(found)}.")
            return default
        return found

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        found = self._get(key)
        if found is None:
            if needed:
                self.problem(key, 'is missing: expected a list of texts, as ["one", "two"].')
            return ()
        if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
            self.problem(key, f'expected a list of texts, as ["one", "two"], found {_said(found)}.')
            return ()
        return tuple(found)

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates."""
        found = self._get(key)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(type(part) is date for part in found):
            self.problem(key, f"expected a list of dates, as [2024-02-12], found {_said(found)}.")
            return ()
        return tuple(found)

    def value(self, key: str) -> Any:
        """A value of any kind, for keys that take more than one."""
        return self._get(key)

    def table(self, key: str) -> Table | None:
        """A single table, written as [key], that may be left out."""
        found = self._get(key)
        if found is None:
            return None
        if not isinstance(found, dict):
            self.problem(key, f"expected a table written as [{key}], found {_said(found)}.")
            return None
        return Table(self._source, found, (*self._path, key))

    def tables(self, key: str) -> list[Table]:
        """A list of tables, written as [[key]]."""
        found = self._get(key)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(part, dict) for part in found):
            self.problem(key, f"expected tables written as [[{key}]], found {_said(found)}.")
            return []
        return [
            Table(self._source, part, (*self._path, key, index)) for index, part in enumerate(found)
        ]

    def done(self) -> None:
        """Report every key that nothing asked for: most are spelling mistakes."""
        for key in self._data:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.problem(key, f"is not a key of this table: expected one of {known}.")

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._data.get(key)


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    words = value.isoformat() if isinstance(value, (date, time)) else str(value)
    return f"“{words[:60]}”"


def _line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line of a key; of the table it should stand in, if the key is missing.

    A path goes through lists of tables (`[[limitation]]`, `[[limitation.tolling]]`) by number: the
    n-th header of a name below the header of its parent.
    """
    lines = text.splitlines()
    start, stop = 0, len(lines)
    header = ""
    found: int | None = None
    rest = list(path)
    while len(rest) > 1 and isinstance(rest[0], str):
        name = f"{header}.{rest[0]}" if header else str(rest[0])
        number = rest[1] if isinstance(rest[1], int) else 0
        heads = [at for at in range(start, stop) if _is_head(lines[at], name)]
        if number >= len(heads):
            break
        header = name
        found = start = heads[number]
        stop = next(
            (at for at in range(start + 1, stop) if _ends(lines[at], name)),
            stop,
        )
        rest = rest[2:] if isinstance(rest[1], int) else rest[1:]
    keys = [part for part in rest if isinstance(part, str)]
    if keys:
        for key in (keys[-1], keys[0]):
            for at in range(start, stop):
                if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", lines[at]) or _is_head(
                    lines[at], f"{header}.{key}" if header else key
                ):
                    return at + 1
    return None if found is None else found + 1


def _is_head(line: str, name: str) -> bool:
    return re.match(rf"\s*\[+\s*{re.escape(name)}\s*\]+", line) is not None


def _ends(line: str, name: str) -> bool:
    """Whether a line begins another table than one below the named one."""
    bare = line.strip()
    return bare.startswith("[") and not bare.lstrip("[ ").startswith(f"{name}.")
