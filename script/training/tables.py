"""The import tables as files, and the truth beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from training.booking import Item
from training.county import County
from training.papers import (
    Row,
    case_rows,
    count_rows,
    mention_rows,
    party_rows,
    request_rows,
)

__all__ = ["COLUMNS", "write_county"]

COLUMNS = {
    "agencies": "agency kind side also_called time_zone",
    "cases": "case_number jurisdiction court court_level title opened_on report_numbers related_cases "
    "agencies incident_on incident_location summary",
    "parties": "case_number name role date_of_birth agency counsel in_custody phone address",
    "counts": "case_number defendant count offense statute grade charged_on offense_on",
    "items": "agency tag description collected_at booked_at report_number kind category quantity "
    "serial_number collected_by collected_from collected_where booked_by status storage_location "
    "persons notes",
    "custody": "agency tag event occurred_at by from to place",
    "filings": "case_number agency tag filed_at filed_by",
    "requests": "case_number defendant requested_at asks_for category keywords replied_at reply",
    "mentions": "agency report_number description mentioned_at by document booked_agency booked_as "
    "outcome",
    "truth": "agency tag case_number kind",
}


def write_county(county: County, folder: Path) -> dict[str, int]:
    """Write every table; how many rows each has."""
    folder.mkdir(parents=True, exist_ok=True)
    items = county.items
    rows: dict[str, list[Row]] = {
        "agencies": _agencies(county),
        "cases": case_rows(county),
        "parties": party_rows(county),
        "counts": count_rows(county),
        "items": [item.row for item in items],
        "custody": _custody(county, items),
        "filings": _filings(county),
        "requests": request_rows(county),
        "mentions": mention_rows(county),
        "truth": _truth(county),
    }
    for table, columns in COLUMNS.items():
        _write(folder / f"{table}.csv", columns.split(), rows[table])
    return {table: len(some) for table, some in rows.items()}


def _write(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _agencies(county: County) -> list[Row]:
    world = county.world
    rows = [
        {
            "agency": one.name,
            "kind": one.kind,
            "side": "state",
            "also_called": one.also,
            "time_zone": "America/Denver",
        }
        for one in (*world.police, world.laboratory, world.prosecutor)
    ]
    rows.append({"agency": "District Court", "kind": "court", "side": "court"})
    rows.append({"agency": "Public Defender", "kind": "defence", "side": "defence"})
    return rows


def _filings(county: County) -> list[Row]:
    c, habits, last = county.world.chance, county.habits, county.world.last
    rows = []
    for item in county.booked:
        filed = item.by_hand or c.happens(habits.filed)
        # Of two cases about one event, the second list is sometimes forgotten.
        cases = [
            case
            for number, case in enumerate(item.draft.incident.cases)
            if number == 0 or c.happens(0.85)
        ]
        for case in cases if filed else []:
            on = max(case.opened, item.booked) + timedelta(days=c.few(12, 200))
            rows.append(
                {
                    "case_number": case.number,
                    "agency": item.row["agency"],
                    "tag": item.row["tag"],
                    "filed_at": min(on, last + timedelta(days=60)).isoformat(),
                    "filed_by": case.prosecutor,
                }
            )
    return rows


def _custody(county: County, items: list[Item]) -> list[Row]:
    c, world = county.world.chance, county.world
    rows = []
    for item in items:
        if not c.happens(county.habits.custody):
            continue
        agency, on = item.draft.agency, item.booked
        key = {"agency": item.row["agency"], "tag": item.row["tag"]}
        keeper = c.pick(agency.keepers)
        by = item.row["booked_by"]
        rows.append({**key, "event": "booked", "occurred_at": on.isoformat(), "by": by})
        if c.happens(0.5):
            moved = {"event": "moved", "by": keeper, "place": f"Shelf {c.whole(1, 80)}"}
            rows.append({**key, **moved, "occurred_at": _after(county, item, 10)})
        if c.happens(0.12):
            lab = {
                "event": "transferred",
                "by": keeper,
                "from": keeper,
                "to": world.laboratory.name,
            }
            rows.append({**key, **lab, "occurred_at": _after(county, item, 40)})
        elif c.happens(0.1):
            officer = agency.officers.pick(c).written(agency.style.officer_form)
            out = {"event": "checked_out", "by": keeper, "to": officer}
            rows.append({**key, **out, "occurred_at": _after(county, item, 60)})
    return rows


def _after(county: County, item: Item, most: int) -> str:
    return (item.booked + timedelta(days=county.world.chance.whole(1, most))).isoformat()


def _truth(county: County) -> list[Row]:
    """A row for each case that an orphan belongs to; an empty case for what belongs to none."""
    rows = []
    for kind, item in county.orphans:
        key = {"agency": item.row["agency"], "tag": item.row["tag"], "kind": kind}
        rows += [{**key, "case_number": case.number} for case in item.draft.incident.cases]
    for kind, item in county.strays:
        key = {"agency": item.row["agency"], "tag": item.row["tag"], "kind": kind}
        rows.append({**key, "case_number": ""})
    return sorted(rows, key=lambda row: (row["agency"], row["tag"], row["case_number"]))
