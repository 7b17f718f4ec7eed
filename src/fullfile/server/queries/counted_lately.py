"""What takes long to count over a whole large record is counted anew every half minute, not for every page.

A start page of an office of a hundred thousand cases counts all of them several times over; eight people who work
would have it done several times a second, for numbers that nobody reads to the last digit while others work. A count
that is quickly made is never kept, so that what somebody has just done shows; a list that a count leads to is read
anew each time, and so is what one case says. Small records are counted for every page.

Nobody waits for a number that was good half a minute ago: it is given once more, and counted anew beside. One that is
older than three minutes is not given any more.

What this does not do: it keeps nothing beyond its process, and nothing about one case.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar

from fullfile.server.queries.match import SMALL
from fullfile.server.settings import database_address
from fullfile.server.store.beside import release_connection

__all__ = ["lately"]

T = TypeVar("T")
_FRESH_SECONDS = 30.0
_GOOD_SECONDS = 180.0
_SLOW_SECONDS = 0.02
"""What is counted in less is counted each time."""
_MOST = 500
_Place = tuple[str, Hashable]
_kept: dict[_Place, tuple[float, Any]] = {}
_being_counted: set[_Place] = set()
_lock = Lock()
_beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="counts")
_log = logging.getLogger(__name__)


def lately(
    name: Hashable, size: int, count: Callable[[], T], good_seconds: float = _GOOD_SECONDS
) -> T:
    """A count of the last minutes, or a new one.

    Args:
        name: what is counted, with all that decides it: day, filter.
        size: of the record; up to `SMALL` entries nothing is kept.
        count: counts; it may be called in another thread, later, and may know nothing of the page that asked.
        good_seconds: how old it may be, where whoever asks adds what came since.
    """
    if size <= SMALL:
        return count()
    place = (database_address(), name)
    now = time.monotonic()
    with _lock:
        kept = _kept.get(place)
        good = kept is not None and now - kept[0] < good_seconds
        again = good and kept is not None and now - kept[0] >= _FRESH_SECONDS
        ask = again and place not in _being_counted
        if ask:
            _being_counted.add(place)
    if ask:
        _beside.submit(_count_beside, place, count)
    if good and kept is not None:
        found: T = kept[1]
        return found
    return _count(place, count)


def _count(place: _Place, count: Callable[[], T]) -> T:
    began = time.monotonic()
    made = count()
    ended = time.monotonic()
    with _lock:
        if ended - began < _SLOW_SECONDS:
            _kept.pop(place, None)
            return made
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[place] = (ended, made)
    return made


def _count_beside(place: _Place, count: Callable[[], Any]) -> None:
    try:
        if place[0] == database_address():  # else the office was closed, and another one opened
            _count(place, count)
    except Exception:  # noqa: BLE001 - whatever it was: the next page counts itself, and says so
        _log.exception("a count failed: %s", place[1])
        with _lock:
            _kept.pop(place, None)
    finally:
        with _lock:
            _being_counted.discard(place)
        release_connection()
