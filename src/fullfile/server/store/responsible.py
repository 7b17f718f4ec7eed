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

__all__ = ["Responsible", "count_responsible"]


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
