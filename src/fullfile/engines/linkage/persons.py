"""The persons of items and cases: distinct records of them, who of them is who, and how few cases know them.

Tables made here, from `person` of the material:

    record        record, side, name, officer, agency, born, phone, address (each as written, once)
    name_key      record, key: `n` whole name, `i` surname and initial, `u` surname; its second letter: civil or officer
    known_person  item_id, case_id, record (of the item's side), bits (of the match), cases, family, known, other

A person of an item is known to as many cases as have a party that fits at least as well: that number makes the
evidence rare or common. Whoever is known to more than `CROWDED` cases points to none of them.
"""
# ruff: noqa: S608 - names in queries are our own tables', values are numbers

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from fullfile.engines.linkage.connection import Connection
from fullfile.engines.linkage.people import (
    CASE_SIDE,
    ITEM_SIDE,
    PeopleModel,
    Person,
    Resolution,
    parse_person,
    resolve,
)
from fullfile.engines.linkage.people.results import Engine as EngineName

__all__ = [
    "CROWDED",
    "know_persons",
    "make_name_keys",
    "make_records",
    "put_pairs",
    "resolve_records",
]


CROWDED = 300
"""Whoever fits parties of more cases points to none."""


def make_records(connection: Connection, *, first: int = 1) -> None:
    """Make `record`: what is written of a person, once for each side, numbered from `first` on."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE record AS
           SELECT {first} - 1 + row_number() OVER (ORDER BY side, name, officer, agency, born, phone, address)::BIGINT AS record, *
           FROM (SELECT side, name, officer, agency, born, phone, address, count(*)::INTEGER AS seen
                 FROM person GROUP BY ALL)"""
    )


def _columns(connection: Connection, where: str) -> pa.Table:
    found: pa.Table = connection.sql(
        f"""SELECT record, name, CASE WHEN officer THEN 'officer' ELSE 'civil' END AS kind, agency,
                   born AS date_of_birth, phone, address,
                   (CASE WHEN side = 'case' THEN {CASE_SIDE} ELSE {ITEM_SIDE} END)::TINYINT AS side, seen
            FROM record WHERE {where} ORDER BY record"""
    ).to_arrow_table()
    return found


def resolve_records(
    connection: Connection,
    scratch: Path,
    *,
    engine: EngineName = "duckdb",
    model: PeopleModel | None = None,
) -> Resolution:
    """Who is who among the records; makes `person_pair` (item's record, case's record, bits)."""
    found = resolve(_columns(connection, "TRUE"), scratch=scratch, engine=engine, model=model)
    put_pairs(connection, found.pairs)
    return found


def put_pairs(connection: Connection, pairs: pa.Table) -> None:
    """Make `person_pair` from pairs of records: the item's, the case's, and how well they fit."""
    connection.register("incoming_pairs", pairs)
    connection.execute(
        """CREATE OR REPLACE TABLE person_pair AS
           SELECT i.record AS record, c.record AS other, p.bits, i.officer
           FROM (SELECT record_l AS one, record_r AS two, match_weight AS bits FROM incoming_pairs
                 UNION ALL SELECT record_r, record_l, match_weight FROM incoming_pairs) p
           JOIN record i ON i.record = p.one AND i.side = 'item'
           JOIN record c ON c.record = p.two AND c.side = 'case'"""
    )
    connection.unregister("incoming_pairs")


def make_name_keys(connection: Connection) -> None:
    """Make `name_key` of all records: persons met by name alone, as on things already on a case."""
    rows = connection.sql(
        "SELECT record, name, officer FROM record ORDER BY record"
    ).to_arrow_table()
    records, keys = [], []
    known: dict[tuple[str, bool], tuple[str, ...]] = {}
    for record, name, officer in zip(*(one.to_pylist() for one in rows.columns), strict=True):
        found = known.get((name, officer))
        if found is None:
            found = known[name, officer] = tuple(
                _names(parse_person(0, name=name, kind="officer" if officer else "civil"))
            )
        for key in found:
            records.append(record)
            keys.append(key)
    table = pa.table({"record": pa.array(records, pa.int64()), "key": pa.array(keys, pa.string())})
    connection.register("incoming_keys", table)
    connection.execute("CREATE OR REPLACE TABLE name_key AS SELECT * FROM incoming_keys")
    connection.unregister("incoming_keys")


def _names(person: Person) -> Iterator[str]:
    if person.surname is None:
        return
    kind = person.kind[:1]
    if person.given is None:
        yield f"n{kind}:{person.text}"
    else:
        yield f"n{kind}:{'|'.join(sorted((person.surname, person.given)))}"
    if person.initial:
        yield f"i{kind}:{person.surname}|{person.initial}"
    if not person.surname.startswith("="):
        yield f"u{kind}:{person.surname}"


def know_persons(connection: Connection) -> None:
    """Make `known_person` from the pairs, for the items that are `chosen`."""
    connection.execute(
        f"""CREATE OR REPLACE TABLE known_person AS
            WITH fits AS (
              SELECT p.record, c.ref AS case_id, max((p.bits, c.role, -p.other)) AS best, max(p.bits) AS bits,
                     any_value(p.officer) AS officer
              FROM person_pair p JOIN record r ON r.record = p.other
              JOIN person c ON c.side = 'case' AND c.name = r.name AND c.officer = r.officer AND c.agency = r.agency
                           AND c.born = r.born AND c.phone = r.phone AND c.address = r.address
              GROUP BY p.record, c.ref),
            placed AS (SELECT *, count(*) OVER (PARTITION BY record ORDER BY bits DESC) AS cases FROM fits)
            SELECT i.ref AS item_id, f.case_id::INTEGER AS case_id, f.record, max(f.bits)::DOUBLE AS bits,
                   max(f.cases)::INTEGER AS cases,
                   CASE WHEN f.officer THEN 32 ELSE (CASE WHEN struct_extract(max(f.best), 2) IN ('victim', 'witness', 'expert') THEN 33 ELSE 30 END) + (CASE WHEN bool_or(i.role = 'giver') THEN 1 ELSE 0 END) END::TINYINT AS family,
                   min(i.known) AS known, -struct_extract(max(f.best), 3) AS other, struct_extract(max(f.best), 2) AS role
            FROM placed f JOIN record r ON r.record = f.record
            JOIN person i ON i.side = 'item' AND i.name = r.name AND i.officer = r.officer AND i.agency = r.agency
            JOIN chosen k ON k.item_id = i.ref
            WHERE f.cases <= {CROWDED} AND i.role <> 'clerk'
            GROUP BY i.ref, f.case_id, f.record, f.officer"""
    )
