"""The known answers of the law notes: each date, and none of the common wrong ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fullfile.core.rules import by_hand, deadline_as_json

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "law" / "vectors.json"


def _vectors() -> list[dict]:
    return json.loads(VECTORS.read_text())["vectors"] if VECTORS.exists() else []


def _found(vector: dict) -> dict:
    period = vector["period"]
    number = "" if period["n"] is None else f"{period['n']} "
    return deadline_as_json(
        by_hand(
            method=vector["method"],
            trigger=vector["trigger_date"],
            period=f"{number}{period['unit']}",
            direction=vector["direction"],
            weekend=vector["weekend"],
            holidays=vector["holidays_in_window"],
        )
    )


@pytest.mark.skipif(not VECTORS.exists(), reason="the law notes are not beside this checkout")
def test_the_vectors_are_there():
    assert len(_vectors()) >= 11


@pytest.mark.parametrize("vector", _vectors(), ids=lambda vector: vector["id"])
def test_the_date_is_as_worked_out_by_hand(vector):
    found = _found(vector)
    assert found["due"] == vector["due_date"], found["working"]
    assert found["due"] not in vector["common_wrong_answer"]


@pytest.mark.parametrize("vector", _vectors(), ids=lambda vector: vector["id"])
def test_every_skipped_day_is_a_closed_one(vector):
    for skipped in _found(vector)["skipped"]:
        weekend = date.fromisoformat(skipped["on"]).strftime("%a") in vector["weekend"]
        assert weekend or skipped["on"] in vector["holidays_in_window"], skipped


@pytest.mark.parametrize("vector", _vectors(), ids=lambda vector: vector["id"])
def test_leaving_out_the_default_roll_changes_nothing(vector):
    assert _found(vector)["roll"] in ("none", "forward", "with_direction")
    assert _found(vector)["lacks"] == []
