"""The clock of one rule for one defendant: trigger, date, and what moved it.

Carries out the points of day counting that need a record: a trigger that is set again, an order of
the court with another number or date, a clock that stands still, a status that changes the period, a
rule in several versions. The sums are done by `core.rules`.

What this does not do: for the first disclosure the match decides (`core.matching.dues`), so that a
line and a duty never name two dates; here its answer is only told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from fullfile.core.docket.orders import period_in
from fullfile.core.docket.triggers import docket_and_requests
from fullfile.core.duties.duty import Change
from fullfile.core.errors import Refused
from fullfile.core.facts.cases import Case
from fullfile.core.facts.dates import day_words, days
from fullfile.core.facts.rows import Row
from fullfile.core.facts.statuses import Statuses
from fullfile.core.ids import DAY_MS, day_of, day_text, key, parse_when
from fullfile.core.matching.dues import by_status
from fullfile.core.matching.world import World
from fullfile.core.rules.calendars import Calendar, NoTable
from fullfile.core.rules.counting import BEFORE, Period
from fullfile.core.rules.evaluate import (
    Deadline,
    deadline,
    open_days,
    rule_as_ordered,
    rule_for_status,
)
from fullfile.core.rules.law import day_number
from fullfile.core.rules.packs import Pack, Rule, is_in_force
from fullfile.core.said import capital, say, word

__all__ = ["Clock", "custody_changes", "names_rule", "read_clock", "rows_for", "version_changes"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Begun:
    """A trigger on record, with the version of the rule that it falls under."""

    row: Row
    day: int
    rule: Rule

    @property
    def turn(self) -> tuple[int, int]:
        """The order in which triggers happened."""
        return self.row.ord


@dataclass(frozen=True, slots=True)
class Clock:
    """What the record makes of a rule.

    Attributes:
        rule: the version that applies.
        begun: the trigger; None where none is on record.
        found: the sum; None where nothing could be counted.
        due: the last day (days since 1970); None where there is none.
        due_text: the same, with the hour where hours were counted.
        basis: `law` or `order`.
        changes: what moved the date.
        lacks: what is not on record.
        still: since when the clock stands still; None: it runs.
        working: the sum in words.
        entries: the rows it rests on.
    """

    rule: Rule
    begun: Begun | None = None
    found: Deadline | None = None
    due: int | None = None
    due_text: str | None = None
    basis: str | None = None
    changes: tuple[Change, ...] = ()
    lacks: tuple[str, ...] = ()
    still: int | None = None
    working: str = ""
    entries: tuple[int, ...] = ()


def rows_for(world: World, case: Case, defendant: str | None, on: int) -> list[Row]:
    """The docket and the requests by a moment, so far as they concern a defendant (None: anybody), in order."""
    rows = [
        row
        for row in docket_and_requests(world.facts, case.key)
        if row.first is not None
        and row.first <= on
        and (defendant is None or world.cases.concerns(row, case.key, defendant))
    ]
    return sorted(rows, key=lambda row: row.ord)


def names_rule(row: Row, rule: Rule) -> bool:
    """Whether an order names a rule: by its number, or by what it is about (experts)."""
    topic = key(row.text("relates_to"))
    if not topic:
        return False
    names = (key(rule.cite), key(rule.id.partition(":")[2]))
    about_experts = "expert" in topic and "expert" in key(f"{rule.title} {rule.item_kinds}")
    return about_experts or any(name in topic for name in names if name)


def read_clock(
    world: World,
    case: Case,
    defendant: str | None,
    versions: Sequence[Rule],
    rows: Sequence[Row],
    on: int,
) -> Clock:
    """Put one rule, in all its versions, to the docket.

    Args:
        world: the record and the moment.
        case: the case.
        defendant: the defendant's key; None: a duty that is nobody's in particular.
        versions: every version of the rule that binds the court.
        rows: the docket by then, so far as it concerns the defendant.
        on: the moment.
    """
    pack = world.law.pack(case.jurisdiction)
    newest = _version_on(versions, on // DAY_MS) or versions[-1]
    begun = _begun(versions, rows)
    assert pack is not None
    calendar = world.law.calendars.get(pack.calendar, Calendar(pack.calendar))
    counting = _Counting(world, case, defendant, pack, calendar, on)
    if not begun:  # the court's own date needs no trigger
        clock, moved = counting.ordered(Clock(newest), rows)
        return replace(clock, changes=tuple(moved))
    changes: list[Change] = []
    latest = newest.trigger_choice == "latest"
    begun.sort(key=lambda one: one.turn if latest else (one.day, one.row.entry))
    clock = counting.clock(begun[0])
    for again in begun[1:] if latest else ():
        if clock.due is not None and (again.row.first or 0) // DAY_MS > clock.due:
            break
        new = counting.clock(again)
        words = say(
            "{event} again: the clock started anew",
            event=word(again.row.text("event").replace("_", " ")),
        )
        changes.append(
            Change(
                day_text(again.row.first or 0), words, clock.due_text, new.due_text, again.row.entry
            )
        )
        clock = new
    changes += custody_changes(world, case, defendant, clock.begun, counting)
    clock, moved = counting.still(clock, rows)
    changes += moved
    clock, moved = counting.ordered(clock, rows)
    changes += moved
    changes += version_changes(versions, clock, on)
    changes.sort(key=lambda change: change.on)
    return replace(clock, changes=tuple(changes))


def _version_on(versions: Sequence[Rule], day: int) -> Rule | None:
    on = day_of(day * DAY_MS)
    found = [rule for rule in versions if is_in_force(rule, on)]
    return max(found, key=lambda rule: rule.effective_from or date.min, default=None)


def _begun(versions: Sequence[Rule], rows: Sequence[Row]) -> list[Begun]:
    """The triggers on record, each under the version in force on the day that counts."""
    found = []
    for row in rows:
        for rule in versions:
            for trigger in rule.triggers:
                if trigger.event != row.data["event"]:
                    continue
                moment = row.first
                if trigger.date_from == "due_on":
                    bounds = row.bounds("due_on")
                    moment = None if bounds is None else bounds.first
                if moment is None or _version_on(versions, moment // DAY_MS) is not rule:
                    continue
                found.append(Begun(row, moment // DAY_MS, rule))
    return found


@dataclass(slots=True)
class _Counting:
    """Sums for one defendant in one court."""

    world: World
    case: Case
    defendant: str | None
    pack: Pack
    calendar: Calendar
    on: int

    def clock(self, begun: Begun) -> Clock:
        """The date of a trigger, by the status of the defendant where the rule has variants."""
        own = self.sum(begun.rule, begun)
        if not begun.rule.variants or self.defendant is None:
            return self._of(begun, own)
        status, lacks, entries = self.status(begun, self.world.dues.statuses, self.on)
        if not status:
            return self._of(begun, own, lacks)
        found = self.sum(rule_for_status(begun.rule, status), begun)
        return self._of(begun, found, (), entries)

    def status(
        self, begun: Begun, statuses: Statuses, on: int
    ) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
        """Which of the rule's periods counts by a moment, what is lacking, and on which rows it rests."""
        own = _day(self.sum(begun.rule, begun))
        dates = {}
        for variant in begun.rule.variants:
            last = _day(self.sum(rule_for_status(begun.rule, variant.status), begun))
            if last is not None:
                dates[variant.status] = last
        choice = by_status(own, dates, statuses, self.case.key, self.defendant or "", on)
        return choice.status, choice.lacks if own is not None else (), choice.entries

    def sum(self, rule: Rule, begun: Begun, period: Period | None = None) -> Deadline:
        """The rule counted from a trigger."""
        return deadline(
            rule,
            _moment(begun),
            self.calendar,
            weekend=self.pack.weekend,
            pack_version=self.pack.version,
            trigger_event=begun.row.text("event"),
            ordered_period=period,
        )

    def _of(
        self,
        begun: Begun,
        found: Deadline,
        lacks: tuple[str, ...] = (),
        entries: tuple[int, ...] = (),
    ) -> Clock:
        return Clock(
            begun.rule,
            begun,
            found,
            _day(found),
            None if found.due is None else found.due.isoformat(),
            None if found.due is None else "law",
            (),
            (*found.lacks, *lacks),
            None,
            found.working,
            (begun.row.entry, *entries),
        )

    def still(self, clock: Clock, rows: Sequence[Row]) -> tuple[Clock, list[Change]]:
        """The days between `suspended` and `resumed` do not count, where the rule says so."""
        begun, found = clock.begun, clock.found
        if begun is None or found is None or not clock.rule.suspendable:
            return clock, []
        changes: list[Change] = []
        since: Row | None = None
        for row in rows:
            event, day = row.data["event"], (row.first or 0) // DAY_MS
            if event == "suspended" and since is None and clock.due is not None:
                since = row if begun.day <= day <= clock.due else None
            elif event == "resumed" and since is not None:
                start = max((since.first or 0) // DAY_MS, begun.day)
                clock, moved = self._longer(clock, day - start, since, row)
                changes.append(moved)
                since = None
        if since is None:
            return clock, changes
        left = (clock.due or 0) - (since.first or 0) // DAY_MS
        when = day_text(since.first or 0)
        words = say("suspended; {days} were left", days=days(left))
        changes.append(Change(when, words, clock.due_text, None, since.entry))
        stopped = replace(
            clock,
            due=None,
            due_text=None,
            basis=None,
            still=(since.first or 0) // DAY_MS,
            lacks=(*clock.lacks, say("when the clock is resumed")),
            entries=(*clock.entries, since.entry),
        )
        return stopped, changes

    def _longer(self, clock: Clock, number: int, since: Row, until: Row) -> tuple[Clock, Change]:
        """The clock with days added that did not count."""
        found = clock.found
        assert found is not None
        assert clock.due is not None
        raw = found.raw if found.raw is not None else found.due
        last = raw.date() if isinstance(raw, datetime) else raw
        assert last is not None
        last += timedelta(days=number)
        due, rolled = self._rolled(last, found)
        first, end = day_words(since.first or 0), day_words(until.first or 0)
        text: str = say(
            " {days} did not count (suspended {first}, resumed {end}): the last day is {day_words}.",
            days=days(number),
            first=first,
            end=end,
            day_words=day_words(day_number(last) * DAY_MS),
        )
        if due is not None and due != last:
            text += say(
                " It is closed ({rolled}), so {day_words}.",
                rolled=rolled,
                day_words=day_words(day_number(due) * DAY_MS),
            )
        if due is None:
            text += " " + rolled
        moved = Change(
            day_text(until.first or 0),
            say("stood still for {days}", days=days(number)),
            clock.due_text,
            None if due is None else due.isoformat(),
            until.entry,
        )
        return (
            replace(
                clock,
                due=None if due is None else day_number(due),
                due_text=None if due is None else due.isoformat(),
                found=replace(found, raw=last),
                working=clock.working + text,
                lacks=clock.lacks if due is not None else (*clock.lacks, rolled),
                entries=(*clock.entries, since.entry, until.entry),
            ),
            moved,
        )

    def _rolled(self, last: date, found: Deadline) -> tuple[date | None, str]:
        """Where a last day lands, and why; None where the calendar does not know its year."""
        if found.roll == "none":
            return last, ""
        closed = open_days(self.calendar, self.pack.weekend, found.direction)
        back = found.direction == BEFORE and found.roll == "with_direction"
        reasons = []
        try:
            while (why := closed.why_closed(last)) is not None:
                reasons.append(why)
                last = last - _DAY if back else last + _DAY
        except NoTable as lack:
            return None, say("{said}.", said=capital(lack.said))
        return last, ", ".join(reasons)

    def ordered(self, clock: Clock, rows: Sequence[Row]) -> tuple[Clock, list[Change]]:
        """An order that names the rule, with a date or a number of its own."""
        changes: list[Change] = []
        for row in rows:
            if row.data["event"] != "order" or row.last is None or row.last > self.on:
                continue
            if not names_rule(row, clock.rule):
                continue
            bounds, period = row.bounds("due_on"), period_in(row.text("detail"))
            if bounds is not None:
                day = bounds.first // DAY_MS
                new = replace(
                    clock,
                    due=day,
                    due_text=day_text(day * DAY_MS),
                    basis="order",
                    still=None,
                    working=say(
                        "The court set {day_words}: a date set by order is not counted and does not roll.",
                        day_words=day_words(day * DAY_MS),
                    ),
                    entries=(*clock.entries, row.entry),
                )
                words = say("order of the court with a date")
            elif period is not None and clock.begun is not None:
                try:
                    found = self.sum(rule_as_ordered(self.pack, clock.rule), clock.begun, period)
                except Refused:
                    continue  # a unit that the rule's method does not count: for a person to read
                made = self._of(clock.begun, found)
                basis = None if made.due is None else "order"
                new = replace(made, basis=basis, entries=(*clock.entries, row.entry))
                words = say("order of the court: {period}", period=period.said())
            else:
                continue
            when = day_text(row.first or 0)
            changes.append(Change(when, words, clock.due_text, new.due_text, row.entry))
            clock = new
        return clock, changes


def custody_changes(
    world: World, case: Case, defendant: str | None, begun: Begun | None, counting: _Counting
) -> list[Change]:
    """The changes of status that moved a date, up to the day on which it passed."""
    if begun is None or defendant is None or not begun.rule.variants:
        return []
    statuses = world.dues.statuses
    known = [
        one
        for variant in begun.rule.variants
        for one in statuses.history(case.key, defendant, variant.status)
    ]
    changes: list[Change] = []
    for one in sorted(set(known), key=lambda one: one.ord):
        if one.first > counting.on or one.first // DAY_MS < begun.day:
            continue
        before = _before(statuses, one.first)
        old, _, _ = counting.status(begun, before, one.first - 1)
        new, _, _ = counting.status(begun, statuses, one.first)
        if old != new:
            was = counting.sum(rule_for_status(begun.rule, old), begun).due
            now = counting.sum(rule_for_status(begun.rule, new), begun).due
            changes.append(
                Change(
                    day_text(one.first),
                    one.status.replace("_", " "),
                    None if was is None else was.isoformat(),
                    None if now is None else now.isoformat(),
                    one.entry,
                )
            )
    return changes


def _before(statuses: Statuses, moment: int) -> Statuses:
    """What was on record of statuses that had begun before a moment."""
    found = Statuses()
    for place, rows in statuses.found.items():
        found.found[place] = [one for one in rows if one.first < moment]
    return found


def version_changes(versions: Sequence[Rule], clock: Clock, on: int) -> list[Change]:
    """Newer versions of a rule since the trigger, which move no date of an older one."""
    assert clock.begun is not None
    found = []
    for rule in versions:
        since = rule.effective_from
        if since is None or not clock.begun.day < day_number(since) <= on // DAY_MS:
            continue
        words = say(
            "a new version of the rule is in force; the trigger came before, so the version of then "
            "counts"
        )
        found.append(Change(since.isoformat(), words, clock.due_text, clock.due_text))
    return found


def _day(found: Deadline) -> int | None:
    if found.due is None:
        return None
    return day_number(found.due.date() if isinstance(found.due, datetime) else found.due)


def _moment(begun: Begun) -> date | datetime:
    """The trigger as a day, or as a time where hours count and the row says one."""
    if begun.rule.method.name == "hours":
        column = "due_on" if begun.rule.triggers[0].date_from == "due_on" else "occurred_on"
        bounds = begun.row.bounds(column)
        if bounds is not None and not parse_when(begun.row.text(column)).whole_day:
            return datetime(1970, 1, 1) + timedelta(milliseconds=bounds.first)  # noqa: DTZ001 - a wall clock
    return day_of(begun.day * DAY_MS)
