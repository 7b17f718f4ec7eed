"""A question about one item: the moments, the item found or refused by name, its part of the record.

`knew` and `impact` begin here. An item that nobody booked is found too, where any row names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.errors import NotFound
from fullfile.core.facts.rows import ItemKey
from fullfile.core.ids import key
from fullfile.core.matching import World
from fullfile.core.said import joined, say
from fullfile.server.queries.asked import Asked, asked
from fullfile.server.queries.worlds import clock_ms, world_of
from fullfile.server.store.case_entries import entries_for_items
from fullfile.server.store.finding import items_beside, nearest_agencies, nearest_items
from fullfile.server.store.load import agencies, entries, find_agencies, find_items

__all__ = ["AskedItem", "ask_item", "no_such_item", "world_of_items"]

_MOST_BESIDE = 60
"""What lies beside an item under its number is read only where it is this little: reports about it."""


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item that was asked about: its key, its number in the record, and the question."""

    question: Asked
    item: ItemKey
    item_id: int


def ask_item(
    agency: str,
    tag: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> AskedItem:
    """Find an item by agency (or a name the agency is also called by) and tag.

    Raises:
        NotFound: no row on record names it; the nearest tags are named.
    """
    question = asked(on, as_of, clock_ms(now_ms))
    called = agencies().get(key(agency), agency)
    item = (key(called), key(tag))
    found = find_items([item]).get(item)
    if found is None:
        raise NotFound(no_such_item(called, tag))
    return AskedItem(question, item, found)


def world_of_items(one: AskedItem, *, beside: bool = False, more: Iterable[int] = ()) -> World:
    """The world around an item.

    Args:
        one: the item.
        beside: what lies under the same report number is wanted too, where it is little.
        more: further entries that are wanted.

    Raises:
        NotFound: the record as of then did not know the item.
    """
    ids = {one.item_id}
    if beside:
        ids |= items_beside(one.item_id, one.question.size, _MOST_BESIDE)
    indexes = sorted({*entries_for_items(ids, one.question.size), *more})
    world = world_of(one.question, entries(indexes))
    if not any(item == one.item for (_, item), rows in world.facts.by_item.items() if rows):
        raise NotFound(
            say(
                "No row on record named {item} by {as_of_text}.",
                item=one.item[1].upper(),
                as_of_text=one.question.as_of_text,
            )
        )
    return world


def no_such_item(agency: str, tag: str) -> str:
    """That no row names an item, with the nearest agencies and tags."""
    said, whose = tag.strip()[:60], agency.strip()[:60]
    words = [say("No row on record names an item “{tag}” of “{agency}”.", tag=said, agency=whose)]
    if not find_agencies([agency]):
        near = nearest_agencies(agency)
        if near:
            words.append(
                say(
                    "There is no agency of that name; the nearest are {near}.", near=", ".join(near)
                )
            )
    close = nearest_items(agency, tag)
    if close:
        nearest = ", ".join(f"{one} {of}" for one, of in close)
        words.append(say("The nearest are {near}.", near=nearest))
    return joined(words)
