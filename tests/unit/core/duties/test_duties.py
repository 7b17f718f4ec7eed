"""Duties of a case: states, dates and what moved them, on small records and made-up rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.duties import STATES, duties_of_case
from fullfile.core.matching import Policy, lines_of_case, read_world
from fullfile.core.rules import Method, Period, Trigger, Variant
from fullfile.core.rules.law import Law
from tests.spec.backends import law, moment_of
from tests.spec.loader import entries_of
from tests.spec.reading import FIRST, Import

FIRST_RULE, CONTINUING, DEFENCE = "us-nm:5-501(A)", "us-nm:5-505(A)", "us-nm:5-502(A)"
ROWS = {
    "agencies": """agency,kind
Sheriff,police
Laboratory,laboratory""",
    "cases": """case_number,jurisdiction,court_level,opened_on,report_numbers
D-1,us-nm,district,2024-01-19,Sheriff:24-100""",
    "parties": """case_number,name,role
D-1,Ada Roe,defendant""",
    "docket": """case_number,event,occurred_on,defendant,due_on,relates_to,detail
D-1,arraignment,2024-01-31,Ada Roe,,,""",
    "items": """agency,tag,description,report_number,booked_at
Sheriff,E-1,a knife,24-100,2024-01-10""",
    "filings": """case_number,agency,tag,filed_at
D-1,Sheriff,E-1,2024-01-25""",
}
SHOWN = """case_number,defendant,agency,tag,disclosed_at
D-1,Ada Roe,Sheriff,E-1,{}"""


def with_docket(*rows):
    return {"docket": "\n".join([ROWS["docket"], *(f"D-1,{row}" for row in rows)])}


def with_rule(rule_id, **changes):
    """New Mexico's pack with one rule changed."""
    pack = law().packs["us-nm"]
    rules = tuple(replace(rule, **changes) if rule.id == rule_id else rule for rule in pack.rules)
    return Law({"us-nm": replace(pack, rules=rules)}, law().calendars)


def police_rule(**changes):
    pack = law().packs["us-nm"]
    base = next(rule for rule in pack.rules if rule.id == DEFENCE)
    made = replace(
        base, id="us-nm:police", cite="Rule P", owes="police", to="prosecution", **changes
    )
    return Law({"us-nm": replace(pack, rules=(*pack.rules, made))}, law().calendars)


def world_on(day, the_law=None, **rows):
    return read_world(
        entries_of([Import("office", FIRST, ROWS | rows)]),
        zone=ZoneInfo("America/Denver"),
        moment=moment_of(day),
        law=the_law or law(),
        policy=Policy(),
    )


def duties_on(day, the_law=None, **rows):
    world = world_on(day, the_law, **rows)
    return duties_of_case(world, world.cases.by_key["d-1"])


def duty_on(rule, day, the_law=None, **rows):
    found = [one for one in duties_on(day, the_law, **rows) if one.rule == rule]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("day", "shown", "state", "left", "open_lines"),
    [
        ("2024-02-10", None, "open", 4, 1),
        ("2024-02-14", None, "open", 0, 1),
        ("2024-02-15", None, "overdue", -1, 1),
        ("2024-02-15", "2024-02-12", "done", -1, 0),
        ("2024-02-20", "2024-02-19", "done", -6, 0),
    ],
)
def test_first_disclosure(day, shown, state, left, open_lines):
    rows = {"disclosures": SHOWN.format(shown)} if shown else {}
    duty = duty_on(FIRST_RULE, day, **rows)
    assert (duty.state, duty.days_left, duty.open_lines) == (state, left, open_lines)
    assert (duty.due, duty.due_basis, duty.check) == ("2024-02-14", "law", "part")
    assert (duty.trigger_event, duty.trigger) == ("arraignment", "2024-01-31")
    assert duty.skipped[0] == ("2024-02-03", "Saturday")
    assert duty.working
    assert duty.entries
    assert [one.tag for one in duty.open_items] == (["E-1"] if open_lines else [])


def test_a_request_of_the_defence_starts_the_clock_of_the_defendant_who_asked():
    asked = {
        "parties": ROWS["parties"] + "\nD-1,Ben Oak,defendant",
        "requests": """case_number,defendant,requested_at,asks_for
D-1,Ada Roe,2024-02-05,everything
D-1,Ben Oak,2024-02-20,everything""",
    }
    made = with_rule(DEFENCE, triggers=(Trigger("discovery_request"),))
    duties = [one for one in duties_on("2024-02-15", made, **asked) if one.rule == DEFENCE]
    found = {one.defendant: (one.state, one.trigger_event, one.trigger) for one in duties}
    assert found["Ada Roe"] == ("open", "discovery_request", "2024-02-05")
    assert found["Ben Oak"] == ("waiting", None, None)
    first = with_rule(FIRST_RULE, triggers=(Trigger("discovery_request"),))
    duty = next(one for one in duties_on("2024-02-15", first, **asked) if one.rule == FIRST_RULE)
    assert (duty.trigger_event, duty.due) == ("discovery_request", "2024-02-20")


def test_what_came_late_is_done_and_said():
    duty = duty_on(FIRST_RULE, "2024-02-20", disclosures=SHOWN.format("2024-02-19"))
    assert (duty.state, duty.note) == ("done", "1 of 1 came after their date.")


def test_a_part_is_not_the_whole():
    shown = SHOWN.replace("disclosed_at", "disclosed_at,extent").format("2024-02-12,part")
    assert duty_on(FIRST_RULE, "2024-02-15", disclosures=shown).state == "overdue"


def test_withheld_as_the_pack_asks_is_met():
    rows = """case_number,agency,tag,ground,withheld_at,by,announced_at
D-1,Sheriff,E-1,safety,2024-02-01,Pat Law,2024-02-01"""
    assert duty_on(FIRST_RULE, "2024-02-15", withholdings=rows).state == "done"


def test_no_trigger_on_record_is_waiting_until_the_offices_target_has_passed():
    docket = {"docket": ROWS["docket"].splitlines()[0]}
    duty = duty_on(FIRST_RULE, "2024-02-10", **docket)
    assert (duty.state, duty.due, duty.target) == ("waiting", None, "2024-03-03")
    assert "arraignment or waiver of arraignment" in duty.lacks[0]
    later = duty_on(FIRST_RULE, "2024-03-04", **docket)
    assert (later.state, later.due, later.due_basis) == ("overdue", "2024-03-03", "policy")


def test_nothing_on_record_is_not_everything_disclosed():
    duty = duty_on(
        FIRST_RULE,
        "2024-02-20",
        items=ROWS["items"].splitlines()[0],
        filings="case_number,agency,tag",
    )
    assert duty.state == "passed"
    assert "any item that falls under it: nothing on record is not nothing held" in duty.lacks


def test_an_agency_that_has_not_answered_is_named_although_all_lines_are_met():
    duty = duty_on(FIRST_RULE, "2024-02-15", disclosures=SHOWN.format("2024-02-12"))
    assert duty.lacks == ("whether Sheriff holds anything more: no answer of it stands",)
    answers = """case_number,agency,answer,by,answered_at
D-1,Sheriff,all_handed_over,K. Ortiz,2024-02-10"""
    answered = duty_on(
        FIRST_RULE, "2024-02-15", disclosures=SHOWN.format("2024-02-12"), answers=answers
    )
    assert answered.lacks == ()


LATE_FIND = {
    "items": ROWS["items"]
    + "\nLaboratory,L-7,a late report,24-100,2024-03-06\nSheriff,E-9,a hat,24-100,2024-03-01",
    "disclosures": SHOWN.format("2024-02-12"),
    "filings": ROWS["filings"] + "\nD-1,Sheriff,E-9,2024-03-01",
}


@pytest.mark.parametrize(
    ("day", "state", "due", "left"),
    [("2024-03-14", "open", "2024-03-15", 1), ("2024-03-16", "overdue", "2024-03-15", -1)],
)
def test_a_late_find_has_its_own_date_under_the_continuing_duty(day, state, due, left):
    items = LATE_FIND["items"].replace("24-100,2024-03-06", ",2024-03-06")
    found = """case_number,agency,tag,finding,by,made_at,reason
D-1,Laboratory,L-7,exculpatory,R. Lane,2024-03-08,names another"""
    duty = duty_on(CONTINUING, day, **(LATE_FIND | {"items": items, "determinations": found}))
    assert (duty.state, duty.due, duty.days_left, duty.due_basis) == (state, due, left, "policy")
    assert [(one.tag, one.due) for one in duty.open_items] == [
        ("E-9", "2024-03-15"),
        ("L-7", "2024-03-20"),
    ]
    assert duty.elapsed_days is not None
    assert duty_on(FIRST_RULE, day, **LATE_FIND).state == "done"


def test_the_continuing_duty_waits_while_nothing_came_in_later():
    duty = duty_on(CONTINUING, "2024-02-20")
    assert (duty.state, duty.due, duty.note) == (
        "waiting",
        None,
        "Nothing that bears on the case came in after the first date.",
    )


def test_an_order_with_a_date_replaces_the_rules():
    duty = duty_on(
        FIRST_RULE, "2024-02-20", **with_docket("order,2024-02-05,Ada Roe,2024-03-01,disclosure,")
    )
    assert (duty.state, duty.due, duty.due_basis) == ("open", "2024-03-01", "order")
    (change,) = duty.changes
    assert (change.on, change.old, change.new) == ("2024-02-05", "2024-02-14", "2024-03-01")
    assert change.entry in duty.entries
    assert "set by order" in duty.working


@pytest.mark.parametrize(
    ("detail", "due"), [("within 11 days", "2024-02-12"), ("within 14 days", "2024-02-14")]
)
def test_an_order_with_a_number_changes_the_method_too(detail, due):
    rows = with_docket(f"order,2024-02-01,Ada Roe,,discovery,{detail}")
    duty = duty_on(FIRST_RULE, "2024-02-05", **rows)
    assert (duty.due, duty.due_basis) == (due, "order")
    assert duty.changes[0].old == "2024-02-14"
    world = world_on("2024-02-05", **rows)
    (line,) = [one for one in lines_of_case(world, world.cases.by_key["d-1"]) if one.tag == "E-1"]
    assert line.due == due, "a line and its duty name one date"


def test_an_order_that_names_another_rule_moves_that_one():
    rows = with_docket("order,2024-02-01,Ada Roe,2024-02-20,Rule 5-502(A),")
    assert duty_on(DEFENCE, "2024-02-05", **rows).due == "2024-02-20"
    assert duty_on(FIRST_RULE, "2024-02-05", **rows).due == "2024-02-14"
    rows = with_docket("order,2024-02-01,Ada Roe,,Rule 5-502(A),within 7 days")
    duty = duty_on(DEFENCE, "2024-02-05", **rows)
    assert (duty.due, duty.due_basis) == ("2024-02-09", "order")


def test_what_the_defence_owes_passes_because_the_record_cannot_show_it():
    assert duty_on(DEFENCE, "2024-03-01").state == "open"
    duty = duty_on(DEFENCE, "2024-03-02")
    assert (duty.state, duty.days_left, duty.owes) == ("passed", -1, "defendant")


def custody(**status):
    variant = Variant("in_custody", Period(5, "days"), "Rule 5-501(A)(x)", "unread")
    rows = "\n".join(f"D-1,Ada Roe,{word},{day}" for word, day in status.items())
    table = f"case_number,defendant,status,from\n{rows}"
    return with_rule(FIRST_RULE, variants=(variant,)), {"status": table} if rows else {}


def test_custody_changes_stand_with_both_dates():
    the_law, rows = custody(in_custody="2024-01-20", at_liberty="2024-02-02")
    duty = duty_on(FIRST_RULE, "2024-02-05", the_law, **rows)
    assert (duty.due, [(one.on, one.words, one.old, one.new) for one in duty.changes]) == (
        "2024-02-14",
        [("2024-02-02", "at liberty", "2024-02-07", "2024-02-14")],
    )


def test_a_variant_gives_its_own_citation_and_mark():
    the_law, rows = custody(in_custody="2024-01-20")
    duty = duty_on(FIRST_RULE, "2024-02-05", the_law, **rows)
    assert (duty.due, duty.cite, duty.check) == ("2024-02-07", "Rule 5-501(A)(x)", "unread")


def test_a_status_that_is_not_on_record_is_lacking():
    the_law, _ = custody()
    duty = duty_on(FIRST_RULE, "2024-02-05", the_law)
    assert duty.due == "2024-02-14"
    assert (
        duty.lacks[0] == "whether the defendant was in custody (then the date is February 7, 2024)"
    )


def test_other_rules_have_variants_too():
    variant = Variant("in_custody", Period(10, "days"), "Rule V", "part")
    the_law = with_rule(DEFENCE, variants=(variant,))
    status = "case_number,defendant,status,from\nD-1,Ada Roe,in_custody,2024-01-20\nD-1,Ada Roe,at_liberty,2024-02-05"
    duty = duty_on(DEFENCE, "2024-02-04", the_law, status=status)
    assert duty.due == "2024-02-12"  # 10 days end on a Saturday
    duty = duty_on(DEFENCE, "2024-02-06", the_law, status=status)
    assert (duty.due, duty.changes[0].old, duty.changes[0].new) == (
        "2024-03-01",
        "2024-02-12",
        "2024-03-01",
    )


def test_a_trigger_set_again_starts_the_clock_anew():
    the_law = with_rule(DEFENCE, trigger_choice="latest")
    duty = duty_on(
        DEFENCE, "2024-03-01", the_law, **with_docket("arraignment,2024-02-20,Ada Roe,,,")
    )
    assert (duty.trigger, duty.due) == ("2024-02-20", "2024-03-21")
    assert (duty.changes[0].old, duty.changes[0].new) == ("2024-03-01", "2024-03-21")
    first = duty_on(DEFENCE, "2024-03-01", **with_docket("arraignment,2024-02-20,Ada Roe,,,"))
    assert first.trigger == "2024-01-31"
    too_late = duty_on(
        DEFENCE, "2024-03-21", the_law, **with_docket("arraignment,2024-03-20,Ada Roe,,,")
    )
    assert too_late.trigger == "2024-01-31"


def test_the_first_disclosure_starts_anew_as_well():
    the_law = with_rule(FIRST_RULE, trigger_choice="latest")
    duty = duty_on(
        FIRST_RULE, "2024-02-12", the_law, **with_docket("arraignment,2024-02-09,Ada Roe,,,")
    )
    assert (duty.trigger, duty.due) == ("2024-02-09", "2024-02-26")
    assert duty.changes[0].words == "arraignment again: the clock started anew"


SUSPENDED = ("suspended,2024-02-10,Ada Roe,,,", "resumed,2024-02-20,Ada Roe,,,")


def test_days_between_suspended_and_resumed_do_not_count():
    the_law = with_rule(DEFENCE, suspendable=True)
    duty = duty_on(DEFENCE, "2024-02-25", the_law, **with_docket(*SUSPENDED))
    assert duty.due == "2024-03-11"  # March 1 and 10 days
    assert "10 days did not count" in duty.working
    assert (duty.changes[-1].old, duty.changes[-1].new) == ("2024-03-01", "2024-03-11")
    unmoved = duty_on(DEFENCE, "2024-02-25", **with_docket(*SUSPENDED))
    assert unmoved.due == "2024-03-01"


def test_a_last_day_that_is_closed_after_a_suspension_moves_on():
    the_law = with_rule(DEFENCE, suspendable=True)
    rows = with_docket(SUSPENDED[0], "resumed,2024-02-18,Ada Roe,,,")
    duty = duty_on(DEFENCE, "2024-02-25", the_law, **rows)
    assert duty.due == "2024-03-11"  # March 9 is a Saturday
    assert "It is closed (Saturday, Sunday)" in duty.working


def test_a_clock_that_stands_still_has_no_date():
    the_law = with_rule(DEFENCE, suspendable=True)
    duty = duty_on(DEFENCE, "2024-04-01", the_law, **with_docket(SUSPENDED[0]))
    assert (duty.state, duty.due) == ("suspended", None)
    assert "when the clock is resumed" in duty.lacks
    assert duty.changes[-1].words == "suspended; 20 days were left"


def test_the_version_in_force_on_the_triggers_day_counts():
    pack = law().packs["us-nm"]
    old = next(rule for rule in pack.rules if rule.id == FIRST_RULE)
    versions = (
        replace(old, effective_to=date(2024, 2, 5), check="unread"),
        replace(
            old,
            period=Period(30, "days"),
            effective_from=date(2024, 2, 6),
            triggers=(Trigger("indictment"),),
        ),
    )
    rules = tuple(rule for rule in pack.rules if rule.id != FIRST_RULE)
    the_law = Law({"us-nm": replace(pack, rules=(*versions, *rules))}, law().calendars)
    duty = duty_on(FIRST_RULE, "2024-02-10", the_law)
    assert (duty.due, duty.check) == ("2024-02-14", "unread")
    assert duty.changes[0].words.startswith("a new version of the rule is in force")
    assert duty.changes[0].old == duty.changes[0].new
    docket = {"docket": ROWS["docket"].replace("arraignment,2024-01-31", "indictment,2024-02-07")}
    assert duty_on(FIRST_RULE, "2024-02-10", the_law, **docket).due == "2024-03-08"
    docket = {"docket": ROWS["docket"].replace("2024-01-31", "2024-02-07")}
    assert duty_on(FIRST_RULE, "2024-02-10", the_law, **docket).state == "waiting"


def test_a_rule_that_is_not_yet_in_force_is_no_duty():
    the_law = with_rule(DEFENCE, effective_from=date(2025, 1, 1))
    assert DEFENCE not in {one.rule for one in duties_on("2024-02-10", the_law)}


def test_the_case_has_ended():
    rows = with_docket("acquitted,2024-02-20,Ada Roe,,,")
    duty = duty_on(FIRST_RULE, "2024-02-21", **rows)
    assert (duty.state, duty.due) == ("ended", "2024-02-14")
    assert duty_on(DEFENCE, "2024-02-21", **rows).state == "ended"
    assert duty_on(FIRST_RULE, "2024-02-20", **rows).state == "overdue"


def test_a_window_opens_after_the_end():
    rows = with_docket("dismissed_without_prejudice,2024-02-20,Ada Roe,,,")
    duty = duty_on("us-nm:39-3-3(B)(1)", "2024-02-25", **rows)
    assert (duty.kind, duty.state, duty.due) == ("window", "open", "2024-03-21")


ANSWER = "case_number,agency,answer,by,answered_at\nD-1,Sheriff,all_handed_over,K. Ortiz,2024-02-10"


def test_what_an_agency_owes():
    the_law = police_rule()
    duty = duty_on("us-nm:police", "2024-02-20", the_law)
    assert (duty.agency, duty.defendant, duty.kind, duty.state) == (
        "Sheriff",
        None,
        "police",
        "open",
    )
    assert duty.lacks == ("an answer of Sheriff: whether it holds anything more",)
    assert duty_on("us-nm:police", "2024-03-02", the_law).state == "overdue"
    assert duty_on("us-nm:police", "2024-03-02", the_law, answers=ANSWER).state == "done"


def test_an_agency_whose_item_is_not_on_the_file_has_not_done_its_duty():
    found = ROWS["items"] + "\nSheriff,E-5,a glove,24-100,2024-01-11"
    duty = duty_on("us-nm:police", "2024-03-02", police_rule(), items=found, answers=ANSWER)
    assert (duty.state, duty.open_lines) == ("overdue", 1)
    assert duty.note == "Not on the prosecution's file: Sheriff E-5."


def test_an_answer_that_no_longer_stands_re_opens_the_duty():
    found = ROWS["items"] + "\nSheriff,E-5,a glove,24-100,2024-02-15"
    filed = ROWS["filings"] + "\nD-1,Sheriff,E-5,2024-02-16"
    duty = duty_on(
        "us-nm:police", "2024-03-02", police_rule(), items=found, filings=filed, answers=ANSWER
    )
    assert duty.state == "overdue"
    assert "an answer of Sheriff that stands: E-5 was taken in" in duty.lacks[0]


def test_an_undated_duty_shows_the_time_elapsed():
    the_law = police_rule(period=None, method=Method("undated"), period_words="promptly")
    duty = duty_on("us-nm:police", "2024-03-02", the_law)
    assert (duty.state, duty.due, duty.elapsed_days, duty.target) == ("undated", None, 31, None)
    the_law = with_rule(DEFENCE, period=None, method=Method("undated"), owes="prosecution")
    duty = duty_on(DEFENCE, "2024-03-02", the_law)
    assert (duty.state, duty.elapsed_days, duty.target) == ("undated", 31, "2024-02-14")


def test_what_no_docket_shows_to_begin_is_undated_or_waiting():
    assert duty_on("us-nm:5-506", "2024-03-02").state == "undated"
    duty = duty_on("us-nm:5-120(E)", "2024-03-02")
    assert (duty.state, duty.lacks) == (
        "waiting",
        ("service of the motion, from which Rule 5-120(E) NMRA counts",),
    )


def test_hours_need_a_time():
    the_law = with_rule(DEFENCE, period=Period(48, "hours"), method=Method("hours"), roll="none")
    assert "time of day" in duty_on(DEFENCE, "2024-02-01", the_law).lacks[0]
    docket = {"docket": ROWS["docket"].replace("2024-01-31", "2024-01-31T14:30:00-07:00")}
    duty = duty_on(DEFENCE, "2024-02-01", the_law, **docket)
    assert (duty.due, duty.days_left) == ("2024-02-02T14:30:00", 1)


def test_a_year_without_a_calendar_gives_no_date():
    the_law = Law(law().packs, {})
    duty = duty_on(DEFENCE, "2024-02-10", the_law)
    assert (duty.state, duty.due) == ("undated", None)
    assert "no table for 2024" in duty.lacks[0] or "2024" in duty.lacks[0]


def test_each_defendant_has_duties_of_their_own():
    parties = ROWS["parties"] + "\nD-1,Ben Cole,defendant"
    found = [one for one in duties_on("2024-02-15", parties=parties) if one.rule == FIRST_RULE]
    assert [(one.defendant, one.state) for one in found] == [
        ("Ada Roe", "overdue"),
        ("Ben Cole", "waiting"),
    ]


def test_kinds_of_item_have_a_duty_of_their_own():
    pack = law().packs["us-nm"]
    base = next(rule for rule in pack.rules if rule.id == FIRST_RULE)
    made = replace(
        base, id="us-nm:experts", item_kinds=("expert_report",), period=Period(20, "days")
    )
    the_law = Law({"us-nm": replace(pack, rules=(*pack.rules, made))}, law().calendars)
    items = "agency,tag,description,report_number,booked_at,kind\nSheriff,E-1,a knife,24-100,2024-01-10,object\nSheriff,E-2,an opinion,24-100,2024-01-10,expert_report"
    duty = duty_on("us-nm:experts", "2024-02-16", the_law, items=items)
    assert (duty.state, duty.due, [one.tag for one in duty.open_items]) == (
        "open",
        "2024-02-20",
        ["E-2"],
    )
    assert duty_on(FIRST_RULE, "2024-02-16", the_law, items=items).state == "overdue"


def test_what_is_owed_next_comes_first_and_the_police_last():
    found = duties_on("2024-02-10", police_rule())
    assert found[-1].kind == "police"
    places = [STATES.index(one.state) for one in found if one.kind != "police"]
    assert places == sorted(places)


def test_a_case_without_a_pack_or_a_known_court_has_none():
    assert duties_on("2024-02-10", Law({}, {})) == ()
    elsewhere = ROWS["cases"].replace("district", "appeal")
    assert duties_on("2024-02-10", cases=elsewhere) == ()
    assert duties_on("2024-01-01") == ()


def test_an_order_needs_no_trigger():
    rows = with_docket("order,2024-02-01,Ada Roe,2024-05-01,Rule 5-508 notice of alibi,")
    duty = duty_on("us-nm:5-508", "2024-02-05", **rows)
    assert (duty.state, duty.due, duty.due_basis, duty.lacks) == ("open", "2024-05-01", "order", ())
    assert (duty.changes[0].old, duty.changes[0].new) == (None, "2024-05-01")
    rows = with_docket("order,2024-02-01,Ada Roe,,Rule 5-508 notice of alibi,within 20 days")
    assert duty_on("us-nm:5-508", "2024-02-05", **rows).state == "waiting", (
        "a number counts from nothing"
    )


@pytest.mark.parametrize(
    "order",
    [
        "order,2024-02-01,Ada Roe,,Rule 5-502(A),as agreed",
        "order,2024-02-01,Ada Roe,,Rule 5-502(A),within 5 days or 7 days",
        "order,2024-02-01,Ada Roe,2024-02-20,,",
        "order,2024-02-07,Ada Roe,2024-02-20,Rule 5-502(A),",
    ],
)
def test_an_order_that_names_no_one_date_for_the_rule_moves_nothing(order):
    assert duty_on(DEFENCE, "2024-02-05", **with_docket(order)).due == "2024-03-01"


def test_a_number_that_the_method_cannot_count_is_left_to_a_person():
    the_law = with_rule(DEFENCE, method=Method("working_days"), roll="none")
    before = duty_on(DEFENCE, "2024-02-05", the_law)
    rows = with_docket("order,2024-02-01,Ada Roe,,Rule 5-502(A),within 2 weeks")
    assert duty_on(DEFENCE, "2024-02-05", the_law, **rows).due == before.due
    the_law = with_rule(FIRST_RULE, method=Method("working_days"), roll="none")
    rows = with_docket("order,2024-02-01,Ada Roe,,disclosure,within 2 weeks")
    assert duty_on(FIRST_RULE, "2024-02-05", the_law, **rows).due == "2024-02-14"


def test_an_order_about_experts_is_for_the_rules_about_experts():
    the_law = with_rule(DEFENCE, title="Names of expert witnesses")
    rows = with_docket("order,2024-02-01,Ada Roe,2024-02-20,expert reports,")
    assert duty_on(DEFENCE, "2024-02-05", the_law, **rows).due == "2024-02-20"
    assert duty_on(FIRST_RULE, "2024-02-05", the_law, **rows).due == "2024-02-14"


def test_a_day_that_the_docket_sets_counts_not_the_day_of_setting():
    rows = with_docket(
        "trial_set,2024-02-05,Ada Roe,2024-06-03,,", "trial_set,2024-02-06,Ada Roe,,,"
    )
    duty = duty_on("us-nm:5-508", "2024-02-10", **rows)
    assert (duty.trigger_event, duty.trigger, duty.due) == ("trial_set", "2024-06-03", "2024-05-17")


def test_a_suspension_without_a_roll_and_one_beyond_the_calendar():
    the_law = with_rule(DEFENCE, suspendable=True, roll="none")
    rows = with_docket(SUSPENDED[0], "resumed,2024-02-18,Ada Roe,,,")
    assert duty_on(DEFENCE, "2024-02-25", the_law, **rows).due == "2024-03-09"
    the_law = with_rule(DEFENCE, suspendable=True)
    rows = with_docket(SUSPENDED[0], "resumed,2039-02-18,Ada Roe,,,")
    duty = duty_on(DEFENCE, "2039-02-25", the_law, **rows)
    assert (duty.state, duty.due) == ("undated", None)
    assert any("no table for 2039" in lack for lack in duty.lacks)
    later = with_docket("suspended,2024-03-05,Ada Roe,,,", "resumed,2024-03-09,Ada Roe,,,")
    assert duty_on(DEFENCE, "2024-03-10", the_law, **later).due == "2024-03-01", "it had passed"


def test_a_newer_version_of_another_rule_is_named():
    pack = law().packs["us-nm"]
    old = next(rule for rule in pack.rules if rule.id == DEFENCE)
    newer = replace(old, period=Period(60, "days"), effective_from=date(2024, 2, 10))
    rules = tuple(
        replace(rule, effective_to=date(2024, 2, 9)) if rule.id == DEFENCE else rule
        for rule in pack.rules
    )
    the_law = Law({"us-nm": replace(pack, rules=(*rules, newer))}, law().calendars)
    duty = duty_on(DEFENCE, "2024-02-15", the_law)
    assert (duty.due, duty.changes[0].on) == ("2024-03-01", "2024-02-10")
    assert duty.changes[0].old == duty.changes[0].new


def test_custody_before_the_trigger_and_after_the_day_asked_for_changes_nothing():
    the_law, rows = custody(at_liberty="2024-01-25", in_custody="2024-02-09")
    assert duty_on(FIRST_RULE, "2024-02-08", the_law, **rows).changes == ()
    variant = Variant("in_custody", Period(10, "days"), "Rule V", "part")
    the_law = with_rule(DEFENCE, variants=(variant,))
    assert duty_on(DEFENCE, "2024-02-08", the_law, **rows).changes == ()


def test_a_variant_of_a_rule_without_a_calendar_gives_no_date():
    the_law, rows = custody(in_custody="2024-01-20")
    duty = duty_on(FIRST_RULE, "2024-02-05", Law(the_law.packs, {}), **rows)
    assert (duty.due, duty.state) == (None, "undated")


def test_rules_for_kinds_only_and_no_continuing_duty():
    pack = law().packs["us-nm"]
    rules = tuple(
        replace(rule, item_kinds=("expert_report",)) if rule.id == FIRST_RULE else rule
        for rule in pack.rules
        if rule.duty != "continuing"
    )
    the_law = Law({"us-nm": replace(pack, rules=rules)}, law().calendars)
    found = [
        one
        for one in duties_on("2024-02-20", the_law)
        if one.kind in ("first_disclosure", "continuing")
    ]
    assert [(one.rule, one.open_lines) for one in found] == [(FIRST_RULE, 0)]
    items = (
        ROWS["items"].replace("booked_at", "booked_at,kind").replace("01-10", "03-10,expert_report")
    )
    duty = duty_on(FIRST_RULE, "2024-03-20", the_law, items=items)
    assert [one.tag for one in duty.open_items] == ["E-1"], "what came later has nowhere else to be"


def test_a_continuing_duty_with_a_number_shows_its_sum():
    the_law = with_rule(
        CONTINUING,
        continuing="number",
        period=Period(5, "days"),
        method=Method("short_period_working_days", 10),
        roll="with_direction",
    )
    duty = duty_on(CONTINUING, "2024-03-08", the_law, **LATE_FIND)
    assert (duty.state, duty.due, duty.due_basis) == ("open", "2024-03-08", "law")
    assert "5 days is a short period" in duty.working
    assert duty.skipped == (("2024-03-02", "Saturday"), ("2024-03-03", "Sunday"))
    assert duty.elapsed_days is None


def test_a_continuing_duty_ends_with_the_case():
    rows = with_docket("acquitted,2024-03-20,Ada Roe,,,")
    assert duty_on(CONTINUING, "2024-03-21", **(LATE_FIND | rows)).state == "ended"


def test_what_the_police_owe_to_others_stands_once_in_a_case():
    the_law = with_rule(DEFENCE, owes="police", to="anyone")
    duty = duty_on(DEFENCE, "2024-02-10", the_law)
    assert (duty.agency, duty.defendant, duty.kind, duty.state) == (None, None, "other", "open")
    the_law = with_rule(DEFENCE, owes="police", to="anyone", effective_from=date(2025, 1, 1))
    assert DEFENCE not in {one.rule for one in duties_on("2024-02-10", the_law)}
