"""The office's database read through Arrow: whole columns, no Django, nothing written.

One connection reads one consistent state: a transaction is open from the first query on. A PostgreSQL office is read by
ADBC. So are the columns of an SQLite one, but by a process of its own (`office_reader` says why); to begin that takes
longer than to read a few rows, so those are read by Python's own SQLite, which is the one that Django has.
What this does not do: it knows no table.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import quote

import pyarrow as pa

from fullfile.core.errors import Unavailable

if TYPE_CHECKING:
    import io

__all__ = ["connected", "record_batches"]


@contextmanager
def connected(database: str, *, few: bool = False) -> Iterator[Any]:  # a driver's, or our reader
    """A read-only connection, for `record_batches`.

    Args:
        database: the path of an SQLite database, or the address of a PostgreSQL one.
        few: only some rows will be asked for.
    """
    if database.startswith(("postgres://", "postgresql://")):
        from adbc_driver_postgresql import dbapi

        connection = dbapi.connect(database)
        try:
            yield connection
        finally:
            connection.rollback()
            connection.close()
        return
    reader = _FewRows(Path(database)) if few else _Reader(Path(database))
    try:
        yield reader
    finally:
        reader.close()


def record_batches(connection: Any, statement: str) -> Iterator[pa.RecordBatch]:
    """The rows of a query as Arrow batches, as they come.

    Raises:
        Unavailable: the SQLite office could not be read.
    """
    if isinstance(connection, (_Reader, _FewRows)):
        yield from connection.read(statement)
        return
    with closing(connection.cursor()) as cursor:
        cursor.execute(statement)
        yield from cursor.fetch_record_batch()


class _FewRows:
    """A few rows of an SQLite office, read in this process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            address = f"file:{quote(str(path.resolve()))}?mode=ro"
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
            self._connection.execute("BEGIN")
        except sqlite3.Error as error:
            raise Unavailable(f"{path} could not be read ({error}).") from error

    def read(self, statement: str) -> Iterator[pa.RecordBatch]:
        try:
            cursor = self._connection.execute(statement)
            names = [one[0] for one in cursor.description]
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise Unavailable(f"{self._path} could not be read ({error}).") from error
        if rows:
            columns = [pa.array(column) for column in zip(*rows, strict=True)]
            yield pa.RecordBatch.from_arrays(columns, names=names)

    def close(self) -> None:
        self._connection.close()


class _Reader:
    """The process that reads an SQLite office; one statement at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "fullfile.engines.office_reader", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def read(self, statement: str) -> Iterator[pa.RecordBatch]:
        asked, answers = self._pipes()
        try:
            asked.write(json.dumps(statement).encode() + b"\n")
            asked.flush()
        except BrokenPipeError as error:
            raise self._gone() from error
        sign = answers.read(1)
        if sign == b"-":
            said = answers.read(int(answers.read(10))).decode()
            raise Unavailable(f"{self._path} could not be read ({said.strip()}).")
        if sign != b"+":
            raise self._gone()
        with pa.ipc.open_stream(cast("io.IOBase", answers)) as batches:
            try:
                yield from batches
            finally:
                for (
                    _
                ) in batches:  # whoever stops early leaves nothing behind for the next statement
                    pass

    def close(self) -> None:
        """Let the reader go; it ends when nobody asks any more."""
        for pipe in self._pipes():
            pipe.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        asked, answers = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answers is not None
        return asked, answers

    def _gone(self) -> Unavailable:
        return Unavailable(
            f"{self._path} could not be read: what reads it ended. Is the file there, and may it be read?"
        )
