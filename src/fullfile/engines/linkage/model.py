"""A model of which evidence weighs how much: JSON that a person can read, known by its digest.

Three layers, all of them sums, so that every probability can be shown as a waterfall of weights in bits (each bit
doubles the odds):

1. `shapes`: for each feature a step function from its value to bits.
2. `context`: what else is suggested for the item: linked cases, items under the same number, rival cases.
3. `prior`: the bits before any evidence. A run moves it to the share of items that it finds to belong to a case.

What this does not do: it learns nothing (`training` does), and reads no record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rfc8785

__all__ = ["CONTEXT", "OWN", "Model", "load_model", "model_of", "shipped_model_path"]

Floats = npt.NDArray[np.float64]

OWN = ", own"
"""How the name of an office's own model ends."""
CONTEXT = ("evidence", "same_number", "linked_case", "rivals")
"""The inputs of the second layer."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A step function: `bits[k]` for values from `edges[k-1]` to below `edges[k]`; `missing` where not on record."""

    edges: Floats
    bits: Floats
    missing: float

    def at(self, values: Floats) -> Floats:
        """The bits of values; NaN is missing."""
        found = self.bits[np.searchsorted(self.edges, values, side="right")]
        return np.where(np.isnan(values), self.missing, found)


@dataclass(frozen=True, slots=True)
class Line:
    """A piecewise linear function through points, flat outside them."""

    xs: Floats
    ys: Floats

    def at(self, values: Floats) -> Floats:
        """Its value."""
        return np.interp(values, self.xs, self.ys)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of evidence.

    Attributes:
        name, version, digest: which model.
        trained_on: what the weights come from, in words.
        features: the names of the features in the order of columns.
        shapes: by feature.
        groups: the group of each feature.
        context: by `CONTEXT`, lines that add bits.
        base: bits added to every sum of the first layer.
        nobody: the sum of the first layer that a rival has at the least: one can always be imagined.
        belongs: from the bits of an item's likeliest case to the bits that it belongs to any.
        share: the share of items without a case that belong to one, for which `base` holds.
        data: the model as JSON.
    """

    name: str
    version: str
    digest: str
    trained_on: str
    features: tuple[str, ...]
    shapes: Mapping[str, Shape]
    groups: Mapping[str, str]
    context: Mapping[str, Line]
    base: float
    nobody: float
    belongs: Line
    share: float
    data: Mapping[str, Any]

    @property
    def is_own(self) -> bool:
        """Whether an office learned it from its own things."""
        return self.name.endswith(OWN)

    def bits(self, table: Mapping[str, Floats]) -> Floats:
        """The bits of each feature of each candidate: an array (candidates, features)."""
        columns = [self.shapes[name].at(table[name]) for name in self.features]
        return np.stack(columns, axis=1) if columns else np.zeros((0, 0))


def shipped_model_path() -> Path:
    """Where the model that comes with the program lies."""
    return Path(__file__).resolve().parents[2] / "models" / "linkage.json"


def load_model(path: Path | None = None) -> Model:
    """Read a model: the one that comes with the program, or another.

    Args:
        path: a file of the same form.
    """
    return model_of(json.loads((path or shipped_model_path()).read_text("utf-8")))


def model_of(data: Mapping[str, Any]) -> Model:
    """A model from its JSON. Numbers stand as text in thousandths, so that its bytes are canonical."""
    shapes = {
        name: Shape(
            np.array([float(edge) for edge in one["edges"]]),
            np.array([float(bits) for bits in one["bits"]]),
            float(one["missing"]),
        )
        for name, one in data["shapes"].items()
    }
    context = {name: _line(points) for name, points in data["context"].items()}
    return Model(
        name=data["model"],
        version=data["version"],
        digest="sha256:" + hashlib.sha256(rfc8785.dumps(dict(data))).hexdigest(),
        trained_on=data["trained_on"],
        features=tuple(data["features"]),
        shapes=shapes,
        groups=dict(data["groups"]),
        context=context,
        base=float(data["base"]),
        nobody=float(data["nobody"]),
        belongs=_line(data["belongs"]),
        share=float(data["share"]),
        data=data,
    )


def _line(points: Sequence[Sequence[str]]) -> Line:
    return Line(np.array([float(x) for x, _ in points]), np.array([float(y) for _, y in points]))
