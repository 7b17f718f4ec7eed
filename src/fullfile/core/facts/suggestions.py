"""What `link` suggested for an item, as it stood on a day: contract, section 2, `orphan`.

A suggestion occurred on the latest day of the facts it rests on. It is kept as steps, one for each day on
which a further fact came: facts after the day asked for do not count. A suggestion is open until somebody
accepted or rejected it. A run that did not see every entry of an item has not examined it as it now is.

What this does not do: it suggests nothing; `engines.linkage` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from fullfile.core.entries import Entry
from fullfile.core.ids import key, midnight

__all__ = [
    "Examinations",
    "Step",
    "Suggested",
    "millionths",
    "read_examinations",
    "step_moment",
]

_ALWAYS = -(2**62)
"""The moment of a step that rests on facts without a day."""

Item = tuple[str, str]
Data = Mapping[str, Any]
"""JSON of an entry."""


def millionths(probability: str) -> int:
    """A probability as text, as a whole number.

    >>> millionths("0.97"), millionths("1")
    (970000, 1000000)
    """
    return int((Decimal(probability) * 1_000_000).to_integral_value(ROUND_HALF_EVEN))


def step_moment(day: str) -> int:
    """The first moment of a step's day; before everything where its facts have no day."""
    return midnight(date.fromisoformat(day)) if day else _ALWAYS


@dataclass(frozen=True, slots=True)
class Step:
    """From a moment on, a probability (as text). `day`: as the entry says it."""

    moment: int
    probability: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion of a case for an item.

    Attributes:
        case: the key of the case.
        number: its number as it was written.
        steps: in order of their moments.
        reasons: as the entry has them.
        entry: the entry that made it.
    """

    case: str
    number: str
    steps: tuple[Step, ...]
    reasons: tuple[Data, ...]
    entry: int

    def at(self, moment: int) -> str | None:
        """The probability that the facts up to a moment give; None before the first of them."""
        step = self.last_step(moment)
        return step.probability if step else None

    def last_step(self, moment: int) -> Step | None:
        """The step that counts at a moment."""
        found = [step for step in self.steps if step.moment <= moment]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Examinations:
    """The runs of `link` and what they left standing, as of a size.

    Attributes:
        all_to: the largest size that a run over everything read; -1 without one.
        item_to: the same for runs over one item.
        suggested: what stands for each item.
    """

    all_to: int
    item_to: Mapping[Item, int]
    suggested: Mapping[Item, tuple[Suggested, ...]]

    def covers(self, item: Item, last_entry: int) -> bool:
        """Whether a run saw the item with all its entries, the last of which is given."""
        return last_entry < max(self.all_to, self.item_to.get(item, -1))


def read_examinations(entries: Iterable[Entry]) -> Examinations:
    """Read runs and suggestions; entries of other types are passed over."""
    all_to = -1
    item_to: dict[Item, int] = {}
    suggested: dict[Item, tuple[Suggested, ...]] = {}
    for entry in entries:
        if entry.type == "link.ran":
            size = int(entry.data["size"])
            if entry.data.get("tag"):
                item = (key(entry.data["agency"]), key(entry.data["tag"]))
                item_to[item] = max(size, item_to.get(item, -1))
            else:
                all_to = max(size, all_to)
        elif entry.type == "suggestion.made":
            item = (key(entry.data["agency"]), key(entry.data["tag"]))
            suggested[item] = tuple(_suggested(entry, one) for one in entry.data["suggestions"])
    return Examinations(all_to, item_to, suggested)


def _suggested(entry: Entry, one: Data) -> Suggested:
    steps = sorted(
        (Step(step_moment(step["on"]), step["probability"], step["on"]) for step in one["steps"]),
        key=lambda step: step.moment,
    )
    return Suggested(
        case=key(one["case_number"]),
        number=one["case_number"],
        steps=tuple(steps),
        reasons=tuple(one["reasons"]),
        entry=entry.index,
    )
