"""`standing` on the worked example, through the command line."""

import csv
import io
import json
import re

import pytest

from fullfile.core.errors import Refused
from fullfile.server.actions.docket import NewCount, NewDefendant, open_case
from tests.cli.conftest import EXAMPLE

R, R2 = "D-0101-CR-2024-00013", "D-0101-CR-2023-00040"
SIX = {
    "jeopardy",
    "prejudice",
    "limitation",
    "appeal_window",
    "other_sovereign",
    "earlier_dismissals",
}


def result(said):
    (found,) = json.loads(said.out)["results"]
    return found


def asked(run, home, number, on, *more):
    said = run("standing", number, "--on", on, "--format", "json", *more, home=home)
    assert said.status == 0
    return result(said)


def test_before_the_ruling_it_is_pending(run, example):
    found = asked(run, example, R, "2024-07-11")
    assert (found["answer"], found["until"], found["conditions"]) == ("pending", None, [])
    follow = {one["event"]: one["answer"] for one in found["if_ended"]}
    assert follow["dismissed_with_prejudice"] == "barred"
    assert follow["dismissed_without_prejudice"] == "conditional"
    assert "before the court" in found["sentence"]


def test_the_day_after_the_ruling_it_is_barred_under_the_states_appeal(run, example):
    found = asked(run, example, R, "2024-07-13")
    assert list(found)[:8] == [
        "defendant",
        "count",
        "offense",
        "answer",
        "until",
        "conditions",
        "sentence",
        "chain",
    ]
    assert (found["defendant"], found["count"], found["answer"]) == ("Baldwin", "1", "barred")
    (condition,) = found["conditions"]
    assert "appeal" in condition
    assert "August 12, 2024" in condition
    assert set(found["six"]) == SIX
    links = {link["name"]: link for link in found["chain"]}
    assert set(links) >= SIX | {"count", "ruling"}
    assert links["ruling"]["on"] == "2024-07-12"
    assert links["ruling"]["rule"].startswith("us-nm:")
    assert links["ruling"]["check"] in ("text", "part", "unread")
    assert links["jeopardy"]["on"] == "2024-07-09/2024-07-10"
    assert links["limitation"]["on"] == "2026-10-21"
    assert links["appeal_window"]["on"] == "2024-08-12"
    assert all(isinstance(links[name]["entry"], int) for name in ("count", "jeopardy", "ruling"))
    for words in ("October 21, 2026", "August 12, 2024", "jeopardy had attached"):
        assert words in found["sentence"]


@pytest.mark.parametrize(
    ("on", "condition"),
    [
        ("2024-08-12", "runs to August 12, 2024"),
        ("2024-12-01", "filed in November 2024 is still open"),
        ("2024-12-23", None),
        ("2025-06-01", None),
    ],
)
def test_the_appeal_runs_its_course(run, example, on, condition):
    found = asked(run, example, R, on)
    assert found["answer"] == "barred"
    if condition is None:
        assert found["conditions"] == []
        assert "withdrawn on December 23, 2024" in found["sentence"]
    else:
        assert condition in found["conditions"][0]


def test_the_co_defendant_stays_convicted_with_her_own_window(run, example):
    found = asked(run, example, R2, "2024-10-01")
    assert (found["defendant"], found["answer"]) == ("Gutierrez-Reed", "barred")
    assert "newly discovered evidence runs to April 15, 2026" in found["sentence"]
    windows = [link for link in found["chain"] if link["name"] == "window"]
    assert "2026-04-15" in [link["on"] for link in windows]
    assert asked(run, example, R2, "2024-03-05")["answer"] == "pending"


def test_for_people(run, example):
    said = run("standing", R, "--on", "2024-07-13", home=example)
    assert said.status == 0
    assert said.out.startswith("Barred, under a condition.\nBaldwin, count 1:")
    assert "Nothing here is legal advice." in said.out
    assert "read in part" in said.words
    assert "not read" in said.words
    assert max(len(line) for line in said.out.splitlines()) <= 80
    assert "\x1b" not in said.out


def test_as_a_table_and_a_page(run, example, tmp_path):
    rows = list(
        csv.DictReader(io.StringIO(run("standing", R, "--format", "csv", home=example).out))
    )
    assert [(row["defendant"], row["answer"]) for row in rows] == [("Baldwin", "barred")]
    page = tmp_path / "standing.html"
    said = run("standing", R, "--format", "html", "--output", page, home=example)
    assert (said.status, said.out) == (0, "")
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert not re.search(r'(src|href)="https?:', html)
    assert "Nothing here is legal advice" in html
    assert '<div class="answer barred">' in html


def test_as_of_before_anything_was_recorded(run, example):
    said = run("standing", R, "--as-of", "2001-01-01", home=example)
    assert said.status == 2
    assert "was on record by" in said.err


def test_before_the_case(run, example):
    said = run("standing", R, "--on", "2020-01-01", home=example)
    assert said.status == 0
    assert said.out.startswith("No count and no defendant of this case was on record by then.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["D-0101-CR-2024-00014"], "The nearest numbers are D-0101-CR-2024-00013"),
        ([R, "--defendant", "Baldwyn"], "On record: Baldwin."),
        ([R, "--count", "4"], "On record: 1."),
        ([R, "--on", "someday"], "no day or time"),
    ],
)
def test_what_is_not_there(run, example, words, said):
    found = run("standing", *words, home=example)
    assert found.status == 2
    assert said in found.err


def test_one_defendant_and_count(run, example):
    found = asked(run, example, R, "2024-07-13", "--defendant", "baldwin", "--count", "1")
    assert found["answer"] == "barred"


def test_a_docket_that_contradicts_itself(run, office, tmp_path):
    tables = {
        "cases": "case_number,jurisdiction,opened_on\nX-1,us-nm,2024-01-02\n",
        "parties": "case_number,name,role\nX-1,Mara Quist,defendant\n",
        "counts": "case_number,defendant,count,offense\nX-1,Mara Quist,1,theft\n",
        "docket": (
            "case_number,event,occurred_on,defendant,count\n"
            "X-1,convicted,2024-05-06,Mara Quist,1\n"
            "X-1,sentenced,2024-03-06,Mara Quist,1\n"
            "X-1,dismissed_with_prejudice,2024-06-06,Mara Quist,7\n"
            "X-1,bound_over_twice,2024-01-20,Mara Quist,1\n"
        ),
    }
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    assert run("import", folder, "--source", "clerk", home=office).status == 0
    said = run("standing", "X-1", "--format", "json", home=office)
    assert said.status == 0
    first, seventh = json.loads(said.out)["results"]
    assert (first["answer"], seventh["answer"]) == ("unclear", "unclear")
    assert [one["code"] for one in first["contradictions"]] == ["sentenced_before_convicted"]
    assert [one["code"] for one in seventh["contradictions"]] == ["no_such_count"]
    assert "the docket contradicts itself" in first["sentence"]
    assert "“bound_over_twice”" in first["sentence"]


def test_an_unknown_jurisdiction(run, office, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "cases.csv").write_text(
        "case_number,jurisdiction,opened_on\nX-2,xx-nowhere,2024-01-02\n", "utf-8"
    )
    (folder / "parties.csv").write_text(
        "case_number,name,role\nX-2,Mara Quist,defendant\n", "utf-8"
    )
    (folder / "counts.csv").write_text(
        "case_number,defendant,count,offense\nX-2,Mara Quist,1,theft\n", "utf-8"
    )
    run("import", folder, "--source", "clerk", home=office)
    said = run("standing", "X-2", "--format", "json", home=office)
    assert said.status == 0
    found = result(said)
    assert found["answer"] == "unclear"
    assert "xx-nowhere" in found["sentence"]


def test_the_same_count_again_is_refused_unless_the_ruling_is_named(run, office):
    """The worked example, point 7."""
    assert run("import", EXAMPLE, "--source", "press", home=office).status == 0
    now_ms = 1_800_000_000_000

    def again(override):
        count = NewCount(
            defendant="Baldwin",
            count="1",
            offense="involuntary manslaughter",
            charged_on="2025-03-03",
            override=override,
        )
        open_case(
            "D-0101-CR-2025-00099",
            jurisdiction="us-nm",
            opened_on="2025-03-03",
            report_numbers=["Sheriff:SFSO-INV-2021-001"],
            defendants=[NewDefendant(name="Baldwin")],
            counts=[count],
            by="PROS-3",
            now_ms=now_ms,
        )

    with pytest.raises(Refused, match="dismissed with prejudice on July 12, 2024") as refused:
        again("")
    assert "name the ruling in `override`" in str(refused.value)
    again("the dismissal of July 12, 2024")
    said = run("match", "--case", "D-0101-CR-2025-00099", "--format", "json", home=office)
    states = {line["state"] for line in json.loads(said.out)["exceptions"]}
    assert "barred_count" not in states


def test_an_imported_count_that_is_barred_is_a_line_of_the_match(run, office, tmp_path):
    assert run("import", EXAMPLE, "--source", "press", home=office).status == 0
    number = "D-0101-CR-2025-00098"
    folder = tmp_path / "later"
    folder.mkdir()
    for name, text in (
        (
            "cases",
            f"case_number,jurisdiction,opened_on,related_cases\n{number},us-nm,2025-03-03,{R}|refiled_from\n",
        ),
        ("parties", f"case_number,name,role\n{number},Baldwin,defendant\n"),
        (
            "counts",
            f"case_number,defendant,count,offense,charged_on\n{number},Baldwin,1,Involuntary Manslaughter,2025-03-03\n",
        ),
    ):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    assert run("import", folder, "--source", "later", home=office).status == 0
    said = run(
        "match", "--case", number, "--state", "barred_count", "--format", "json", home=office
    )
    assert said.status == 1
    (line,) = json.loads(said.out)["exceptions"]
    assert line["defendant"] == "Baldwin"
    found = result(run("standing", number, "--format", "json", home=office))
    assert found["answer"] == "barred"
    assert R in found["sentence"]


def test_for_people_before_the_ruling_and_before_the_case(run, example):
    said = run("standing", R, "--on", "2024-07-11", home=example)
    assert said.out.startswith("Pending: it is before the court.\n")
    assert "What would follow, as things stand" in said.out
    assert "dismissed with" in said.out
    assert max(len(line) for line in said.out.splitlines()) <= 80
    page = run("standing", R, "--on", "2024-07-11", "--format", "html", home=example)
    assert "What would follow, as things stand" in page.out
