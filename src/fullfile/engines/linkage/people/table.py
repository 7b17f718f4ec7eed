"""All person records parsed at once: the table that Splink compares, and their blocking keys."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyarrow as pa

from fullfile.engines.linkage.people.columns import rows
from fullfile.engines.linkage.people.contacts import parse_address, parse_born, parse_phone
from fullfile.engines.linkage.people.names import parse_name
from fullfile.engines.linkage.people.person import Person, blocking_keys, name_columns

__all__ = ["KEYS", "PERSONS", "parse_table"]

_FIELDS: list[pa.Field[Any]] = [pa.field("record", pa.int64())]
_FIELDS += [
    pa.field(name, pa.list_(pa.int32())) if name == "nicks" else pa.field(name, pa.string())
    for name in Person._fields[1:]
]
PERSONS = pa.schema(_FIELDS)
"""The columns of parsed persons, as in `Person`."""

_KEYS: list[pa.Field[Any]] = [pa.field("record", pa.int64()), pa.field("key", pa.string())]
KEYS = pa.schema(_KEYS)
"""One row for each key of a record."""

_CHUNK = 50_000
_COLUMNS = ("record", "name", "kind", "agency", "date_of_birth", "phone", "address")


def parse_table(records: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Parse every record.

    Args:
        records: columns as in `RECORDS`.

    Returns:
        Persons (`PERSONS`) and keys (`KEYS`), in the order of the records.
    """
    name_of = lru_cache(maxsize=200_000)(_parsed_name)
    born_of = lru_cache(maxsize=100_000)(parse_born)
    address_of = lru_cache(maxsize=200_000)(_parsed_address)
    collecting = gc.isenabled()
    gc.disable()  # millions of tuples without a circle: looking for one takes a third of the time
    try:
        return _parsed(records, name_of, born_of, address_of)
    finally:
        if collecting:
            gc.enable()


# `Any`: what the three give is spread into the columns of `Person`.
def _parsed(
    records: pa.Table,
    name_of: Callable[[str, bool], tuple[Any, ...]],
    born_of: Callable[[str], tuple[Any, ...]],
    address_of: Callable[[str], tuple[Any, ...]],
) -> tuple[pa.Table, pa.Table]:
    persons: list[pa.RecordBatch] = []
    keys: list[pa.RecordBatch] = []
    for batch in records.select(_COLUMNS).to_batches(max_chunksize=_CHUNK):
        parsed = [
            Person._make(
                (
                    record,
                    kind,
                    *name_of(name or "", kind == "officer"),
                    *born_of(born or ""),
                    parse_phone(phone) if phone else None,
                    *address_of(address or ""),
                    (agency or None) if kind == "officer" else None,
                )
            )
            for record, name, kind, agency, born, phone, address in rows(batch, *_COLUMNS)
        ]
        persons.append(_batch(parsed))
        found = [blocking_keys(row) for row in parsed]
        keys.append(
            pa.record_batch(
                [
                    pa.array(
                        [row.record for row, own in zip(parsed, found, strict=True) for _ in own],
                        pa.int64(),
                    ),
                    pa.array([key for own in found for key in own], pa.string()),
                ],
                schema=KEYS,
            )
        )
    return pa.Table.from_batches(persons, PERSONS), pa.Table.from_batches(keys, KEYS)


def _batch(parsed: list[Person]) -> pa.RecordBatch:
    columns = zip(*parsed, strict=True) if parsed else ([] for _ in PERSONS)
    return pa.record_batch(
        [pa.array(values, field.type) for values, field in zip(columns, PERSONS, strict=True)],
        schema=PERSONS,
    )


# `Any`: the columns differ in type, and Person says which.
def _parsed_name(name: str, officer: bool) -> tuple[Any, ...]:  # noqa: FBT001  (a cache passes by place)
    return name_columns(parse_name(name, officer=officer))


def _parsed_address(address: str) -> tuple[str | None, str | None]:
    place = parse_address(address)
    return place, place if place is not None and place.isascii() else None
