"""One line of a schedule: everything that a reader of the paper needs about one item.

What the match judged becomes words here, one fact a field, each with its name and date as they were
said. Nothing is left out because somebody thought it of no value: the view is printed, with name, reason
and second reader. What a copy must leave out by order is left out by `veiled`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fullfile.core.facts.dates import date_words, join
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import key
from fullfile.core.matching.asides import corrections, views
from fullfile.core.matching.line import EXCEPTIONS, State
from fullfile.core.matching.lines import line_of
from fullfile.core.matching.unit import Unit
from fullfile.core.matching.words import item_name
from fullfile.core.matching.world import World
from fullfile.core.papers.veil import SEALED, Veil, is_sealed

__all__ = ["Handed", "Kept", "Listed", "Receipt", "View", "list_item", "veiled"]

_PLACED = frozenset({"transferred", "moved", "checked_out", "checked_in", "booked", "collected"})
_GRAVE = frozenset({"released", "consumed", "destroyed"})
_FAVOURABLE = frozenset({"exculpatory", "impeaching", "mitigating"})
_GUARDED = ("sensitive", "security", "immunity", "informer", "informant", "public_interest", "pii")
"""Words in the id of a ground that keeps back for somebody's safety or the public's."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What was disclosed: when (and as it was said), how much, how, in which production, to whom."""

    on: str
    said: str
    extent: str
    method: str
    production: str
    what: str
    served_on: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who acknowledged it and when; `claimed` by the State's own row, or `signed`."""

    on: str
    said: str
    by: str
    kind: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A withholding: its ground, what it rests on, and what is wanting for it to count."""

    ground: str
    name: str
    cite: str
    check: str
    by: str
    since: str
    until: str
    order: str
    announced: str
    under_seal: bool
    wanting: str
    guarded: bool


@dataclass(frozen=True, slots=True)
class View:
    """A named person's view of an item, and who read it a second time."""

    finding: str
    by: str
    on: str
    reason: str
    second_by: str
    second_on: str

    @property
    def favourable(self) -> bool:
        """Whether it says that the item may help the defence."""
        return self.finding in _FAVOURABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a schedule. Dates are ISO 8601 days; None is "not on record".

    Attributes:
        number: in its series; it never changes and is never given to another item.
        item: the keys of agency and tag.
        held_said: the same as it was said: `2021-10-21/2021-10-31`.
        used: the prosecution's file has it under an exhibit number.
        state, also: as the match says; None where the item is no longer on the list (withdrawn).
        place: where it is, in words.
        set_aside: who set it aside and confirmed it, in words.
        remarks: what else a reader must know.
        why: the sentence of the match.
        new: it was on no earlier paper of the series.
        sealed: its words are sealed by order; `left_out`: this copy leaves them out.
        label: the number as another paper calls it; empty: the number itself.
        entries: the log indexes it rests on.
    """

    number: int
    item: ItemKey
    agency: str
    tag: str
    exhibit: str = ""
    used: bool = False
    description: str = ""
    kind: str = ""
    category: str = ""
    quantity: str = ""
    held_since: str | None = None
    held_said: str = ""
    filed_at: str | None = None
    state: State | None = None
    also: tuple[State, ...] = ()
    disclosed: Handed | None = None
    receipt: Receipt | None = None
    withheld: tuple[Kept, ...] = ()
    views: tuple[View, ...] = ()
    set_aside: str = ""
    place: str = ""
    remarks: tuple[str, ...] = ()
    why: str = ""
    new: bool = True
    sealed: bool = False
    left_out: bool = False
    label: str = ""
    entries: tuple[int, ...] = ()

    @property
    def shown_number(self) -> str:
        """The number as it is printed: MG6E names the form before it."""
        return self.label or str(self.number)

    @property
    def withdrawn(self) -> bool:
        """Whether it was listed once and is no longer."""
        return self.state is None

    @property
    def is_exception(self) -> bool:
        """Whether the match has an exception for it."""
        return self.state in EXCEPTIONS

    @property
    def sensitive(self) -> bool:
        """Whether somebody judged it sensitive, or it is withheld for safety, or under seal."""
        judged = any(view.finding == "sensitive" for view in self.views)
        return judged or self.sealed or any(kept.guarded for kept in self.withheld)

    @property
    def favourable(self) -> tuple[View, ...]:
        """The views that it may help the defence."""
        return tuple(view for view in self.views if view.favourable)


def list_item(world: World, unit: Unit, number: int, *, new: bool) -> Listed:
    """A judged unit as a line of a schedule.

    Args:
        world: the record and the moment.
        unit: the judged unit.
        number: its number in the series.
        new: it was on no earlier paper.
    """
    line = line_of(world, unit)
    rows = world.facts.of_item("items", unit.item)
    filing = unit.filed.row if unit.is_filed else None
    agency, tag = item_name(world, unit.item)
    exhibit = filing.text("exhibit_number") if filing is not None else ""
    return Listed(
        number=number,
        item=unit.item,
        agency=agency,
        tag=tag,
        exhibit=exhibit,
        used=bool(exhibit),
        description=_first(rows, "description") or _described(world, unit),
        kind=_first(rows, "kind"),
        category=_first(rows, "category"),
        quantity=_first(rows, "quantity"),
        held_since=line.held_since,
        held_said=unit.held.said if unit.held is not None else "",
        filed_at=line.filed_at,
        state=unit.state,
        also=unit.states[1:],
        disclosed=_handed(world, unit, line.disclosed_at),
        receipt=_receipt(world, unit, line.acknowledged_at, line.receipt),
        withheld=tuple(_kept(world, unit)),
        views=tuple(_view(row) for row in views(world, unit)),
        set_aside=_set_aside(unit),
        place=_place(world, unit, agency),
        remarks=tuple(_remarks(world, unit)),
        why=line.why,
        new=new,
        sealed=is_sealed(world, unit),
        entries=line.entries,
    )


def veiled(line: Listed, veil: Veil) -> Listed:
    """A line as a copy under a veil shows it: sealed words left out; number, state and dates stay."""
    if line.sealed:
        handed, receipt = line.disclosed, line.receipt
        return replace(
            line,
            agency=SEALED,
            tag=SEALED,
            exhibit="",
            description=SEALED,
            kind="",
            category="",
            quantity="",
            disclosed=None
            if handed is None
            else Handed(handed.on, handed.said, handed.extent, "", "", "", ""),
            receipt=None
            if receipt is None
            else Receipt(receipt.on, receipt.said, "", receipt.kind),
            withheld=(),
            views=(),
            set_aside="",
            place=SEALED,
            remarks=(),
            why="The words of this line are sealed by order.",
            left_out=True,
        )
    handed, receipt = line.disclosed, line.receipt
    return replace(
        line,
        tag=veil.over(line.tag),
        description=veil.over(line.description),
        disclosed=None
        if handed is None
        else replace(handed, what=veil.over(handed.what), served_on=veil.over(handed.served_on)),
        receipt=None if receipt is None else replace(receipt, by=veil.over(receipt.by)),
        withheld=tuple(
            replace(kept, by=veil.over(kept.by), order=veil.over(kept.order))
            for kept in line.withheld
        ),
        views=tuple(
            replace(
                view,
                by=veil.over(view.by),
                reason=veil.over(view.reason),
                second_by=veil.over(view.second_by),
            )
            for view in line.views
        ),
        set_aside=veil.over(line.set_aside),
        place=veil.over(line.place),
        remarks=tuple(veil.over(words) for words in line.remarks),
        why=veil.over(line.why),
    )


def _first(rows: list[Row], column: str) -> str:
    return next((row.text(column) for row in rows if row.data.get(column)), "")


def _described(world: World, unit: Unit) -> str:
    """The words of a thing that no property list has: as a mention or a disclosure called it."""
    for table, column in (("mentions", "description"), ("disclosures", "what")):
        words = _first(world.facts.of_item(table, unit.item), column)
        if words:
            return words
    return ""


def _handed(world: World, unit: Unit, on: str | None) -> Handed | None:
    if unit.shown is None or on is None:
        return None
    row = world.facts.by_entry[unit.shown.entry]
    return Handed(
        on=on,
        said=unit.shown.said,
        extent=row.text("extent") or ("whole" if unit.whole else ""),
        method=row.text("method"),
        production=row.text("production"),
        what=row.text("what"),
        served_on=row.text("served_on"),
    )


def _receipt(world: World, unit: Unit, on: str | None, kind: str | None) -> Receipt | None:
    if unit.receipt is None or on is None:
        return None
    row = world.facts.by_entry[unit.receipt.entry]
    return Receipt(on, unit.receipt.said, row.text("acknowledged_by"), kind or "claimed")


def _kept(world: World, unit: Unit) -> Iterator[Kept]:
    found = [(row, "") for row, _ in unit.withheld.good]
    found += list(unit.withheld.bad)
    for row, wanting in found:
        ground = world.law.ground(unit.case.jurisdiction, row.text("ground"))
        said = key(row.text("ground"))
        guarded = row.said("sealed") or any(word in said for word in _GUARDED)
        yield Kept(
            ground=row.text("ground"),
            name=ground.name if ground is not None else row.text("ground"),
            cite=ground.cite if ground is not None else "",
            check=ground.check if ground is not None else "",
            by=row.text("by"),
            since=row.text("withheld_at"),
            until=row.text("until"),
            order=", ".join(part for part in (row.text("order"), row.text("order_on")) if part),
            announced=row.text("announced_at"),
            under_seal=row.said("sealed"),
            wanting=wanting,
            guarded=guarded or (ground is not None and ground.announce == "sealed"),
        )


def _view(row: Row) -> View:
    return View(
        finding=row.text("finding"),
        by=row.text("by"),
        on=row.text("made_at"),
        reason=row.text("reason"),
        second_by=row.text("verified_by"),
        second_on=row.text("verified_at"),
    )


def _set_aside(unit: Unit) -> str:
    if unit.aside is None or not unit.aside.counts:
        return ""
    row = unit.aside.row
    confirmed = date_words(row.text("confirmed_at"), row.recorded)
    return (
        f"Set aside for this case by {row.text('filed_by')} on {date_words(row.text('filed_at'), row.last or 0)}, "
        f"confirmed by {row.text('confirmed_by')} on {confirmed}: “{row.text('reason')}”"
    )


def _place(world: World, unit: Unit, agency: str) -> str:
    """Where it is: what left, where it last went, else where the property list keeps it."""
    events = [event for event in world.things.custody(unit.item, unit.on) if not event.by_status]
    last = events[-1] if events else None
    if last is not None and last.event in _GRAVE:
        words = f"{last.event} {date_words(last.row.text('occurred_at'), last.moment)}"
        receiver = last.row.text("to")
        return f"{words}, to {receiver}" if receiver and last.event == "released" else words
    for event in reversed(events):
        where = event.row.text("place") or event.row.text("to")
        if event.event in _PLACED and where:
            return where if key(where) != key(agency) else agency
    kept = _first(world.facts.of_item("items", unit.item), "storage_location")
    return f"{agency}, {kept}" if kept else agency


def _remarks(world: World, unit: Unit) -> Iterator[str]:
    inside = [
        " ".join(item_name(world, one)) for one in sorted(world.things.parents.get(unit.item, ()))
    ]
    if inside:
        yield f"inside {join(inside)}"
    yield from corrections(world, unit)
    erased = [row.erased for row in world.facts.of_item("items", unit.item) if row.erased]
    if erased:
        yield f"words erased by order: {erased[0]}"
