"""Exceptions by person, and how fresh the boards are that they are counted from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fullfile.server.queries.boards import boards_state_now
from fullfile.server.store.keys import find_cases
from fullfile.server.store.responsible import Responsible, count_responsible

__all__ = ["ByPerson", "exceptions_by_person"]


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Exceptions by person; `waiting`: so many boards are being worked out anew meanwhile."""

    rows: list[Responsible]
    waiting: int


def exceptions_by_person(numbers: Collection[str] | None = None) -> ByPerson:
    """Exceptions by the prosecutor whom a case names.

    Args:
        numbers: in these cases only; None: in all.
    """
    only = None if numbers is None else sorted(find_cases(list(numbers)).values())
    return ByPerson(count_responsible(only), boards_state_now().stale)
