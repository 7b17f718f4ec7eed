"""What actions about holds and rows ask the record for: whom a hold is on, what corrected a row.

What this does not do: it judges nothing. Queries only, as of the record as it stands.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from fullfile.core.ids import key
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["find_correction", "holds_since", "scope_of_hold"]

_READ_TABLE = {"status": "party_status"}


def scope_of_hold(name: str) -> tuple[set[int], set[int]]:
    """The cases and the items that the rows of a hold's name are on, by their numbers."""
    rows = select(
        "SELECT case_id, report_id, item_id FROM holds WHERE to_index IS NULL AND hold_norm = %s",
        [key(name)],
    )
    cases = {case for case, _, _ in rows if case is not None}
    items = {item for case, _, item in rows if case is None and item is not None}
    reports = sorted(
        {
            report
            for case, report, item in rows
            if case is None and item is None and report is not None
        }
    )
    booked = select(
        f"SELECT DISTINCT item_id FROM items WHERE {one_of('report_id')}", [listed(reports)]
    )
    return cases, items | {item for (item,) in booked}


def holds_since(first: int, size: int) -> list[int]:
    """The rows of holds that were recorded from an entry on, count, and say nothing of an end."""
    rows = select(
        "SELECT entry FROM holds WHERE entry >= %s AND entry < %s AND to_index IS NULL "
        "AND lifted_last IS NULL ORDER BY entry",
        [first, size],
    )
    return [int(entry) for (entry,) in rows]


def find_correction(table: str, entry: int) -> int | None:
    """The entry that corrects a row of an import table; None where the row counts.

    Args:
        table: the import table.
        entry: the entry of the row.
    """
    read = _READ_TABLE.get(table, table)
    rows = select(f"SELECT to_index FROM {read} WHERE entry = %s", [entry])
    return next((int(index) for (index,) in rows if index is not None), None)
