"""How common a surname, a given name, a telephone or an address is in this office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

__all__ = ["TermFrequencies"]


@dataclass(frozen=True, slots=True)
class TermFrequencies:
    """By column (surname, given, phone, address) the frequency of each value."""

    columns: Mapping[str, Mapping[str, float]]

    def to_table(self) -> pa.Table:
        """As a table (column, value, frequency), to be kept beside the index."""
        raise NotImplementedError

    @classmethod
    def from_table(cls, table: pa.Table) -> TermFrequencies:
        """Read what `to_table` gave."""
        raise NotImplementedError
