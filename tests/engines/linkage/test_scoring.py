"""Candidates weighed, by arrays small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from fullfile.engines.linkage.evidence import KEPT
from fullfile.engines.linkage.model import CONTEXT, model_of
from fullfile.engines.linkage.scoring import (
    NONE,
    ONE_MATTER,
    best_of,
    chance,
    context_of,
    score,
    share_found,
    shifted_base,
)
from tests.engines.linkage.making import a_model

EVIDENCE, NUMBER, LINKED, RIVALS = range(4)


NOBODY = -9.0


def context(rows, matter=None):
    """Rows of (item, case, bits, report)."""
    item, case, sums, report = (np.array(one) for one in zip(*rows, strict=True))
    return context_of(item, case, sums.astype(float), report, matter or {}, NOBODY)


def test_no_candidates_have_no_context():
    none = np.zeros(0, dtype=np.int64)
    assert context_of(none, none, np.zeros(0), none, {}, NOBODY).shape == (0, len(CONTEXT))


def test_a_lone_candidate_has_a_rival_that_is_always_there():
    assert context([(1, 10, 4.0, -1)]).tolist() == [[4.0, NONE, NONE, NOBODY - 4.0]]


def test_the_strongest_rival_counts_and_only_of_the_same_item():
    found = context([(1, 10, 4.0, -1), (1, 11, 7.0, -1), (1, 12, 1.0, -1), (2, 10, 9.0, -1)])
    assert found[:, EVIDENCE].tolist() == [4.0, 7.0, 1.0, 9.0]
    assert found[:, RIVALS].tolist() == [3.0, -3.0, 6.0, NOBODY - 9.0]


def test_linked_cases_are_no_rivals_and_speak_for_each_other():
    rows = [(1, 10, 4.0, -1), (1, 11, 7.0, -1), (1, 12, 1.0, -1), (1, 13, 3.0, -1)]
    found = context(rows, {10: 10, 11: 10, 12: 10})
    assert found[:, LINKED].tolist() == [7.0, 4.0, 7.0, NONE]
    assert found[:, RIVALS].tolist() == [-1.0, -4.0, 2.0, 4.0]


def test_items_under_one_number_speak_for_each_other_but_not_for_themselves():
    found = context(
        [(1, 10, 4.0, 7), (1, 11, 1.0, 7), (2, 10, 6.0, 7), (3, 10, 5.0, 8), (4, 10, 9.0, -1)]
    )
    assert found[:, NUMBER].tolist() == [6.0, NONE, 4.0, NONE, NONE]


def test_context_by_hand_equals_context_by_looking_at_every_pair():
    chosen = np.random.default_rng(3)
    rows = sorted(
        {
            (int(i), int(c)): (int(i), int(c), float(np.round(chosen.normal(0, 5), 3)), int(i) % 5)
            for i, c in chosen.integers(0, 12, (120, 2))
        }.values()
    )
    matter = {2: 2, 3: 2, 5: 5, 6: 5, 7: 5}
    found = context(rows, matter)
    for at, (item, case, bits, report) in enumerate(rows):
        group = matter.get(case, ("own", case))
        mine = [row for row in rows if row[0] == item and row[1] != case]
        rivals = [row[2] for row in mine if matter.get(row[1], ("own", row[1])) != group]
        linked = [row[2] for row in mine if matter.get(row[1], ("own", row[1])) == group]
        number = [r[2] for r in rows if r[3] == report and r[1] == case and r[0] != item]
        best = max([bits, *linked]) if linked else bits
        assert best >= bits
        assert found[at, RIVALS] == pytest.approx(max([NOBODY, *rivals]) - bits)
        assert found[at, LINKED] == pytest.approx(max(linked, default=NONE))
        assert found[at, NUMBER] == pytest.approx(max(number, default=NONE))


def telling_model():
    """The model that comes with the program, but for a mark that tells much whatever else it was taught."""
    data = dict(a_model().data)
    mark = {"edges": ["1"], "bits": ["0", "12"], "missing": "0"}
    return model_of({**data, "shapes": {**data["shapes"], "mark": mark}})


def candidates(model, rows):
    """A table of candidates: (item, case, number, features that are on record)."""
    columns = {
        name: pa.array([row[3].get(name) for row in rows], pa.float64()) for name in model.features
    }
    return pa.table(
        {
            "item_id": pa.array([row[0] for row in rows], pa.int64()),
            "case_id": pa.array([row[1] for row in rows], pa.int32()),
            "report_id": pa.array([row[2] for row in rows], pa.int32()),
            **columns,
        }
    )


def test_the_same_sum_in_another_order_stands_on_the_same_step():
    model = telling_model()
    just_below = 0.1 + 0.2 + 0.3 + 0.4 - 4e-16
    table = candidates(model, [(1, 10, None, {"mark": 1.0}), (2, 10, None, {"mark": just_below})])
    at = model.features.index("mark")
    assert just_below < 1.0
    assert score(table, model, {}).evidence[:, at].tolist() == [12.0, 12.0]


def test_bits_add_up_and_what_is_not_on_record_has_its_own_weight():
    model = telling_model()
    table = candidates(model, [(1, 10, None, {"mark": 12.0}), (1, 11, None, {}), (2, 10, 5, {})])
    scored = score(table, model, {}, base=0.0)
    missing = [model.shapes[name].missing for name in model.features]
    assert scored.evidence[1].tolist() == pytest.approx(missing)
    assert scored.evidence.sum(axis=1) + 0 == pytest.approx([row.sum() for row in scored.evidence])
    assert scored.bits == pytest.approx(scored.context.sum(axis=1))
    assert np.isfinite(scored.bits).all()
    assert scored.bits[0] > scored.bits[1]
    assert len(scored.of_item(1).case) == 2
    moved = score(table, model, {}, base=3.0)
    assert moved.bits == pytest.approx(scored.bits + 3.0)
    assert best_of(scored).tolist() == pytest.approx([scored.bits[0], scored.bits[2]])


def test_what_bears_on_one_case_of_a_matter_bears_on_the_others():
    model = telling_model()
    rows = [(1, case, None, {"mark": 12.0} if case == 10 else {}) for case in (10, 11, 12)]
    alone = score(candidates(model, rows), model, {}, base=0.0)
    linked = score(candidates(model, rows), model, {10: 10, 11: 10}, base=0.0)
    assert linked.bits == pytest.approx(linked.context.sum(axis=1))
    assert linked.bits[1] >= linked.bits[0] - ONE_MATTER - 1e-9
    assert linked.bits[1] > alone.bits[1]
    assert linked.bits[2] == pytest.approx(alone.bits[2])


def test_a_run_without_candidates_is_weighed_too():
    model = a_model()
    scored = score(candidates(model, []), model, {})
    assert len(scored.bits) == len(best_of(scored)) == 0
    assert scored.evidence.shape == (0, len(model.features))
    assert 0 < share_found(best_of(scored), 0, model) < 1
    assert 0 < share_found(best_of(scored), 1_000, model) < model.share


def test_bits_are_chances():
    assert chance(np.array([0.0, 1.0, -1.0])).tolist() == pytest.approx([1 / 2, 2 / 3, 1 / 3])
    assert chance(np.array([-1e6, 1e6])).tolist() == pytest.approx([0.0, 1.0])


@pytest.mark.parametrize("true_share", [0.1, 0.3, 0.6, 0.85])
def test_the_share_of_a_mixture_is_found(true_share):
    """Bits of what belongs and of what does not, as a model that is right about both would give them."""
    data = {
        **a_model().data,
        "share": "0.3",
        "base": "0",
        "belongs": [["-40", "-40"], ["40", "40"]],
    }
    model = model_of(data)
    chosen = np.random.default_rng(11)
    many = 4_000
    belongs = chosen.random(many) < true_share
    # Of two bell curves of one width the log odds are a straight line.
    seen = chosen.normal(np.where(belongs, 1.5, -1.5), 1.0)
    bits = 3.0 * seen / np.log(2) + np.log2(0.3 / 0.7)
    found = share_found(bits, many, model)
    assert found == pytest.approx(true_share, abs=0.03)


def test_the_base_moves_by_the_odds():
    model = model_of({**a_model().data, "share": "0.5", "base": "-2"})
    assert shifted_base(model, 0.5, 5_000) == pytest.approx(-2)
    assert shifted_base(model, 0.8, 5_000) == pytest.approx(0)
    # Among few cases each is likelier before any evidence.
    assert shifted_base(model, 0.5, KEPT // 2) == pytest.approx(-1)
    assert shifted_base(model, 0.5, 0) == pytest.approx(shifted_base(model, 0.5, 1))
