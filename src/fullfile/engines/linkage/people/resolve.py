"""People resolved in bulk."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from fullfile.engines.linkage.people.model import PeopleModel
from fullfile.engines.linkage.people.results import Budget, Engine, Resolution

__all__ = ["resolve"]


def resolve(
    records: pa.Table,
    *,
    scratch: Path,
    engine: Engine = "duckdb",
    model: PeopleModel | None = None,
    budget: Budget | None = None,
) -> Resolution:
    """Compare the persons of all tables with each other.

    Args:
        records: distinct person records, columns as in `RECORDS`.
        scratch: a directory for what does not fit into memory; emptied by the caller.
        engine: what does the joins; the result is the same to within rounding.
        model: a trained model; None: trained on these records, or the priors where they are few.
        budget: how many pairs may be looked at.
    """
    raise NotImplementedError
