"""The worked cases beside each rule of each shipped pack. A rule without all three kinds of case fails."""

from __future__ import annotations

import pytest

from fullfile.core.entries.rows import DISCOVERY_REQUEST, DOCKET_EVENTS
from fullfile.core.rules import parse_period
from fullfile.engines.packs import (
    PROVISION_CASE_FILES,
    PackProblem,
    check_cases,
    load_calendars,
    load_packs,
    read_cases,
    rule_file_name,
    shipped_folder,
)
from fullfile.engines.packs.provision_cases import check_provision_cases, read_provision_cases

PACKS = load_packs()
LISTED = list(PACKS)
CALENDARS = load_calendars().by_id
PROBLEMS: list[PackProblem] = []
CASES = {pack.id: read_cases(shipped_folder() / pack.id, problems=PROBLEMS) for pack in PACKS}
RESULTS = [result for pack in PACKS for result in check_cases(pack, CASES[pack.id], CALENDARS)[0]]
OTHERS = {
    pack.id: read_provision_cases(shipped_folder() / pack.id, problems=PROBLEMS) for pack in PACKS
}
OTHER_RESULTS = [
    (pack.id, result)
    for pack in PACKS
    for result in check_provision_cases(pack, OTHERS[pack.id], CALENDARS)[0]
]
JURISDICTIONS = {
    "us-nm",
    "us-fed",
    "us-ny",
    "us-tx",
    "us-ca",
    "us-co",
    "us-fl",
    "us-nc",
    "gb-ew",
    "ca",
}


def test_every_jurisdiction_of_the_law_notes_has_a_pack_that_can_be_read():
    assert load_packs().problems == ()
    assert load_calendars().problems == ()
    assert set(PACKS.by_id) == JURISDICTIONS


def test_the_case_files_are_without_a_mistake():
    assert PROBLEMS == []
    assert RESULTS


@pytest.mark.parametrize("pack", LISTED, ids=lambda pack: pack.id)
def test_every_rule_has_a_pass_a_fail_and_an_edge(pack):
    assert check_cases(pack, CASES[pack.id], CALENDARS)[1] == ()


@pytest.mark.parametrize(
    "result", RESULTS, ids=lambda result: f"{result.case.rule} {result.case.name}"
)
def test_the_case_comes_out_as_written(result):
    assert result.wrong == ()


@pytest.mark.parametrize("pack", LISTED, ids=lambda pack: pack.id)
def test_every_ruling_and_every_limitation_has_a_case(pack):
    assert check_provision_cases(pack, OTHERS[pack.id], CALENDARS)[1] == ()


@pytest.mark.parametrize(
    ("pack_id", "result"),
    OTHER_RESULTS,
    ids=[f"{pack_id} {result.case.name}" for pack_id, result in OTHER_RESULTS],
)
def test_standing_and_limitation_come_out_as_written(pack_id, result):
    assert result.wrong == (), pack_id


@pytest.mark.parametrize("pack", LISTED, ids=lambda pack: pack.id)
def test_a_pack_says_what_the_questions_need(pack):
    """Each of the ten can answer for duties, standing, windows, keeping and papers."""
    assert pack.reviewed_on is not None
    assert pack.jeopardy is not None
    assert pack.rulings
    assert pack.limitation
    assert pack.windows
    assert pack.preservation
    assert pack.remedies
    kinds = {paper.kind for paper in pack.papers}
    assert {"certificate", "supplemental_certificate", "schedule"} <= kinds
    for level in pack.court_levels:
        general = [
            rule
            for rule in pack.rules
            if rule.duty == "first_disclosure"
            and level.id in rule.court_levels
            and not rule.item_kinds
        ]
        versions = {(rule.effective_from, rule.effective_to) for rule in general}
        assert len(versions) == len(general), f"{pack.id}, {level.id}: two rules for one time"
        assert general or level.note, (
            f"{pack.id}: no first disclosure in the {level.name}, and no word why"
        )
    if pack.id not in {"us-ca", "us-fl"}:  # no rule there that binds the police themselves was read
        assert any(rule.owes == "police" for rule in pack.rules)


@pytest.mark.parametrize("pack", LISTED, ids=lambda pack: pack.id)
def test_rules_and_cases_lie_under_the_name_of_the_rule(pack):
    folder = shipped_folder() / pack.id
    names = {rule_file_name(rule.id) for rule in pack.rules}
    # A later version of a rule carries its date: 5-501-A.2025-07-01.toml
    files = {f"{path.name.partition('.')[0]}.toml" for path in (folder / "rules").glob("*.toml")}
    assert files == names
    cases = {path.name for path in (folder / "cases").glob("*.toml")}
    assert cases - set(PROVISION_CASE_FILES) == names


@pytest.mark.parametrize("pack", LISTED, ids=lambda pack: pack.id)
def test_what_a_pack_names_exists(pack):
    assert pack.calendar in CALENDARS
    known = {*DOCKET_EVENTS, DISCOVERY_REQUEST, *(event.id for event in pack.docket_events)}
    for rule in pack.rules:
        assert set(rule.trigger_events) <= known
        assert rule.check == "text" or rule.to_confirm, (
            f"{rule.id} does not say what is to be confirmed"
        )
    assert "not legal advice" in pack.not_legal_advice


def test_a_wrong_case_is_told(tmp_path):
    folder = tmp_path / "us-nm"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases/5-501-A.toml").write_text(
        """rule = "us-nm:5-501(A)"
[[cases]]
name = "twelve days"
kind = "pass"
trigger = 2024-01-31
done = 2024-02-15
due = 2024-02-12
not = [2024-02-14]
lacks = "patience"
candidates = [2024-02-14]
"""
    )
    problems: list[PackProblem] = []
    cases = read_cases(folder, problems=problems)
    results, gaps = check_cases(PACKS.get("us-nm"), cases, CALENDARS)
    assert problems == []
    assert len(results[0].wrong) == 5
    assert any("us-nm:5-501(A) has no fail and no edge case" in gap for gap in gaps)


def test_a_case_file_with_mistakes_is_told(tmp_path):
    folder = tmp_path / "us-nm"
    (folder / "cases").mkdir(parents=True)
    (folder / "cases/wrong.toml").write_text(
        """rule = "us-nm:5-501(A)"
[[cases]]
name = "no done"
kind = "pass"
trigger = 2024-01-31
due = 2024-02-14
[[cases]]
name = "no date"
kind = "fail"
trigger = 2024-01-31
due = "soon"
ordered = "a while"
not = ["2024"]
"""
    )
    (folder / "cases/broken.toml").write_text("rule =")
    problems: list[PackProblem] = []
    read_cases(folder, problems=problems)
    told = " ".join(str(problem) for problem in problems)
    for words in (
        "5-501-A.toml",
        "a pass says",
        'or "none"',
        "no period",
        "list of dates",
        "a fail says",
        "not TOML",
    ):
        assert words in told, words


def test_the_period_of_an_order_is_read_like_any_other():
    assert {str(case.ordered) for case in CASES["us-nm"] if case.ordered} == {
        str(parse_period("11 days")),
        str(parse_period("14 days")),
    }
