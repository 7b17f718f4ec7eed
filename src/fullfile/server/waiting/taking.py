"""How a worker takes a job and says what came of it.

A job is one worker's from the moment it is taken. A worker that was killed shows it: its process is gone, or it
has not told that it lives for a while; then the job waits again, and is begun anew by whoever comes next.

What this does not do: it does not know what a job does.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from fullfile.server.waiting import progress
from fullfile.server.waiting.asking import JobView, view
from fullfile.server.waiting.models import Job

__all__ = [
    "MOST_TRIES",
    "SILENT_SECONDS",
    "fail_job",
    "finish_job",
    "give_back",
    "prune",
    "stopped",
    "take_back_lost",
    "take_next",
    "try_again",
    "worker_name",
]

MOST_TRIES = 5
SILENT_SECONDS = 90
"""A worker that told nothing for so long is taken for lost; it tells every five seconds."""
_FIRST_WAIT = 20


def worker_name() -> str:
    """A name for this process as a worker."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def take_next(worker: str) -> JobView | None:
    """The next job that is due, now this worker's: what people asked for before what the clock did."""
    now = datetime.now(UTC)
    due = Q(state="waiting", run_at__lte=now)
    # A look costs no lock; only where something waits is the writer's lock taken.
    if not Job.objects.filter(due).exists():
        return None
    with transaction.atomic():
        found = Job.objects.filter(due)
        if connection.features.has_select_for_update_skip_locked:
            found = found.select_for_update(skip_locked=True)
        # An empty account, the clock's, sorts first: those of people come from the other end.
        row = (
            found.exclude(account="").order_by("run_at", "pk").first()
            or found.filter(account="").order_by("run_at", "pk").first()
        )
        if row is None:
            return None
        row.state, row.worker, row.tries = "running", worker, row.tries + 1
        row.started_at, row.error = now, ""
        row.save(update_fields=["state", "worker", "tries", "started_at", "error"])
        progress.tell(row.pk, progress.Told(beat_ms=time.time_ns() // 1_000_000))
    return view(row)


def take_back_lost() -> list[int]:
    """Jobs whose worker is gone wait again; one that was lost too often has failed. Their numbers."""
    lost: list[int] = []
    for row in Job.objects.filter(state="running"):
        if _lives(row):
            continue
        if row.tries >= MOST_TRIES:
            fail_job(
                row.pk,
                f"The work stopped without a word {row.tries} times and is not tried again: see that the machine "
                "has memory and room on its disk, then ask for it again. Nothing of it was recorded.",
                worker=row.worker,
            )
        else:
            Job.objects.filter(pk=row.pk, state="running", worker=row.worker).update(
                state="waiting", worker=""
            )
        lost.append(int(row.pk))
    return lost


def _lives(row: Job) -> bool:
    host, _, rest = row.worker.rpartition(":")[0].rpartition(":")
    if host == socket.gethostname()[:60] and rest.isdigit() and not _runs(int(rest)):
        return False
    beat = progress.read_told(row.pk).beat_ms
    started = int(row.started_at.timestamp() * 1000) if row.started_at else 0
    return time.time_ns() // 1_000_000 - max(beat, started) < SILENT_SECONDS * 1000


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def finish_job(job: int, result: Mapping[str, Any], *, worker: str) -> None:
    """It is done."""
    told = progress.read_told(job)
    _end(job, worker, state="done", result=dict(result), done=told.done, total=told.total)


def fail_job(job: int, error: str, *, worker: str) -> None:
    """It could not be done, and another try would not help."""
    _end(job, worker, state="failed", error=error)


def stopped(job: int, *, worker: str) -> None:
    """Somebody stopped it; what it had begun was undone."""
    _end(job, worker, state="stopped")


def try_again(job: int, tries: int, error: str, *, worker: str) -> None:
    """It could not be done now: again later, each time after a longer wait."""
    wait = timedelta(seconds=_FIRST_WAIT * 4 ** (tries - 1))
    Job.objects.filter(pk=job, worker=worker, state="running").update(
        state="waiting", worker="", error=error, run_at=datetime.now(UTC) + wait
    )


def give_back(job: int, *, worker: str) -> None:
    """The worker ends before the job does: it waits again, and this try does not count."""
    row = Job.objects.filter(pk=job, worker=worker, state="running").first()
    if row is not None:
        row.state, row.worker, row.tries = "waiting", "", max(0, row.tries - 1)
        row.save(update_fields=["state", "worker", "tries"])


def prune(before: datetime) -> int:
    """Jobs that ended before a moment are forgotten. How many."""
    count, _ = Job.objects.filter(
        state__in=("done", "failed", "stopped"), ended_at__lt=before
    ).delete()
    return int(count)


def _end(job: int, worker: str, **values: Any) -> None:
    # A worker that was taken for lost and lives after all changes nothing: the job is another's by now.
    changed = Job.objects.filter(pk=job, worker=worker, state="running").update(
        ended_at=datetime.now(UTC), **values
    )
    if changed:
        progress.forget(job)
