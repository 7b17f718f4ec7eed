"""The prosecution's duties to a defendant that the match measures: first disclosure, and what came later.

The dates are those of the match (`core.matching.dues`), so that a line and its duty never name two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fullfile.core.docket.ends import End
from fullfile.core.duties.duty import Change, Duty, OpenItem
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.dates import days
from fullfile.core.ids import DAY_MS, day_of, day_text
from fullfile.core.matching.dues import Clock, Start
from fullfile.core.matching.unit import Unit
from fullfile.core.matching.words import item_name
from fullfile.core.matching.world import World
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.evaluate import Deadline, deadline, first_disclosure_rules
from fullfile.core.rules.law import day_number
from fullfile.core.rules.packs import Rule
from fullfile.core.said import say, word

__all__ = ["disclosure_duties"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines of a defendant that fall under one duty."""

    clock: Clock
    rule: Rule
    units: tuple[Unit, ...]


def disclosure_duties(
    world: World,
    case: Case,
    defendant: Defendant,
    units: Sequence[Unit],
    silent: Sequence[str],
    on: int,
    end: End | None,
) -> Iterator[Duty]:
    """The duties to disclose to one defendant.

    Args:
        world: the record and the moment.
        case: the case.
        defendant: the defendant.
        units: the defendant's lines.
        silent: the agencies of the case without a standing answer.
        on: the moment.
        end: how the defendant's case ended; None while it is open.
    """
    law = world.law
    later: list[Unit] = []
    first_clock: Clock | None = None
    seen: dict[str, _Part] = {}
    for kind in ("", *sorted(law.kinds(case.jurisdiction, case.level))):
        clock = world.dues.clock(case, defendant, on, kind)
        day = clock.triggers[0].day if clock.triggers else on // DAY_MS
        rule = law.first_rule(case.jurisdiction, case.level, kind, day) or law.first_rule(
            case.jurisdiction, case.level, kind
        )
        mine = [
            unit
            for unit in units
            if not unit.after_conviction and world.dues.kind_of(case, unit.item) == kind
        ]
        own: list[Unit] = []
        for unit in mine:
            (later if _is_later(world, case, clock, unit) else own).append(unit)
        first_clock = first_clock or clock
        if rule is None:
            continue
        before = seen.get(rule.id)
        seen[rule.id] = _Part(
            before.clock if before else clock,
            rule,
            (*(before.units if before else ()), *own),
        )
    for part in seen.values():
        yield _first(world, case, defendant, part, silent, on, end)
    continuing = law.continuing(case.jurisdiction, case.level)
    if continuing is not None:
        yield _continuing(world, case, defendant, continuing, later, on, end)


def _is_later(world: World, case: Case, clock: Clock, unit: Unit) -> bool:
    """Whether an item was held only after the law's date, and so falls under the continuing duty."""
    if unit.held is None or world.law.continuing(case.jurisdiction, case.level) is None:
        return False
    dates = [start.due for start in clock.triggers]
    known = [day for day in ([clock.order_day] if clock.order_day else dates) if day is not None]
    held = unit.held.moment // DAY_MS
    return bool(known) and held > known[0] and not _by_first_rule(world, case, unit)


def _by_first_rule(world: World, case: Case, unit: Unit) -> bool:
    rule = world.law.continuing(case.jurisdiction, case.level)
    return unit.due.basis == "law" and (rule is None or unit.due.rule != rule.id)


def _is_met(unit: Unit) -> bool:
    """Whole, withheld as the pack asks, or set aside by two named persons."""
    aside = unit.aside is not None and unit.aside.counts
    return unit.whole or bool(unit.withheld.good) or aside


def _is_over(unit: Unit) -> bool:
    return unit.due.day is not None and unit.t // DAY_MS > unit.due.day


def _first(
    world: World,
    case: Case,
    defendant: Defendant,
    part: _Part,
    silent: Sequence[str],
    on: int,
    end: End | None,
) -> Duty:
    clock, rule, today = part.clock, part.rule, on // DAY_MS
    start = clock.triggers[0] if clock.triggers else None
    due, basis, found, entries = _date(world, case, rule, clock)
    open_units = [unit for unit in part.units if not _is_met(unit)]
    over = [unit for unit in open_units if _is_over(unit)]
    target = min((unit.due.day for unit in open_units if unit.due.day is not None), default=None)
    lacks = list(start.lacks if start is not None and due is not None else ())
    if start is None:
        lacks += world.law.date(case.jurisdiction, case.level, None, None, clock.kind).lacks
    elif due is None:
        lacks += start.answer.lacks
    if not part.units:
        lacks.append(say("any item that falls under it: nothing on record is not nothing held"))
    lacks += [
        say("whether {name} holds anything more: no answer of it stands", name=name)
        for name in silent
    ]
    if due is None and over:
        due, basis = min(unit.due.day or 0 for unit in over), "policy"
    if over:
        state = "overdue"
    elif part.units and not open_units:
        state = "done"
    elif due is not None:
        state = "open" if today <= due or open_units else "passed"
    else:
        state = "waiting" if start is None and rule.triggers else "undated"
    late = sum(_was_late(unit) for unit in part.units)
    note = say("{late} of {n} came after their date.", late=late, n=len(part.units)) if late else ""
    if end is not None:
        state, note = (
            "ended",
            say("The defendant's case has ended; its lines keep the state of that day."),
        )
    elapsed = None
    if start is not None and basis not in ("law", "order"):
        elapsed = today - start.day
    return Duty(
        defendant=defendant.name,
        agency=None,
        rule=rule.id,
        cite=rule.cite if start is None or not start.status else start.answer.cite or rule.cite,
        title=rule.title,
        kind="first_disclosure",
        owes=rule.owes,
        to=rule.to,
        state=state,
        trigger_event=None if start is None else start.event,
        trigger=None if start is None else day_text(start.day * DAY_MS),
        due=None if due is None else day_text(due * DAY_MS),
        due_basis=basis,
        days_left=None if due is None else due - today,
        elapsed_days=elapsed,
        target=None if target is None or basis in ("law", "order") else day_text(target * DAY_MS),
        working="" if found is None else found.working,
        skipped=()
        if found is None
        else tuple((day.on.isoformat(), day.because) for day in found.skipped),
        method=str(rule.method),
        period=None if found is None else found.period,
        calendar=None if found is None else found.calendar,
        changes=tuple(_changes(world, case, defendant, rule, clock, on)),
        lacks=tuple(dict.fromkeys(lacks)),
        check=found.check if found is not None else rule.check,
        open_lines=len(open_units),
        open_items=_named(world, open_units),
        note=note,
        entries=_entries(case, entries, open_units),
    )


def _date(
    world: World, case: Case, rule: Rule, clock: Clock
) -> tuple[int | None, str | None, Deadline | None, tuple[int, ...]]:
    """The date, by what, its sum, and the rows it rests on."""
    start = clock.triggers[0] if clock.triggers else None
    found = None if start is None else start.answer.deadline
    entries = () if start is None else (start.entry, *start.entries)
    if clock.order is not None and clock.order_day is not None:
        pack = world.law.pack(case.jurisdiction)
        assert pack is not None
        ordered = deadline(
            rule,
            day_of((clock.order_day if start is None else start.day) * DAY_MS),
            world.law.calendars.get(pack.calendar, Calendar(pack.calendar)),
            weekend=pack.weekend,
            ordered_due=day_of(clock.order_day * DAY_MS),
        )
        return clock.order_day, "order", ordered, (*entries, clock.order.entry)
    if start is None or start.due is None:
        return None, None, found, entries
    return start.due, "order" if start.words else "law", found, entries


def _continuing(
    world: World,
    case: Case,
    defendant: Defendant,
    rule: Rule,
    units: Sequence[Unit],
    on: int,
    end: End | None,
) -> Duty:
    today = on // DAY_MS
    open_units = [unit for unit in units if not _is_met(unit)]
    over = [unit for unit in open_units if _is_over(unit)]
    soonest = min(
        (unit for unit in open_units if unit.due.day is not None),
        key=lambda unit: unit.due.day or 0,
        default=None,
    )
    if over:
        state = "overdue"
    elif open_units:
        state = "open"
    else:
        state = "done" if units else "waiting"
    note = ""
    if not units:
        note = say("Nothing that bears on the case came in after the first date.")
    elif open_units:
        held = min(unit.held.moment for unit in open_units if unit.held is not None)
        note = say("The first of them has been held for {days}.", days=days(today - held // DAY_MS))
    if end is not None:
        state, note = (
            "ended",
            say("The defendant's case has ended; its lines keep the state of that day."),
        )
    due = None if soonest is None else soonest.due.day
    basis = None if soonest is None else soonest.due.basis
    first = min((unit.held.moment for unit in units if unit.held is not None), default=None)
    found = _counted(world, case, soonest) if basis == "law" else None
    return Duty(
        defendant=defendant.name,
        agency=None,
        rule=rule.id,
        cite=rule.cite,
        title=rule.title,
        kind="continuing",
        owes=rule.owes,
        to=rule.to,
        state=state,
        trigger=None if first is None else day_text(first),
        due=None if due is None else day_text(due * DAY_MS),
        due_basis=basis,
        days_left=None if due is None else due - today,
        elapsed_days=None if first is None or basis == "law" else today - first // DAY_MS,
        target=None if due is None or basis == "law" else day_text(due * DAY_MS),
        working=_said(rule, units) if found is None else found.working,
        skipped=()
        if found is None
        else tuple((day.on.isoformat(), day.because) for day in found.skipped),
        calendar=None if found is None else found.calendar,
        method=str(rule.method),
        period=str(rule.period) if rule.period else rule.period_words or None,
        check=rule.check,
        open_lines=len(open_units),
        open_items=_named(world, open_units),
        note=note,
        entries=_entries(case, (), open_units or list(units)[:_SHOWN]),
    )


def _counted(world: World, case: Case, unit: Unit | None) -> Deadline | None:
    """The sum of a continuing duty that gives a number, for one item."""
    if unit is None or unit.held is None:
        return None
    held = unit.held.moment // DAY_MS
    found = world.law.continuing_date(case.jurisdiction, case.level, held)
    return None if found is None else found[1]


def _said(rule: Rule, units: Sequence[Unit]) -> str:
    if not units or rule.continuing in ("number", "immediately"):
        return ""
    words = f" (“{rule.period_words}”)" if rule.period_words else ""
    return say(
        "{cite} gives no number of days{words}, so the office's target counts from the day on "
        "which each thing was taken in.",
        cite=rule.cite,
        words=words,
    )


def _was_late(unit: Unit) -> bool:
    shown = unit.shown
    return shown is not None and unit.due.day is not None and shown.moment // DAY_MS > unit.due.day


def _named(world: World, units: Sequence[Unit]) -> tuple[OpenItem, ...]:
    """The first of some lines, the soonest due first."""
    ordered = sorted(units, key=lambda unit: (unit.due.day is None, unit.due.day or 0, unit.item))
    found = []
    for unit in ordered[:_SHOWN]:
        agency, tag = item_name(world, unit.item)
        day = unit.due.day
        due = None if day is None else day_text(day * DAY_MS)
        found.append(OpenItem(agency, tag, unit.state.value, due, unit.due.basis if due else None))
    return tuple(found)


def _entries(case: Case, entries: Sequence[int], units: Sequence[Unit]) -> tuple[int, ...]:
    found = {*case.entries[:1], *entries}
    for unit in units[:_SHOWN]:
        found |= {*unit.ground.entries, *unit.due.entries}
        found |= {unit.held.entry} if unit.held is not None else set()
    return tuple(sorted(found))


def _changes(
    world: World, case: Case, defendant: Defendant, rule: Rule, clock: Clock, on: int
) -> Iterator[Change]:
    """What moved the date of the first disclosure."""
    starts = (*clock.before, *clock.triggers[:1])
    for old, new in pairwise(starts):
        words = say(
            "{event} again: the clock started anew", event=word(new.event.replace("_", " "))
        )
        yield Change(day_text(new.occurred), words, _iso(old.due), _iso(new.due), new.entry)
    if not clock.triggers:
        return
    start = clock.triggers[0]
    own = world.law.date(case.jurisdiction, case.level, start.event, start.day, clock.kind)
    yield from _by_custody(world, case, defendant, start, clock.kind, on)
    if start.words:
        row = world.facts.by_entry[start.entries[-1]]
        was = None if own.due is None else own.due.isoformat()
        yield Change(day_text(row.first or 0), start.words, was, _iso(start.due), row.entry)
    if clock.order is not None:
        words = say("order of the court with a date")
        row = clock.order
        yield Change(
            day_text(row.first or 0), words, _iso(start.due), _iso(clock.order_day), row.entry
        )
    pack = world.law.pack(case.jurisdiction)
    for version in first_disclosure_rules(pack, case.level) if pack is not None else ():
        since = version.effective_from
        if version.id != rule.id or since is None:
            continue
        if start.day < day_number(since) <= on // DAY_MS:
            words = say(
                "a new version of the rule is in force; the trigger came before, so the version of then "
                "counts"
            )
            yield Change(since.isoformat(), words, _iso(start.due), _iso(start.due))


def _by_custody(
    world: World, case: Case, defendant: Defendant, start: Start, kind: str, on: int
) -> Iterator[Change]:
    """The changes of status that moved the date."""
    law, court = world.law, (case.jurisdiction, case.level)
    variants = law.variants(*court, start.day, kind)
    known = {
        one
        for variant in variants
        for one in world.dues.statuses.history(case.key, defendant.key, variant.status)
    }
    for one in sorted(known, key=lambda one: one.ord):
        if one.first > on or one.first // DAY_MS < start.day:
            continue
        old = world.dues.date_by(case, defendant, start, kind, one.first - 1)
        new = world.dues.date_by(case, defendant, start, kind, one.first)
        if old != new:
            yield Change(
                day_text(one.first), one.status.replace("_", " "), _iso(old), _iso(new), one.entry
            )


def _iso(day: int | None) -> str | None:
    return None if day is None else day_text(day * DAY_MS)
