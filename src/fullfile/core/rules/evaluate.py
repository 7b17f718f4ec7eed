"""From a rule and a trigger to a date, with everything a person needs to check it.

A `Deadline` carries trigger, rule, method, calendar, every skipped day with its
reason, the raw and the rolled last day, the check mark and the working (its JSON
form: `as_json`).

Where the law gives no date, or a fact or table is lacking, `due` is None and
`lacks` says what is not on record. What applies then (the office's target) is
policy, and is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from fullfile.core.rules.calendars import Calendar, OpenDays, day_words
from fullfile.core.rules.counting import (
    BEFORE,
    Candidate,
    Counted,
    Method,
    Period,
    Skipped,
    weakest_check,
)
from fullfile.core.rules.methods import count
from fullfile.core.rules.packs import Pack, Rule, find_rule, is_in_force
from fullfile.core.said import either, say, word

__all__ = [
    "Deadline",
    "PackDue",
    "StatusDate",
    "continuing_rule",
    "continuing_rules",
    "deadline",
    "deadline_by_rule",
    "first_disclosure_rule",
    "first_disclosure_rules",
    "pack_due",
    "rule_as_ordered",
    "rule_for_status",
    "trigger_events",
]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One worked-out date.

    Attributes:
        rule: the rule's id; None for a sum by hand.
        trigger: the day or time counted from.
        due: the last day (a time for hours); None where none is given by law or known.
        method: the method, with its number.
        roll: what a closed last day does.
        calendar: the id of the calendar; None where only weekends were looked at.
        skipped: every day left out, and why.
        check: the weakest mark of the rule and of the calendar days that it skipped.
        working: the sum in words.
        lacks: what is not on record or not known.
        direction: `after` or `before`.
        period: the period as counted (an order may have changed it).
        raw: the last day before any roll.
        candidates: both last days where the rule does not say which way to roll.
        trigger_event: the docket event, where there was one.
        pack_version: the version of the pack.
        calendar_version: the version of the calendar.
        ordered: an order of the court set the date or the period.
        variants: the dates for a defendant of some status, where the rule was asked by itself.
    """

    rule: str | None
    trigger: date | datetime | None
    due: date | datetime | None
    method: str
    roll: str
    calendar: str | None
    skipped: tuple[Skipped, ...]
    check: str | None
    working: str
    lacks: tuple[str, ...]
    direction: str
    period: str | None = None
    raw: date | datetime | None = None
    candidates: tuple[Candidate, ...] = ()
    trigger_event: str | None = None
    pack_version: str | None = None
    calendar_version: str | None = None
    ordered: bool = False
    variants: tuple[StatusDate, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusDate:
    """The date of the same rule for a defendant of some status.

    Attributes:
        status: a word of the status table.
        due: the last day; None where none is known.
        period, cite, check: of that period.
    """

    status: str
    due: date | datetime | None
    period: str
    cite: str
    check: str | None


@dataclass(frozen=True, slots=True)
class PackDue:
    """What a pack says on when the prosecution's first disclosure is due to a defendant.

    Attributes:
        due: the last day by law; None where none is given or known (see `lacks`).
        rule_id: the rule; None where the pack has none for the court.
        cite: its citation.
        check: the mark of the date (of the rule, where there is no date).
        lacks: what is not on record or not known, in words.
        deadline: the sum; None where there was nothing to count.
    """

    due: date | None
    rule_id: str | None
    cite: str | None
    check: str | None
    lacks: tuple[str, ...]
    deadline: Deadline | None


def deadline(
    rule: Rule,
    trigger: date | datetime,
    calendar: Calendar | None,
    *,
    weekend: tuple[str, ...] | None = None,
    pack_version: str | None = None,
    trigger_event: str | None = None,
    ordered_period: Period | None = None,
    ordered_due: date | None = None,
) -> Deadline:
    """Work out one rule's date.

    Args:
        rule: the rule.
        trigger: the day of the event, or its time.
        calendar: the closed days; None: weekends only, and the answer says so.
        weekend: the closed weekdays; None: those of the calendar.
        pack_version: kept with the answer.
        trigger_event: the docket event, kept with the answer.
        ordered_period: a period that the court ordered in place of the rule's; the method
            follows the new number.
        ordered_due: a day that the court set; it is not computed and does not roll.
    """
    if ordered_due is not None:
        day = trigger.date() if isinstance(trigger, datetime) else trigger
        counted = Counted(
            ordered_due,
            ordered_due,
            (),
            f"The court set {day_words(ordered_due)} (trigger {day_words(day)}): a date set by "
            "order is not counted and does not roll.",
        )
    else:
        counted = count(
            trigger,
            ordered_period or rule.period,
            rule.method,
            direction=rule.direction,
            roll=rule.roll,
            days=open_days(calendar, weekend, rule.direction),
            roll_stated=rule.roll_stated,
            words=rule.period_words,
        )
    period = ordered_period or rule.period
    return made_deadline(
        counted,
        rule=rule.id,
        trigger=trigger,
        method=rule.method,
        roll=rule.roll,
        calendar=calendar,
        check=rule.check,
        direction=rule.direction,
        period=str(period) if period else rule.period_words or None,
        trigger_event=trigger_event,
        pack_version=pack_version,
        ordered=ordered_due is not None or ordered_period is not None,
    )


def open_days(
    calendar: Calendar | None, weekend: tuple[str, ...] | None, direction: str
) -> OpenDays:
    """The closed days of one sum: the weekend given, else the calendar's, else Saturday and Sunday."""
    if weekend is None:
        weekend = OpenDays(None).weekend if calendar is None else calendar.weekend
    return OpenDays(calendar, weekend, counting_back=direction == BEFORE)


def made_deadline(
    counted: Counted,
    *,
    rule: str | None,
    trigger: date | datetime,
    method: Method,
    roll: str,
    calendar: Calendar | None,
    check: str | None,
    direction: str,
    period: str | None,
    trigger_event: str | None = None,
    pack_version: str | None = None,
    ordered: bool = False,
) -> Deadline:
    """A counted sum as a deadline. A skipped day of a weaker mark weakens the date's mark."""
    marks = [skipped.check for skipped in counted.skipped] if check is not None else []
    return Deadline(
        rule=rule,
        trigger=trigger,
        due=counted.due,
        method=str(method),
        roll=roll,
        calendar=None if calendar is None else calendar.id,
        skipped=counted.skipped,
        check=weakest_check(check, *marks),
        working=counted.working,
        lacks=counted.lacks,
        direction=direction,
        period=period,
        raw=counted.raw,
        candidates=counted.candidates,
        trigger_event=trigger_event,
        pack_version=pack_version,
        calendar_version=None if calendar is None else calendar.version or None,
        ordered=ordered,
    )


def first_disclosure_rule(
    pack: Pack, court_level: str | None, on: date | None, kind: str = ""
) -> Rule | None:
    """The dated duty of the prosecution to the defendant in a court, as in force on a day.

    Args:
        pack: the pack.
        court_level: a word of the pack; empty: its default.
        on: the day of the procedural event; None: whatever is latest.
        kind: the item's kind. A rule that names the kind comes before the rule for everything.
    """
    rules = first_disclosure_rules(pack, court_level)
    if on is not None:
        rules = [rule for rule in rules if is_in_force(rule, on)]
    own = [rule for rule in rules if kind in rule.item_kinds]
    return _newest(own or [rule for rule in rules if not rule.item_kinds])


def first_disclosure_rules(pack: Pack, court_level: str | None) -> list[Rule]:
    """Every version of the first duty in a court, for every kind of item."""
    return _rules_of(pack, "first_disclosure", court_level)


def continuing_rule(pack: Pack, court_level: str | None, on: date | None = None) -> Rule | None:
    """The rule for what comes after the first disclosure; None where the pack has none."""
    rules = continuing_rules(pack, court_level)
    return _newest([rule for rule in rules if on is None or is_in_force(rule, on)])


def continuing_rules(pack: Pack, court_level: str | None) -> list[Rule]:
    """Every version of the continuing duty in a court."""
    return _rules_of(pack, "continuing", court_level)


def trigger_events(pack: Pack, court_level: str | None) -> tuple[str, ...]:
    """The docket events that start the clock of the first disclosure in a court."""
    rule = first_disclosure_rule(pack, court_level, None)
    return () if rule is None else rule.trigger_events


def _rules_of(pack: Pack, duty: str, court_level: str | None) -> list[Rule]:
    level = pack.court_level(court_level)
    if level is None:
        return []
    return [rule for rule in pack.rules if rule.duty == duty and level.id in rule.court_levels]


def _newest(rules: Iterable[Rule]) -> Rule | None:
    return max(rules, key=lambda rule: rule.effective_from or date.min, default=None)


def pack_due(
    pack: Pack,
    calendars: Mapping[str, Calendar],
    court_level: str | None,
    trigger_event: str | None,
    trigger_date: date | datetime | None,
    *,
    kind: str = "",
    status: str = "",
    period: Period | None = None,
) -> PackDue:
    """When the first disclosure to a defendant is due by law, or what is lacking to say so.

    Args:
        pack: the pack of the case.
        calendars: the calendars by id.
        court_level: a word of the pack; empty: its default.
        trigger_event: the docket event; None when none is on record.
        trigger_date: its day (for an event that sets a day, that day).
        kind: the item's kind, where a rule is for some kinds only.
        status: a status of the defendant for which the rule has another period; empty: its own.
        period: a number that the court ordered in the place of the rule's.
    """
    level = pack.court_level(court_level)
    if level is None:
        known = ", ".join(found.id for found in pack.court_levels)
        return _nothing(
            say(
                "a court level that the pack {pack} knows: “{level}” is not among {known}",
                pack=pack.id,
                level=(court_level or "").strip(),
                known=known,
            )
        )
    day = trigger_date.date() if isinstance(trigger_date, datetime) else trigger_date
    rule = first_disclosure_rule(pack, level.id, day, kind)
    if rule is None:
        if first_disclosure_rule(pack, level.id, None, kind) is not None:
            return _nothing(
                say(
                    "a disclosure rule in force on {day}: the pack {pack} has none that old for the {level}",
                    day=str(day),
                    pack=pack.id,
                    level=level.name,
                )
                if day is not None and day < pack.effective_from
                else say(
                    "a disclosure rule in force on {day} for the {level} in the pack {pack}",
                    day=str(day),
                    level=level.name,
                    pack=pack.id,
                )
            )
        return _nothing(
            level.note
            or say(
                "a disclosure rule for the {level} in the pack {pack}",
                level=level.name,
                pack=pack.id,
            )
        )
    if trigger_event is None or trigger_date is None:
        return PackDue(None, rule.id, rule.cite, rule.check, (_no_trigger(rule),), None)
    if trigger_event not in rule.trigger_events:
        lack = say(
            "{trigger} ({event} does not start its clock)",
            trigger=_no_trigger(rule),
            event=trigger_event,
        )
        return PackDue(None, rule.id, rule.cite, rule.check, (lack,), None)
    found = deadline(
        rule_for_status(rule, status) if period is None else rule_as_ordered(pack, rule),
        trigger_date,
        calendars.get(pack.calendar, Calendar(pack.calendar)),
        weekend=pack.weekend,
        pack_version=pack.version,
        trigger_event=trigger_event,
        ordered_period=period,
    )
    due = found.due.date() if isinstance(found.due, datetime) else found.due
    lacks = found.lacks
    if due is None and not lacks:
        lacks = (say("a number of days in {cite}", cite=rule.cite),)
    cite = rule_for_status(rule, status).cite
    return PackDue(due, rule.id, cite, found.check, lacks, found)


def rule_as_ordered(pack: Pack, rule: Rule) -> Rule:
    """A rule as it is counted where the court ordered another number.

    Where the pack counts short periods in another way, the number as ordered decides, also
    for a rule whose own number is long (Rule 5-104(A) NMRA).
    """
    short = next(
        (one.method for one in pack.rules if one.method.name == "short_period_working_days"), None
    )
    if short is None or rule.method.name != "calendar_roll":
        return rule
    return replace(rule, method=short)


def rule_for_status(rule: Rule, status: str) -> Rule:
    """A rule with the period that it has for a defendant of some status; empty: as it is."""
    for variant in rule.variants:
        if variant.status == status:
            check = weakest_check(rule.check, variant.check) or rule.check
            return replace(rule, period=variant.period, cite=variant.cite, check=check)
    return rule


def _nothing(lack: str) -> PackDue:
    return PackDue(None, None, None, None, (lack,), None)


def _no_trigger(rule: Rule) -> str:
    events = either([word(event.replace("_", " ")) for event in rule.trigger_events])
    return say(
        "{trigger}, from which {cite} counts",
        trigger=events or rule.trigger_words,
        cite=rule.cite,
    )


def _by_pack(
    pack: Pack, calendars: Mapping[str, Calendar], rule: Rule, trigger: date | datetime
) -> Deadline:
    """A rule counted with the calendar and the weekend of its pack."""
    return deadline(
        rule,
        trigger,
        calendars.get(pack.calendar, Calendar(pack.calendar)),
        weekend=pack.weekend,
        pack_version=pack.version,
    )


def deadline_by_rule(
    packs: Iterable[Pack],
    calendars: Mapping[str, Calendar],
    name: str,
    trigger: date | datetime,
) -> Deadline:
    """The date of a rule named by id or citation.

    Raises:
        NotFound: no pack has the rule.
        Refused: several packs have it.
    """
    day = trigger.date() if isinstance(trigger, datetime) else trigger
    pack, rule = find_rule(packs, name, on=day)
    found = _by_pack(pack, calendars, rule, trigger)
    if is_in_force(rule, day):
        others = {one.status: rule_for_status(rule, one.status) for one in rule.variants}
        return replace(
            found,
            variants=tuple(
                StatusDate(status, counted.due, str(other.period), other.cite, counted.check)
                for status, other in others.items()
                for counted in (_by_pack(pack, calendars, other, trigger),)
            ),
        )
    lack = f"the version of {rule.cite} in force on {day_words(day)}: the pack {pack.id} has it from {rule.effective_from}"
    if rule.effective_to is not None:
        lack += f" to {rule.effective_to}"
    return replace(
        found,
        due=None,
        raw=None,
        skipped=(),
        candidates=(),
        lacks=(lack,),
        working=f"Not counted: the pack does not hold this rule as it stood on {day_words(day)}.",
    )
