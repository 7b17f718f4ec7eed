"""What holds an item or the items of a case, and what nothing holds any more.

A list of what may be released is an answer for a moment, not a permission: the act asks again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.custody.holds import Hold
from fullfile.core.custody.state import HeldThing, holds_of, holds_with_contents, read_item
from fullfile.core.facts.known import name_of
from fullfile.core.facts.rows import ItemKey
from fullfile.core.matching import World
from fullfile.server.queries.keeping import ask_kept
from fullfile.server.queries.worlds import world_of_case

__all__ = [
    "HeldItem",
    "HoldOfCase",
    "HoldsOfItem",
    "Releasable",
    "holds_of_case",
    "holds_of_item",
    "releasable",
]


@dataclass(frozen=True, slots=True)
class HoldsOfItem:
    """What stands on an item.

    Attributes:
        agency, tag: the item, as first recorded.
        holds: those on the item itself.
        inside: those on what lies inside it and not on itself.
        open_orphan: nobody has settled which case it belongs to, so it may not leave either.
    """

    agency: str
    tag: str
    holds: tuple[Hold, ...]
    inside: tuple[HeldThing, ...]
    open_orphan: bool


@dataclass(frozen=True, slots=True)
class HoldOfCase:
    """A hold that stands on items of a case: its name, what it is, what lifts it, the items."""

    name: str
    words: str
    ends: str
    entries: tuple[int, ...]
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item of a case and the holds on it, by name and in words."""

    agency: str
    tag: str
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Releasable:
    """The items of a case that are there: those that nothing holds, and the others."""

    case_number: str
    free: tuple[tuple[str, str], ...]
    held: tuple[HeldItem, ...]


def holds_of_item(
    agency: str,
    tag: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> HoldsOfItem:
    """All holds on an item, each with why, since when, by whom and what lifts it.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
    """
    kept = ask_kept(agency, tag, on=on, as_of=as_of, now_ms=now_ms)
    world, item, now = kept.world, kept.item, kept.world.on()
    state = read_item(world, item, (now,), kept.question.policy.threshold)
    return HoldsOfItem(
        state.agency,
        state.tag,
        holds_of(world, item, now),
        tuple(held for held in state.holds if held.inside),
        state.is_open_orphan,
    )


def holds_of_case(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> list[HoldOfCase]:
    """The holds that stand on items of a case, each with its items.

    Raises:
        NotFound: no case of that number is on record; the nearest are named.
    """
    _, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    first: dict[str, Hold] = {}
    items: dict[
        str, dict[tuple[str, str], None]
    ] = {}  # once each, however many rows place the hold
    entries: dict[str, set[int]] = {}
    for item in _items_of(world, case.key):
        for hold in holds_of(world, item, world.on()):
            first.setdefault(hold.name, hold)
            items.setdefault(hold.name, {})[name_of(world.facts, item)] = None
            entries.setdefault(hold.name, set()).update(hold.entries)
    return [
        HoldOfCase(name, hold.words, hold.ends, tuple(sorted(entries[name])), tuple(items[name]))
        for name, hold in first.items()
    ]


def releasable(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Releasable:
    """Of the items of a case that are there: which nothing holds, and what holds the others.

    Raises:
        NotFound: no case of that number is on record; the nearest are named.
    """
    _, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    free: list[tuple[str, str]] = []
    held: list[HeldItem] = []
    now = world.on()
    for item in _items_of(world, case.key):
        if world.things.losses(item, now):
            continue
        agency, tag = name_of(world.facts, item)
        holds = tuple(one.hold for one in holds_with_contents(world, item, now))
        if holds:
            held.append(HeldItem(agency, tag, holds))
        else:
            free.append((agency, tag))
    return Releasable(case.number, tuple(free), tuple(held))


def _items_of(world: World, case: str) -> Iterator[ItemKey]:
    """The items that bear on a case by the moment asked for."""
    on = world.on(world.cases.by_key[case])
    for item in world.bearing.items_of(case):
        arises = world.bearing.arises(case, item)
        if arises is not None and arises <= on:
            yield item
