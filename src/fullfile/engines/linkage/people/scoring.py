"""The blocked pairs weighed by Splink, on either engine, with a model of ours."""

# ruff: noqa: S608 - names in queries are our own; values are numbers of ours

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from fullfile.engines.linkage.people.databases import Database
from fullfile.engines.linkage.people.frequencies import TermFrequencies
from fullfile.engines.linkage.people.levels import COMPARISONS
from fullfile.engines.linkage.people.model import PeopleModel, read_priors
from fullfile.engines.linkage.people.results import PAIRS, Budget

__all__ = ["score", "splink_settings"]

_SELECTED = "_columns_to_select_for_predict"
_CHUNK = 3_000_000
"""Pairs weighed at a time: what is kept of them is far less than what weighing takes."""


def splink_settings(model: PeopleModel, *, training: bool = False) -> dict[str, Any]:
    """The model as settings of Splink.

    Args:
        model: of which numbers.
        training: without the neutral levels, which read columns of other comparisons: Splink trains
            nothing that reads a column it blocks on.
    """
    comparisons: list[dict[str, Any]] = [
        _comparison(comparison.name, model, training=training) for comparison in COMPARISONS
    ]
    if not training:
        comparisons.append(_SAME_TEXT)
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record",
        "probability_two_random_records_match": model.match_rate,
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.text = r.text"}],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "max_iterations": 15,
        "em_convergence": 0.001,
    }


_SAME_TEXT: dict[str, Any] = {
    "output_column_name": "text",
    "comparison_levels": [
        {"sql_condition": "text_l is null or text_r is null", "is_null_level": True},
        {"sql_condition": "text_l = text_r", "m_probability": 0.5, "u_probability": 0.5},
        {"sql_condition": "ELSE", "m_probability": 0.5, "u_probability": 0.5},
    ],
}
"""Whether the names are identical: no evidence beside surname and given name, only a mark."""


def _comparison(name: str, model: PeopleModel, *, training: bool) -> dict[str, Any]:
    comparison = next(one for one in COMPARISONS if one.name == name)
    numbers = model.levels[name]
    least = read_priors()["frequencies"]
    levels: list[dict[str, Any]] = [
        {"sql_condition": comparison.null_sql, "is_null_level": True, "label_for_charts": "null"}
    ]
    for level in comparison.levels:
        if training and level.neutral:
            continue
        m, u = numbers[level.name]
        told: dict[str, Any] = {
            "sql_condition": level.sql,
            "label_for_charts": level.name,
            "m_probability": m,
            "u_probability": u,
        }
        if level.frequency and not training:
            told |= {
                "tf_adjustment_column": level.frequency,
                "tf_minimum_u_value": least[level.frequency]["least"],
                "disable_tf_exact_match_detection": True,
            }
        levels.append(told)
    m, u = numbers["differs"]
    levels.append(
        {
            "sql_condition": "ELSE",
            "label_for_charts": "differs",
            "m_probability": m,
            "u_probability": u,
        }
    )
    return {"output_column_name": name, "comparison_levels": levels}


def score(
    database: Database,
    pairs: int,
    model: PeopleModel,
    frequencies: TermFrequencies,
    budget: Budget,
) -> pa.Table:
    """Weigh the pairs of the table `blocked` over the table `persons`.

    Args:
        database: holds both tables.
        pairs: how many there are.
        model: the model.
        frequencies: how common values are.
        budget: for its floor.

    Returns:
        Pairs above the floor, of identical names or of one household (`PAIRS`).
    """
    if not pairs:
        return PAIRS.empty_table()
    linker = _linker(database, model, frequencies)
    chunks = -(-pairs // _CHUNK)
    found = []
    for at in range(chunks):
        name = f"blocked_{at}"
        database.make(
            name,
            f"select * from blocked where (join_key_l + 7 * join_key_r) % {chunks} = {at}",
        )
        linker.table_management.register_blocked_pairs_for_predict(database.api.register(name))
        predicted = linker.inference.predict(warning_mode="never")
        found.append(database.fetch(_kept_sql(predicted.physical_name, budget)))
        predicted.drop_table_from_database_and_remove_from_cache()
        database.drop(name)
    table = pa.concat_tables([one.cast(PAIRS) for one in found])
    return table.sort_by([("record_l", "ascending"), ("record_r", "ascending")])


def _linker(database: Database, model: PeopleModel, frequencies: TermFrequencies) -> Any:
    """Splink over the table `persons`, with our term frequencies (`Any`: Splink ships few types)."""
    from splink import Linker

    linker = Linker(
        database.api.register("persons"),
        splink_settings(model),
        log_level=None,
        validate_settings=False,
    )
    for comparison in linker._settings_obj.core_model_settings.comparisons:  # noqa: SLF001
        # Splink gives the levels back only together with every column compared, which at a million
        # records is most of the memory. Nothing but the level is wanted here.
        level = comparison._gamma_column_name  # noqa: SLF001
        setattr(comparison, _SELECTED, partial(_only, level))
    for column, known in frequencies.columns.items():
        name = f"frequency_{column}"
        database.load(name, _frequency_table(column, known))
        linker.table_management.register_term_frequency_lookup(database.api.register(name), column)
    return linker


def _only(level: str, *_retain: bool) -> list[str]:
    return [level]


def _frequency_table(column: str, known: Mapping[str, float]) -> pa.Table:
    return pa.table(
        {
            column: pa.array(list(known.keys()), pa.string()),
            f"tf_{column}": pa.array(list(known.values()), pa.float64()),
        }
    )


def _kept_sql(predicted: str, budget: Budget) -> str:
    household = len(next(one for one in COMPARISONS if one.name == "address").levels)
    levels = ", ".join(f"cast(gamma_{one.name} as tinyint) as {one.name}" for one in COMPARISONS)
    return f"""
        select record_l, record_r, match_weight, match_probability as probability, {levels},
            gamma_text = 1 as same_text, gamma_address = {household} as household
        from {predicted}
        where match_weight >= {budget.floor} or gamma_text = 1 or gamma_address = {household}
    """
