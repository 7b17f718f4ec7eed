"""How cost grows with the size: import, append, `log verify`, `match --case`; and the sums behind it.

The bounds are loose, because the machines of tests are shared; `script/bench` has the figures.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from benchmarks import offices
from benchmarks.growth import growths
from benchmarks.results import Result, exponent, last_step, load, percentile, save
from tests.scale import conftest  # noqa: F401 - puts the scripts on the path

SIZES = (5_000, 40_000)
EVERYTHING = frozenset({"import", "append", "verify", "case"})


@pytest.mark.parametrize("power", [0.5, 1.0, 1.1, 2.0])
def test_the_exponent_is_the_power(power: float):
    points = [(size, 3 * size**power) for size in (10, 100, 1_000, 10_000)]
    assert exponent(points) == pytest.approx(power)
    assert last_step(points) == pytest.approx(power)


def test_one_size_has_no_exponent():
    assert exponent([(10, 1.0)]) is None


def test_the_last_step_leaves_the_start_of_the_program_out():
    points = [(size, 1 + size / 1_000) for size in (10, 100, 1_000, 100_000, 1_000_000)]
    fit, last = exponent(points), last_step(points)
    assert fit is not None
    assert last is not None
    assert fit < 0.7 < 0.98 < last


def test_percentiles_lie_between_their_neighbours():
    values = [4.0, 1.0, 3.0, 2.0]
    assert percentile(values, 50) == 2.5
    assert percentile(values, 0) == 1.0
    assert percentile(values, 100) == 4.0


def test_results_come_back_as_they_were_saved(tmp_path: Path):
    results = [Result("verify", "sqlite", size, {"seconds": size / 1e5}) for size in SIZES]
    save(tmp_path / "results.json", results, {"Python": "3"})
    assert load(tmp_path / "results.json") == (results, {"Python": "3"})
    (growth,) = growths(results)
    assert growth.exponent == pytest.approx(1.0)


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_an_office_eight_times_as_large_costs_no_more_than_eight_times(tmp_path: Path):
    found = [
        one
        for size in SIZES
        for one in offices.measure_office(
            offices.sqlite(), size, tmp_path, EVERYTHING, lambda _: None
        )
    ]
    figures = {(one.name, one.size): one.figures for one in found}
    small, large = SIZES
    ratio = figures["import", large]["items_seconds"] / figures["import", small]["items_seconds"]
    assert math.log(ratio, large / small) < 1.2
    ratio = figures["append", large]["median_ms"] / figures["append", small]["median_ms"]
    assert ratio < 3
    ratio = figures["case", large]["median_ms"] / figures["case", small]["median_ms"]
    assert ratio < 3
    # SQLite's own pages (up to 200 MB, set by us) come on top of what the program holds.
    assert figures["import", large]["items_peak_mb"] < 500


def test_the_growth_of_link_is_drawn_and_told(tmp_path, monkeypatch):
    from benchmarks import link_growth

    runs = [
        {
            "items": size,
            "cases": size // 10,
            "orphans": size // 25,
            "unrelated": size * 6 // 100,
            "processor_seconds": {"link": size / 1_000},
            "peak_mb": {"link": 500.0},
        }
        for size in (30_000, 10_000)
    ]
    answer, page = tmp_path / "growth.json", tmp_path / "page.md"
    answer.write_text(json.dumps({"counties": runs}), "utf-8")
    marks = (link_growth.BEGIN, link_growth.END)
    page.write_text(f"Before\n{marks[0]}\nold\n{marks[1]}\nafter\n", "utf-8")
    monkeypatch.setattr(link_growth, "PAGE", page)
    monkeypatch.setattr(link_growth, "PICTURE", tmp_path / "growth.svg")
    assert link_growth.main([str(answer)]) == 0
    text = page.read_text("utf-8")
    assert text.startswith("Before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| 10,000 | 1,000 | 1,000 | 10 | 10.0 | 500 |\n| 30,000 |" in text
    assert "link-growth.svg" in text
    assert "<svg" in (tmp_path / "growth.svg").read_text("utf-8")
