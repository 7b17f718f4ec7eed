"""One case, one item and the whole office give the same lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.facts.things import side_of
from fullfile.core.ids import key
from fullfile.core.matching import (
    EXCEPTIONS,
    Line,
    Policy,
    State,
    lines_of_case,
    lines_of_item,
    lines_of_office,
    read_world,
)
from fullfile.core.matching.lines import units_of_case
from fullfile.core.matching.result import Head, MatchResult, PolicyInForce
from fullfile.core.matching.words import case_title, item_name
from tests.spec.backends import law, moment_of, policy_of
from tests.spec.loader import entries_of
from tests.spec.reading import FIRST, Import, read_topics, scenarios_of

SCENARIOS = list(scenarios_of(read_topics()))


def world_of(scenario, look):
    return read_world(
        entries_of(scenario.imports),
        zone=ZoneInfo(scenario.zone),
        moment=moment_of(look.on),
        law=law(),
        policy=policy_of(scenario),
    )


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.title)
def test_cases_and_items_give_the_lines_of_the_office(scenario):
    for look in scenario.looks:
        world = world_of(scenario, look)
        every = list(lines_of_office(world))
        by_case = [
            line for case in world.cases.by_key.values() for line in lines_of_case(world, case)
        ]
        assert Counter(by_case) == Counter(line for line in every if line.case_number is not None)
        tags = {(key(line.agency), key(line.tag)) for line in every if line.tag is not None}
        by_item = [line for item in tags for line in lines_of_item(world, item)]
        assert Counter(by_item) == Counter(line for line in every if line.tag is not None)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.title)
def test_every_line_has_one_state_first_and_the_others_in_order(scenario):
    order = list(State)
    for look in scenario.looks:
        for line in lines_of_office(world_of(scenario, look)):
            places = [order.index(state) for state in (line.state, *line.also)]
            if line.state not in (State.NO_DEFENDANT, State.ORPHAN):
                assert places == sorted(set(places))
            assert {State.LATE, State.OVERDUE} & {line.state, *line.also} or not line.days_late
            assert (line.due is None) == (line.days_late is None) or line.tag is None


def test_the_exceptions_are_those_of_the_contract():
    assert set(State) - EXCEPTIONS == {
        State.SET_ASIDE,
        State.WITHHELD,
        State.PENDING,
        State.UNACKNOWLEDGED,
        State.FULL,
    }
    assert Line(state=State.LATE).is_exception
    assert not Line(state=State.FULL).is_exception


def test_an_ended_line_is_counted_apart_unless_it_changed():
    assert Line(state=State.LATE, ended="2024-03-01").counted_apart
    assert not Line(state=State.LATE, ended="2024-03-01", changed_since_end=True).counted_apart
    assert not Line(state=State.LATE).counted_apart


@pytest.mark.parametrize(
    ("side", "kind", "means"),
    [
        ("other", "court", "other"),
        ("", "District Court", "court"),
        ("", "public defender", "defence"),
        ("", "defence", "defence"),
        ("", "sheriff", "state"),
        ("", "", "state"),
    ],
)
def test_the_side_of_an_agency(side, kind, means):
    assert side_of(side, kind) == means


def asked(rows, day="2024-02-10"):
    return read_world(
        entries_of([Import("office", FIRST, rows)]),
        zone=ZoneInfo("America/Denver"),
        moment=moment_of(day),
        law=law(),
        policy=Policy(),
    )


CASE = {
    "cases": "case_number,jurisdiction,opened_on,report_numbers\nD-1,us-nm,2024-01-19,Sheriff:24-1",
    "items": "agency,tag,description,report_number,booked_at\nSheriff,E-1,a knife,24-1,2024-01-10",
}


def test_a_case_that_is_not_opened_yet_has_no_units():
    world = asked(CASE, "2024-01-18")
    assert list(units_of_case(world, world.cases.by_key["d-1"])) == []
    assert next(lines_of_item(world, ("sheriff", "e-1"))).state is State.ORPHAN


def test_an_item_or_a_case_that_nobody_named_bears_on_nothing():
    world = asked(CASE)
    assert world.bearing.since("d-9", ("sheriff", "e-1")) is None
    assert world.bearing.arises("d-1", ("sheriff", "e-9")) is None
    assert list(lines_of_item(world, ("sheriff", "e-9"))) == []
    assert item_name(world, ("sheriff", "e-9")) == ("sheriff", "e-9")
    assert case_title(world, "d-9") == "D-9"


def test_words_that_were_erased_are_named_by_their_order():
    entries = entries_of([Import("office", FIRST, CASE)])
    erased = [
        replace(entry, more={"erased": "order of May 1"})
        if entry.type == "item.recorded"
        else entry
        for entry in entries
    ]
    world = read_world(
        erased,
        zone=ZoneInfo("America/Denver"),
        moment=moment_of("2024-02-10"),
        law=law(),
        policy=Policy(),
    )
    (line,) = [one for one in lines_of_office(world) if one.tag == "E-1"]
    assert line.why.endswith("Its words were erased by order: order of May 1.")


def test_an_answer_of_the_match_starts_with_nothing():
    result = MatchResult(
        on="2024-07-10", as_of="2026-11-23", checkpoint=Head(0, ""), lines_total=0, states={}
    )
    assert (result.policy, result.ended) == (PolicyInForce(14, "0.5"), 0)
    assert (result.exceptions, result.others) == ([], None)


def test_a_thing_that_only_a_report_names_has_the_name_the_report_gives():
    mention = (
        "agency,report_number,description,mentioned_at,booked_agency,booked_as\n"
        "Sheriff,24-1,a bag,2024-02-01,City Police,P-7"
    )
    world = asked(CASE | {"mentions": mention})
    assert item_name(world, ("city police", "p-7")) == ("City Police", "P-7")
    assert {line.tag for line in lines_of_office(world)} == {None, "E-1", "P-7"}
