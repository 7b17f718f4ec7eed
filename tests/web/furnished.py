"""The demonstration's office with more in it: at least two rows in every list that a page has."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.store.importing import write
from tests.web.test_papers import BALDWIN, DOE, draft, ground_ids, papers_at, record_item, send

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Office

SHERIFF = "Sheriff"


def now() -> int:
    return time.time_ns() // 1_000_000


def tables() -> dict[str, list[dict[str, str]]]:
    """What another system sends: mentions, withholdings, holds."""
    ground = ground_ids()[0]
    said = {"agency": SHERIFF, "case_number": BALDWIN}
    return {
        "mentions": [
            {
                **said,
                "report_number": f"24-7{number}",
                "description": f"{what} on a table",
                "mentioned_at": f"2024-03-0{number}",
                "by": "Deputy 7",
                "quantity": str(number),
            }
            for number, what in enumerate(("a lamp", "a coil of rope", "a torn map"), 1)
        ],
        "withholdings": [
            {
                **said,
                "tag": tag,
                "ground": ground,
                "withheld_at": f"2024-04-0{number}",
                "by": "K. Ortiz",
            }
            for number, tag in enumerate(("DOC-001", "DOC-002"), 1)
        ],
        "holds": [
            {
                "hold": f"preservation letter {number}",
                "placed_at": f"2024-05-0{number}",
                "by": "J. Soto",
                "reason": "a civil suit is near",
                "case_number": BALDWIN,
            }
            for number in (1, 2)
        ],
    }


def furnish(office: Office, folder: Path) -> None:
    """Put it all in."""
    from fullfile.server.actions.files import add_file
    from fullfile.server.actions.imports import import_directory

    folder.mkdir()
    for name, rows in tables().items():
        write(folder / f"{name}.csv", rows)
    report = import_directory(directory=folder, source="second", by="Clerk", now_ms=now())
    assert report.recorded, report.problems
    for name, use in (("table.jpg", "photo"), ("notes.txt", "report")):
        add_file(
            agency=SHERIFF,
            tag="DOC-001",
            name=name,
            use=use,
            chunks=[name.encode() * 40],
            actor="R. Lane",
            now_ms=now(),
        )
    papers(office)


def papers(office: Office) -> None:
    """Two productions in a second case, two schedules in the first."""
    clerk, lawyer = office.as_("c.webb"), office.as_("k.ortiz")
    address, _entry = draft(clerk)
    assert send(clerk, f"{address}close/").status_code == 302
    record_item("P-3")
    again: Any = send(
        clerk, f"{papers_at(DOE)}productions/new/", defendants=["1"], it_is_another="yes"
    )
    assert again.status_code == 302, again.content.decode()[-2000:]
    for another in ("", "yes"):
        issued = send(
            lawyer, f"{papers_at()}schedules/1/", layout="schedule", it_is_another=another
        )
        assert issued.status_code == 302
