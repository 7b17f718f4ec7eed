"""The work of one match: what is seen, what is there at all, and shared results.

A shared result is kept as a temporary table of the connection, so that no
engine works the same thing out twice. Tables without a visible row are known
(`has`), so that whole branches are left out of the expressions.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
from sqlglot.optimizer.eliminate_subqueries import eliminate_subqueries

from fullfile.core.matching.line import Policy
from fullfile.engines.matching.law import Law, Moment
from fullfile.engines.matching.tables import SCHEMAS, Expr, Tables, named

__all__ = ["Work", "attach"]

_NUMBERS = itertools.count(1)


def attach(left: Expr, right: Expr, keys: Sequence[str], how: str = "left") -> Expr:
    """Join on columns of the same name, and keep them once."""
    other = right.rename({f"_{key}": key for key in keys})
    joined = left.join(other, [left[key] == other[f"_{key}"] for key in keys], how=how)
    return joined.drop(*[f"_{key}" for key in keys])


class Work:
    """One match being worked out on one connection. Close it to drop what it kept."""

    def __init__(self, tables: Tables, moment: Moment, policy: Policy, law: Law) -> None:
        self.tables = tables
        self.moment = moment
        self.policy = policy
        self.law = law
        self._kept: list[str] = []
        self._seen: dict[str, Expr] = {}
        self._has: dict[str, bool] = {}
        self._shared: dict[str, Expr] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def on(self) -> Expr:
        """T on the office's clock."""
        return ibis.literal(self.moment.on, "int64")

    def close(self) -> None:
        """Drop every kept result."""
        for name in self._kept:
            self.run(f'DROP TABLE IF EXISTS "{name}"')
        self._kept.clear()

    def run(self, statement: str) -> None:
        """Run one statement."""
        cursor = self.tables.connection.raw_sql(statement)
        if self.tables.engine != "duckdb":
            cursor.close()

    def seen(self, name: str) -> Expr:
        """Section 1.1: the rows of a table that are seen as of size n."""
        if name not in self._seen:
            rows = self.tables[name]
            size = self.moment.size
            if not name.endswith("_key"):
                rows = rows.filter(rows.entry < size)
                if "to_index" in SCHEMAS[name]:
                    rows = rows.filter(rows.to_index.isnull() | (rows.to_index >= size))
            self._seen[name] = rows
        return self._seen[name]

    def every(self, name: str) -> Expr:
        """Section 3.4: every row below n, those that were corrected since included."""
        rows = self.tables[name]
        return rows.filter(rows.entry < self.moment.size)

    def has(self, name: str) -> bool:
        """Whether a table has any visible row."""
        seen = f"(to_index IS NULL OR to_index >= {self.moment.size})"
        return self._exists(name, seen if "to_index" in SCHEMAS[name] else "TRUE")

    def had(self, name: str) -> bool:
        """Whether a table has any row below n, corrected or not."""
        return self._exists(name, "TRUE")

    def _exists(self, name: str, condition: str) -> bool:
        asked = f"{name} {condition}"
        if asked not in self._has:
            self._has[asked] = self._some(
                f'SELECT 1 FROM "{name}" WHERE entry < {self.moment.size} AND {condition} LIMIT 1'  # noqa: S608 names and numbers of our own
            )
        return self._has[asked]

    def any(self, rows: Expr) -> bool:
        """Whether there is a row."""
        kept = rows.op()
        if isinstance(kept, ops.DatabaseTable):
            return self._some(f'SELECT 1 FROM "{kept.name}" LIMIT 1')  # noqa: S608 a name of our own
        return self._some(self.statement(rows.limit(1)))

    def _some(self, statement: str) -> bool:
        if self.tables.engine == "duckdb":
            return bool(self.tables.connection.con.sql(statement).fetchall())
        cursor = self.tables.connection.raw_sql(statement)
        try:
            return cursor.fetchone() is not None
        finally:
            cursor.close()

    def one(self, value: Expr) -> Any:  # Any: whatever the expression yields
        """The value of a scalar expression."""
        rows = value.as_table()
        return next(iter(self.batches(rows))).column(0)[0].as_py()

    def batches(self, rows: Expr, size: int = 50_000) -> Iterator[pa.RecordBatch]:
        """The rows as Arrow, a batch at a time."""
        connection = self.tables.connection
        schema = rows.schema().to_pyarrow()
        schema = pa.schema([field.with_nullable(nullable=True) for field in schema])
        if self.tables.engine == "duckdb":
            reader = connection.con.sql(self.statement(rows)).to_arrow_reader(size)
            for batch in reader:
                yield from pa.Table.from_batches([batch]).cast(schema).to_batches()
            return
        # Not through Ibis: it goes by way of pandas there.
        cursor = connection.raw_sql(self.statement(rows))
        try:
            while found := cursor.fetchmany(size):
                columns = zip(*found, strict=True)
                arrays = [
                    pa.array(_flags(column) if pa.types.is_boolean(kind) else column, kind)
                    for column, kind in zip(columns, schema.types, strict=True)
                ]
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)
        finally:
            cursor.close()

    def arrow(self, rows: Expr) -> pa.Table:
        """All the rows as Arrow."""
        schema = rows.schema().to_pyarrow()
        schema = pa.schema([field.with_nullable(nullable=True) for field in schema])
        return pa.Table.from_batches(list(self.batches(rows)), schema)

    def keep(self, name: str, rows: Expr, keys: Iterable[str] = ()) -> Expr:
        """Work a shared result out once. `keys`: how others will look it up."""
        statement = self.statement(rows)
        return self.keep_sql(name, statement, dict(rows.schema().items()), keys)

    def keep_sql(
        self, name: str, statement: str, schema: dict[str, Any], keys: Iterable[str] = ()
    ) -> Expr:
        """Keep the rows of a statement that Ibis has no words for."""
        engine = self.tables.engine
        table = f"_{name}_{next(_NUMBERS)}"
        self.run(f'CREATE TEMPORARY TABLE "{table}" AS {statement}')
        self._kept.append(table)
        columns = ", ".join(f'"{key}"' for key in keys)
        if columns and engine != "duckdb":
            self.run(f'CREATE INDEX "{table}_key" ON "{table}" ({columns})')
        if engine != "duckdb":
            self.run(f'ANALYZE "{table}"')
        return named(self.tables.connection, table, schema)

    def statement(self, rows: Expr) -> str:
        """The rows as SQL. SQLite's parser has a stack of a hundred: one level after the other."""
        connection = self.tables.connection
        if self.tables.engine != "sqlite":
            return str(connection.compile(rows))
        return str(eliminate_subqueries(connection.compiler.to_sqlglot(rows)).sql("sqlite"))

    def step(self, name: str, rows: Expr, keys: Iterable[str] = ()) -> Expr:
        """Keep a result where the engine asks for short statements; elsewhere it is only a part.

        The planners of SQLite and PostgreSQL do better with a table and an index than with a
        deep query; DuckDB does better with the whole.
        """
        return rows if self.tables.engine == "duckdb" else self.keep(name, rows, keys)

    def share(self, name: str, make: Callable[[], Expr], keys: Iterable[str] = ()) -> Expr:
        """Keep a result under a name of its own; whoever asks again gets the same."""
        if name not in self._shared:
            self._shared[name] = self.keep(name, make(), keys)
        return self._shared[name]

    def share_as_is(self, name: str, make: Callable[[], Expr]) -> Expr:
        """Remember a result that is kept already."""
        if name not in self._shared:
            self._shared[name] = make()
        return self._shared[name]

    def share_or_none(
        self, name: str, make: Callable[[], list[Expr]], keys: Iterable[str] = ()
    ) -> Expr | None:
        """Keep the distinct rows of several parts; None when there is not one."""
        if name not in self._shared:
            parts = make()
            rows = None
            if parts:
                every = ibis.union(*parts) if len(parts) > 1 else parts[0]
                rows = self.keep(name, every.distinct(), keys)
            self._shared[name] = rows if rows is not None and self.any(rows) else None
        return self._shared[name]

    def rows(self, name: str, schema: dict[str, str], values: Sequence[Sequence[object]]) -> Expr:
        """A small table from values. Empty values give an empty table."""
        dtypes = ibis.schema(schema)
        if not values:
            nothing = {key: ibis.null().cast(kind).name(key) for key, kind in schema.items()}
            empty = self.tables["source_key"].limit(0).select(**nothing)
            return self.keep(name, empty)
        table = f"_{name}_{next(_NUMBERS)}"
        columns = ", ".join(f'"{key}" {_sql_type(kind)}' for key, kind in schema.items())
        self.run(f'CREATE TEMPORARY TABLE "{table}" ({columns})')
        self._kept.append(table)
        for start in range(0, len(values), 500):
            body = ", ".join(
                "(" + ", ".join(map(_literal, row)) + ")" for row in values[start : start + 500]
            )
            self.run(f'INSERT INTO "{table}" VALUES {body}')  # noqa: S608 quoted by `_literal`
        return named(self.tables.connection, table, dict(dtypes.items()))


def _flags(column: Iterable[object]) -> list[bool | None]:
    """SQLite has 0 and 1 for no and yes."""
    return [None if value is None else bool(value) for value in column]


def _sql_type(kind: str) -> str:
    return {"string": "TEXT", "boolean": "BOOLEAN"}.get(kind, "BIGINT")


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
