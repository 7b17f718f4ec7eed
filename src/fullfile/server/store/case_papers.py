"""What was given in a case, production by production, and which rows withhold something in it: from the read tables.

Few rows are read, whatever the size of the case: those of `disclosures` are counted by the database.
What this does not do: it reads no world and judges no line; the match does.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.entries import Entry
from fullfile.core.ids import day_text
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import select

__all__ = ["GivenInCase", "given_in_case", "withholdings_in_case"]

_AS_OF = "entry < %s AND (to_index IS NULL OR to_index >= %s)"


@dataclass(frozen=True, slots=True)
class GivenInCase:
    """What one defendant got in one production, or without one.

    Attributes:
        defendant: as recorded.
        production: its number as a key; empty: none was said.
        since: the earliest day on which any of it was disclosed (ISO date).
        items: how many; one of which there are two accounts counts once.
        unreceipted: how many of them have no receipt.
        entry: the first of them.
    """

    defendant: str
    production: str
    since: str
    items: int
    unreceipted: int
    entry: int


def given_in_case(case_id: int, size: int, until: int) -> list[GivenInCase]:
    """What was disclosed in a case, by production and defendant, the newest first.

    Args:
        case_id: its number in `case_key`.
        size: as of which size of the record.
        until: only what was disclosed by then (a moment on the wall, ms).
    """
    rows = select(
        "SELECT p.name, f.production_norm, f.since, f.items, f.unreceipted, f.entry FROM ("
        "SELECT defendant_id, production_norm, min(first) AS since, count(DISTINCT item_id) AS items, "
        "count(DISTINCT item_id) - count(DISTINCT CASE WHEN ack_last IS NOT NULL THEN item_id END) AS unreceipted, "
        "min(entry) AS entry "
        f"FROM disclosures WHERE case_id = %s AND {_AS_OF} AND first <= %s "
        "GROUP BY defendant_id, production_norm) AS f "
        "JOIN defendant_key p ON p.defendant_id = f.defendant_id "
        "ORDER BY f.since DESC, f.production_norm, f.defendant_id",
        [case_id, size, size, until],
    )
    return [
        GivenInCase(name, production, day_text(since), int(items), int(unreceipted), entry)
        for name, production, since, items, unreceipted, entry in rows
    ]


def withholdings_in_case(case_id: int, size: int, until: int) -> list[Entry]:
    """The rows of a case that withhold an item, as they count at a size, the oldest first.

    Args:
        case_id: its number in `case_key`.
        size: as of which size of the record.
        until: only what was withheld by then (a moment on the wall, ms).
    """
    rows = select(
        f"SELECT entry FROM withholdings WHERE case_id = %s AND {_AS_OF} AND first <= %s ORDER BY entry",
        [case_id, size, size, until],
    )
    return read_entries(entry for (entry,) in rows)
