"""Which lines of a case may be taken over from its last board, when something was recorded since.

A line rests on the rows of its item, on those of what the item lies or ever lay in, and on whatever names no item: the
cases with their parties, dockets and counts, holds, settings, suggestions, the law. Where the latter are the same and an
item's rows are too, its lines are word for word the same on the same day. So of a case of ten thousand items only those
are judged again that something new is about; anything else about the case, and all of them are.

What this does not do: it judges nothing, and it takes nothing over from another day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fullfile.core.facts.cases import Case
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import DAY_MS, key
from fullfile.core.matching import World

__all__ = ["Rests", "rests_of"]


@dataclass(frozen=True, slots=True)
class Rests:
    """What the lines of a case rest on.

    Attributes:
        around: what all of them rest on.
        first_batches: the first import of each table by each source: what came later was recorded in a live office.
        of_item: the entries that each item's lines rest on beside that.
    """

    around: tuple[object, ...]
    first_batches: Mapping[tuple[str, str], int]
    of_item: Mapping[ItemKey, tuple[int, ...]]

    def unchanged(self, older: Rests) -> set[ItemKey]:
        """The items of which every line is what it was."""
        if self.around != older.around or any(
            self.first_batches.get(one) != batch for one, batch in older.first_batches.items()
        ):
            return set()
        return {item for item, rows in self.of_item.items() if older.of_item.get(item) == rows}


def rests_of(world: World, case: Case, indexes: Sequence[int], law: object) -> Rests:
    """What the lines of a case rest on.

    Args:
        world: the record and the moment.
        case: the case.
        indexes: the entries that the world was read from, but for those that say nothing by themselves.
        law: what tells the law in force, and what was erased, from any other.
    """
    own: dict[ItemKey, list[int]] = defaultdict(list)
    about_items: set[int] = set()
    for rows in world.facts.every.values():
        for row in rows:
            for item in _items_of(row):
                own[item].append(row.entry)
                about_items.add(row.entry)
                corrected = world.facts.corrections.get(row.entry)
                if corrected is not None:  # by a row that may name another item
                    own[item].append(corrected)
    above = _ever_above(world)
    of_item = {
        item: tuple(sorted({entry for one in (item, *above(item)) for entry in own.get(one, ())}))
        for item in world.bearing.items_of(case.key)
    }
    on = world.on(case)
    around = (
        law,
        tuple(index for index in indexes if index not in about_items),
        tuple(
            (one.key, one.number, one.start, one.entries, sorted(one.matter), sorted(one.carry))
            for one in world.cases.by_key.values()
        ),
        tuple(world.cases.defendants(case, on)),
        _days(world, case),
    )
    return Rests(around, dict(world.facts.first_batches), of_item)


def _items_of(row: Row) -> list[ItemKey]:
    """The items that a row is about: the one it names, the one that a report says was booked.

    A hold is about more: a row of its name, whatever it names beside, lifts it for every item.
    """
    if row.table == "holds":
        return []
    found = [] if row.item is None else [row.item]
    if row.table == "mentions" and row.data.get("booked_as"):
        agency = row.text("booked_agency") or row.text("agency")
        found.append((key(agency), key(row.text("booked_as"))))
    return found


def _ever_above(world: World) -> Callable[[ItemKey], set[ItemKey]]:
    """What an item lies in, or ever lay in, through any depth."""
    parents: dict[ItemKey, set[ItemKey]] = defaultdict(set)
    for parent, children in world.things.children.items():
        for child in children:
            parents[child].add(parent)

    def above(item: ItemKey) -> set[ItemKey]:
        found: set[ItemKey] = set()
        queue = list(parents.get(item, ()))
        while queue:
            one = queue.pop()
            if one not in found:
                found.add(one)
                queue.extend(parents.get(one, ()))
        return found

    return above


def _days(world: World, case: Case) -> tuple[int, int]:
    """The day asked for, here and at the court."""
    return world.on() // DAY_MS, world.on(case) // DAY_MS
