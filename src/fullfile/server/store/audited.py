"""What an auditor asks of the record: who did what, what went without a second name, a sample to check.

Acts are those that people did here; what an import brought is one act, its run (CJIS AU-6, AU-7). An act is shown by
number, type, person, moment and the numbers it is about, never by its content. A sample is drawn by a seed from the
record of a size, so that anybody draws the same items again.

What this does not do: it shows nothing of what the defence opened; that is in no table these queries read.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.server.store.load import current_size, size_as_of
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "ACT_ORDERS",
    "ActFilter",
    "ActRow",
    "Overriding",
    "Sampled",
    "Unseconded",
    "acts_about_account",
    "count_acts",
    "draw_sample",
    "last_review",
    "list_acts",
    "list_overrides",
    "list_unseconded",
    "types_of_acts",
]

ACT_ORDERS = {
    "newest": "entry DESC",
    "oldest": "entry",
    "person": "by_norm, entry DESC",
    "type": "type, entry DESC",
}
"""How acts may be ordered."""
_LEFT = ("released", "destroyed", "consumed")
_READ_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFilter:
    """Which acts: all that is said must hold.

    Attributes:
        type: of this type of entry.
        search: words that the person's name contains.
        types: types that these words mean, too.
        start_ms, end_ms: recorded from, and before (UTC milliseconds).
    """

    type: str = ""
    search: str = ""
    types: tuple[str, ...] = ()
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act: which entry, of what type, by whom, when, about which case, item or account; no content."""

    entry: int
    type: str
    by: str
    recorded_ms: int
    case_number: str
    agency: str
    tag: str
    account: str


@dataclass(frozen=True, slots=True)
class Unseconded:
    """Something that left for good and no second person is on record for."""

    entry: int
    item_id: int
    agency: str
    tag: str
    event: str
    by: str
    recorded_ms: int
    imported: bool


@dataclass(frozen=True, slots=True)
class Overriding:
    """A count that was opened although a ruling barred it: the entry, the case, who opened it."""

    entry: int
    case_id: int
    case_number: str
    by: str
    recorded_ms: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """An item of a sample, in the order in which it was drawn."""

    place: int
    item_id: int
    agency: str
    tag: str


def list_acts(
    wanted: ActFilter, *, order: str = "newest", limit: int = 50, offset: int = 0
) -> list[ActRow]:
    """A page of acts; `order` is one of `ACT_ORDERS`."""
    where, values = _where(wanted)
    rows = select(
        f"SELECT entry FROM acts_by WHERE {where} ORDER BY {ACT_ORDERS[order]} LIMIT %s OFFSET %s",
        [*values, limit, offset],
    )
    found = {one.index: one for one in read_entries(entry for (entry,) in rows)}
    return [_act(found[entry]) for (entry,) in rows]


def count_acts(wanted: ActFilter) -> int:
    """How many acts there are."""
    where, values = _where(wanted)
    ((many,),) = select(f"SELECT count(*) FROM acts_by WHERE {where}", values)
    return int(many)


def types_of_acts() -> list[str]:
    """The types of which there is an act."""
    return [str(one) for (one,) in select("SELECT DISTINCT type FROM acts_by ORDER BY type")]


def acts_about_account(username: str) -> list[Entry]:
    """Everything that was recorded about an account, in the order of the record."""
    rows = select(
        "SELECT entry FROM account_grants WHERE account = %s "
        "UNION SELECT entry FROM account_acts WHERE account = %s",
        [username, username],
    )
    return read_entries(entry for (entry,) in rows)


def list_unseconded(since_ms: int) -> list[Unseconded]:
    """What was released, destroyed or used up since a moment without a second name on record, the newest first."""
    start = size_as_of(since_ms - 1)
    rows = select(
        "SELECT c.entry, c.item_id, a.name, k.tag, c.event, c.batch FROM custody c "
        "JOIN item_key k ON k.item_id = c.item_id JOIN agency_key a ON a.agency_id = k.agency_id "
        f"WHERE c.entry >= %s AND c.to_index IS NULL AND {one_of('c.event')} "
        "ORDER BY c.entry DESC LIMIT %s",
        [start, listed(_LEFT), _READ_AT_ONCE],
    )
    told = {one.index: one for one in read_entries(row[0] for row in rows)}
    return [
        Unseconded(
            entry,
            item_id,
            agency,
            tag,
            event,
            told[entry].by,
            told[entry].recorded_ms,
            imported=batch >= 0,
        )
        for entry, item_id, agency, tag, event, batch in rows
        if not _seconded(told[entry])
    ]


def list_overrides() -> list[Overriding]:
    """The counts that were opened in spite of a ruling, the newest first."""
    rows = select(
        "SELECT c.entry, c.case_id, k.number FROM counts c JOIN case_key k ON k.case_id = c.case_id "
        "WHERE c.overridden AND c.to_index IS NULL ORDER BY c.entry DESC LIMIT %s",
        [_READ_AT_ONCE],
    )
    told = {one.index: one for one in read_entries(row[0] for row in rows)}
    return [
        Overriding(entry, case_id, number, told[entry].by, told[entry].recorded_ms)
        for entry, case_id, number in rows
    ]


def last_review() -> Entry | None:
    """The newest entry that says that somebody looked through the acts."""
    rows = select("SELECT max(entry) FROM acts_by WHERE type = 'record.reviewed'")
    return None if rows[0][0] is None else read_entries([rows[0][0]])[0]


def draw_sample(seed: str, number: int, size: int) -> list[Sampled]:
    """Draw items that the record knew at a size: the same seed, number and size draw the same ones.

    Item numbers run from 1 without a meaning; the n-th draw is the SHA-256 of seed, size and n, taken modulo how many
    there are; what was drawn already or was not on record yet is passed over.

    Args:
        seed: any text; it stands on the paper.
        number: how many, at most all.
        size: of which size of the record.
    """
    # What was booked since must not change what is drawn: the numbers end where they ended at that size.
    ((highest, known),) = select(
        "SELECT coalesce(max(item_id), 0), count(DISTINCT item_id) FROM items WHERE entry < %s",
        [size],
    )
    if not highest:
        return []
    wanted = min(number, int(known))
    drawn: dict[int, None] = {}
    seen: set[int] = set()
    draw = 0
    while len(drawn) < wanted:
        batch = []
        for _ in range(max(64, 2 * (wanted - len(drawn)))):
            digest = hashlib.sha256(f"{seed}|{size}|{draw}".encode()).digest()
            draw += 1
            item = int.from_bytes(digest[:8], "big") % int(highest) + 1
            if item not in seen:
                seen.add(item)
                batch.append(item)
        there = {
            item
            for (item,) in select(
                f"SELECT DISTINCT item_id FROM items WHERE entry < %s AND {one_of('item_id')}",
                [size, listed(batch)],
            )
        }
        for item in batch:
            if item in there and len(drawn) < wanted:
                drawn[item] = None
    names = {
        item: (agency, tag)
        for item, agency, tag in select(
            "SELECT k.item_id, a.name, k.tag FROM item_key k "
            f"JOIN agency_key a ON a.agency_id = k.agency_id WHERE {one_of('k.item_id')}",
            [listed(list(drawn))],
        )
    }
    return [Sampled(place, item, *names[item]) for place, item in enumerate(drawn, 1)]


def _where(wanted: ActFilter) -> tuple[str, list[Any]]:
    parts = ["entry < %s"]
    end = current_size() if wanted.end_ms is None else size_as_of(wanted.end_ms - 1)
    found: list[Any] = [end]
    if wanted.start_ms is not None:
        parts.append("entry >= %s")
        found.append(size_as_of(wanted.start_ms - 1))
    if wanted.type:
        parts.append("type = %s")
        found.append(wanted.type)
    if wanted.search:
        parts.append(f"(by_norm LIKE %s ESCAPE '!' OR {one_of('type')})")
        found += [f"%{_plain(key(wanted.search))}%", listed(wanted.types)]
    return " AND ".join(parts), found


def _plain(words: str) -> str:
    """Words in which the signs of LIKE mean themselves."""
    return words.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _act(entry: Entry) -> ActRow:
    data = entry.data
    return ActRow(
        entry.index,
        entry.type,
        entry.by,
        entry.recorded_ms,
        str(data.get("case_number") or ""),
        str(data.get("agency") or ""),
        str(data.get("tag") or ""),
        str(data.get("account") or ""),
    )


def _seconded(entry: Entry) -> bool:
    """Whether a second name stands on it: as this office records it, or as its source said."""
    return bool(entry.more.get("approved_by") or entry.data.get("approved_by"))
