"""The two engines, DuckDB and Spark, behind the same few calls, so that every query is written once.

Queries keep to what both understand. What they spell differently is given one name in each: `arrays_overlap`, and
`name_similarity`, which is Jaro-Winkler as rapidfuzz and DuckDB work it out. Spark's own and that of
Splink's Java library give other numbers, and the engines must agree.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from fullfile.engines.linkage.people.results import Engine

__all__ = ["Database", "open_database"]


class Database(Protocol):
    """What resolving needs of an engine."""

    api: Any
    """Splink's own handle on the engine; Splink has no public type for it."""

    def load(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name."""

    def make(self, name: str, sql: str) -> None:
        """Keep the result of a query as a table."""

    def fetch(self, sql: str) -> pa.Table:
        """The result of a query."""

    def drop(self, name: str) -> None:
        """Forget a table."""


@contextmanager
def open_database(engine: Engine, scratch: Path) -> Iterator[Database]:
    """An engine for the length of one run.

    Args:
        engine: which.
        scratch: where it may put what does not fit into memory.
    """
    # Splink tells at length which level it has not met; what became of it stands in the model.
    logging.getLogger("splink").setLevel(logging.ERROR)
    if engine == "duckdb":
        database = _DuckDB(scratch)
        try:
            yield database
        finally:
            database.close()
    else:
        spark = _Spark(scratch)
        try:
            yield spark
        finally:
            spark.close()


class _DuckDB:
    def __init__(self, scratch: Path) -> None:
        import duckdb
        from splink import DuckDBAPI

        self._con = duckdb.connect(
            config={
                "temp_directory": str(scratch / "duckdb"),
                "memory_limit": "3GB",
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        self._con.execute("create macro name_similarity(a, b) as jaro_winkler_similarity(a, b)")
        self._con.execute("create macro arrays_overlap(a, b) as list_has_any(a, b)")
        self.api = DuckDBAPI(connection=self._con)

    def load(self, name: str, table: pa.Table) -> None:
        self._con.register(f"{name}_arrow", table)
        self._con.execute(f"create table {name} as select * from {name}_arrow")  # noqa: S608  (names are ours)
        self._con.unregister(f"{name}_arrow")

    def make(self, name: str, sql: str) -> None:
        self._con.execute(f"create table {name} as {sql}")

    def fetch(self, sql: str) -> pa.Table:
        table: pa.Table = self._con.sql(sql).to_arrow_table()
        return table

    def drop(self, name: str) -> None:
        self._con.execute(f"drop table if exists {name}")

    def close(self) -> None:
        self._con.close()


class _Spark:
    def __init__(self, scratch: Path) -> None:
        from pyspark.sql import SparkSession
        from splink import SparkAPI

        running = SparkSession.getActiveSession()
        self._ours = running is None
        # `Any`: PySpark's builder and Splink's handle have no types of their own.
        # In a Spark that runs already, a session of our own: tables of the same name stay apart.
        session: Any = running.newSession() if running else _start_spark(scratch)
        session.conf.set("spark.sql.ansi.enabled", "false")
        session.conf.set("spark.sql.shuffle.partitions", "4")
        self._session = session
        if session.sparkContext.master.startswith("local"):
            # Spark would start whichever `python3` comes first, with no package of ours.
            session.sparkContext.pythonExec = sys.executable
        self._session.sparkContext.setCheckpointDir(str(scratch / "checkpoints"))
        self._scratch = scratch / "tables"
        self._made = 0
        _register_similarity(self._session)
        handle: Any = SparkAPI
        # The functions of Splink's Java library are not registered: none is used.
        self.api = handle(
            spark_session=self._session,
            break_lineage_method="parquet",
            register_udfs_automatically=False,
        )

    def load(self, name: str, table: pa.Table) -> None:
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def make(self, name: str, sql: str) -> None:
        # Written out: a view would be worked out again by everything that reads it.
        self._made += 1
        path = str(self._scratch / f"{name}-{self._made}")
        self._session.sql(sql).write.parquet(path)
        self._session.read.parquet(path).createOrReplaceTempView(name)

    def fetch(self, sql: str) -> pa.Table:
        table: pa.Table = self._session.sql(sql).toArrow()
        return table

    def drop(self, name: str) -> None:
        self._session.catalog.dropTempView(name)

    def close(self) -> None:
        if self._ours:
            self._session.stop()


# `Any`: PySpark's builder has no types of its own.
def _start_spark(scratch: Path) -> Any:
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    return (
        builder.master("local[*]")
        .appName("fullfile-people")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "3g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.local.dir", str(scratch / "spark"))
        .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
        .config("spark.default.parallelism", "4")
        .getOrCreate()
    )


def _register_similarity(session: Any) -> None:
    """Jaro-Winkler of rapidfuzz as a function of a Spark session (`Any`: pyspark ships without a marker)."""
    from pyspark.sql.pandas.functions import ArrowUDFType, arrow_udf
    from pyspark.sql.types import DoubleType

    # Inside, so that it travels to Spark's workers by value: they need rapidfuzz, not this package.
    def similarity(left: Any, right: Any) -> Any:
        import pyarrow as pa
        from rapidfuzz.distance import JaroWinkler

        return pa.array(
            [
                JaroWinkler.similarity(a, b) if a is not None and b is not None else None
                for a, b in zip(left.to_pylist(), right.to_pylist(), strict=True)
            ],
            pa.float64(),
        )

    with warnings.catch_warnings():
        # Spark asks for annotations instead of a type; it would read ours, which it cannot.
        warnings.simplefilter("ignore")
        function = arrow_udf(similarity, returnType=DoubleType(), functionType=ArrowUDFType.SCALAR)
    session.udf.register("name_similarity", function)
