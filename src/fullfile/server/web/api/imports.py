"""The import tables posted: rows as JSON, or a sheet as CSV; tried first (`dry_run`), then all of it or nothing.

What is posted is read exactly as a file is read by `fullfile import`: the same columns, keys, refusals and warnings. The
rows lie in a file of their own for as long as that takes, so that a large sheet is never whole in memory.

What this does not do: it maps no foreign columns; the page of imports and the command line do.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ninja import Query, Schema, Status
from ninja.errors import HttpError
from pydantic import ConfigDict, Field

from fullfile.core.entries.tables import TABLES
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.imports.report import ImportReport
from fullfile.server.actions.imports.run import import_files
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.doors import read_json
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Recorded, Shown
from fullfile.server.web.clock import now_ms

__all__ = ["desk"]

desk = Desk("Imports")

_SHOWN = 1_000
_PIECE = 64 * 1024


class Remark(Shown):
    """A problem, which refuses its row, or a warning, which does not."""

    table: str
    row: int | None
    column: str | None
    code: str
    text: str


class Report(Shown):
    """What an import did, or would do."""

    recorded: bool
    dry_run: bool
    source: str
    rows: int
    new: int
    corrected: int
    unchanged: int
    repeated: int
    rejected: int
    absent: int
    problems: list[Remark]
    problem_count: int
    warnings: list[Remark]
    warning_counts: dict[str, int]
    notes: list[str]


class Imported(Recorded):
    """What was recorded, and the figures."""

    report: Report | None = None


class How(Schema):
    """From which system, and how."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(
        ..., min_length=1, max_length=120, description="The name of the system they come from."
    )
    dry_run: bool = Field(
        default=False,
        description="Do everything, then undo it: the answer has every problem by its row.",
    )
    complete: bool = Field(
        default=False,
        description="These are all rows of the source: what is not sent any more is recorded.",
    )


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "rows": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 100_000,
                            "items": {
                                "type": "object",
                                "additionalProperties": {
                                    "type": ["string", "number", "boolean", "null"]
                                },
                            },
                        }
                    },
                    "required": ["rows"],
                    "additionalProperties": False,
                }
            },
            "text/csv": {"schema": {"type": "string", "minLength": 1}},
        },
    }
}


@desk.acts("/imports/{table}", Right.IMPORT, Imported, openapi_extra=_BODY)
def import_table(request: Asking, table: str, asked: Query[How]) -> Any:
    """Import rows of one table: all of them, or none."""
    if table not in TABLES:
        raise NotFound(f"There is no table {table[:40]}: there are {', '.join(TABLES)}.")
    # A file's first record is row 2, below its header; of rows in JSON the first is the first.
    above = 0 if request.content_type == "text/csv" else 1
    with _posted(request, table) as (file, digest):

        def run() -> ImportReport:
            report = import_files(
                files=[file],
                table=table,
                source=asked.source,
                by=request.person.name,
                now_ms=now_ms(),
                dry_run=asked.dry_run,
                complete=asked.complete,
            )
            if report.problems and not asked.dry_run:
                raise Refused([_reason(one, above) for one in report.problems[:_SHOWN]])
            return report

        found = recorded(request, run, tell=lambda report: _figures(report, above), content=digest)
    return _with_report(found)


def _with_report(found: Answer) -> Status[dict[str, Any]]:
    said = found.value
    return Status(found.status_code, said | {"report": said["result"], "result": None})


@contextmanager
def _posted(request: Asking, table: str) -> Iterator[tuple[Path, str]]:
    """What was posted as a file with a name that says what it holds, and the digest of the request."""
    kind = (request.content_type or "").lower()
    with tempfile.TemporaryDirectory(prefix="fullfile-posted-") as place:
        raw = Path(place) / "posted"
        digest = hashlib.sha256(f"{request.get_full_path()}\n".encode())
        size = 0
        with raw.open("wb") as out:
            while piece := request.read(_PIECE):
                size += len(piece)
                digest.update(piece)
                out.write(piece)
        if not size:
            raise HttpError(
                400, "Nothing was posted: send {“rows”: […]} as JSON, or a sheet as CSV."
            )
        if kind == "text/csv":
            file = raw.rename(raw.with_name(f"{table}.csv"))
        else:
            file = raw.with_name(f"{table}.jsonl")
            _write_lines(raw, file)
        yield file, digest.hexdigest()


def _write_lines(raw: Path, file: Path) -> None:
    """The rows of a JSON body, one in each line."""
    try:
        said = read_json(raw.read_bytes())
    except ValueError as error:
        raise HttpError(400, f"The body is no JSON that can be kept: {error}.") from error
    rows = said.get("rows") if isinstance(said, dict) and set(said) == {"rows"} else None
    if not isinstance(rows, list) or not rows or not all(isinstance(one, dict) for one in rows):
        raise HttpError(422, "Send {“rows”: [{column: value, …}, …]} and nothing else.")
    if any(isinstance(value, list | dict) for row in rows for value in row.values()):
        raise HttpError(
            422,
            "A value is a text, a number, yes or no; lists inside a value are separated by “;”.",
        )
    with file.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _reason(one: Any, above: int) -> Reason:
    place = ", ".join(
        part
        for part in (
            f"row {one.row - above}" if one.row is not None else "",
            one.column and f"column {one.column}",
        )
        if part
    )
    return Reason(one.code, f"{place}: {one.text}" if place else one.text)


def _figures(report: ImportReport, above: int) -> dict[str, Any]:
    return {
        "recorded": report.recorded,
        "dry_run": report.dry_run,
        "source": report.source,
        "rows": report.total("rows"),
        "new": report.total("new"),
        "corrected": report.total("corrected"),
        "unchanged": report.total("unchanged"),
        "repeated": report.total("repeated"),
        "rejected": report.rejected,
        "absent": report.total("absent"),
        "problems": [_remark(one, above) for one in report.problems[:_SHOWN]],
        "problem_count": len(report.problems),
        "warnings": [_remark(one, above) for one in report.warnings],
        "warning_counts": dict(report.warning_counts),
        "notes": list(report.notes),
    }


def _remark(one: Any, above: int) -> dict[str, Any]:
    return {
        "table": one.table,
        "row": None if one.row is None else one.row - above,
        "column": one.column or None,
        "code": one.code,
        "text": one.text,
    }
