"""What resolving people asks for and gives back: the budget, the pairs, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow as pa

from fullfile.engines.linkage.people.frequencies import TermFrequencies
from fullfile.engines.linkage.people.model import PeopleModel

__all__ = ["CASE_SIDE", "ITEM_SIDE", "PAIRS", "RECORDS", "Budget", "Engine", "Pair", "Resolution"]

Engine = Literal["duckdb", "spark"]

CASE_SIDE = 1
"""Bit of `side`: the record is a party of a case."""
ITEM_SIDE = 2
"""Bit of `side`: the record is on an item, a custody entry or a mention."""

_RECORDS: list[pa.Field[Any]] = [
    pa.field("record", pa.int64()),
    pa.field("name", pa.string()),
    pa.field("kind", pa.string()),
    pa.field("agency", pa.string()),
    pa.field("date_of_birth", pa.string()),
    pa.field("phone", pa.string()),
    pa.field("address", pa.string()),
    pa.field("side", pa.int8()),
    pa.field("seen", pa.int32()),
]
RECORDS = pa.schema(_RECORDS)
"""The columns `resolve` reads: one row for each distinct person record."""

_PAIRS: list[pa.Field[Any]] = [
    pa.field("record_l", pa.int64()),
    pa.field("record_r", pa.int64()),
    pa.field("match_weight", pa.float64()),
    pa.field("probability", pa.float64()),
    pa.field("surname", pa.int8()),
    pa.field("given", pa.int8()),
    pa.field("middle", pa.int8()),
    pa.field("suffix", pa.int8()),
    pa.field("born", pa.int8()),
    pa.field("phone", pa.int8()),
    pa.field("address", pa.int8()),
    pa.field("agency", pa.int8()),
    pa.field("badge", pa.int8()),
    pa.field("same_text", pa.bool_()),
    pa.field("household", pa.bool_()),
]
PAIRS = pa.schema(_PAIRS)
"""The columns of `Resolution.pairs`; the levels are told in words by `PeopleModel.why`."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many pairs may be looked at, so that no name and no table can explode.

    Attributes:
        key: pairs of one blocking key; a more crowded key is left out and counted.
        rule: pairs of all keys of one rule; the least crowded keys come first.
        floor: a pair below this match weight (bits) is not given back, unless both have
            identical names or live in one household. At -4 bits the probability is 1 in 17, and what
            an item and a case share besides can still lift it; below that a person adds nothing.
        cluster: from this match weight on two records are one person (10 bits: 999 in 1,000).
    """

    key: int = 20_000
    rule: int = 3_000_000
    floor: float = -4.0
    cluster: float = 10.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records compared, as `match_few` gives them.

    Attributes:
        record_l, record_r: the new record, the candidate.
        match_weight: bits; each doubles the odds.
        probability: the same as a probability.
        levels: by comparison the level, as in `PAIRS`; -1: not known on both sides.
        same_text: both names are identical but for case, accents, order and titles.
        household: the address is the same, the person another.
    """

    record_l: int
    record_r: int
    match_weight: float
    probability: float
    levels: Mapping[str, int]
    same_text: bool
    household: bool


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who is who.

    Attributes:
        pairs: `PAIRS`, sorted by record_l and record_r; record_l < record_r.
        person: (record, person int64): records that are one person share the least record of them.
        keys: (record, key string): the blocking keys, as `blocking_keys` gives them; the index for
            `match_few` is made of these.
        crowded: keys left out because too many records share them, with the number of pairs.
        model: the model used.
        term_frequencies: how common surnames and given names are here; `match_few` needs them.
        skipped: what was left out, in sentences.
        measured: seconds by step.
    """

    pairs: pa.Table
    person: pa.Table
    keys: pa.Table
    crowded: Mapping[str, int]
    model: PeopleModel
    term_frequencies: TermFrequencies
    skipped: tuple[str, ...] = ()
    measured: Mapping[str, float] = field(default_factory=dict)
