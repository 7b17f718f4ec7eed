"""`import`: figures for people and programs, refused rows, and what cannot be done."""

import csv
import io
import json

import pytest

HEAD = "agency,tag,description,booked_at\n"
GOOD = f"{HEAD}Police,1,a bag,2024-01-02\nPolice,2,a box,2024-01-03\n"
BAD = f"{HEAD}Police,1,a bag,2024-01-02\nPolice,2,a box,some day\n"


@pytest.fixture
def items(tmp_path):
    return tmp_path / "items.csv"


def test_rows_are_recorded_once(run, office, items):
    items.write_text(GOOD, "utf-8")
    tried = run("import", "items", items, "--source", "pd", "--dry-run")
    assert tried.status == 0
    assert tried.words.startswith("Only tried: 2 rows read (2 new, 0 corrected, 0 unchanged).")
    done = run("import", "items", items, "--source", "pd")
    assert (
        done.status,
        done.words.startswith("Recorded from pd: 2 new, 0 corrected, 0 unchanged."),
    ) == (0, True)
    again = run("import", "items", items, "--source", "pd")
    assert again.words.startswith("Nothing changed: the record knew all 2 rows.")
    items.write_text(GOOD.replace("a box", "a large box"), "utf-8")
    changed = run("import", "items", items, "--source", "pd", "--format", "json")
    figures = json.loads(changed.out)["files"][0]
    assert (figures["new"], figures["corrected"], figures["unchanged"]) == (0, 1, 1)


def test_a_bad_row_stops_everything_and_is_named(run, office, items):
    items.write_text(BAD, "utf-8")
    said = run("import", "items", items, "--source", "pd")
    assert said.status == 1
    assert said.words.startswith("Nothing was recorded: 1 of 2 rows cannot be taken.")
    assert "items.csv, row 3, column booked_at: " in said.words
    found = json.loads(run("import", "items", items, "--source", "pd", "--format", "json").out)
    assert found["recorded"] is False
    assert found["problems"][0]["row"] == 3


def test_skip_bad_takes_the_good_rows_and_keeps_the_others(run, office, items, tmp_path):
    items.write_text(BAD, "utf-8")
    said = run("import", "items", items, "--source", "pd", "--skip-bad")
    assert said.status == 1
    assert "1 new" in said.words
    assert "The refused rows are in" in said.words
    assert (tmp_path / "items.csv.rejected.csv").is_file()


def test_a_folder_and_its_figures_as_csv(run, office, items, tmp_path):
    items.write_text(GOOD, "utf-8")
    (tmp_path / "agencies.csv").write_text("agency,side\nPolice,state\n", "utf-8")
    said = run("import", tmp_path, "--source", "county", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert said.status == 0
    assert [(row["table"], row["new"]) for row in rows] == [("agencies", "1"), ("items", "2")]


def test_a_warning_is_listed_and_ends_well(run, office, tmp_path):
    table = tmp_path / "custody.csv"
    table.write_text("agency,tag,event,occurred_at\nPolice,99,moved,2024-01-02\n", "utf-8")
    said = run("import", "custody", table, "--source", "pd")
    assert said.status == 0
    assert "Warnings (2)" in said.out
    assert "nobody booked this tag" in said.words


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("itmes", "x.csv"), "There is no table “itmes”"),
        (("items",), "Name the file that holds items"),
        (("items", "nowhere.csv"), "There is no file nowhere.csv"),
        (("./nowhere",), "There is no folder ./nowhere"),
        (("{tmp}", "x.csv"), "is a folder: name it alone"),
        (("{tmp}",), "holds no table"),
        (("{tmp}", "--mapping", "m.toml"), "--mapping goes with a table"),
        (("items", "{tmp}/empty.csv"), "empty"),
        (("items", "{tmp}/short.csv"), "description"),
        (("items", "{tmp}/short.csv", "--mapping", "{tmp}/none.toml"), "none.toml"),
    ],
)
def test_what_cannot_be_done(run, office, tmp_path, arguments, says):
    (tmp_path / "empty.csv").write_text("", "utf-8")
    (tmp_path / "short.csv").write_text("agency,tag\nPolice,1\n", "utf-8")
    said = run("import", *(one.format(tmp=tmp_path) for one in arguments), "--source", "x")
    assert said.status == 2
    assert says in said.err
