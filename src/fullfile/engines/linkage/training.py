"""Learning the weights: from candidates whose true case is known, layer by layer, into a model that can be read.

1. Shapes: boosted stumps (scikit-learn) over features cut at a few edges. A stump asks one question of one feature, so
   what is learned is a sum of step functions; more evidence is never counted against a case where the feature has a trend.
2. Context: a logistic regression over lines through fixed points, each rising or falling only.

An office's own training changes neither: it learns by what to multiply the bits of each group of features
(`scales_of`), held near the shipped model where there is little to learn from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullfile.engines.linkage.features import FEATURES
from fullfile.engines.linkage.model import CONTEXT, Model, model_of
from fullfile.engines.linkage.scoring import columns_of, context_of

__all__ = ["Lesson", "learn", "learn_scales"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_EDGES = 24
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
        name, version, trained_on: what the model says of itself.
        seed: of the order in which the stumps see the rows.
    """
    names = tuple(one.name for one in FEATURES)
    columns = {
        one: np.concatenate([columns_of((one,), each.candidates)[one] for each in lessons])
        for one in names
    }
    true = np.concatenate([each.true for each in lessons])
    edges = {one: _edges(values) for one, values in columns.items()}
    shapes = _stumps(columns, true, edges, seed)
    data: dict[str, Any] = {
        "model": name,
        "version": version,
        "trained_on": trained_on,
        "features": list(names),
        "groups": {one.name: one.group for one in FEATURES},
        "shapes": shapes,
        "scales": {},
        "context": {one: [["0", "0"]] for one in CONTEXT},
        "base": "0",
        "share": "0.5",
    }
    data["context"], data["base"] = _second_layer(model_of(data), lessons)
    items = sum(each.items for each in lessons)
    data["share"] = _text(sum(each.belonging for each in lessons) / items)
    return model_of(data)


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
    columns: Mapping[str, Floats], true: npt.NDArray[np.bool_], edges: Mapping[str, Floats], seed: int
) -> dict[str, Any]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    coded = np.stack(
        [
            np.where(np.isnan(values), np.nan, np.searchsorted(edges[one], values, side="right"))
            for one, values in columns.items()
        ],
        axis=1,
    )
    trees = HistGradientBoostingClassifier(
        max_leaf_nodes=2,
        learning_rate=0.2,
        max_iter=300,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        monotonic_cst=[one.trend for one in FEATURES],
        random_state=seed,
    ).fit(coded, true)
    # A sum of stumps is known by its values along each axis.
    origin = np.zeros((1, coded.shape[1]))
    at_origin = float(trees.decision_function(origin)[0])
    shapes: dict[str, Any] = {}
    for at, one in enumerate(columns):
        places = np.repeat(origin, len(edges[one]) + 2, axis=0)
        places[:-1, at] = np.arange(len(edges[one]) + 1)
        places[-1, at] = np.nan
        bits = (trees.decision_function(places) - at_origin) / _LN2
        shapes[one] = {
            "edges": [_text(edge) for edge in edges[one]],
            "bits": [_text(value) for value in bits[:-1]],
            "missing": _text(bits[-1]),
        }
    return shapes


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
        [np.ones(len(_POINTS["evidence"][0]) - 1), np.zeros(design.shape[1] - len(_POINTS["evidence"][0]) + 1)]
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
        context[name] = [[_text(x), _text(y)] for x, y in zip(points, heights, strict=True)]
    return context, _text(base)


def _inputs(model: Model, lesson: Lesson) -> Floats:
    table = lesson.candidates
    item = table.column("item_id").to_numpy().astype(np.int64)
    case = table.column("case_id").to_numpy().astype(np.int64)
    report = table.column("report_id").cast(pa.int64()).fill_null(-1).to_numpy().astype(np.int64)
    sums = model.bits(columns_of(model.features, table)).sum(axis=1)
    return context_of(item, case, sums, report, lesson.matter)


def _ramps(values: Floats, points: Sequence[float]) -> Floats:
    """How far each value has gone along each stretch between points."""
    clipped = np.clip(values, points[0], points[-1])
    return np.stack(
        [np.clip(clipped - low, 0, high - low) for low, high in zip(points, points[1:], strict=False)],
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
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x)


def learn_scales(model: Model, lessons: Sequence[Lesson], *, trained_on: str) -> Model:
    """An office's own model: the shipped one, the bits of each group of features multiplied anew.

    Args:
        model: the model to begin with.
        lessons: the office's own filed items, with what ties them to their case hidden.
        trained_on: what the model says of it.
    """
    groups = sorted({one.group for one in FEATURES})
    sums = []
    for each in lessons:
        bits = model.bits(columns_of(model.features, each.candidates))
        sums.append(
            np.stack(
                [
                    bits[:, [model.groups[name] == group for name in model.features]].sum(axis=1)
                    for group in groups
                ],
                axis=1,
            )
        )
    design = np.concatenate([np.concatenate(sums), np.ones((sum(map(len, sums)), 1))], axis=1)
    true = np.concatenate([each.true for each in lessons])
    held = np.concatenate([np.ones(len(groups)), [0.0]])
    fitted = _logistic(design, true, held.copy(), held=held, strength=50.0, free=1)
    data = dict(model.data)
    data["trained_on"] = trained_on
    data["scales"] = {
        group: _text(model.scales.get(group, 1.0) * float(scale))
        for group, scale in zip(groups, fitted, strict=False)
    }
    data["context"], data["base"] = _second_layer(model_of(data), lessons)
    items = sum(each.items for each in lessons)
    data["share"] = _text(sum(each.belonging for each in lessons) / items)
    return model_of(data)
