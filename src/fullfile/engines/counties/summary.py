"""One county's figures as plain values, and those of several counties together: median, least and most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from fullfile.engines.counties.scoring import DEPTHS, Bin, Figures

__all__ = ["MEASURES", "Spread", "as_values", "measures", "missed_share", "pooled", "spreads"]

MEASURES = (
    *(f"recall_{depth}" for depth in DEPTHS),
    *(f"matter_recall_{depth}" for depth in DEPTHS),
    "average_precision",
    "calibration_error",
    "calibration_error_all",
    "read_per_find",
    "unrelated_shown",
)
"""The measures of a whole county, in the order in which they are shown."""


class Spread(NamedTuple):
    """A measure over several counties."""

    median: float
    least: float
    most: float
    counties: int


def measures(figures: Figures) -> dict[str, float | None]:
    """The figures of a county as flat values; with `:kind` behind the recall of each kind of orphan."""
    found: dict[str, float | None] = {
        "average_precision": figures.average_precision,
        "calibration_error": figures.calibration_error,
        "calibration_error_all": figures.calibration_error_all,
        "read_per_find": figures.read_per_find,
        "unrelated_shown": figures.unrelated_shown,
    }
    for kind, recall in figures.recall.items():
        ending = "" if kind == "together" else f":{kind}"
        for depth in DEPTHS:
            found[f"recall_{depth}{ending}"] = recall.first.get(depth)
            found[f"matter_recall_{depth}{ending}"] = recall.matter.get(depth)
    return found


def as_values(figures: Figures) -> dict[str, object]:
    """The figures of a county for JSON."""
    return {
        "recall": {
            kind: {
                "orphans": recall.orphans,
                "first": {str(depth): _round(value) for depth, value in recall.first.items()},
                "matter": {str(depth): _round(value) for depth, value in recall.matter.items()},
            }
            for kind, recall in figures.recall.items()
        },
        "average_precision": _round(figures.average_precision),
        "calibration_error": _round(figures.calibration_error),
        "calibration_error_all": _round(figures.calibration_error_all),
        "read_per_find": _round(figures.read_per_find),
        "read": figures.read,
        "found": figures.found,
        "unrelated_shown": _round(figures.unrelated_shown),
        "without": figures.without,
        "outside": figures.outside,
        "reliability": [bin_values(one) for one in figures.bins],
    }


def bin_values(one: Bin) -> dict[str, object]:
    """A row of the reliability table for JSON."""
    return {
        "low": one.low,
        "high": one.high,
        "count": one.count,
        "said": _round(one.said),
        "right": _round(one.right),
    }


def missed_share(ours: Figures, theirs: Figures, depth: int = 5) -> float | None:
    """Our misses in the first five as a share of theirs; None where they missed nothing."""
    missed = [1 - one.recall["together"].first.get(depth, 0.0) for one in (ours, theirs)]
    return missed[0] / missed[1] if missed[1] > 0 else None


def spreads(rows: Iterable[Mapping[str, float | None]]) -> dict[str, Spread]:
    """Each measure over all counties that have it."""
    held: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.items():
            if value is not None:
                held.setdefault(name, []).append(value)
    return {
        name: Spread(median(values), min(values), max(values), len(values))
        for name, values in held.items()
    }


def pooled(tables: Sequence[Sequence[Bin]]) -> list[Bin]:
    """The reliability tables of several counties as one: every suggestion counts once."""
    found = []
    for bins in zip(*tables, strict=True):
        count = sum(one.count for one in bins)
        said = sum(one.count * (one.said or 0.0) for one in bins)
        right = sum(one.count * (one.right or 0.0) for one in bins)
        found.append(
            Bin(
                bins[0].low,
                bins[0].high,
                count,
                said / count if count else None,
                right / count if count else None,
            )
        )
    return found


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
