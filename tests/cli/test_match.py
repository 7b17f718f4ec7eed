"""`match` and `demo` on the worked example, through the command line."""

import csv
import io
import json

import pytest

from fullfile.cli import match as command
from fullfile.cli.match import states_of
from fullfile.core.matching.line import State
from fullfile.engines.report.data import FIELDS
from tests.cli.conftest import EXAMPLE

R = "D-0101-CR-2024-00013"
DAY = ("--on", "2024-07-10")


def lines(said):
    return {(line["tag"], line["case_number"]): line for line in json.loads(said.out)["exceptions"]}


def test_the_rounds_two_days_before_the_ruling(run, example):
    said = run("match", *DAY, "--format", "json", home=example)
    assert said.status == 1
    rounds = lines(said)["DOC-001", R]
    assert list(rounds) == list(FIELDS)
    assert (rounds["state"], rounds["also"]) == ("unfiled", ["overdue"])
    assert (rounds["days_since_held"], rounds["days_late"]) == (126, 112)
    assert (rounds["due"], rounds["due_basis"], rounds["rule"]) == (
        "2024-03-20",
        "policy",
        "us-nm:5-505(A)",
    )
    assert "by the office's target" in rounds["why"]
    found = json.loads(said.out)
    assert found["on"] == "2024-07-10T23:59:59-06:00"
    assert found["policy"] == {"target_days": 14, "threshold": 0.5}
    assert found["lines"] == sum(found["states"].values())


def test_the_rounds_on_the_day_of_the_ruling(run, example):
    rounds = lines(run("match", "--on", "2024-07-12", "--format", "json", home=example))[
        "DOC-001", R
    ]
    assert (rounds["state"], rounds["also"], rounds["days_late"]) == ("unfiled", ["late"], 114)


def test_for_people(run, example):
    said = run("match", "--case", R, *DAY, home=example)
    assert said.status == 1
    assert said.out.startswith(
        f"Not full. 2 exceptions, and all can be put right.\nState of New Mexico v. Baldwin, {R}\n"
    )
    assert "As it stood at the end of July 10, 2024." in said.out
    assert "Unfiled 126 days  Sheriff DOC-001 for Baldwin" in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80
    assert "\x1b" not in said.out


def test_csv_and_all_lines(run, example):
    said = run("match", *DAY, "--all-lines", "--format", "csv", home=example)
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert list(rows[0]) == list(FIELDS)
    assert sum(row["state"] == "full" for row in rows) >= 8


def test_a_page_for_a_case_and_for_the_office(run, example, tmp_path):
    for more, title in (((), "Worked example"), (("--case", R), "State of New Mexico v. Baldwin")):
        place = tmp_path / "match.html"
        said = run("match", *DAY, *more, "--format", "html", "--output", place, home=example)
        assert (said.status, said.out) == (1, "")
        page = place.read_text("utf-8")
        assert f"<h1>{title}</h1>" in page
        assert "Disclosed to Baldwin" in page


def test_a_state_filters_the_list_and_the_exit_status(run, example):
    missing = run("match", *DAY, "--state", "missing", home=example)
    assert missing.status == 0
    assert "No line is missing." in missing.out
    found = run("match", *DAY, "--state", "orphan", "--format", "json", home=example)
    assert found.status == 1
    assert [line["state"] for line in json.loads(found.out)["exceptions"]] == ["orphan"]
    full = run("match", *DAY, "--state", "Full", home=example)
    assert full.status == 0
    assert full.out.count("Full  Sheriff INV-") == 8


def test_before_the_record_knew_anything(run, example):
    said = run("match", "--as-of", "2020-01-01", home=example)
    assert said.status == 0
    assert said.out.startswith("Nothing to match.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--case", "X-1"), "There is no case “X-1”"),
        (("--state", "lost"), "“lost” is no state"),
        (("--state", ","), "--state names no state"),
        (("--on", "yesterday"), "is no day or time for --on"),
        (("--on", "2024-02-30"), "is no day or time for --on"),
        (("--as-of", "2024"), "is no day or time for --as-of"),
        (("--engine", "abacus"), "abacus"),
        (("--output", "."), "is a folder"),
    ],
)
def test_refusals(run, example, arguments, says):
    said = run("match", *arguments, home=example)
    assert said.status == 2
    assert says in said.err


def test_a_time_of_day_is_taken_on_the_clock_of_the_office(run, example):
    said = run("match", "--on", "2024-07-10T09:30", "--format", "json", home=example)
    assert json.loads(said.out)["on"] == "2024-07-10T09:30:00-06:00"


def test_help_lists_the_states_of_the_contract():
    assert command._STATES.split(", ") == [state.value for state in State]
    assert states_of("unfiled, Aside ;post-conviction") == (
        State.UNFILED,
        State.SET_ASIDE,
        State.POST_CONVICTION,
    )


def test_a_terminal_gets_colour_and_a_screenful(run, example, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr(command, "_SCREENFUL", 1)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    said = run("match", *DAY, home=example)
    assert "\x1b[" in said.out
    assert "3 more are not written out here" in said.words


def test_demo_tells_the_story_and_may_be_run_again(run, home):
    said = run("demo", "--no-serve", home=home)
    assert said.status == 0
    for words in (
        "July 10, 2024",
        "Unfiled 126 days  Sheriff DOC-001 for Baldwin",
        "Also overdue by 112 days by the office's target.",
        "July 12, 2024",
        "Also late by 114 days by the office's target.",
        "Where to go next",
        f"export FULLFILE_HOME={home}",
    ):
        assert words in said.out
    assert run("demo", "--no-serve", home=home).out == said.out


def test_demo_leaves_other_places_alone(run, office, tmp_path):
    said = run("demo", home=office)
    assert said.status == 2
    assert "holds something else" in said.err
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "letter.txt").write_text("x", "utf-8")
    assert run("demo", home=tmp_path / "papers").status == 2
    assert (EXAMPLE / "items.csv").is_file()


@pytest.mark.parametrize("engine", ["database", "duckdb"])
def test_every_engine_prints_the_same(run, example, engine):
    words = ("match", *DAY, "--as-of", "2100-01-01", "--format", "csv")
    plain = run(*words, home=example)
    asked = run(*words, "--engine", engine, home=example)
    assert asked.status == plain.status == 1
    assert asked.out == plain.out
