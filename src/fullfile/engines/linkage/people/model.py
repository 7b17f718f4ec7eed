"""A model of persons that can be read: for each level how often it occurs, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["PeopleModel", "load_priors"]


@dataclass(frozen=True, slots=True)
class PeopleModel:
    """Which agreement weighs how much.

    Attributes:
        name, version: which model.
        trained_on: what the numbers come from, in words.
        match_rate: the probability that two records taken at random are one person.
        levels: by comparison and level (m, u): how often among the same, among different persons.
    """

    name: str
    version: str
    trained_on: str
    match_rate: float
    levels: Mapping[str, Mapping[str, tuple[float, float]]]

    def to_json(self) -> str:
        """The model as text that a person can read."""
        raise NotImplementedError

    @classmethod
    def from_json(cls, text: str) -> PeopleModel:
        """Read what `to_json` wrote."""
        raise NotImplementedError

    def why(self, levels: Mapping[str, int]) -> list[str]:
        """The levels of a pair (a row of `pairs`, or `Pair.levels`) in words."""
        raise NotImplementedError

    def weight(self, comparison: str, level: int) -> float:
        """The bits of one level before its term frequency."""
        raise NotImplementedError


def load_priors(records: int = 0) -> PeopleModel:
    """The model that comes with the program, for an office with so many person records."""
    raise NotImplementedError
