"""The titles of cases, for headings. They stand in the entries; the read tables do not need them."""

from __future__ import annotations

from collections.abc import Iterable

from fullfile.core.ids import key
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["list_titles"]


def list_titles(numbers: Iterable[str], size: int) -> dict[str, str]:
    """The titles of some cases, as of a size of the record, by the number that was asked for."""
    wanted = {key(number): number for number in numbers}
    rows = select(
        # `one_of` gives our own words only; every value is a parameter.
        "SELECT k.norm, min(c.entry) FROM case_key k JOIN cases c ON c.case_id = k.case_id "  # noqa: S608
        f"WHERE {one_of('k.norm')} AND c.entry < %s AND (c.to_index IS NULL OR c.to_index >= %s) "
        "GROUP BY k.norm",
        [listed(list(wanted)), size, size],
    )
    by_entry = {entry: wanted[norm] for norm, entry in rows if norm in wanted}
    return {
        by_entry[entry.index]: str(entry.data["title"])
        for entry in read_entries(by_entry)
        if entry.data.get("title")
    }
