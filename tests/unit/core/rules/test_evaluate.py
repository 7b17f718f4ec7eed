"""From a pack to a date: which rule, what is lacking, and what goes with the answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from fullfile.core.errors import NotFound, Refused
from fullfile.core.rules import (
    Calendar,
    CalendarYear,
    CourtLevel,
    Ground,
    Holiday,
    Method,
    Pack,
    Period,
    Rule,
    Trigger,
    by_hand,
    continuing_rule,
    deadline,
    deadline_as_json,
    deadline_by_rule,
    find_rule,
    first_disclosure_rule,
    pack_as_json,
    pack_due,
    pack_due_as_json,
    parse_trigger,
    trigger_events,
    weakest_check,
)

HOLIDAYS = (
    Holiday(date(2024, 2, 19), "Presidents' Day", check="text"),
    Holiday(date(2024, 6, 19), "observed day", check="unread"),
)
COUNTY = Calendar("county", version="7", years=(CalendarYear(2024, HOLIDAYS),))
CALENDARS = {"county": COUNTY}


def _rule(cite: str, **change) -> Rule:
    plain = Rule(
        id=f"us-zz:{cite}",
        cite=f"Rule {cite} ZZ",
        title="first disclosure",
        duty="first_disclosure",
        owes="prosecution",
        to="defendant",
        court_levels=("district",),
        triggers=(Trigger("arraignment"),),
        trigger_words="arraignment",
        method=Method("short_period_working_days", 10),
        direction="after",
        roll="with_direction",
        check="part",
        period=Period(10, "days"),
        effective_from=date(2020, 1, 1),
    )
    return replace(plain, **change)


PACK = Pack(
    id="us-zz",
    name="Zz",
    language="en",
    time_zones=("America/Denver",),
    version="1",
    effective_from=date(2020, 1, 1),
    effective_to=None,
    weekend=("sat", "sun"),
    calendar="county",
    not_legal_advice="Not legal advice.",
    court_levels=(CourtLevel("district", "district court"), CourtLevel("town", "town court")),
    default_court_level="district",
    rules=(
        _rule("1(A)"),
        _rule("1(A)", effective_from=date(2024, 7, 1), period=Period(30, "days")),
        _rule(
            "2",
            duty="continuing",
            continuing="undated",
            method=Method("undated"),
            period=None,
            period_words="promptly",
            triggers=(),
            trigger_words="a party learns of more",
        ),
        _rule("3", duty="other", method=Method("hours"), period=Period(48, "hours"), roll="none"),
    ),
    grounds=(Ground("informer", "informer", "1(F)", "not_needed", "certificate", "part"),),
)


def test_the_date_comes_with_everything_a_checker_needs():
    found = pack_due(PACK, CALENDARS, "", "arraignment", date(2024, 2, 9))
    assert (found.due, found.rule_id, found.cite, found.check, found.lacks) == (
        date(2024, 2, 26),
        "us-zz:1(A)",
        "Rule 1(A) ZZ",
        "part",
        (),
    )
    told = pack_due_as_json(found)
    assert json.loads(json.dumps(told)) == told
    sum_ = told["deadline"]
    assert sum_["calendar"] == "county"
    assert (sum_["calendar_version"], sum_["pack_version"]) == ("7", "1")
    assert sum_["trigger_event"] == "arraignment"
    assert {"on": "2024-02-19", "because": "Presidents' Day"} in sum_["skipped"]


def test_a_skipped_day_that_nobody_read_weakens_the_mark():
    found = pack_due(PACK, CALENDARS, "district", "arraignment", date(2024, 6, 14))
    assert found.check == "unread"
    assert weakest_check("text", None, "part") == "part"
    assert weakest_check(None) is None


def test_the_version_in_force_on_the_day_of_the_event_counts():
    assert first_disclosure_rule(PACK, "district", date(2024, 6, 30)).period.n == 10
    assert first_disclosure_rule(PACK, "district", date(2024, 7, 1)).period.n == 30
    assert first_disclosure_rule(PACK, "", None).period.n == 30
    early = pack_due(PACK, CALENDARS, "", "arraignment", date(2019, 6, 3))
    assert early.due is None
    assert "in force on 2019-06-03" in early.lacks[0]


@pytest.mark.parametrize(
    ("level", "event", "day", "words"),
    [
        ("", None, None, "arraignment, from which Rule 1(A) ZZ counts"),
        ("", "motion", date(2024, 2, 9), "motion does not start its clock"),
        ("town", "arraignment", date(2024, 2, 9), "a disclosure rule for the town court"),
        ("moot", "arraignment", date(2024, 2, 9), "is not among district, town"),
        ("", "arraignment", date(2024, 12, 30), "calendar county has no table for 2025"),
    ],
)
def test_without_a_date_it_says_what_is_lacking(level, event, day, words):
    found = pack_due(PACK, CALENDARS, level, event, day)
    assert found.due is None
    assert words in found.lacks[0]


def test_a_pack_whose_calendar_is_not_installed_gives_no_date():
    found = pack_due(PACK, {}, "", "arraignment", date(2024, 2, 9))
    assert (found.due, found.lacks) == (None, ("calendar county has no table for 2024",))


def test_an_undated_first_duty_gives_no_date_and_says_so():
    pack = replace(
        PACK,
        rules=(
            replace(PACK.rules[2], duty="first_disclosure", triggers=(Trigger("arraignment"),)),
        ),
    )
    found = pack_due(pack, CALENDARS, "", "arraignment", parse_trigger("2024-02-09T10:00"))
    assert found.due is None
    assert found.lacks == ("a number of days in Rule 2 ZZ",)


def test_the_continuing_rule_and_the_triggers():
    assert continuing_rule(PACK, "district").id == "us-zz:2"
    assert continuing_rule(PACK, "town") is None
    assert continuing_rule(PACK, "moot") is None
    assert trigger_events(PACK, "") == ("arraignment",)
    assert trigger_events(PACK, "town") == ()


def test_an_order_changes_the_method_with_the_number_or_sets_the_day():
    rule = PACK.rules[0]
    ordered = deadline(rule, date(2024, 1, 31), COUNTY, ordered_period=Period(11, "days"))
    assert (ordered.due, ordered.ordered, ordered.period) == (date(2024, 2, 12), True, "11 days")
    fixed = deadline(rule, date(2024, 1, 31), COUNTY, ordered_due=date(2024, 2, 18))
    assert (fixed.due, fixed.ordered) == (date(2024, 2, 18), True)
    assert "does not roll" in fixed.working


@pytest.mark.parametrize(
    "name", ["us-zz:1(A)", "us-zz: 1 (a)", "1(A)", "Rule 1(A) ZZ", " rule 1 (A) zz "]
)
def test_a_rule_is_found_however_it_is_spaced(name):
    assert find_rule([PACK], name)[1].period.n == 30
    assert find_rule([PACK], name, on=date(2024, 1, 1))[1].period.n == 10


def test_an_unknown_rule_names_the_nearest():
    with pytest.raises(NotFound, match=r"us-zz:1\(A\)"):
        find_rule([PACK], "us-zz:1(B)")
    with pytest.raises(NotFound, match="fullfile packs"):
        find_rule([PACK], "something else entirely")


def test_a_cite_of_two_packs_must_name_the_pack():
    twin = replace(PACK, id="us-yy", rules=(_rule("1(A)", id="us-yy:1(A)"),))
    with pytest.raises(Refused, match="several packs"):
        find_rule([PACK, twin], "1(A)")
    assert find_rule([PACK, twin], "us-yy:1(A)")[0].id == "us-yy"


def test_one_rule_by_itself():
    found = deadline_by_rule([PACK], CALENDARS, "1(A)", date(2024, 1, 31))
    assert (found.due, found.rule) == (date(2024, 2, 14), "us-zz:1(A)")
    hours = deadline_by_rule([PACK], CALENDARS, "3", parse_trigger("2024-03-01T14:30"))
    assert deadline_as_json(hours)["due"] == "2024-03-03T14:30:00"
    old = deadline_by_rule([PACK], CALENDARS, "1(A)", date(2012, 1, 31))
    assert old.due is None
    assert "in force on Tue 31 Jan 2012" in old.lacks[0]
    ended = replace(PACK, rules=(_rule("9", effective_to=date(2023, 12, 31)),))
    late = deadline_by_rule([ended], CALENDARS, "9", date(2024, 1, 31))
    assert late.lacks[0].endswith("has it from 2020-01-01 to 2023-12-31")
    assert (
        "in force on 2024-01-31"
        in pack_due(ended, CALENDARS, "", "arraignment", date(2024, 1, 31)).lacks[0]
    )


def test_the_json_of_a_pack_carries_every_check_mark():
    told = pack_as_json(PACK)
    assert json.loads(json.dumps(told)) == told
    assert [rule["check"] for rule in told["rules"]] == ["part"] * 4
    assert told["grounds"][0]["announce"] == "certificate"
    assert told["not_legal_advice"]


def test_grounds_and_court_levels_are_found_by_word():
    assert PACK.ground(" Informer ").order == "not_needed"
    assert PACK.ground("mood") is None
    assert PACK.court_level(None).id == "district"
    assert PACK.court_level("Town").id == "town"


def test_by_hand_with_a_calendar_by_id():
    asked = {"method": "calendar_roll", "period": "10 days", "trigger": "2024-02-09"}
    found = by_hand(**asked, calendar="COUNTY", calendars=CALENDARS)
    assert (found.due, found.calendar, found.lacks) == (date(2024, 2, 20), "county", ())
    with pytest.raises(NotFound, match="those known are county"):
        by_hand(**asked, calendar="nowhere", calendars=CALENDARS)
    none = by_hand(**asked)
    assert none.due == date(2024, 2, 19)
    assert "only weekends" in none.lacks[0]
    assert by_hand(**asked, roll="none").lacks == ()
    every_day = by_hand(**asked, weekend=[], holidays=[date(2024, 2, 19)])
    assert every_day.due == date(2024, 2, 20)


def test_lists_may_be_typed_with_commas():
    asked = {"method": "calendar_roll", "period": "10 days", "trigger": "2024-02-09"}
    found = by_hand(**asked, holidays="2024-02-19, 2024-02-20", weekend="sat,Sunday")
    assert found.due == date(2024, 2, 21)
    assert by_hand(**asked, holidays="", weekend="").due == date(2024, 2, 19)
