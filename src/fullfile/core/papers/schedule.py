"""The schedule: the list of everything that bears on a case, for one defendant.

Everything is on it: what was judged of no value, set aside, withheld, missing or destroyed. Three rules:

1. Numbers run on. An item keeps the number under which it was first issued; what is new comes after the
   last number ever issued; a number is never used again, and an item that is no longer on the list stays
   as a line that says so.
2. Lines that are alike are printed together, each still addressable by number and tag. Never together:
   an exception, a line with a view, a withholding, something set aside or sealed.
3. A copy leaves out words that are sealed by order, never a line (`veil`).

In England and Wales the list is split: MG6C is what is not sensitive and not used, MG6D what is
sensitive, MG6E the disclosure officer's report on what may help the defence.
What this does not do: it prints nothing, and records nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fullfile.core.errors import Refused
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.rows import ItemKey
from fullfile.core.ids import wall_text
from fullfile.core.matching.unit import Unit, judge
from fullfile.core.matching.world import World
from fullfile.core.papers.acts import SCHEDULE, Act, numbers_of
from fullfile.core.papers.heading import Heading, agencies_words, heading_of
from fullfile.core.papers.listed import Listed, list_item, veiled
from fullfile.core.papers.veil import COPIES, OFFICE, veil_for
from fullfile.core.papers.wording import Said, fill, find_paper
from fullfile.core.rules.provisions import Paper
from fullfile.core.said import say

__all__ = [
    "LAYOUTS",
    "Group",
    "Schedule",
    "form_numbers",
    "grouped",
    "listed_items",
    "schedule_of",
]

LAYOUTS = ("schedule", "mg6c", "mg6d", "mg6e")
_ALIKE = 4
"""From so many on, lines that are alike are printed together."""
_NUMBER = re.compile(r"\d+")
_LETTERS = {"mg6c": "C", "mg6d": "D"}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are printed together: one, or several that are alike with numbers that run on."""

    lines: tuple[Listed, ...]

    @property
    def first(self) -> Listed:
        """The first of them, which speaks for all."""
        return self.lines[0]

    @property
    def last(self) -> Listed:
        """The last of them."""
        return self.lines[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A schedule as it stood at a moment.

    Attributes:
        heading: court, case, title, defendant, pack.
        layout: one of `LAYOUTS`.
        series: the series that its numbers belong to; empty for MG6E, which has none of its own.
        paper: the pack's paper; None: the pack has none, and the wording is ours.
        copy: for whom it is: `defence`, `court` or `office`.
        on: the moment it speaks of, ISO 8601.
        number: the first, second … schedule of this kind for the defendant, if it were issued now.
        earlier: those that were issued before.
        lines: every line, by number.
        sealed: how many of them have words that are sealed by order.
        statements: what the paper says, filled in.
    """

    heading: Heading
    layout: str
    series: str
    paper: Paper | None
    copy: str
    on: str
    number: int
    earlier: tuple[Act, ...]
    lines: tuple[Listed, ...]
    sealed: int
    statements: tuple[Said, ...]
    notes: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The lines as they are printed."""
        return grouped(self.lines)

    @property
    def new(self) -> tuple[Listed, ...]:
        """The lines that were on no earlier paper of the series."""
        return tuple(line for line in self.lines if line.new and not line.withdrawn)


def schedule_of(
    world: World,
    case: Case,
    defendant: Defendant,
    issued: Sequence[Act],
    *,
    layout: str = "schedule",
    copy: str | None = None,
) -> Schedule:
    """The schedule of one defendant of a case.

    Args:
        world: the record and the moment.
        case: the case.
        defendant: of whom.
        issued: the papers issued or signed for this defendant before.
        layout: one of `LAYOUTS`; the forms of England and Wales only where the pack has them.
        copy: `defence`, `court` or `office`; None: the defence's, where the paper goes there.

    Raises:
        Refused: the pack has no such paper, or it never goes to whom the copy is for.
    """
    pack = world.law.pack(case.jurisdiction)
    heading = heading_of(world, case, defendant)
    again = layout == "mg6e" and any(act.layout == layout for act in issued)
    kind = "supplemental_certificate" if again else "schedule"
    paper = find_paper(pack, kind, layout, heading.day)
    if layout not in LAYOUTS or (paper is None and layout != "schedule"):
        known = sorted({one.layout for one in pack.papers} & set(LAYOUTS)) if pack else []
        raise Refused(
            say(
                "The pack {jurisdiction} has no paper “{layout}”: use --layout {known}.",
                jurisdiction=case.jurisdiction,
                layout=layout,
                known=" or ".join(known or ["schedule"]),
            ),
            code="layout_unknown",
        )
    # Where the law keeps sensitive material on a list of its own, a list of everything stays in the office.
    apart = pack is not None and any(one.layout == "mg6d" for one in pack.papers)
    to_defence = not apart if paper is None else paper.goes_to_defence
    copy = copy or ("defence" if to_defence else OFFICE)
    if copy not in COPIES:
        raise Refused(
            say("“{copy}” is no copy: use {copies}.", copy=copy, copies=", ".join(COPIES)),
            code="copy_unknown",
        )
    if copy == "defence" and not to_defence:
        raise Refused(
            say(
                "{what} never goes to the defence: ask for --copy office or --copy court.",
                what=paper.title if paper else say("The list of everything"),
            ),
            code="not_for_defence",
        )
    every = listed_items(world, case, defendant, issued, "" if layout == "schedule" else layout)
    veil = veil_for(world, case, defendant, copy)
    sealed = sum(line.sealed for line in every)
    lines = tuple(every if copy == OFFICE else (veiled(line, veil) for line in every))
    earlier = tuple(act for act in issued if act.type == SCHEDULE and act.layout == layout)
    return Schedule(
        heading=heading if copy == OFFICE else heading.veiled(veil),
        layout=layout,
        series=_series(layout),
        paper=paper,
        copy=copy,
        on=wall_text(world.on(case), case.zone),
        number=len(earlier) + 1,
        earlier=earlier,
        lines=lines,
        sealed=sealed,
        statements=fill(paper, heading, agencies_words(world, case)),
        notes=tuple(_notes(layout, issued)),
    )


def _series(layout: str) -> str:
    return "" if layout == "mg6e" else layout


def listed_items(
    world: World, case: Case, defendant: Defendant, issued: Sequence[Act], layout: str = ""
) -> list[Listed]:
    """Every line of a paper, by number, with nothing left out.

    Args:
        world: the record and the moment.
        case: the case.
        defendant: of whom.
        issued: the papers issued or signed for this defendant before.
        layout: empty: the schedule of everything; else one of the forms of England and Wales.
    """
    units = _units(world, case, defendant)
    if not layout:
        return _numbered(world, units, numbers_of(issued, "schedule"))
    drawn, parts = _parted(world, units)
    if layout != "mg6e":
        return _numbered(world, parts[layout], numbers_of(issued, layout), drawn)
    return [line for line in _labelled(world, parts, drawn, issued) if line.favourable]


def form_numbers(
    world: World, case: Case, defendant: Defendant, issued: Sequence[Act]
) -> dict[ItemKey, str]:
    """How the forms of England and Wales call each item: `C3`, `D1`, or its exhibit number."""
    drawn, parts = _parted(world, _units(world, case, defendant))
    return {line.item: line.label for line in _labelled(world, parts, drawn, issued)}


def _parted(
    world: World, units: Sequence[Unit]
) -> tuple[dict[ItemKey, Listed], dict[str, list[Unit]]]:
    """Which form each item is on: MG6D what is sensitive, MG6C what else is not used."""
    drawn = {unit.item: list_item(world, unit, 0, new=True) for unit in units}
    parts: dict[str, list[Unit]] = {"mg6c": [], "mg6d": [], "used": []}
    for unit in units:
        line = drawn[unit.item]
        which = "mg6d" if line.sensitive else "used" if line.used else "mg6c"
        parts[which].append(unit)
    return drawn, parts


def _labelled(
    world: World,
    parts: dict[str, list[Unit]],
    drawn: dict[ItemKey, Listed],
    issued: Sequence[Act],
) -> list[Listed]:
    """Every line with the name that other papers give it."""
    found = [
        replace(line, label=f"{letter}{line.number}")
        for form, letter in _LETTERS.items()
        for line in _numbered(world, parts[form], numbers_of(issued, form), drawn)
    ]
    return found + [
        replace(drawn[unit.item], label=drawn[unit.item].exhibit) for unit in parts["used"]
    ]


def _units(world: World, case: Case, defendant: Defendant) -> list[Unit]:
    if case.start is not None and case.start > world.on(case):
        return []
    judged = (judge(world, case, item, defendant) for item in world.bearing.items_of(case.key))
    return [unit for unit in judged if unit is not None]


def _numbered(
    world: World,
    units: Iterable[Unit],
    known: dict[ItemKey, int],
    drawn: dict[ItemKey, Listed] | None = None,
) -> list[Listed]:
    """Lines with their numbers: those issued stay, what is new follows, what left is said."""
    judged = {unit.item: unit for unit in units}
    lines = []
    for item, number in known.items():
        unit = judged.pop(item, None)
        if unit is None:
            agency, tag = _name(world, item)
            lines.append(
                Listed(
                    number=number,
                    item=item,
                    agency=agency,
                    tag=tag,
                    why="It was listed under this number before and is no longer on this list; the number stays.",
                    new=False,
                )
            )
        else:
            lines.append(_drawn(world, unit, number, drawn, new=False))
    fresh = [_drawn(world, unit, 0, drawn, new=True) for unit in judged.values()]
    fresh.sort(key=_order)
    first = max(known.values(), default=0) + 1
    lines += [replace(line, number=number) for number, line in enumerate(fresh, first)]
    return sorted(lines, key=lambda line: line.number)


def _drawn(
    world: World, unit: Unit, number: int, drawn: dict[ItemKey, Listed] | None, *, new: bool
) -> Listed:
    if drawn is None:
        return list_item(world, unit, number, new=new)
    return replace(drawn[unit.item], number=number, new=new)


def _name(world: World, item: ItemKey) -> tuple[str, str]:
    rows = world.facts.of_item("items", item)
    return (rows[0].text("agency"), rows[0].text("tag")) if rows else item


def _order(line: Listed) -> tuple[object, ...]:
    """By agency, day and kind, so that what is alike stands together; tags as people count them."""
    return (
        line.item[0],
        line.held_since or "9999",
        line.kind,
        line.category,
        _natural(line.item[1]),
    )


def _natural(tag: str) -> tuple[tuple[int, int, str], ...]:
    """A tag so that 2 comes before 10."""
    return tuple(
        (0, int(part), "") if part.isdigit() and part.isascii() else (1, 0, part)
        for part in re.split(r"(\d+)", tag)
        if part
    )


def grouped(lines: Iterable[Listed]) -> tuple[Group, ...]:
    """Lines as they are printed: those that are alike and whose numbers run on, together."""
    runs: list[list[Listed]] = []
    likeness: tuple[object, ...] | None = None
    for line in lines:
        here = _likeness(line)
        joins = here is not None and here == likeness and runs[-1][-1].number + 1 == line.number
        if joins:
            runs[-1].append(line)
        else:
            runs.append([line])
        likeness = here
    groups: list[Group] = []
    for run in runs:
        if len(run) < _ALIKE:
            groups += [Group((line,)) for line in run]
        else:
            groups.append(Group(tuple(run)))
    return tuple(groups)


def _likeness(line: Listed) -> tuple[object, ...] | None:
    """What lines that are printed together have in common; None for a line that stands alone."""
    alone = (
        line.withdrawn
        or line.is_exception
        or line.views
        or line.withheld
        or line.set_aside
        or line.sealed
        or line.label
        or any(not words.startswith("inside ") for words in line.remarks)
    )
    if alone:
        return None
    handed = line.disclosed
    return (
        line.item[0],
        line.kind,
        line.category,
        _pattern(line.description),
        _pattern(line.exhibit),
        line.quantity,
        line.held_since,
        line.held_said,
        line.filed_at,
        line.state,
        line.also,
        None if handed is None else replace(handed, what=_pattern(handed.what)),
        line.receipt,
        line.place,
        line.remarks,
        line.new,
    )


def _pattern(text: str) -> str:
    """A text with its numbers taken out: `Photograph 12` and `Photograph 13` are alike."""
    return _NUMBER.sub("#", text)


def _notes(layout: str, issued: Sequence[Act]) -> Iterable[str]:
    """What of the forms must go together."""
    if layout not in ("mg6c", "mg6d"):
        return
    reports = [act for act in issued if act.layout == "mg6e"]
    lists = [act for act in issued if act.layout in _LETTERS]
    if lists and (
        not reports or max(act.entry for act in lists) > max(act.entry for act in reports)
    ):
        yield (
            "A schedule was issued after the last MG6E: a fresh MG6E accompanies every additional schedule."
        )
