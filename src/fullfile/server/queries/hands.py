"""Where items are now: the part of the record that says so, put together by `core.custody.hand`.

The actions ask this under the writer's lock; it reads no case, so an item of a case of ten thousand
items answers as quickly as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fullfile.core.custody.hand import Hand, read_hand
from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.facts.rows import Facts, ItemKey, read_facts
from fullfile.core.facts.things import Things
from fullfile.core.ids import key, wall_ms
from fullfile.server.queries.items import no_such_item
from fullfile.server.store.case_entries import entries_for_custody
from fullfile.server.store.load import agencies, current_size, entries, find_items, office
from fullfile.server.store.overview import name_items

__all__ = ["DUE_BACK", "Handled", "ask_hand", "ask_hands", "dues_of", "hands_of_items"]

DUE_BACK = "due_back"
"""The column, kept beside the table's own, that says when what was signed out is due back."""


@dataclass(frozen=True, slots=True)
class Handled:
    """An item found: its number in `item_key`, where it is, and the numbers of what it lies in too."""

    item_id: int
    hand: Hand
    about: frozenset[int]


def ask_hand(agency: str, tag: str, *, now_ms: int) -> Handled:
    """Where an item is.

    Raises:
        NotFound: no row on record names it; the nearest are named.
    """
    (found,) = ask_hands([(agency, tag)], now_ms=now_ms)
    if isinstance(found, NotFound):
        raise found
    return found


def ask_hands(pairs: Sequence[tuple[str, str]], *, now_ms: int) -> list[Handled | NotFound]:
    """Where items are, each (agency, tag); in place of one that no row on record names, the error.

    An agency may be named by any of its names.
    """
    called = agencies()
    wanted: list[ItemKey] = [
        (key(called.get(key(agency), agency)), key(tag)) for agency, tag in pairs
    ]
    ids = find_items(list(dict.fromkeys(wanted)))
    hands = hands_of_items(ids, now_ms=now_ms)
    return [
        hands[ids[item]]
        if item in ids
        else NotFound(no_such_item(called.get(key(agency), agency), tag))
        for item, (agency, tag) in zip(wanted, pairs, strict=True)
    ]


def hands_of_items(
    ids: Mapping[ItemKey, int], *, now_ms: int, size: int | None = None
) -> dict[int, Handled]:
    """Where items are, by their numbers in `item_key`.

    Args:
        ids: the items.
        now_ms: the moment asked for, UTC milliseconds.
        size: as of which size of the record; None: as it stands.
    """
    if not ids:
        return {}
    zone = office().zone
    seen = current_size() if size is None else size
    indexes, about = entries_for_custody(set(ids.values()), seen)
    found = entries(indexes)
    facts, things, dues = _read(found, zone)
    names = {norm: number for number, norm in name_items(about).items()}
    on = wall_ms(now_ms, zone)
    hands = {}
    for item, number in ids.items():
        hand = read_hand(facts, things, item, on, dues)
        inside = {names[one] for one in things.above(item) if one in names}
        hands[number] = Handled(number, hand, frozenset({number, *inside}))
    return hands


def dues_of(found: Iterable[Entry]) -> dict[int, str]:
    """When what was signed out is due back, by the entry that signed it out."""
    return {entry.index: entry.more[DUE_BACK] for entry in found if entry.more.get(DUE_BACK)}


def _read(found: Sequence[Entry], zone: ZoneInfo) -> tuple[Facts, Things, dict[int, str]]:
    facts = read_facts(found, zone)
    return facts, Things(facts, ()), dues_of(found)
