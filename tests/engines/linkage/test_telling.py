"""Reasons in words: who, which number, how many days; both sides; nothing that no person reads."""

from __future__ import annotations

import re

import pytest

from fullfile.engines.linkage.features import FEATURES, NAMES
from fullfile.engines.linkage.keys import FAMILIES
from fullfile.engines.linkage.telling import LEAST, Reason, Shared, reasons_of

DAY = 19_788


def shared(**more):
    return Shared(
        **{
            "numbers": ("24-000271", ("24-000217", "24-009999", "CR-1")),
            "days": ("2024-03-06", "2024-03-05", "2024-03-10"),
            "gaps": (1, -4),
            "agency": "Mesa PD",
            "category": "clothing",
            "known": DAY,
            **more,
        }
    )


def reasons(sides, **bits):
    return reasons_of(sides, NAMES, [bits.get(name, 0.0) for name in NAMES])


def one(sides, **bits):
    (found,) = reasons(sides, **bits)
    return found


def keys(*rows):
    return [(FAMILIES[family], text, 5.0, DAY) for family, text in rows]


def test_whoever_handed_it_in_is_told_by_role():
    sides = shared(persons=[("Peggy Quill", "handed it in", "Margaret Quill", "witness", 9.0, DAY)])
    assert one(sides, person=3.0) == Reason(
        "Peggy Quill, who handed it in, is a witness of the case (Margaret Quill)",
        3.0,
        "people",
        "Peggy Quill (handed it in)",
        "Margaret Quill (witness)",
        DAY,
    )
    assert one(sides, persons=1.0).what == "they share one person: Peggy Quill"
    # How few cases know her weighs with the same reason: it is one fact.
    told = one(sides, person=3.0, giver_rarity=1.0, giver_witness=0.5)
    assert (told.what.startswith("Peggy Quill, who handed it in"), told.weight) == (True, 4.5)


def test_one_person_is_told_once_however_many_features_look_at_them():
    sides = shared(persons=[("Bo Roe", "named with it", "BO ROE", "defence_counsel", 9.0, DAY)])
    found = one(sides, person=3.0, person_joint=1.5)
    assert found.what == "Bo Roe, named with it, is counsel of the case"
    assert found.weight == 4.5
    assert found.case_side == "BO ROE (defence counsel)"


def test_an_officer_who_took_it_in_is_named():
    sides = shared(officers=[("Ofc. J. Marrow", "Marrow, Jane", 8.0, DAY)])
    found = one(sides, officer_fit=2.0)
    assert found.what == "Ofc. J. Marrow, who took it in, is an officer of the case"
    assert (found.item_side, found.case_side) == ("Ofc. J. Marrow", "Marrow, Jane")
    assert one(shared(), officer_fit=-1.0).what == "no officer of the case took it in"


@pytest.mark.parametrize(
    ("gaps", "days", "bits", "what", "case_side"),
    [
        ((1, -4), "2024-03-05", "after_incident", "1 day after the incident", "2024-03-05"),
        ((0, -4), "2024-03-05", "after_incident_known", "on the day of the incident", "2024-03-05"),
        ((1_200, 5), "2024-03-05", "after_incident_number", "1,200 days after the", "2024-03-05"),
        ((-3, -4), "", "after_incident", "4 days before the opening of the case", "2024-03-10"),
        ((1, -1), "2024-03-05", "after_opening", "1 day before the opening", "2024-03-10"),
    ],
)
def test_days_are_counted_from_what_is_on_record(gaps, days, bits, what, case_side):
    found = one(shared(gaps=gaps, days=("2024-03-06", days, "2024-03-10")), **{bits: 1.0})
    assert what in found.what
    assert (found.item_side, found.case_side) == ("2024-03-06", case_side)


def test_the_days_from_the_incident_are_one_reason():
    found = one(shared(), after_incident=-0.5, after_incident_known=2.0)
    assert found.weight == 1.5


def test_a_day_that_is_not_on_record_is_said_to_be_so():
    sides = shared(gaps=(None, None), days=("2024-03-06", "", ""))
    for name in ("after_incident", "after_opening"):
        assert one(sides, **{name: 1.0}).what == "the day of the opening is not on record"


def test_the_nearest_number_of_the_case_stands_beside_the_things_own():
    sides = shared(keys=keys(("number_edit", "t24000217")))
    found = one(sides, number_edit=5.0)
    assert found.what.endswith("one slip away from one of the case's: 24-000271 and 24-000217")
    assert (found.item_side, found.case_side) == ("24-000271", "24-000217")


def test_a_number_in_the_text_is_told_as_written_there():
    found = one(shared(keys=keys(("number_told", "CR1"))), number_told=5.0)
    assert (found.item_side, found.case_side) == ("CR1", "CR-1")


@pytest.mark.parametrize(
    ("family", "feature", "text", "shown"),
    [
        ("words", "words_case", "~firearm", "firearm"),
        ("mark", "mark", "ABC-1234", "ABC-1234"),
        ("phone", "phone", "(505) 555-0142", "(505) 555-0142"),
        ("address", "address", "1420 juniper", "1420 juniper"),
        ("street", "street", "juniper", "juniper"),
        ("street_week", "street_week", "juniper 2826", "juniper"),
        ("street_month", "street_month", "juniper -12", "juniper"),
        ("block", "block", "14 juniper", "1400 block of juniper"),
        ("block", "block", "0 juniper", "first block of juniper"),
        ("class_week", "class_week", "clothing and shoes 2826", "clothing and shoes"),
        ("agency_day", "agency_day", "7 19788", "Mesa PD, 2024-03-06"),
        ("officer", "officer", "io:marrow|j", "J. Marrow"),
        ("officer_day", "officer_day", "no:jane|marrow 19788", "Jane Marrow"),
        ("officer_told", "officer_told", "io:marrow|j", "J. Marrow"),
        ("person_told", "person_told", "nc:ada|quill", "Ada Quill"),
        ("surname", "surname", "quill", "quill"),
    ],
)
def test_a_key_is_told_as_a_person_reads_it(family, feature, text, shown):
    found = one(shared(keys=keys((family, text))), **{feature: 1.0})
    assert found.what.endswith(": " + shown)
    assert found.item_side == found.case_side == shown


def test_a_name_is_told_in_the_order_in_which_it_is_written_beside():
    sides = shared(
        keys=keys(("item_person", "nc:abel|zoe")),
        persons=[("Zoe Abel", "named with it", "Zoe Abel", "witness", 9.0, DAY)],
    )
    assert one(sides, item_person=1.0).what.endswith(": Zoe Abel")


def test_many_words_are_counted_after_the_first_six():
    sides = shared(keys=keys(*(("words", f"word{chr(97 + n)}") for n in range(9))))
    assert one(sides, words_case=1.0).what.endswith("worde, wordf and 3 more")


def test_what_came_last_dates_a_reason():
    sides = shared(keys=[(FAMILIES["asked"], word, 5.0, day) for word, day in (("a", 7), ("b", 9))])
    assert one(sides, words_asked=1.0).day == 9
    assert one(shared(keys=[(1, "word", 5.0, None)]), words_case=1.0).day == DAY


def test_every_feature_can_be_told_with_and_without_what_it_looks_at():
    everything = shared(
        keys=keys(*((family, "juniper 14") for family in FAMILIES)),
        persons=[("Bo Roe", "handed it in", "Bo Roe", "witness", 9.0, DAY)],
        officers=[("Kay Marsh", "Kay Marsh", 9.0, DAY)],
    )
    nothing = Shared()
    for feature in FEATURES:
        for weight in (2.0, -2.0):
            full = one(everything, **{feature.name: weight})
            assert full.weight == weight
            assert full.group == feature.group
            if feature.name not in ("strangers", "wording"):
                assert full.item_side, feature.name
            for found in (full, one(nothing, **{feature.name: weight})):
                assert found.what.strip()
                assert not re.search(r"  |\bNone\b|nan|: $|~|\|", found.what), found.what


def test_what_weighs_nearly_nothing_is_not_told():
    assert reasons(shared(), after_opening=LEAST / 2, words_case=-LEAST / 2) == []


def test_what_speaks_for_the_case_comes_first_and_what_can_be_looked_at_before_all():
    found = reasons(shared(), same_agency=1.0, same_class=-3.0, wording=2.0)
    assert [reason.weight for reason in found] == [1.0, 2.0, -3.0]
