"""Which views wait for a second reader, in SQL: how many, and a page of them."""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fullfile.core.ids import DAY_MS, key
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["Waiting", "authors_waiting", "count_waiting", "determinations_of", "list_waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A view that waits for a second reader; what it says is not told before they have answered.

    Attributes:
        entry: the view.
        item_id, case_id: numbers in addresses.
        agency, tag, case_number: as recorded.
        day: on which it was made (days since 1970).
    """

    entry: int
    item_id: int
    case_id: int
    agency: str
    tag: str
    case_number: str
    day: int


def count_waiting(reader: str, cases: Collection[int] | None = None) -> int:
    """How many views wait that somebody else made."""
    where, given = _where(reader, cases)
    ((many,),) = select(f"SELECT count(*) FROM determinations d WHERE {where}", given)
    return int(many)


def list_waiting(
    reader: str, cases: Collection[int] | None = None, *, limit: int = 50, offset: int = 0
) -> list[Waiting]:
    """Those views, the oldest first."""
    where, given = _where(reader, cases)
    rows = select(
        "SELECT d.entry, d.item_id, d.case_id, a.name, i.tag, k.number, d.first "
        "FROM determinations d JOIN item_key i ON i.item_id = d.item_id "
        "JOIN agency_key a ON a.agency_id = i.agency_id JOIN case_key k ON k.case_id = d.case_id "
        f"WHERE {where} ORDER BY d.first, d.entry LIMIT {int(limit)} OFFSET {int(offset)}",
        given,
    )
    return [
        Waiting(entry, item, case, agency, tag, number, first // DAY_MS)
        for entry, item, case, agency, tag, number, first in rows
    ]


def authors_waiting(cases: Collection[int] | None = None) -> list[tuple[int, str]]:
    """Who made the views that wait: their keys, once for each case; with no cases given, once (the case is 0).

    Args:
        cases: in these cases; None: in any.
    """
    what = "0" if cases is None else "d.case_id"
    among = "" if cases is None else f" AND {one_of('d.case_id')}"
    rows = select(
        f"SELECT DISTINCT {what}, d.by_norm FROM determinations d "
        f"WHERE d.waiting AND d.to_index IS NULL{among}",
        [] if cases is None else [listed(sorted(cases))],
    )
    return [(int(case), str(by)) for case, by in rows]


def determinations_of(item_id: int, case_id: int) -> list[int]:
    """The views of an item in a case that nothing has corrected."""
    rows = select(
        "SELECT entry FROM determinations WHERE item_id = %s AND case_id = %s AND to_index IS NULL "
        "ORDER BY first, entry",
        [item_id, case_id],
    )
    return [row[0] for row in rows]


def _where(reader: str, cases: Collection[int] | None) -> tuple[str, list[object]]:
    where = "d.waiting AND d.to_index IS NULL AND d.by_norm <> %s"
    given: list[object] = [key(reader)]
    if cases is not None:
        where += f" AND {one_of('d.case_id')}"
        given.append(listed(cases))
    return where, given
