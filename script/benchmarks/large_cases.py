"""Two large cases for a home of any size, as import tables: 1,000 and 10,000 items, three defendants each.

They go in by the same door as any export. Of each hundred items some are not filed, some not disclosed to
everybody, and some disclosed late, so that the boards have something to show.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

__all__ = ["DEFENDANTS", "LARGE", "number_of", "write"]

LARGE = (1_000, 10_000)
DEFENDANTS = ("Doe", "Roe", "Poe")
_KINDS = ("document", "recording", "object", "data")
_THINGS = ("statement of a witness", "interview, recorded", "cash box", "telephone, extracted")


def number_of(items: int) -> str:
    """The number of the case that has so many items."""
    return f"D-202-CR-LARGE-{items}"


def write(place: Path, agency: str) -> Path:
    """Write the tables of both cases into a folder.

    Args:
        place: the folder; made.
        agency: who holds the items: one of the home's agencies of the State.
    """
    place.mkdir(parents=True, exist_ok=True)
    cases, parties, docket, items, filings, disclosures = [], [], [], [], [], []
    for many in LARGE:
        case = number_of(many)
        report = f"L{many}"
        cases.append(
            (
                case,
                "us-nm",
                "district",
                f"State v. Doe and others ({many:,})",
                "2025-01-06",
                f"{agency}:{report}",
            )
        )
        for name in DEFENDANTS:
            parties.append((case, name, "defendant"))
            docket.append((case, "arraignment", "2025-01-20", name))
        for number in range(many):
            tag = f"{report}-{number:05}"
            items.append(
                (
                    agency,
                    tag,
                    f"{_THINGS[number % 4]} {number}",
                    f"2025-02-{1 + number % 28:02}",
                    report,
                    _KINDS[number % 4],
                    f"L-{number % 40:02}",
                )
            )
            if number % 100 >= 3:
                filings.append((case, agency, tag, "2025-03-03", "Clerk of the office"))
            for place_of, name in enumerate(DEFENDANTS):
                left = (number + 13 * place_of) % 100
                if left >= 8:
                    day = "2025-06-20" if left < 12 else "2025-03-10"
                    disclosures.append((case, name, agency, tag, day, f"P-{many}-{place_of}"))
    _table(
        place / "cases.csv",
        "case_number,jurisdiction,court_level,title,opened_on,report_numbers",
        cases,
    )
    _table(place / "parties.csv", "case_number,name,role", parties)
    _table(place / "docket.csv", "case_number,event,occurred_on,defendant", docket)
    _table(
        place / "items.csv",
        "agency,tag,description,booked_at,report_number,kind,storage_location",
        items,
    )
    _table(place / "filings.csv", "case_number,agency,tag,filed_at,filed_by", filings)
    _table(
        place / "disclosures.csv",
        "case_number,defendant,agency,tag,disclosed_at,production",
        disclosures,
    )
    return place


def _table(path: Path, head: str, rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as written:
        writer = csv.writer(written)
        writer.writerow(head.split(","))
        writer.writerows(rows)
