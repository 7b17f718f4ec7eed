"""The model that comes with the program, and models as JSON."""

from __future__ import annotations

import hashlib
import json
import math

import numpy as np
import pytest
import rfc8785

from fullfile.engines.linkage.features import FEATURES, NAMES
from fullfile.engines.linkage.model import (
    CONTEXT,
    Line,
    Shape,
    load_model,
    model_of,
    shipped_model_path,
)


@pytest.fixture(scope="module")
def shipped():
    return load_model()


def test_the_shipped_model_is_known_by_its_canonical_bytes(shipped):
    data = json.loads(shipped_model_path().read_text("utf-8"))
    assert shipped.digest == "sha256:" + hashlib.sha256(rfc8785.dumps(data)).hexdigest()
    shuffled = dict(reversed(list(data.items())))
    assert model_of(shuffled).digest == shipped.digest
    assert model_of({**data, "version": "other"}).digest != shipped.digest
    assert shipped.name == "linkage"
    assert shipped.version
    assert shipped.trained_on


def numbers_in(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif not isinstance(value, str):
        yield value


def test_a_model_holds_no_floats(shipped):
    assert list(numbers_in(dict(shipped.data))) == []


def test_every_feature_has_a_shape_and_every_shape_a_feature(shipped):
    assert shipped.features == NAMES
    assert set(shipped.shapes) == set(NAMES)
    assert shipped.groups == {one.name: one.group for one in FEATURES}
    assert set(shipped.context) == set(CONTEXT)
    assert 0 < shipped.share < 1
    for name, shape in shipped.shapes.items():
        assert len(shape.bits) == len(shape.edges) + 1, name
        assert (np.diff(shape.edges) > 0).all(), name
        assert np.isfinite(shape.bits).all(), name
        assert math.isfinite(shape.missing), name


@pytest.mark.parametrize(
    "feature", [one for one in FEATURES if one.trend == 1], ids=lambda f: f.name
)
def test_more_evidence_is_never_counted_against_a_case(shipped, feature):
    # Edges and bits are written in thousandths.
    assert (np.diff(shipped.shapes[feature.name].bits) >= -0.0015).all()


def test_what_else_is_suggested_lifts_and_rivals_lower(shipped):
    for name, line in shipped.context.items():
        sign = -1 if name == "rivals" else 1
        assert (sign * np.diff(line.ys) >= -0.0015).all(), name
        assert (np.diff(line.xs) > 0).all(), name
    assert (np.diff(shipped.belongs.ys) >= -0.0015).all()


def test_a_shape_is_a_step_function_that_knows_what_is_missing():
    shape = Shape(np.array([1.0, 5.0]), np.array([0.0, 2.0, 3.0]), -0.5)
    found = shape.at(np.array([-9.0, 0.999, 1.0, 4.9, 5.0, 1e9, np.nan, np.inf, -np.inf]))
    assert found.tolist() == [0.0, 0.0, 2.0, 2.0, 3.0, 3.0, -0.5, 3.0, 0.0]


def test_a_line_is_flat_outside_its_points():
    line = Line(np.array([-1.0, 1.0]), np.array([0.0, 4.0]))
    assert line.at(np.array([-9.0, 0.0, 9.0])).tolist() == [0.0, 2.0, 4.0]
