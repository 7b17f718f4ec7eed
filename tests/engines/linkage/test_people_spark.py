"""Spark gives what DuckDB gives."""

from __future__ import annotations

import pytest

from fullfile.engines.linkage.people import load_priors, resolve
from tests.engines.linkage.made_people import made_people


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # those of Spark's own Python code
def test_spark_and_duckdb_agree(tmp_path):
    pytest.importorskip("pyspark")
    records, _ = made_people(500, 400)
    model = load_priors(records.num_rows)
    here = resolve(records, scratch=tmp_path, engine="duckdb", model=model)
    there = resolve(records, scratch=tmp_path, engine="spark", model=model)

    assert there.pairs.num_rows == here.pairs.num_rows > 0
    for column in here.pairs.column_names:
        one, other = here.pairs[column].to_pylist(), there.pairs[column].to_pylist()
        assert one == (
            pytest.approx(other, abs=1e-9) if "weight" in column or "prob" in column else other
        )
    assert there.person == here.person
    assert (there.crowded, there.skipped) == (here.crowded, here.skipped)
