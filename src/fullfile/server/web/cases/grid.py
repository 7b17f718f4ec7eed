"""The grid of a board: one chain for each item, from Held to each defendant, with a mark where it stands.

A row reads from left to right: a line runs from mark to mark as far as the thing got and ends where it stops. From
"On file" it branches, a stub of its own for each defendant. The tag stands in the column where the
chain stops, once. Many items are grouped: the mark of a group is its worst, its numbers those in place.

Marks and their words are those of `engines.report.chain`. For a screen reader every cell says its sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fullfile.core.matching import Line, State
from fullfile.engines.report.board import is_served, stops_at
from fullfile.engines.report.chain import Link, chain
from fullfile.engines.report.view import counted
from fullfile.engines.report.words import STATUS, tag_words
from fullfile.server.queries.board import CaseBoard, CaseItem, Judged
from fullfile.server.web.cases.chosen import Chosen, opaque
from fullfile.server.web.cases.links import find_address
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.in_words import in_words
from fullfile.server.web.phrases import in_language
from fullfile.server.web.said_below import plain_word, state_name

__all__ = [
    "Cell",
    "Column",
    "GridRow",
    "Group",
    "LineRow",
    "Tag",
    "columns_of",
    "grid_rows",
    "groups_of",
    "line_rows",
    "unbooked_rows",
]

_HELD = frozenset({State.MISSING, State.DESTROYED_UNDER_HOLD, State.GONE})
_FILE = frozenset({State.UNFILED, State.SET_ASIDE})
_QUIET = frozenset({State.FULL, State.UNACKNOWLEDGED, State.PENDING})
"""Their mark says it; a tag on each of ten thousand rows would hide the seven that matter."""
_MARKS = {
    "done": "mark-done",
    "half": "mark-part",
    "ring": "mark-open",
    "apart": "mark-apart",
    "stop": "mark-stop",
}
_WORST = ("stop", "ring", "apart", "half", "done")
_CROWD = 5
_ORDER = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Column:
    """A defendant's column; of many defendants, those in order share the last one."""

    defendants: tuple[int, ...]
    heading: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in a cell: the word's number, whether it stands beside another, by what it is late."""

    state: str
    number: str
    also: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: how it is joined, its mark, words to see, the sentence to hear, tags."""

    label: str
    joined: str
    mark: str
    words: str
    says: str
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """One item."""

    name: str
    address: str
    words: str
    sealed: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together."""

    name: str
    note: str
    many: int
    key: str
    address: str
    opened: bool
    cells: tuple[Cell, ...]
    items: tuple[tuple[CaseItem, list[Judged]], ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the match in a list."""

    name: str
    address: str
    words: str
    defendant: str
    tags: tuple[Tag, ...]
    due: str
    why: str
    entries: tuple[int, ...]


Shown = Sequence[tuple[CaseItem, list[Judged]]]


def columns_of(board: CaseBoard, chosen: Chosen, shown: Shown, veil: Veil) -> list[Column]:
    """The columns of defendants: all; of five or more, those with an exception, the others in one."""
    everyone = range(1, len(board.defendants) + 1)
    if chosen.defendant in everyone:
        return [Column((chosen.defendant,), veil.defendant(chosen.defendant))]
    if len(everyone) < _CROWD:
        return [Column((who,), veil.defendant(who)) for who in everyone]
    wrong = {one.defendant for _item, lines in shown for one in lines if not is_served(one.line)}
    found = [Column((who,), veil.defendant(who)) for who in everyone if who in wrong]
    others = tuple(who for who in everyone if who not in wrong)
    if others:
        found.append(
            Column(
                others,
                _("%(names)s: all in place")
                % {"names": in_language(counted(len(others), "other"))},
            )
        )
    return found


def grid_rows(shown: Shown, columns: Sequence[Column], veil: Veil) -> list[GridRow]:
    """The rows of some items."""
    return [
        GridRow(
            name=f"{item.agency} {item.tag}",
            address=find_address("item", item_id=item.item_id),
            words=veil.words_of(item),
            sealed=veil.is_sealed(item),
            cells=tuple(_cells(lines, columns, veil)),
        )
        for item, lines in shown
    ]


def _cells(lines: Sequence[Judged], columns: Sequence[Column], veil: Veil) -> Iterable[Cell]:
    told = {one.defendant: veil.line(one) for one in lines}
    chains = {who: chain(line) for who, line in told.items()}
    worst = min(told.values(), key=lambda line: _ORDER[line.state])
    held = _worst_link([links[0] for links in chains.values() if links])
    filed = _worst_link([links[1] for links in chains.values() if links])
    if held is not None:
        tags = tuple(_tags(worst, _HELD)) if worst.state in _HELD else ()
        yield _cell(_("Held"), held, "" if held.mark == "stop" else "on", tags)
    if filed is not None:
        tags = tuple(_tags(worst, _FILE)) if worst.state in _FILE else ()
        reaches = filed.mark == "done" and held is not None and held.mark != "stop"
        yield _cell(_("On file"), filed, "on" if reaches and columns else "", tags)
    for column in columns:
        theirs = [who for who in column.defendants if who in told]
        links = [chains[who][2] for who in theirs if len(chains[who]) > 2]
        link = _worst_link(links)
        if link is None:
            yield Cell(column.heading, "branch-none", "", "", _("%s: no line.") % column.heading)
            continue
        line = min((told[who] for who in theirs), key=lambda one: _ORDER[one.state])
        yield _cell(column.heading, link, _branch(link), tuple(_tags(line, None)))


def _worst_link(links: Sequence[Link]) -> Link | None:
    return min(links, key=lambda one: _WORST.index(one.mark), default=None)


def _branch(link: Link) -> str:
    if not link.joined:
        return "branch-none"
    return "branch dotted" if link.mark in ("ring", "apart") else "branch"


def _cell(label: str, link: Link, joined: str, tags: tuple[Tag, ...]) -> Cell:
    tagged = ". ".join(
        f"{_('also') + ' ' if tag.also else ''}{state_name(State(tag.state))} {tag.number} {tag.basis}".strip()
        for tag in tags
    )
    words = in_language(link.words)
    says = f"{label}: {words}." + (f" {tagged}." if tagged else "")
    return Cell(label, joined, _MARKS[link.mark], words, says, tags)


def _tags(line: Line, own: frozenset[State] | None) -> Iterable[Tag]:
    """The tags of a line that stand in a column: of `own`, or of a defendant's where `own` is None."""
    for place, state in enumerate((line.state, *line.also)):
        here = state in own if own is not None else state not in _HELD | _FILE
        if here and state not in _QUIET and state is not State.NO_DEFENDANT:
            yield Tag(
                state.value, _number(line, state, first=place == 0), place > 0, _basis(line, state)
            )


def _number(line: Line, state: State, *, first: bool) -> str:
    if first:
        return in_language(tag_words(line).removeprefix(STATUS[state].word).strip(" ,"))
    if state in (State.OVERDUE, State.LATE) and line.days_late is not None and line.days_late > 0:
        return in_language(counted(line.days_late, "day"))
    return ""


def _basis(line: Line, state: State) -> str:
    if state not in (State.OVERDUE, State.LATE) or not line.due_basis:
        return ""
    return _("by law") if line.due_basis == "law" else _("by the office's target")


def unbooked_rows(board: CaseBoard, columns: Sequence[Column], veil: Veil) -> list[GridRow]:
    """What a report says was taken and nobody booked: rows without an item, stopped under Held."""
    found = []
    for one in board.live:
        if one.line.state is not State.UNBOOKED:
            continue
        line = veil.line(one)
        tag = Tag(line.state.value, _number(line, line.state, first=True))
        says = f"{_('Held')}: {_('no')}. {state_name(line.state)} {tag.number}."
        cells = [Cell(_("Held"), "", _MARKS["stop"], _("not booked"), says, (tag,))]
        cells.append(Cell(_("On file"), "branch-none", "", "", f"{_('On file')}: {_('no')}."))
        cells += [
            Cell(column.heading, "branch-none", "", "", f"{column.heading}: {_('no')}.")
            for column in columns
        ]
        words = line.description or ""
        found.append(GridRow(line.agency or "", "", words, sealed=False, cells=tuple(cells)))
    return found


def line_rows(board: CaseBoard, lines: Sequence[Judged], veil: Veil) -> list[LineRow]:
    """Lines one by one, for a list of them."""
    found = []
    for one in lines:
        line = veil.line(one)
        item = board.items[one.item] if one.item >= 0 else None
        number = _number(line, line.state, first=True)
        also = tuple(
            Tag(state.value, _number(line, state, first=False), also=True) for state in line.also
        )
        found.append(
            LineRow(
                name=f"{item.agency} {item.tag}" if item else line.agency or line.defendant or "",
                address=find_address("item", item_id=item.item_id) if item else "",
                words=veil.words_of(item) if item else line.description or "",
                defendant=line.defendant or "",
                tags=(Tag(line.state.value, number, basis=_basis(line, line.state)), *also),
                due=line.due or "",
                why=in_words(line.why),
                entries=line.entries,
            )
        )
    return found


def groups_of(
    board: CaseBoard, chosen: Chosen, by: str, shown: Shown, columns: Sequence[Column]
) -> list[Group]:
    """The items in groups: those under a number that is not the case's first, then the worst first."""
    asked = tuple((name, value) for name, value in chosen.said if name != "group")
    headings = tuple(column.heading for column in columns)
    made = board.remember(("groups", by, asked, headings), lambda: _grouped(by, shown, columns))
    groups = []
    for name, theirs, strange, cells in made:
        key = opaque(board, by, name)
        opened = chosen.group == key
        groups.append(
            Group(
                name=name or _("not on record"),
                note=_("Not a number of this case.") if strange else "",
                many=len(theirs),
                key=key,
                address=chosen.address(group=None if opened else key) + f"#g-{key}",
                opened=opened,
                cells=cells,
                items=tuple(theirs),
            )
        )
    return groups


Made = tuple[str, list[tuple[CaseItem, list[Judged]]], bool, tuple[Cell, ...]]


def _grouped(by: str, shown: Shown, columns: Sequence[Column]) -> list[Made]:
    """The groups with their cells: the same for whoever sees these columns."""
    found: dict[str, list[tuple[CaseItem, list[Judged]]]] = {}
    for item, lines in shown:
        for name in _names(item, by):
            found.setdefault(name, []).append((item, lines))

    def order(one: tuple[str, list[tuple[CaseItem, list[Judged]]]]) -> tuple[object, ...]:
        name, theirs = one
        lines = [each.line for _item, lines in theirs for each in lines]
        wrong = [line.state for line in lines if line.is_exception]
        strange = _is_strange(by, name, theirs) and bool(wrong)
        return (not strange, min((_ORDER[state] for state in wrong), default=99), name)

    return [
        (name, theirs, _is_strange(by, name, theirs), tuple(_group_cells(theirs, columns)))
        for name, theirs in sorted(found.items(), key=order)
    ]


def _is_strange(by: str, name: str, theirs: Shown) -> bool:
    """Whether items lie under a number that is not the case's own."""
    return by == "report" and bool(name) and not theirs[0][0].own_report


def _names(item: CaseItem, by: str) -> tuple[str, ...]:
    if by == "production":
        return item.productions or ("",)
    return (
        {
            "report": item.report,
            "agency": item.agency,
            "kind": plain_word(item.kind),
            "month": item.month,
        }[by],
    )


def _group_cells(theirs: Shown, columns: Sequence[Column]) -> Iterable[Cell]:
    whole = len(theirs)
    for place, label, own in (("held", _("Held"), _HELD), ("file", _("On file"), _FILE)):
        stopped = Counter(
            state
            for _item, lines in theirs
            if (state := stops_at(place, [one.line for one in lines])) is not None
        )
        tags = _counted_tags(stopped)
        good = whole - stopped.total()
        mark = "done" if not stopped else "apart" if set(stopped) == {State.SET_ASIDE} else "stop"
        joined = "on" if (good and own is _HELD) or (good and columns) else ""
        yield _group_cell(label, good, whole, mark, joined, tags)
    for column in columns:
        lines = [
            one.line for _item, each in theirs for one in each if one.defendant in column.defendants
        ]
        good = sum(is_served(line) for line in lines)
        links = [links[2] for line in lines if len(links := chain(line)) > 2]
        worst = _worst_link(links)
        states = Counter(line.state for line in lines if line.state not in _HELD | _FILE | _QUIET)
        mark = worst.mark if worst is not None else "ring"
        joined = (
            "branch"
            if good
            else "branch dotted"
            if any(link.joined for link in links)
            else "branch-none"
        )
        yield _group_cell(column.heading, good, len(lines), mark, joined, _counted_tags(states))


def _counted_tags(states: Counter[State]) -> tuple[Tag, ...]:
    return tuple(Tag(state.value, f"{states[state]:,}") for state in State if states[state])


def _group_cell(
    label: str, good: int, whole: int, mark: str, joined: str, tags: tuple[Tag, ...]
) -> Cell:
    words = _("%(good)s of %(whole)s") % {"good": f"{good:,}", "whole": f"{whole:,}"}
    wrong = ". ".join(f"{state_name(State(tag.state))}: {tag.number}" for tag in tags)
    return Cell(
        label,
        joined,
        _MARKS[mark],
        words,
        f"{label}: {words}." + (f" {wrong}." if wrong else ""),
        tags,
    )
