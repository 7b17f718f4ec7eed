"""Cases by a report number, and parties by their name: what the counter looks up while something is booked.

What this does not do: it does not say who may see them. Queries only, as of the record as it stands.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.server.store.load import current_size
from fullfile.server.store.reading import read_entries
from fullfile.server.store.search_index import Doc, catch_up_in_passing, find_words
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["cases_of_numbers", "parties_called", "rows_of_cases"]

_MOST = 50
_CATCH_UP = 20_000


def cases_of_numbers(agency_id: int, norms: Collection[str]) -> list[tuple[str, int]]:
    """Of some report numbers of an agency (as keys) those that cases list: as written, with the case's number here."""
    rows = select(
        "SELECT r.number, c.case_id FROM report_key r JOIN case_reports c ON c.report_id = r.report_id "
        f"WHERE r.agency_id = %s AND {one_of('r.norm')} AND c.to_index IS NULL "
        f"ORDER BY c.case_id LIMIT {_MOST}",
        [agency_id, listed(sorted(norms))],
    )
    return [(str(number), int(case)) for number, case in rows]


def rows_of_cases(case_ids: Collection[int]) -> dict[int, Entry]:
    """The first row that counts of each of some cases, which has its title."""
    rows = select(
        "SELECT case_id, min(entry) FROM cases WHERE to_index IS NULL AND "
        f"{one_of('case_id')} GROUP BY case_id",
        [listed(sorted(case_ids))],
    )
    told = {one.index: one for one in read_entries(entry for _, entry in rows)}
    return {int(case): told[entry] for case, entry in rows}


def parties_called(name: str) -> list[tuple[int, Entry]]:
    """The rows of people of that very name, each with the case's number here; protected people are not among them."""
    catch_up_in_passing(current_size(), most=_CATCH_UP)
    found = find_words(name, (Doc.PARTY,), _MOST)
    told = {one.index: one for one in read_entries(entry for _, _, entry in found)}
    return [
        (case, told[entry])
        for _, case, entry in found
        if key(str(told[entry].data.get("name", ""))) == key(name)
    ]
