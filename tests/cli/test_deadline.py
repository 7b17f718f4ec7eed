"""`deadline` and `packs`: no office is needed."""

import csv
import io
import json
import shutil

import pytest

from fullfile.engines.packs import shipped_folder


def test_a_rule_as_the_contract_shows_it(run):
    said = run("deadline", "us-nm:5-501(A)", "--trigger", "2024-01-31", "--format", "json")
    found = json.loads(said.out)
    assert said.status == 0
    assert {name: found[name] for name in ("rule", "trigger", "due", "method", "roll", "calendar", "check")} == {
        "rule": "us-nm:5-501(A)",
        "trigger": "2024-01-31",
        "due": "2024-02-14",
        "method": "short_period_working_days(max=10)",
        "roll": "with_direction",
        "calendar": "us-nm-courts",
        "check": "part",
    }  # fmt: skip
    assert found["skipped"][0] == {"on": "2024-02-03", "because": "Saturday"}
    assert found["working"]


def test_for_people(run):
    said = run("deadline", "us-nm:5-501(A)", "--trigger", "2024-01-31")
    assert said.out.startswith("Due Wed 14 Feb 2024.\n")
    assert "read in part" in said.out
    assert "Sat 3 Feb 2024   Saturday" in said.out
    assert "Nothing here is legal advice." in said.out


def test_by_hand_backwards_over_a_holiday(run):
    said = run(
        "deadline", "--period", "21 days", "--method", "calendar_roll", "--direction", "before",
        "--roll", "with_direction", "--holidays", "2026-09-07", "--trigger", "2026-09-28",
        "--format", "csv",
    )  # fmt: skip
    (row,) = csv.DictReader(io.StringIO(said.out))
    assert row["due"] == "2026-09-04"
    assert row["rule"] == ""
    assert "2026-09-07" in row["skipped"]


def test_where_the_law_gives_no_number_no_date_is_invented(run):
    said = run("deadline", "--method", "undated", "--trigger", "2024-03-06", "--format", "json")
    assert said.status == 0
    assert json.loads(said.out)["due"] is None
    assert run("deadline", "--method", "undated", "--trigger", "2024-03-06").out.startswith(
        "No date:"
    )


def test_another_weekend(run):
    weekend = ("--weekend", "sun")
    said = run(
        "deadline",
        "--method",
        "working_days",
        "--period",
        "2 days",
        *weekend,
        "--trigger",
        "2024-02-02",
    )
    assert said.out.startswith("Due Mon 5 Feb 2024.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("us-nm:9-999", "--trigger", "2024-01-31"), "us-nm:9-999"),
        (("--trigger", "2024-01-31"), "Name a rule"),
        (("us-nm:5-501(A)", "--trigger", "soon"), "“soon” is no day"),
        (("us-nm:5-501(A)", "--trigger", "2024-01-31", "--period", "3 days"), "leave out --period"),
        (("--method", "calendar_roll", "--trigger", "2024-01-31"), "needs a period"),
        (("--method", "guessing", "--trigger", "2024-01-31", "--period", "1 day"), "guessing"),
        (("--method", "calendar_roll", "--trigger", "2024-01-31", "--period", "1 day", "--calendar", "mars"), "mars"),
    ],
)  # fmt: skip
def test_refusals(run, arguments, says):
    said = run("deadline", *arguments)
    assert said.status == 2
    assert says in said.err
    assert said.out == ""


def test_the_answer_goes_to_a_file_whole(run, tmp_path):
    place = tmp_path / "due.json"
    said = run(
        "deadline", "us-nm:5-501(A)", "--trigger", "2024-01-31", "--format", "json", "--output", place
    )  # fmt: skip
    assert said.out == ""
    assert json.loads(place.read_text("utf-8"))["due"] == "2024-02-14"
    assert [one.name for one in tmp_path.iterdir()] == ["due.json"]


@pytest.mark.parametrize("place", ["nowhere/due.json", "."])
def test_a_file_that_cannot_be_written(run, tmp_path, place):
    said = run("packs", "--output", tmp_path / place)
    assert said.status == 2
    assert "--output" in said.err


def test_packs(run):
    listed = run("packs")
    assert listed.status == 0
    assert "us-nm" in listed.out
    one = run("packs", "us-nm")
    assert "us-nm:5-501(A)  [read in part]" in one.out
    assert "Not read yet" in one.out
    assert "What a ruling does to the same charge" in one.out
    assert "not legal advice" in one.out
    rows = list(csv.DictReader(io.StringIO(run("packs", "--format", "csv").out)))
    assert {"us-nm:5-501(A)", "us-nm:5-505(A)"} <= {row["rule"] for row in rows}
    found = json.loads(run("packs", "us-nm", "--format", "json").out)
    assert [pack["id"] for pack in found["packs"]] == ["us-nm"]
    assert found["problems"] == []


def test_the_worked_cases_of_a_pack_are_tried(run):
    said = run("packs", "us-nm", "--check")
    assert said.status == 0
    assert "0 to mend" in said.out


def test_a_wrong_worked_case_is_told(run, tmp_path):
    shutil.copytree(shipped_folder() / "us-tx", tmp_path / "packs" / "us-tx")
    path = tmp_path / "packs" / "us-tx" / "cases" / "limitation.toml"
    path.write_text(path.read_text("utf-8").replace('last_day = "none"', "last_day = 2031-01-01"))
    said = run("packs", "us-tx", "--check", home=tmp_path)
    assert said.status == 1
    assert "expected 2031-01-01, found no limitation" in said.out


def test_a_changed_pack_is_used_once_it_is_adopted(run, office):
    shutil.copytree(shipped_folder() / "us-nm", office / "packs" / "us-nm")
    path = office / "packs" / "us-nm" / "pack.toml"
    path.write_text(path.read_text("utf-8").replace('version = "2026.1"', 'version = "ours"'))
    assert "changed since (fullfile packs --adopt)" in run("packs", home=office).words
    said = run("packs", "--adopt", "--by", "R. Quillfeather", home=office)
    assert said.out == "Adopted the pack us-nm, version ours.\n"
    listed = run("packs", home=office).words
    assert "us-nm New Mexico ours" in listed
    assert "All of them are in use in this office as they stand." in listed
    again = run("packs", "--adopt", "--by", "R. Quillfeather", home=office)
    assert again.out == "Everything known is in use already.\n"


def test_an_unknown_pack(run):
    said = run("packs", "us-zz")
    assert said.status == 2
    assert "us-nm" in said.err


def test_a_broken_pack_of_the_office_is_a_finding(run, tmp_path):
    (tmp_path / "packs" / "us-nm").mkdir(parents=True)
    (tmp_path / "packs" / "us-nm" / "pack.toml").write_text("id = ", "utf-8")
    said = run("packs", home=tmp_path)
    assert said.status == 1
    assert "pack.toml" in said.err
