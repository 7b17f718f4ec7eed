"""Columns of Arrow tables as Python values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

__all__ = ["rows", "values"]


# `Any`: the values of a column, whose type Arrow knows and Python's checker does not.
def values(table: pa.Table | pa.RecordBatch, name: str) -> list[Any]:
    """The values of one column."""
    found: list[Any] = table.column(name).to_pylist()
    return found


def rows(table: pa.Table | pa.RecordBatch, *names: str) -> Iterator[tuple[Any, ...]]:
    """The values of some columns, row by row."""
    return zip(*(values(table, name) for name in names), strict=True)
