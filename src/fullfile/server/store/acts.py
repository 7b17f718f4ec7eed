"""Acts of the office about a case, found again by type and case: papers signed, and whatever else is one.

What this does not do: it reads no meaning into them; their bodies say the rest.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.entries import Entry
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "acts_of_case",
    "acts_of_cases",
    "acts_of_items",
    "acts_of_type",
    "acts_since",
    "count_acts_of_item",
    "last_act",
    "newest_acts",
]


def acts_of_case(case_id: int, types: Sequence[str], size: int) -> list[Entry]:
    """The acts of some types about a case, in the order of the record, as of a size.

    Args:
        case_id: its number in `case_key`.
        types: of which types.
        size: as of which size of the record.
    """
    rows = select(
        f"SELECT entry FROM acts WHERE case_id = %s AND entry < %s AND {one_of('type')}",
        [case_id, size, listed(list(types))],
    )
    return read_entries(entry for (entry,) in rows)


def acts_of_cases(case_ids: Sequence[int], types: Sequence[str], size: int) -> list[Entry]:
    """The acts of some types about some cases, in the order of the record, as of a size."""
    rows = select(
        f"SELECT entry FROM acts WHERE entry < %s AND {one_of('case_id')} AND {one_of('type')}",
        [size, listed(case_ids), listed(list(types))],
    )
    return read_entries(entry for (entry,) in rows)


def acts_since(types: Sequence[str], first: int, size: int) -> list[Entry]:
    """The acts of some types from an entry on, over the whole office, in the order of the record."""
    rows = select(
        f"SELECT entry FROM acts WHERE entry >= %s AND entry < %s AND {one_of('type')}",
        [first, size, listed(list(types))],
    )
    return read_entries(entry for (entry,) in rows)


def count_acts_of_item(item_id: int, entry_type: str) -> int:
    """How many acts of a type there are about an item now.

    Args:
        item_id: its number in `item_key`.
        entry_type: the type.
    """
    rows = select(
        "SELECT count(*) FROM acts WHERE item_id = %s AND type = %s", [item_id, entry_type]
    )
    return int(rows[0][0])


def acts_of_items(item_ids: Sequence[int], types: Sequence[str], size: int) -> list[Entry]:
    """The acts of some types about some items, in the order of the record, as of a size."""
    rows = select(
        f"SELECT entry FROM acts WHERE entry < %s AND {one_of('item_id')} AND {one_of('type')}",
        [size, listed(item_ids), listed(list(types))],
    )
    return read_entries(entry for (entry,) in rows)


def acts_of_type(types: Sequence[str], size: int) -> list[Entry]:
    """The acts of some types over the whole office, in the order of the record: for types of which there are few."""
    rows = select(
        f"SELECT entry FROM acts WHERE entry < %s AND {one_of('type')}", [size, listed(list(types))]
    )
    return read_entries(entry for (entry,) in rows)


def last_act(entry_type: str, size: int) -> Entry | None:
    """The newest act of a type as of a size, over the whole office."""
    rows = select(
        "SELECT entry FROM acts WHERE type = %s AND entry < %s ORDER BY entry DESC LIMIT 1",
        [entry_type, size],
    )
    return read_entries([rows[0][0]])[0] if rows else None


def newest_acts(
    entry_type: str, case_ids: Sequence[int] | None, *, since: int = 0, limit: int
) -> tuple[list[tuple[int, int]], int]:
    """The newest acts of a type about cases, each (case, entry), and how many there are.

    Args:
        entry_type: the type.
        case_ids: of these cases; None: of any.
        since: only from this entry on.
        limit: at most so many are listed.
    """
    among = "" if case_ids is None else f" AND {one_of('case_id')}"
    given = [entry_type, since, *([] if case_ids is None else [listed(case_ids)])]
    where = f"FROM acts WHERE type = %s AND entry >= %s AND case_id IS NOT NULL{among}"
    rows = select(f"SELECT case_id, entry {where} ORDER BY entry DESC LIMIT %s", [*given, limit])
    total = select(f"SELECT count(*) {where}", given)
    return [(int(case), int(entry)) for case, entry in rows], int(total[0][0])
