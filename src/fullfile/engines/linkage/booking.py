"""One item at the counter: suggestions in less than a second, from an index that the last run over everything left.

The index is a DuckDB file in the home: the case side of the record as it was, sorted by key. What came since is read
from the office's database: the cases that changed are made anew and take the place of what the index says of them.
It holds names and words of the record, so it lies beside the database and is written with its rights.

What this does not do: it learns nothing and resolves nobody anew; the persons of the item are compared with the
index's by the weights of the last run.
"""
# ruff: noqa: S608 - names in queries are our own tables', values are numbers and our own keys

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from fullfile.engines.linkage.connection import Connection
from fullfile.engines.linkage.engine import DuckDB
from fullfile.engines.linkage.evidence import find_candidates
from fullfile.engines.linkage.features import NAMES
from fullfile.engines.linkage.keys import make_macros
from fullfile.engines.linkage.leaving import left_out
from fullfile.engines.linkage.material import Wanted, load_material
from fullfile.engines.linkage.matters import matters_of
from fullfile.engines.linkage.model import Model
from fullfile.engines.linkage.people import (
    PeopleModel,
    Person,
    TermFrequencies,
    blocking_keys,
    match_few,
    parse_person,
)
from fullfile.engines.linkage.persons import make_name_keys, make_records
from fullfile.engines.linkage.prepare import TOGETHER, choose, prepare_cases
from fullfile.engines.linkage.scoring import score, shifted_base
from fullfile.engines.linkage.suggesting import Found, Linkage, Part
from fullfile.engines.office_database import connected, record_batches

__all__ = ["BEHIND", "Index", "find_index", "suggest_one", "write_index"]

BEHIND = 200_000
"""An index that lacks more entries is not used: a run over everything makes a new one."""
_FORMAT = 2
_FILE = "index.duckdb"
_FRESH = 1_000_000_000_000
"""Numbers of records made for one item begin here, so that none is one of the index's."""
_GROUP = 16_384
"""Rows of the index that are stored, and read, together."""
_MOST_CHANGED = 300
_TYING = ("filings", "disclosures", "withholdings", "determinations", "links", "mentions")
"""Tables whose rows tie an item to a case."""
_CASE_SIDE = (
    *("court", "court_agency", "court_class", "relation", "report"),
    "word_lean",
)


@dataclass(frozen=True, slots=True)
class Index:
    """An index that can be used.

    Attributes:
        path: the file.
        size: the size of the record that it holds.
        share, off: what the run over everything found.
        cases: how many cases there were.
        people: the model of persons.
    """

    path: Path
    size: int
    share: float
    off: float
    cases: int
    people: str


def write_index(place: Path, linkage: Linkage, found: Found) -> None:
    """Keep the case side of a run, in one step: a reader sees the old index or the new one."""
    place.mkdir(parents=True, exist_ok=True)
    draft = place / f"{_FILE}.{os.getpid()}"
    draft.unlink(missing_ok=True)
    connection = linkage.connection
    quoted = str(draft).replace("'", "''")
    # Small groups of rows: whoever looks up a few hundred keys reads few of them.
    connection.execute(f"ATTACH '{quoted}' AS kept (ROW_GROUP_SIZE {_GROUP})")
    try:
        connection.execute("CREATE TABLE kept.case_key AS SELECT * FROM case_key ORDER BY key")
        connection.execute("CREATE TABLE kept.key_rarity AS SELECT * FROM key_rarity ORDER BY key")
        for table in _CASE_SIDE:
            connection.execute(f"CREATE TABLE kept.{table} AS SELECT * FROM {table}")
        connection.execute(
            "CREATE TABLE kept.record AS SELECT * FROM record WHERE side = 'case' ORDER BY record"
        )
        connection.execute(
            """CREATE TABLE kept.person AS
               SELECT r.record, p.* FROM person p JOIN record r USING (side, name, officer, agency, born, phone, address)
               WHERE p.side = 'case' ORDER BY r.record"""
        )
        keys = linkage.resolution.keys
        connection.register("blocking", keys)
        connection.register(
            "crowded", pa.table({"key": pa.array(list(linkage.resolution.crowded), pa.string())})
        )
        connection.execute(
            """CREATE TABLE kept.person_key AS
               SELECT b.key, b.record FROM blocking b SEMI JOIN kept.record r ON r.record = b.record
               ANTI JOIN crowded c ON c.key = b.key ORDER BY b.key"""
        )
        connection.unregister("blocking")
        connection.unregister("crowded")
        connection.register("terms", linkage.resolution.term_frequencies.to_table())
        connection.execute("CREATE TABLE kept.terms AS SELECT * FROM terms")
        connection.unregister("terms")
        about = json.dumps(
            {
                "format": _FORMAT,
                "duckdb": duckdb.__version__,
                "size": linkage.size,
                "share": found.share,
                "off": found.off,
                "cases": linkage.cases,
                "features": list(NAMES),
                "people": linkage.resolution.model.to_json(),
            }
        )
        connection.execute("CREATE TABLE kept.about (said VARCHAR)")
        connection.execute("INSERT INTO kept.about VALUES (?)", [about])
        connection.execute("CHECKPOINT kept")
    finally:
        connection.execute("DETACH kept")
    draft.chmod(0o600)
    draft.replace(place / _FILE)
    for left in place.glob(f"{_FILE}.*"):
        left.unlink(missing_ok=True)


def find_index(place: Path, size: int) -> Index | None:
    """The index of a home, where there is one that can be used for a record of a size."""
    path = place / _FILE
    if not path.is_file():
        return None
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error:
        return None
    try:
        ((said,),) = connection.sql("SELECT said FROM about").fetchall()
    except (duckdb.Error, ValueError):
        return None
    finally:
        connection.close()
    about = json.loads(said)
    fits = (
        about.get("format") == _FORMAT
        and about.get("duckdb") == duckdb.__version__
        and about.get("features") == list(NAMES)
        and size - BEHIND <= about["size"] <= size
    )
    if not fits:
        return None
    return Index(path, about["size"], about["share"], about["off"], about["cases"], about["people"])


def suggest_one(
    index: Index,
    database: str,
    size: int,
    model: Model,
    item_id: int,
    *,
    scratch: Path,
    top: int = 5,
) -> Found | None:
    """Suggest cases for one item; None: too much changed since the index was made.

    Args:
        index: what the last run over everything left.
        database: the path of an SQLite database, or the address of a PostgreSQL one.
        size: entries below it count.
        model: the weights.
        item_id: the item.
        scratch: a folder for what does not fit into memory.
        top: at most so many cases.
    """
    changed, items = _since(database, index.size, size, item_id)
    if len(changed) > _MOST_CHANGED:
        return None
    connection = duckdb.connect(config={"temp_directory": str(scratch), "memory_limit": "1GB"})
    try:
        quoted = str(index.path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS kept (READ_ONLY)")
        wanted = Wanted(size, items=frozenset(items.every), cases=frozenset(changed))
        with _few_rows(connection):
            load_material(connection, database, wanted, few=True)
            make_records(connection, first=_FRESH)
            make_name_keys(connection)
        _put_persons(connection, index)
        _put_cases(connection, changed)
        looked = ", ".join(map(str, sorted(items.looked)))
        with _few_rows(connection):
            choose(connection, f"i.item_id IN ({looked})", every_key=True)
        _put_keys(connection, changed)
        engine = DuckDB(connection)
        candidates = find_candidates(engine, index.cases, batch=0, batches=1)
        scored = score(candidates, model, matters_of(connection), base=0.0)
        found = Found(
            looked_at=1,
            share=index.share,
            off=index.off,
            base=shifted_base(model, index.share, index.cases) + index.off,
        )
        Part(model, connection, engine, scored.of_item(item_id), top, found.base).into(found)
        found.skipped += left_out(connection)
        return found
    finally:
        connection.close()


@contextmanager
def _few_rows(connection: Connection) -> Iterator[None]:
    """Statements over a handful of rows, none of the index's: to think about them takes longer than to run them."""
    connection.execute("PRAGMA disable_optimizer; SET threads = 1")
    try:
        yield
    finally:
        connection.execute("PRAGMA enable_optimizer; RESET threads")


@dataclass(frozen=True, slots=True)
class _Items:
    """The items read for one: those under its number, and those that bear on cases that changed."""

    looked: frozenset[int]
    every: frozenset[int]


def _since(database: str, before: int, size: int, item_id: int) -> tuple[set[int], _Items]:
    """The cases that changed since, and the items to read."""
    with connected(database, few=True) as source:

        def numbers(query: str) -> set[int]:
            return {
                row
                for batch in record_batches(source, query)
                for row in batch.column(0).to_pylist()
                if row is not None
            }

        new = f"entry >= {before} AND entry < {size}"
        tables = (
            *("cases", "parties", "counts", "requests"),
            *_TYING,
        )
        changed: set[int] = set()
        for table in tables:
            changed |= numbers(f"SELECT DISTINCT case_id FROM {table} WHERE {new}")
        changed |= numbers(
            f"SELECT DISTINCT c.case_id FROM items i JOIN case_reports c ON c.report_id = i.report_id WHERE i.{new.replace('AND ', 'AND i.')}"
        )
        # A thing told anew speaks for the case that it is filed in.
        changed |= numbers(
            f"SELECT DISTINCT f.case_id FROM items i JOIN filings f ON f.item_id = i.item_id WHERE i.{new.replace('AND ', 'AND i.')}"
        )
        changed |= numbers(
            f"SELECT DISTINCT l.case_id FROM items i JOIN links l ON l.item_id = i.item_id AND l.decision = 'accept' WHERE i.{new.replace('AND ', 'AND i.')}"
        )
        # A mention under a number names every case that lists it.
        changed |= numbers(
            f"SELECT DISTINCT c.case_id FROM mentions m JOIN case_reports c ON c.report_id = m.report_id WHERE m.{new.replace('AND ', 'AND m.')}"
        )
        now = f"{{0}}.entry < {size} AND ({{0}}.to_index IS NULL OR {{0}}.to_index >= {size})"
        # As in a run over everything: what is filed, or listed by its number, is no orphan and shares nothing.
        together = numbers(
            "SELECT DISTINCT o.item_id FROM items i JOIN items o ON o.report_id = i.report_id "
            f"WHERE i.item_id = {item_id} AND {now.format('i')} AND {now.format('o')} "
            f"AND NOT EXISTS (SELECT 1 FROM case_reports c WHERE c.report_id = o.report_id AND {now.format('c')}) "
            f"AND NOT EXISTS (SELECT 1 FROM filings f WHERE f.item_id = o.item_id AND {now.format('f')}) "
            "AND NOT EXISTS (SELECT 1 FROM links l WHERE l.item_id = o.item_id AND l.decision = 'accept' "
            f"AND {now.format('l')}) LIMIT {TOGETHER + 1}"
        )
        if len(together) > TOGETHER:
            together = set()
        of_changed: set[int] = set()
        if changed and len(changed) <= _MOST_CHANGED:
            few = ", ".join(map(str, sorted(changed)))
            of_changed = numbers(
                "SELECT DISTINCT i.item_id FROM items i JOIN case_reports c ON c.report_id = i.report_id "
                f"WHERE c.case_id IN ({few})"
            )
            for table in _TYING:
                of_changed |= numbers(
                    f"SELECT DISTINCT item_id FROM {table} WHERE case_id IN ({few})"
                )
            below = of_changed
            for _ in range(3):
                listed = ", ".join(map(str, sorted(below))) or "NULL"
                below = numbers(f"SELECT item_id FROM items WHERE parent_id IN ({listed})")
                of_changed |= below
    looked = frozenset(together | {item_id})
    return changed, _Items(looked, looked | of_changed)


def _put_persons(connection: Connection, index: Index) -> None:
    """The item's persons, those of the index that may be they, and how well they fit: `person_pair`."""
    rows = connection.sql(
        "SELECT record, name, officer, agency, born, phone, address, side FROM record ORDER BY record"
    ).fetchall()
    mine = [_parsed(row) for row in rows if row[7] == "item"]
    others = [_parsed(row) for row in rows if row[7] == "case"]
    keys = sorted({key for person in mine for key in blocking_keys(person)})
    connection.execute(
        "CREATE TABLE near (record BIGINT)"
        if not keys
        else f"CREATE TABLE near AS SELECT DISTINCT record FROM kept.person_key WHERE key IN ({_texts(keys)})"
    )
    found = connection.sql(
        """SELECT r.record, r.name, r.officer, r.agency, r.born, r.phone, r.address, r.side
           FROM kept.record r SEMI JOIN near n ON n.record = r.record"""
    ).fetchall()
    others += [_parsed(row) for row in found]
    model = PeopleModel.from_json(index.people)
    # How common a value is counts only where both sides have it, so those of the item are enough.
    said = sorted({one for person in mine for one in person if isinstance(one, str)})
    known = f"SELECT * FROM kept.terms WHERE value IN ({_texts(said) or 'NULL'})"
    terms = TermFrequencies.from_table(connection.sql(known).to_arrow_table())
    pairs = match_few(mine, others, model, terms)
    officers = {row[0]: row[2] for row in rows}
    table = pa.table(
        {
            "record": pa.array([one.record_l for one in pairs], pa.int64()),
            "other": pa.array([one.record_r for one in pairs], pa.int64()),
            "bits": pa.array([one.match_weight for one in pairs], pa.float64()),
            "officer": pa.array([officers[one.record_l] for one in pairs], pa.bool_()),
        }
    )
    connection.register("few_pairs", table)
    connection.execute("CREATE TABLE person_pair AS SELECT * FROM few_pairs")
    connection.unregister("few_pairs")


def _parsed(row: Any) -> Person:  # Any: a row of `record`
    record, name, officer, agency, born, phone, address, _ = row
    return parse_person(
        record,
        name=name,
        kind="officer" if officer else "civil",
        agency=agency,
        date_of_birth=born,
        phone=phone,
        address=address,
    )


def _texts(keys: Iterable[str]) -> str:
    return ", ".join("'" + one.replace("'", "''") + "'" for one in keys)


def _put_cases(connection: Connection, changed: set[int]) -> None:
    """The case side: the index's, and what changed since in its place."""
    if changed:
        with _few_rows(connection):
            prepare_cases(connection)
        gone = ", ".join(map(str, sorted(changed)))
        for table in (*_CASE_SIDE[:-1], "case_key"):
            connection.execute(f"ALTER TABLE {table} RENAME TO fresh_{table}")
        for table in _CASE_SIDE[:-1]:
            connection.execute(
                f"CREATE VIEW {table} AS SELECT * FROM fresh_{table} "
                f"UNION ALL SELECT * FROM kept.{table} WHERE case_id NOT IN ({gone})"
            )
        connection.execute("DROP TABLE word_lean")
        old = f"WHERE p.ref NOT IN ({gone})"
    else:
        make_macros(connection)
        for table in _CASE_SIDE[:-1]:
            connection.execute(
                f"DROP TABLE IF EXISTS {table}; CREATE VIEW {table} AS SELECT * FROM kept.{table}"
            )
        old = ""
    connection.execute("CREATE VIEW word_lean AS SELECT * FROM kept.word_lean")
    connection.execute("ALTER TABLE person RENAME TO fresh_person")
    connection.execute("ALTER TABLE record RENAME TO fresh_record")
    connection.execute(
        f"""CREATE TABLE person AS SELECT * FROM fresh_person
            UNION ALL SELECT p.* EXCLUDE (record) FROM kept.person p SEMI JOIN near n ON n.record = p.record {old}"""
    )
    connection.execute(
        """CREATE TABLE record AS SELECT * FROM fresh_record
           UNION ALL SELECT r.* FROM kept.record r SEMI JOIN near n ON n.record = r.record"""
    )


def _put_keys(connection: Connection, changed: set[int]) -> None:
    """Of the keys of cases those that the item has: looked up by value in sorted tables."""
    keys = [key for (key,) in connection.sql("SELECT DISTINCT key FROM item_key").fetchall()]
    listed = ", ".join(map(str, keys)) or "NULL"
    case_key = f"SELECT * FROM kept.case_key WHERE key IN ({listed})"
    rarity = f"SELECT key, family, cases FROM kept.key_rarity WHERE key IN ({listed})"
    if changed:
        gone = ", ".join(map(str, sorted(changed)))
        case_key = (
            f"{case_key} AND case_id NOT IN ({gone}) "
            f"UNION ALL SELECT * FROM fresh_case_key WHERE key IN ({listed})"
        )
        rarity = f"""SELECT key, family, max(cases)::INTEGER AS cases FROM (
              {rarity} UNION ALL
              SELECT key, family, count(DISTINCT case_id) FROM fresh_case_key WHERE key IN ({listed}) GROUP BY key, family)
            GROUP BY key, family"""
    connection.execute(f"CREATE TABLE case_key AS {case_key}")
    connection.execute(f"CREATE OR REPLACE TABLE key_rarity AS {rarity}")
