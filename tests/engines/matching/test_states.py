"""The states of a line: one scenario, what is on record and what the line says, on each engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engines.matching.world import ENGINES, World, law, place_for, said

Scenario = Callable[[World], None]
Ask = Callable[..., list[str]]


@pytest.fixture(params=ENGINES)
def ask(request: Any, tmp_path: Path) -> Ask:
    """The lines of a world, in words."""

    def lines(world: World, on: str, **how: Any) -> list[str]:
        place = place_for(request.param, request, tmp_path)
        return [said(row) for row in world.lines(request.param, place, on, **how)]

    return lines


@pytest.fixture
def world() -> World:
    """A case with one defendant, arraigned on 3 January 2024: due by law on the 13th."""
    made = World(law=law("2024-01-03"))
    made.open_case()
    made.add("docket", case_id=1, event="arraignment", on="2024-01-03")
    made.add("answers", case_id=1, agency_id=1, answer="all_handed_over", on="2024-01-04")
    return made


BEFORE, AFTER = "2024-01-13", "2024-01-14"


def test_nothing_done_is_unfiled_and_pending_until_it_is_overdue(world: World, ask: Ask) -> None:
    world.item(booked="2024-01-02")
    assert ask(world, BEFORE) == ["item 1 case 1 for 11: unfiled + pending"]
    assert ask(world, AFTER) == ["item 1 case 1 for 11: unfiled + overdue"]


@pytest.mark.parametrize(
    ("disclosed", "ack", "whole", "state"),
    [
        ("2024-01-13", "2024-01-15", True, "full"),
        ("2024-01-13", None, True, "unacknowledged"),
        ("2024-01-14", "2024-01-15", True, "late"),
        ("2024-01-13", "2024-01-15", False, "partial"),
        ("2024-01-14", None, False, "partial + late"),
        (None, None, True, "overdue"),
    ],
)
def test_filed_and_disclosed(
    world: World, ask: Ask, disclosed: str | None, ack: str | None, whole: bool, state: str
) -> None:
    world.item(booked="2024-01-02")
    world.add("filings", case_id=1, item_id=1, filed="2024-01-05")
    if disclosed:
        world.add(
            "disclosures",
            case_id=1,
            defendant_id=11,
            item_id=1,
            on=disclosed,
            whole=whole,
            ack=ack,
        )
    assert ask(world, "2024-02-01") == [f"item 1 case 1 for 11: {state}"]


def test_what_was_never_booked_is_missing(world: World, ask: Ask) -> None:
    world.key("item_key", item_id=5, agency_id=1)
    world.add("filings", case_id=1, item_id=5, filed="2024-01-05")
    assert ask(world, "2024-01-12") == ["item 5 case 1 for 11: missing + pending"]
