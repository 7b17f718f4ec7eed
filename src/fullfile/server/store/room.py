"""Which items ask something of a custodian: worked out in SQL for the items that a chunk touches.

An item that is simply on its shelf has no row in `room_items`, so that the lists of a start page are short
and their counts quick. Only what may change that is looked at: items that have a row (what left for good
has one too, for it may come back), and those that a chunk has an event for, lists anew, without a shelf or with a
status, or corrects.

The order of an item's events is `ord`; its low bits are the entry, its high bits the second. The
rules are those of `core.facts.things` and `core.custody.hand`, for the item's own events.

What this does not do: it does not carry over what a container goes through to what lies in it.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.server.store.tables import columns_of, execute, insert, listed, one_of, select

__all__ = ["settle_room"]

Row = tuple[Any, ...]  # what a database's column may hold

_SLICE = 20_000
_NEVER = -(2**62)

_LISTED = (
    "(SELECT i.quantity FROM items i WHERE i.item_id = c.item_id AND i.to_index IS NULL "
    "AND i.quantity IS NOT NULL ORDER BY i.entry LIMIT 1)"
)
_FEWER = f"(c.quantity IS NOT NULL AND c.quantity < coalesce({_LISTED}, 0))"
_SHORT = f"c.event = 'inventoried' AND {_FEWER}"
_HANDLED = (
    "c.event IN ('booked', 'collected', 'checked_out', 'checked_in', 'sealed', 'unsealed', 'examined', "
    "'transferred', 'moved', 'found', 'released', 'consumed', 'destroyed') "
    f"OR (c.event = 'inventoried' AND NOT {_FEWER})"
)
_EVENTS = {
    "out": "c.event = 'checked_out'",
    "back": "c.event IN ('checked_in', 'found')",
    "handed": "c.event = 'transferred'",
    "here": "c.event IN ('checked_in', 'found', 'booked')",
    "missed": f"c.event = 'not_found' OR ({_SHORT})",
    "handled": _HANDLED,
    "released": "c.event = 'released'",
    "returned": (
        "c.event IN ('booked', 'collected', 'checked_in', 'found') "
        f"OR (c.event = 'inventoried' AND NOT {_FEWER})"
    ),
    "used_up": f"c.event = 'destroyed' OR (c.event = 'consumed' AND NOT {_FEWER})",
    "put": (
        "c.place IS NOT NULL AND "
        "c.event IN ('checked_in', 'found', 'booked', 'moved', 'transferred')"
    ),
    "taken": "c.event IN ('checked_out', 'checked_in', 'transferred')",
    "ruined": "c.event IN ('destroyed', 'consumed')",
    "booked": "c.event = 'booked'",
}
_STATUSES = {
    "s_out": "s.status IN ('checked_out', 'at_lab')",
    "s_lost": "s.status = 'lost'",
    "s_released": "s.status = 'released'",
    "s_destroyed": "s.status = 'destroyed'",
    "s_found": "s.was_lost",
}


def _latest(said: Mapping[str, str], table: str) -> str:
    return ", ".join(
        f"max(CASE WHEN {condition} THEN {table}.ord END) AS {name}"
        for name, condition in said.items()
    )


_QUERY = (
    "WITH c AS (SELECT c.item_id, {events} FROM custody c "
    "WHERE c.to_index IS NULL AND {c_among} GROUP BY c.item_id), "
    "s AS (SELECT s.item_id, {statuses} FROM item_status s WHERE {s_among} GROUP BY s.item_id), "
    "l AS (SELECT item_id, max(place_ord) AS put, min(entry) AS entry, min(held_first) AS held FROM items "
    "WHERE to_index IS NULL AND {l_among} GROUP BY item_id) "
    "SELECT k.item_id, k.agency_id, l.entry, l.held, l.put, {columns} FROM item_key k "
    "LEFT JOIN c ON c.item_id = k.item_id LEFT JOIN s ON s.item_id = k.item_id "
    "LEFT JOIN l ON l.item_id = k.item_id WHERE {k_among}"
)
_COLUMNS = (*(f"c.{name}" for name in _EVENTS), *(f"s.{name}" for name in _STATUSES))
_ENTRY = 2**30
_SECONDS_TO_1970 = 2_208_988_800


def settle_room(
    rows: Mapping[str, Sequence[Row]], corrected: Sequence[int], is_new: Callable[[int], bool]
) -> None:
    """Make the rows of the items anew that a chunk may have changed.

    Args:
        rows: the rows that the chunk wrote, by table.
        corrected: the entries that it corrected or erased.
        is_new: whether the chunk is the first to name an item.
    """
    items, custody = rows.get("items", ()), rows.get("custody", ())
    if not items and not custody and not corrected:
        return
    place = columns_of("items").index("place")
    wanted = {row[4] for row in items if row[place] is None or not is_new(row[4])}
    wanted |= {row[2] for row in rows.get("item_status", ())}
    # Every event: one that is dated back, or says no shelf, may change what an earlier one left.
    wanted |= {row[4] for row in custody}
    touched = {row[4] for row in items}
    for table in ("items", "custody") if corrected else ():
        found = select(
            f"SELECT item_id FROM {table} WHERE {one_of('entry')}", [listed(sorted(corrected))]
        )
        wanted |= {item for (item,) in found}
    rest = sorted(touched - wanted)
    if rest:
        known = select(f"SELECT item_id FROM room_items WHERE {one_of('item_id')}", [listed(rest)])
        wanted |= {item for (item,) in known}
    for start in range(0, len(wanted), _SLICE):
        _settle(sorted(wanted)[start : start + _SLICE])


@dataclass(frozen=True, slots=True)
class _Asks:
    """What an item asks: of which agency, what, by which entry, since when, and where it was put last."""

    item: int
    agency: int
    what: str
    entry: int
    since: int
    put: int | None


def _settle(items: Sequence[int]) -> None:
    among = listed(items)
    execute(f"DELETE FROM room_items WHERE {one_of('item_id')}", [among])
    query = _QUERY.format(
        events=_latest(_EVENTS, "c"),
        statuses=_latest(_STATUSES, "s"),
        columns=", ".join(_COLUMNS),
        c_among=one_of("c.item_id"),
        s_among=one_of("s.item_id"),
        l_among=one_of("item_id"),
        k_among=one_of("k.item_id"),
    )
    made = [asks for row in select(query, [among] * 4) if (asks := _judge(row)) is not None]
    if not made:
        return
    shelves, dues = _about({one.entry for one in made} | {one.put for one in made if one.put})
    insert(
        "room_items",
        [
            (
                one.item,
                one.agency,
                one.what,
                one.entry,
                one.since,
                dues.get(one.entry) if one.what == "out" else None,
                shelves.get(one.put) if one.put is not None else None,
            )
            for one in made
        ],
    )


def _about(entries: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The shelves that entries name, and the days by which what they signed out is due back."""
    among = listed(sorted(entries))
    rows = select(
        f"SELECT entry, place, due_day FROM custody WHERE {one_of('entry')} "
        f"UNION ALL SELECT entry, place, NULL FROM items WHERE {one_of('entry')}",
        [among, among],
    )
    return (
        {entry: place for entry, place, _ in rows if place is not None},
        {entry: due for entry, _, due in rows if due is not None},
    )


def _judge(row: Row) -> _Asks | None:
    """What an item asks, if it asks anything."""
    item, agency, listed_entry, held, listed_put = row[:5]
    at = {
        name.partition(".")[2]: _NEVER if value is None else int(value)
        for name, value in zip(_COLUMNS, row[5:], strict=True)
    }
    put = max(at["put"], _NEVER if listed_put is None else int(listed_put))
    found = at["s_found"]
    is_known_out = max(at["out"], at["handed"]) > _NEVER
    out = at["out"] if is_known_out else at["s_out"]
    is_out = out > max(at["back"], found)
    released = at["released"] if at["released"] > _NEVER else at["s_released"]
    destroyed = at["s_destroyed"] if at["ruined"] == _NEVER else at["used_up"]
    if destroyed > _NEVER or released > max(at["returned"], found):
        left = max(destroyed, released)
        return _Asks(int(item), int(agency), "gone", left % _ENTRY, _moment(left), None)
    was_out = is_out and out < at["missed"]  # not found while it was out is out, not missing
    missed = max(at["s_lost"], _NEVER if was_out else at["missed"])
    booked = max(at["booked"], at["taken"])
    if missed > max(at["handled"], found):
        what, since = "absent", missed
    elif is_out:
        what, since = "out", out
    elif at["handed"] > max(at["here"], found):
        what, since = "elsewhere", at["handed"]
    elif (listed_entry is not None or at["booked"] > _NEVER) and (
        put == _NEVER or put < at["taken"]
    ):
        what, since = "unshelved", booked
    else:
        return None
    if since == _NEVER:  # only a list has it
        entry, moment = int(listed_entry), int(held)
    else:
        entry, moment = since % _ENTRY, _moment(since)
    return _Asks(
        int(item), int(agency), what, entry, moment, None if put == _NEVER else put % _ENTRY
    )


def _moment(ord_: int) -> int:
    return (ord_ // _ENTRY - _SECONDS_TO_1970) * 1000
