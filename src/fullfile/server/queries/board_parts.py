"""What the board of a case consists of: its items, its lines, its agencies, the days on which something changed.

What this does not do: it judges nothing (`queries.board`), and hides nothing (`web.cases.veil`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from fullfile.core.matching import Line
from fullfile.core.matching.result import MatchResult
from fullfile.core.rules.provisions import Remedy
from fullfile.engines.report.board import Board
from fullfile.server.queries.requests import RequestOfCase

__all__ = ["AgencyAnswer", "CaseBoard", "CaseItem", "DayOfChange", "Judged"]

_MOST_REMEMBERED = 64
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CaseItem:
    """An item that bears on the case, with what a page groups and filters by.

    Attributes:
        item_id: its number in addresses.
        agency, tag, description: as recorded.
        report: agency and report number; empty where none was said.
        own_report: whether that is a number of the case or its matter.
        kind, category, place: as recorded.
        month: the month in which it was booked, `2024-03`; empty where that is not on record.
        productions: the numbers of those in which it went to somebody in this case.
        sealed: by a court.
        asked: an open request asks for it.
        viewed: somebody's view of it in this case is on record.
        changed: the last day on which something about it was recorded (days since 1970).
    """

    item_id: int
    agency: str
    tag: str
    description: str
    report: str
    own_report: bool
    kind: str
    category: str
    place: str
    month: str
    productions: tuple[str, ...]
    sealed: bool
    asked: bool
    viewed: bool
    changed: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of the board.

    Attributes:
        line: the line.
        item: its place in `CaseBoard.items`; -1 beside the items.
        defendant: its place in `CaseBoard.defendants`, from 1; 0 without one.
        unviewed: the sentence without anybody's views of the item, for whoever may not read them.
        ground_sealed: it is withheld, and the ground is sealed.
    """

    line: Line
    item: int
    defendant: int
    unviewed: str | None = None
    ground_sealed: bool = False


@dataclass(frozen=True, slots=True)
class AgencyAnswer:
    """An agency of the case, whether its answer stands, and why not."""

    agency: str
    standing: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class DayOfChange:
    """A day (since 1970) on which something about the case changed, and what in a few words."""

    day: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBoard:
    """A case as it stood at a moment.

    Attributes:
        case_id, number, title, court, jurisdiction, sealed: the case.
        place: the name of its jurisdiction, as the pack has it.
        has_rules: whether a pack for it was adopted.
        reports: the report numbers that it lists.
        zone: the court's clock.
        day: the day asked for on that clock (days since 1970).
        defendants: in the order of the record.
        items, judged: every item and every line, those of an ended case too.
        in_place: what is in place and what is not; None where no item bears on the case.
        result: counts and moments as `match --case` has them; it lists no line.
        agencies: with their answers.
        mentions: how many things reports say were taken.
        accounted: how many of those are accounted for.
        days: on which something changed or falls due, those to come too.
        requests: what the defence asked for, with the items it stands against.
        remedies: what a court can do by the rules of the place, as its pack has them.
        not_legal_advice: in the words of the pack.
        linked: the other cases of its matter.
        memo: what pages worked out from this and may use again.
    """

    case_id: int
    number: str
    title: str
    court: str
    jurisdiction: str
    place: str
    has_rules: bool
    sealed: bool
    reports: tuple[str, ...]
    zone: ZoneInfo
    day: int
    defendants: tuple[str, ...]
    items: tuple[CaseItem, ...]
    judged: tuple[Judged, ...]
    in_place: Board | None
    result: MatchResult
    agencies: tuple[AgencyAnswer, ...]
    mentions: int
    accounted: int
    days: tuple[DayOfChange, ...]
    requests: tuple[RequestOfCase, ...]
    remedies: tuple[Remedy, ...]
    not_legal_advice: str
    linked: int
    memo: dict[Any, Any] = field(default_factory=dict, compare=False)

    @property
    def open_requests(self) -> int:
        """How many requests have no reply."""
        return sum(not one.replied for one in self.requests)

    def remember(self, name: object, make: Callable[[], T]) -> T:
        """What was worked out from this board under a name, or is now; the oldest goes when there is much."""
        if name not in self.memo:
            made = make()
            while len(self.memo) >= _MOST_REMEMBERED:
                self.memo.pop(next(iter(self.memo)), None)
            self.memo[name] = made
        return self.memo[name]  # type: ignore[no-any-return]

    @property
    def live(self) -> tuple[Judged, ...]:
        """The lines that are not counted apart."""
        return tuple(one for one in self.judged if not one.line.counted_apart)
