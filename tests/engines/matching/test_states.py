"""The states of a line: one scenario, what is on record and what the line says, on each engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fullfile.core.matching.line import Policy
from tests.engines.matching.world import ENGINES, World, day_number, first, law, place_for, said

Scenario = Callable[[World], None]
Ask = Callable[..., list[str]]


# Compiling the expression takes seconds. tests/spec asks every engine for every state at every change; the words
# of a line are asked of one here, and of the others at night.
@pytest.fixture(
    params=[pytest.param(one, marks=() if one == "duckdb" else pytest.mark.slow) for one in ENGINES]
)
def ask(request: Any, tmp_path: Path) -> Ask:
    """The lines of a world, in words."""

    def lines(world: World, on: str, **how: Any) -> list[str]:
        place = place_for(request.param, request, tmp_path)
        return [said(row) for row in world.lines(request.param, place, on, **how)]

    return lines


@pytest.fixture
def world() -> World:
    """A case with one defendant, arraigned on 3 January 2024: due by law on the 13th."""
    made = World(law=law("2024-01-03"))
    made.open_case()
    made.add("docket", case_id=1, event="arraignment", on="2024-01-03")
    made.add("answers", case_id=1, agency_id=1, answer="all_handed_over", on="2024-01-04")
    return made


BEFORE, AFTER = "2024-01-13", "2024-01-14"


def test_nothing_done_is_unfiled_and_pending_until_it_is_overdue(world: World, ask: Ask) -> None:
    world.item(booked="2024-01-02")
    assert ask(world, BEFORE) == ["item 1 case 1 for 11: unfiled + pending"]
    assert ask(world, AFTER) == ["item 1 case 1 for 11: unfiled + overdue"]


@pytest.mark.parametrize(
    ("disclosed", "ack", "whole", "state"),
    [
        ("2024-01-13", "2024-01-15", True, "full"),
        ("2024-01-13", None, True, "unacknowledged"),
        ("2024-01-14", "2024-01-15", True, "late"),
        ("2024-01-13", "2024-01-15", False, "partial"),
        ("2024-01-14", None, False, "partial + late"),
        (None, None, True, "overdue"),
    ],
)
def test_filed_and_disclosed(
    world: World, ask: Ask, disclosed: str | None, ack: str | None, whole: bool, state: str
) -> None:
    world.item(booked="2024-01-02")
    world.add("filings", case_id=1, item_id=1, filed="2024-01-05")
    if disclosed:
        world.add(
            "disclosures",
            case_id=1,
            defendant_id=11,
            item_id=1,
            on=disclosed,
            whole=whole,
            ack=ack,
        )
    assert ask(world, "2024-02-01") == [f"item 1 case 1 for 11: {state}"]


def test_what_was_never_booked_is_missing(world: World, ask: Ask) -> None:
    world.key("item_key", item_id=5, agency_id=1)
    world.add("filings", case_id=1, item_id=5, filed="2024-01-05")
    assert ask(world, "2024-01-12") == ["item 5 case 1 for 11: missing + pending"]


def test_what_is_withheld_stands_on_a_ground_an_order_and_a_name(world: World, ask: Ask) -> None:
    for item in (1, 2, 3, 4, 5, 6):
        world.item(item, booked="2024-01-02")
        world.add("filings", case_id=1, item_id=item, filed="2024-01-05")
    kept: dict[str, Any] = {"case_id": 1, "on": "2024-01-10", "named": True}
    world.add("withholdings", item_id=1, ground="work", **kept)
    world.add("withholdings", item_id=2, ground="informant", **kept)
    world.add("withholdings", item_id=3, ground="informant", **kept, ordered=True)
    world.add("withholdings", item_id=4, ground="because", **kept)
    world.add("withholdings", item_id=5, ground="work", **(kept | {"on": "2024-01-20"}))
    world.add("withholdings", item_id=6, ground="work", **kept, until="2024-01-25")
    assert ask(world, "2024-01-24") == [
        "item 1 case 1 for 11: withheld",
        "item 2 case 1 for 11: withheld_without_order + overdue",
        "item 3 case 1 for 11: withheld",
        "item 4 case 1 for 11: withheld_without_order + overdue",
        "item 5 case 1 for 11: withheld + overdue",
        "item 6 case 1 for 11: withheld",
    ]
    # From the end of a withholding the office's target counts: 14 days from the 25th.
    assert ask(world, "2024-02-08")[5] == "item 6 case 1 for 11: pending"
    assert ask(world, "2024-02-09")[5] == "item 6 case 1 for 11: overdue"


def test_grounds_may_ask_for_an_announcement_or_a_seal(world: World, ask: Ask) -> None:
    for item in (1, 2, 3):
        world.item(item, booked="2024-01-02")
        world.add("filings", case_id=1, item_id=item, filed="2024-01-05")
    kept: dict[str, Any] = {"case_id": 1, "on": "2024-01-05", "named": True}
    world.add("withholdings", item_id=1, ground="told", **kept, sealed=True)
    world.add("withholdings", item_id=2, ground="told", **kept, announced="2024-01-06")
    world.add("withholdings", item_id=3, ground="shut", **kept, sealed=True)
    assert [line.split(": ")[1] for line in ask(world, "2024-01-08")] == [
        "withheld_without_order + pending",
        "withheld",
        "withheld",
    ]


def test_setting_aside_takes_two_people_and_is_reopened(world: World, ask: Ask) -> None:
    for item in (1, 2, 3):
        world.item(item, booked="2024-01-02", booker_norm="a booker")
    wish: dict[str, Any] = {
        "case_id": 1,
        "set_aside": True,
        "reasoned": True,
        "filed": "2024-01-05",
    }
    for item, second in ((1, "second"), (2, "a booker"), (3, "second")):
        world.add(
            "filings",
            item_id=item,
            by_norm="first",
            confirmed_norm=second,
            confirmed="2024-01-06",
            **wish,
        )
    world.add("determinations", item_id=3, case_id=1, on="2024-01-07")
    assert ask(world, "2024-01-06")[0] == "item 1 case 1 for 11: set_aside + unfiled + pending"
    assert [line.split(": ")[1] for line in ask(world, "2024-01-08")] == [
        "set_aside + unfiled + pending",
        "unfiled + pending",
        "unfiled + pending",
    ]


def test_a_loss_is_under_hold_while_the_case_is_open(world: World, ask: Ask) -> None:
    for item in (1, 2, 3, 4, 5):
        world.item(item, booked="2023-12-01", quantity=20_000)
    loss: dict[str, Any] = {"event": "destroyed", "on": "2024-01-08"}
    world.add("custody", item_id=1, **loss)
    world.add("custody", item_id=2, **loss, ordered=True)
    world.add("custody", item_id=3, event="released", on="2024-01-08")
    world.add("custody", item_id=3, event="checked_in", on="2024-01-09")
    world.add("custody", item_id=4, event="consumed", on="2024-01-08", quantity=5_000)
    world.add("item_status", item_id=5, status="released", recorded="2023-12-20", source_id=1)
    assert [line.split(": ")[1] for line in ask(world, "2024-01-10")] == [
        "destroyed_under_hold + unfiled + pending",
        "gone + unfiled + pending",
        "unfiled + pending",
        "unfiled + pending",
        "gone + unfiled + pending",
    ]


def test_a_row_of_holds_keeps_what_no_case_keeps_yet(world: World, ask: Ask) -> None:
    for item in (1, 2, 3):
        world.item(item, booked="2023-12-01")
        world.add("custody", item_id=item, event="destroyed", on="2023-12-20")
    world.item(4, report=777, booked="2023-12-01")
    world.item(5, report=None, booked="2023-12-01", parent_id=4)
    world.add("custody", item_id=5, event="destroyed", on="2023-12-20")
    world.add("holds", hold_norm="a", item_id=1, placed="2023-12-10")
    world.add("holds", hold_norm="b", item_id=2, placed="2023-12-10", lifted="2023-12-15")
    world.add("holds", hold_norm="c", item_id=3, placed="2023-12-21")
    world.add("holds", hold_norm="d", report_id=777, placed="2023-12-10")
    assert ask(world, "2024-01-10") == [
        "item 4: orphan",
        "item 5: orphan + destroyed_under_hold",
        "item 1 case 1 for 11: destroyed_under_hold + unfiled + pending",
        "item 2 case 1 for 11: gone + unfiled + pending",
        "item 3 case 1 for 11: gone + unfiled + pending",
    ]


def test_a_case_lets_go_only_by_name(world: World, ask: Ask) -> None:
    world.item(booked="2023-12-01")
    world.add("holds", hold_norm="case:case 1", case_id=1, placed="2024-01-02", lifted="2024-01-05")
    world.add("custody", item_id=1, event="destroyed", on="2024-01-06")
    assert ask(world, "2024-01-10") == ["item 1 case 1 for 11: gone + unfiled + pending"]


def test_missing_until_found_and_not_while_signed_out(world: World, ask: Ask) -> None:
    for item in (1, 2, 3, 4):
        world.item(item, booked="2024-01-02", quantity=20_000)
    world.add("custody", item_id=1, event="not_found", on="2024-01-05")
    world.add("custody", item_id=2, event="checked_out", on="2024-01-04")
    world.add("custody", item_id=2, event="not_found", on="2024-01-05")
    world.add("custody", item_id=3, event="inventoried", on="2024-01-05", quantity=19_000)
    world.add("item_status", item_id=4, status="lost", recorded="2024-01-05", source_id=1)
    world.add("custody", item_id=1, event="found", on="2024-01-08")
    states = [line.split(": ")[1].split(" + ")[0] for line in ask(world, "2024-01-06")]
    assert states == ["missing", "unfiled", "missing", "missing"]
    assert ask(world, "2024-01-09")[0] == "item 1 case 1 for 11: unfiled + pending"


def test_what_happens_to_a_box_happens_to_what_is_in_it(world: World, ask: Ask) -> None:
    world.item(1, booked="2024-01-02")
    world.item(2, report=None, booked="2024-01-03", parent_id=1)
    world.item(3, report=None, booked="2024-01-03", parent_id=2)
    world.item(2, report=None, booked="2024-01-03", parent_id=3)  # a circle is walked once
    world.add("filings", case_id=1, item_id=1, filed="2024-01-05", with_contents=True)
    world.add("disclosures", case_id=1, defendant_id=11, item_id=1, on="2024-01-06", whole=True)
    world.add("custody", item_id=1, event="not_found", on="2024-01-07")
    assert ask(world, "2024-01-06") == [
        "item 1 case 1 for 11: unacknowledged",
        "item 2 case 1 for 11: pending",
        "item 3 case 1 for 11: pending",
    ]
    assert ask(world, "2024-01-07") == [
        "item 1 case 1 for 11: missing + unacknowledged",
        "item 2 case 1 for 11: missing + pending",
        "item 3 case 1 for 11: missing + pending",
    ]


def test_after_a_conviction_lines_freeze_and_new_things_are_post_conviction(
    world: World, ask: Ask
) -> None:
    world.item(1, booked="2024-01-02")
    world.item(2, booked="2024-01-20")
    world.add("docket", case_id=1, event="convicted", on="2024-01-10")
    assert ask(world, "2024-02-01") == [
        "item 1 case 1 for 11: unfiled + pending",
        "item 2 case 1 for 11: unfiled + post_conviction",
    ]


def test_after_an_acquittal_no_line_arises_and_a_new_trial_opens_again(
    world: World, ask: Ask
) -> None:
    world.add("counts", case_id=1, defendant_id=11, count_norm="1", offense_norm="x")
    world.add("counts", case_id=1, defendant_id=11, count_norm="2", offense_norm="y")
    world.item(1, booked="2024-01-02")
    world.item(2, booked="2024-01-20")
    world.add("docket", case_id=1, event="acquitted", count_norm="1", on="2024-01-10")
    assert len(ask(world, "2024-02-01")) == 3  # one count is open, and no answer stands
    world.add(
        "docket", case_id=1, event="dismissed_with_prejudice", count_norm="2", on="2024-01-11"
    )
    assert ask(world, "2024-02-01") == ["item 1 case 1 for 11: unfiled + pending"]
    world.add("docket", case_id=1, event="reinstated", on="2024-01-25")
    assert ask(world, "2024-02-01") == [
        "item 1 case 1 for 11: unfiled + overdue",
        "item 2 case 1 for 11: unfiled + pending",
        "agency 1 case 1: unanswered",
    ]


def test_after_an_order_with_a_date_the_order_rules(world: World, ask: Ask) -> None:
    world.item(1, booked="2024-01-02")
    world.item(2, booked="2024-02-10")
    world.add(
        "docket",
        case_id=1,
        event="order",
        on="2024-01-10",
        due_day=day_number("2024-02-01"),
        about_disclosure=True,
    )
    assert ask(world, "2024-02-01")[0] == "item 1 case 1 for 11: unfiled + pending"
    # Item 2 came after the order's date: the office's target, 14 days from the 10th.
    assert ask(world, "2024-02-25")[:2] == [
        "item 1 case 1 for 11: unfiled + overdue",
        "item 2 case 1 for 11: unfiled + overdue",
    ]
    assert ask(world, "2024-02-24")[1] == "item 2 case 1 for 11: unfiled + pending"


def test_a_date_that_had_passed_in_the_case_refiled_from_stands(world: World, ask: Ask) -> None:
    world.item(1, booked="2024-01-02")
    world.open_case(2, opened="2024-03-01", people=(21,))
    world.add("case_relations", case_id=2, other_id=1, kind="refiled_from")
    world.add("disclosures", case_id=1, defendant_id=11, item_id=1, on="2024-01-10", whole=True)
    world.add("filings", case_id=1, item_id=1, filed="2024-01-05")
    # Filed and disclosed in the old case: both carry over, in time by the old date.
    assert ask(world, "2024-03-10")[:2] == [
        "item 1 case 1 for 11: unacknowledged",
        "item 1 case 2 for 21: unacknowledged",
    ]


def test_accounts_of_several_sources_count_as_the_page_says(world: World, ask: Ask) -> None:
    world.item(1, booked="2024-01-02")
    world.add("filings", case_id=1, item_id=1, filed="2024-01-05")
    got: dict[str, Any] = {"case_id": 1, "defendant_id": 11, "item_id": 1, "whole": True}
    world.add("disclosures", on="2024-01-10", source_id=1, ack="2024-01-11", **got)
    world.add("disclosures", on="2024-01-16", source_id=2, **got)
    world.key("source_key", source_id=1, name="log")
    world.key("source_key", source_id=2, name="court")
    assert ask(world, "2024-01-20")[0] == "item 1 case 1 for 11: late"
    world.policy = Policy(source_rank=("log",))
    assert ask(world, "2024-01-20")[0] == "item 1 case 1 for 11: full"
    world.policy = Policy()
    # With productions named by all, each is a fact of its own, and the earliest counts.
    for row, production in zip(world.rows["disclosures"], ("p1", "p2"), strict=True):
        row["production_norm"] = production
    assert ask(world, "2024-01-20")[0] == "item 1 case 1 for 11: full"


def test_a_case_without_defendants_and_items_without_a_case(ask: Ask) -> None:
    world = World()
    world.open_case(1, people=())
    world.item(1, booked="2024-01-02")
    world.item(2, report=None, booked="2024-01-02")
    world.item(3, report=None, booked="2024-01-02", agency_id=9)
    world.add("agencies", agency_id=9, side="court")
    for item, agency in ((4, 9), (5, 1)):  # on the list by a booking alone
        world.key("item_key", item_id=item, agency_id=agency)
        world.add("custody", item_id=item, event="booked", on="2024-01-05")
    assert ask(world, "2024-02-01") == [
        "item 2: orphan",
        "item 5: orphan",
        "item 1 case 1: no_defendant + unfiled",
    ]


def test_a_mention_is_unbooked_until_booked_or_closed(world: World, ask: Ask) -> None:
    world.add("mentions", agency_id=1, report_id=101, on="2024-01-05")
    world.add("mentions", agency_id=1, report_id=999, on="2024-01-05")
    world.add("mentions", agency_id=1, report_id=101, on="2024-01-05", closed=True)
    few = world.add(
        "mentions", agency_id=1, report_id=101, item_id=1, on="2024-01-05", quantity=20_000
    )
    world.item(1, booked="2024-01-02", quantity=19_000)
    lines = ask(world, "2024-01-06")
    assert [line.split(" ", 2)[0] for line in lines].count("mention") == 3
    assert f"mention {few} case 1: unbooked" in lines
    assert ask(world, "2024-01-04") == ["item 1 case 1 for 11: unfiled + pending"]


def test_an_agency_answers_and_the_answer_falls(world: World, ask: Ask) -> None:
    world.item(1, booked="2024-01-02")
    assert len(ask(world, "2024-01-20")) == 1
    world.item(2, booked="2024-01-10")  # held after the answer
    assert ask(world, "2024-01-20")[-1] == "agency 1 case 1: unanswered"
    world.add("answers", case_id=1, agency_id=1, answer="more_to_come", on="2024-01-12")
    assert len(ask(world, "2024-01-20")) == 2
    assert ask(world, "2024-01-27")[-1] == "agency 1 case 1: unanswered"


def test_an_agency_that_had_an_item_in_its_hands_is_asked(world: World, ask: Ask) -> None:
    world.item(1, booked="2024-01-02")
    asked = ["agency 2 case 1: unanswered"]
    row = world.add("agencies", agency_id=2, side="state")
    for name in ("state laboratory", "the lab"):
        world.add("agency_names", agency_id=2, name_norm=name)
        world.rows["agency_names"][-1]["entry"] = row
    # A later agency of the same name does not have it; a person is no agency.
    world.add("agency_names", agency_id=3, name_norm="the lab")
    moment = first("2024-01-20")
    world.add("custody_names", item_id=2, first=moment, name_norm="state laboratory")
    world.add("custody_names", item_id=1, first=moment, name_norm="r. lane")
    before = world.size
    world.add("custody_names", item_id=1, first=moment, name_norm="the lab")
    assert ask(world, "2024-01-19")[1:] == []
    assert ask(world, "2024-01-20", size=before)[1:] == []
    assert ask(world, "2024-01-20")[1:] == asked
    world.rows["cases"][0]["time_zone"] = "Asia/Tokyo"
    assert ask(world, "2024-01-19", zones={"Asia/Tokyo": "2024-01-20"})[1:] == asked
    world.rows["agencies"][0]["side"] = "court"
    assert ask(world, "2024-01-20")[1:] == []


def test_a_count_after_a_bar_is_barred(world: World, ask: Ask) -> None:
    charge: dict[str, Any] = {"case_id": 1, "defendant_id": 11, "offense_norm": "theft"}
    world.add("counts", count_norm="1", charged="2024-01-02", **charge)
    world.add("docket", case_id=1, event="acquitted", count_norm="1", on="2024-02-01")
    barred = world.add("counts", count_norm="2", charged="2024-03-01", **charge)
    world.add("counts", count_norm="3", charged="2024-03-01", **charge, overridden=True)
    world.add("counts", count_norm="4", charged="2024-03-01", **(charge | {"offense_norm": "x"}))
    assert f"count {barred} case 1 for 11: barred_count" in ask(world, "2024-03-10")
    assert sum("barred_count" in line for line in ask(world, "2024-03-10")) == 1
    world.add("docket", case_id=1, event="reversed", on="2024-02-10")
    assert not any("barred_count" in line for line in ask(world, "2024-03-10"))


def test_as_of_and_clocks(world: World, ask: Ask) -> None:
    world.item(1, booked="2024-01-02")
    size = world.size
    old = world.add("filings", case_id=1, item_id=1, filed="2024-01-05")
    filed = world.size
    row = world.rows["filings"][-1]
    row["to_index"] = world.add("filings", case_id=1, item_id=1, filed="2024-01-05", withdrawn=True)
    assert old == size
    assert ask(world, BEFORE, size=size) == ["item 1 case 1 for 11: unfiled + pending"]
    assert ask(world, BEFORE, size=filed) == ["item 1 case 1 for 11: pending"]
    assert ask(world, BEFORE) == ["item 1 case 1 for 11: unfiled + pending"]
    world.rows["cases"][0]["time_zone"] = "Asia/Tokyo"
    assert ask(world, BEFORE, zones={"Asia/Tokyo": AFTER})[0] == (
        "item 1 case 1 for 11: unfiled + overdue"
    )


def test_a_later_trigger_dates_what_is_new_with_it(world: World, ask: Ask) -> None:
    world.law = law("2024-01-03", "2024-02-20")
    world.add("docket", case_id=1, event="arraignment", on="2024-02-20")
    world.item(1, booked="2024-01-02")
    world.item(2, booked="2024-01-20")  # its target passed on 3 February, before the trigger
    world.item(3, booked="2024-02-15")  # due by law on 1 March, ten days from the trigger
    states = [line.split(": ")[1] for line in ask(world, "2024-03-01")[:3]]
    assert states == ["unfiled + overdue", "unfiled + overdue", "unfiled + pending"]
    assert ask(world, "2024-03-02")[2] == "item 3 case 1 for 11: unfiled + overdue"
