"""What waits for a second person: wishes that an item may leave, and which entry answered them.

What this does not do: it decides nothing. Queries only.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.server.store.tables import select

__all__ = ["OpenLeaving", "find_leaving", "find_waiting", "list_open"]


@dataclass(frozen=True, slots=True)
class OpenLeaving:
    """A wish that nobody answered yet: its entry, the item, the key of who asked."""

    entry: int
    item_id: int
    by: str


def find_leaving(entry: int) -> tuple[int, int | None] | None:
    """The item that a wish is about, and the entry that answered it; None: the entry is no wish."""
    rows = select("SELECT item_id, to_index FROM leavings WHERE entry = %s", [entry])
    return (int(rows[0][0]), rows[0][1]) if rows else None


def find_waiting(item_id: int) -> int | None:
    """The entry of a wish about an item that nobody answered yet."""
    rows = select(
        "SELECT min(entry) FROM leavings WHERE item_id = %s AND to_index IS NULL", [item_id]
    )
    return None if rows[0][0] is None else int(rows[0][0])


def list_open() -> list[OpenLeaving]:
    """Every wish that nobody answered yet, the oldest first."""
    rows = select(
        "SELECT entry, item_id, by_norm FROM leavings WHERE to_index IS NULL ORDER BY entry"
    )
    return [OpenLeaving(int(entry), int(item), str(by)) for entry, item, by in rows]
