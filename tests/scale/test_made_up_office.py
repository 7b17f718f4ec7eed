"""The made-up office of the benchmarks: seeded, with the shares that it says, and truly matched.

Three programs give the same counts: the reference, on the office imported from CSV; the
expressions, on the snapshot; and the query that a person would write, on the snapshot.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import made_up, offices, world
from benchmarks.children import call, run
from benchmarks.everything import ON, by_hand, make, measure_everything
from tests.scale import conftest  # noqa: F401 - puts the scripts on the path

SMALL = 2_500  # the reference judges a record of this office's size


def silent(_: str) -> None:
    """Progress is for people."""


def test_the_same_seed_gives_the_same_office():
    one, other = (next(iter(world.chunks(5_000))) for _ in range(2))
    assert np.array_equal(one.disclosed, other.disclosed)
    assert np.array_equal(one.item_case, other.item_case)


def test_another_seed_gives_another_office():
    one, other = (next(iter(world.chunks(5_000, seed))) for seed in (1, 2))
    assert not np.array_equal(one.booked, other.booked)


def test_chunks_join_without_gap():
    many = world.CASES_IN_A_CHUNK * made_up.ITEMS_PER_CASE + 50
    first, second = world.chunks(many)
    assert second.first_case == first.cases
    assert second.first_item == first.items
    assert second.first_defendant == len(first.defendant_case)
    assert first.items + second.items == many


def test_the_shares_are_as_the_page_says():
    (office,) = world.chunks(100_000)
    orphans = office.item_case == world.NEVER
    unfiled = (office.filed == world.NEVER) & ~orphans
    assert 0.015 < orphans.mean() < 0.025
    assert 0.035 < unfiled.mean() < 0.045
    assert 1.15 < len(office.defendant_case) / office.cases < 1.25
    assert 0.35 < (office.ended != world.NEVER).mean() < 0.45
    assert (office.item_case == 0).sum() > 0.95 * made_up.LARGE_CASE


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_reference_and_query_by_hand_count_the_same(tmp_path: Path):
    list(
        offices.measure_office(
            offices.sqlite(), SMALL, tmp_path, frozenset({"import"}), silent, keep=True
        )
    )
    output = tmp_path / "match.json"
    words = ["match", "--on", ON, "--ended", "--format", "json", "--output", output]
    home = tmp_path / f"sqlite-{SMALL}"
    run([offices.FULLFILE, "--home", home, *words], may_end=(1,))
    make(str(tmp_path / "snapshot"), SMALL)
    by = call("everything:by_hand", place=str(tmp_path / "snapshot"), lines=str(tmp_path / "lines"))
    assert json.loads(output.read_text("utf-8"))["states"] == by.answer["states"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_expressions_and_query_by_hand_count_the_same(tmp_path: Path):
    (found,) = measure_everything(20_000, tmp_path, silent)
    assert found.figures["states"] == found.figures["hand_states"]
    assert found.figures["peak_mb"] < 1_500


@pytest.mark.slow
def test_the_query_by_hand_writes_a_line_for_each_it_counts(tmp_path: Path):
    import pyarrow.parquet as pq

    make(str(tmp_path / "snapshot"), 5_000)
    found = by_hand(str(tmp_path / "snapshot"), str(tmp_path / "lines"))
    states = found["states"]
    assert isinstance(states, dict)
    beside = states["orphan"] + states["unanswered"]
    written = pq.read_metadata(tmp_path / "lines.hand.parquet").num_rows
    assert written == sum(states.values()) - beside
