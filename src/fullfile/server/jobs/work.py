"""What a job's own code is given: its arguments, and a way to tell how far it is and to be stopped.

A step that tells is a step at which a job can be stopped: by whoever asked for it, or because its worker ends. Both are
exceptions, so that a transaction that is open is undone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from fullfile.server.waiting import progress

__all__ = ["Stopped", "Work", "WorkerEnds"]

_TELL_EVERY = 0.5
_BEAT_EVERY = 5.0


class Stopped(BaseException):
    """Somebody stopped the job. Not an `Exception`: no code on the way may take it for an error of its own."""


class WorkerEnds(BaseException):
    """The worker was told to end; the job waits for the next one."""


class Work:
    """A job at hand.

    Args:
        job: its number.
        arguments: with what.
        by: who asked, as it stands beside what is recorded.
        ends: whether the worker is to end.
    """

    def __init__(
        self, job: int, arguments: Mapping[str, Any], by: str, ends: Callable[[], bool]
    ) -> None:
        self.job = job
        self.arguments = arguments
        self.by = by
        self._ends = ends
        self._told = progress.Told()
        self._last = 0.0
        self._over = threading.Event()
        self._writing = threading.Lock()

    @property
    def once(self) -> str:
        """The one-time number of what this job records."""
        return f"job:{self.job}"

    def tell(self, done: int = 0, total: int = 0, doing: str = "") -> None:
        """Say how far it is.

        Raises:
            Stopped: it shall go no further.
            WorkerEnds: the worker ends.
        """
        now = time.monotonic()
        if now - self._last < _TELL_EVERY and not doing:
            return
        self._last = now
        self._told = progress.Told(
            done, total, doing or self._told.doing, time.time_ns() // 1_000_000
        )
        self._write()
        if progress.shall_stop(self.job):
            raise Stopped
        if self._ends():
            raise WorkerEnds

    def beat(self) -> None:
        """Show every few seconds that the worker lives, until the job is over; in a thread of its own."""
        while not self._over.wait(_BEAT_EVERY):
            told = self._told
            self._told = progress.Told(
                told.done, told.total, told.doing, time.time_ns() // 1_000_000
            )
            self._write()

    def over(self) -> None:
        """The job is over: the beat ends."""
        with self._writing:
            self._over.set()

    def _write(self) -> None:
        with self._writing:  # two writers of one file, and none after the end
            if not self._over.is_set():
                progress.tell(self.job, self._told)
