"""The record as a list, and one entry with what corrects it and whether its content is the one that was recorded.

A list is cut by days (the record is in the order of its recording, so a day is a range of numbers) and by type.

What this does not do: it hides nothing; `web` asks the policy who may read which content.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fullfile.core.entries import ENTRY_TYPES, TABLE_OF_TYPE, Entry
from fullfile.core.errors import NotFound
from fullfile.core.ids import utc_ms
from fullfile.core.tlog import digest, leaf_hash, parse_leaf
from fullfile.server.store.keeping import find_correction
from fullfile.server.store.load import current_size, office, size_as_of
from fullfile.server.store.log_rows import entries_of_case_rows, entries_of_type
from fullfile.server.store.reading import find_erasures, read_entries, read_stored

__all__ = ["LogFilter", "LogPage", "OneEntry", "ask_entry", "ask_log", "is_case_sealed"]

COUNTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which entries: of a type, recorded from a day on and up to a day, both included."""

    type: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the record, the newest first; `more`: there are more than were counted."""

    entries: list[Entry]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class OneEntry:
    """One entry.

    Attributes:
        entry: as it stands; of an erased one what was kept.
        size: how many entries the record has.
        leaf: the public leaf, as text.
        corrected_by: the entry that corrects it.
        erased_by: the entry that says by which order its content was erased.
        unchanged: its content is the one whose digest its leaf has, and its leaf the one that was hashed;
            None where the content is erased and only the leaf can be looked at.
    """

    entry: Entry
    size: int
    leaf: str
    corrected_by: int | None
    erased_by: int | None
    unchanged: bool | None


def ask_log(wanted: LogFilter, *, limit: int, offset: int) -> LogPage:
    """A page of the record."""
    start, end = _range(wanted)
    if not wanted.type:
        total = max(0, end - start)
        last = max(start, end - offset)
        first = max(start, last - limit)
        found = read_entries(range(first, last))[::-1] if last > first else []
        return LogPage(found, total, more=False)
    if wanted.type not in ENTRY_TYPES:
        return LogPage([], 0, more=False)
    rows, total = entries_of_type(
        wanted.type, start, end, limit=limit, offset=offset, most=COUNTED + 1
    )
    entries = read_entries(rows)[::-1]
    return LogPage(entries, min(total, COUNTED), more=total > COUNTED)


def _range(wanted: LogFilter) -> tuple[int, int]:
    """The entries of some days on the office's clock."""
    zone = office().zone

    def midnight(day: date) -> int:
        return utc_ms(datetime(day.year, day.month, day.day, tzinfo=zone))

    start = 0 if wanted.since is None else size_as_of(midnight(wanted.since) - 1)
    if wanted.until is None:
        return start, current_size()
    return start, size_as_of(midnight(wanted.until + timedelta(days=1)) - 1)


def ask_entry(index: int) -> OneEntry:
    """One entry of the record.

    Raises:
        NotFound: there is no such entry.
        RecordDamaged: its content is gone without an erasure.
    """
    size = current_size()
    if not 0 <= index < size:
        raise NotFound(f"The record has no entry {index:,}: its last one is {size - 1:,}.")
    (stored,) = read_stored([index])
    (entry,) = read_entries([index])
    erasures = find_erasures([index])
    unchanged: bool | None = None
    if stored.body is not None and stored.salt is not None:
        unchanged = (
            parse_leaf(stored.leaf).digest == digest(stored.salt, stored.body)
            and leaf_hash(stored.leaf) == stored.leaf_hash
        )
    elif leaf_hash(stored.leaf) != stored.leaf_hash:
        unchanged = False
    table = TABLE_OF_TYPE.get(entry.type)
    return OneEntry(
        entry=entry,
        size=size,
        leaf=stored.leaf.decode("utf-8", "replace"),
        corrected_by=find_correction(table, index) if table else None,
        erased_by=erasures.get(index),
        unchanged=unchanged,
    )


def is_case_sealed(case_id: int) -> bool:
    """Whether any row of a case that counts says that a court sealed it."""
    return any(one.data.get("sealed") for one in read_entries(entries_of_case_rows(case_id)))
