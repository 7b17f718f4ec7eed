"""How well suggestions find the true cases of orphans, and what they cost the people who read them.

Every figure is over what `truth.csv` names and nothing else:

- **recall in the first k**: of all orphans, those whose true case is among the
  first k suggestions. An orphan without a suggestion is a miss.
- **matter recall**: the same, with a case of the true case's matter counting too.
- **average precision**: orphans against property of nobody, ordered by the
  probability of the first suggestion (0 without one); ties stand together.
- **calibration error**: over the first suggestions, in ten bins of equal width:
  the mean distance between what was said and how often it was right, weighted
  by the bins' sizes. For property of nobody every suggestion is wrong. Once
  without the items that got no suggestion, once with them, as 0 and not right.
- **read per find**: the suggestions at or above the threshold, divided by the
  orphans whose true case is among those suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = [
    "DEPTHS",
    "THRESHOLD",
    "UNRELATED",
    "Bin",
    "Figures",
    "Key",
    "Recall",
    "Suggestion",
    "Truth",
    "average_precision",
    "calibration_error",
    "reliability",
    "score",
]

DEPTHS = (1, 5, 20)
THRESHOLD = 0.5
UNRELATED = ("unrelated", "tempting")
"""The kinds of `truth.csv` that name no case."""
_BINS = 10

Key = tuple[str, str]
"""An item: agency and tag."""


class Truth(NamedTuple):
    """What is true of one item. `cases` is empty for property of nobody."""

    kind: str
    cases: frozenset[str]


class Suggestion(NamedTuple):
    """One suggested case, as `fullfile link --format json` has it."""

    agency: str
    tag: str
    case_number: str
    rank: int
    probability: float


@dataclass(frozen=True, slots=True)
class Recall:
    """Of `orphans`, the shares found in the first 1, 5 and 20; and by matter."""

    orphans: int
    first: dict[int, float]
    matter: dict[int, float]


@dataclass(frozen=True, slots=True)
class Bin:
    """First suggestions whose probability lies in one tenth: how many, said, and right."""

    low: float
    high: float
    count: int
    said: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is measured of one set of suggestions.

    Attributes:
        recall: by kind of orphan, and under `together`.
        average_precision: orphans against property of nobody.
        calibration_error: over items with a suggestion.
        calibration_error_all: with those without one as 0.
        read_per_find: suggestions at the threshold for each orphan found by them; None: none was found.
        read: suggestions at the threshold.
        found: orphans whose true case is among them.
        unrelated_shown: of the property of nobody, the share that somebody has to read about at the threshold.
        without: items of the truth without a suggestion.
        outside: suggestions for items that the truth does not name; they count for nothing.
        bins: the table of reliability.
    """

    recall: dict[str, Recall]
    average_precision: float
    calibration_error: float
    calibration_error_all: float
    read_per_find: float | None
    read: int
    found: int
    unrelated_shown: float
    without: int
    outside: int
    bins: tuple[Bin, ...]


def score(
    truth: Mapping[Key, Truth],
    suggestions: Iterable[Suggestion],
    matters: Mapping[str, frozenset[str]],
    *,
    threshold: float = THRESHOLD,
) -> Figures:
    """Hold suggestions against the truth.

    Args:
        truth: every orphan and all property of nobody.
        suggestions: in any order; an item's best has rank 1.
        matters: by case number, the cases of its matter; a case that is not there stands alone.
        threshold: from which probability on a person reads a suggestion.
    """
    by_item: dict[Key, list[Suggestion]] = {}
    outside = 0
    for one in suggestions:
        key = (one.agency, one.tag)
        if key in truth:
            by_item.setdefault(key, []).append(one)
        else:
            outside += 1
    for ranked in by_item.values():
        ranked.sort(key=lambda one: one.rank)
    firsts = [
        (ranked[0].probability, ranked[0].case_number in truth[key].cases)
        for key, ranked in by_item.items()
    ]
    without = len(truth) - len(by_item)
    read, found, shown = _reading(truth, by_item, threshold)
    nobodys = sum(1 for one in truth.values() if not one.cases)
    return Figures(
        recall=_recalls(truth, by_item, matters),
        average_precision=average_precision(
            [
                (by_item[key][0].probability if key in by_item else 0.0, bool(one.cases))
                for key, one in truth.items()
            ]
        ),
        calibration_error=calibration_error(firsts),
        calibration_error_all=calibration_error([*firsts, *[(0.0, False)] * without]),
        read_per_find=read / found if found else None,
        read=read,
        found=found,
        unrelated_shown=shown / nobodys if nobodys else 0.0,
        without=without,
        outside=outside,
        bins=reliability(firsts),
    )


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    """The area under precision by recall, in steps: sum of (gain in recall) x (precision there).

    Equal scores cannot be put in an order, so they are taken in one step.
    """
    wanted = sum(1 for _, right in scored if right)
    if not wanted:
        return 0.0
    seen = hits = 0
    area = last = 0.0
    ordered = sorted(scored, key=lambda one: -one[0])
    for at, (value, right) in enumerate(ordered):
        seen += 1
        hits += right
        if at + 1 < len(ordered) and ordered[at + 1][0] == value:
            continue
        recall = hits / wanted
        area += (recall - last) * hits / seen
        last = recall
    return area


def reliability(firsts: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Ten bins of equal width, of (probability, right); 1.0 belongs to the last."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for probability, right in firsts:
        held[min(_BINS - 1, int(probability * _BINS))].append((probability, right))
    return tuple(
        Bin(
            low=at / _BINS,
            high=(at + 1) / _BINS,
            count=len(inside),
            said=sum(value for value, _ in inside) / len(inside) if inside else None,
            right=sum(1 for _, right in inside if right) / len(inside) if inside else None,
        )
        for at, inside in enumerate(held)
    )


def calibration_error(firsts: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal width; 0 where nothing was said."""
    return sum(
        one.count / len(firsts) * abs(one.said - one.right)
        for one in reliability(firsts)
        if one.said is not None and one.right is not None
    )


def _recalls(
    truth: Mapping[Key, Truth],
    by_item: Mapping[Key, list[Suggestion]],
    matters: Mapping[str, frozenset[str]],
) -> dict[str, Recall]:
    orphans: dict[str, int] = {}
    exact: dict[tuple[str, int], int] = {}
    near: dict[tuple[str, int], int] = {}
    for key, one in truth.items():
        if not one.cases:
            continue
        matter = one.cases.union(*(matters.get(case, frozenset()) for case in one.cases))
        for kind in (one.kind, "together"):
            orphans[kind] = orphans.get(kind, 0) + 1
            for depth in DEPTHS:
                shown = {it.case_number for it in by_item.get(key, ()) if it.rank <= depth}
                exact[kind, depth] = exact.get((kind, depth), 0) + bool(shown & one.cases)
                near[kind, depth] = near.get((kind, depth), 0) + bool(shown & matter)
    orphans.setdefault("together", 0)
    return {
        kind: Recall(
            orphans=count,
            first={depth: exact[kind, depth] / count for depth in DEPTHS if count},
            matter={depth: near[kind, depth] / count for depth in DEPTHS if count},
        )
        for kind, count in sorted(orphans.items())
    }


def _reading(
    truth: Mapping[Key, Truth], by_item: Mapping[Key, list[Suggestion]], threshold: float
) -> tuple[int, int, int]:
    """Suggestions at the threshold; orphans found by them; property of nobody among them."""
    read = found = shown = 0
    for key, ranked in by_item.items():
        over = [one.case_number for one in ranked if one.probability >= threshold]
        read += len(over)
        found += bool(truth[key].cases.intersection(over))
        shown += bool(over and not truth[key].cases)
    return read, found, shown
