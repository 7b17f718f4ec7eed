"""The counties that the shipped model learns from: seeded, importable, and true."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "script"


def made(folder, seed, order="0"):
    """In a process of its own, where sets have an order of their own."""
    command = [sys.executable, "-m", "training", str(folder), "--seed", str(seed)]
    subprocess.run(
        [*command, "--cases", "60", "--items", "600"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(SCRIPTS), "PYTHONHASHSEED": order},
    )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    one, again, other = (
        made(tmp_path / name, seed, order)
        for name, seed, order in (("one", 5, "1"), ("again", 5, "2"), ("other", 6, "1"))
    )
    assert one == again
    assert one != other


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_case_leads_to_what_the_truth_names(tmp_path, seed):
    made(tmp_path, seed)
    cases, truth = rows(tmp_path, "cases"), rows(tmp_path, "truth")
    items = {(row["agency"], row["tag"]): row for row in rows(tmp_path, "items")}
    pairs = {pair for row in cases for pair in row["report_numbers"].split(";")}
    numbers = {pair.partition(":")[2] for pair in pairs}
    filed = {(row["agency"], row["tag"]) for row in rows(tmp_path, "filings")}
    named = {(row["agency"], row["tag"]) for row in truth}
    assert len(items) == 600
    assert {row["case_number"] for row in truth} - {""} <= {row["case_number"] for row in cases}
    assert any(row["case_number"] for row in truth)
    assert named <= items.keys()
    assert not named & filed
    for row in truth:
        number = items[row["agency"], row["tag"]]["report_number"]
        assert f"{row['agency']}:{number}" not in pairs
        assert not row["case_number"] or number not in numbers
    # What the truth does not name is under a number of a case, or on its list.
    for key in items.keys() - named - filed:
        assert f"{key[0]}:{items[key]['report_number']}" in pairs
