"""What inventories ask the record for: what is held where, what is expected, what was found.

What this does not do: it decides nothing, and reads no bodies. Queries only.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fullfile.core.ids import key
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "Find",
    "ShelfCount",
    "count_kinds",
    "count_shelves",
    "count_unsettled",
    "find_by_once",
    "find_find",
    "find_inventory",
    "find_shelf_closed",
    "finds_of_code",
    "finds_of_item",
    "list_care",
    "list_expected",
    "list_finds",
    "list_held",
    "list_unsettled",
    "next_number",
    "unscanned_on",
]


@dataclass(frozen=True, slots=True)
class Find:
    """A row of what was found, or not: its entry, and the entry that settled it."""

    entry: int
    inventory: int
    item_id: int | None
    shelf: int
    outcome: str
    settled: int | None


@dataclass(frozen=True, slots=True)
class ShelfCount:
    """A shelf in an inventory: how many are expected there, how many of them were found, whether it is closed."""

    shelf: int
    expected: int
    found: int
    closed: int | None


_STANDS = (
    "f.outcome <> 'undone' AND NOT EXISTS (SELECT 1 FROM inventory_finds u "
    "WHERE u.entry = f.to_index AND u.outcome = 'undone')"
)
_FINDS = (
    "SELECT f.entry, f.inventory, f.item_id, f.place, f.outcome, f.to_index FROM inventory_finds f "
    f"WHERE {_STANDS} AND"
)
_SEEN = (
    "EXISTS (SELECT 1 FROM inventory_finds f WHERE f.inventory = e.inventory "
    f"AND f.item_id = e.item_id AND f.outcome <> 'not_found' AND {_STANDS})"
)


def next_number(agency_id: int) -> int:
    """The number that the next inventory of an agency gets."""
    ((number,),) = select(
        "SELECT coalesce(max(number), 0) + 1 FROM inventories WHERE agency_id = %s", [agency_id]
    )
    return int(number)


def list_held(agency_id: int, shelves: Sequence[int] | None, size: int) -> list[int]:
    """The items of an agency that lists or events below a size name: all, or those that ever were on some shelves."""
    if shelves is None:
        rows = select(
            "SELECT DISTINCT item_id FROM items WHERE agency_id = %s AND entry < %s UNION "
            "SELECT DISTINCT c.item_id FROM custody c JOIN item_key k ON k.item_id = c.item_id "
            "WHERE k.agency_id = %s AND c.event = 'booked' AND c.entry < %s",
            [agency_id, size, agency_id, size],
        )
    else:
        among = listed(sorted(shelves))
        rows = select(
            f"SELECT item_id FROM items WHERE {one_of('place')} AND entry < %s UNION "
            f"SELECT item_id FROM custody WHERE {one_of('place')} AND entry < %s",
            [among, size, among, size],
        )
    return sorted(int(item) for (item,) in rows)


def list_care(item_ids: Iterable[int], size: int) -> dict[int, str]:
    """The classes of items that are handled with more care, as of a size."""
    rows = select(
        f"SELECT item_id, care FROM items WHERE {one_of('item_id')} AND care <> '' AND entry < %s "
        "AND (to_index IS NULL OR to_index >= %s) ORDER BY entry",
        [listed(sorted(set(item_ids))), size, size],
    )
    return {int(item): str(care) for item, care in rows}


def find_inventory(entry: int) -> tuple[int, int, int, int | None] | None:
    """An inventory: its agency, its number, how many it expects, and the entry that closed it."""
    rows = select(
        "SELECT agency_id, number, expected, to_index FROM inventories WHERE entry = %s", [entry]
    )
    return (int(rows[0][0]), int(rows[0][1]), int(rows[0][2]), rows[0][3]) if rows else None


def find_by_once(inventory: int, once: str) -> Find | None:
    """What a scan with a client's one-time number was recorded as."""
    if not once:
        return None
    found = _finds("inventory = %s AND once = %s ORDER BY entry LIMIT 1", [inventory, once])
    return found[0] if found else None


def find_find(entry: int) -> Find | None:
    """What an entry found."""
    found = _finds("entry = %s", [entry])
    return found[0] if found else None


def finds_of_item(inventory: int, item_id: int) -> list[Find]:
    """All that an inventory found of an item, in order."""
    return _finds("inventory = %s AND item_id = %s ORDER BY entry", [inventory, item_id])


def finds_of_code(inventory: int, shelf: int, code: str) -> list[Find]:
    """What an inventory found under a code that no item has, on a shelf."""
    return _finds(
        "inventory = %s AND outcome = 'unrecorded' AND place = %s AND code = %s ORDER BY entry",
        [inventory, shelf, key(code)],
    )


def list_finds(
    inventory: int, outcome: str, limit: int, offset: int, *, unsettled: bool
) -> tuple[int, list[Find]]:
    """What an inventory found of one kind: how many, and a part of them, the oldest first."""
    condition = "inventory = %s AND outcome = %s" + (" AND to_index IS NULL" if unsettled else "")
    ((many,),) = select(
        f"SELECT count(*) FROM inventory_finds f WHERE {_STANDS} AND {condition}",
        [inventory, outcome],
    )
    rows = _finds(
        f"{condition} ORDER BY entry LIMIT %s OFFSET %s", [inventory, outcome, limit, offset]
    )
    return int(many), rows


_OPEN = "to_index IS NULL AND outcome IN ('not_found', 'wrong_place', 'unrecorded', 'altered')"


def count_unsettled() -> int:
    """How much inventories of all agencies found that is not as the record says, and nobody has settled."""
    ((many,),) = select(f"SELECT count(*) FROM inventory_finds f WHERE {_STANDS} AND {_OPEN}")
    return int(many)


def list_unsettled(inventories: Sequence[int], limit: int, offset: int) -> tuple[int, list[Find]]:
    """What several inventories found that is not as the record says, and nobody has settled: how many, and a part."""
    condition = f"{one_of('inventory')} AND {_OPEN}"
    asked = [listed(inventories)]
    ((many,),) = select(
        f"SELECT count(*) FROM inventory_finds f WHERE {_STANDS} AND {condition}", asked
    )
    return int(many), _finds(
        f"{condition} ORDER BY entry LIMIT %s OFFSET %s", [*asked, limit, offset]
    )


def count_kinds(inventory: int) -> dict[str, tuple[int, int]]:
    """Of each kind: how many were found, and how many of them are not settled."""
    rows = select(
        "SELECT outcome, count(*), sum(CASE WHEN to_index IS NULL THEN 1 ELSE 0 END) "
        f"FROM inventory_finds f WHERE {_STANDS} AND inventory = %s GROUP BY outcome",
        [inventory],
    )
    return {str(kind): (int(many), int(unsettled)) for kind, many, unsettled in rows}


def count_shelves(inventory: int) -> list[ShelfCount]:
    """The shelves of an inventory: those on which something is expected, and those that were closed."""
    rows = select(
        f"SELECT e.place, count(*), sum(CASE WHEN {_SEEN} THEN 1 ELSE 0 END) "
        "FROM inventory_items e WHERE e.inventory = %s GROUP BY e.place",
        [inventory],
    )
    closed = {
        int(place): int(entry)
        for place, entry in select(
            "SELECT place, entry FROM inventory_shelves WHERE inventory = %s ORDER BY entry",
            [inventory],
        )
    }
    counted = [
        ShelfCount(int(place), int(many), int(seen), closed.pop(int(place), None))
        for place, many, seen in rows
    ]
    return counted + [ShelfCount(place, 0, 0, entry) for place, entry in closed.items()]


def find_shelf_closed(inventory: int, shelf: int) -> int | None:
    """The entry that closed a shelf in an inventory."""
    rows = select(
        "SELECT min(entry) FROM inventory_shelves WHERE inventory = %s AND place = %s",
        [inventory, shelf],
    )
    return None if rows[0][0] is None else int(rows[0][0])


def unscanned_on(inventory: int, shelf: int) -> list[int]:
    """The items that are expected on a shelf and were scanned nowhere, and not missed yet."""
    rows = select(
        "SELECT e.item_id FROM inventory_items e WHERE e.inventory = %s AND e.place = %s "
        "AND NOT EXISTS (SELECT 1 FROM inventory_finds f WHERE f.inventory = e.inventory "
        f"AND f.item_id = e.item_id AND {_STANDS}) ORDER BY e.item_id",
        [inventory, shelf],
    )
    return [int(item) for (item,) in rows]


def list_expected(
    inventory: int,
    shelf: int | None,
    limit: int,
    offset: int,
    *,
    to_find: bool,
    found: bool = False,
) -> tuple[int, list[tuple[int, int, bool]]]:
    """What is expected: how many, and a part of it as (item, shelf, found); on one shelf, or all; still to be found, or found, or all."""
    condition, values = "e.inventory = %s", [inventory]
    if shelf is not None:
        condition += " AND e.place = %s"
        values.append(shelf)
    if to_find:
        condition += f" AND NOT {_SEEN}"
    elif found:
        condition += f" AND {_SEEN}"
    ((many,),) = select(f"SELECT count(*) FROM inventory_items e WHERE {condition}", values)
    rows = select(
        f"SELECT e.item_id, e.place, CASE WHEN {_SEEN} THEN 1 ELSE 0 END FROM inventory_items e "
        f"WHERE {condition} ORDER BY e.entry, e.part LIMIT %s OFFSET %s",
        [*values, limit, offset],
    )
    return int(many), [(int(item), int(place), bool(seen)) for item, place, seen in rows]


def _finds(condition: str, values: Sequence[object]) -> list[Find]:
    return [Find(*row) for row in select(f"{_FINDS} {condition}", values)]
