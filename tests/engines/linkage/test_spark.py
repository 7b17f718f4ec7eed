"""Spark gives what DuckDB gives, from the record to the reasons; where it is absent, that is said in one sentence."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from django.db import connections

from fullfile.cli.main import main
from fullfile.core.errors import Unavailable
from fullfile.engines.counties.county import write_county
from fullfile.engines.linkage import suggesting
from fullfile.engines.linkage.engine import Spark
from fullfile.engines.linkage.model import load_model
from fullfile.engines.linkage.suggesting import Linkage
from fullfile.server.settings import database_address
from fullfile.server.store.load import current_size

ABSENT = (
    "Spark cannot run here: install fullfile[spark] and a Java runtime (17 or newer, on the path or named by "
    "JAVA_HOME), or use --engine duckdb."
)


@pytest.fixture
def spark_runs():
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed: install fullfile[spark]")
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        pytest.skip("there is no Java runtime: install Java 17 or newer")


@pytest.fixture
def county(home, tmp_path):
    """The office of a county; its database and the size of its record."""
    write_county(tmp_path / "county", seed=5, noise="usual", cases=120, items=1400)
    given = ["--home", str(home)]
    office = ["--office", "T", "--jurisdiction", "us-nm", "--time-zone", "America/Denver"]
    assert main([*given, "init", *office]) == 0
    assert main([*given, "import", str(tmp_path / "county"), "--source", "county"]) == 0
    yield database_address(), current_size()
    connections.close_all()


def found_by(engine, county, scratch, *conditions):
    """What is found for the items of each condition, one after the other."""
    scratch.mkdir()
    with Linkage(*county, load_model(), scratch=scratch, engine=engine) as linkage:
        return [linkage.suggest(top=10, which=one) for one in conditions]


def told(suggestion):
    """All that is said of a suggestion but its numbers, and the numbers."""
    said = [
        (one.what, one.group, one.item_side, one.case_side, one.day) for one in suggestion.reasons
    ]
    days = [day for day, _ in suggestion.steps]
    numbers = [
        suggestion.bits,
        *(one.weight for one in suggestion.reasons),
        *(bits for _, bits in suggestion.steps),
    ]
    return (suggestion.agency, suggestion.tag, suggestion.case_number, said, days), numbers


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore")  # those of Spark's own Python code
def test_spark_suggests_what_duckdb_suggests(spark_runs, county, tmp_path, monkeypatch):
    # In several parts, and for a second choice of items: nothing of an earlier part is read again.
    monkeypatch.setattr(suggesting, "_PART", 60)
    conditions = (suggesting.ORPHANS, "i.item_id % 40 = 0", "FALSE")
    here = found_by("duckdb", county, tmp_path / "duckdb", *conditions)
    there = found_by("spark", county, tmp_path / "spark", *conditions)

    assert [one.looked_at for one in there] == [one.looked_at for one in here]
    assert here[0].looked_at > 120
    assert here[1].looked_at > 30
    assert here[2].looked_at == 0
    for one, other in zip(here, there, strict=True):
        assert list(other.suggestions) == list(one.suggestions)
        assert (other.about, other.skipped) == (one.about, one.skipped)
        assert (other.share, other.base) == pytest.approx((one.share, one.base), abs=1e-6)
        for item, suggestions in one.suggestions.items():
            assert len(other.suggestions[item]) == len(suggestions)
            for mine, theirs in zip(suggestions, other.suggestions[item], strict=True):
                said, numbers = told(mine)
                assert told(theirs) == (said, pytest.approx(numbers, abs=1e-6))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # those of Spark's own Python code
def test_spark_that_runs_already_runs_on_and_its_tables_stay(spark_runs, tmp_path):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    with contextlib.closing(Spark(tmp_path / "first", cores=1)) as first:
        first.put("bears", pa.table({"one": [1, 2]}))
        with contextlib.closing(Spark(tmp_path / "second", cores=1)) as second:
            second.put("bears", pa.table({"one": [7]}))
            second.make("bears", "SELECT one + 1 AS one FROM bears")
            assert second.get("SELECT one FROM bears").to_pydict() == {"one": [8]}
        assert first.get("SELECT one FROM bears ORDER BY one").to_pydict() == {"one": [1, 2]}
        # What was made anew lies there once.
        assert len(list((tmp_path / "second").rglob("bears*.parquet"))) == 1
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    with pytest.raises(PySparkRuntimeError, match="NO_ACTIVE_OR_DEFAULT_SESSION"):
        SparkSession.active()


@pytest.mark.parametrize("missing", ["pyspark", "java"])
def test_where_spark_is_absent_a_sentence_says_what_to_do(tmp_path, monkeypatch, missing):
    take_away(monkeypatch, tmp_path, missing)
    with pytest.raises(Unavailable) as raised:
        Linkage("no.sqlite3", 0, load_model(), scratch=tmp_path, engine="spark")
    assert str(raised.value) == ABSENT


def test_at_the_command_line_it_is_the_same_sentence(home, monkeypatch, capsys):
    office = ["--office", "T", "--jurisdiction", "us-nm"]
    assert main(["--home", str(home), "init", *office]) == 0
    take_away(monkeypatch, home, "pyspark")
    capsys.readouterr()
    assert main(["--home", str(home), "link", "--engine", "spark", "--by", "clerk"]) == 2
    said = capsys.readouterr()
    connections.close_all()
    assert said.out == ""
    assert " ".join(said.err.split()) == f"fullfile: {ABSENT}"


def take_away(monkeypatch: pytest.MonkeyPatch, empty: Path, missing: str) -> None:
    """As where PySpark, or Java, is not installed."""
    if missing == "pyspark":
        for name in [one for one in sys.modules if one.partition(".")[0] == "pyspark"]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "pyspark", None)
        return
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed: install fullfile[spark]")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(empty))
