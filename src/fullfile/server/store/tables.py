"""How rows reach the tables in bulk, alike on SQLite and PostgreSQL.

Rows are tuples in the order of the model's fields (law of the record: no model
instances in `append` and the projectors). SQLite takes them with `executemany`,
PostgreSQL with COPY. Lists of values go into a query as one parameter.

What this does not do: it opens no transaction and knows no table's meaning.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

__all__ = [
    "READ_TABLES",
    "close",
    "columns_of",
    "execute",
    "execute_many",
    "insert",
    "is_postgresql",
    "listed",
    "one_of",
    "select",
    "select_bytes",
    "stream",
]

Row = tuple[Any, ...]  # what a database's column may hold

READ_TABLES = (
    "agencies",
    "agency_names",
    "cases",
    "case_reports",
    "case_relations",
    "case_agencies",
    "parties",
    "party_status",
    "counts",
    "items",
    "item_status",
    "custody",
    "custody_names",
    "filings",
    "disclosures",
    "withholdings",
    "determinations",
    "knowledge",
    "mentions",
    "answers",
    "requests",
    "links",
    "holds",
    "docket",
    "settings",
    "runs",
    "adoptions",
    "absences",
    "erasures",
    "acts",
    "link_runs",
    "suggestions",
    "open_suggestions",
    "room_items",
    "leavings",
    "news",
    "shelf_names",
    "shelves",
    "inventories",
    "inventory_items",
    "inventory_finds",
    "inventory_shelves",
    "account_grants",
    "account_acts",
    "acts_by",
)
"""Every table that is derived from the record, by its name in the database."""

_SLICE = 10_000


def is_postgresql() -> bool:
    """Whether the office's database is PostgreSQL; else it is SQLite."""
    return connection.vendor == "postgresql"


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table in the order in which its rows are written."""
    for model in apps.get_app_config("store").get_models():
        meta = model._meta  # noqa: SLF001 - the documented way to a model's columns
        if meta.db_table == table:
            return tuple(field.column for field in meta.concrete_fields if field.column)
    raise LookupError(table)


@cache
def _insertion(table: str) -> tuple[str, str]:
    columns = columns_of(table)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    return (
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
        f'COPY "{table}" ({names}) FROM STDIN',
    )


def insert(table: str, rows: Sequence[Row]) -> None:
    """Write rows, each a tuple in the order of `columns_of`."""
    if not rows:
        return
    connection.ensure_connection()
    by_values, by_copy = _insertion(table)
    raw: Any = connection.connection  # sqlite3's or psycopg's own connection
    with connection.wrap_database_errors:
        if is_postgresql():
            with raw.cursor() as cursor, cursor.copy(by_copy) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            raw.executemany(by_values, rows)


def close(table: str, corrections: Sequence[tuple[int, int]]) -> None:
    """Close the open rows of entries that were corrected: (new index, old entry), in order."""
    first: dict[int, int] = {}
    for new, old in corrections:
        first.setdefault(old, new)
    connection.ensure_connection()
    raw: Any = connection.connection  # sqlite3's or psycopg's own connection
    with connection.wrap_database_errors:
        if is_postgresql():
            raw.execute(
                f"UPDATE {table} SET to_index = made.new "
                "FROM unnest(%s::bigint[], %s::bigint[]) AS made (old, new) "
                "WHERE entry = made.old AND to_index IS NULL",
                [list(first), list(first.values())],
            )
        else:
            raw.executemany(
                f"UPDATE {table} SET to_index = ? WHERE entry = ? AND to_index IS NULL",
                [(new, old) for old, new in first.items()],
            )


def execute(statement: str, parameters: Sequence[Any] = ()) -> int:
    """Run a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def execute_many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement once for each row of parameters."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def select(statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Every row of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[Row] = cursor.fetchall()
        return rows


def stream(
    statement: str, parameters: Sequence[Any] = (), size: int = 5_000
) -> Iterator[list[Row]]:
    """The rows of a query in slices, without holding all of them.

    On PostgreSQL a named cursor holds them at the server, which needs a transaction.
    """
    connection.ensure_connection()
    if is_postgresql():
        raw: Any = connection.connection  # psycopg's own connection
        with raw.cursor(name="fullfile_stream") as named:
            named.itersize = size
            named.execute(statement, parameters or None)
            while rows := named.fetchmany(size):
                yield rows
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(size):
            yield rows


def one_of(column: str) -> str:
    """The condition that a column is among the values of one parameter (`listed`)."""
    if is_postgresql():
        return f"{column} = ANY(%s)"
    return f"{column} IN (SELECT value FROM json_each(%s))"


def listed(values: Iterable[int] | Iterable[str]) -> Any:  # a list, or its JSON
    """Values as the one parameter of `one_of`."""
    found = list(values)
    return found if is_postgresql() else json.dumps(found)


def select_bytes(statement: str, values: Sequence[bytes]) -> Iterator[Row]:
    """The rows of a query ending in `WHERE column`, where the column is one of some bytes."""
    for start in range(0, len(values), _SLICE):
        part = values[start : start + _SLICE]
        if is_postgresql():
            yield from select(f"{statement} = ANY(%s)", [part])
        else:
            marks = ", ".join(["%s"] * len(part))
            yield from select(f"{statement} IN ({marks})", part)
