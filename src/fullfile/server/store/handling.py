"""What acts on an item ask the record for: the entries that say where it is, and what is new about it.

What this does not do: it judges nothing. Queries only, as of the record as it stands.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable

from fullfile.server.store.tables import listed, one_of, select

__all__ = ["last_about", "news_about"]

_TABLES = ("items", "custody", "acts")


def news_about(item_ids: Iterable[int], seen_entry: int) -> list[int]:
    """The entries after an index that are about items: lists, custody, acts of the office."""
    among = listed(sorted(item_ids))
    parts = " UNION ".join(
        f"SELECT entry FROM {table} WHERE entry > %s AND {one_of('item_id')}"
        # That a label was printed changes nothing that anybody decides on.
        + (" AND type <> 'label.printed'" if table == "acts" else "")
        for table in _TABLES
    )
    return [
        int(entry)
        for (entry,) in select(f"{parts} ORDER BY entry", [seen_entry, among] * len(_TABLES))
    ]


def last_about(item_id: int) -> int:
    """The last entry that is about an item, as `news_about` has them; 0: none is."""
    parts = " UNION ALL ".join(
        f"SELECT max(entry) AS entry FROM {table} WHERE item_id = %s"
        + (" AND type <> 'label.printed'" if table == "acts" else "")
        for table in _TABLES
    )
    rows = select(f"SELECT max(entry) FROM ({parts}) AS about", [item_id] * len(_TABLES))
    return int(rows[0][0] or 0)
