"""Everything the match asks, put together once for a record, a moment and a policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from fullfile.core.custody.holds import Hold, Moments, holds_on, liftings
from fullfile.core.docket.ends import End, find_end
from fullfile.core.entries import Entry
from fullfile.core.facts.bearing import Bearing, read_bearing
from fullfile.core.facts.cases import Case, Cases, read_cases
from fullfile.core.facts.rows import Facts, ItemKey, read_facts
from fullfile.core.facts.things import CustodyEvent, Loss, Things
from fullfile.core.matching.dues import Dues
from fullfile.core.matching.handing import Handing
from fullfile.core.matching.line import Policy
from fullfile.core.rules.law import Law

__all__ = ["Hold", "Moment", "World", "read_world"]

T = TypeVar("T")
Moment = Callable[[ZoneInfo], int]
"""The moment asked for, as a zone's wall clock shows it (ms): the same day's end everywhere for
a date, an instant put on each clock for a time."""


@dataclass(slots=True)
class World:
    """The record as of a size, asked about one moment."""

    facts: Facts
    cases: Cases
    things: Things
    bearing: Bearing
    handing: Handing
    dues: Dues
    law: Law
    policy: Policy
    moment: Moment
    _absence: dict[ItemKey, CustodyEvent | None] = field(default_factory=dict)
    _losses: dict[ItemKey, list[tuple[Loss, Hold | None]]] = field(default_factory=dict)
    _by_item: dict[ItemKey, list[str]] | None = None
    _lifted: Moments | None = None
    _memo: dict[Any, Any] = field(default_factory=dict)
    _ends: dict[tuple[str, str], End | None] = field(default_factory=dict)

    def on(self, case: Case | None = None) -> int:
        """The moment asked for, on the clock of a case, or of the office."""
        return self.moment(case.zone if case is not None else self.facts.zone)

    def absence(self, item: ItemKey) -> CustodyEvent | None:
        """The event that makes an item missing at the moment asked for."""
        if item not in self._absence:
            self._absence[item] = self.things.absence(item, self.on())
        return self._absence[item]

    def losses(self, item: ItemKey) -> list[tuple[Loss, Hold | None]]:
        """Standing losses, each with the hold that stood when it happened."""
        if item not in self._losses:
            self._losses[item] = [
                (loss, None if loss.event.ordered else self.hold_at(item, loss.moment))
                for loss in self.things.losses(item, self.on())
            ]
        return self._losses[item]

    def remember(self, name: object, make: Callable[[], T]) -> T:
        """What was worked out of this record under a name, or is now."""
        if name not in self._memo:
            self._memo[name] = make()
        return self._memo[name]  # type: ignore[no-any-return]

    def end(self, case: Case, defendant: str) -> End | None:
        """The end of a defendant's case (by key) by the moment asked for; None while a count is open."""
        wanted = (case.key, defendant)
        if wanted not in self._ends:
            self._ends[wanted] = find_end(self.cases, case.key, defendant, self.on(case))
        return self._ends[wanted]

    def cases_of(self, item: ItemKey) -> list[str]:
        """The cases on which an item bears at any time."""
        if self._by_item is None:
            self._by_item = {}
            for case in self.cases.by_key:
                for one in self.bearing.items_of(case):
                    self._by_item.setdefault(one, []).append(case)
        return self._by_item.get(item, [])

    def hold_at(self, item: ItemKey, moment: int) -> Hold | None:
        """The first of the holds that stood on an item at a moment (section 6.3)."""
        return next(iter(self.holds_at(item, moment)), None)

    def holds_at(self, item: ItemKey, moment: int) -> tuple[Hold, ...]:
        """All holds that stood on an item at a moment."""
        if self._lifted is None:
            self._lifted = liftings(self.facts)
        return holds_on(
            self.facts,
            self.cases,
            self.things,
            self.bearing,
            item,
            moment,
            self.cases_of(item),
            self.policy.threshold,
            self._lifted,
        )


def read_world(
    entries: Iterable[Entry], *, zone: ZoneInfo, moment: Moment, law: Law, policy: Policy
) -> World:
    """Read a record.

    Args:
        entries: those below the size asked for, in order.
        zone: the office's clock.
        moment: the moment asked for.
        law: packs and calendars adopted by then.
        policy: the office's settings.
    """
    facts = read_facts(entries, zone)
    cases = read_cases(facts)
    things = Things(facts, policy.source_rank)
    bearing = read_bearing(facts, cases, things)
    handing = Handing(facts, cases, things, law, policy.source_rank)
    dues = Dues(facts, cases, law, policy, moment(zone))
    return World(facts, cases, things, bearing, handing, dues, law, policy, moment)
