"""People resolved in bulk: the fast path agrees, the same records give the same answer, nothing explodes."""

from __future__ import annotations

import time

import pytest

from fullfile.engines.linkage.people import (
    CASE_SIDE,
    ITEM_SIDE,
    PAIRS,
    Budget,
    blocking_keys,
    load_priors,
    match_few,
    parse_person,
    resolve,
)
from tests.engines.linkage.made_people import made_people, person_table


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    records, truth = made_people(1_700, 1_300)
    return records, truth, resolve(records, scratch=tmp_path_factory.mktemp("people"))


def parsed(records):
    return {
        row["record"]: parse_person(
            **{key: value for key, value in row.items() if key not in {"side", "seen"}}
        )
        for row in records.to_pylist()
    }


def test_most_of_what_belongs_together_is_found(county):
    records, truth, found = county
    sides = dict(enumerate(records["side"].to_pylist()))
    pairs = [row for row in found.pairs.to_pylist() if row["match_weight"] >= 0]
    good = sum(truth[row["record_l"]] == truth[row["record_r"]] for row in pairs)
    members: dict[int, list[int]] = {}
    for record, who in enumerate(truth):
        members.setdefault(who, []).append(record)
    possible = sum(
        CASE_SIDE in (sides[a], sides[b])
        for same in members.values()
        for at, a in enumerate(same)
        for b in same[:at]
    )

    assert found.pairs.schema == PAIRS
    assert good / len(pairs) > 0.97
    assert good / possible > 0.9


def test_items_are_compared_with_cases_and_not_with_each_other(county):
    records, _, found = county
    sides = dict(enumerate(records["side"].to_pylist()))

    assert all(
        CASE_SIDE in (sides[row["record_l"]], sides[row["record_r"]])
        for row in found.pairs.to_pylist()
    )


def test_the_fast_path_gives_the_weights_of_splink(county):
    records, _, found = county
    persons = parsed(records)
    rows = found.pairs.to_pylist()

    for row in rows:
        (pair,) = match_few(
            [persons[row["record_l"]]],
            [persons[row["record_r"]]],
            found.model,
            found.term_frequencies,
        )
        assert pair.match_weight == pytest.approx(row["match_weight"], abs=1e-9)
        assert pair.probability == pytest.approx(row["probability"], abs=1e-9)
        assert {**row, **pair.levels} == row
        assert (pair.same_text, pair.household) == (row["same_text"], row["household"])


def test_the_fast_path_finds_what_the_bulk_run_found(county):
    records, _, found = county
    persons = parsed(records)
    index: dict[str, list[int]] = {}
    for record, key in zip(
        found.keys["record"].to_pylist(), found.keys["key"].to_pylist(), strict=True
    ):
        if key not in found.crowded:
            index.setdefault(key, []).append(record)
    sides = dict(enumerate(records["side"].to_pylist()))
    bulk: dict[int, set[int]] = {}
    for row in found.pairs.to_pylist():
        bulk.setdefault(row["record_l"], set()).add(row["record_r"])
        bulk.setdefault(row["record_r"], set()).add(row["record_l"])

    for record in (one for one, side in sides.items() if side == ITEM_SIDE and one % 17 == 0):
        keys = blocking_keys(persons[record])
        near = {other for key in keys for other in index.get(key, ()) if sides[other] == CASE_SIDE}
        few = match_few(
            [persons[record]],
            [persons[other] for other in near],
            found.model,
            found.term_frequencies,
        )
        assert {pair.record_r for pair in few} == bulk.get(record, set())


def test_the_fast_path_is_fast(county):
    records, _, found = county
    persons = list(parsed(records).values())[:400]
    new = [parse_person(-1 - at, name=f"Robert Quill {'ABCD'[at]}. Orne") for at in range(4)]
    start = time.perf_counter()
    match_few(new, persons, found.model, found.term_frequencies)

    assert time.perf_counter() - start < 0.3


def test_the_same_records_give_the_same_answer(county, tmp_path):
    records, _, found = county
    again = resolve(records, scratch=tmp_path)

    assert again.model == found.model
    assert again.pairs.drop(["match_weight", "probability"]) == found.pairs.drop(
        ["match_weight", "probability"]
    )
    assert again.person == found.person


def test_a_model_given_is_used_and_nothing_is_trained(tmp_path):
    model = load_priors(100)
    found = resolve(
        person_table({"name": "Mara Voss"}, {"name": "Voss, Mara"}), scratch=tmp_path, model=model
    )

    assert found.model is model
    assert "train" not in found.measured


def test_a_small_office_uses_the_priors(tmp_path):
    found = resolve(
        person_table(
            {"name": "Robert Quill", "date_of_birth": "1984-03-02"},
            {"name": "QUILL, BOB", "date_of_birth": "1984-03-02", "side": ITEM_SIDE},
            {"name": "Agnes Orne", "side": ITEM_SIDE},
        ),
        scratch=tmp_path,
    )

    assert found.model == load_priors(3)
    (row,) = found.pairs.to_pylist()
    assert row["probability"] > 0.999
    assert found.model.why(row) == [
        "surname the same",
        "given name a nickname",
        "date of birth the same",
    ]
    assert found.person["person"].to_pylist() == [0, 0, 2]


def test_identical_names_are_pairs_whatever_else_differs(tmp_path):
    found = resolve(
        person_table(
            {"name": "Mara Voss", "date_of_birth": "1950-01-01", "phone": "555-014-2233"},
            {"name": "VOSS, MARA", "date_of_birth": "1990-12-31", "phone": "555-777-1100"},
        ),
        scratch=tmp_path,
    )

    (row,) = found.pairs.to_pylist()
    assert row["same_text"]
    assert "date of birth different" in found.model.why(row)
    assert row["probability"] < 0.7
    assert found.person["person"].to_pylist() == [0, 1]


def test_a_household_is_told_and_stays_two_persons(tmp_path):
    home = {"address": "12 Mill Street", "phone": "555-014-2233"}
    found = resolve(
        person_table(
            {"name": "Robert Quill", **home},
            {"name": "Agnes Quill", **home},
            {"name": "Tom Fenn", "address": "12 Mill St., Apt 2"},
        ),
        scratch=tmp_path,
    )

    assert [row["household"] for row in found.pairs.to_pylist()] == [True, True, True]
    assert found.person["person"].to_pylist() == [0, 1, 2]


def test_a_record_without_a_date_does_not_chain_father_and_son(tmp_path):
    home = {"address": "12 Mill Street", "phone": "555-014-2233", "name": "Robert Alan Quill"}
    found = resolve(
        person_table(
            {**home, "date_of_birth": "1950-01-09"},
            {**home, "date_of_birth": "1981-07-22"},
            home,
        ),
        scratch=tmp_path,
    )
    persons = found.person["person"].to_pylist()

    assert persons[0] != persons[1]


def test_officers_are_compared_with_officers_only(tmp_path):
    found = resolve(
        person_table(
            {"name": "Ofc. M. Voss", "kind": "officer", "agency": "ag1"},
            {"name": "Mara Voss", "kind": "officer", "agency": "ag1"},
            {"name": "Mara Voss", "kind": "officer", "agency": "ag2"},
            {"name": "Mara Voss"},
        ),
        scratch=tmp_path,
    )

    weights = {(r["record_l"], r["record_r"]): r["match_weight"] for r in found.pairs.to_pylist()}
    assert set(weights) == {(0, 1), (0, 2), (1, 2)}
    assert weights[0, 1] > weights[0, 2]


def test_an_empty_table_gives_empty_tables(tmp_path):
    found = resolve(person_table(), scratch=tmp_path)

    assert (found.pairs.num_rows, found.person.num_rows, found.skipped) == (0, 0, ())
    assert found.pairs.schema == PAIRS


def test_records_of_nothing_stay_alone(tmp_path):
    found = resolve(person_table({}, {"name": "Unknown"}, {"name": "???"}), scratch=tmp_path)

    assert found.pairs.num_rows == 0
    assert found.person["person"].to_pylist() == [0, 1, 2]


def test_one_name_ten_thousand_times_is_left_out_and_named(tmp_path):
    records = person_table(
        *({"name": "Mara Voss", "phone": f"555-{at:07}"} for at in range(10_000)),
        {"name": "Tom Fenn"},
        {"name": "Fenn, Tom", "side": ITEM_SIDE},
    )
    start = time.perf_counter()
    found = resolve(records, scratch=tmp_path)

    assert time.perf_counter() - start < 20
    assert any("the same name" in told and "mara|voss" not in told for told in found.skipped)
    assert any("49,995,000 pairs" in told for told in found.skipped)
    assert "nc:mara|voss" in found.crowded
    assert (10_000, 10_001) in zip(
        found.pairs["record_l"].to_pylist(), found.pairs["record_r"].to_pylist(), strict=True
    )


def test_a_date_put_in_for_want_of_one_weighs_little(tmp_path):
    records = person_table(
        *(
            {"name": f"{given} {surname}", "date_of_birth": "1900-01-01"}
            for given in ("Mara", "Tom", "Agnes", "Orla", "Robert")
            for surname in ("Voss", "Fenn", "Quill", "Orne", "Merrit")
        ),
        {"name": "M. Voss", "date_of_birth": "1900-01-01"},
        {"name": "M. Voss", "date_of_birth": "1984-03-02"},
        {"name": "Mara Voss", "date_of_birth": "1984-03-02"},
    )
    found = resolve(records, scratch=tmp_path)
    weights = {(r["record_l"], r["record_r"]): r["match_weight"] for r in found.pairs.to_pylist()}

    assert weights[26, 27] > weights[0, 25] + 10


def test_one_officer_everywhere_is_bounded(tmp_path):
    records = person_table(
        *(
            {"name": f"Ofc. Mara Voss #{at % 7}", "kind": "officer", "agency": f"ag{at}"}
            for at in range(3_000)
        )
    )
    start = time.perf_counter()
    found = resolve(records, scratch=tmp_path)

    assert time.perf_counter() - start < 20
    assert found.skipped


def test_names_of_sixty_thousand_letters_are_bounded(tmp_path):
    records = person_table(*({"name": f"{letter}x" * 30_000} for letter in "abcdef"))
    start = time.perf_counter()
    found = resolve(records, scratch=tmp_path)

    assert time.perf_counter() - start < 20
    assert found.pairs.num_rows == 0


def test_a_rule_beyond_its_budget_keeps_its_rarest_keys(tmp_path):
    crowd = [{"name": f"Mara Voss{'abcdefgh'[at % 8] * 3}"} for at in range(80)]
    rare = [{"name": "Tom Fenn"}, {"name": "Tom Fenn"}]
    found = resolve(
        person_table(*crowd, *rare), scratch=tmp_path, budget=Budget(key=1_000, rule=40)
    )

    assert [(r["record_l"], r["record_r"]) for r in found.pairs.to_pylist()] == [(80, 81)]
    assert found.skipped
