"""How common a surname, a given name, a telephone or an address is in this office.

A name counts by its records, drawn towards the usual frequency where there are few: in an office of fifty records,
four of one surname do not make it common. A telephone or an address counts by the surnames
that share it, because the records of one person share it too, and that makes it no weaker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from fullfile.engines.linkage.people.model import read_priors

__all__ = ["TermFrequencies", "count_frequencies"]

_SHARED = 3
"""A telephone or an address of so many surnames is no longer that of one home."""


@dataclass(frozen=True, slots=True)
class TermFrequencies:
    """By column (surname, given, phone, address) the frequency of each value."""

    columns: Mapping[str, Mapping[str, float]]

    def to_table(self) -> pa.Table:
        """As a table (column, value, frequency), to be kept beside the index."""
        columns: list[str] = []
        values: list[str] = []
        numbers: list[float] = []
        for column, known in self.columns.items():
            columns.extend([column] * len(known))
            values.extend(known.keys())
            numbers.extend(known.values())
        return pa.table(
            {
                "column": pa.array(columns, pa.string()),
                "value": pa.array(values, pa.string()),
                "frequency": pa.array(numbers, pa.float64()),
            }
        )

    @classmethod
    def from_table(cls, table: pa.Table) -> TermFrequencies:
        """Read what `to_table` gave."""
        columns: dict[str, dict[str, float]] = {}
        for column, value, frequency in zip(
            *(table[name].to_pylist() for name in ("column", "value", "frequency")), strict=True
        ):
            columns.setdefault(column, {})[value] = frequency
        return cls(columns)


def count_frequencies(persons: pa.Table) -> TermFrequencies:
    """Count the values of parsed persons.

    Args:
        persons: as `table.parse_table` gives them.
    """
    data = read_priors()["frequencies"]
    pseudo = data["pseudo_records"]
    columns: dict[str, dict[str, float]] = {}
    for column in ("surname", "given"):
        usual = data[column]["usual"]
        known = pc.drop_null(persons[column])
        counts = pc.value_counts(known.combine_chunks() if known.num_chunks else known)
        total = len(known) + pseudo
        columns[column] = {
            value: (count + pseudo * usual) / total
            for value, count in sorted(
                zip(
                    counts.field("values").to_pylist(),
                    counts.field("counts").to_pylist(),
                    strict=True,
                )
            )
        }
    for column in ("phone", "address"):
        shared = (
            persons.select([column, "surname"])
            .group_by(column)
            .aggregate([("surname", "count_distinct")])
            .filter(pc.field("surname_count_distinct") >= _SHARED)
            .filter(pc.is_valid(pc.field(column)))
        )
        columns[column] = {
            value: count * data[column]["usual"]
            for value, count in sorted(
                zip(
                    shared[column].to_pylist(),
                    shared["surname_count_distinct"].to_pylist(),
                    strict=True,
                )
            )
        }
    return TermFrequencies(columns)
