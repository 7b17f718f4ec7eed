"""Finding things by what people have at hand: a name, a tag typed nearly right, a report number.

Questions about one item begin here: which tags are near to one that nobody knows, what else
was booked under its number, in which cases a person is a party, which acts of the office
concern a case. Queries only; each is bounded, so that no question reads the whole record.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import difflib
from collections.abc import Iterable

from fullfile.core.ids import key
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "cases_naming",
    "cases_related",
    "is_tag",
    "items_beside",
    "list_acts",
    "nearest_agencies",
    "nearest_items",
]

_NEAR = 400
"""So many tags around the place where a tag would stand are looked at."""
_FEW = 3


def is_tag(words: str) -> bool:
    """Whether some agency has an item of this tag: it may look like the code of a label, and is meant all the same."""
    return bool(
        select(
            "SELECT 1 FROM agency_key a JOIN item_key i ON i.agency_id = a.agency_id AND i.norm = %s LIMIT 1",
            [key(words)],
        )
    )


def nearest_items(agency: str, tag: str) -> list[tuple[str, str]]:
    """Items (agency, tag) that resemble one that nobody knows: of the agency, then of any.

    The tags that would stand around it in the order of tags are compared, and the same tag
    of other agencies comes first.
    """
    elsewhere = select(
        "SELECT a.name, i.tag FROM agency_key a JOIN item_key i ON i.agency_id = a.agency_id "
        "AND i.norm = %s ORDER BY a.name LIMIT 3",
        [key(tag)],
    )
    rows = select("SELECT agency_id, name FROM agency_key WHERE norm = %s", [key(agency)])
    near: list[tuple[str, str]] = []
    for agency_id, name in rows:
        around: dict[str, str] = {}
        for sign, order in ((">=", "ASC"), ("<", "DESC")):
            found = select(
                f"SELECT norm, tag FROM item_key WHERE agency_id = %s AND norm {sign} %s "
                f"ORDER BY norm {order} LIMIT {_NEAR}",
                [agency_id, key(tag)],
            )
            around.update(dict(found))
        close = difflib.get_close_matches(key(tag), around, n=_FEW, cutoff=0.4)
        near += [(str(name), around[one]) for one in close]
    return [*((str(name), str(one)) for name, one in elsewhere), *near][:_FEW]


def nearest_agencies(agency: str) -> list[str]:
    """Agencies whose names resemble one that nobody knows."""
    known: dict[str, str] = dict(select("SELECT norm, name FROM agency_key"))
    return [str(known[one]) for one in difflib.get_close_matches(key(agency), known, _FEW, 0.4)]


def items_beside(item_id: int, size: int, limit: int) -> set[int]:
    """The other items under the report numbers of an item; none where there are more than `limit`."""
    rows = select(
        "SELECT DISTINCT other.item_id FROM items mine JOIN items other "
        "ON other.report_id = mine.report_id WHERE mine.item_id = %s AND other.item_id <> %s "
        f"AND mine.entry < %s AND other.entry < %s LIMIT {int(limit) + 1}",
        [item_id, item_id, size, size],
    )
    return {row[0] for row in rows} if len(rows) <= limit else set()


def cases_naming(names: Iterable[str], roles: Iterable[str], size: int) -> dict[str, set[int]]:
    """The cases in which persons are parties in some roles, by the key of the name."""
    wanted = sorted({key(name) for name in names} - {""})
    if not wanted:
        return {}
    rows = select(
        "SELECT DISTINCT name_norm, case_id FROM parties WHERE entry < %s "
        f"AND (to_index IS NULL OR to_index >= %s) AND {one_of('name_norm')} AND {one_of('role')}",
        [size, size, listed(wanted), listed(sorted(roles))],
    )
    found: dict[str, set[int]] = {}
    for name, case in rows:
        found.setdefault(str(name), set()).add(int(case))
    return found


def cases_related(case_ids: Iterable[int], size: int) -> set[int]:
    """The cases related to some cases in any way, in either direction."""
    wanted = set(case_ids)
    found: set[int] = set()
    for here, there in (("case_id", "other_id"), ("other_id", "case_id")):
        rows = select(
            f"SELECT DISTINCT {there} FROM case_relations WHERE entry < %s AND {one_of(here)}",
            [size, listed(sorted(wanted))],
        )
        found.update(row[0] for row in rows)
    return found - wanted


def list_acts(entry_type: str, size: int, case_ids: Iterable[int] | None = None) -> list[int]:
    """The indexes of the acts of a type that stand as of a size: of some cases, or all."""
    query = (
        "SELECT entry FROM acts WHERE type = %s AND entry < %s "
        "AND (to_index IS NULL OR to_index >= %s)"
    )
    given: list[object] = [entry_type, size, size]
    if case_ids is not None:
        query += f" AND {one_of('case_id')}"
        given.append(listed(sorted(case_ids)))
    return [row[0] for row in select(f"{query} ORDER BY entry", given)]
