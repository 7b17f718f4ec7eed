"""Nothing leaves while a hold stands; what leaves takes the proof along. Families C and F, points 4 and 9."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.custody.decide import Order
from fullfile.core.errors import NotFound
from fullfile.server.actions.custody import (
    consume_item,
    destroy_item,
    lift_hold,
    place_hold,
    release_item,
)
from fullfile.server.queries.holds import holds_of_case, holds_of_item, releasable
from tests.store.acting import R2, Office, R, refusal

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

ORDER = Order("First Judicial District Court", "order of release 7 of E-1", "2026-09-01")
E1 = {"agency": "Alder Sheriff", "tag": "E-1"}
GO = {"to": "Tom Reed", "reason": "returned to its owner", "approved_by": "Sam Reed"}
END = {"reason": "of no further use", "approved_by": "Sam Reed"}


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def free(county: Office, *names: str) -> None:
    for name in names:
        lift_hold(hold=name, by="Sam Reed", reason="both sides agree", **county.later)


def test_family_f_no_path_releases_what_a_hold_keeps(county: Office) -> None:
    for act, how in ((release_item, GO), (destroy_item, END), (consume_item, END)):
        found = refusal(act, **E1, **how, **county.later)
        assert list(found) == ["hold_stands"]
        assert (
            "The hold “case:D-1” stands on E-1 (the open case D-1; on this item since January 20, 2024)"
            in found["hold_stands"]
        )
        assert "only a named person lifts it" in found["hold_stands"]
        assert "name the court's order" in found["hold_stands"]
    assert county.importer.entries("custody.recorded") == []


def test_a_refusal_names_every_reason_at_once(county: Office) -> None:
    place_hold(
        hold="LETTER-1",
        by="Olga Hart",
        reason="a letter",
        **E1,
        placed_at="2026-01-02",
        **county.later,
    )
    found = refusal(
        release_item,
        **E1,
        to="",
        reason="",
        approved_by="rita quill",
        occurred_at="2030-01-01",
        order=Order("", "order 7", ""),
        **county.later,
    )
    assert set(found) == {
        "hold_stands",
        "approval_same",
        "order_incomplete",
        "reason_missing",
        "date_future",
        "recipient_missing",
    }
    assert "case:D-1" in found["hold_stands"]
    assert (
        "LETTER-1” stands on E-1 (a letter, placed by Olga Hart on January 2, 2026; "
        in found["hold_stands"]
    )


@pytest.mark.parametrize(
    ("approved_by", "code"),
    [("", "approval_missing"), ("Rita Quill", "approval_same"), ("LEE MARSH", "approval_booker")],
)
def test_a_second_person_approves(county: Office, approved_by: str, code: str) -> None:
    free(county, "case:D-1")
    found = refusal(destroy_item, **E1, reason="no use", approved_by=approved_by, **county.later)
    assert list(found) == [code]


def test_a_clean_release_can_be_shown(county: Office) -> None:
    free(county, "case:D-1")
    size = county.office.size
    entry = county.entry(release_item(**E1, **GO, **county.later))
    assert entry.data["event"] == "released"
    assert entry.source == ""
    assert entry.by == "Rita Quill"
    assert entry.data["to"] == "Tom Reed"
    assert entry.more == {
        "approved_by": "Sam Reed",
        "holds_checked": "none stood, on it or on anything inside it",
        "bears_on": "D-1",
        "record_size": str(size),
    }
    line = county.line("D-1", "E-1")
    assert "destroyed_under_hold" not in (line.state, *line.also)
    again = refusal(destroy_item, **E1, **END, **county.later)
    assert list(again) == ["already_gone"]
    assert f"(entry {entry.index})" in again["already_gone"]


def test_an_order_that_names_the_item_lets_it_go_and_is_recorded(county: Office) -> None:
    entry = county.entry(release_item(**E1, **GO, order=ORDER, **county.later))
    assert (entry.data["authority"], entry.data["order"], entry.data["order_on"]) == (
        ORDER.authority,
        ORDER.words,
        ORDER.made_on,
    )
    assert entry.more["holds_checked"].startswith("case:D-1 stood; it left under the court's order")
    line = county.line("D-1", "E-1")
    assert line.state == "gone"
    assert "destroyed_under_hold" not in line.also


def test_an_order_with_an_unreadable_date_is_refused(county: Office) -> None:
    order = Order("First Judicial District Court", "order 7", "last week")
    found = refusal(release_item, **E1, **GO, order=order, **county.later)
    assert "“last week” is no date" in found["unreadable"]


def test_an_item_without_a_case_that_nobody_examined_cannot_leave(county: Office) -> None:
    for act, how in ((release_item, GO), (destroy_item, END)):
        found = refusal(act, agency="ACSO", tag="f-1", **how, **county.later)
        assert list(found) == ["orphan_unexamined"]
        assert "it bears on no case, and nobody has examined" in found["orphan_unexamined"]
    entry = county.entry(release_item(agency="ACSO", tag="f-1", **GO, order=ORDER, **county.later))
    assert entry.data["agency"] == "Alder Sheriff"
    assert entry.more["bears_on"] == "no case; not examined"


def test_what_lies_inside_keeps_its_container(county: Office) -> None:
    free(county, "case:D-1")
    found = refusal(destroy_item, agency="ACSO", tag="E-3", **END, **county.later)
    assert list(found) == ["hold_stands"]
    assert "“case:D-2” stands on E-4, which lies inside it" in found["hold_stands"]
    asked = holds_of_item("ACSO", "E-3", now_ms=county.now_ms)
    assert (asked.holds, [one.tag for one in asked.inside]) == ((), ["E-4"])
    assert ("Alder Sheriff", "E-3") not in releasable("D-1", now_ms=county.now_ms).free


def test_an_order_that_names_a_container_does_not_name_its_contents(county: Office) -> None:
    e3 = {"agency": "ACSO", "tag": "E-3"}
    order = Order(ORDER.authority, "order 8: release E-3", "2026-09-01")
    found = refusal(release_item, **e3, **GO, order=order, **county.later)
    assert list(found) == ["order_names_another"]
    assert "take E-4 out first" in found["order_names_another"]
    both = Order(ORDER.authority, "order 9: release E-3 and E-4 in it", "2026-09-01")
    assert release_item(**e3, **GO, order=both, **county.later)


def test_what_is_not_there_cannot_leave(county: Office) -> None:
    free(county, "case:D-1")
    events = [
        ("E-1", "not_found", "2026-03-01", ""),
        ("E-2", "checked_out", "2026-03-01", "Dr. Ames"),
    ]
    county.importer.table(
        "custody",
        [
            {"agency": "ACSO", "tag": tag, "event": event, "occurred_at": day, "to": to}
            for tag, event, day, to in events
        ],
    )
    assert list(refusal(release_item, **E1, **GO, **county.later)) == ["missing"]
    e2 = {"agency": "ACSO", "tag": "E-2"}
    found = refusal(release_item, **e2, **GO, **county.later)
    assert found == {
        "not_in_hand": found["not_in_hand"],
    }
    assert "E-2 is signed out to Dr. Ames" in found["not_in_hand"]
    # A laboratory uses up what was signed out to it.
    assert consume_item(**e2, **END, **county.later)


def test_an_item_nobody_knows_is_refused_with_the_nearest(county: Office) -> None:
    with pytest.raises(NotFound, match="E-1"):
        release_item(agency="ACSO", tag="E-11", **GO, **county.later)


def test_a_part_may_be_used_while_it_is_kept(county: Office) -> None:
    entry = county.entry(consume_item(**E1, **END, quantity="2 rounds", **county.later))
    assert entry.more["holds_checked"].endswith("only a part was used, and the rest is kept")
    line = county.line("D-1", "E-1")
    assert not {"gone", "destroyed_under_hold", "missing"} & {line.state, *line.also}
    assert list(refusal(consume_item, **E1, **END, quantity="6", **county.later)) == ["hold_stands"]
    # Two of six were used: four more would be all of it, by however many tests.
    assert list(refusal(consume_item, **E1, **END, quantity="4", **county.later)) == ["hold_stands"]
    assert consume_item(**E1, **END, quantity="3", **county.later)
    assert "quantity" in refusal(consume_item, **E1, **END, quantity="some", **county.later)


def test_a_back_dated_release_does_not_slip_past_a_hold_of_today(county: Office) -> None:
    found = refusal(destroy_item, **E1, **END, occurred_at="2024-01-21", **county.later)
    assert list(found) == ["hold_stands"]
    before = refusal(destroy_item, **E1, **END, occurred_at="2023-01-01", **county.later)
    assert list(before) == ["hold_stands"]


# Holds that events place, and lifting.


def test_events_hold_without_anybody_remembering(county: Office) -> None:
    free(county, "case:D-1")
    county.docket(
        ("D-1", "convicted", "2026-02-01"),
        ("D-1", "appeal_filed", "2026-02-10"),
        ("D-1", "appeal_decided", "2026-05-10"),
        ("D-1", "civil_suit_filed", "2026-03-01"),
        ("D-1", "civil_suit_closed", "2026-06-01"),
        ("D-1", "civil_suit_filed", "2026-07-01"),
    )
    found = refusal(release_item, **E1, **GO, **county.later)["hold_stands"]
    for words in (
        "“civil_suit:D-1” stands on E-1 (a civil suit about D-1, filed on March 1, 2026 and on July 1, 2026; ",
        "“appeal:D-1” stands on E-1 (an appeal in D-1, filed on February 10, 2026; ",
        "“window:D-1” stands on E-1 (the ways back to court after the conviction in D-1 on February 1, 2026; ",
    ):
        assert words in found
    names = [hold.name for hold in holds_of_case("D-1", now_ms=county.now_ms)]
    assert names == ["civil_suit:D-1", "appeal:D-1", "window:D-1", "case:D-2"]


def test_lifting_says_what_becomes_releasable_and_what_holds_the_rest(county: Office) -> None:
    place_hold(
        hold="LETTER-1", by="Olga Hart", reason="a letter", agency="ACSO", tag="E-2", **county.later
    )
    lifted = lift_hold(hold=" Case: d-1", by="Sam Reed", reason="both sides agree", **county.later)
    assert lifted.lifting.releasable == (("Alder Sheriff", "E-1"),)
    rest = {one.tag: one.because for one in lifted.lifting.still_held}
    assert list(rest) == ["E-2", "E-3", "E-4"]
    assert rest["E-2"][0].startswith("LETTER-1: a letter, placed by Olga Hart on ")
    assert rest["E-3"] == ("case:D-2 on E-4: the open case D-2",)
    entry = county.entry(lifted.entries[0])
    assert entry.data["hold"] == "case:D-1"
    assert entry.data["placed_at"] == "2024-01-19"
    assert (entry.data["lifted_by"], entry.data["lifted_reason"]) == (
        "Sam Reed",
        "both sides agree",
    )
    asked = releasable("D-1", now_ms=county.office.now_ms + 60_000)
    assert asked.free == (("Alder Sheriff", "E-1"),)
    assert [one.tag for one in asked.held] == ["E-2", "E-3", "E-4"]


def test_a_lifting_needs_a_name_a_reason_and_a_hold(county: Office) -> None:
    assert set(refusal(lift_hold, hold="case:D-1", by=" ", reason=" ", **county.later)) == {
        "name_missing",
        "reason_missing",
    }
    for name in ("case:D-77", "LETTER-9", "appeal:D-1"):
        assert list(
            refusal(lift_hold, hold=name, by="Sam Reed", reason="over", **county.later)
        ) == ["no_such_hold"]
    free(county, "case:D-1")
    assert "no_such_hold" in refusal(
        lift_hold, hold="case:D-1", by="Sam Reed", reason="over", **county.later
    )


def test_a_lifting_that_is_dated_back_does_not_reach_behind_a_loss(county: Office) -> None:
    county.importer.table(
        "custody",
        [{"agency": "ACSO", "tag": "E-1", "event": "destroyed", "occurred_at": "2026-03-01"}],
    )
    assert county.line("D-1", "E-1").state == "destroyed_under_hold"
    found = refusal(
        lift_hold,
        hold="case:D-1",
        by="Sam Reed",
        reason="over",
        lifted_at="2026-02-01",
        **county.later,
    )
    assert list(found) == ["lifted_behind_a_loss"]
    free(county, "case:D-1")
    assert county.line("D-1", "E-1").state == "destroyed_under_hold"


def test_the_ways_back_to_court_are_not_lifted_early_without_an_order(county: Office) -> None:
    county.docket(("D-1", "convicted", "2026-09-01"), ("D-1", "judgment", "2026-09-02"))
    free(county, "case:D-1")
    plain = {"hold": "window:D-1", "by": "Sam Reed", "reason": "nobody appealed"}
    found = refusal(lift_hold, **plain, **county.later)
    windows = lift_hold(**plain, order="order of September 10, 2026", **county.later)
    counted = [one for one in windows.lifting.windows if one.counted]
    if counted:  # the pack counts a last day
        assert "By the office's policy" in found["window_open"]
    entry = county.entry(windows.entries[0])
    assert entry.data["lifted_reason"] == "nobody appealed (order: order of September 10, 2026)"
    assert ("Alder Sheriff", "E-1") in windows.lifting.releasable


def test_a_hold_that_a_person_places_and_lifts(county: Office) -> None:
    placed = place_hold(
        hold="LETTER-1", by="Olga Hart", reason="a letter", case_number="d-2", **county.later
    )
    assert county.entry(placed).data["case_number"] == "D-2"
    again = refusal(
        place_hold, hold="letter-1", by="Olga Hart", reason="b", case_number="D-2", **county.later
    )
    assert list(again) == ["placed_already"]
    lifted = lift_hold(hold="letter-1", by="Olga Hart", reason="withdrawn", **county.later)
    entry = county.entry(lifted.entries[0])
    assert entry.corrects == placed
    assert entry.data["reason"] == "a letter"
    assert lifted.lifting.releasable == ()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"hold": "case:D-1", "case_number": "D-1"}, "name_reserved"),
        ({"hold": "H"}, "required"),
        ({"hold": "H", "case_number": "D-1", "agency": "ACSO", "tag": "E-1"}, "scope"),
        ({"hold": "H", "report_number": "24-100"}, "required"),
        ({"hold": "H", "case_number": "D-1", "placed_at": "2031-01-01"}, "date_future"),
        ({"hold": "H", "case_number": "D-1", "reason": ""}, "required"),
    ],
)
def test_what_a_new_hold_lacks_is_said(county: Office, said: dict[str, str], code: str) -> None:
    plain = {"by": "Olga Hart", "reason": "a letter"}
    assert code in refusal(place_hold, **{**plain, **said}, **county.later)


def test_a_hold_on_a_case_nobody_knows_is_refused_with_the_nearest(county: Office) -> None:
    with pytest.raises(NotFound, match="D-1"):
        place_hold(hold="H", by="A. B", reason="c", case_number="D-11", **county.later)


# The worked example, point 9.


def test_point_9_after_the_letters_nothing_leaves(office: OpenOffice, tmp_path: Path) -> None:
    example = Office(office, tmp_path).worked_example()
    items = [("Sheriff", f"INV-00{number}") for number in range(1, 9)]
    items += [("Sheriff", "DOC-001"), ("Sheriff", "SFSO-DOC-2024-001/1")]
    for agency, tag in items:
        for act, how in ((release_item, GO), (destroy_item, END)):
            found = refusal(act, agency=agency, tag=tag, **how, **example.later)
            assert "PRESERVATION-LETTER" in found["hold_stands"], tag
    bears = refusal(release_item, agency="Sheriff", tag="DOC-001", **GO, **example.later)
    for name in (f"case:{R}", f"civil_suit:{R}", f"appeal:{R}", f"window:{R2}", f"case:{R2}"):
        assert f"“{name}” stands on DOC-001" in bears["hold_stands"]


def test_point_9_neither_the_closing_nor_a_lifted_letter_frees_them(
    office: OpenOffice, tmp_path: Path
) -> None:
    example = Office(office, tmp_path).worked_example()
    lifted = lift_hold(
        hold="PRESERVATION-LETTER", by="counsel in the civil suit", reason="test", **example.later
    )
    assert len(lifted.entries) == 6  # two accounts of three letters
    assert lifted.lifting.releasable == ()
    lift_hold(hold=f"case:{R}", by="Sam Reed", reason="test", **example.later)
    lift_hold(hold=f"case:{R2}", by="Sam Reed", reason="test", **example.later)
    # The suit was dismissed for inactivity and filed again: its hold rests on both filings.
    found = refusal(release_item, agency="Sheriff", tag="DOC-001", **GO, **example.later)
    assert (
        f"a civil suit about {R}, filed on January 9, 2025 and in September 2025"
        in found["hold_stands"]
    )
    suit = lift_hold(hold=f"civil_suit:{R}", by="Sam Reed", reason="settled", **example.later)
    rest = {one.tag: one.because for one in suit.lifting.still_held}
    assert [words.split(":")[0] for words in rest["DOC-001"]] == ["appeal", "window"]


def test_another_export_of_the_same_row_does_not_place_a_lifted_hold_again(county: Office) -> None:
    row = {
        "hold": "LETTER-1",
        "placed_at": "2026-01-02",
        "by": "Olga Hart",
        "reason": "a letter",
        "case_number": "D-1",
    }
    assert county.importer.table("holds", [row]).recorded
    free(county, "LETTER-1", "case:D-1")
    county.importer.table("holds", [row])
    assert ("Alder Sheriff", "E-1") in releasable("D-1", now_ms=county.office.now_ms + 60_000).free


# The manual's own steps.


def steps_of_the_manual() -> list[str]:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "release-an-item.md"
    return re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


def test_the_manual_s_steps_release_an_item(county: Office) -> None:
    steps = steps_of_the_manual()
    names: dict[str, Any] = {"now": county.now_ms + 60_000}
    exec(steps[1], names)
    exec(steps[2], names)
    assert ("Alder Sheriff", "E-2") in names["done"].lifting.releasable
    names["now"] += 60_000
    exec(steps[3], names)
    assert county.entry(names["entry"]).data["to"] == "Tom Reed"


def test_the_manual_s_step_with_an_order(county: Office) -> None:
    steps = steps_of_the_manual()
    names: dict[str, Any] = {"now": county.now_ms + 60_000, "release_item": release_item}
    exec(steps[4], names)
    (entry,) = county.importer.entries("custody.recorded")
    assert entry.data["order"] == "order of release 7, item E-2"
