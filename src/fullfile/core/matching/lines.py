"""Every line of a record, or of one case: the reference of the match."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fullfile.core.facts.cases import Case
from fullfile.core.facts.rows import ItemKey
from fullfile.core.ids import DAY_MS, day_text
from fullfile.core.matching.asides import corrections, views
from fullfile.core.matching.beside import barred_counts, orphan, unanswered, unbooked
from fullfile.core.matching.line import Line, State
from fullfile.core.matching.unit import Unit, judge
from fullfile.core.matching.why import why
from fullfile.core.matching.words import days_held, item_name, receipt_kind
from fullfile.core.matching.world import World
from fullfile.core.said import joined

__all__ = ["line_of", "lines_of_case", "lines_of_item", "lines_of_office", "units_of_case"]


def units_of_case(world: World, case: Case) -> Iterator[Unit]:
    """Every judged unit of a case, item by item."""
    on = world.on(case)
    if case.start is not None and case.start > on:
        return
    defendants = world.cases.defendants(case, on)
    for item in world.bearing.items_of(case.key):
        for defendant in defendants or (None,):
            unit = judge(world, case, item, defendant)
            if unit is not None:
                yield unit


def lines_of_case(
    world: World, case: Case, states: Collection[State] | None = None
) -> Iterator[Line]:
    """The lines of a case, those beside its items included.

    Args:
        world: the record and the moment.
        case: the case.
        states: only item lines in one of these; the others cost no sentence.
    """
    on = world.on(case)
    if case.start is not None and case.start > on:
        return
    for unit in units_of_case(world, case):
        if states is None or unit.state in states:
            yield line_of(world, unit)
    yield from unbooked(world, case.key)
    yield from unanswered(world, case)
    yield from barred_counts(world, case)


def lines_of_item(world: World, item: ItemKey) -> Iterator[Line]:
    """The lines of one item, in every case it bears on; or its one line as an orphan."""
    for number in world.cases_of(item):
        case = world.cases.by_key[number]
        if case.start is not None and case.start > world.on(case):
            continue
        for defendant in world.cases.defendants(case, world.on(case)) or (None,):
            unit = judge(world, case, item, defendant)
            if unit is not None:
                yield line_of(world, unit)
    alone = orphan(world, item)
    if alone is not None:
        yield alone


def lines_of_office(world: World) -> Iterator[Line]:
    """Every line of the office, case by case, then mentions without a case, then orphans."""
    for case in world.cases.by_key.values():
        yield from lines_of_case(world, case)
    for line in unbooked(world):
        if line.case_number is None:
            yield line
    for item in world.things.all_items():
        alone = orphan(world, item)
        if alone is not None:
            yield alone


def line_of(world: World, unit: Unit) -> Line:
    """A judged unit as a line, with its sentence and the entries it rests on."""
    agency, tag = item_name(world, unit.item)
    rows = world.facts.of_item("items", unit.item)
    due = unit.due
    late = None if due.day is None else 0
    if due.day is not None and {State.LATE, State.OVERDUE} & set(unit.states):
        reference = unit.shown.moment if unit.shown is not None else unit.t
        late = reference // DAY_MS - due.day
    return Line(
        state=unit.state,
        also=unit.states[1:],
        agency=agency,
        tag=tag,
        case_number=unit.case.number,
        defendant=unit.defendant.name if unit.defendant else None,
        description=rows[0].text("description") if rows else None,
        held_since=_day(unit.held.moment if unit.held else None),
        booked_at=_day(unit.booked.moment if unit.booked else None),
        filed_at=_day(unit.filed.fact.moment if unit.is_filed and unit.filed.fact else None),
        disclosed_at=_day(unit.shown.moment if unit.shown else None),
        acknowledged_at=_day(unit.receipt.moment if unit.receipt else None),
        receipt=receipt_kind(world, unit.receipt),
        due=None if due.day is None else day_text(due.day * DAY_MS),
        due_basis=due.basis if due.day is not None else None,
        days_since_held=days_held(unit.held, unit.on),
        days_late=late,
        rule=due.rule,
        check=due.check,
        lacks=due.lacks,
        ended=_day(unit.end.ended if unit.end else None),
        changed_since_end=unit.changed,
        corrected=joined(corrections(world, unit), "; ") or None,
        why=why(world, unit),
        entries=_entries(unit, [row.entry for row in (*rows, *views(world, unit))]),
    )


def _day(moment: int | None) -> str | None:
    return None if moment is None else day_text(moment)


def _entries(unit: Unit, named: list[int]) -> tuple[int, ...]:
    """The log indexes a line rests on: those named, and those of every fact that was judged."""
    found = {*named, *unit.ground.entries, *unit.due.entries, *unit.case.entries[:1]}
    filed = unit.filed.fact if unit.is_filed else None
    for fact in (unit.held, unit.booked, filed, unit.shown, unit.receipt):
        if fact is not None:
            found |= {fact.entry, *(other.entry for other in fact.others)}
    found |= {row.entry for row in unit.filed.withdrawn}
    withheld = unit.withheld
    kept_back = (*(row for row, _ in withheld.good), *(row for row, _ in withheld.bad))
    given = (row for row, _ in withheld.given)
    found |= {row.entry for row in (*kept_back, *withheld.ended, *given)}
    if unit.aside is not None:
        found.add(unit.aside.row.entry)
    found |= {event.entry for event in unit.custody_events}
    if unit.custody.under_hold is not None:
        found |= set(unit.custody.under_hold[1].entries)
    if unit.end is not None:
        found |= set(unit.end.entries)
    if unit.defendant is not None:
        found |= set(unit.defendant.entries)
    return tuple(sorted(found))
