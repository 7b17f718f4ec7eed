"""Mapping files: how the export of one source system becomes rows of the import tables (TOML).

A mapping says where the header stands and which lines to leave out, which
values to repeat downwards, how dates are written, which code tables to join,
and, for each import table, how each of its columns is made from the columns
of the export. It holds no code: texts with `{Column}` in them, lists of
words, patterns. A mistake in it names the file, the key and what was expected.

Reading only: `feeds` carries a mapping out. The form is taught in
docs/how-to/write-a-mapping.md.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn

from fullfile.core.entries import TABLES
from fullfile.core.errors import NotFound, Refused
from fullfile.engines.importers.dates import DateFormat, compile_date

__all__ = [
    "CodeTable",
    "ColumnMapping",
    "Layout",
    "Mapping",
    "Piece",
    "RowFilter",
    "TableMapping",
    "list_shipped",
    "read_mapping",
]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table stands in the file.

    Attributes:
        encoding: a name for Python's codecs, or None to find it.
        delimiter: what separates cells, or None to find it.
        header: the row of the header.
        sheets: the sheets to read; `("*",)` is all, empty is the first.
        skip: rows to leave out: patterns searched in the row's cells joined by a blank.
        fill_down: columns whose empty cells repeat the last value above.
        filled: columns that a row must fill; others are left out (subtotals), after filling down.
    """

    encoding: str | None = None
    delimiter: str | None = None
    header: int = 1
    sheets: tuple[str, ...] = ()
    skip: tuple[re.Pattern[str], ...] = ()
    fill_down: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeTable:
    """Another file of the same folder whose columns are joined to each row.

    Attributes:
        name: as templates call it: `{offense.NAME}`.
        file: its file name.
        on: pairs of a column of the export and the column of the code table that equals it.
    """

    name: str
    file: str
    on: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a template: words, or a column of the export or of a code table."""

    text: str = ""
    column: str = ""
    code_table: str = ""
    as_date: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How one column of an import table is made.

    Attributes:
        name: the column, or `row_id`.
        templates: one template, or several that are joined; an empty piece empties its template.
        separator: between joined templates.
        translate: values (trimmed, case folded) and what they become.
        otherwise: what a value becomes that is not translated: keep, empty or refuse.
        default: what stands where the result is empty.
    """

    name: str
    templates: tuple[tuple[Piece, ...], ...]
    separator: str = " "
    translate: Pairs[str, str] = field(default_factory=dict)
    otherwise: str = "keep"
    default: str = ""


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows feed a table.

    Attributes:
        only: columns and the values (trimmed, case folded) of which a row must have one.
        leave_out: columns and the values that leave a row out.
        filled: columns that must not be empty.
    """

    only: tuple[tuple[str, frozenset[str]], ...] = ()
    leave_out: tuple[tuple[str, frozenset[str]], ...] = ()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How the rows of one import table are made."""

    table: str
    columns: tuple[ColumnMapping, ...]
    rows: RowFilter


@dataclass(frozen=True, slots=True)
class Mapping:
    """One mapping file.

    Attributes:
        name: its file name.
        digest: `sha256:` and the digest of its bytes; kept with every run that used it.
        system: which system and export it is for.
        layout: where the table stands in the file.
        dates: how the export writes dates, tried in this order before ISO 8601.
        midnight_is_day: whether a time of 00:00 means that no time was said.
        empty: values (trimmed, case folded) that say nothing.
        codes: code tables.
        tables: what the rows become.
        no_tables: why the source feeds no import table, where it feeds none.
    """

    name: str
    digest: str
    system: str
    layout: Layout
    dates: tuple[DateFormat, ...]
    midnight_is_day: bool
    empty: frozenset[str]
    codes: tuple[CodeTable, ...]
    tables: tuple[TableMapping, ...]
    no_tables: str


def list_shipped() -> tuple[str, ...]:
    """The names of the mappings that come with Fullfile."""
    folder = resources.files("fullfile.engines.importers") / "mappings"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")))


def read_mapping(where: Path | str) -> Mapping:
    """Read a mapping file, or one that comes with Fullfile by its name.

    Raises:
        NotFound: there is no such file.
        Refused: the file is no mapping; the sentence names the key.
    """
    path = Path(where)
    if path.is_file():
        content = path.read_bytes()
    elif path.name in list_shipped() and path.parent == Path():
        content = (
            resources.files("fullfile.engines.importers") / "mappings" / path.name
        ).read_bytes()
    else:
        shipped = ", ".join(list_shipped())
        raise NotFound(
            f"There is no mapping file {path}; those that come with Fullfile: {shipped}."
        )
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} is no TOML: {error}.", code="mapping") from error
    return _Reader(path.name).mapping(found, "sha256:" + hashlib.sha256(content).hexdigest())


class _Reader:
    """Reads the keys of one mapping file; every complaint names the file and the key."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _fail(self, key: str, expected: str, found: object) -> NoReturn:
        raise Refused(f"{self._name}: `{key}` must be {expected}; found {found!r}.", code="mapping")

    def _known(self, key: str, table: Pairs[str, Any], names: Iterable[str]) -> None:  # parsed TOML
        for name in table:
            if name not in names:
                self._fail(f"{key}.{name}" if key else name, f"one of {', '.join(names)}", name)

    def _table(self, key: str, value: object) -> dict[str, Any]:  # parsed TOML
        if not isinstance(value, dict):
            self._fail(key, "a table", value)
        return value

    def _text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            self._fail(key, "a text in quotes", value)
        return value

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            self._fail(key, "a list of texts", value)
        return tuple(self._text(key, part) for part in value)

    def mapping(self, found: dict[str, Any], digest: str) -> Mapping:  # parsed TOML
        self._known(
            "",
            found,
            ("system", "file", "dates", "midnight_is_day", "empty", "codes", "tables", "no_tables"),
        )
        codes = tuple(
            self._codes(f"codes.{name}", name, value)
            for name, value in self._table("codes", found.get("codes", {})).items()
        )
        names = {code.name for code in codes}
        tables = tuple(
            self._feeds(f"tables.{name}", name, value, names)
            for name, value in self._table("tables", found.get("tables", {})).items()
        )
        no_tables = self._text("no_tables", found.get("no_tables", ""))
        if bool(tables) == bool(no_tables):
            self._fail(
                "tables",
                "at least one import table, or else `no_tables` with the reason",
                list(found),
            )
        midnight = found.get("midnight_is_day", False)
        if not isinstance(midnight, bool):
            self._fail("midnight_is_day", "true or false", midnight)
        return Mapping(
            name=self._name,
            digest=digest,
            system=self._text("system", found.get("system", "")),
            layout=self._layout(self._table("file", found.get("file", {}))),
            dates=tuple(
                self._date("dates", one) for one in self._texts("dates", found.get("dates", []))
            ),
            midnight_is_day=midnight,
            empty=frozenset(
                one.strip().casefold() for one in self._texts("empty", found.get("empty", []))
            ),
            codes=codes,
            tables=tables,
            no_tables=no_tables,
        )

    def _date(self, key: str, text: str) -> DateFormat:
        try:
            return compile_date(text)
        except ValueError as error:
            self._fail(key, f"a date format ({error})", text)

    def _layout(self, found: dict[str, Any]) -> Layout:  # parsed TOML
        self._known(
            "file",
            found,
            ("encoding", "delimiter", "header", "sheets", "skip", "fill_down", "filled"),
        )
        header = found.get("header", 1)
        if not isinstance(header, int) or isinstance(header, bool) or header < 1:
            self._fail("file.header", "the number of the header's row, from 1", header)
        delimiter = found.get("delimiter")
        if delimiter is not None:
            delimiter = {"tab": "\t"}.get(self._text("file.delimiter", delimiter), delimiter)
            if len(delimiter) != 1:
                self._fail("file.delimiter", "one character, or tab", delimiter)
        encoding = found.get("encoding")
        if encoding is not None:
            self._text("file.encoding", encoding)
        sheets = found.get("sheets", [])
        return Layout(
            encoding=encoding,
            delimiter=delimiter,
            header=header,
            sheets=(sheets,) if isinstance(sheets, str) else self._texts("file.sheets", sheets),
            skip=tuple(
                self._pattern("file.skip", one)
                for one in self._texts("file.skip", found.get("skip", []))
            ),
            fill_down=self._texts("file.fill_down", found.get("fill_down", [])),
            filled=self._texts("file.filled", found.get("filled", [])),
        )

    def _pattern(self, key: str, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            self._fail(key, f"a pattern ({error})", text)

    def _codes(self, key: str, name: str, value: object) -> CodeTable:
        found = self._table(key, value)
        self._known(key, found, ("file", "on"))
        file = self._text(f"{key}.file", found.get("file"))
        if Path(file).name != file or file in {"", ".", ".."}:
            self._fail(f"{key}.file", "the name of a file in the folder of the export", file)
        on = found.get("on")
        if isinstance(on, list):
            pairs = tuple((column, column) for column in self._texts(f"{key}.on", on))
        else:
            pairs = tuple(
                (ours, self._text(f"{key}.on.{ours}", theirs))
                for ours, theirs in self._table(f"{key}.on", on).items()
            )
        if not pairs:
            self._fail(f"{key}.on", "at least one column", on)
        return CodeTable(name, file, pairs)

    def _feeds(self, key: str, name: str, value: object, codes: set[str]) -> TableMapping:
        if name not in TABLES:
            self._fail(key, f"an import table ({', '.join(TABLES)})", name)
        found = self._table(key, value)
        self._known(key, found, ("only", "except", "filled", "columns"))
        known = {column.name for column in TABLES[name].columns} | {"row_id"}
        columns = self._table(f"{key}.columns", found.get("columns"))
        for column in columns:
            if column not in known:
                self._fail(
                    f"{key}.columns.{column}", f"a column of {name} ({', '.join(known)})", column
                )
        missing = [column for column in TABLES[name].required if column not in columns]
        if missing:
            self._fail(
                f"{key}.columns", f"a table that gives {', '.join(missing)} too", list(columns)
            )
        return TableMapping(
            name,
            tuple(
                self._column(f"{key}.columns.{column}", column, how, codes)
                for column, how in columns.items()
            ),
            RowFilter(
                only=self._values(f"{key}.only", found.get("only", {})),
                leave_out=self._values(f"{key}.except", found.get("except", {})),
                filled=self._texts(f"{key}.filled", found.get("filled", [])),
            ),
        )

    def _values(self, key: str, value: object) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple(
            (
                column,
                frozenset(one.strip().casefold() for one in self._texts(f"{key}.{column}", words)),
            )
            for column, words in self._table(key, value).items()
        )

    def _column(self, key: str, name: str, how: object, codes: set[str]) -> ColumnMapping:
        if isinstance(how, str):
            return ColumnMapping(name, (self._template(key, how, codes),))
        found = self._table(key, how)
        self._known(key, found, ("from", "join", "with", "translate", "otherwise", "default"))
        if ("from" in found) == ("join" in found):
            self._fail(
                key, "a table with `from` (one template) or `join` (a list of them)", list(found)
            )
        parts = (
            self._texts(f"{key}.join", found["join"])
            if "join" in found
            else (self._text(f"{key}.from", found["from"]),)
        )
        otherwise = found.get("otherwise", "keep")
        if otherwise not in ("keep", "empty", "refuse"):
            self._fail(f"{key}.otherwise", "keep, empty or refuse", otherwise)
        return ColumnMapping(
            name,
            tuple(self._template(key, part, codes) for part in parts),
            separator=self._text(f"{key}.with", found.get("with", " ")),
            translate={
                word.strip().casefold(): self._text(f"{key}.translate.{word}", meaning)
                for word, meaning in self._table(
                    f"{key}.translate", found.get("translate", {})
                ).items()
            },
            otherwise=otherwise,
            default=self._text(f"{key}.default", found.get("default", "")),
        )

    def _template(self, key: str, text: str, codes: set[str]) -> tuple[Piece, ...]:
        """`{Column}`, `{Column:date}`, `{codes.Column}`; `{{` and `}}` are braces."""
        pieces: list[Piece] = []
        rest = re.compile(r"\{\{|\}\}|\{([^{}]+)\}|[^{}]+")
        place = 0
        while place < len(text):
            found = rest.match(text, place)
            if found is None:
                self._fail(key, "a text in which each { has its } ({{ for a brace itself)", text)
            place = found.end()
            column = found[1]
            if column is None:
                words = {"{{": "{", "}}": "}"}.get(found[0], found[0])
                pieces.append(Piece(text=words))
                continue
            as_date = column.endswith(":date")
            column = column.removesuffix(":date").strip()
            table, dot, rest_of = column.partition(".")
            if dot and table in codes:
                pieces.append(Piece(column=rest_of, code_table=table, as_date=as_date))
            else:
                pieces.append(Piece(column=column, as_date=as_date))
        return tuple(pieces)
