"""Each shelf by its number, with the first entry that names it: kept as entries are recorded.

What this does not do: it does not read the names (`shelves` does).
"""

from __future__ import annotations

from collections.abc import Mapping

from fullfile.server.store.tables import execute, select

__all__ = ["forget_shelves", "keep_shelves", "name_again"]

_INSERT = (
    "INSERT INTO shelf_names (place, agency_id, entry) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
)
_HELD = 50_000
_NAMING = ("items", "custody", "shelves", "inventory_shelves")


def keep_shelves(named: Mapping[int, tuple[int, int]], known: set[int]) -> None:
    """Keep the shelves that a chunk is the first to name.

    Args:
        named: by number, the agency and the first entry of the chunk that names it.
        known: the numbers that this writer kept before; added to.
    """
    if len(known) > _HELD:
        known.clear()
    for place in named.keys() - known:
        execute(_INSERT, [place, *named[place]])
        known.add(place)


def forget_shelves(entry: int) -> list[tuple[int, int]]:
    """An entry is erased: the shelves that it named first lose their name. Number and agency of each."""
    rows = select("SELECT place, agency_id FROM shelf_names WHERE entry = %s", [entry])
    execute("DELETE FROM shelf_names WHERE entry = %s", [entry])
    return [(int(place), int(agency)) for place, agency in rows]


def name_again(shelves: list[tuple[int, int]]) -> None:
    """Give shelves the name that the next entry says; one that no entry names any more has none."""
    for place, agency in shelves:
        found = [
            entry
            for table in _NAMING
            for (entry,) in select(
                f"SELECT min(entry) FROM {table} WHERE place = %s",  # noqa: S608 - our own tables
                [place],
            )
            if entry is not None
        ]
        if found:
            execute(_INSERT, [place, agency, min(found)])
