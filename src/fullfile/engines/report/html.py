"""The match as one HTML page: no script, nothing from outside, made to be printed.

The page is written for a prosecutor's desk and for paper: verdict first, then
what is in place, then each exception with its chain and its sentence, then
what stays on the record, and on request all lines. All text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment

from fullfile.core.matching.line import Line, State
from fullfile.engines.report.board import Board, Part, board_of_case, board_of_states
from fullfile.engines.report.chain import chain
from fullfile.engines.report.dates import at_words, date_words, moment_words, short_date
from fullfile.engines.report.icons import sprite
from fullfile.engines.report.pages import page_environment
from fullfile.engines.report.view import Heading, MatchView, counted, verdict
from fullfile.engines.report.words import STATUS, also_words, chance_words, tag_words

__all__ = ["Bar", "Cell", "Group", "bar", "render_html"]

_WIDTH = 300
_MOST_BOARDS = 50
_MOST_LINES = 2_000
"""No browser and no desk takes more in one part; what is beyond is counted and said."""
_MARKS = {"part": "read in part", "unread": "not read", "text": "read"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a bar: where it stands, how wide it is, how it is hatched."""

    x: float
    width: float
    pattern: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as wide as what is not in place."""

    width: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one case, in their order."""

    case_number: str | None
    title: str
    lines: tuple[Line, ...]


def bar(parts: Sequence[Part], scale: int) -> Bar:
    """Lay out a bar; few things are drawn one by one, many as one stretch for each kind."""
    if not scale or not parts:
        return Bar(0, ())
    cells: list[Cell] = []
    x = 1.0
    if scale <= _WIDTH // 14:
        for part in parts:
            for _ in range(part.count):
                cells.append(Cell(x, 12, part.pattern))
                x += 14
    else:
        for part in parts:
            width = max(6.0, round(part.count / scale * (_WIDTH - 30), 1))
            cells.append(Cell(round(x, 1), width, part.pattern))
            x += width + 2
    return Bar(round(x, 1), tuple(cells))


def render_html(view: MatchView, heading: Heading) -> str:
    """The page.

    Args:
        view: what is listed. A board for each case is drawn where every line is at hand.
        heading: whose match it is.
    """
    result = view.result
    parts = {"mend": view.to_mend, "staying": view.staying, "others": view.others or ()}
    template = _environment().get_template("match.html.j2")
    return template.render(
        heading=heading,
        result=result,
        view=view,
        verdict=verdict(result),
        boards=_boards(view, heading),
        mend=_groups(parts["mend"][:_MOST_LINES], heading),
        staying=_groups(parts["staying"][:_MOST_LINES], heading),
        others=_groups(parts["others"][:_MOST_LINES], heading),
        beyond={name: max(0, len(lines) - _MOST_LINES) for name, lines in parts.items()},
        counts=[
            (status, result.states.get(state, 0), result.all_states.get(state, 0))
            for state, status in STATUS.items()
            if result.states.get(state) or result.all_states.get(state)
        ],
        chosen=None
        if view.states is None
        else [STATUS[state].word.lower() for state in view.states],
        sprite=sprite(),
    )


def _boards(view: MatchView, heading: Heading) -> list[tuple[str, str, Board]]:
    result = view.result
    if result.others is not None:
        groups = _groups([*result.exceptions, *result.others], heading)
        cases = [group for group in groups if group.case_number is not None]
        if 0 < len(cases) <= _MOST_BOARDS:
            found = []
            for group in cases:
                live = [line for line in group.lines if not line.counted_apart]
                board = board_of_case(live)
                if board is not None:
                    found.append((group.case_number or "", group.title, board))
            if found:
                return found
    board = board_of_states(result.states)
    return [] if board is None else [("", "", board)]


def _groups(lines: Iterable[Line], heading: Heading) -> list[Group]:
    found: dict[str | None, list[Line]] = {}
    for line in lines:
        found.setdefault(line.case_number, []).append(line)
    return [
        Group(number, "" if number is None else heading.title_of(number), tuple(group))
        for number, group in found.items()
    ]


def _mark(line: Line) -> str:
    return _MARKS.get(line.check or "", "")


def _status(line: Line) -> object:
    return STATUS[line.state]


def _basis(line: Line) -> str:
    if line.due is None:
        return ""
    return "by law" if line.due_basis == "law" else "by the office's target"


def _orphan(line: Line) -> bool:
    return line.state is State.ORPHAN


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = page_environment()
    found.globals.update(bar=bar, chain=chain, counted=counted)
    found.filters.update(
        at_words=at_words,
        also=also_words,
        basis=_basis,
        chance=chance_words,
        date_words=date_words,
        mark=_mark,
        moment=moment_words,
        short=short_date,
        status=_status,
        tag=tag_words,
    )
    found.tests.update(orphan=_orphan)
    return found
