"""`knew` on the worked example: point 6, and how it is asked and written."""

import csv
import io
import json

import pytest

from fullfile.engines.report.knew import KNOWN_FIELDS

ROUNDS = ("knew", "Sheriff", "DOC-001")


@pytest.fixture
def answer(run, example):
    said = run(*ROUNDS, "--format", "json", home=example)
    assert said.status == 0
    return json.loads(said.out)


def cell(answer, person, level):
    found = next(one for one in answer["persons"] if one["person"] == person)
    return found[level], found[f"{level}_basis"]


def test_every_role_with_level_and_time(answer):
    """The table "who knew what" of the worked example."""
    stated = {
        ("FORMER-DET", "exists"): "2021-11",
        ("FORMER-DET", "picture"): "2021-11",
        ("TECH", "exists"): "2024-03-06",
        ("TECH", "object"): "2024-03-06",
        ("TECH", "where_filed"): "2024-03-06",
        ("LT", "exists"): "2024-03-06",
        ("LT", "where_filed"): "2024-03-06",
        ("DET", "exists"): "2024-03",
        ("DET", "where_filed"): "2024-03",
        ("PROS-1", "exists"): "2024-03",
        ("PROS-1", "picture"): "2024-03",
        ("PROS-1", "object"): "2024-07-12",
        ("PROS-1", "where_filed"): "2024-03",
        ("PROS-2", "exists"): "2024-07-11",
        ("PROS-2", "not_disclosed"): "2024-07-11",
        ("DC-2", "exists"): "before 2024-03",
        ("DC-1", "exists"): "before 2024-07-11",
        ("DC-1", "object"): "2024-07-12",
        ("DC-1", "where_filed"): "2024-07-11",
        ("DC-1", "not_disclosed"): "2024-07-11",
        ("JUDGE", "object"): "2024-07-12",
    }
    assert {at: cell(answer, *at) for at in stated} == {
        at: (day, "stated") for at, day in stated.items()
    }
    sources = {(one["person"], one["level"]): one["source"] for one in answer["knowledge"]}
    assert sources["LT", "where_filed"] == "testimony of TECH, 2024-07-11"
    assert all(one["source"] for one in answer["knowledge"])
    assert all(one["entries"] for one in answer["knowledge"])


def test_a_denial_is_no_knowledge(answer):
    assert cell(answer, "PROS-1", "not_disclosed") == (None, None)
    quill = next(one for one in answer["persons"] if one["person"] == "PROS-1")
    assert quill["denies"] == ["not_disclosed", "object"]


def test_pros_1_stands_twice_on_the_object_side_by_side(answer):
    sides = [one for one in answer["contradictions"] if one["person"] == "PROS-1"]
    assert [(one["level"], one["account"], one["known_from"]) for one in sides] == [
        ("object", "denied", "before 2024-07-12"),
        ("object", "stated", "2024-07-12"),
    ]
    assert {one["source"] for one in sides} == {
        "account of PROS-1 at the hearing of 2024-09-26",
        "proceedings in court, 2024-07-12",
    }
    assert all(one["both_possible"] for one in sides)


def test_derived_stands_apart_from_stated(answer):
    derived = {
        (one["person"], one["how"]) for one in answer["knowledge"] if one["basis"] == "derived"
    }
    assert {
        ("TECH", "booked"),
        ("TECH", "collected"),
        ("TECH", "wrote_report"),
        ("SUB", "gave"),
        ("PROS-1", "judged"),
        ("DC-1", "served"),
        ("JUDGE", "examined"),
    } <= derived
    assert all(one["rule"] for one in answer["knowledge"] if one["basis"] == "derived")
    assert [one["person"] for one in answer["named"]] == ["SUP"]


def test_the_two_days_of_the_hand_in_stand_side_by_side(answer):
    sides = [one for one in answer["contradictions"] if one["person"] == "SUB"]
    assert [one["known_from"] for one in sides] == ["2024-02", "2024-03-06"]


def test_on_a_day_before(run, example):
    said = run(*ROUNDS, "--on", "2024-03-10", "--format", "json", home=example)
    people = {one["person"] for one in json.loads(said.out)["persons"]}
    assert people == {"FORMER-DET", "SUB", "DC-2", "TECH", "LT"}


def test_before_the_record_knew(run, example):
    said = run(*ROUNDS, "--as-of", "2020-01-01", home=example)
    assert said.status == 2


def test_for_people(run, example):
    said = run(*ROUNDS, home=example)
    assert said.status == 0
    assert said.out.startswith("10 persons on record knew of it or denied it. 2 contradictions")
    assert "Denied, before July 12, 2024: says that they did not" in said.out
    assert "As dated, both can be true." in said.out
    assert "PROS-1 judged it “no evidentiary value” in D-0101-CR-2024-00013" in said.words
    assert max(len(line) for line in said.out.splitlines()) <= 80


def test_csv_has_every_account(run, example, answer):
    said = run(*ROUNDS, "--format", "csv", home=example)
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert list(rows[0]) == list(KNOWN_FIELDS)
    assert len(rows) == len(answer["knowledge"]) == len(answer["timeline"])


def test_the_page_draws_each_person_and_escapes_all_words(run, example, tmp_path):
    place = tmp_path / "knew.html"
    said = run(*ROUNDS, "--format", "html", "--output", place, home=example)
    assert (said.status, said.out) == (0, "")
    page = place.read_text("utf-8")
    assert page.count('class="lane"') == 10
    assert 'class="mark denied"' in page
    assert "SUP" in page
    assert "<script" not in page
    assert "supplier of the set&#39;s ammunition" in page


def test_the_agency_goes_by_any_of_its_names(run, example):
    assert run("knew", "sfso", "doc-001", home=example).status == 0


@pytest.mark.parametrize(
    ("agency", "tag", "says"),
    [
        ("Sheriff", "DOC-01", "The nearest are Sheriff DOC-001"),
        ("Police", "DOC-001", "The nearest are Sheriff DOC-001"),
        ("Sherif", "DOC-001", "There is no agency of that name; the nearest are Sheriff"),
    ],
)
def test_an_unknown_item_is_said_with_the_nearest(run, example, agency, tag, says):
    said = run("knew", agency, tag, home=example)
    assert (said.status, said.out) == (2, "")
    assert says in said.err


def test_an_item_that_nobody_booked_still_answers(run, office, tmp_path):
    rows = tmp_path / "knowledge.csv"
    rows.write_text(
        "agency,tag,person,level,known_from,source\nSheriff,E-9,<b>Ada Roe</b>,exists,2024-03,note\n"
    )
    assert run("import", "knowledge", rows, "--source", "notes", home=office).status == 0
    said = run("knew", "Sheriff", "E-9", home=office)
    assert said.status == 0
    assert "No property list has it by then." in said.words
    page = run("knew", "Sheriff", "E-9", "--format", "html", home=office).out
    assert "<b>Ada" not in page
