"""What agreement weighs: told by pairs that a person would judge at sight."""

from __future__ import annotations

from fullfile.engines.linkage.people import TermFrequencies, load_priors, match_few, parse_person
from fullfile.engines.linkage.people.few import compare

MODEL = load_priors(10_000)
RARE = TermFrequencies({})


def pair(one, other):
    return compare(parse_person(1, **one), parse_person(2, **other), MODEL, RARE)


def test_a_nickname_is_told_and_weighs_less_than_the_name():
    same = pair({"name": "Robert Quill"}, {"name": "Robert Quill"})
    short = pair({"name": "Robert Quill"}, {"name": "Bob Quill"})
    other = pair({"name": "Robert Quill"}, {"name": "Agnes Quill"})

    assert same.match_weight > short.match_weight > other.match_weight
    assert MODEL.why(short.levels) == ["surname the same", "given name a nickname"]
    assert same.same_text
    assert not short.same_text


def test_swapped_names_are_nearly_as_good_as_names():
    swapped = pair({"name": "Orla Fenwick"}, {"name": "Fenwick Orla"})
    different = pair({"name": "Orla Fenwick"}, {"name": "Mara Quill"})

    assert MODEL.why(swapped.levels) == ["given name and surname swapped"]
    assert swapped.match_weight > different.match_weight + 10


def test_a_date_of_birth_with_a_slip_is_nearly_the_same():
    for other in ("1984-03-12", "1984-02-03", "1984-03-20", "1948-03-02"):
        found = pair(
            {"name": "Mara Voss", "date_of_birth": "1984-03-02"},
            {"name": "Mara Voss", "date_of_birth": other},
        )
        assert found.levels["born"] == 3, other


def test_a_partial_date_of_birth_compares_as_far_as_it_goes():
    whole = {"name": "Mara Voss", "date_of_birth": "1984-03-02"}

    assert pair(whole, {"name": "Mara Voss", "date_of_birth": "1984"}).levels["born"] == 2
    assert pair(whole, {"name": "Mara Voss", "date_of_birth": "1984-04"}).levels["born"] == 1
    assert pair(whole, {"name": "Mara Voss", "date_of_birth": "1985"}).levels["born"] == 0
    assert pair(whole, {"name": "Mara Voss"}).levels["born"] == -1


def test_a_household_is_not_one_person():
    home = {"address": "12 Mill Street", "phone": "555-014-2233"}
    couple = pair({"name": "Robert Quill", **home}, {"name": "Agnes Quill", **home})
    father = pair(
        {"name": "Robert Quill", "date_of_birth": "1950-01-09", **home},
        {"name": "Robert Quill", "date_of_birth": "1981-07-22", **home},
    )
    junior = pair({"name": "Robert Quill Sr", **home}, {"name": "Robert Quill Jr", **home})
    himself = pair({"name": "Robert Quill", **home}, {"name": "Bob Quill", **home})

    assert couple.household
    assert couple.probability < 0.05
    assert father.household
    assert father.probability < 0.5
    assert junior.household
    assert junior.probability < 0.9
    assert not himself.household
    assert himself.probability > 0.999
    assert "address the same, but another person: a household" in MODEL.why(couple.levels)


def test_an_officer_of_another_agency_is_weaker():
    here = {"name": "Ofc. M. Voss", "kind": "officer", "agency": "ag1"}
    same = pair(here, {"name": "Mara Voss", "kind": "officer", "agency": "ag1"})
    other = pair(here, {"name": "Mara Voss", "kind": "officer", "agency": "ag2"})
    unknown = pair(here, {"name": "Mara Voss", "kind": "officer"})

    assert same.match_weight > unknown.match_weight > other.match_weight
    assert "agency different" in MODEL.why(other.levels)


def test_roles_are_the_same_or_nothing():
    same = pair({"name": "PROS-1"}, {"name": "Pros-1"})
    other = pair({"name": "PROS-1"}, {"name": "PROS-2"})
    name = pair({"name": "TECH"}, {"name": "Mara Tech"})

    assert same.same_text
    assert same.levels["surname"] == 5
    assert (other.levels["surname"], name.levels["surname"]) == (0, 0)


def test_a_common_name_weighs_less_than_a_rare_one():
    frequencies = TermFrequencies({"surname": {"voss": 0.01, "quill": 0.0001}})
    common, rare = (
        compare(
            parse_person(1, name=name), parse_person(2, name=name), MODEL, frequencies
        ).match_weight
        for name in ("Mara Voss", "Mara Quill")
    )

    assert round(rare - common, 6) == round(6.643856, 6)


def test_few_passes_over_those_that_share_no_key():
    new = [parse_person(-1, name="Bob Quill", phone="555-014-2233")]
    known = [
        parse_person(7, name="Robert Quill"),
        parse_person(8, name="Agnes Orne"),
        parse_person(9, name="R. Quill", phone="(555) 014-2233"),
    ]

    assert [one.record_r for one in match_few(new, known, MODEL, RARE)] == [9, 7]


def test_term_frequencies_come_back_from_a_table():
    frequencies = TermFrequencies(
        {"surname": {"voss": 0.01}, "given": {"mara": 0.02, "orla": 0.01}}
    )

    assert TermFrequencies.from_table(frequencies.to_table()) == frequencies
