"""The certificate: refused unless everything is right or stated; families D, E, H and I."""

from __future__ import annotations

import pytest

from fullfile.core.errors import Refused
from fullfile.core.matching.line import EXCEPTIONS, Line, State
from fullfile.core.papers import Orphans
from tests.unit.core.papers.making import (
    CASE,
    certified,
    codes,
    issued_act,
    law_with,
    paper,
    scheduled,
    signed_act,
    statement,
    world_of,
)

NO_ANSWER = {"answers": "case_number,agency,answer,by,answered_at"}


def test_what_is_full_with_answers_that_stand_needs_no_word():
    found = certified(world_of())
    assert found.refusals == ()
    assert found.exceptions == ()
    assert [(one.agency, one.answer, one.standing) for one in found.answers] == [
        ("Sheriff", "all handed over", True)
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        # D: filed, and not with this defendant.
        ({"disclosures": "case_number,defendant,agency,tag,disclosed_at"}, "overdue"),
        ({"items": "\nSheriff,E-3,a coat,object,24-100,2024-01-22"}, "unfiled"),
        (
            {
                "items": "\nSheriff,E-3,a coat,object,24-100,2024-02-28",
                "filings": "\nD-1,Sheriff,E-3,2024-02-28,",
            },
            "pending",
        ),
        (
            {
                "items": "\nSheriff,E-3,a coat,object,24-100,2024-01-22",
                "filings": "\nD-1,Sheriff,E-3,2024-01-25,",
                "disclosures": "\nD-1,Ada Roe,Sheriff,E-3,2024-02-28,2,whole,2024-02-28",
            },
            "late",
        ),
        (
            {
                "items": "\nSheriff,E-3,a coat,object,24-100,2024-01-22",
                "filings": "\nD-1,Sheriff,E-3,2024-01-25,",
                "disclosures": "\nD-1,Ada Roe,Sheriff,E-3,2024-02-01,2,part,2024-02-03",
            },
            "partial",
        ),
        (
            {
                "items": "\nSheriff,E-3,a coat,object,24-100,2024-01-22",
                "custody": "agency,tag,event,occurred_at\nSheriff,E-3,not_found,2024-02-10",
            },
            "missing",
        ),
        # E: one person's view of its worth changes nothing.
        (
            {
                "items": "\nSheriff,E-3,a coat,object,24-100,2024-01-22",
                "determinations": "case_number,agency,tag,finding,by,made_at,reason,verified_by,verified_at\n"
                "D-1,Sheriff,E-3,no_evidentiary_value,Rolf Adelsberg,2024-02-01,not a match,Ines Calloway,2024-02-02",
            },
            "unfiled",
        ),
        (
            {
                "items": "\nSheriff,E-3,a coat,object,24-100,2024-01-22",
                "filings": "case_number,agency,tag,filed_at,filed_by,set_aside,reason,confirmed_by,confirmed_at\n"
                "D-1,Sheriff,E-1,2024-01-25,,,,,\nD-1,Sheriff,E-2,2024-01-25,,,,,\n"
                "D-1,Sheriff,E-3,2024-02-01,Ines Calloway,yes,returned,Rolf Adelsberg,2024-02-02",
            },
            "set_aside",
        ),
        (
            {
                "items": "\nSheriff,E-3,a coat,object,24-100,2024-01-22",
                "filings": "\nD-1,Sheriff,E-3,2024-01-25,",
                "withholdings": "case_number,agency,tag,ground,withheld_at,by\n"
                "D-1,Sheriff,E-3,no_such_ground,2024-01-30,Rolf Adelsberg",
            },
            "withheld_without_order",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_every_line_that_is_not_right_refuses_it_until_stated(rows, code):
    world = world_of(**rows)
    found = [one for one in certified(world).refusals if one.code == code]
    assert found
    one = found[0]
    assert one.sentence.endswith((".", "line."))
    assert one.entries
    reasons = {each.key: "as told to the court" for each in certified(world).refusals}
    stated = certified(world, reasons)
    assert stated.refusals == ()
    assert {each.key: each.reason for each in stated.exceptions} == reasons


def test_it_does_not_look_at_due_dates():
    """A line that is not due yet stands in the way like one that is long past."""
    world = world_of(
        on="2024-02-02", disclosures="case_number,defendant,agency,tag,disclosed_at", **NO_ANSWER
    )
    assert {code for code, _ in codes(certified(world))} == {"pending", "unanswered"}


def test_an_agency_without_an_answer_is_unknown_and_never_none():
    """Family H: nobody asked, or nobody answered."""
    (one,) = certified(world_of(**NO_ANSWER)).refusals
    assert (one.code, one.key, one.state) == ("unanswered", "unanswered:Sheriff", State.UNANSWERED)
    assert "none is not “nothing held”" in one.sentence
    assert "answer" in one.way_out


@pytest.mark.parametrize(
    ("answer", "says"),
    [("nothing_held", "an item of its own"), ("more_to_come", "the time for more has run out")],
)
def test_an_answer_that_does_not_stand_is_none(answer, says):
    world = world_of(
        on="2024-05-01",
        answers=f"case_number,agency,answer,by,answered_at\nD-1,Sheriff,{answer},Lt. Vance,2024-02-05",
    )
    (one,) = certified(world).refusals
    assert one.code == "unanswered"
    assert says in one.sentence
    assert "Lt. Vance" in one.sentence


def test_what_a_report_says_was_taken_and_nobody_booked_must_be_stated():
    world = world_of(
        mentions="agency,report_number,description,mentioned_at\nSheriff,24-100,a red lighter,2024-01-22"
    )
    (one,) = certified(world).refusals
    assert one.code == "unbooked"
    assert one.key.startswith("unbooked:")
    assert certified(world, {one.key: "returned on the spot"}).refusals == ()


def test_orphans_are_stated_one_by_one_or_by_their_number():
    line = Line(
        state=State.ORPHAN,
        agency="Sheriff",
        tag="X-1",
        description="rounds",
        suspected_cases=((CASE, "0.97"),),
        why="It is suspected.",
        entries=(3,),
    )
    orphans = Orphans((line,), (("Sheriff", 12),))
    found = certified(world_of(), orphans=orphans)
    assert codes(found) == [("suspected", "Sheriff:X-1"), ("unexamined", "unexamined:Sheriff")]
    assert "(97 in 100)" in found.refusals[0].sentence
    assert "12 items" in found.refusals[1].sentence
    reasons = {"sheriff:x-1": "being looked into", "Unexamined:Sheriff": "no model yet"}
    assert certified(world_of(), reasons, orphans=orphans).refusals == ()


@pytest.mark.parametrize(
    ("reasons", "says"),
    [
        ({"Sheriff:E-1": "because"}, "Sheriff:E-1 needs no exception"),
        ({"Sheriff:NO-1": "because"}, "Sheriff:NO-1 needs no exception"),
        ({"unanswered:Sheriff": "  "}, "gives no reason"),
    ],
)
def test_a_reason_is_one_and_is_needed(reasons, says):
    rows = NO_ANSWER if "unanswered:Sheriff" in reasons else {}
    with pytest.raises(Refused, match=says):
        certified(world_of(**rows), reasons)


def test_every_wrong_reason_is_named_at_once():
    with pytest.raises(Refused) as caught:
        certified(world_of(), {"Sheriff:E-1": "x", "Sheriff:E-2": "y"})
    assert len(caught.value.reasons) == 2


def test_it_names_the_kinds_that_it_covers():
    world = world_of(items="\nSheriff,E-3,a coat,,24-100,2024-01-22")
    assert certified(world).kinds == ("1 object", "1 document", "1 item of no stated kind")


def test_it_names_claimed_receipts_corrections_and_late_records():
    from tests.spec.reading import Import

    later = Import(
        "office",
        "2024-06-01T09:00:00+00:00",
        {
            "items": "agency,tag,description,kind,report_number,booked_at\n"
            "Sheriff,E-2,a longer report,document,24-100,2024-01-21\n"
            "Sheriff,E-3,a coat,object,24-100,2024-01-22"
        },
    )
    world = world_of("2026-12-01", imports=[later])
    notes = " ".join(certified(world).notes)
    assert "numbers 1 and 2 a row of the State says that a receipt exists" in notes
    assert "E-2: the list was corrected" in notes
    assert "E-3: The booking of January 22, 2024 was recorded" in notes


# Papers of packs.


def test_the_wording_is_the_packs_and_ours_where_it_has_none():
    said = statement("{state} has given {defendant} all of it in {case}.", "Rule 5", "part")
    own = paper(
        "certificate", "certificate", statements=(said,), signers=("district attorney", "deputy")
    )
    found = certified(world_of(the_law=law_with(own)))
    assert [(one.text, one.cite, one.check) for one in found.statements] == [
        ("The State has given Ada Roe all of it in D-1.", "Rule 5", "part")
    ]
    assert found.roles == ("district attorney", "deputy")
    plain = certified(world_of())
    assert plain.paper is None
    assert plain.roles == ("prosecutor", "second reader")
    assert all(one.cite == one.check == "" for one in plain.statements)


def test_the_paper_in_force_on_that_day_counts():
    from datetime import date

    old = paper("certificate", "certificate", title="Old", effective_to=date(2024, 2, 29))
    new = paper("certificate", "certificate", title="New", effective_from=date(2024, 3, 1))
    assert certified(world_of("2024-02-29", law_with(old, new))).paper.title == "Old"
    assert certified(world_of("2024-03-01", law_with(old, new))).paper.title == "New"


# Supplements.


def test_a_later_certificate_is_a_supplement_and_says_what_is_new():
    more = "\nSheriff,E-3,a coat,object,24-100,2024-01-22"
    first = certified(world_of(**NO_ANSWER), {"unanswered:Sheriff": "asked twice"})
    assert (first.number, first.supplemental, first.since) == (1, False, ())
    acts = signed_act(first)
    again = certified(world_of(items=more), {"Sheriff:E-3": "found today"}, acts)
    assert (again.number, again.supplemental) == (2, True)
    assert again.first.entry == 950
    said = " ".join(again.since)
    assert "signed as entry 950 by Ines Calloway and Rolf Adelsberg" in said
    assert "Number 3 is new" in said
    assert "Stated then, and no longer so: unanswered:Sheriff." in said
    assert "Stated here for the first time: Sheriff:E-3." in said
    assert [line.number for line in again.lines if line.new] == [3]


def test_a_supplement_without_anything_new_says_so():
    acts = signed_act(certified(world_of()))
    again = certified(world_of(), None, acts)
    assert "No item is new" in " ".join(again.since)


def test_the_supplement_has_the_packs_own_wording():
    first = paper("certificate", "certificate")
    more = paper("certificate", "supplemental_certificate", title="Further")
    world = world_of(the_law=law_with(first, more))
    acts = signed_act(certified(world))
    assert certified(world, None, acts).paper.title == "Further"


def test_numbers_are_those_that_were_issued():
    acts = issued_act(scheduled(world_of()))
    world = world_of(items="\nSheriff,A-0,older,object,24-100,2024-01-02")
    found = {one.tag: one.number for one in certified(world, None, acts).refusals}
    assert found == {"A-0": 3}


# What goes to the defence.


def test_what_is_sealed_is_stated_by_its_number():
    world = world_of(
        items="agency,tag,description,kind,report_number,booked_at,sealed\n"
        "Sheriff,E-1,a knife,object,24-100,2024-01-20,\nSheriff,E-2,a report,document,24-100,2024-01-21,\n"
        "Sheriff,E-9,ledger of the source,document,24-100,2024-01-22,yes"
    )
    reasons = {"Sheriff:E-9": "under the order about the ledger"}
    (one,) = certified(world, reasons, copy="defence").exceptions
    assert (one.key, one.number, one.tag, one.reason) == ("number 3", 3, "sealed", "sealed")
    assert "ledger" not in repr(certified(world, reasons, copy="defence").exceptions)
    (one,) = certified(world, reasons).exceptions
    assert (one.tag, one.reason) == ("E-9", "under the order about the ledger")


def test_a_supplement_names_no_sealed_tag():
    items = (
        "agency,tag,description,kind,report_number,booked_at,sealed\n"
        "Sheriff,E-1,a knife,object,24-100,2024-01-20,\nSheriff,E-2,a report,document,24-100,2024-01-21,\n"
        "Sheriff,E-9,ledger of the source,document,24-100,2024-01-22,yes"
    )
    acts = signed_act(certified(world_of(items=items), {"Sheriff:E-9": "sealed"}))
    disclosed = world_of(
        items=items,
        filings="\nD-1,Sheriff,E-9,2024-01-25,",
        disclosures="\nD-1,Ada Roe,Sheriff,E-9,2024-02-01,2,whole,2024-02-03",
    )
    found = certified(disclosed, None, acts, copy="defence")
    assert "E-9" not in " ".join(found.since)
    assert "number 3" in " ".join(found.since)


def test_the_report_of_the_disclosure_officer_is_a_certificate_of_the_office():
    forms = (paper("mg6c"), paper("mg6d"), paper("mg6e", "certificate"))
    world = world_of(
        the_law=law_with(*forms),
        determinations="case_number,agency,tag,finding,by,made_at,reason\n"
        "D-1,Sheriff,E-2,mitigating,DC Prynne,2024-02-02,shows a second door",
    )
    found = certified(world, copy=None)
    assert found.copy == "office"
    assert [line.shown_number for line in found.favourable] == ["C1"]


def test_no_state_is_let_through_unsaid():
    """I: whatever the match calls an exception, the certificate stops at, `unacknowledged` and `full` apart."""
    from fullfile.core.papers.certificate import _COVERED

    assert frozenset({State.FULL, State.UNACKNOWLEDGED}) == _COVERED
    assert not EXCEPTIONS & _COVERED
