"""What is read twice under the writer's lock is read once: nobody else can have changed it in between.

    with reading_once():                       # `append.unit_of_work` does, and nobody else
        read_once("agencies", _read_agencies)  # asks the database
        read_once("agencies", _read_agencies)  # gives the same again

Only what is derived from the record is kept, and only until something is appended in the same unit of work. Outside
one nothing is kept, and every question goes to the database.

What this does not do: it keeps nothing from one unit of work to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

__all__ = ["forget", "keep", "read_once", "reading_once"]

T = TypeVar("T")
_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("fullfile_locked", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Keep what is read until the lock is given back."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def read_once(name: Hashable, read: Callable[[], T]) -> T:
    """What was read under a name, or read now. Callers change nothing of it."""
    kept = _kept.get()
    if kept is None:
        return read()
    if name not in kept:
        kept[name] = read()
    found: T = kept[name]
    return found


def keep(name: Hashable, found: object) -> None:
    """Keep what is known already; outside a unit of work, nothing."""
    kept = _kept.get()
    if kept is not None:
        kept[name] = found


def forget() -> None:
    """Something is recorded: what was read before may not hold any more."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()
