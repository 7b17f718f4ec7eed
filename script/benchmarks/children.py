"""Runs one thing in a process of its own, and says how long it took and how much memory it had.

The peak is the kernel's (`ru_maxrss` of that child alone). A child begins with
the memory of whoever starts it, so the starter imports nothing heavy: data are
made, pictures are drawn and records are read in children too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "Failed", "Ran", "call", "run"]

ROOT = Path(__file__).resolve().parent.parent.parent
_KIB = 1024


class Failed(RuntimeError):
    """A child did not end as it should; the text has its last words."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a child ended.

    Attributes:
        seconds: of the clock on the wall, from start to end.
        cpu_seconds: of the processors, in the child.
        peak_mb: the most memory that it had at once, in units of a million bytes.
        answer: what it handed back (`call`).
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    answer: Any = None  # JSON of the measurement's own shape


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    may_end: tuple[int, ...] = (0,),
) -> Ran:
    """Run a program to its end.

    Raises:
        Failed: it ended with another status than those of `may_end`.
    """
    with tempfile.TemporaryFile() as words:
        started = time.perf_counter()
        child = subprocess.Popen(
            [os.fspath(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            env=_environment(env or {}),
            cwd=ROOT,
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in may_end:
            words.seek(0)
            said = words.read()[-3000:].decode("utf-8", "replace").strip()
            raise Failed(f"{command[0]} … {command[-1]} ended with {child.returncode}: {said}")
    return Ran(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KIB / 1e6)


def call(function: str, *, env: Mapping[str, str] | None = None, **arguments: object) -> Ran:
    """Call `module:function` of this package in a child; it hands back JSON."""
    with tempfile.TemporaryDirectory(prefix="fullfile-bench-") as scratch:
        answer = Path(scratch) / "answer.json"
        ran = run(
            [sys.executable, "-m", "benchmarks.child", function, json.dumps(arguments), answer],
            env=env,
        )
        return Ran(ran.seconds, ran.cpu_seconds, ran.peak_mb, json.loads(answer.read_text("utf-8")))


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "FULLFILE_HOME")
    }
    path = os.pathsep.join(str(ROOT / part) for part in ("script", "src", "."))
    return kept | {"PYTHONPATH": path, "FULLFILE_BY": "Bench Keeper"} | dict(more)
