"""The scenarios of holds that events place, worked out by the expressions on each engine.

Random histories meet them too, but rarely all at once: the case's hold lifted, another placed,
and the thing gone after both.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from fullfile.core.entries import Draft
from fullfile.core.ids import parse_when
from fullfile.core.matching import Policy
from fullfile.core.rules.law import Law
from tests.property.test_agreement import (
    _copied,
    _copy,
    _expressions,
    _reference,
    _shifted,
    _tables,
)
from tests.spec.loader import entries_of
from tests.spec.reading import Scenario, read_topics, scenarios_of

if TYPE_CHECKING:
    from tests.store.conftest import OpenOffice

SCENARIOS = [one for one in scenarios_of(read_topics()) if one.topic == "13-holds"]


# Compiling the expressions takes seconds, on each engine: one scenario of each six here, the others at night.
@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(one, id=one.title, marks=[pytest.mark.slow] if place % 6 else [])
        for place, one in enumerate(SCENARIOS)
    ],
)
def test_expressions_say_what_the_scenario_says(office: OpenOffice, scenario: Scenario) -> None:
    from fullfile.server.store.load import adopted_law

    shift = office.size
    drafts = [
        Draft(one.type, one.by, one.data, one.source, one.run, one.row, one.corrects)
        for one in entries_of(scenario.imports)
    ]
    office.append(*(_shifted(draft, shift) for draft in drafts))
    law, policy, size = Law(*adopted_law(office.size)), Policy(), office.size
    engines = [_tables(office)]
    if not office.url:
        _copy(office, size)
        engines.append(_copied(office))
    for look in scenario.looks:
        when = parse_when(look.on)
        expected = _reference(size, when, policy, law)
        said = Counter(
            (row["state"], tuple(sorted(filter(None, row["also"].split(";")))), row["tag"].lower())
            for row in look.expect
        )
        assert said <= Counter((*line[:2], line[3]) for line in expected.elements())
        for tables in engines:
            assert _expressions(office, tables, size, when, policy, law) == expected
    for tables in engines:
        tables.connection.disconnect()
