"""Ask for a job, look how far it is, stop it: what pages and actions use.

    job = ask_job("import_check", {"arrival": 7}, account="k.poe", by="K. Poe")
    read_job(job).doing

What this does not do: it runs nothing (`jobs`), and asks no right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from fullfile.core.errors import NotFound, Refused
from fullfile.core.said import say
from fullfile.server.waiting import progress
from fullfile.server.waiting.models import Job

__all__ = [
    "STATES",
    "JobView",
    "ask_job",
    "count_failed",
    "list_jobs",
    "read_job",
    "stop_job",
    "view",
]

STATES = ("waiting", "running", "done", "failed", "stopped")
_ENDED = frozenset({"done", "failed", "stopped"})


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as somebody looks at it.

    Attributes:
        job: its number.
        kind, arguments: what is to be done.
        account, by: who asked; account empty: the clock did.
        state: waiting, running, done, failed, stopped.
        asked_at, run_at, started_at, ended_at: when.
        tries: how often it was begun.
        done, total: how much of how much; total 0: not known.
        doing: what it does now.
        result: what came of it.
        error: what went wrong, in sentences.
        stopping: whether somebody asked it to stop and it has not yet.
    """

    job: int
    kind: str
    arguments: Mapping[str, Any]
    account: str
    by: str
    state: str
    asked_at: datetime
    run_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    tries: int
    done: int
    total: int
    doing: str
    result: Mapping[str, Any]
    error: str
    stopping: bool

    @property
    def ended(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in _ENDED

    @property
    def percent(self) -> int:
        """How much of it is done; 0 where that is not known."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def ask_job(
    kind: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    by: str,
    account: str = "",
    slot: str | None = None,
    alone: bool = False,
) -> int:
    """Ask for a job. Its number.

    Args:
        kind: what is to be done, as `jobs` knows it.
        arguments: with what.
        by: who asks, as it stands beside what is recorded.
        account: who asks, as they sign in; empty: the clock.
        slot: of the clock: the hour it is for. A slot is asked for once, whoever comes first.
        alone: one that waits already is enough; that one's number is given back.
    """
    now = datetime.now(UTC)
    said = dict(arguments or {})
    if slot is not None and (found := Job.objects.filter(slot=slot).first()) is not None:
        return int(found.pk)
    try:
        with transaction.atomic():
            if alone:
                waiting = Job.objects.filter(kind=kind, arguments=said, state="waiting").first()
                if waiting is not None:
                    return int(waiting.pk)
            return int(
                Job.objects.create(
                    kind=kind,
                    slot=slot,
                    arguments=said,
                    account=account,
                    by=by,
                    asked_at=now,
                    run_at=now,
                ).pk
            )
    except IntegrityError:  # another worker asked for the same slot at the same moment
        return int(Job.objects.get(slot=slot).pk)


def read_job(job: int) -> JobView:
    """One job.

    Raises:
        NotFound: there is none of that number; those of the clock are kept for a month.
    """
    found = Job.objects.filter(pk=job).first()
    if found is None:
        raise NotFound(say("There is no job {job}. Jobs that ended are kept for a month.", job=job))
    return view(found)


def list_jobs(
    *, account: str | None = None, state: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[JobView], int]:
    """Jobs, the newest first, and how many there are.

    Args:
        account: only of this account; None: of everybody and of the clock.
        state: only in this state; empty: in any.
        offset: after leaving out so many.
        limit: at most so many.
    """
    found = Job.objects.order_by("-pk")
    if account is not None:
        found = found.filter(account=account)
    if state:
        found = found.filter(state=state)
    return [view(one) for one in found[offset : offset + limit]], found.count()


def running_job(kind: str) -> int | None:
    """The number of a job of a kind that is being done now."""
    found = Job.objects.filter(state="running", kind=kind).order_by("-pk").first()
    return None if found is None else int(found.pk)


def count_failed(since_ms: int) -> int:
    """How many jobs failed since a moment (UTC milliseconds)."""
    since = datetime.fromtimestamp(since_ms / 1000, UTC)
    return Job.objects.filter(state="failed", ended_at__gte=since).count()


def stop_job(job: int) -> JobView:
    """Stop a job: one that waits at once, one that runs at its next step. What it had recorded in part is undone.

    Raises:
        NotFound: there is none.
        Refused: it has ended.
    """
    stopped = Job.objects.filter(pk=job, state="waiting").update(
        state="stopped", ended_at=datetime.now(UTC)
    )
    found = read_job(job)
    if not stopped:
        if found.ended:
            raise Refused(
                say("Job {job} has ended already; what it recorded stands.", job=job),
                code="job_ended",
            )
        progress.ask_to_stop(job)
        found = read_job(job)
    return found


def view(row: Job) -> JobView:
    """A row as a view; of a running job, what it told last."""
    told = progress.read_told(row.pk) if row.state == "running" else progress.Told()
    return JobView(
        job=row.pk,
        kind=row.kind,
        arguments=row.arguments,
        account=row.account,
        by=row.by,
        state=row.state,
        asked_at=row.asked_at,
        run_at=row.run_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        tries=row.tries,
        done=told.done if row.state == "running" else row.done,
        total=told.total if row.state == "running" else row.total,
        doing=told.doing,
        result=row.result,
        error=row.error,
        stopping=row.state == "running" and progress.shall_stop(row.pk),
    )
