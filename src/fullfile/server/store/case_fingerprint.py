"""What the answers about a case rest on, as one short digest: which entries, which law, what was erased.

Two questions with the same digest and the same moment have the same answer. What this does not do: it
keeps no answer (`queries.board` does), and it reads no entry.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence

from fullfile.server.store.adoptions import list_adopted
from fullfile.server.store.reading import find_erasures, read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["case_heads", "digest_of", "items_beside_all", "law_digest", "papers_signed"]


def digest_of(indexes: Sequence[int], size: int) -> bytes:
    """The digest of the entries that answer a question, of the law in force, and of what was erased of them.

    Args:
        indexes: the entries, ascending.
        size: as of which size of the record.
    """
    found = hashlib.sha256(array("q", indexes).tobytes())
    found.update(law_digest(indexes, size))
    return found.digest()


def law_digest(indexes: Sequence[int], size: int) -> bytes:
    """The digest of the law in force, and of what was erased of some entries."""
    found = hashlib.sha256()
    for one in list_adopted(size):
        found.update(f"{one.entry}:{one.digest};".encode())
    if select("SELECT 1 FROM erasures LIMIT 1"):
        for erased, entry in sorted(find_erasures(indexes).items()):
            found.update(f"{erased}<{entry};".encode())
    return found.digest()


def case_heads(case_ids: Iterable[int]) -> dict[int, tuple[str, str, bool]]:
    """Title, court and whether it is sealed, of some cases as they stand now; a page of a list asks so."""
    rows = select(
        f"SELECT min(entry), case_id FROM cases WHERE to_index IS NULL AND {one_of('case_id')} GROUP BY case_id",
        [listed(sorted(case_ids))],
    )
    ids = {int(entry): int(case_id) for entry, case_id in rows}
    return {
        ids[entry.index]: (
            str(entry.data.get("title", "")),
            str(entry.data.get("court", "")),
            bool(entry.data.get("sealed")),
        )
        for entry in read_entries(ids)
    }


def items_beside_all(item_ids: Iterable[int], size: int, limit: int) -> set[int]:
    """The other items under the report numbers of some items; of a number with more than `limit` none."""
    rows = select(
        "SELECT report_id, count(DISTINCT item_id) FROM items WHERE entry < %s AND report_id IN "
        f"(SELECT report_id FROM items WHERE {one_of('item_id')} AND report_id IS NOT NULL) GROUP BY report_id",
        [size, listed(sorted(item_ids))],
    )
    few = [int(report) for report, many in rows if many <= limit]
    beside = select(
        f"SELECT DISTINCT item_id FROM items WHERE entry < %s AND {one_of('report_id')}",
        [size, listed(few)],
    )
    return {int(item) for (item,) in beside}


def papers_signed(case_id: int, types: Iterable[str], size: int) -> list[int]:
    """The entries by which papers of a case were signed or issued, as they stand as of a size."""
    rows = select(
        "SELECT entry FROM acts WHERE case_id = %s AND entry < %s "
        f"AND (to_index IS NULL OR to_index >= %s) AND {one_of('type')} ORDER BY entry",
        [case_id, size, size, listed(list(types))],
    )
    return [int(entry) for (entry,) in rows]
