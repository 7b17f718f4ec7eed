"""The snapshot: written on from a database, it gives what the database gives."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from fullfile.core.matching.line import State
from fullfile.engines.matching.engine import Match
from fullfile.engines.matching.law import Moment
from fullfile.engines.matching.snapshot import (
    Manifest,
    arrow_schema,
    open_snapshot,
    read_manifest,
    refresh,
    write_tables,
)
from fullfile.engines.matching.tables import SCHEMAS
from tests.engines.matching.world import World, last, law, said


@pytest.fixture
def world() -> World:
    """Two items of a case: one handed over, one not."""
    made = World(law=law("2024-01-03"))
    made.open_case()
    made.add("docket", case_id=1, event="arraignment", on="2024-01-03")
    for item in (1, 2):
        made.item(item, booked="2024-01-02")
        made.add("filings", case_id=1, item_id=item, filed="2024-01-05")
    made.add("disclosures", case_id=1, defendant_id=11, item_id=1, on="2024-01-06", whole=True)
    made.add("mentions", agency_id=1, report_id=101, on="2024-01-05", closed=True)
    return made


def _database(world: World, path: Path, *, size: int | None = None) -> str:
    """An SQLite database of the world's rows, as Django types its columns."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        for statement in world.statements():
            database.execute(statement.replace("BOOLEAN", "bool").replace("BIGINT", "bigint"))
        database.execute("CREATE TABLE head (size bigint)")
        database.execute("INSERT INTO head VALUES (?)", [size or world.size])
    database.close()
    return str(path)


def _states(place: Path, world: World, tmp_path: Path, on: str = "2024-01-20") -> list[str]:
    tables = open_snapshot(place, tmp_path / "scratch", threads=1)
    with Match(tables, Moment(world.size, last(on)), world.policy, world.law) as match:
        lines = [said(row) for row in match.lines().to_pylist()]
    tables.connection.disconnect()
    return lines


def test_a_snapshot_grows_with_the_record(world: World, tmp_path: Path) -> None:
    place, office = tmp_path / "snapshot", tmp_path / "office.sqlite3"
    before = refresh(place, _database(world, office), world.size, "root 1")
    assert _states(place, world, tmp_path) == [
        "item 2 case 1 for 11: overdue",
        "item 1 case 1 for 11: unacknowledged",
        "agency 1 case 1: unanswered",
    ]
    # A snapshot with closures has views of every table, and the table of mentions has a `closed`.
    # The row of item 2 on the file is corrected: it was withdrawn.
    old = world.rows["filings"][1]
    old["to_index"] = world.add("filings", case_id=1, item_id=2, filed="2024-01-05", withdrawn=True)
    after = refresh(place, _database(world, office), world.size, "root 2", lambda size: "root 1")
    assert after.files["filings"][0] == before.files["filings"][0]
    assert len(after.files["filings"]) == 2
    assert len(after.files["closures"]) == 1
    assert after.files["items"] == before.files["items"]
    assert _states(place, world, tmp_path)[0] == "item 2 case 1 for 11: unfiled + overdue"
    assert read_manifest(place) == after


@pytest.mark.parametrize("how", ["smaller", "another root", "another root before", "lost file"])
def test_another_record_is_written_anew(world: World, tmp_path: Path, how: str) -> None:
    place, office = tmp_path / "snapshot", tmp_path / "office.sqlite3"
    refresh(place, _database(world, office), world.size, "root 1")
    size, root_at = world.size, None
    if how == "smaller":
        size -= 1
    elif how == "another root before":
        world.add("disclosures", case_id=1, defendant_id=11, item_id=2, on="2024-01-07")
        size, root_at = world.size, lambda _: "no such root"
    elif how == "lost file":
        next(place.glob("items-*")).unlink()
    found = refresh(place, _database(world, office), size, "root 2", root_at)
    assert found.size == size
    assert all(len(parts) == 1 for parts in found.files.values())


def test_the_same_size_is_not_written_again(world: World, tmp_path: Path) -> None:
    place, office = tmp_path / "snapshot", tmp_path / "office.sqlite3"
    refresh(place, _database(world, office), world.size, "root 1")
    office.unlink()
    assert refresh(place, str(office), world.size, "root 1").size == world.size


def test_files_that_the_manifest_does_not_name_do_not_count(world: World, tmp_path: Path) -> None:
    place = tmp_path / "snapshot"
    refresh(place, _database(world, tmp_path / "office.sqlite3"), world.size, "root 1")
    (place / "items-000000000099.parquet").write_bytes(b"half a file")
    assert len(_states(place, world, tmp_path)) == 3


def test_no_snapshot_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="refresh"):
        open_snapshot(tmp_path, tmp_path / "scratch")
    assert read_manifest(tmp_path) == Manifest()


def test_a_snapshot_of_postgres_is_the_same(
    world: World, tmp_path: Path, postgres_url: str
) -> None:
    world.on("postgres", postgres_url).connection.disconnect()
    refresh(tmp_path / "a", postgres_url, world.size, "root")
    refresh(tmp_path / "b", _database(world, tmp_path / "office.sqlite3"), world.size, "root")
    assert _states(tmp_path / "a", world, tmp_path) == _states(tmp_path / "b", world, tmp_path)


def test_a_snapshot_from_arrow_counts_and_writes_lines(world: World, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pieces: list[tuple[str, Any]] = []
    for name in SCHEMAS:
        schema = arrow_schema(name)
        rows = [{key: row.get(key) for key in schema.names} for row in world.rows.get(name, [])]
        pieces.append((name, pa.Table.from_pylist(rows, schema=schema)))
    assert write_tables(tmp_path / "snapshot", pieces).size == world.size
    tables = open_snapshot(tmp_path / "snapshot", tmp_path / "scratch")
    moment = Moment(world.size, last("2024-01-20"))
    with Match(tables, moment, world.policy, world.law) as match:
        assert match.write_parquet(tmp_path / "lines.parquet") == 3
        summary = match.summary()
        assert match.lines(states=[State.OVERDUE]).num_rows == 1
        assert match.lines(cases=[2]).num_rows == 0
        assert match.lines(limit=1, offset=1).column("item_id").to_pylist() == [1]
        assert match.lines(exceptions=True, ended=False).num_rows == 2
    assert pq.read_table(tmp_path / "lines.parquet").num_rows == 3
    assert summary.states == {State.OVERDUE: 1, State.UNACKNOWLEDGED: 1, State.UNANSWERED: 1}
    assert (summary.lines, summary.also, summary.ended) == (3, {}, 0)
    tables.connection.disconnect()
