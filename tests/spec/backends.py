"""Who is asked: each backend takes a scenario's imports and one look, and gives the lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from zoneinfo import ZoneInfo

from fullfile.core.ids import When, parse_when, wall_ms
from fullfile.core.matching import Line, Policy, lines_of_office, read_world
from fullfile.core.rules.law import Law
from fullfile.engines.packs import load_calendars, load_packs
from tests.spec.loader import entries_of
from tests.spec.reading import Look, Scenario

__all__ = ["BACKENDS", "Backend", "law", "moment_of", "policy_of"]

Backend = Callable[[Scenario, Look], list[Line]]


@cache
def law() -> Law:
    """The packs and calendars that come with Fullfile."""
    return Law(load_packs().by_id, load_calendars().by_id)


def moment_of(words: str) -> Callable[[ZoneInfo], int]:
    """`--on` as the match takes it: a date is the end of that day on every clock."""
    when: When = parse_when(words)
    return lambda zone: when.on_clock(zone).last


def policy_of(scenario: Scenario) -> Policy:
    """The settings of a scenario."""
    steps = [
        (moment_of(one["from"])(ZoneInfo(scenario.zone)) // 86_400_000, int(one["value"]))
        for one in scenario.settings
    ]
    return Policy(target_steps=tuple(sorted(steps)), source_rank=scenario.rank)


def reference(scenario: Scenario, look: Look) -> list[Line]:
    """The reference, from entries."""
    zone = ZoneInfo(scenario.zone)
    entries = entries_of(scenario.imports)
    if look.as_of:
        until = moment_of(look.as_of)(zone)
        entries = [entry for entry in entries if wall_ms(entry.recorded_ms, zone) <= until]
    world = read_world(
        entries, zone=zone, moment=moment_of(look.on), law=law(), policy=policy_of(scenario)
    )
    return list(lines_of_office(world))


BACKENDS: dict[str, Backend] = {"reference": reference}
