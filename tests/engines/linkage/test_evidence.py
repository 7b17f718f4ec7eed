"""Evidence that an item and a case share: who, which number, which words, from which day on."""

from __future__ import annotations

import pytest

from fullfile.engines.linkage import CaseSide, ItemSide, load_model, suggest

MODEL = load_model()


def case(number, *, parties=(), reports=(), linked=None, requests=(), day=""):
    return CaseSide(number, day, tuple(parties), frozenset(reports), linked or {}, tuple(requests))


def item(tag, *, report=None, persons=(), words="", day="2024-03-06"):
    number = report or ""
    key = ("alder sheriff", number.casefold()) if report else None
    return ItemSide(("alder sheriff", tag), key, tuple(persons), words, day, tag, number)


def probabilities(found, one):
    return {each.case: float(each.probability) for each in found.get(one.item, [])}


def test_a_giver_who_is_a_witness_of_one_case_points_to_it():
    rounds = item("doc-1", persons=[("Ines Vale", "giver", "2024-03-06")])
    cases = {
        "cr-1": case("CR-1", parties=[("INES  VALE", "witness")]),
        "cr-2": case("CR-2", parties=[("Otto Kern", "witness")]),
    }
    found = probabilities(suggest([rounds], cases, MODEL), rounds)
    assert set(found) == {"cr-1"}
    assert found["cr-1"] > 0.8


def test_a_name_in_many_cases_weighs_little_and_one_in_very_many_nothing():
    rounds = item("doc-1", persons=[("R. Lane", "staff", "")])
    few = {f"cr-{n}": case(f"CR-{n}", parties=[("R. Lane", "officer")]) for n in range(2)}
    many = {f"cr-{n}": case(f"CR-{n}", parties=[("R. Lane", "officer")]) for n in range(300)}
    assert max(probabilities(suggest([rounds], few, MODEL), rounds).values()) < 0.2
    assert suggest([rounds], many, MODEL) == {}


@pytest.mark.parametrize(
    ("booked", "listed", "near"),
    [
        ("24-0117", "24-0171", True),
        ("24-0117", "24-0116", True),
        ("24-0117", "24-9999", False),
        ("24-0117", "24-01177", False),
    ],
)
def test_a_number_one_slip_away(booked, listed, near):
    one = item("a", report=booked)
    cases = {"cr-1": case("CR-1", reports=[("alder sheriff", listed)])}
    found = suggest([one], cases, MODEL)
    assert bool(found) is near
    if near:
        assert "one slip away" in found[one.item][0].reasons[0].what


def test_an_open_request_counts_from_its_day():
    one = item("a", words=".45-calibre rounds in an envelope", persons=[("Ines Vale", "giver", "")])
    cases = {
        "cr-1": case(
            "CR-1",
            parties=[("Ines Vale", "witness")],
            requests=[("all rounds and cartridges", "2024-07-08")],
        )
    }
    (found,) = suggest([one], cases, MODEL)[one.item]
    days = [day for day, _ in found.steps]
    chances = [float(chance) for _, chance in found.steps]
    assert days == ["2024-03-06", "2024-07-08"]
    assert chances[0] < chances[1]


def test_linked_cases_and_items_under_the_same_number_share_evidence():
    rounds = item("doc-1", report="DOC-7", persons=[("Ines Vale", "giver", "")])
    report = item("doc-7/1", report="DOC-7")
    cases = {
        "cr-1": case("CR-1", parties=[("Ines Vale", "witness")], linked={"cr-2": "co_defendant"}),
        "cr-2": case("CR-2", linked={"cr-1": "co_defendant"}),
    }
    found = suggest([rounds, report], cases, MODEL)
    assert set(probabilities(found, rounds)) == {"cr-1", "cr-2"}
    assert set(probabilities(found, report)) == {"cr-1", "cr-2"}
    assert probabilities(found, rounds)["cr-1"] > probabilities(found, rounds)["cr-2"]
    said = found[report.item][0].reasons[0].what
    assert said.startswith("booked under DOC-7, as doc-1 was: Ines Vale")


def test_nothing_shared_is_no_suggestion():
    assert suggest([item("a")], {"cr-1": case("CR-1")}, MODEL) == {}
    assert suggest([], {}, MODEL) == {}


def test_the_model_can_be_read_and_says_what_it_was_trained_on():
    assert MODEL.digest.startswith("sha256:")
    assert "by hand" in MODEL.trained_on
    assert "not calibrated" in MODEL.trained_on
