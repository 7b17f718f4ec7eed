"""What `link` recorded before: suggestions that stand, decisions on them, the model in use; and who booked an item.

What this does not do: it weighs nothing; `engines.linkage` does.
"""
# ruff: noqa: S608 - conditions are our own; values go as parameters

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.engines.linkage.model import Model, load_model, model_of
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import select

__all__ = [
    "Decided",
    "Standing",
    "bookers_of",
    "facts_of",
    "model_in_use",
    "read_decided",
    "read_standing",
]

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for an item: the entry, and what it says of each case, by the case's key."""

    entry: int
    suggestions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A rejection: its entry, the day that it holds from, and what was suggested then."""

    entry: int
    day: str
    reasons: frozenset[tuple[str, str, str]]


def model_in_use(size: int) -> tuple[Model, int | None]:
    """The newest model that the office adopted, and its entry; without one the shipped model."""
    rows = select(
        "SELECT max(entry) FROM adoptions WHERE kind = 'model' AND entry < %s",
        [size],
    )
    index = rows[0][0] if rows else None
    if index is None:
        return load_model(), None
    (entry,) = read_entries([index])
    return model_of(entry.data["content"]), int(index)


def read_standing(size: int, only: int | None = None) -> dict[Key, Standing]:
    """The suggestions that stand as of a size, by item.

    Args:
        size: entries below it are read.
        only: of one item (its number in `item_key`).
    """
    narrowed = "" if only is None else " AND item_id = %s"
    rows = select(
        "SELECT DISTINCT entry FROM suggestions WHERE entry < %s "
        f"AND (to_index IS NULL OR to_index >= %s){narrowed}",
        [size, size, *([] if only is None else [only])],
    )
    found: dict[Key, Standing] = {}
    for entry in read_entries(index for (index,) in rows):
        if "suggestions" in entry.data:
            found[_item(entry)] = Standing(entry.index, tuple(entry.data["suggestions"]))
    return found


def read_decided(size: int) -> dict[tuple[Key, str], Decided]:
    """The last rejection of each suggestion, by item and case; an acceptance after it takes it away."""
    rows = select(
        "SELECT entry FROM links WHERE decision IN ('accept', 'reject') AND entry < %s "
        "AND (to_index IS NULL OR to_index >= %s)",
        [size, size],
    )
    last: dict[tuple[Key, str], Entry] = {}
    for entry in read_entries(index for (index,) in rows):
        last[_item(entry), key(entry.data["case_number"])] = entry
    rejected = {pair: entry for pair, entry in last.items() if entry.data["decision"] == "reject"}
    then = _suggested_then(rejected, size)
    return {
        pair: Decided(entry.index, entry.data["decided_at"][:10], then.get(pair, frozenset()))
        for pair, entry in rejected.items()
    }


def _suggested_then(
    rejected: Mapping[tuple[Key, str], Entry], size: int
) -> dict[tuple[Key, str], frozenset[tuple[str, str, str]]]:
    """What was known of each pair when it was rejected."""
    if not rejected:
        return {}
    rows = select("SELECT DISTINCT entry FROM suggestions WHERE entry < %s", [size])
    by_item: dict[Key, list[Entry]] = defaultdict(list)
    wanted = {item for item, _ in rejected}
    for entry in read_entries(index for (index,) in rows):
        if "suggestions" in entry.data and _item(entry) in wanted:
            by_item[_item(entry)].append(entry)
    found: dict[tuple[Key, str], frozenset[tuple[str, str, str]]] = {}
    for (item, case), decision in rejected.items():
        before = [one for one in by_item.get(item, ()) if one.index < decision.index]
        for one in before[-1].data["suggestions"] if before else ():
            if key(one["case_number"]) == case:
                found[item, case] = frozenset(facts_of(one["reasons"]))
    return found


def facts_of(reasons: Any) -> set[tuple[str, str, str]]:
    """What reasons rest on, whatever they weigh: the kind of evidence and both sides."""
    return {
        (one.get("group", ""), one["item_side"], one["case_side"])
        for one in reasons
        if one["item_side"] or one["case_side"]
    }


def _item(entry: Entry) -> Key:
    return key(entry.data["agency"]), key(entry.data["tag"])


def bookers_of(item_id: int, size: int) -> set[str]:
    """The keys of the names of those who booked an item.

    Args:
        item_id: its number in `item_key`.
        size: entries below it are read.
    """
    rows = select(
        "SELECT entry FROM items WHERE item_id = %s AND entry < %s "
        "UNION SELECT entry FROM custody WHERE item_id = %s AND event = 'booked' AND entry < %s",
        [item_id, size, item_id, size],
    )
    names = (
        entry.data.get("booked_by") if entry.type == "item.recorded" else entry.data.get("by")
        for entry in read_entries(entry for (entry,) in rows)
    )
    return {key(name) for name in names if name}
