"""A worker: takes a job, does it, says what came of it; and begins anew what a killed one left.

    run_worker(parent=os.getppid())     # until it is told to end, or its parent is gone
    work_off()                          # all that waits now, here; for tests and for `fullfile jobs --once`

An error that may pass (a database or a network out of reach) is tried again after 20 seconds, 80 seconds, and so on;
a refusal is not, since only a person can mend it.

What this does not do: it knows no kind of job by name (`kinds`).
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections

from fullfile.core.errors import FullfileError, Refused, Unavailable
from fullfile.server.actions.serving import is_behind
from fullfile.server.jobs.kinds import KINDS
from fullfile.server.jobs.schedule import ask_due
from fullfile.server.jobs.work import Stopped, Work, WorkerEnds
from fullfile.server.waiting.asking import JobView, read_job
from fullfile.server.waiting.taking import (
    MOST_TRIES,
    fail_job,
    finish_job,
    give_back,
    stopped,
    take_back_lost,
    take_next,
    try_again,
    worker_name,
)

__all__ = ["Worker", "run_worker", "work_off"]

_IDLE = 1.0
_LOOK_EVERY = 30.0
_log = logging.getLogger("fullfile.jobs")


class Worker:
    """One worker of this process.

    Args:
        parent: the process that began it; where that is gone, the worker ends. None: it has none.
    """

    def __init__(self, parent: int | None = None) -> None:
        self.name = worker_name()
        self._parent = parent
        self._told_to_end = threading.Event()

    def end(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """End after this step; the job at hand waits for another worker."""
        self._told_to_end.set()

    @property
    def ends(self) -> bool:
        """Whether it is to end: it was told so, or whoever began it is gone."""
        if self._parent is not None and os.getppid() != self._parent:
            self._told_to_end.set()
        return self._told_to_end.is_set()

    def work(self) -> None:
        """Work until told to end."""
        looked, minute = 0.0, -1
        while not self.ends:
            close_old_connections()
            try:
                if time.monotonic() - looked >= _LOOK_EVERY or not looked:
                    looked = time.monotonic()
                    self.take_back()
                if (now := time.time_ns() // 60_000_000_000) != minute:
                    minute = now
                    ask_due()
                found = take_next(self.name)
            except (DatabaseError, Unavailable) as error:
                # Somebody holds the database: look again, and say it once in a while.
                connections.close_all()
                _log.warning("%s", _words(error))
                self._told_to_end.wait(5)
                continue
            if found is None:
                self._told_to_end.wait(_IDLE)
            else:
                self.do(found)

    def take_back(self) -> None:
        """What a worker left that is gone waits again, or is given up."""
        for job in take_back_lost():
            _log.warning("job %s was left by a worker that is gone", job)
            left = read_job(job)
            if left.state == "failed" and left.kind in KINDS:
                KINDS[left.kind].gave_up(Work(job, left.arguments, left.by, lambda: self.ends))

    def do(self, job: JobView) -> None:
        """Do one job that was taken."""
        kind = KINDS.get(job.kind)
        if kind is None:
            fail_job(job.job, f"No work is called “{job.kind}” in this version.", worker=self.name)
            return
        work = Work(job.job, job.arguments, job.by, lambda: self.ends)
        beat = threading.Thread(target=work.beat, daemon=True)
        beat.start()
        try:
            result = kind.run(work)
        except Stopped:
            work.over()
            stopped(job.job, worker=self.name)
            kind.gave_up(work)
        except WorkerEnds:
            work.over()
            give_back(job.job, worker=self.name)
        except (DatabaseError, OSError, Unavailable) as error:
            work.over()
            self._failed_for_now(job, work, error)
        except FullfileError as error:
            work.over()
            reasons = error.reasons if isinstance(error, Refused) else ()
            said = "\n".join(reason.text for reason in reasons) or str(error)
            fail_job(job.job, said, worker=self.name)
            kind.gave_up(work)
        except Exception as error:  # noqa: BLE001 - the worker goes on, whatever a job does
            _log.exception("job %s (%s) failed", job.job, job.kind)
            work.over()
            fail_job(
                job.job,
                f"This should not happen ({type(error).__name__}). What it had begun was undone. The log of the server "
                f"says more, under job {job.job}.",
                worker=self.name,
            )
            kind.gave_up(work)
        else:
            work.over()
            finish_job(job.job, result, worker=self.name)

    def _failed_for_now(self, job: JobView, work: Work, error: Exception) -> None:
        connections.close_all()  # whatever it was, a new connection is better than this one
        said = (
            str(error)
            if isinstance(error, Unavailable)
            else f"Something was out of reach ({str(error).splitlines()[0] if str(error) else type(error).__name__})."
        )
        if job.tries < MOST_TRIES:
            try_again(job.job, job.tries, said, worker=self.name)
            return
        fail_job(
            job.job,
            f"{said} It was tried {job.tries} times; nothing was changed.",
            worker=self.name,
        )
        KINDS[job.kind].gave_up(work)


def _words(error: Exception) -> str:
    """Why nothing can be taken up, and what to do: a table that is missing names no way out by itself."""
    if is_behind():
        return (
            "This office was not brought up to date for this version, so its jobs wait: stop what serves it, and run "
            "`fullfile serve` or `fullfile jobs`, which make the tables that are missing."
        )
    first = next(iter(str(error).splitlines()), type(error).__name__)
    return f"The database could not be used ({first}): looking again."


def run_worker(*, parent: int | None = None) -> None:
    """Work until a signal says to end (SIGTERM, SIGINT), or the parent is gone."""
    worker = Worker(parent)
    signal.signal(signal.SIGTERM, worker.end)
    signal.signal(signal.SIGINT, worker.end)
    worker.work()


def work_off(most: int = 100) -> list[int]:
    """Do what waits now, one after the other. The numbers of the jobs that were begun."""
    worker = Worker()
    worker.take_back()
    begun: list[int] = []
    while len(begun) < most and (found := take_next(worker.name)) is not None:
        worker.do(found)
        begun.append(found.job)
    return begun
