"""`duties` on the worked example and on small offices, through the command line."""

import csv
import io
import json
import re

import pytest

from fullfile.cli.main import main
from tests.cli.conftest import EXAMPLE

CASE = "D-0101-CR-2024-00013"
FIRST, CONTINUING = "us-nm:5-501(A)", "us-nm:5-505(A)"
FILES = "us-ny:245.55(2)"


def asked(run, home, *more, status=0, number=CASE):
    said = run("duties", number, "--format", "json", *more, home=home)
    assert said.status == status, said.err
    return json.loads(said.out)


def one(found, rule):
    (duty,) = [duty for duty in found["duties"] if duty["rule"] == rule]
    return duty


def test_the_misfiled_report_is_overdue_by_the_offices_target(run, example):
    found = asked(run, example, "--on", "2024-07-10", status=1)
    assert (found["case_number"], found["overdue"]) == (CASE, 1)
    assert found["on"] == "2024-07-10T23:59:59-06:00"
    duty = one(found, CONTINUING)
    assert (duty["state"], duty["due"], duty["due_basis"]) == ("overdue", "2024-03-20", "policy")
    assert (duty["days_left"], duty["elapsed_days"]) == (-112, 126)
    assert [(item["agency"], item["tag"]) for item in duty["open_items"]] == [
        ("Sheriff", "DOC-001")
    ]
    assert found["duties"][0] == duty, "what is overdue comes first"
    assert duty["entries"]


def test_the_first_disclosure_with_its_working(run, example):
    duty = one(asked(run, example, "--on", "2024-07-10", status=1), FIRST)
    assert (duty["due"], duty["due_basis"], duty["check"]) == ("2024-02-14", "law", "part")
    assert (duty["trigger_event"], duty["trigger"]) == ("waiver_of_arraignment", "2024-01-31")
    assert {"on": "2024-02-03", "because": "Saturday"} in duty["skipped"]
    assert "10 days is a short period" in duty["working"]
    assert all(isinstance(entry, int) for entry in duty["entries"])


def test_before_anything_was_late_nothing_is_overdue(run, example):
    found = asked(run, example, "--on", "2024-02-01")
    assert found["overdue"] == 0
    assert one(found, CONTINUING)["state"] == "waiting"


def test_after_the_dismissal_the_duty_has_ended_and_the_appeal_runs(run, example):
    found = asked(run, example, "--on", "2024-07-13")
    assert one(found, FIRST)["state"] == "ended"
    appeal = one(found, "us-nm:39-3-3(B)(1)")
    assert (appeal["kind"], appeal["state"], appeal["due"]) == ("window", "open", "2024-08-12")


def test_what_the_record_did_not_know_yet_is_no_duty(run, example):
    said = run("duties", CASE, "--as-of", "2020-01-01", home=example)
    assert said.status == 2
    assert CASE in said.err


@pytest.mark.parametrize("columns", ["80", "120"])
def test_for_people(run, example, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    said = run("duties", CASE, "--on", "2024-07-10", home=example)
    assert said.status == 1
    assert said.out.startswith("1 duty is overdue.\n")
    for words in (
        "OVERDUE",
        "March 20, 2024",
        "112 days ago",
        "by the office's target",
        "Rule 5-501(A)",
        "Nothing here is legal advice.",
        "The office's target is 14 days; it is policy, not law.",
    ):
        assert words in said.words
    assert max(len(line) for line in said.out.splitlines()) <= int(columns)
    assert said.out.index("What is owed next") < said.out.index("Past and done")
    assert "10 days is a short period" not in said.words


def test_with_every_sum(run, example):
    said = run("duties", CASE, "--on", "2024-07-10", home=example)
    assert "Rule 5-501(A) NMRA, read in part." in said.words
    with_sums = run("duties", CASE, "--on", "2024-07-10", "--working", home=example)
    assert "10 days is a short period" in with_sums.words
    assert "Days left out: February 3, 2024 (Saturday)" in with_sums.words


def test_as_a_table_of_cells(run, example):
    said = run("duties", CASE, "--on", "2024-07-10", "--format", "csv", home=example)
    rows = {row["rule"]: row for row in csv.DictReader(io.StringIO(said.out))}
    assert said.status == 1
    assert rows[CONTINUING]["open_items"] == "Sheriff DOC-001"
    assert rows[FIRST]["skipped"].startswith("2024-02-03 Saturday;")
    assert rows[FIRST]["case_number"] == CASE


def test_as_a_page(run, example, tmp_path):
    place = tmp_path / "duties.html"
    said = run(
        "duties", CASE, "--on", "2024-07-10", "--format", "html", "--output", place, home=example
    )
    page = place.read_text("utf-8")
    assert (said.status, said.out) == (1, "")
    assert "<h2>1 duty is overdue.</h2>" in page
    assert "How the day was counted" in page
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=\"(?!#)", page)


def test_only_one_defendant(run, example):
    found = asked(run, example, "--on", "2024-07-10", "--defendant", "baldwin", status=1)
    assert {duty["defendant"] for duty in found["duties"]} == {"Baldwin"}
    said = run("duties", CASE, "--on", "2024-07-10", "--defendant", "Baldwyn", home=example)
    assert said.status == 2
    assert "has no defendant “Baldwyn” on that day. On record: Baldwin." in said.err


def test_a_case_that_is_not_there(run, example):
    said = run("duties", "D-0101-CR-2024-00031", home=example)
    assert said.status == 2
    assert CASE in said.err


def bring(run, home, tmp_path, **tables):
    for table, text in tables.items():
        path = tmp_path / f"{table}.csv"
        path.write_text(text, "utf-8")
    said = run("import", tmp_path, "--source", "office", home=home)
    assert said.status == 0, said.err


NEW_YORK = {
    "agencies": "agency,kind\nTown Police,police\n",
    "cases": "case_number,jurisdiction,court_level,opened_on,report_numbers\n"
    "N-1,us-ny,superior,2024-01-19,Town Police:24-100\n",
    "parties": "case_number,name,role\nN-1,Ada Roe,defendant\n",
    "docket": "case_number,event,occurred_on,defendant\nN-1,arraignment,2024-02-05,Ada Roe\n",
    "items": "agency,tag,description,report_number,booked_at\n"
    "Town Police,E-1,a knife,24-100,2024-01-10\n",
    "filings": "case_number,agency,tag,filed_at\nN-1,Town Police,E-1,2024-01-25\n",
}


def test_custody_moves_the_date_and_the_police_stand_apart(run, office, tmp_path):
    status = (
        "case_number,defendant,status,from\nN-1,Ada Roe,in_custody,2024-02-03\n"
        "N-1,Ada Roe,at_liberty,2024-02-20\n"
    )
    bring(run, office, tmp_path, **NEW_YORK, status=status)
    found = asked(run, office, "--on", "2024-02-27", number="N-1")
    duty = one(found, "us-ny:245.10(1)(a)")
    assert (duty["state"], duty["due"], duty["days_left"]) == ("open", "2024-03-11", 13)
    assert duty["changes"] == [
        {
            "on": "2024-02-20",
            "words": "at liberty",
            "old": "2024-02-26",
            "new": "2024-03-11",
            "entry": duty["changes"][0]["entry"],
        }
    ]
    police = [duty for duty in found["duties"] if duty["kind"] == "police"]
    assert {duty["agency"] for duty in police} == {"Town Police"}
    assert found["duties"][-len(police) :] == police
    assert all(any("an answer of Town Police" in lack for lack in duty["lacks"]) for duty in police)
    said = run("duties", "N-1", "--on", "2024-02-27", home=office)
    assert "What the police owe the prosecution" in said.out
    assert "the date moved from February 26, 2024 to March 11, 2024" in said.words


def test_nobody_asked_and_nobody_answered_is_not_nothing_held(run, office, tmp_path):
    shown = (
        "case_number,defendant,agency,tag,disclosed_at\nN-1,Ada Roe,Town Police,E-1,2024-02-10\n"
    )
    bring(run, office, tmp_path, **NEW_YORK, disclosures=shown)
    duty = one(asked(run, office, "--on", "2024-02-27", number="N-1"), "us-ny:245.10(1)(a)")
    assert duty["state"] == "done"
    assert "whether Town Police holds anything more: no answer of it stands" in duty["lacks"]


def test_a_find_that_comes_late_is_told_with_its_own_day(run, office, tmp_path):
    items = NEW_YORK["items"] + "Town Police,E-9,a phone,24-100,2024-04-01\n"
    shown = (
        "case_number,defendant,agency,tag,disclosed_at\nN-1,Ada Roe,Town Police,E-1,2024-02-10\n"
    )
    bring(run, office, tmp_path, **(NEW_YORK | {"items": items}), disclosures=shown)
    early = one(asked(run, office, "--on", "2024-04-10", number="N-1"), "us-ny:245.60")
    assert (early["state"], early["due"], early["days_left"]) == ("open", "2024-04-15", 5)
    found = asked(run, office, "--on", "2024-04-16", status=1, number="N-1")
    late = one(found, "us-ny:245.60")
    assert (late["state"], late["due_basis"], late["elapsed_days"]) == ("overdue", "policy", 15)


def test_a_case_of_a_jurisdiction_without_a_pack(run, office, tmp_path):
    cases = NEW_YORK["cases"].replace("us-ny", "us-zz")
    bring(run, office, tmp_path, **(NEW_YORK | {"cases": cases}))
    found = asked(run, office, number="N-1")
    assert (found["duties"], found["lacks"]) == ([], ["a pack for us-zz"])
    assert run("duties", "N-1", home=office).out.startswith("No duty can be named.")


STORY = EXAMPLE.parent / "stories" / "us-ny"
TALLOWBY = "SCI-70412-25"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The story of New York, loaded once and only read."""
    home = tmp_path_factory.mktemp("story") / "office"
    init = ["--office", "Dellmont", "--jurisdiction", "us-ny", "--time-zone", "America/New_York"]
    assert main(["--home", str(home), "init", *init]) == 0
    assert main(["--home", str(home), "import", str(STORY), "--source", "story"]) == 0
    return home


@pytest.mark.parametrize(
    ("on", "due", "state", "moved"),
    [
        ("2025-02-10", "2025-02-24", "open", []),
        ("2025-03-05", "2025-03-11", "open", [("2025-02-20", "2025-02-24", "2025-03-11")]),
        ("2025-03-12", "2025-03-11", "overdue", [("2025-02-20", "2025-02-24", "2025-03-11")]),
    ],
)
def test_the_story_of_a_release_before_the_day(run, story, on, due, state, moved):
    status = 1 if state == "overdue" else 0
    duty = one(asked(run, story, "--on", on, number=TALLOWBY, status=status), "us-ny:245.10(1)(a)")
    assert (duty["due"], duty["due_basis"], duty["state"]) == (due, "law", state)
    assert [(each["on"], each["old"], each["new"]) for each in duty["changes"]] == moved


def test_a_clock_that_stands_still_and_runs_again(run, story):
    stopped = asked(run, story, "--on", "2025-04-10", number=TALLOWBY, status=1)
    duty = one(stopped, "us-ny:30.30(1)(a)")
    assert (duty["state"], duty["due"], duty["days_left"]) == ("suspended", None, None)
    assert "when the clock is resumed" in duty["lacks"]
    said = run("duties", TALLOWBY, "--on", "2025-04-10", home=story)
    assert "the clock stands still" in said.words
    running = asked(run, story, "--on", "2025-07-01", number=TALLOWBY, status=1)
    duty = one(running, "us-ny:30.30(1)(a)")
    assert (duty["state"], duty["due"]) == ("open", "2025-08-18")
    assert [(each["words"], each["old"], each["new"]) for each in duty["changes"]] == [
        ("stood still for 14 days", "2025-08-04", "2025-08-18")
    ]
    assert "14 days did not count" in duty["working"]


def test_an_agency_without_an_answer_beside_one_that_gave_one(run, story):
    """Unknown is not none: everything of the laboratory is told, and nobody asked the police."""
    found = asked(run, story, "--on", "2025-04-10", number=TALLOWBY, status=1)
    police = {duty["agency"]: duty for duty in found["duties"] if duty["rule"] == FILES}
    asked_of, told = police["Carroway Police Department"], police["Dellmont County Laboratory"]
    assert (asked_of["state"], asked_of["open_lines"], asked_of["due"]) == ("undated", 1, None)
    assert asked_of["elapsed_days"] == 67
    assert "25-0311-08" in asked_of["note"]
    assert asked_of["lacks"] == [
        "an answer of Carroway Police Department: whether it holds anything more"
    ]
    assert (told["state"], told["open_lines"], told["lacks"]) == ("done", 0, [])
    first = one(found, "us-ny:245.10(1)(a)")
    assert first["lacks"] == [
        "whether Carroway Police Department holds anything more: no answer of it stands"
    ]


def test_duties_of_agencies_are_nobodys_in_particular(run, story):
    found = asked(
        run,
        story,
        *("--on", "2025-04-10", "--defendant", " orrin TALLOWBY"),
        number=TALLOWBY,
        status=1,
    )
    assert {duty["defendant"] for duty in found["duties"]} == {"Orrin Tallowby"}
    assert "police" not in {duty["kind"] for duty in found["duties"]}


NEW_MEXICO = {
    "agencies": "agency,kind\nTown Police,police\n",
    "cases": "case_number,jurisdiction,court_level,opened_on,report_numbers\n"
    "D-1,us-nm,district,2024-01-19,Town Police:24-100\n",
    "parties": "case_number,name,role\nD-1,Ada Roe,defendant\nD-1,Bo Tarn,defendant\n",
    "items": "agency,tag,description,report_number,booked_at\n"
    "Town Police,E-1,a knife,24-100,2024-01-10\n",
    "filings": "case_number,agency,tag,filed_at\nD-1,Town Police,E-1,2024-01-25\n",
}
DOCKET = (
    "case_number,event,occurred_on,defendant,due_on,relates_to,detail\n"
    "D-1,arraignment,2024-01-31,Ada Roe,,,\n"
    "D-1,arraignment,2024-02-05,Bo Tarn,,,\n"
)


@pytest.mark.parametrize(
    ("order", "due", "words"),
    [
        (
            "D-1,order,2024-02-02,Ada Roe,,discovery,within 11 days",
            "2024-02-12",
            "order of 11 days",
        ),
        (
            "D-1,order,2024-02-02,Ada Roe,2024-03-01,disclosure,",
            "2024-03-01",
            "order of the court with a date",
        ),
    ],
)
def test_an_order_moves_the_day_of_the_defendant_whom_it_names(
    run, office, tmp_path, order, due, words
):
    bring(run, office, tmp_path, **NEW_MEXICO, docket=f"{DOCKET}{order}\n")
    found = asked(run, office, "--on", "2024-02-09", number="D-1")
    first = {duty["defendant"]: duty for duty in found["duties"] if duty["rule"] == FIRST}
    ada, bo = first["Ada Roe"], first["Bo Tarn"]
    assert (ada["due"], ada["due_basis"]) == (due, "order")
    (change,) = ada["changes"]
    assert (change["on"], change["old"], change["new"]) == ("2024-02-02", "2024-02-14", due)
    assert words in change["words"]
    assert change["entry"] in ada["entries"]
    assert (bo["due"], bo["due_basis"], bo["changes"]) == ("2024-02-20", "law", [])
    said = run("duties", "D-1", "--on", "2024-02-09", "--defendant", "Ada Roe", home=office)
    assert "by order of the court" in said.words
    assert "Bo Tarn" not in said.out


def test_a_loss_that_is_known_is_still_owed(run, office, tmp_path):
    """What is known to be lost is named until the defendant is told of it."""
    lost = (
        "agency,tag,event,occurred_at,by,reason\nTown Police,E-1,not_found,2024-02-01,K. Ortiz,\n"
    )
    bring(run, office, tmp_path, **NEW_MEXICO, docket=DOCKET, custody=lost)
    found = asked(run, office, "--on", "2024-03-01", number="D-1", status=1)
    assert found["overdue"] == 2
    for duty in found["duties"][:2]:
        assert (duty["rule"], duty["state"], duty["due_basis"]) == (FIRST, "overdue", "law")
        assert [(item["tag"], item["state"]) for item in duty["open_items"]] == [("E-1", "missing")]
