"""A model of persons that can be read: for each level how often it occurs, and in which words."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fullfile.engines.linkage.people.levels import COMPARISONS

__all__ = ["PeopleModel", "load_priors", "read_priors"]


@cache
def read_priors() -> Mapping[str, Any]:
    """The table of priors as it stands in `priors.json`."""
    data: Mapping[str, Any] = json.loads(
        (files("fullfile.engines.linkage.people") / "priors.json").read_text("utf-8")
    )
    return data


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
        return json.dumps(
            {
                "model": self.name,
                "version": self.version,
                "trained_on": self.trained_on,
                "match_rate": self.match_rate,
                "levels": {
                    comparison: {level: {"m": m, "u": u} for level, (m, u) in levels.items()}
                    for comparison, levels in self.levels.items()
                },
            },
            indent=2,
        )

    @classmethod
    def from_json(cls, text: str) -> PeopleModel:
        """Read what `to_json` wrote."""
        data = json.loads(text)
        return cls(
            name=data["model"],
            version=data["version"],
            trained_on=data["trained_on"],
            match_rate=data["match_rate"],
            levels=_read_levels(data["levels"]),
        )

    def why(self, levels: Mapping[str, Any]) -> list[str]:
        """The levels of a pair (a row of `pairs`, or `Pair.levels`) in words, without what is not known."""
        told = []
        for comparison in COMPARISONS:
            number = int(levels[comparison.name])
            level = comparison.named(number)
            words = level.words if level else comparison.differs if number == 0 else ""
            if words:
                told.append(words)
        return told

    def weight(self, comparison: str, level: str) -> float:
        """The bits of one level (`differs` for none) before its term frequency."""
        m, u = self.levels[comparison][level]
        return math.log2(m / u)


def _read_levels(data: Mapping[str, Any]) -> dict[str, dict[str, tuple[float, float]]]:
    return {
        comparison: {level: (both["m"], both["u"]) for level, both in levels.items()}
        for comparison, levels in data.items()
    }


def load_priors(records: int = 0) -> PeopleModel:
    """The model that comes with the program, for an office with so many person records.

    Args:
        records: the more there are, the less likely two at random are one person.
    """
    data = read_priors()
    rate = data["matches_of_a_record"] / max(records, 1)
    return PeopleModel(
        name=data["model"],
        version=data["version"],
        trained_on=data["trained_on"],
        match_rate=min(rate, data["greatest_match_rate"]),
        levels=_read_levels(data["levels"]),
    )
