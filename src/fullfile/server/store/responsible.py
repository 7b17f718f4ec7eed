"""Exceptions by the prosecutor whom a case names: counted from the boards, in one question to the database.

A case that names two counts for both, and one that names nobody stands under nobody: no line is hidden.

What this does not do: it works no board out (`queries.boards`).
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["Owing", "Responsible", "count_responsible", "owing_by_person", "owing_in_cases"]

_OWING = (
    "min(CASE WHEN d.overdue THEN NULL ELSE d.due_day END), max(CASE WHEN d.overdue THEN 1 ELSE 0 END) "
    "FROM case_due d"
)


@dataclass(frozen=True, slots=True)
class Responsible:
    """A prosecutor and what their cases lack.

    Attributes:
        name: as the case names them; empty: cases that name nobody.
        cases: cases that are theirs; not_full: those of them with an exception.
        exceptions: lines with an exception; lasting: those that stay on the record.
        overdue: lines past due.
    """

    name: str
    cases: int
    not_full: int
    exceptions: int
    lasting: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Owing:
    """Something is owed to a defendant: the nearest day to come (days since 1970), if any; whether some is overdue."""

    next_day: int | None
    overdue: bool


def owing_by_person(*, by: int) -> dict[str, Owing]:
    """What is overdue, or due by a day, by the key of the prosecutor whom a case names; empty: cases that name nobody.

    Args:
        by: the day (days since 1970).
    """
    rows = select(
        f"SELECT coalesce(p.name_norm, ''), {_OWING} "
        "LEFT JOIN (SELECT DISTINCT case_id, name_norm FROM parties "
        "WHERE role = 'prosecutor' AND to_index IS NULL) p ON p.case_id = d.case_id "
        "WHERE d.overdue = %s OR d.due_day <= %s GROUP BY coalesce(p.name_norm, '')",
        [True, by],
    )
    return {str(name): _owing(day, over) for name, day, over in rows}


def owing_in_cases(cases: Collection[int], *, by: int) -> dict[int, Owing]:
    """The same by case, for some cases."""
    rows = select(
        f"SELECT d.case_id, {_OWING} WHERE (d.overdue = %s OR d.due_day <= %s) "
        f"AND {one_of('d.case_id')} GROUP BY d.case_id",
        [True, by, listed(sorted(cases))],
    )
    return {int(case): _owing(day, over) for case, day, over in rows}


def _owing(day: int | None, over: int) -> Owing:
    return Owing(None if day is None else int(day), bool(over))


def count_responsible(cases: Collection[int] | None = None) -> list[Responsible]:
    """Everybody whom a case names as its prosecutor, those with the most exceptions first.

    Args:
        cases: in these cases only; None: in all.
    """
    where = "" if cases is None else f" AND {one_of('b.case_id')}"
    rows = select(
        "SELECT coalesce(p.name_norm, ''), min(p.entry), count(*), "
        "sum(CASE WHEN b.exceptions > 0 THEN 1 ELSE 0 END), sum(b.exceptions), sum(b.lasting), sum(b.overdue) "
        "FROM case_board b LEFT JOIN (SELECT case_id, name_norm, min(entry) AS entry FROM parties "
        "WHERE role = 'prosecutor' AND to_index IS NULL GROUP BY case_id, name_norm) p ON p.case_id = b.case_id "
        f"WHERE b.size >= 0{where} GROUP BY coalesce(p.name_norm, '') "
        "ORDER BY sum(b.exceptions) DESC, coalesce(p.name_norm, '')",
        [] if cases is None else [listed(cases)],
    )
    told = {
        entry.index: str(entry.data.get("name", ""))
        for entry in read_entries(row[1] for row in rows if row[1] is not None)
    }
    return [
        Responsible(
            told.get(entry, "") if entry is not None else "",
            int(many),
            int(not_full),
            int(exceptions),
            int(lasting),
            int(overdue),
        )
        for _norm, entry, many, not_full, exceptions, lasting, overdue in rows
    ]
