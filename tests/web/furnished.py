"""The demonstration's office with more in it: at least two rows in every list that a page has."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from fullfile.core.entries import Draft
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
                "announced_at": f"2024-04-1{number}",
                "by": "K. Ortiz",
            }
            for number, tag in enumerate(("DOC-001", "DOC-002"), 1)
        ],
        "items": [
            {
                "agency": SHERIFF,
                "tag": f"LEFT-{number}",
                "description": f"{what} that is nobody's evidence",
                "booked_at": f"2024-06-0{number}",
            }
            for number, what in enumerate(("a glove", "a kettle", "a ladder", "a drum"), 1)
        ],
        "custody": [
            {
                "agency": SHERIFF,
                "tag": f"LEFT-{number}",
                "event": event,
                "occurred_at": f"2024-07-0{number}",
                "by": "M. Quill",
                "reason": "the owner asked",
                "to": "the owner",
            }
            for number, event in ((1, "released"), (2, "destroyed"))
        ],
        "counts": [
            {
                "case_number": BALDWIN,
                "defendant": "Baldwin",
                "count": str(number),
                "offense": "involuntary manslaughter",
                "charged_on": f"2026-03-0{number}",
                "override": "the ruling of July 12, 2024",
            }
            for number in (7, 8)
        ],
        "requests": [
            {
                "case_number": BALDWIN,
                "defendant": "Baldwin",
                "requested_at": "2024-08-02",
                "asks_for": "every photograph of the scene",
            }
        ],
        "determinations": [
            {
                **said,
                "tag": tag,
                "finding": "exculpatory",
                "by": "K. Ortiz",
                "made_at": f"2024-08-0{number}",
                "reason": "it contradicts a statement",
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
    people()
    room()
    counting()
    nobody_looked_at()


def nobody_looked_at() -> None:
    """Two items since the last run of link."""
    from fullfile.server.store.append import unit_of_work

    with unit_of_work() as writer:
        writer.append(
            [
                Draft(
                    "item.recorded",
                    "R. Lane",
                    {
                        "agency": SHERIFF,
                        "tag": f"NEW-{number}",
                        "description": f"{what} found on a roof",
                        "booked_at": f"2026-02-0{number}",
                    },
                )
                for number, what in enumerate(("a net", "a bell"), 1)
            ],
            now_ms=now(),
        )


def people() -> None:
    """Tokens, roles that wait, jobs."""
    from fullfile.server.accounts.policy import Role
    from fullfile.server.accounts.tokens import make_token, scopes_of
    from fullfile.server.actions.granting import Wish, ask_access
    from fullfile.server.actions.link import run_link
    from fullfile.server.waiting.asking import ask_job
    from fullfile.server.web.clock import today

    for label in ("a nightly copy", "a dashboard"):
        make_token(
            "k.ortiz",
            label=label,
            scopes=scopes_of(Role.PROSECUTOR),
            days=30,
            now_ms=now(),
            today=today(),
        )
    for account, role in (("n.first", "clerk"), ("n.second", "auditor")):
        ask_access(
            Wish(account=account, name=account.title(), works_for="County", role=role),
            reason="joins the office",
            actor="A. Boone",
            actor_account="a.boone",
            now_ms=now(),
        )
    for kind in ("boards", "search"):
        ask_job(kind, by="A. Boone", account="a.boone")
    run_link("R. Lane", now_ms=now(), every=False)


def room() -> None:
    """Wishes that things may leave, which wait for a second person."""
    from fullfile.core.custody.decide import Order
    from fullfile.server.actions.leaving import ask_to_leave

    for number, how in ((3, "released"), (4, "destroyed")):
        ask_to_leave(
            agency=SHERIFF,
            tag=f"LEFT-{number}",
            how=how,
            reason="no use for it",
            to="the owner" if how == "released" else "",
            order=Order("District Court", f"order {number}", "2026-01-05"),
            actor="R. Lane",
            now_ms=now(),
        )


def counting() -> None:
    """Two inventories, and labels in one of them that nobody knows."""
    from fullfile.server.actions.inventories import open_inventory
    from fullfile.server.actions.scanning import scan_item

    opened = [
        open_inventory(agency=SHERIFF, actor="J. Soto", now_ms=now(), seed=seed)
        for seed in ("one", "two")
    ]
    for code in ("UNKNOWN-1", "UNKNOWN-2"):
        scan_item(
            inventory=opened[0].entry, code=code, place="vault 2", actor="R. Lane", now_ms=now()
        )


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
    filed()


def filed() -> None:
    """Both schedules filed with the court."""
    from fullfile.core.papers.court import Kind
    from fullfile.server.actions.court_filings import file_with_court
    from fullfile.server.queries.case_papers import issued_in_case
    from fullfile.server.store.connections import case_id_of
    from fullfile.server.web.clock import today

    case_id = case_id_of(BALDWIN)
    assert case_id is not None
    for paper in issued_in_case(case_id):
        file_with_court(
            case=BALDWIN,
            kind=Kind.SCHEDULE,
            of=paper.entry,
            filed_on=today().isoformat(),
            by="K. Ortiz",
            actor="K. Ortiz",
            now_ms=now(),
        )
