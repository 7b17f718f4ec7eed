"""The schedule: nothing is left out, numbers run on, copies leave words out and never lines."""

from __future__ import annotations

import pytest

from fullfile.core.errors import NotFound, Refused
from fullfile.core.matching.line import State
from fullfile.core.papers.schedule import grouped
from tests.unit.core.papers.making import (
    CASE,
    FORMS,
    by_tag,
    issued_act,
    law_with,
    paper,
    scheduled,
    statement,
    world_of,
)

MORE = """
Sheriff,E-3,lost gloves,object,24-100,2024-01-22
Sheriff,E-4,burnt paper,object,24-100,2024-01-22
Sheriff,E-5,a letter,document,24-100,2024-01-22
Sheriff,E-6,a ring,object,24-100,2024-01-22
Sheriff,E-7,rounds,object,24-100,2024-01-22"""


def everything():
    """One item of each fate."""
    return world_of(
        items=MORE,
        custody="""agency,tag,event,occurred_at,place,to
Sheriff,E-3,not_found,2024-02-10,,
Sheriff,E-4,destroyed,2024-02-10,,
Sheriff,E-1,transferred,2024-02-08,,State Laboratory""",
        withholdings="""case_number,agency,tag,ground,withheld_at,by,announced_at,order,order_on
D-1,Sheriff,E-5,no_such_ground,2024-01-30,Rolf Adelsberg,2024-01-30,order of 30 January,2024-01-30""",
        filings="""
D-1,Sheriff,E-5,2024-01-25,""",
        determinations="""case_number,agency,tag,finding,by,made_at,reason,verified_by,verified_at
D-1,Sheriff,E-7,no_evidentiary_value,Rolf Adelsberg,2024-02,not a match,Ines Calloway,2024-02-20""",
    )


def test_everything_that_bears_on_the_case_is_on_it():
    lines = by_tag(scheduled(everything()))
    assert set(lines) == {f"E-{number}" for number in range(1, 8)}
    assert lines["E-3"].state is State.MISSING
    assert lines["E-4"].state is State.DESTROYED_UNDER_HOLD
    assert lines["E-4"].place == "destroyed February 10, 2024"
    assert lines["E-1"].place == "State Laboratory"
    assert (lines["E-1"].exhibit, lines["E-2"].exhibit) == ("1", "")
    assert lines["E-6"].disclosed is None
    handed = lines["E-1"].disclosed
    assert (handed.on, handed.production, handed.extent) == ("2024-02-01", "1", "whole")
    assert (lines["E-1"].receipt.on, lines["E-1"].receipt.kind) == ("2024-02-03", "claimed")


def test_a_view_is_printed_with_name_reason_and_second_reader_and_changes_nothing():
    line = by_tag(scheduled(everything()))["E-7"]
    without = by_tag(scheduled(world_of(items=MORE)))["E-7"]
    assert line.state is without.state is State.UNFILED
    (view,) = line.views
    assert (view.finding, view.by, view.reason) == (
        "no_evidentiary_value",
        "Rolf Adelsberg",
        "not a match",
    )
    assert (view.second_by, view.on) == ("Ines Calloway", "2024-02")


def test_a_withholding_names_ground_announcement_and_what_is_wanting():
    (kept,) = by_tag(scheduled(everything()))["E-5"].withheld
    assert (kept.ground, kept.by, kept.announced) == (
        "no_such_ground",
        "Rolf Adelsberg",
        "2024-01-30",
    )
    assert "no ground that the pack us-nm knows" in kept.wanting


def test_what_two_persons_set_aside_stays_on_it():
    world = world_of(
        items=MORE,
        filings="""case_number,agency,tag,filed_at,filed_by,set_aside,reason,confirmed_by,confirmed_at
D-1,Sheriff,E-6,2024-02-01,Ines Calloway,yes,returned to its owner,Rolf Adelsberg,2024-02-02""",
    )
    line = by_tag(scheduled(world))["E-6"]
    assert line.state is State.SET_ASIDE
    assert "Ines Calloway" in line.set_aside
    assert "Rolf Adelsberg" in line.set_aside


def test_a_partial_date_stays_as_it_was_said():
    world = world_of(items="\nSheriff,E-9,a coat,object,24-100,2024-01-20/2024-01-28")
    line = by_tag(scheduled(world))["E-9"]
    assert (line.held_since, line.held_said) == ("2024-01-20", "2024-01-20/2024-01-28")


@pytest.mark.parametrize("on", ["2023-12-31", "2024-01-18"])
def test_before_the_case_began_it_is_empty(on):
    assert scheduled(world_of(on)).lines == ()


def test_a_case_without_that_defendant_names_those_it_has():
    with pytest.raises(NotFound, match="Ada Roe"):
        scheduled(world_of(), name="Ada Row")
    nobody = world_of(parties="case_number,name,role\nD-1,Cy Voe,witness")
    with pytest.raises(NotFound, match="no defendant on record"):
        scheduled(nobody)


def test_a_defendant_is_named_by_name_or_by_party_id():
    world = world_of(parties="case_number,name,role,party_id\nD-1,Ada Roe,defendant,P7")
    assert scheduled(world, name=" ADA ROE ").heading.defendant == "Ada Roe"
    assert scheduled(world, name="p7").heading.defendant == "Ada Roe"


# Numbers.


def test_numbers_run_on_and_are_never_used_again():
    first = scheduled(world_of())
    assert {one.tag: one.number for one in first.lines} == {"E-1": 1, "E-2": 2}
    acts = issued_act(first)
    second = scheduled(world_of(items="\nSheriff,A-0,older,object,24-100,2024-01-02"), acts)
    assert {one.tag: (one.number, one.new) for one in second.lines} == {
        "E-1": (1, False),
        "E-2": (2, False),
        "A-0": (3, True),
    }
    assert [one.tag for one in second.new] == ["A-0"]
    acts = issued_act(second, 901, acts)
    third = scheduled(world_of(items="\nSheriff,B-0,other,object,24-100,2024-01-02"), acts)
    lines = by_tag(third)
    assert lines["B-0"].number == 4, "3 was given to another item"
    assert third.number == 3
    gone = next(one for one in third.lines if one.number == 3)
    assert gone.withdrawn
    assert gone.state is None
    assert "no longer on this list" in gone.why


def test_numbers_of_a_certificate_count_as_issued():
    from tests.unit.core.papers.making import certified, signed_act

    acts = signed_act(certified(world_of()))
    again = scheduled(world_of(items="\nSheriff,A-0,older,object,24-100,2024-01-02"), acts)
    assert by_tag(again)["A-0"].number == 3


# Grouping.

PHOTOS = "".join(
    f"\nSheriff,P-{number},Photograph {number} of the room,data,24-100,2024-01-20"
    for number in range(1, 13)
)


def filed_and_disclosed(tags):
    return {
        "filings": "".join(f"\nD-1,Sheriff,{tag},2024-01-25," for tag in tags),
        "disclosures": "".join(
            f"\nD-1,Ada Roe,Sheriff,{tag},2024-02-01,1,whole,2024-02-03" for tag in tags
        ),
    }


def groups_of(schedule):
    return [(one.first.tag, one.last.tag, len(one.lines)) for one in schedule.groups]


def test_lines_that_are_alike_stand_together_each_with_its_number():
    tags = [f"P-{number}" for number in range(1, 13)]
    schedule = scheduled(world_of(items=PHOTOS, **filed_and_disclosed(tags)))
    assert ("P-1", "P-12", 12) in groups_of(schedule)
    (group,) = (one for one in schedule.groups if len(one.lines) > 1)
    numbers = [line.number for line in group.lines]
    assert numbers == list(range(numbers[0], numbers[0] + 12))
    assert [line.tag for line in group.lines] == tags, "2 comes before 10"


@pytest.mark.parametrize(
    "extra",
    [
        {
            "determinations": "case_number,agency,tag,finding,by,made_at,reason\n"
            "D-1,Sheriff,P-6,mitigating,Rolf Adelsberg,2024-02-02,shows a second door"
        },
        {
            "withholdings": "case_number,agency,tag,ground,withheld_at,by\n"
            "D-1,Sheriff,P-6,no_such_ground,2024-01-30,Rolf Adelsberg"
        },
        {"custody": "agency,tag,event,occurred_at\nSheriff,P-6,not_found,2024-02-10"},
    ],
    ids=["a view", "a withholding", "an exception"],
)
def test_what_is_judged_withheld_or_an_exception_stands_alone(extra):
    tags = [f"P-{number}" for number in range(1, 13)]
    rows = filed_and_disclosed(tags)
    if "withholdings" in extra:
        rows["disclosures"] = "".join(
            line for line in rows["disclosures"].splitlines(keepends=True) if ",P-6," not in line
        )
    found = groups_of(scheduled(world_of(items=PHOTOS, **rows, **extra)))
    assert ("P-6", "P-6", 1) in found
    assert ("P-7", "P-12", 6) in found


def test_few_lines_are_not_grouped():
    assert all(len(one.lines) == 1 for one in grouped(scheduled(world_of()).lines))


# What is sealed.

SEALED = {
    "items": """agency,tag,description,kind,report_number,booked_at,sealed
Sheriff,E-1,a knife,object,24-100,2024-01-20,
Sheriff,E-2,Statement of Mara Quill,document,24-100,2024-01-21,
Sheriff,E-8,ledger of the source,document,24-100,2024-01-22,yes""",
    "parties": """case_number,name,role,protected
D-1,Ada Roe,defendant,
D-1,Mara Quill,victim,yes""",
}


def test_the_defence_gets_the_line_of_what_is_sealed_with_number_state_and_dates():
    schedule = scheduled(world_of(**SEALED))
    assert len(schedule.lines) == 3
    line = schedule.lines[2]
    assert (line.number, line.state, line.held_since) == (3, State.UNFILED, "2024-01-22")
    assert (line.agency, line.tag, line.description) == ("sealed", "sealed", "sealed")
    assert "ledger" not in repr((line.description, line.why, line.remarks, line.place))
    assert line.left_out
    assert schedule.copy == "defence"


def test_a_protected_name_is_hidden_wherever_it_stands():
    assert by_tag(scheduled(world_of(**SEALED)))["E-2"].description == "Statement of [sealed]"
    surname = world_of(**(SEALED | {"items": SEALED["items"].replace("Mara Quill", "Ms Quill")}))
    assert by_tag(scheduled(surname))["E-2"].description == "Statement of Ms [sealed]"


def test_a_name_that_somebody_else_bears_is_hidden_as_a_whole_only():
    rows = SEALED["parties"] + "\nD-1,Tom Quill,witness,"
    items = SEALED["items"].replace(
        "Statement of Mara Quill", "Statements of Tom Quill and Mara Quill"
    )
    world = world_of(items=items, parties=rows)
    assert by_tag(scheduled(world))["E-2"].description == "Statements of Tom Quill and [sealed]"


def test_the_copies_differ_in_words_only():
    world = world_of(**SEALED)
    copies = {copy: scheduled(world, copy=copy) for copy in ("defence", "court", "office")}
    shapes = {
        copy: [(one.number, one.state, one.held_since) for one in found.lines]
        for copy, found in copies.items()
    }
    assert shapes["defence"] == shapes["court"] == shapes["office"]
    assert copies["court"].sealed == 1
    assert by_tag(copies["office"])["E-8"].description == "ledger of the source"
    assert by_tag(copies["office"])["E-2"].description == "Statement of Mara Quill"
    with pytest.raises(Refused, match="no copy"):
        scheduled(world, copy="press")


def test_a_withholding_under_seal_hides_the_words_of_its_line():
    world = world_of(
        withholdings="case_number,agency,tag,ground,withheld_at,by,sealed\n"
        "D-1,Sheriff,E-2,no_such_ground,2024-01-30,Rolf Adelsberg,yes",
        disclosures="case_number,defendant,agency,tag,disclosed_at",
    )
    line = scheduled(world).lines[1]
    assert (line.description, line.withheld, line.state) == (
        "sealed",
        (),
        State.WITHHELD_WITHOUT_ORDER,
    )


def test_another_case_that_is_sealed_is_not_named():
    world = world_of(
        cases="""case_number,jurisdiction,court_level,title,opened_on,report_numbers,related_cases,sealed
D-1,us-nm,district,State v. Roe,2024-01-19,Sheriff:24-100,D-9|co_defendant,
D-9,us-nm,district,State v. Vexley,2024-01-19,Sheriff:24-900,,yes""",
        items="\nSheriff,E-9,a coat,object,24-900,2024-01-22",
    )
    assert "D-9" not in by_tag(scheduled(world))["E-9"].why
    assert "D-9" in by_tag(scheduled(world, copy="office"))["E-9"].why


def test_the_reason_of_a_privileged_view_stays_in_the_office():
    world = world_of(
        determinations="case_number,agency,tag,finding,by,made_at,reason\n"
        "D-1,Sheriff,E-2,privileged,Rolf Adelsberg,2024-02-02,letter to counsel Brandt"
    )
    (view,) = by_tag(scheduled(world))["E-2"].views
    assert (view.finding, view.reason) == ("privileged", "[kept in the office]")
    (view,) = by_tag(scheduled(world, copy="office"))["E-2"].views
    assert view.reason == "letter to counsel Brandt"


# The forms of England and Wales.


def forms(**rows):
    return world_of(
        the_law=law_with(*FORMS),
        items=MORE,
        determinations="""case_number,agency,tag,finding,by,made_at,reason
D-1,Sheriff,E-3,sensitive,DC Prynne,2024-02-02,names a source
D-1,Sheriff,E-4,exculpatory,DC Prynne,2024-02-02,shows somebody else
D-1,Sheriff,E-1,impeaching,DC Prynne,2024-02-02,the date is wrong""",
        **rows,
    )


def test_each_unused_item_is_on_exactly_one_form():
    world = forms()
    c = {line.tag for line in scheduled(world, layout="mg6c").lines}
    d = {line.tag for line in scheduled(world, layout="mg6d").lines}
    assert d == {"E-3"}
    assert c == {"E-2", "E-4", "E-5", "E-6", "E-7"}, "E-1 is used: it has an exhibit number"


def test_the_report_names_what_may_help_by_its_number_on_the_other_forms():
    found = {line.tag: line.shown_number for line in scheduled(forms(), layout="mg6e").lines}
    number = by_tag(scheduled(forms(), layout="mg6c"))["E-4"].number
    assert found == {"E-4": f"C{number}", "E-1": "1"}


def test_a_sensitive_list_without_items_is_a_paper_too():
    world = world_of(the_law=law_with(*FORMS))
    schedule = scheduled(world, layout="mg6d")
    assert schedule.lines == ()
    assert schedule.copy == "office"
    with pytest.raises(Refused, match="never goes to the defence"):
        scheduled(world, layout="mg6d", copy="defence")


def test_where_sensitive_things_are_listed_apart_the_list_of_everything_stays_in_the_office():
    world = world_of(the_law=law_with(*FORMS))
    assert scheduled(world).copy == "office"
    with pytest.raises(Refused, match="never goes to the defence"):
        scheduled(world, copy="defence")


def test_a_fresh_report_goes_with_every_further_list():
    world = forms()
    listed = scheduled(world, layout="mg6c")
    acts = issued_act(listed)
    assert "fresh MG6E" in scheduled(world, acts, layout="mg6c").notes[0]
    acts = issued_act(scheduled(world, acts, layout="mg6e"), 901, acts)
    assert scheduled(world, acts, layout="mg6c").notes == ()


def test_what_moves_to_the_sensitive_list_keeps_its_number_open():
    plain = world_of(the_law=law_with(*FORMS), items=MORE)
    acts = issued_act(scheduled(plain, layout="mg6c"))
    after = scheduled(forms(), acts, layout="mg6c")
    old = by_tag(scheduled(plain, layout="mg6c"))["E-3"].number
    gone = next(line for line in after.lines if line.number == old)
    assert gone.withdrawn
    assert by_tag(scheduled(forms(), acts, layout="mg6d"))["E-3"].number == 1, "its own series"


def test_a_form_that_the_pack_does_not_have_is_refused():
    with pytest.raises(Refused, match="has no paper “mg6c”: use --layout schedule"):
        scheduled(world_of(), layout="mg6c")


# Wording.


def test_statements_are_filled_in_once_and_for_the_day():
    said = statement(
        "{state} lists for {defendant} in {case} before {court} what {agency} holds; {other}."
    )
    old = paper("schedule", title="Old", effective_to=None, statements=(said,))
    world = world_of(the_law=law_with(old))
    (found,) = scheduled(world).statements
    assert found.text == (
        "The State lists for Ada Roe in D-1 before District Court of Example County what Sheriff holds; {other}."
    )
    assert (found.cite, found.check) == ("Rule 2", "unread")
    assert scheduled(world_of()).paper is None


def test_a_name_that_looks_like_a_placeholder_is_left_alone():
    said = statement("{defendant}")
    rows = {
        table: text.replace("Ada Roe", "{case} Roe")
        for table, text in (
            ("parties", "case_number,name,role\nD-1,Ada Roe,defendant"),
            ("docket", "case_number,event,occurred_on\nD-1,arraignment,2024-01-31"),
        )
    }
    world = world_of(
        the_law=law_with(paper("schedule", statements=(said,))),
        disclosures="case_number,defendant,agency,tag,disclosed_at",
        **rows,
    )
    assert scheduled(world, name="{case} Roe").statements[0].text == "{case} Roe"


def test_the_heading_says_court_title_and_pack():
    heading = scheduled(world_of()).heading
    assert (heading.number, heading.title, heading.court) == (
        CASE,
        "State v. Roe",
        "District Court of Example County",
    )
    assert heading.pack.startswith("us-nm ")
    assert "not legal advice" in heading.not_legal_advice


def test_what_no_list_has_is_called_what_others_call_it():
    world = world_of(
        disclosures="""case_number,defendant,agency,tag,disclosed_at,extent,what
D-1,Ada Roe,Sheriff,Z-1,2024-02-01,whole,a bank statement"""
    )
    line = by_tag(scheduled(world))["Z-1"]
    assert (line.state, line.description, line.held_since) == (
        State.MISSING,
        "a bank statement",
        None,
    )
    filed = world_of(filings="\nD-1,Sheriff,Z-2,2024-01-25,")
    assert by_tag(scheduled(filed))["Z-2"].description == ""


def test_what_lies_in_something_says_in_what():
    world = world_of(
        items="""agency,tag,description,kind,report_number,booked_at,parent_tag
Sheriff,E-1,a bag,object,24-100,2024-01-20,
Sheriff,E-2,a key,object,24-100,2024-01-20,E-1""",
    )
    assert by_tag(scheduled(world))["E-2"].remarks == ("inside Sheriff E-1",)


def test_words_erased_by_order_leave_the_line():
    from dataclasses import replace

    from fullfile.core.matching import Policy, read_world
    from tests.spec.backends import moment_of
    from tests.spec.loader import entries_of
    from tests.spec.reading import FIRST, Import
    from tests.unit.core.papers.making import ROWS

    entries = [
        replace(one, more={"erased": "order of 3 March"})
        if one.type == "item.recorded" and one.data["tag"] == "E-2"
        else one
        for one in entries_of([Import("office", FIRST, ROWS)])
    ]
    world = world_of()
    erased = read_world(
        entries,
        zone=world.facts.zone,
        moment=moment_of("2024-03-01"),
        law=law_with(),
        policy=Policy(),
    )
    assert by_tag(scheduled(erased))["E-2"].remarks == ("words erased by order: order of 3 March",)
