"""One case, one item and the whole office give the same lines."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from tests.spec.backends import law, moment_of, policy_of
from tests.spec.loader import entries_of
from tests.spec.reading import read_topics, scenarios_of

from fullfile.core.ids import key
from fullfile.core.matching import (
    EXCEPTIONS,
    Line,
    State,
    lines_of_case,
    lines_of_item,
    lines_of_office,
    read_world,
)
from fullfile.core.matching.things import side_of

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
