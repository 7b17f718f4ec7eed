"""Carrying out the columns of a mapping: templates, joins, translations, dates and code tables.

Made once for a table and an export, then called for each row. What is carried
over word for word is told apart from what was changed, so that the caller can
keep the export's own words with the entry.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable

from fullfile.core.errors import Refused
from fullfile.engines.importers.dates import DateFormat, read_date
from fullfile.engines.importers.exports import Export, open_export
from fullfile.engines.importers.mapping import (
    CodeTable,
    ColumnMapping,
    Mapping,
    Piece,
    TableMapping,
)
from fullfile.engines.importers.shape import column_of_header

__all__ = ["Codes", "Making", "read_codes"]

_CODES_LIMIT = 1_000_000
Codes = dict[tuple[str, ...], dict[str, str]]
"""A code table: its key columns (trimmed, case folded), and all its columns."""
_Getter = Callable[[list[str]], str]


def read_codes(export: Export, code: CodeTable) -> Codes:
    """A code table as a dictionary. One code twice with other words is refused."""
    path = export.path.parent / code.file
    if not path.is_file():
        raise Refused(
            f"{export.name}: the code table {code.file} must lie beside it; export it too.",
            code="codes_missing",
        )
    (table, *_) = open_export(path)
    theirs = [column_place(table, name) for _, name in code.on]
    for ours, _ in code.on:
        column_place(export, ours)
    found: Codes = {}
    for chunk in table.chunks():
        for place, row in enumerate(chunk.rows):
            if not any(cell.strip() for cell in row):
                continue
            cells = row + [""] * (len(table.header) - len(row))
            key = tuple(cells[index].strip().casefold() for index in theirs)
            words = dict(zip(table.header, (cell.strip() for cell in cells), strict=False))
            if found.setdefault(key, words) != words:
                raise Refused(
                    f"{code.file}, row {chunk.first + place}: the code {', '.join(key)} stands twice with "
                    "different words; leave one out.",
                    code="code_twice",
                )
            if len(found) > _CODES_LIMIT:
                raise Refused(
                    f"{code.file} has more than {_CODES_LIMIT:,} codes.", code="codes_many"
                )
    return found


def column_place(export: Export, name: str) -> int:
    if name in export.header:
        return export.header.index(name)
    forms = [column_of_header(title) for title in export.header]
    form = column_of_header(name)
    if form in forms:
        return forms.index(form)
    near = difflib.get_close_matches(form, forms, n=1, cutoff=0.5)
    hint = f"; the nearest is “{export.header[forms.index(near[0])]}”" if near else ""
    raise Refused(
        f"{export.name}, row {export.header_row}: there is no column “{name}”, which the mapping names{hint}.",
        code="column_missing",
    )


class Making:
    """Makes the cells of a table's columns from the cells of the export's."""

    def __init__(
        self, export: Export, feed: TableMapping, mapping: Mapping, codes: dict[str, Codes]
    ) -> None:
        self._export = export
        self._mapping = mapping
        self._codes = codes
        self.notices: list[tuple[str, str, str]] = []
        self._width = len(export.header)
        self._only = [(column_place(export, name), words) for name, words in feed.rows.only]
        self._except = [(column_place(export, name), words) for name, words in feed.rows.leave_out]
        self._filled = [column_place(export, name) for name in feed.rows.filled]
        self._carried: set[int] = set()
        self._columns = [self._column(column) for column in feed.columns]
        self.names = [column.name for column in feed.columns]

    def kept(self) -> list[int]:
        """The places of the columns that go to `more`: not carried over word for word."""
        return [place for place in range(self._width) if place not in self._carried]

    def wants(self, row: list[str]) -> bool:
        """Whether the row feeds this table."""
        return (
            all(row[place].strip().casefold() in words for place, words in self._only)
            and not any(row[place].strip().casefold() in words for place, words in self._except)
            and all(row[place].strip() for place in self._filled)
        )

    def cells(self, row: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """The cells of the table's columns, and what is wrong: column and sentence."""
        made: list[str] = []
        wrong: list[tuple[str, str]] = []
        for name, make in zip(self.names, self._columns, strict=True):
            try:
                made.append(make(row))
            except _NoMeaning as problem:
                wrong.append((name, str(problem)))
        return made, wrong

    def _column(self, column: ColumnMapping) -> _Getter:
        templates = [self._template(pieces) for pieces in column.templates]
        separator, default, otherwise = column.separator, column.default, column.otherwise
        translate = column.translate
        simple = not translate and otherwise == "keep"
        if simple:
            self._carried.update(
                column_place(self._export, piece.column)
                for pieces in column.templates
                for piece in pieces
                if piece.column and not piece.code_table and not piece.as_date
            )

        def make(row: list[str]) -> str:
            parts = [part for part in (template(row) for template in templates) if part]
            text = separator.join(parts)
            if text and not simple:
                meaning = translate.get(text.casefold())
                if meaning is not None:
                    text = meaning
                elif otherwise == "refuse":
                    known = ", ".join(list(translate)[:20])
                    raise _NoMeaning(f"“{text[:60]}” has no translation in the mapping ({known}).")
                elif otherwise == "empty":
                    text = ""
            return text or default

        return make

    def _template(self, pieces: tuple[Piece, ...]) -> _Getter:
        getters: list[str | _Getter] = [
            self._piece(piece) if piece.column else piece.text for piece in pieces
        ]

        def template(row: list[str]) -> str:
            parts: list[str] = []
            for getter in getters:
                part = getter if isinstance(getter, str) else getter(row)
                if not part:
                    return ""
                parts.append(part)
            return "".join(parts)

        return template

    def _piece(self, piece: Piece) -> _Getter:
        empty = self._mapping.empty
        if piece.code_table:
            return self._code(piece)
        place = column_place(self._export, piece.column)
        if not piece.as_date:

            def cell(row: list[str]) -> str:
                text = row[place].strip()
                return "" if text.casefold() in empty else text

            return cell
        formats, midnight = self._mapping.dates, self._mapping.midnight_is_day

        def date(row: list[str]) -> str:
            text = row[place].strip()
            if text.casefold() in empty:
                return ""
            return _date_or_text(text, formats, midnight_is_day=midnight)

        return date

    def _code(self, piece: Piece) -> _Getter:
        codes = self._codes[piece.code_table]
        code = next(one for one in self._mapping.codes if one.name == piece.code_table)
        places = [column_place(self._export, ours) for ours, _ in code.on]
        if codes and piece.column not in next(iter(codes.values())):
            raise Refused(
                f"{self._mapping.name}: {code.file} has no column “{piece.column}”.",
                code="column_missing",
            )
        column, file = piece.column, code.file

        def words(row: list[str]) -> str:
            key = tuple(row[place].strip().casefold() for place in places)
            found = codes.get(key)
            if found is None:
                if any(key):
                    said = ", ".join(row[place].strip() for place in places)
                    self.notices.append(("", "code_unknown", f"the code {said} is not in {file}."))
                return ""
            return found[column]

        return words


class _NoMeaning(Exception):
    """A value that the mapping refuses."""


def _date_or_text(text: str, formats: tuple[DateFormat, ...], *, midnight_is_day: bool) -> str:
    try:
        return read_date(text, formats, midnight_is_day=midnight_is_day) or text
    except ValueError as error:
        raise _NoMeaning(f"“{text[:60]}” is no date: {error}.") from None
