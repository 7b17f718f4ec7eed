"""`impact` on the worked example: points 8 and 10, and the reasons for outcomes."""

import csv
import io
import json

import pytest

from fullfile.core.errors import NotFound, Refused
from fullfile.engines.report.impact import CSV_FIELDS
from fullfile.server.actions.outcomes import explain_outcome
from fullfile.server.queries.impact import count_reasons
from tests.cli.conftest import EXAMPLE

R, R2 = "D-0101-CR-2024-00013", "D-0101-CR-2023-00040"
ROUNDS = ("impact", "Sheriff", "DOC-001")
NOW = 4_000_000_000_000
"""Later than the clock of whoever runs this: moments never go back in a record."""


def asked(run, example, *words):
    said = run(*words, "--format", "json", home=example)
    assert said.status == 0, said.err
    return json.loads(said.out)


@pytest.fixture
def after(run, example):
    """The day after the ruling."""
    return asked(run, example, *ROUNDS, "--on", "2024-07-13")


def test_it_names_r2_convicted_sentenced_and_the_window(after):
    standing = {one["case_number"]: one for one in after["defendants"]}
    assert standing[R2]["standing"] == "sentenced"
    assert standing[R2]["words"] == (
        "Gutierrez-Reed: convicted on March 6, 2024, sentenced on April 15, 2024 (18 months)."
    )
    assert standing[R]["words"] == "Baldwin: dismissed with prejudice on July 12, 2024."
    assert standing[R]["disclosed"] == "2024-07-12"
    window = next(one for one in after["windows"] if one["id"] == "new_trial_newly_discovered")
    assert (window["case_number"], window["defendant"]) == (R2, "Gutierrez-Reed")
    assert (window["last_day"], window["passed"], window["check"]) == ("2026-04-15", False, "text")
    assert window["rule"] == "us-nm:5-614(C)"


def test_sup_is_a_person_whom_it_may_touch(after):
    found = {one["person"]: one for one in after["people"]}
    assert "supplier of the set's ammunition" in found["SUP"]["words"]
    assert f"witness in {R}" in found["SUP"]["words"]
    assert "A person whom it may touch; the record says no more." in found["SUP"]["words"]
    assert "Baldwin" not in found


def test_no_complaint_recorded_is_said(after):
    assert after["complaints"] == []
    assert "Complaints against counsel: none on record." in after["notes"]


def test_the_request_stands_against_it(after):
    [request] = after["requests"]
    assert request["asks_for"] == "to see all ballistic evidence"
    assert "“ammunition” in its category" in request["matches"]


def test_the_civil_suit_with_its_course(run, example):
    assert asked(run, example, *ROUNDS, "--on", "2025-01-08")["suits"] == []
    course = {
        "2025-01-09": "open",
        "2025-08-01": "closed",
        "2025-10-01": "reinstated",
        "2025-10-20": "moved",
    }
    for day, state in course.items():
        [suit] = asked(run, example, *ROUNDS, "--on", day)["suits"]
        assert (suit["number"], suit["state"]) == ("D-101-CV-2025-00060", state)


def test_the_closing_of_the_suit_lifts_no_hold(run, example):
    found = asked(run, example, *ROUNDS, "--on", "2025-08-01")
    names = {hold["name"] for hold in found["holds"]}
    assert {"PRESERVATION-LETTER", f"civil_suit:{R}", f"case:{R}", f"case:{R2}"} <= names


def test_the_denial_in_r2_with_its_reason_clears_nothing_in_r(run, example):
    found = asked(run, example, *ROUNDS, "--on", "2024-10-01")
    denial = next(one for one in found["rulings"] if one["event"] == "new_trial_denied")
    assert (denial["case_number"], denial["says_nothing_for"]) == (R2, [R])
    assert denial["detail"] == (
        "denied: SUB and the rounds were available to her; the State took them only after her conviction"
    )
    assert f"clears nothing in {R}" in denial["words"]


def test_on_the_day_of_the_gap_there_is_something_to_do(run, example):
    found = asked(run, example, *ROUNDS, "--on", "2024-07-10")
    tasks = {one["text"]: one for one in found["tasks"]}
    tell = tasks["Tell counsel of Baldwin of Sheriff DOC-001."]
    assert (tell["due"], tell["basis"], tell["overdue"]) == ("2024-03-20", "policy", True)
    assert "Answer Baldwin's request “to see all ballistic evidence”." in tasks
    assert f"Put Sheriff DOC-001 on the file of {R}." in tasks
    assert "Review the conviction of Gutierrez-Reed in " + R2 + "." in tasks
    reader = next(one for text, one in tasks.items() if text.startswith("Have a second person"))
    assert reader["who"] == "PROS-2"


def test_the_ruling_is_carried_to_r2_until_a_motion_there_shows_it(run, example):
    carry = f"Tell counsel of Gutierrez-Reed of what was ruled in {R} on July 12, 2024."

    def texts(day):
        found = asked(run, example, "impact", "--case", R, "--on", day)
        return [task["text"] for task in found["tasks"]]

    assert carry not in texts("2024-07-11")
    assert carry in texts("2024-07-13")
    assert carry not in texts("2024-07-18")


def test_before_anything_names_a_case_the_giver_leads_there(run, example):
    found = asked(run, example, *ROUNDS, "--on", "2024-03-10")
    ways = {one["case_number"]: one["how"] for one in found["cases"]}
    assert ways == {R2: ["person"], R: ["person"]}


def test_of_a_case(run, example):
    found = asked(run, example, "impact", "--case", R, "--on", "2024-07-13")
    assert (found["case_number"], found["tag"]) == (R, None)
    assert {one["case_number"] for one in found["cases"]} == {R, R2}
    states = {(one["tag"], one["case_number"]): one["states"] for one in found["items"]}
    assert states["DOC-001", R] == ["unfiled", "late"]
    assert states["DOC-001", R2] == ["unfiled", "post_conviction"]
    assert any(one["last_day"] == "2026-04-15" for one in found["windows"])
    assert [one["person"] for one in found["people"]] == ["SUB", "SUP"]


def test_for_people(run, example):
    said = run(*ROUNDS, "--on", "2024-07-13", home=example)
    assert said.status == 0
    assert said.out.startswith("It touches 2 cases and 2 defendants (1 ended and 1 sentenced).")
    assert "Open to Apr 15, 2026." in said.out
    assert "by the office's target" in said.out
    assert "Complaints against counsel: none on record." in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80


def test_csv_and_page(run, example, tmp_path):
    said = run(*ROUNDS, "--format", "csv", home=example)
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert list(rows[0]) == list(CSV_FIELDS)
    assert {"tasks", "defendants", "windows", "holds", "people", "note"} <= {
        row["part"] for row in rows
    }
    place = tmp_path / "impact.html"
    assert (
        run("impact", "--case", R, "--format", "html", "--output", place, home=example).status == 0
    )
    page = place.read_text("utf-8")
    assert '<h2 id="windows">Ways back to court after a conviction' in page
    assert "supplier of the set&#39;s ammunition" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("impact", "Sheriff", "DOC-002"), "The nearest are Sheriff DOC-001"),
        (("impact", "--case", "D-0101-CR-2024-00031"), f"The nearest numbers are {R}"),
        (("impact",), "Name one"),
        (("impact", "Sheriff"), "Name one"),
        (("impact", "Sheriff", "DOC-001", "--reasons"), "Name one"),
    ],
)
def test_what_cannot_be_answered(run, example, words, says):
    said = run(*words, home=example)
    assert (said.status, said.out) == (2, "")
    assert says in said.err


@pytest.fixture
def explained(run, office, tmp_path):
    """An office with one case of Ada Roe."""
    cases = tmp_path / "cases.csv"
    cases.write_text("case_number,jurisdiction,opened_on\nD-1,us-nm,2024-01-02\n")
    parties = tmp_path / "parties.csv"
    parties.write_text("case_number,name,role\nD-1,Ada Roe,defendant\n")
    for table, place in (("cases", cases), ("parties", parties)):
        assert run("import", table, place, "--source", "court", home=office).status == 0
    return office


def explain(*reasons, by="A. Counter", outcome="dismissed_with_prejudice", **more):
    return explain_outcome("d-1", outcome, "2024-07-12", reasons, by, now_ms=NOW, **more)


def test_an_outcome_has_as_many_reasons_as_there_were(run, explained):
    explain("booked_elsewhere", "told_late", "other:the disk was full", defendant="ada roe")
    explain("told_late", outcome="went_ahead")
    said = run("impact", "--reasons", "--format", "json", home=explained)
    found = json.loads(said.out)
    assert (said.status, found["outcomes"], found["went_ahead"]) == (0, 2, 1)
    assert [(one["reason"], one["outcomes"], one["went_ahead"]) for one in found["reasons"]] == [
        ("told_late", 2, 1),
        ("booked_elsewhere", 1, 0),
        ("other:the disk was full", 1, 0),
    ]
    table = run("impact", "--reasons", home=explained).out
    assert "2 outcomes explained by 4 reasons; 1 went ahead in spite of an error." in table
    assert "known, and told late" in table
    case = run("impact", "--case", "D-1", home=explained).words
    assert (
        "booked under another number than the case's, known, and told late and the disk was full (says A. Counter)"
        in case
    )
    assert run("impact", "--reasons", "--format", "csv", home=explained).out.count("\n") == 4
    assert (
        "went ahead" in run("impact", "--reasons", "--format", "html", home=explained).out.lower()
    )


def test_an_outcome_is_explained_from_the_command_line(run, explained):
    words = ("impact", "--case", "D-1", "--explain", "went_ahead", "--happened", "2024-07")
    said = run(*words, "--reason", "told_late", "--reason", "never_asked", "--by", "A. Counter")
    assert (said.status, said.err) == (0, "")
    assert (
        "came about because: known, and told late; nobody asked whether there was more."
        in said.words
    )
    assert run(*words, "--by", "A. Counter").status == 2
    assert run(*words[:5], "--reason", "told_late").status == 2


def test_who_explains_again_takes_their_own_words_back(run, explained):
    assert run("impact", "--reasons", home=explained).status == 0
    first = explain("told_late")
    second = explain("never_asked")
    explain("certificate_wrong", by="B. Counter")
    found = {one.reason: one.entries for one in count_reasons(now_ms=NOW).counts}
    assert found == {"never_asked": (second,), "certificate_wrong": (second + 1,)}
    assert first < second


def test_everything_that_is_wrong_is_said_at_once(run, explained):
    assert run("impact", "--reasons", home=explained).status == 0
    with pytest.raises(Refused) as refused:
        explain_outcome(
            "D-1", "exploded", "soon", ["bad luck"], " ", defendant="Nobody", now_ms=NOW
        )
    assert [reason.code for reason in refused.value.reasons] == [
        "anonymous",
        "outcome_unknown",
        "date_unreadable",
        "defendant_unknown",
        "reason_unknown",
    ]
    with pytest.raises(NotFound):
        explain_outcome("D-2", "acquitted", "2024", ["told_late"], "A. Counter", now_ms=NOW)
    assert "No outcome has been explained" in run("impact", "--reasons", home=explained).out


def test_on_postgresql(run, home, postgres_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    init = ("--office", "Example County", "--jurisdiction", "us-nm")
    assert run("init", *init, home=home).status == 0
    assert run("import", EXAMPLE, "--source", "press").status == 0
    assert "The nearest are Sheriff DOC-001" in run("knew", "sfso", "doc-01").err
    assert {one["case_number"] for one in asked(run, home, *ROUNDS)["cases"]} == {R, R2}
    words = ("--case", R, "--explain", "went_ahead", "--happened", "2024", "--reason", "told_late")
    assert run("impact", *words).status == 0
    assert run("rebuild").status == 0
    assert "1 outcome explained by 1 reason" in run("impact", "--reasons").out
