"""Shelves by their number: the names that go with one, and what an agency calls its shelves.

A shelf's number is made of its agency and its name (`core.custody.labels.shelf_number`); the name stands in
an entry that names it, and is read from there.

What this does not do: it does not say what is on a shelf (`room` and `hands` do).
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fullfile.core.custody.labels import shelf_number
from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.server.store.keys import find_agencies
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["Shelf", "list_agency_names", "list_shelves", "name_shelves"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf: its number, its agency, its name, and the room where one was said."""

    number: int
    agency: str
    place: str
    room: str = ""


def name_shelves(numbers: Iterable[int]) -> dict[int, Shelf]:
    """The names of shelves that some entry names, by number."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    rows = select(f"SELECT place, entry FROM shelf_names WHERE {one_of('place')}", [listed(wanted)])
    return _read(rows)


def list_shelves(agency: str) -> list[Shelf]:
    """The shelves of an agency, named or in use, in the order of their names."""
    number = find_agencies([agency]).get(key(agency))
    if number is None:
        return []
    rows = select("SELECT place, entry FROM shelf_names WHERE agency_id = %s", [number])
    found = _read(rows)
    told = select(
        "SELECT place, max(entry) FROM shelves WHERE agency_id = %s GROUP BY place", [number]
    )
    found |= _read(told)  # what names a shelf of itself says its room
    return sorted(found.values(), key=lambda one: key(one.place))


def list_agency_names(agency_ids: Iterable[int]) -> dict[int, str]:
    """The names of agencies by their numbers."""
    wanted = set(agency_ids)
    return {
        int(number): str(name)
        for number, name in select("SELECT agency_id, name FROM agency_key")
        if number in wanted
    }


def _read(rows: Iterable[tuple[int, int]]) -> dict[int, Shelf]:
    entry_of = {int(number): int(entry) for number, entry in rows}
    told = {entry.index: entry for entry in read_entries(entry_of.values())}
    return {number: _shelf(number, told[entry]) for number, entry in entry_of.items()}


def _shelf(number: int, entry: Entry) -> Shelf:
    data = entry.data
    place = str(data.get("storage_location") or data.get("place") or "")
    agency = str(data["agency"])
    assert not place or shelf_number(agency, place) == number
    return Shelf(number, agency, place, str(data.get("room", "")))
