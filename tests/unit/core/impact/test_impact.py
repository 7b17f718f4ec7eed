"""What an item or a ruling touches: cases, windows, suits, holds, people, requests."""

import pytest

from fullfile.core.impact import impact_of_case, impact_of_item
from fullfile.core.impact.impact import MOST_ITEMS
from tests.support.worlds import world_of

CASES = """
case_number,jurisdiction,court_level,opened_on,report_numbers,related_cases,title
D-1,us-nm,district,2024-01-19,Sheriff:24-100,D-2|co_defendant;D-9|severed_from,State v. Roe
D-2,us-nm,district,2023-05-01,Sheriff:24-100,,State v. Poe
D-9,us-nm,district,2024-02-01,,,State v. Low
"""
PARTIES = """
case_number,name,role,counsel
D-1,Ada Roe,defendant,D. One
D-1,P. Quill,prosecutor,
D-2,Ben Poe,defendant,D. Two
D-2,G. Ivy,witness,
D-9,Cy Low,defendant,D. Nine
"""
ITEM = """
agency,tag,description,kind,category,report_number,booked_at,collected_from,persons
Sheriff,E-1,two cartridges in a bag,object,ammunition,24-100,2024-03-06,G. Ivy,S. Fern|supplier;O. Officer|finder
"""
DOCKET = """
case_number,event,occurred_on,defendant,detail,by,relates_to
D-2,convicted,2024-03-06,Ben Poe,,,
D-2,sentenced,2024-04-15,Ben Poe,18 months,J. Court,
D-2,judgment,2024-04-15,Ben Poe,,,
"""
BASE = {"cases": CASES, "parties": PARTIES, "items": ITEM, "docket": DOCKET}


def impact(on, **tables):
    return impact_of_item(world_of(on, BASE | tables), ("sheriff", "e-1"))


def joined(given, rows):
    return given + rows.strip().split("\n", 1)[-1] + "\n"


@pytest.fixture(scope="module")
def found():
    return impact("2024-06-01")


def ways(answer):
    return {one.case_number: [way.kind for way in one.ways] for one in answer.cases}


def test_every_linked_case_says_how_it_is_linked(found):
    assert ways(found) == {
        "D-1": ["bears_on"],
        "D-2": ["bears_on", "person"],
        "D-9": ["related"],
    }
    words = [way.words for one in found.cases for way in one.ways]
    assert "it was booked under 24-100, a report number of the case" in words
    assert "G. Ivy (the one it came from) is a witness there" in words
    assert "related to D-1 (severed from)" in words


def test_how_each_defendant_stands_and_what_they_got(found):
    standing = {one.defendant: (one.standing, one.sentence) for one in found.defendants}
    assert standing == {
        "Ada Roe": ("pending", ""),
        "Ben Poe": ("sentenced", "18 months"),
        "Cy Low": ("pending", ""),
    }
    poe = next(one for one in found.defendants if one.defendant == "Ben Poe")
    assert (
        poe.words == "Ben Poe: convicted on March 6, 2024, sentenced on April 15, 2024 (18 months)."
    )
    assert (poe.disclosed, poe.counsel) == (None, "D. Two")


def test_a_disclosure_to_this_defendant_is_named_with_its_day():
    rows = "case_number,defendant,agency,tag,disclosed_at,extent\nD-1,Ada Roe,Sheriff,E-1,2024-05-02,part"
    roe = next(
        one
        for one in impact("2024-06-01", disclosures=rows).defendants
        if one.defendant == "Ada Roe"
    )
    assert roe.disclosed_words == "Disclosed to Ada Roe in part on May 2, 2024."


def test_a_conviction_that_was_undone_is_pending_again():
    rows = joined(DOCKET, "D-2,new_trial_granted,2024-05-10,Ben Poe,,,")
    poe = next(
        one for one in impact("2024-06-01", docket=rows).defendants if one.defendant == "Ben Poe"
    )
    assert poe.words == "Ben Poe: pending, after new trial granted on May 10, 2024."


def test_windows_have_their_last_day_with_its_working(found):
    days = {one.id: (one.last_day, one.passed) for one in found.windows}
    assert days["new_trial_newly_discovered"] == ("2026-04-15", False)
    assert days["new_trial_other"] == ("2024-03-20", True)
    assert days["dna_petition"] == (None, None)
    window = next(one for one in found.windows if one.material and one.last_day)
    assert (window.defendant, window.cite, window.check) == (
        "Ben Poe",
        "Rule 5-614(C) NMRA",
        "text",
    )
    assert "15 Apr 2026" in window.working


def test_a_window_says_when_it_has_passed():
    answer = impact("2026-04-16")
    assert next(one for one in answer.windows if one.id == "new_trial_newly_discovered").passed


def test_a_window_without_its_trigger_says_what_is_lacking():
    rows = "case_number,event,occurred_on,defendant\nD-2,convicted,2024-03-06,Ben Poe"
    window = next(
        one
        for one in impact("2024-06-01", docket=rows).windows
        if one.id == "new_trial_newly_discovered"
    )
    assert window.last_day is None
    assert window.lacks == ("judgment, from which Rule 5-614(C) NMRA counts",)


def test_a_judgment_of_some_day_in_a_month_says_so():
    rows = DOCKET.replace("judgment,2024-04-15", "judgment,2024-04")
    window = next(
        one
        for one in impact("2024-06-01", docket=rows).windows
        if one.id == "new_trial_newly_discovered"
    )
    assert window.last_day == "2026-04-01"
    assert window.lacks == ("the day of the judgment in April 2024",)


def test_a_case_without_a_pack_says_so_and_goes_on():
    cases = CASES.replace("D-2,us-nm", "D-2,xx-nowhere")
    answer = impact("2024-06-01", cases=cases)
    assert not answer.windows
    assert any("No pack for xx-nowhere" in note for note in answer.notes)
    assert len(answer.defendants) == 3


SUIT = """
D-1,civil_suit_filed,2024-04-01,,,,CV-7
D-1,civil_suit_closed,2024-04-20,,inactivity,,CV-7
D-1,civil_suit_filed,2024-05,,reinstated,,cv-7
D-1,removed,2024-06-20,,to federal court,,CV-7
D-1,civil_suit_filed,2024-05-05,,another,,CV-8
"""


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-04-10", {"CV-7": "open"}),
        ("2024-04-25", {"CV-7": "closed"}),
        ("2024-05-31", {"CV-7": "reinstated", "CV-8": "open"}),
        ("2024-06-30", {"CV-7": "moved", "CV-8": "open"}),
    ],
)
def test_a_civil_suit_goes_its_own_way_by_its_number(on, expected):
    answer = impact(on, docket=DOCKET + SUIT.strip() + "\n")
    assert {one.number: one.state for one in answer.suits} == expected


def test_that_a_suit_was_closed_lifts_no_hold():
    answer = impact("2024-04-25", docket=DOCKET + SUIT.strip() + "\n")
    assert "lifts no hold" in answer.suits[0].words
    assert any(hold.name == "civil_suit:D-1" for hold in answer.holds)


def test_what_there_is_none_of_is_said(found):
    assert "Complaints against counsel: none on record." in found.notes
    assert "Civil suits: none on record." in found.notes


def test_a_complaint_against_counsel_is_named():
    rows = joined(DOCKET, "D-1,complaint_against_counsel,2024-05-20,,about the bag,the bar,")
    answer = impact("2024-06-01", docket=rows)
    assert [one.words for one in answer.complaints] == [
        "Complaint against counsel by the bar on May 20, 2024: about the bag."
    ]
    assert not any("Complaints" in note for note in answer.notes)


def test_appeals_are_open_until_they_end():
    rows = joined(DOCKET, "D-2,appeal_filed,2024-05-01,Ben Poe,,Ben Poe,")
    assert [one.state for one in impact("2024-06-01", docket=rows).appeals] == ["open"]
    rows = joined(rows, "D-2,appeal_withdrawn,2024-05-20,Ben Poe,,,")
    [appeal] = impact("2024-06-01", docket=rows).appeals
    assert appeal.words == "Appeal filed by Ben Poe on May 1, 2024, withdrawn on May 20, 2024."


def test_people_whom_it_may_touch_are_no_defendants_and_no_officials():
    parties = joined(PARTIES, "D-1,O. Officer,officer,")
    answer = impact("2024-06-01", parties=parties)
    assert [one.person for one in answer.people] == ["G. Ivy", "S. Fern"]
    assert answer.people[1].words == (
        "S. Fern: named on the item as “supplier”. A person whom it may touch; the record says no more."
    )


def test_a_witness_who_knew_of_it_is_one_of_them():
    rows = "agency,tag,person,level,known_from,source\nSheriff,E-1,W. Wit,exists,2024-02,N. Note"
    parties = joined(PARTIES, "D-1,W. Wit,witness,")
    answer = impact("2024-06-01", parties=parties, knowledge=rows)
    wit = next(one for one in answer.people if one.person == "W. Wit")
    assert wit.because == ("knew that it exists (N. Note)", "witness in D-1")


def test_a_name_in_too_many_cases_joins_none_and_is_reported():
    cases = CASES + "".join(f"X-{n},us-nm,district,2024-01-01,,,\n" for n in range(21))
    parties = PARTIES + "".join(f"X-{n},S. Fern,witness,\n" for n in range(21))
    answer = impact("2024-06-01", cases=cases, parties=parties)
    assert len(answer.cases) == 3
    assert "S. Fern is a party of more than 20 cases: the name joins none of them." in answer.notes


REQUEST = """
case_number,defendant,requested_at,asks_for,category,keywords,replied_at,reply
D-1,Ada Roe,2024-02-20,all ballistic evidence,ballistic,Cartridge;round,,
D-1,Ada Roe,2024-02-21,every recording,recording,,,
D-2,Ben Poe,2024-01-05,any ammunition that was found,,,2024-01-20,none is held
"""


def test_requests_that_it_answers_say_by_which_words():
    answer = impact("2024-06-01", requests=REQUEST)
    assert [(one.defendant, one.matches) for one in answer.requests] == [
        ("Ada Roe", ("“cartridges” in its description",)),
        ("Ben Poe", ("“ammunition” in its category",)),
    ]
    texts = [task.text for task in answer.tasks]
    assert "Answer Ada Roe's request “all ballistic evidence”." in texts
    assert "Re-open the answer to Ben Poe's request “any ammunition that was found”." in texts


def test_preservation_is_named_with_the_words_it_rests_on():
    items = ITEM.replace("ammunition", "blood swab")
    [duty] = impact("2024-06-01", items=items).preservation
    assert (duty.id, duty.check) == ("us-nm:dna", "text")
    assert duty.why == "its category has “blood”; from the seizure"
    assert impact("2024-06-01").preservation == ()


def test_an_item_that_bears_on_nothing_and_names_nobody_touches_nothing():
    items = "agency,tag,description,booked_at\nSheriff,E-1,a lamp,2024-03-06"
    answer = impact("2024-06-01", items=items)
    assert (answer.cases, answer.tasks) == ((), ())
    assert answer.notes == ("No case on record is linked with it.", "No hold stands on it.")


def test_a_case_is_followed_into_its_matter_and_into_the_cases_of_its_items():
    cases = CASES + "D-7,us-nm,district,2024-02-01,,,State v. Elm\n"
    filed = "case_number,agency,tag,filed_at\nD-7,Sheriff,E-1,2024-05-01"
    world = world_of("2024-06-01", BASE | {"cases": cases, "filings": filed})
    answer = impact_of_case(world, world.cases.by_key["d-1"])
    assert ways(answer) == {
        "D-1": ["bears_on"],
        "D-2": ["same_matter"],
        "D-7": ["shared_item"],
        "D-9": ["related"],
    }
    assert {(one.tag, one.case_number, one.defendant) for one in answer.items} == {
        ("E-1", "D-1", "Ada Roe"),
        ("E-1", "D-2", "Ben Poe"),
        ("E-1", "D-7", None),
    }


def test_tasks_come_by_date_and_say_whose_date_it_is(found):
    assert [task.due for task in found.tasks] == sorted(task.due for task in found.tasks)
    assert {task.basis for task in found.tasks} == {"policy"}
    assert all(task.overdue for task in found.tasks)


def test_a_date_by_law_carries_its_rule():
    docket = joined(DOCKET, "D-1,arraignment,2024-05-20,Ada Roe,,,")
    answer = impact("2024-05-25", docket=docket)
    task = next(
        one for one in answer.tasks if one.text == "Tell counsel of Ada Roe of Sheriff E-1."
    )
    assert (task.due, task.basis, task.rule, task.check, task.overdue) == (
        "2024-06-04",
        "law",
        "us-nm:5-501(A)",
        "part",
        False,
    )


@pytest.mark.parametrize(
    ("pack", "events", "expected"),
    [
        ("us-fed", "convicted,2024-03-05", {"new_trial_newly_discovered": "2027-03-05"}),
        ("us-tx", "convicted,2024-03-06", {"new_trial_newly_discovered": None}),
    ],
)
def test_other_jurisdictions_have_their_own_windows(pack, events, expected):
    cases = CASES.replace("D-2,us-nm,district", f"D-2,{pack},")
    rows = f"case_number,event,occurred_on,defendant\nD-2,{events},Ben Poe"
    found = {
        one.id: one.last_day
        for one in impact("2024-06-01", cases=cases, docket=rows).windows
        if one.defendant == "Ben Poe"
    }
    assert {name: found[name] for name in expected} == expected


def test_a_rule_that_binds_other_courts_gives_no_day():
    cases = CASES.replace("D-2,us-nm,district", "D-2,us-nm,magistrate")
    windows = {one.id: one for one in impact("2024-06-01", cases=cases).windows}
    window = windows["new_trial_newly_discovered"]
    assert window.last_day is None
    assert window.lacks == ("a rule for this court: Rule 5-614(C) NMRA binds others",)


def test_a_duty_to_keep_that_begins_with_an_event_waits_for_it():
    items = ITEM.replace("ammunition", "biological")
    cases = CASES.replace("us-nm,district", "us-ca,")
    before = impact("2024-03-01", items=items, cases=cases)
    after = impact("2024-06-01", items=items, cases=cases)
    assert "us-ca:biological" not in {one.id for one in before.preservation}
    duty = next(one for one in after.preservation if one.id == "us-ca:biological")
    assert duty.why == "its category has “biological”; since convicted on March 6, 2024"


def test_a_duty_for_a_kind_of_item_fits_that_kind():
    items = ITEM.replace("object,ammunition", "recording,body-worn camera")
    [duty] = impact("2024-06-01", items=items).preservation
    assert duty.id == "us-nm:body_worn_camera"
    assert impact("2024-06-01", items=items.replace("recording", "data")).preservation == ()


def test_a_defendant_whom_the_item_names_is_in_the_list_of_defendants():
    items = ITEM.replace("S. Fern|supplier", "Ada Roe|owner")
    answer = impact("2024-06-01", items=items)
    assert [one.person for one in answer.people] == ["G. Ivy", "O. Officer"]
    assert ways(answer)["D-1"] == ["bears_on", "person"]


def test_a_case_related_in_another_way_is_linked():
    cases = CASES + "D-7,us-nm,district,2024-02-01,,D-2|other,\n"
    world = world_of("2024-06-01", BASE | {"cases": cases})
    assert ways(impact_of_case(world, world.cases.by_key["d-7"])) == {
        "D-2": ["related"],
        "D-7": ["bears_on"],
    }


def test_a_duty_for_a_kind_of_item_needs_no_category():
    items = ITEM.replace("object,ammunition", "statement,")
    cases = CASES.replace("us-nm,district", "us-fed,")
    rows = joined(DOCKET, "D-1,testimony,2024-05-20,,,,")
    answer = impact("2024-06-01", items=items, cases=cases, docket=rows)
    duties = {one.id: one.why for one in answer.preservation}
    assert (
        duties["us-fed:witness_statements"] == "it is a statement; since testimony on May 20, 2024"
    )


def test_of_many_items_that_are_not_in_order_some_are_followed_and_the_rest_counted():
    items = ITEM + "".join(
        f"Sheriff,X-{n},a thing,object,,24-100,2024-03-06,,\n" for n in range(MOST_ITEMS)
    )
    world = world_of("2024-06-01", BASE | {"items": items})
    answer = impact_of_case(world, world.cases.by_key["d-1"])
    assert len({one.tag for one in answer.items}) == MOST_ITEMS
    assert "1 more items are not in order: `fullfile match` lists them all." in answer.notes
