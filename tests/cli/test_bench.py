"""`bench link`: small counties through the real command, in homes of their own."""

from __future__ import annotations

import csv
import json

import pytest

from fullfile.engines.counties import write_county

SMALL = ("--cases", 40, "--items", 400)


def test_a_county_is_taken_in_whole_and_its_orphans_are_those_of_the_truth(run, office, tmp_path):
    made = write_county(tmp_path / "county", seed=2, cases=60, items=600)
    said = run("import", tmp_path / "county", "--source", "county", "--format", "json", home=office)
    assert said.status == 0
    found = json.loads(said.out)
    assert sum(file["rejected"] for file in found["files"]) == 0
    match = json.loads(run("match", "--format", "json", home=office).out)
    assert match["states"]["orphan"] == made.orphans + made.unrelated


def test_link_is_measured_beside_the_search(run, tmp_path):
    kept = tmp_path / "kept"
    said = run("bench", "link", *SMALL, "--keep", kept, "--format", "json")
    assert said.status == 0
    found = json.loads(said.out)
    (county,) = found["counties"]
    assert (county["cases"], county["items"], county["noise"], county["seed"]) == (
        40,
        400,
        "usual",
        1,
    )
    for way in ("link", "search"):
        recall = county[way]["recall"]["together"]
        assert recall["orphans"] == county["orphans"]
        assert 0 <= recall["first"]["1"] <= recall["first"]["5"] <= recall["first"]["20"] <= 1
        assert recall["first"]["5"] <= recall["matter"]["5"]
        assert len(county[way]["reliability"]) == 10
    assert set(county["link"]["recall"]) >= {"number_typo", "handed_in_later", "found_nearby"}
    assert county["search"]["recall"]["together"]["first"]["20"] > 0.5
    assert set(county["seconds"]) == {"make", "init", "import", "link", "search"}
    assert all(value > 10 for value in county["peak_mb"].values())
    assert "trained_on" in county["model"]
    assert found["together"]["link"]["recall_5"]["counties"] == 1
    # What was kept can be measured again as somebody's own county.
    assert (kept / "usual-1" / "home").is_dir()
    again = run("bench", "link", "--from", kept / "usual-1" / "county", "--format", "csv")
    rows = list(csv.DictReader(again.out.splitlines()))
    of_search = {row["measure"]: row["value"] for row in rows if row["by"] == "search"}
    assert float(of_search["recall_5"]) == county["search"]["recall"]["together"]["first"]["5"]


def test_the_page_for_people(run):
    said = run("bench", "link", *SMALL, "--noise", "terse", "--seeds", "4")
    assert said.status == 0
    assert said.out.startswith("1 county; 40 cases, 400 items, 16 orphans, 24 items of nobody.")
    assert "terse 4" in said.out
    for words in ("in the first five", "calibration error", "another_agency", "0.9 to 1.0"):
        assert words in said.out
    assert "no figure here is one of a real office" in said.words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--seeds", "one"), "--seeds takes whole numbers"),
        (("--noise", "loud"), "--noise knows no “loud”; there are usual, clean"),
        (("--engine", "abacus"), "--engine is duckdb or spark"),
        (("--cases", 3), "make no county"),
        (("--growth", "--items", 500), "--growth begins with 10,000 items"),
        (("--growth", "--from", "."), "leave out --from"),
        (("--from", "nowhere"), "truth.csv is not there"),
    ],
)
def test_what_cannot_be_measured_is_refused(run, given, said):
    found = run("bench", "link", *given)
    assert found.status == 2
    assert said in " ".join(found.err.split())


def test_a_folder_that_is_there_is_not_overwritten(run, tmp_path):
    (tmp_path / "usual-1").mkdir()
    found = run("bench", "link", *SMALL, "--keep", tmp_path)
    assert found.status == 2
    assert "is there already" in found.err


def test_a_step_that_fails_says_which_and_why(run, tmp_path):
    write_county(tmp_path, seed=2, cases=20, items=200)
    (tmp_path / "custody.csv").write_text("agency,tag,event,occurred_at\nX,1,sold,2024-01-01\n")
    found = run("bench", "link", "--from", tmp_path)
    assert found.status == 2
    assert "the import of its tables ended with 1: …" in found.err
    assert "released, consumed, destroyed" in found.err
