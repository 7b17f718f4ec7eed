"""What the caller works out in Python and hands to the expressions as rows.

Dates come from packs and calendars (`fullfile.core.rules`), per jurisdiction,
level of court and day of the trigger: there are few of them. The expressions
only compare. Nothing here knows a rule of law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Announce", "CourtRow", "DueRow", "GroundRow", "Law", "Moment", "TriggerRow"]


class Announce:
    """What a ground asks for by way of announcement."""

    NOTHING = 0
    ANNOUNCED = 1
    ANNOUNCED_OR_SEALED = 2


@dataclass(frozen=True, slots=True)
class DueRow:
    """The pack's date for a trigger on a day (days since 1970); None where the law gives none."""

    jurisdiction: str
    court_level: str
    trigger_day: int
    due_day: int | None
    rule_no: int = 0
    lacks: int = 0


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """A docket event from which the first duty in a court counts.

    `from_due_day`: it counts from the date that the court set (`due_on`), not from the event.
    """

    jurisdiction: str
    court_level: str
    event: str
    from_due_day: bool = False


@dataclass(frozen=True, slots=True)
class GroundRow:
    """A ground on which an adopted pack lets an item be withheld."""

    jurisdiction: str
    ground: str
    order_needed: bool
    announce: int = Announce.NOTHING


@dataclass(frozen=True, slots=True)
class CourtRow:
    """What the pack has for a level of court.

    Attributes:
        dated: whether a rule there gives a date from a trigger.
        continuing_days: the days that the continuing duty gives (0: immediately); None: no number.
    """

    jurisdiction: str
    court_level: str
    dated: bool
    continuing_days: int | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """The adopted packs, as rows. Words stand as they stand in `cases`."""

    due: tuple[DueRow, ...] = ()
    triggers: tuple[TriggerRow, ...] = ()
    grounds: tuple[GroundRow, ...] = ()
    courts: tuple[CourtRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """As of which size, and on which moment.

    Attributes:
        size: entries with an index below it are seen.
        on: the moment on the office's clock, in wall-clock milliseconds.
        zones: the moment on the clocks of the courts that have their own (`cases.time_zone`).
    """

    size: int
    on: int
    zones: Mapping[str, int] = field(default_factory=dict)

    @property
    def uniform(self) -> bool:
        """Whether every clock shows the same, as at the end of a day."""
        return all(shown == self.on for shown in self.zones.values())
