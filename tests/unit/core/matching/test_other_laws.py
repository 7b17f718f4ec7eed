"""What the shipped packs do not have: continuing duties with a number, grounds under seal, other targets."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.errors import Refused
from fullfile.core.matching import Policy, State, lines_of_office, read_world
from fullfile.core.rules import Ground, Period, Trigger
from fullfile.core.rules.law import Law
from tests.spec.backends import law, moment_of
from tests.spec.loader import entries_of
from tests.spec.reading import FIRST, Import

ROWS = {
    "cases": """case_number,jurisdiction,court_level,opened_on,report_numbers
D-1,us-nm,district,2024-01-19,Sheriff:24-100""",
    "parties": """case_number,name,role
D-1,Ada Roe,defendant""",
    "docket": """case_number,event,occurred_on,defendant
D-1,arraignment,2024-01-31,Ada Roe""",
    "items": """agency,tag,description,report_number,booked_at
Sheriff,E-1,a knife,24-100,2024-03-06""",
    "filings": """case_number,agency,tag,filed_at
D-1,Sheriff,E-1,2024-03-06""",
}


def changed(**rule):
    """New Mexico's pack with another continuing duty."""
    pack = law().packs["us-nm"]
    rules = tuple(
        replace(one, **rule) if one.duty == "continuing" and "district" in one.court_levels else one
        for one in pack.rules
    )
    return Law({"us-nm": replace(pack, rules=rules)}, law().calendars)


def with_ground(**ground):
    pack = law().packs["us-nm"]
    made = Ground(id="secret", name="a secret", cite="Rule 1", check="unread", **ground)
    return Law({"us-nm": replace(pack, grounds=(*pack.grounds, made))}, law().calendars)


def line_on(day, the_law, **rows):
    world = read_world(
        entries_of([Import("office", FIRST, ROWS | rows)]),
        zone=ZoneInfo("America/Denver"),
        moment=moment_of(day),
        law=the_law,
        policy=Policy(),
    )
    return next(line for line in lines_of_office(world) if line.tag == "E-1")


def test_a_continuing_duty_with_a_number_of_days_is_law():
    line = line_on("2024-03-10", changed(continuing="number", period=Period(5, "days")))
    assert (line.state, line.due, line.due_basis) == (State.PENDING, "2024-03-11", "law")
    assert "Due to Ada Roe on March 11, 2024 by law (Rule 5-505(A) NMRA)" in line.why


def test_two_sources_that_date_a_request_otherwise_are_named():
    pack = law().packs["us-nm"]
    rules = tuple(
        replace(one, triggers=(Trigger("discovery_request"),))
        if one.id == "us-nm:5-501(A)"
        else one
        for one in pack.rules
    )
    asked = """case_number,defendant,requested_at,asks_for
D-1,Ada Roe,{},everything"""
    first = Import("office", FIRST, ROWS | {"requests": asked.format("2024-02-05")})
    other = Import("court", FIRST, {"requests": asked.format("2024-02-07")})
    world = read_world(
        entries_of([first, other]),
        zone=ZoneInfo("America/Denver"),
        moment=moment_of("2024-03-10"),
        law=Law({"us-nm": replace(pack, rules=rules)}, law().calendars),
        policy=Policy(),
    )
    line = next(line for line in lines_of_office(world) if line.tag == "E-1")
    assert "Another account of the discovery request: February 7, 2024 (court)." in line.why


def test_a_continuing_duty_at_once_is_due_on_the_day_it_was_taken_in():
    line = line_on("2024-03-10", changed(continuing="immediately"))
    assert (line.state, line.due, line.days_late) == (State.OVERDUE, "2024-03-06", 4)


def test_a_continuing_number_that_the_pack_does_not_give_is_not_invented():
    line = line_on("2024-03-10", changed(continuing="number", period=None))
    assert (line.due, line.due_basis) == ("2024-03-20", "policy")


def test_what_was_held_before_the_laws_date_is_not_under_the_continuing_duty():
    items = ROWS["items"].replace("2024-03-06", "2024-01-06")
    line = line_on("2024-03-10", changed(continuing="immediately"), items=items)
    assert (line.due, line.due_basis) == ("2024-02-14", "law")


WITHHELD = """case_number,agency,tag,ground,withheld_at,by,announced_at,sealed,order,order_on
D-1,Sheriff,E-1,secret,2024-03-07,Pat Law,{announced},{sealed},{order},"""


@pytest.mark.parametrize(
    ("announced", "sealed", "state", "wanting"),
    [
        ("", "", State.WITHHELD_WITHOUT_ORDER, "an announcement under seal"),
        ("2024-03-08", "", State.WITHHELD, ""),
        ("2024-03-20", "", State.WITHHELD_WITHOUT_ORDER, "an announcement under seal"),
        ("", "yes", State.WITHHELD, ""),
    ],
)
def test_an_announcement_under_seal(announced, sealed, state, wanting):
    rows = WITHHELD.format(announced=announced, sealed=sealed, order="")
    line = line_on(
        "2024-03-10", with_ground(order="not_needed", announce="sealed"), withholdings=rows
    )
    assert line.state is state
    assert wanting in line.why


def test_everything_that_is_wanting_is_named():
    rows = WITHHELD.format(announced="", sealed="", order="").replace("Pat Law", "")
    line = line_on("2024-03-10", with_ground(order="needed", announce="writing"), withholdings=rows)
    assert (
        "Rule 1 asks for the name of whoever withheld it, an order and an announcement in writing; "
        "none is on record"
    ) in line.why


def test_an_order_without_a_date_counts_from_the_withholding():
    rows = WITHHELD.format(announced="", sealed="", order="order 7")
    line = line_on("2024-03-10", with_ground(order="needed", announce="none"), withholdings=rows)
    assert (line.state, line.also) == (State.WITHHELD, ())
    assert "order 7" in line.why


def test_a_target_holds_from_its_day():
    policy = Policy(target_steps=((10, 7), (20, 30)))
    assert [policy.target_on(day) for day in (9, 10, 19, 20)] == [14, 7, 7, 30]


def test_a_pack_that_is_not_there():
    nothing = Law({}, {})
    assert nothing.first_rule("us-nm", "district") is None
    assert nothing.triggers("us-nm", "district") == ()
    assert nothing.continuing("us-nm", "district") is None
    assert nothing.ground("us-nm", "informer") is None
    assert not nothing.has_dated_rule("us-nm", "district")
    assert law().triggers("us-nm", "") == ("arraignment", "waiver_of_arraignment")


def test_a_pack_whose_rule_cannot_be_counted_is_refused():
    pack = law().packs["us-nm"]
    rules = tuple(
        replace(one, period=None) if one.id == "us-nm:5-501(A)" else one for one in pack.rules
    )
    broken = Law({"us-nm": replace(pack, rules=rules)}, law().calendars)
    with pytest.raises(Refused, match="needs a period"):
        broken.date("us-nm", "district", "arraignment", 19_753)


def test_whether_a_continuing_duty_gives_a_number():
    assert not Law({}, {}).gives_number("us-nm", "district")
    assert not law().gives_number("us-nm", "district")
    assert law().gives_number("us-nm", "district_second")
    assert law().gives_number("us-ca", "superior")
