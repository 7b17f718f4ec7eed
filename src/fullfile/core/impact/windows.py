"""The ways back to court after a conviction, with their last days, and the appeals.

A window's last day is counted by its rule from a trigger on the docket. Where the pack
gives no limit, or the trigger is not on record, no day is invented and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from fullfile.core.docket.ends import find_end
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.dates import when_words
from fullfile.core.facts.rows import Row
from fullfile.core.ids import DAY_MS, day_of
from fullfile.core.impact.linked import event_words
from fullfile.core.impact.result import Appeal, LinkedCase, WayBack
from fullfile.core.matching import World
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.evaluate import Deadline, deadline
from fullfile.core.rules.packs import Pack, Rule, is_in_force
from fullfile.core.rules.provisions import Window
from fullfile.core.said import either, say, word

__all__ = ["appeals_of", "as_day", "counted_from", "windows_of"]

_ENDS_APPEAL = {"appeal_withdrawn": "withdrawn", "appeal_decided": "decided"}


def windows_of(world: World, linked: LinkedCase) -> Iterator[WayBack]:
    """The windows of every defendant of a case who stands convicted."""
    case = world.cases.by_key[linked.key]
    on = world.on(case)
    pack = world.law.pack(case.jurisdiction)
    if pack is None:
        return
    for defendant in world.cases.defendants(case, on):
        end = find_end(world.cases, case.key, defendant.key, on)
        if end is None or end.convicted is None:
            continue
        for window in pack.windows:
            yield _window(world, case, defendant, pack, window, end.convicted, end.entries)


def _window(
    world: World,
    case: Case,
    defendant: Defendant,
    pack: Pack,
    window: Window,
    convicted: int,
    entries: tuple[int, ...],
) -> WayBack:
    on = world.on(case)
    rules = [rule for rule in pack.rules if rule.id == window.rule]
    level = pack.court_level(case.level)
    here = [rule for rule in rules if level is not None and level.id in rule.court_levels]
    lacks: tuple[str, ...] = ()
    found: Deadline | None = None
    trigger: Row | None = None
    if here:
        trigger = _trigger(world, case, defendant, here, convicted)
        if trigger is None:
            events = either([event_words(event) for event in here[0].trigger_events])
            lacks = (
                say(
                    "{events}, from which {cite} counts",
                    events=events or here[0].trigger_words,
                    cite=here[0].cite,
                ),
            )
        else:
            found = counted_from(world, pack, here, trigger)
            lacks = found.lacks
            if (trigger.last or 0) - (trigger.first or 0) >= DAY_MS:
                said = when_words(trigger.text("occurred_on"), trigger.first or 0)
                lacks = (
                    *lacks,
                    say(
                        "the day of the {event_words} {said}",
                        event_words=event_words(trigger.text("event")),
                        said=said,
                    ),
                )
    elif window.rule:
        lacks = (say("a rule for this court: {cite} binds others", cite=window.cite),)
    last = as_day(found.due) if found is not None else None
    return WayBack(
        case_number=case.number,
        defendant=defendant.name,
        id=window.id,
        ground=window.ground,
        material=window.material,
        last_day=None if last is None else last.isoformat(),
        passed=None if last is None else last < day_of(on),
        working=found.working if found is not None else "",
        rule=window.rule or None,
        cite=window.cite,
        check=(found.check if found is not None and found.check else window.check),
        says=window.says,
        lacks=lacks,
        entries=(*entries, *(() if trigger is None else (trigger.entry,))),
    )


def _trigger(
    world: World, case: Case, defendant: Defendant, rules: Iterable[Rule], convicted: int
) -> Row | None:
    on = world.on(case)
    chosen = max(rules, key=lambda rule: rule.effective_from or date.min)
    day = convicted - convicted % DAY_MS
    rows = sorted(
        (
            row
            for row in world.facts.of_case("docket", case.key)
            if row.data["event"] in chosen.trigger_events
            and row.first is not None
            and day <= row.first <= on
            and world.cases.concerns(row, case.key, defendant.key)
        ),
        key=lambda row: row.ord,
    )
    if not rows:
        return None
    return rows[-1] if chosen.trigger_choice == "latest" else rows[0]


def counted_from(world: World, pack: Pack, rules: Iterable[Rule], trigger: Row) -> Deadline:
    """The date of a rule, in the version in force on the trigger's day."""
    known = list(rules)
    day = day_of(trigger.first or 0)
    rule = max(
        [one for one in known if is_in_force(one, day)] or known,
        key=lambda one: one.effective_from or date.min,
    )
    return deadline(
        rule,
        day,
        world.law.calendars.get(pack.calendar, Calendar(pack.calendar)),
        weekend=pack.weekend,
        pack_version=pack.version,
        trigger_event=trigger.text("event"),
    )


def as_day(due: date | datetime | None) -> date | None:
    """A last day, also where it was counted in hours."""
    return due.date() if isinstance(due, datetime) else due


def appeals_of(world: World, linked: LinkedCase) -> Iterator[Appeal]:
    """The appeals on a docket; each ends with the next withdrawal or decision after it."""
    case = world.cases.by_key[linked.key]
    on = world.on(case)
    rows = sorted(
        (
            row
            for row in world.facts.of_case("docket", case.key)
            if row.data["event"] in ("appeal_filed", *_ENDS_APPEAL)
            and row.last is not None
            and row.last <= on
        ),
        key=lambda row: row.ord,
    )
    for place, row in enumerate(rows):
        if row.data["event"] != "appeal_filed":
            continue
        over = next((one for one in rows[place + 1 :] if one.data["event"] in _ENDS_APPEAL), None)
        state = "open" if over is None else _ENDS_APPEAL[over.text("event")]
        filed = when_words(row.text("occurred_on"), row.first or 0)
        who = say(" by {by}", by=row.text("by")) if row.text("by") else ""
        words = say("Appeal filed{who} {filed}", who=who, filed=filed)
        if over is not None:
            when = when_words(over.text("occurred_on"), over.first or 0)
            words = say("{filed}, {ended} {when}", filed=words, ended=word(state), when=when)
        else:
            words = say("{filed}; no end of it is on record", filed=words)
        yield Appeal(
            case_number=case.number,
            defendant=row.text("defendant") or None,
            filed_on=row.text("occurred_on"),
            by=row.text("by"),
            state=state,
            words=say("{said}.", said=words),
            entries=(row.entry,) if over is None else (row.entry, over.entry),
        )
