"""Random histories of an office: drafts of every table, with corrections, names, dates and clocks."""

from __future__ import annotations

import random
from typing import Any

from fullfile.core.entries import TABLE_OF_TYPE, TABLES, Draft
from fullfile.core.ids import key

AGENCIES = ("Police", "Sheriff", "State Lab", "District Court")
CASES = ("24-CR-1", "24-CR-2", "24-cr-3", "24-CR-4")
PEOPLE = ("Ada Quill", "Ben Marsh", "Cora Field", "Dan Weir")
TAGS = ("T-1", "T-2", "T-3", "t-4", "T-5/2")
REPORTS = ("24-0001", "24-0002", "24-0003")
ZONES = ("America/Denver", "America/New_York")
DATES = (
    "2024-03-06",
    "2024-03-06T23:30:00-07:00",
    "2024-03-07T05:00:00+00:00",
    "2024-02",
    "2024",
    "before 2024-07-09",
    "2024-02/2024-03-06",
    "2024-03-08T09:15:00",
)
KINDS = ("refiled_from", "co_defendant", "other")
SOURCES = ("rms", "cms")
START = 1_790_000_000_000


class History:
    """A run of drafts that fit one another."""

    def __init__(self, seed: int, many: int = 0) -> None:
        self.dice = random.Random(seed)
        self.cases = tuple(f"25-CR-{number}" for number in range(many)) or CASES
        self.tags = tuple(f"T-{number}" for number in range(many)) or TAGS
        self.reports = tuple(f"25-{number:04}" for number in range(many)) or REPORTS
        self.drafts: list[Draft] = []
        self.placed: dict[str, list[int]] = {}
        self.runs: dict[tuple[str, str], int] = {}

    def one(self, values: tuple[str, ...]) -> str:
        return self.dice.choice(values)

    def maybe(self, data: dict[str, Any], column: str, value: Any) -> None:
        if self.dice.random() < 0.5:
            data[column] = value

    def when(self) -> str:
        return self.one(DATES)

    def item(self) -> dict[str, Any]:
        return {"agency": self.one(AGENCIES), "tag": self.one(self.tags)}

    def defendant(self) -> dict[str, Any]:
        name = self.one(PEOPLE)
        return {"case_number": self.one(self.cases), "defendant": name, "defendant_key": key(name)}

    def data(self, table: str) -> dict[str, Any]:
        made = getattr(self, f"_{table}")()
        assert isinstance(made, dict)
        return made

    def _agencies(self) -> dict[str, Any]:
        data: dict[str, Any] = {"agency": self.one(AGENCIES)}
        self.maybe(data, "kind", self.one(("police", "court", "Public Defender")))
        self.maybe(data, "side", self.one(("state", "other")))
        self.maybe(data, "also_called", ["PD", "Metro"])
        return data

    def _cases(self) -> dict[str, Any]:
        data: dict[str, Any] = {"case_number": self.one(self.cases), "jurisdiction": "us-nm"}
        self.maybe(data, "opened_on", self.when())
        self.maybe(data, "time_zone", self.one(ZONES))
        self.maybe(data, "agencies", [self.one(AGENCIES)])
        self.maybe(
            data,
            "report_numbers",
            [
                {"agency": self.one(AGENCIES), "number": number}
                for number in self.dice.sample(self.reports, 2)
            ],
        )
        self.maybe(data, "related_cases", [{"case": self.one(self.cases), "kind": self.one(KINDS)}])
        return data

    def _parties(self) -> dict[str, Any]:
        name = self.one(PEOPLE)
        role = self.one(("defendant", "officer", "witness"))
        data = {"case_number": self.one(self.cases), "name": name, "role": role}
        if role == "defendant":
            data["defendant_key"] = key(name)
        self.maybe(data, "agency", self.one(AGENCIES))
        self.maybe(data, "date_of_birth", "1980-01-02")
        return data

    def _status(self) -> dict[str, Any]:
        data = {**self.defendant(), "status": self.one(("joined", "left")), "from": self.when()}
        self.maybe(data, "until", self.when())
        return data

    def _counts(self) -> dict[str, Any]:
        data = {**self.defendant(), "count": self.one(("1", "2")), "offense": "Fraud"}
        self.maybe(data, "charged_on", self.when())
        return data

    def _items(self) -> dict[str, Any]:
        data = {**self.item(), "description": "a thing", "booked_at": self.when()}
        self.maybe(data, "collected_at", self.when())
        self.maybe(data, "report_number", self.one(self.reports))
        self.maybe(data, "parent_tag", self.one(self.tags))
        self.maybe(data, "quantity", self.one(("20 rounds", "a handful", "1.5")))
        self.maybe(data, "status", self.one(("held", "lost", "released", "checked_out")))
        self.maybe(data, "booked_by", self.one(PEOPLE))
        self.maybe(data, "serial_number", "S-1")
        return data

    def _custody(self) -> dict[str, Any]:
        event = self.one(("booked", "checked_out", "not_found", "released", "inventoried"))
        data = {**self.item(), "event": event, "occurred_at": self.when()}
        self.maybe(data, "order", "Order of the court")
        self.maybe(data, "by", self.one(PEOPLE))
        return data

    def _docket(self) -> dict[str, Any]:
        event = self.one(
            ("arraignment", "order", "convicted", "acquitted", "civil_suit_filed", "appeal_filed")
        )
        data = {"case_number": self.one(self.cases), "event": event, "occurred_on": self.when()}
        if self.dice.random() < 0.5:
            data.update(self.defendant(), case_number=data["case_number"])
        self.maybe(data, "due_on", self.when())
        self.maybe(data, "relates_to", self.one(("discovery", "bail")))
        return data

    def _determinations(self) -> dict[str, Any]:
        return {
            "case_number": self.one(self.cases),
            **self.item(),
            "finding": "exculpatory",
            "by": self.one(PEOPLE),
            "made_at": self.when(),
            "reason": "it says so",
        }

    def _knowledge(self) -> dict[str, Any]:
        data = {
            **self.item(),
            "person": self.one(PEOPLE),
            "level": "object",
            "known_from": self.when(),
        }
        self.maybe(data, "case_number", self.one(self.cases))
        return data

    def _mentions(self) -> dict[str, Any]:
        data = {
            "agency": self.one(AGENCIES),
            "report_number": self.one(self.reports),
            "description": "a knife",
            "mentioned_at": self.when(),
        }
        self.maybe(data, "case_number", self.one(self.cases))
        self.maybe(data, "booked_as", self.one(self.tags))
        self.maybe(data, "outcome", "not_taken")
        self.maybe(data, "outcome_by", self.one(PEOPLE))
        self.maybe(data, "outcome_confirmed_by", self.one(PEOPLE))
        return data

    def _requests(self) -> dict[str, Any]:
        return {**self.defendant(), "requested_at": self.when(), "asks_for": "all reports"}

    def _links(self) -> dict[str, Any]:
        return {
            **self.item(),
            "case_number": self.one(self.cases),
            "decision": self.one(("accept", "reject")),
            "by": self.one(PEOPLE),
            "decided_at": self.when(),
        }

    def _filings(self) -> dict[str, Any]:
        data: dict[str, Any] = {"case_number": self.one(self.cases), **self.item()}
        self.maybe(data, "filed_at", self.when())
        self.maybe(data, "set_aside", True)
        self.maybe(data, "filed_by", self.one(PEOPLE))
        self.maybe(data, "reason", "of no use")
        self.maybe(data, "confirmed_by", self.one(PEOPLE))
        self.maybe(data, "confirmed_at", self.when())
        self.maybe(data, "withdrawn", False)
        return data

    def _withholdings(self) -> dict[str, Any]:
        data = {
            "case_number": self.one(self.cases),
            **self.item(),
            "ground": "work_product",
            "withheld_at": self.when(),
        }
        if self.dice.random() < 0.5:
            data.update(self.defendant(), case_number=data["case_number"])
        self.maybe(data, "by", self.one(PEOPLE))
        self.maybe(data, "until", self.when())
        return data

    def _disclosures(self) -> dict[str, Any]:
        data = {**self.defendant(), **self.item(), "disclosed_at": self.when()}
        self.maybe(data, "production", "P-1")
        self.maybe(data, "extent", self.one(("whole", "part")))
        self.maybe(data, "acknowledged_at", self.when())
        return data

    def _answers(self) -> dict[str, Any]:
        return {
            "case_number": self.one(self.cases),
            "agency": self.one(AGENCIES),
            "answer": "nothing_held",
            "by": self.one(PEOPLE),
            "answered_at": self.when(),
        }

    def _holds(self) -> dict[str, Any]:
        data = {
            "hold": self.one(
                (
                    "H-1",
                    *(f"{kind}:{self.one(self.cases)}" for kind in ("case", "window", "appeal")),
                )
            ),
            "placed_at": self.when(),
            "by": self.one(PEOPLE),
            "reason": "law",
        }
        data.update(
            self.dice.choice(
                (
                    {"case_number": self.one(self.cases)},
                    {"agency": self.one(AGENCIES), "report_number": self.one(self.reports)},
                    self.item(),
                )
            )
        )
        self.maybe(data, "lifted_at", self.when())
        self.maybe(data, "lifted_by", self.one(PEOPLE))
        return data

    def draft(self, index: int) -> Draft:
        """The next draft, which will stand at an index."""
        table, source = self.dice.choice(list(TABLES)), self.one(SOURCES)
        if self.dice.random() < 0.15:
            told = {"table": table, "file": "a.csv", "sha256": "0", "rows": 3, "source": source}
            self.maybe(told, "batch", index - 1 if index - 1 in self.runs.values() else index)
            self.runs[table, source] = index
            return Draft("import.started", "importer", told, source=source)
        before = self.placed.get(table, [])
        corrects = None
        if before and self.dice.random() < 0.2:
            corrects = before.pop(self.dice.randrange(len(before)))  # an entry is corrected once
        return Draft(
            TABLES[table].entry_type,
            "importer",
            self.data(table),
            source=source,
            run=self.runs.get((table, source)),
            row=index,
            corrects=corrects,
            more={"row_id": str(index)} if self.dice.random() < 0.3 else {},
        )

    def drafts_from(self, start: int, many: int) -> list[Draft]:
        """Drafts that will stand from an index on."""
        made = []
        for index in range(start, start + many):
            draft = self.draft(index)
            made.append(draft)
            if draft.type in TABLE_OF_TYPE:
                self.placed.setdefault(TABLE_OF_TYPE[draft.type], []).append(index)
        return made
