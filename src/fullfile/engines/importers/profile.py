"""What an export holds, before anything is imported: encoding, header, and each column in figures.

For `import --dry-run` and for whoever writes a mapping. It guesses where the
header stands and says so; it decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fullfile.core.ids import parse_when
from fullfile.engines.importers.chunks import Records
from fullfile.engines.importers.dates import DateFormat, compile_date, read_date
from fullfile.engines.importers.exports import Export, open_export
from fullfile.engines.importers.mapping import Layout, Mapping

__all__ = ["ColumnProfile", "Profile", "guess_header", "profile", "sample_columns"]

_SAMPLE = 5
_DISTINCT = 20_000
_HEADER_ROWS = 40
_LONG_ID = re.compile(r"\d{16,}\Z")
_ID = re.compile(r"[A-Za-z]{0,6}[-/ ]?\d[\w\-/]*\Z")
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")
_FORMATS: tuple[DateFormat, ...] = tuple(
    compile_date(text)
    for text in (
        "%m/%d/%Y %I:%M:%S %p",
        "%m/%d/%Y %I:%M %p",
        "%m/%d/%Y %H:%M:%S",
        "%m/%d/%Y %H:%M",
        "%m/%d/%Y",
        "%d.%m.%Y %H:%M",
        "%d.%m.%Y",
        "%Y.%m.%d",
        "%Y/%m/%d",
        "%d-%b-%Y",
        "%d %b %Y",
        "%b %d, %Y",
    )
)


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column of an export, in figures.

    Attributes:
        name: its title.
        filled: cells that hold more than blanks.
        distinct: different values; counting stops at 20,000.
        sample: the most frequent values.
        looks_like: date, number, yes_no, id or text; empty where nothing is filled.
        date_format: the format that fits its dates, `ISO 8601` or empty.
        longest: characters in its longest value.
        padded: cells with blanks around their value.
        long_ids: values of more than 15 digits, which a spreadsheet would ruin.
        line_breaks: cells with a line break inside.
    """

    name: str
    filled: int
    distinct: int
    sample: tuple[str, ...]
    looks_like: str
    date_format: str
    longest: int
    padded: int
    long_ids: int
    line_breaks: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One table of an export, in figures.

    Attributes:
        name: the file's name, with the sheet where it has several.
        sha256, size: of the file.
        described: how it was read: encoding and delimiter, or sheet.
        header_row: the row whose cells were taken as names.
        header_guess: the row that looks like the header.
        rows: rows below the header that hold something.
        unreadable: rows that could not be read.
        columns: each column.
        notes: what a person should know about how it was read.
    """

    name: str
    sha256: str
    size: int
    described: str
    header_row: int
    header_guess: int
    rows: int
    unreadable: int
    columns: tuple[ColumnProfile, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    filled: int = 0
    longest: int = 0
    padded: int = 0
    long_ids: int = 0
    line_breaks: int = 0
    values: Counter[str] = field(default_factory=Counter)

    def add(self, cell: str) -> None:
        text = cell.strip()
        if not text:
            return
        self.filled += 1
        self.longest = max(self.longest, len(text))
        self.padded += text != cell
        self.long_ids += bool(_LONG_ID.match(text))
        self.line_breaks += "\n" in text
        if len(self.values) < _DISTINCT or text in self.values:
            self.values[text] += 1


def profile(path: Path, mapping: Mapping | None = None) -> list[Profile]:
    """Describe an export, one profile for each table in it.

    Without a mapping the header is taken from the row that looks like one.

    Raises:
        Refused: the file is no table.
        Unavailable: the file is not there.
    """
    if mapping is not None:
        exports = open_export(path, mapping.layout)
    else:
        exports = []
        for export in open_export(path, Layout(sheets=("*",))) if _sheets(path) else _first(path):
            guess = guess_header(export.records)
            at_guess = Layout(header=guess, sheets=_sheet_names(export))
            exports.extend(open_export(path, at_guess) if guess != 1 else [export])
    return [_profile(export) for export in exports]


def sample_columns(export: Export, rows: int = 2_000) -> tuple[ColumnProfile, ...]:
    """Each column of an export as its first rows show it: enough to choose by, however large the file is."""
    tallies = [_Tally() for _ in export.header]
    left = rows
    for chunk in export.chunks():
        for row in chunk.rows[:left]:
            for tally, cell in zip(tallies, row, strict=False):
                tally.add(cell)
        left -= len(chunk.rows)
        if left <= 0:
            break
    return tuple(_column(name, tally) for name, tally in zip(export.header, tallies, strict=True))


def _sheets(path: Path) -> bool:
    return path.suffix.casefold() in {".xlsx", ".xlsm"}


def _first(path: Path) -> list[Export]:
    return open_export(path)


def _sheet_names(export: Export) -> tuple[str, ...]:
    name = getattr(export.records, "name", "")
    return (name,) if name else ()


def guess_header(records: Records) -> int:
    """The row that looks like a header: the first of the fullest rows whose cells are all words."""
    rows: list[list[str]] = []
    for chunk in records.chunks():
        rows = chunk.rows[:_HEADER_ROWS]
        break
    widest = max((sum(bool(cell.strip()) for cell in row) for row in rows), default=0)
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row if cell.strip()]
        if (
            len(cells) >= max(1, widest * 0.8)
            and len(set(cells)) == len(cells)
            and not any(_NUMBER.match(cell) for cell in cells)
        ):
            return number
    return 1


def _profile(export: Export) -> Profile:
    tallies = [_Tally() for _ in export.header]
    rows = unreadable = 0
    for chunk in export.chunks():
        unreadable += len(chunk.bad)
        for row in chunk.rows:
            if any(cell.strip() for cell in row):
                rows += 1
                for tally, cell in zip(tallies, row, strict=False):
                    tally.add(cell)
    return Profile(
        name=export.name,
        sha256=export.sha256,
        size=export.size,
        described=export.records.described,
        header_row=export.header_row,
        header_guess=guess_header(export.records),
        rows=rows,
        unreadable=unreadable,
        columns=tuple(
            _column(name, tally) for name, tally in zip(export.header, tallies, strict=True)
        ),
        notes=export.notes,
    )


def _column(name: str, tally: _Tally) -> ColumnProfile:
    looks_like, date_format = _kind(tally)
    return ColumnProfile(
        name=name,
        filled=tally.filled,
        distinct=len(tally.values),
        sample=tuple(value for value, _ in tally.values.most_common(_SAMPLE)),
        looks_like=looks_like,
        date_format=date_format,
        longest=tally.longest,
        padded=tally.padded,
        long_ids=tally.long_ids,
        line_breaks=tally.line_breaks,
    )


def _kind(tally: _Tally) -> tuple[str, str]:
    values = [value for value, _ in tally.values.most_common(1_000)]
    if not values:
        return "", ""
    if {value.casefold() for value in values} <= {"yes", "no", "y", "n", "true", "false"}:
        return "yes_no", ""
    if _mostly(_is_iso(value) for value in values):
        return "date", "ISO 8601"
    for one in _FORMATS:
        if _mostly(_fits(value, one) for value in values):
            return "date", one.text
    if all(_NUMBER.match(value) for value in values):
        unique = tally.filled > 20 and len(tally.values) >= min(tally.filled, _DISTINCT) * 0.9
        return ("id" if unique and "." not in values[0] else "number"), ""
    return ("id", "") if _mostly(bool(_ID.match(value)) for value in values) else ("text", "")


def _mostly(found: Iterable[bool]) -> bool:
    """Nine of ten: real columns hold a stray value, which is worth seeing as one."""
    flags = list(found)
    return sum(flags) >= len(flags) * 0.9


def _is_iso(value: str) -> bool:
    if len(value) < 10 or not value[:4].isdigit():
        return False
    try:
        parse_when(value)
    except ValueError:
        return False
    return True


def _fits(value: str, one: DateFormat) -> bool:
    try:
        return read_date(value, (one,)) is not None
    except ValueError:
        return False
