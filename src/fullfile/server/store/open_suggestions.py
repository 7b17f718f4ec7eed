"""Suggestions that nobody has decided: kept as rows, so that a page of them costs the same at a million items.

Rows are worked out anew for each item that something was suggested for or decided of, in the same transaction: what the
newest run says of each case, unless somebody accepted or rejected it on the day of its last fact or later. A suggestion that
came back after a rejection has a later fact, and so stands open again.

What this does not do: it asks for no threshold; whoever reads does.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from fullfile.core.ids import key
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import execute, insert, listed, one_of, select

__all__ = [
    "SUGGESTING",
    "OpenPair",
    "count_pairs",
    "find_pair",
    "list_pairs",
    "next_pair",
    "pairs_of_item",
    "pairs_state",
    "previous_pair",
    "settle_suggestions",
    "stream_pairs",
]

SUGGESTING = frozenset({"suggestion.made", "link.recorded"})
"""Entries after which the open suggestions of their item are worked out anew."""

_SLICE = 2_000
_COLUMNS = (
    "o.item_id, o.case_id, a.name, i.tag, k.number, o.millionths, o.reason, o.again, o.entry, "
    "EXISTS (SELECT 1 FROM links l WHERE l.item_id = o.item_id AND l.case_id = o.case_id "
    "AND l.decision = 'ask' AND l.to_index IS NULL)"
)
_FROM = (
    "FROM open_suggestions o JOIN item_key i ON i.item_id = o.item_id "
    "JOIN agency_key a ON a.agency_id = i.agency_id JOIN case_key k ON k.case_id = o.case_id"
)
_ORDER = "o.millionths DESC, o.item_id, o.case_id"


@dataclass(frozen=True, slots=True)
class OpenPair:
    """An item and a case that is suggested for it.

    Attributes:
        item_id, case_id: their numbers in addresses.
        agency, tag, case_number: as recorded.
        millionths: the probability.
        reason: the first reason.
        again: it was rejected once, and facts came since.
        entry: the entry of the suggestion.
        asked: somebody was asked about it.
    """

    item_id: int
    case_id: int
    agency: str
    tag: str
    case_number: str
    millionths: int
    reason: str
    again: bool
    entry: int
    asked: bool


def settle_suggestions(items: Iterable[int]) -> None:
    """Work out the open suggestions of some items anew."""
    wanted = sorted(set(items))
    for start in range(0, len(wanted), _SLICE):
        _settle(wanted[start : start + _SLICE])


def _settle(items: list[int]) -> None:
    among = listed(items)
    steps = select(
        "SELECT item_id, case_id, entry, first, millionths FROM suggestions "
        f"WHERE to_index IS NULL AND {one_of('item_id')} ORDER BY entry, first",
        [among],
    )
    execute(f"DELETE FROM open_suggestions WHERE {one_of('item_id')}", [among])
    newest = {item: entry for item, _, entry, _, _ in steps}
    last = {
        (item, case): (entry, first, millionths)
        for item, case, entry, first, millionths in steps
        if entry == newest[item]
    }
    if not last:
        return
    decided = {
        (item, case): moment
        for item, case, moment in select(
            "SELECT item_id, case_id, max(last) FROM links WHERE decision IN ('accept', 'reject') "
            f"AND to_index IS NULL AND {one_of('item_id')} GROUP BY item_id, case_id",
            [among],
        )
    }
    standing = {
        pair: found
        for pair, found in last.items()
        if pair not in decided or found[1] > decided[pair]
    }
    told = {entry.index: entry.data for entry in read_entries(row[0] for row in standing.values())}
    names = _case_keys({case for _, case in standing})
    insert(
        "open_suggestions",
        [
            (item, case, entry, first, millionths, *_said(told[entry], names[case]))
            for (item, case), (entry, first, millionths) in standing.items()
        ],
    )


def _case_keys(cases: Collection[int]) -> dict[int, str]:
    rows = select(
        f"SELECT case_id, norm FROM case_key WHERE {one_of('case_id')}", [listed(sorted(cases))]
    )
    return dict(rows)


def _said(data: Any, case: str) -> tuple[str, bool]:  # the data of an entry
    """The first reason of a suggestion, and whether it came back after a rejection."""
    for one in data.get("suggestions", ()):
        if key(one["case_number"]) == case:
            reasons = one.get("reasons", ())
            return (str(reasons[0]["what"]) if reasons else ""), "again" in one
    return "", False


def count_pairs(threshold: int, *, cases: Collection[int] | None = None, search: str = "") -> int:
    """How many suggestions stand open at or above a probability (millionths)."""
    where, given = _where(threshold, cases, search)
    joined = _FROM if search.strip() else "FROM open_suggestions o"
    ((many,),) = select(f"SELECT count(*) {joined} WHERE {where}", given)
    return int(many)


def list_pairs(
    threshold: int,
    *,
    cases: Collection[int] | None = None,
    search: str = "",
    limit: int = 50,
    offset: int = 0,
) -> list[OpenPair]:
    """Those suggestions, the likeliest first."""
    where, given = _where(threshold, cases, search)
    return _pairs(f"WHERE {where} ORDER BY {_ORDER} LIMIT {int(limit)} OFFSET {int(offset)}", given)


def stream_pairs(threshold: int) -> list[tuple[int, int, int, int]]:
    """Every one of them as bare numbers (item, case, day of the last fact, probability), the likeliest first."""
    return select(
        "SELECT o.item_id, o.case_id, o.first, o.millionths FROM open_suggestions o "
        f"WHERE o.millionths >= %s ORDER BY {_ORDER}",
        [threshold],
    )


def pairs_of_item(item_id: int, threshold: int) -> list[tuple[int, int, int, int]]:
    """The same for one item."""
    return select(
        "SELECT o.item_id, o.case_id, o.first, o.millionths FROM open_suggestions o "
        f"WHERE o.item_id = %s AND o.millionths >= %s ORDER BY {_ORDER}",
        [item_id, threshold],
    )


def pairs_state() -> tuple[int, int]:
    """What changes whenever an open suggestion comes or goes: how many there are, and the newest entry of one."""
    ((many, newest),) = select("SELECT count(*), coalesce(max(entry), -1) FROM open_suggestions")
    return int(many), int(newest)


def find_pair(item_id: int, case_id: int) -> OpenPair | None:
    """An open suggestion; None where there is none, or it was decided."""
    found = _pairs("WHERE o.item_id = %s AND o.case_id = %s", [item_id, case_id])
    return found[0] if found else None


def next_pair(
    millionths: int,
    item_id: int,
    case_id: int,
    threshold: int,
    *,
    cases: Collection[int] | None = None,
) -> OpenPair | None:
    """The one after a place in the list (which need not be in it any more)."""
    return _beside(millionths, item_id, case_id, threshold, cases, after=True)


def previous_pair(
    millionths: int,
    item_id: int,
    case_id: int,
    threshold: int,
    *,
    cases: Collection[int] | None = None,
) -> OpenPair | None:
    """The one before a place in the list."""
    return _beside(millionths, item_id, case_id, threshold, cases, after=False)


def _beside(
    millionths: int,
    item_id: int,
    case_id: int,
    threshold: int,
    cases: Collection[int] | None,
    *,
    after: bool,
) -> OpenPair | None:
    where, given = _where(threshold, cases, "")
    less, more = ("<", ">") if after else (">", "<")
    order = _ORDER if after else "o.millionths, o.item_id DESC, o.case_id DESC"
    place = (
        f"(o.millionths {less} %s OR (o.millionths = %s AND (o.item_id {more} %s "
        f"OR (o.item_id = %s AND o.case_id {more} %s))))"
    )
    found = _pairs(
        f"WHERE {where} AND {place} ORDER BY {order} LIMIT 1",
        [*given, millionths, millionths, item_id, item_id, case_id],
    )
    return found[0] if found else None


def _pairs(rest: str, given: list[Any]) -> list[OpenPair]:
    return [
        OpenPair(
            item, case, agency, tag, number, millionths, reason, bool(again), entry, bool(asked)
        )
        for item, case, agency, tag, number, millionths, reason, again, entry, asked in select(
            f"SELECT {_COLUMNS} {_FROM} {rest}", given
        )
    ]


def _where(threshold: int, cases: Collection[int] | None, search: str) -> tuple[str, list[Any]]:
    found = ["o.millionths >= %s"]
    given: list[Any] = [threshold]
    if cases is not None:
        found.append(one_of("o.case_id"))
        given.append(listed(cases))
    for word in key(search).split():
        held = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        found.append("(i.norm LIKE %s ESCAPE '\\' OR k.norm LIKE %s ESCAPE '\\')")
        given += [held, held]
    return " AND ".join(found), given
