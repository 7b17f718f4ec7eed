"""Which cases of an item are looked at more closely."""

from __future__ import annotations

import duckdb
import pytest

from fullfile.engines.linkage.evidence import BEST, KEPT


@pytest.mark.parametrize("steps", [1, 3, 40, 100_000])
def test_the_best_are_those_that_putting_all_in_order_gives(steps):
    connection = duckdb.connect()
    # Few cases and many; few different sums, so that many are equal, and many; sums below nothing.
    connection.execute(
        f"""CREATE TABLE rough AS
            SELECT item_id, case_id, ((hash(item_id * 1000 + case_id) % {steps})::DOUBLE / {steps} - 0.4) * item_id AS rough
            FROM range(1, 12) AS i(item_id), range(1, 400) AS c(case_id) WHERE case_id < item_id * 30"""
    )
    wanted = connection.sql(
        f"""SELECT * FROM (
              SELECT *, row_number() OVER (PARTITION BY item_id ORDER BY round(rough, 6) DESC, case_id) AS place FROM rough)
            WHERE place <= {KEPT} ORDER BY ALL"""
    ).fetchall()
    assert connection.sql(f"SELECT * FROM ({BEST}) ORDER BY ALL").fetchall() == wanted
    connection.close()
