"""The list of items by kind, agency and bearing, in every order, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fullfile.server.store.item_lists import ItemsWanted, find_listed
from fullfile.server.store.load import find_agencies
from fullfile.server.store.room_lists import Narrowed, list_asking, list_unexamined
from tests.store.acting import Office

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

MORE = [
    {
        "agency": "Birch Police",
        "tag": tag,
        "description": "a thing",
        "kind": kind,
        "booked_at": "2024-03-01",
    }
    for tag, kind in (("B-1", "object"), ("B-2", "document"), ("B-3", "object"))
]


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    acting = Office(office, tmp_path).county()
    for source in ("export", "second"):  # two lists have them; each is one item
        assert acting.importer.table("items", MORE, source=source).recorded
    return acting


def tags(order: str = "-recorded", **wanted: Any) -> list[str]:
    found = find_listed(ItemsWanted(**wanted), order=order, limit=50, offset=0)
    assert found.total == len(found.rows)
    return [row.tag for row in found.rows]


@pytest.mark.usefixtures("county")
def test_a_kind_in_every_order_and_once_each() -> None:
    assert tags(kind="object") == ["B-3", "B-1"]
    assert tags("recorded", kind="object") == ["B-1", "B-3"]
    assert tags("tag", kind="object") == ["B-1", "B-3"]
    assert tags("-tag", kind="object") == ["B-3", "B-1"]
    assert tags(kind="document", bears="no") == ["B-2"]
    assert tags(kind="document", bears="yes") == []


@pytest.mark.usefixtures("county")
def test_one_agency_or_several() -> None:
    numbers = find_agencies(["Birch Police", "Alder Sheriff"])
    birch, alder = numbers["birch police"], numbers["alder sheriff"]
    assert tags(agencies=[birch]) == ["B-3", "B-2", "B-1"]
    assert len(tags(agencies=[birch, alder])) == 8
    assert tags(bears="no", agencies=[alder]) == ["F-1"]
    assert [one.item_id for one in list_unexamined(Narrowed([birch]), 50, 0).rows] == sorted(
        (one.item_id for one in list_unexamined(Narrowed([birch]), 50, 0).rows), reverse=True
    )
    assert list_unexamined(Narrowed([birch, alder]), 0, 0).count == 4
    assert list_unexamined(Narrowed(), 0, 0).count == 4


def test_past_due_first_then_the_longest_page_by_page(county: Office) -> None:
    rows = [
        {
            "agency": "Birch Police",
            "tag": tag,
            "event": "checked_out",
            "occurred_at": f"2024-04-0{day}T09:00",
            "to": "Laboratory",
        }
        for tag, day in (("B-1", 3), ("B-2", 1), ("B-3", 2))
    ]
    assert county.importer.table("custody", rows).recorded
    every = [one.item_id for one in list_asking("out", Narrowed(), 50, 0).rows]
    assert len(every) == 3
    assert [list_asking("out", Narrowed(), 1, at).rows[0].item_id for at in range(3)] == every
    assert list_asking("out", Narrowed(), 1, 3).rows == ()
