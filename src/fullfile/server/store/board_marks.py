"""What was recorded that may change the board of a case: marked as it is recorded, settled when somebody looks.

With every chunk of entries, in the same transaction, what they name is marked: a case, an item, a report number; or
everything, where a setting or the law changed, or too much came at once. A mark costs next to nothing. Which cases
it touches is worked out later, the other way round to `case_entries`: the cases that an item may bear on, their
matter, and other cases in whose holds they have a part.

What this does not do: it computes no board; and it marks rather too many cases than too few.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fullfile.core.entries import TABLE_OF_TYPE
from fullfile.server.store.busy import in_passing
from fullfile.server.store.case_entries import cases_touched
from fullfile.server.store.keys import Keys
from fullfile.server.store.tables import execute, is_postgresql, listed, one_of, select

__all__ = ["forget_boards", "is_untouched", "lock_boards", "mark_chunk", "settle_marks"]

MANY = 1_000
"""More marks of one chunk become one mark of everything."""

_ALL = ("all", 0)
_EVERYTHING = frozenset({"agency.recorded", "pack.adopted", "calendar.adopted", "body.erased"})
_SETTINGS = frozenset({"target_days", "threshold", "source_rank"})
"""The settings that decide a line."""
_OF_REPORTS = frozenset({"mention.recorded", "hold.recorded"})
_UPSERT = (
    "INSERT INTO board_mark (kind, ref, size) VALUES (%s, %s, %s) "
    "ON CONFLICT (kind, ref) DO UPDATE SET size = excluded.size"
)
_PLACEHOLDER = (
    "INSERT INTO case_board (case_id, size, day, stale_size, verdict, verdict_order, worst, worst_order, lines, "
    "exceptions, lasting, items, exception_items, pending, overdue, unacknowledged, ended, defendants, "
    "hearing_event, sealed, title_entry, title, title_norm, states, also) "
    "SELECT DISTINCT c.case_id, -1, 0, 0, '', 99, '', 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', {no}, -1, '', '', '{{}}', '{{}}' "
    "FROM cases c WHERE NOT EXISTS (SELECT 1 FROM case_board b WHERE b.case_id = c.case_id)"
)
_BOARDS_LOCK = 7_305_001

Data = Mapping[str, Any]
"""The data of an entry: JSON without floats."""


def mark_chunk(recorded: Iterable[tuple[str, Data]], many: int, keys: Keys, size: int) -> None:
    """Mark what the entries of a chunk name.

    Args:
        recorded: type and data of each.
        many: how many they are.
        keys: the numbers of what they name.
        size: of the record, with them.
    """
    marks: set[tuple[str, int]] = set()
    if many > MANY:
        marks.add(_ALL)
    for kind, data in recorded:
        if kind == "body.erased":
            # What was erased is shown no longer, whenever the board is computed again.
            execute(
                "UPDATE case_board SET title = '', title_norm = '', title_entry = -1 "
                "WHERE title_entry = %s",
                [int(data["entry"])],
            )
        if _ALL in marks:
            if many > MANY:
                continue
            break
        marks |= _named(kind, data, keys)
        if len(marks) > MANY:
            marks = {_ALL}
    with_size = [(kind, ref, size) for kind, ref in ([_ALL] if _ALL in marks else sorted(marks))]
    for row in with_size:
        execute(_UPSERT, row)


def forget_boards(size: int) -> None:
    """The read tables were made again: every board is to be computed anew."""
    for table in ("case_board", "case_due", "board_mark"):
        execute(f"DELETE FROM {table}")
    execute(_UPSERT, [*_ALL, size])


def _named(kind: str, data: Data, keys: Keys) -> set[tuple[str, int]]:
    if kind in _EVERYTHING or (kind == "setting.changed" and data["name"] in _SETTINGS):
        return {_ALL}
    if kind not in TABLE_OF_TYPE and kind != "suggestion.made":
        return set()
    found: set[tuple[str, int]] = set()
    agency = data.get("agency")
    if number := data.get("case_number"):
        found.add(("case", keys.case(number)))
    if agency and (tag := data.get("tag")):
        found.add(("item", keys.item(agency, tag)))
    if tag := data.get("booked_as"):
        found.add(("item", keys.item(data.get("booked_agency") or data["agency"], tag)))
    if kind == "case.recorded":
        for report in data.get("report_numbers", ()):
            found.add(("report", keys.report(report["agency"], report["number"])))
    elif kind in _OF_REPORTS and agency and (number := data.get("report_number")):
        found.add(("report", keys.report(agency, number)))
    return found


def settle_marks(size: int) -> None:
    """Say of every case that a mark touches that its board is stale; give new cases an empty one.

    Args:
        size: of the record; what was marked later is left for later.
    """
    rows = select("SELECT kind, ref, size FROM board_mark WHERE size <= %s", [size])
    if not rows:
        return
    newest = max(row[2] for row in rows)
    everything = any(kind == "all" for kind, _, _ in rows)
    named: dict[str, set[int]] = {"case": set(), "item": set(), "report": set()}
    for kind, ref, _ in rows:
        if kind in named:
            named[kind].add(ref)
    touched = (
        set() if everything else cases_touched(named["case"], named["item"], named["report"], size)
    )
    with in_passing():
        lock_boards()
        execute(_PLACEHOLDER.format(no="false" if is_postgresql() else "0"))
        if everything:
            execute("UPDATE case_board SET stale_size = %s WHERE stale_size < %s", [newest, newest])
        elif touched:
            execute(
                f"UPDATE case_board SET stale_size = %s WHERE stale_size < %s AND {one_of('case_id')}",
                [newest, newest, listed(sorted(touched))],
            )
        # Marked again in the meantime: its size is larger now, and it stays.
        for kind, ref, at in rows:
            execute(
                "DELETE FROM board_mark WHERE kind = %s AND ref = %s AND size = %s", [kind, ref, at]
            )


def is_untouched(case_id: int, since: int, size: int) -> bool:
    """Whether nothing recorded from a size on, below another, may change the lines of a case: two questions or so.

    False says only that something may.

    Raises:
        Unavailable: what is marked cannot be settled now.
    """
    settle_marks(size)
    rows = select("SELECT stale_size FROM case_board WHERE case_id = %s", [case_id])
    return bool(rows) and int(rows[0][0]) <= since


def lock_boards() -> None:
    """Within a transaction: one writer of boards at a time (SQLite has one writer anyway)."""
    if is_postgresql():
        select(f"SELECT pg_advisory_xact_lock({_BOARDS_LOCK})")
