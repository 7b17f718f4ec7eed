"""Learning: an order is recovered from a small lesson, by what an office has, and the same bytes come twice."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
import sklearn.ensemble  # noqa: F401 - its threads can be limited once it is loaded
from threadpoolctl import threadpool_limits

from fullfile.engines.linkage.features import FEATURES, NAMES
from fullfile.engines.linkage.model import CONTEXT
from fullfile.engines.linkage.scoring import best_of, score
from fullfile.engines.linkage.training import FEWEST_STRAYS, Lesson, learn, learn_own
from tests.engines.linkage.making import a_model, text_of

EACH = 6
"""Candidates of one made-up item."""


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    """Threads that wait for each other on a busy machine take longer than the small lessons do."""
    with threadpool_limits(1):
        yield


def lesson(items, belonging, seed, *, empty=()):
    """Items with a few candidates each; a mark tells the true case, a street half tells it, the rest is noise.

    Args:
        items: how many.
        belonging: how many of them belong to one of their candidates.
        seed: of the noise.
        empty: features that are on record nowhere.
    """
    chosen = np.random.default_rng(seed)
    rows = items * EACH
    true = np.zeros(rows, dtype=bool)
    true[np.arange(belonging) * EACH + chosen.integers(0, EACH, belonging)] = True
    columns = {one.name: np.full(rows, one.neutral) for one in FEATURES}
    columns["mark"] = np.where(chosen.random(rows) < np.where(true, 0.7, 0.03), 10.0, 0.0)
    columns["tie"] = np.where(columns["mark"] > 0, 1.0, 0.0)
    columns["street"] = np.where(chosen.random(rows) < np.where(true, 0.5, 0.2), 6.0, 0.0)
    columns["words_case"] = chosen.gamma(2.0, 1.5, rows) + np.where(true, 1.5, 0.0)
    columns["after_opening"] = chosen.integers(-40, 900, rows).astype(float)
    for name in empty:
        columns[name] = np.full(rows, np.nan)
    table = pa.table(
        {
            "item_id": np.repeat(np.arange(1, items + 1), EACH),
            "case_id": pa.array(
                chosen.permuted(np.tile(np.arange(1, 41), items)[:rows]), pa.int32()
            ),
            "report_id": pa.array([None] * rows, pa.int32()),
            **columns,
        }
    )
    return Lesson(table, true, items, belonging, {3: 3, 4: 3})


def learned(*lessons):
    return learn(lessons, name="made up", version="1", trained_on="noise")


@pytest.fixture(scope="module")
def taught():
    one = lesson(500, 250, 1)
    return one, learned(one)


def right(model, one):
    """Of the items that belong, how many have their true case first."""
    scored = score(one.candidates, model, one.matter)
    items = scored.item[one.true]
    first = best_of(scored)[np.searchsorted(np.unique(scored.item), items)]
    return float(np.mean(scored.bits[one.true] >= first))


def test_an_order_is_recovered(taught):
    _, model = taught
    fresh = lesson(300, 150, 2)
    shape = model.shapes["mark"]
    assert right(model, fresh) > 0.7
    assert shape.at(np.array([10.0]))[0] - shape.at(np.array([0.0]))[0] > 2
    scored = score(fresh.candidates, model, fresh.matter)
    assert scored.bits[fresh.true].mean() > scored.bits[~fresh.true].mean() + 3


def test_chances_are_about_right(taught):
    _, model = taught
    fresh = lesson(400, 200, 3)
    assert score(fresh.candidates, model, fresh.matter).probability.sum() == pytest.approx(
        200, rel=0.2
    )


def test_the_model_keeps_its_trends_and_its_form(taught):
    _, model = taught
    assert model.features == NAMES
    assert set(model.context) == set(CONTEXT)
    assert model.share == pytest.approx(0.5)
    for one in FEATURES:
        if one.trend == 1:
            assert (np.diff(model.shapes[one.name].bits) >= -0.0015).all(), one.name
    for name, line in model.context.items():
        sign = -1 if name == "rivals" else 1
        assert (sign * np.diff(line.ys) >= -0.0015).all(), name
    assert (np.diff(model.belongs.ys) >= -0.0015).all()


def test_the_same_lesson_gives_the_same_bytes(taught):
    one, model = taught
    assert text_of(learned(one)) == text_of(model)


def test_a_feature_that_is_on_record_nowhere_weighs_nothing():
    model = learned(lesson(200, 100, 4, empty=("phone", "after_opening")))
    for name in ("phone", "after_opening"):
        shape = model.shapes[name]
        assert np.isfinite([*shape.bits, shape.missing]).all()
    assert np.isfinite(float(model.data["base"]))


@pytest.mark.parametrize("strays", [FEWEST_STRAYS, 0])
def test_an_office_learns_its_own_weights_from_what_it_has(taught, strays):
    _, shipped = taught
    known = lesson(max(strays, 1), strays, 5)
    others = lesson(400, 150, 6)
    own = learn_own(shipped, known, others, version="2024-06-01", trained_on="its own things")
    assert own.digest != shipped.digest
    assert own.name == "made up, own"
    assert own.trained_on == "its own things"
    assert own.features == NAMES
    assert np.isfinite([one.bits.sum() + one.missing for one in own.shapes.values()]).all()
    if strays == FEWEST_STRAYS:
        fresh = lesson(200, 200, 7)
        assert right(own, fresh) >= right(shipped, fresh) - 0.05
    else:
        again = learn_own(shipped, known, others, version="2024-06-01", trained_on="its own things")
        assert text_of(again) == text_of(own)


@pytest.mark.parametrize("others", [lesson(0, 0, 8), lesson(3, 0, 8, empty=NAMES)])
def test_an_office_without_anything_to_learn_from_keeps_what_it_has(others):
    shipped = a_model()
    nothing = lesson(0, 0, 8)
    assert learn_own(shipped, nothing, others, version="1", trained_on="nothing") is shipped
