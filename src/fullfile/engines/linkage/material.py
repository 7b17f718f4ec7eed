"""What the record says that can tie an item to a case, as tables of a DuckDB connection.

Numbers and days come from the read tables, words and names from the bodies of the same entries; rows that
a later entry corrected do not count, and an erased body leaves its numbers. Tables made here:

    item      item_id, agency_id, agency, tag, report_id, number, day, known, kind, category, about, words, place, marks
    court     case_id, number, day, opened, incident, words, place, agency days for what has no incident
    person    side ('item'|'case'), ref, name, role, officer, agency, born, phone, address, known
    bears     case_id, item_id: what already ties them
    settled   item_id: listed by number, filed, or accepted; all others are looked at by `link`
    numbered  item_id: booked under a number that a case lists
    asked     case_id, words, known: open requests of the defence
    mention   case_id, words, known: things that a report says were taken and nobody booked
    relation  case_id, other_id, kind       report  case_id, agency_id, number

Days are days since 1970; `known` is the day from which a fact is known (the last moment of a partial date).
Texts are cut at `LONGEST` characters, so one description of a novel's length costs no more than a long one.
"""
# ruff: noqa: S608 - names in queries are our own tables', values are numbers

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from fullfile.engines.linkage.connection import Connection
from fullfile.engines.office_database import connected, record_batches

__all__ = ["LONGEST", "MOST_PERSONS", "Wanted", "load_material"]

LONGEST = 6_000
"""Characters of a text that are read."""
MOST_PERSONS = 200
"""Persons named with one item that are read."""

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the record is read.

    Attributes:
        size: entries below it count.
        items: only these items (`item_id`), with what is filed under them; None: all.
        cases: only these cases (`case_id`); None: all.
    """

    size: int
    items: frozenset[int] | None = None
    cases: frozenset[int] | None = None

    def of(self, alias: str, column: str) -> str:
        """The condition that a row counts, and is of what is wanted."""
        seen = (
            f"{alias}.entry < {self.size} AND "
            f"({alias}.to_index IS NULL OR {alias}.to_index >= {self.size})"
        )
        few = self.items if column == "item_id" else self.cases if column == "case_id" else None
        return seen if few is None else f"{seen} AND {alias}.{column} IN ({_listed(few)})"

    def none_of(self, column: str) -> bool:
        """Whether nothing at all is wanted of what is chosen by a column."""
        few = self.items if column == "item_id" else self.cases if column == "case_id" else None
        return few is not None and not few

    def of_key(self, table: str) -> str:
        """The condition on a table of keys: which of its rows the wanted ones name."""
        if self.items is None or self.cases is None or table == "agency_key":
            return ""
        items, cases = _listed(self.items), _listed(self.cases)
        if table == "case_key":
            return f" WHERE case_id IN ({cases})"
        if table == "item_key":
            return f" WHERE item_id IN ({items})"
        return (
            f" WHERE report_id IN (SELECT report_id FROM items WHERE item_id IN ({items})) "
            f"OR report_id IN (SELECT report_id FROM case_reports WHERE case_id IN ({cases}))"
        )


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "NULL"


_BODIES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], str]] = {
    # table: (column it is chosen by, columns of the read table, fields of the body, further condition)
    "items": (
        "item_id",
        ("item_id", "agency_id", "report_id", "held_first", "parent_id", "kind"),
        (
            *("description", "category", "notes", "serial_number", "collected_where"),
            *("collected_from", "collected_by", "booked_by", "collected_at", "booked_at"),
            *("persons", "storage_location", "report_number"),
        ),
        "",
    ),
    "custody": (
        "item_id",
        ("item_id", "first", "last"),
        ("by", "from", "place", "reason", "agency"),
        "t.event IN ('collected', 'booked')",
    ),
    "cases": (
        "case_id",
        ("case_id", "opened_first"),
        ("title", "summary", "incident_location", "incident_on", "opened_on"),
        "",
    ),
    "parties": (
        "case_id",
        ("case_id", "role", "agency_id"),
        ("name", "date_of_birth", "phone", "address", "agency"),
        "",
    ),
    "counts": ("case_id", ("case_id",), ("offense",), ""),
    "requests": (
        "case_id",
        ("case_id", "last"),
        ("asks_for", "category", "keywords", "replied_at"),
        "",
    ),
    "mentions": (
        "case_id",
        ("case_id", "report_id", "item_id", "last", "closed"),
        ("description", "by", "document"),
        "",
    ),
    "knowledge": ("item_id", ("item_id", "last"), ("person", "role"), ""),
}

_ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "case_reports": ("case_id", ("case_id", "report_id")),
    "case_relations": ("case_id", ("case_id", "other_id", "kind")),
    "filings": ("case_id", ("case_id", "item_id", "with_contents")),
    "disclosures": ("case_id", ("case_id", "item_id", "with_contents")),
    "withholdings": ("case_id", ("case_id", "item_id")),
    "determinations": ("case_id", ("case_id", "item_id")),
    "links": ("case_id", ("case_id", "item_id", "decision", "last")),
}

_KEYS: dict[str, tuple[str, ...]] = {
    "agency_key": ("agency_id", "norm", "name"),
    "case_key": ("case_id", "norm", "number"),
    "report_key": ("report_id", "agency_id", "norm", "number"),
    "item_key": ("item_id", "agency_id", "norm", "tag"),
}


def load_material(
    connection: Connection, database: str, wanted: Wanted, *, few: bool = False
) -> None:
    """Read what is wanted into tables of a connection; see the top of this module.

    Args:
        connection: a DuckDB connection of its own; tables of these names are made anew.
        database: the path of an SQLite database, or the address of a PostgreSQL one.
        wanted: which part.
        few: it is a handful of rows.
    """
    # SQLite tells a column's type by its first rows, which may all be erased: bytes stand there at any rate.
    nothing = "''::bytea" if database.startswith(("postgres://", "postgresql://")) else "x''"
    with connected(database, few=few) as source:
        for table, (chosen, columns, fields, also) in _BODIES.items():
            if wanted.none_of(chosen):
                _take_nothing(connection, f"raw_{table}", _named(columns, fields))
                continue
            where = " AND ".join(filter(None, (wanted.of("t", chosen), also)))
            names = ", ".join(f't."{one}"' for one in ("entry", *columns))
            query = (
                f"SELECT {names}, coalesce(b.body, {nothing}) AS body FROM {table} t "
                f'LEFT JOIN entry_body b ON b."index" = t.entry WHERE {where}'
            )
            _take(connection, source, f"raw_{table}", query, columns, fields)
        for table, (chosen, columns) in _ROWS.items():
            if wanted.none_of(chosen):
                _take_nothing(connection, f"raw_{table}", _named(columns))
                continue
            names = ", ".join(f't."{one}"' for one in ("entry", *columns))
            query = f"SELECT {names} FROM {table} t WHERE {wanted.of('t', chosen)}"
            _take(connection, source, f"raw_{table}", query, columns, ())
        for table, columns in _KEYS.items():
            query = f"SELECT {', '.join(columns)} FROM {table}{wanted.of_key(table)}"
            _take(connection, source, table, query, (), ())
    for statement in _MADE:
        connection.execute(statement)
    for table in (*_BODIES, *_ROWS):
        connection.execute(f"DROP TABLE raw_{table}")
    connection.execute("DROP TABLE case_key; DROP TABLE item_key; DROP TABLE report_key")


_WORDS = ("kind", "role", "decision")
_TEXTS = ("norm", "name", "number", "tag")


def _take(
    connection: Connection,
    source: Any,  # an ADBC connection
    table: str,
    query: str,
    columns: tuple[str, ...],
    fields: tuple[str, ...],
) -> None:
    """A query's rows as a table, the fields of their bodies as columns of text."""
    batches = record_batches(source, query)
    first = next(batches, None)
    if first is None:
        _take_nothing(connection, table, _named(columns, fields) if columns else _KEYS[table])
        return
    reader = pa.RecordBatchReader.from_batches(first.schema, _chained(first, batches))
    connection.register("incoming", reader)
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS {_made_of('incoming', columns, fields)}"
    )
    connection.unregister("incoming")


def _named(columns: tuple[str, ...], fields: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The columns of a raw table."""
    return ("entry", *columns, *(f"{one}_" for one in fields))


def _made_of(rows: str, columns: tuple[str, ...], fields: tuple[str, ...]) -> str:
    """The query of a raw table from the rows of the database, the fields of their bodies as columns of text."""
    plain = (
        ", ".join(
            f'"{one}"::{"VARCHAR" if one in _WORDS else "BIGINT"} AS "{one}"'
            for one in (("entry", *columns) if columns else ())
        )
        or "*"
    )
    if not fields:
        return f"SELECT {plain} FROM {rows}"
    paths = ", ".join(f"'$.data.{one}'" for one in fields)
    said = "".join(
        f", coalesce({_cut(f'said[{place}]', one)}, '') AS \"{one}_\""
        for place, one in enumerate(fields, 1)
    )
    return f"SELECT {plain}{said} FROM (SELECT *, json_extract_string(nullif(decode(body), ''), [{paths}]) AS said FROM {rows})"


def _cut(text: str, field: str) -> str:
    """A text as far as it is read. A list is read whole: half of one says nothing."""
    return text if field == "persons" else f"left({text}, {LONGEST})"


def _chained(first: pa.RecordBatch, rest: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    """The batches with the types of the first: SQLite has none of its own."""
    yield first
    for batch in rest:
        yield batch if batch.schema == first.schema else batch.cast(first.schema)


def _take_nothing(connection: Connection, table: str, names: tuple[str, ...]) -> None:
    """An empty table of these columns."""
    typed = ", ".join(
        f'"{one}" {"VARCHAR" if one.endswith("_") or one in (*_WORDS, *_TEXTS) else "BIGINT"}'
        for one in names
    )
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({typed})")


def _day(moment: str) -> str:
    return f"CAST(floor({moment} / {_DAY_MS}.0) AS INTEGER)"


def _last_day(text: str) -> str:
    """The last day of a date as it was said, as days since 1970; null: not said, or not readable."""
    said = f"list_last(string_split({text}, '/'))"
    return (
        f"CASE WHEN {text} LIKE 'before %' THEN epoch_days(try_cast(substr({text}, 8, 10) AS DATE)) - 1 "
        f"WHEN length({said}) = 4 THEN epoch_days(try_cast({said} || '-12-31' AS DATE)) "
        f"WHEN length({said}) = 7 THEN epoch_days(last_day(try_cast({said} || '-01' AS DATE))) "
        f"ELSE epoch_days(try_cast(left({said}, 10) AS DATE)) END"
    )


def _together(text: str) -> str:
    """What several accounts say, in an order of its own, so that the same record reads the same."""
    return f"left(array_to_string(list_sort(list(DISTINCT {text})), ' '), {LONGEST})"


_GIVERS = "('giver', 'owner', 'finder', 'given by', 'handed in by')"

_MADE = (
    "CREATE OR REPLACE MACRO epoch_days(d) AS CAST(date_diff('day', DATE '1970-01-01', d) AS INTEGER)",
    # --- what already ties an item to a case
    """CREATE OR REPLACE TABLE bears AS
       WITH direct AS (
         SELECT r.case_id, i.item_id FROM raw_items i JOIN raw_case_reports r ON r.report_id = i.report_id
         UNION SELECT case_id, item_id FROM raw_filings
         UNION SELECT case_id, item_id FROM raw_disclosures
         UNION SELECT case_id, item_id FROM raw_withholdings
         UNION SELECT case_id, item_id FROM raw_determinations
         UNION SELECT case_id, item_id FROM raw_links WHERE decision = 'accept'
         UNION SELECT coalesce(m.case_id, r.case_id), m.item_id FROM raw_mentions m
           LEFT JOIN raw_case_reports r ON r.report_id = m.report_id AND m.case_id IS NULL)
       SELECT DISTINCT case_id, item_id FROM direct WHERE case_id IS NOT NULL AND item_id IS NOT NULL""",
    """CREATE OR REPLACE TABLE numbered AS
       SELECT DISTINCT i.item_id FROM raw_items i JOIN raw_case_reports r ON r.report_id = i.report_id""",
    # What was only judged or disclosed was filed nowhere: `link` looks at it, for the days before.
    """CREATE OR REPLACE TABLE settled AS
       SELECT i.item_id FROM raw_items i JOIN raw_case_reports r ON r.report_id = i.report_id
       UNION SELECT item_id FROM raw_filings
       UNION SELECT item_id FROM raw_links WHERE decision = 'accept'""",
    # --- items: every account of an item speaks for it
    f"""CREATE OR REPLACE TABLE item AS
        SELECT i.item_id, any_value(k.agency_id)::INTEGER AS agency_id, any_value(a.name) AS agency,
               any_value(k.tag) AS tag, min(i.report_id)::INTEGER AS report_id,
               coalesce(min(nullif(i.report_number_, '')), '') AS number,
               {_day("min(i.held_first)")} AS day,
               greatest(min(least({_last_day("i.collected_at_")}, {_last_day("i.booked_at_")})),
                        {_day("min(i.held_first)")}) AS known,
               min(i.kind) AS kind,
               coalesce(min(nullif(i.category_, '')), '') AS category,
               left(coalesce(min(nullif(i.description_, '')), ''), 200) AS about,
               {_together("i.description_ || ' ' || i.category_ || ' ' || i.notes_")} AS words,
               {_together("i.collected_where_")} AS place,
               {_together("i.serial_number_")} AS marks,
               max(i.parent_id) AS parent_id
        FROM raw_items i JOIN item_key k ON k.item_id = i.item_id JOIN agency_key a ON a.agency_id = k.agency_id
        GROUP BY i.item_id""",
    # Contents bear on what their container bears on; three levels deep is deeper than any shelf.
    *(
        (
            """INSERT INTO bears SELECT DISTINCT b.case_id, i.item_id FROM item i JOIN bears b ON b.item_id = i.parent_id
               WHERE NOT EXISTS (SELECT 1 FROM bears o WHERE o.item_id = i.item_id AND o.case_id = b.case_id)""",
            """INSERT INTO settled SELECT DISTINCT i.item_id FROM item i JOIN settled b ON b.item_id = i.parent_id
               WHERE NOT EXISTS (SELECT 1 FROM settled o WHERE o.item_id = i.item_id)""",
        )
        * 3
    ),
    # --- cases
    f"""CREATE OR REPLACE TABLE court AS
        WITH said AS (
          SELECT case_id, {_day("min(opened_first)")} AS opened,
                 min({_last_day("incident_on_")}) AS incident,
                 {_together("title_ || ' ' || summary_")} AS words,
                 {_together("incident_location_")} AS place
          FROM raw_cases GROUP BY case_id),
        charged AS (SELECT case_id, {_together("offense_")} AS words FROM raw_counts GROUP BY case_id)
        SELECT s.case_id::INTEGER AS case_id, k.number, s.opened, s.incident,
               s.words || ' ' || coalesce(c.words, '') AS words, s.place
        FROM said s JOIN case_key k ON k.case_id = s.case_id LEFT JOIN charged c ON c.case_id = s.case_id""",
    """CREATE OR REPLACE TABLE report AS
       SELECT DISTINCT r.case_id::INTEGER AS case_id, k.agency_id::INTEGER AS agency_id, k.number
       FROM raw_case_reports r JOIN report_key k ON k.report_id = r.report_id""",
    """CREATE OR REPLACE TABLE relation AS
       WITH few AS (SELECT report_id FROM raw_case_reports GROUP BY report_id HAVING count(DISTINCT case_id) BETWEEN 2 AND 20)
       SELECT case_id::INTEGER AS case_id, other_id::INTEGER AS other_id, min(kind) AS kind FROM (
         SELECT case_id, other_id, kind FROM raw_case_relations
         UNION ALL SELECT other_id, case_id, kind FROM raw_case_relations
         UNION ALL SELECT a.case_id, b.case_id, 'same_number' FROM raw_case_reports a
           JOIN raw_case_reports b ON b.report_id = a.report_id JOIN few f ON f.report_id = a.report_id)
       WHERE case_id <> other_id GROUP BY ALL""",
    f"""CREATE OR REPLACE TABLE asked AS
        SELECT case_id::INTEGER AS case_id, asks_for_ || ' ' || category_ || ' ' || keywords_ AS words,
               {_day('"last"')} AS known
        FROM raw_requests WHERE replied_at_ = ''""",
    f"""CREATE OR REPLACE TABLE mention AS
        SELECT m.case_id::INTEGER AS case_id, m.description_ AS words, {_day('m."last"')} AS known
        FROM (SELECT coalesce(m.case_id, r.case_id) AS case_id, m.* EXCLUDE (case_id) FROM raw_mentions m
              LEFT JOIN raw_case_reports r ON r.report_id = m.report_id AND m.case_id IS NULL) m
        WHERE m.case_id IS NOT NULL AND m.item_id IS NULL AND m.closed = 0""",
    # --- persons, as they were written
    f"""CREATE OR REPLACE TABLE person AS
        WITH named AS (
          SELECT item_id, unnest(from_json(nullif(persons_, ''), '[{{"name":"VARCHAR","role":"VARCHAR"}}]')[:{MOST_PERSONS}]) AS one,
                 greatest({_last_day("collected_at_")}, {_day("held_first")}) AS known, agency_id
          FROM raw_items WHERE persons_ LIKE '[%'),
        every AS (
          SELECT 'item' AS side, item_id AS ref, collected_from_ AS name, 'giver' AS role, FALSE AS officer,
                 NULL::BIGINT AS agency_id, '' AS born, '' AS phone, '' AS address, {_day("held_first")} AS known FROM raw_items
          UNION ALL SELECT 'item', item_id, collected_by_, 'staff', TRUE, agency_id, '', '', '', {_day("held_first")} FROM raw_items
          UNION ALL SELECT 'item', item_id, booked_by_, 'clerk', TRUE, agency_id, '', '', '', {_day("held_first")} FROM raw_items
          UNION ALL SELECT 'item', item_id, one.name, CASE WHEN lower(one.role) IN {_GIVERS} THEN 'giver' ELSE 'named' END,
                 lower(one.role) IN ('officer', 'deputy', 'detective', 'technician'), NULL, '', '', '', known FROM named
          UNION ALL SELECT 'item', item_id, "from_", 'giver', FALSE, NULL, '', '', '', {_day('"last"')} FROM raw_custody
          UNION ALL SELECT 'item', item_id, by_, 'staff', TRUE, NULL, '', '', '', {_day('"last"')} FROM raw_custody
          UNION ALL SELECT 'item', item_id, person_, 'knower', FALSE, NULL, '', '', '', {_day('"last"')} FROM raw_knowledge
          UNION ALL SELECT 'case', case_id, name_, role, role = 'officer', agency_id, date_of_birth_, phone_, address_, NULL FROM raw_parties
          UNION ALL SELECT 'case', case_id, by_, 'officer', TRUE, NULL, '', '', '', {_day('"last"')} FROM raw_mentions WHERE case_id IS NOT NULL)
        SELECT DISTINCT e.side, e.ref, trim(left(e.name, 200)) AS name, e.role, e.officer,
               coalesce(a.norm, '') AS agency, e.born, e.phone, e.address, e.known
        FROM every e LEFT JOIN agency_key a ON a.agency_id = e.agency_id
        WHERE trim(e.name) <> '' AND e.ref IS NOT NULL""",
)
