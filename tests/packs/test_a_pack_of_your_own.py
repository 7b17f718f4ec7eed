"""A pack that no one ships, written by the manual alone: it loads, is adopted, and answers.

`examples/a-pack-of-your-own` holds the pack, its calendar and a case. Every date here was worked out on paper from the
articles of the invented law; the README beside it shows the sums.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from fullfile.cli.main import main
from fullfile.core.entries.rows import DOCKET_EVENTS
from fullfile.engines.packs import load_packs

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "a-pack-of-your-own"
CASE = "A-2025-0114"
SORREL = "Tamsin Sorrel"
SHIPPED = ["ca", "gb-ew", "us-ca", "us-co", "us-fed", "us-fl", "us-nc", "us-nm", "us-ny", "us-tx"]


class Office:
    """A home, and what its commands answer."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def take_pack(self) -> None:
        """Copy the pack and its calendar into the home."""
        shutil.copytree(EXAMPLE / "packs", self.home / "packs")

    def run(self, *arguments: object) -> int:
        return main(["--home", str(self.home), *(str(one) for one in arguments)])

    def ask(self, *arguments: object) -> tuple[int, Any]:
        output = self.home.with_name(f"{self.home.name}-answer.json")
        status = self.run(*arguments, "--format", "json", "--output", output)
        return status, json.loads(output.read_text("utf-8"))

    def states(self, on: str, *more: str) -> dict[str, tuple[object, ...]]:
        """State, other states, date and its basis of each thing, as `match` gives them."""
        status, said = self.ask(
            "match", "--case", CASE, "--on", on, "--all-lines", "--ended", *more
        )
        assert status in (0, 1)
        return {
            line["tag"]: (line["state"], line["also"], line["due"], line["due_basis"])
            for line in (*said["exceptions"], *said["lines_detail"])
            if line["tag"]
        }

    def duties(self, on: str, *more: str) -> dict[str, tuple[object, ...]]:
        """State and date of each duty, by its rule."""
        status, said = self.ask("duties", CASE, "--on", on, *more)
        assert status in (0, 1)
        return {duty["rule"]: (duty["state"], duty["due"]) for duty in said["duties"]}

    def standing(self, on: str, *more: str) -> dict[str, Any]:
        status, said = self.ask("standing", CASE, "--on", on, *more)
        assert status == 0
        (result,) = said["results"]
        return result

    def refused(self, on: str, *more: str) -> dict[str, str]:
        """What a certificate is refused for, and the state of each."""
        _, said = self.ask("certify", CASE, "--defendant", SORREL, "--on", on, *more)
        return {one["tag"]: one["state"] for one in said["refusals"]}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office that had the pack before it was opened."""
    made = Office(tmp_path_factory.mktemp("varland") / "home")
    made.take_pack()
    assert made.run("init", "--office", "Port Ember", "--jurisdiction", "varland") == 0
    assert made.run("import", EXAMPLE / "story", "--source", "story") == 0
    return made


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, str]:
    """An office that adopted the pack after its case was on record, and a moment before that."""
    made = Office(tmp_path_factory.mktemp("varland-late") / "home")
    init = ["init", "--office", "Port Ember", "--jurisdiction", "varland"]
    assert made.run(*init, "--time-zone", "Etc/GMT-2") == 0
    assert made.run("import", EXAMPLE / "story", "--source", "story") == 0
    made.take_pack()
    time.sleep(0.05)  # an entry made within the same moment would be known by then
    before = made.ask("match")[1]["as_of"]
    time.sleep(0.05)
    assert made.run("packs", "--adopt", "--by", "Ada Finch") == 0
    return made, before


AFTER_ARRAIGNMENT = {
    "H-1": ("full", [], "2025-09-10", "law"),
    "H-2": ("late", [], "2025-09-10", "law"),
    "H-3": ("unfiled", ["overdue"], "2025-09-10", "law"),
    "H-4": ("withheld", [], "2025-09-10", "law"),
    "H-5": ("pending", [], "2025-10-05", "law"),
    "H-6": ("pending", [], "2025-09-21", "law"),
}

OWED = {
    "varland:8": ("passed", "2025-08-30T09:30:00"),
    "varland:9": ("overdue", "2025-09-15"),
    "varland:12(1)": ("overdue", "2025-09-10"),
    "varland:12(2)": ("open", "2025-10-05"),
    "varland:15": ("open", "2025-09-21"),
    "varland:16": ("undated", None),
    "varland:22(1)": ("open", "2025-10-26"),
    "varland:22(2)": ("open", "2025-11-02"),
    "varland:30": ("open", "2026-03-02"),
    "varland:50": ("waiting", None),
    "varland:61": ("waiting", None),
}


def test_the_pack_loads_and_the_ten_others_with_it(office, capsys):
    assert office.run("packs", "--format", "json") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert {one["id"] for one in json.loads(said.out)["packs"]} == {*SHIPPED, "varland"}
    assert sorted(pack.id for pack in load_packs()) == SHIPPED
    assert load_packs(office.home).get("varland").origin == "office"


def test_its_worked_cases_come_out(office, capsys):
    assert office.run("packs", "varland", "--check") == 0
    assert re.search(r"varland: [1-9]\d* worked cases, 0 to mend\.", capsys.readouterr().out)


def test_the_match(office):
    assert office.states("2025-09-16") == AFTER_ARRAIGNMENT


def test_the_match_a_day_after_each_date(office):
    assert office.states("2025-09-21")["H-6"][0] == "pending"
    assert office.states("2025-09-22")["H-6"][0] == "overdue"
    assert office.states("2025-10-05")["H-5"][0] == "pending"
    assert office.states("2025-10-06")["H-5"][0] == "overdue"


def test_the_duties(office):
    assert office.duties("2025-09-16") == OWED


def test_the_duties_after_the_dismissal(office):
    found = office.duties("2025-10-21")
    assert found["varland:50"] == ("open", "2025-11-04")
    assert found["varland:9"] == ("overdue", "2025-09-15")


def test_the_standing(office):
    before = office.standing("2025-09-16")
    assert (before["answer"], before["until"]) == ("pending", None)
    after = office.standing("2025-10-21")
    assert (after["answer"], after["until"]) == ("open", "2035-08-26")
    assert "appeal runs to November 4, 2025" in after["sentence"]
    assert any("twelve years" in condition for condition in after["conditions"])


def test_the_certificate_is_refused_until_each_thing_is_stated(office):
    wanted = {
        "H-2": "late",
        "H-3": "unfiled",
        "H-4": "withheld",
        "H-5": "pending",
        "H-6": "pending",
    }
    assert office.refused("2025-09-16") == wanted
    stated = [
        part for tag in wanted for part in ("--except", f"Harbour Police:{tag}=told to counsel")
    ]
    asked = ["certify", CASE, "--defendant", SORREL, "--on", "2025-09-16"]
    status, said = office.ask(*asked, *stated)
    assert (status, said["refused"]) == (0, False)
    words = json.dumps(said, ensure_ascii=False)
    assert "The Republic has given Tamsin Sorrel everything that article 12 asks for" in words


def test_the_schedule(office, capsys, tmp_path):
    asked = ["schedule", CASE, "--defendant", SORREL, "--on", "2025-09-16"]
    assert office.run(*asked) == 0
    said = capsys.readouterr().out
    assert "Schedule of the Evidence" in said
    assert all(f"Harbour Police {tag}" in said for tag in AFTER_ARRAIGNMENT)
    paper = tmp_path / "schedule.pdf"
    assert office.run(*asked, "--format", "pdf", "--output", paper) == 0
    assert paper.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("rule", "trigger", "due"),
    [
        ("varland:12(1)", "2025-06-30", "2025-07-20"),
        ("varland:12(1)", "2025-07-01", "2025-07-15"),
        ("varland:9", "2025-09-07", "2025-09-15"),
        ("varland:22(2)", "2025-10-12", "2025-09-25"),
        ("varland:8", "2025-03-18T15:00", "2025-03-20T15:00:00"),
        ("varland:16", "2025-09-03", None),
        ("us-nm:5-501(A)", "2024-01-31", "2024-02-14"),
    ],
)
def test_a_date_by_a_rule(office, rule, trigger, due):
    status, said = office.ask("deadline", rule, "--trigger", trigger)
    assert (status, said["due"]) == (0, due)


def test_adopted_later_it_is_an_entry_and_used_from_then_on(late, capsys):
    office, _ = late
    assert office.states("2025-09-16") == AFTER_ARRAIGNMENT
    assert office.duties("2025-09-16") == OWED
    assert office.standing("2025-10-21")["until"] == "2035-08-26"
    capsys.readouterr()
    assert office.run("packs", "--adopt", "--by", "Ada Finch") == 0
    assert "Everything known is in use already." in capsys.readouterr().out


def test_as_of_a_moment_before_the_adoption_there_is_no_pack(late):
    office, before = late
    size, old = (
        office.ask("match", "--on", "2025-09-16", *more)[1]["checkpoint"]["size"]
        for more in ((), ("--as-of", before))
    )
    assert size == old + 2  # the pack and its calendar, one entry each
    then = office.states("2025-09-16", "--as-of", before)
    assert {basis for *_, basis in then.values()} == {"policy"}
    assert then["H-2"][0] == "full"  # fourteen days from the opening, the office's own target
    assert then["H-4"][0] == "withheld_without_order"
    assert office.duties("2025-09-16", "--as-of", before) == {}
    standing = office.standing("2025-10-21", "--as-of", before)
    assert standing["answer"] == "unclear"
    assert "no pack for varland" in standing["sentence"]
    assert office.refused("2025-09-16", "--as-of", before).keys() == {"H-3", "H-4", "H-5", "H-6"}


def test_what_is_adopted_holds_when_the_file_changes(office, tmp_path):
    home = Office(tmp_path / "home")
    shutil.copytree(office.home, home.home)
    rule = home.home / "packs" / "varland" / "rules" / "12-2.toml"
    rule.write_text(rule.read_text("utf-8").replace("30 days", "33 days"), "utf-8")
    deadline = ["deadline", "varland:12(2)", "--trigger", "2025-09-03"]
    assert home.ask(*deadline)[1]["due"] == "2025-10-06"
    assert home.states("2025-09-16")["H-5"][2] == "2025-10-05"
    assert home.run("packs", "--adopt") == 0
    assert home.states("2025-09-16")["H-5"][2] == "2025-10-06"


@pytest.mark.parametrize(
    ("name", "key", "misspelt"),
    [
        ("pack.toml", "weekend", "wekend"),
        ("rules/9.toml", "period", "perod"),
        ("rulings.toml", "answer", "anwser"),
    ],
)
def test_a_misspelt_key_is_told_with_file_and_line(tmp_path, capsys, name, key, misspelt):
    broken = Office(tmp_path / "home")
    broken.take_pack()
    path = broken.home / "packs" / "varland" / name
    lines = path.read_text("utf-8").splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines, 1) if line.startswith(f"{key} ="))
    lines[number - 1] = lines[number - 1].replace(key, misspelt)
    path.write_text("".join(lines), "utf-8")
    assert broken.run("packs", "--format", "json") == 1
    said = capsys.readouterr()
    (told,) = (line for line in said.err.splitlines() if misspelt in line)
    assert f"packs/varland/{name}, line {number}, " in told
    assert f"{misspelt}: is not a key of this table" in told
    assert sorted(one["id"] for one in json.loads(said.out)["packs"]) == SHIPPED
    status, others = broken.ask("deadline", "us-nm:5-501(A)", "--trigger", "2024-01-31")
    assert (status, others["due"]) == (0, "2024-02-14")


@pytest.mark.parametrize("pack", SHIPPED)
def test_the_shipped_packs_still_answer_beside_it(office, pack, capsys):
    assert office.run("packs", pack) == 0
    assert f"({pack})" in capsys.readouterr().out


def test_the_manual_names_every_word_of_the_docket():
    manual = (ROOT / "docs" / "how-to" / "write-a-pack.md").read_text("utf-8")
    listed = manual.split("## The words of the docket")[1].split("```text\n")[1].split("```")[0]
    words = [
        word.strip()
        for line in listed.splitlines()
        for word in line[11:].split(",")
        if word.strip()
    ]
    assert sorted(words) == sorted(DOCKET_EVENTS)
