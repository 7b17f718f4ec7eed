"""What every reader gives: chunks of records as text, counted as a person counts.

The first record of a file or sheet is row 1, banner lines and blank lines
included, so that a row number is the one a spreadsheet shows. Readers trim
nothing and decide nothing about columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from fullfile.engines.importers.problems import RowProblem

__all__ = ["CELL_LIMIT", "CHUNK_ROWS", "ROW_LIMIT", "Chunk", "Records", "number_text"]

CHUNK_ROWS = 4_000
CELL_LIMIT = 1_000_000
"""Characters in one cell: a body of the record has 1 MiB at most, files never go in."""
ROW_LIMIT = 4 * CELL_LIMIT
"""Characters in one line of a text file."""


@dataclass(slots=True)
class Chunk:
    """Some consecutive records.

    Attributes:
        first: the row number of `rows[0]`; `rows[i]` is row `first + i`.
        rows: the cells of each record; an empty list is a blank or a bad record.
        bad: records that could not be read: the problem and the cells as far as they are known.
        wide: whether a record may be larger than a body of the record allows.
    """

    first: int
    rows: list[list[str]]
    bad: list[tuple[RowProblem, list[str]]] = field(default_factory=list)
    wide: bool = False


class Records(Protocol):
    """One table of a file: a text file, or one sheet of a workbook."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was read, one sentence each."""
        ...

    @property
    def described(self) -> str:
        """Encoding and delimiter, or sheet, for the profile."""
        ...

    def chunks(self) -> Iterator[Chunk]:
        """All records, from row 1. May be called more than once."""
        ...


def number_text(text: str) -> str:
    """A number as text without what a floating type added: `2024.0` is `2024`, `1.5E3` is `1500`.

    An integer that was written in full keeps every digit.
    """
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if digits.isdigit():
        return text
    mantissa, _, exponent = digits.upper().partition("E")
    whole, _, part = mantissa.partition(".")
    try:
        shift = int(exponent or "0")
    except ValueError:
        return text
    if not (whole + part).isdigit() or abs(shift) > 40:
        return text
    if shift > 0:
        part = part.ljust(shift, "0")
        whole, part = whole + part[:shift], part[shift:]
    elif shift < 0:
        whole = whole.rjust(1 - shift, "0")
        whole, part = whole[:shift], whole[shift:] + part
    whole = whole.lstrip("0") or "0"
    part = part.rstrip("0")
    value = f"{whole}.{part}" if part else whole
    return value if value == "0" else sign + value
