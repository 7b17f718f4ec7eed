"""Small records for the linkage tests, made through the import, and what the engines find in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from fullfile.engines.linkage.material import Wanted, load_material
from fullfile.engines.linkage.model import Model, load_model
from fullfile.engines.linkage.suggesting import Linkage
from fullfile.server.settings import database_address
from fullfile.server.store.load import current_size
from fullfile.server.store.tables import select
from tests.store.importing import Importer

Row = dict[str, str]


def item(tag: str, description: str = "A thing", **more: str) -> Row:
    """A row of `items`; the agency is the police unless said."""
    return {
        "agency": "Mesa PD",
        "tag": tag,
        "description": description,
        "booked_at": "2024-03-06",
        **more,
    }


def case(number: str, **more: str) -> Row:
    """A row of `cases`."""
    return {
        "case_number": number,
        "jurisdiction": "us-nm",
        "opened_on": "2024-03-10",
        "incident_on": "2024-03-05",
        **more,
    }


def party(number: str, name: str, role: str = "witness", **more: str) -> Row:
    """A row of `parties`."""
    return {"case_number": number, "name": name, "role": role, **more}


@dataclass
class Record:
    """An office with what was imported into it.

    Attributes:
        importer: puts rows into the office.
        scratch: a folder for the engines.
        read: a connection with the material, after `material`.
    """

    importer: Importer
    scratch: Path
    read: duckdb.DuckDBPyConnection = field(default_factory=duckdb.connect)

    def add(self, **tables: list[Row]) -> None:
        """Import rows, table by table in the order given."""
        for name, rows in tables.items():
            report = self.importer.table(name, rows)
            assert report.recorded, (name, report.problems)

    @property
    def database(self) -> str:
        """Where the record lies."""
        return database_address()

    @property
    def size(self) -> int:
        """How many entries there are."""
        return current_size()

    def number_of(self, tag: str) -> int:
        """The number of an item in the tables."""
        ((found,),) = select("SELECT item_id FROM item_key WHERE tag = %s", [tag])
        return int(found)

    def material(self, size: int | None = None) -> duckdb.DuckDBPyConnection:
        """The material of the record as of a size."""
        load_material(self.read, self.database, Wanted(self.size if size is None else size))
        return self.read

    @contextmanager
    def linkage(self, name: str = "work") -> Iterator[Linkage]:
        """The case side of the whole record, ready for items."""
        place = self.scratch / name
        place.mkdir()
        with Linkage(self.database, self.size, a_model(), scratch=place) as ready:
            yield ready


def a_model() -> Model:
    """The model that comes with the program."""
    return load_model()


def said(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    """The one value of a query."""
    ((found,),) = connection.sql(query).fetchall()
    return found


def text_of(model: Model) -> str:
    """A model as the bytes that are kept of it."""
    return json.dumps(model.data, sort_keys=True, ensure_ascii=False)
