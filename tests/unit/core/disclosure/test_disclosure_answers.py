"""Which answers a later find re-opens, and who must be told; the match says the same."""

from __future__ import annotations

import pytest

from fullfile.core.disclosure.answers import reopened
from fullfile.core.ids import day_text
from fullfile.core.matching import lines_of_case
from tests.unit.core.custody.test_custody_holds import world_of

PARTIES = """
case_number,name,role,counsel
D-1,Ada Roe,defendant,Mina Vale
D-1,Ben Oak,defendant,
D-1,Pat Lorne,prosecutor,
"""
ARRAIGNED = """
case_number,event,occurred_on
D-1,arraignment,2024-01-20
"""


def asked(answer, day, **rows):
    answers = f"case_number,agency,answer,by,answered_at\nD-1,Sheriff,{answer},Lee Marsh,{day}\n"
    world = world_of(answers=answers, parties=PARTIES, docket=ARRAIGNED, **rows)
    case = world.cases.by_key["d-1"]
    open_again = [line.agency for line in lines_of_case(world, case) if line.state == "unanswered"]
    return reopened(world, case), open_again


@pytest.mark.parametrize(
    ("answer", "day", "expected"),
    [
        ("all_handed_over", "2024-03-01", {}),
        ("all_handed_over", "2024-01-25", {"E-3": "2024-02-01"}),
        ("nothing_held", "2024-03-01", {"E-1": "2024-03-01", "E-3": "2024-03-01"}),
        ("more_to_come", "2024-01-25", None),
    ],
)
def test_an_answer_is_reopened_by_what_it_had_not_named(answer, day, expected):
    found, open_again = asked(answer, day)
    if expected is None:  # its time has run out: nothing was found
        assert (found, open_again) == ([], ["Sheriff"])
        return
    items = {item.tag: day_text(item.since) for one in found for item in one.items}
    assert items == expected
    assert bool(found) == bool(open_again)


def test_who_must_be_told_and_what_shows_that_they_were():
    found, _ = asked(
        "all_handed_over",
        "2024-01-25",
        knowledge="""
agency,tag,person,level,known_from,case_number,denied
Sheriff,E-3,Pat Lorne,exists,2024-02-05,D-1,
Sheriff,E-3,Mina Vale,exists,2024-02-05,D-1,yes
""",
        disclosures="""
case_number,defendant,agency,tag,disclosed_at
D-1,Ben Oak,Sheriff,E-3,2024-02-09
""",
    )
    (one,) = found
    told = [(who.person, who.role, who.defendant, bool(who.told)) for who in one.tell]
    assert told == [
        ("Pat Lorne", "prosecutor", "", True),
        ("Mina Vale", "defence_counsel", "Ada Roe", False),
        ("", "defence_counsel", "Ben Oak", True),
    ]


def test_a_change_of_counsel_is_followed():
    found, _ = asked(
        "all_handed_over",
        "2024-01-25",
        status="""
case_number,defendant,status,from,detail
D-1,Ada Roe,counsel,2024-03-01,Olga Hart
""",
    )
    assert [who.person for who in found[0].tell if who.defendant == "Ada Roe"] == ["Olga Hart"]


def test_only_the_last_answer_counts():
    found, _ = asked(
        "all_handed_over",
        "2024-01-25",
    )
    assert found
    again = "case_number,agency,answer,by,answered_at\n" + "\n".join(
        f"D-1,Sheriff,all_handed_over,Lee Marsh,{day}" for day in ("2024-01-25", "2024-03-01")
    )
    world = world_of(answers=again, parties=PARTIES, docket=ARRAIGNED)
    assert reopened(world, world.cases.by_key["d-1"]) == []
