"""Entries from the rows of a scenario, as an import writes them, without a database.

This stands beside the real import so that the reference can be asked alone; a
backend with a database takes the same scenario through the real one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from fullfile.core.entries import TABLES, Entry, Kind, Table
from fullfile.core.ids import key, parse_when, utc_ms
from tests.spec.reading import Import, read_table

__all__ = ["Loader", "entries_of"]


def entries_of(imports: Iterable[Import], *, further_columns: bool = False) -> list[Entry]:
    """The record that some imports make, one after the other.

    Args:
        imports: in the order in which they are recorded.
        further_columns: columns that no table has are kept with the entry; else they are a mistake.
    """
    loader = Loader(further_columns=further_columns)
    for one in imports:
        loader.read(one)
    return loader.entries


class Loader:
    """Reads imports into a list of entries, as the importer's rules say."""

    def __init__(self, *, further_columns: bool = False) -> None:
        self._further = further_columns
        self.entries: list[Entry] = []
        self._agencies: dict[str, str] = {}
        self._newest: dict[tuple[str, ...], Entry] = {}

    def read(self, one: Import) -> None:
        """Record one import; rows that say nothing new leave no entry."""
        unknown = set(one.rows) - set(TABLES)
        if unknown:
            raise ValueError(f"no import table: {', '.join(sorted(unknown))}")
        batch = len(self.entries)
        recorded = utc_ms(datetime.fromisoformat(one.at).astimezone(UTC))
        for table in TABLES.values():
            if table.name in one.rows:
                self._read_table(table, one, batch, recorded)

    def _read_table(self, table: Table, one: Import, batch: int, recorded: int) -> None:
        run = len(self.entries)
        told: dict[str, Any] = {"batch": batch, "source": one.source, "table": table.name}
        self.entries.append(Entry(run, recorded, "import.started", "A. Clerk", told))
        for number, row in enumerate(read_table(one.rows[table.name]), 2):
            data = self._data(table, row)
            row_key = (one.source, table.name, *(_key_text(data, c) for c in table.key_columns))
            before = self._newest.get(row_key)
            if before is not None and before.data == data:
                continue
            entry = Entry(
                len(self.entries),
                recorded,
                table.entry_type,
                "A. Clerk",
                data,
                source=one.source,
                run=run,
                row=number,
                corrects=before.index if before else None,
            )
            self.entries.append(entry)
            self._newest[row_key] = entry

    def _data(self, table: Table, row: Mapping[str, str]) -> dict[str, Any]:
        columns = {column.name: column for column in table.columns}
        if not self._further and set(row) - set(columns):
            raise ValueError(f"{table.name} has no column {', '.join(set(row) - set(columns))}")
        data: dict[str, Any] = {}
        for name, value in row.items():
            column = columns.get(name)
            if column is None:
                continue
            if column.required and not value:
                raise ValueError(f"{table.name}: {name} is empty in {row}")
            if not value:
                continue
            if column.words and value not in column.words:
                raise ValueError(f"{table.name}: {name} has no word “{value}”")
            data[name] = _value(column.kind, value)
        self._shape(table.name, data)
        return data

    def _shape(self, table: str, data: dict[str, Any]) -> None:
        if table == "agencies":
            for name in (data["agency"], *data.get("also_called", ())):
                self._agencies[key(name)] = data["agency"]
        for name in ("agency", "parent_agency", "booked_agency"):
            if name in data:
                data[name] = self._called(data[name])
        if "agencies" in data:
            data["agencies"] = [self._called(name) for name in data["agencies"]]
        if "report_numbers" in data:
            data["report_numbers"] = [
                {"agency": self._called(name), "number": number}
                for name, number in _pairs(data["report_numbers"], ":")
            ]
        if "related_cases" in data:
            pairs = _pairs(data["related_cases"], "|")
            data["related_cases"] = [{"case": case, "kind": kind} for case, kind in pairs]
        if "same_as" in data:
            pairs = _pairs(data["same_as"], ":")
            data["same_as"] = [{"agency": self._called(name), "tag": tag} for name, tag in pairs]
        if "persons" in data:
            pairs = _pairs(data["persons"], "|")
            data["persons"] = [{"name": name, "role": role} for name, role in pairs]
        if table == "parties" and data["role"] == "defendant":
            data["defendant_key"] = key(data["name"])
        if data.get("defendant"):
            data["defendant_key"] = key(data["defendant"])

    def _called(self, name: str) -> str:
        return self._agencies.get(key(name), name)


def _value(kind: Kind, value: str) -> str | bool | list[str]:
    if kind is Kind.YES_NO:
        return {"yes": True, "no": False}[value]
    if kind is Kind.LIST:
        return [part.strip() for part in value.split(";") if part.strip()]
    if kind is Kind.WHEN:
        return parse_when(value).text
    return value


def _pairs(values: Iterable[str], mark: str) -> list[tuple[str, str]]:
    return [tuple(part.strip() for part in value.split(mark, 1)) for value in values]  # type: ignore[misc]


def _key_text(data: Mapping[str, Any], column: str) -> str:
    value = data.get(column, "")
    return key(value) if isinstance(value, str) else str(value)
