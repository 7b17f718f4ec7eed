"""A small record for a test, as rows of the read tables, and its lines on each engine.

Dates are days (`"2024-03-06"`): a row's first and last moments are those of the
day. Every row gets the next entry; what a test does not say has a plain value.
"""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import psycopg

from fullfile.core.ids import end_of_day, midnight
from fullfile.core.matching.line import Policy
from fullfile.engines.matching.expressions import ORDER, match_lines
from fullfile.engines.matching.expressions.lines import KINDS, LINE
from fullfile.engines.matching.law import (
    Announce,
    CourtRow,
    DueRow,
    GroundRow,
    Law,
    Moment,
    TriggerRow,
)
from fullfile.engines.matching.tables import (
    SCHEMAS,
    Tables,
    read_duckdb,
    read_postgres,
    read_sqlite,
)
from fullfile.engines.matching.work import Work

ENGINES = ("sqlite", "duckdb", "postgres")
PAIRS = {
    "opened": ("opened_first", "opened_last"),
    "from_": ("from_first", "from_last"),
    "charged": ("charged_first", "charged_last"),
    "filed": ("filed_first", "filed_last"),
    "on": ("first", "last"),
    "placed": ("placed_first", "placed_last"),
}
LASTS = {
    "confirmed": "confirmed_last",
    "ack": "ack_last",
    "announced": "announced_last",
    "order": "order_last",
    "until": "until_last",
    "lifted": "lifted_last",
}
FIRSTS = {"held": "held_first", "booked": "booked_first", "recorded": "since"}
PLAIN = {"string": "", "boolean": False}
REQUIRED_NUMBERS = {"source_id": 1, "batch": 0}
SQL_TYPES = {
    "string": "TEXT",
    "boolean": "BOOLEAN",
    "int32": "INTEGER",
    "int64": "BIGINT",
}
MISSING_BY_DEFAULT = {"confirmed_norm": "", "time_zone": ""}


def day_number(text: str) -> int:
    """Days since 1970 of a day."""
    return midnight(date.fromisoformat(text)) // 86_400_000


def first(text: str) -> int:
    """The first moment of a day."""
    return midnight(date.fromisoformat(text))


def last(text: str) -> int:
    """The last moment of a day."""
    return end_of_day(first(text))


COURT = CourtRow("nm", "district", dated=True)
"""A made-up law: ten days from arraignment, in one court."""


def law(*triggers: str, due_days: int = 10, **changes: Any) -> Law:
    """Ten days from each of these trigger days; grounds `informant` (order) and `work`."""
    values: dict[str, Any] = {
        "due": tuple(
            DueRow("nm", "district", day_number(day), day_number(day) + due_days)
            for day in triggers
        ),
        "triggers": (TriggerRow("nm", "district", "arraignment"),),
        "grounds": (
            GroundRow("nm", "informant", order_needed=True),
            GroundRow("nm", "work", order_needed=False),
            GroundRow("nm", "told", order_needed=False, announce=Announce.ANNOUNCED),
            GroundRow("nm", "shut", order_needed=False, announce=Announce.ANNOUNCED_OR_SEALED),
        ),
        "courts": (COURT,),
    }
    return Law(**(values | changes))


@dataclass
class World:
    """Rows of the read tables, in the order in which they were recorded."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    law: Law = field(default_factory=Law)
    policy: Policy = field(default_factory=Policy)
    entries: Any = field(default_factory=lambda: itertools.count(0))

    def add(self, table: str, **said: Any) -> int:
        """One row; its entry."""
        schema = SCHEMAS[table]
        row: dict[str, Any] = {
            name: PLAIN.get(kind, REQUIRED_NUMBERS.get(name)) for name, kind in schema.items()
        }
        row |= {name: value for name, value in MISSING_BY_DEFAULT.items() if name in schema}
        for name, value in said.items():
            if value is None and name not in schema:
                continue
            if name in PAIRS and isinstance(value, str):
                row[PAIRS[name][0]], row[PAIRS[name][1]] = first(value), last(value)
            elif name in LASTS and isinstance(value, str):
                row[LASTS[name]] = last(value)
            elif name in FIRSTS and isinstance(value, str):
                row[FIRSTS[name]] = first(value)
            elif name in schema:
                row[name] = value
            else:
                raise KeyError(f"{table} has no {name}")
        entry = -1
        if "entry" in schema:
            entry = row["entry"] = next(self.entries)
        if "ord" in schema:
            moment = row.get("first") or row.get("from_first") or row.get("since") or 0
            row["ord"] = (moment // 1000 + 2_208_988_800) * 2**30 + entry
        if "booked_first" in schema and row["held_first"] is None:
            row["held_first"] = row["booked_first"]
        self.rows.setdefault(table, []).append(row)
        return entry

    def key(self, table: str, **said: Any) -> None:
        """A row of a key table."""
        self.rows.setdefault(table, []).append(said)

    @property
    def size(self) -> int:
        """The size of the record."""
        return 1 + max(
            (row.get("entry", -1) for rows in self.rows.values() for row in rows), default=-1
        )

    def open_case(
        self, case: int = 1, *, opened: str | None = "2024-01-02", people: tuple[int, ...] = (11,)
    ) -> None:
        """A case with an agency's report number 100 + its number, and defendants."""
        self.add("cases", case_id=case, opened=opened, jurisdiction="nm", court_level="district")
        self.add("case_reports", case_id=case, report_id=100 + case)
        self.key("case_key", case_id=case, norm=f"case {case}")
        for person in people:
            self.add("parties", case_id=case, role="defendant", defendant_id=person)
            self.key("defendant_key", defendant_id=person, case_id=case, norm=f"p{person % 10}")

    def item(self, item: int = 1, *, report: int | None = 101, **said: Any) -> int:
        """An item of agency 1."""
        said.setdefault("agency_id", 1)
        if not any(row["item_id"] == item for row in self.rows.get("item_key", [])):
            self.key("item_key", item_id=item, agency_id=said["agency_id"])
        return self.add("items", item_id=item, report_id=report, **said)

    def lines(
        self,
        engine: str,
        place: str,
        on: str,
        *,
        size: int | None = None,
        zones: dict[str, str] | None = None,
    ) -> list[dict[str, Any]]:
        """Every line on an engine, in a fixed order."""
        tables = self.on(engine, place)
        moment = Moment(
            self.size if size is None else size,
            last(on),
            {zone: last(day) for zone, day in (zones or {}).items()},
        )
        with Work(tables, moment, self.policy, self.law) as work:
            found = match_lines(work)
            rows = work.arrow(found).to_pylist()
        tables.connection.disconnect()
        assert list(found.columns) == list(LINE)
        return sorted(
            rows, key=lambda row: [(row[name] is not None, row[name] or 0) for name in LINE]
        )

    def on(self, engine: str, place: str) -> Tables:
        """The rows in a database of this engine."""
        if engine == "duckdb":
            connection = ibis.duckdb.connect()
            for statement in self.statements():
                connection.raw_sql(statement)
            return read_duckdb(connection)
        if engine == "sqlite":
            Path(place).unlink(missing_ok=True)
            with sqlite3.connect(place) as database:
                database.executescript(";".join(self.statements()))
            database.close()
            return read_sqlite(place)
        with psycopg.connect(place, autocommit=True) as database_:
            for name in SCHEMAS:
                database_.execute(f'DROP TABLE IF EXISTS "{name}"')
            for statement in self.statements():
                database_.execute(statement)
        return read_postgres(place)

    def statements(self) -> list[str]:
        """The tables and rows as SQL."""
        made = []
        for name, schema in SCHEMAS.items():
            columns = ", ".join(f'"{key}" {SQL_TYPES[kind]}' for key, kind in schema.items())
            made.append(f'CREATE TABLE "{name}" ({columns})')
            for row in self.rows.get(name, []):
                values = ", ".join(literal(row.get(key)) for key in schema)
                made.append(f'INSERT INTO "{name}" VALUES ({values})')
        return made


def literal(value: Any) -> str:
    """A value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def said(row: dict[str, Any]) -> str:
    """A line in words: what it is about, its state, and after a plus the others that apply."""
    about = {
        "item": f"item {row['item_id']}",
        "mention": f"mention {row['entry']}",
        "agency": f"agency {row['agency_id']}",
        "count": f"count {row['entry']}",
    }[KINDS[row["kind"]]]
    case = f" case {row['case_id']}" if row["case_id"] is not None else ""
    who = f" for {row['defendant_id']}" if row["defendant_id"] is not None else ""
    state = ORDER[row["state"]]
    also = "".join(f" + {other}" for other in ORDER if row[other] and other != state)
    return f"{about}{case}{who}: {state}{also}"


def place_for(engine: str, request: Any, tmp_path: Path) -> str:
    """Where a test's database lies."""
    if engine == "postgres":
        return str(request.getfixturevalue("postgres_module_url"))
    return str(tmp_path / "office.sqlite3")
