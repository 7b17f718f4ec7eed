"""What things are called: items with their descriptions, cases with their titles, many at once.

The newest row that nothing corrected says it; of an item that nobody booked, only its tag is known.

What this does not do: it asks nobody's permission.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fullfile.server.store.load import entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["CaseName", "ItemName", "descriptions_of_items", "titles_of_cases"]


@dataclass(frozen=True, slots=True)
class ItemName:
    """An item: agency and tag, and what it is."""

    item_id: int
    agency: str
    tag: str
    description: str

    @property
    def name(self) -> str:
        """As people call it."""
        return f"{self.agency} {self.tag}"


@dataclass(frozen=True, slots=True)
class CaseName:
    """A case: its number, and its title or nothing."""

    case_id: int
    number: str
    title: str


def descriptions_of_items(item_ids: Collection[int]) -> dict[int, ItemName]:
    """Items by their numbers in addresses."""
    wanted = listed(sorted(item_ids))
    rows = select(
        "SELECT k.item_id, a.name, k.tag, (SELECT max(entry) FROM items i WHERE i.item_id = k.item_id "
        "AND i.to_index IS NULL) FROM item_key k JOIN agency_key a ON a.agency_id = k.agency_id "
        f"WHERE {one_of('k.item_id')}",
        [wanted],
    )
    said = {
        one.index: str(one.data.get("description", ""))
        for one in entries({row[3] for row in rows if row[3] is not None})
    }
    return {
        int(item): ItemName(int(item), str(agency), str(tag), said.get(entry, ""))
        for item, agency, tag, entry in rows
    }


def titles_of_cases(case_ids: Collection[int]) -> dict[int, CaseName]:
    """Cases by their numbers in addresses."""
    wanted = listed(sorted(case_ids))
    rows = select(
        "SELECT k.case_id, k.number, (SELECT max(entry) FROM cases c WHERE c.case_id = k.case_id "
        f"AND c.to_index IS NULL) FROM case_key k WHERE {one_of('k.case_id')}",
        [wanted],
    )
    said = {
        one.index: str(one.data.get("title", ""))
        for one in entries({row[2] for row in rows if row[2] is not None})
    }
    return {
        int(case): CaseName(int(case), str(number), said.get(entry, ""))
        for case, number, entry in rows
    }
