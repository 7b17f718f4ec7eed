"""One story for each jurisdiction, from charge to ruling, through the commands a person types.

`examples/stories/<pack>/story.toml` says what must come out of the tables beside it. The dates were worked out by
hand from the pack.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path

import pytest

from fullfile.cli.main import main
from fullfile.engines.packs import load_packs

STORIES = Path(__file__).resolve().parents[2] / "examples" / "stories"
NAMES = sorted(path.parent.name for path in STORIES.glob("*/story.toml"))
TOLD = {name: tomllib.loads((STORIES / name / "story.toml").read_text("utf-8")) for name in NAMES}


def parts(section):
    return [
        pytest.param(name, one, id=f"{name} {number} {one['on']}")
        for name in NAMES
        for number, one in enumerate(TOLD[name].get(section, []), 1)
    ]


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Answers of a story's office, as JSON; each office is made once."""

    @cache
    def office(name):
        told = TOLD[name]
        home = tmp_path_factory.mktemp("stories") / name
        at = ["--home", str(home)]
        init = ["init", "--office", told["office"], "--jurisdiction", told["jurisdiction"]]
        assert main([*at, *init, "--time-zone", told["time_zone"]]) == 0
        assert main([*at, "import", str(STORIES / name), "--source", "story"]) == 0
        return at

    @cache
    def answer(name, *arguments):
        output = tmp_path_factory.mktemp("answer") / "answer.json"
        status = main([*office(name), *arguments, "--format", "json", "--output", str(output)])
        assert status in (0, 1)
        return status, json.loads(output.read_text("utf-8"))

    return answer


def test_every_jurisdiction_has_a_story():
    assert sorted(pack.id for pack in load_packs()) == NAMES
    assert all(TOLD[name]["jurisdiction"] == name for name in NAMES)
    for name in NAMES:
        assert {"match", "duties", "standing", "certify", "impact"} <= TOLD[name].keys(), name


@pytest.mark.parametrize(("name", "told"), parts("match"))
def test_the_match(ask, name, told):
    _, said = ask(name, "match", "--on", str(told["on"]), "--all-lines", "--ended")
    lines = [
        line
        for line in (*said["exceptions"], *said["lines_detail"])
        if (line["agency"], line["tag"], line["defendant"])
        == (told.get("agency"), told.get("tag"), told.get("defendant"))
        and line["case_number"] in (told.get("case", TOLD[name]["case"]), None)
    ]
    assert len(lines) == 1, f"{len(lines)} lines for {told}"
    (line,) = lines
    assert line["state"] == told["state"], line["why"]
    if "also" in told:
        assert line["also"] == told["also"], line["why"]
    if "due" in told:
        expected = None if told["due"] == "none" else str(told["due"])
        assert (line["due"], line["due_basis"]) == (expected, told.get("due_basis")), line["why"]


@pytest.mark.parametrize(("name", "told"), parts("duties"))
def test_the_duties(ask, name, told):
    case = told.get("case", TOLD[name]["case"])
    _, said = ask(name, "duties", case, "--on", str(told["on"]))
    found = [
        duty
        for duty in said["duties"]
        if duty["rule"] == told["rule"] and duty["defendant"] in (told.get("defendant"), None)
    ]
    assert found, f"no duty by {told['rule']}: {sorted({duty['rule'] for duty in said['duties']})}"
    if told["due"] == "none":  # by law; the office's own target is policy, and says so
        assert all(duty["due"] is None or duty["due_basis"] == "policy" for duty in found)
    else:
        assert str(told["due"]) in {duty["due"] for duty in found}


@pytest.mark.parametrize(("name", "told"), parts("standing"))
def test_the_standing(ask, name, told):
    case = told.get("case", TOLD[name]["case"])
    status, said = ask(
        name,
        "standing",
        case,
        "--defendant",
        told["defendant"],
        "--count",
        told["count"],
        "--on",
        str(told["on"]),
    )
    (result,) = said["results"]
    assert status == 0
    assert result["answer"] == told["answer"], result["sentence"]
    if "until" in told:
        expected = None if told["until"] == "none" else str(told["until"])
        assert result["until"] == expected, result["sentence"]
    assert result["chain"]


@pytest.mark.parametrize(("name", "told"), parts("certify"))
def test_the_certificate(ask, name, told):
    case = told.get("case", TOLD[name]["case"])
    status, said = ask(
        name, "certify", case, "--defendant", told["defendant"], "--on", str(told["on"])
    )
    assert (status == 1) is told["refused"], said
    words = json.dumps(said, ensure_ascii=False)
    for wanted in told.get("names", []):
        assert wanted in words


@pytest.mark.parametrize(("name", "told"), parts("impact"))
def test_the_impact(ask, name, told):
    case = told.get("case", TOLD[name]["case"])
    status, said = ask(name, "impact", "--case", case, "--on", str(told["on"]))
    assert status == 0
    words = json.dumps(said, ensure_ascii=False)
    for wanted in told.get("names", []):
        assert wanted in words
