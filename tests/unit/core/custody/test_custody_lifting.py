"""The ways back to court keep until their last day; unknown is never over (policy)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fullfile.core.custody.lifting import Wish, decide_lift, windows_of
from fullfile.core.errors import Refused
from fullfile.core.ids import parse_when
from fullfile.core.rules import Trigger
from fullfile.core.rules.law import Law
from fullfile.core.rules.provisions import Window
from tests.spec.backends import law
from tests.unit.core.custody.test_custody_holds import world_of

CONVICTED = """
case_number,event,occurred_on,defendant
D-1,convicted,2024-05-01,Ada Roe
"""
LIFTED = """
hold,placed_at,by,reason,case_number,lifted_at,lifted_by
case:D-1,2024-01-19,Sam Reed,the case,D-1,2024-06-01,Sam Reed
"""


def with_window(*, counted=True):
    """The pack of New Mexico with one way back to court of our own, ten days from the judgment."""
    known = law()
    pack = known.packs["us-nm"]
    dated = next(rule for rule in pack.rules if rule.period is not None)
    rule = replace(
        dated,
        id="us-nm:test",
        triggers=(Trigger("judgment"),),
        court_levels=tuple(level.id for level in pack.court_levels),
        effective_from=None,
        effective_to=None,
    )
    window = Window(
        "back", "newly found evidence", "a rule of the test", "For tests.", "unread",
        rule.id if counted else "",
    )  # fmt: skip
    made = replace(pack, rules=(*pack.rules, rule), windows=(window,))
    return Law({**known.packs, "us-nm": made}, known.calendars)


def wish(day, **said):
    plain = {
        "name": "window:D-1",
        "by": "Sam Reed",
        "reason": "nobody came back",
        "order": "",
        "lifted_at": day,
        "moment": parse_when(day).first,
        "actor": "Rita Quill",
    }
    return Wish(**{**plain, **said})


def codes(world, the_law, the_wish):
    with pytest.raises(Refused) as refused:
        decide_lift(world, the_law, the_wish)
    return [reason.code for reason in refused.value.reasons], str(refused.value)


def test_before_the_last_day_only_an_order_lifts_it():
    world = world_of(docket=CONVICTED + "D-1,judgment,2024-05-06,Ada Roe\n", holds=LIFTED)
    case = world.cases.by_key["d-1"]
    (window,) = windows_of(world, with_window(), case)
    assert window.last_day is not None
    assert window.last_day > date(2024, 5, 6)
    early = window.last_day.isoformat()
    found, words = codes(world, with_window(), wish(early))
    assert found == ["window_open"]
    assert "By the office's policy" in words
    assert f"stays open until {window.last_day:%B} {window.last_day.day}, 2024" in words
    ordered = decide_lift(world, with_window(), wish(early, order="order 9"))
    assert ordered.drafts[0].data["lifted_reason"] == "nobody came back (order: order 9)"
    after = decide_lift(world, with_window(), wish("2024-12-01"))
    assert after.drafts[0].data["hold"] == "window:D-1"
    assert ("Sheriff", "E-1") in after.releasable


def test_a_last_day_that_nobody_knows_is_not_over():
    world = world_of(docket=CONVICTED, holds=LIFTED)
    found, words = codes(world, with_window(), wish("2024-12-01"))
    assert found == ["window_open"]
    assert "it counts from judgment, and unknown is never over" in words


def test_without_a_pack_an_order_is_needed():
    world = world_of(docket=CONVICTED, holds=LIFTED)
    found, _ = codes(world, Law({}, {}), wish("2024-12-01"))
    assert found == ["window_unknown"]


def test_a_way_back_without_a_last_day_is_named_and_does_not_bar():
    world = world_of(docket=CONVICTED, holds=LIFTED)
    lifting = decide_lift(world, with_window(counted=False), wish("2024-12-01"))
    assert [window.words for window in lifting.windows] == [
        "newly found evidence (a rule of the test): no last day is counted. For tests."
    ]


def test_who_why_when_and_which_are_all_asked_for():
    found, _ = codes(
        world_of(), with_window(), wish("2025-02-01", name="LETTER-9", by="", reason="")
    )
    assert found == ["name_missing", "reason_missing", "date_future", "no_such_hold"]


def test_the_row_that_a_person_placed_is_corrected_and_the_case_names_its_start():
    world = world_of(
        holds="""
hold,placed_at,by,reason,agency,report_number
LETTER-1,2024-02-02,Olga Hart,a letter,Sheriff,24-100
"""
    )
    lifting = decide_lift(world, law(), wish("2024-12-01", name="letter-1"))
    (draft,) = lifting.drafts
    assert draft.corrects == world.facts.rows["holds"][0].entry
    assert draft.source == ""
    assert {one.tag: one.because[0].split(":")[0] for one in lifting.still_held} == {
        "E-1": "case",
        "E-3": "case",
    }
    lifting = decide_lift(world, law(), wish("2024-12-01", name="case:D-1"))
    assert lifting.drafts[0].data["placed_at"] == "2024-01-19"
    assert lifting.drafts[0].corrects is None
