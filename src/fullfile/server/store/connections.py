"""What an address names, and what bears on what, in a few indexed lookups.

The grounds are those of the contract's "bears on" as the read tables hold them now; the match, which reads
entries, may know a further one (a parent's parent). It judges; this only opens doors.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection

from fullfile.core.ids import key
from fullfile.server.store.keys import find_cases
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "agency_id",
    "case_has_agency",
    "case_id_of",
    "case_number",
    "cases_of_agency",
    "cases_of_item",
    "cases_of_items",
    "cases_with_agency",
    "ids_of_cases",
    "item_id_of",
    "item_key",
    "items_of_agency",
    "numbers_of_cases",
]

_GROUNDS = ("filings", "disclosures", "withholdings", "determinations", "knowledge", "mentions")


def case_number(case_id: int) -> str | None:
    """The number of a case on record."""
    for (number,) in select("SELECT number FROM case_key WHERE case_id = %s", [case_id]):
        return str(number)
    return None


def case_id_of(number: str) -> int | None:
    """The number in addresses of a case."""
    for (found,) in select("SELECT case_id FROM case_key WHERE norm = %s", [key(number)]):
        return int(found)
    return None


def ids_of_cases(numbers: Collection[str]) -> dict[str, int]:
    """The numbers in addresses of some cases, by the keys of the court's numbers."""
    return find_cases(list(numbers))


def item_key(item_id: int) -> tuple[int, str, str] | None:
    """Agency (its number and name) and tag of an item."""
    rows = select(
        "SELECT i.agency_id, a.name, i.tag FROM item_key i "
        "JOIN agency_key a ON a.agency_id = i.agency_id WHERE i.item_id = %s",
        [item_id],
    )
    return (int(rows[0][0]), str(rows[0][1]), str(rows[0][2])) if rows else None


def item_id_of(agency: str, tag: str) -> int | None:
    """The number in addresses of an item."""
    rows = select(
        "SELECT i.item_id FROM item_key i JOIN agency_key a ON a.agency_id = i.agency_id "
        "WHERE a.norm = %s AND i.norm = %s",
        [key(agency), key(tag)],
    )
    return int(rows[0][0]) if rows else None


def agency_id(name: str) -> int | None:
    """The number of an agency by its name, or a name it is also called by."""
    for (found,) in select("SELECT agency_id FROM agency_key WHERE norm = %s", [key(name)]):
        return int(found)
    rows = select(
        "SELECT agency_id FROM agency_names WHERE name_norm = %s AND to_index IS NULL", [key(name)]
    )
    return int(rows[0][0]) if rows else None


def case_has_agency(case_id: int, agency: int) -> bool:
    """Whether an agency holds something for a case, answers for it, or booked under its numbers."""
    return case_id in cases_with_agency([case_id], agency)


def cases_of_item(item_id: int) -> list[tuple[int, str]]:
    """The cases that an item, or what it lies in, is connected with: their numbers here and at court."""
    things = (
        "(SELECT %s UNION SELECT parent_id FROM items WHERE item_id = %s AND parent_id IS NOT NULL)"
    )
    named = " UNION ".join(
        f"SELECT case_id FROM {table} WHERE item_id IN {things} AND case_id IS NOT NULL"
        for table in _GROUNDS
    )
    rows = select(
        "SELECT case_id, number FROM case_key WHERE case_id IN ("
        f"{named} UNION SELECT case_id FROM links WHERE decision = 'accept' AND item_id IN {things} "
        "UNION SELECT c.case_id FROM case_reports c JOIN items i ON i.report_id = c.report_id "
        f"WHERE i.item_id IN {things} AND c.to_index IS NULL) ORDER BY number",
        [item_id] * (2 * (len(_GROUNDS) + 2)),
    )
    return [(int(case), str(number)) for case, number in rows]


def numbers_of_cases(case_ids: Collection[int]) -> dict[int, str]:
    """The court's numbers of some cases."""
    rows = select(
        f"SELECT case_id, number FROM case_key WHERE {one_of('case_id')}",
        [listed(sorted(case_ids))],
    )
    return {int(case): str(number) for case, number in rows}


def items_of_agency(item_ids: Collection[int], agency: int) -> set[int]:
    """Those of some items that an agency booked under its own tags."""
    rows = select(
        f"SELECT item_id FROM item_key WHERE {one_of('item_id')} AND agency_id = %s",
        [listed(sorted(item_ids)), agency],
    )
    return {int(item) for (item,) in rows}


def cases_of_agency(agency: int, since: int = 0) -> set[int]:
    """The cases for which an agency holds something, answers, or booked under their numbers.

    Args:
        agency: its number.
        since: only for what entries from this one on tell; 0: for all. What entries took back since is not told so.
    """
    own = "i.agency_id = %s AND i.to_index IS NULL"
    rows = select(
        "SELECT case_id FROM case_agencies WHERE agency_id = %s AND to_index IS NULL AND entry >= %s "
        "UNION SELECT c.case_id FROM case_reports c WHERE c.to_index IS NULL AND c.report_id IN "
        f"(SELECT i.report_id FROM items i WHERE {own} AND i.entry >= %s) "
        "UNION SELECT f.case_id FROM filings f JOIN item_key i ON i.item_id = f.item_id "
        "WHERE i.agency_id = %s AND f.entry >= %s",
        [agency, since] * 3,
    )
    found = {int(case) for (case,) in rows}
    if since:
        # A number of a report that a case lists only since: things may have been booked under it long before.
        rows = select(
            "SELECT c.case_id FROM case_reports c WHERE c.entry >= %s AND c.to_index IS NULL AND EXISTS "
            f"(SELECT 1 FROM items i WHERE i.report_id = c.report_id AND {own})",
            [since, agency],
        )
        found |= {int(case) for (case,) in rows}
    return found


def cases_of_items(item_ids: Collection[int]) -> dict[int, set[int]]:
    """The cases that some items are connected with (their own grounds; not what they lie in)."""
    wanted = listed(sorted(item_ids))
    named = " UNION ".join(
        f"SELECT item_id, case_id FROM {table} WHERE {one_of('item_id')} AND case_id IS NOT NULL"
        for table in _GROUNDS
    )
    rows = select(
        f"{named} UNION SELECT item_id, case_id FROM links WHERE decision = 'accept' AND {one_of('item_id')} "
        "UNION SELECT i.item_id, c.case_id FROM items i JOIN case_reports c ON c.report_id = i.report_id "
        f"WHERE {one_of('i.item_id')} AND c.to_index IS NULL",
        [wanted] * (len(_GROUNDS) + 2),
    )
    found: dict[int, set[int]] = {}
    for item, case in rows:
        found.setdefault(int(item), set()).add(int(case))
    return found


def cases_with_agency(case_ids: Collection[int], agency: int) -> set[int]:
    """Those of some cases for which an agency holds something, answers, or booked under their numbers."""
    wanted = listed(sorted(case_ids))
    # `+ 0` keeps the database from beginning with all that the agency ever booked, where few cases are asked for.
    rows = select(
        f"SELECT case_id FROM case_agencies WHERE {one_of('case_id')} AND agency_id + 0 = %s AND to_index IS NULL "
        "UNION SELECT c.case_id FROM case_reports c JOIN items i ON i.report_id = c.report_id "
        f"WHERE {one_of('c.case_id')} AND i.agency_id + 0 = %s AND c.to_index IS NULL AND i.to_index IS NULL "
        "UNION SELECT f.case_id FROM filings f JOIN item_key i ON i.item_id = f.item_id "
        f"WHERE {one_of('f.case_id')} AND i.agency_id + 0 = %s",
        [wanted, agency] * 3,
    )
    return {int(case) for (case,) in rows}
