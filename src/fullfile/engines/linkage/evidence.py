"""From shared keys to candidates: which cases share what with an item, summed up in features.

Every item reads its rarest keys first, and no more than `READ` rows of cases: a key that is everywhere is never
reached, so no name, word or officer can make the pairs explode. The best `KEPT` cases by a rough sum are candidates;
cases linked to them and those of items under the same number join them. For each candidate the features of
`features.FEATURES` are worked out; a model weighs them.

The statements run on DuckDB and Spark alike; what is divided is a DOUBLE, because Spark cuts a decimal quotient off.
Tables read: `item_key`, `case_key`, `key_rarity`, `known_person`
(item_id, case_id, bits, cases, known, giver), `chosen`, `court`, `court_agency`, `court_class`, `relation`, `bears`.
"""
# ruff: noqa: S608 - names in queries are our own tables', values are numbers

from __future__ import annotations

import pyarrow as pa

from fullfile.engines.linkage.engine import Engine
from fullfile.engines.linkage.features import (
    AGGREGATES,
    NEARNESS,
    OF_PAIR,
    ROUGH,
    pairs_with,
    rarity,
)

__all__ = ["BEST", "KEPT", "READ", "find_candidates"]

READ = 1_500
"""Rows of cases that one item reads, its rarest keys first."""
KEPT = 50
"""Candidates of one item by the rough sum."""
_LINKED = 8
"""Of so many of the best candidates the linked cases are looked at too."""


BEST = f"""
    WITH step AS (SELECT item_id, floor(round(rough, 6)) AS step, count(*) AS many FROM rough GROUP BY item_id, floor(round(rough, 6))),
    above AS (SELECT item_id, step, sum(many) OVER (PARTITION BY item_id ORDER BY step DESC
                                                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - many AS above FROM step),
    least AS (SELECT item_id, min(step) AS step FROM above WHERE above < {KEPT} GROUP BY item_id),
    ranked AS (SELECT r.item_id, r.case_id, r.rough,
                      row_number() OVER (PARTITION BY r.item_id ORDER BY round(r.rough, 6) DESC, r.case_id) AS place
               FROM rough r JOIN least l ON l.item_id = r.item_id AND floor(round(r.rough, 6)) >= l.step)
    SELECT item_id, case_id, rough, place FROM ranked WHERE place <= {KEPT}"""
"""The best of each item, of `rough`. Most of an item's cases share one common word with it; counting by whole bits says
below which of them none of the best can be, so that only a few are put in order."""


def find_candidates(
    engine: Engine, cases: int, *, batch: int, batches: int, known: bool = False
) -> pa.Table:
    """The candidates of the items of one batch, with their features.

    Args:
        engine: where it runs.
        cases: how many cases there are.
        batch: which part of the items; those under one number are in one part.
        batches: how many parts there are.
        known: keep the cases that an item is known to be on, to learn from them.
    """
    total = max(cases, 2)
    mine = (
        "chosen" if batches == 1 else f"(SELECT * FROM chosen WHERE grouped % {batches} = {batch})"
    )
    engine.make(
        "hit",
        f"""WITH reading AS (
              SELECT k.item_id, k.key, k.quality, k.known, r.family, r.cases,
                     sum(r.cases) OVER (PARTITION BY k.item_id ORDER BY r.cases, k.key, r.family
                                        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
              FROM item_key k JOIN {mine} i ON i.item_id = k.item_id JOIN key_rarity r ON r.key = k.key),
            few AS (SELECT * FROM reading WHERE so_far <= {READ})
            SELECT f.item_id, c.case_id, c.family, f.key, f.quality * greatest(log2(CAST({rarity("f.family", total)} AS DOUBLE) / f.cases), 0.0) AS bits, CAST(0 AS DOUBLE) AS weight,
                   greatest(coalesce(f.known, -100000), coalesce(c.known, -100000)) AS known
            FROM few f JOIN case_key c ON c.key = f.key AND c.family = f.family
            WHERE (c.item_id IS NULL OR c.item_id <> f.item_id)
            UNION ALL
            SELECT p.item_id, p.case_id, p.family, p.record AS key, greatest(log2(CAST({rarity("p.family", total)} AS DOUBLE) / p.cases), 0.0) AS bits, p.bits AS weight, p.known
            FROM known_person p JOIN {mine} i ON i.item_id = p.item_id""",
    )
    # Rounded: a sum of the same numbers in another order may differ in its last digit, and must not rank otherwise.
    new = "" if known else "ANTI JOIN tied t ON t.item_id = h.item_id AND t.case_id = h.case_id"
    engine.make(
        "rough",
        f"""WITH summed AS (SELECT item_id, case_id, {ROUGH} AS rough FROM hit h {new} GROUP BY item_id, case_id)
            SELECT s.item_id, s.case_id, s.rough + {NEARNESS} AS rough
            FROM summed s JOIN chosen i ON i.item_id = s.item_id JOIN court t ON t.case_id = s.case_id""",
    )
    engine.make("best", BEST)
    engine.make(
        "candidate",
        f"""SELECT DISTINCT h.item_id, h.case_id FROM (
              SELECT item_id, case_id FROM best
              UNION ALL SELECT b.item_id, r.other_id FROM best b JOIN relation r ON r.case_id = b.case_id WHERE b.place <= {_LINKED}
              UNION ALL SELECT s.item_id, b.case_id FROM best b JOIN chosen i ON i.item_id = b.item_id
                JOIN sibling s ON s.report_id = i.report_id AND s.item_id <> b.item_id WHERE b.place <= {_LINKED}) h {new}""",
    )
    return engine.get(
        f"""WITH summed AS (
              SELECT c.item_id, c.case_id, {AGGREGATES}
              FROM candidate c LEFT JOIN hit h ON h.item_id = c.item_id AND h.case_id = c.case_id
              GROUP BY c.item_id, c.case_id)
            SELECT s.*, {OF_PAIR}, i.report_id
            FROM {pairs_with("summed")}
            ORDER BY s.item_id, s.case_id"""
    )
