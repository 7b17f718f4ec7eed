"""A model trained on the office's own records."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from fullfile.engines.linkage.people.model import PeopleModel

__all__ = ["ENOUGH", "train"]

ENOUGH = 2_000
"""With fewer records the priors stand."""


def train(records: pa.Table, *, scratch: Path, seed: int = 20) -> PeopleModel:
    """Learn how often levels occur between the same and between different persons.

    Always on DuckDB, on a sample of bounded size: a model is trained once and applied on either engine.

    Args:
        records: as for `resolve`.
        scratch: a directory for what does not fit into memory.
        seed: of the samples; the same records and seed give the same model.
    """
    raise NotImplementedError
