"""On what it was measured: processors, memory, disk, and the versions of the parts that matter."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.children import ROOT

__all__ = ["describe"]


def describe(command: str, when: str, postgresql: str | None) -> dict[str, str]:
    """The machine in words, for the report."""
    cores = len(os.sched_getaffinity(0))
    return {
        "command": command,
        "measured on": when,
        "commit": _commit(),
        "processor": f"{_processor()}, {cores} cores",
        "memory": f"{_memory() / 1e9:.0f} GB",
        "disk free": f"{shutil.disk_usage(ROOT).free / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": postgresql or "not measured in this run",
        "load at the start": f"{os.getloadavg()[0]:.2f} (one minute)",
        **{part: version(part) for part in ("duckdb", "ibis-framework", "pyarrow", "django")},
    }


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "no checkout"
