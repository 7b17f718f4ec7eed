"""Entries of one type, and of one case's own rows, by the tables that were made from them."""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from fullfile.core.entries import TABLE_OF_TYPE
from fullfile.server.store.tables import select

__all__ = ["entries_of_case_rows", "entries_of_type"]

_READ = {"status": "party_status"}
_NEVER_ACTS = {"import.started": "runs", "row.absent": "absences", "body.erased": "erasures"}


def entries_of_type(
    name: str, start: int, end: int, *, limit: int, offset: int, most: int
) -> tuple[list[int], int]:
    """A page of the entries of a type, the newest first, and how many there are, up to a number.

    Args:
        name: the type.
        start: from which index on.
        end: before which.
        limit: at most so many.
        offset: after leaving out so many.
        most: as far as is counted.
    """
    table = TABLE_OF_TYPE.get(name) or _NEVER_ACTS.get(name)
    given: list[object] = [start, end]
    if table is not None:
        query = f"SELECT entry FROM {_READ.get(table, table)} WHERE entry >= %s AND entry < %s"
    else:
        query = "SELECT entry FROM acts_by WHERE entry >= %s AND entry < %s AND type = %s"
        given.append(name)
    rows = select(f"{query} ORDER BY entry DESC LIMIT {int(limit)} OFFSET {int(offset)}", given)
    ((total,),) = select(f"SELECT count(*) FROM ({query} LIMIT {int(most)}) AS counted", given)
    return [int(entry) for (entry,) in rows], int(total)


def entries_of_case_rows(case_id: int) -> list[int]:
    """The rows of a case's own table that count."""
    rows = select("SELECT entry FROM cases WHERE case_id = %s AND to_index IS NULL", [case_id])
    return [int(entry) for (entry,) in rows]
