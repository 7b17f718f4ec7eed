"""The entries handed over for a case give the same lines as the whole record."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import pytest

from fullfile.core.entries import Draft
from fullfile.core.ids import DAY_MS, midnight
from fullfile.core.matching import Line, World, lines_of_case, read_world
from fullfile.core.rules.law import Law
from fullfile.server.store import load
from fullfile.server.store.case_entries import CROWDED, entries_for_case, entries_for_item
from tests.store.histories import History

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from fullfile.core.entries import Entry
    from tests.store.conftest import OpenOffice

ON = midnight(date(2024, 9, 1)) + DAY_MS - 1


def on(_zone: ZoneInfo) -> int:
    return ON


def world(entries: Iterable[Entry], size: int) -> World:
    packs, calendars = load.adopted_law(size)
    return read_world(
        entries,
        zone=load.office().zone,
        moment=on,
        law=Law(packs, calendars),
        policy=load.policy(size),
    )


def lines(found: World, case: str) -> list[Line]:
    known = found.cases.by_key.get(case)
    return [] if known is None else list(lines_of_case(found, known))


@pytest.mark.parametrize(
    ("seed", "many", "size"), [(1, 5, 120), (2, 12, 250), (3, 30, 300), (4, 60, 500)]
)
def test_a_case_needs_no_more(office: OpenOffice, seed: int, many: int, size: int) -> None:
    history = History(seed, many)
    office.append(*history.drafts_from(office.size, size))
    as_of = office.size - history.dice.randrange(size // 2)
    whole = world(load.iter_entries(0, as_of), as_of)
    for norm, case_id in load.find_cases(list(history.cases)).items():
        chosen = entries_for_case(case_id, as_of)
        part = world(load.entries(chosen), as_of)
        found, expected = lines(part, norm), lines(whole, norm)
        assert len(found) == len(expected)
        for line, wanted in zip(found, expected, strict=True):
            assert asdict(line) == asdict(wanted)


@pytest.mark.parametrize("seed", [5, 6])
def test_an_item_needs_no_more(office: OpenOffice, seed: int) -> None:
    history = History(seed, 15)
    office.append(*history.drafts_from(office.size, 200))
    size = office.size
    whole = world(load.iter_entries(0, size), size)
    pairs = [(agency, tag) for agency in ("Police", "Sheriff") for tag in history.tags]
    for (agency, tag), item_id in list(load.find_items(pairs).items())[:8]:
        part = world(load.entries(entries_for_item(item_id, size)), size)
        for case in whole.cases.by_key:
            expected = [line for line in lines(whole, case) if _is(line, agency, tag)]
            assert [line for line in lines(part, case) if _is(line, agency, tag)] == expected


def _is(line: Line, agency: str, tag: str) -> bool:
    return (line.agency or "").casefold() == agency and (line.tag or "").casefold() == tag


@pytest.mark.parametrize("many", [CROWDED, CROWDED + 1])
def test_a_crowded_report_number_joins_none(office: OpenOffice, many: int) -> None:
    report = [{"agency": "Police", "number": "24-1"}]
    office.append(
        *(
            Draft(
                "case.recorded",
                "Clerk",
                {"case_number": f"C{number}", "jurisdiction": "us-nm", "report_numbers": report},
            )
            for number in range(many)
        ),
        Draft(
            "item.recorded",
            "Clerk",
            {"agency": "Police", "tag": "T", "description": "x", "booked_at": "2024"},
        ),
        Draft(
            "filing.recorded",
            "Clerk",
            {"case_number": "C1", "agency": "Police", "tag": "T", "filed_at": "2024-03"},
        ),
    )
    (case_id,) = load.find_cases(["C0"]).values()
    part = world(load.entries(entries_for_case(case_id, office.size)), office.size)
    whole = world(load.iter_entries(0, office.size), office.size)
    assert lines(part, "c0") == lines(whole, "c0")
    assert bool(lines(whole, "c0")) is (many <= CROWDED)
