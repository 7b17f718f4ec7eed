"""When a line is due, by law or by the office's target. Section 5 of `the-match.md`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from fullfile.core.docket.ends import find_end
from fullfile.core.facts.accounts import Account, Fact, earliest
from fullfile.core.facts.cases import Case, Cases, Defendant
from fullfile.core.facts.rows import Facts, Row
from fullfile.core.ids import DAY_MS, day_of
from fullfile.core.matching.line import Policy
from fullfile.core.rules.law import Law, day_number

__all__ = ["Clock", "Due", "Dues"]


_ORDER = "the court's order"


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
class Clock:
    """What starts and moves the clock of one defendant in one case.

    Attributes:
        triggers: (first moment, event, day that counts, entry), in order.
        order: the latest order that set a date; None without one.
        order_day: that date.
        trigger: the first trigger, with the other accounts of it.
    """

    case: Case
    defendant: Defendant
    triggers: tuple[tuple[int, str, int, int], ...]
    order: Row | None
    order_day: int | None
    trigger: Fact | None


@dataclass(slots=True)
class Dues:
    """Due dates for the lines of an office, with the clocks kept."""

    facts: Facts
    cases: Cases
    law: Law
    policy: Policy
    on: int
    _clocks: dict[tuple[str, str], Clock] = field(default_factory=dict)

    def clock(self, case: Case, defendant: Defendant, on: int) -> Clock:
        """The clock of a defendant, by a moment."""
        wanted = (case.key, defendant.key)
        if wanted not in self._clocks:
            self._clocks[wanted] = self._read_clock(case, defendant, on)
        return self._clocks[wanted]

    def _read_clock(self, case: Case, defendant: Defendant, on: int) -> Clock:
        rule = self.law.first_rule(case.jurisdiction, case.level)
        dated = {trigger.event: trigger.date_from for trigger in rule.triggers} if rule else {}
        rows = [
            row
            for row in self.facts.of_case("docket", case.key)
            if row.first is not None
            and row.first <= on
            and self.cases.concerns(row, case.key, defendant.key)
        ]
        started = [row for row in rows if row.data["event"] in dated]
        counting = earliest(_accounts(started), self.policy.source_rank)
        if counting is not None:
            event = next(row.data["event"] for row in started if row.entry == counting.entry)
            alike = [row for row in started if row.data["event"] == event]
            counting = earliest(_accounts(alike), self.policy.source_rank)
        if counting is not None and self.policy.source_rank:
            best = _best_source(started, self.policy.source_rank)
            started = [row for row in started if _place(row, self.policy.source_rank) == best]
        triggers = []
        for row in started:
            moment = row.first or 0
            if dated[row.text("event")] == "due_on":
                bounds = row.bounds("due_on")
                if bounds is None:
                    continue
                moment = bounds.first
            triggers.append((row.first or 0, row.text("event"), moment // DAY_MS, row.entry))
        orders = [
            row
            for row in rows
            if row.data["event"] == "order"
            and row.data.get("due_on")
            and row.last is not None
            and row.last <= on
            and _is_about_disclosure(row.text("relates_to"))
        ]
        order = max(orders, key=lambda row: row.ord, default=None)
        bounds = order.bounds("due_on") if order else None
        return Clock(
            case,
            defendant,
            tuple(sorted(triggers, key=lambda found: (found[2], found[0], found[3]))),
            order,
            bounds.first // DAY_MS if bounds else None,
            counting,
        )

    def due(self, case: Case, defendant: Defendant, held: int | None, on: int) -> Due:
        """When an item held since a moment is due to a defendant (sections 5.1 to 5.5).

        Args:
            case: the case.
            defendant: one of its defendants.
            held: first moment of held since; None where it is not on record.
            on: by when triggers and orders must have happened.
        """
        found = self._by_law_or_target(case, defendant, held, on)
        if found.words == _ORDER:
            return found
        for earlier in sorted(case.refiled_from):
            old = self.cases.by_key.get(earlier)
            if old is None or case.start is None:
                continue
            same = [d for d in self.cases.defendants(old, on) if d.key == defendant.key]
            if not same:
                continue
            before = self._by_law_or_target(old, same[0], held, on)
            if before.day is None or before.day >= case.start // DAY_MS:
                continue
            end = find_end(self.cases, old.key, defendant.key, on)
            if end is not None and before.day > end.ended // DAY_MS:
                continue
            return replace(before, passed=f"the date had passed in {old.number}")
        return found

    def _by_law_or_target(self, case: Case, defendant: Defendant, held: int | None, on: int) -> Due:
        clock = self.clock(case, defendant, on)
        held_day = None if held is None else held // DAY_MS
        if clock.order is not None and clock.order_day is not None:
            rule = self.law.first_rule(case.jurisdiction, case.level)
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
            return self._target(clock, held, ())
        if not clock.triggers:
            nothing = self.law.date(case.jurisdiction, case.level, None, None)
            late = case.start is not None and self.law.has_dated_rule(case.jurisdiction, case.level)
            return self._target(clock, held, nothing.lacks, late=late)
        office = self._target(clock, held, ())
        lacks: tuple[str, ...] = ()
        for place, (_, event, day, entry) in enumerate(clock.triggers):
            answer = self.law.date(case.jurisdiction, case.level, event, day)
            if answer.due is None:
                lacks = lacks or answer.lacks
                continue
            last = day_number(answer.due)
            if held_day is not None and held_day > last:
                continue
            if place > 0 and office.day is not None and office.day < day:
                continue
            return Due(last, "law", answer.rule_id, answer.cite, answer.check, (), (entry,))
        return self._target(clock, held, lacks)

    def _target(
        self, clock: Clock, held: int | None, lacks: tuple[str, ...], *, late: bool = False
    ) -> Due:
        case, trigger = clock.case, clock.triggers[0] if clock.triggers else None
        rule = self.law.continuing(case.jurisdiction, case.level) if trigger and not lacks else None
        if rule is not None and held is not None:
            by_law = _continuing(rule.continuing, rule.period.n if rule.period else None, held)
            if by_law is not None:
                return Due(by_law, "law", rule.id, rule.cite, rule.check, ())
        if rule is None:
            rule = self.law.first_rule(case.jurisdiction, case.level)
        starts = [] if held is None else [held // DAY_MS]
        if case.start is not None:
            starts.append(case.start // DAY_MS + (30 if late else 0))
        if clock.defendant.joined is not None:
            starts.append(clock.defendant.joined // DAY_MS)
        if trigger is not None:
            # The day on which it occurred, also where the rule counts from another (a trial that is set).
            starts.append(trigger[0] // DAY_MS)
        if held is None:
            lacks = (*lacks, "when it was taken in")
        start = max(starts, default=None)
        return Due(
            None if start is None else start + self.policy.target_on(start),
            "policy",
            rule.id if rule else None,
            rule.cite if rule else None,
            rule.check if rule else None,
            lacks,
            (trigger[3],) if trigger else (),
        )

    def after_withholding(self, due: Due, until: int) -> Due:
        """The due date once a withholding has ended (section 5.6)."""
        day = until // DAY_MS
        later = day + self.policy.target_on(day)
        if due.day is not None and due.day >= later:
            return due
        return replace(due, day=later, basis="policy", words="from the end of the withholding")


def _accounts(rows: list[Row]) -> list[Account]:
    return [Account(row.first or 0, row.entry, row.source, row.text("occurred_on")) for row in rows]


def _continuing(kind: str | None, number: int | None, held: int) -> int | None:
    """The day that a continuing duty gives, where it gives one."""
    if kind == "immediately":
        return held // DAY_MS
    if kind == "number" and number is not None:
        return day_number(day_of(held) + timedelta(days=number))
    return None


def _is_about_disclosure(words: str) -> bool:
    lower = words.casefold()
    return not lower or "discl" in lower or "discov" in lower


def _place(row: Row, rank: tuple[str, ...]) -> int:
    return rank.index(row.source) if row.source in rank else len(rank)


def _best_source(rows: list[Row], rank: tuple[str, ...]) -> int:
    return min(_place(row, rank) for row in rows)
