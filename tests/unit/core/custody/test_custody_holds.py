"""All holds that stand on an item: name, words, since when, by whom; and when each ends."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from fullfile.core.custody.decide import Leaving, decide_release
from fullfile.core.custody.holds import holds_on, kind_and_number
from fullfile.core.custody.state import holds_with_contents, is_examined, read_item
from fullfile.core.entries import Entry
from fullfile.core.errors import Refused
from fullfile.core.ids import day_text, parse_when
from fullfile.core.matching import Policy, read_world
from tests.spec.backends import law, moment_of
from tests.spec.loader import entries_of
from tests.spec.reading import FIRST, Import

E1 = ("sheriff", "e-1")
ROWS = {
    "cases": """
case_number,jurisdiction,opened_on,report_numbers
D-1,us-nm,2024-01-19,Sheriff:24-100
D-2,us-nm,2024-03-01,
""",
    "parties": """
case_number,name,role
D-1,Ada Roe,defendant
D-1,Ben Oak,defendant
""",
    "items": """
agency,tag,description,report_number,booked_at,booked_by,parent_tag
Sheriff,E-1,live rounds,24-100,2024-01-10,Lee Marsh,
Sheriff,E-2,a box,,2024-01-10,,
Sheriff,E-3,a letter,24-100,2024-02-01,,E-2
Sheriff,E-4,a hat,,2024-01-10,,
""",
}


def world_of(on="2024-12-31", more=(), **rows):
    tables = {**ROWS, **rows}
    entries = entries_of([Import("office", FIRST, tables)])
    entries += [
        Entry(len(entries) + place, entries[-1].recorded_ms, kind, "Clerk", data)
        for place, (kind, data) in enumerate(more)
    ]
    return read_world(
        entries,
        zone=ZoneInfo("America/Denver"),
        moment=moment_of(on),
        law=law(),
        policy=Policy(),
    )


def holds(world, day="2024-12-01", item=E1, among=None):
    moment = parse_when(day).first
    return holds_on(world.facts, world.cases, world.things, world.bearing, item, moment, among)


def test_each_hold_says_what_it_is_since_when_by_whom_and_what_lifts_it():
    world = world_of(
        docket="""
case_number,event,occurred_on,defendant
D-1,plea_guilty,2024-05-01,Ada Roe
D-1,convicted,2024-06-01,Ben Oak
D-1,appeal_filed,2024-06-15,Ben Oak
D-1,civil_suit_filed,2024-07,
""",
        holds="""
hold,placed_at,by,reason,agency,tag
LETTER-1,2024-02-02,Olga Hart,a letter,Sheriff,E-1
""",
    )
    found = {hold.name: hold for hold in holds(world)}
    assert list(found) == ["case:D-1", "civil_suit:D-1", "appeal:D-1", "window:D-1", "LETTER-1"]
    assert [day_text(hold.since) for hold in found.values()] == [
        "2024-01-19",
        "2024-07-01",
        "2024-06-15",
        "2024-05-01",
        "2024-02-02",
    ]
    assert found["window:D-1"].words == (
        "the ways back to court after the conviction of Ada Roe and Ben Oak in D-1 on May 1, 2024 and "
        "on June 1, 2024"
    )
    assert found["civil_suit:D-1"].words == "a civil suit about D-1, filed in July 2024"
    assert found["LETTER-1"].by == "Olga Hart"
    assert found["LETTER-1"].case is None
    assert {hold.by for name, hold in found.items() if ":" in name} == {""}
    assert all("named person lifts it by its name" in hold.ends for hold in found.values())
    assert all(hold.entries for hold in found.values())


def test_the_match_takes_the_first_of_them():
    world = world_of()
    moment = parse_when("2024-12-01").first
    assert world.hold_at(E1, moment) == holds(world)[0]
    assert world.holds_at(E1, moment) == holds(world, among=world.cases_of(E1))
    assert world.hold_at(("sheriff", "e-4"), moment) is None


def test_a_hold_of_an_event_stands_from_the_later_of_the_event_and_the_bearing():
    world = world_of(
        docket="""
case_number,event,occurred_on
D-2,civil_suit_filed,2024-03-10
""",
        knowledge="""
agency,tag,person,level,known_from,case_number
Sheriff,E-4,Kim Ash,exists,2024-04-02,D-2
""",
    )
    item = ("sheriff", "e-4")
    assert holds(world, "2024-04-01", item) == ()
    suit = [hold for hold in holds(world, "2024-12-01", item) if hold.name.startswith("civil")]
    assert [day_text(hold.since) for hold in suit] == ["2024-04-02"]


@pytest.mark.parametrize("day", ["2024-06-19", "2024-06-20"])
def test_it_stands_until_the_end_of_the_day_on_which_it_was_lifted(day):
    world = world_of(
        docket="""
case_number,event,occurred_on
D-1,appeal_filed,2024-05-01
""",
        holds="""
hold,placed_at,by,reason,case_number,lifted_at,lifted_by
Appeal:d-1,2024-05-01,Sam Reed,the appeal,D-1,2024-06-20,Sam Reed
case:D-1,2024-01-19,Sam Reed,the case,D-1,2024-06-01,Sam Reed
""",
    )
    assert [hold.name for hold in holds(world, day)] == ["appeal:D-1"]
    assert holds(world, "2024-06-21") == ()


def test_no_other_event_ends_a_hold():
    events = ("civil_suit_closed", "appeal_decided", "appeal_withdrawn", "closed", "acquitted")
    world = world_of(
        docket="case_number,event,occurred_on\n"
        "D-1,civil_suit_filed,2024-05-01\nD-1,appeal_filed,2024-05-01\n"
        + "\n".join(f"D-1,{event},2024-06-01" for event in events)
    )
    assert [hold.name for hold in holds(world)] == ["case:D-1", "civil_suit:D-1", "appeal:D-1"]


def test_what_lies_inside_now_holds_its_container():
    world = world_of()
    moment = parse_when("2024-12-01").first
    assert holds(world, item=("sheriff", "e-2")) == ()
    (held,) = holds_with_contents(world, ("sheriff", "e-2"), moment)
    assert (held.tag, held.inside, held.hold.name) == ("E-3", True, "case:D-1")


def test_an_item_without_a_case_is_open_until_it_was_examined():
    state = read_item(world_of(), ("sheriff", "e-4"), ())
    assert state.is_open_orphan
    assert not is_examined(world_of(), ("sheriff", "e-4"))
    assert not read_item(world_of(), E1, ()).is_open_orphan


HAT = {"agency": "Sheriff", "tag": "E-4"}
RAN = ("link.ran", {**HAT, "size": 100})
SUGGESTED = (
    "suggestion.made",
    {
        **HAT,
        "suggestions": [
            {
                "case_number": "D-2",
                "steps": [{"on": "2024-05-01", "probability": "0.9"}],
                "reasons": [{"what": "the giver is a witness"}],
            }
        ],
    },
)


@pytest.mark.parametrize(
    ("more", "examined", "suspected"),
    [((RAN,), True, ()), ((RAN, SUGGESTED), True, ("D-2",)), ((SUGGESTED,), False, ("D-2",))],
)
def test_an_examined_item_may_go_unless_a_case_is_suspected(more, examined, suspected):
    state = read_item(world_of(more=more), ("sheriff", "e-4"), ())
    assert (state.examined, state.suspected) == (examined, suspected)
    assert state.is_open_orphan is (not examined or bool(suspected))
    wish = Leaving(
        "Rita Quill", "Sam Reed", "found property", "2024-12-01", False, 9, to="Tom Reed"
    )
    if not state.is_open_orphan:
        assert decide_release(state, wish).more["bears_on"] == "no case; it was examined"
        return
    with pytest.raises(Refused) as refused:
        decide_release(state, wish)
    (reason,) = refused.value.reasons
    assert reason.code == "orphan_unexamined"
    assert ("suspected to belong to D-2, and nobody has decided" in reason.text) is bool(suspected)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("case:D-1", ("case", "d-1")),
        (" Window:D-1 ", ("window", "d-1")),
        ("case:", None),
        ("letter:D-1", None),
        ("H-1", None),
    ],
)
def test_names_that_the_record_gives(name, expected):
    assert kind_and_number(name) == expected
