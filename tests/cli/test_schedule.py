"""`schedule` on the worked example, and the forms of England and Wales, through the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys

import pytest

R = "D-0101-CR-2024-00013"
FOR = ("schedule", R, "--defendant", "Baldwin")
DAY = ("--on", "2024-07-10")


@pytest.fixture
def own(example, tmp_path):
    """A copy of the worked example that may be written to."""
    place = tmp_path / "own"
    shutil.copytree(example, place)
    return place


def test_what_was_judged_of_no_value_is_on_it(run, example):
    said = run(*FOR, *DAY, home=example)
    assert (said.status, said.err) == (0, "")
    assert "Sheriff DOC-001" in said.words
    assert "PROS-1 thinks it of no evidentiary value (March 2024): “not a match”" in said.words
    assert "no second person has read it" in said.words
    assert "9 items in all." in said.words
    assert max(len(line) for line in said.out.splitlines()) <= 80


def test_json_and_csv_have_the_same_lines(run, example):
    found = json.loads(run(*FOR, *DAY, "--format", "json", home=example).out)
    rows = list(csv.DictReader(io.StringIO(run(*FOR, *DAY, "--format", "csv", home=example).out)))
    assert [row["tag"] for row in rows] == [line["tag"] for line in found["lines"]]
    assert list(rows[0]) == list(found["lines"][0])
    rounds = next(line for line in found["lines"] if line["tag"] == "DOC-001")
    assert (rounds["state"], rounds["also"], rounds["disclosed_at"]) == (
        "unfiled",
        ["overdue"],
        None,
    )
    assert rounds["views"] == [
        {
            "finding": "no_evidentiary_value",
            "by": "PROS-1",
            "made_at": "2024-03",
            "reason": "not a match",
            "verified_by": None,
            "verified_at": None,
        }
    ]
    assert rounds["entries"]
    assert (found["copy"], found["layout"], found["issued"]) == ("defence", "schedule", None)
    assert found["checkpoint"]["size"]


def test_before_the_view_the_rounds_bear_on_no_case(run, example):
    found = json.loads(run(*FOR, "--on", "2024-03-06", "--format", "json", home=example).out)
    assert "DOC-001" not in {line["tag"] for line in found["lines"]}


def test_issued_it_is_printed_again_byte_by_byte(run, own, tmp_path):
    first = tmp_path / "first.pdf"
    said = run(
        *FOR,
        *DAY,
        "--issue",
        "--by",
        "Ines Calloway",
        "--format",
        "pdf",
        "--output",
        first,
        home=own,
    )
    assert (said.status, said.out) == (0, "")
    assert "Issued as number 1" in said.err
    again = tmp_path / "again.pdf"
    assert run(*FOR, "--number", "1", "--format", "pdf", "--output", again, home=own).status == 0
    assert first.read_bytes() == again.read_bytes()
    assert first.read_bytes().startswith(b"%PDF")
    second = run(*FOR, *DAY, home=own)
    assert "0 are new since schedule no. 1" in second.words


def test_a_page(run, example, tmp_path):
    place = tmp_path / "schedule.html"
    said = run(*FOR, *DAY, "--format", "html", "--output", place, home=example)
    assert (said.status, said.out) == (0, "")
    page = place.read_text("utf-8")
    assert "<h1>Schedule of Evidence</h1>" in page
    assert "DOC-001" in page
    assert "not legal advice" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--defendant", "Baldwyn"), "it has Baldwin"),
        (("--defendant", "Baldwin", "--layout", "mg6c"), "has no paper “mg6c”"),
        (("--defendant", "Baldwin", "--issue", "--as-of", "2024-07-10"), "leave out --as-of"),
        (("--defendant", "Baldwin", "--number", "4"), "number 4 was signed"),
        (("--defendant", "Baldwin", "--format", "pdf", "--output", "."), "is a folder"),
        (
            ("--defendant", "Baldwin", "--format", "pdf", "--output", "no/such/s.pdf"),
            "cannot be written",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, example, arguments, says):
    said = run("schedule", R, *arguments, home=example)
    assert said.status == 2
    assert says in said.err
    assert said.err.count("\n") == 1


def test_a_pdf_goes_to_no_screen(run, example, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    said = run(*FOR, "--format", "pdf", home=example)
    assert said.status == 2
    assert "--output FILE.pdf" in said.err


ENGLAND = {
    "agencies": "agency,kind\nNorthmoor Police,police",
    "cases": "case_number,jurisdiction,court,court_level,title,opened_on,report_numbers\n"
    "T1,gb-ew,Crown Court at Northmoor,crown,R v Tolliver,2026-01-10,Northmoor Police:N1",
    "parties": "case_number,name,role\nT1,Jem Tolliver,defendant",
    "items": "agency,tag,description,kind,booked_at,report_number\n"
    "Northmoor Police,A1,Knife,object,2026-01-11,N1\nNorthmoor Police,A2,Crime report,document,2026-01-11,N1\n"
    "Northmoor Police,A3,Log of a source,document,2026-01-11,N1",
    "filings": "case_number,agency,tag,filed_at,exhibit_number\nT1,Northmoor Police,A1,2026-01-12,JT/1",
    "determinations": "case_number,agency,tag,finding,by,made_at,reason\n"
    "T1,Northmoor Police,A3,sensitive,DC Prynne,2026-01-13,names a source\n"
    "T1,Northmoor Police,A2,mitigating,DC Prynne,2026-01-13,he was provoked",
}


@pytest.fixture
def england(run, home, tmp_path):
    folder = tmp_path / "rows"
    folder.mkdir()
    for table, rows in ENGLAND.items():
        (folder / f"{table}.csv").write_text(rows + "\n", "utf-8")
    assert run("init", "--office", "Northmoor", "--jurisdiction", "gb-ew", home=home).status == 0
    assert run("import", folder, "--source", "rms", home=home).status == 0
    return home


def test_the_forms_of_england_and_wales(run, england):
    ask = ("schedule", "T1", "--defendant", "Jem Tolliver", "--layout")

    def tags(layout):
        said = run(*ask, layout, "--format", "json", home=england)
        return [line["tag"] for line in json.loads(said.out)["lines"]]

    assert (tags("mg6c"), tags("mg6d"), tags("mg6e")) == (["A2"], ["A3"], ["A2"])
    said = run(*ask, "mg6c", home=england)
    assert "Copy for the defence" in said.words
    assert "source" not in said.words
    assert run(*ask, "mg6d", "--copy", "defence", home=england).status == 2
    said = run(*ask, "mg6e", "--issue", "--by", "DC Prynne", home=england)
    assert (said.status, "fullfile certify" in said.err) == (2, True)


def test_a_nil_list_of_sensitive_things_is_signed(run, england, tmp_path):
    place = tmp_path / "d.pdf"
    ask = (
        "schedule",
        "T1",
        "--defendant",
        "Jem Tolliver",
        "--layout",
        "mg6d",
        "--on",
        "2026-01-12",
    )
    said = run(*ask, home=england)
    assert "Nil: there is no sensitive material on record." in said.words
    said = run(
        *ask, "--issue", "--by", "DC Prynne", "--format", "pdf", "--output", place, home=england
    )
    assert "Issued as number 1" in said.err
    assert place.read_bytes().startswith(b"%PDF")


def test_two_defendants_of_one_name_are_told_apart_by_party_id(run, office, tmp_path):
    folder = tmp_path / "rows"
    folder.mkdir()
    (folder / "cases.csv").write_text(
        "case_number,jurisdiction,court_level,opened_on\nD-1,us-nm,district,2024-01-19\n", "utf-8"
    )
    (folder / "parties.csv").write_text(
        "case_number,name,role,party_id,date_of_birth\nD-1,Ann Poe,defendant,P1,1980-01-01\n"
        "D-1,Ann Poe,defendant,P2,1991-02-02\n",
        "utf-8",
    )
    assert run("import", folder, "--source", "court", home=office).status == 0
    said = run("schedule", "D-1", "--defendant", "Ann Poe", home=office)
    assert said.status == 2
    assert "2 defendants called Ann Poe: name one by party_id (P1, P2)" in said.err
    assert run("schedule", "D-1", "--defendant", "p2", home=office).status == 0


def test_a_pdf_goes_through_a_pipe(example):
    asked = [sys.executable, "-m", "fullfile", "--home", str(example), *FOR, *DAY]
    piped = subprocess.run([*asked, "--format", "pdf"], capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout.startswith(b"%PDF")


def test_a_file_that_no_disk_takes(run, example, tmp_path):
    place = tmp_path / ("s" * 300)
    said = run(*FOR, "--format", "pdf", "--output", place, home=example)
    assert (said.status, "file name too long" in said.err) == (2, True)
