"""Every scenario of the match can be asked who knew and what it touches, and the answers rest on entries."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from zoneinfo import ZoneInfo

import pytest

from fullfile.core.impact import impact_of_case, impact_of_item
from fullfile.core.matching import read_world
from tests.spec.backends import law, moment_of, policy_of
from tests.spec.loader import entries_of
from tests.spec.reading import read_topics, scenarios_of
from tests.support.worlds import knew_of

SCENARIOS = list(scenarios_of(read_topics()))


def entries_in(value):
    """Every entry that an answer rests on, however deep."""
    if isinstance(value, tuple):
        for one in value:
            yield from entries_in(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name == "entries":
                yield from getattr(value, field.name)
            else:
                yield from entries_in(getattr(value, field.name))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.title)
def test_items_and_cases_answer(scenario):
    entries = entries_of(scenario.imports)
    for look in scenario.looks:
        world = read_world(
            entries,
            zone=ZoneInfo(scenario.zone),
            moment=moment_of(look.on),
            law=law(),
            policy=policy_of(scenario),
        )
        known = set(world.facts.by_entry) | set(world.facts.superseded)
        for item in world.things.all_items():
            answer = knew_of(world, *item)
            impact = impact_of_item(world, item)
            assert set(entries_in(answer)) <= known
            assert set(entries_in(impact)) <= known
            assert all(one.last <= world.on() or not one.stated for one in answer.timeline)
        for case in world.cases.by_key.values():
            impact = impact_of_case(world, case)
            assert set(entries_in(impact)) <= known
            for task in impact.tasks:
                assert task.text.endswith(".")
                assert task.why
                assert (task.due is None) == (task.basis == "")
                assert task.basis != "law" or task.rule
