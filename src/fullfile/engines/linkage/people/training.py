"""A model trained on the office's own records."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from fullfile.engines.linkage.people.model import PeopleModel, load_priors
from fullfile.engines.linkage.people.table import parse_table

__all__ = ["ENOUGH", "train", "train_parsed"]

ENOUGH = 2_000
"""With fewer records the priors stand."""


def train(records: pa.Table, *, scratch: Path, seed: int = 20) -> PeopleModel:
    """Learn how often levels occur between the same and between different persons."""
    return train_parsed(parse_table(records)[0], scratch=scratch, seed=seed)


def train_parsed(persons: pa.Table, *, scratch: Path, seed: int = 20) -> PeopleModel:
    return load_priors(persons.num_rows)
