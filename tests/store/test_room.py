"""What a property room looks for today, and leaving with approval: ux.md 7.1, 7.2 and 7.5."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fullfile.core.custody.decide import Order
from fullfile.core.custody.labels import Kind, code_of
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import DAY_MS
from fullfile.server.actions.booking import book_item
from fullfile.server.actions.custody import lift_hold
from fullfile.server.actions.handling import (
    check_in_item,
    check_out_item,
    find_item,
    lose_item,
    move_item,
    transfer_item,
)
from fullfile.server.actions.leaving import approve_leaving, ask_to_leave, refuse_leaving
from fullfile.server.actions.link import run_link
from fullfile.server.actions.office import erase
from fullfile.server.actions.shelves import name_shelf
from fullfile.server.queries.labels import code_of_item, code_of_shelf, find_by_code
from fullfile.server.queries.room import (
    count_room,
    elsewhere,
    not_found,
    out_and_not_back,
    to_shelve,
    unbooked_mentions,
    unexamined,
    waiting_for_approval,
)
from fullfile.server.store import room_lists
from fullfile.server.store.rebuild import rebuild
from fullfile.server.store.shelves import list_shelves
from tests.store.acting import Office, refusal
from tests.store.test_rebuild import tables

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

E1: dict[str, Any] = {"agency": "Alder Sheriff", "tag": "E-1"}
E2: dict[str, Any] = {"agency": "ACSO", "tag": "E-2"}
F1: dict[str, Any] = {"agency": "ACSO", "tag": "F-1"}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def tags(page: Any) -> list[str]:
    return [row.tag for row in page.rows]


def test_to_shelve_out_and_back(county: Office) -> None:
    assert sorted(tags(to_shelve())) == ["E-1", "E-2", "E-3", "E-4", "F-1"]
    move_item(**E1, place="C-14", **county.later)
    assert sorted(tags(to_shelve(["ACSO"]))) == ["E-2", "E-3", "E-4", "F-1"]
    assert to_shelve(["Alder Court"]).count == 0
    check_out_item(**E1, to="T. Hill", purpose="hearing", due_back="2026-09-25", **county.later)
    check_out_item(**E2, to="K. Ortiz", purpose="copying", **county.later)
    assert count_room(now_ms=county.now_ms).past_due == 0
    page = out_and_not_back(now_ms=county.now_ms + 5 * DAY_MS)
    assert count_room(now_ms=county.now_ms + 5 * DAY_MS).past_due == 1
    assert tags(page) == ["E-1", "E-2"]
    first = page.rows[0]
    assert (first.holder, first.purpose, first.due_back, first.past_due, first.place) == (
        "T. Hill", "hearing", "2026-09-25", True, "C-14",
    )  # fmt: skip
    assert page.rows[1].past_due is False
    check_in_item(**E1, place="C-15", **county.later)
    check_in_item(**E2, **county.later)
    assert out_and_not_back().count == 0
    assert "E-2" in tags(to_shelve())
    assert "E-1" not in tags(to_shelve())


def test_handed_on_missing_and_found(county: Office) -> None:
    transfer_item(**E1, to="State laboratory", **county.later)
    assert [(row.tag, row.holder) for row in elsewhere().rows] == [("E-1", "State laboratory")]
    lose_item(**E2, reason="searched", place="C-2", **county.later)
    assert [(row.tag, row.purpose) for row in not_found().rows] == [("E-2", "searched")]
    counts = count_room(["ACSO"], now_ms=county.now_ms)
    assert (counts.elsewhere, counts.not_found, counts.to_shelve, counts.out) == (1, 1, 3, 0)
    find_item(**E2, reason="behind", place="C-2", **county.later)
    check_in_item(**E1, place="C-2", **county.later)
    assert (not_found().count, elsewhere().count) == (0, 0)


def test_lists_are_searched_by_tag_words_and_shelf(county: Office) -> None:
    assert tags(to_shelve(search="e-2")) == ["E-2"]
    assert tags(to_shelve(search="JACKET")) == ["E-2"]
    assert tags(to_shelve(search="100%")) == []
    move_item(**E1, place="C-14", **county.later)
    lose_item(**E1, reason="searched", **county.later)
    assert tags(not_found(search="c-14")) == ["E-1"]
    assert tags(not_found(search="c-15")) == []


def test_fifty_to_a_page(county: Office) -> None:
    rows = [
        {
            "agency": "ACSO",
            "tag": f"N-{number:03}",
            "description": "a thing",
            "booked_at": "2026-02-01",
        }
        for number in range(120)
    ]
    county.importer.table("items", rows)
    first, third = to_shelve(search="N-"), to_shelve(search="n-", page=3)
    assert (first.count, len(first.rows), first.pages) == (120, 50, 3)
    assert (len(third.rows), third.page) == (20, 3)
    assert not set(tags(first)) & set(tags(third))


def test_what_a_list_says_of_an_item_counts_where_no_event_does(county: Office) -> None:
    row = {
        "agency": "ACSO",
        "description": "a thing",
        "booked_at": "2026-02-01",
        "storage_location": "B-1",
    }
    many = [
        {**row, "tag": f"N-{status}", "status": status}
        for status in ("held", "checked_out", "at_lab", "lost", "released", "destroyed")
    ]
    county.importer.table("items", many)
    assert sorted(tags(out_and_not_back(search="n-"))) == ["N-at_lab", "N-checked_out"]
    assert tags(not_found(search="n-")) == ["N-lost"]
    assert tags(to_shelve(search="n-")) == []
    county.importer.table("items", [{**row, "tag": "N-lost", "status": "held"}])
    assert not_found().count == 0


def test_bears_on_no_case_and_not_examined(county: Office) -> None:
    assert tags(unexamined()) == ["F-1"]
    booked = book_item(
        agency="ACSO",
        description="a phone",
        quantity="1",
        brought_by="SUB",
        collected_at="2026-09-01",
        not_known=("report_number",),
        booked_by="R. Lane",
        **county.later,
    )
    assert tags(unexamined(["ACSO"])) == [booked.tag, "F-1"]
    assert tags(unexamined(search="phone")) == [booked.tag]
    county.importer.table(
        "items",
        [{
            "agency": "ACSO", "tag": "G-1", "description": "a card in a box", "booked_at": "2026-02-01",
            "parent_tag": "E-3",
        }],
    )  # fmt: skip
    assert tags(unexamined()) == [booked.tag, "F-1"]
    assert count_room().unexamined == 2


def test_where_more_wait_than_are_looked_at_the_count_says_so(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_lists, "LOOKED_AT", 2)
    found = unexamined()
    assert (found.count, found.exact) == (1, False)
    assert count_room().unexamined_exact is False


def test_a_run_of_link_examines(county: Office) -> None:
    run_link(by="Clerk", now_ms=county.later["now_ms"])
    assert unexamined().count == 0
    move_item(**F1, place="C-1", **county.later)
    assert tags(unexamined()) == ["F-1"]


def test_said_but_not_booked(county: Office) -> None:
    row = {
        "agency": "ACSO",
        "report_number": "24-100",
        "mentioned_at": "2024-01-20",
        "description": "casings",
    }
    county.importer.table(
        "mentions",
        [
            {**row, "quantity": "2"},
            {**row, "description": "a jacket", "booked_as": "E-2"},
            {**row, "description": "rounds", "quantity": "9", "booked_as": "E-1"},
            {**row, "description": "a lamp", "booked_as": "Q-9"},
            {
                **row, "description": "a cup", "outcome": "left_in_place", "outcome_by": "A. B",
                "outcome_confirmed_by": "C. D", "outcome_reason": "worthless",
            },
        ],
    )  # fmt: skip
    found = unbooked_mentions(["ACSO"])
    assert [one.description for one in found.rows] == ["casings", "rounds", "a lamp"]
    assert found.rows[0].quantity == "2"
    assert [one.description for one in unbooked_mentions(search="lamp").rows] == ["a lamp"]
    assert count_room().unbooked == 3


def test_a_page_of_a_list_takes_a_handful_of_queries(county: Office) -> None:
    move_item(**E1, place="C-14", **county.later)
    for act in (to_shelve, out_and_not_back, not_found, unexamined, waiting_for_approval):
        with CaptureQueriesContext(connection) as asked:
            act(["ACSO"], search="e")
        assert len(asked) <= 15, (act, len(asked))
    with CaptureQueriesContext(connection) as asked:
        count_room(["ACSO"])
    assert len(asked) <= 17


def test_all_of_it_comes_again_from_the_record(county: Office) -> None:
    move_item(**E1, place="C-14", **county.later)
    check_out_item(**E2, to="T. Hill", purpose="x", due_back="2026-10-01", **county.later)
    lost = lose_item(**F1, reason="searched", place="C-9", **county.later)
    name_shelf(agency="ACSO", place="C-20", room="Room 1", **county.later)
    row = {
        "agency": "ACSO",
        "tag": "E-3",
        "event": "checked_out",
        "occurred_at": "2026-01-05",
        "to": "A",
    }
    county.importer.table("custody", [row])
    county.importer.table("custody", [{**row, "to": "B"}])
    ask_to_leave(**E1, how="released", to="Tom Reed", reason="x", order=ORDER, **county.later)
    before = tables(county.office)
    assert len(before["room_items"]) == 4
    rebuild()
    after = tables(county.office)
    for table in before:
        assert after[table] == before[table], table
    erase(lost, "Order 7", "Clerk", now_ms=county.later["now_ms"])
    before = tables(county.office)
    rebuild()
    assert tables(county.office)["room_items"] == before["room_items"]


# Leaving with approval.

ORDER = Order("First Judicial District Court", "order of release 7 of E-1", "2026-09-01")
SAM: dict[str, Any] = {"actor": "Sam Reed"}


def sam(county: Office) -> dict[str, Any]:
    return {**county.later, "actor": "Sam Reed"}


def free(county: Office) -> None:
    lift_hold(hold="case:D-1", by="Sam Reed", reason="both sides agree", **county.later)


def test_one_person_asks_another_lets_it_go(county: Office) -> None:
    free(county)
    asked = ask_to_leave(**E1, how="released", to="Tom Reed", reason="its owner", **county.later)
    (row,) = waiting_for_approval(["ACSO"], search="rounds").rows
    assert (row.entry, row.tag, row.how, row.to, row.by) == (
        asked,
        "E-1",
        "released",
        "Tom Reed",
        "Rita Quill",
    )
    assert list(refusal(approve_leaving, entry=asked, **county.later)) == ["approval_same"]
    assert list(
        refusal(approve_leaving, entry=asked, **{**county.later, "actor": "LEE MARSH"})
    ) == ["approval_booker"]
    again = refusal(ask_to_leave, **E1, how="destroyed", reason="x", **county.later)
    assert list(again) == ["asked_already"]
    approval, event = approve_leaving(asked, **sam(county))
    entry = county.entry(event)
    assert (entry.data["event"], entry.data["by"], entry.by) == (
        "released",
        "Rita Quill",
        "Sam Reed",
    )
    assert entry.more["approved_by"] == "Sam Reed"
    assert entry.more["asked"] == str(asked)
    assert county.entry(approval).data["asked"] == asked
    assert waiting_for_approval().count == 0
    late = refusal(approve_leaving, entry=asked, **sam(county))
    assert late["answered_already"].startswith(f"Sam Reed approved this already (entry {approval})")


def test_what_is_held_is_not_even_asked_for(county: Office) -> None:
    found = refusal(ask_to_leave, **E1, how="destroyed", reason="", **county.later)
    assert list(found) == ["hold_stands", "reason_missing"]
    assert "recipient_missing" in refusal(
        ask_to_leave, **E1, how="released", reason="x", **county.later
    )
    assert "how_unknown" in refusal(ask_to_leave, **E1, how="lost", reason="x", **county.later)
    late = Order(ORDER.authority, ORDER.words, "last week")
    assert "unreadable" in refusal(
        ask_to_leave, **E1, how="released", to="A", reason="x", order=late, **county.later
    )


def test_what_came_since_it_was_asked_counts(county: Office) -> None:
    free(county)
    asked = ask_to_leave(**E1, how="destroyed", reason="of no use", **county.later)
    county.importer.table(
        "holds",
        [{
            "hold": "LETTER-1", "placed_at": "2026-01-02", "by": "Olga Hart", "reason": "a letter",
            "agency": "ACSO", "tag": "E-1",
        }],
    )  # fmt: skip
    assert list(refusal(approve_leaving, entry=asked, **sam(county))) == ["hold_stands"]
    assert waiting_for_approval().count == 1
    check_out_item(**E1, to="T. Hill", purpose="x", **county.later)
    stale = refusal(approve_leaving, entry=asked, seen_entry=asked, **sam(county))
    assert list(stale) == ["stale"]


def test_refused_or_taken_back_with_a_reason(county: Office) -> None:
    free(county)
    asked = ask_to_leave(**E1, how="destroyed", reason="of no use", **county.later)
    assert list(refusal(refuse_leaving, entry=asked, reason=" ", **sam(county))) == [
        "reason_missing"
    ]
    refused = refuse_leaving(asked, reason="a motion is announced", **sam(county))
    assert county.entry(refused).data["reason"] == "a motion is announced"
    assert (
        "refused this already"
        in refusal(approve_leaving, entry=asked, **sam(county))["answered_already"]
    )
    assert ask_to_leave(**E1, how="destroyed", reason="again", **county.later)
    with pytest.raises(NotFound):
        refuse_leaving(refused, reason="x", **sam(county))


def test_an_order_that_names_the_item_goes_with_the_wish(county: Office) -> None:
    asked = ask_to_leave(
        **E1, how="released", to="Tom Reed", reason="x", order=ORDER, **county.later
    )
    _, event = approve_leaving(asked, **sam(county))
    assert county.entry(event).data["order"] == ORDER.words


# Labels and shelves.


def test_a_code_leads_to_what_it_is_on_and_stays_the_same(county: Office) -> None:
    move_item(**E1, place="C-14", **county.later)
    code = code_of_item("ACSO", "e-1")
    shelf = code_of_shelf("Alder Sheriff", "C-14")
    found = find_by_code(code.lower())
    assert (found.kind, found.agency, found.tag) == (Kind.ITEM, "Alder Sheriff", "E-1")
    assert find_by_code(code_of_item("ACSO", "E-3", box=True)).kind is Kind.BOX
    assert (find_by_code(shelf).agency, find_by_code(shelf).place) == ("Alder Sheriff", "C-14")
    rebuild()
    assert code_of_item("ACSO", "E-1") == code
    assert find_by_code(shelf).place == "C-14"
    for unknown in (Kind.ITEM, Kind.SHELF, Kind.PAPER, Kind.PRODUCTION):
        with pytest.raises(NotFound):
            find_by_code(code_of(unknown, 99_999))
    with pytest.raises(NotFound):
        find_by_code(code_of(Kind.PAPER, 1))
    with pytest.raises(Refused):
        find_by_code("E-1")
    with pytest.raises(NotFound):
        code_of_item("ACSO", "E-99")


def test_a_shelf_has_a_label_before_anything_stands_on_it(county: Office) -> None:
    entry, code = name_shelf(agency="ACSO", place="C-20", room="Room 1", **county.later)
    assert county.entry(entry).data == {
        "agency": "Alder Sheriff",
        "place": "C-20",
        "room": "Room 1",
    }
    assert find_by_code(code).place == "C-20"
    assert [(one.place, one.room) for one in list_shelves("Alder Sheriff")] == [("C-20", "Room 1")]
    assert list_shelves("Nobody") == []
    assert set(refusal(name_shelf, agency="ACSO", place=" ", actor=" ", now_ms=county.now_ms)) == {
        "place_missing",
        "anonymous",
    }
    assert "agency_unknown" in refusal(name_shelf, agency="Elsewhere", place="C", **county.later)


def test_moments_of_lists_are_the_office_s(county: Office) -> None:
    move_item(**E1, place="C-14", **county.later)
    lose_item(**E1, reason="searched", **county.later)
    (row,) = not_found().rows
    told = datetime.fromtimestamp((row.since or 0) / 1000, UTC)
    said = datetime.fromisoformat(county.entry(row.entry).data["occurred_at"])
    assert told.replace(tzinfo=None) == said.replace(tzinfo=None)
