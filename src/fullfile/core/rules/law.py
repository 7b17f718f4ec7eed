"""The law as questions ask for it: packs and calendars that the office had adopted.

The match compares dates; the sums are done by `core.rules`. Answers are kept,
because few distinct triggers stand behind many lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from fullfile.core.errors import Refused
from fullfile.core.ids import DAY_MS, day_of
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.counting import Method, Period
from fullfile.core.rules.evaluate import (
    Deadline,
    PackDue,
    continuing_rule,
    continuing_rules,
    deadline,
    first_disclosure_rule,
    first_disclosure_rules,
    pack_due,
)
from fullfile.core.rules.packs import Ground, Pack, Rule
from fullfile.core.rules.provisions import Variant
from fullfile.core.said import say

__all__ = ["Law", "Started", "day_number"]

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


@dataclass(frozen=True, slots=True)
class Started:
    """A docket event that starts the clock of the first duty, for the days on which it does.

    Attributes:
        event: the docket event.
        from_due: it counts from the date that the court set (`due_on`), not from the event.
        since, until: the days (since 1970) that count on which it does; None: no end.
    """

    event: str
    from_due: bool
    since: int | None
    until: int | None

    def covers(self, day: int) -> bool:
        """Whether a day that counts lies within."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(slots=True)
class Law:
    """The packs and calendars in force for the office, with their answers kept.

    A rule may stand in several versions: the one in force on the day of the trigger gives date,
    citation and mark. It may be for some kinds of item only, and have other periods for a
    defendant of some status.

    Attributes:
        packs: by jurisdiction id.
        calendars: by calendar id.
    """

    packs: Mapping[str, Pack]
    calendars: Mapping[str, Calendar]
    _dates: dict[tuple[str, str, str | None, int | None, str, str, Period | None], PackDue] = field(
        default_factory=dict
    )
    _later: dict[tuple[str, str, int], tuple[Rule, Deadline] | None] = field(default_factory=dict)
    _rules: dict[tuple[str, str, int | None, str], Rule | None] = field(default_factory=dict)
    _starts: dict[tuple[str, str, str], tuple[Started, ...]] = field(default_factory=dict)
    _kinds: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def pack(self, jurisdiction: str) -> Pack | None:
        """The pack of a jurisdiction; None where the office has adopted none."""
        return self.packs.get(jurisdiction.strip().casefold())

    def first_rule(
        self, jurisdiction: str, level: str, kind: str = "", day: int | None = None
    ) -> Rule | None:
        """The prosecution's first duty to the defendant in a court.

        Args:
            jurisdiction: the id of the pack.
            level: the level of the court.
            kind: the item's kind.
            day: as in force on a day (since 1970); None: the latest version.
        """
        wanted = (jurisdiction, level, day, kind)
        if wanted not in self._rules:
            pack = self.pack(jurisdiction)
            on = None if day is None else day_of(day * DAY_MS)
            found = None if pack is None else first_disclosure_rule(pack, level, on, kind)
            self._rules[wanted] = found
        return self._rules[wanted]

    def triggers(self, jurisdiction: str, level: str) -> tuple[str, ...]:
        """The docket events that start the clock of that duty, in any version of the rule."""
        return tuple(dict.fromkeys(one.event for one in self.starts(jurisdiction, level)))

    def starts(self, jurisdiction: str, level: str, kind: str = "") -> tuple[Started, ...]:
        """The events that start the clock, each for the days on which its version is in force.

        Where no version was in force, an event that any version names still counts as a trigger:
        the answer for it says which version is lacking.
        """
        wanted = (jurisdiction, level, kind)
        if wanted not in self._starts:
            pack = self.pack(jurisdiction)
            self._starts[wanted] = () if pack is None else _starts(pack, level, kind)
        return self._starts[wanted]

    def kinds(self, jurisdiction: str, level: str) -> frozenset[str]:
        """The kinds of item for which a court has a first duty of its own."""
        wanted = (jurisdiction, level)
        if wanted not in self._kinds:
            pack = self.pack(jurisdiction)
            rules = [] if pack is None else first_disclosure_rules(pack, level)
            self._kinds[wanted] = frozenset(kind for rule in rules for kind in rule.item_kinds)
        return self._kinds[wanted]

    def kind_of(self, jurisdiction: str, level: str, kind: str) -> str:
        """A kind, where the court has a rule for it; else empty, as for every other item."""
        return kind if kind in self.kinds(jurisdiction, level) else ""

    def has_dated_rule(self, jurisdiction: str, level: str, kind: str = "") -> bool:
        """Whether that duty has a date: a number of days, or the event itself."""
        rule = self.first_rule(jurisdiction, level, kind)
        if rule is None:
            return False
        return rule.period is not None or rule.method.name == "event_fixed"

    def takes_latest(self, jurisdiction: str, level: str, kind: str = "") -> bool:
        """Whether each later trigger starts the clock of that duty again."""
        rule = self.first_rule(jurisdiction, level, kind)
        return rule is not None and rule.trigger_choice == "latest"

    def variants(
        self, jurisdiction: str, level: str, day: int, kind: str = ""
    ) -> tuple[Variant, ...]:
        """The other periods of that duty, for a trigger on a day."""
        rule = self.first_rule(jurisdiction, level, kind, day)
        return () if rule is None else rule.variants

    def continuing(self, jurisdiction: str, level: str, day: int | None = None) -> Rule | None:
        """The rule for what comes after the first disclosure, as in force on a day; None: the latest."""
        pack = self.pack(jurisdiction)
        if pack is None:
            return None
        on = None if day is None else day_of(day * DAY_MS)
        return continuing_rule(pack, level, on)

    def gives_number(self, jurisdiction: str, level: str) -> bool:
        """Whether some version of that rule gives a number of days, or says at once."""
        pack = self.pack(jurisdiction)
        rules = [] if pack is None else continuing_rules(pack, level)
        return any(rule.continuing in ("number", "immediately") for rule in rules)

    def continuing_date(
        self, jurisdiction: str, level: str, day: int
    ) -> tuple[Rule, Deadline] | None:
        """By when what was taken in on a day is due under the continuing duty, where it gives a date.

        Args:
            jurisdiction: the id of the pack.
            level: the level of the court.
            day: the day on which it was taken in (days since 1970).
        """
        wanted = (jurisdiction, level, day)
        if wanted not in self._later:
            self._later[wanted] = self._continuing_date(jurisdiction, level, day)
        return self._later[wanted]

    def _continuing_date(
        self, jurisdiction: str, level: str, day: int
    ) -> tuple[Rule, Deadline] | None:
        pack, rule = self.pack(jurisdiction), self.continuing(jurisdiction, level, day)
        if pack is None or rule is None or rule.continuing not in ("number", "immediately"):
            return None
        if rule.continuing == "number" and rule.period is None:
            return None
        counted = rule
        if rule.continuing == "immediately":
            counted = replace(rule, method=Method("event_fixed"), period=None, roll="none")
        elif rule.method.name == "undated":  # a number without a way of counting: every day counts
            counted = replace(rule, method=Method("calendar_roll"), roll="none")
        found = deadline(
            counted,
            day_of(day * DAY_MS),
            self.calendars.get(pack.calendar, Calendar(pack.calendar)),
            weekend=pack.weekend,
            pack_version=pack.version,
        )
        return None if found.due is None else (rule, found)

    def ground(self, jurisdiction: str, ground: str) -> Ground | None:
        """A ground on which the pack lets material be held back."""
        pack = self.pack(jurisdiction)
        return None if pack is None else pack.ground(ground)

    def date(
        self,
        jurisdiction: str,
        level: str,
        event: str | None,
        day: int | None,
        kind: str = "",
        status: str = "",
        period: Period | None = None,
    ) -> PackDue:
        """The pack's date for a trigger on a day (days since 1970), or what is lacking.

        Args:
            jurisdiction: the id of the pack.
            level: the level of the court.
            event: the trigger; None where none is on record.
            day: the day that counts (days since 1970).
            kind: the item's kind, where the court has a rule for it.
            status: the defendant's status for which the rule has another period; empty: its own.
            period: a number that the court ordered. One that the rule's method cannot count
                leaves the rule's own.
        """
        wanted = (jurisdiction, level, event, day, kind, status, period)
        if wanted not in self._dates:
            pack = self.pack(jurisdiction)
            if pack is None:
                lack = say("a pack for {place}", place=jurisdiction)
                self._dates[wanted] = PackDue(None, None, None, None, (lack,), None)
            else:
                on = None if day is None else day_of(day * DAY_MS)
                try:
                    self._dates[wanted] = pack_due(
                        pack,
                        self.calendars,
                        level,
                        event,
                        on,
                        kind=kind,
                        status=status,
                        period=period,
                    )
                except Refused:
                    if period is None:
                        raise
                    self._dates[wanted] = self.date(jurisdiction, level, event, day, kind, status)
        return self._dates[wanted]


def _starts(pack: Pack, level: str, kind: str) -> tuple[Started, ...]:
    """Each stretch of days between two changes of version, with the events that count in it."""
    rules = first_disclosure_rules(pack, level)
    mine = [rule for rule in rules if kind in rule.item_kinds or not rule.item_kinds]
    named = {
        trigger.event: trigger.date_from == "due_on"
        for rule in sorted(mine, key=lambda rule: rule.effective_from or date.min)
        for trigger in rule.triggers
    }
    changes = {rule.effective_from for rule in mine if rule.effective_from is not None}
    changes |= {rule.effective_to + timedelta(days=1) for rule in mine if rule.effective_to}
    edges = sorted(changes)
    found: list[Started] = []
    for since, until in zip([None, *edges], [*edges, None], strict=True):
        inside = since or (until - timedelta(days=1) if until else date.max)
        rule = first_disclosure_rule(pack, level, inside, kind)
        events = named
        if rule is not None:
            events = {one.event: one.date_from == "due_on" for one in rule.triggers}
        first = None if since is None else day_number(since)
        last = None if until is None else day_number(until) - 1
        found += [Started(event, from_due, first, last) for event, from_due in events.items()]
    return tuple(found)
