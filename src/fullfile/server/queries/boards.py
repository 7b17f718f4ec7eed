"""The list of cases: each counted, from the record as it stands today.

A few stale boards are computed anew by the reference before a page is shown; more of them are left to
`refresh_boards`, which a job runs, and each row says of which size and day it speaks. The reference counts single
cases and small records; of a large record DuckDB counts all cases at once.

A list looks at the lines. The page of a case adds what no line says: agencies that have not answered yet and orphans
of its agencies that nobody has examined (`verdict_of`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from fullfile.core.errors import Refused, Unavailable
from fullfile.core.ids import DAY_MS
from fullfile.core.matching.tally import Tally, Verdict, tally_case
from fullfile.core.said import say
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.counted_lately import lately
from fullfile.server.queries.everything import counted_cases
from fullfile.server.queries.match import SMALL
from fullfile.server.queries.worlds import clock_ms, world_of
from fullfile.server.store.board_marks import settle_marks
from fullfile.server.store.board_rows import Computed, defendant_numbers, save_boards
from fullfile.server.store.boards import (
    ORDERS,
    Board,
    BoardFilter,
    BoardsState,
    DueRow,
    boards_state,
    count_verdicts,
    find_boards,
    list_dues,
    list_stale,
    sum_dues,
)
from fullfile.server.store.case_entries import entries_for_cases
from fullfile.server.store.load import entries, find_cases, iter_entries
from fullfile.server.store.overview import name_cases

__all__ = [
    "Boards",
    "DueSoon",
    "Glance",
    "ask_boards",
    "ask_dues",
    "board_of",
    "boards_state_now",
    "glance",
    "refresh_boards",
    "verdict_counts",
]

PATIENCE = 8
"""So many stale boards are computed anew before a page is shown."""
_LIGHT = 300
"""In a large record a reader waits for no case that had more items; the job counts it."""
_FEW = 300
"""Up to so many stale boards the reference computes; beyond, and in a large record, the engine counts all."""
_AT_ONCE = 100
_MANY = 1_000
"""More cases than these are an office's, or an agency's, not a person's."""
_DUE_SOON = 14


@dataclass(frozen=True, slots=True)
class Boards:
    """A page of the list of cases.

    Attributes:
        rows: the page.
        total: how many there are in all.
        waiting: how many of all cases have a stale board: "worked out by …" is to be said.
        day: today, on the office's clock (days since 1970).
    """

    rows: list[Board]
    total: int
    waiting: int
    day: int


@dataclass(frozen=True, slots=True)
class DueSoon:
    """What is owed and not served: the lines, in how many cases, and a page of them."""

    lines: int
    cases: int
    rows: list[DueRow]


@dataclass(frozen=True, slots=True)
class Glance:
    """What a start page says of the cases of somebody.

    Attributes:
        not_full: how many cases have an exception that can be put right.
        worst: the first of them.
        hearings: how many have a day in court within some days.
        overdue, due: lines that are overdue, and that fall due, and in how many cases.
    """

    not_full: int
    worst: Board | None
    hearings: int
    overdue: tuple[int, int]
    due: tuple[int, int]


def refresh_boards(numbers: Collection[str] | None = None, *, now_ms: int | None = None) -> int:
    """Compute the boards that are stale. How many were computed.

    Args:
        numbers: only of these cases; None: of all.
        now_ms: what the clock says; None reads it.
    """
    question = asked(None, None, clock_ms(now_ms))
    settle_marks(question.size)
    only = None if numbers is None else set(find_cases(sorted(numbers)).values())
    stale = list_stale(_today(question), 10_000_000, only)
    if not stale:
        return 0
    if only is None and question.size > SMALL and len(stale) > _FEW:
        found = counted_cases(question)
        save_boards(found, size=question.size, day=_today(question), everything=True)
        return len(found)
    _refresh(question, stale)
    return len(stale)


def ask_boards(
    wanted: BoardFilter | None = None,
    *,
    order: str = "worst",
    page: int = 1,
    per_page: int = 50,
    now_ms: int | None = None,
) -> Boards:
    """A page of the list of cases, as things stand today.

    Args:
        wanted: which; None: all.
        order: `worst`, `hearing`, `due`, `number`, `title` or `newest`.
        page: from 1.
        per_page: rows of a page, at most 200.
        now_ms: what the clock says; None reads it.

    Raises:
        Refused: there is no such order.
    """
    if order not in ORDERS:
        raise Refused(
            say(
                "“{order}” is no order of cases: {orders}.",
                order=order[:40],
                orders=", ".join(ORDERS),
            ),
            code="order_unknown",
        )
    wanted = wanted or BoardFilter()
    question = asked(None, None, clock_ms(now_ms))
    day = _today(question)
    _catch_up(question, wanted.cases)
    size = min(max(per_page, 1), 1_000)
    at = (max(page, 1) - 1) * size

    def read() -> tuple[list[Board], int]:
        return find_boards(wanted, order=order, limit=size, offset=at, day=day)

    rows, total = read()
    shown_stale = _few_of(rows)
    if shown_stale and _try_refresh(question, shown_stale):
        rows, total = read()
    return Boards(rows, total, _state(question).stale, day)


def board_of(number: str, *, now_ms: int | None = None) -> Board | None:
    """The board of one case as things stand today; None where there is no such case."""
    found = find_cases([number])
    if not found:
        return None
    page = ask_boards(BoardFilter(cases=list(found.values())), now_ms=now_ms)
    return page.rows[0] if page.rows else None


def verdict_counts(
    only: Collection[int] | None = None, *, now_ms: int | None = None
) -> dict[Verdict, int]:
    """How many cases there are of each verdict: `BoardFilter(verdicts=…)` lists them.

    Args:
        only: of these cases (numbers of `case_key`); None: of all.
        now_ms: what the clock says; None reads it.
    """
    question = asked(None, None, clock_ms(now_ms))
    if _is_whole(question, only):
        which = None if only is None else frozenset(only)
        return lately(("verdicts", which), question.size, lambda: count_verdicts(which))
    _catch_up(question, only)
    return count_verdicts(only)


def glance(
    only: Collection[int] | None = None, *, hearing_days: int, now_ms: int | None = None
) -> Glance:
    """How the cases of somebody stand; all cases of a large record as they were counted last.

    Args:
        only: of these cases (numbers of `case_key`); None: of all.
        hearing_days: a day in court within so many days is near.
        now_ms: what the clock says; None reads it.
    """
    question = asked(None, None, clock_ms(now_ms))
    day = _today(question)

    def look() -> Glance:
        wanted = BoardFilter(cases=only, verdicts=(Verdict.NOT_FULL,))
        worst, not_full = find_boards(wanted, order="worst", limit=1, offset=0, day=day)
        soon = BoardFilter(cases=only, hearing_by=day + hearing_days)
        return Glance(
            not_full,
            worst[0] if worst else None,
            find_boards(soon, order="hearing", limit=1, offset=0, day=day)[1],
            sum_dues(by=day, cases=only, overdue=True),
            sum_dues(by=day + _DUE_SOON, cases=only, overdue=False),
        )

    if _is_whole(question, only):
        which = None if only is None else frozenset(only)
        return lately(("glance", day, hearing_days, which), question.size, look)
    _catch_up(question, only)
    found = look()
    if (
        found.worst is not None
        and found.worst.stale
        and _try_refresh(question, [found.worst.case_id])
    ):
        found = look()
    return found


def ask_dues(
    *,
    overdue: bool = False,
    within_days: int = _DUE_SOON,
    only: Collection[int] | None = None,
    page: int = 1,
    per_page: int = 50,
    now_ms: int | None = None,
) -> DueSoon:
    """What is owed to defendants and was not served: overdue, or due within some days.

    Args:
        overdue: what is overdue; else what falls due.
        within_days: today, and so many days on.
        only: in these cases (numbers of `case_key`); None: in all.
        page: from 1.
        per_page: rows of a page, at most 1,000; a row is a case, a defendant and a day.
        now_ms: what the clock says; None reads it.
    """
    question = asked(None, None, clock_ms(now_ms))
    by = _today(question) + (0 if overdue else within_days)
    if _is_whole(question, only):
        which = None if only is None else frozenset(only)
        lines, many = lately(
            ("dues", by, overdue, which),
            question.size,
            lambda: sum_dues(by=by, cases=which, overdue=overdue),
        )
    else:
        _catch_up(question, only)
        lines, many = sum_dues(by=by, cases=only, overdue=overdue)
    size = min(max(per_page, 1), 1_000)
    rows = list_dues(
        by=by, cases=only, overdue=overdue, limit=size, offset=(max(page, 1) - 1) * size
    )
    return DueSoon(lines, many, rows)


def boards_state_now(*, now_ms: int | None = None) -> BoardsState:
    """How many boards there are, how many of them are stale, and how old the oldest is."""
    question = asked(None, None, clock_ms(now_ms))
    with contextlib.suppress(Unavailable):  # told without what came last
        settle_marks(question.size)
    return _state(question)


def _state(question: Asked) -> BoardsState:
    day = _today(question)
    return lately(("state", day), question.size, lambda: boards_state(day))


def day_of_board(board: Board) -> date | None:
    """The day of which a board speaks; None where it was not counted yet."""
    return None if board.size < 0 else date.fromordinal(date(1970, 1, 1).toordinal() + board.day)


def _today(question: Asked) -> int:
    return question.on(question.office.zone) // DAY_MS


def _is_whole(question: Asked, only: Collection[int] | None) -> bool:
    """Whether all cases of a large record are counted, or very many: the job keeps their boards, no page waits."""
    return question.size > SMALL and (only is None or len(only) > _MANY)


def _catch_up(question: Asked, only: Collection[int] | None) -> None:
    """Compute what is stale, as far as a reader's patience goes; a small record entirely."""
    try:
        settle_marks(question.size)
    except Unavailable:
        return
    if _is_whole(question, only):
        return
    small = question.size <= SMALL
    few, day = (_FEW if small else PATIENCE), _today(question)
    stale = list_stale(day, few + 1, only)
    if 0 < len(stale) <= few:
        light = stale if small else list_stale(day, few, only, items=_LIGHT)
        if light:
            _try_refresh(question, light)


def _few_of(rows: list[Board]) -> list[int]:
    """Of a page, what is stale and soon counted; what was never counted waits for the job that counts all."""
    found: list[int] = []
    items = 0
    for one in rows:
        if one.stale and one.size >= 0 and items + one.items <= _LIGHT:
            found.append(one.case_id)
            items += one.items
    return found[:PATIENCE]


def _try_refresh(question: Asked, stale: list[int]) -> bool:
    """Compute boards, unless the database cannot be written now: the older ones are shown then."""
    try:
        _refresh(question, stale)
    except Unavailable:
        return False
    return True


def _refresh(question: Asked, stale: list[int]) -> None:
    for start in range(0, len(stale), _AT_ONCE):
        found = list(_computed(question, stale[start : start + _AT_ONCE]))
        save_boards(found, size=question.size, day=_today(question), everything=False)


def _computed(question: Asked, ids: list[int]) -> Iterator[Computed]:
    """Cases counted by the reference."""
    if question.size <= SMALL and len(ids) > 1:
        world = world_of(question, iter_entries(0, question.size))
    else:
        world = world_of(question, entries(entries_for_cases(set(ids), question.size)))
    names = name_cases(ids)
    tallies: dict[int, Tally] = {}
    for case_id in ids:
        case = world.cases.by_key.get(names.get(case_id, ""))
        tallies[case_id] = Tally() if case is None else tally_case(world, case)
    numbers = defendant_numbers(
        (case_id, owed.defendant) for case_id, tally in tallies.items() for owed in tally.owed
    )
    for case_id, tally in tallies.items():
        yield Computed(
            case_id,
            tally,
            {
                (numbers[case_id, owed.defendant], owed.day, owed.overdue, owed.basis): many
                for owed, many in tally.owed.items()
            },
        )
