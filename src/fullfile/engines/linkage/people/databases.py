"""The two engines, DuckDB and Spark, behind the same few calls, so that every query is written once.

Queries keep to what both understand. What they spell differently is given one name in each: `arrays_overlap`, and
`jaro_winkler_similarity`, which on Spark is that of rapidfuzz, because the one of Splink's Java library differs in
the third decimal and the engines must agree.
"""

from __future__ import annotations

import logging
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
        self._con.execute("create macro arrays_overlap(a, b) as list_has_any(a, b)")
        self.api = DuckDBAPI(connection=self._con)

    def load(self, name: str, table: pa.Table) -> None:
        self._con.register(f"{name}_arrow", table)
        self._con.execute(f"create table {name} as select * from {name}_arrow")  # noqa: S608  (names are ours)
        self._con.unregister(f"{name}_arrow")

    def make(self, name: str, sql: str) -> None:
        self._con.execute(f"create table {name} as {sql}")

    def fetch(self, sql: str) -> pa.Table:
        return self._con.sql(sql).to_arrow_table()

    def drop(self, name: str) -> None:
        self._con.execute(f"drop table if exists {name}")

    def close(self) -> None:
        self._con.close()


class _Spark:
    def __init__(self, scratch: Path) -> None:
        from pyspark.sql import SparkSession
        from splink import SparkAPI
        from splink.backends.spark import similarity_jar_location

        self._session = (
            SparkSession.builder.master("local[2]")
            .appName("fullfile-people")
            .config("spark.jars", similarity_jar_location())
            .config("spark.ui.enabled", "false")
            .config("spark.driver.memory", "3g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", str(scratch / "spark"))
            .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.default.parallelism", "4")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.sql.ansi.enabled", "false")
            .getOrCreate()
        )
        self._session.sparkContext.setLogLevel("ERROR")
        self._session.sparkContext.setCheckpointDir(str(scratch / "checkpoints"))
        self._scratch = scratch / "tables"
        self._made = 0
        _register_similarity(self._session)
        self.api = SparkAPI(spark_session=self._session, break_lineage_method="parquet")

    def load(self, name: str, table: pa.Table) -> None:
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def make(self, name: str, sql: str) -> None:
        # Written out: a view would be worked out again by everything that reads it.
        self._made += 1
        path = str(self._scratch / f"{name}-{self._made}")
        self._session.sql(sql).write.parquet(path)
        self._session.read.parquet(path).createOrReplaceTempView(name)

    def fetch(self, sql: str) -> pa.Table:
        return self._session.sql(sql).toArrow()

    def drop(self, name: str) -> None:
        self._session.catalog.dropTempView(name)

    def close(self) -> None:
        self._session.stop()


def _register_similarity(session: Any) -> None:
    """Jaro-Winkler of rapidfuzz as a function of a Spark session (`Any`: pyspark comes without need)."""
    from pyspark.sql.functions import pandas_udf
    from pyspark.sql.types import DoubleType

    def similarity(left: Any, right: Any) -> Any:
        import pandas as pd
        from rapidfuzz.distance import JaroWinkler

        return pd.Series(
            [
                JaroWinkler.similarity(a, b) if a is not None and b is not None else None
                for a, b in zip(left, right, strict=True)
            ],
            dtype="float64",
        )

    session.udf.register(
        "jaro_winkler_similarity",
        pandas_udf(similarity, returnType=DoubleType(), functionType="scalar"),
    )
