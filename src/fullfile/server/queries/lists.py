"""The order in which lines are listed."""

from __future__ import annotations

from collections.abc import Iterable

from fullfile.core.matching import Line, State

__all__ = ["sort_lines"]

_ORDER = {state: place for place, state in enumerate(State)}


def sort_lines(lines: Iterable[Line]) -> list[Line]:
    """Lines in the contract's order of states, then by case, the oldest first."""
    return sorted(
        lines,
        key=lambda line: (
            _ORDER[line.state],
            line.case_number or "",
            line.held_since or "9999",
            line.agency or "",
            line.tag or "",
            line.defendant or "",
        ),
    )
