"""Entries become rows: what counts, on which clock, by which import."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from fullfile.core.entries import Entry
from fullfile.core.facts.rows import NO_IMPORT, order_of, quantity_of, read_facts
from fullfile.core.ids import parse_when

DENVER = ZoneInfo("America/Denver")
ITEM = {"agency": "Sheriff", "tag": "E-1", "description": "a knife", "booked_at": "2024-01-10"}


def entry(index, kind, data, **more):
    return Entry(index, 1_700_000_000_000 + index, kind, "A. Clerk", data, **more)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20 rounds", 20_000),
        ("1.5", 1_500),
        ("1.23456 g", 1_234),
        ("1,250", 1_250_000),
        ("1,250.5", 1_250_500),
        ("3.", 3_000),
        (".5", None),
        ("1.2.3", 1_200),
        (" 6 ", 6_000),
        ("a handful", None),
        ("nearly two dozen", None),
        ("", None),
        ("²", None),
    ],
)
def test_a_quantity_is_its_leading_number(text, number):
    assert quantity_of(text) == number


def test_a_corrected_row_does_not_count_and_is_kept_to_be_named():
    facts = read_facts(
        [
            entry(0, "item.recorded", ITEM),
            entry(1, "item.recorded", ITEM | {"booked_at": "2024-01-12"}, corrects=0),
        ],
        DENVER,
    )
    assert [row.entry for row in facts.of_item("items", ("sheriff", "e-1"))] == [1]
    assert list(facts.superseded) == [0]
    assert [row.entry for row in facts.every["items"]] == [0, 1]
    assert [row.entry for row in facts.statuses["sheriff", "e-1"]] == [0, 1]
    assert (facts.corrections, facts.corrects) == ({0: 1}, {1: 0})


def test_what_no_import_table_holds_is_left_out():
    facts = read_facts([entry(0, "setting.changed", {"name": "x", "value": "1"})], DENVER)
    assert not facts.every
    assert not facts.rows


def test_rows_of_one_command_share_a_batch_and_its_first_is_no_live_office():
    first = {"batch": 0, "source": "room", "table": "items"}
    facts = read_facts(
        [
            entry(0, "import.started", first),
            entry(1, "item.recorded", ITEM, source="room", run=0),
            entry(2, "import.started", {"batch": 2, "source": "room", "table": "items"}),
            entry(3, "item.recorded", ITEM | {"tag": "E-2"}, source="room", run=2),
            entry(4, "item.recorded", ITEM | {"tag": "E-3"}),
            entry(5, "item.recorded", ITEM | {"tag": "E-4"}, source="lab", run=2),
        ],
        DENVER,
    )
    rows = facts.rows["items"]
    assert [row.batch for row in rows] == [0, 2, NO_IMPORT, 2]
    assert [facts.is_live(row) for row in rows] == [False, True, True, False]


def test_a_run_that_nobody_announced_is_its_own_batch():
    facts = read_facts([entry(7, "item.recorded", ITEM, run=5)], DENVER)
    assert facts.rows["items"][0].batch == 5


def test_a_fact_of_a_case_stands_on_the_clock_of_its_court_as_it_was_known_then():
    case = {"case_number": "D-1", "jurisdiction": "us-nm"}
    filing = {
        "case_number": "d-1",
        "agency": "Sheriff",
        "tag": "E-1",
        "filed_at": "2024-01-10T23:30-07:00",
    }
    facts = read_facts(
        [
            entry(0, "case.recorded", case),
            entry(1, "filing.recorded", filing),
            entry(2, "case.recorded", case | {"time_zone": "America/New_York"}, source="clerk"),
            entry(3, "filing.recorded", filing | {"tag": "E-2"}),
        ],
        DENVER,
    )
    before, after = facts.of_case("filings", "d-1")
    assert before.first == parse_when("2024-01-10T23:30").first
    assert after.first == parse_when("2024-01-11T01:30").first


def test_a_filing_without_a_date_has_that_of_its_recording():
    row = {"case_number": "D-1", "agency": "Sheriff", "tag": "E-1"}
    (filing,) = read_facts([entry(0, "filing.recorded", row)], DENVER).rows["filings"]
    assert filing.first == filing.last == filing.recorded
    assert filing.bounds("filed_at") is None


def test_held_is_the_earlier_of_collection_and_booking():
    data = ITEM | {"collected_at": "2024-01-05"}
    (row,) = read_facts([entry(0, "item.recorded", data)], DENVER).rows["items"]
    assert row.first == parse_when("2024-01-05").first


def test_a_mention_is_found_by_what_it_names():
    mention = {
        "agency": "Sheriff",
        "report_number": "24-100",
        "description": "rounds",
        "mentioned_at": "2024-01-10",
        "booked_agency": "City Police",
        "booked_as": "P-1",
    }
    facts = read_facts([entry(0, "mention.recorded", mention)], DENVER)
    assert len(facts.of_item("mentions", ("city police", "p-1"))) == 1


def test_events_are_ordered_by_the_second_and_then_by_the_record():
    assert order_of(1_000, 5) == order_of(1_999, 5)
    assert order_of(1_000, 5) < order_of(1_000, 6) < order_of(2_000, 0)
    assert order_of(-1_000, 0) < order_of(0, 0)
