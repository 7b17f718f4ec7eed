"""How many bits the chances of a model are off in an office that taught it nothing, told by things that belong elsewhere.

A model says by which factor evidence is likelier where an item belongs to some case than where it belongs to none. Over
things that belong to none that factor is one on the average, whatever the office: the mean of a likelihood ratio
under its denominator. Filed things, looked at as if their own case and those linked with it were not there, belong to
none; so where their mean is not one, the office's evidence weighs more or less than that of the counties from which
the model was learned, and all chances move by the same number of bits.

How filed things are worded says that they are on cases. So each lends the wording of a thing that is on none.

What this does not do: it reads no decision and no truth, and moves no order: every case of a run by the same bits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from fullfile.engines.linkage.model import Model
from fullfile.engines.linkage.scoring import NONE

__all__ = ["FEWEST_FILED", "MOST_LOOKED_AT", "bits_off", "reworded"]

Floats = npt.NDArray[np.float64]

FEWEST_FILED = 300
"""Fewer filed things tell nothing: the mean hangs on the few that look most like belonging."""
MOST_LOOKED_AT = 3_000
_MOST_BITS = 4.0
"""No office's evidence is taken to be off by more. Policy."""
_SEED = 7


def reworded(candidates: pa.Table, wordings: Floats) -> pa.Table:
    """Candidates of filed things, each with the wording of one of some other things.

    Args:
        candidates: as `evidence.find_candidates` gives them, sorted by item.
        wordings: of the things that are on no case, in a fixed order; not empty.
    """
    item = candidates.column("item_id").to_numpy()
    _, place = np.unique(item, return_inverse=True)
    many = int(place.max()) + 1 if len(place) else 0
    lent = np.random.default_rng(_SEED).choice(wordings, many)
    at = candidates.column_names.index("wording")
    return candidates.set_column(at, "wording", pa.array(lent[place], pa.float64()))


def bits_off(best: Floats, items: int, model: Model) -> float:
    """The bits by which to move every chance.

    Args:
        best: bits of the likeliest case of each filed thing, its own left out, with the model's own base.
        items: how many were looked at, those without any candidate too; at least one.
        model: whose line `belongs` turns these bits into bits of belonging to some case.
    """
    alone = np.full(max(items - len(best), 0), NONE)
    belongs = model.belongs.at(np.concatenate([best, alone]))
    odds = float(np.log2(model.share / (1 - model.share)))
    off = odds - float(np.log2(np.mean(np.exp2(belongs))))
    return float(np.clip(off, -_MOST_BITS, _MOST_BITS))
