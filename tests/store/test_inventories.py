"""An inventory by scanning: drawn so that it can be drawn again, four kinds of discrepancy. ux.md 7.5, check 6."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.errors import NotFound
from fullfile.server.actions.custody import destroy_item, lift_hold
from fullfile.server.actions.handling import check_out_item, find_item, move_item, record_seal
from fullfile.server.actions.inventories import close_inventory, close_shelf, open_inventory
from fullfile.server.actions.scanning import ToScan, scan_item, scan_items, settle_discrepancy
from fullfile.server.actions.shelves import name_shelf
from fullfile.server.queries.drawing import draw_again
from fullfile.server.queries.inventories import (
    ask_inventory,
    ask_shelf,
    list_discrepancies,
    list_expected,
)
from fullfile.server.queries.labels import code_of_item, code_of_shelf
from fullfile.server.queries.room import inventories_under_way, not_found
from fullfile.server.store.rebuild import rebuild
from tests.store.acting import Office, refusal
from tests.store.test_rebuild import tables

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

ACSO = {"agency": "ACSO"}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    """A room with E-1 and E-2 on C-14, F-1 on C-15, and the box E-3 (E-4 inside) on no shelf."""
    here = Office(office, tmp_path).county()
    for tag, place in (("E-1", "C-14"), ("E-2", "C-14"), ("F-1", "C-15")):
        move_item(**ACSO, tag=tag, place=place, **here.later)
    return here


def scan(county: Office, inventory: int, code: str, place: str, **how: Any) -> Any:
    return scan_item(inventory=inventory, code=code, place=place, **how, **county.later)


def kinds(found: Any) -> list[str]:
    return [one.kind for one in found.outcomes]


def test_everything_is_expected_where_the_record_has_it(county: Office) -> None:
    opened = open_inventory(**ACSO, **county.later)
    assert (opened.number, opened.held, opened.expected) == (1, 4, 4)
    state = ask_inventory(opened.entry)
    assert [(one.place, one.expected, one.to_find) for one in state.shelves] == [
        ("", 1, 1),
        ("C-14", 2, 2),
        ("C-15", 1, 1),
    ]
    page = list_expected(opened.entry, place="c-14")
    assert [(one.tag, one.place, one.found) for one in page.rows] == [
        ("E-1", "C-14", False),
        ("E-2", "C-14", False),
    ]
    (row,) = inventories_under_way(["ACSO"])
    assert (row.entry, row.number, row.expected, row.by) == (opened.entry, 1, 4, "Rita Quill")
    assert open_inventory(**ACSO, where=["C-15"], **county.later).expected == 1
    assert inventories_under_way(["Alder Court"]) == ()


def test_what_is_out_or_gone_is_not_expected(county: Office) -> None:
    check_out_item(**ACSO, tag="E-1", to="T. Hill", purpose="hearing", **county.later)
    lift_hold(hold="case:D-1", by="Sam Reed", reason="both sides agree", **county.later)
    destroy_item(**ACSO, tag="E-2", reason="no use", approved_by="Sam Reed", **county.later)
    opened = open_inventory(**ACSO, **county.later)
    assert [one.tag for one in list_expected(opened.entry).rows] == ["E-3", "F-1"]


def test_a_room_is_its_shelves(county: Office) -> None:
    name_shelf(**ACSO, place="C-15", room="Room 2", **county.later)
    assert open_inventory(**ACSO, where=["room 2"], **county.later).expected == 1
    assert open_inventory(**ACSO, where=["C"], **county.later).expected == 3
    found = refusal(open_inventory, **ACSO, where=["Room 9"], **county.later)
    assert "C-14" in found["shelf_unknown"]
    assert "nothing_there" in refusal(open_inventory, agency="Alder Court", **county.later)
    wrong = refusal(
        open_inventory,
        **ACSO,
        what="sample",
        percent=0,
        care=("shoes",),
        actor=" ",
        now_ms=county.now_ms,
    )
    assert set(wrong) == {"percent", "care_unknown", "anonymous"}
    assert "what_unknown" in refusal(open_inventory, **ACSO, what="some", **county.later)


def test_the_same_seed_and_record_draw_the_same(county: Office) -> None:
    rows = [
        {
            "agency": "ACSO", "tag": f"N-{number:03}", "description": "a thing", "booked_at": "2026-02-01",
            "storage_location": f"B-{number % 7}", "category": "currency" if number < 3 else "",
        }
        for number in range(80)
    ]  # fmt: skip
    county.importer.table("items", rows)
    first = open_inventory(**ACSO, what="sample", percent=10, seed="7f3a", **county.later)
    assert first.held == 84
    assert 9 <= first.expected <= 9 + 3
    care = {f"N-{number:03}" for number in range(3)}
    drawn = {one.tag for one in list_expected(first.entry).rows}
    assert care <= drawn
    move_item(**ACSO, tag="N-050", place="Z-1", **county.later)
    again = draw_again(first.entry)
    assert again.same
    assert {one.tag for one in again.expected} == drawn
    other = open_inventory(**ACSO, what="sample", percent=10, care=(), **county.later)
    assert other.seed != "7f3a"
    assert other.expected == 9
    assert draw_again(other.entry).same
    with pytest.raises(NotFound):
        draw_again(0)


def test_the_four_kinds_each_once(county: Office) -> None:
    record_seal(**ACSO, tag="F-1", new="B-1", reason="packed", **county.later)
    opened = open_inventory(**ACSO, **county.later)
    here = opened.entry
    label = code_of_item("ACSO", "E-1")
    found = scan(county, here, label, "C-14")
    assert (kinds(found), found.tag, found.already) == (["found"], "E-1", False)
    twice = scan(county, here, "e-1", "C-14")
    assert (twice.already, twice.entry) == (True, found.entry)
    wrong = scan(county, here, "E-2", "C-15")
    assert kinds(wrong) == ["wrong_place"]
    assert wrong.outcomes[0].why == "the record says C-14"
    altered = scan(county, here, "F-1", "C-15", seal="B-2", seal_intact=False)
    assert kinds(altered) == ["altered"]
    assert "the seal reads B-2, and the record says the seal B-1" in altered.outcomes[0].why
    stray = scan(county, here, "X-77", "C-15")
    assert (kinds(stray), stray.tag) == (["unrecorded"], "")
    assert scan(county, here, "x-77 ", "C-15").already
    state = ask_inventory(here)
    assert (state.expected, state.found, state.to_find) == (4, 3, 1)
    assert state.kinds == {
        "not_found": (0, 0), "wrong_place": (1, 1), "unrecorded": (1, 1), "altered": (1, 1),
    }  # fmt: skip
    closed = close_shelf(inventory=here, place="", **county.later)
    assert (closed.expected, closed.missed) == (1, ("E-3",))
    (row,) = list_discrepancies(here, "not_found").rows
    assert (row.tag, row.description, row.place) == ("E-3", "a box of papers", "")
    assert [one.code for one in list_discrepancies(here, "unrecorded").rows] == ["X-77"]
    assert ask_shelf(here, "C-14").to_find == 0
    assert ask_shelf(here, "C-99").expected == 0


def test_not_found_shows_on_the_match_at_once_and_found_again_clears(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    scan(county, here, "E-1", "C-14")
    assert "stale" in refusal(
        close_shelf, inventory=here, place="C-14", not_scanned=2, **county.later
    )
    closed = close_shelf(inventory=here, place="C-14", not_scanned=1, **county.later)
    assert closed.missed == ("E-2",)
    assert county.line("D-1", "E-2").state == "missing"
    assert [row.tag for row in not_found(["ACSO"]).rows] == ["E-2"]
    again = refusal(close_shelf, inventory=here, place="c-14", **county.later)
    assert f"Rita Quill closed shelf c-14 already (entry {closed.entry})" in again["shelf_closed"]
    found = scan(county, here, "E-2", "C-15")
    assert kinds(found) == ["wrong_place"]
    assert county.line("D-1", "E-2").state != "missing"
    assert not_found(["ACSO"]).count == 0
    state = ask_inventory(here)
    assert state.kinds["not_found"] == (1, 0)
    (row,) = list_discrepancies(here, "not_found").rows
    assert (row.how, row.reason) == ("found_since", "found later in the same inventory, on C-15")


def test_a_short_count_is_missing(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    found = scan(county, here, "E-1", "C-14", quantity="4 rounds")
    assert kinds(found) == ["altered"]
    assert found.outcomes[0].why == "4 rounds were counted, and the list has 6"
    assert county.line("D-1", "E-1").state == "missing"
    assert [row.tag for row in not_found().rows] == ["E-1"]
    scan(county, here, "E-1", "C-14", quantity="6")
    assert county.line("D-1", "E-1").state != "missing"


def test_two_things_at_once_are_two_discrepancies(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    both = scan(county, here, "E-1", "C-15", package="torn")
    assert kinds(both) == ["altered", "wrong_place"]
    assert ask_inventory(here).found == 1


def test_what_left_and_stands_there_is_unrecorded(county: Office) -> None:
    lift_hold(hold="case:D-1", by="Sam Reed", reason="both sides agree", **county.later)
    gone = destroy_item(**ACSO, tag="E-2", reason="no use", approved_by="Sam Reed", **county.later)
    check_out_item(**ACSO, tag="E-1", to="T. Hill", purpose="hearing", **county.later)
    here = open_inventory(**ACSO, **county.later).entry
    found = scan(county, here, "E-2", "C-14")
    assert kinds(found) == ["unrecorded"]
    assert f"was destroyed on September 21, 2026 (entry {gone})" in found.outcomes[0].why
    out = scan(county, here, "E-1", "C-14")
    assert "is signed out to T. Hill" in out.outcomes[0].why


def test_what_left_between_is_not_missed(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    check_out_item(**ACSO, tag="E-1", to="T. Hill", purpose="hearing", **county.later)
    move_item(**ACSO, tag="E-2", place="C-15", **county.later)
    assert close_shelf(inventory=here, place="C-14", **county.later).missed == ()


def test_a_scan_sent_twice_is_recorded_once(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    scans = [
        ToScan("E-1", "C-14", once="a1"),
        ToScan("Q-1", "C-14", once="a2"),
        ToScan("E-2", "C-14", once="a3"),
    ]
    first = scan_items(inventory=here, scans=scans, **county.later)
    size = county.office.size
    again = scan_items(
        inventory=here, scans=[*scans, ToScan("F-1", "C-15", once="a4")], **county.later
    )
    assert [one.entry for one in again[:3]] == [one.entry for one in first]
    assert [one.already for one in again] == [True, True, True, False]
    assert county.office.size == size + 2  # the scan of F-1 and its custody event
    assert "anonymous" in refusal(
        scan_items, inventory=here, scans=scans, actor="", now_ms=county.now_ms
    )


def test_labels_that_are_no_thing_s(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    label = code_of_item("ACSO", "E-1")
    wrong = label[:-1] + ("0" if label[-1] != "0" else "1")
    assert "code_check" in refusal(scan, county=county, inventory=here, code=wrong, place="C-14")
    assert kinds(scan(county, here, wrong, "C-14", is_tag=True)) == ["unrecorded"]
    shelf = code_of_shelf("Alder Sheriff", "C-14")
    found = refusal(scan, county=county, inventory=here, code=shelf, place="C-14")
    assert "is a shelf's label" in found["code_of_another"]
    assert "code_missing" in refusal(scan, county=county, inventory=here, code=" ", place="C-14")


def test_discrepancies_are_settled_with_a_reason(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    wrong = scan(county, here, "E-2", "C-15")
    stray = scan(county, here, "X-77", "C-15")
    assert close_shelf(inventory=here, place="C-14", **county.later).missed == ("E-1",)
    (gone,) = list_discrepancies(here, "not_found", unsettled=True).rows
    assert gone.tag == "E-1"
    none = refusal(
        settle_discrepancy, discrepancy=wrong.entry, how="found_since", reason="", **county.later
    )
    assert set(none) == {"how_unknown", "reason_missing"}
    settled, moved = settle_discrepancy(
        discrepancy=wrong.entry, how="moved_record", reason="its shelf is full", **county.later
    )
    assert county.entry(moved).data["place"] == "C-15"
    again = refusal(
        settle_discrepancy, discrepancy=wrong.entry, how="put_back", reason="x", **county.later
    )
    assert (
        f"settled this already (entry {settled}): “its shelf is full”" in again["settled_already"]
    )
    early = {"discrepancy": gone.entry, "how": "found_since", "reason": "behind the shelf"}
    assert "still_missing" in refusal(settle_discrepancy, **early, **county.later)
    find_item(**ACSO, tag="E-1", reason="behind the shelf", place="C-14", **county.later)
    assert settle_discrepancy(**early, **county.later)
    booked = {"discrepancy": stray.entry, "how": "booked", "reason": "it was never booked"}
    assert "not_booked" in refusal(settle_discrepancy, **booked, **county.later)
    county.importer.table(
        "items",
        [{"agency": "ACSO", "tag": "X-77", "description": "a coat", "booked_at": "2026-09-20"}],
    )
    assert settle_discrepancy(**booked, agency="ACSO", tag="X-77", **county.later)
    assert list_discrepancies(here, "unrecorded", unsettled=True).count == 0
    with pytest.raises(NotFound):
        settle_discrepancy(discrepancy=settled, how="x", reason="y", **county.later)


def test_an_inventory_ends_in_the_names_of_two(county: Office) -> None:
    here = open_inventory(**ACSO, by="R. Lane", **county.later).entry
    scan(county, here, "E-1", "C-14")
    found = refusal(close_inventory, inventory=here, second="rita quill", **county.later)
    assert set(found) == {"second_missing", "shelves_open"}
    assert "Not everything is scanned on C-14, C-15, no shelf" in found["shelves_open"]
    for place in ("C-14", "C-15", ""):
        close_shelf(inventory=here, place=place, **county.later)
    entry = county.entry(close_inventory(inventory=here, second="T. Hill", **county.later))
    assert {name: entry.data[name] for name in ("expected", "found", "not_found", "unsettled")} == {
        "expected": 4, "found": 1, "not_found": 3, "unsettled": 3,
    }  # fmt: skip
    assert ask_inventory(here).closed == entry.index
    for act, how in (
        (scan_item, {"code": "E-1", "place": "C-14"}),
        (close_shelf, {"place": "C-14"}),
        (close_inventory, {"second": "T. Hill"}),
    ):
        assert "inventory_closed" in refusal(act, inventory=here, **how, **county.later)
    (gone, *_) = list_discrepancies(here, "not_found").rows
    assert settle_discrepancy(
        discrepancy=gone.entry, how="stays_missing", reason="searched", **county.later
    )
    assert inventories_under_way() == ()
    assert len(inventories_under_way(under_way=False)) == 1
    with pytest.raises(NotFound):
        ask_inventory(0)
    with pytest.raises(NotFound):
        list_expected(0)


def test_all_of_it_comes_again_from_the_record(county: Office) -> None:
    here = open_inventory(**ACSO, **county.later).entry
    scan(county, here, "E-1", "C-15", quantity="4", once="k")
    scan(county, here, "Q-1", "C-15")
    close_shelf(inventory=here, place="C-14", **county.later)
    scan(county, here, "E-2", "C-15")
    before = tables(county.office)
    assert before["inventory_finds"]
    rebuild()
    after = tables(county.office)
    for table in before:
        assert after[table] == before[table], table


def test_the_manual_s_steps_keep_a_room(county: Office) -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "keep-a-room.md"
    _, *steps = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {"now": county.now_ms + 60_000}
    for step in steps:
        exec(step, names)
    assert county.entry(names["ended"]).data["found"] == 1
    assert names["booked"].tag == "26-000001"
