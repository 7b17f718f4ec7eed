"""Agencies that have not said whether they handed everything over, in cases with a day in court soon.

Unknown is never none: where an agency of the State's side is named for a case and no answer of it is on record,
somebody asks again. The match of one case (`unanswered`) says more; this is the office's list.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.server.store.tables import listed, one_of, select

__all__ = ["Silent", "cases_waiting_for", "count_silent", "list_silent"]

_FROM = (
    "FROM case_board b JOIN case_agencies c ON c.case_id = b.case_id AND c.to_index IS NULL "
    "WHERE b.hearing_day IS NOT NULL AND b.hearing_day <= %s "
    "AND EXISTS (SELECT 1 FROM agencies g WHERE g.agency_id = c.agency_id AND g.side = 'state' AND g.to_index IS NULL) "
    "AND NOT EXISTS (SELECT 1 FROM answers a WHERE a.case_id = c.case_id AND a.agency_id = c.agency_id "
    "AND a.to_index IS NULL)"
)


@dataclass(frozen=True, slots=True)
class Silent:
    """An agency that has not answered in a case: the case, the agency, the day in court (days since 1970)."""

    case_id: int
    number: str
    agency: str
    hearing_day: int


def cases_waiting_for(agencies: Sequence[int], *, by: int) -> dict[int, set[int]]:
    """By agency: the cases with a day in court up to a day (days since 1970) in which it has not answered."""
    rows = select(
        f"SELECT DISTINCT c.agency_id, c.case_id {_FROM} AND {one_of('c.agency_id')}",
        [by, listed(list(agencies))],
    )
    found: dict[int, set[int]] = {}
    for agency, case in rows:
        found.setdefault(int(agency), set()).add(int(case))
    return found


def count_silent(
    *, by: int, only: Sequence[int] | None = None, agencies: Sequence[int] | None = None
) -> int:
    """How many answers are missing in cases with a day in court up to a day (days since 1970).

    Args:
        by: the day.
        only: in these cases; None: in all.
        agencies: of these agencies; None: of all.
    """
    narrowed, more = _narrowed(only, agencies)
    rows = select(
        f"SELECT count(*) FROM (SELECT DISTINCT c.case_id, c.agency_id {_FROM}{narrowed}) AS silent",
        [by, *more],
    )
    return int(rows[0][0])


def list_silent(
    *,
    by: int,
    only: Sequence[int] | None = None,
    agencies: Sequence[int] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Silent]:
    """A page of them, the nearest day in court first."""
    narrowed, more = _narrowed(only, agencies)
    rows = select(
        "SELECT DISTINCT b.hearing_day, k.number, a.name, c.case_id "
        + _FROM.replace(
            "WHERE",
            "JOIN case_key k ON k.case_id = c.case_id JOIN agency_key a ON a.agency_id = c.agency_id WHERE",
            1,
        )
        + f"{narrowed} ORDER BY b.hearing_day, k.number, a.name LIMIT %s OFFSET %s",
        [by, *more, limit, offset],
    )
    return [
        Silent(int(case), str(number), str(agency), int(day)) for day, number, agency, case in rows
    ]


def _narrowed(
    only: Sequence[int] | None, agencies: Sequence[int] | None
) -> tuple[str, list[object]]:
    said, values = "", []
    for column, among in (("b.case_id", only), ("c.agency_id", agencies)):
        if among is not None:
            said += f" AND {one_of(column)}"
            values.append(listed(list(among)))
    return said, values
