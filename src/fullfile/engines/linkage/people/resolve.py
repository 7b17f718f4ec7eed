"""People resolved in bulk.

1. Parse every record, and make its blocking keys.
2. Train a model, unless one is given or there are too few records.
3. Count the pairs of each key, leave out the crowded ones, and make the pairs.
4. Let Splink weigh them.
5. Join the records that are one person.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from fullfile.engines.linkage.people.blocking import Blocked, block
from fullfile.engines.linkage.people.clusters import cluster
from fullfile.engines.linkage.people.databases import open_database
from fullfile.engines.linkage.people.frequencies import count_frequencies
from fullfile.engines.linkage.people.model import PeopleModel
from fullfile.engines.linkage.people.results import PAIRS, Budget, Engine, Resolution
from fullfile.engines.linkage.people.scoring import score
from fullfile.engines.linkage.people.table import parse_table
from fullfile.engines.linkage.people.training import train_parsed

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
        scratch: a directory for what does not fit into memory.
        engine: what does the joins; the result is the same to within rounding.
        model: a trained model; None: trained on these records, or the priors where they are few.
        budget: how many pairs may be looked at.
    """
    budget = budget or Budget()
    measured: dict[str, float] = {}
    with _timed(measured, "parse"):
        persons, keys = parse_table(records)
        frequencies = count_frequencies(persons)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        work = Path(folder)
        if model is None:
            with _timed(measured, "train"):
                model = train_parsed(persons, scratch=work)
        blocked = Blocked(0, {}, ())
        pairs = PAIRS.empty_table()
        if records.num_rows:
            with open_database(engine, work) as database:
                with _timed(measured, "block"):
                    database.load("keys", keys)
                    database.load("sides", records.select(["record", "side"]))
                    blocked = block(database, budget)
                    database.drop("keys")
                with _timed(measured, "score"):
                    database.load("persons", persons)
                    pairs = score(database, blocked.pairs, model, frequencies, budget)
    with _timed(measured, "cluster"):
        person = cluster(persons, pairs, budget.cluster)
    measured["pairs looked at"] = float(blocked.pairs)
    return Resolution(
        pairs=pairs,
        person=person,
        keys=keys,
        crowded=blocked.crowded,
        model=model,
        term_frequencies=frequencies,
        skipped=blocked.skipped,
        measured=measured,
    )


@contextmanager
def _timed(measured: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    measured[step] = round(time.perf_counter() - start, 2)
