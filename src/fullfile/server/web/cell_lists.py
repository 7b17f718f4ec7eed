"""Lists whose rows are cells: what work waits, reports. One shape for their columns, whatever they are about.

    COLUMNS = (Col("item", L("Item")), Col("since", L("Since"), "day"), Col("lines", L("Items"), "number"))

What this does not do: it reads nothing; a list's own reader does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fullfile.server.web.long_list import Part, Reader
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["Cell", "Col", "cells_of", "columns_of"]


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it is worth and, where it leads somewhere, the address."""

    value: object
    address: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is an amount."""
        return isinstance(self.value, int) and not isinstance(self.value, bool)

    @property
    def is_day(self) -> bool:
        """Whether it is a day, which stays on one line."""
        return isinstance(self.value, date) or bool(_DAY.fullmatch(str(self.value)))

    @property
    def words(self) -> str:
        """As the page shows it."""
        return f"{self.value:,}" if self.is_number else str(self.value)


@dataclass(frozen=True, slots=True)
class Col:
    """A column: its name in addresses and exports, its words, and how it is sorted.

    Attributes:
        kind: `day`, `number`, `choice` (filtered by), or empty.
    """

    name: str
    words: Any  # lazy translation
    kind: str = ""


def cells_of(read: Reader, cells: Callable[[Any], list[Cell]]) -> Reader:
    """A reader of rows of cells, from a reader of rows."""

    def reader(words: str, offset: int, limit: int) -> Part:
        found = read(words, offset, limit)
        return Part(found.total, [cells(one) for one in found.rows], found.exact)

    return reader


def columns_of(cols: Sequence[Col]) -> list[Column]:
    """The columns of a list of cells."""
    return [_column(col, _value(place)) for place, col in enumerate(cols)]


def _value(place: int) -> Callable[[Sequence[Cell]], object]:
    def value(row: Sequence[Cell]) -> object:
        found = row[place].value
        return found.isoformat() if isinstance(found, date) else found

    return value


def _column(col: Col, value: Callable[[Sequence[Cell]], object]) -> Column:
    words = str(col.words)
    if col.kind == "day":
        return day_column(col.name, words, value)
    return Column(
        col.name,
        words,
        value,
        choice=value if col.kind == "choice" else None,
        number=col.kind == "number",
    )
