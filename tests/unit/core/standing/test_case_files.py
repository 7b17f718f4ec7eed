"""The worked cases of every pack of rulings, and the lines that such a case is written in."""

import tomllib

import pytest

from fullfile.core.errors import Refused
from fullfile.core.standing import history_of_case_file, judge
from fullfile.engines.packs import load_calendars, load_packs, shipped_folder

PACKS = {pack.id: pack for pack in load_packs()}
CALENDARS = load_calendars().by_id
CASES = [
    (path.parent.parent.name, case)
    for path in sorted(shipped_folder().glob("*/cases/rulings.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["rulings"]
]


@pytest.mark.parametrize(("name", "case"), CASES, ids=lambda one: str(one)[:40])
def test_every_answer_reads_as_a_sentence_and_shows_its_rules(name, case):
    history = history_of_case_file(
        case.get("docket", []),
        case.get("status", []),
        offense=case.get("offense", ""),
        grade=case.get("grade", ""),
        offense_on=case.get("offense_on", ""),
    )
    found = judge(history, PACKS[name], CALENDARS, case["on"])
    assert found.answer == case["answer"]
    assert found.sentence[0].isupper()
    assert found.sentence.endswith((".", ")"))
    assert "  " not in found.sentence
    assert "None" not in found.sentence
    for link in found.chain:
        assert link.rule is None or link.check in ("text", "part", "unread")
        assert link.rule is None or link.rule.startswith(f"{name}:")


def test_the_lines_of_a_worked_case():
    history = history_of_case_file(
        ["before 2024-07-01 hearing", "2024-02-01 order due=2024-03-01"],
        ["2023-01-01 absent 2023-02-01", "2024-01-01 in_custody"],
        offense="theft",
        grade="felony",
        offense_on="2023-01",
    )
    assert [event.event for event in history.events] == ["order", "hearing"]
    assert history.events[0].due_on == "2024-03-01"
    assert [span.until_first is None for span in history.status] == [False, True]


@pytest.mark.parametrize("line", ["", "some day hearing", "2024-01-01"])
def test_a_line_that_is_none(line):
    with pytest.raises(Refused, match="no line of a worked case"):
        history_of_case_file([line], [], offense="", grade="", offense_on="")
