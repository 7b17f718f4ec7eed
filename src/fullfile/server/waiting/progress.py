"""How far a running job is, and whether it shall stop: small files of the home, not rows.

An import is one transaction, and on SQLite the one writer's lock is held for as long as it lasts. A row of
progress would wait for that lock, and written inside the transaction nobody would see it. So a job tells in
`jobs/N.json`, replaced whole, and is asked to stop by a file `jobs/N.stop`.

What this does not do: it decides nothing about a job.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from fullfile.server.settings import get_home

__all__ = ["Told", "ask_to_stop", "forget", "read_told", "shall_stop", "tell"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a running job last told.

    Attributes:
        done, total: how much of how much; total 0: not known.
        doing: what it does now, in a few words without names of cases or people.
        beat_ms: when its worker last showed that it lives, UTC milliseconds.
    """

    done: int = 0
    total: int = 0
    doing: str = ""
    beat_ms: int = 0


def tell(job: int, told: Told) -> None:
    """Keep how far a job is. A disk that is full keeps none, and the job goes on."""
    place = _folder() / f"{job}.json"
    waiting = place.with_name(f".{job}.{os.getpid()}")
    with contextlib.suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        waiting.write_text(json.dumps(asdict(told)), "utf-8")
        waiting.replace(place)


def read_told(job: int) -> Told:
    """What a job last told; nothing where it told nothing."""
    try:
        said = json.loads((_folder() / f"{job}.json").read_text("utf-8"))
        return Told(int(said["done"]), int(said["total"]), str(said["doing"]), int(said["beat_ms"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Told()


def ask_to_stop(job: int) -> None:
    """Ask a running job to stop at its next step."""
    _folder().mkdir(exist_ok=True)
    (_folder() / f"{job}.stop").touch()


def shall_stop(job: int) -> bool:
    """Whether somebody asked it to stop."""
    return (_folder() / f"{job}.stop").exists()


def forget(job: int) -> None:
    """Take the files of a job away that has ended."""
    for ending in ("json", "stop"):
        with contextlib.suppress(OSError):
            (_folder() / f"{job}.{ending}").unlink(missing_ok=True)


def _folder() -> Path:
    return get_home() / "jobs"
