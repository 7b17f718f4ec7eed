"""Which suggestions wait for somebody: all of the office, the likeliest first, in milliseconds at a million items.

What is open follows `core.facts.suspected`: the step of today reaches the threshold, and nobody accepted or rejected
it since. The list is kept in the process and follows the record: the first question of a day reads it whole,
later ones only the items about which something came since. It is never more than the record says.

What this does not do: it explains nothing (`queries.link`), and permits nothing.
"""
# ruff: noqa: S608 - conditions are our own; values go as parameters

from __future__ import annotations

import threading
from bisect import insort
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from fullfile.core.facts.suggestions import millionths
from fullfile.core.facts.suspected import DECIDED
from fullfile.core.ids import wall_ms
from fullfile.server.queries.asked import asked
from fullfile.server.queries.worlds import clock_ms
from fullfile.server.settings import database_address
from fullfile.server.store.office import get_office
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["OpenSuggestion", "around", "count_open", "list_open", "open_of_item"]

_DAY = 86_400_000


@dataclass(frozen=True, slots=True, order=True)
class OpenSuggestion:
    """A suggestion that waits: the likeliest first, then the oldest.

    Attributes:
        less: 1,000,000 minus the probability in millionths: what the list is ordered by.
        first: the moment of its step.
        item_id, case_id: the two sides.
    """

    less: int
    first: int
    item_id: int
    case_id: int

    @property
    def probability(self) -> float:
        """As a share of one."""
        return (1_000_000 - self.less) / 1_000_000


@dataclass
class _Kept:
    """The list as of a size, a day and a threshold."""

    size: int = -1
    day: int = -1
    threshold: int = -1
    ordered: list[OpenSuggestion] = field(default_factory=list)
    by_item: dict[int, list[OpenSuggestion]] = field(default_factory=dict)


_kept: dict[str, _Kept] = {}
_lock = threading.Lock()


def count_open(reach: Callable[[Collection[int]], set[int]] | None = None) -> int:
    """How many suggestions wait.

    Args:
        reach: of some items, those that may be reached; None: all.
    """
    ordered = _now().ordered
    if reach is None:
        return len(ordered)
    reached = reach({one.item_id for one in ordered})
    return sum(one.item_id in reached for one in ordered)


def list_open(
    reach: Callable[[Collection[int]], set[int]] | None = None, *, offset: int = 0, limit: int = 50
) -> list[OpenSuggestion]:
    """A page of them, the likeliest first."""
    ordered = _now().ordered
    if reach is not None:
        reached = reach({one.item_id for one in ordered})
        ordered = [one for one in ordered if one.item_id in reached]
    return ordered[offset : offset + limit]


def around(
    item_id: int, case_id: int, reach: Callable[[Collection[int]], set[int]] | None = None
) -> tuple[int, int, OpenSuggestion | None, OpenSuggestion | None]:
    """Where a suggestion stands in the list (from 1; 0: not there), of how many, the one before and the one after."""
    every = list_open(reach, limit=10_000_000)
    place = next(
        (at for at, one in enumerate(every) if (one.item_id, one.case_id) == (item_id, case_id)), None
    )
    if place is None:
        return 0, len(every), None, every[0] if every else None
    before = every[place - 1] if place else None
    after = every[place + 1] if place + 1 < len(every) else None
    return place + 1, len(every), before, after


def open_of_item(item_id: int) -> list[OpenSuggestion]:
    """The suggestions that wait for one item, the likeliest first."""
    return list(_now().by_item.get(item_id, ()))


def _now() -> _Kept:
    question = asked(None, None, clock_ms(None))
    moment = wall_ms(clock_ms(None), get_office().zone)
    threshold = millionths(question.policy.threshold)
    with _lock:
        kept = _kept.setdefault(database_address(), _Kept())
        if kept.size > question.size or (kept.day, kept.threshold) != (moment // _DAY, threshold):
            kept.ordered, kept.by_item = [], {}
            kept.size, kept.day, kept.threshold = 0, moment // _DAY, threshold
            _read(kept, None, question.size, moment)
        elif kept.size < question.size:
            changed = {
                int(item)
                for (item,) in select(
                    "SELECT item_id FROM suggestions WHERE entry >= %s AND entry < %s "
                    "UNION SELECT item_id FROM links WHERE entry >= %s AND entry < %s",
                    [kept.size, question.size] * 2,
                )
            }
            if changed:
                _read(kept, changed, question.size, moment)
        kept.size = question.size
        return kept


def _read(kept: _Kept, only: set[int] | None, size: int, moment: int) -> None:
    """Take in what stands for some items, or for all."""
    narrowed = "" if only is None else f" AND {one_of('item_id')}"
    more = [] if only is None else [listed(sorted(only))]
    steps: dict[tuple[int, int], tuple[int, int]] = {}
    newest: dict[int, int] = {}
    for item, case, first, chance, entry in select(
        "SELECT item_id, case_id, first, millionths, entry FROM suggestions "
        f"WHERE to_index IS NULL AND entry < %s AND first <= %s{narrowed} ORDER BY entry, first",
        [size, moment, *more],
    ):
        if newest.get(item) != entry:  # the newest suggestion of an item takes the place of the others
            for pair in [pair for pair in steps if pair[0] == item] if item in newest else ():
                del steps[pair]
            newest[item] = entry
        steps[item, case] = (first, chance)
    decided = {
        (item, case): last
        for item, case, last in select(
            f"SELECT item_id, case_id, max(last) FROM links WHERE decision IN ({', '.join(['%s'] * len(DECIDED))}) "
            f"AND to_index IS NULL AND entry < %s AND last <= %s{narrowed} GROUP BY item_id, case_id",
            [*DECIDED, size, moment, *more],
        )
    }
    found = [
        OpenSuggestion(1_000_000 - chance, first, item, case)
        for (item, case), (first, chance) in steps.items()
        if chance >= kept.threshold and first > decided.get((item, case), first - 1)
    ]
    if only is None:
        kept.ordered = sorted(found)
        for one in kept.ordered:
            kept.by_item.setdefault(one.item_id, []).append(one)
        return
    gone = {one for item in only for one in kept.by_item.pop(item, ())}
    if gone:
        kept.ordered = [one for one in kept.ordered if one not in gone]
    else:
        kept.ordered = list(kept.ordered)  # whoever reads the old list keeps it whole
    for one in sorted(found):
        insort(kept.ordered, one)
        kept.by_item.setdefault(one.item_id, []).append(one)
