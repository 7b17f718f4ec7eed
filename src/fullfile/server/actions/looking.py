"""After booking: look for the cases that the new thing may belong to, and wait for no more than a moment.

The counter is never kept waiting: what is not found by then is found in the background and waits in the review.
Without the index that the last run over everything left, nothing is looked for here, and it is said so.

What this does not do: it decides nothing, and whoever booked a thing does not decide what it belongs to.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from threading import Thread

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
    came: list[Looked] = []

    def look() -> None:
        try:
            run_link(by, now_ms=now_ms, only=(agency, tag))
            came.append(Looked.DONE)
        except FullfileError:
            log.exception("no suggestions for a thing that was booked")
            came.append(Looked.FAILED)
        finally:
            connections.close_all()

    thread = Thread(target=look, name="look-for-cases", daemon=True)
    thread.start()
    thread.join(waits)
    return came[0] if came else (Looked.NOT_YET if thread.is_alive() else Looked.FAILED)
