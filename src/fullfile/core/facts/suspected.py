"""Which suggestions stand open for an item: those that nobody accepted or rejected yet.

An open suggestion makes an orphan an exception, and it is a hold (contract, sections 1 and 2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fullfile.core.facts.rows import Facts, ItemKey
from fullfile.core.facts.suggestions import Suggested, millionths

__all__ = ["DECIDED", "Open", "open_suggestions"]

DECIDED = ("accept", "reject")
"""Decisions that close a suggestion, until a later fact raises it again."""


@dataclass(frozen=True, slots=True)
class Open:
    """A suggestion that is open at a moment."""

    suggested: Suggested
    probability: str


def open_suggestions(
    facts: Facts,
    item: ItemKey,
    moment: int,
    threshold: str,
    shown: Callable[[str], int] | None = None,
) -> list[Open]:
    """The suggestions for an item that stand open at a moment, the likeliest first.

    Args:
        facts: the rows that count.
        item: the item.
        moment: as the office's clock shows it (ms).
        threshold: the probability from which one counts.
        shown: the moment as the clock of a case shows it; None: as the office's does.
    """
    found = []
    for suggested in facts.examinations.suggested.get(item, ()):
        step = suggested.last_step(moment)
        if step is None or millionths(step.probability) < millionths(threshold):
            continue
        decided = max(
            (
                row.last
                for row in facts.of_item("links", item)
                if row.case == suggested.case
                and row.text("decision") in DECIDED
                and row.last is not None
                and row.last <= (moment if shown is None else shown(suggested.case))
            ),
            default=None,
        )
        if decided is None or step.moment > decided:
            found.append(Open(suggested, step.probability))
    return sorted(found, key=lambda one: (-millionths(one.probability), one.suggested.case))
