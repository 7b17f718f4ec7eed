"""Shelves by their number: the names that go with one, and what an agency calls its shelves.

A shelf's number is made of its agency and its name (`core.custody.labels.shelf_number`); the name stands in
an entry that names it, and is read from there.

What this does not do: it does not say what is on a shelf (`room` and `hands` do).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fullfile.core.custody.labels import shelf_number
from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.server.store.keys import find_agencies
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import is_postgresql, listed, select

__all__ = ["Shelf", "list_agency_names", "list_shelves", "name_shelves"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf: its number, its agency, its name, and the room where one was said."""

    number: int
    agency: str
    place: str
    room: str = ""


_NAMING = "shelves", "custody", "items"


def name_shelves(numbers: Iterable[int]) -> dict[int, Shelf]:
    """The names of shelves that some entry names, by number."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    source = "unnest(%s::bigint[]) AS n(value)" if is_postgresql() else "json_each(%s) AS n"
    newest = ", ".join(
        f"(SELECT t.entry FROM {table} t WHERE t.place = n.value LIMIT 1)"  # noqa: S608 - our tables
        for table in _NAMING
    )
    rows = select(f"SELECT n.value, {newest} FROM {source}", [listed(wanted)])  # noqa: S608 - likewise
    entry_of = {
        int(number): next(one for one in found if one is not None)
        for number, *found in rows
        if any(one is not None for one in found)
    }
    told = {entry.index: entry for entry in read_entries(entry_of.values())}
    return {number: _shelf(number, told[entry]) for number, entry in entry_of.items()}


def list_shelves(agency: str) -> list[Shelf]:
    """The shelves of an agency, named or in use, in the order of their names."""
    number = find_agencies([agency]).get(key(agency))
    if number is None:
        return []
    rows = select(
        "SELECT DISTINCT place FROM shelves WHERE agency_id = %s UNION "
        "SELECT DISTINCT place FROM items WHERE agency_id = %s AND place IS NOT NULL UNION "
        "SELECT DISTINCT c.place FROM custody c JOIN item_key k ON k.item_id = c.item_id "
        "WHERE c.place IS NOT NULL AND k.agency_id = %s",
        [number, number, number],
    )
    return sorted(name_shelves(place for (place,) in rows).values(), key=lambda one: key(one.place))


def list_agency_names(agency_ids: Iterable[int]) -> dict[int, str]:
    """The names of agencies by their numbers."""
    wanted = set(agency_ids)
    return {
        int(number): str(name)
        for number, name in select("SELECT agency_id, name FROM agency_key")
        if number in wanted
    }


def _shelf(number: int, entry: Entry) -> Shelf:
    data = entry.data
    place = str(data.get("storage_location") or data.get("place") or "")
    agency = str(data["agency"])
    assert not place or shelf_number(agency, place) == number
    return Shelf(number, agency, place, str(data.get("room", "")))
