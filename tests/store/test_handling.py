"""What a custodian does with an item at the counter: ux.md 7.2 and 7.3, and who is told what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fullfile.core.custody.booking import Booking
from fullfile.core.errors import NotFound
from fullfile.server.actions.booking import book_item, book_items, next_tag
from fullfile.server.actions.custody import destroy_item, lift_hold
from fullfile.server.actions.handling import (
    Thing,
    check_in_item,
    check_out_item,
    examine_item,
    find_item,
    lose_item,
    move_item,
    move_items,
    record_seal,
    transfer_item,
    transfer_items,
)
from fullfile.server.actions.office import change_setting
from fullfile.server.queries.chain import ask_chain, ask_chain_of
from tests.store.acting import Office, refusal

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

E1: dict[str, Any] = {"agency": "Alder Sheriff", "tag": "E-1"}
E2: dict[str, Any] = {"agency": "ACSO", "tag": "e-2"}
ROUNDS: dict[str, Any] = {
    "agency": "ACSO",
    "description": ".45-calibre rounds, manila envelope",
    "category": "ammunition",
    "quantity": "a handful",
    "brought_by": "SUB",
    "giver_role": "giver",
    "collected_at": "2026-03-06",
    "report_number": "26-001122",
    "booked_by": "R. Lane",
}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def chain(county: Office, **how: Any) -> Any:
    return ask_chain("ACSO", how.pop("tag", "E-1"), now_ms=county.now_ms + 1_000, **how)


# Booking.


def test_a_thing_that_comes_in_gets_a_tag_and_asks_for_no_case(county: Office) -> None:
    assert next_tag("ACSO", now_ms=county.now_ms) == "26-000001"
    booked = book_item(**ROUNDS, place="C-14", seal="B-20931", **county.later)
    assert (booked.agency, booked.tag) == ("Alder Sheriff", "26-000001")
    item, event, sealed = (county.entry(one) for one in booked.entries)
    assert item.data["persons"] == [{"name": "SUB", "role": "giver"}]
    assert item.data["storage_location"] == "C-14"
    assert item.by == "Rita Quill"
    assert (event.data["event"], event.data["from"], event.data["by"]) == (
        "booked",
        "SUB",
        "R. Lane",
    )
    assert (sealed.data["event"], sealed.data["seal"]) == ("sealed", "B-20931")
    found = chain(county, tag="26-000001")
    assert [step.event for step in found.steps] == ["sealed", "booked"]
    assert (found.now.place, found.now.seal, found.now.is_here) == ("C-14", "B-20931", True)
    assert book_item(**ROUNDS, **county.later).tag == "26-000002"


def test_what_is_not_known_is_chosen_and_never_left_blank(county: Office) -> None:
    found = refusal(book_item, agency="ACSO", description="", booked_by="", **county.later)
    assert set(found) == {
        "description_missing",
        "giver_unsaid",
        "collected_at_unsaid",
        "report_number_unsaid",
        "quantity_unsaid",
    }
    booked = book_item(
        agency="ACSO",
        description="a phone",
        uncounted=True,
        not_known=("giver", "collected_at", "report_number"),
        booked_by="",
        **county.later,
    )
    entry = county.entry(booked.entries[0])
    assert entry.more["not_known"] == "collected_at; giver; report_number"
    assert entry.data["quantity"] == "not counted"
    assert entry.data["booked_by"] == "Rita Quill"
    assert "report_number" not in entry.data
    both = refusal(
        book_item, **ROUNDS, not_known=("giver", "shoes"), uncounted=True, **county.later
    )
    assert set(both) == {"giver_both", "not_known_unknown", "quantity_both"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"category": "Cash", "quantity": "320 USD"}, "money_counted_by"),
        (
            {"category": "cash", "quantity": "3", "counted_by": ("A. B", "a. b ")},
            "money_counted_by",
        ),
        ({"category": "currency", "uncounted": True, "quantity": ""}, "money_open"),
        ({"category": "Handgun"}, "unloaded_by_unsaid"),
        ({"tag": " e-1"}, "tag_taken"),
        ({"collected_at": "2031-01-01"}, "date_future"),
        ({"collected_at": "last week"}, "unreadable"),
        ({"agency": "Elder Sheriff"}, "agency_unknown"),
        ({"kind": "thing"}, "not_in_list"),
    ],
)
def test_what_a_booking_lacks_is_said(county: Office, said: dict[str, Any], code: str) -> None:
    found = refusal(book_item, **{**ROUNDS, **said}, **county.later)
    assert code in found, found


def test_money_counted_by_two_and_a_firearm_that_somebody_unloaded(county: Office) -> None:
    money = {**ROUNDS, "category": "money", "quantity": "320", "counted_by": ("R. Lane", "T. Hill")}
    entry = county.entry(book_item(**money, **county.later).entries[0])
    assert entry.more["counted_by"] == "R. Lane; T. Hill"
    gun = {**ROUNDS, "category": "pistol", "unloaded_by": "T. Hill"}
    assert (
        county.entry(book_item(**gun, **county.later).entries[0]).more["unloaded_by"] == "T. Hill"
    )


def test_several_things_of_one_report_all_or_none(county: Office) -> None:
    plain = {
        name: ROUNDS[name] for name in ("quantity", "brought_by", "collected_at", "report_number")
    }
    good = Booking(description="a knife", **plain)
    bad = Booking(description="a bag", **{**plain, "quantity": ""})
    found = refusal(
        book_items, agency="ACSO", things=[good, bad], booked_by="R. Lane", **county.later
    )
    assert found["quantity_unsaid"].startswith("Thing 2: ")
    assert county.importer.entries("custody.recorded") == []
    twice = Booking(description="a bag", tag="26-000002", **plain)
    made = book_items(
        agency="ACSO", things=[good, twice, good], booked_by="R. Lane", **county.later
    )
    assert [one.tag for one in made] == ["26-000001", "26-000002", "26-000003"]
    assert [len(one.entries) for one in made] == [2, 2, 2]


def test_the_office_sets_how_its_tags_are_written(county: Office) -> None:
    change_setting("tag_pattern", "P{year}.{number:4}", "Clerk", now_ms=county.now_ms + 1_000)
    first = book_item(**ROUNDS, tag="P2026.0041", **county.later)
    assert first.tag == "P2026.0041"
    assert book_item(**ROUNDS, **county.later).tag == "P2026.0042"
    found = refusal(
        change_setting, name="tag_pattern", value="{yy}", by="Clerk", now_ms=county.now_ms
    )
    assert "setting_value" in found


# Out, in, on, away.


def test_out_and_back_with_a_purpose_and_a_day(county: Office) -> None:
    assert "purpose_missing" in refusal(
        check_out_item, **E1, to="T. Hill", purpose=" ", **county.later
    )
    out = check_out_item(
        **E1, to="T. Hill", purpose="hearing", due_back="2026-10-01", **county.later
    )
    assert county.entry(out).more == {"due_back": "2026-10-01"}
    now = chain(county).now
    assert (now.holder, now.due_back, now.place) == ("T. Hill", "2026-10-01", "")
    again = refusal(check_out_item, **E1, to="K. Ortiz", purpose="hearing", **county.later)
    assert f"is signed out to T. Hill on September 21, 2026 (entry {out})" in again["out"]
    assert "out" in refusal(move_item, **E1, place="C-14", **county.later)
    back = check_in_item(**E1, place="C-14", **county.later)
    assert county.entry(back).data["from"] == "T. Hill"
    found = chain(county)
    assert (found.now.holder, found.now.place) == ("", "C-14")
    assert [step.event for step in found.steps] == ["checked_in", "checked_out", "listed"]
    assert "by the record it is on C-14" in refusal(check_in_item, **E1, **county.later)["not_out"]


def test_what_is_handed_over_is_with_somebody_until_it_comes_back(county: Office) -> None:
    transfer_item(**E1, to="State laboratory", reason="comparison", **county.later)
    assert chain(county).now.holder == "State laboratory"
    assert "elsewhere" in refusal(check_out_item, **E1, to="T. Hill", purpose="x", **county.later)
    assert "has_it" in refusal(transfer_item, **E1, to="state laboratory", **county.later)
    entry = transfer_item(**E1, to="T. Hill", **county.later)
    assert county.entry(entry).data["from"] == "State laboratory"
    check_in_item(**E1, **county.later)
    now = chain(county).now
    assert (now.is_here, now.place) == (True, "")


def test_a_shelf_that_it_is_on_already(county: Office) -> None:
    move_item(**E1, place="C-14", **county.later)
    assert "there_already" in refusal(move_item, **E1, place="c-14 ", **county.later)
    assert "place_missing" in refusal(move_item, **E1, place=" ", **county.later)


def test_a_sealed_item_changes_hands_only_with_its_seal_read_off(county: Office) -> None:
    assert record_seal(**E1, new="B-1", reason="packed", **county.later)
    found = refusal(transfer_item, **E1, to="State laboratory", **county.later)
    assert "is sealed (B-1)" in found["seal_missing"]
    wrong = refusal(transfer_item, **E1, to="State laboratory", seal="B-2", **county.later)
    assert "the seal B-1 is on E-1, and you read B-2" in wrong["seal_differs"]
    entry = transfer_item(
        **E1, to="State laboratory", seal="b-1", seal_intact=False, **county.later
    )
    assert county.entry(entry).data["seal_intact"] is False
    assert chain(county).now.damaged == entry
    assert set(refusal(record_seal, **E1, new="B-3", reason="", **county.later)) == {
        "old_seal_missing",
        "reason_missing",
    }
    off, on = record_seal(**E1, old="B-1", new="B-3", reason="opened to test", **county.later)
    assert [county.entry(one).data["event"] for one in (off, on)] == ["unsealed", "sealed"]
    now = chain(county).now
    assert (now.seal, now.damaged) == ("B-3", None)
    # A seal that nobody put on record is written down as what was read.
    (gone,) = record_seal(**E1, old="B-9", reason="cut", **county.later)
    assert county.entry(gone).more == {"seal_on_record": "B-3"}
    assert chain(county).now.seal == ""


def test_an_examination_that_uses_a_part_up(county: Office) -> None:
    only = examine_item(**E1, what="looked for prints", **county.later)
    assert len(only) == 1
    refused = refusal(examine_item, **E1, what="fired two", consumed="2", **county.later)
    assert list(refused) == ["approval_missing"]
    both = examine_item(
        **E1, what="fired two", consumed="2", approved_by="Sam Reed", **county.later
    )
    assert [county.entry(one).data["event"] for one in both] == ["examined", "consumed"]
    rest = refusal(
        examine_item,
        **E1,
        what="fired all",
        all_consumed=True,
        approved_by="Sam Reed",
        **county.later,
    )
    assert list(rest) == ["hold_stands"]
    assert len(chain(county).steps) == 4


def test_lost_is_missing_until_it_is_found(county: Office) -> None:
    assert "not_missing" in refusal(find_item, **E1, reason="in C-15", **county.later)
    lost = lose_item(**E1, reason="shelf C-14 searched twice", place="C-14", **county.later)
    assert county.line("D-1", "E-1").state == "missing"
    for act, how in (
        (move_item, {"place": "C-1"}),
        (check_out_item, {"to": "T. Hill", "purpose": "x"}),
        (transfer_item, {"to": "T. Hill"}),
        (examine_item, {"what": "x"}),
        (lose_item, {"reason": "again"}),
    ):
        assert f"(entry {lost})" in refusal(act, **E1, **how, **county.later)["missing"]
    find_item(**E1, reason="behind the shelf", place="C-15", **county.later)
    assert county.line("D-1", "E-1").state != "missing"
    assert chain(county).now.place == "C-15"


def test_what_left_for_good_is_not_handled(county: Office) -> None:
    lift_hold(hold="case:D-1", by="Sam Reed", reason="both sides agree", **county.later)
    gone = destroy_item(**E1, reason="no use", approved_by="Sam Reed", **county.later)
    for act, how in (
        (move_item, {"place": "C-1"}),
        (check_out_item, {"to": "T. Hill", "purpose": "x"}),
        (transfer_item, {"to": "T. Hill"}),
        (check_in_item, {}),
        (record_seal, {"new": "B-1", "reason": "x"}),
        (lose_item, {"reason": "x"}),
        (find_item, {"reason": "x"}),
    ):
        found = refusal(act, **E1, **how, **county.later)
        assert list(found) == ["already_gone"], act
        assert f"(entry {gone})" in found["already_gone"]


def test_an_item_that_nobody_booked(county: Office) -> None:
    with pytest.raises(NotFound, match="E-1"):
        move_item(agency="ACSO", tag="E-11", place="C-1", **county.later)
    county.importer.table(
        "mentions",
        [{
            "agency": "ACSO", "report_number": "24-100", "description": "a casing",
            "mentioned_at": "2024-01-20", "booked_as": "X-9",
        }],
    )  # fmt: skip
    assert "never_booked" in refusal(
        move_item, agency="ACSO", tag="X-9", place="C-1", **county.later
    )


def test_dates_of_an_act(county: Office) -> None:
    move_item(**E1, place="C-1", occurred_at="2026-09-01", **county.later)
    found = refusal(move_item, **E1, place="C-2", occurred_at="2026-08-30", **county.later)
    assert (
        "lies before the last thing that happened to E-1 (moved on September 1"
        in found["date_before"]
    )
    assert "date_future" in refusal(
        move_item, **E1, place="C-2", occurred_at="2031-01-01", **county.later
    )
    assert "unreadable" in refusal(move_item, **E1, place="C-2", occurred_at="soon", **county.later)
    assert "anonymous" in refusal(move_item, **E1, place="C-2", actor=" ", now_ms=county.now_ms)
    assert move_item(**E1, place="C-2", occurred_at="2026-09-01", **county.later)


# Two people, many items.


def test_a_stale_page_is_told_who_did_what_when(county: Office) -> None:
    seen = chain(county).size - 1
    out = check_out_item(**E1, to="the laboratory", purpose="test", by="R. Lane", **county.later)
    found = refusal(
        check_out_item, **E1, to="K. Ortiz", purpose="x", seen_entry=seen, **county.later
    )
    assert list(found) == ["stale"]
    assert "R. Lane checked it out to the laboratory at " in found["stale"]
    assert f"(entry {out}). Nothing of yours was saved" in found["stale"]
    assert check_in_item(**E1, seen_entry=chain(county).size - 1, **county.later)


def test_what_a_container_goes_through_is_news_of_its_contents(county: Office) -> None:
    seen = chain(county).size - 1
    move_item(agency="ACSO", tag="E-3", place="D-1", **county.later)
    letter = chain(county, tag="E-4")
    assert (letter.now.place, letter.steps[0].inside) == ("D-1", "E-3")
    assert "stale" in refusal(
        move_item, agency="ACSO", tag="E-4", place="C-1", seen_entry=seen, **county.later
    )


def test_many_are_moved_all_that_can(county: Office) -> None:
    check_out_item(**E2, to="T. Hill", purpose="hearing", **county.later)
    things = [Thing(**E1), Thing("Alder Sheriff", "e-1"), Thing(**E2), Thing("ACSO", "Z-9")]
    done = move_items(things=things, place="C-14", **county.later)
    assert [(tag, county.entry(entry).data["place"]) for _, tag, entry in done.done] == [
        ("E-1", "C-14")
    ]
    assert [(one.tag, one.reasons[0].code) for one in done.cannot] == [
        ("E-2", "out"),
        ("Z-9", "not_found"),
    ]
    none = move_items(things=[Thing(**E1)], place="C-14", **county.later)
    assert (none.done, none.cannot[0].reasons[0].code) == ((), "there_already")
    assert "nothing_chosen" in refusal(move_items, things=[], place="C-14", **county.later)
    away = transfer_items(
        things=[Thing(**E1), Thing("ACSO", "E-3")], to="State laboratory", **county.later
    )
    assert len(away.done) == 2


# The chain.


def test_a_correction_stands_above_the_row_that_it_strikes(county: Office) -> None:
    row = {
        "agency": "ACSO",
        "tag": "E-1",
        "event": "moved",
        "occurred_at": "2026-01-05",
        "place": "A-1",
    }
    county.importer.table("custody", [row])
    county.importer.table("custody", [{**row, "place": "A-2"}])
    found = chain(county)
    above, struck = found.steps[:2]
    assert (above.place, above.corrects, above.struck_by) == ("A-2", struck.entry, None)
    assert (struck.place, struck.struck_by) == ("A-1", above.entry)
    assert above.recorded_ms > struck.recorded_ms
    assert above.source == "rms"
    assert found.now.place == "A-2"


def test_the_chain_takes_less_than_five_queries(county: Office) -> None:
    for number in range(12):
        move_item(**E1, place=f"C-{number}", **county.later)
    with CaptureQueriesContext(connection) as asked:
        found = chain(county)
    assert len(asked) < 5
    assert len(found.steps) == 13
    assert ask_chain_of(found.item_id, now_ms=county.now_ms).steps == found.steps
    with pytest.raises(NotFound):
        ask_chain_of(99_999)
    with pytest.raises(NotFound, match="E-1"):
        ask_chain("ACSO", "E-111")


def test_the_chain_as_it_stood_and_as_it_was_known(county: Office) -> None:
    from datetime import UTC, date, datetime

    before = datetime.fromtimestamp(county.now_ms / 1000, UTC)
    move_item(**E1, place="C-1", occurred_at="2026-06-01", **county.later)
    assert chain(county, as_of=before).now.place == ""
    assert chain(county, on=date(2026, 5, 31)).now.place == ""
    assert chain(county, on=date(2026, 6, 1)).now.place == "C-1"
