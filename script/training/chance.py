"""Chance with a seed: the one source of every draw, so that a seed names a county."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

__all__ = ["Chance", "Weighted"]

T = TypeVar("T")


class Chance(random.Random):
    """Draws in the words that a county needs."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.random() * len(options))]

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """As many different ones as there are, at most `most`."""
        return self.sample(options, min(most, len(options)))

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.random() * (high - low + 1))

    def spread(self, low: float, high: float) -> float:
        """Even over orders of size: as often in 1..10 as in 10..100."""
        return math.exp(self.between(math.log(low), math.log(high)))

    def few(self, mean: float, most: int) -> int:
        """A small count with this mean, zero most often."""
        count = 0
        while count < most and self.random() < mean / (1 + mean):
            count += 1
        return count

    def digits(self, length: int) -> str:
        return "".join(self.pick("0123456789") for _ in range(length))

    def letters(self, length: int) -> str:
        return "".join(self.pick("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(length))


class Weighted(Generic[T]):
    """Options of which a few are common: the weight falls with the rank."""

    def __init__(self, options: Sequence[T], steepness: float) -> None:
        self.options = options
        self._sums = list(accumulate((rank + 1) ** -steepness for rank in range(len(options))))

    def pick(self, chance: Chance) -> T:
        picked: T = chance.choices(self.options, cum_weights=self._sums)[0]
        return picked
