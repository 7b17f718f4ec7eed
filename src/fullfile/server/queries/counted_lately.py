"""What is counted over all cases of a large record is counted anew every half minute, not for every page.

A start page of an office of a hundred thousand cases counts all of them several times over; eight people who work
would have it done several times a second, for numbers that nobody reads to the last digit while others work. A list that
a count leads to is read anew each time, and so is what one case says. Small records are counted for every page.

What this does not do: it keeps nothing beyond its process, and nothing about one case.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from fullfile.server.queries.match import SMALL
from fullfile.server.settings import database_address

__all__ = ["lately"]

T = TypeVar("T")
_SECONDS = 30.0
_MOST = 500
_kept: dict[Hashable, tuple[float, Any]] = {}
_lock = Lock()


def lately(name: Hashable, size: int, count: Callable[[], T]) -> T:
    """A count of the last seconds, or a new one.

    Args:
        name: what is counted, with all that decides it: day, filter.
        size: of the record; up to `SMALL` entries nothing is kept.
        count: counts.
    """
    if size <= SMALL:
        return count()
    place = (database_address(), name)
    now = time.monotonic()
    with _lock:
        kept = _kept.get(place)
    if kept is not None and now - kept[0] < _SECONDS:
        found: T = kept[1]
        return found
    made = count()
    with _lock:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[place] = (now, made)
    return made
