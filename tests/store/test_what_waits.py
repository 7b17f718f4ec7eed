"""The questions behind the mails that knock, on both databases: who is asked, by key, never by a case at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fullfile.core.disclosure.productions import SERVED
from fullfile.server.actions.custody import lift_hold, place_hold
from fullfile.server.actions.docket import record_event
from fullfile.server.actions.productions import (
    close_production,
    draft_production,
    serve_production,
)
from fullfile.server.actions.views import record_determination
from fullfile.server.queries.boards import refresh_boards
from fullfile.server.store.acts import acts_of_cases, acts_since
from fullfile.server.store.connections import agency_id
from fullfile.server.store.inventories import count_unsettled
from fullfile.server.store.keeping import holds_since
from fullfile.server.store.keys import find_cases
from fullfile.server.store.leavings import list_open
from fullfile.server.store.load import current_size
from fullfile.server.store.readings import authors_waiting
from fullfile.server.store.responsible import Owing, owing_by_person, owing_in_cases
from fullfile.server.store.silent import cases_waiting_for, count_silent, list_silent
from tests.store.acting import Office

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

FAR = 40_000
"""A day (since 1970) after all that is due here."""


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def ids(*numbers: str) -> list[int]:
    found = find_cases(list(numbers))
    return [found[one.lower()] for one in numbers]


def test_what_is_owed_stands_under_the_prosecutor_whom_the_case_names(county: Office) -> None:
    county.importer.table("cases", [{"case_number": "D-3", "jurisdiction": "us-nm"}])
    refresh_boards(now_ms=county.now_ms)
    assert owing_by_person(by=FAR) == {"pat lorne": Owing(None, overdue=True)}
    one, two, three = ids("D-1", "D-2", "D-3")
    assert owing_in_cases([one, three], by=FAR) == {one: Owing(None, overdue=True)}
    assert set(owing_in_cases([one, two], by=0)) == {one, two}  # overdue, whatever the day


def test_views_wait_by_author_and_case(county: Office) -> None:
    assert authors_waiting() == []
    said = {"finding": "exculpatory", "reason": "it fits no other"}
    for tag, by in (("E-1", "Pat Lorne"), ("E-2", "Pat Lorne"), ("E-3", "Sam Reed")):
        record_determination(
            case_number="D-1", agency="Alder Sheriff", tag=tag, by=by, **said, **county.later
        )
    assert sorted(authors_waiting()) == [(0, "pat lorne"), (0, "sam reed")]
    one, two = ids("D-1", "D-2")
    assert sorted(authors_waiting([one, two])) == [(one, "pat lorne"), (one, "sam reed")]
    assert authors_waiting([two]) == []


def test_an_agency_is_waited_for_in_cases_with_a_day_in_court(county: Office) -> None:
    number = {"case_number": "D-5", "jurisdiction": "us-nm", "agencies": "Alder Sheriff"}
    report = county.importer.table("cases", [number])
    assert report.recorded, report.problems
    sheriff, court = agency_id("Alder Sheriff"), agency_id("Alder Court")
    assert sheriff is not None
    assert court is not None
    assert cases_waiting_for([sheriff, court], by=FAR) == {}
    day = {"due_on": "2027-03-01", "by": "Rita Quill"}
    record_event("D-5", "trial_set", "2024-06-01", **day, now_ms=county.later["now_ms"])
    refresh_boards(now_ms=county.now_ms)
    assert cases_waiting_for([sheriff, court], by=FAR) == {sheriff: set(ids("D-5"))}
    assert cases_waiting_for([sheriff], by=0) == {}
    assert count_silent(by=FAR) == count_silent(by=FAR, agencies=[sheriff]) == 1
    assert count_silent(by=FAR, agencies=[court]) == 0
    assert [one.number for one in list_silent(by=FAR, agencies=[sheriff])] == ["D-5"]
    assert list_silent(by=FAR, only=ids("D-1"), agencies=[sheriff]) == []


def test_holds_and_services_are_found_from_an_entry_on(county: Office) -> None:
    first = current_size()
    assert holds_since(0, first) == []
    hold = {"hold": "H-1", "by": "Pat Lorne", "reason": "a letter", "case_number": "D-1"}
    placed = place_hold(**hold, **county.later)
    assert holds_since(first, current_size()) == [placed]
    assert holds_since(placed + 1, current_size()) == []
    lift_hold(hold="H-1", by="Pat Lorne", reason="withdrawn", **county.later)
    assert placed not in holds_since(first, current_size())

    draft = draft_production(
        case_number="D-1",
        defendants=["Ada Roe"],
        items=[("Alder Sheriff", "E-2")],
        **county.later,
    )
    close_production(draft, **county.later)
    (served,) = serve_production(draft, way="media", **county.later)
    assert [one.index for one in acts_since((SERVED,), first, current_size())] == [served]
    assert acts_since((SERVED,), served + 1, current_size()) == []
    one, two = ids("D-1", "D-2")
    assert [one.index for one in acts_of_cases([one, two], (SERVED,), current_size())] == [served]
    assert acts_of_cases([two], (SERVED,), current_size()) == []


def test_nothing_waits_in_a_quiet_county(county: Office) -> None:
    assert list_open() == []
    assert count_unsettled() == 0
