"""A case over time: how many exceptions stood on each day on which something about it changed.

The facts are read once. For each of the days the match is judged anew on that day, without its sentences, so
that a corner of the picture is the answer of `match --on` for that day. In a case too large for that, fewer
days are judged: those of the docket, the first, the last, and others evenly; the answer says how many.

What this does not do: it draws nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from fullfile.core.duties import Duty, duties_of_case
from fullfile.core.facts.cases import Case
from fullfile.core.facts.rows import ItemKey
from fullfile.core.ids import DAY_MS, day_text
from fullfile.core.matching import State, World
from fullfile.core.matching.dues import Dues
from fullfile.core.matching.line import EXCEPTIONS
from fullfile.core.matching.lines import units_of_case
from fullfile.server.queries.board import CaseBoard, board_of_one_case
from fullfile.server.queries.worlds import world_of_case

__all__ = ["CaseDay", "CaseHistory", "DocketRow", "history_of"]

HELD = frozenset({State.MISSING, State.DESTROYED_UNDER_HOLD, State.GONE})
FILE = frozenset({State.UNFILED})
MOST_JUDGED = 20_000
"""So many lines are judged for one picture, once: some seconds of work."""
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class CaseDay:
    """A day: exceptions by where they stop.

    Attributes:
        day: days since 1970.
        held: items missing, destroyed under a hold or gone.
        filed: items not on the file.
        owed: by defendant, by place from 1: lines that stop at them.
        late: the lines that are late by then, by defendant.
        words: what changed that day.
        apart: lines counted apart, because the case has ended for that defendant.
        states: how many lines are in each state, without those.
    """

    day: int
    held: int
    filed: int
    owed: tuple[int, ...]
    late: tuple[int, ...]
    words: str
    apart: int = 0
    states: tuple[tuple[State, int], ...] = field(default=())

    @property
    def on(self) -> str:
        """The day, ISO 8601."""
        return day_text(self.day * DAY_MS)


@dataclass(frozen=True, slots=True)
class DocketRow:
    """What the court did: the event, its day as recorded, whom and what it concerns, the entry."""

    day: int
    when: str
    event: str
    defendant: str
    count: str
    detail: str
    due_on: str
    entry: int


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """The days of a case, of all on which something changed `of` so many; its docket, and what is owed."""

    days: tuple[CaseDay, ...]
    of: int
    docket: tuple[DocketRow, ...]
    duties: tuple[Duty, ...]


def history_of(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> tuple[CaseBoard, CaseHistory]:
    """The board of a case, and how it came to stand so.

    Args:
        number: the case number.
        on: up to this day; None: now.
        as_of: using only what the record knew by then.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no case of that number was on record by then.
    """
    read: list[tuple[World, Case]] = []
    board = board_of_one_case(number, on=on, as_of=as_of, now_ms=now_ms, read=read)

    def make() -> (
        CaseHistory
    ):  # kept with the board, as long as nothing that it rests on has changed
        if read:
            return _history(board, *read[0])
        _, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
        return _history(board, world, case)

    return board, board.remember("history", make)


def _history(board: CaseBoard, world: World, case: Case) -> CaseHistory:
    rows = sorted(world.facts.of_case("docket", case.key), key=lambda row: row.ord)
    docket = tuple(
        DocketRow(
            (row.first or 0) // DAY_MS,
            row.text("occurred_on"),
            row.text("event"),
            row.text("defendant"),
            row.text("count"),
            row.text("detail"),
            row.text("due_on"),
            row.entry,
        )
        for row in rows
        if row.first is not None
    )
    words = {one.day: one.words for one in board.days if one.day <= board.day}
    words.setdefault(board.day, "")
    every = sorted(words)
    chosen = _chosen(every, {one.day for one in docket}, max(1, len(board.judged)))
    days = tuple(_day(world, case, board, day, words[day]) for day in chosen)
    return CaseHistory(days, len(every), docket, duties_of_case(world, case))


def _chosen(days: list[int], docket: set[int], lines: int) -> list[int]:
    """All days where that is little work; else the first, the last, those of the docket, others evenly.

    None at all where not even a few could be judged while somebody waits.
    """
    most = MOST_JUDGED // lines
    if len(days) <= most:
        return days
    if most < _FEWEST:
        return []
    wanted = [days[0], days[-1], *(day for day in days if day in docket)]
    step = max(1, len(days) // most)
    wanted += days[::step]
    return sorted(dict.fromkeys(wanted[:most]))


def _day(world: World, case: Case, board: CaseBoard, day: int, words: str) -> CaseDay:
    then = _world_on(world, day)
    held: set[ItemKey] = set()
    filed: set[ItemKey] = set()
    owed: Counter[str] = Counter()
    late: Counter[str] = Counter()
    states: Counter[State] = Counter()
    apart = 0
    for unit in units_of_case(then, case):
        if unit.end is not None and not unit.changed:
            apart += 1
            continue
        states[unit.state] += 1
        who = unit.defendant.name if unit.defendant is not None else ""
        if unit.state in HELD:
            held.add(unit.item)
        elif unit.state in FILE:
            filed.add(unit.item)
        elif unit.state in EXCEPTIONS and unit.state is not State.LATE:
            owed[who] += 1
        if State.LATE in unit.states:
            late[who] += 1
    return CaseDay(
        day,
        len(held),
        len(filed),
        tuple(owed[name] for name in board.defendants),
        tuple(late[name] for name in board.defendants),
        words,
        apart,
        tuple((state, states[state]) for state in State if states[state]),
    )


def _world_on(world: World, day: int) -> World:
    """The same facts, asked about another day."""
    end = day * DAY_MS + DAY_MS - 1
    return World(
        world.facts,
        world.cases,
        world.things,
        world.bearing,
        world.handing,
        Dues(world.facts, world.cases, world.law, world.policy, end),
        world.law,
        world.policy,
        lambda _zone: end,
    )
