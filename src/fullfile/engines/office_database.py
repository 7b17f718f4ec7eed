"""The office's database read through Arrow (ADBC): whole columns, no Django, nothing written.

One connection reads one consistent state: a transaction is open from the first query on.
What this does not do: it knows no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa

__all__ = ["connected", "record_batches"]


@contextmanager
def connected(database: str) -> Iterator[Any]:  # Any: two drivers, no typed base
    """A read-only connection.

    Args:
        database: the path of an SQLite database, or the address of a PostgreSQL one.
    """
    if database.startswith(("postgres://", "postgresql://")):
        from adbc_driver_postgresql import dbapi

        connection = dbapi.connect(database)
    else:
        from adbc_driver_sqlite import dbapi as sqlite

        connection = sqlite.connect(f"file:{quote(str(Path(database).resolve()))}?mode=ro")
    try:
        yield connection
    finally:
        connection.rollback()
        connection.close()


def record_batches(connection: Any, statement: str) -> Iterator[pa.RecordBatch]:
    """The rows of a query as Arrow batches, as they come."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(statement)
        yield from cursor.fetch_record_batch()
