"""What the chain of custody of one item asks the record for, in two questions.

What this does not do: it reads no meaning into the entries. Queries only.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.ids import key
from fullfile.server.store.tables import select

__all__ = ["Named", "chain_entries", "find_item", "name_item"]

_BOX = (
    "WITH RECURSIVE box(item_id) AS (SELECT CAST(%s AS bigint) UNION "
    "SELECT i.parent_id FROM items i JOIN box b ON i.item_id = b.item_id "
    "WHERE i.parent_id IS NOT NULL AND i.entry < %s) "
)


@dataclass(frozen=True, slots=True)
class Named:
    """An item by its number in `item_key`, its agency and tag, and the size of the record."""

    item_id: int
    agency: str
    tag: str
    size: int


_NAMED = (
    "SELECT k.item_id, a.name, k.tag, h.size FROM item_key k "
    "JOIN agency_key a ON a.agency_id = k.agency_id JOIN head h ON h.id = 1 WHERE "
)


def find_item(agency: str, tag: str) -> Named | None:
    """An item by its key; None where no row names it.

    The agency may go by any of its names; its own counts before another's.
    """
    rows = select(
        f"{_NAMED} k.norm = %s AND k.agency_id IN ("
        "SELECT agency_id FROM agency_key WHERE norm = %s UNION "
        "SELECT agency_id FROM agency_names WHERE name_norm = %s AND to_index IS NULL) "
        "ORDER BY CASE WHEN a.norm = %s THEN 0 ELSE 1 END LIMIT 1",
        [key(tag), key(agency), key(agency), key(agency)],
    )
    return Named(*rows[0]) if rows else None


def name_item(item_id: int) -> Named | None:
    """An item by its number; None where there is none."""
    rows = select(f"{_NAMED} k.item_id = %s", [item_id])
    return Named(*rows[0]) if rows else None


def chain_entries(item_id: int, size: int) -> list[int]:
    """The entries below `size` that tell where an item was: its own, and those of what it lies in.

    What was corrected is there too, and what corrected it.
    """
    within = "item_id IN (SELECT item_id FROM box) AND entry < %s"
    rows = select(
        f"{_BOX} SELECT entry FROM items WHERE {within} "
        f"UNION SELECT entry FROM custody WHERE {within} "
        f"UNION SELECT to_index FROM custody WHERE {within} AND to_index < %s "
        f"UNION SELECT to_index FROM items WHERE {within} AND to_index < %s",
        [item_id, size, size, size, size, size, size, size],
    )
    return sorted(int(entry) for (entry,) in rows)
