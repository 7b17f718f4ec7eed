"""The sum of a suggestion: its arithmetic, its order, its words, and the data that comes out."""

import csv
import io
import math
from decimal import Decimal

import pytest

from fullfile.engines.report.link import chance_at, explanation_of, said_chance, strength_words
from fullfile.engines.report.link_data import (
    explanation_as_csv,
    explanation_as_json,
    suggestions_as_csv,
    suggestions_as_json,
)
from fullfile.engines.report.link_list import suggestions_of
from tests.engines.report.link_samples import R2, REASONS, REJECTED, R, explained, listed, reason


def turns_of(*reasons, base="-2.000", **changes):
    return explanation_of(explained(base=base, reasons=list(reasons), **changes)).turns


def test_the_totals_run_from_the_base_to_the_probability():
    view = explanation_of(explained())
    assert view.turns[0].before == view.base == Decimal("-6.210")
    for one, following in zip(view.turns, view.turns[1:], strict=False):
        assert one.after == following.before == one.before + one.weight
    exact = view.base + sum(Decimal(one["weight"]) for one in REASONS)
    assert view.turns[-1].after == view.total == exact == Decimal("4.524")
    odds = float(view.probability) / (1 - float(view.probability))
    assert math.isclose(float(view.total), math.log2(odds), abs_tol=0.02)
    assert view.adds_up
    assert view.mismatch == ""


@pytest.mark.parametrize(
    ("base", "probability", "adds_up"),
    [
        ("0.000", "0.500", True),
        (
            "0.004",
            "0.500",
            True,
        ),  # half a thousandth of a probability is three thousandths of a bit
        ("0.010", "0.500", False),
        ("12.000", "1.000", True),
        ("9.000", "1.000", False),
        ("-12.000", "0.000", True),
        ("1.000", "0.67", True),
    ],
)
def test_a_sum_that_is_not_the_probability_is_said(base, probability, adds_up):
    view = explanation_of(explained(base=base, probability=probability, reasons=[]))
    assert view.adds_up is adds_up
    assert bool(view.mismatch) is not adds_up


def test_what_speaks_for_it_stands_before_what_speaks_against_it_the_strongest_first():
    found = turns_of(
        reason("c", "-0.5", "time"),
        reason("a", "1.5", "people"),
        reason("d", "-3", "number"),
        reason("b", "4", "text"),
    )
    assert [(one.sign, one.words) for one in found] == [
        ("+", "b"),
        ("+", "a"),
        ("-", "d"),
        ("-", "c"),
    ]


def test_small_reasons_stand_together_at_the_end():
    found = turns_of(
        reason("a", "0.2", "time"),
        reason("b", "-0.299", "agency"),
        reason("c", "0.3", "place"),
    )
    assert [one.words for one in found] == ["c", "2 smaller reasons"]
    assert found[1].weight == Decimal("-0.099")
    assert found[1].sign == "-"
    assert [one.what for one in found[1].reasons] == ["b", "a"]


def test_one_small_reason_keeps_its_own_line():
    found = turns_of(reason("a", "3", "people"), reason("b", "0.1", "time"))
    assert [one.words for one in found] == ["a", "b"]


def test_small_reasons_may_come_to_nothing():
    [found] = turns_of(reason("a", "0.2", "time"), reason("b", "-0.2", "agency"))
    assert (found.sign, found.strength) == ("=", "neither for nor against")


def test_no_reason_at_all_is_the_base():
    view = explanation_of(explained(base="-1.000", probability="0.333", reasons=[]))
    assert view.total == view.base
    assert view.bounds == (Decimal("-1.000"), Decimal(0))
    assert view.adds_up


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.973, "97 in 100"),
        (0.5, "50 in 100"),
        (0.0133, "1 in 100"),
        (0.0042, "1 in 240"),
        (0.00051, "1 in 2,000"),
        (0.0000000001, "less than 1 in 1,000,000"),
        (0.0, "less than 1 in 1,000,000"),
        (0.99, "99 in 100"),
        (0.9999, "more than 99 in 100"),
        (1.0, "more than 99 in 100"),
    ],
)
def test_a_chance_is_said_of_a_hundred_and_what_is_rarer_of_so_many(probability, words):
    assert said_chance(probability) == words


def test_bits_double_the_odds_and_never_overflow():
    assert chance_at(Decimal(0)) == 0.5
    assert chance_at(Decimal(1)) == pytest.approx(2 / 3)
    assert chance_at(Decimal(100_000)) <= 1
    assert chance_at(Decimal(-100_000)) >= 0


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("5", "very strongly for"),
        ("-2", "strongly against"),
        ("1", "somewhat for"),
        ("-0.4", "a little against"),
    ],
)
def test_strength_is_said_in_words(weight, words):
    assert strength_words(Decimal(weight)) == words


def test_while_it_is_open_the_three_acts_are_there_and_who_cannot_do_them():
    asked = explanation_of(explained(agency="Sheriff's office")).asked
    assert (asked.status, asked.open) == ("Open", True)
    assert "never whoever booked the item" in asked.sentence
    assert "cannot be released or destroyed" in asked.sentence
    assert asked.commands[0] == (
        f"fullfile link accept 'Sheriff'\"'\"'s office' DOC-001 {R} --by NAME"
    )
    assert [line.split()[2] for line in asked.commands] == ["accept", "reject", "ask"]


@pytest.mark.parametrize(
    ("decisions", "new", "status", "is_open"),
    [
        (["accept"], [], "Accepted", False),
        (["reject"], [], "Rejected", False),
        (["reject"], ["a witness was added"], "Back", True),
        (["ask"], [], "Asked", True),
        (["reject", "accept"], [], "Accepted", False),
    ],
)
def test_the_last_decision_says_how_it_stands(decisions, new, status, is_open):
    found = [{**REJECTED, "decision": one} for one in decisions]
    asked = explanation_of(explained(decisions=found, new_since=new)).asked
    assert (asked.status, asked.open, bool(asked.commands)) == (status, is_open, is_open)


def test_a_decision_is_a_sentence():
    view = explanation_of(explained(decisions=[REJECTED, {**REJECTED, "reason": None}]))
    assert [one.sentence for one in view.decisions] == [
        'R. Quillfeather rejected it on March 12, 2024: "Not a match, by the picture".',
        "R. Quillfeather rejected it on March 12, 2024.",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {},
            ".45-calibre rounds in a manila envelope, booked March 6, 2024 under SFSO-DOC-2024-001",
        ),
        ({"booked_on": None, "report_number": None}, ".45-calibre rounds in a manila envelope"),
        ({"description": None, "report_number": None}, "booked March 6, 2024"),
        ({"description": None, "booked_on": None, "report_number": None}, ""),
    ],
)
def test_what_is_not_on_record_leaves_no_gap(changes, words):
    assert explanation_of(explained(**changes)).thing == words


def test_the_only_case_is_no_race():
    assert explanation_of(explained(of=1)).place == "The only case suggested for this item."


def test_without_a_share_nothing_is_said_of_it():
    assert len(explanation_of(explained(share=None)).meaning) == 2
    assert suggestions_of(listed(share=None)).found == ""


def test_json_has_the_fields_of_the_contract_and_numbers():
    found = explanation_as_json(explained())
    assert (found["case_number"], found["rank"], found["probability"]) == (R, 1, 0.958)
    assert found["status"] == "open"
    first = found["reasons"][0]
    assert first["what"] == "whoever handed it in, SUB, is a witness of a linked case"
    assert (first["weight"], first["group"], first["on"]) == (5.12, "people", "2024-03-06")
    assert len(found["reasons"]) == len(REASONS)
    assert found["sum"][-1]["total"] == found["total"] == 4.524
    assert sum(one["reasons"] for one in found["sum"]) == len(REASONS)
    assert found["others"] == [{"case_number": R2, "probability": 0.612}]
    assert found["model"]["trained_on"] == "120,000 made-up items"


def test_csv_of_one_suggestion_adds_up_row_by_row():
    rows = list(csv.DictReader(io.StringIO(explanation_as_csv(explained()))))
    assert rows[0]["group"] == "base"
    total = Decimal(0)
    for row in rows:
        total += Decimal(row["weight"])
        assert Decimal(row["total"]) == total
    assert len(rows) == 1 + len(REASONS)


def test_a_list_counts_what_stands_above_the_threshold():
    view = suggestions_of(listed())
    assert view.heading == (
        "24 items looked at, 2 with a suggestion, 1 of them at 50 in 100 or more, 1 new since the last run."
    )
    assert suggestions_of(listed(threshold="0.3")).above == 2
    assert suggestions_of(listed(above=7)).above == 7
    assert "new since" not in suggestions_of(listed(new=None)).heading


def test_a_list_tells_the_three_strongest_reasons():
    [first, second] = suggestions_of(listed()).items[0].suggestions
    assert [str(one.weight) for one in first.strongest] == ["5.120", "3.480", "2.204"]
    assert [str(one.weight) for one in second.strongest] == ["5.120", "-0.610"]
    small = {**listed()["items"][1]["suggestions"][0], "reasons": REASONS[6:8]}
    item = {**listed()["items"][1], "suggestions": [small]}
    assert [str(x.weight) for x in suggestions_of(listed(items=[item])).items[0].suggestions[0].strongest] == ["0.210"]  # fmt: skip


def test_json_of_a_list_is_flat():
    found = suggestions_as_json(listed())
    assert [(one["tag"], one["rank"]) for one in found["suggestions"]] == [
        ("DOC-001", 1),
        ("DOC-001", 2),
        ("SFSO-DOC-2024-001/1", 1),
    ]
    assert (found["looked_at"], found["suggested"], found["above_threshold"]) == (24, 2, 1)


def test_csv_of_a_list_has_a_row_for_each_suggestion_and_runs_no_formula():
    wild = {
        **listed()["items"][0],
        "tag": "=1+1",
    }
    rows = list(csv.DictReader(io.StringIO(suggestions_as_csv(listed(items=[wild])))))
    assert list(rows[0]) == ["agency", "tag", "case_number", "rank", "probability", "reasons"]
    assert rows[0]["tag"] == "'=1+1"
    assert rows[1]["reasons"] == (
        "whoever handed it in, SUB, is a witness of a linked case; taken in 867 days after the incident"
    )
    assert rows[1]["probability"] == "0.612"
