"""The import tables posted: rows as JSON, or a sheet as CSV; tried first (`dry_run`), then all of it or nothing.

What is posted is read exactly as a file is read by `fullfile import`: the same columns, keys, refusals and warnings. The
rows lie in a file of their own for as long as that takes, so that a large sheet is never whole in memory.

The four steps of the page are one request here: upload, `columns` and `dates` for a foreign sheet, `dry_run` for the
check, `skip_bad` to leave refused rows out, which come back as a sheet to mend.

What this does not do: it reads no spreadsheet and no Parquet; the page of imports and the command line do.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from ninja import Query, Schema, Status
from ninja.errors import HttpError
from pydantic import ConfigDict, Field

from fullfile.core.entries.tables import TABLES
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.engines.importers import (
    DATE_ORDERS,
    ROW_ID,
    Mapping,
    guess_columns,
    guess_dates,
    mapping_of,
    open_export,
    sample_columns,
)
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.imports.checking import Watched
from fullfile.server.actions.imports.report import ImportReport
from fullfile.server.actions.imports.run import import_files
from fullfile.server.queries.runs import list_runs
from fullfile.server.store.office import get_office
from fullfile.server.waiting.arrivals import columns_of_source
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.doors import read_json
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Page, PageOf, Recorded, Shown, page_of
from fullfile.server.web.clock import now_ms

__all__ = ["desk"]

desk = Desk("Imports")

DateOrder = Literal[tuple(DATE_ORDERS)]  # type: ignore[valid-type]  # the orders that the importers know
_SHOWN = 1_000
_MOST_ROWS = 100_000
_PIECE = 64 * 1024


class Remark(Shown):
    """A problem, which refuses its row, or a warning, which does not."""

    table: str
    row: int | None
    column: str | None
    code: str
    text: str


class ValueCorrected(Shown):
    """A value, old and new."""

    column: str
    old: str
    new: str


class Correction(Shown):
    """A row that the record has with other values: what changes, against which entry."""

    row: int | None
    entry: int
    key: str
    fields: list[ValueCorrected]


class Report(Shown):
    """What an import did, or would do. `rejected_csv`: the rows left out, each with its reason, to mend (row 1 is its header)."""

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
    corrections: list[Correction]
    rejected_csv: str | None


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
    skip_bad: bool = Field(
        default=False,
        description="Leave rows with problems out and record the rest; else one such row stops all of it.",
    )
    leave_out: int | None = Field(
        None,
        ge=1,
        le=_MOST_ROWS,
        description="With skip_bad: at most so many may be left out, as somebody agreed.",
    )
    columns: str = Field(
        "",
        max_length=20_000,
        description='Of a foreign sheet: theirs to ours, as a JSON object: {"Evidence #": "tag"}. Others stay as they are.',
    )
    dates: DateOrder = Field("iso", description="With columns: how dates are written.")  # type: ignore[valid-type]


class ColumnsOf(Schema):
    """From which system; one that was imported on the pages before is taken as it was then."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field("", max_length=120)


class ColumnTold(Shown):
    """A column of theirs: what it is taken for (null: kept as it is), how that is known, some of its values."""

    theirs: str
    ours: str | None
    how: str | None
    samples: list[str]


class ColumnsTold(Shown):
    """What the columns of a sheet seem to be; `dates_sure`: its values say how dates are written."""

    columns: list[ColumnTold]
    dates: DateOrder  # type: ignore[valid-type]
    dates_sure: bool
    notes: list[str]


class RunTold(Shown):
    """A file that was read into the record."""

    entry: int
    source: str
    table: str
    file: str
    sha256: str
    rows: int
    left_out: int
    by: str
    recorded_at: str


class RunPage(PageOf):
    """A part of the imports, the newest first."""

    rows: list[RunTold]


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
                            "maxItems": _MOST_ROWS,
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


@desk.reads("/imports", Right.IMPORT, RunPage)
def list_imports(request: Asking, asked: Query[Page]) -> dict[str, Any]:  # noqa: ARG001
    """What came into the record from other systems: which file of which system, how many rows, by whom."""
    found, total = list_runs(offset=asked.offset, limit=asked.per_page)
    names = tuple(RunTold.model_fields)
    return page_of([{name: getattr(one, name) for name in names} for one in found], total, asked)


@desk.reads("/imports/{table}/columns", Right.IMPORT, ColumnsTold, posted=True, openapi_extra=_BODY)
def guess_import_columns(request: Asking, table: str, asked: Query[ColumnsOf]) -> dict[str, Any]:
    """What the columns of a foreign sheet seem to be: some of its rows are enough. Nothing is recorded or kept."""
    _check_table(table)
    with _posted(request, table) as (file, _digest):
        (export, *_more) = open_export(file)
        last, dates_before = columns_of_source(asked.source.strip(), table)
        samples = sample_columns(export)
        day_first = get_office().jurisdiction.startswith("gb-")
        dates, sure = guess_dates(export, samples, day_first=day_first)
        if dates_before in DATE_ORDERS:
            dates, sure = dates_before, True
        chosen = guess_columns(export.header, table, last)
        return {
            "columns": [
                {
                    "theirs": one.theirs,
                    "ours": one.ours or None,
                    "how": one.how or None,
                    "samples": list(sample.sample[:3]),
                }
                for one, sample in zip(chosen, samples, strict=True)
            ],
            "dates": dates,
            "dates_sure": sure,
            "notes": list(export.notes),
        }


@desk.acts("/imports/{table}", Right.IMPORT, Imported, openapi_extra=_BODY)
def import_table(request: Asking, table: str, asked: Query[How]) -> Any:
    """Import rows of one table: all of them or none; with `skip_bad` all but those with problems."""
    _check_table(table)
    mapping = _mapping(table, asked)
    watched = Watched()
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
                mapping=mapping,
                dry_run=asked.dry_run,
                skip_bad=asked.skip_bad,
                complete=asked.complete,
                watch=watched,
                agreed=asked.leave_out if asked.skip_bad else None,
            )
            if report.problems and not asked.dry_run and not asked.skip_bad:
                raise Refused([_reason(one, above) for one in report.problems[:_SHOWN]])
            return report

        rejected = file.with_name(f"{file.name}.rejected.csv")

        def tell(report: ImportReport) -> dict[str, Any]:
            return _figures(report, above) | {
                "corrections": [_correction(one, above) for one in watched.changes.values()],
                "rejected_csv": rejected.read_text("utf-8") if rejected.is_file() else None,
            }

        found = recorded(request, run, tell=tell, content=digest)
    return _with_report(found)


def _check_table(table: str) -> None:
    if table not in TABLES:
        raise NotFound(f"There is no table {table[:40]}: there are {', '.join(TABLES)}.")


def _mapping(table: str, asked: How) -> Mapping | None:
    """What a choice of columns is; None: the columns are the manual's own.

    Raises:
        HttpError: the choice cannot be read (422).
        Refused: a column is missing, or named twice.
    """
    if not asked.columns.strip():
        return None
    try:
        said = read_json(asked.columns.encode("utf-8"))
    except ValueError as error:
        raise HttpError(422, f"columns is no JSON: {error}.") from error
    ours = {*(column.name for column in TABLES[table].columns), ROW_ID, ""}
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise HttpError(422, "columns is an object: their title, and our column as text.")
    unknown = sorted(set(said.values()) - ours)
    if unknown:
        raise HttpError(422, f"columns: {table} has no column “{unknown[0][:60]}”.")
    return mapping_of(asked.source, table, said, dates=asked.dates, header=1)


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


def _correction(one: dict[str, Any], above: int) -> dict[str, Any]:
    return one | {"row": None if one["row"] is None else one["row"] - above}


def _remark(one: Any, above: int) -> dict[str, Any]:
    return {
        "table": one.table,
        "row": None if one.row is None else one.row - above,
        "column": one.column or None,
        "code": one.code,
        "text": one.text,
    }
