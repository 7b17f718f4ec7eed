"""Opening an export: which reader, which sheet, where the header stands, and its digest.

Every file is read twice: once over its bytes (digest, encoding), once over
its records. What is wrong with a file as a whole is one sentence (`Refused`);
a file that is not there or not readable is `Unavailable`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fullfile.core.errors import Refused, Unavailable
from fullfile.engines.importers.chunks import Chunk, Records
from fullfile.engines.importers.columnar import JsonLines, Parquet
from fullfile.engines.importers.delimited import Delimited, scan_text
from fullfile.engines.importers.mapping import Layout
from fullfile.engines.importers.shape import REJECTED_COLUMNS
from fullfile.engines.importers.workbooks import Sheet, read_workbook

__all__ = ["ENDINGS", "Export", "open_export"]

ENDINGS = (".csv", ".tsv", ".xlsx", ".parquet", ".jsonl")
"""The endings of exports, in the order in which a directory is searched."""

_TEXT = {".csv", ".tsv", ".tab", ".txt", ""}
_WORKBOOK = {".xlsx", ".xlsm"}
_PARQUET = {".parquet", ".pq"}
_JSON = {".jsonl", ".ndjson", ".json"}
_BLOCK = 1 << 20
_HARMLESS = re.compile(r"\A'(?=\s*[=+\-@\t\r\n＝＋－＠])")
"""The apostrophe that made a cell harmless in a file of rejected rows; taken off when it comes back."""


@dataclass(frozen=True, slots=True)
class Export:
    """One table of one file, ready to be read.

    Attributes:
        path: the file.
        name: the file's name, with the sheet where a workbook has several.
        sha256: `sha256:` and the digest of the file.
        size: of the file, in bytes.
        header: the names of the columns, trimmed; a second one of a name has its place added.
        header_row: the row in which they stand.
        notes: what a person should know about how the file was read.
        records: the reader.
        layout: how the mapping says the table stands in the file.
    """

    path: Path
    name: str
    sha256: str
    size: int
    header: tuple[str, ...]
    header_row: int
    notes: tuple[str, ...]
    records: Records
    layout: Layout

    def chunks(self) -> Iterator[Chunk]:
        """The records below the header, with skipped lines blanked and values filled down."""
        down = [(self.header.index(name), name) for name in self.layout.fill_down]
        last = [""] * len(down)
        rejected = self.header[: len(REJECTED_COLUMNS)] == REJECTED_COLUMNS
        must = [self.header.index(name) for name in self.layout.filled]
        for chunk in self.records.chunks():
            rows = chunk.rows
            if chunk.first <= self.header_row:
                # Rows above and at the header are blanked, never cut: numbers stay true.
                rows[: self.header_row + 1 - chunk.first] = [
                    [] for _ in rows[: self.header_row + 1 - chunk.first]
                ]
                chunk.bad = [bad for bad in chunk.bad if bad[0].row > self.header_row]
            if self.layout.skip:
                for place, row in enumerate(rows):
                    line = " ".join(cell.strip() for cell in row if cell.strip())
                    if line and any(pattern.search(line) for pattern in self.layout.skip):
                        rows[place] = []
            if down:
                for row in rows:
                    _fill(row, down, last)
            if rejected:
                chunk.rows = rows = [[_HARMLESS.sub("", cell) for cell in row] for row in rows]
            for index in must:
                for place, row in enumerate(rows):
                    if len(row) <= index or not row[index].strip():
                        rows[place] = []
            yield chunk


def _fill(row: list[str], down: list[tuple[int, str]], last: list[str]) -> None:
    if not any(cell.strip() for cell in row):
        return
    for place, (index, _) in enumerate(down):
        if index < len(row) and row[index].strip():
            last[place] = row[index]
        else:
            row.extend([""] * (index + 1 - len(row)))
            row[index] = last[place]


def open_export(path: Path, layout: Layout | None = None) -> list[Export]:
    """Open an export: one table, or one for each sheet that the layout asks for.

    Raises:
        Refused: the file is empty, no table, too large to be one, or in no known encoding.
        Unavailable: the file is not there or may not be read.
    """
    layout = layout or Layout()
    try:
        return _open(path, layout)
    except FileNotFoundError as error:
        raise Unavailable(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise Unavailable(
            f"{path} is a directory; name a file, or import the directory by itself."
        ) from error
    except PermissionError as error:
        raise Unavailable(f"{path} may not be read by this user.") from error
    except OSError as error:
        raise Unavailable(f"{path} cannot be read ({error.strerror or error}).") from error


def _open(path: Path, layout: Layout) -> list[Export]:
    ending = path.suffix.casefold()
    if ending in _TEXT:
        scan = scan_text(path, layout.encoding)
        text = Delimited(path, scan, delimiter=layout.delimiter, header=layout.header)
        return [_export(path, path.name, (scan.sha256, scan.size), text, layout)]
    digest = _digest(path)
    if digest[1] == 0:
        raise Refused(f"{path.name} is empty: export it again with its header row.", code="empty")
    if ending in _JSON:
        records: Records = JsonLines(path, layout.encoding or "utf-8-sig")
        return [_export(path, path.name, digest, records, layout)]
    if ending in _PARQUET:
        return [_export(path, path.name, digest, Parquet(path), layout)]
    if ending in _WORKBOOK:
        return _open_workbook(path, digest, layout)
    raise Refused(
        f"{path.name} is no table that can be read: expected CSV, TSV, XLSX, Parquet or JSON lines "
        f"(endings {' '.join(ENDINGS)}).",
        code="no_table",
    )


def _open_workbook(path: Path, digest: tuple[str, int], layout: Layout) -> list[Export]:
    sheets = read_workbook(path)
    if layout.sheets and layout.sheets != ("*",):
        by_name = {sheet.name: sheet for sheet in sheets}
        for name in layout.sheets:
            if name not in by_name:
                raise Refused(
                    f"{path.name} has no sheet “{name}”; it has {', '.join(by_name)}.",
                    code="sheet_unknown",
                )
        sheets = [by_name[name] for name in layout.sheets]
    else:
        sheets = [sheet for sheet in sheets if _filled(sheet)] or sheets[:1]
        if not layout.sheets and len(sheets) > 1:
            others = ", ".join(f"“{sheet.name}”" for sheet in sheets[1:])
            sheets[0].notes = (
                (
                    f"Of {path.name} the first sheet was read; not read: {others}. "
                    'Name sheets in a mapping (sheets = "*" for all).'
                ),
            )
            sheets = sheets[:1]
    several = len(sheets) > 1
    return [
        _export(
            path,
            f"{path.name}, sheet {sheet.name}" if several else path.name,
            digest,
            sheet,
            layout,
        )
        for sheet in sheets
    ]


def _filled(sheet: Sheet) -> bool:
    return any(any(row) for chunk in sheet.chunks() for row in chunk.rows)


def _digest(path: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def _export(
    path: Path, name: str, digest: tuple[str, int], records: Records, layout: Layout
) -> Export:
    cells = _header_cells(name, records, layout)
    header: list[str] = []
    for place, cell in enumerate(cells):
        title = " ".join(cell.split()).lstrip("\ufeff") or f"column {place + 1}"
        header.append(f"{title} ({place + 1})" if title in header else title)
    for column in layout.fill_down + layout.filled:
        if column not in header:
            raise Refused(
                f"{name} has no column “{column}”, which the mapping names; it has {', '.join(header)}.",
                code="column_missing",
            )
    return Export(
        path=path,
        name=name,
        sha256=f"sha256:{digest[0]}",
        size=digest[1],
        header=tuple(header),
        header_row=layout.header,
        notes=records.notes,
        records=records,
        layout=layout,
    )


def _header_cells(name: str, records: Records, layout: Layout) -> list[str]:
    for chunk in records.chunks():
        last = chunk.first + len(chunk.rows) - 1
        if layout.header > last:
            continue
        for problem, _ in chunk.bad:
            if problem.row == layout.header:
                raise Refused(f"{name}, row {layout.header}: {problem.text}", code=problem.code)
        cells = chunk.rows[layout.header - chunk.first]
        while cells and not cells[-1].strip():
            cells = cells[:-1]
        if not cells:
            break
        return cells
    raise Refused(
        f"{name} has no header in row {layout.header}: the first row names the columns; where it stands lower, "
        "say so in a mapping (header = 6).",
        code="no_table",
    )
