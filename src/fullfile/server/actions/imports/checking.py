"""What a job does with a file that was handed in: check it, or take it in.

Checking is importing, undone (`run`): so what it finds is what would be. It keeps problems by cause and by row, each
change with the old and the new value, and the refused rows as a file to mend.

Taking in is one transaction with a one-time number of its own: a worker that was killed begins it anew, and one that was
killed after the commit finds it recorded.

What this does not do: it runs by itself; `jobs` calls it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from fullfile.core.entries import TABLES, Draft
from fullfile.core.errors import Reason, Refused
from fullfile.engines.importers import Layout, Mapping, mapping_of, open_export
from fullfile.server.actions.imports.rejected import write_rejected
from fullfile.server.actions.imports.report import ImportReport, Remark
from fullfile.server.actions.imports.run import import_files
from fullfile.server.store import importing
from fullfile.server.store.aside import aside
from fullfile.server.store.once import AlreadyRecorded, find_once, only_once
from fullfile.server.store.overview import get_head
from fullfile.server.waiting.arrivals import (
    ArrivalView,
    change_arrival,
    end_arrival,
    file_of,
    keep_found,
    read_arrival,
    rejected_of,
)

__all__ = ["Watched", "check_arrival", "commit_arrival", "commit_failed"]

_FIGURES = ("rows", "new", "corrected", "unchanged", "repeated", "absent", "left_out")
_PROBLEMS = 10_000
_CHANGES = 1_000
_WARNINGS = 300
_SMALL = 512 * 1024
"""Up to so many bytes a file is checked in a second or two; a larger one on a copy of the database."""

Tell = Callable[[int, int], None]


class Watched:
    """What passes while a file is read: what would be changed, and what the rows tell of which days."""

    def __init__(self) -> None:
        self.changes: dict[tuple[str, int], dict[str, Any]] = {}
        self.first = self.last = ""

    def __call__(self, table: str, drafts: Sequence[Draft]) -> None:
        occurred = TABLES[table].occurred
        for draft in drafts:
            said = str(draft.data.get(occurred or "", ""))[:10]
            # Only what begins with a year can be ordered as text.
            if said[:4].isdigit():
                self.first = min(self.first or said, said)
                self.last = max(self.last, said)
        old = [draft for draft in drafts if draft.corrects is not None]
        room = _CHANGES - len(self.changes)
        if not old or room <= 0:
            return
        before = importing.read_rows([draft.corrects for draft in old[:room] if draft.corrects])
        for draft in old[:room]:
            entry = draft.corrects or 0
            was = before[entry][2] if entry in before else {}
            columns = [column.name for column in TABLES[table].columns]
            self.changes[(table, draft.row or 0)] = {
                "row": draft.row,
                "entry": entry,
                "key": ", ".join(
                    str(draft.data[name])
                    for name in TABLES[table].key_columns
                    if draft.data.get(name) not in (None, "", False)
                )[:160],
                "fields": [
                    {
                        "column": name,
                        "old": _text(was.get(name)),
                        "new": _text(draft.data.get(name)),
                    }
                    for name in columns
                    if _text(was.get(name)) != _text(draft.data.get(name))
                ],
            }


def check_arrival(arrival: int, *, now_ms: int, tell: Tell) -> dict[str, Any]:
    """Find what would change if a file were taken in. Nothing is recorded.

    Args:
        arrival: the file.
        now_ms: what the clock says, UTC milliseconds.
        tell: told rows done, of how many.

    Returns:
        The figures; what was found lies beside the file (`waiting.arrivals.read_found`).
    """
    one = read_arrival(arrival)
    watched = Watched()
    size = get_head().size
    file = file_of(one)
    try:
        with aside(file.parent) if one.size > _SMALL else nullcontext():
            report = import_files(
                files=[file],
                table=one.table,
                source=one.source,
                by=one.by,
                now_ms=now_ms,
                mapping=_mapping(one),
                dry_run=True,
                skip_bad=True,
                complete=one.complete,
                progress=lambda _name, done, total: tell(done, total),
                watch=watched,
            )
    except Refused as error:
        keep_found(arrival, {"refused": [reason.text for reason in error.reasons]})
        return {"refused": len(error.reasons)}
    figures = {name: report.total(name) for name in _FIGURES} | {"rejected": report.rejected}
    _write_rejected(one, report)
    keep_found(
        arrival,
        {
            "figures": figures,
            "size": size,
            "causes": _causes(report.problems),
            "problems": [_as_data(remark) for remark in report.problems[:_PROBLEMS]],
            "problem_count": len(report.problems),
            "warnings": [_as_data(remark) for remark in report.warnings[:_WARNINGS]],
            "warning_counts": report.warning_counts,
            "notes": list(report.notes),
            "changes": list(watched.changes.values()),
            "first_day": watched.first,
            "last_day": watched.last,
        },
    )
    return figures


def commit_arrival(
    arrival: int, *, leave_out: int, once: str, by: str, now_ms: int, tell: Tell
) -> dict[str, Any]:
    """Take a file in: all of it, or all but the rows that somebody agreed to leave out.

    Args:
        arrival: the file.
        leave_out: so many rows at most are left out; 0: none may be refused.
        once: the one-time number of this import.
        by: who commits it.
        now_ms: what the clock says, UTC milliseconds.
        tell: told rows done, of how many.

    Raises:
        Refused: rows are refused that nobody agreed to leave out. Nothing was recorded.
    """
    one = read_arrival(arrival)
    if one.state == "done":  # the worker was killed after it had said so
        return dict(one.outcome)
    watched = Watched()
    try:
        with only_once(once):
            report = import_files(
                files=[file_of(one)],
                table=one.table,
                source=one.source,
                by=by,
                now_ms=now_ms,
                mapping=_mapping(one),
                skip_bad=leave_out > 0,
                complete=one.complete,
                progress=lambda _name, done, total: tell(done, total),
                watch=watched,
                agreed=leave_out if leave_out > 0 else None,
            )
    except AlreadyRecorded as error:
        # A worker recorded all of it, and was killed before it could say so.
        outcome: dict[str, Any] = {"again": True, "first": error.first, "last": error.last}
        end_arrival(
            arrival, "done", first_entry=error.first, last_entry=error.last, outcome=outcome
        )
        return outcome
    if report.problems and not report.recorded and leave_out == 0:
        raise Refused([_reason(remark) for remark in report.problems[:20]])
    first, last = find_once(once) or (None, None)  # nothing changed: nothing was recorded
    outcome = {name: report.total(name) for name in _FIGURES} | {
        "rejected": report.rejected,
        "first": first,
        "last": last,
        "first_day": watched.first,
        "last_day": watched.last,
        "warning_counts": report.warning_counts,
    }
    end_arrival(arrival, "done", first_entry=first, last_entry=last, outcome=outcome)
    return outcome


def commit_failed(arrival: int) -> None:
    """It could not be taken in, or was stopped: nothing was recorded, and the file can be checked again."""
    change_arrival(arrival, was=("commit",), state="check")


def _mapping(one: ArrivalView) -> Mapping | None:
    """The mapping of the chosen columns; None where they are the manual's own, as a file read by a command."""
    plain = one.header == 1 and one.dates == "iso"
    if plain and all(theirs == ours for theirs, ours in one.columns.items() if ours):
        known = {column.name for column in TABLES[one.table].columns}
        if not any(theirs in known for theirs, ours in one.columns.items() if not ours):
            return None
    return mapping_of(one.source, one.table, one.columns, dates=one.dates, header=one.header)


def _write_rejected(one: ArrivalView, report: ImportReport) -> None:
    problems: dict[int, list[Remark]] = {}
    for remark in report.problems:
        if remark.row is not None:
            problems.setdefault(remark.row, []).append(remark)
    place = rejected_of(one)
    place.unlink(missing_ok=True)
    if problems:
        (export, *_) = open_export(file_of(one), Layout(header=one.header))
        (written,) = write_rejected([(export, dict(sorted(problems.items())))])
        written.replace(place)


def _causes(problems: Sequence[Remark]) -> list[dict[str, Any]]:
    """Problems by cause: what and where, in how many rows, and one example."""
    rows: dict[tuple[str, str], set[int]] = {}
    example: dict[tuple[str, str], Remark] = {}
    for remark in problems:
        cause = (remark.code, remark.column)
        rows.setdefault(cause, set()).add(remark.row or 0)
        example.setdefault(cause, remark)
    counts = Counter({cause: len(found) for cause, found in rows.items()})
    return [
        {
            "code": code,
            "column": column,
            "rows": count,
            "row": example[(code, column)].row,
            "text": example[(code, column)].text,
        }
        for (code, column), count in counts.most_common()
    ]


def _as_data(remark: Remark) -> dict[str, Any]:
    return {
        "row": remark.row,
        "column": remark.column,
        "code": remark.code,
        "text": remark.text,
    }


def _reason(remark: Remark) -> Reason:
    return Reason(remark.code, str(remark))


def _text(value: Any) -> str:  # a value of an entry
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(
            ":".join(str(part) for part in one.values()) if isinstance(one, dict) else str(one)
            for one in value
        )
    return str(value)
