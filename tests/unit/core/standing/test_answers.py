"""Small docket histories and their answers, by a law made for the test."""

from dataclasses import replace
from datetime import date

import pytest

from fullfile.core.ids import key, parse_when
from fullfile.core.rules import Method, Pack, Period, Rule
from fullfile.core.rules.calendars import given_holidays
from fullfile.core.rules.law import Law
from fullfile.core.rules.packs import CourtLevel, Named, Trigger
from fullfile.core.rules.provisions import (
    Dismissals,
    Jeopardy,
    Limitation,
    Provision,
    Ruling,
    Tolling,
    Window,
)
from fullfile.core.standing import history_of_case_file, judge, limitation_of, standing_of_case
from tests.support.dockets import CASE, WHO, Record, plain

APPEAL = "xx:appeal"
COURT = given_holidays((), weekend=("sat", "sun"))


def ruling(event, answer, *, stage="any", **more):
    name = event if stage == "any" else f"{event}_{stage}"
    return Ruling(name, event, stage, answer, f"Law {event}", f"What {event} does.", "text", **more)


def rule(name, event, period, **more):
    return Rule(
        id=f"xx:{name}",
        cite=name,
        title=name,
        duty="window",
        owes="prosecution",
        to="court",
        court_levels=("district",),
        triggers=(Trigger(event),),
        trigger_words=event,
        method=Method("calendar_roll"),
        direction="after",
        roll="with_direction",
        check="text",
        period=period,
        **more,
    )


ABSENT = Tolling(
    "absence", "Law 9", "The clock stands while the accused is absent.", "text", status=("absent",)
)
QUASHED = Tolling(
    "quashed",
    "Law 10",
    "The time between two charges is left out.",
    "part",
    from_event="dismissed_without_prejudice",
    to_event="refiled",
    cap=Period(4, "years"),
    conditions=("both grow out of one act",),
)
PACK = Pack(
    id="xx",
    name="Xanadu",
    language="en",
    time_zones=("America/Denver",),
    version="1",
    effective_from=date(2000, 1, 1),
    effective_to=None,
    weekend=("sat", "sun"),
    calendar="given by hand",
    not_legal_advice="Not legal advice.",
    court_levels=(CourtLevel("district", "district court"),),
    default_court_level="district",
    rules=(
        rule("appeal", "dismissed_with_prejudice", Period(30, "days")),
        rule("again", "stayed", Period(1, "years")),
        rule("new-trial", "judgment", Period(2, "years")),
    ),
    grades=(
        Named("felony", "felony"),
        Named("misdemeanor", "misdemeanor"),
        Named("murder", "murder"),
    ),
    docket_events=(Named("bound_over", "bound over"),),
    rulings=(
        ruling("acquitted", "barred"),
        ruling("dismissed_with_prejudice", "barred", appeal=APPEAL),
        ruling("dismissed_without_prejudice", "open", stage="before_jeopardy"),
        ruling(
            "dismissed_without_prejudice",
            "conditional",
            stage="after_jeopardy",
            conditions=("The defence asked for it.",),
        ),
        ruling("stayed", "open", until="xx:again"),
        ruling("hung_jury", "open", limitation=False),
        ruling("mistrial", "conditional", conditions=("It was necessary.",)),
        ruling("reversed", "conditional", conditions=("The evidence was enough.",)),
    ),
    limitation=(
        Limitation(
            "felony",
            "Law 8",
            "Three years.",
            "text",
            ("felony",),
            (),
            Period(3, "years"),
            "offense",
            Method("anniversary_years"),
            ("indictment",),
            (ABSENT, QUASHED),
        ),
        Limitation(
            "murder",
            "Law 8",
            "None.",
            "text",
            ("murder",),
            (),
            None,
            "offense",
            Method("anniversary_years"),
            ("indictment",),
        ),
        Limitation(
            "fraud",
            "Law 8",
            "From discovery.",
            "part",
            (),
            ("fraud",),
            Period(2, "years"),
            "discovery",
            Method("anniversary_years"),
            ("indictment",),
        ),
    ),
    windows=(
        Window(
            "new_trial",
            "newly discovered evidence",
            "new-trial",
            "Two years.",
            "text",
            rule="xx:new-trial",
        ),
        Window("dna", "testing", "Law 11", "No limit was read.", "unread"),
    ),
    jeopardy=Jeopardy(
        ("jury_sworn",), ("first_witness_sworn",), (), False, "Law 1", "It attaches then.", "text"
    ),
    other_sovereign=Provision(
        "other_sovereign", "Law 2", "Another sovereign is not bound.", "unread"
    ),
)
QUASHING = PACK
"""The same law with a time that is left out only on conditions."""
PACK = replace(
    PACK, limitation=(replace(PACK.limitation[0], tolling=(ABSENT,)), *PACK.limitation[1:])
)
CALENDARS = {"given by hand": COURT}
SWORN = "2024-07-10 jury_sworn"
WITH, WITHOUT = "2024-07-12 dismissed_with_prejudice", "2024-07-12 dismissed_without_prejudice"


def asked(
    docket, on, *, status=(), grade="felony", offense="battery", offense_on="2022-03-01", pack=PACK
):
    history = history_of_case_file(
        ["2024-01-19 indictment", *docket],
        status,
        offense=offense,
        grade=grade,
        offense_on=offense_on,
    )
    return judge(history, pack, CALENDARS, date.fromisoformat(on))


@pytest.mark.parametrize(
    ("docket", "on", "answer", "until"),
    [
        ([], "2024-07-12", "pending", None),
        ([SWORN, WITH], "2024-07-11", "pending", None),
        ([SWORN, WITH], "2024-07-12", "barred", None),
        ([SWORN, "2024-07-12 acquitted"], "2030-01-01", "barred", None),
        ([SWORN, "2024-07-12 convicted"], "2030-01-01", "barred", None),
        (["2024-07-12 plea_guilty"], "2030-01-01", "barred", None),
        (["2024-07-12 plea_no_contest"], "2030-01-01", "pending", None),
        (["2024-07-12 plea_no_contest", "2024-08-12 sentenced"], "2030-01-01", "barred", None),
        ([WITHOUT], "2024-07-13", "open", "2025-03-01"),
        ([WITHOUT], "2025-03-01", "open", "2025-03-01"),
        ([WITHOUT], "2025-03-02", "barred", None),
        ([SWORN, WITHOUT], "2024-07-13", "conditional", None),
        ([SWORN, WITHOUT], "2025-03-02", "barred", None),
        (["2024-07-12 stayed"], "2024-08-01", "open", "2025-03-01"),
        (["2024-02-12 stayed"], "2024-08-01", "open", "2025-02-12"),
        (["2024-02-12 stayed"], "2025-02-13", "barred", None),
        ([SWORN, "2024-07-12 hung_jury", "2024-07-12 mistrial"], "2030-01-01", "open", None),
        ([SWORN, "2024-07-12 mistrial"], "2024-08-01", "conditional", None),
        ([SWORN, "2024-07-12 mistrial", "2024-09-02 jury_sworn"], "2024-09-03", "pending", None),
        ([SWORN, "2024-07-12 mistrial", "2024-09-02 acquitted"], "2024-09-03", "barred", None),
        (
            [SWORN, "2024-07-12 convicted", "2024-09-02 new_trial_granted"],
            "2024-09-03",
            "pending",
            None,
        ),
        ([SWORN, "2024-07-12 convicted", "2024-09-02 reversed"], "2024-09-03", "conditional", None),
        ([WITHOUT, "2024-09-02 refiled"], "2024-09-03", "pending", None),
        ([WITH, "2024-09-02 refiled"], "2024-09-03", "barred", None),
        ([WITH, "2024-09-02 reinstated"], "2024-09-03", "pending", None),
        (["2024-07-12 nolle_prosequi"], "2024-09-03", "unclear", None),
        (["2024-07-12 convicted", "2024-07-15 acquitted"], "2024-09-03", "unclear", None),
        (["2024-07-12 closed"], "2024-09-03", "unclear", None),
    ],
)
def test_the_answer(docket, on, answer, until):
    found = asked(docket, on)
    assert (found.answer, found.until) == (answer, until)
    assert found.sentence.endswith(".")
    names = [link.name for link in found.chain]
    for name, finding in found.six.named():
        assert name in names
        assert finding.state
    if answer in ("unclear", "conditional"):
        assert found.lacks or found.conditions


@pytest.mark.parametrize(
    ("more", "on", "condition"),
    [
        ([], "2024-08-12", "runs to August 12, 2024"),
        ([], "2024-08-13", None),
        (["2024-08-01 appeal_filed"], "2024-12-01", "filed on August 1, 2024 is still open"),
        (["2024-08-01 appeal_filed", "2024-11-01 appeal_withdrawn"], "2024-12-01", None),
        (["2024-08-01 appeal_filed", "2024-08-02 appeal_withdrawn"], "2024-08-05", None),
        (["2024-08-01 appeal_filed", "2024-11-01 appeal_decided"], "2024-12-01", None),
        (["2024-08-20 appeal_filed"], "2024-12-01", "still open"),
    ],
)
def test_the_prosecutions_appeal(more, on, condition):
    found = asked([SWORN, WITH, *more], on)
    assert found.answer == "barred"
    if condition is None:
        assert found.conditions == ()
    else:
        (said,) = found.conditions
        assert condition in said
    assert found.six.appeal_window.on == "2024-08-12"
    assert found.six.appeal_window.rule == APPEAL


def test_an_appeal_after_the_last_day_is_said_to_be_late():
    found = asked([SWORN, WITH, "2024-08-20 appeal_filed"], "2024-12-01")
    assert "filed on August 20, 2024, later than the last day counted here" in found.sentence


def test_a_written_order_gives_a_second_reading_and_no_second_date():
    found = asked([SWORN, WITH, "2024-07-31 order"], "2024-08-01")
    assert "if the time runs from it, the last day is August 30, 2024" in found.sentence
    assert found.six.appeal_window.on == "2024-08-12"


def test_an_appeal_that_the_pack_does_not_name():
    found = asked([SWORN, "2024-07-12 acquitted", "2024-08-01 appeal_filed"], "2024-12-01")
    assert "still open" in found.conditions[0]
    convicted = asked([SWORN, "2024-07-12 convicted", "2024-08-01 appeal_filed"], "2024-12-01")
    assert convicted.conditions == ()


def test_times_of_absence_move_the_date():
    span = "2023-01-01 absent 2023-02-01"
    assert asked([WITHOUT], "2024-08-01", status=[span]).until == "2025-04-01"
    twice = asked([WITHOUT], "2024-08-01", status=[span, "2023-01-15 absent 2023-02-11"])
    assert twice.until == "2025-04-11"
    assert "absence" in [link.provision for link in twice.chain]
    assert "No such time is on record" in asked([WITHOUT], "2024-08-01").conditions[0]
    late = asked([WITHOUT], "2025-03-20", status=["2026-01-01 absent 2026-02-01"])
    assert late.answer == "barred"


def test_an_absence_that_goes_on():
    found = asked([WITHOUT], "2025-06-01", status=["2025-01-01 absent"])
    assert (found.answer, found.until) == ("open", "2025-07-30")


def test_a_tolling_with_conditions_makes_no_date_sure():
    quashed = asked([WITHOUT], "2025-06-01", pack=QUASHING)
    assert quashed.answer == "conditional"
    assert any("both grow out of one act" in one for one in quashed.conditions)
    assert quashed.until == "2026-01-19"
    assert asked([WITHOUT], "2025-02-01", pack=QUASHING).until == "2025-03-01"
    assert asked([WITHOUT], "2026-03-02", pack=QUASHING).answer == "barred"


@pytest.mark.parametrize(
    ("changed", "lack"),
    [
        ({"offense_on": ""}, "the day of the offence"),
        ({"grade": ""}, "the grade of the offence"),
        ({"grade": "caper"}, "“caper” is not among"),
        ({"grade": "misdemeanor"}, "grade misdemeanor"),
        ({"offense": "Mail Fraud", "grade": "misdemeanor"}, "discovered"),
    ],
)
def test_what_is_lacking_makes_it_unclear(changed, lack):
    found = asked([WITHOUT], "2024-08-01", **changed)
    assert found.answer == "unclear"
    assert any(lack in one for one in found.lacks)
    assert not found.six.limitation.known
    assert lack in found.sentence


@pytest.mark.parametrize(
    ("said", "on", "answer", "until"),
    [
        ("2022", "2024-12-31", "open", "2025-01-01"),
        ("2022", "2025-01-02", "unclear", None),
        ("2022", "2026-01-01", "barred", None),
        ("before 2022-03-02", "2024-08-01", "unclear", None),
        ("before 2022-03-02", "2025-03-02", "barred", None),
    ],
)
def test_a_rough_day_of_the_offence(said, on, answer, until):
    bare = asked([WITHOUT], on, offense_on=said)
    assert (bare.answer, bare.until) == (answer, until)


def test_no_limitation():
    found = asked([WITHOUT], "2099-01-01", grade="murder")
    assert (found.answer, found.until) == ("open", None)
    assert "no limitation applies" in found.sentence
    assert asked([WITHOUT], "2099-01-01", grade="murder", offense_on="").answer == "open"


def test_so_many_dismissals_bar():
    limits = Dismissals(
        "Law 12",
        "Two end it.",
        "text",
        ("dismissed_without_prejudice", "nolle_prosequi"),
        (("misdemeanor", 1), ("*", 2)),
        ("new evidence was found",),
    )
    pack = replace(PACK, dismissals=limits)
    once = asked([WITHOUT], "2024-08-01", pack=pack)
    assert once.answer == "open"
    twice = ["2024-03-01 dismissed_without_prejudice", "2024-04-01 refiled", WITHOUT]
    found = asked(twice, "2024-08-01", pack=pack)
    assert found.answer == "barred"
    assert any("new evidence" in one for one in found.conditions)
    third = asked([*twice, "2024-08-02 refiled"], "2024-08-03", pack=pack)
    assert third.answer == "barred"
    ungraded = asked([WITHOUT], "2024-08-01", pack=pack, grade="")
    assert ungraded.answer == "unclear"
    assert "earlier_dismissals" in [link.name for link in found.chain]
    assert "dismissals" in [link.provision for link in found.chain]


def test_two_events_of_one_day_say_that_their_order_is_not_on_record():
    found = asked(["2024-07-12 jury_sworn", WITHOUT], "2024-08-01")
    assert found.answer == "conditional"
    assert "their order is not on record" in found.sentence
    timed = ["2024-07-12T15:00 jury_sworn", "2024-07-12T10:00 dismissed_without_prejudice"]
    assert asked(timed, "2024-08-01").answer == "open"
    both = asked([WITHOUT, "2024-07-12 refiled"], "2024-08-01")
    assert both.answer == "pending"
    assert "which came first is not on record" in both.sentence
    verdict = asked(["2024-07-12 jury_sworn", "2024-07-12 acquitted"], "2024-08-01")
    assert "not on record" not in verdict.sentence.replace("is not known", "")
    endings = asked(["2024-07-12 stayed", WITHOUT], "2024-08-01")
    assert "which came first is not on record" in endings.sentence
    plea = asked(["2024-07-12 plea_guilty", "2024-07-12 convicted"], "2024-08-01")
    assert "which came first" not in plea.sentence


def test_after_a_trial_without_a_verdict_it_is_tried_again():
    assert "It can be tried again" in asked([SWORN, "2024-07-12 hung_jury"], "2024-08-01").sentence
    assert "It can be charged again" in asked([WITHOUT], "2024-08-01").sentence


def test_a_rule_that_ends_the_openness_and_is_not_there():
    lost = asked(["2024-02-12 stayed"], "2024-08-01", pack=replace(PACK, rules=()))
    assert lost.answer == "open"
    assert "xx:again" in lost.lacks[0]
    undated = replace(PACK.rules[1], method=Method("undated"), period=None)
    open_ended = asked(["2024-02-12 stayed"], "2024-08-01", pack=replace(PACK, rules=(undated,)))
    assert "again" in open_ended.lacks[0]


def test_another_source_of_the_same_verdict_is_named():
    record = old_case()
    record.docket("2024-07-12 acquitted", source="press")
    record.docket("2024-07-13 acquitted", source="court")
    (one,) = matter(record)
    assert one.answer == "barred"
    assert "Another account (court) dates the acquittal July 13, 2024." in one.sentence


def test_two_sources_of_one_count_fill_each_other_up():
    record = Record()
    record.case(jurisdiction="xx", opened_on="2024-01-19")
    record.defendant()
    record.count(grade="felony")
    record.add(
        "counts",
        source="court",
        case_number=CASE,
        defendant=WHO,
        count="1",
        offense="battery",
        charged_on="2024-01-19",
        offense_on="2022-03-01",
    )
    record.docket(WITHOUT)
    (one,) = matter(record, on="2024-08-01")
    assert (one.answer, one.until, one.offense) == ("open", "2025-03-01", "aggravated battery")


def test_a_law_that_says_nothing_of_another_sovereign():
    silent = Law({"xx": PACK, "yy": replace(PACK, other_sovereign=None)}, CALENDARS)
    record = old_case(SWORN, WITH)
    new_case(record, jurisdiction="yy")
    facts, cases = record.read()
    (one,) = standing_of_case(facts, cases, silent, "n-2", parse_when("2026-01-01").last)
    assert one.answer == "unclear"
    assert "another jurisdiction" in one.lacks[0]


def test_a_charge_after_the_last_day_is_a_condition_of_what_is_pending():
    record = old_case(WITHOUT)
    record.case("N-2", jurisdiction="xx", opened_on="2025-06-02")
    record.defendant(number="N-2")
    record.count(number="N-2", charged_on="2025-06-02", offense_on="2022-03-01", grade="felony")
    (one,) = matter(record, "N-2")
    assert one.answer == "pending"
    assert "after March 1, 2025" in one.conditions[0]


def test_a_trial_that_had_started_and_no_word_of_the_jury():
    found = asked(["2024-07-09 trial_started", WITHOUT], "2024-08-01")
    assert found.answer == "unclear"
    assert "its swearing-in is not on record" in found.lacks[0]


def test_unknown_words_rules_and_packs_are_said_by_name():
    assert "“nonsense”" in asked(["2024-05-01 nonsense"], "2024-08-01").sentence
    assert "“bound_over”" not in asked(["2024-05-01 bound_over"], "2024-08-01").sentence
    bare = asked([WITH], "2024-08-01", pack=None)
    assert bare.answer == "unclear"
    assert "adopted no pack" in bare.sentence
    broken = replace(PACK, rules=())
    lost = asked([WITH], "2024-08-01", pack=broken)
    assert lost.answer == "barred"
    assert APPEAL in lost.conditions[0]
    history = history_of_case_file([WITH], [], offense="b", grade="felony", offense_on="2022-03-01")
    yearless = judge(history, replace(PACK, calendar="courts"), {}, date(2024, 8, 1))
    assert "courts" in yearless.six.appeal_window.state
    assert "2024" in yearless.conditions[0]


def test_a_conviction_names_its_windows():
    docket = [SWORN, "2024-07-12 convicted", "2024-08-12 sentenced", "2024-08-12 judgment"]
    found = asked(docket, "2024-09-01")
    assert found.answer == "barred"
    assert found.windows == ("newly discovered evidence runs to August 12, 2026",)
    assert "runs to August 12, 2026" in found.sentence
    windows = [link for link in found.chain if link.name == "window"]
    assert [(link.provision, link.on) for link in windows] == [
        ("new_trial", "2026-08-12"),
        ("dna", None),
    ]
    early = asked(docket[:2], "2024-07-20")
    assert "cannot be counted" in next(link.fact for link in early.chain if link.name == "window")


def test_what_would_follow_from_each_ending():
    before = {one.event: one.answer for one in asked([], "2024-07-01").if_ended}
    after = {one.event: one.answer for one in asked([SWORN], "2024-07-11").if_ended}
    assert before["dismissed_without_prejudice"] == "open"
    assert after["dismissed_without_prejudice"] == "conditional"
    assert before["acquitted"] == after["acquitted"] == "barred"
    assert "reversed" not in before
    assert asked([WITH], "2024-08-01").if_ended == ()


def test_limitation_of():
    day = date(2022, 3, 1)
    found = limitation_of(PACK, CALENDARS, grade="felony", offense="battery", offense_on=day)
    assert (found.last_day, found.unlimited, found.provision, found.lacks) == (
        date(2025, 3, 1),
        False,
        "felony",
        (),
    )
    none = limitation_of(PACK, CALENDARS, grade="murder", offense="murder", offense_on=day)
    assert (none.last_day, none.unlimited, none.provision) == (None, True, "murder")
    lost = limitation_of(PACK, CALENDARS, grade="", offense="battery", offense_on=day)
    assert lost.provision is None
    assert lost.lacks


# ---- on record: the matter ----

LAW = Law({"xx": PACK, "yy": PACK}, CALENDARS)


def matter(record, case=CASE, on="2026-01-01"):
    facts, cases = record.read()
    return standing_of_case(facts, cases, LAW, key(case), parse_when(on).last)


def old_case(*lines):
    record = Record()
    record.case(
        jurisdiction="xx", opened_on="2024-01-19", report_numbers=[{"agency": "S", "number": "1"}]
    )
    record.defendant()
    record.count(charged_on="2024-01-19", offense_on="2022-03-01", grade="felony")
    for line in lines:
        record.docket(line)
    return record


def new_case(record, jurisdiction="xx", **more):
    record.case(
        "N-2",
        jurisdiction=jurisdiction,
        opened_on="2025-01-08",
        report_numbers=[{"agency": "s", "number": " 1"}],
    )
    record.defendant(number="N-2")
    record.count(
        number="N-2", charged_on="2025-01-08", offense_on="2022-03-01", grade="felony", **more
    )


def test_a_new_case_with_the_same_count_is_barred():
    record = old_case(SWORN, WITH)
    new_case(record)
    (one,) = matter(record, "N-2")
    assert one.answer == "barred"
    assert CASE in one.sentence
    assert "dismissed_with_prejudice" in [link.provision for link in one.chain]
    assert one.barred_by == (4,)


def test_an_override_is_named():
    record = old_case(SWORN, WITH)
    new_case(record, override="order of the high court")
    (one,) = matter(record, "N-2")
    assert (one.answer, one.override) == ("barred", "order of the high court")
    assert "“order of the high court”" in one.sentence


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        ([WITHOUT], "pending"),
        ([SWORN, WITH, "2024-08-20 reversed"], "pending"),
        ([SWORN, WITH, "2024-08-20 refiled"], "barred"),
        (["2024-07-12 acquitted"], "barred"),
        (["2024-07-12 convicted"], "barred"),
        (["2025-07-12 acquitted"], "pending"),
        ([], "pending"),
    ],
)
def test_what_happened_in_the_other_case(lines, answer):
    record = old_case(*lines)
    new_case(record)
    (one,) = matter(record, "N-2")
    assert one.answer == answer


def test_a_ruling_elsewhere_after_the_charge_is_named_as_a_condition():
    record = old_case("2025-07-12 acquitted")
    new_case(record)
    (one,) = matter(record, "N-2")
    assert CASE in one.conditions[0]
    assert "for a lawyer" in one.conditions[0]


def test_the_old_case_learns_of_the_new_one():
    record = old_case(WITHOUT)
    new_case(record)
    (one,) = matter(record, on="2025-02-01")
    assert one.answer == "open"
    assert "charged again in N-2" in one.sentence
    record.docket("2025-02-10 acquitted", number="N-2")
    (barred,) = matter(record, on="2025-02-11")
    assert barred.answer == "barred"


def test_another_sovereign():
    record = old_case(SWORN, WITH)
    new_case(record, jurisdiction="yy")
    (one,) = matter(record, "N-2")
    assert one.answer == "conditional"
    assert "Another sovereign is not bound" in one.conditions[0]
    assert "(xx)" in one.six.other_sovereign.state


def test_another_defendant_is_another_matter():
    record = old_case(SWORN, "2024-07-12 dismissed_with_prejudice")
    record.defendant("Otto Brandt")
    record.count(defendant="Otto Brandt", charged_on="2024-08-01", grade="felony")
    first, second = matter(record)
    assert (first.defendant, first.answer) == (WHO, "barred")
    assert (second.defendant, second.answer) == ("Otto Brandt", "unclear")


def test_a_dismissal_of_an_unknown_count_leaves_open_ones_unclear():
    record = plain()
    record.entries[0].data["jurisdiction"] = "xx"  # type: ignore[index]
    record.docket("2024-07-12 dismissed_with_prejudice", count="9")
    first, ninth = matter(record)
    assert (first.answer, ninth.answer) == ("unclear", "unclear")
    assert "a count that nobody recorded" in first.sentence
    record.docket("2024-07-12 acquitted", count="1")
    first, ninth = matter(record)
    assert first.answer == "barred"
    assert "count 9" in first.sentence


def test_a_verdict_is_not_undone_by_a_dismissal_of_the_rest():
    record = old_case()
    record.count("2", offense="perjury", charged_on="2024-01-19", grade="felony")
    record.docket("2024-07-12 acquitted", count="1")
    record.docket("2024-07-13 dismissed_without_prejudice")
    first, second = matter(record, on="2024-08-01")
    assert first.answer == "barred"
    assert (second.answer, second.lacks) == (
        "unclear",
        ("the day of the offence, from which the time to bring a charge runs",),
    )
