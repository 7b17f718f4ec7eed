"""The lists of a property room, counted and cut into pages in SQL: over `room_items` and its like.

What an item asks is in `room_items` already; a page is a few index probes, and a count a walk over an index. Only
what bears on no case is worked out here, for the items that no run of `link` has covered, the newest
2,000 of them at most; where there are more, the count says so.

What this does not do: it reads no bodies, and says nothing in words.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.core.ids import key
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "LOOKED_AT",
    "Asking",
    "Narrowed",
    "Slice",
    "count_past_due",
    "count_room",
    "first_rows",
    "list_asking",
    "list_inventories",
    "list_leavings",
    "list_unbooked",
    "list_unexamined",
]

LOOKED_AT = 2_000
"""So many items that no run covered are looked at, the newest first."""

_GROUNDS = ("filings", "disclosures", "withholdings", "determinations", "knowledge", "mentions")


@dataclass(frozen=True, slots=True)
class Asking:
    """An item of a list, by numbers.

    Attributes:
        item_id, agency_id: which.
        entry: the entry that puts it on the list.
        since: since when (ms, the office's clock); None: not known here.
        due_day: days since 1970 of the day on which it is due back.
        place: the number of the last shelf.
    """

    item_id: int
    agency_id: int
    entry: int
    since: int | None = None
    due_day: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list, how long the whole is, and whether that is exact or only the least."""

    count: int
    exact: bool
    rows: tuple[Any, ...]  # Asking, or entries


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to.

    Attributes:
        agencies: the numbers of agencies; None: all.
        search: words of tag, report number or description.
        shelves: the numbers of shelves that go by the words.
    """

    agencies: Sequence[int] | None = None
    search: str = ""
    shelves: Sequence[int] = ()


def count_room(agencies: Sequence[int] | None) -> dict[str, int]:
    """How many items are in each state that asks something."""
    where, values = _of_agencies("agency_id", agencies)
    rows = select(f"SELECT what, count(*) FROM room_items WHERE {where} GROUP BY what", values)
    return {str(what): int(many) for what, many in rows}


def count_past_due(agencies: Sequence[int] | None, today: int) -> int:
    """How many items that are signed out were due back on a day that is over."""
    where, values = _of_agencies("agency_id", agencies)
    ((many,),) = select(
        f"SELECT count(*) FROM room_items WHERE what = 'out' AND due_day < %s AND {where}",
        [today, *values],
    )
    return int(many)


def list_asking(what: str, narrowed: Narrowed, limit: int, offset: int) -> Slice:
    """The items in a state, past due first, then the longest."""
    where, values = _of_agencies("r.agency_id", narrowed.agencies)
    parts, given = [f"r.what = %s AND {where}"], [what, *values]
    if narrowed.search:
        found, said = _searched(narrowed)
        parts.append(found)
        given += said
    condition = f"FROM room_items r WHERE {' AND '.join(parts)}"
    ((count,),) = select(f"SELECT count(*) {condition}", given)
    if not limit:
        return Slice(int(count), exact=True, rows=())
    # Those with a day first, then those without: two questions that follow an index, in the place of one that sorts.
    ((dated,),) = select(f"SELECT count(*) {condition} AND r.due_day IS NOT NULL", given)
    rows: list[Any] = []
    for due, start, order in (
        ("NOT NULL", offset, "r.due_day, r.since, r.item_id"),
        ("NULL", max(0, offset - int(dated)), "r.since, r.item_id"),
    ):
        if len(rows) < limit and not (due == "NOT NULL" and offset >= int(dated)):
            rows += select(
                f"SELECT r.item_id, r.agency_id, r.entry, r.since, r.due_day, r.place {condition} "
                f"AND r.due_day IS {due} ORDER BY {order} LIMIT %s OFFSET %s",
                [*given, limit - len(rows), start],
            )
    return Slice(int(count), exact=True, rows=tuple(Asking(*row) for row in rows))


def list_unexamined(narrowed: Narrowed, limit: int, offset: int) -> Slice:
    """Items that bear on no case and that no run of `link` has covered as they now are, the newest first."""
    ((seen,),) = select("SELECT coalesce(max(size), -1) FROM link_runs WHERE item_id IS NULL", [])
    candidates = _newly_listed(narrowed.agencies, int(seen))
    if len(candidates) <= LOOKED_AT:  # beyond, the newest on the lists are enough to look at
        candidates += _newly_handled(narrowed.agencies, int(seen))
    newest: dict[int, int] = {}
    for item, entry in candidates:
        newest[item] = max(entry, newest.get(item, -1))
    exact = len(candidates) <= LOOKED_AT
    few = sorted(newest, key=newest.__getitem__, reverse=True)[:LOOKED_AT]
    alone = _alone(few, newest, narrowed)
    rows = [Asking(item, agency, newest[item]) for item, agency in alone]
    return Slice(len(rows), exact, tuple(rows[offset : offset + limit]))


def _newly_listed(agencies: Sequence[int] | None, seen: int) -> list[tuple[int, int]]:
    """Items that a property list told of since a run, with the entry: agency by agency, along an index."""
    rows: list[tuple[int, int]] = []
    for one in (None,) if agencies is None else agencies:
        where, values = ("TRUE", []) if one is None else ("agency_id = %s", [one])
        rows += [
            (int(item), int(entry))
            for item, entry in select(
                f"SELECT item_id, entry FROM items WHERE entry >= %s AND to_index IS NULL AND {where} "
                f"ORDER BY entry DESC LIMIT {LOOKED_AT + 1}",
                [seen, *values],
            )
        ]
    return sorted(rows, key=lambda row: row[1], reverse=True)[: LOOKED_AT + 1]


def _newly_handled(agencies: Sequence[int] | None, seen: int) -> list[tuple[int, int]]:
    """Items that were handled since a run, with the entry.

    Where no run ever was, there is no beginning: then each item of the agencies is asked for its own last event.
    """
    where, values = _of_agencies("k.agency_id", agencies)
    if agencies is not None and seen < 0:
        rows = select(
            "SELECT k.item_id, (SELECT max(c.entry) FROM custody c WHERE c.item_id = k.item_id "
            f"AND c.to_index IS NULL) AS newest FROM item_key k WHERE {where}",
            values,
        )
        return [(int(item), int(entry)) for item, entry in rows if entry is not None]
    return [
        (int(item), int(entry))
        for item, entry in select(
            "SELECT c.item_id, c.entry FROM custody c JOIN item_key k ON k.item_id = c.item_id "
            f"WHERE c.entry >= %s AND c.to_index IS NULL AND {where} ORDER BY c.entry DESC LIMIT {LOOKED_AT + 1}",
            [seen, *values],
        )
    ]


def list_unbooked(narrowed: Narrowed, limit: int, offset: int) -> Slice:
    """Mentions that nobody booked or answered, by their entries, the oldest first."""
    where, values = _of_agencies("m.agency_id", narrowed.agencies)
    if narrowed.search:
        where += " AND m.words LIKE %s ESCAPE '!'"
        values = [*values, _like(narrowed.search)]
    booked = (
        "(EXISTS (SELECT 1 FROM items i WHERE i.item_id = m.item_id) OR EXISTS "
        "(SELECT 1 FROM custody c WHERE c.item_id = m.item_id AND c.event = 'booked' AND c.to_index IS NULL)) "
        "AND (m.quantity IS NULL OR m.quantity <= coalesce((SELECT i.quantity FROM items i "
        "WHERE i.item_id = m.item_id AND i.to_index IS NULL AND i.quantity IS NOT NULL "
        "ORDER BY i.entry LIMIT 1), m.quantity))"
    )
    condition = (
        "FROM mentions m WHERE NOT m.closed AND m.to_index IS NULL "
        f"AND (m.item_id IS NULL OR NOT ({booked})) AND {where}"
    )
    ((count,),) = select(f"SELECT count(*) {condition}", values)
    rows = (
        select(
            f"SELECT m.entry {condition} ORDER BY m.first, m.entry LIMIT %s OFFSET %s",
            [*values, limit, offset],
        )
        if limit
        else []
    )
    return Slice(int(count), exact=True, rows=tuple(int(entry) for (entry,) in rows))


def list_leavings(narrowed: Narrowed, limit: int, offset: int) -> Slice:
    """Wishes that an item may leave that nobody has answered, the oldest first."""
    where, values = _of_agencies("r.agency_id", narrowed.agencies)
    parts, given = [f"r.to_index IS NULL AND {where}"], list(values)
    if narrowed.search:
        found, said = _searched(narrowed, placed=False)
        parts.append(found)
        given += said
    condition = f"FROM leavings r WHERE {' AND '.join(parts)}"
    ((count,),) = select(f"SELECT count(*) {condition}", given)
    rows = select(
        f"SELECT r.item_id, r.agency_id, r.entry {condition} ORDER BY r.entry LIMIT %s OFFSET %s",
        [*given, limit, offset],
    )
    return Slice(int(count), exact=True, rows=tuple(Asking(*row) for row in rows))


def list_inventories(agencies: Sequence[int] | None, *, under_way: bool) -> list[int]:
    """The inventories, by the entries that opened them, the newest first; those under way, or all."""
    where, values = _of_agencies("agency_id", agencies)
    open_only = " AND to_index IS NULL" if under_way else ""
    rows = select(
        f"SELECT entry FROM inventories WHERE {where}{open_only} ORDER BY entry DESC", values
    )
    return [int(entry) for (entry,) in rows]


def first_rows(item_ids: Iterable[int]) -> dict[int, int]:
    """The first row that counts of each item on a property list, by its entry."""
    rows = select(
        f"SELECT item_id, min(entry) FROM items WHERE {one_of('item_id')} AND to_index IS NULL "
        "GROUP BY item_id",
        [listed(sorted(set(item_ids)))],
    )
    return {int(item): int(entry) for item, entry in rows}


def _alone(
    items: Sequence[int], newest: dict[int, int], narrowed: Narrowed
) -> list[tuple[int, int]]:
    """Of items those that bear on no case and that no run of their own covered: (item, agency)."""
    if not items:
        return []
    grounds = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} g WHERE g.item_id = {{item}} AND g.case_id IS NOT NULL)"
        for table in _GROUNDS
    )
    bare = (
        f"{grounds} AND NOT EXISTS (SELECT 1 FROM links g WHERE g.item_id = {{item}} "
        "AND g.decision = 'accept') AND NOT EXISTS (SELECT 1 FROM items b JOIN case_reports r "
        "ON r.report_id = b.report_id WHERE b.item_id = {item}) AND NOT EXISTS (SELECT 1 FROM mentions b "
        "JOIN case_reports r ON r.report_id = b.report_id WHERE b.item_id = {item})"
    )
    parts, given = [bare.format(item="k.item_id")], [listed(items)]
    if narrowed.search:
        parts.append(
            "(k.norm LIKE %s ESCAPE '!' OR EXISTS (SELECT 1 FROM items w WHERE w.item_id = k.item_id "
            "AND w.to_index IS NULL AND w.words LIKE %s ESCAPE '!'))"
        )
        given += [_like(narrowed.search)] * 2
    rows = select(
        f"SELECT k.item_id, k.agency_id, (SELECT max(o.size) FROM link_runs o WHERE o.item_id = k.item_id) "
        f"FROM item_key k WHERE {one_of('k.item_id')} AND {' AND '.join(parts[:1])}"
        + "".join(f" AND {part}" for part in parts[1:]),
        given,
    )
    found = {
        int(item): int(agency)
        for item, agency, own in rows
        if own is None or newest[int(item)] >= int(own)
    }
    inside = _inside_of_a_case(sorted(found), bare)
    return [(item, found[item]) for item in items if item in found and item not in inside]


def _inside_of_a_case(items: Sequence[int], bare: str) -> set[int]:
    """Of items those that lie in something that bears on a case, through any depth."""
    if not items:
        return set()
    lies = select(
        f"SELECT item_id, parent_id FROM items WHERE {one_of('item_id')} AND parent_id IS NOT NULL",
        [listed(items)],
    )
    edge = {int(parent): {int(item) for item, up in lies if up == parent} for _, parent in lies}
    inside: set[int] = set()
    walked: set[int] = set()
    while edge:
        parents = sorted(set(edge) - walked)
        walked |= set(parents)
        among = listed(parents)
        alone = {
            int(item)
            for (item,) in select(
                f"SELECT k.item_id FROM item_key k WHERE {one_of('k.item_id')} AND {bare.format(item='k.item_id')}",
                [among],
            )
        }
        for parent in parents:
            if parent not in alone:
                inside |= edge[parent]
        ups = select(
            f"SELECT item_id, parent_id FROM items WHERE {one_of('item_id')} AND parent_id IS NOT NULL",
            [among],
        )
        further: dict[int, set[int]] = {}
        for parent, up in ups:
            if int(up) not in walked:
                further.setdefault(int(up), set()).update(edge.get(int(parent), set()))
        edge = further
    return inside


def _of_agencies(column: str, agencies: Sequence[int] | None) -> tuple[str, list[Any]]:
    if agencies is None:
        return "TRUE", []
    return one_of(column), [listed(sorted(agencies))]


def _searched(narrowed: Narrowed, *, placed: bool = True) -> tuple[str, list[Any]]:
    like = _like(narrowed.search)
    condition = (
        "(EXISTS (SELECT 1 FROM item_key k WHERE k.item_id = r.item_id AND k.norm LIKE %s ESCAPE '!') "
        "OR EXISTS (SELECT 1 FROM items i WHERE i.item_id = r.item_id AND i.to_index IS NULL "
        "AND i.words LIKE %s ESCAPE '!')"
    )
    values: list[Any] = [like, like]
    if placed and narrowed.shelves:
        condition += f" OR {one_of('r.place')}"
        values.append(listed(sorted(narrowed.shelves)))
    return condition + ")", values


def _like(search: str) -> str:
    said = key(search)
    for sign in "!%_":
        said = said.replace(sign, f"!{sign}")
    return f"%{said}%"
