"""Every entry about one item, newest first, and how many there are of which kind: for the head of its pages.

What this does not do: it reads no body except the property list's, and hides nothing.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.entries import Entry
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import select

__all__ = ["ItemHead", "count_entries", "head_of_item", "list_entries"]

_ABOUT = (
    "items",
    "custody",
    "filings",
    "disclosures",
    "withholdings",
    "determinations",
    "knowledge",
    "mentions",
    "links",
    "holds",
    "acts",
    "suggestions",
    "leavings",
    "inventory_finds",
)
_PARTS = " UNION ".join(f"SELECT entry FROM {table} WHERE item_id = %s" for table in _ABOUT)
_EVERY = (
    f"{_PARTS} UNION SELECT entry FROM erasures WHERE erased_entry IN "
    f"(SELECT entry FROM ({_PARTS}) AS erased)"
)
_GIVEN = 2 * len(_ABOUT)


@dataclass(frozen=True, slots=True)
class ItemHead:
    """What stands on top of every page of an item.

    Attributes:
        description: what the first list on record says that it is.
        sealed: whether a court sealed it.
        custody: how many steps its chain has.
        determinations: how many count.
        entries: how many entries are about it.
        last: the newest of them, which an act names as seen; -1 where there is none.
    """

    description: str
    sealed: bool
    custody: int
    determinations: int
    entries: int
    last: int


def head_of_item(item_id: int) -> ItemHead:
    """The head of an item's pages, in two questions."""
    ((listed, custody, lists, views, many, last),) = select(
        "SELECT (SELECT min(entry) FROM items WHERE item_id = %s AND to_index IS NULL), "
        "(SELECT count(*) FROM custody WHERE item_id = %s AND to_index IS NULL), "
        "(SELECT count(*) FROM items i WHERE i.item_id = %s AND i.to_index IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM custody c WHERE c.item_id = i.item_id AND c.source_id = i.source_id "
        "AND c.event = 'booked' AND c.to_index IS NULL)), "
        "(SELECT count(*) FROM determinations WHERE item_id = %s AND to_index IS NULL), "
        f"(SELECT count(*) FROM ({_EVERY}) AS e), (SELECT max(entry) FROM ({_EVERY}) AS f)",
        [item_id] * (4 + 2 * _GIVEN),
    )
    told = read_entries([listed])[0].data if listed is not None else {}
    return ItemHead(
        description=str(told.get("description", "")),
        sealed=bool(told.get("sealed")),
        custody=int(custody) + int(lists),
        determinations=int(views),
        entries=int(many),
        last=-1 if last is None else int(last),
    )


def list_entries(item_id: int, *, limit: int, offset: int) -> list[Entry]:
    """A page of the entries about an item, the newest first."""
    rows = select(
        f"SELECT entry FROM ({_EVERY}) AS e ORDER BY entry DESC LIMIT {int(limit)} OFFSET {int(offset)}",
        [item_id] * _GIVEN,
    )
    return read_entries(int(entry) for (entry,) in rows)[::-1]


def count_entries(item_id: int) -> int:
    """How many entries are about an item."""
    ((many,),) = select(f"SELECT count(*) FROM ({_EVERY}) AS e", [item_id] * _GIVEN)
    return int(many)
