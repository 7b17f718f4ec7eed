"""Family E: a determination without a reason, or checked by its own author, does not count as made (N9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fullfile.core.disclosure.decide import decide_determination, decide_verify
from fullfile.core.disclosure.views import counts_as_made, wanting_of
from fullfile.core.errors import Refused
from fullfile.core.ids import parse_when
from fullfile.core.matching import lines_of_case
from tests.unit.core.custody.test_custody_holds import world_of


def view(**said):
    world = world_of(
        determinations="""
case_number,agency,tag,finding,by,made_at,reason,verified_by,verified_at
D-1,Sheriff,E-1,no_evidentiary_value,Pat Lorne,2024-03-01,not a match,Sam Reed,2024-03-05
"""
    )
    (row,) = world.facts.rows["determinations"]
    data = {**row.data, **said}
    return replace(row, data={name: value for name, value in data.items() if value})


@pytest.mark.parametrize(
    ("said", "wanting"),
    [
        ({}, ()),
        ({"reason": ""}, ("it gives no reason",)),
        ({"reason": "  "}, ("it gives no reason",)),
        ({"by": ""}, ("nobody is named for it",)),
        ({"verified_by": ""}, ("no second person has read it",)),
        ({"verified_by": " PAT LORNE "}, ("nobody but its author has read it",)),
    ],
)
def test_when_a_view_counts_as_made(said, wanting):
    assert wanting_of(view(**said)) == wanting
    assert counts_as_made(view(**said)) is (not wanting)


def test_it_counts_from_the_day_of_the_second_reader():
    days = {
        day: counts_as_made(view(), parse_when(day).last) for day in ("2024-03-04", "2024-03-05")
    }
    assert days == {"2024-03-04": False, "2024-03-05": True}
    assert not counts_as_made(view(), parse_when("2024-02-01").last)
    assert not counts_as_made(view(verified_at=""), parse_when("2024-03-05").last)


@pytest.mark.parametrize("second", ["", "Pat Lorne", "Sam Reed"])
@pytest.mark.parametrize("finding", ["no_evidentiary_value", "exculpatory", "privileged"])
def test_a_view_never_changes_the_state_of_a_line(finding, second):
    """Beside a row of knowledge that puts the item on the case's list all the same."""
    known = {
        "knowledge": "agency,tag,person,level,known_from,case_number\n"
        "Sheriff,E-1,Pat Lorne,picture,2024-03-01,D-1\n"
    }
    said = (
        "case_number,agency,tag,finding,by,made_at,reason,verified_by\n"
        f"D-1,Sheriff,E-1,{finding},Pat Lorne,2024-03-01,as I read it,{second}\n"
    )
    without, with_view = world_of(**known), world_of(**known, determinations=said)

    def states(world):
        lines = lines_of_case(world, world.cases.by_key["d-1"])
        return [(line.tag, line.defendant, line.state, line.also) for line in lines]

    assert states(without) == states(with_view)


def test_decisions_about_views_refuse_with_every_reason():
    with pytest.raises(Refused) as refused:
        decide_verify(view(reason="", verified_by=""), "pat lorne", "2024-03-05", "Rita Quill")
    assert [one.code for one in refused.value.reasons] == ["reader_same", "reason_missing"]
    with pytest.raises(Refused) as refused:
        decide_determination({"by": "A", "verified_by": "a"}, "Rita Quill")
    assert [one.code for one in refused.value.reasons] == ["reader_same"]
    with pytest.raises(Refused) as refused:
        decide_determination({"by": "A", "verified_at": "2024"}, "Rita Quill")
    assert [one.code for one in refused.value.reasons] == ["reader_missing"]
