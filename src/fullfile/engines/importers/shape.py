"""From the cells of a row to the data of an entry: required, words, dates, lists, and nothing else.

A shape is compiled once for a header and an import table (contract, section
4) and then called for each row; it gives the data and what the table does not
know, or the problems of the row, all of them. What a row says of other rows
(its case, its defendant, its agency's other names) is resolved where the
record is known, in `server.actions.imports`.

Text is trimmed and NFC (standards 3: names are normalised before the record).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from unicodedata import normalize

from fullfile.core.entries import Kind, Table
from fullfile.core.entries.rows import RELATIONS
from fullfile.core.ids import instant_text, parse_when
from fullfile.engines.importers.dates import DateFormat, read_date
from fullfile.engines.importers.problems import Notice, RowProblem

__all__ = ["REJECTED_COLUMNS", "ROW_ID", "Shape", "Shaped", "column_of_header"]

ROW_ID = "row_id"
"""The column that holds the source's own key of a row; kept in `more`."""

REJECTED_COLUMNS = ("rejected_row", "rejected_because")
"""The columns that a file of rejected rows has in front; passed over when it is imported again."""

Shaped = tuple[dict[str, Any], dict[str, str]]
"""Data (JSON without floats) and what no column of the table holds."""

_YES = frozenset({"yes", "true", "1", "y", "j", "ja", "t", "si", "sí", "oui", "x"})
_NO = frozenset({"no", "false", "0", "n", "nein", "f", "non"})
_CACHE = 200_000
_CLOCKS_MS = 14 * 3_600_000  # the furthest a clock on a wall is ahead of UTC
_FIRST_MS = -62_135_000_000_000  # some days after year 1 began
_LAST_MS = 253_402_000_000_000  # some days before year 9999 ends
_EARLY_MS = -631_152_000_000  # 1950-01-01
_ENTRY_BYTES = 900_000
_MOMENT = re.compile(
    r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::([0-5][0-9]))?\s*\Z"
).match
"""A time on a wall clock, to the second."""
_SHOWN = 60

# An effect, its cause, and how a sentence names them.
_CAUSES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "items": (("booked_at", "collected_at", "booked before it was collected"),),
    "disclosures": (("acknowledged_at", "disclosed_at", "acknowledged before it was disclosed"),),
    "holds": (("lifted_at", "placed_at", "lifted before it was placed"),),
    "requests": (("replied_at", "requested_at", "replied to before it was made"),),
    "filings": (("confirmed_at", "filed_at", "confirmed before it was made"),),
    "determinations": (("verified_at", "made_at", "verified before it was made"),),
    "withholdings": (("until", "withheld_at", "over before it began"),),
    "status": (("until", "from", "over before it began"),),
    "counts": (("charged_on", "offense_on", "charged before the offence"),),
    "cases": (("opened_on", "incident_on", "opened before the incident"),),
}


def column_of_header(name: str) -> str:
    """How the name of a column compares: trimmed, case folded, blanks and hyphens as underscores."""
    return re.sub(r"[\s\-]+", "_", name.strip().casefold())


class _Bad(Exception):
    """A cell that cannot be read: a code and a sentence."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Shape:
    """Turns the rows of one header into the data of one table's entries.

    Args:
        table: the import table.
        header: the names of the columns, as they compare to the table's; others go to `more`.
        now_ms: the moment of the import, UTC: a date after it is noticed.
        dates: how this source writes dates, tried before ISO 8601.
        midnight_is_day: whether a time of 00:00 means that no time was said.
    """

    def __init__(
        self,
        table: Table,
        header: Sequence[str],
        *,
        now_ms: int,
        dates: tuple[DateFormat, ...] = (),
        midnight_is_day: bool = False,
    ) -> None:
        self.table = table
        self.notices: list[Notice] = []
        """What was noticed since the caller last emptied it."""
        self._now_ms = now_ms
        self._formats = dates
        self._midnight_is_day = midnight_is_day
        self._latest = instant_text(now_ms + _CLOCKS_MS)[:19]
        self._dates: dict[str, str] = {}
        self._odd: dict[str, str] = {}
        known = {column.name: column for column in table.columns}
        self._width = len(header)
        self._plain: list[tuple[int, str]] = []
        self._whens: list[tuple[int, str]] = []
        self._special: list[tuple[int, str, Callable[[str], Any]]] = []
        self._extra: list[tuple[int, str]] = []
        for index, name in enumerate(header):
            column = known.get(name)
            if name in REJECTED_COLUMNS:
                continue
            if column is None:
                self._extra.append((index, name))
            elif column.kind is Kind.WHEN:
                self._whens.append((index, name))
            elif column.kind is Kind.YES_NO:
                self._special.append((index, name, _Words(_yes_no)))
            elif column.kind is Kind.WORD and column.words:
                self._special.append((index, name, _Words(_word_reader(column.words))))
            elif column.kind is Kind.LIST:
                self._special.append((index, name, _LISTS.get(name, _texts)))
            elif (table.name, name) == ("docket", "event"):
                self._special.append((index, name, _Words(column_of_header)))
            else:
                self._plain.append((index, name))
        self._required = frozenset(table.required)
        self._required_order = table.required
        self._one_of = table.one_of
        self._causes = _CAUSES.get(table.name, ())

    def __call__(
        self, number: int, row: list[str], *, wide: bool = False
    ) -> Shaped | list[RowProblem]:
        """The data and the rest of a row, or what is wrong with it.

        Args:
            number: the row's number, as a person counts.
            row: its cells.
            wide: whether the row may be larger than a body of the record.
        """
        problems: list[RowProblem] | None = None
        if len(row) != self._width:
            if any(cell.strip() for cell in row[self._width :]):
                return [self._too_many(number, row)]
            row = row + [""] * (self._width - len(row))
        data: dict[str, Any] = {}
        for index, name in self._plain:
            text = row[index]
            if text:
                text = text.strip()
                if text:
                    data[name] = text if text.isascii() else normalize("NFC", text)
        dates, odd = self._dates, self._odd
        for index, name in self._whens:
            text = row[index]
            if text:
                said = dates.get(text)
                if (
                    said is None
                    and (moment := _MOMENT(text))
                    and moment[1] in dates
                    and moment[1] not in odd
                ):
                    # A time of a day that was read before: no calendar is asked again.
                    said = f"{moment[1]}T{moment[2]}:{moment[3] or '00'}"
                    if said > self._latest:
                        said = None
                if said is None:
                    try:
                        said = self._date(text)
                    except _Bad as bad:
                        problems = problems or []
                        problems.append(RowProblem(number, name, bad.code, bad.text))
                        continue
                if said:
                    data[name] = said
                    if odd and said in odd:
                        self._notice_odd(number, name, said)
        for index, name, read in self._special:
            text = row[index]
            if text:
                try:
                    value = read(text)
                except _Bad as bad:
                    problems = problems or []
                    problems.append(RowProblem(number, name, bad.code, bad.text))
                    continue
                if value is not None:
                    data[name] = value
        if not self._required <= data.keys():
            problems = (problems or []) + self._missing(number, data, problems)
        for group in self._one_of:
            if not any(name in data for name in group):
                named = {problem.column for problem in problems or ()}
                if not named.intersection(group):
                    problems = problems or []
                    text = f"one of {', '.join(group)} must be filled."
                    problems.append(RowProblem(number, group[0], "required", text))
        more: dict[str, str] = {}
        for index, name in self._extra:
            text = row[index].strip()
            if text:
                more[name] = text if text.isascii() else normalize("NFC", text)
        if wide and _bytes(data, more) > _ENTRY_BYTES:
            problems = problems or []
            text = (
                "the row is too large for an entry (1 MiB); keep its content in the evidence store."
            )
            problems.append(RowProblem(number, "", "too_large", text))
        if problems:
            return problems
        for effect, cause, words in self._causes:
            later, earlier = data.get(effect), data.get(cause)
            if later is not None and earlier is not None and later < earlier:
                self._notice_order(number, effect, (later, earlier), words)
        return data, more

    def _too_many(self, number: int, row: list[str]) -> RowProblem:
        filled = max(place for place, cell in enumerate(row) if cell.strip()) + 1
        text = (
            f"the row has {filled} cells where the header has {self._width}; a separator inside a value "
            "must stand in quotation marks."
        )
        return RowProblem(number, "", "cells", text)

    def _missing(
        self, number: int, data: Mapping[str, Any], problems: list[RowProblem] | None
    ) -> list[RowProblem]:
        named = {problem.column for problem in problems or ()}
        return [
            RowProblem(number, name, "required", f"{name} is empty and must be filled.")
            for name in self._required_order
            if name not in data and name not in named
        ]

    def _date(self, text: str) -> str:
        words = text.strip()
        said = ""
        if words:
            if not words.isascii():
                words = normalize("NFC", words)
            try:
                said = (
                    read_date(words, self._formats, midnight_is_day=self._midnight_is_day) or words
                )
                when = parse_when(said)
            except ValueError as error:
                raise _Bad("unreadable", _date_sentence(words, error)) from None
            if when.zoned and not _FIRST_MS < when.first <= when.last < _LAST_MS:
                raise _Bad("unreadable", f"“{words[:_SHOWN]}” is no date that any clock can show.")
            said = when.text
            if when.first > self._now_ms + _CLOCKS_MS:
                self._odd[said] = "future"
            elif when.last < _EARLY_MS:
                self._odd[said] = "early"
        if len(self._dates) >= _CACHE:
            self._dates.clear()
        self._dates[text] = said
        if said[10:11] == "T" and not self._odd.get(said):
            self._dates.setdefault(said[:10], said[:10])
        return said

    def _notice_odd(self, number: int, name: str, said: str) -> None:
        if name == "date_of_birth" and self._odd[said] == "early":
            return
        if name in _MAY_COME and self._odd[said] == "future":
            return
        code = self._odd[said]
        text = f"{said} lies in the future." if code == "future" else f"{said} lies before 1950."
        self.notices.append(Notice(number, name, code, text))

    def _notice_order(self, number: int, column: str, said: tuple[str, str], words: str) -> None:
        later, earlier = parse_when(said[0]), parse_when(said[1])
        if later.zoned != earlier.zoned:
            return
        if later.last < earlier.first:
            text = f"{words} ({later.text} before {earlier.text})."
            self.notices.append(Notice(number, column, "order", text))


# A date in the future is what these columns are for.
_MAY_COME = frozenset({"until", "due_on"})


def _date_sentence(words: str, error: ValueError) -> str:
    sentence = str(error)
    if "is no date" in sentence:
        return f"{sentence}; other forms are named in a mapping (dates)."
    return f"“{words[:_SHOWN]}” is no date: {sentence}."


def _bytes(data: Mapping[str, Any], more: Mapping[str, str]) -> int:
    return len(repr(data).encode()) + len(repr(more).encode())


class _Words(dict[str, Any]):
    """Remembers what a cell means; a closed list has few spellings."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __call__(self, text: str) -> Any:  # text, or true or false
        try:
            return self[text]
        except KeyError:
            value = self._read(text)
            if len(self) < 10_000:
                self[text] = value
            return value


def _yes_no(text: str) -> bool | None:
    word = text.strip().casefold()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise _Bad("unreadable", f"“{text.strip()[:_SHOWN]}” is neither yes nor no.")


def _word_reader(words: tuple[str, ...]) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        word = column_of_header(text)
        if not word:
            return None
        if word in words:
            return word
        raise _Bad(
            "not_in_list",
            f"“{text.strip()[:_SHOWN]}” is not in its list: expected {', '.join(words)}.",
        )

    return read


def _parts(text: str) -> list[str]:
    whole = text if text.isascii() else normalize("NFC", text)
    return [part for part in (piece.strip() for piece in whole.split(";")) if part]


def _texts(text: str) -> list[str] | None:
    return _parts(text) or None


def _numbered(second: str) -> Callable[[str], list[dict[str, str]] | None]:
    """`AGENCY:NUMBER`, split at the first colon."""

    def read(text: str) -> list[dict[str, str]] | None:
        found = []
        for part in _parts(text):
            agency, colon, number = (piece.strip() for piece in part.partition(":"))
            if not (agency and colon and number):
                raise _Bad(
                    "unreadable",
                    f"“{part[:_SHOWN]}” names no agency: expected AGENCY:{second.upper()}.",
                )
            found.append({"agency": agency, second: number})
        return found or None

    return read


def _related(text: str) -> list[dict[str, str]] | None:
    found = []
    for part in _parts(text):
        number, _, kind = (piece.strip() for piece in part.partition("|"))
        word = column_of_header(kind)
        if not number or word not in RELATIONS:
            raise _Bad(
                "unreadable",
                f"“{part[:_SHOWN]}” is no related case: expected NUMBER|kind, with kind one of {', '.join(RELATIONS)}.",
            )
        found.append({"case": number, "kind": word})
    return found or None


def _persons(text: str) -> list[dict[str, str]] | None:
    found = []
    for part in _parts(text):
        name, _, role = (piece.strip() for piece in part.partition("|"))
        if not name:
            raise _Bad("unreadable", f"“{part[:_SHOWN]}” names no person: expected Name|role.")
        found.append({"name": name, "role": role} if role else {"name": name})
    return found or None


_LISTS: dict[str, Callable[[str], Any]] = {
    "report_numbers": _numbered("number"),
    "same_as": _numbered("tag"),
    "related_cases": _related,
    "persons": _persons,
}
