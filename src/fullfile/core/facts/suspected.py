"""Which suggestions stand open for an item: those that nobody accepted or rejected yet.

An open suggestion makes an orphan an exception, and it is a hold (contract, sections 1 and 2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fullfile.core.facts.rows import Facts, ItemKey
from fullfile.core.facts.suggestions import Suggested, millionths
from fullfile.core.said import Said, say

__all__ = ["DECIDED", "Open", "chance_said", "open_suggestions"]

DECIDED = ("accept", "reject")
"""Decisions that close a suggestion, until a later fact raises it again."""


@dataclass(frozen=True, slots=True)
class Open:
    """A suggestion that is open at a moment."""

    suggested: Suggested
    probability: str


def chance_said(probability: str) -> Said:
    """A probability as people say it; never quite certain.

    >>> chance_said("0.97"), chance_said("0.999")
    ('97 in 100', 'more than 99 in 100')
    """
    of_hundred = round(float(probability) * 100)
    if of_hundred > 99:
        return say("more than 99 in 100")
    return say("{n} in 100", n=of_hundred) if of_hundred else say("less than 1 in 100")


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
