"""Cases as the match sees them: when they start, what is related, who is a defendant.

Section 2 of `docs/explanation/the-match.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from fullfile.core.facts.rows import Facts, ReportKey, Row
from fullfile.core.ids import DAY_MS, end_of_day, key

__all__ = ["CARRY", "CROWDED", "MATTER", "Case", "Cases", "Defendant", "read_cases"]

MATTER = frozenset({"co_defendant", "same_incident", "refiled_from", "superseded", "consolidated"})
CARRY = frozenset({"refiled_from", "superseded", "consolidated"})
CROWDED = 20
"""A report number listed by more cases than this joins none."""

_DATED = (
    "counts",
    "status",
    "filings",
    "disclosures",
    "withholdings",
    "determinations",
    "requests",
    "answers",
    "links",
    "knowledge",
    "mentions",
)


@dataclass(frozen=True, slots=True)
class Defendant:
    """A defendant of a case: the key, the name as recorded, when they joined (ms), the entry."""

    key: str
    name: str
    joined: int | None
    entries: tuple[int, ...]


@dataclass(slots=True)
class Case:
    """One case: what its rows say together."""

    key: str
    number: str
    title: str
    jurisdiction: str
    level: str
    zone: ZoneInfo
    start: int | None
    entries: tuple[int, ...]
    reports: dict[ReportKey, int] = field(default_factory=dict)
    matter: set[str] = field(default_factory=set)
    carry: set[str] = field(default_factory=set)
    refiled_from: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Cases:
    """Every case that has a row of its own, and who lists which report number."""

    by_key: dict[str, Case]
    listing: dict[ReportKey, list[str]]
    facts: Facts

    def defendants(self, case: Case, on: int) -> list[Defendant]:
        """The defendants of a case on a moment (section 2.4)."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.facts.of_case("parties", case.key):
            if row.data.get("role") == "defendant" and row.defendant:
                found[row.defendant].append(row)
        status: dict[str, list[Row]] = defaultdict(list)
        for row in self.facts.of_case("status", case.key):
            if row.data["status"] in ("joined", "left") and row.defendant:
                status[row.defendant].append(row)
        return [
            Defendant(
                name_key,
                rows[0].text("name"),
                _joined(status[name_key]),
                tuple(row.entry for row in (*rows, *status[name_key])),
            )
            for name_key, rows in found.items()
            if _is_present(status[name_key], on)
        ]

    def concerns(self, row: Row, case: str, defendant: str) -> bool:
        """Whether a docket row is about a defendant: named, or for all who were defendants that day."""
        if row.defendant is not None:
            return row.defendant == defendant
        first, last = row.first or 0, end_of_day(row.last or 0)
        said = [one for one in self.facts.of_case("status", case) if one.defendant == defendant]
        joined = [one for one in said if one.data["status"] == "joined"]
        if joined and min(one.first or 0 for one in joined) > last:
            return False
        day = first - first % DAY_MS
        left = max(
            (one.ord for one in said if one.data["status"] == "left" and (one.last or 0) < day),
            default=None,
        )
        return left is None or any(one.ord > left and (one.first or 0) <= last for one in joined)


def _joined(rows: Sequence[Row]) -> int | None:
    said = [row.first for row in rows if row.data["status"] == "joined" and row.first is not None]
    return min(said, default=None)


def _is_present(rows: Sequence[Row], on: int) -> bool:
    joined = [row for row in rows if row.data["status"] == "joined"]
    if joined and min(row.last or 0 for row in joined) > on:
        return False
    past = [row for row in rows if (row.last or 0) <= on]
    left = max((row.ord for row in past if row.data["status"] == "left"), default=None)
    back = max((row.ord for row in past if row.data["status"] == "joined"), default=None)
    return left is None or (back is not None and back > left)


def read_cases(facts: Facts) -> Cases:
    """Put the rows of each case together, and join cases to matters."""
    by_key: dict[str, Case] = {}
    listing: dict[ReportKey, list[str]] = defaultdict(list)
    for row in facts.rows.get("cases", ()):
        case = by_key.get(row.case or "")
        if case is None:
            case = _first_row(facts, row)
            by_key[case.key] = case
        else:
            case.entries += (row.entry,)
            if row.data.get("time_zone"):
                case.zone = row.zone
    # A number that a correction took out again stays: nothing takes an item off a case.
    for row in facts.every.get("cases", ()):
        listed = by_key.get(row.case or "")
        for report in row.data.get("report_numbers", ()) if listed else ():
            number = (key(report["agency"]), key(report["number"]))
            if listed is not None and number not in listed.reports:
                listed.reports[number] = row.entry
                listing[number].append(listed.key)
    for case in by_key.values():
        case.start = _start(facts, case.key)
    _relate(facts, by_key, listing)
    return Cases(by_key, listing, facts)


def _first_row(facts: Facts, row: Row) -> Case:
    return Case(
        key=row.case or "",
        number=row.text("case_number"),
        title=row.text("title"),
        jurisdiction=row.text("jurisdiction"),
        level=row.text("court_level"),
        zone=row.zone if row.data.get("time_zone") else facts.zone,
        start=None,
        entries=(row.entry,),
    )


def _first_of(rows: Iterable[Row]) -> int | None:
    return min((row.first for row in rows if row.first is not None), default=None)


def _start(facts: Facts, case: str) -> int | None:
    opened = _first_of(facts.of_case("cases", case))
    if opened is not None:
        return opened
    docketed = _first_of(facts.of_case("docket", case))
    if docketed is not None:
        return docketed
    return _first_of(row for table in _DATED for row in facts.of_case(table, case))


def _relate(facts: Facts, by_key: dict[str, Case], listing: dict[ReportKey, list[str]]) -> None:
    for listed in listing.values():
        if len(listed) > CROWDED:
            continue
        for case in listed:
            by_key[case].matter.update(listed)
    for row in facts.every.get("cases", ()):
        for related in row.data.get("related_cases", ()):
            other, kind = key(related["case"]), related["kind"]
            here = row.case or ""
            for one, two in ((here, other), (other, here)):
                if one in by_key:
                    if kind in MATTER:
                        by_key[one].matter.add(two)
                    if kind in CARRY:
                        by_key[one].carry.add(two)
            if kind == "refiled_from" and here in by_key:
                by_key[here].refiled_from.add(other)
    for joined in by_key.values():
        joined.matter.discard(joined.key)
        joined.carry.discard(joined.key)
