"""After booking: look for the cases that the new thing may belong to, and wait for no more than a moment.

The counter is never kept waiting: what is not found by then is found in the background and waits in the review.
Without the index that the last run over everything left, nothing is looked for here, and it is said so.

What this does not do: it decides nothing, and whoever booked a thing does not decide what it belongs to.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from threading import Lock, Thread

from django.db import connections

from fullfile.core.errors import FullfileError
from fullfile.engines.linkage.booking import find_index
from fullfile.server.actions.link import run_link
from fullfile.server.settings import get_home
from fullfile.server.store.load import current_size

__all__ = ["WAITS_SECONDS", "Looked", "look_for_cases"]

WAITS_SECONDS = 2.0
log = logging.getLogger("fullfile.linkage")


class Looked(StrEnum):
    """How far the look went."""

    DONE = "done"
    NOT_YET = "not_yet"
    NO_INDEX = "no_index"
    FAILED = "failed"


def look_for_cases(
    agency: str, tag: str, *, by: str, now_ms: int, waits: float = WAITS_SECONDS
) -> Looked:
    """Look for cases of one thing; what is suggested is recorded as a run of `link` for it.

    Args:
        agency: whose it is.
        tag: its tag.
        by: who asks.
        now_ms: what the clock says, UTC milliseconds.
        waits: at most so many seconds.
    """
    if find_index(get_home() / "linkage", current_size()) is None:
        return Looked.NO_INDEX
    thing = (str(get_home()), agency, tag)
    with _door:
        for done in [one for one, look in _under_way.items() if not look.is_alive()]:
            del _under_way[done]
        look = _under_way.get(thing)
        if (
            look is None
        ):  # a page that is loaded again waits for the look that is under way, and begins no other
            look = _under_way[thing] = _Look(agency, tag, by, now_ms)
            look.start()
    look.join(waits)
    return look.came


class _Look(Thread):
    """One look, and how far it came."""

    def __init__(self, agency: str, tag: str, by: str, now_ms: int) -> None:
        super().__init__(name="look-for-cases", daemon=True)
        self.came = Looked.NOT_YET
        self._of = (agency, tag, by, now_ms)

    def run(self) -> None:
        """Look, and say how it ended."""
        agency, tag, by, now_ms = self._of
        came = Looked.FAILED
        try:
            run_link(by, now_ms=now_ms, only=(agency, tag))
            came = Looked.DONE
        except FullfileError:
            log.exception("no suggestions for a thing that was booked")
        finally:
            connections.close_all()
            self.came = came


_door = Lock()
_under_way: dict[tuple[str, str, str], _Look] = {}
"""The looks of this process, by home, agency and tag."""
