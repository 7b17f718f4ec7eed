"""The law as questions ask for it: packs and calendars that the office had adopted.

The match compares dates; the sums are done by `core.rules`. Answers are kept,
because few distinct triggers stand behind many lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fullfile.core.ids import DAY_MS, day_of
from fullfile.core.rules.calendars import Calendar
from fullfile.core.rules.evaluate import (
    PackDue,
    continuing_rule,
    first_disclosure_rule,
    pack_due,
)
from fullfile.core.rules.packs import Ground, Pack, Rule

__all__ = ["Law", "day_number"]

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


@dataclass(slots=True)
class Law:
    """The packs and calendars in force for the office, with their answers kept.

    Attributes:
        packs: by jurisdiction id.
        calendars: by calendar id.
    """

    packs: Mapping[str, Pack]
    calendars: Mapping[str, Calendar]
    _dates: dict[tuple[str, str, str | None, int | None], PackDue] = field(default_factory=dict)

    def pack(self, jurisdiction: str) -> Pack | None:
        """The pack of a jurisdiction; None where the office has adopted none."""
        return self.packs.get(jurisdiction.strip().casefold())

    def first_rule(self, jurisdiction: str, level: str) -> Rule | None:
        """The prosecution's first duty to the defendant in a court."""
        pack = self.pack(jurisdiction)
        return None if pack is None else first_disclosure_rule(pack, level, None)

    def triggers(self, jurisdiction: str, level: str) -> tuple[str, ...]:
        """The docket events that start the clock of that duty."""
        rule = self.first_rule(jurisdiction, level)
        return () if rule is None else rule.trigger_events

    def has_dated_rule(self, jurisdiction: str, level: str) -> bool:
        """Whether that duty has a number of days."""
        rule = self.first_rule(jurisdiction, level)
        return rule is not None and rule.period is not None

    def continuing(self, jurisdiction: str, level: str) -> Rule | None:
        """The rule for what comes after the first disclosure."""
        pack = self.pack(jurisdiction)
        return None if pack is None else continuing_rule(pack, level)

    def ground(self, jurisdiction: str, ground: str) -> Ground | None:
        """A ground on which the pack lets material be held back."""
        pack = self.pack(jurisdiction)
        return None if pack is None else pack.ground(ground)

    def date(self, jurisdiction: str, level: str, event: str | None, day: int | None) -> PackDue:
        """The pack's date for a trigger on a day (days since 1970), or what is lacking."""
        wanted = (jurisdiction, level, event, day)
        if wanted not in self._dates:
            pack = self.pack(jurisdiction)
            if pack is None:
                lack = f"a pack for {jurisdiction}"
                self._dates[wanted] = PackDue(None, None, None, None, (lack,), None)
            else:
                on = None if day is None else day_of(day * DAY_MS)
                self._dates[wanted] = pack_due(pack, self.calendars, level, event, on)
        return self._dates[wanted]
