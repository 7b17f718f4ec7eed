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


RELATED = [
    {
        "case_number": "D-3",
        "jurisdiction": "us-nm",
        "opened_on": "2024-03-01",
        "related_cases": "D-1|co_defendant;D-2|other",
    },
    {
        "case_number": "D-4",
        "jurisdiction": "us-nm",
        "opened_on": "2024-03-01",
        "report_numbers": "Alder Sheriff:24-200",
    },
]
INSIDE = [
    {
        "agency": "Alder Sheriff",
        "tag": tag,
        "description": "a box",
        "booked_at": "2024-02-01",
        "parent_tag": parent,
    }
    for tag, parent in (("N-1", "E-1"), ("N-2", "N-1"), ("N-3", "N-2"))
]
MENTIONED = [
    {
        "agency": "Alder Sheriff",
        "report_number": "24-200",
        "description": "a thing taken",
        "mentioned_at": "2024-02-02",
        "booked_agency": "Birch Police",
        "booked_as": "B-2",
    }
]
COURTS = [
    {
        "agency": "Alder Court",
        "tag": "C-1",
        "description": "an exhibit",
        "report_number": "24-100",
        "booked_at": "2024-02-01",
    }
]


def judged() -> dict[tuple[str, str], list[str]]:
    """What every item bears on, by the reference."""
    from fullfile.server.queries.asked import asked
    from fullfile.server.queries.worlds import clock_ms, world_of
    from fullfile.server.store.load import current_size
    from fullfile.server.store.reading import iter_entries

    world = world_of(asked(None, None, clock_ms(None)), iter_entries(0, current_size()))
    numbers = {one.key: one.number for one in world.cases.by_key.values()}
    return {
        item: sorted(numbers[case] for case in world.cases_of(item))
        for (_, item) in world.facts.by_item
        if item is not None
    }


def test_bears_on_is_what_the_match_counts(county: Office) -> None:
    for table, rows in (
        ("cases", RELATED),
        ("items", INSIDE),
        ("items", COURTS),
        ("mentions", MENTIONED),
    ):
        assert county.importer.table(table, rows, source=f"more {table} {len(rows)}").recorded
    found = find_listed(ItemsWanted(), order="tag", limit=200, offset=0).rows
    told = {(one.agency.casefold(), one.tag.casefold()): sorted(one.cases) for one in found}
    assert {item: cases for item, cases in judged().items() if item in told} == told
    # Through a matter, through three containers, through a report that mentions it; nothing of a court's own.
    assert told["alder sheriff", "n-3"] == ["D-1", "D-3"]
    assert told["birch police", "b-2"] == ["D-2", "D-4"]
    assert told["alder court", "c-1"] == []


def test_a_number_that_many_cases_list_joins_none(county: Office) -> None:
    many = [
        {
            "case_number": f"M-{number}",
            "jurisdiction": "us-nm",
            "opened_on": "2024-03-01",
            "report_numbers": "Alder Sheriff:24-200;Alder Sheriff:99-9",
        }
        for number in range(25)
    ]
    filing = [
        {
            "case_number": "M-1",
            "agency": "Birch Police",
            "tag": "B-1",
            "filed_at": "2024-03-02",
        }
    ]
    assert county.importer.table("cases", many, source="many").recorded
    assert county.importer.table("filings", filing, source="many").recorded
    found = find_listed(ItemsWanted(), order="tag", limit=200, offset=0).rows
    told = {(one.agency.casefold(), one.tag.casefold()): sorted(one.cases) for one in found}
    assert {item: cases for item, cases in judged().items() if item in told} == told
    assert told["birch police", "b-1"] == ["M-1"]
