"""Parquet files and JSON lines: columns with types, given as text like any other export.

Numbers keep their digits, dates become ISO 8601 text, yes and no are words,
lists become cells separated by `;`. Row 1 is the header, made from the names
of the columns, so that the first record is row 2 as in a spreadsheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from fullfile.core.errors import Refused
from fullfile.engines.importers.chunks import CELL_LIMIT, CHUNK_ROWS, ROW_LIMIT, Chunk, number_text
from fullfile.engines.importers.problems import RowProblem

__all__ = ["JsonLines", "Parquet"]

_GROUP_LIMIT = 4 << 30
_WIDE = 150_000


class Parquet:
    """The records of a Parquet file."""

    described = "Parquet"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: tuple[str, ...] = ()

    def chunks(self) -> Iterator[Chunk]:
        """The header, then all records.

        Raises:
            Refused: the file is no Parquet file, or a cell is too large to be one.
        """
        import pyarrow as pa
        from pyarrow import parquet

        try:
            with parquet.ParquetFile(self.path) as file:
                for group in range(file.metadata.num_row_groups):
                    if file.metadata.row_group(group).total_byte_size > _GROUP_LIMIT:
                        raise Refused(
                            f"{self.path.name} would unpack to gigabytes at once: write it with smaller row groups.",
                            code="zip_bomb",
                        )
                yield Chunk(1, [[str(name) for name in file.schema_arrow.names]])
                first = 2
                for batch in file.iter_batches(batch_size=CHUNK_ROWS):
                    columns = [_texts(column.to_pylist()) for column in batch.columns]
                    rows = [list(row) for row in zip(*columns, strict=True)]
                    chunk = Chunk(first, rows)
                    _check_cells(self.path, chunk)
                    yield chunk
                    first += len(rows)
        except (pa.ArrowException, OSError, UnicodeError) as error:
            raise Refused(
                f"{self.path.name} is no Parquet file that can be read ({str(error)[:120]}): export it again.",
                code="no_table",
            ) from error


def _texts(values: list[Any]) -> list[str]:  # whatever a column of a typed file holds
    return [value if type(value) is str else cell_text(value) for value in values]


def cell_text(value: Any) -> str:  # as above
    """A typed value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return "" if value != value else number_text(repr(value))  # noqa: PLR0124  NaN
    if isinstance(value, Decimal):
        return number_text(f"{value:f}")
    if isinstance(value, datetime):
        text = value.isoformat()
        return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ";".join(cell_text(part) for part in value)
    if isinstance(value, bytes):
        return value.hex()
    return json.dumps(value, ensure_ascii=False, default=str)


def _check_cells(path: Path, chunk: Chunk) -> None:
    for place, row in enumerate(chunk.rows):
        longest = max(map(len, row), default=0)
        if longest > CELL_LIMIT:
            raise Refused(
                f"{path.name}, row {chunk.first + place}: a cell holds more than {CELL_LIMIT:,} characters. "
                "Keep such content in the evidence store and export the table without it.",
                code="cell_too_large",
            )
        chunk.wide = chunk.wide or longest > _WIDE
        if any("\0" in cell for cell in row):
            _refuse_row(
                chunk,
                place,
                "nul",
                "the row holds a NUL byte; export it again, or remove the byte.",
            )


def _refuse_row(chunk: Chunk, place: int, code: str, text: str) -> None:
    cells = [cell.replace("\0", "␀") for cell in chunk.rows[place]]
    chunk.bad.append((RowProblem(chunk.first + place, "", code, text), cells))
    chunk.rows[place] = []


class _Number(str):
    """The digits of a JSON number, as they were written."""

    __slots__ = ()


class JsonLines:
    """The records of a file with one JSON object a line. Its row numbers are line numbers plus one."""

    described = "JSON lines, UTF-8"

    def __init__(self, path: Path, encoding: str = "utf-8-sig") -> None:
        self.path = path
        self.encoding = encoding
        self.notes: tuple[str, ...] = ()

    def chunks(self) -> Iterator[Chunk]:
        """The header (every name that stands in any line), then all records.

        Raises:
            Refused: no line is a JSON object, or a line is too large to be one.
        """
        names: dict[str, int] = {}
        for line in self._lines():
            try:
                found = json.loads(line, parse_int=_Number, parse_float=_Number)
            except ValueError:
                continue
            if isinstance(found, dict):
                for name in found:
                    names.setdefault(name, len(names))
        if not names:
            raise Refused(
                f"{self.path.name} is no table: no line of it is a JSON object with named values.",
                code="no_table",
            )
        yield Chunk(1, [list(names)])
        first = 2
        lines = self._lines()
        while block := list(islice(lines, CHUNK_ROWS)):
            chunk = Chunk(first, [])
            for place, line in enumerate(block):
                chunk.rows.append([])
                if line.strip():
                    self._read_line(chunk, place, line, names)
            _check_cells(self.path, chunk)
            yield chunk
            first += len(block)

    def _lines(self) -> Iterator[str]:
        try:
            with self.path.open(encoding=self.encoding) as file:
                for number, line in enumerate(iter(partial(file.readline, ROW_LIMIT), ""), 1):
                    if len(line) >= ROW_LIMIT:
                        raise Refused(
                            f"{self.path.name}, row {number + 1}: the line holds more than {ROW_LIMIT:,} characters. "
                            "Keep such content in the evidence store and export the table without it.",
                            code="cell_too_large",
                        )
                    yield line
        except UnicodeError as error:
            raise Refused(
                f"{self.path.name} is not in UTF-8, as JSON must be: export it again.",
                code="encoding",
            ) from error

    @staticmethod
    def _read_line(chunk: Chunk, place: int, line: str, names: dict[str, int]) -> None:
        pairs: list[tuple[str, Any]] = []  # any JSON value

        def keep(found: list[tuple[str, Any]]) -> dict[str, Any]:
            pairs[:] = found
            return dict(found)

        chunk.rows[place] = [line.strip()]
        try:
            found = json.loads(line, parse_int=_Number, parse_float=_Number, object_pairs_hook=keep)
        except (ValueError, RecursionError) as error:
            _refuse_row(chunk, place, "unreadable", f"the line is no JSON ({str(error)[:80]}).")
            return
        if not isinstance(found, dict):
            _refuse_row(chunk, place, "unreadable", "the line is no JSON object with named values.")
            return
        if len(pairs) != len(found):
            _refuse_row(chunk, place, "unreadable", "a name stands twice in the line.")
            return
        cells = [""] * len(names)
        for name, value in found.items():
            text = number_text(value) if type(value) is _Number else cell_text(value)
            try:
                text.encode()
            except UnicodeEncodeError:
                _refuse_row(
                    chunk,
                    place,
                    "unreadable",
                    f"“{name[:60]}” holds half a character (a lone surrogate).",
                )
                return
            cells[names[name]] = str(text)
        chunk.rows[place] = cells
