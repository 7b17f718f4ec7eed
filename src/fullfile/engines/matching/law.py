"""What the caller works out in Python and hands to the expressions as rows.

Dates come from packs and calendars (`fullfile.core.rules`), per jurisdiction,
level of court and day of the trigger: there are few of them. The expressions
only compare. Nothing here knows a rule of law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "Announce",
    "CourtRow",
    "DueRow",
    "GroundRow",
    "LaterRow",
    "Law",
    "Moment",
    "TriggerRow",
    "VariantRow",
]


class Announce:
    """What a ground asks for by way of announcement."""

    NOTHING = 0
    ANNOUNCED = 1
    ANNOUNCED_OR_SEALED = 2


@dataclass(frozen=True, slots=True)
class DueRow:
    """The pack's date for a trigger on a day (days since 1970); None where the law gives none.

    Attributes:
        kind: the kind of item for which the court has a rule of its own; empty: all others.
        period: a number that a court ordered in the place of the rule's; empty: the rule's own.
    """

    jurisdiction: str
    court_level: str
    trigger_day: int
    due_day: int | None
    kind: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class VariantRow:
    """The pack's date for a trigger on a day and a defendant of some status.

    Attributes:
        sort: the statuses that end this one: those of one sort.
    """

    jurisdiction: str
    court_level: str
    kind: str
    trigger_day: int
    status: str
    sort: str
    due_day: int


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """A docket event from which the first duty in a court counts.

    Attributes:
        from_due_day: it counts from the date that the court set (`due_on`), not from the event.
        kind: the kind of item for which the court has a rule of its own; empty: all others.
        since, until: the days that count on which it does (a version of the rule); None: no end.
        latest: each later trigger starts the clock again.
    """

    jurisdiction: str
    court_level: str
    event: str
    from_due_day: bool = False
    kind: str = ""
    since: int | None = None
    until: int | None = None
    latest: bool = False


@dataclass(frozen=True, slots=True)
class GroundRow:
    """A ground on which an adopted pack lets an item be withheld.

    `while_pending`: a motion that waits for its ruling is as good as the order.
    """

    jurisdiction: str
    ground: str
    order_needed: bool
    announce: int = Announce.NOTHING
    while_pending: bool = False


@dataclass(frozen=True, slots=True)
class CourtRow:
    """What the pack has for a level of court.

    Attributes:
        dated: whether a rule there gives a date from a trigger.
        kind: the kind of item for which the court has a rule of its own; empty: all others.
    """

    jurisdiction: str
    court_level: str
    dated: bool
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LaterRow:
    """The date that the continuing duty gives for what was taken in on a day (days since 1970)."""

    jurisdiction: str
    court_level: str
    held_day: int
    due_day: int


@dataclass(frozen=True, slots=True)
class Law:
    """The adopted packs, as rows. Words stand as they stand in `cases`."""

    due: tuple[DueRow, ...] = ()
    triggers: tuple[TriggerRow, ...] = ()
    grounds: tuple[GroundRow, ...] = ()
    courts: tuple[CourtRow, ...] = ()
    variants: tuple[VariantRow, ...] = ()
    later: tuple[LaterRow, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of item for which some court has a rule of its own."""
        return tuple(sorted({court.kind for court in self.courts} - {""}))

    @property
    def periods(self) -> bool:
        """Whether a court ordered a number of days in the place of a rule's."""
        return any(row.period for row in self.due)


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
