"""The board of every case: counted like `match`, marked stale by what touches it, read in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fullfile.core.errors import Refused
from fullfile.core.matching import State
from fullfile.core.matching.tally import Verdict
from fullfile.server.actions.filings import file_item
from fullfile.server.actions.office import change_setting, erase
from fullfile.server.queries import boards as boards_query
from fullfile.server.queries.asked import asked
from fullfile.server.queries.boards import (
    ask_boards,
    ask_dues,
    board_of,
    boards_state_now,
    refresh_boards,
    verdict_counts,
)
from fullfile.server.queries.everything import counted_cases
from fullfile.server.queries.match import match_case
from fullfile.server.store.board_marks import settle_marks
from fullfile.server.store.boards import BoardFilter, list_stale
from fullfile.server.store.load import current_size, find_cases
from fullfile.server.store.rebuild import rebuild
from tests.store.acting import R2, Office, R

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import OpenOffice

DAY = 86_400_000


@pytest.fixture
def county(office: OpenOffice, tmp_path: Path) -> Office:
    return Office(office, tmp_path).county()


def stale(office: Office) -> set[str]:
    """The cases that something recorded since has touched."""
    settle_marks(current_size())
    day = asked(None, None, office.now_ms).on(asked(None, None, office.now_ms).office.zone) // DAY
    numbers = {number: name for name, number in find_cases(["D-1", "D-2"]).items()}
    return {numbers[one] for one in list_stale(day, 100)}


def test_a_board_says_what_the_match_says(office: OpenOffice, tmp_path: Path) -> None:
    acting = Office(office, tmp_path).worked_example()
    for number in (R, R2):
        board = board_of(number, now_ms=acting.now_ms)
        found = match_case(number, now_ms=acting.now_ms)
        assert board is not None
        assert (board.lines, board.exceptions, board.ended) == (
            found.lines_total,
            len(found.exceptions),
            found.ended,
        )
        assert dict(board.states) == dict(found.states)
        assert dict(board.also) == dict(found.all_states)
    first = board_of(R, now_ms=acting.now_ms)
    assert first is not None
    assert "Baldwin" in first.title
    assert not first.stale
    assert first.size == current_size()


def test_the_engine_counts_every_case_as_the_reference_does(
    office: OpenOffice, tmp_path: Path
) -> None:
    Office(office, tmp_path).county().worked_example()
    question = asked(None, None, office.now_ms)
    settle_marks(question.size)
    ids = list_stale(10_000_000, 1_000)
    by_reference = {
        one.case_id: (plain(one.tally), dict(one.owed))
        for one in boards_query._computed(question, ids)
    }
    by_engine = {one.case_id: (plain(one.tally), dict(one.owed)) for one in counted_cases(question)}
    assert len(by_reference) == 4
    assert by_engine == by_reference


def plain(tally: Any) -> tuple[Any, ...]:
    states = {state: many for state, many in tally.states.items() if many}
    also = {state: many for state, many in tally.also.items() if many}
    return states, also, tally.ended, tally.items, tally.exception_items, tally.defendants


def test_what_touches_a_case_makes_its_board_stale_and_no_other(county: Office) -> None:
    assert stale(county) == {"d-1", "d-2"}
    assert refresh_boards(now_ms=county.now_ms) == 2
    assert stale(county) == set()
    assert refresh_boards(now_ms=county.now_ms) == 0
    file_item(case_number="D-1", agency="ACSO", tag="E-1", filed_by="Pat Lorne", **county.later)
    assert stale(county) == {"d-1"}
    board = board_of("D-1", now_ms=county.now_ms)
    assert board is not None
    assert stale(county) == set()
    # What lies in a box of the first case is an item of the second.
    county.importer.table(
        "custody",
        [
            {
                "agency": "Alder Sheriff",
                "tag": "E-3",
                "event": "destroyed",
                "occurred_at": "2024-03-01",
            }
        ],
    )
    assert stale(county) == {"d-1", "d-2"}
    refresh_boards(now_ms=county.now_ms)
    change_setting("target_days", "3", "Clerk", now_ms=county.now_ms + 1)
    assert stale(county) == {"d-1", "d-2"}


def test_a_board_grows_old_with_the_day(county: Office) -> None:
    refresh_boards(now_ms=county.now_ms)
    assert boards_state_now(now_ms=county.now_ms).stale == 0
    county.office.now_ms += 2 * DAY
    state = boards_state_now(now_ms=county.now_ms)
    assert (state.cases, state.stale) == (2, 2)
    assert ask_boards(now_ms=county.now_ms).waiting == 0  # a small office is counted at once


def test_lists_filter_search_order_and_page(county: Office) -> None:
    county.docket(("D-2", "hearing", "2027-03-01"), ("D-1", "hearing", "2026-01-01"))
    found = ask_boards(now_ms=county.now_ms)
    assert [one.number for one in found.rows] == ["D-1", "D-2"]
    assert found.total == 2
    first = ask_boards(order="hearing", per_page=1, now_ms=county.now_ms)
    assert [one.number for one in first.rows] == ["D-2"]
    assert first.total == 2
    assert first.rows[0].hearing_event == "hearing"
    assert [
        one.number
        for one in ask_boards(order="hearing", page=2, per_page=1, now_ms=county.now_ms).rows
    ] == ["D-1"]
    (case_id,) = find_cases(["D-2"]).values()
    for wanted, total in (
        (BoardFilter(search="d-2"), 1),
        (BoardFilter(search="d_2"), 0),
        (BoardFilter(search="%"), 0),
        (BoardFilter(cases=[case_id]), 1),
        (BoardFilter(cases=[]), 0),
        (BoardFilter(verdicts=[Verdict.NOT_FULL]), 2),
        (BoardFilter(verdicts=[Verdict.FULL]), 0),
        (BoardFilter(state=State.UNFILED), 2),
        (BoardFilter(state=State.FULL), 0),
        (BoardFilter(hearing_by=found.day), 0),
        (BoardFilter(hearing_by=found.day + 1_000), 1),
        (BoardFilter(due_by=found.day), 2),
    ):
        assert ask_boards(wanted, now_ms=county.now_ms).total == total, wanted
    assert verdict_counts(now_ms=county.now_ms) == {Verdict.NOT_FULL: 2}
    assert verdict_counts([case_id], now_ms=county.now_ms) == {Verdict.NOT_FULL: 1}
    with pytest.raises(Refused, match="no order of cases"):
        ask_boards(order="colour", now_ms=county.now_ms)


def test_what_is_owed_is_counted_and_listed(county: Office) -> None:
    due = ask_dues(overdue=True, now_ms=county.now_ms)
    assert due.lines == sum(row.lines for row in due.rows)
    assert {(row.number, row.defendant) for row in due.rows} == {
        ("D-1", "Ada Roe"),
        ("D-2", "Ben Oak"),
    }
    boards = ask_boards(now_ms=county.now_ms).rows
    assert due.lines == sum(one.overdue for one in boards)
    assert due.cases == 2
    assert ask_dues(now_ms=county.now_ms).lines == 0


def test_an_empty_case_is_not_full(county: Office) -> None:
    county.importer.table("cases", [{"case_number": "D-3", "jurisdiction": "us-nm"}])
    board = board_of("D-3", now_ms=county.now_ms)
    assert board is not None
    assert board.verdict is Verdict.EMPTY
    assert board_of("D-9", now_ms=county.now_ms) is None


def test_an_erased_title_is_gone_at_once(county: Office) -> None:
    county.importer.table(
        "cases", [{"case_number": "D-4", "jurisdiction": "us-nm", "title": "State v. Secret"}]
    )
    assert ask_boards(BoardFilter(search="secret"), now_ms=county.now_ms).total == 1
    ((entry,),) = county.office.rows(
        "SELECT title_entry FROM case_board WHERE title_norm = 'state v. secret'"
    )
    county.office.now_ms += 1_000
    erase(entry, "Order 9", "Clerk", now_ms=county.now_ms)
    assert county.office.rows("SELECT title FROM case_board WHERE title <> ''") == []
    assert ask_boards(BoardFilter(search="secret"), now_ms=county.now_ms).total == 0


def test_boards_come_again_after_a_rebuild(county: Office) -> None:
    before = ask_boards(now_ms=county.now_ms)
    rebuild()
    assert stale(county) == {"d-1", "d-2"}
    assert ask_boards(now_ms=county.now_ms) == before
