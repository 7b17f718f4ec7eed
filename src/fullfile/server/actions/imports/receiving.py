"""The steps of an import in the office: a file comes, its columns are chosen, it is asked to be checked, and committed.

The file waits in the home; what is judged and recorded is done by jobs (`checking`). Nothing is recorded before the
last step, and whoever does not go on has changed nothing.

What this does not do: it asks no right, and reads no more of a file than its first rows.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from fullfile.core.entries import TABLES
from fullfile.core.errors import NotFound, Refused
from fullfile.core.said import many, say
from fullfile.engines.importers import (
    DATE_ORDERS,
    ENDINGS,
    Chosen,
    ColumnProfile,
    Export,
    Layout,
    guess_columns,
    guess_dates,
    guess_header,
    mapping_of,
    open_export,
    sample_columns,
)
from fullfile.server.store.office import get_office
from fullfile.server.waiting.arrivals import (
    ArrivalView,
    change_arrival,
    columns_of_source,
    end_arrival,
    file_of,
    keep_columns,
    read_arrival,
    read_found,
    receive_file,
)
from fullfile.server.waiting.asking import ask_job, read_job, stop_job

__all__ = [
    "ColumnsAsked",
    "ask_check",
    "ask_columns",
    "ask_commit",
    "choose_columns",
    "drop",
    "receive",
    "settled",
]


@dataclass(frozen=True, slots=True)
class ColumnsAsked:
    """What the columns of a file are, before somebody says so.

    Attributes:
        chosen: each of theirs, and what it is taken for.
        samples: each of theirs, as its first rows show it.
        dates: how its dates seem to be written.
        dates_sure: whether the values say so, or it is the office's own way.
        notes: what a person should know about how it was read.
    """

    chosen: Sequence[Chosen]
    samples: Sequence[ColumnProfile]
    dates: str
    dates_sure: bool
    notes: Sequence[str]


def receive(
    name: str, pieces: Iterable[bytes], *, source: str, table: str, account: str, actor: str
) -> ArrivalView:
    """A file comes: it is kept, and looked at as far as its header.

    Raises:
        Refused: it is too large, of a wrong kind, a bomb, or no table; it is deleted again.
        Unavailable: it could not be kept.
    """
    if table not in TABLES:
        raise Refused(say("table: Say which table the file holds."), code="table")
    if not source.strip():
        raise Refused(say("source: Name the system that the file comes from."), code="source")
    ending = Path(name).suffix.casefold()
    if ending not in (*ENDINGS, ".tab", ".txt", ".xlsm", ".pq", ".ndjson", ".json"):
        raise Refused(
            say(
                "file: A file that ends in “{ending}” cannot be read. Expected CSV, TSV, XLSX, Parquet "
                "or JSON lines: open it in its own program and save it as one of these.",
                ending=ending[:12] or name[:40],
            ),
            code="no_table",
        )
    found = receive_file(name, pieces, source=source, table=table, account=account, by=actor)
    try:
        export, header = _open(file_of(found))
        _is_table(export, table)
    except Refused as error:
        end_arrival(found.arrival, "dropped")
        raise Refused(
            say("file: {error}", error=error.words), code=error.reasons[0].code
        ) from error
    except BaseException:
        end_arrival(found.arrival, "dropped")
        raise
    return change_arrival(
        found.arrival, was=("columns",), sha256=export.sha256, header=header, size=export.size
    )


def ask_columns(one: ArrivalView) -> ColumnsAsked:
    """What the columns of a file seem to be."""
    last, dates_before = columns_of_source(one.source, one.table)
    (export, *_) = open_export(file_of(one), Layout(header=one.header))
    samples = sample_columns(export)
    day_first = get_office().jurisdiction.startswith("gb-")
    dates, sure = guess_dates(export, samples, day_first=day_first)
    if dates_before in DATE_ORDERS:
        dates, sure = dates_before, True
    return ColumnsAsked(
        guess_columns(export.header, one.table, one.columns or last),
        samples,
        one.dates or dates,
        sure,
        export.notes,
    )


def choose_columns(
    arrival: int, columns: Mapping[str, str], *, dates: str, complete: bool, account: str, by: str
) -> ArrivalView:
    """Say which of their columns is which of ours, and have the file checked.

    Raises:
        Refused: a column is missing or named twice; or the file is on its way into the record.
    """
    one = read_arrival(arrival)
    mapping_of(one.source, one.table, columns, dates=dates, header=one.header)
    change_arrival(
        arrival,
        was=("columns", "check"),
        columns=dict(columns),
        dates=dates,
        complete=complete,
    )
    keep_columns(one.source, one.table, columns, dates)
    return ask_check(arrival, account=account, by=by)


def ask_check(arrival: int, *, account: str, by: str) -> ArrivalView:
    """Have a file checked: what would change if it were taken in."""
    job = ask_job("import_check", {"arrival": arrival}, account=account, by=by, alone=True)
    return change_arrival(arrival, was=("columns", "check"), state="check", check_job=job)


def ask_commit(arrival: int, *, leave_out: int, account: str, by: str) -> ArrivalView:
    """Have a file taken in, as it was checked.

    Args:
        arrival: the file.
        leave_out: so many rows with problems are left out, as somebody agreed; 0: none has any.
        account: who commits, as they sign in.
        by: and as it stands beside what is recorded.

    Raises:
        Refused: it was not checked, or the check says something else by now.
    """
    found = read_found(arrival)
    if found is None or found.get("refused"):
        raise Refused(say("Check the file first."), code="not_checked")
    if int(found["figures"]["rejected"]) != leave_out:
        raise Refused(
            say(
                "The file was checked again meanwhile, and the rows with problems are not the same: look "
                "at them first."
            ),
            code="checked_again",
        )
    with transaction.atomic():  # a file that is to be committed has its job, or is not to be
        change_arrival(arrival, was=("check",), state="commit")
        job = ask_job(
            "import_commit", {"arrival": arrival, "leave_out": leave_out}, account=account, by=by
        )
        return change_arrival(arrival, was=("commit",), commit_job=job)


def settled(arrival: int) -> ArrivalView:
    """A file as it stands: one whose import was stopped or failed can be checked again, since nothing was recorded.

    Raises:
        NotFound: there is none of that number.
    """
    found = read_arrival(arrival)
    if found.state != "commit" or found.commit_job is None:
        return found
    try:
        over = read_job(found.commit_job).state in ("failed", "stopped")
    except NotFound:
        over = True
    if over:
        with contextlib.suppress(Refused):  # somebody else saw it first
            return change_arrival(arrival, was=("commit",), state="check")
    return read_arrival(arrival)


def drop(arrival: int) -> None:
    """Give a file up: it is deleted. Nothing of it was recorded.

    Raises:
        Refused: it is on its way into the record, or was taken in.
    """
    found = change_arrival(arrival, was=("columns", "check"), state="dropped")
    if found.check_job is not None:
        with contextlib.suppress(Refused, NotFound):  # it had ended: nothing to stop
            stop_job(found.check_job)
    end_arrival(arrival, "dropped")


def _open(file: Path) -> tuple[Export, int]:
    """A file with its header where it seems to stand."""
    (export, *_) = open_export(file)
    header = guess_header(export.records)
    if header != 1:
        (export, *_) = open_export(file, Layout(header=header))
    return export, header


def _is_table(export: Export, table: str) -> None:
    """Refuse what is no table at all: fewer columns than the table must have.

    Raises:
        Refused: so.
    """
    wanted = TABLES[table]
    needed = [*wanted.required, *(" or ".join(group) for group in wanted.one_of)]
    if len(export.header) < min(2, len(needed)) or len(export.header) < len(needed) // 2:
        count = len(export.header)
        raise Refused(
            say(
                "This is not a table. The first line has {columns}; {table} need {needed}.",
                columns=many("{n} column", "{n} columns", count),
                table=table,
                needed=", ".join(needed),
            ),
            code="no_table",
        )
