"""Seeded chance, and the slips of the hand that people make when they type.

One generator serves a whole county, so the same seed gives the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Chance"]

_T = TypeVar("_T")
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class Chance(random.Random):
    """Seeded chance with the few questions that a county asks of it."""

    def happens(self, share: float) -> bool:
        """True in that share of the calls."""
        return self.random() < share

    def one(self, things: Sequence[_T]) -> _T:
        """One of them, all alike. Quicker than `choice`, which matters a hundred million times."""
        return things[int(self.random() * len(things))]

    def below(self, number: int) -> int:
        """A whole number from 0 to `number` - 1."""
        return int(self.random() * number)

    def count(self, mean: float) -> int:
        """A small count with about this mean: the whole part, and one more by chance, spread a little."""
        spread = mean * (0.4 + 1.2 * self.random())
        whole = int(spread)
        return whole + (self.random() < spread - whole)

    def pattern(self, shape: str) -> str:
        """A number by its shape: `#` a digit, `?` a letter, the rest as it is."""
        return "".join(
            str(self.below(10)) if mark == "#" else self.one(_LETTERS) if mark == "?" else mark
            for mark in shape
        )

    def slip(self, text: str) -> str:
        """The text with one slip: two letters swapped, one left out, doubled or replaced."""
        if len(text) < 4:
            return text
        at = 1 + self.below(len(text) - 2)
        how = self.below(4)
        if how == 0:
            return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
        if how == 1:
            return text[:at] + text[at + 1 :]
        if how == 2:
            return text[:at] + text[at] + text[at:]
        return text[:at] + self.one("aeiorstnl") + text[at + 1 :]
