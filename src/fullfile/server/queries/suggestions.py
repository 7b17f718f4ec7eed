"""Which suggestions wait for somebody: how many, a page of them, the next and the one before; questions to a person.

They are read, at the office's threshold, from rows that are kept as the record grows. Two scopes: the cases that
somebody has (`only`, in SQL), or whatever items a policy lets them reach (`reach`).

What this does not do: it explains nothing (`queries.link`), and permits nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from fullfile.core.facts.suggestions import millionths
from fullfile.server.queries.counted_lately import lately
from fullfile.server.queries.questions import Question, questions_to
from fullfile.server.settings import database_address
from fullfile.server.store.load import current_size, policy
from fullfile.server.store.open_suggestions import (
    OpenPair,
    count_pairs,
    find_pair,
    list_pairs,
    next_pair,
    pairs_of_item,
    pairs_state,
    previous_pair,
    stream_pairs,
)

__all__ = [
    "OpenPair",
    "OpenSuggestion",
    "Question",
    "Reach",
    "SuggestionPage",
    "around",
    "count_open",
    "list_open",
    "open_of_item",
    "questions_to",
    "search_open",
    "suggestion_beside",
    "suggestions_open",
]

_LOOKED_AT = 2_000
"""So many that have some words are looked at, the likeliest first."""

_kept: dict[str, tuple[tuple[int, int, int], list[tuple[int, int, int, int]]]] = {}
"""By database: when it was read, and what was. It follows the rows, and is never more than they say."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody reaches.

    Attributes:
        whose: the account and all that decides what it reaches, which is kept for a moment in a large record.
        among: of some items, those that it reaches.
    """

    whose: str
    among: Callable[[Collection[int]], set[int]]


@dataclass(frozen=True, slots=True, order=True)
class OpenSuggestion:
    """A suggestion that waits, as bare numbers.

    Attributes:
        less: 1,000,000 minus the probability in millionths: what the list is ordered by.
        first: the moment of its last fact.
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


@dataclass(frozen=True, slots=True)
class SuggestionPage:
    """Suggestions that wait for a decision: how many in all, a page, and the threshold that was used (millionths)."""

    total: int
    rows: list[OpenPair]
    threshold: int


def suggestions_open(
    *,
    only: Collection[int] | None = None,
    search: str = "",
    every: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> SuggestionPage:
    """Suggestions that nobody has accepted or rejected, the likeliest first.

    Args:
        only: for these cases (numbers of `case_key`); None: for any.
        search: words that the tag or the case number contains.
        every: those below the office's threshold too.
        limit: at most so many.
        offset: after leaving out so many.
    """
    least = 0 if every else _threshold()
    total = count_pairs(least, cases=only, search=search)
    rows = list_pairs(least, cases=only, search=search, limit=limit, offset=offset)
    return SuggestionPage(total, rows, least)


def suggestion_beside(
    item_id: int,
    case_id: int,
    *,
    place: int | None = None,
    after: bool = True,
    only: Collection[int] | None = None,
) -> OpenPair | None:
    """The open suggestion after (or before) one in the list; None at its end.

    Args:
        item_id: of the item.
        case_id: of the case.
        place: its probability (millionths), where it was decided in the meantime and is in the list no more.
        after: the next one; else the one before.
        only: among those for these cases; None: for any.
    """
    here = find_pair(item_id, case_id)
    at = here.millionths if here is not None else place
    if at is None:
        rows = list_pairs(_threshold(), cases=only, limit=1)
        return rows[0] if rows else None
    find = next_pair if after else previous_pair
    return find(at, item_id, case_id, _threshold(), cases=only)


def count_open(reach: Reach | None = None) -> int:
    """How many suggestions wait, of items within reach; without it of all."""
    if reach is None:
        least = _threshold()
        return lately(("suggestions", least), current_size(), lambda: count_pairs(least))
    return len(_within(reach))


def list_open(
    reach: Reach | None = None, *, offset: int = 0, limit: int = 50
) -> list[OpenSuggestion]:
    """A page of them, the likeliest first."""
    found = _every() if reach is None else _within(reach)
    return [_bare(row) for row in found[offset : offset + limit]]


def search_open(words: str, reach: Reach | None = None) -> tuple[list[OpenSuggestion], bool]:
    """Those whose tag or case number has some words, the likeliest first, and whether that is all of them.

    Args:
        words: what is looked for.
        reach: of items within reach; without it of all.
    """
    pairs = list_pairs(_threshold(), search=words, limit=_LOOKED_AT + 1)
    named = {(one.item_id, one.case_id) for one in pairs[:_LOOKED_AT]}
    found = _every() if reach is None else _within(reach)
    return [_bare(row) for row in found if row[:2] in named], len(pairs) <= _LOOKED_AT


def around(
    item_id: int, case_id: int, reach: Reach | None = None
) -> tuple[int, int, OpenSuggestion | None, OpenSuggestion | None]:
    """Where a suggestion stands in the list (from 1; 0: not there), of how many, the one before and the one after."""
    found = _every() if reach is None else _within(reach)
    place = next((at for at, row in enumerate(found) if row[:2] == (item_id, case_id)), None)
    if place is None:
        return 0, len(found), None, _bare(found[0]) if found else None
    before = _bare(found[place - 1]) if place else None
    after = _bare(found[place + 1]) if place + 1 < len(found) else None
    return place + 1, len(found), before, after


def open_of_item(item_id: int) -> list[OpenSuggestion]:
    """The suggestions that wait for one item, the likeliest first."""
    return [_bare(row) for row in pairs_of_item(item_id, _threshold())]


def _within(reach: Reach) -> list[tuple[int, int, int, int]]:
    every = _every()
    items = {row[0] for row in every}

    def look() -> tuple[set[int], set[int]]:
        return items, reach.among(items)

    asked, reached = lately(("reach", reach.whose), current_size(), look)
    if items - asked:  # suggested since
        reached = reached | reach.among(items - asked)
    return [row for row in every if row[0] in reached]


def _every() -> list[tuple[int, int, int, int]]:
    """All of them; read again only when one came or went."""
    least = _threshold()
    where, state = database_address(), (least, *pairs_state())
    kept = _kept.get(where)
    if kept is None or kept[0] != state:
        kept = _kept[where] = (state, stream_pairs(least))
    return kept[1]


def _bare(row: tuple[int, int, int, int]) -> OpenSuggestion:
    item_id, case_id, first, chance = row
    return OpenSuggestion(1_000_000 - chance, first, item_id, case_id)


def _threshold() -> int:
    return millionths(policy(current_size()).threshold)
