"""XLSX workbooks, sheet by sheet, without running or trusting anything in them.

ECMA-376 part 1 (SpreadsheetML), read as a stream, because three things must
not happen: an id of 16 digits becoming a binary number, a formula being
computed, and a small file unpacking to gigabytes. The zip's directory is
judged before anything is unpacked, and what is unpacked is counted again.

Numbers keep their digits (`2024.0` is `2024`), dates become ISO 8601 text by
the cell's number format, a formula is kept as its own text. Merged cells hold
their value in the first cell only; `fill_down` of a mapping repeats it.
Old `.xls` files and encrypted workbooks are not read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

from fullfile.core.errors import Refused
from fullfile.engines.importers.chunks import CELL_LIMIT, CHUNK_ROWS, Chunk, number_text

__all__ = ["Sheet", "read_workbook"]

_ENTRY_LIMIT = 10_000
_TOTAL_LIMIT = 4 << 30
_RATIO_LIMIT = 200
_RATIO_FROM = 64 << 20
_STRINGS_LIMIT = 512 << 20
_COLUMN_LIMIT = 16_384
_GAP_LIMIT = 1_048_576
_BLOCK = 1 << 16
_NAMESPACE = " "
_SHARED_FORMULA = "=(the formula of another cell)"
_WIDE = 150_000

# Built-in number formats that are dates (ECMA-376 part 1, 18.8.30), by what they show.
_DATE_IDS = {14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58}
_MOMENT_IDS = {22}
_TIME_IDS = {18, 19, 20, 21, 32, 33, 45, 46, 47}
_ESCAPE = re.compile(r"_x(000D|000A|0009)_")


@dataclass(frozen=True, slots=True)
class _Book:
    path: Path
    shared: list[str]
    formats: list[str]
    since_1904: bool


class Sheet:
    """The records of one sheet of a workbook."""

    def __init__(self, book: _Book, name: str, part: str) -> None:
        self._book = book
        self._part = part
        self.name = name
        self.notes: tuple[str, ...] = ()

    @property
    def described(self) -> str:
        """The sheet's name."""
        return f"XLSX, sheet “{self.name}”"

    def chunks(self) -> Iterator[Chunk]:
        """All records, from row 1.

        Raises:
            Refused: a cell is too large to be one, or the sheet is damaged.
        """
        book = self._book
        with zipfile.ZipFile(book.path) as archive, archive.open(self._part) as file:
            reader = _SheetReader(book, self.name)
            first = 1
            for _ in _parsed(book.path, file, reader.start, reader.end, reader.text):
                while len(reader.rows) >= CHUNK_ROWS:
                    rows, reader.rows = reader.rows[:CHUNK_ROWS], reader.rows[CHUNK_ROWS:]
                    yield Chunk(first, rows, wide=reader.wide)
                    first += len(rows)
            if reader.rows:
                yield Chunk(first, reader.rows, wide=reader.wide)


def read_workbook(path: Path) -> list[Sheet]:
    """The visible sheets of a workbook that hold a cell, in its own order.

    Raises:
        Refused: the file is no workbook, damaged, encrypted, or unpacks to far more than it is.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive)
            names = {info.filename for info in archive.infolist()}
            book_part = _office_document(path, archive, names)
            sheets, since_1904 = _sheets(path, archive, book_part)
            folder = str(PurePosixPath(book_part).parent)
            shared = _shared_strings(path, archive, names, f"{folder}/sharedStrings.xml")
            formats = _formats(path, archive, names, f"{folder}/styles.xml")
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        RuntimeError,
    ) as error:
        raise Refused(
            f"{path.name} is no workbook that can be read ({error}): open it in a spreadsheet and save it as .xlsx "
            "without a password, or as CSV.",
            code="no_table",
        ) from error
    book = _Book(path, shared, formats, since_1904)
    found = [Sheet(book, name, part) for name, part in sheets if part in names]
    if not found:
        raise Refused(f"{path.name} holds no sheet that can be read.", code="no_table")
    return found


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    packed = max(1, path.stat().st_size)
    if (
        len(entries) > _ENTRY_LIMIT
        or total > _TOTAL_LIMIT
        or (total > _RATIO_FROM and total > packed * _RATIO_LIMIT)
    ):
        raise Refused(
            f"{path.name} is refused unread: {packed:,} bytes would unpack to {total:,} in {len(entries):,} parts. "
            "No export does that; ask for the table as CSV.",
            code="zip_bomb",
        )
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Refused(f"{path.name} is refused: two of its parts have one name.", code="no_table")


def _parsed(
    path: Path,
    file: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> Iterator[None]:
    """Feed a part to the handlers, a block at a time. A document type is refused: no entities."""
    parser = expat.ParserCreate(namespace_separator=_NAMESPACE)
    parser.buffer_text = True
    parser.buffer_size = _BLOCK

    def local_start(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(_NAMESPACE)[2], attributes)

    def local_end(name: str) -> None:
        end(name.rpartition(_NAMESPACE)[2])

    def refuse(*_: object) -> None:
        raise Refused(
            f"{path.name} is refused: it declares entities, as no workbook does.", code="zip_bomb"
        )

    parser.StartElementHandler = local_start
    parser.EndElementHandler = local_end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        while block := file.read(_BLOCK):
            parser.Parse(block, False)  # noqa: FBT003  expat takes no keyword
            yield
        parser.Parse(b"", True)  # noqa: FBT003
        yield
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise Refused(
            f"{path.name} is damaged and cannot be read to its end ({error}): export it again.",
            code="no_table",
        ) from error


def _elements(path: Path, archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((name, attributes))

    def nothing(_: str) -> None:
        return

    with archive.open(part) as file:
        for _ in _parsed(path, file, start, nothing, nothing):
            if len(found) > 1_000_000:
                raise Refused(f"{path.name} is refused: its directory has no end.", code="zip_bomb")
    return found


def _attribute(attributes: dict[str, str], local: str) -> str:
    for name, value in attributes.items():
        if name.rpartition(_NAMESPACE)[2] == local:
            return value
    return ""


def _office_document(path: Path, archive: zipfile.ZipFile, names: set[str]) -> str:
    if "_rels/.rels" in names:
        for name, attributes in _elements(path, archive, "_rels/.rels"):
            if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
                part = attributes.get("Target", "").lstrip("/")
                if part in names and part.casefold().endswith(".xml"):
                    return part
    if "xl/workbook.xml" in names:
        return "xl/workbook.xml"
    raise Refused(
        f"{path.name} is no XLSX workbook: save it as .xlsx (not .xlsb or .ods), or as CSV.",
        code="no_table",
    )


def _sheets(
    path: Path, archive: zipfile.ZipFile, book_part: str
) -> tuple[list[tuple[str, str]], bool]:
    folder = PurePosixPath(book_part).parent
    rels = str(folder / "_rels" / f"{PurePosixPath(book_part).name}.rels")
    targets: dict[str, str] = {}
    if rels in archive.namelist():
        for name, attributes in _elements(path, archive, rels):
            if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
                target = attributes.get("Target", "")
                part = target.lstrip("/") if target.startswith("/") else str(folder / target)
                targets[attributes.get("Id", "")] = part
    sheets: list[tuple[str, str]] = []
    since_1904 = False
    for name, attributes in _elements(path, archive, book_part):
        if name == "workbookPr":
            since_1904 = _attribute(attributes, "date1904") in {"1", "true"}
        if name == "sheet" and _attribute(attributes, "state") not in {"hidden", "veryHidden"}:
            relation = attributes.get("id") or _relation(attributes)
            if relation in targets:
                sheets.append((_attribute(attributes, "name"), targets[relation]))
    return sheets, since_1904


def _relation(attributes: dict[str, str]) -> str:
    for name, value in attributes.items():
        if _NAMESPACE in name and name.endswith(f"{_NAMESPACE}id"):
            return value
    return ""


def _shared_strings(path: Path, archive: zipfile.ZipFile, names: set[str], part: str) -> list[str]:
    """The table of texts. Phonetic hints (`rPh`) are no part of a text (18.4.6)."""
    if part not in names:
        return []
    if archive.getinfo(part).file_size > _STRINGS_LIMIT:
        raise Refused(
            f"{path.name} holds more text than can be read at once: export it as CSV.",
            code="cell_too_large",
        )
    found: list[str] = []
    pieces: list[str] = []
    state = {"text": False, "phonetic": 0, "size": 0}

    def start(name: str, _: dict[str, str]) -> None:
        if name == "t":
            state["text"] = not state["phonetic"]
        elif name == "rPh":
            state["phonetic"] += 1

    def text(piece: str) -> None:
        if state["text"]:
            state["size"] += len(piece)
            if state["size"] > CELL_LIMIT:
                raise _too_large(path, f"shared text {len(found) + 1}")
            pieces.append(piece)

    def end(name: str) -> None:
        if name == "t":
            state["text"] = False
        elif name == "rPh":
            state["phonetic"] -= 1
        elif name == "si":
            found.append(_clean("".join(pieces)))
            pieces.clear()
            state["size"] = 0

    with archive.open(part) as file:
        for _ in _parsed(path, file, start, end, text):
            pass
    return found


def _too_large(path: Path, where: str) -> Refused:
    return Refused(
        f"{path.name}, {where}: a cell holds more than {CELL_LIMIT:,} characters. "
        "Keep such content in the evidence store and export the table without it.",
        code="cell_too_large",
    )


def _clean(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: {"000D": "", "000A": "\n", "0009": "\t"}[found[1]], text)


def _formats(path: Path, archive: zipfile.ZipFile, names: set[str], part: str) -> list[str]:
    """For each cell style: `date`, `moment`, `time`, or empty for a number."""
    if part not in names:
        return []
    own: dict[int, str] = {}
    styles: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if name == "numFmt":
            own[int(attributes.get("numFmtId", "0"))] = _shown(attributes.get("formatCode", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            number = int(attributes.get("numFmtId", "0"))
            styles.append(own.get(number, _built_in(number)))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    def nothing(_: str) -> None:
        return

    with archive.open(part) as file:
        for _ in _parsed(path, file, start, end, nothing):
            pass
    return styles


def _built_in(number: int) -> str:
    if number in _MOMENT_IDS:
        return "moment"
    if number in _DATE_IDS:
        return "date"
    return "time" if number in _TIME_IDS else ""


def _shown(code: str) -> str:
    """What a number format shows (18.8.31): texts in quotes, escapes, colours and conditions left out."""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.', "", code.split(";", maxsplit=1)[0])
    elapsed = re.search(r"\[(h+|m+|s+)\]", bare, re.IGNORECASE)
    bare = re.sub(r"\[[^\]]*\]", "", bare).casefold()
    if bare == "general":
        return ""
    day = "y" in bare or "d" in bare or ("m" in bare and not re.search("[hs]", bare))
    time = bool(elapsed) or bool(re.search("[hs]", bare))
    if day and re.search(r"[0#?]", bare.replace(".0", "")):
        return ""
    if day:
        return "moment" if time else "date"
    return "time" if time else ""


class _SheetReader:
    """Builds rows from the events of a sheet's XML (18.3.1.73 row, 18.3.1.4 c)."""

    def __init__(self, book: _Book, sheet: str) -> None:
        self.rows: list[list[str]] = []
        self.wide = False
        self._book = book
        self._sheet = sheet
        self._last_row = 0
        self._row: list[str] = []
        self._column = 0
        self._kind = ""
        self._style = 0
        self._target: list[str] | None = None
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False
        self._size = 0
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = attributes.get("r")
            if reference:
                self._column = max(0, _column_index(reference))
            self._kind = attributes.get("t", "n")
            self._style = int(attributes.get("s", "0"))
            self._value = []
            self._formula = []
            self._has_formula = False
            self._size = 0
        elif name == "v" or (name == "t" and not self._phonetic):
            self._target = self._value
        elif name == "f":
            self._has_formula = True
            self._target = self._formula
        elif name == "rPh":
            self._phonetic += 1
        elif name == "row":
            number = int(attributes.get("r") or self._last_row + 1)
            if not self._last_row < number <= _GAP_LIMIT:
                raise Refused(
                    f"{self._book.path.name}, sheet “{self._sheet}”: row {number} follows row {self._last_row}; "
                    "the sheet is damaged, export it again.",
                    code="no_table",
                )
            self.rows.extend([] for _ in range(number - self._last_row - 1))
            self._last_row = number
            self._row = []
            self._column = 0

    def text(self, piece: str) -> None:
        if self._target is not None:
            self._size += len(piece)
            if self._size > CELL_LIMIT:
                raise _too_large(self._book.path, f"sheet “{self._sheet}”, row {self._last_row}")
            self._target.append(piece)

    def end(self, name: str) -> None:
        if name in {"v", "t", "f"}:
            self._target = None
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "c":
            value = self._cell()
            if value:
                if self._column >= _COLUMN_LIMIT:
                    raise Refused(
                        f"{self._book.path.name}, sheet “{self._sheet}”, row {self._last_row}: too many columns.",
                        code="no_table",
                    )
                if self._column > len(self._row):
                    self._row.extend([""] * (self._column - len(self._row)))
                self._row[self._column :] = [value]
                self.wide = self.wide or len(value) > _WIDE
            self._column += 1
        elif name == "row":
            self.rows.append(self._row)

    def _cell(self) -> str:
        if self._has_formula:
            formula = "".join(self._formula)
            if formula:
                return "=" + formula
            # A shared formula is written once; its other cells have only the result, if that.
            if not self._value:
                return _SHARED_FORMULA
        raw = "".join(self._value)
        if not raw:
            return ""
        if self._kind == "s":
            return self._shared(raw)
        if self._kind in {"str", "inlineStr"}:
            return _clean(raw)
        if self._kind == "b":
            return "yes" if raw.strip() in {"1", "true"} else "no"
        if self._kind in {"d", "e"}:
            return raw.strip()
        shown = self._book.formats[self._style] if self._style < len(self._book.formats) else ""
        raw = raw.strip()
        return (
            _moment_text(raw, shown, since_1904=self._book.since_1904)
            if shown
            else number_text(raw)
        )

    def _shared(self, raw: str) -> str:
        try:
            return self._book.shared[int(raw)]
        except (ValueError, IndexError):
            raise Refused(
                f"{self._book.path.name}, sheet “{self._sheet}”, row {self._last_row}: a cell points at a text that "
                "is not there; the workbook is damaged, save it again.",
                code="no_table",
            ) from None


def _column_index(reference: str) -> int:
    index = 0
    for letter in reference:
        if not letter.isalpha():
            break
        index = index * 26 + (ord(letter) & 31)
    return index - 1


def _moment_text(raw: str, shown: str, *, since_1904: bool) -> str:
    """A date cell as ISO 8601 text (18.17.4). Excel's 1900 had a 29 February; before it the serial stays."""
    try:
        serial = float(raw)
    except ValueError:
        return raw
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a wall clock
    if not since_1904 and shown != "time" and serial < 61:
        return number_text(raw)
    try:
        moment = epoch + timedelta(seconds=round(serial * 86_400))
    except (OverflowError, ValueError):
        return number_text(raw)
    if shown == "date":
        return moment.date().isoformat() if serial == int(serial) else moment.isoformat()
    if shown == "time":
        return moment.time().isoformat() if 0 <= serial < 1 else number_text(raw)
    return moment.isoformat()
