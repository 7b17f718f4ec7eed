"""`certify` on the worked example (its point 5): refused, then stated one by one and signed by two."""

from __future__ import annotations

import json
import shutil

import pytest

R = "D-0101-CR-2024-00013"
FOR = ("certify", R, "--defendant", "Baldwin", "--on", "2024-07-10")
STATED = (
    "--except",
    "Sheriff:DOC-001=judged of no value in March, never filed",
    "--except",
    "unanswered:Sheriff=asked on July 9, no answer yet",
    "--except",
    "unexamined:Sheriff=nobody has looked at it yet",
)
SIGNED = ("--sign", "--by", "PROS-2", "--second", "Odile Fourneau")


@pytest.fixture
def own(example, tmp_path):
    """A copy of the worked example that may be written to."""
    place = tmp_path / "own"
    shutil.copytree(example, place)
    return place


def test_it_is_refused_and_names_every_reason_and_the_way_out(run, example):
    said = run(*FOR, home=example)
    assert said.status == 1
    assert said.out.startswith("Refused: 3 things are neither right nor stated.\n")
    assert "Sheriff DOC-001: unfiled" in said.out
    assert "Put it on the prosecution's file and disclose it, or state it:" in said.out
    assert '    --except "Sheriff:DOC-001=REASON"' in said.out
    assert "none is not “nothing held”" in said.words
    assert "Get the answer of Sheriff and record it (table answers), or state it:" in said.out
    assert "Sheriff holds 1 item that bears on no case on record" in said.words


def test_that_somebody_thinks_it_worthless_changes_nothing(run, example):
    """Point 2: the view stands in the sentence, and the line in the way."""
    found = json.loads(run(*FOR, "--format", "json", home=example).out)
    first = found["refusals"][0]
    assert (first["code"], first["key"]) == ("unfiled", "Sheriff:DOC-001")
    assert "PROS-1 thinks it of no evidentiary value" in first["sentence"]
    assert first["entries"]
    assert (found["refused"], found["signed"]) == (True, None)


def test_refused_it_is_not_signed(run, own):
    said = run(*FOR, *SIGNED, home=own)
    assert said.status == 1
    assert "Not signed: the certificate was refused." in said.err


def test_stated_one_by_one_it_is_signed_by_two(run, own, tmp_path):
    draft = run(*FOR, *STATED, home=own)
    assert draft.status == 0
    assert draft.out.startswith("DRAFT, not signed\nCertificate of Disclosure\n")
    place = tmp_path / "certificate.pdf"
    said = run(*FOR, *STATED, *SIGNED, "--format", "pdf", "--output", place, home=own)
    assert (said.status, said.out) == (0, "")
    assert "Signed as number 1" in said.err
    again = tmp_path / "again.pdf"
    ask = ("certify", R, "--defendant", "Baldwin", "--number", "1", "--format")
    assert run(*ask, "pdf", "--output", again, home=own).status == 0
    assert place.read_bytes() == again.read_bytes()
    assert place.read_bytes().startswith(b"%PDF")
    found = json.loads(run(*ask, "json", home=own).out)
    assert [one["key"] for one in found["exceptions"]] == [
        "Sheriff:DOC-001",
        "unanswered:Sheriff",
        "unexamined:Sheriff",
    ]
    assert (found["signed_by"], found["second_by"]) == ("PROS-2", "Odile Fourneau")
    assert found["kinds"] == [
        "5 objects",
        "1 document",
        "1 recording",
        "1 data set",
        "1 test result",
    ]
    assert "8 a row of the State says that a receipt exists" in " ".join(found["notes"])
    assert run("log", "verify", home=own).status == 0
    assert "Supplemental Certificate" in run(*FOR, *STATED, home=own).out


def test_the_page_says_draft_until_it_is_signed(run, own):
    page = run(*FOR, *STATED, "--format", "html", home=own).out
    assert "DRAFT, not signed" in page
    signed = run(*FOR, *STATED, *SIGNED, "--format", "html", home=own).out
    assert "DRAFT" not in signed
    assert "Signed in the record by" in signed
    assert "Odile Fourneau" in signed
    refused = run(*FOR, "--format", "html", home=own)
    assert refused.status == 1
    assert "cannot be signed" in refused.out


def test_nothing_is_signed_that_cannot_be_written(run, own, tmp_path):
    place = tmp_path / "no" / "such" / "certificate.pdf"
    said = run(*FOR, *STATED, *SIGNED, "--format", "pdf", "--output", place, home=own)
    assert (said.status, "cannot be written" in said.err) == (2, True)
    assert run("certify", R, "--defendant", "Baldwin", "--number", "1", home=own).status == 2


def test_exceptions_from_a_file(run, example, tmp_path):
    file = tmp_path / "exceptions.csv"
    file.write_text(
        "key,agency,tag,reason\n,Sheriff,DOC-001,never filed\nunanswered:Sheriff,,,asked\n"
        "unexamined:Sheriff,,,not yet\n",
        "utf-8",
    )
    assert run(*FOR, "--except-file", file, home=example).status == 0
    said = run(*FOR, "--except-file", file, "--except", "Sheriff:DOC-001=x", home=example)
    assert (said.status, "given twice" in said.err) == (2, True)


def test_no_paragraph_says_more_than_the_record(run, example, tmp_path):
    """A certificate that states exceptions says so before its first paragraph."""
    page = tmp_path / "certificate.html"
    assert run(*FOR, *STATED, "--format", "html", "--output", page, home=example).status == 0
    words = " ".join(page.read_text("utf-8").split())
    said = "What its paragraphs say does not hold for what is stated there."
    assert "This certificate states 3 exceptions, one by one, below." in words
    assert words.index(said) < words.index("Stated exceptions")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--except", "Sheriff:INV-001=because"), "Sheriff:INV-001 needs no exception"),
        (("--except", "Sheriff:DOC-001"), "write AGENCY:TAG=REASON"),
        (("--except", "=because"), "write AGENCY:TAG=REASON"),
        (("--except-file", "no-such.csv"), "no-such.csv cannot be read"),
        (("--sign", "--by", "PROS-2"), "name the second with --second"),
        (("--sign", "--as-of", "2024-07-10"), "leave out --as-of"),
        (("--number", "7"), "No certificate number 7 was signed for Baldwin"),
        ((*STATED, "--sign", "--by", "PROS-2", "--second", "pros-2"), "cannot sign twice"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, own, arguments, says):
    said = run(*FOR, *arguments, home=own)
    assert said.status == 2
    assert says in said.err
    assert said.err.count("\n") == 1


def test_the_report_of_england_and_wales_is_certified(run, home, tmp_path):
    from tests.cli.test_schedule import ENGLAND

    folder = tmp_path / "rows"
    folder.mkdir()
    for table, rows in ENGLAND.items():
        (folder / f"{table}.csv").write_text(rows + "\n", "utf-8")
    assert run("init", "--office", "Northmoor", "--jurisdiction", "gb-ew", home=home).status == 0
    assert run("import", folder, "--source", "rms", home=home).status == 0
    said = run("certify", "T1", "--defendant", "Jem Tolliver", "--format", "html", home=home)
    assert said.status == 1
    assert "What may help the defence" in said.out
    assert "C1" in said.out
    assert "he was provoked" in said.out
