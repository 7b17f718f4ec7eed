"""The cases of an agency: all at once, of some, and what came since, agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fullfile.server.store.connections import (
    agency_id,
    case_has_agency,
    cases_of_agency,
    cases_with_agency,
)
from fullfile.server.store.load import current_size
from fullfile.server.store.overview import list_case_numbers
from tests.store.acting import Office

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

_CASE = {
    "case_number": "D-77",
    "jurisdiction": "us-nm",
    "opened_on": "2024-05-01",
    "report_numbers": "Alder Sheriff:24-900",
}
_ITEM = {
    "agency": "Alder Sheriff",
    "tag": "G-1",
    "description": "an envelope",
    "report_number": "24-900",
    "booked_at": "2024-05-02",
}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def test_three_ways_to_ask_agree_and_grow_together(county: Office) -> None:
    agency = agency_id("ACSO")
    assert agency is not None
    everything = list_case_numbers()
    before, size = cases_of_agency(agency), current_size()
    assert before
    assert before == cases_with_agency(everything, agency)
    assert before == {one for one in everything if case_has_agency(one, agency)}
    assert cases_of_agency(agency, since=size) == set()
    # A case that lists a number under which a bicycle was booked long ago.
    county.importer.table("cases", [_CASE])
    since = cases_of_agency(agency, since=size)
    assert len(since) == 1
    assert cases_of_agency(agency) == before | since
    grown = current_size()
    county.importer.table("items", [_ITEM])
    assert cases_of_agency(agency, since=grown) == since
