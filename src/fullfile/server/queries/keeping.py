"""The part of the record that a question about holds needs: an item with its contents, a hold's whole scope.

`holds` asks these, and the actions about custody ask them again under the writer's lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.custody.holds import kind_and_number
from fullfile.core.facts.rows import ItemKey
from fullfile.core.matching import World
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.items import ask_item
from fullfile.server.queries.worlds import clock_ms, world_of
from fullfile.server.store.case_entries import (
    contents_of,
    entries_for_cases,
    entries_for_items,
    entries_for_lines_of_items,
)
from fullfile.server.store.keeping import scope_of_hold
from fullfile.server.store.load import entries, find_cases

__all__ = ["Kept", "ask_hold", "ask_kept"]


@dataclass(frozen=True, slots=True)
class Kept:
    """An item, the question, and the world around the item and what lies inside it."""

    question: Asked
    world: World
    item: ItemKey


def ask_kept(
    agency: str,
    tag: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Kept:
    """An item with all that can hold it or what lies inside it.

    Raises:
        NotFound: no row on record names it; the nearest are named.
    """
    found = ask_item(agency, tag, on=on, as_of=as_of, now_ms=now_ms)
    size = found.question.size
    ids = {found.item_id} | contents_of({found.item_id}, size)
    world = world_of(found.question, entries(entries_for_lines_of_items(ids, size)))
    return Kept(found.question, world, found.item)


def ask_hold(name: str, *, now_ms: int | None = None) -> tuple[Asked, World]:
    """All that a hold of a name is on: the cases and items of its rows, the case that its name names."""
    question = asked(None, None, clock_ms(now_ms))
    cases, items = scope_of_hold(name)
    kind = kind_and_number(name)
    if kind is not None:
        cases |= set(find_cases([kind[1]]).values())
    indexes = set(entries_for_items(items | contents_of(items, question.size), question.size))
    if cases:
        indexes |= set(entries_for_cases(cases, question.size))
    return question, world_of(question, entries(sorted(indexes)))
