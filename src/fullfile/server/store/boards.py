"""The boards of cases as rows, read page by page in SQL: lists, counts, what is owed.

A row says of which size of the record and of which day it speaks. It is stale once something was recorded since
that may change it (`board_marks`), or once the day has passed.

What this does not do: it computes nothing (`queries.boards` does, from the record) and writes nothing (`board_rows`).
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fullfile.core.ids import key
from fullfile.core.matching.line import State
from fullfile.core.matching.tally import Verdict
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "ORDERS",
    "Board",
    "BoardFilter",
    "BoardsState",
    "DueRow",
    "boards_state",
    "count_verdicts",
    "find_boards",
    "list_dues",
    "list_stale",
    "sum_dues",
]

ORDERS = {
    "worst": "b.worst_order, b.exceptions DESC, b.case_id",
    "hearing": "b.hearing_day IS NULL, b.hearing_day, b.worst_order, b.case_id",
    "due": "b.first_due_day IS NULL, b.first_due_day, b.case_id",
    "number": "k.norm",
    "title": "b.title_norm, k.norm",
    "newest": "b.case_id DESC",
}
"""How boards may be ordered."""

_COLUMNS = (
    "b.case_id, k.number, b.title, b.sealed, b.size, b.day, b.stale_size, b.verdict, b.worst, b.lines, b.exceptions, "
    "b.lasting, b.items, b.exception_items, b.pending, b.overdue, b.unacknowledged, b.ended, b.defendants, "
    "b.first_due_day, b.next_due_day, b.hearing_day, b.hearing_event, b.states, b.also"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One case as a row of a list.

    Attributes:
        case_id: its number in `case_key`.
        number, title: as recorded; the title is empty where none was said or it was erased.
        sealed: the case is sealed: whoever may not see it reads "sealed" for the title.
        size, day: the record and the day (days since 1970) that the counts speak of; -1: not counted yet.
        stale: something came since, or the day has passed.
        verdict: a word of `Verdict`; None: not counted yet.
        worst: the first state among its exceptions.
        lines, exceptions, lasting: lines; exceptions; exceptions that stay on the record.
        items, exception_items: items with a line; items with an exception.
        pending, overdue: lines not yet due; lines past due, whatever their first state.
        unacknowledged, ended, defendants: counts.
        first_due_day, next_due_day: the first day by which something is owed; the first to come.
        hearing_day, hearing_event: the next day in court that is on the docket.
        states, also: as in `match`.
    """

    case_id: int
    number: str
    title: str
    sealed: bool
    size: int
    day: int
    stale: bool
    verdict: Verdict | None
    worst: State | None
    lines: int
    exceptions: int
    lasting: int
    items: int
    exception_items: int
    pending: int
    overdue: int
    unacknowledged: int
    ended: int
    defendants: int
    first_due_day: int | None
    next_due_day: int | None
    hearing_day: int | None
    hearing_event: str
    states: Mapping[State, int]
    also: Mapping[State, int]

    @property
    def mendable(self) -> int:
        """Exceptions that can still be put right."""
        return self.exceptions - self.lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """Which boards are wanted: all that is said must hold.

    Attributes:
        cases: of these cases only (numbers of `case_key`); None: any.
        verdicts: with one of these verdicts.
        state: with a line in this state, first or beside the first.
        hearing_by: with a day in court up to this day (days since 1970).
        due_by: with something owed by this day, or overdue.
        search: words that the case number or the title contains.
        sealed_words: whether titles of sealed cases are searched too.
    """

    cases: Collection[int] | None = None
    verdicts: Collection[Verdict] = ()
    state: State | None = None
    hearing_by: int | None = None
    due_by: int | None = None
    search: str = ""
    sealed_words: bool = True


@dataclass(frozen=True, slots=True)
class BoardsState:
    """How fresh the boards are: cases, how many are stale, the earliest day and size among them."""

    cases: int
    stale: int
    oldest_day: int | None
    oldest_size: int | None


@dataclass(frozen=True, slots=True)
class DueRow:
    """Lines of a case that are owed to a defendant by a day (days since 1970)."""

    case_id: int
    number: str
    title: str
    sealed: bool
    defendant: str
    day: int
    overdue: bool
    basis: str
    lines: int


def list_stale(
    day: int, limit: int, cases: Collection[int] | None = None, *, items: int | None = None
) -> list[int]:
    """Cases whose board is stale on a day, those in which something was recorded first.

    Args:
        day: days since 1970, on the office's clock.
        limit: at most so many.
        cases: among these; None: any.
        items: only those that had at most so many items when they were counted, or never were; None: any.
    """
    small = "" if items is None else f" AND items <= {int(items)}"
    where = small + ("" if cases is None else f" AND {one_of('case_id')}")
    rows = select(
        f"SELECT case_id FROM case_board WHERE (size < stale_size OR day < %s){where} "
        f"ORDER BY CASE WHEN size < stale_size THEN 0 ELSE 1 END, case_id LIMIT {int(limit)}",
        [day, *([] if cases is None else [listed(cases)])],
    )
    return [row[0] for row in rows]


def boards_state(day: int) -> BoardsState:
    """How fresh the boards are on a day."""
    ((cases, stale, oldest_day, oldest_size),) = select(
        "SELECT count(*), coalesce(sum(CASE WHEN size < stale_size OR day < %s THEN 1 ELSE 0 END), 0), "
        "min(CASE WHEN size >= 0 THEN day END), min(CASE WHEN size >= 0 THEN size END) FROM case_board",
        [day],
    )
    return BoardsState(int(cases), int(stale), oldest_day, oldest_size)


def find_boards(
    wanted: BoardFilter, *, order: str, limit: int, offset: int, day: int
) -> tuple[list[Board], int]:
    """A page of boards, and how many there are in all.

    Args:
        wanted: which.
        order: a key of `ORDERS`.
        limit: at most so many.
        offset: after leaving out so many.
        day: today, on the office's clock: what speaks of an earlier day is stale.
    """
    where, given = _where(wanted)
    # Every board has its case: its key is looked up only where words are sought in it.
    keys = " JOIN case_key k ON k.case_id = b.case_id" if "k." in where else ""
    ((total,),) = select(f"SELECT count(*) FROM case_board b{keys}{where}", given)
    rows = select(
        f"SELECT {_COLUMNS} FROM case_board b JOIN case_key k ON k.case_id = b.case_id{where} "
        f"ORDER BY {ORDERS[order]} LIMIT {int(limit)} OFFSET {int(offset)}",
        given,
    )
    return [_board(row, day) for row in rows], int(total)


def count_verdicts(cases: Collection[int] | None = None) -> dict[Verdict, int]:
    """How many cases there are of each verdict; those not counted yet are left out."""
    where = "" if cases is None else f" AND {one_of('case_id')}"
    rows = select(
        f"SELECT verdict, count(*) FROM case_board WHERE verdict <> ''{where} GROUP BY verdict",
        [] if cases is None else [listed(cases)],
    )
    found: dict[str, int] = dict(rows)
    return {verdict: int(found[verdict]) for verdict in Verdict if verdict in found}


def sum_dues(
    *, by: int, cases: Collection[int] | None = None, overdue: bool = False
) -> tuple[int, int]:
    """How many lines are owed by a day and not served, and in how many cases.

    Args:
        by: days since 1970.
        cases: in these cases only; None: any.
        overdue: those that are overdue; else those still to come.
    """
    where, given = _dues_where(by, cases, overdue=overdue)
    ((lines, many),) = select(
        "SELECT coalesce(sum(c.lines), 0), count(*) FROM "
        f"(SELECT sum(d.lines) AS lines FROM case_due d{where} GROUP BY d.case_id) c",
        given,
    )
    return int(lines), int(many)


def list_dues(
    *,
    by: int,
    cases: Collection[int] | None = None,
    overdue: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> list[DueRow]:
    """What is owed to whom by a day, the earliest first: see `sum_dues`."""
    where, given = _dues_where(by, cases, overdue=overdue)
    rows = select(
        "SELECT d.case_id, k.number, b.title, b.sealed, p.name, d.due_day, d.overdue, d.basis, d.lines "
        "FROM case_due d JOIN case_key k ON k.case_id = d.case_id "
        "JOIN case_board b ON b.case_id = d.case_id "
        f"JOIN defendant_key p ON p.defendant_id = d.defendant_id{where} "
        f"ORDER BY d.due_day, k.norm, p.norm LIMIT {int(limit)} OFFSET {int(offset)}",
        given,
    )
    return [
        DueRow(case_id, number, title, bool(sealed), name, due_day, bool(is_over), basis, lines)
        for case_id, number, title, sealed, name, due_day, is_over, basis, lines in rows
    ]


def _dues_where(
    by: int, cases: Collection[int] | None, *, overdue: bool
) -> tuple[str, list[object]]:
    where = " WHERE d.due_day <= %s AND d.overdue = %s"
    given: list[object] = [by, overdue]
    if cases is not None:
        where += f" AND {one_of('d.case_id')}"
        given.append(listed(cases))
    return where, given


def _where(wanted: BoardFilter) -> tuple[str, list[object]]:
    found: list[str] = []
    given: list[object] = []

    def add(condition: str, *values: object) -> None:
        found.append(condition)
        given.extend(values)

    if wanted.cases is not None:
        add(one_of("b.case_id"), listed(wanted.cases))
    if wanted.verdicts and len(wanted.verdicts) == 1:
        add("b.verdict = %s", str(next(iter(wanted.verdicts))))  # in the order of its index
    elif wanted.verdicts:
        add(one_of("b.verdict"), listed([str(one) for one in wanted.verdicts]))
    if wanted.state is not None:
        named = f'%"{wanted.state.value}":%'
        add("(b.states LIKE %s OR b.also LIKE %s)", named, named)
    if wanted.hearing_by is not None:
        add("b.hearing_day <= %s", wanted.hearing_by)
    if wanted.due_by is not None:
        add("b.first_due_day <= %s", wanted.due_by)
    for word in key(wanted.search).split():
        held = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        title = "b.title_norm LIKE %s ESCAPE '\\'"
        if not wanted.sealed_words:
            title += " AND NOT b.sealed"
        add(f"(k.norm LIKE %s ESCAPE '\\' OR ({title}))", held, held)
    return (" WHERE " + " AND ".join(found) if found else ""), given


def _board(row: Sequence[object], day: int) -> Board:
    (
        case_id, number, title, sealed, size, of_day, stale_size, verdict, worst, lines, exceptions, lasting, items,
        exception_items, pending, overdue, unacknowledged, ended, defendants, first_due, next_due, hearing,
        hearing_event, states, also,
    ) = row  # fmt: skip
    return Board(
        case_id=_int(case_id),
        number=str(number),
        title=str(title),
        sealed=bool(sealed),
        size=_int(size),
        day=_int(of_day),
        stale=_int(size) < _int(stale_size) or _int(of_day) < day,
        verdict=Verdict(str(verdict)) if verdict else None,
        worst=State(str(worst)) if worst else None,
        lines=_int(lines),
        exceptions=_int(exceptions),
        lasting=_int(lasting),
        items=_int(items),
        exception_items=_int(exception_items),
        pending=_int(pending),
        overdue=_int(overdue),
        unacknowledged=_int(unacknowledged),
        ended=_int(ended),
        defendants=_int(defendants),
        first_due_day=None if first_due is None else _int(first_due),
        next_due_day=None if next_due is None else _int(next_due),
        hearing_day=None if hearing is None else _int(hearing),
        hearing_event=str(hearing_event),
        states=_counts(states),
        also=_counts(also),
    )


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _counts(text: object) -> dict[State, int]:
    return {State(name): many for name, many in json.loads(str(text)).items()}
