"""CSV, TSV and `;` files: what they are encoded in, what separates cells, and their records.

RFC 4180 with the liberties of real exports: a BOM, UTF-16, Windows-1252, `;`,
tab or `|` as separator, line breaks inside quoted cells, Excel's `_x000D_`.
A line longer than `ROW_LIMIT` or a cell longer than `CELL_LIMIT` is refused
before it is read whole, so memory stays flat whatever the file holds.

Row numbers count records, not lines: a cell with a line break in it does not
shift the rows after it, as in a spreadsheet.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from fullfile.core.errors import Refused
from fullfile.engines.importers.chunks import CELL_LIMIT, CHUNK_ROWS, ROW_LIMIT, Chunk
from fullfile.engines.importers.problems import RowProblem

__all__ = ["Delimited", "Scan", "scan_text", "sniff_delimiter"]

_BLOCK = 1 << 20
_WIDE = 150_000
_STRAY = 32
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MAGIC = (
    (b"PK\x03\x04", "a zip archive or workbook: give it its own ending, .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls): save it as .xlsx or CSV"),
    (b"PAR1", "a Parquet file: give it the ending .parquet"),
    (b"%PDF", "a PDF: ask the system for a CSV or XLSX export"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"SQLite format 3", "a SQLite database: export its tables as CSV"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x7fELF", "a program"),
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over the bytes of a text file finds.

    Attributes:
        sha256: of the file, in hexadecimal.
        size: in bytes.
        encoding: a name for Python's codecs.
        guessed: whether the encoding was found rather than said.
    """

    sha256: str
    size: int
    encoding: str
    guessed: bool


def scan_text(path: Path, encoding: str | None = None) -> Scan:
    """Digest a text file and find its encoding, in one pass.

    Raises:
        Refused: the file is empty, no text, or in no encoding that is known.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(_BLOCK)
        if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
            raise Refused(
                f"{path.name} is empty: export it again with its header row.", code="empty"
            )
        for magic, what in _MAGIC:
            if head.startswith(magic):
                raise Refused(f"{path.name} is no table but {what}.", code="no_table")
        found = encoding or _from_marks(head)
        checker = _Utf8Check()
        size = 0
        block = head
        while block:
            size += len(block)
            digest.update(block)
            if found is None:
                checker.feed(block)
            block = file.read(_BLOCK)
    if found is None:
        found = checker.encoding(path)
        odd = sum(head.count(bytes([number])) for number in range(9))
        if odd > max(_STRAY, len(head) // 50):
            raise Refused(
                f"{path.name} is no table: it holds bytes that are no text. "
                "Export it as CSV, XLSX, Parquet or JSON lines.",
                code="no_table",
            )
    else:
        try:
            codecs.lookup(found)
        except LookupError as error:
            raise Refused(
                f"{path.name}: the encoding “{found}” is not known; use utf-8, utf-16 or windows-1252.",
                code="encoding",
            ) from error
    return Scan(digest.hexdigest(), size, found, encoding is None)


def _from_marks(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    pairs = len(sample) // 2
    if pairs > 4:
        if sample[1::2].count(0) > pairs * 0.6 and not sample[0::2].count(0):
            return "utf-16-le"
        if sample[0::2].count(0) > pairs * 0.6 and not sample[1::2].count(0):
            return "utf-16-be"
    return None


class _Utf8Check:
    """Whether bytes are UTF-8, and if not, whether Windows-1252 explains all of them."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._other = False
        self._sure = False
        self._lines = 1
        self._broken_line = 0
        self._undefined_line = 0

    def feed(self, block: bytes) -> None:
        if not self._other:
            try:
                text = self._decoder.decode(block)
            except UnicodeDecodeError as error:
                self._other = True
                self._broken_line = self._lines + block[: error.start].count(b"\n")
                before = error.object[: error.start]
                self._sure = self._sure or not before.isascii()
            else:
                self._sure = self._sure or not text.isascii()
        if not self._undefined_line:
            try:
                block.decode("cp1252")
            except UnicodeDecodeError as error:
                self._undefined_line = self._lines + block[: error.start].count(b"\n")
        self._lines += block.count(b"\n")

    def encoding(self, path: Path) -> str:
        if not self._other:
            try:
                self._decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                self._other, self._broken_line = True, self._lines
            else:
                return "utf-8"
        if self._sure:
            raise Refused(
                f"{path.name} mixes encodings: it is UTF-8 up to line {self._broken_line}, which is not. "
                'Export it again, or name the encoding in a mapping (encoding = "windows-1252").',
                code="encoding",
            )
        if self._undefined_line:
            raise Refused(
                f"{path.name} is in no encoding that is known: line {self._undefined_line} is neither UTF-8 "
                'nor Windows-1252. Name the encoding in a mapping (encoding = "…"), or export it as UTF-8.',
                code="encoding",
            )
        return "cp1252"


def sniff_delimiter(header: str, *, prefer: str = ",") -> str:
    """What separates the cells of a header line: the candidate that stands most often outside quotes."""
    bare = re.sub(r'"[^"]*"', "", header)
    best = max(_DELIMITERS, key=lambda mark: (bare.count(mark), mark == prefer))
    return best if bare.count(best) else prefer


class Delimited:
    """The records of a delimited text file."""

    def __init__(
        self, path: Path, scan: Scan, *, delimiter: str | None = None, header: int = 1
    ) -> None:
        self.path = path
        self.encoding = scan.encoding
        self._header = header
        self.delimiter = delimiter or self._sniff()
        self.notes: tuple[str, ...] = ()
        if scan.encoding == "cp1252" and scan.guessed:
            self.notes = (f"{path.name} was read as Windows-1252, because it is not UTF-8.",)

    @property
    def described(self) -> str:
        """Encoding and delimiter."""
        name = {"utf-8-sig": "UTF-8 with BOM", "cp1252": "Windows-1252"}.get(self.encoding)
        mark = _DELIMITERS.get(self.delimiter, repr(self.delimiter))
        return f"{name or self.encoding.upper()}, {mark}"

    def _sniff(self) -> str:
        prefer = "\t" if self.path.suffix.casefold() in {".tsv", ".tab"} else ","
        # What cannot be read is told when the records are.
        with self._open() as file, contextlib.suppress(csv.Error):
            for number, line in enumerate(self._lines(file, []), 1):
                if number >= self._header and line.strip():
                    return sniff_delimiter(line, prefer=prefer)
                if number > self._header + 50:
                    break
        return prefer

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, newline="")

    def _lines(self, file: TextIO, marks: list[str]) -> Iterator[str]:
        """Lines with their ends. What needs a second look in this chunk is left in `marks`."""
        try:
            for line in iter(partial(file.readline, ROW_LIMIT), ""):
                size = len(line)
                if size > _WIDE:
                    marks.append("wide")
                    if size >= ROW_LIMIT:
                        marks.append("long")
                        raise csv.Error("line too long")
                if "\0" in line:
                    marks.append("nul")
                if "_x000D_" in line:
                    line = line.replace("_x000D_", "")  # noqa: PLW2901  Excel's word for a bare CR
                yield line
        except UnicodeError as error:
            marks.append("encoding")
            raise csv.Error("encoding") from error

    def chunks(self) -> Iterator[Chunk]:
        """All records, from row 1.

        Raises:
            Refused: a cell or line is too large to be one, or a byte is in no known encoding.
        """
        csv.field_size_limit(CELL_LIMIT)
        marks: list[str] = []
        first = 1
        with self._open() as file:
            reader = csv.reader(self._lines(file, marks), delimiter=self.delimiter, strict=True)
            done = False
            while not done:
                chunk = Chunk(first, [])
                rows = chunk.rows
                try:
                    rows.extend(islice(reader, CHUNK_ROWS))
                    done = len(rows) < CHUNK_ROWS
                except csv.Error as error:
                    row = first + len(rows)
                    chunk.bad.append(
                        (self._unreadable(row, reader.line_num, str(error), marks), [])
                    )
                    rows.append([])
                    done = "end of data" in str(error)
                if marks:
                    chunk.wide = "wide" in marks
                    if "nul" in marks:
                        _leave_out_nul(chunk)
                    marks.clear()
                first += len(rows)
                if rows:
                    yield chunk

    def _unreadable(self, row: int, line: int, error: str, marks: list[str]) -> RowProblem:
        """The problem of a record that the reader gave up on; what no row can say is raised."""
        name = self.path.name
        if "encoding" in marks:
            raise Refused(
                f"{name}, near line {line + 1}: bytes that are no {self.encoding}. "
                'Name the encoding in a mapping (encoding = "…"), or export it as UTF-8.',
                code="encoding",
            )
        if "long" in marks or "field limit" in error:
            raise Refused(
                f"{name}, row {row}: a cell holds more than {CELL_LIMIT:,} characters. A quotation mark that is "
                "never closed does this too; mend the row, or keep the file's content in the evidence store.",
                code="cell_too_large",
            )
        if "end of data" in error:
            text = "a quotation mark is opened and never closed before the end of the file"
        else:
            text = f"a quotation mark stands where none may ({error.replace(chr(34) * 3, chr(34))})"
        return RowProblem(row, "", "unreadable", f'{text}; double it inside a quoted cell ("").')


def _leave_out_nul(chunk: Chunk) -> None:
    for place, cells in enumerate(chunk.rows):
        if any("\0" in cell for cell in cells):
            problem = RowProblem(
                chunk.first + place,
                "",
                "nul",
                "the row holds a NUL byte; export it again, or remove the byte.",
            )
            chunk.bad.append((problem, [cell.replace("\0", "␀") for cell in cells]))
            chunk.rows[place] = []
