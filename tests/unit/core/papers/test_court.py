"""Filed with the court: what may be recorded, what is refused with which reasons, what was withdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import Refused
from fullfile.core.ids import DAY_MS, Bounds, parse_when
from fullfile.core.papers.court import (
    FILED,
    Filing,
    FilingAsked,
    Kind,
    decide_filing,
    decide_withdrawal,
    read_filings,
)

DAY = parse_when("2024-07-12")
BOUNDS = Bounds(DAY.first, DAY.last)


def asked(**more: Any) -> FilingAsked:
    return replace(
        FilingAsked(
            case_number="D-1",
            kind=Kind.SCHEDULE,
            of=(7,),
            filed_on="2024-07-12",
            bounds=BOUNDS,
            today=DAY.last,
            by="C. Webb",
        ),
        **more,
    )


def entry(index: int, draft: Draft, **more: Any) -> Entry:
    return Entry(
        index=index,
        recorded_ms=index * 1_000,
        type=draft.type,
        by=draft.by,
        data=draft.data,
        more=more,
    )


def codes(what: FilingAsked, before: tuple[Filing, ...] = ()) -> list[str]:
    with pytest.raises(Refused) as refused:
        decide_filing(what, before, actor="C. Webb", size=9)
    return [reason.code for reason in refused.value.reasons]


def filing(index: int = 9, **more: Any) -> Filing:
    draft = decide_filing(asked(**more), (), actor="C. Webb", size=9)
    (found,) = read_filings([entry(index, draft)])
    return found


def test_a_paper_and_what_it_says() -> None:
    draft = decide_filing(
        asked(defendant="Roe", defendant_key="roe", detail=" with the motion "),
        (),
        actor="X",
        size=9,
    )
    assert draft.type == FILED
    assert draft.by == "X"
    assert draft.data == {
        "case_number": "D-1",
        "paper": "schedule",
        "of": [7],
        "defendant": "Roe",
        "defendant_key": "roe",
        "filed_on": "2024-07-12",
        "way": "filed",
        "under_seal": False,
        "side": "state",
        "detail": "with the motion",
        "by": "C. Webb",
    }
    (found,) = read_filings([entry(9, draft)])
    assert (found.kind, found.of, found.ordered, found.withdrawn) == (
        Kind.SCHEDULE,
        (7,),
        False,
        None,
    )


def test_an_account_is_as_of_a_size_and_may_be_filed_again() -> None:
    what = asked(kind=Kind.KNEW, of=(), agency="Sheriff", tag="E-1")
    draft = decide_filing(what, (), actor="X", size=9)
    assert draft.data["size"] == 9
    (before,) = read_filings([entry(9, draft)])
    assert decide_filing(what, (before,), actor="X", size=12).data["size"] == 12


def test_every_reason_at_once() -> None:
    assert codes(asked(bounds=None, of=(), by=" ", ordered=True)) == [
        "filed_on",
        "nothing_to_file",
        "order_missing",
        "by",
    ]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"bounds": Bounds(0, 40 * DAY_MS)}, ["filed_on"]),
        ({"today": DAY.first - 1}, ["filed_on"]),
        ({"earliest": DAY.last + 1}, ["filed_on"]),
        ({"kind": Kind.FILE}, ["item_missing"]),
        ({"kind": Kind.FILE, "agency": "S", "tag": "E", "bears": False}, ["bears_not"]),
        ({"kind": Kind.VIEWS, "agency": "S", "tag": "E", "of": ()}, ["nothing_to_file"]),
    ],
)
def test_what_is_refused(more: dict[str, Any], expected: list[str]) -> None:
    assert codes(asked(**more)) == expected


def test_views_that_wait_are_no_paper_yet() -> None:
    what = asked(kind=Kind.VIEWS, agency="S", tag="E", of=(), waiting=1)
    with pytest.raises(Refused, match="second reader"):
        decide_filing(what, (), actor="X", size=9)


def test_the_same_paper_stands_once_until_it_is_withdrawn() -> None:
    before = filing()
    assert codes(asked(), (before,)) == ["filed_already"]
    assert codes(asked(), (before, filing(10))) == ["filed_already"]
    drafts = [
        decide_filing(asked(), (), actor="X", size=9),
        decide_withdrawal(before, reason=" given back ", by="C. Webb", actor="X"),
    ]
    (gone,) = read_filings([entry(9, drafts[0]), entry(11, drafts[1])])
    assert (gone.withdrawn, gone.withdrawn_why) == (11, "given back")
    assert decide_filing(asked(), (gone,), actor="X", size=12)
    with pytest.raises(Refused) as refused:
        decide_withdrawal(gone, reason="", by="X", actor="X")
    assert [one.code for one in refused.value.reasons] == ["withdrawn", "reason_missing"]


def test_what_was_erased_is_left_out() -> None:
    draft = decide_filing(asked(), (), actor="X", size=9)
    assert read_filings([entry(9, draft, erased="order of May 1")]) == []


def test_by_order() -> None:
    found = filing(ordered=True, order="Order to produce", order_on="2024-07-01", under_seal=True)
    assert (found.ordered, found.order, found.order_on) == (True, "Order to produce", "2024-07-01")
    assert found.under_seal
