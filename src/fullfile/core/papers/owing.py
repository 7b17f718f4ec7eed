"""What of a case one defendant has got, is owed, and does not get: item by item, from the match. Pure.

Each item stands in one place: `served` (whole), `owed` (not served, or only in part), `withheld` as the pack asks,
`unapproved` (withheld without what the pack asks for), `set_aside`, `out_of_reach` (not in custody, so that
nobody can serve it), or `ended` (the defendant's case has ended and no duty reaches it).

What this does not do: it serves nothing and decides nothing; a person does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import DAY_MS, day_text
from fullfile.core.matching.line import State
from fullfile.core.matching.unit import Unit, judge
from fullfile.core.matching.why import why
from fullfile.core.matching.words import item_name
from fullfile.core.matching.world import World

__all__ = ["KeptBack", "Owing", "Place", "owing_of", "owing_of_item"]


class Place(StrEnum):
    """Where an item stands for a defendant."""

    SERVED = "served"
    OWED = "owed"
    WITHHELD = "withheld"
    UNAPPROVED = "unapproved"
    SET_ASIDE = "set_aside"
    OUT_OF_REACH = "out_of_reach"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A withholding that stands.

    Attributes:
        entry: the row that counts.
        ground, cite: the pack's ground and its rule; the cite is empty where the pack knows no such ground.
        by, since, until: as recorded.
        order, order_on: the court's order, as recorded.
        announced_at: when it was announced; empty: not on record.
        announced_as: the very words in which the defence was told; empty: not on record.
        sealed: put before the court under seal.
        wanting: what the pack asks for and is not on record.
    """

    entry: int
    ground: str
    cite: str
    by: str
    since: str
    until: str
    order: str
    order_on: str
    announced_at: str
    announced_as: str
    sealed: bool
    wanting: str


@dataclass(frozen=True, slots=True)
class Owing:
    """One item as it stands for a defendant.

    Attributes:
        item: its key.
        agency, tag, description, kind: the item; it keeps its spelling.
        place: where it stands.
        state, also: of its line.
        due, due_basis: when it is due (ISO date), `law` or `policy`.
        partly: it was served in part, redacted, described or offered.
        kept_back: what withholds it.
        why: the sentence of its line; empty for what was served: it costs as much as all the rest.
    """

    item: ItemKey
    agency: str
    tag: str
    description: str
    kind: str
    place: Place
    state: State
    also: tuple[State, ...]
    due: str | None
    due_basis: str | None
    partly: bool
    kept_back: tuple[KeptBack, ...]
    why: str


def owing_of(
    world: World, case: Case, defendant: Defendant, announced: Mapping[int, str] | None = None
) -> Iterator[Owing]:
    """Every item of a case as it stands for a defendant, in the order of the case's items.

    Args:
        world: the record and the moment.
        case: the case.
        defendant: the defendant.
        announced: by the entry of a withholding, the words in which it was announced.
    """
    if case.start is not None and case.start > world.on(case):
        return
    for item in world.bearing.items_of(case.key):
        found = owing_of_item(world, case, defendant, item, announced)
        if found is not None:
            yield found


def owing_of_item(
    world: World,
    case: Case,
    defendant: Defendant,
    item: ItemKey,
    announced: Mapping[int, str] | None = None,
) -> Owing | None:
    """One item as it stands for a defendant; None where it has no line."""
    unit = judge(world, case, item, defendant)
    if unit is None:
        return None
    agency, tag = item_name(world, item)
    rows = world.facts.of_item("items", item)
    due, place = unit.due, _place(unit)
    return Owing(
        item,
        agency,
        tag,
        rows[0].text("description") if rows else "",
        rows[0].text("kind") if rows else "",
        place,
        unit.state,
        unit.states[1:],
        None if due.day is None else day_text(due.day * DAY_MS),
        due.basis if due.day is not None else None,
        unit.shown is not None and not unit.whole,
        tuple(_kept_back(world, unit, announced or {})),
        "" if place is Place.SERVED else why(world, unit),
    )


def _place(unit: Unit) -> Place:
    if unit.whole:
        return Place.SERVED
    if unit.withheld.good:
        return Place.WITHHELD
    if unit.withheld.bad:
        return Place.UNAPPROVED
    if unit.aside is not None and unit.aside.counts:
        return Place.SET_ASIDE
    if unit.end is not None and not unit.changed and not unit.after_conviction:
        return Place.ENDED
    custody = unit.custody
    if custody.missing or custody.under_hold is not None or custody.losses:
        return Place.OUT_OF_REACH
    return Place.OWED


def _kept_back(world: World, unit: Unit, announced: Mapping[int, str]) -> Iterator[KeptBack]:
    found: list[tuple[Row, str]] = [(row, "") for row, _ in unit.withheld.good]
    for row, wanting in (*found, *unit.withheld.bad):
        ground = world.law.ground(unit.case.jurisdiction, row.text("ground"))
        yield KeptBack(
            entry=row.entry,
            ground=row.text("ground"),
            cite=ground.cite if ground is not None else "",
            by=row.text("by"),
            since=row.text("withheld_at"),
            until=row.text("until"),
            order=row.text("order"),
            order_on=row.text("order_on"),
            announced_at=row.text("announced_at"),
            announced_as=_words(world, row, announced),
            sealed=row.said("sealed"),
            wanting=wanting,
        )


def _words(world: World, row: Row, announced: Mapping[int, str]) -> str:
    """The words for a row or for one that it corrects: a correction does not unsay them."""
    entry: int | None = row.entry
    while entry is not None:
        if entry in announced:
            return announced[entry]
        entry = world.facts.corrects.get(entry)
    return ""
