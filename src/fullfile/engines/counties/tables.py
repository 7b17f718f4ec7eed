"""The import tables of a county while it is made: lines of CSV, written sorted, so that no order tells anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

__all__ = ["COLUMNS", "Tables"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "agencies": ("agency", "kind", "side", "also_called"),
    "cases": (
        *("case_number", "jurisdiction", "court", "court_level", "title", "opened_on"),
        *(
            "report_numbers",
            "related_cases",
            "agencies",
            "incident_on",
            "incident_location",
            "summary",
        ),
    ),
    "parties": (
        "case_number",
        "name",
        "role",
        "date_of_birth",
        "agency",
        "counsel",
        "phone",
        "address",
    ),
    "counts": ("case_number", "defendant", "count", "offense", "grade", "charged_on", "offense_on"),
    "items": (
        *("agency", "tag", "description", "collected_at", "booked_at", "report_number", "kind"),
        *(
            "category",
            "quantity",
            "serial_number",
            "collected_by",
            "collected_from",
            "collected_where",
        ),
        *("booked_by", "status", "storage_location", "persons", "notes"),
    ),
    "custody": ("agency", "tag", "event", "occurred_at", "by", "from", "to", "place", "reason"),
    "filings": ("case_number", "agency", "tag", "filed_at", "filed_by"),
    "requests": ("case_number", "defendant", "requested_at", "asks_for", "category", "keywords"),
    "mentions": ("agency", "report_number", "description", "mentioned_at", "by", "document"),
    "knowledge": ("agency", "tag", "person", "level", "known_from", "how", "role"),
    "docket": ("case_number", "event", "occurred_on", "defendant", "detail"),
    "truth": ("agency", "tag", "case_number", "kind"),
}
"""What is written, and in which columns (contract, section 4). `truth` is no import table."""


class Tables:
    """Lines by table. A million short strings take less room than a million rows of values."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {name: [] for name in COLUMNS}

    def add(self, table: str, *values: str) -> None:
        """Add a row, with its values in the order of the columns."""
        self.lines[table].append(_line(values))

    def write(self, directory: Path) -> None:
        """Write each table that has a row, and `truth` always."""
        directory.mkdir(parents=True, exist_ok=True)
        for name, lines in self.lines.items():
            if not lines and name != "truth":
                continue
            lines.sort()
            with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                file.write(",".join(COLUMNS[name]) + "\n")
                file.writelines(lines)


def _line(values: Sequence[str]) -> str:
    text = ",".join(values)
    # Quoting is rare, and is looked for only where a comma too many or a quotation mark shows.
    if text.count(",") == len(values) - 1 and '"' not in text:
        return text + "\n"
    return (
        ",".join(
            '"' + value.replace('"', '""') + '"' if "," in value or '"' in value else value
            for value in values
        )
        + "\n"
    )
