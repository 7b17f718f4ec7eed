"""Two named persons set an item aside, and neither of them booked it."""

from __future__ import annotations

import pytest

from fullfile.core.errors import Refused
from fullfile.core.filing.decide import decide_confirm_aside, decide_file, decide_set_aside
from tests.unit.core.custody.test_custody_holds import world_of

DATA = {
    "case_number": "D-1",
    "agency": "Sheriff",
    "tag": "E-1",
    "set_aside": True,
    "filed_by": "Pat Lorne",
    "reason": "not ours",
}
BOOKERS = {"lee marsh"}


def wish(**columns):
    said = {"filed_by": "Pat Lorne", "set_aside": "yes", "reason": "not ours", **columns}
    world = world_of(
        filings=f"case_number,agency,tag,filed_at,{','.join(said)}\n"
        f"D-1,Sheriff,E-1,2024-02-01,{','.join(said.values())}\n"
    )
    return world.facts.rows["filings"][0]


def codes(act, *given):
    with pytest.raises(Refused) as refused:
        act(*given)
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"filed_by": ""}, ["name_missing"]),
        ({"reason": ""}, ["reason_missing"]),
        ({"filed_by": "LEE MARSH"}, ["booker"]),
        ({"confirmed_by": "pat lorne"}, ["second_same"]),
        ({"confirmed_by": "Lee Marsh", "reason": ""}, ["reason_missing", "booker"]),
    ],
)
def test_a_wish_is_refused_with_every_reason(said, expected):
    assert codes(decide_set_aside, {**DATA, **said}, BOOKERS, [], "Rita Quill") == expected


def test_a_wish_that_waits_is_confirmed_and_not_made_twice():
    assert codes(decide_set_aside, DATA, BOOKERS, [wish()], "Rita Quill") == ["wished_already"]
    assert (
        decide_set_aside(DATA, BOOKERS, [wish(confirmed_by="Sam Reed")], "Rita Quill").data == DATA
    )


@pytest.mark.parametrize(
    ("columns", "second", "expected"),
    [
        ({}, "", ["confirmer_missing"]),
        ({}, "Pat Lorne", ["second_same"]),
        ({}, "Lee Marsh", ["booker"]),
        ({"reason": ""}, "Sam Reed", ["reason_missing"]),
        ({"confirmed_by": "Kim Ash"}, "Sam Reed", ["confirmed_already"]),
        ({"set_aside": "no"}, "Sam Reed", ["no_wish"]),
        ({"withdrawn": "yes"}, "Sam Reed", ["no_wish"]),
    ],
)
def test_a_confirmation_is_refused_with_every_reason(columns, second, expected):
    row = wish(**columns)
    given = (row, BOOKERS, second, "2024-02-02", "Rita Quill")
    assert codes(decide_confirm_aside, *given) == expected


def test_to_file_is_neither_to_set_aside_nor_to_withdraw():
    assert codes(decide_file, {"withdrawn": True}, "Rita Quill") == ["filing"]
    assert decide_file({"tag": "E-1"}, "Rita Quill").type == "filing.recorded"
