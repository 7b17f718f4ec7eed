"""Where is the thing I have half a memory of? Numbers with or without dashes, near misses, people, words, serials.

Exact numbers come first, then what has all the words, then numbers that are one slip of the hand away, with the
slip in words. What somebody may not reach is left out before anything is counted: a search never hints.

What this does not do: it knows no pages; the caller says which cases and items are in reach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from fullfile.core.entries import Entry
from fullfile.server.store.load import current_size, entries
from fullfile.server.store.search_index import (
    Doc,
    catch_up_in_passing,
    find_any,
    find_words,
    lag,
    without_signs,
)

__all__ = ["Hit", "Hits", "find", "slips"]

_MOST = 400
_SHOWN = 50
_AT_ONCE = 20_000
_NUMBER = re.compile(r"(?=.*\d.*\d.*\d)[\w\-/.]{4,40}\Z")

Reach = Callable[[Collection[int]], set[int]]
"""Of some cases (or items): those that may be reached."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    Attributes:
        kind: what it is.
        thing: the number in addresses of the item or case.
        entry: the row that has the words.
        why: in words, why it was found; empty: it is exactly that.
    """

    kind: Doc
    thing: int
    entry: Entry
    why: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found.

    Attributes:
        words: what was looked for.
        exact, others, near: in this order.
        behind: entries whose words are not taken in yet (after a large import, for some minutes).
        more: whether there is more than is shown.
    """

    words: str
    exact: list[Hit]
    others: list[Hit]
    near: list[Hit]
    behind: int
    more: bool

    @property
    def total(self) -> int:
        """How many."""
        return len(self.exact) + len(self.others) + len(self.near)


def find(words: str, *, items: Reach, cases: Reach) -> Hits:
    """What somebody may reach of what these words may mean.

    Args:
        words: as typed or scanned.
        items: which of some items are in reach.
        cases: which of some cases are in reach.
    """
    words = " ".join(words.split())[:200]
    size = current_size()
    behind = lag(size)
    if behind <= _AT_ONCE:
        behind = catch_up_in_passing(size)
    number = without_signs(words) if _NUMBER.match(words.replace(" ", "")) else ""
    kinds = list(Doc)
    exact = find_any([number], kinds, _MOST) if number else []
    others = find_words(words, kinds, _MOST)
    slipped = slips(number) if number and not exact else {}
    near = find_any(list(slipped), kinds, _MOST) if slipped else []
    reachable = _reachable([*exact, *others, *near], items, cases)
    rows = {one.index: one for one in entries({entry for _, _, entry in reachable})}
    seen: set[tuple[int, int]] = set()

    def hits(found: list[tuple[int, int, int]], *, say: Callable[[Entry], str]) -> list[Hit]:
        made = []
        for one in found:
            kind, thing, entry = one
            # Several rows of one item or case are one thing; a person or a request stands for itself.
            told = (kind, thing) if kind in (Doc.ITEM, Doc.CASE) else (kind, -entry)
            if one in reachable and told not in seen:
                seen.add(told)
                made.append(Hit(Doc(kind), thing, rows[entry], say(rows[entry])))
        return made

    first = hits(exact, say=lambda _: "")
    second = hits(others, say=lambda _: "")
    third = hits(near, say=lambda entry: _slip_of(entry, slipped))
    more = len(first) + len(second) + len(third) > _SHOWN * 3 or len(others) == _MOST
    return Hits(words, first[:_SHOWN], second[:_SHOWN], third[:_SHOWN], behind, more)


def slips(number: str) -> dict[str, str]:
    """Numbers that are one slip of the hand away, each with the slip in words: two signs swapped, one digit wrong."""
    found: dict[str, str] = {}
    for place in range(len(number) - 1):
        left, right = number[place], number[place + 1]
        if left != right:
            found[number[:place] + right + left + number[place + 2 :]] = "two signs swapped"
    for place, sign in enumerate(number):
        if sign.isdigit():
            for other in "0123456789":
                if other != sign:
                    found.setdefault(
                        number[:place] + other + number[place + 1 :], "one digit differs"
                    )
    return found


def _slip_of(entry: Entry, slipped: dict[str, str]) -> str:
    for name in ("tag", "report_number", "case_number", "serial_number"):
        said = without_signs(entry.data.get(name))
        if said in slipped:
            return slipped[said]
    for said in entry.data.get("report_numbers", ()):
        bare = without_signs(str(said).rpartition(":")[2])
        if bare in slipped:
            return slipped[bare]
    return "a number like it"


def _reachable(
    found: list[tuple[int, int, int]], items: Reach, cases: Reach
) -> set[tuple[int, int, int]]:
    of_items = items({thing for kind, thing, _ in found if kind == Doc.ITEM})
    of_cases = cases({thing for kind, thing, _ in found if kind != Doc.ITEM and thing})
    return {
        one for one in found if (one[1] in of_items if one[0] == Doc.ITEM else one[1] in of_cases)
    }
