"""How the column of an import table is described: its kind, whether it is required, its list.

A dataclass of `tables` declares its columns with these; the importer, the
record's codec, the projectors and the manual all read the same description.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from typing import Any

__all__ = ["Column", "Kind", "Table", "column", "columns_of"]


class Kind(StrEnum):
    """What a column holds. In an entry every kind but `LIST` and `YES_NO` is text."""

    TEXT = "text"
    NAME = "name"
    """A person's or an agency's name."""
    NUMBER = "number"
    """A number that is a name: tag, case, report. Always text, never arithmetic."""
    WHEN = "when"
    """A date or time, possibly partial (`ids.parse_when`)."""
    YES_NO = "yes_no"
    """`yes` or `no`; an entry holds true or false."""
    LIST = "list"
    """Several values, separated by `;` in a cell."""
    QUANTITY = "quantity"
    """How many, as it was said: `20`, `20 rounds`, `a handful`."""
    WORD = "word"
    """One word of a closed list."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an import table.

    Attributes:
        name: as in the header row.
        kind: what it holds.
        required: an empty value refuses the row.
        words: the closed list of a `WORD`; empty where a pack may add to it.
        key: whether it is part of the row's key where the source has no `row_id`.
    """

    name: str
    kind: Kind
    required: bool
    words: tuple[str, ...]
    key: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One import table of the contract.

    Attributes:
        name: as in the contract, and the stem of its file.
        entry_type: the type of entry that a row becomes.
        columns: in the contract's order.
        occurred: the column that says when it happened; None where no column does.
        one_of: groups of columns of which at least one must be filled.
    """

    name: str
    entry_type: str
    columns: tuple[Column, ...]
    occurred: str | None = None
    one_of: tuple[tuple[str, ...], ...] = ()

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The names of the columns that make the row's key."""
        return tuple(column.name for column in self.columns if column.key)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns that may not be empty."""
        return tuple(column.name for column in self.columns if column.required)


def column(
    kind: Kind = Kind.TEXT,
    *,
    required: bool = False,
    key: bool = False,
    words: tuple[str, ...] = (),
) -> Any:  # a dataclass field stands where the attribute's own type is declared
    """Declare a column of an import table."""
    metadata = {"kind": kind, "required": required, "key": key, "words": words}
    if required:
        return field(metadata=metadata)
    if kind is Kind.LIST:
        return field(default=(), metadata=metadata)
    if kind is Kind.YES_NO:
        return field(default=None, metadata=metadata)
    return field(default="", metadata=metadata)


@cache
def columns_of(row_type: type) -> tuple[Column, ...]:
    """The columns that a row dataclass declares, in order."""
    return tuple(
        Column(
            item.name,
            **{name: item.metadata[name] for name in ("kind", "required", "words", "key")},
        )
        for item in fields(row_type)
        if "kind" in item.metadata
    )
