"""The worker that runs beside a server: begun with it, begun anew if it dies, ended with it.

It is a process of its own, so that no long work sits in a process that answers people; it ends by itself when the
server is gone in any way.

What this does not do: it does no work (`worker`), and knows no server.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

from fullfile.server.settings import database_address, get_home

__all__ = ["WorkerBeside"]

_LOOK_EVERY = 2.0
_PAUSE = 5.0
_PATIENCE = 20.0


class WorkerBeside:
    """A worker's process for the office that this one serves, looked after by this one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        self._owner = os.getpid()

    @property
    def pid(self) -> int | None:
        """Its process, where there is one."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Begin it, and look after it."""
        self._owner = os.getpid()
        self._begin()
        threading.Thread(target=self._look_after, daemon=True).start()

    def stop(self) -> None:
        """End it; the job at hand is given back. Only the process that began it may."""
        if os.getpid() != self._owner or self._process is None:
            return
        self._over.set()
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()  # its transaction is undone, and the job is begun anew
            self._process.wait()

    def _begin(self) -> None:
        home, database = get_home(), database_address()
        # The same office and no other, whatever the environment says.
        around = dict(os.environ)
        around["DATABASE_URL"] = "" if Path(database).parent == home else database
        command = [sys.executable, "-m", "fullfile", "--home", str(home), "jobs"]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--parent", str(os.getpid())], stdin=subprocess.DEVNULL, env=around
        )

    def _look_after(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            if self._process is not None and self._process.poll() is not None:
                if self._over.wait(_PAUSE):
                    return
                self._begin()
