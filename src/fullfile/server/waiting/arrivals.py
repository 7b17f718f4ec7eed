"""Files that were handed in and wait in the home (`uploads/N/`) until they are taken in or are a week old.

What this does not do: it reads no table (`engines.importers`) and records nothing (`actions.imports`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fullfile.core.errors import NotFound, Refused, Unavailable
from fullfile.core.said import say
from fullfile.server.settings import get_home
from fullfile.server.waiting.models import Arrival, Columns

__all__ = [
    "KEPT_DAYS",
    "ArrivalView",
    "change_arrival",
    "check_size",
    "clear_old",
    "columns_of_source",
    "count_open_arrivals",
    "end_arrival",
    "file_of",
    "keep_columns",
    "keep_found",
    "limit_bytes",
    "list_arrivals",
    "read_arrival",
    "read_found",
    "receive_file",
    "rejected_of",
    "sources_known",
]

KEPT_DAYS = 7
_FOUND = "found.json"
_REJECTED = "rejected.csv"


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """A file that was handed in.

    Attributes:
        arrival: its number.
        account, by: who handed it in.
        name, size, sha256: the file.
        source, table: from which system, and which import table it holds.
        columns: theirs to ours, as chosen; empty: not chosen yet.
        dates: how its dates are written.
        header: the row of its header.
        complete: whether it holds all rows of its source.
        state: columns, check, commit, done, dropped.
        check_job, commit_job: the jobs that look at it and that record it.
        first_entry, last_entry: what was recorded.
        outcome: the figures of what was recorded.
        came_at, ended_at: when.
    """

    arrival: int
    account: str
    by: str
    name: str
    size: int
    sha256: str
    source: str
    table: str
    columns: Mapping[str, str]
    dates: str
    header: int
    complete: bool
    state: str
    check_job: int | None
    commit_job: int | None
    first_entry: int | None
    last_entry: int | None
    outcome: Mapping[str, Any]
    came_at: datetime
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it still waits for something."""
        return self.state in ("columns", "check", "commit")

    @property
    def deleted_on(self) -> datetime:
        """When its file is deleted, where nothing is done with it."""
        return self.came_at + timedelta(days=KEPT_DAYS)


def limit_bytes() -> int:
    """How large a file of rows may be (`FULLFILE_UPLOAD_MB`, else 512 MB)."""
    said = os.environ.get("FULLFILE_UPLOAD_MB", "")
    return (int(said) if said.isascii() and said.isdigit() and said != "0" else 512) * 1024 * 1024


def check_size(size: int) -> None:
    """Refuse a file that is larger than may be.

    Raises:
        Refused: so.
    """
    most = limit_bytes()
    if size > most:
        raise Refused(
            say(
                "file: The file is larger than {what:,} MB, which is the limit here. Split it, or have "
                "it read by `fullfile import` on the server.",
                what=most // (1024 * 1024),
            ),
            code="too_large",
        )


def receive_file(
    name: str, pieces: Iterable[bytes], *, source: str, table: str, account: str, by: str
) -> ArrivalView:
    """Put a file where it waits.

    Args:
        name: as the sender calls it.
        pieces: its bytes.
        source: the system it comes from.
        table: the import table it holds.
        account: who hands it in, as they sign in.
        by: and as it stands beside what is recorded.

    Raises:
        Refused: it is larger than the limit.
        Unavailable: the home has no room.
    """
    row = Arrival.objects.create(
        account=account,
        by=by,
        name=_safe_name(name),
        size=0,
        sha256="",
        source=source.strip()[:120],
        table=table,
        came_at=datetime.now(UTC),
    )
    size = 0
    folder = _folder(row.pk)
    try:
        folder.mkdir(parents=True, mode=0o700)
        with (folder / row.name).open("wb") as out:
            for piece in pieces:
                size += len(piece)
                check_size(size)
                out.write(piece)
    except OSError as error:
        _drop(row)
        raise Unavailable(
            say(
                "The file could not be kept ({strerror}): the office's disk may be full.",
                strerror=error.strerror or str(error),
            )
        ) from error
    except Refused:
        _drop(row)
        raise
    row.size = size
    row.save(update_fields=["size"])
    return _view(row)


def read_arrival(arrival: int) -> ArrivalView:
    """One file that was handed in.

    Raises:
        NotFound: there is none of that number.
    """
    row = Arrival.objects.filter(pk=arrival).first()
    if row is None:
        raise NotFound(say("There is no import {arrival}.", arrival=arrival))
    return _view(row)


def list_arrivals(*, offset: int = 0, limit: int = 50) -> tuple[list[ArrivalView], int]:
    """What was handed in here and not dropped, the newest first; and how many there are."""
    found = Arrival.objects.exclude(state="dropped").order_by("-pk")
    return [_view(one) for one in found[offset : offset + limit]], found.count()


def count_open_arrivals() -> int:
    """How many files are on their way in."""
    return Arrival.objects.filter(state__in=("columns", "check", "commit")).count()


def file_of(one: ArrivalView) -> Path:
    """Where the file lies.

    Raises:
        NotFound: it was deleted: taken in, dropped, or older than a week.
    """
    place = _folder(one.arrival) / one.name
    if not place.is_file():
        raise NotFound(
            say(
                "The file {name} is not here any more: files are deleted once they are taken in, or "
                "after {kept_days} days. Upload it again.",
                name=one.name,
                kept_days=KEPT_DAYS,
            )
        )
    return place


def rejected_of(one: ArrivalView) -> Path:
    """Where the rows lie that were refused, with the reason of each."""
    return _folder(one.arrival) / _REJECTED


def change_arrival(arrival: int, *, was: Iterable[str], **values: Any) -> ArrivalView:
    """Change what is known of a file.

    Args:
        arrival: its number.
        was: the states in which it may be changed.
        **values: columns of the table.

    Raises:
        Refused: it is in another state by now.
    """
    changed = Arrival.objects.filter(pk=arrival, state__in=tuple(was)).update(**values)
    found = read_arrival(arrival)
    if not changed:
        words = {
            "commit": say("is being taken in"),
            "done": say("was taken in"),
            "dropped": say("was dropped"),
        }.get(found.state, say("has changed"))
        raise Refused(
            say(
                "{name} {words} meanwhile. Nothing of yours was saved.",
                name=found.name,
                words=words,
            ),
            code="arrival_state",
        )
    return found


def keep_found(arrival: int, found: Mapping[str, Any]) -> None:
    """Keep what a check found, beside the file: it may be long."""
    place = _folder(arrival) / _FOUND
    waiting = place.with_name(f".{_FOUND}.{os.getpid()}")
    waiting.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    waiting.replace(place)


def read_found(arrival: int) -> dict[str, Any] | None:
    """What the last check found; None where there was none."""
    try:
        found = json.loads((_folder(arrival) / _FOUND).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def end_arrival(arrival: int, state: str, **values: Any) -> None:
    """It was taken in, or dropped: the file is deleted; refused rows stay for a week."""
    row = Arrival.objects.get(pk=arrival)
    Arrival.objects.filter(pk=arrival).update(state=state, ended_at=datetime.now(UTC), **values)
    if state == "dropped":
        shutil.rmtree(_folder(arrival), ignore_errors=True)
    else:
        (_folder(arrival) / row.name).unlink(missing_ok=True)


def clear_old(now: datetime) -> int:
    """Files older than a week are deleted; those that still waited count as dropped. How many files."""
    old = Arrival.objects.filter(came_at__lt=now - timedelta(days=KEPT_DAYS))
    count = 0
    for row in old.exclude(state="commit"):
        folder = _folder(row.pk)
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
        if row.state in ("columns", "check"):
            row.state, row.ended_at = "dropped", now
            row.save(update_fields=["state", "ended_at"])
    return count


def keep_columns(source: str, table: str, columns: Mapping[str, str], dates: str) -> None:
    """Keep which columns a source has, for its next export."""
    Columns.objects.update_or_create(
        source=source, table=table, defaults={"columns": dict(columns), "dates": dates}
    )


def columns_of_source(source: str, table: str) -> tuple[dict[str, str], str]:
    """Which columns a source had the last time, and how its dates were written; nothing where it is new."""
    found = Columns.objects.filter(source=source, table=table).first()
    return (dict(found.columns), found.dates) if found is not None else ({}, "")


def sources_known() -> list[str]:
    """The systems that files came from here."""
    return list(Columns.objects.order_by("source").values_list("source", flat=True).distinct()[:50])


def _drop(row: Arrival) -> None:
    shutil.rmtree(_folder(row.pk), ignore_errors=True)
    row.delete()


def _folder(arrival: int) -> Path:
    return get_home() / "uploads" / str(arrival)


def _safe_name(name: str) -> str:
    """The file's own name, as far as it is a name and no path."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign if sign.isprintable() and sign not in '<>:"|?*' else "_" for sign in last)
    stem, dot, ending = plain.strip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    safe = f"{stem[:100]}{dot}{ending[:12]}"
    return "file.csv" if safe in ("", _FOUND, _REJECTED) else safe


def _view(row: Arrival) -> ArrivalView:
    return ArrivalView(
        arrival=row.pk,
        account=row.account,
        by=row.by,
        name=row.name,
        size=row.size,
        sha256=row.sha256,
        source=row.source,
        table=row.table,
        columns=row.columns,
        dates=row.dates,
        header=row.header,
        complete=row.complete,
        state=row.state,
        check_job=row.check_job,
        commit_job=row.commit_job,
        first_entry=row.first_entry,
        last_entry=row.last_entry,
        outcome=row.outcome,
        came_at=row.came_at,
        ended_at=row.ended_at,
    )
