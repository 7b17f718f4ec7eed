"""Carrying out a plan: each row of an export feeds the import tables that it has something for.

Without a mapping an export feeds the one table it was said to hold, by the
names of its columns. With one, columns are joined, renamed and translated,
code tables looked up, and one row may feed several tables. What a mapping
changes or does not use is kept with the entry as the export had it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fullfile.core.entries import Table, get_table
from fullfile.core.errors import Refused
from fullfile.engines.importers.exports import Export
from fullfile.engines.importers.making import Codes, Making, read_codes
from fullfile.engines.importers.mapping import Mapping, TableMapping
from fullfile.engines.importers.problems import Notice, RowProblem
from fullfile.engines.importers.shape import ROW_ID, Shape, column_of_header

__all__ = ["Feed", "ShapedChunk", "ShapedRow", "plan_feeds", "shape_rows"]

_BANNER_ROWS = 40

ShapedRow = tuple[int, int, dict[str, Any], dict[str, str]]
"""Row number, place of its feed in the plan, data, more."""


@dataclass(slots=True)
class ShapedChunk:
    """What some consecutive records became.

    Attributes:
        rows: shaped rows, in order.
        problems: of rows that are refused, by feed.
        notices: what is odd about rows that are kept, by feed.
        bad: rows that could not be read, with the cells as far as they are known.
        read: rows that held something.
        left_out: rows that no feed wanted.
        last: the number of the last row.
    """

    rows: list[ShapedRow] = field(default_factory=list)
    problems: list[tuple[int, RowProblem]] = field(default_factory=list)
    notices: list[tuple[int, Notice]] = field(default_factory=list)
    bad: list[tuple[RowProblem, list[str]]] = field(default_factory=list)
    read: int = 0
    left_out: int = 0
    last: int = 0


class Feed:
    """One import table, fed from the rows of one export."""

    def __init__(self, table: Table, shape: Shape, made: Making | None = None) -> None:
        self.table = table
        self.shape = shape
        self.made = made


def plan_feeds(
    export: Export, table: str | None, mapping: Mapping | None, *, now_ms: int
) -> list[Feed]:
    """How the rows of an export become rows of import tables.

    Args:
        export: an opened export.
        table: the import table it holds, where there is no mapping.
        mapping: the mapping of the source system.
        now_ms: the moment of the import, UTC.

    Raises:
        Refused: a column is missing, or stands twice; or the mapping feeds no table.
    """
    if mapping is None:
        if table is None:
            raise Refused(
                f"Say which import table {export.name} holds, or name a mapping.", code="table"
            )
        return [_plain(export, get_table(table), now_ms)]
    if not mapping.tables:
        raise Refused(
            f"{mapping.name} feeds no import table: {mapping.no_tables}", code="no_tables"
        )
    codes = {code.name: read_codes(export, code) for code in mapping.codes}
    return [_mapped(export, feed, mapping, codes, now_ms) for feed in mapping.tables]


def _plain(export: Export, table: Table, now_ms: int) -> Feed:
    known = {column.name for column in table.columns} | {ROW_ID}
    names: list[str] = []
    for title in export.header:
        name = column_of_header(title)
        if name in known and name in names:
            raise Refused(
                f"{export.name}, row {export.header_row}: the column “{name}” stands twice; leave one out.",
                code="column_twice",
            )
        names.append(name if name in known else title)
    _check_columns(export, table, names)
    return Feed(table, Shape(table, names, now_ms=now_ms))


def _check_columns(export: Export, table: Table, names: Sequence[str]) -> None:
    missing = [name for name in table.required if name not in names]
    missing += [
        " or ".join(group) for group in table.one_of if not any(name in names for name in group)
    ]
    if not missing:
        return
    found = [name for name in table.required if name in names]
    row = _banner(export, table)
    if row is not None:
        raise Refused(
            f"{export.name}: the header of {table.name} seems to stand in row {row}, not in row {export.header_row}; "
            f"name it in a mapping (header = {row}).",
            code="column_missing",
        )
    if not found:
        raise Refused(
            f"{export.name} is no table of {table.name}: row {export.header_row} names none of "
            f"{', '.join(table.required)}. Name the table it holds, or describe the export in a mapping.",
            code="column_missing",
        )
    sentences = [
        f"{export.name}, row {export.header_row}: the column “{name}” of {table.name} is missing"
        f"{_nearest(name.split(' or ')[0], names)}."
        for name in missing
    ]
    raise Refused(" ".join(sentences), code="column_missing")


def _nearest(name: str, names: Sequence[str]) -> str:
    by_form = {column_of_header(other): other for other in names}
    near = difflib.get_close_matches(column_of_header(name), list(by_form), n=1, cutoff=0.6)
    if not near:
        return "; add it to the export, or make it in a mapping"
    other = by_form[near[0]]
    return f'; the nearest is “{other}”: rename it, or write {name} = "{{{other}}}" in a mapping'


def _banner(export: Export, table: Table) -> int | None:
    """The row in which the header seems to stand, where it is not the one that was read."""
    for chunk in export.records.chunks():
        for place, row in enumerate(chunk.rows[:_BANNER_ROWS]):
            names = {column_of_header(cell) for cell in row}
            number = chunk.first + place
            if number != export.header_row and names.issuperset(table.required):
                return number
        break
    return None


def _mapped(
    export: Export, feed: TableMapping, mapping: Mapping, codes: dict[str, Codes], now_ms: int
) -> Feed:
    made = Making(export, feed, mapping, codes)
    names = made.names + [export.header[place] for place in made.kept()]
    table = get_table(feed.table)
    own = {column.name for column in table.columns} | {ROW_ID}
    header = made.names + [
        f"{name} (as written)" if name in own else name for name in names[len(made.names) :]
    ]
    shape = Shape(
        table, header, now_ms=now_ms, dates=mapping.dates, midnight_is_day=mapping.midnight_is_day
    )
    return Feed(table, shape, made)


def shape_rows(export: Export, feeds: list[Feed]) -> Iterator[ShapedChunk]:
    """Read an export and shape its rows, a chunk at a time; blank rows are passed over."""
    plain = feeds[0] if len(feeds) == 1 and feeds[0].made is None else None
    width = len(export.header)
    kept_places = [feed.made.kept() if feed.made else [] for feed in feeds]
    for chunk in export.chunks():
        out = ShapedChunk(last=chunk.first + len(chunk.rows) - 1)
        if plain is not None:
            _shape_plain(plain, chunk.first, chunk.rows, out, wide=chunk.wide)
        else:
            for number, row in enumerate(chunk.rows, chunk.first):
                if any(row):
                    _shape_mapped(
                        feeds,
                        number,
                        row,
                        out,
                        width=width,
                        wide=chunk.wide,
                        kept_places=kept_places,
                    )
        out.bad = chunk.bad
        out.read += len(chunk.bad)
        yield out


def _shape_plain(
    feed: Feed, first: int, rows: list[list[str]], out: ShapedChunk, *, wide: bool
) -> None:
    shape, keep = feed.shape, out.rows
    for number, row in enumerate(rows, first):
        if not row or not any(row):
            continue
        found = shape(number, row, wide=wide)
        if isinstance(found, tuple):
            keep.append((number, 0, found[0], found[1]))
        elif any(cell.strip() for cell in row):
            out.problems.extend((0, problem) for problem in found)
        else:
            continue
        out.read += 1
    out.notices.extend((0, notice) for notice in shape.notices)
    shape.notices.clear()


def _shape_mapped(
    feeds: list[Feed],
    number: int,
    row: list[str],
    out: ShapedChunk,
    *,
    width: int,
    wide: bool,
    kept_places: list[list[int]],
) -> None:
    if not any(cell.strip() for cell in row):
        return
    out.read += 1
    if any(cell.strip() for cell in row[width:]):
        text = (
            f"the row has {len(row)} cells where the header has {width}; a separator inside a value "
            "must stand in quotation marks."
        )
        out.problems.append((0, RowProblem(number, "", "cells", text)))
        return
    row = row + [""] * (width - len(row))
    wanted = False
    for place, feed in enumerate(feeds):
        made = feed.made
        assert made is not None
        if not made.wants(row):
            continue
        wanted = True
        cells, wrong = made.cells(row)
        if wrong:
            out.problems.extend(
                (place, RowProblem(number, column, "unreadable", text)) for column, text in wrong
            )
            continue
        found = feed.shape(number, cells + [row[kept] for kept in kept_places[place]], wide=wide)
        if isinstance(found, tuple):
            out.rows.append((number, place, found[0], found[1]))
        else:
            out.problems.extend((place, problem) for problem in found)
        out.notices.extend((place, notice) for notice in feed.shape.notices)
        feed.shape.notices.clear()
        out.notices.extend(
            (place, Notice(number, column, code, text)) for column, code, text in made.notices
        )
        made.notices.clear()
    if not wanted:
        out.left_out += 1
