"""What the worked example must prove: its twelve points, one after the other, on one record.

The tables of examples/state-v-baldwin are read as a person would read them in; every answer
comes from a command or from the action behind a page. Points that change the record run on a copy.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from functools import cache
from pathlib import Path

import pytest

from fullfile.cli.clock import now_ms
from fullfile.cli.main import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "state-v-baldwin"
R, R2 = "D-0101-CR-2024-00013", "D-0101-CR-2023-00040"
ROUNDS = ("Sheriff", "DOC-001")


class Record:
    """The worked example in a home, and its answers."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.asked = cache(self._asked)

    def run(self, *arguments: str) -> int:
        return main(["--home", str(self.home), *arguments])

    def _asked(self, *arguments: str):
        output = self.home / "answer.json"
        status = self.run(*arguments, "--format", "json", "--output", str(output))
        return status, json.loads(output.read_text("utf-8"))

    def line(self, case, day, tag="DOC-001"):
        _, said = self.asked("match", "--on", day, "--all-lines", "--ended")
        (line,) = [
            one
            for one in (*said["exceptions"], *said["lines_detail"])
            if one["tag"] == tag and one["case_number"] == case
        ]
        return line

    def standing(self, case, defendant, day):
        _, said = self.asked("standing", case, "--defendant", defendant, "--on", day)
        (result,) = said["results"]
        return result

    def touched(self, day):
        return self.asked("impact", *ROUNDS, "--on", day)[1]


def read_in(home: Path) -> Record:
    record = Record(home)
    office = ("--office", "Worked example", "--jurisdiction", "us-nm")
    assert record.run("init", *office, "--time-zone", "America/Denver") == 0
    assert record.run("import", str(EXAMPLE), "--source", "press") == 0
    second = ("import", str(EXAMPLE / "second-accounts"), "--source", "second-accounts")
    assert record.run(*second) == 0
    rank = ("settings", "set", "source_rank", "press", "second-accounts")
    assert record.run(*rank) == 0
    assert record.run("link", "--by", "clerk") == 0
    return record


@pytest.fixture(scope="module")
def record(tmp_path_factory) -> Record:
    return read_in(tmp_path_factory.mktemp("worked") / "example")


@pytest.fixture
def copied(record, tmp_path) -> Record:
    """A copy that a test may change, served in this process until the test ends."""
    from fullfile.server.settings import configure

    shutil.copytree(record.home, tmp_path / "copy")
    configure(tmp_path / "copy")
    return Record(tmp_path / "copy")


def test_point_1_a_suggestion_stands_on_the_day_of_booking_with_its_reasons(record):
    line = record.line(None, "2024-03-06")
    assert line["state"] == "orphan"
    assert {one["case_number"] for one in line["suspected_cases"]} == {R, R2}
    assert "SUB, who handed it in, is a witness of the case" in line["why"]
    # What the defence asked for in July was not known in March.
    assert "request of the defence" not in line["why"]
    explained = record.asked("link", "explain", *ROUNDS, R2)[1]
    assert explained["reasons"][0]["case_side"] == "SUB (witness)"


def test_point_2_neither_the_booker_nor_a_view_closes_it(copied):
    from fullfile.core.errors import Refused
    from fullfile.server.actions.filings import set_aside_item

    booker = ("--by", "TECH", "--reason", "it was handed in for nothing")
    assert copied.run("link", "reject", *ROUNDS, R, *booker) == 2
    with pytest.raises(Refused, match="booked"):
        set_aside_item(
            case_number=R,
            agency=ROUNDS[0],
            tag=ROUNDS[1],
            reason="no evidentiary value",
            by="TECH",
            actor="TECH",
            now_ms=now_ms(),
        )
    line = copied.line(R, "2024-07-10")
    assert (line["state"], line["also"]) == ("unfiled", ["overdue"])
    assert "PROS-1 thinks it of no evidentiary value" in line["why"]
    assert "A view changes no line." in line["why"]


def test_point_3_the_match_on_the_day_before_it_came_out(record):
    line = record.line(R, "2024-07-10")
    assert (line["state"], line["also"]) == ("unfiled", ["overdue"])
    assert (line["due"], line["due_basis"], line["days_since_held"]) == (
        "2024-03-20",
        "policy",
        126,
    )
    other = record.line(R2, "2024-07-10")
    assert (other["state"], other["also"]) == ("unfiled", ["post_conviction"])
    assert record.line(None, "2024-03-06")["state"] == "orphan"


def test_point_4_the_open_request_stands_against_it(record):
    (request,) = record.touched("2024-07-10")["requests"]
    assert (request["case_number"], request["asks_for"]) == (R, "to see all ballistic evidence")
    assert not request["replied_at"]


def test_point_5_the_certificate_is_refused_or_states_it(record):
    certify = ("certify", R, "--defendant", "Baldwin", "--on", "2024-07-10")
    status, said = record.asked(*certify)
    assert status == 1
    refused = {(one["tag"], one["code"]) for one in said["refusals"]}
    assert {("DOC-001", "unfiled"), (None, "unanswered")} <= refused
    stated = [
        part
        for one in said["refusals"]
        for part in ("--except", f"{one['key']}=stated to the court")
    ]
    status, said = record.asked(*certify, *stated)
    assert status == 0
    assert ("DOC-001", "unfiled") in {(one["tag"], one["code"]) for one in said["exceptions"]}


def test_point_6_who_knew_what_and_the_accounts_side_by_side(record):
    said = record.asked("knew", *ROUNDS)[1]
    persons = {one["person"] for one in said["persons"]}
    assert {"FORMER-DET", "TECH", "LT", "DET", "PROS-1", "PROS-2", "DC-1", "DC-2"} <= persons
    accounts = [one for one in said["knowledge"] if one["person"] == "PROS-1"]
    stated = {(one["level"], one["known_from"], one["denied"]) for one in accounts}
    assert ("picture", "2024-03", False) in stated
    assert ("object", "before 2024-07-12", True) in stated
    assert ("object", "2024-07-12", False) in stated
    assert all(one["source"] for one in accounts if one["basis"] == "stated")
    assert any(one["person"] == "PROS-1" for one in said["contradictions"])


def test_point_7_why_he_cannot_be_charged_again(copied):
    from fullfile.core.errors import Refused
    from fullfile.server.actions.docket import NewCount, NewDefendant, open_case

    assert copied.standing(R, "Baldwin", "2024-07-11")["answer"] == "pending"
    barred = copied.standing(R, "Baldwin", "2024-07-13")
    assert barred["answer"] == "barred"
    assert "August 12, 2024" in barred["conditions"][0]  # the State's time to appeal
    chain = " ".join(link["fact"] for link in barred["chain"])
    for words in (
        "charged on January 19, 2024",
        "swearing of the jury",
        "dismissed with prejudice",
    ):
        assert words in chain
    assert all(link["check"] in ("text", "part", "unread", None) for link in barred["chain"])
    assert copied.standing(R, "Baldwin", "2024-12-24")["conditions"] == []

    again = {
        "jurisdiction": "us-nm",
        "by": "PROS-2",
        "now_ms": now_ms(),
        "opened_on": "2026-11-01",
        "related_cases": [f"{R}|same_incident"],
        "defendants": [NewDefendant(name="Baldwin")],
    }
    count = {"defendant": "Baldwin", "count": "1", "offense": "involuntary manslaughter"}
    with pytest.raises(Refused, match="override"):
        open_case("D-0101-CR-2026-09999", counts=[NewCount(**count)], **again)
    ruling = f"dismissed with prejudice on 2024-07-12 in {R}"
    open_case("D-0101-CR-2026-09999", counts=[NewCount(**count, override=ruling)], **again)

    imported = copied.home / "imported"
    imported.mkdir()
    number = "D-0101-CR-2026-08888"
    (imported / "cases.csv").write_text(
        "case_number,jurisdiction,opened_on,related_cases\n"
        f"{number},us-nm,2026-11-01,{R}|same_incident\n"
    )
    (imported / "parties.csv").write_text(f"case_number,name,role\n{number},Baldwin,defendant\n")
    (imported / "counts.csv").write_text(
        "case_number,defendant,count,offense,charged_on\n"
        f"{number},Baldwin,1,involuntary manslaughter,2026-11-01\n"
    )
    assert copied.run("import", str(imported), "--source", "clerk") == 0
    _, said = copied.asked("match", "--case", number, "--on", "2026-12-01")
    assert "barred_count" in said["states"]


def test_point_8_what_it_touches(record):
    said = record.touched("2025-02-01")
    (other,) = [one for one in said["defendants"] if one["case_number"] == R2]
    assert (other["standing"], other["sentence"]) == ("sentenced", "18 months")
    windows = {one["ground"]: one["last_day"] for one in said["windows"]}
    assert windows["newly discovered evidence"] == "2026-04-15"
    assert "SUP" in {one["person"] for one in said["people"]}
    assert [suit["number"] for suit in said["suits"]] == ["D-101-CV-2025-00060"]
    assert said["complaints"] == []
    assert any("omplaint" in note and "none on record" in note for note in said["notes"])


def test_point_9_nothing_leaves_after_the_preservation_letter(copied):
    from fullfile.core.errors import Refused
    from fullfile.server.actions.custody import destroy_item, release_item

    for tag in ("DOC-001", "SFSO-DOC-2024-001/1", *(f"INV-00{n}" for n in range(1, 9))):
        for leave in (release_item, destroy_item):
            wish = {"reason": "the room is full", "approved_by": "LT", "actor": "TECH"}
            if leave is release_item:
                wish["to"] = "SUB"
            with pytest.raises(Refused, match="PRESERVATION-LETTER"):
                leave(agency="Sheriff", tag=tag, now_ms=now_ms(), **wish)
    after = copied.touched("2026-01-01")
    assert "PRESERVATION-LETTER" in {hold["name"] for hold in after["holds"]}
    # Closed for inactivity, brought back, moved: each is one more entry.
    assert [step["event"] for step in after["suit_events"]] == [
        "filed",
        "closed",
        "reinstated",
        "moved to another court",
    ]


def test_point_10_the_denial_is_recorded_and_clears_nothing(record):
    rulings = record.touched("2025-02-01")["rulings"]
    (denial,) = [one for one in rulings if one["event"] == "new_trial_denied"]
    assert denial["case_number"] == R2
    assert "available to her" in denial["detail"]
    assert f"clears nothing in {R}" in denial["words"]
    before, after = record.line(R, "2024-09-29"), record.line(R, "2024-10-01")
    assert (before["state"], before["also"]) == (after["state"], after["also"])


def test_point_11_late_for_good(record):
    line = record.line(R, "2024-07-12")
    assert (line["state"], line["also"], line["disclosed_at"]) == (
        "unfiled",
        ["late"],
        "2024-07-12",
    )
    assert "128 days after it was booked" in line["why"]
    assert "Another account of the disclosure: July 11, 2024" in line["why"]


@pytest.mark.parametrize("part", ["leaf", "body"])
def test_point_12_no_entry_of_march_2024_can_be_changed_unseen(record, tmp_path, part):
    assert record.run("log", "verify") == 0
    copy = tmp_path / "damaged"
    shutil.copytree(record.home, copy)
    with sqlite3.connect(copy / "fullfile.sqlite3") as database:
        (index,) = database.execute(
            """SELECT "index" FROM entry_body WHERE CAST(body AS TEXT) LIKE '%DOC-001%'
               AND CAST(body AS TEXT) LIKE '%2024-03-06%' ORDER BY 1 LIMIT 1"""
        ).fetchone()
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        if part == "body":
            database.execute(
                """UPDATE entry_body SET body = CAST(replace(CAST(body AS TEXT), '2024-03-06', '2024-03-07') AS BLOB)
                   WHERE "index" = ?""",
                (index,),
            )
        else:
            database.execute("""DELETE FROM entry WHERE "index" = ?""", (index,))
        assert database.total_changes == 1
    database.close()
    assert Record(copy).run("log", "verify") == 1
