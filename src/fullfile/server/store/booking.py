"""What booking asks the record for: which tags an agency has used, and which it gave last.

What this does not do: it gives no tag. Queries only, as of the record as it stands.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable

from fullfile.core.ids import key
from fullfile.server.store.keys import find_agencies, find_items
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["listed_tags", "newest_own_tags", "used_tags"]


def used_tags(agency: str, tags: Iterable[str]) -> set[str]:
    """Of some tags those that any row on record names, as keys."""
    return {tag for _, tag in find_items([(agency, tag) for tag in tags])}


def listed_tags(agency: str, tags: Iterable[str]) -> dict[str, int]:
    """Of some tags those that a property list has, as keys, each with its newest entry."""
    numbers = {
        number: tag for (_, tag), number in find_items([(agency, one) for one in tags]).items()
    }
    if not numbers:
        return {}
    rows = select(
        f"SELECT item_id, max(entry) FROM items WHERE {one_of('item_id')} GROUP BY item_id",
        [listed(sorted(numbers))],
    )
    return {numbers[item]: int(entry) for item, entry in rows}


def newest_own_tags(agency: str, many: int) -> list[str]:
    """The tags of what the office itself booked last for an agency, the newest first."""
    number = find_agencies([agency]).get(key(agency))
    if number is None:
        return []
    rows = select(
        "SELECT k.tag FROM (SELECT item_id, entry FROM items WHERE agency_id = %s AND batch = -1 "
        "ORDER BY entry DESC LIMIT %s) newest "
        "JOIN item_key k ON k.item_id = newest.item_id ORDER BY newest.entry DESC",
        [number, many],
    )
    return [str(tag) for (tag,) in rows]
