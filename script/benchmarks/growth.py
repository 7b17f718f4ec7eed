"""How the cost grows with the size: the exponents, and the points to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.results import Result, exponent, last_step

__all__ = ["Growth", "growths"]

_COSTS = {
    "import": ("import of items", "items_seconds"),
    "match": ("match of everything", "seconds"),
    "verify": ("log verify", "seconds"),
}


@dataclass(frozen=True, slots=True)
class Growth:
    """One kind of work on one engine.

    Attributes:
        points: (size, seconds), ascending.
        exponent: of the line of least squares through all of them, on logarithms.
        last_step: between the two largest.
    """

    name: str
    work: str
    engine: str
    points: tuple[tuple[int, float], ...]
    exponent: float | None
    last_step: float | None


def growths(results: Sequence[Result]) -> list[Growth]:
    """Everything that was measured at more than one size."""
    found = []
    for name, (work, cost) in _COSTS.items():
        engines = dict.fromkeys(one.engine for one in results if one.name == name)
        for engine in engines:
            points = sorted(
                (one.size, float(one.figures[cost]))
                for one in results
                if (one.name, one.engine) == (name, engine)
            )
            if len(points) > 1:
                fit, last = exponent(points), last_step(points)
                found.append(Growth(name, work, engine, tuple(points), fit, last))
    return found
