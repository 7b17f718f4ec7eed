"""The board: what is in place, and of what is not, how much and of which kind.

Only what is not in place is drawn; all rows of a board have one scale, and
every sum stands on the page. Two boards:

- of one case, when all its lines are at hand: a row for held, one for on
  file, one for each defendant. People count items there.
- of many cases, from the counts by state: each line is counted once, where
  it stops first. Lines are counted there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fullfile.core.matching.line import Line, State
from fullfile.engines.report.view import counted
from fullfile.engines.report.words import STATUS

__all__ = ["Board", "Part", "Row", "board_of_case", "board_of_states", "is_served", "stops_at"]

_HELD = (State.MISSING, State.DESTROYED_UNDER_HOLD, State.GONE)
_FILE = (State.UNFILED, State.SET_ASIDE)
_SERVED = (State.FULL, State.UNACKNOWLEDGED, State.LATE)
_BESIDE = {
    State.ORPHAN: ("Bearing on a case", "item does not", "items do not"),
    State.UNBOOKED: (
        "Said to be taken, and accounted for",
        "mention is not",
        "mentions are not",
    ),
    State.UNANSWERED: ("Agencies that answered", "agency has not", "agencies have not"),
    State.BARRED_COUNT: ("Counts that may be opened", "is barred", "are barred"),
}
_PATTERNS = {
    State.OVERDUE: "upright",
    State.PARTIAL: "upright",
    State.POST_CONVICTION: "upright",
    State.UNANSWERED: "upright",
    State.WITHHELD: "dots",
    State.SET_ASIDE: "dots",
    State.PENDING: "empty",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how many, of which state, and how it is hatched."""

    state: State
    count: int

    @property
    def word(self) -> str:
        """Number and word: "7 unfiled"."""
        return f"{self.count:,} {STATUS[self.state].word.lower()}"

    @property
    def pattern(self) -> str:
        """The hatching: `diagonal`, `upright`, `dots` or `empty`."""
        return _PATTERNS.get(self.state, "diagonal")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a board.

    Attributes:
        label: what is counted.
        in_place: how many are in place; None where only what lacks is known.
        total: of how many; None likewise.
        parts: what is not in place.
        notes: what is in place and still worth saying (late, without receipt).
        words: what the row says where there is no total.
        place: what the row is about: `held`, `file`, `served`, or empty beside the items.
        defendant: of a row `served`, to whom.
    """

    label: str
    in_place: int | None
    total: int | None
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    words: str = ""
    place: str = ""
    defendant: str = ""

    @property
    def missing(self) -> int:
        """How many are not in place."""
        return sum(part.count for part in self.parts)

    @property
    def not_in_place(self) -> str:
        """What is not in place, with its sum: "7 unfiled + 12 pending = 19"."""
        if self.words:
            return self.words
        text = " + ".join(part.word for part in self.parts)
        if len(self.parts) > 1:
            text += f" = {self.missing:,}"
        return "; ".join([text or "nothing missing", *self.notes])


@dataclass(frozen=True, slots=True)
class Board:
    """A board: its heading, its rows, and one line that says how the numbers add up."""

    title: str
    rows: tuple[Row, ...]
    sums: str

    @property
    def scale(self) -> int:
        """The longest bar."""
        return max((row.missing for row in self.rows), default=0)


def board_of_case(lines: Iterable[Line]) -> Board | None:
    """The board of one case, from all its lines; None where no item bears on it."""
    found = list(lines)
    of_items = [line for line in found if line.tag is not None and line.state is not State.ORPHAN]
    if not of_items:
        return None
    items = {(line.agency, line.tag) for line in of_items}
    rows = [*_beside(Counter(line.state for line in found))]
    rows.append(_row("Held", "held", items, of_items))
    rows.append(_row("On file", "file", items, of_items))
    defendants: dict[str, list[Line]] = {}
    for line in of_items:
        if line.defendant is not None:
            defendants.setdefault(line.defendant, []).append(line)
    rows.extend(_served(name, theirs) for name, theirs in defendants.items())
    unnamed = sum(line.defendant is None for line in of_items)
    if unnamed:
        parts = (Part(State.NO_DEFENDANT, unnamed),)
        rows.append(Row("Disclosed", 0, unnamed, parts, words="no defendant is on record"))
    exceptions = sum(line.is_exception for line in found)
    people = counted(len(defendants), "defendant") if defendants else "no defendant on record"
    sums = (
        f"{counted(len(found), 'line')} in the match ({counted(len(items), 'item')}, {people}"
        f"{_besides(len(found) - len(of_items))}), {exceptions:,} of them "
        f"{'an exception' if exceptions == 1 else 'exceptions'}."
    )
    title = f"{counted(len(items), 'item bears', 'items bear')} on this case"
    return Board(title, tuple(rows), sums)


def _besides(number: int) -> str:
    return f", {number:,} beside the items" if number else ""


_KINDS = {"held": _HELD, "file": _FILE}


def stops_at(place: str, lines: Iterable[Line]) -> State | None:
    """Where the lines of one item stop: the worst of the states of `held` or `file`; None where none applies."""
    has = {state for line in lines for state in (line.state, *line.also)}
    return next((state for state in _KINDS[place] if state in has), None)


def _row(
    label: str,
    place: str,
    items: set[tuple[str | None, str | None]],
    lines: list[Line],
) -> Row:
    """Items that stop here, each counted once, under the worst of its states."""
    of_item: dict[tuple[str | None, str | None], list[Line]] = {}
    for line in lines:
        of_item.setdefault((line.agency, line.tag), []).append(line)
    stopped = Counter(
        state for theirs in of_item.values() if (state := stops_at(place, theirs)) is not None
    )
    return Row(label, len(items) - stopped.total(), len(items), _parts(stopped), place=place)


def _served(name: str, lines: list[Line]) -> Row:
    """One defendant's row counts facts: served whole, or not; the rest is split by state."""
    lacking = [line for line in lines if not is_served(line)]
    late = sum(State.LATE in (line.state, *line.also) for line in lines)
    without = sum(State.UNACKNOWLEDGED in (line.state, *line.also) for line in lines)
    notes = []
    if late:
        notes.append(f"{late:,} late")
    if without:
        notes.append(f"{without:,} without receipt")
    parts = _parts(Counter(line.state for line in lacking))
    return Row(
        f"Disclosed to {name}",
        len(lines) - len(lacking),
        len(lines),
        parts,
        tuple(notes),
        place="served",
        defendant=name,
    )


def is_served(line: Line) -> bool:
    """Whether a defendant has got the whole of it."""
    has = {line.state, *line.also}
    lacking = {State.PARTIAL, State.WITHHELD, State.WITHHELD_WITHOUT_ORDER}
    return line.disclosed_at is not None and not has & lacking


def board_of_states(states: Mapping[State, int]) -> Board | None:
    """The board of many cases, from the counts by state; None where no item bears on a case."""
    beside = {*_BESIDE}
    total = sum(count for state, count in states.items() if state not in beside)
    rows = list(_beside(states))
    if total:
        held = _parts({state: states.get(state, 0) for state in _HELD})
        here = total - sum(part.count for part in held)
        filed = _parts({state: states.get(state, 0) for state in _FILE})
        there = here - sum(part.count for part in filed)
        rest = _parts(
            {
                state: count
                for state, count in states.items()
                if state not in {*_HELD, *_FILE, *_SERVED} | beside
            }
        )
        late = states.get(State.LATE, 0)
        without = states.get(State.UNACKNOWLEDGED, 0)
        notes = ([f"{late:,} late"] if late else []) + (
            [f"{without:,} without receipt"] if without else []
        )
        rows += [
            Row("Held", here, total, held),
            Row("On file", there, total, filed),
            Row(
                "Disclosed",
                there - sum(part.count for part in rest),
                total,
                rest,
                tuple(notes),
            ),
        ]
    if not rows:
        return None
    sums = "Each line is one item for one defendant, counted once: where it stops first."
    return Board(counted(total, "line of items", "lines of items"), tuple(rows), sums)


def _beside(states: Mapping[State, int]) -> Iterable[Row]:
    for state, (label, one, many) in _BESIDE.items():
        number = states.get(state, 0)
        if number:
            words = f"{number:,} {one if number == 1 else many}"
            yield Row(label, None, None, (Part(state, number),), words=words)


def _parts(counts: Mapping[State, int]) -> tuple[Part, ...]:
    """The parts of a bar in the contract's order, empty ones left out."""
    return tuple(Part(state, counts[state]) for state in State if counts.get(state))
