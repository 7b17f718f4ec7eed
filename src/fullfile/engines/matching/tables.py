"""The read tables as Ibis expressions, with one declared schema for every engine.

The schemas are the columns of `server/store/models.py` that the match reads,
and no others: the snapshot has the same ones. Flags are declared boolean; on
SQLite they are 0 and 1, which compare the same. Nothing is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.operations as ops

__all__ = [
    "FACTS",
    "KEYS",
    "SCHEMAS",
    "Expr",
    "Tables",
    "key_of",
    "read_duckdb",
    "read_postgres",
    "read_sqlite",
]

# Ibis builds its expression classes at run time; there is nothing narrower to name.
Expr = Any

_FACT = {"entry": "int64", "to_index": "int64", "source_id": "int32", "batch": "int64"}
_PART = {"entry": "int64", "to_index": "int64"}

FACTS: dict[str, dict[str, str]] = {
    "agencies": _FACT | {"agency_id": "int32", "side": "string"},
    "agency_names": _PART | {"agency_id": "int32", "name_norm": "string"},
    "cases": _FACT
    | {
        "case_id": "int32",
        "jurisdiction": "string",
        "court_level": "string",
        "opened_first": "int64",
        "opened_last": "int64",
        "time_zone": "string",
    },
    "case_reports": _PART | {"case_id": "int32", "report_id": "int32"},
    "case_relations": _PART | {"case_id": "int32", "other_id": "int32", "kind": "string"},
    "case_agencies": _PART | {"case_id": "int32", "agency_id": "int32"},
    "parties": _FACT
    | {
        "case_id": "int32",
        "role": "string",
        "defendant_id": "int32",
        "agency_id": "int32",
        "custody": "string",
        "recorded": "int64",
    },
    "party_status": _FACT
    | {
        "case_id": "int32",
        "defendant_id": "int32",
        "status": "string",
        "from_first": "int64",
        "from_last": "int64",
        "until_last": "int64",
        "ord": "int64",
    },
    "counts": _FACT
    | {
        "case_id": "int32",
        "defendant_id": "int32",
        "count_norm": "string",
        "offense_norm": "string",
        "charged_first": "int64",
        "charged_last": "int64",
        "overridden": "boolean",
    },
    "items": _FACT
    | {
        "item_id": "int64",
        "agency_id": "int32",
        "report_id": "int32",
        "held_first": "int64",
        "booked_first": "int64",
        "parent_id": "int64",
        "quantity": "int64",
        "booker_norm": "string",
        "kind": "string",
    },
    "item_status": {
        "entry": "int64",
        "source_id": "int32",
        "item_id": "int64",
        "status": "string",
        "since": "int64",
        "ord": "int64",
        "was_lost": "boolean",
    },
    "custody": _FACT
    | {
        "item_id": "int64",
        "event": "string",
        "first": "int64",
        "last": "int64",
        "ord": "int64",
        "quantity": "int64",
        "ordered": "boolean",
        "by_norm": "string",
    },
    "custody_names": _PART | {"item_id": "int64", "first": "int64", "name_norm": "string"},
    "filings": _FACT
    | {
        "case_id": "int32",
        "item_id": "int64",
        "filed_first": "int64",
        "filed_last": "int64",
        "withdrawn": "boolean",
        "set_aside": "boolean",
        "with_contents": "boolean",
        "by_norm": "string",
        "reasoned": "boolean",
        "confirmed_norm": "string",
        "confirmed_last": "int64",
    },
    "disclosures": _FACT
    | {
        "case_id": "int32",
        "defendant_id": "int32",
        "item_id": "int64",
        "first": "int64",
        "last": "int64",
        "whole": "boolean",
        "with_contents": "boolean",
        "production_norm": "string",
        "ack_last": "int64",
    },
    "withholdings": _FACT
    | {
        "case_id": "int32",
        "item_id": "int64",
        "defendant_id": "int32",
        "ground": "string",
        "first": "int64",
        "last": "int64",
        "named": "boolean",
        "announced_last": "int64",
        "sealed": "boolean",
        "ordered": "boolean",
        "order_last": "int64",
        "until_last": "int64",
    },
    "determinations": _FACT
    | {"case_id": "int32", "item_id": "int64", "first": "int64", "last": "int64"},
    "knowledge": _FACT
    | {"item_id": "int64", "case_id": "int32", "first": "int64", "last": "int64"},
    "mentions": _FACT
    | {
        "agency_id": "int32",
        "report_id": "int32",
        "case_id": "int32",
        "item_id": "int64",
        "first": "int64",
        "last": "int64",
        "quantity": "int64",
        "closed": "boolean",
    },
    "answers": _FACT
    | {
        "case_id": "int32",
        "agency_id": "int32",
        "answer": "string",
        "first": "int64",
        "last": "int64",
        "ord": "int64",
    },
    "requests": _FACT
    | {"case_id": "int32", "defendant_id": "int32", "first": "int64", "last": "int64"},
    "links": _FACT
    | {
        "item_id": "int64",
        "case_id": "int32",
        "decision": "string",
        "first": "int64",
        "last": "int64",
    },
    "holds": _FACT
    | {
        "hold_norm": "string",
        "case_id": "int32",
        "report_id": "int32",
        "item_id": "int64",
        "placed_first": "int64",
        "placed_last": "int64",
        "lifted_last": "int64",
    },
    "docket": _FACT
    | {
        "case_id": "int32",
        "defendant_id": "int32",
        "count_norm": "string",
        "event": "string",
        "first": "int64",
        "last": "int64",
        "ord": "int64",
        "due_day": "int32",
        "about_disclosure": "boolean",
        "about_protection": "boolean",
        "period": "string",
    },
    "link_runs": _FACT | {"size": "int64", "item_id": "int64"},
    "suggestions": _PART
    | {"item_id": "int64", "case_id": "int32", "first": "int64", "millionths": "int32"},
}
"""Tables with `entry`: a row is written once, and closed at most once (`to_index`)."""

KEYS: dict[str, dict[str, str]] = {
    "item_key": {"item_id": "int64", "agency_id": "int32"},
    "case_key": {"case_id": "int32", "norm": "string"},
    "report_key": {"report_id": "int32", "agency_id": "int32"},
    "defendant_key": {"defendant_id": "int32", "case_id": "int32", "norm": "string"},
    "source_key": {"source_id": "int32", "name": "string"},
}
"""Tables of numbers, which only grow."""

SCHEMAS: dict[str, dict[str, str]] = FACTS | KEYS


def key_of(table: str) -> str:
    """The column by which a table's new rows are found: its first."""
    return next(iter(SCHEMAS[table]))


@dataclass(frozen=True, slots=True)
class Tables:
    """A connection, and its read tables.

    Attributes:
        connection: the Ibis backend.
        rows: the tables by name.
        size: the size of the record that they hold; None: whatever is there.
    """

    connection: Any  # an Ibis backend: its classes share no typed base
    rows: Mapping[str, Expr]
    size: int | None = None

    def __getitem__(self, name: str) -> Expr:
        """One table."""
        return self.rows[name]

    @property
    def engine(self) -> str:
        """`sqlite`, `postgres` or `duckdb`."""
        return str(self.connection.name)


def named(connection: Any, name: str, schema: Mapping[str, str]) -> Expr:  # Any: see `Tables`
    """A table of the connection, with the schema that we say it has."""
    return ops.DatabaseTable(
        name=name, schema=ibis.schema(dict(schema)), source=connection, namespace=ops.Namespace()
    ).to_expr()


def _all(connection: Any, make: Callable[[str], Expr], size: int | None = None) -> Tables:
    return Tables(connection, {name: make(name) for name in SCHEMAS}, size)


def read_sqlite(path: str) -> Tables:
    """The read tables of an office's SQLite database."""
    connection = ibis.sqlite.connect(path)
    return _all(connection, lambda name: named(connection, name, SCHEMAS[name]))


def read_postgres(url: str) -> Tables:
    """The read tables of an office's PostgreSQL database."""
    connection = ibis.connect(url)
    return _all(connection, lambda name: named(connection, name, SCHEMAS[name]))


def read_duckdb(connection: Any, size: int | None = None) -> Tables:  # Any: see `Tables`
    """Read tables that are tables or views of a DuckDB connection."""
    return _all(connection, lambda name: named(connection, name, SCHEMAS[name]), size)
