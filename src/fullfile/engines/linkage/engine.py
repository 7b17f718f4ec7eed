"""Where the joins run: DuckDB on one machine, Spark for a state. The statements are the same.

Statements are written once, in DuckDB's words and of parts that both know (joins, windows, aggregates), and
translated for Spark by SQLGlot. Tables go in and out as Arrow; on Spark through Parquet files of a scratch folder.
"""
# ruff: noqa: S608 - names in queries are our own tables'

from __future__ import annotations

import os
import shutil
import warnings
from abc import abstractmethod
from pathlib import Path
from typing import Any, Literal, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from fullfile.core.errors import Unavailable
from fullfile.engines.linkage.connection import Connection

__all__ = ["DuckDB", "Engine", "EngineName", "Rows", "Spark", "make_engine"]

EngineName = Literal["duckdb", "spark"]
Rows = pa.Table | pa.RecordBatchReader


class Engine(Protocol):
    """What runs statements."""

    name: EngineName

    @abstractmethod
    def put(self, table: str, rows: Rows) -> None:
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
    """One machine. The connection is the one on which the keys were made, so nothing is copied.

    What a step makes lives for the next one only, so it is not written out in full: a temporary table.
    """

    name: EngineName = "duckdb"

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, table: str, rows: Rows) -> None:
        """Make a table of Arrow rows."""
        self.connection.register("incoming_rows", rows)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM incoming_rows"
        )
        self.connection.unregister("incoming_rows")

    def make(self, table: str, query: str) -> None:
        """Make a table of a query's rows."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")

    def get(self, query: str) -> pa.Table:
        """The rows of a query."""
        found: pa.Table = self.connection.sql(query).to_arrow_table()
        return found

    def close(self) -> None:
        """Nothing is held: the connection is the caller's."""


class Spark:
    """A state's worth of offices. Tables lie as Parquet in the scratch folder.

    Where Spark runs already, its tables are kept in a session of their own, and it runs on afterwards. On a cluster
    the scratch folder must be one that every worker sees.
    """

    name: EngineName = "spark"

    def __init__(self, scratch: Path, *, cores: int | None = None, memory: str = "4g") -> None:
        """Start Spark, or join the one that runs in this process.

        Args:
            scratch: a folder for its tables.
            cores: how many it may use; None: all there are.
            memory: how much it may use.

        Raises:
            Unavailable: Spark or Java is not there.
        """
        cores = cores or os.cpu_count() or 1
        with warnings.catch_warnings():
            # Spark warns of new versions of pandas; no pandas is used here.
            warnings.simplefilter("ignore")
            running = _running()
            # Any: PySpark's sessions have no types of their own
            self.session: Any = (
                _started(scratch, cores, memory) if running is None else running.newSession()
            )
        self._ours = running is None
        self.session.conf.set("spark.sql.ansi.enabled", "false")
        # A cluster knows better than we do into how many parts a join falls.
        if self.session.sparkContext.master.startswith("local"):
            self.session.conf.set("spark.sql.shuffle.partitions", str(2 * cores))
        self.scratch = scratch / "joined"
        self.scratch.mkdir(exist_ok=True)
        self._places: dict[str, Path] = {}
        self._made = 0

    def put(self, table: str, rows: Rows) -> None:
        """Make a table of Arrow rows."""
        place = self._next(table)
        with pq.ParquetWriter(place, rows.schema) as writer:
            if isinstance(rows, pa.Table):
                writer.write_table(rows)
            else:
                for batch in rows:
                    writer.write_batch(batch)
        self._show(table, place)

    def make(self, table: str, query: str) -> None:
        """Make a table of a query's rows: written out, so that it is worked out once."""
        place = self._next(table)
        self._run(query).write.parquet(str(place))
        self._show(table, place)

    def _next(self, table: str) -> Path:
        # Never the place of what is there: a query may read the table that it makes anew.
        self._made += 1
        return self.scratch / f"{table}-{self._made}.parquet"

    def _show(self, table: str, place: Path) -> None:
        self.session.read.parquet(str(place)).createOrReplaceTempView(table)
        old = self._places.get(table)
        self._places[table] = place
        if old is not None and old.is_dir():
            shutil.rmtree(old)
        elif old is not None:
            old.unlink()

    def get(self, query: str) -> pa.Table:
        """The rows of a query."""
        found: pa.Table = self._run(query).toArrow()
        return found

    def _run(self, query: str) -> Any:  # Any: a Spark data frame
        import sqlglot

        (statement,) = sqlglot.transpile(query, read="duckdb", write="spark")
        return self.session.sql(statement)

    def close(self) -> None:
        """Stop Spark, if it was started here."""
        if self._ours:
            self.session.stop()


_ABSENT = (
    "Spark cannot run here: install fullfile[spark] and a Java runtime (17 or newer, on the path or named by "
    "JAVA_HOME), or use --engine duckdb."
)


def _running() -> Any:  # Any: PySpark's sessions have no types of their own
    """The session of a Spark that runs in this process already; None: there is none."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Unavailable(_ABSENT) from error
    try:
        return SparkSession.active()
    except PySparkRuntimeError:
        return None


def _started(scratch: Path, cores: int, memory: str) -> Any:  # Any: as above
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    # Without Java the launcher would write lines of its own before it fails.
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        raise Unavailable(_ABSENT)
    builder: Any = SparkSession.builder
    try:
        session = (
            builder.master(f"local[{cores}]")
            .appName("fullfile link")
            .config("spark.driver.memory", memory)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
            .config("spark.local.dir", str(scratch))
            .getOrCreate()
        )
    except (PySparkRuntimeError, OSError) as error:
        raise Unavailable(_ABSENT) from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def make_engine(name: EngineName, connection: Connection, scratch: Path) -> Engine:
    """The engine of a name.

    Args:
        name: `duckdb` or `spark`.
        connection: where the keys were made; DuckDB goes on there.
        scratch: a folder for Spark's files.

    Raises:
        Unavailable: Spark or Java is not there.
    """
    return DuckDB(connection) if name == "duckdb" else Spark(scratch)
