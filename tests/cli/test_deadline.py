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


RULES = [
    ("ca:579(2)", "2025-03-03"),
    ("gb-ew:CPIA-5", "2025-03-03"),
    ("us-ca:1054.1", "2025-06-02"),
    ("us-co:16(I)(b)(1)", "2025-03-03"),
    ("us-fed:33(b)(2)", "2025-03-03"),
    ("us-fl:3.220(b)(1)", "2025-03-03"),
    ("us-nc:15A-902(a)", "2025-03-03"),
    ("us-nm:5-501(A)", "2025-03-03"),
    ("us-ny:245.10(1)(a)", "2025-03-03"),
    ("us-tx:39.14(b)", "2025-06-02"),
]


@pytest.mark.parametrize(("rule", "trigger"), RULES)
def test_a_date_of_every_pack(run, rule, trigger):
    said = run("deadline", rule, "--trigger", trigger, "--format", "json")
    assert said.status == 0, said.err
    found = json.loads(said.out)
    assert found["rule"] == rule
    assert found["due"] > "2025"
    assert found["check"] in ("text", "part", "unread")
    assert found["calendar"].startswith(rule.partition(":")[0])


@pytest.mark.parametrize("pack", [rule.partition(":")[0] for rule, _ in RULES])
def test_a_rule_that_no_pack_has_is_said_by_name(run, pack):
    said = run("deadline", f"{pack}:No 17", "--trigger", "2025-03-03")
    assert said.status == 2
    assert f"No pack has a rule “{pack}:No 17”" in said.err


@pytest.mark.parametrize(
    "rule", ["us-co:16(I)(b)(1)", "us-fl:3.220(b)(1)", "us-nm:5-501(A)", "us-ny:245.10(1)(a)"]
)
def test_a_year_without_a_calendar_is_said_by_name(run, rule):
    said = run("deadline", rule, "--trigger", "2031-09-15", "--format", "json")
    found = json.loads(said.out)
    assert (said.status, found["due"]) == (0, None)
    assert f"calendar {found['calendar']} has no table for 2031" in found["lacks"]


def test_a_list_of_holidays_that_cannot_be_read_is_said_by_name(run):
    said = run(
        "deadline", "--method", "calendar_roll", "--period", "3 days", "--trigger", "2024-01-31",
        "--holidays", "2024-02-30",
    )  # fmt: skip
    assert (said.status, said.out) == (2, "")
    assert "“2024-02-30” is no holiday" in said.err


def test_a_rule_with_another_period_in_custody_shows_both_dates(run):
    asked = ("deadline", "us-ny:245.10(1)(a)", "--trigger", "2024-02-05")
    found = json.loads(run(*asked, "--format", "json").out)
    assert found["due"] == "2024-03-11"
    (other,) = found["variants"]
    assert (other["status"], other["due"], other["period"]) == (
        "in_custody",
        "2024-02-26",
        "20 days",
    )
    assert "or Mon 26 Feb 2024, if the defendant is in custody" in run(*asked).words
    (row,) = csv.DictReader(io.StringIO(run(*asked, "--format", "csv").out))
    assert row["variants"] == "2024-02-26 in_custody"


def test_a_day_before_every_version_names_the_first(run):
    said = run("deadline", "us-ny:245.10(1)(a)", "--trigger", "2010-02-05", "--format", "json")
    found = json.loads(said.out)
    assert found["due"] is None
    assert "in force on Fri 5 Feb 2010: the pack us-ny has it from 20" in found["lacks"][0]
    assert "2025" not in found["lacks"][0]
