"""Where the joins run: DuckDB on one machine, Spark for a state. The statements are the same.

Statements are written once, in DuckDB's words and of parts that both know (joins, windows, aggregates), and
translated for Spark by SQLGlot. Tables go in and out as Arrow; on Spark through Parquet files of a scratch folder.
"""
# ruff: noqa: S608 - names in queries are our own tables'

from __future__ import annotations

import os
from abc import abstractmethod
from pathlib import Path
from typing import Any, Literal, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from fullfile.engines.linkage.connection import Connection

__all__ = ["DuckDB", "Engine", "EngineName", "Spark", "make_engine"]

EngineName = Literal["duckdb", "spark"]


class Engine(Protocol):
    """What runs statements."""

    name: EngineName

    @abstractmethod
    def put(self, table: str, rows: pa.Table) -> None:
        """Make a table of Arrow rows."""

    @abstractmethod
    def make(self, table: str, query: str) -> None:
        """Make a table of a query's rows, worked out once."""

    @abstractmethod
    def get(self, query: str) -> pa.Table:
        """The rows of a query."""

    @abstractmethod
    def close(self) -> None:
        """Give back what was taken."""


class DuckDB:
    """One machine. The connection is the one on which the keys were made, so nothing is copied."""

    name: EngineName = "duckdb"

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, table: str, rows: pa.Table) -> None:
        """Make a table of Arrow rows."""
        self.connection.register("incoming_rows", rows)
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM incoming_rows")
        self.connection.unregister("incoming_rows")

    def make(self, table: str, query: str) -> None:
        """Make a table of a query's rows."""
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {query}")

    def get(self, query: str) -> pa.Table:
        """The rows of a query."""
        found: pa.Table = self.connection.sql(query).to_arrow_table()
        return found

    def close(self) -> None:
        """Nothing is held: the connection is the caller's."""


class Spark:
    """A state's worth of offices. Tables lie as Parquet in the scratch folder."""

    name: EngineName = "spark"

    def __init__(self, scratch: Path, *, cores: int | None = None, memory: str = "4g") -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise ModuleNotFoundError(
                "Spark is not installed here: install fullfile[spark] and a Java runtime (17), or use --engine duckdb."
            ) from error
        self.scratch = scratch
        self.session: Any = (  # Any: PySpark's builder has no types of its own
            SparkSession.builder.master(f"local[{cores or os.cpu_count() or 1}]")
            .appName("fullfile link")
            .config("spark.driver.memory", memory)
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", str(2 * (cores or os.cpu_count() or 1)))
            .config("spark.sql.ansi.enabled", "false")
            .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
            .config("spark.local.dir", str(scratch))
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")

    def put(self, table: str, rows: pa.Table) -> None:
        """Make a table of Arrow rows."""
        place = self.scratch / f"{table}.parquet"
        pq.write_table(rows, place)
        self.session.read.parquet(str(place)).createOrReplaceTempView(table)

    def make(self, table: str, query: str) -> None:
        """Make a table of a query's rows: written out, so that it is worked out once."""
        place = self.scratch / f"{table}-made-{len(list(self.scratch.iterdir()))}"
        self._run(query).write.mode("overwrite").parquet(str(place))
        self.session.read.parquet(str(place)).createOrReplaceTempView(table)

    def get(self, query: str) -> pa.Table:
        """The rows of a query."""
        found: pa.Table = self._run(query).toArrow()
        return found

    def _run(self, query: str) -> Any:  # Any: a Spark data frame
        import sqlglot

        (statement,) = sqlglot.transpile(query, read="duckdb", write="spark")
        return self.session.sql(statement)

    def close(self) -> None:
        """Stop Spark."""
        self.session.stop()


def make_engine(name: EngineName, connection: Connection, scratch: Path) -> Engine:
    """The engine of a name.

    Args:
        name: `duckdb` or `spark`.
        connection: where the keys were made; DuckDB goes on there.
        scratch: a folder for Spark's files.
    """
    return DuckDB(connection) if name == "duckdb" else Spark(scratch)
