"""The board of a case after something was recorded: judged again where it must be, and the same as judged anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.matching import lines_of_item
from fullfile.server.actions.office import change_setting
from fullfile.server.queries import board as board_query
from fullfile.server.queries.asked import asked
from fullfile.server.queries.board import CaseBoard, board_of_one_case, warm_board
from fullfile.server.queries.worlds import world_of
from fullfile.server.store.case_entries import entries_for_items, entries_for_lines_of_items
from fullfile.server.store.load import entries, find_cases
from fullfile.server.store.tables import select
from tests.store.acting import Office

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

E = {"agency": "Alder Sheriff"}
BOX = {**E, "description": "a box of papers", "report_number": "24-100", "booked_at": "2024-01-20"}
SHOWN = {
    "case_number": "D-1",
    "defendant": "Ada Roe",
    "disclosed_at": "2024-02-01",
    "production": "P-1",
}
STEPS: dict[str, tuple[str, dict[str, Any], set[str]]] = {
    "a filing": (
        "filings",
        {**E, "case_number": "D-1", "tag": "E-1", "filed_at": "2024-02-01"},
        {"E-1"},
    ),
    "the same filing, corrected": (
        "filings",
        {**E, "case_number": "D-1", "tag": "E-1", "filed_at": "2024-02-02"},
        {"E-1"},
    ),
    "a disclosure": ("disclosures", {**E, **SHOWN, "tag": "E-2"}, {"E-2"}),
    "its receipt": (
        "disclosures",
        {
            **E,
            **SHOWN,
            "tag": "E-2",
            "acknowledged_at": "2024-02-03",
            "acknowledged_by": "Mina Vale",
        },
        {"E-2"},
    ),
    "an event of a container": (
        "custody",
        {**E, "tag": "E-3", "event": "not_found", "occurred_at": "2024-03-01T09:00"},
        {"E-3", "E-4"},
    ),
    "a new item": (
        "items",
        {
            **E,
            "tag": "E-9",
            "description": "a key",
            "report_number": "24-100",
            "booked_at": "2024-03-02",
        },
        {"E-9"},
    ),
    "a mention of one": (
        "mentions",
        {
            **E,
            "report_number": "24-100",
            "description": "a jacket",
            "mentioned_at": "2024-02-01",
            "booked_as": "E-2",
        },
        {"E-2"},
    ),
    "a container of its own": (
        "items",
        {
            **BOX,
            "tag": "E-1",
            "description": "six live rounds",
            "quantity": "6",
            "parent_tag": "E-3",
        },
        {"E-1"},
    ),
    "a loss": (
        "custody",
        {**E, "tag": "E-2", "event": "destroyed", "occurred_at": "2024-04-01T09:00"},
        {"E-2"},
    ),
    "a hold on one item": (
        "holds",
        {
            "hold": "H-1",
            "placed_at": "2024-02-01",
            "by": "Pat Lorne",
            "reason": "an appeal",
            **E,
            "tag": "E-2",
        },
        {"E-1", "E-2", "E-3", "E-4", "E-9"},
    ),
    "a lifting": (
        "holds",
        {
            "hold": "case:D-1",
            "placed_at": "2024-02-01",
            "by": "Pat Lorne",
            "reason": "closed",
            "case_number": "D-1",
            "lifted_at": "2024-03-20",
            "lifted_by": "Pat Lorne",
        },
        {"E-1", "E-2", "E-3", "E-4", "E-9"},
    ),
    "an event of the docket": (
        "docket",
        {"case_number": "D-1", "event": "arraignment", "occurred_on": "2024-01-25"},
        {"E-1", "E-2", "E-3", "E-4", "E-9"},
    ),
    "a request": (
        "requests",
        {
            "case_number": "D-1",
            "defendant": "Ada Roe",
            "requested_at": "2024-02-09",
            "asks_for": "the jacket",
        },
        {"E-1", "E-2", "E-3", "E-4", "E-9"},
    ),
    "a case of the matter": (
        "cases",
        {
            "case_number": "D-3",
            "jurisdiction": "us-nm",
            "court_level": "district",
            "opened_on": "2024-03-01",
            "report_numbers": "Alder Sheriff:24-100;Alder Sheriff:24-900",
        },
        {"E-1", "E-2", "E-3", "E-4", "E-9", "F-1"},
    ),
}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tags of the items that were judged."""
    found: list[str] = []
    real = board_query.judge

    def noted(world: Any, case: Any, item: Any, defendant: Any) -> Any:
        found.append(item[1].upper())
        return real(world, case, item, defendant)

    monkeypatch.setattr(board_query, "judge", noted)
    return found


def anew(office: Office) -> CaseBoard:
    """The board with nothing taken over."""
    board_query._kept.clear()
    return plain(board_of_one_case("D-1", now_ms=office.now_ms))


def plain(board: CaseBoard) -> CaseBoard:
    return replace(board, memo={})


def test_only_what_is_touched_is_judged_and_the_board_is_the_same(
    office: OpenOffice, tmp_path: Path, judged: list[str]
) -> None:
    acting = Office(office, tmp_path).county()
    anew(acting)
    for what, (table, row, touched) in STEPS.items():
        acting.office.now_ms += 1_000
        report = acting.importer.table(table, [row])
        assert report.recorded, (what, report.problems)
        judged.clear()
        found = plain(board_of_one_case("D-1", now_ms=acting.now_ms))
        assert set(judged) == touched, what
        kept = board_query._kept.copy()
        assert found == anew(acting), what
        board_query._kept.clear()
        board_query._kept.update(kept)


def test_a_setting_judges_everything_again_and_another_case_nothing(
    office: OpenOffice, tmp_path: Path, judged: list[str]
) -> None:
    acting = Office(office, tmp_path).county()
    first = anew(acting)
    judged.clear()
    acting.importer.table(
        "filings", [{**E, "case_number": "D-2", "tag": "F-1", "filed_at": "2024-02-01"}]
    )
    assert plain(board_of_one_case("D-1", now_ms=acting.now_ms)).judged == first.judged
    assert judged == []
    change_setting("target_days", "30", "Rita Quill", now_ms=acting.later["now_ms"])
    found = plain(board_of_one_case("D-1", now_ms=acting.now_ms))
    assert set(judged) == {"E-1", "E-2", "E-3", "E-4"}
    assert found == anew(acting)


def test_a_board_can_be_worked_out_ahead(
    office: OpenOffice, tmp_path: Path, judged: list[str]
) -> None:
    acting = Office(office, tmp_path).county()
    board_query._kept.clear()
    warm_board(find_cases(["D-1"])["d-1"], now_ms=acting.now_ms)
    assert judged
    judged.clear()
    board_of_one_case("D-1", now_ms=acting.now_ms)
    warm_board(987_654_321, now_ms=acting.now_ms)
    assert judged == []


def test_the_lines_of_an_item_need_no_row_of_the_cases_other_items(
    office: OpenOffice, tmp_path: Path
) -> None:
    acting = Office(office, tmp_path).county().worked_example()
    acting.importer.table("cases", [{"case_number": "D-9", "jurisdiction": "us-nm"}])
    for tag in ("E-1", "E-2"):  # D-9 starts at its first dated row, which is about another item
        acting.importer.table(
            "filings", [{**E, "case_number": "D-9", "tag": tag, "filed_at": f"2024-02-0{tag[-1]}"}]
        )
    question = asked(None, None, acting.now_ms)
    numbers = select(
        "SELECT i.item_id, a.norm, i.norm FROM item_key i JOIN agency_key a ON a.agency_id = i.agency_id"
    )
    assert len(numbers) > 10
    for number, agency, tag in numbers:
        every, few = (
            world_of(question, entries(which({number}, question.size)))
            for which in (entries_for_items, entries_for_lines_of_items)
        )
        item = (agency, tag)
        assert list(lines_of_item(every, item)) == list(lines_of_item(few, item))
        assert every.holds_at(item, every.on()) == few.holds_at(item, few.on())
