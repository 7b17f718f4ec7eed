"""When the whole record was last checked, and what came of it: a small file of the home, beside the checkpoint.

It is told on the page of the record and proves nothing: whoever doubts runs the check again.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass

from fullfile.server.settings import get_home

__all__ = ["LastCheck", "find_check", "keep_check"]

_FILE = "last-check.json"
_MOST = 20


@dataclass(frozen=True, slots=True)
class LastCheck:
    """A check of the whole record: when (UTC milliseconds), of how many entries, what was found wrong."""

    at_ms: int
    size: int
    findings: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def keep_check(check: LastCheck) -> None:
    """Keep it, in the place of the one before. A home that cannot be written keeps none."""
    place = get_home() / _FILE
    waiting = place.with_name(f".{_FILE}.{os.getpid()}")
    said = asdict(check) | {"findings": list(check.findings[:_MOST])}
    with contextlib.suppress(OSError):
        waiting.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        waiting.replace(place)


def find_check() -> LastCheck | None:
    """The last check; None where none was made here, or its file cannot be read."""
    try:
        said = json.loads((get_home() / _FILE).read_text("utf-8"))
        return LastCheck(int(said["at_ms"]), int(said["size"]), tuple(map(str, said["findings"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None
