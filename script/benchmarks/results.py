"""What was measured: one flat row for each measurement and size, and how to read them together."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Result", "exponent", "joined", "last_step", "load", "median", "percentile", "save"]

Machine = dict[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement at one size.

    Attributes:
        name: the measurement (`import`, `append`, …), as `script/bench NAME` takes it.
        engine: `sqlite`, `postgresql`, `duckdb`.
        size: items, or entries where the measurement is of entries.
        figures: what was measured; seconds, rows per second, megabytes.
    """

    name: str
    engine: str
    size: int
    figures: dict[str, Any] = field(default_factory=dict)  # numbers, and counts by state


def exponent(points: Iterable[tuple[float, float]]) -> float | None:
    """The power with which a cost grows: the slope of the straight line through the logarithms."""
    logs = [(math.log(size), math.log(cost)) for size, cost in points if size > 0 and cost > 0]
    if len(logs) < 2:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread if spread else None


def last_step(points: Iterable[tuple[float, float]]) -> float | None:
    """The same between the two largest sizes, where the start of a program weighs least."""
    return exponent(sorted(points)[-2:])


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return percentile(values, 50)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` percent lie."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def save(path: Path, results: Sequence[Result], machine: Machine) -> None:
    """Write everything that one run measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = {"machine": machine, "results": [asdict(one) for one in results]}
    path.write_text(json.dumps(held, indent=1) + "\n", "utf-8")


def joined(before: Iterable[Result], now: Iterable[Result]) -> list[Result]:
    """The results of two runs: what was measured again counts as it was measured last."""
    found = {(one.name, one.engine, one.size): one for one in (*before, *now)}
    return sorted(found.values(), key=lambda one: (one.name, one.engine, one.size))


def load(path: Path) -> tuple[list[Result], Machine]:
    """Read what `save` wrote."""
    held = json.loads(path.read_text("utf-8"))
    return [Result(**one) for one in held["results"]], held["machine"]
