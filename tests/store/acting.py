"""What the tests of the office's own acts share: a small county with two cases, and the worked example."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fullfile.core.errors import Refused
from fullfile.server.actions.imports import import_directory
from fullfile.server.queries.match import match_case
from tests.store.importing import Importer

if TYPE_CHECKING:
    from collections.abc import Callable

    from fullfile.core.matching import Line

EXAMPLE = Path(__file__).parents[2] / "examples" / "state-v-baldwin"
R, R2 = "D-0101-CR-2024-00013", "D-0101-CR-2023-00040"

AGENCIES = [
    {"agency": "Alder Sheriff", "kind": "sheriff", "also_called": "ACSO"},
    {"agency": "Alder Court", "kind": "court"},
]
CASES = [
    {
        "case_number": "D-1",
        "jurisdiction": "us-nm",
        "court_level": "district",
        "opened_on": "2024-01-19",
        "report_numbers": "Alder Sheriff:24-100",
    },
    {
        "case_number": "D-2",
        "jurisdiction": "us-nm",
        "court_level": "district",
        "opened_on": "2024-02-01",
        "report_numbers": "Alder Sheriff:24-200",
    },
]
PARTIES = [
    {"case_number": "D-1", "name": "Ada Roe", "role": "defendant", "counsel": "Mina Vale"},
    {"case_number": "D-1", "name": "Pat Lorne", "role": "prosecutor"},
    {"case_number": "D-2", "name": "Ben Oak", "role": "defendant", "counsel": "Olga Hart"},
    {"case_number": "D-2", "name": "Pat Lorne", "role": "prosecutor"},
]
ITEMS = [
    {
        "agency": "Alder Sheriff",
        "tag": tag,
        "description": words,
        "report_number": report,
        "booked_at": "2024-01-20",
        "booked_by": "Lee Marsh",
        "quantity": many,
        "parent_tag": inside,
    }
    for tag, words, report, many, inside in (
        ("E-1", "six live rounds", "24-100", "6", ""),
        ("E-2", "a jacket", "24-100", "1", ""),
        ("E-3", "a box of papers", "24-100", "1", ""),
        ("E-4", "a letter", "24-200", "1", "E-3"),
        ("F-1", "a bicycle", "24-900", "1", ""),
    )
]


class Office:
    """An office at work: imports, and the clock of its acts."""

    def __init__(self, office: Any, folder: Path) -> None:  # the office of the fixture
        self.office = office
        self.importer = Importer(office, folder)

    def county(self) -> Office:
        """Two cases, their people and items."""
        for name, rows in (
            ("agencies", AGENCIES),
            ("cases", CASES),
            ("parties", PARTIES),
            ("items", ITEMS),
        ):
            report = self.importer.table(name, rows)
            assert report.recorded, report.problems
        return self

    def worked_example(self) -> Office:
        """The worked example, with the second accounts."""
        for folder, source in ((EXAMPLE, "press"), (EXAMPLE / "second-accounts", "second")):
            self.office.now_ms += 1_000
            report = import_directory(
                directory=folder, source=source, by="Clerk", now_ms=self.office.now_ms
            )
            assert report.recorded, report.problems
        return self

    @property
    def later(self) -> dict[str, Any]:
        """The clock of the next act, a minute on, and who does it."""
        self.office.now_ms += 60_000
        return {"actor": "Rita Quill", "now_ms": self.office.now_ms}

    @property
    def now_ms(self) -> int:
        """What the clock says."""
        return int(self.office.now_ms)

    def docket(self, *rows: tuple[str, str, str]) -> None:
        """Events of a docket: case, event, day."""
        said = [
            {"case_number": case, "event": event, "occurred_on": day} for case, event, day in rows
        ]
        report = self.importer.table("docket", said, source="court")
        assert report.recorded, report.problems

    def entry(self, index: int) -> Any:
        """An entry of the record."""
        from fullfile.server.store.load import entries

        (found,) = entries([index])
        return found

    def line(self, case: str, tag: str, on: str = "", defendant: str | None = None) -> Line:
        """The line of an item in a case."""
        when = date.fromisoformat(on) if on else datetime.fromtimestamp(self.now_ms / 1000, UTC)
        found = match_case(case, on=when, all_lines=True, ended=True, now_ms=self.now_ms)
        (line,) = [
            one
            for one in (*found.exceptions, *(found.others or ()))
            if one.tag == tag and defendant in (None, one.defendant)
        ]
        return line


def refusal(act: Callable[..., Any], **how: Any) -> dict[str, str]:
    """Why an act is refused: the code of each reason, and its sentence; several of one code joined."""
    found: dict[str, str] = {}
    try:
        act(**how)
    except Refused as refused:
        for reason in refused.reasons:
            found[reason.code] = f"{found.get(reason.code, '')} {reason.text}".strip()
    return found
