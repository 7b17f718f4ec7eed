"""Small records for tests of dockets: rows of the import tables as entries, in their order."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from fullfile.core.entries import TABLES, Entry
from fullfile.core.facts.cases import Cases, read_cases
from fullfile.core.facts.rows import Facts, read_facts
from fullfile.core.ids import key

ZONE = ZoneInfo("America/Denver")
CASE = "D-1-CR-2024-00007"
WHO = "Mara Quist"


class Record:
    """A record that grows row by row."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, table: str, *, source: str = "clerk", **data: Any) -> int:
        """One row; a defendant gets the key of the name."""
        if data.get("defendant"):
            data.setdefault("defendant_key", key(data["defendant"]))
        if table == "parties" and data["role"] == "defendant":
            data.setdefault("defendant_key", key(data["name"]))
        index = len(self.entries)
        self.entries.append(
            Entry(index, 1_790_000_000_000 + index, TABLES[table].entry_type, "clerk", data, source)
        )
        return index

    def case(self, number: str = CASE, jurisdiction: str = "us-nm", **more: Any) -> int:
        """A case."""
        return self.add("cases", case_number=number, jurisdiction=jurisdiction, **more)

    def defendant(self, name: str = WHO, number: str = CASE) -> int:
        """A defendant of a case."""
        return self.add("parties", case_number=number, name=name, role="defendant")

    def count(
        self,
        count: str = "1",
        *,
        defendant: str = WHO,
        number: str = CASE,
        offense: str = "aggravated battery",
        grade: str = "third_degree_felony",
        **more: Any,
    ) -> int:
        """A count."""
        return self.add(
            "counts",
            case_number=number,
            defendant=defendant,
            count=count,
            offense=offense,
            grade=grade,
            **more,
        )

    def docket(self, line: str, *, number: str = CASE, source: str = "clerk", **more: Any) -> int:
        """`DATE event`, for everybody unless `defendant` says whom."""
        said, _, event = line.rpartition(" ")
        return self.add(
            "docket", case_number=number, event=event, occurred_on=said, source=source, **more
        )

    def read(self) -> tuple[Facts, Cases]:
        """The record as facts and cases."""
        facts = read_facts(self.entries, ZONE)
        return facts, read_cases(facts)


def plain() -> Record:
    """A case with one defendant and one count."""
    record = Record()
    record.case(opened_on="2024-01-19")
    record.defendant()
    record.count(charged_on="2024-01-19", offense_on="2023-03-01")
    return record
