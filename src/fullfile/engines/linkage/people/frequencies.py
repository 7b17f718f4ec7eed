"""How common a surname, a given name, a telephone or an address is in this office.

A name counts by its records, drawn towards the usual frequency where there are few: in an office of fifty records,
four of one surname do not make it common. A telephone or an address counts by the surnames
that share it, because the records of one person share it too, and that makes it no weaker. A date of birth counts
only where it stands for a date not known (1900-01-01).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from fullfile.engines.linkage.people.columns import rows
from fullfile.engines.linkage.people.model import read_priors

__all__ = ["TermFrequencies", "count_frequencies"]

_SHARED = 3
"""A telephone or an address of so many surnames is no longer that of one home."""

_STAND_IN = 20
"""A date of birth of so many records, and far too many for chance, is put in where none is known."""


@dataclass(frozen=True, slots=True)
class TermFrequencies:
    """By column (surname, given, born, phone, address) the frequency of each value."""

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
        for column, value, frequency in rows(table, "column", "value", "frequency"):
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
        counted = persons.group_by(column).aggregate([("record", "count")])
        counts = sorted(
            (value, count) for value, count in rows(counted, column, "record_count") if value
        )
        total = sum(count for _, count in counts) + pseudo
        columns[column] = {value: (count + pseudo * usual) / total for value, count in counts}
    dates = persons.group_by("born").aggregate([("record", "count")])
    dated = sum(count for born, count in rows(dates, "born", "record_count") if born)
    columns["born"] = {
        born: count / dated
        for born, count in sorted(
            (born, count)
            for born, count in rows(dates, "born", "record_count")
            if born and count >= _STAND_IN and count > 10 * data["born"]["usual"] * dated
        )
    }
    for column in ("phone", "address"):
        shared = persons.group_by(column).aggregate([("surname", "count_distinct")])
        columns[column] = {
            value: count * data[column]["usual"]
            for value, count in sorted(
                (value, count)
                for value, count in rows(shared, column, "surname_count_distinct")
                if value and count >= _SHARED
            )
        }
    return TermFrequencies(columns)
