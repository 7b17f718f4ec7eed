"""How far a model is off in an office that taught it nothing: found from things that are known to belong elsewhere."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from fullfile.engines.linkage.model import Model, model_of
from fullfile.engines.linkage.nowhere import bits_off, reworded
from fullfile.engines.linkage.scoring import share_found
from tests.engines.linkage.making import a_model

SHARE = 0.3


def straight() -> Model:
    """A model whose bits of the likeliest case are those of belonging."""
    return model_of(
        {
            **a_model().data,
            "share": str(SHARE),
            "base": "0",
            "belongs": [["-40", "-40"], ["40", "40"]],
        }
    )


def seen(chosen: np.random.Generator, belongs: np.ndarray) -> np.ndarray:
    """Bits that a model which is right would give, of two bell curves of one width."""
    drawn = chosen.normal(np.where(belongs, 1.0, -1.0), 1.0)
    return 2.0 * drawn / np.log(2) + np.log2(SHARE / (1 - SHARE))


@pytest.mark.parametrize("off", [-2.0, 0.0, 1.5, 3.0])
def test_bits_that_all_chances_lack_are_found_and_the_share_with_them(off: float) -> None:
    chosen = np.random.default_rng(5)
    model, many = straight(), 20_000
    filed = seen(chosen, np.zeros(many, dtype=bool)) - off
    found = bits_off(filed, many, model)
    assert found == pytest.approx(off, abs=0.25)
    belongs = chosen.random(many) < 0.55
    told = seen(chosen, belongs) - off
    assert share_found(told, many, model, off=found) == pytest.approx(0.55, abs=0.05)


def test_no_office_is_off_without_bound() -> None:
    model = straight()
    assert bits_off(np.full(1_000, -30.0), 1_000, model) == 4.0
    assert bits_off(np.full(1_000, 20.0), 1_000, model) == -4.0
    # What shares nothing with any case counts as well.
    assert bits_off(np.zeros(0), 1_000, model) == 4.0


def test_each_filed_thing_lends_one_wording_for_all_its_cases() -> None:
    table = pa.table(
        {"item_id": [1, 1, 1, 4, 9, 9], "case_id": [1, 2, 3, 1, 1, 2], "wording": [5.0] * 6}
    )
    lent = reworded(table, np.array([-1.0, -2.0, -3.0]))
    by_item: dict[int, set[float]] = {}
    for item, wording in zip(
        lent.column("item_id").to_pylist(), lent.column("wording").to_pylist(), strict=True
    ):
        by_item.setdefault(item, set()).add(wording)
    assert all(len(one) == 1 and one <= {-1.0, -2.0, -3.0} for one in by_item.values())
    assert lent.column_names == table.column_names
    assert lent.equals(reworded(table, np.array([-1.0, -2.0, -3.0])))
    assert reworded(table.slice(0, 0), np.array([-1.0])).num_rows == 0
