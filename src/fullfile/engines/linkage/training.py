"""Learning the weights: from candidates whose true case is known, layer by layer, into a model that can be read.

1. Shapes: boosted stumps (scikit-learn) over features cut at a few edges. A stump asks one question of one feature, so
   what is learned is a sum of step functions; more evidence is never counted against a case where the feature has a trend.
2. Context: a logistic regression over lines through fixed points, each rising or falling only.

An office learns from its own *strays*: things that came under a number no case lists and were filed in a case all the
same. They are what orphans look like once somebody found their case. What the items without a case look like is
learned from themselves, as far as the model takes them for property of no case. The office's shapes are the mean of its own
and the shipped ones, so a habit of one year does not carry everything away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullfile.engines.linkage.features import FEATURES, TIES
from fullfile.engines.linkage.model import CONTEXT, OWN, Model, model_of
from fullfile.engines.linkage.scoring import (
    NONE,
    best_of,
    chance,
    columns_of,
    context_of,
    reports_of,
    score,
    share_found,
    shifted_base,
)

__all__ = ["FEWEST_STRAYS", "Lesson", "learn", "learn_own"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_EDGES = 24
_NEUTRAL = {one.name: one.neutral for one in FEATURES}
_FALSE_FOR_TRUE = 15.0
_COUNTS = 1e-3
"""A candidate that weighs less is left out."""
_LN2 = float(np.log(2.0))

_POINTS: dict[str, tuple[tuple[float, ...], int]] = {
    # where the lines of the second layer bend, and whether they rise (1) or fall (-1)
    "evidence": ((-25, -15, -10, -6, -3, 0, 3, 6, 10, 15, 25), 1),
    "same_number": ((-8, -4, 0, 4, 8, 16), 1),
    "linked_case": ((-8, -4, 0, 4, 8, 16), 1),
    "rivals": ((-16, -8, -4, -2, 0, 2, 4, 8), -1),
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Candidates of one county, and which of them are true.

    Attributes:
        candidates: as `evidence.find_candidates` gives them.
        true: of each candidate whether the item belongs to the case.
        items: how many items were looked at, those without a candidate too.
        belonging: how many of them belong to a case.
        matter: by case the number of its group of linked cases.
    """

    candidates: pa.Table
    true: npt.NDArray[np.bool_]
    items: int
    belonging: int
    matter: Mapping[int, int]


def learn(
    lessons: Sequence[Lesson], *, name: str, version: str, trained_on: str, seed: int = 7
) -> Model:
    """Learn a whole model.

    Args:
        lessons: one for each county.
        name: of the model.
        version: of the model.
        trained_on: what it says of itself.
        seed: of the sample of what is false, and of the order in which stumps see rows.
    """
    shapes = _shapes(
        [(each.candidates, each.true, np.ones(len(each.true))) for each in lessons], seed
    )
    data = _data(name, version, trained_on, shapes)
    return _finished(data, lessons)


def learn_own(
    shipped: Model, strays: Lesson, others: Lesson, *, version: str, trained_on: str, seed: int = 7
) -> Model:
    """Learn an office's own model.

    Args:
        shipped: the model to begin with.
        strays: things that came under a foreign number and were filed all the same; at least `FEWEST_STRAYS`
            of them teach what is true, fewer only help.
        others: the items without a case; `true` is not read.
        version: of the model.
        trained_on: what it says of itself.
        seed: as in `learn`.

    Returns:
        The office's own model; the shipped one where there is nothing to learn from.
    """
    guess = score(others.candidates, shipped, others.matter)
    share = share_found(best_of(guess), others.items, shipped)
    likely = chance(guess.bits - shipped.base + shifted_base(shipped, share, 1_000))
    enough = strays.belonging >= FEWEST_STRAYS
    nothing = np.zeros(len(likely), dtype=bool)
    parts = [
        (strays.candidates, strays.true, np.ones(len(strays.true))),
        (others.candidates, nothing, (1 - likely) * (0.25 if enough else 1.0)),
    ]
    if not enough:
        parts.append((others.candidates, ~nothing, np.where(likely > 0.02, likely, 0.0)))
    counted = [true[weight > _COUNTS] for _, true, weight in parts]
    if len(set(np.concatenate(counted).tolist())) < 2:
        # Nothing is true, or nothing false: there is no difference to learn.
        return shipped
    own = _data("own", version, trained_on, _shapes(parts, seed))
    data = _data(
        f"{shipped.name}{OWN}", version, trained_on, _mean(dict(shipped.data), own)["shapes"]
    )
    lessons = [strays, _without_case(strays)] if enough else [_imagined(others, likely, seed)]
    return _finished(data, lessons)


def _finished(data: dict[str, Any], lessons: Sequence[Lesson]) -> Model:
    """The model with its second layer and what it knows of items as a whole."""
    data["nobody"] = _text(_nobody(model_of(data), lessons))
    data["context"], data["base"] = _second_layer(model_of(data), lessons)
    items = sum(each.items for each in lessons)
    data["share"] = _text(sum(each.belonging for each in lessons) / items)
    data["belongs"] = _belonging(model_of(data), lessons)
    return model_of(data)


def _nobody(model: Model, lessons: Sequence[Lesson]) -> float:
    """What the likeliest wrong case of an item has, by the median: a rival that is always there."""
    found = []
    for each in lessons:
        table = each.candidates
        sums = model.bits(columns_of(model.features, table)).sum(axis=1)
        wrong = ~each.true
        item = table.column("item_id").to_numpy()[wrong]
        if len(item):
            starts = np.flatnonzero(np.r_[True, item[1:] != item[:-1]])
            found.append(np.maximum.reduceat(sums[wrong], starts))
    return float(np.median(np.concatenate(found))) if found else NONE


def _belonging(model: Model, lessons: Sequence[Lesson]) -> list[list[str]]:
    """A rising line from the bits of an item's likeliest case to those that it belongs to any case."""
    best, belong = [], []
    for each in lessons:
        scored = score(each.candidates, model, each.matter)
        top = best_of(scored)
        items = np.unique(scored.item)
        true = np.isin(items, scored.item[each.true])
        missing = each.items - len(items)
        # Items that share nothing with any case; some of them belong to one all the same.
        hopeless = min(max(each.belonging - int(true.sum()), 0), missing)
        found = np.concatenate([true, np.zeros(missing, dtype=bool)])
        found[len(true) : len(true) + hopeless] = True
        best.append(np.concatenate([top, np.full(missing, NONE)]))
        belong.append(found)
    points = (-20.0, -14, -10, -7, -5, -3, -1, 1, 3, 6, 10)
    values, truths = np.concatenate(best), np.concatenate(belong)
    design = np.concatenate([_ramps(values, points), np.ones((len(values), 1))], axis=1)
    start = np.zeros(design.shape[1])
    fitted = _logistic(design, truths, start, held=start.copy(), strength=0.1, free=1)
    heights = np.concatenate([[0.0], np.cumsum(fitted[:-1] * np.diff(points))]) + fitted[-1]
    return [[_text(x), _text(y)] for x, y in zip(points, heights, strict=True)]


FEWEST_STRAYS = 300
"""So many strays teach an office's own weights."""


def _data(name: str, version: str, trained_on: str, shapes: dict[str, Any]) -> dict[str, Any]:
    return {
        "model": name,
        "version": version,
        "trained_on": trained_on,
        "features": [one.name for one in FEATURES],
        "groups": {one.name: one.group for one in FEATURES},
        "about": {one.name: one.about for one in FEATURES},
        "shapes": shapes,
        "context": {one: [["0", "0"]] for one in CONTEXT},
        "base": "0",
        "nobody": "-30",
        "belongs": [["0", "0"]],
        "share": "0.5",
    }


def _mean(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The mean of two models' shapes: again step functions, over the edges of both."""
    shapes = {}
    first, second = model_of(one), model_of(other)
    for name in second.features:
        left, right = first.shapes[name], second.shapes[name]
        edges = np.union1d(left.edges, right.edges)
        inside = np.concatenate([edges - 1e-6, edges[-1:]]) if len(edges) else np.zeros(1)
        bits = (left.at(inside) + right.at(inside)) / 2
        shapes[name] = {
            "edges": [_text(edge) for edge in edges],
            "bits": [_text(value) for value in bits],
            "missing": _text((left.missing + right.missing) / 2),
        }
    return {"shapes": shapes}


def _without_case(lesson: Lesson) -> Lesson:
    """The same items in a county that does not know their case: what belongs nowhere, made of what belongs."""
    matter = lesson.matter
    groups = [
        (int(item), matter.get(int(case), -int(case)))
        for item, case in zip(
            lesson.candidates.column("item_id").to_numpy(),
            lesson.candidates.column("case_id").to_numpy(),
            strict=True,
        )
    ]
    own = {group for group, true in zip(groups, lesson.true, strict=True) if true}
    kept = np.array([group not in own for group in groups], dtype=bool)
    table = lesson.candidates.filter(pa.array(kept))
    return Lesson(table, np.zeros(table.num_rows, dtype=bool), lesson.items, 0, matter)


def _imagined(lesson: Lesson, likely: Floats, seed: int) -> Lesson:
    """The items without a case, each candidate true by the chance it has: for calibration only."""
    drawn = np.random.default_rng(seed).random(len(likely)) < likely
    items = lesson.candidates.column("item_id").to_numpy()
    return Lesson(
        lesson.candidates, drawn, lesson.items, len(np.unique(items[drawn])), lesson.matter
    )


def _shapes(
    parts: Sequence[tuple[pa.Table, npt.NDArray[np.bool_], Floats]], seed: int
) -> dict[str, Any]:
    """Step functions learned from candidates, which of them are true, and what each counts."""
    chosen = np.random.default_rng(seed)
    columns: dict[str, list[Floats]] = {one.name: [] for one in FEATURES}
    truths, weights = [], []
    total = sum(float(weight[true].sum()) for _, true, weight in parts)
    false = sum(float(weight[~true].sum()) for _, true, weight in parts)
    rate = min(1.0, _FALSE_FOR_TRUE * total / max(false, 1.0))
    for table, true, weight in parts:
        # Boosting goes astray where one row in a hundred is true. Of what is false a part is enough: the second
        # layer, which sees everything, sets how likely it all is.
        kept = np.flatnonzero((true | (chosen.random(len(true)) < rate)) & (weight > 1e-3))
        for name, values in columns_of(tuple(columns), table).items():
            columns[name].append(values[kept])
        truths.append(true[kept])
        weights.append(weight[kept])
    joined = {name: np.concatenate(values) for name, values in columns.items()}
    edges = {name: _edges(values) for name, values in joined.items()}
    return _stumps(joined, np.concatenate(truths), np.concatenate(weights), edges, seed)


def _edges(values: Floats) -> Floats:
    """Where a feature is cut: quantiles of the values that are not the lowest one."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.zeros(0)
    above = known[known > known.min()]
    if not len(above):
        return np.zeros(0)
    cuts = np.quantile(above, np.linspace(0, 1, _EDGES, endpoint=False))
    return np.unique(np.round(cuts, 3))


def _stumps(
    columns: Mapping[str, Floats],
    true: npt.NDArray[np.bool_],
    weights: Floats,
    edges: Mapping[str, Floats],
    seed: int,
) -> dict[str, Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    coded = np.stack(
        [_coded(values, edges[one]) for one, values in columns.items()],
        axis=1,
    )
    trees = HistGradientBoostingClassifier(
        max_leaf_nodes=2,
        learning_rate=0.1,
        max_iter=400,
        min_samples_leaf=40,
        l2_regularization=1.0,
        early_stopping=False,
        monotonic_cst=[one.trend for one in FEATURES],
        random_state=seed,
    ).fit(coded, true, sample_weight=weights)
    # A sum of stumps is known by its values along each axis.
    origin = np.zeros((1, coded.shape[1]))
    at_origin = float(trees.decision_function(origin)[0])
    shapes: dict[str, Any] = {}
    for at, one in enumerate(columns):
        places = np.repeat(origin, len(edges[one]) + 2, axis=0)
        places[:-1, at] = np.arange(len(edges[one]) + 1)
        places[-1, at] = np.nan
        bits = (trees.decision_function(places) - at_origin) / _LN2
        # What says nothing weighs nothing; the base takes what that is worth.
        neutral = _NEUTRAL[one]
        silent = (
            -1 if np.isnan(neutral) else int(np.searchsorted(edges[one], neutral, side="right"))
        )
        bits = bits - bits[silent]
        shapes[one] = {
            "edges": [_text(edge) for edge in edges[one]],
            "bits": [_text(value) for value in bits[:-1]],
            "missing": _text(bits[-1]),
        }
    for days, tie in TIES.items():
        _move_tie(shapes, days, tie, coded[:, list(columns).index(days)])
    return shapes


def _move_tie(shapes: dict[str, Any], days: str, tie: str, codes: Floats) -> None:
    """What days of a known thing weigh on the average goes to its being known, so that a reason is told as what it is."""
    present = codes[~np.isnan(codes)].astype(int)
    bits = np.array([float(one) for one in shapes[days]["bits"]])
    if not len(present):
        return
    mean = float(bits[present].mean())
    if mean <= 0:
        return
    shapes[days]["bits"] = [_text(one - mean) for one in bits]
    own = shapes[tie]
    if not own["edges"]:
        own["edges"], own["bits"] = ["1"], ["0", "0"]
    own["bits"] = [own["bits"][0], *(_text(float(one) + mean) for one in own["bits"][1:])]


def _coded(values: Floats, edges: Floats) -> Floats:
    """By which step each value stands; NaN is missing."""
    missing = np.isnan(values)
    if missing.all():
        # On record nowhere, as in an office that keeps no such dates: it teaches nothing.
        return np.zeros(len(values))
    return np.where(missing, np.nan, np.searchsorted(edges, values, side="right"))


def _text(number: float) -> str:
    """A number as it stands in a model: in thousandths, no exponents."""
    said = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def _second_layer(model: Model, lessons: Sequence[Lesson]) -> tuple[dict[str, Any], str]:
    """Lines over the sum of the first layer and over what else is suggested, and the base."""
    inputs = np.concatenate([_inputs(model, each) for each in lessons])
    true = np.concatenate([each.true for each in lessons])
    blocks = []
    for at, name in enumerate(CONTEXT):
        points, sign = _POINTS[name]
        blocks.append(sign * _ramps(inputs[:, at], points))
    design = np.concatenate([*blocks, np.ones((len(inputs), 1))], axis=1)
    start = np.concatenate(
        [
            np.ones(len(_POINTS["evidence"][0]) - 1),
            np.zeros(design.shape[1] - len(_POINTS["evidence"][0]) + 1),
        ]
    )
    fitted = _logistic(design, true, start, held=start, strength=3.0, free=1)
    context: dict[str, Any] = {}
    at = 0
    base = float(fitted[-1])
    for name in CONTEXT:
        points, sign = _POINTS[name]
        slopes = sign * fitted[at : at + len(points) - 1]
        at += len(points) - 1
        heights = np.concatenate([[0.0], np.cumsum(slopes * np.diff(points))])
        if name == "evidence":
            # The line passes through its own value at nothing found, so that weights stay comparable.
            middle = float(np.interp(0.0, points, heights))
            heights = heights - middle
            base += middle
        if name == "rivals":
            # Where nothing is known of a case, the imagined rival is already part of what it has before any evidence.
            alone = float(np.interp(model.nobody, points, heights))
            heights = heights - alone
            base += alone
        context[name] = [[_text(x), _text(y)] for x, y in zip(points, heights, strict=True)]
    return context, _text(base)


def _inputs(model: Model, lesson: Lesson) -> Floats:
    table = lesson.candidates
    item = table.column("item_id").to_numpy().astype(np.int64)
    case = table.column("case_id").to_numpy().astype(np.int64)
    report = reports_of(table)
    sums = model.bits(columns_of(model.features, table)).sum(axis=1)
    return context_of(item, case, sums, report, lesson.matter, model.nobody)


def _ramps(values: Floats, points: Sequence[float]) -> Floats:
    """How far each value has gone along each stretch between points."""
    clipped = np.clip(values, points[0], points[-1])
    return np.stack(
        [np.clip(clipped - low, 0, high - low) for low, high in pairwise(points)],
        axis=1,
    )


def _logistic(
    design: Floats,
    true: npt.NDArray[np.bool_],
    start: Floats,
    *,
    held: Floats,
    strength: float,
    free: int,
) -> Floats:
    """Logistic regression in bits with coefficients that are not negative, held near given ones.

    Args:
        design: inputs.
        true: outcomes.
        start: where the search begins.
        held: towards which each coefficient is pulled.
        strength: how strongly.
        free: how many of the last coefficients may be of any sign and are not pulled.
    """
    from scipy.optimize import minimize

    signs = np.where(true, 1.0, -1.0)
    pulled = np.ones(len(start))
    pulled[len(start) - free :] = 0.0

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = signs * (design @ weights) * _LN2
        value = float(np.logaddexp(0, -margin).sum())
        slope = design.T @ (-signs * _LN2 / (1 + np.exp(np.clip(margin, -500, 500))))
        away = (weights - held) * pulled
        return value + strength * float(away @ away), slope + 2 * strength * away

    bounds = [(0.0, None)] * (len(start) - free) + [(None, None)] * free
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}
    )
    return np.asarray(found.x)
