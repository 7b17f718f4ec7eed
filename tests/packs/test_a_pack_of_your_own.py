"""A pack that was written by the manual alone works without touching code: the invented law of Varland."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fullfile.cli.main import main
from fullfile.engines.packs import load_packs

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "a-pack-of-your-own"
CASE = "A-2025-0114"


def ask(home: Path, *words: str):
    output = home / "answer.json"
    status = main(["--home", str(home), *words, "--format", "json", "--output", str(output)])
    return status, json.loads(output.read_text("utf-8"))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office of New Mexico that takes up the pack later, and then reads the story in."""
    home = tmp_path_factory.mktemp("varland") / "home"
    at = ["--home", str(home)]
    assert main([*at, "init", "--office", "Office of Varland", "--jurisdiction", "us-nm"]) == 0
    assert main([*at, "import", str(EXAMPLE / "story"), "--source", "story"]) == 0
    _, before = ask(home, "standing", CASE, "--on", "2025-10-21")
    shutil.copytree(EXAMPLE / "packs", home / "packs")
    assert main([*at, "packs", "--adopt", "--by", "R. Quillfeather"]) == 0
    return home, before


def test_it_is_read_and_its_worked_cases_come_out(office, capsys):
    home, _ = office
    packs = load_packs(home)
    assert packs.problems == ()
    assert packs.get("varland").origin == "office"
    assert len(packs) == 11
    assert main(["--home", str(home), "packs", "varland", "--check"]) == 0
    assert "0 to mend" in capsys.readouterr().out


def test_before_it_was_adopted_nothing_is_known_of_its_law(office):
    _, before = office
    (result,) = before["results"]
    assert result["answer"] == "unclear"
    assert "varland" in result["sentence"]


def test_from_then_on_it_answers(office):
    home, _ = office
    _, said = ask(home, "standing", CASE, "--on", "2025-10-21")
    (result,) = said["results"]
    assert (result["answer"], result["until"]) == ("open", "2035-08-26")
    status, said = ask(home, "match", "--case", CASE, "--on", "2025-09-20", "--all-lines")
    lines = (*said["exceptions"], *said["lines_detail"])
    assert status == 1
    assert {line["tag"] for line in lines if line["tag"]} == {f"H-{n}" for n in range(1, 7)}
    assert any(line["due_basis"] == "law" and line["rule"].startswith("varland:") for line in lines)
    status, said = ask(home, "certify", CASE, "--defendant", "Tamsin Sorrel", "--on", "2025-09-20")
    assert status == 1
    assert said["refusals"]
    _, said = ask(home, "duties", CASE, "--on", "2025-09-20")
    assert {duty["rule"].partition(":")[0] for duty in said["duties"] if duty["rule"]} == {
        "varland"
    }


def test_one_misspelt_key_is_told_and_stops_no_other(tmp_path, capsys):
    shutil.copytree(EXAMPLE / "packs", tmp_path / "packs")
    path = tmp_path / "packs" / "varland" / "rulings.toml"
    path.write_text(path.read_text("utf-8").replace("answer =", "anwser =", 1), "utf-8")
    packs = load_packs(tmp_path)
    told = " ".join(str(problem) for problem in packs.problems)
    assert "packs/varland/rulings.toml, line " in told
    assert "anwser" in told
    assert packs.find("varland") is None
    assert len(packs) == 10
    assert main(["deadline", "us-nm:5-501(A)", "--trigger", "2024-01-31"]) == 0
    assert "2024" in capsys.readouterr().out
