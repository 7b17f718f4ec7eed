"""Random histories of a small, quarrelsome office: every table, two sources, corrections, partial dates.

A history is a list of drafts in the order in which they are recorded, as an
importer would write them. The world is small on purpose (four cases, eight
items), so that rows meet: the same item filed twice, withdrawn, set aside,
lost and found, disclosed by two accounts, in a case that ends and re-opens.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from fullfile.core.entries import TABLES, Draft
from fullfile.core.ids import key

FIRST = date(2024, 1, 1)
SPAN = 120
OPENED_MS = 1_767_225_600_000  # 2026-01-01: an office that imports old exports
SOURCES = ("property", "cases", "court")
AGENCIES = ("Alder County Sheriff", "State Laboratory", "Alder Court")
COURIER = "Alder Courier"
"""Books nothing: only the custody of an item names it."""
ALIASES = ("the Lab", "ACSO", "Courier")
ZONES = ("America/New_York", "Asia/Tokyo")
CASES = ("CR-1", "CR-2", "CR-3", "CR-4")
DEFENDANTS = ("Ada Brook", "Ben Cole")
TAGS = ("A1", "A2", "A3", "A4", "B1", "B2")
REPORTS = ("24-001", "24-002", "24-003")
PEOPLE = ("R. Lane", "J. Soto", "K. Ortiz")
NAMES = (AGENCIES[1], "alder court", COURIER, *ALIASES, PEOPLE[0])
"""Who may have had an item in hand."""
EVENTS = (
    "arraignment",
    "waiver_of_arraignment",
    "indictment",
    "order",
    "motion",
    "motion",
    "ruling",
    "trial_set",
    "convicted",
    "plea_guilty",
    "acquitted",
    "dismissed_with_prejudice",
    "dismissed_without_prejudice",
    "new_trial_granted",
    "reinstated",
    "sentenced",
    "civil_suit_filed",
    "civil_suit_closed",
    "appeal_filed",
)


@dataclass
class History:
    """Drafts being written, with what later rows need to know of earlier ones."""

    rng: random.Random
    drafts: list[Draft] = field(default_factory=list)
    keys: dict[tuple[str, str, tuple[str, ...]], int] = field(default_factory=dict)
    defendants: dict[str, list[str]] = field(default_factory=dict)
    zones: dict[str, str | None] = field(default_factory=dict)
    run: int = -1
    batch: int = -1

    def when(self) -> str:
        """A date in any of the forms that the contract allows, most of them whole days."""
        day = FIRST + timedelta(days=self.rng.randrange(SPAN))
        form = self.rng.random()
        if form < 0.80:
            return day.isoformat()
        if form < 0.86:
            return f"{day.isoformat()[:7]}"
        if form < 0.90:
            return f"before {day.isoformat()}"
        if form < 0.93:
            return f"{day.isoformat()}/{(day + timedelta(days=self.rng.randrange(9))).isoformat()}"
        return f"{day.isoformat()}T{self.rng.randrange(24):02d}:30:00-07:00"

    def maybe(self, chance: float, value: Any) -> Any:
        """The value, or nothing said."""
        return value if self.rng.random() < chance else None

    def pick(self, *values: Any) -> Any:
        """One of the values."""
        return self.rng.choice(values)

    def item(self) -> dict[str, str]:
        """An item, named."""
        return {"agency": self.rng.choices(AGENCIES, (8, 3, 1))[0], "tag": self.pick(*TAGS)}

    def case(self) -> str:
        """A case that has been recorded."""
        return self.rng.choice(sorted(self.defendants))

    def defendant(self, case: str) -> dict[str, str] | None:
        """A defendant of a case, as rows name one."""
        known = self.defendants[case]
        if not known:
            return None
        name = self.rng.choice(known)
        return {"defendant": name, "defendant_key": key(name)}

    def add(self, table: str, data: dict[str, Any], source: str) -> None:
        """Record a row; the same key from the same source again is a correction."""
        said = {name: value for name, value in data.items() if value not in (None, "", [])}
        values = tuple(key(str(said.get(name, ""))) for name in TABLES[table].key_columns)
        known = self.keys.get((table, source, values))
        self.keys[table, source, values] = len(self.drafts)
        self.drafts.append(
            Draft(
                TABLES[table].entry_type,
                "clerk",
                said,
                source=source,
                run=None if self.run < 0 else self.run,
                row=len(self.drafts) + 2,
                corrects=known,
            )
        )

    def begin(self, source: str) -> None:
        """Begin an import, or write without one."""
        if self.rng.random() < 0.15:
            self.run = self.batch = -1
            return
        self.run = len(self.drafts)
        if self.batch < 0 or self.rng.random() < 0.6:
            self.batch = self.run
        self.drafts.append(
            Draft(
                "import.started",
                "clerk",
                {
                    "batch": self.batch,
                    "source": source,
                    "table": "items",
                    "file": "x.csv",
                    "sha256": "0" * 64,
                    "rows": 9,
                },
                source=source,
            )
        )


def random_history(seed: int, rows: int = 60) -> list[Draft]:
    """The drafts of one history.

    Args:
        seed: the same seed gives the same history.
        rows: how many rows follow the first ones that name agencies and cases.
    """
    history = History(random.Random(seed))
    history.drafts.append(
        Draft(
            "office.opened",
            "clerk",
            {
                "office": "Alder County District Attorney",
                "jurisdiction": "us-nm",
                "time_zone": "America/Denver",
                "origin": "alder.example/log",
                "vkey": "alder.example/log+00000000+AAAA",
            },
        )
    )
    history.begin("property")
    for agency in AGENCIES:
        _agency(history, agency, "property")
    for number in history.rng.sample(CASES, history.rng.randrange(2, 5)):
        _case(history, number, "cases")
    makers = [maker for maker, weight in _MAKERS for _ in range(weight)]
    source = "property"
    for place in range(rows):
        if place % 9 == 0:
            source = history.rng.choice(SOURCES)
            history.begin(source)
        history.rng.choice(makers)(history, source)
    return history.drafts


def _agency(history: History, agency: str, source: str) -> None:
    aliases = [one for one in ALIASES if history.rng.random() < 0.4]
    kind = "court" if "Court" in agency else "police"
    history.add("agencies", {"agency": agency, "kind": kind, "also_called": aliases}, source)


def _agencies(history: History, source: str) -> None:
    _agency(history, history.pick(*AGENCIES, COURIER, COURIER), source)


def _case(history: History, number: str, source: str) -> None:
    rng = history.rng
    if number not in history.zones:
        history.zones[number] = history.maybe(0.4, history.pick(*ZONES))
    reports = [
        {"agency": AGENCIES[0], "number": one} for one in rng.sample(REPORTS, rng.randrange(0, 3))
    ]
    related = [
        {
            "case": other,
            "kind": history.pick(
                "co_defendant", "refiled_from", "superseded", "consolidated", "severed_from"
            ),
        }
        for other in CASES
        if other != number and rng.random() < 0.2
    ]
    history.add(
        "cases",
        {
            "case_number": number,
            "jurisdiction": history.pick("us-nm", "us-nm", "us-nm", "zz"),
            "opened_on": history.maybe(0.7, history.when()),
            "time_zone": history.zones[number],
            "report_numbers": reports,
            "related_cases": related,
            "agencies": [AGENCIES[1]] if rng.random() < 0.3 else [],
        },
        source,
    )
    if number not in history.defendants:
        history.defendants[number] = []
        for name in DEFENDANTS:
            if rng.random() < 0.7:
                history.add(
                    "parties",
                    {
                        "case_number": number,
                        "name": name,
                        "role": "defendant",
                        "defendant_key": key(name),
                        "in_custody": history.maybe(0.2, rng.random() < 0.5),
                    },
                    source,
                )
                history.defendants[number].append(name)


def _cases(history: History, source: str) -> None:
    _case(history, history.case(), source)


def _parties(history: History, source: str) -> None:
    history.add(
        "parties",
        {
            "case_number": history.case(),
            "name": "Det. Marsh",
            "role": "officer",
            "agency": AGENCIES[0],
        },
        source,
    )


def _status(history: History, source: str) -> None:
    case = history.case()
    who = history.defendant(case)
    if who:
        status = history.pick("joined", "left", "in_custody", "in_custody", "at_liberty")
        history.add(
            "status",
            {
                "case_number": case,
                **who,
                "status": status,
                "from": history.when(),
                "until": history.maybe(0.3, history.when()),
            },
            source,
        )


def _counts(history: History, source: str) -> None:
    case = history.case()
    who = history.defendant(case)
    if who:
        history.add(
            "counts",
            {
                "case_number": case,
                **who,
                "count": history.pick("1", "2"),
                "offense": history.pick("burglary", "theft"),
                "charged_on": history.maybe(0.6, history.when()),
                "override": history.maybe(0.1, "ruling of May"),
            },
            source,
        )


def _items(history: History, source: str) -> None:
    parent = history.item() if history.rng.random() < 0.25 else None
    history.add(
        "items",
        {
            **history.item(),
            "description": "a thing",
            "kind": history.maybe(0.5, history.pick("object", "test_result", "expert_report")),
            "collected_at": history.maybe(0.5, history.when()),
            "booked_at": history.when(),
            "report_number": history.maybe(0.6, history.pick(*REPORTS)),
            "quantity": history.maybe(0.5, history.pick("4", "6 rounds", "a handful")),
            "booked_by": history.maybe(0.5, history.pick(*PEOPLE)),
            "status": history.maybe(
                0.3, history.pick("held", "lost", "released", "destroyed", "checked_out", "at_lab")
            ),
            "parent_agency": parent and parent["agency"],
            "parent_tag": parent and parent["tag"],
        },
        source,
    )


def _custody(history: History, source: str) -> None:
    words = TABLES["custody"].columns[2].words
    history.add(
        "custody",
        {
            **history.item(),
            "event": history.rng.choice(words),
            "occurred_at": history.when(),
            "by": history.maybe(0.5, history.pick(*PEOPLE)),
            "quantity": history.maybe(0.4, history.pick("4", "2", "6")),
            "order": history.maybe(0.2, "order of release"),
            "from": history.maybe(0.2, history.pick(*NAMES)),
            "to": history.maybe(0.3, history.pick(*NAMES)),
        },
        source,
    )


def _docket(history: History, source: str) -> None:
    case = history.case()
    who = history.defendant(case) if history.rng.random() < 0.5 else None
    event = history.pick(*EVENTS)
    history.add(
        "docket",
        {
            "case_number": case,
            "event": event,
            "occurred_on": history.when(),
            **(who or {}),
            "count": history.maybe(0.3, history.pick("1", "2")),
            "due_on": history.maybe(0.4, history.when())
            if event in ("order", "trial_set")
            else None,
            "relates_to": history.maybe(
                0.4, history.pick("disclosure", "witness list", "protective order")
            ),
            "detail": history.maybe(
                0.4, history.pick("in 14 days", "by 3 May", "withheld for 5 days")
            ),
        },
        source,
    )


def _filings(history: History, source: str) -> None:
    aside = history.rng.random() < 0.25
    history.add(
        "filings",
        {
            "case_number": history.case(),
            **history.item(),
            "filed_at": history.maybe(0.9, history.when()),
            "filed_by": history.maybe(0.9, history.pick(*PEOPLE)),
            "with_contents": history.maybe(0.3, True),
            "withdrawn": history.maybe(0.1, True) if not aside else None,
            "set_aside": True if aside else None,
            "reason": history.maybe(0.9, "of no use") if aside else None,
            "confirmed_by": history.maybe(0.8, history.pick(*PEOPLE)) if aside else None,
            "confirmed_at": history.maybe(0.7, history.when()) if aside else None,
        },
        source,
    )


def _disclosures(history: History, source: str) -> None:
    case = history.case()
    who = history.defendant(case)
    if who:
        history.add(
            "disclosures",
            {
                "case_number": case,
                **who,
                **history.item(),
                "disclosed_at": history.when(),
                "production": history.maybe(0.6, history.pick("1", "2")),
                "extent": history.maybe(0.5, history.pick("whole", "part", "redacted", "offered")),
                "with_contents": history.maybe(0.3, True),
                "acknowledged_at": history.maybe(0.5, history.when()),
            },
            source,
        )


def _withholdings(history: History, source: str) -> None:
    case = history.case()
    who = history.defendant(case) if history.rng.random() < 0.5 else None
    history.add(
        "withholdings",
        {
            "case_number": case,
            **history.item(),
            "ground": history.pick("informer", "safety", "protective_order", "because"),
            "withheld_at": history.when(),
            "by": history.maybe(0.8, history.pick(*PEOPLE)),
            **(who or {}),
            "announced_at": history.maybe(0.7, history.when()),
            "sealed": history.maybe(0.2, True),
            "order": history.maybe(0.5, "order 7"),
            "order_on": history.maybe(0.3, history.when()),
            "until": history.maybe(0.4, history.when()),
        },
        source,
    )


def _determinations(history: History, source: str) -> None:
    history.add(
        "determinations",
        {
            "case_number": history.case(),
            **history.item(),
            "finding": history.pick("exculpatory", "no_evidentiary_value"),
            "by": history.pick(*PEOPLE),
            "made_at": history.when(),
            "reason": "as I read it",
        },
        source,
    )


def _knowledge(history: History, source: str) -> None:
    history.add(
        "knowledge",
        {
            **history.item(),
            "person": history.pick(*PEOPLE),
            "level": history.pick("exists", "picture", "object"),
            "known_from": history.when(),
            "case_number": history.maybe(0.4, history.case()),
        },
        source,
    )


def _mentions(history: History, source: str) -> None:
    booked = history.item() if history.rng.random() < 0.5 else None
    history.add(
        "mentions",
        {
            "agency": AGENCIES[0],
            "report_number": history.pick(*REPORTS),
            "description": history.pick("two casings", "a phone"),
            "mentioned_at": history.when(),
            "case_number": history.maybe(0.3, history.case()),
            "quantity": history.maybe(0.5, history.pick("2", "5")),
            "booked_agency": booked and booked["agency"],
            "booked_as": booked and booked["tag"],
            "outcome": history.maybe(0.4, history.pick("returned_on_spot", "not_taken", "booked")),
            "outcome_by": history.maybe(0.6, history.pick(*PEOPLE)),
            "outcome_confirmed_by": history.maybe(0.6, history.pick(*PEOPLE)),
        },
        source,
    )


def _answers(history: History, source: str) -> None:
    history.add(
        "answers",
        {
            "case_number": history.case(),
            "agency": history.pick(*AGENCIES[:2]),
            "answer": history.pick("all_handed_over", "nothing_held", "more_to_come"),
            "by": history.pick(*PEOPLE),
            "answered_at": history.when(),
        },
        source,
    )


def _requests(history: History, source: str) -> None:
    case = history.case()
    who = history.defendant(case)
    if who:
        history.add(
            "requests",
            {"case_number": case, **who, "requested_at": history.when(), "asks_for": "all of it"},
            source,
        )


def _links(history: History, source: str) -> None:
    history.add(
        "links",
        {
            **history.item(),
            "case_number": history.case(),
            "decision": history.pick("accept", "reject", "ask"),
            "by": history.pick(*PEOPLE),
            "decided_at": history.when(),
        },
        source,
    )


def _holds(history: History, source: str) -> None:
    scope = history.pick("case", "report", "item", "open")
    named: dict[str, Any] = {}
    number = history.case()
    if scope == "case":
        named = {"case_number": number}
    elif scope == "report":
        named = {"agency": AGENCIES[0], "report_number": history.pick(*REPORTS)}
    elif scope == "item":
        named = dict(history.item())
    else:
        named = {"case_number": number}
    lifted = history.rng.random() < 0.5
    history.add(
        "holds",
        {
            "hold": _placed_by_the_record(history, number)
            if scope == "open"
            else history.pick("H1", "H2"),
            "placed_at": history.when(),
            "by": history.pick(*PEOPLE),
            "reason": "a letter",
            **named,
            "lifted_at": history.when() if lifted else None,
            "lifted_by": history.maybe(0.8, history.pick(*PEOPLE)) if lifted else None,
        },
        source,
    )


def _suggestions(history: History, source: str) -> None:
    """A run of `link` over everything or one item, and what it left for one."""
    item = history.item()
    run = len(history.drafts)
    lag = history.pick(0, 0, 3)
    data: dict[str, Any] = {"model": "made up", "version": "1", "size": max(run - lag, 0)}
    if history.rng.random() < 0.4:
        data |= item
    history.drafts.append(Draft("link.ran", "clerk", data))
    known = ("suggestion", "", (key(item["agency"]), key(item["tag"])))
    steps = [
        {
            "on": history.pick(
                "", (FIRST + timedelta(days=history.rng.randrange(SPAN))).isoformat()
            ),
            "probability": history.pick("0.2", "0.5", "0.97"),
        }
        for _ in range(history.pick(1, 1, 2))
    ]
    distinct = {step["on"]: step for step in steps}
    cases = {history.case() for _ in range(history.pick(0, 1, 1, 2))}
    made = {
        "run": run,
        **item,
        "suggestions": [
            {"case_number": case, "steps": list(distinct.values()), "reasons": [{"what": "a name"}]}
            for case in sorted(cases)
        ],
    }
    corrects = history.keys.get(known)
    history.keys[known] = len(history.drafts)
    history.drafts.append(Draft("suggestion.made", "clerk", made, corrects=corrects))


def _placed_by_the_record(history: History, number: str) -> str:
    kind = history.pick("case", "case", "case", "civil_suit", "appeal", "window")
    return f"{kind}:{number}"


_MAKERS = (
    (_agencies, 1),
    (_cases, 1),
    (_parties, 1),
    (_status, 2),
    (_counts, 3),
    (_items, 10),
    (_custody, 8),
    (_docket, 8),
    (_filings, 9),
    (_disclosures, 9),
    (_withholdings, 4),
    (_determinations, 2),
    (_knowledge, 2),
    (_mentions, 3),
    (_answers, 3),
    (_requests, 3),
    (_links, 2),
    (_holds, 3),
    (_suggestions, 2),
)
