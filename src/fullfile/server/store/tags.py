"""Items by their numbers: their tags as they are spelled."""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable

from fullfile.server.store.tables import listed, one_of, select

__all__ = ["list_tags"]


def list_tags(item_ids: Iterable[int]) -> dict[int, str]:
    """The tags of items, by their numbers in `item_key`."""
    rows = select(
        f"SELECT item_id, tag FROM item_key WHERE {one_of('item_id')}",
        [listed(sorted(set(item_ids)))],
    )
    return {int(item): str(tag) for item, tag in rows}
