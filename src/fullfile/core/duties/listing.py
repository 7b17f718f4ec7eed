"""Every duty of a case: rule by rule, for each defendant and each agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fullfile.core.docket.ends import End, find_end
from fullfile.core.duties.clock import Clock, read_clock, rows_for
from fullfile.core.duties.disclosing import disclosure_duties
from fullfile.core.duties.duty import STATES, Duty
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.ids import DAY_MS, day_of, day_text
from fullfile.core.matching.beside import Answered, answers_of
from fullfile.core.matching.lines import units_of_case
from fullfile.core.matching.unit import Unit
from fullfile.core.matching.words import item_name
from fullfile.core.matching.world import World
from fullfile.core.rules.packs import Rule, is_in_force
from fullfile.core.said import say

__all__ = ["duties_of_case"]

_OURS = ("prosecution", "both")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Asking:
    """The case that is asked about."""

    world: World
    case: Case
    on: int
    units: tuple[Unit, ...]
    answers: tuple[Answered, ...]

    @property
    def today(self) -> int:
        """The day asked for."""
        return self.on // DAY_MS


def duties_of_case(world: World, case: Case) -> tuple[Duty, ...]:
    """Every duty of every rule that binds the court of a case and was in force.

    Per defendant what is owed to or by them, the prosecution or the court; per agency what the
    police owe the prosecution.

    Args:
        world: the record and the moment.
        case: the case.
    """
    pack = world.law.pack(case.jurisdiction)
    level = None if pack is None else pack.court_level(case.level)
    on = world.on(case)
    if pack is None or level is None or (case.start is not None and case.start > on):
        return ()
    asking = _Asking(
        world, case, on, tuple(units_of_case(world, case)), tuple(answers_of(world, case))
    )
    versions: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        if level.id in rule.court_levels:
            versions.setdefault(rule.id, []).append(rule)
    for rules in versions.values():
        rules.sort(key=lambda rule: rule.effective_from or date.min)
    return tuple(sorted(_all(asking, list(versions.values())), key=_place))


def _all(asking: _Asking, rules: Sequence[Sequence[Rule]]) -> Iterator[Duty]:
    world, case, on = asking.world, asking.case, asking.on
    others = [one for one in rules if one[-1].duty not in ("first_disclosure", "continuing")]
    for defendant in world.cases.defendants(case, on):
        rows = rows_for(world, case, defendant.key, on)
        end = find_end(world.cases, case.key, defendant.key, on)
        if end is not None and on <= end.ended:
            end = None
        mine = [unit for unit in asking.units if unit.defendant == defendant]
        silent = [one.asked.name for one in asking.answers if not one.standing]
        yield from disclosure_duties(world, case, defendant, mine, silent, on, end)
        for versions in others:
            if versions[-1].owes == "police":
                continue
            clock = read_clock(world, case, defendant.key, versions, rows, on)
            if _counts(clock, versions, asking):
                yield _generic(asking, defendant, clock, end)
    rows = rows_for(world, case, None, on)
    for versions in others:
        if versions[-1].owes != "police":
            continue
        clock = read_clock(world, case, None, versions, rows, on)
        if not _counts(clock, versions, asking):
            continue
        if versions[-1].to == "prosecution":
            yield from _of_agencies(asking, clock)
        else:
            yield _generic(asking, None, clock, None)


def _counts(clock: Clock, versions: Iterable[Rule], asking: _Asking) -> bool:
    """Whether some version was in force: on the trigger's day, or on the day asked for."""
    if clock.begun is not None or clock.due is not None:
        return True
    return any(is_in_force(rule, day_of(asking.on)) for rule in versions)


def _generic(asking: _Asking, defendant: Defendant | None, clock: Clock, end: End | None) -> Duty:
    """A duty of which the record shows the date, but not whether it was done."""
    rule = clock.rule
    made = _made(asking, clock, None if defendant is None else defendant.name, None)
    state = _state(clock, asking.today)
    note = ""
    if state == "passed":
        note = say("Its day has passed; the record cannot show whether it was done.")
    if end is not None and rule.duty != "window" and state != "done":
        state = "ended"
        note = say("The defendant's case has ended.")
    return replace(made, state=state, note=note)


def _state(clock: Clock, today: int) -> str:
    if clock.still is not None:
        return "suspended"
    if clock.due is not None:
        return "open" if today <= clock.due else "passed"
    if clock.begun is not None:
        return "undated"
    return "undated" if _always(clock.rule) else "waiting"


def _always(rule: Rule) -> bool:
    """Whether a rule gives no number, and no docket shows what starts it."""
    return rule.method.name == "undated" and not rule.triggers


def _made(asking: _Asking, clock: Clock, defendant: str | None, agency: str | None) -> Duty:
    """The duty of a clock, before its state is known."""
    rule, begun, found = clock.rule, clock.begun, clock.found
    lacks = list(clock.lacks)
    if begun is None and clock.due is None and not _always(rule):
        lacks.append(
            say(
                "{trigger_words}, from which {cite} counts",
                trigger_words=rule.trigger_words,
                cite=rule.cite,
            )
        )
    elapsed = target = None
    if clock.due is None and begun is not None and clock.still is None:
        elapsed = asking.today - begun.day
        if rule.owes in _OURS:
            start = (begun.row.first or 0) // DAY_MS
            target = day_text((start + asking.world.policy.target_on(start)) * DAY_MS)
    return Duty(
        defendant=defendant,
        agency=agency,
        rule=rule.id,
        cite=rule.cite,
        title=rule.title,
        kind=_kind(rule),
        owes=rule.owes,
        to=rule.to,
        state="waiting",
        trigger_event=None if begun is None else begun.row.text("event"),
        trigger=None if begun is None else day_text(begun.day * DAY_MS),
        due=clock.due_text,
        due_basis=clock.basis,
        days_left=None if clock.due is None else clock.due - asking.today,
        elapsed_days=elapsed,
        target=target,
        working=clock.working,
        skipped=()
        if found is None
        else tuple((day.on.isoformat(), day.because) for day in found.skipped),
        method=str(rule.method),
        period=None if found is None else found.period,
        calendar=None if found is None else found.calendar,
        changes=clock.changes,
        lacks=tuple(dict.fromkeys(lacks)),
        check=rule.check if found is None else found.check,
        entries=tuple(sorted({*clock.entries, *asking.case.entries[:1]})),
    )


def _kind(rule: Rule) -> str:
    if rule.owes == "police" and rule.to == "prosecution":
        return "police"
    return "window" if rule.duty == "window" else "other"


def _of_agencies(asking: _Asking, clock: Clock) -> Iterator[Duty]:
    """What each agency of the case owes: an answer that stands, and everything of it on the file."""
    for one in asking.answers:
        own = {unit.item: unit for unit in asking.units if unit.item[0] == one.agency}
        unfiled = [unit for unit in own.values() if not unit.is_filed]
        made = _made(asking, clock, None, one.asked.name)
        done = one.standing and not unfiled
        lacks = list(made.lacks)
        if one.last is None:
            lacks.append(
                say("an answer of {name}: whether it holds anything more", name=one.asked.name)
            )
        elif not one.standing:
            lacks.append(
                say(
                    "an answer of {name} that stands: {why_not}",
                    name=one.asked.name,
                    why_not=one.why_not,
                )
            )
        state = "done" if done else _state(clock, asking.today)
        state = "overdue" if state == "passed" else state
        names = [" ".join(item_name(asking.world, unit.item)) for unit in unfiled[:_SHOWN]]
        note = ""
        if names:
            more = (
                say(" and {n} more", n=len(unfiled) - len(names))
                if len(unfiled) > len(names)
                else ""
            )
            note = say(
                "Not on the prosecution's file: {names}{more}.", names=", ".join(names), more=more
            )
        yield replace(
            made,
            state=state,
            lacks=() if done else tuple(dict.fromkeys(lacks)),
            open_lines=len(unfiled),
            note=note,
            entries=tuple(
                sorted(
                    {*made.entries, *one.asked.entries, *((one.last.entry,) if one.last else ())}
                )
            ),
        )


def _place(duty: Duty) -> tuple[bool, int, str, str, str, str]:
    """What is owed next comes first; what the police owe stands apart."""
    return (
        duty.kind == "police",
        STATES.index(duty.state),
        duty.due or duty.target or "9999",
        duty.defendant or "",
        duty.agency or "",
        duty.rule,
    )
