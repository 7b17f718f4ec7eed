"""What a run of `link` suggested: the counts, what was skipped, and each item with its cases.

The list tells of each suggestion only the reasons that weigh most; the whole sum is in `link`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any  # plain data, as read from JSON

from fullfile.engines.report.link import (
    SMALL,
    Model,
    Reason,
    model_of,
    reasons_of,
    said_chance,
)
from fullfile.engines.report.view import counted

__all__ = ["Listed", "Suggested", "Suggestions", "suggestions_of"]

_STRONGEST = 3
"""So many reasons are told for each suggestion of a list."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One case suggested for an item of a list."""

    case_number: str
    title: str
    probability: Decimal
    rank: int
    reasons: tuple[Reason, ...]

    @property
    def chance(self) -> str:
        """The probability as people say it."""
        return said_chance(float(self.probability))

    @property
    def strongest(self) -> tuple[Reason, ...]:
        """The reasons that weigh most, for or against; the small ones only where there is nothing else."""
        ordered = sorted(self.reasons, key=lambda one: -abs(one.weight))
        return tuple(one for one in ordered if abs(one.weight) >= SMALL)[:_STRONGEST] or tuple(
            ordered[:1]
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a list with what is suggested for it."""

    agency: str
    tag: str
    description: str
    suggestions: tuple[Suggested, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a run suggested.

    Attributes:
        looked_at: items looked at.
        suggested: items with a suggestion.
        above: of these, items with one at or above the threshold.
        threshold: from this probability on an item is an exception.
        new: items with a suggestion that the last run did not make; None where nobody counted.
        entry: the entry that recorded the run.
        skipped: what was left out, in sentences.
        model, share: what the run rests on.
        items: the items that are listed.
    """

    looked_at: int
    suggested: int
    above: int
    threshold: Decimal
    new: int | None
    entry: int
    skipped: tuple[str, ...]
    model: Model
    share: Decimal | None
    items: tuple[Listed, ...]

    @property
    def heading(self) -> str:
        """The counts in a sentence."""
        said = [
            f"{counted(self.looked_at, 'item')} looked at",
            f"{self.suggested:,} with a suggestion",
            f"{self.above:,} of them at {said_chance(float(self.threshold))} or more",
        ]
        if self.new is not None:
            said.append(f"{self.new:,} new since the last run")
        return f"{', '.join(said)}."

    @property
    def found(self) -> str:
        """How many of the items looked at belong to a case; nothing where the run cannot say."""
        if self.share is None:
            return ""
        return f"About {said_chance(float(self.share))} of the items looked at belong to a case, as this run found."


def suggestions_of(data: Mapping[str, Any]) -> Suggestions:
    """The view of a run.

    Args:
        data: what the run found. `new` (items new since the last run), `threshold` (0.5 unless given)
            and `above` (items at or above it; counted from the items listed unless given) may stand in it.
    """
    threshold = Decimal(str(data.get("threshold", "0.5")))
    items = tuple(
        Listed(
            one["agency"],
            one["tag"],
            one.get("description") or "",
            tuple(_suggested(each) for each in one["suggestions"]),
        )
        for one in data["items"]
    )
    above = data.get("above")
    if above is None:
        above = sum(any(each.probability >= threshold for each in one.suggestions) for one in items)
    share = data.get("share")
    return Suggestions(
        looked_at=data["looked_at"],
        suggested=data["suggested"],
        above=above,
        threshold=threshold,
        new=data.get("new"),
        entry=data["entry"],
        skipped=tuple(data.get("skipped", ())),
        model=model_of(data["model"]),
        share=None if share is None else Decimal(str(share)),
        items=items,
    )


def _suggested(found: Mapping[str, Any]) -> Suggested:
    return Suggested(
        case_number=found["case_number"],
        title=found.get("title") or "",
        probability=Decimal(str(found["probability"])),
        rank=int(found["rank"]),
        reasons=reasons_of(found["reasons"]),
    )
