"""Every scenario, on every backend."""

from __future__ import annotations

import pytest

from tests.spec.backends import BACKENDS
from tests.spec.comparing import compare
from tests.spec.reading import read_topics, scenarios_of

TOPICS = read_topics()
SCENARIOS = list(scenarios_of(TOPICS))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: f"{one.topic}: {one.title}")
def test_scenario(scenario, backend):
    for look in scenario.looks:
        differences = compare(look, BACKENDS[backend](scenario, look))
        assert differences == [], f"on {look.on}"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: f"{one.topic}: {one.title}")
def test_every_line_says_why_and_rests_on_entries(scenario):
    for look in scenario.looks:
        for line in BACKENDS["reference"](scenario, look):
            assert line.why.endswith((".", "”"))
            assert "  " not in line.why
            assert line.entries


def test_titles_are_unique():
    titles = [scenario.title for scenario in SCENARIOS]
    assert sorted(set(titles)) == sorted(titles)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: f"{one.topic}: {one.title}")
def test_every_line_that_is_late_or_overdue_says_by_what(scenario):
    for look in scenario.looks:
        for line in BACKENDS["reference"](scenario, look):
            if {"late", "overdue"} & {line.state.value, *(state.value for state in line.also)}:
                assert line.due_basis in ("law", "policy")
                by = {"law": "by law (", "policy": "by the office's target"}[line.due_basis]
                assert by in line.why
