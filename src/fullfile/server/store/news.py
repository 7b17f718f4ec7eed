"""What somebody must be told of now: losses that still stand, late finds; whom it concerns, and what was told since.

`news` holds few rows (see `news_rows`), so that a list of an agency is one probe of an index.

What this does not do: it judges no telling (`core.knowledge.telling`), and reads no policy.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fullfile.core.entries import Entry
from fullfile.server.store.news_rows import GONE
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "MOST",
    "OpenNews",
    "ended_cases",
    "list_news",
    "names_of_items",
    "parties_of_cases",
    "prosecuted_by",
    "told_since",
]

MOST = 2_000
"""So many news are looked at, the newest first."""


@dataclass(frozen=True, slots=True)
class OpenNews:
    """One of them, by numbers: the entry, the item and its agency, what, the case of a find, when it happened (ms)."""

    entry: int
    item_id: int
    agency_id: int
    what: str
    case_id: int | None
    first: int


def list_news(
    *,
    agencies: Sequence[int] | None = None,
    items: Collection[int] | None = None,
    limit: int = MOST,
) -> list[OpenNews]:
    """What stands, the newest first: a loss by the entry that makes it so, and every late find.

    Args:
        agencies: of items of these agencies; None: of any.
        items: of these items; None: of any.
        limit: at most so many.
    """
    among, given = "", []
    for column, wanted in (("n.agency_id", agencies), ("n.item_id", items)):
        if wanted is not None:
            among += f" AND {one_of(column)}"
            given.append(listed(sorted(wanted)))
    gone = ", ".join(f"'{one}'" for one in GONE)
    rows = select(
        "SELECT n.entry, n.item_id, n.agency_id, n.what, n.case_id, n.first FROM news n "
        "LEFT JOIN room_items r ON r.item_id = n.item_id AND r.entry = n.entry "
        f"WHERE n.to_index IS NULL AND (n.what = 'found' OR (n.what IN ({gone}) AND r.what = 'gone') "
        f"OR (n.what IN ('not_found', 'short', 'lost') AND r.what = 'absent')){among} "
        "ORDER BY n.entry DESC, n.part LIMIT %s",
        [*given, limit],
    )
    return [
        OpenNews(
            int(entry),
            int(item),
            int(agency),
            str(what),
            None if case is None else int(case),
            int(first),
        )
        for entry, item, agency, what, case, first in rows
    ]


def parties_of_cases(case_ids: Collection[int], roles: Sequence[str]) -> dict[int, list[Entry]]:
    """The parties of some roles in some cases, in the order of the record."""
    if not case_ids:
        return {}
    rows = select(
        f"SELECT case_id, entry FROM parties WHERE to_index IS NULL AND {one_of('case_id')} AND {one_of('role')} "
        "ORDER BY entry",
        [listed(sorted(case_ids)), listed(list(roles))],
    )
    told = {one.index: one for one in read_entries(entry for _, entry in rows)}
    found: dict[int, list[Entry]] = {}
    for case, entry in rows:
        found.setdefault(int(case), []).append(told[entry])
    return found


def prosecuted_by(name: str | None, case_ids: Collection[int]) -> set[int]:
    """Of some cases those that name a prosecutor: this one, by the key of the name, or anybody."""
    if not case_ids:
        return set()
    whom, given = ("", []) if name is None else (" AND name_norm = %s", [name])
    rows = select(
        f"SELECT DISTINCT case_id FROM parties WHERE to_index IS NULL AND role = 'prosecutor' "
        f"AND {one_of('case_id')}{whom}",
        [listed(sorted(case_ids)), *given],
    )
    return {int(case) for (case,) in rows}


def names_of_items(item_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Agency and tag of some items, as they are recorded."""
    rows = select(
        "SELECT k.item_id, a.name, k.tag FROM item_key k JOIN agency_key a ON a.agency_id = k.agency_id "
        f"WHERE {one_of('k.item_id')}",
        [listed(sorted(item_ids))],
    )
    return {int(item): (str(agency), str(tag)) for item, agency, tag in rows}


def told_since(news: Collection[OpenNews]) -> dict[int, list[Entry]]:
    """By item: the rows of knowledge that were recorded after the oldest news of it, and count."""
    if not news:
        return {}
    since = min(one.entry for one in news)
    rows = select(
        f"SELECT item_id, entry FROM knowledge WHERE to_index IS NULL AND entry > %s AND {one_of('item_id')} "
        "ORDER BY entry",
        [since, listed(sorted({one.item_id for one in news}))],
    )
    told = {one.index: one for one in read_entries(entry for _, entry in rows)}
    found: dict[int, list[Entry]] = {}
    for item, entry in rows:
        found.setdefault(int(item), []).append(told[entry])
    return found


def ended_cases(case_ids: Collection[int]) -> set[int]:
    """Of some cases those that have ended, as their boards say."""
    if not case_ids:
        return set()
    rows = select(
        f"SELECT case_id FROM case_board WHERE verdict = 'ended' AND {one_of('case_id')}",
        [listed(sorted(case_ids))],
    )
    return {int(case) for (case,) in rows}
