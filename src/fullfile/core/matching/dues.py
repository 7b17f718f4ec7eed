"""When a line is due, by law or by the office's target. Section 5 of `the-match.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fullfile.core.docket.ends import find_end
from fullfile.core.docket.orders import period_of, sets_date
from fullfile.core.docket.triggers import docket_and_requests
from fullfile.core.facts.accounts import Account, Fact, earliest
from fullfile.core.facts.cases import Case, Cases, Defendant
from fullfile.core.facts.dates import day_words
from fullfile.core.facts.rows import Facts, ItemKey, Row
from fullfile.core.facts.statuses import Statuses, end_of, read_statuses
from fullfile.core.ids import DAY_MS
from fullfile.core.matching.line import Policy
from fullfile.core.rules.evaluate import PackDue
from fullfile.core.rules.law import Law, day_number
from fullfile.core.said import say, word

__all__ = ["ENDED_BY_DISCLOSURE", "Choice", "Clock", "Due", "Dues", "Start", "by_status"]


_ORDER = say("the court's order")
ENDED_BY_DISCLOSURE = say("from the disclosure, which ended the withholding")
_ENDED = say("from the end of the withholding")


@dataclass(frozen=True, slots=True)
class Due:
    """A due date (days since 1970) and what it rests on.

    Attributes:
        day: None where no date can be given.
        basis: `law` or `policy`.
        rule, cite, check: the rule's id, citation and check mark.
        lacks: what is not on record.
        entries: the docket rows it rests on.
        words: of what set the day, where that is not a rule ("the court's order").
        passed: in which case before this one the date had passed.
    """

    day: int | None
    basis: str
    rule: str | None
    cite: str | None
    check: str | None
    lacks: tuple[str, ...]
    entries: tuple[int, ...] = ()
    words: str = ""
    passed: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """A trigger that counts, and the date that the law gives for it.

    Attributes:
        day: the day from which the rule counts (days since 1970).
        occurred: the first moment of the docket row, or of the request.
        entry, event: the row.
        due: the last day; None where the law gives none.
        answer: the sum behind it, or what is lacking.
        lacks: what is not on record although there is a date.
        status: the status of the defendant by which another period than the rule's own applies.
        entries: what else the date rests on.
        words: of the order that set the number.
    """

    day: int
    occurred: int
    entry: int
    event: str
    due: int | None
    answer: PackDue
    lacks: tuple[str, ...] = ()
    status: str = ""
    entries: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """What starts and moves the clock of one defendant in one case, for one kind of item.

    Attributes:
        kind: the kind of item for which the court has a rule of its own; empty: all others.
        triggers: from the one that counts on, in order.
        before: earlier triggers that a later one took the place of (`trigger_choice = "latest"`).
        order: the latest order that set a date; None without one.
        order_day: that date.
        trigger: the first trigger, with the other accounts of it.
    """

    case: Case
    defendant: Defendant
    kind: str
    triggers: tuple[Start, ...]
    before: tuple[Start, ...]
    order: Row | None
    order_day: int | None
    trigger: Fact | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a rule's periods counts: of a status, or (empty) the rule's own."""

    status: str
    lacks: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()


def by_status(
    own: int | None,
    dates: Mapping[str, int],
    statuses: Statuses,
    case: str,
    defendant: str,
    on: int,
) -> Choice:
    """The earliest date whose status held at the end of that day, else the rule's own (section 5.7).

    Args:
        own: the last day of the rule's own period.
        dates: the last days of its other periods, by status.
        statuses: what is on record of the defendant.
        case: the case.
        defendant: the defendant.
        on: the moment asked for; a day after it counts as it stands then.
    """
    lacks: list[str] = []
    held: list[tuple[int, str, int]] = []
    own_stands = own is not None
    for status, last in dates.items():
        found = statuses.at(case, defendant, status, end_of(last, on))
        if found is None:
            lacks.append(_whether(status, last))
        elif found.status == status:
            held.append((last, status, found.entry))
        if own is not None:
            then = statuses.at(case, defendant, status, end_of(own, on))
            own_stands = own_stands and (then is None or then.status != status)
    if not held or (own is not None and own_stands and own <= min(held)[0]):
        return Choice("", tuple(lacks))
    _, status, entry = min(held)
    return Choice(status, (), (entry,))


@dataclass(slots=True)
class Dues:
    """Due dates for the lines of an office, with the clocks kept."""

    facts: Facts
    cases: Cases
    law: Law
    policy: Policy
    on: int
    _clocks: dict[tuple[str, str, str], Clock] = field(default_factory=dict)
    _dates: dict[tuple[str, str, str, int | None, int], Due] = field(default_factory=dict)
    _statuses: Statuses | None = None

    @property
    def statuses(self) -> Statuses:
        """What is on record of each defendant's status."""
        if self._statuses is None:
            self._statuses = read_statuses(self.facts)
        return self._statuses

    def kind_of(self, case: Case, item: ItemKey) -> str:
        """The kind of an item, where the case's court has a rule for it; else empty."""
        if not self.law.kinds(case.jurisdiction, case.level):
            return ""
        said = (row.text("kind") for row in self.facts.of_item("items", item))
        kind = next((kind for kind in said if kind), "")
        return self.law.kind_of(case.jurisdiction, case.level, kind)

    def clock(self, case: Case, defendant: Defendant, on: int, kind: str = "") -> Clock:
        """The clock of a defendant, by a moment."""
        wanted = (case.key, defendant.key, kind)
        if wanted not in self._clocks:
            self._clocks[wanted] = self._read_clock(case, defendant, on, kind)
        return self._clocks[wanted]

    def _read_clock(self, case: Case, defendant: Defendant, on: int, kind: str) -> Clock:
        rows = [
            row
            for row in docket_and_requests(self.facts, case.key)
            if row.first is not None
            and row.first <= on
            and self.cases.concerns(row, case.key, defendant.key)
        ]
        started = self._started(case, rows, kind)
        counting = earliest(_accounts([row for row, _ in started]), self.policy.source_rank)
        if counting is not None:
            event = next(row.data["event"] for row, _ in started if row.entry == counting.entry)
            alike = [row for row, _ in started if row.data["event"] == event]
            counting = earliest(_accounts(alike), self.policy.source_rank)
        if counting is not None and self.policy.source_rank:
            best = min(_place(row, self.policy.source_rank) for row, _ in started)
            started = [one for one in started if _place(one[0], self.policy.source_rank) == best]
        ordered = [
            row
            for row in rows
            if row.last is not None and row.last <= on and period_of(row) is not None
        ]
        latest = max(ordered, key=lambda row: row.ord, default=None)
        before, triggers = self._in_turn(case, defendant, started, latest, on, kind)
        order = max(
            (row for row in rows if sets_date(row, on)), key=lambda row: row.ord, default=None
        )
        bounds = order.bounds("due_on") if order else None
        return Clock(
            case,
            defendant,
            kind,
            triggers,
            before,
            order,
            bounds.first // DAY_MS if bounds else None,
            counting,
        )

    def _started(self, case: Case, rows: list[Row], kind: str) -> list[tuple[Row, int]]:
        """The rows that start the clock, each with the day that counts (section 5.1)."""
        found: list[tuple[Row, int]] = []
        starts = self.law.starts(case.jurisdiction, case.level, kind)
        for row in rows:
            for start in starts:
                if start.event != row.data["event"]:
                    continue
                moment = row.first
                if start.from_due:
                    bounds = row.bounds("due_on")
                    moment = bounds.first if bounds is not None else None
                if moment is not None and start.covers(moment // DAY_MS):
                    found.append((row, moment // DAY_MS))
        return found

    def _in_turn(
        self,
        case: Case,
        defendant: Defendant,
        started: list[tuple[Row, int]],
        ordered: Row | None,
        on: int,
        kind: str,
    ) -> tuple[tuple[Start, ...], tuple[Start, ...]]:
        """The triggers that another took the place of, and those that count, in their order."""
        latest = self.law.takes_latest(case.jurisdiction, case.level, kind)
        turns: dict[int, tuple[int, int, int, str]] = {}
        for row, day in started:
            occurred = row.first or 0
            turn = occurred // DAY_MS if latest else day
            one = (day, occurred, row.entry, row.text("event"))
            turns[turn] = min(turns.get(turn, one), one)
        starts = []
        for turn in sorted(turns):
            start = self._start(case, defendant, *turns[turn], on=on, kind=kind)
            starts.append(start if ordered is None else self._ordered(case, start, ordered, kind))
        place = 0
        if latest:
            while place + 1 < len(starts):
                due, again = starts[place].due, starts[place + 1]
                if due is not None and again.occurred // DAY_MS > due:
                    break
                place += 1
        return tuple(starts[:place]), tuple(starts[place:])

    def _start(
        self,
        case: Case,
        defendant: Defendant,
        day: int,
        occurred: int,
        entry: int,
        event: str,
        *,
        on: int,
        kind: str,
    ) -> Start:
        """A trigger with its date: of the rule's own period and its variants (section 5.7)."""
        court = (case.jurisdiction, case.level)
        own = self.law.date(*court, event, day, kind)
        due = None if own.due is None else day_number(own.due)
        answers = {
            one.status: self.law.date(*court, event, day, kind, one.status)
            for one in self.law.variants(*court, day, kind)
        }
        dates = {status: day_number(found.due) for status, found in answers.items() if found.due}
        choice = by_status(due, dates, self.statuses, case.key, defendant.key, on)
        if not choice.status:
            return Start(day, occurred, entry, event, due, own, choice.lacks if due else ())
        answer = answers[choice.status]
        return Start(
            day,
            occurred,
            entry,
            event,
            dates[choice.status],
            answer,
            (),
            choice.status,
            choice.entries,
        )

    def date_by(
        self, case: Case, defendant: Defendant, start: Start, kind: str, moment: int
    ) -> int | None:
        """The date that a trigger had by a moment, from the statuses that had begun by then."""
        found = self._start(
            case,
            defendant,
            start.day,
            start.occurred,
            start.entry,
            start.event,
            on=moment,
            kind=kind,
        )
        return found.due

    def _ordered(self, case: Case, start: Start, order: Row, kind: str) -> Start:
        """The date by a number that the court ordered before the date had passed (section 5.2)."""
        if start.due is not None and (order.first or 0) // DAY_MS > start.due:
            return start
        period = period_of(order)
        assert period is not None  # what `_read_clock` chose it for
        answer = self.law.date(
            case.jurisdiction, case.level, start.event, start.day, kind, period=period
        )
        if answer.due is None or answer.deadline is None or not answer.deadline.ordered:
            return start
        return replace(
            start,
            due=day_number(answer.due),
            answer=answer,
            lacks=(),
            status="",
            entries=(order.entry,),
            words=say("the court's order of {period}", period=period.said()),
        )

    def due(
        self,
        case: Case,
        defendant: Defendant,
        held: int | None,
        on: int,
        item: ItemKey | None = None,
    ) -> Due:
        """When an item held since a moment is due to a defendant (sections 5.1 to 5.5).

        Args:
            case: the case.
            defendant: one of its defendants.
            held: first moment of held since; None where it is not on record.
            on: by when triggers and orders must have happened.
            item: the item, whose kind may have a rule of its own; None: any other.
        """
        found = self._by_law_or_target(case, defendant, held, on, item)
        if found.words == _ORDER:
            return found
        for earlier in sorted(case.refiled_from):
            old = self.cases.by_key.get(earlier)
            if old is None or case.start is None:
                continue
            same = [d for d in self.cases.defendants(old, on) if d.key == defendant.key]
            if not same:
                continue
            before = self._by_law_or_target(old, same[0], held, on, item)
            if before.day is None or before.day >= case.start // DAY_MS:
                continue
            end = find_end(self.cases, old.key, defendant.key, on)
            if end is not None and before.day > end.ended // DAY_MS:
                continue
            return replace(before, passed=say("the date had passed in {case}", case=old.number))
        return found

    def _by_law_or_target(
        self, case: Case, defendant: Defendant, held: int | None, on: int, item: ItemKey | None
    ) -> Due:
        kind = "" if item is None else self.kind_of(case, item)
        held_day = None if held is None else held // DAY_MS
        # Items held since one day have one date: a case has thousands of items, and few days.
        wanted = (case.key, defendant.key, kind, held_day, on)
        if wanted not in self._dates:
            self._dates[wanted] = self._date(case, defendant, held, on, kind)
        return self._dates[wanted]

    def _date(self, case: Case, defendant: Defendant, held: int | None, on: int, kind: str) -> Due:
        clock = self.clock(case, defendant, on, kind)
        held_day = None if held is None else held // DAY_MS
        if clock.order is not None and clock.order_day is not None:
            rule = self.law.first_rule(case.jurisdiction, case.level, kind)
            if held_day is None or held_day <= clock.order_day:
                return Due(
                    clock.order_day,
                    "law",
                    rule.id if rule else None,
                    rule.cite if rule else None,
                    rule.check if rule else None,
                    (),
                    (clock.order.entry,),
                    _ORDER,
                )
            return self._target(clock, held, (), after_law=True)
        if not clock.triggers:
            nothing = self.law.date(case.jurisdiction, case.level, None, None, kind)
            dated = self.law.has_dated_rule(case.jurisdiction, case.level, kind)
            late = case.start is not None and dated
            return self._target(clock, held, nothing.lacks, late=late)
        first = clock.triggers[0].due
        after = first is not None and held_day is not None and held_day > first
        office = self._target(clock, held, (), after_law=after)
        lacks: tuple[str, ...] = ()
        for place, start in enumerate(clock.triggers):
            answer = start.answer
            if start.due is None:
                lacks = lacks or answer.lacks
                continue
            if held_day is not None and held_day > start.due:
                continue
            if place > 0 and office.day is not None and office.day < start.day:
                continue
            return Due(
                start.due,
                "law",
                answer.rule_id,
                answer.cite,
                answer.check,
                start.lacks,
                (start.entry, *start.entries),
                start.words,
            )
        return self._target(clock, held, lacks, after_law=after)

    def _target(
        self,
        clock: Clock,
        held: int | None,
        lacks: tuple[str, ...],
        *,
        late: bool = False,
        after_law: bool = False,
    ) -> Due:
        """The office's target, or the day that the continuing duty gives (section 5.4)."""
        case, trigger = clock.case, clock.triggers[0] if clock.triggers else None
        court = (case.jurisdiction, case.level)
        if after_law and held is not None:
            found = self.law.continuing_date(*court, held // DAY_MS)
            if found is not None:
                later, counted = found
                if counted.due is not None:
                    day = day_number(counted.due)
                    return Due(day, "law", later.id, later.cite, counted.check, ())
        rule = self.law.continuing(*court) if trigger and not lacks else None
        if rule is None:
            on = None if trigger is None else trigger.day
            rule = self.law.first_rule(*court, clock.kind, on)
        starts = [] if held is None else [held // DAY_MS]
        if case.start is not None:
            starts.append(case.start // DAY_MS + (30 if late else 0))
        if clock.defendant.joined is not None:
            starts.append(clock.defendant.joined // DAY_MS)
        if trigger is not None:
            # The day on which it occurred, also where the rule counts from another (a trial that is set).
            starts.append(trigger.occurred // DAY_MS)
        if held is None:
            lacks = (*lacks, say("when it was taken in"))
        start = max(starts, default=None)
        return Due(
            None if start is None else start + self.policy.target_on(start),
            "policy",
            rule.id if rule else None,
            rule.cite if rule else None,
            rule.check if rule else None,
            lacks,
            (trigger.entry,) if trigger else (),
        )

    def after_withholding(self, due: Due, until: int, words: str = _ENDED) -> Due:
        """The due date once a withholding has ended, by its `until` or by the disclosure (section 5.6)."""
        day = until // DAY_MS
        later = day + self.policy.target_on(day)
        if due.day is not None and due.day >= later:
            return due
        return replace(due, day=later, basis="policy", words=words)


def _accounts(rows: list[Row]) -> list[Account]:
    return [Account(row.first or 0, row.entry, row.source, row.text("occurred_on")) for row in rows]


def _whether(status: str, due: int) -> str:
    return say(
        "whether the defendant was {status} (then the date is {day})",
        status=word(status.replace("_", " ")),
        day=day_words(due * DAY_MS),
    )


def _place(row: Row, rank: tuple[str, ...]) -> int:
    return rank.index(row.source) if row.source in rank else len(rank)
