"""What is wrong or odd about a row: data, not exceptions.

A problem refuses its row; a notice is recorded and listed and refuses
nothing. Both say file, row, column and what was found, in words for whoever
keeps the export.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Notice", "RowProblem"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row is refused.

    Attributes:
        row: as a person counts; the header is row 1.
        column: the column it is about, or empty for the row as a whole.
        code: a stable word for programs.
        text: one sentence: what was found, what was expected.
    """

    row: int
    column: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What is odd about a row that is kept. The attributes are those of `RowProblem`."""

    row: int
    column: str
    code: str
    text: str
