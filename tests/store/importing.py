"""What the import tests share: files of rows, and imports at the office's next second."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from fullfile.server.actions.imports import ImportReport, import_directory, import_files
from fullfile.server.store.load import current_size
from fullfile.server.store.reading import iter_entries

CASES = [{"case_number": "D-1", "jurisdiction": "us-nm", "opened_on": "2024-01-05"}]
PARTIES = [
    {"case_number": "D-1", "name": "Ann Poe", "role": "defendant", "party_id": "P1"},
    {"case_number": "D-1", "name": "Bo Roe", "role": "defendant", "party_id": "P2"},
    {"case_number": "D-1", "name": "Cy Voe", "role": "witness", "party_id": "P3"},
]
AGENCIES = [{"agency": "North PD", "kind": "police", "side": "state", "also_called": "NPD; North"}]
ITEMS = [
    {"agency": "NPD", "tag": "A-1", "description": "A knife", "booked_at": "2024-01-02"},
    {"agency": "North PD", "tag": "A-2", "description": "A rope", "booked_at": "2024-01-03"},
]
DISCLOSURES = [
    {
        "case_number": "d-1",
        "defendant": "ann poe",
        "agency": "north",
        "tag": "a-1",
        "disclosed_at": "2024-02-01",
    }
]


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    """A CSV of rows."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


class Importer:
    """Imports into an office, each a second after the last."""

    def __init__(self, office: Any, folder: Path) -> None:  # the office of the fixture
        self.office = office
        self.folder = folder

    def table(self, name: str, rows: list[dict[str, str]], **how: Any) -> ImportReport:
        """Import rows as one file of a table."""
        return self.files(name, write(self.folder / f"{name}.csv", rows), **how)

    def files(self, table: str | None, *files: Path, **how: Any) -> ImportReport:
        """Import files of a table."""
        self.office.now_ms += 1_000
        how.setdefault("source", "rms")
        return import_files(files=files, table=table, by="Clerk", now_ms=self.office.now_ms, **how)

    def directory(self, folder: Path, **how: Any) -> ImportReport:
        """Import a directory."""
        self.office.now_ms += 1_000
        how.setdefault("source", "rms")
        return import_directory(directory=folder, by="Clerk", now_ms=self.office.now_ms, **how)

    def base(self) -> None:
        """A case with two defendants and a witness, an agency and two items."""
        for name, rows in (
            ("agencies", AGENCIES),
            ("cases", CASES),
            ("parties", PARTIES),
            ("items", ITEMS),
        ):
            report = self.table(name, rows)
            assert report.recorded, report.problems

    @staticmethod
    def entries(kind: str) -> list[Any]:
        """The entries of one type."""
        return [entry for entry in iter_entries(0, current_size()) if entry.type == kind]
