"""Runs a program in a process of its own, and says how long it took and how much memory it had at most.

The peak is the kernel's, of that child alone. A child begins with the memory
of whoever starts it, so the starter must stay small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from fullfile.core.errors import Unavailable

__all__ = ["Measured", "run_measured"]

_UNIT = 1024 if sys.platform.startswith("linux") else 1
"""What `ru_maxrss` counts in: KiB on Linux, bytes elsewhere."""
_LAST = 600
"""So many of its last letters are shown when a child fails."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a child did: the clock, what of it the processors worked (all cores together), its peak of memory, its stdout."""

    seconds: float
    worked: float
    peak_mb: float
    out: str


def run_measured(what: str, arguments: Sequence[str | os.PathLike[str]]) -> Measured:
    """Run `python -m …` to its end, in no office of the caller's.

    Args:
        what: what it does, for the sentence when it fails.
        arguments: what follows `python -m`.

    Raises:
        Unavailable: it ended in another way; with its last words.
    """
    command = [sys.executable, "-m", *(os.fspath(one) for one in arguments)]
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "FULLFILE_HOME")
    }
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as words:
        started = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603  # our own modules, with arguments of ours
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=words, env=kept
        )
        try:
            _, ended, usage = os.wait4(child.pid, 0)
        except BaseException:
            child.kill()
            child.wait()
            raise
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(ended)
        said = [_text(one) for one in (out, words)]
    if child.returncode:
        last = " ".join((said[1].strip() or said[0].strip())[-_LAST:].split())
        raise Unavailable(f"{what} ended with {child.returncode}: … {last or 'without a word'}")
    worked = usage.ru_utime + usage.ru_stime
    return Measured(seconds, worked, usage.ru_maxrss * _UNIT / 1e6, said[0])


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
