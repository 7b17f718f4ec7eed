"""Which productions were served without a receipt, over the whole office, from the table of disclosures.

An index holds just the disclosures that count and have no receipt, so that a million of those with one cost nothing.
What this does not do: it does not know which lines of the match are unacknowledged; the match does.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.core.ids import DAY_MS
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["Outstanding", "count_outstanding", "find_served", "list_outstanding", "next_number"]

_OPEN = "FROM disclosures d WHERE d.ack_last IS NULL AND d.to_index IS NULL"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A production (or what was disclosed without one) that waits for its receipt.

    Attributes:
        case_id, number: the case.
        defendant: who got it, as recorded.
        production: its number as a key; empty: it was disclosed without one.
        since_day: the earliest day on which any of it was disclosed (days since 1970).
        items: how many rows have no receipt.
    """

    case_id: int
    number: str
    defendant: str
    production: str
    since_day: int
    items: int


def count_outstanding(cases: Sequence[int] | None = None) -> int:
    """How many productions wait for a receipt, counted for each defendant."""
    where, given = _of(cases)
    ((many,),) = select(
        "SELECT count(*) FROM (SELECT DISTINCT d.case_id, d.defendant_id, d.production_norm "
        f"{_OPEN}{where}) AS found",
        given,
    )
    return int(many)


def list_outstanding(
    cases: Sequence[int] | None = None, *, limit: int, offset: int = 0
) -> list[Outstanding]:
    """Those that wait for a receipt, the longest first."""
    where, given = _of(cases)
    rows = select(
        "SELECT f.case_id, k.number, p.name, f.production_norm, f.since, f.items FROM ("
        "SELECT d.case_id, d.defendant_id, d.production_norm, min(d.first) AS since, count(*) AS items "
        f"{_OPEN}{where} GROUP BY d.case_id, d.defendant_id, d.production_norm "
        f"ORDER BY since, d.case_id, d.defendant_id LIMIT {int(limit)} OFFSET {int(offset)}) AS f "
        "JOIN case_key k ON k.case_id = f.case_id "
        "JOIN defendant_key p ON p.defendant_id = f.defendant_id "
        "ORDER BY f.since, f.case_id, f.defendant_id",
        given,
    )
    return [
        Outstanding(case_id, number, defendant, production, since // DAY_MS, items)
        for case_id, number, defendant, production, since, items in rows
    ]


def find_served(case_id: int, defendant_key: str, production: str) -> list[int]:
    """The entries of the disclosures of a production to a defendant that nothing has corrected."""
    rows = select(
        "SELECT d.entry FROM disclosures d JOIN defendant_key p ON p.defendant_id = d.defendant_id "
        "WHERE d.case_id = %s AND p.case_id = %s AND p.norm = %s AND d.production_norm = %s "
        "AND d.to_index IS NULL ORDER BY d.entry",
        [case_id, case_id, defendant_key, production],
    )
    return [row[0] for row in rows]


def next_number(case_id: int, last: int) -> int:
    """The next number of a production: above the office's last, and above any number an export gave in the case.

    Args:
        case_id: the case.
        last: the highest that the office has given.
    """
    rows = select("SELECT DISTINCT production_norm FROM disclosures WHERE case_id = %s", [case_id])
    known = [int(name) for (name,) in rows if name.isascii() and name.isdigit() and len(name) < 7]
    return max([last, *known]) + 1


def _of(cases: Sequence[int] | None) -> tuple[str, list[object]]:
    if cases is None:
        return "", []
    return f" AND {one_of('d.case_id')}", [listed(cases)]
