"""Of what somebody must be told: worked out for the entries of a chunk, from nothing but what came before each of them.

1. A loss: an item was not found, counted short, or is lost on a list that had it before; or it was released, used up or
   destroyed without an order while a hold of a case stood on it.
2. A late find: an entry is the first to connect an item with a case for which the item's agency had answered that
   everything was handed over, or nothing held, or a certificate was signed.

Only what became known here: an act of the office, or what an import brings within `FRESH_DAYS` of the day it speaks of.
The rest of an import is history: its lines stand on the boards, and nobody is sent to tell it again.

A row depends on entries before it alone, never on how entries came in chunks: `rebuild` makes the same ones. Whether a
loss still stands, whom it concerns and who was told is asked when somebody looks (`store.news`).
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from fullfile.core.ids import DAY_MS
from fullfile.server.store.tables import close, columns_of, insert, listed, one_of, select

__all__ = ["FRESH_DAYS", "GONE", "settle_news"]

FRESH_DAYS = 30
GONE = ("released", "consumed", "destroyed")
_ABSENT = {"not_found": "not_found", "inventoried": "short"}
_LISTED = {"lost": "lost", "released": "released", "destroyed": "destroyed"}
_CONNECTING = {
    "filings": "filed_first",
    "disclosures": "first",
    "withholdings": "first",
    "determinations": "first",
    "knowledge": "first",
    "mentions": "first",
    "links": "first",
    "items": "held_first",
}
"""Tables whose rows connect an item with a case, and the day they speak of."""
_ANSWERED = ("all_handed_over", "nothing_held")

Row = tuple[Any, ...]  # what a database's column may hold
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _News:
    entry: int
    item: int
    what: str
    first: int
    case: int | None = None


def settle_news(
    rows: Mapping[str, Sequence[Row]], moments: Mapping[int, int], corrected: Sequence[Pair]
) -> None:
    """Write what a chunk brought that somebody must be told of.

    Args:
        rows: the rows that the chunk wrote, by table.
        moments: when each of its entries was recorded (UTC milliseconds).
        corrected: custody events that it corrected, each (new entry, old entry).
    """
    _write([*_losses(rows, moments), *_finds(rows, moments)])
    if corrected:  # after the rows are there: both may have come in one chunk
        close("news", corrected)


def _write(found: Sequence[_News]) -> None:
    if not found:
        return
    agencies = _agencies({one.item for one in found})
    parts: dict[int, int] = {}
    made = []
    for one in sorted(found, key=lambda each: (each.entry, each.case or -1)):
        part = parts.get(one.entry, 0)
        parts[one.entry] = part + 1
        agency = agencies[one.item]
        made.append((one.entry, part, None, one.item, agency, one.what, one.case, one.first))
    insert("news", made)


def _fresh(batch: int, first: int, recorded_ms: int) -> bool:
    return batch == -1 or recorded_ms - first <= FRESH_DAYS * DAY_MS


def _losses(rows: Mapping[str, Sequence[Row]], moments: Mapping[int, int]) -> list[_News]:
    found, may_be, counted = [], [], {}
    at = _places("custody")
    for row in rows.get("custody", ()):
        event = row[at["event"]]
        if event not in _ABSENT and event not in GONE:
            continue
        entry, first = row[0], row[at["first"]]
        if not _fresh(row[at["batch"]], first, moments[entry]):
            continue
        if event in GONE:
            if not row[at["ordered"]]:
                may_be.append(_News(entry, row[at["item_id"]], event, first))
        elif event == "not_found":
            found.append(_News(entry, row[at["item_id"]], _ABSENT[event], first))
        elif row[at["quantity"]] is not None:
            counted[_News(entry, row[at["item_id"]], _ABSENT[event], first)] = row[at["quantity"]]
    found += _short(counted)
    lost, left = _of_lists(rows)
    held = _held([*may_be, *left])
    return [*found, *lost, *(one for one in (*may_be, *left) if one.entry in held)]


def _short(counted: Mapping[_News, int]) -> list[_News]:
    """Of items that were counted, those of which a list before had more."""
    if not counted:
        return []
    had: dict[int, list[Pair]] = {}
    for item, entry, quantity in select(
        f"SELECT item_id, entry, quantity FROM items WHERE quantity IS NOT NULL AND {one_of('item_id')}",
        [listed(sorted({one.item for one in counted}))],
    ):
        had.setdefault(int(item), []).append((int(entry), int(quantity)))
    return [
        one
        for one, number in counted.items()
        if any(entry < one.entry and number < many for entry, many in had.get(one.item, ()))
    ]


def _of_lists(rows: Mapping[str, Sequence[Row]]) -> tuple[list[_News], list[_News]]:
    """What a list says of items that it had before: lost ones, and those that left."""
    at = _places("item_status")
    told = [
        _News(row[0], row[at["item_id"]], _LISTED[row[at["status"]]], row[at["since"]])
        for row in rows.get("item_status", ())
        if row[at["status"]] in _LISTED
    ]
    before = _first_rows({one.item for one in told}, ("items",))
    known = [one for one in told if before.get(one.item, one.entry) < one.entry]
    return (
        [one for one in known if one.what == "lost"],
        [one for one in known if one.what != "lost"],
    )


def _held(losses: Sequence[_News]) -> set[int]:
    """Of losses, by their entries, those while the hold of a case stood: connected before, and not lifted before."""
    if not losses:
        return set()
    since = _connections({one.item for one in losses})
    lifted = _lifted({case for _, case in since})
    bears: dict[int, list[Pair]] = {}
    for (item, case), entry in since.items():
        bears.setdefault(item, []).append((case, entry))
    return {
        one.entry
        for one in losses
        for case, entry in bears.get(one.item, ())
        if entry < one.entry and lifted.get(case, one.entry) >= one.entry
    }


def _lifted(cases: Collection[int]) -> dict[int, int]:
    """Of cases: the first entry that lifted the hold that the case itself is."""
    if not cases:
        return {}
    names = {
        f"case:{norm}": int(case)
        for case, norm in select(
            f"SELECT case_id, norm FROM case_key WHERE {one_of('case_id')}", [listed(sorted(cases))]
        )
    }
    rows = select(
        f"SELECT hold_norm, min(entry) FROM holds WHERE lifted_last IS NOT NULL AND {one_of('hold_norm')} "
        "GROUP BY hold_norm",
        [listed(sorted(names))],
    )
    return {names[str(name)]: int(entry) for name, entry in rows}


def _finds(rows: Mapping[str, Sequence[Row]], moments: Mapping[int, int]) -> list[_News]:
    said = [*_said_pairs(rows, moments), *_reported_pairs(rows, moments)]
    late = _late({(one.item, one.case) for one in said if one.case is not None})
    if not late:
        return []
    since = _connections({item for item, _ in late})
    found: dict[tuple[int, int, int], _News] = {}
    for one in said:
        pair = (one.item, one.case or 0)
        if pair in late and since.get(pair) == one.entry and late[pair] < one.entry:
            found[one.entry, one.item, one.case or 0] = one
    return list(found.values())


def _said_pairs(rows: Mapping[str, Sequence[Row]], moments: Mapping[int, int]) -> list[_News]:
    """Items that rows of the chunk name for a case."""
    found = []
    for table, day in _CONNECTING.items():
        if table == "items":
            continue
        at = _places(table)
        for row in rows.get(table, ()):
            item, case = row[at["item_id"]], row[at["case_id"]]
            if item is None or case is None:
                continue
            if table == "links" and row[at["decision"]] != "accept":
                continue
            if _fresh(row[at["batch"]], row[at[day]], moments[row[0]]):
                found.append(_News(row[0], item, "found", row[at[day]], case))
    return found


def _reported_pairs(rows: Mapping[str, Sequence[Row]], moments: Mapping[int, int]) -> list[_News]:
    """Items of the chunk under a report number that a case lists; and items under one that a case lists anew."""
    at = _places("items")
    fresh = [
        row
        for row in rows.get("items", ())
        if row[at["report_id"]] is not None
        and _fresh(row[at["batch"]], row[at["held_first"]], moments[row[0]])
    ]
    found = []
    cases = _listing({row[at["report_id"]] for row in fresh})
    for row in fresh:
        for case, entry in cases.get(row[at["report_id"]], ()):
            if entry < row[0]:
                item, day = row[at["item_id"]], row[at["held_first"]]
                found.append(_News(row[0], item, "found", day, case))
    return [*found, *_listed_anew(rows, moments)]


def _listing(reports: Collection[int]) -> dict[int, list[Pair]]:
    """By report number: the cases that list it, each with the entry that says so."""
    found: dict[int, list[Pair]] = {}
    if reports:
        for report, case, entry in select(
            f"SELECT report_id, case_id, entry FROM case_reports WHERE {one_of('report_id')}",
            [listed(sorted(reports))],
        ):
            found.setdefault(int(report), []).append((int(case), int(entry)))
    return found


def _listed_anew(rows: Mapping[str, Sequence[Row]], moments: Mapping[int, int]) -> list[_News]:
    """Items under a report number that somebody here puts to a case of which all was said to be handed over."""
    found = []
    own = _places("cases")
    acts = {row[0] for row in rows.get("cases", ()) if row[own["batch"]] == -1}
    listing = _places("case_reports")
    anew = [row for row in rows.get("case_reports", ()) if row[0] in acts]
    decided = _decided({row[listing["case_id"]] for row in anew})
    for row in anew:
        case = row[listing["case_id"]]
        if decided.get(case, row[0]) < row[0]:
            found += [
                _News(row[0], int(item), "found", moments[row[0]], case)
                for item, entry in select(
                    "SELECT item_id, min(entry) FROM items WHERE report_id = %s GROUP BY item_id",
                    [row[listing["report_id"]]],
                )
                if entry < row[0]
            ]
    return found


def _late(pairs: Collection[Pair]) -> dict[Pair, int]:
    """Of pairs of item and case: the first entry that said that there is no more of it."""
    if not pairs:
        return {}
    cases = {case for _, case in pairs}
    signed = _signed(cases)
    answered = _answered(cases)
    if not signed and not answered:
        return {}
    agencies = _agencies({item for item, _ in pairs})
    found = {}
    for item, case in pairs:
        said = [
            entry
            for entry in (signed.get(case), answered.get((case, agencies[item])))
            if entry is not None
        ]
        if said:
            found[item, case] = min(said)
    return found


def _signed(cases: Collection[int]) -> dict[int, int]:
    rows = select(
        f"SELECT case_id, min(entry) FROM acts WHERE type = 'certificate.signed' AND {one_of('case_id')} "
        "GROUP BY case_id",
        [listed(sorted(cases))],
    )
    return {int(case): int(entry) for case, entry in rows}


def _answered(cases: Collection[int]) -> dict[Pair, int]:
    rows = select(
        f"SELECT case_id, agency_id, min(entry) FROM answers WHERE {one_of('case_id')} AND {one_of('answer')} "
        "GROUP BY case_id, agency_id",
        [listed(sorted(cases)), listed(_ANSWERED)],
    )
    return {(int(case), int(agency)): int(entry) for case, agency, entry in rows}


def _decided(cases: Collection[int]) -> dict[int, int]:
    """Of cases: the first certificate or answer of any agency."""
    if not cases:
        return {}
    found = _signed(cases)
    for (case, _), entry in _answered(cases).items():
        found[case] = min(entry, found.get(case, entry))
    return found


def _connections(items: Collection[int]) -> dict[Pair, int]:
    """The first entry that connects each of some items with each case."""
    wanted = listed(sorted(items))
    named = [table for table in _CONNECTING if table != "items"]
    queries = [
        f"SELECT item_id, case_id, min(entry) FROM {table} WHERE {one_of('item_id')} AND case_id IS NOT NULL"
        + (" AND decision = 'accept'" if table == "links" else "")
        + " GROUP BY item_id, case_id"
        for table in named
    ]
    queries.append(
        "SELECT i.item_id, c.case_id, min(CASE WHEN i.entry > c.entry THEN i.entry ELSE c.entry END) "
        "FROM items i JOIN case_reports c ON c.report_id = i.report_id "
        f"WHERE {one_of('i.item_id')} GROUP BY i.item_id, c.case_id"
    )
    found: dict[Pair, int] = {}
    for item, case, entry in select(" UNION ALL ".join(queries), [wanted] * len(queries)):
        pair = (int(item), int(case))
        found[pair] = min(int(entry), found.get(pair, int(entry)))
    return found


def _first_rows(items: Collection[int], tables: Sequence[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    for table in tables if items else ():
        for item, entry in select(
            f"SELECT item_id, min(entry) FROM {table} WHERE {one_of('item_id')} GROUP BY item_id",
            [listed(sorted(items))],
        ):
            found[int(item)] = int(entry)
    return found


def _agencies(items: Collection[int]) -> dict[int, int]:
    rows = select(
        f"SELECT item_id, agency_id FROM item_key WHERE {one_of('item_id')}",
        [listed(sorted(items))],
    )
    return {int(item): int(agency) for item, agency in rows}


@cache
def _places(table: str) -> dict[str, int]:
    """The place of each column in the rows of a table."""
    return {name: place for place, name in enumerate(columns_of(table))}
