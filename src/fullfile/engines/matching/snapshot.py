"""The columnar snapshot: the read tables as Parquet, written on as the record grows.

A directory holds, for each table, segments of rows in the order in which they
were recorded; `closures-*` with the rows of older segments that were corrected
since (entry, to_index); and `manifest.json`, written last and in one step, with
the size and the root of the record that the files hold. Files that it does not
name do not count, so a writer that dies leaves the snapshot as it was.

The record only grows: a smaller size, or another root for the same size, means
another record, and everything is written anew. The database is read through
Arrow (ADBC); Django is not needed.
"""
# ruff: noqa: S608 - names in queries are our own tables', values are numbers and our own paths

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fullfile.engines.matching.tables import FACTS, KEYS, SCHEMAS, Tables, key_of, read_duckdb
from fullfile.engines.office_database import connected, record_batches

__all__ = ["Manifest", "arrow_schema", "open_snapshot", "read_manifest", "refresh", "write_tables"]

FORMAT = 1
_MANIFEST = "manifest.json"
_ROW_GROUP = 250_000
_CLOSURES = "closures"
_KINDS: dict[str, pa.DataType] = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds.

    Attributes:
        size: the size of the record.
        root: its root hash, in the words of the caller.
        files: the segments of each table (and of `closures`), in order.
        keys: the highest number that each table of keys had.
    """

    size: int = 0
    root: str = ""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: Mapping[str, int] = field(default_factory=dict)


def arrow_schema(table: str) -> pa.Schema:
    """The columns of a table of the snapshot."""
    return pa.schema([pa.field(name, _KINDS[kind]) for name, kind in SCHEMAS[table].items()])


def read_manifest(place: Path) -> Manifest:
    """What a directory holds; an empty manifest where there is no snapshot of this format."""
    try:
        found = json.loads((place / _MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return Manifest()
    if found.get("format") != FORMAT or found.get("columns") != SCHEMAS:
        return Manifest()
    files = {name: tuple(parts) for name, parts in found["files"].items()}
    if any(not (place / part).is_file() for parts in files.values() for part in parts):
        return Manifest()
    return Manifest(found["size"], found["root"], files, found["keys"])


def _write_manifest(place: Path, manifest: Manifest) -> None:
    words = json.dumps(
        {
            "format": FORMAT,
            "columns": SCHEMAS,
            "size": manifest.size,
            "root": manifest.root,
            "files": {name: list(parts) for name, parts in manifest.files.items()},
            "keys": dict(manifest.keys),
        }
    )
    draft = place / f"{_MANIFEST}.new"
    with draft.open("w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place / _MANIFEST)


def write_tables(
    place: Path, tables: Iterable[tuple[str, pa.Table]], size: int | None = None, root: str = ""
) -> Manifest:
    """Make a snapshot from Arrow tables: (name, rows), a name as often as there are pieces.

    Args:
        place: a directory, which is made, or emptied where it holds a snapshot.
        tables: the pieces, with the columns of `arrow_schema`.
        size: the size of the record that they hold; None: up to the last entry that they name.
        root: its root hash.
    """
    _clear(place)
    last = -1
    writers: dict[str, pq.ParquetWriter] = {}
    keys: dict[str, int] = {}
    try:
        for name, rows in tables:
            if name not in writers:
                writers[name] = _writer(place / _segment(name, 0), arrow_schema(name))
            writers[name].write_table(rows.select(list(SCHEMAS[name])).cast(arrow_schema(name)))
            if name in FACTS and rows.num_rows:
                last = max(last, _highest(rows.column("entry")))
            elif rows.num_rows:
                keys[name] = max(keys.get(name, 0), _highest(rows.column(key_of(name))))
    finally:
        for writer in writers.values():
            writer.close()
    files = {name: (_segment(name, 0),) for name in writers}
    manifest = Manifest(last + 1 if size is None else size, root, files, keys)
    _write_manifest(place, manifest)
    return manifest


def refresh(
    place: Path,
    database: str,
    size: int,
    root: str,
    root_at: Callable[[int], str] | None = None,
) -> Manifest:
    """Bring a snapshot up to a size of the record of an office's database.

    Args:
        place: the snapshot's directory.
        database: the path of an SQLite database, or the address of a PostgreSQL one.
        size: the size of the record to hold; it must have been reached.
        root: the root hash of that size.
        root_at: gives the root hash of an earlier size, to see that the snapshot is of this record.
    """
    held = read_manifest(place)
    if held.size == size and held.root == root and held.files:
        return held
    another = held.size < size and root_at is not None and root_at(held.size) != held.root
    if not held.files or held.size >= size or another:
        _clear(place)
        held = Manifest()
    with connected(database) as connection:
        new = _append(place, connection, held, size)
    new = replace(new, root=root)
    _write_manifest(place, new)
    return new


def _append(place: Path, connection: Any, held: Manifest, size: int) -> Manifest:
    files = {name: list(parts) for name, parts in held.files.items()}
    keys = dict(held.keys)
    for name in FACTS:
        condition = f"entry >= {held.size} AND entry < {size}"
        part = _segment(name, held.size)
        if _copy(connection, name, condition, place / part):
            files.setdefault(name, []).append(part)
    for name in KEYS:
        part = _segment(name, held.size)
        condition = f"{key_of(name)} > {keys.get(name, -1)}"
        if _copy(connection, name, condition, place / part):
            files.setdefault(name, []).append(part)
            keys[name] = _highest(
                pq.read_table(place / part, columns=[key_of(name)]).column(key_of(name))
            )
    if held.size:
        part = _segment(_CLOSURES, held.size)
        closed = _closures(connection, held.size, size)
        if closed.num_rows:
            pq.write_table(closed, place / part)
            files.setdefault(_CLOSURES, []).append(part)
    return Manifest(size, "", {name: tuple(parts) for name, parts in files.items()}, keys)


def _copy(connection: Any, name: str, condition: str, part: Path) -> int:
    """Copy the rows that meet a condition to a segment; how many there were."""
    schema = arrow_schema(name)
    columns = ", ".join(f'"{column}"' for column in schema.names)
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for batch in record_batches(
            connection, f'SELECT {columns} FROM "{name}" WHERE {condition}'
        ):
            if not batch.num_rows:
                continue
            writer = writer or _writer(part, schema)
            writer.write_table(_typed(batch, schema), row_group_size=_ROW_GROUP)
            rows += batch.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows


def _typed(batch: pa.RecordBatch, schema: pa.Schema) -> pa.Table:
    """The batch with our types: SQLite has numbers for flags."""
    columns = [
        pc.cast(column, kind) for column, kind in zip(batch.columns, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _closures(connection: Any, since: int, size: int) -> pa.Table:
    """Rows of older segments that were closed since."""
    found: list[tuple[str, int, int]] = []
    for name, schema in FACTS.items():
        if "to_index" not in schema:
            continue
        for batch in record_batches(
            connection,
            f'SELECT DISTINCT entry, to_index FROM "{name}" '
            f"WHERE entry < {since} AND to_index >= {since} AND to_index < {size}",
        ):
            for entry, index in zip(*(each.to_pylist() for each in batch.columns), strict=True):
                assert entry is not None
                assert index is not None
                found.append((name, entry, index))
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return pa.table(
        {
            "table_name": pa.array(columns[0], pa.string()),
            "entry": pa.array(columns[1], pa.int64()),
            "closed": pa.array(columns[2], pa.int64()),
        }
    )


def _writer(part: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(part, schema, compression="zstd", compression_level=1)


def _segment(name: str, since: int) -> str:
    return f"{name}-{since:012d}.parquet"


def _highest(column: Any) -> int:  # Any: a chunked array of numbers
    return int(pc.max(column).as_py())


def _clear(place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    (place / _MANIFEST).unlink(missing_ok=True)
    for part in place.glob("*.parquet"):
        part.unlink()


def open_snapshot(
    place: Path, scratch: Path, *, memory: str = "3200MB", threads: int | None = None
) -> Tables:
    """The read tables of a snapshot on a DuckDB of its own.

    Args:
        place: the snapshot's directory.
        scratch: where DuckDB may put what does not fit into memory.
        memory: how much memory DuckDB may use.
        threads: how many threads; None: one for each core.

    Raises:
        FileNotFoundError: there is no snapshot.
    """
    manifest = read_manifest(place)
    if not manifest.files:
        raise FileNotFoundError(f"{place} holds no snapshot: `refresh` writes one.")
    scratch.mkdir(parents=True, exist_ok=True)
    settings = {
        "memory_limit": memory,
        "temp_directory": str(scratch),
        "preserve_insertion_order": False,
        "threads": threads or os.cpu_count() or 1,
    }
    connection = ibis.duckdb.connect(**settings)
    closed = _listed(place, manifest.files.get(_CLOSURES, ()))
    for name in SCHEMAS:
        connection.raw_sql(_view(place, name, manifest.files.get(name, ()), closed))
    return read_duckdb(connection, manifest.size)


def _view(place: Path, name: str, parts: tuple[str, ...], closed: str) -> str:
    columns = ", ".join(f'"{column}"' for column in SCHEMAS[name])
    if not parts:
        types = {"string": "VARCHAR", "boolean": "BOOLEAN", "int32": "INTEGER", "int64": "BIGINT"}
        empty = ", ".join(
            f'NULL::{types[kind]} AS "{column}"' for column, kind in SCHEMAS[name].items()
        )
        return f'CREATE VIEW "{name}" AS SELECT {empty} WHERE FALSE'
    rows = f"read_parquet({_listed(place, parts)})"
    if closed == "[]" or "to_index" not in SCHEMAS[name]:
        return f'CREATE VIEW "{name}" AS SELECT {columns} FROM {rows}'
    mine = f"SELECT entry, min(closed) AS closed FROM read_parquet({closed}) WHERE table_name = '{name}' GROUP BY entry"
    closes = 'coalesce(r."to_index", c.closed) AS "to_index"'
    shown = ", ".join(
        closes if column == "to_index" else f'r."{column}"' for column in SCHEMAS[name]
    )
    return f'CREATE VIEW "{name}" AS SELECT {shown} FROM {rows} r LEFT JOIN ({mine}) c ON c.entry = r.entry'


def _listed(place: Path, parts: Iterable[str]) -> str:
    return "[" + ", ".join("'" + str(place / part).replace("'", "''") + "'" for part in parts) + "]"
