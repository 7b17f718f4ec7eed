"""A made-up county: the same from the same seed, and true to its truth."""

from __future__ import annotations

import csv

import pytest

from fullfile.engines.counties import PRESETS, Noise, write_county
from fullfile.engines.counties.agencies import mistyped_number
from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.orphans import KINDS
from fullfile.engines.counties.tables import COLUMNS
from fullfile.engines.counties.truth import folded, read_matters, read_truth

SIZE = {"cases": 80, "items": 900}


def rows(directory, table):
    with (directory / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(row):
    return folded(row["agency"]), folded(row["tag"])


def content(directory):
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


@pytest.fixture(scope="module", params=sorted(PRESETS))
def county(request, tmp_path_factory):
    place = tmp_path_factory.mktemp(request.param)
    return place, write_county(place, seed=7, noise=request.param, **SIZE)


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_county(tmp_path / name, seed=3, **SIZE)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_another_seed_gives_another_county(tmp_path):
    for seed in (3, 4):
        write_county(tmp_path / str(seed), seed=seed, **SIZE)
    one, two = content(tmp_path / "3"), content(tmp_path / "4")
    assert all(one[name] != two[name] for name in ("items.csv", "cases.csv", "truth.csv"))


def test_it_has_the_size_that_was_asked_for(county):
    place, made = county
    assert (made.cases, made.items) == (80, 900)
    assert len(rows(place, "cases")) == 80
    assert len(rows(place, "items")) == 900
    truth = read_truth(place)
    assert sum(1 for one in truth.values() if one.cases) == made.orphans
    assert sum(1 for one in truth.values() if not one.cases) == made.unrelated


def test_every_kind_is_there(county):
    kinds = {one.kind for one in read_truth(county[0]).values()}
    assert kinds == {*KINDS, "unrelated", "tempting"}


def test_no_table_tells_to_which_case_an_item_of_the_truth_belongs(county):
    place, _ = county
    truth = read_truth(place)
    listed = {
        number.casefold()
        for case in rows(place, "cases")
        for number in case["report_numbers"].split(";")
    }
    items = {key_of(item): item for item in rows(place, "items")}
    assert len(items) == 900
    assert set(truth) <= set(items)
    told = [
        key
        for key in truth
        if f"{items[key]['agency']}:{items[key]['report_number']}".casefold() in listed
    ]
    assert told == []
    assert [row for row in rows(place, "filings") if key_of(row) in truth] == []
    # What names a case beside an item would make it bear on the case.
    assert "case_number" not in COLUMNS["knowledge"] + COLUMNS["mentions"] + COLUMNS["items"]


def test_every_other_item_bears_on_a_case(county):
    place, _ = county
    truth = read_truth(place)
    listed = {
        number for case in rows(place, "cases") for number in case["report_numbers"].split(";")
    }
    filed = {key_of(row) for row in rows(place, "filings")}
    loose = [
        item
        for item in rows(place, "items")
        if (key := key_of(item)) not in truth
        and key not in filed
        and f"{item['agency']}:{item['report_number']}" not in listed
    ]
    assert loose == []


def test_the_truth_names_cases_that_are_there(county):
    place, _ = county
    numbers = {folded(case["case_number"]) for case in rows(place, "cases")}
    for one in read_truth(place).values():
        assert one.cases <= numbers
        assert bool(one.cases) == (one.kind in KINDS)


def test_a_slip_in_a_number_leads_to_one_case_only(county):
    place, _ = county
    matters = read_matters(place)
    listing = {}
    for case in rows(place, "cases"):
        for number in case["report_numbers"].split(";"):
            listing.setdefault(number, set()).add(folded(case["case_number"]))
    for one in read_truth(place).values():
        if one.kind == "number_typo":
            (case,) = one.cases
            assert [cases for cases in listing.values() if case in cases and len(cases) > 1] == []
        if one.kind == "found_nearby":
            (case,) = one.cases
            assert matters[case] == {case}


def test_some_items_under_a_foreign_number_are_filed_so_that_an_office_can_learn(county):
    place, _ = county
    listed = {
        number for case in rows(place, "cases") for number in case["report_numbers"].split(";")
    }
    filed = {key_of(row) for row in rows(place, "filings")}
    astray = [
        item
        for item in rows(place, "items")
        if key_of(item) in filed and f"{item['agency']}:{item['report_number']}" not in listed
    ]
    assert len(astray) > 10


def test_presets_differ_in_what_they_leave_out(tmp_path):
    def births(noise):
        write_county(tmp_path / noise, seed=5, noise=noise, **SIZE)
        people = [row for row in rows(tmp_path / noise, "parties") if row["role"] == "defendant"]
        return sum(1 for row in people if row["date_of_birth"]) / len(people)

    assert births("sparse") < 0.15 < 0.4 < births("usual") < births("clean")


def test_a_noise_of_ones_own(tmp_path):
    made = write_county(tmp_path, seed=1, noise=Noise(orphans=0.2, unrelated=0.3), **SIZE)
    assert (made.orphans, made.unrelated) == (180, 270)


@pytest.mark.parametrize(
    "number", ["24-001234", "2024-00001234", "SO24-00123", "PD-2024-001234", "240110-1230", "111"]
)
def test_a_slip_changes_a_number(number):
    chance = Chance(1)
    slips = {mistyped_number(chance, number) for _ in range(300)}
    assert len(slips - {number}) > 20
    assert all(abs(len(slip) - len(number)) <= 3 for slip in slips)
