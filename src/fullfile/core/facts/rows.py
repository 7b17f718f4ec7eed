"""What the record says, as of a size: entries become rows with keys and moments.

Carries out section 1 of `docs/explanation/the-match.md`. Entries are read in
order, because a fact stands on the clock of its case as that clock was known
then. Nothing is judged here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from fullfile.core.entries import TABLE_OF_TYPE, TABLES, Entry
from fullfile.core.facts.suggestions import Examinations, read_examinations
from fullfile.core.ids import Bounds, key, parse_when, wall_ms

__all__ = [
    "NO_IMPORT",
    "Facts",
    "ItemKey",
    "ReportKey",
    "Row",
    "order_of",
    "quantity_of",
    "read_facts",
]

ItemKey = tuple[str, str]
"""(agency, tag), both as keys."""
ReportKey = tuple[str, str]
"""(agency, report number), both as keys."""

NO_IMPORT = -1
"""The batch of what came by no import: the office's own acts."""
_SECONDS_BEFORE_1970 = 2_208_988_800
"""From 1900-01-01 to 1970-01-01."""

_MOMENT = {name: table.occurred for name, table in TABLES.items() if table.occurred}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an import table that counts.

    Attributes:
        table: the import table.
        entry, source, batch: where it came from; batch -1 where it came by no import.
        data: as in the entry.
        case, item, defendant: keys, where the row names one.
        first, last: moments of the row's own date, None where it was not said.
        recorded: when it was recorded, on the row's clock.
        zone: the clock on which the row's moments stand.
        erased: the order by which the words were erased, or empty.
    """

    table: str
    entry: int
    source: str
    batch: int
    data: Mapping[str, Any]
    case: str | None
    item: ItemKey | None
    defendant: str | None
    first: int | None
    last: int | None
    recorded: int
    zone: ZoneInfo
    erased: str = ""

    def bounds(self, column: str) -> Bounds | None:
        """The moments of another date of this row; None where it was not said."""
        text = self.data.get(column)
        return _bounds(text, self.zone) if text else None

    def text(self, column: str) -> str:
        """The words of a column; empty where nothing was said."""
        return str(self.data.get(column, ""))

    def said(self, column: str) -> bool:
        """Whether a yes/no column says yes."""
        return bool(self.data.get(column))

    @property
    def ord(self) -> tuple[int, int]:
        """The order of events: the second of the first moment, then the entry."""
        return order_of(self.first or 0, self.entry)


@lru_cache(maxsize=65_536)
def _bounds(text: str, zone: ZoneInfo) -> Bounds:
    """The moments of a date on a clock: a record has few dates, and each is asked for again and again."""
    return parse_when(text).on_clock(zone)


def order_of(first: int, entry: int) -> tuple[int, int]:
    """The order key of an event, alike in the tables (`ord`)."""
    return (first // 1000 + _SECONDS_BEFORE_1970, entry)


def quantity_of(text: str) -> int | None:
    """The leading number of a quantity in thousandths; None where there is none.

    >>> quantity_of("20 rounds"), quantity_of("1.5"), quantity_of("a handful")
    (20000, 1500, None)
    """
    digits = ""
    for letter in text.strip():
        if (letter.isdigit() and letter.isascii()) or (
            letter == "." and "." not in digits and digits
        ):
            digits += letter
        elif letter == "," and digits and "." not in digits:
            continue
        else:
            break
    digits = digits.rstrip(".")
    if not digits:
        return None
    whole, _, part = digits.partition(".")
    return int(whole) * 1000 + int((part + "000")[:3])


@dataclass(slots=True)
class Facts:
    """The rows that count, by table, and by what they name.

    Attributes:
        zone: the office's clock.
        rows: every row by table, in the order of the record.
        by_item, by_case: the same rows by (table, key).
        by_report: rows of `holds` that name a report number and neither case nor item.
        every: every row by table, those that were corrected since included.
        statuses: each status that the property lists ever gave an item, oldest first.
        corrections: from the entry that was corrected to the entry that corrects it.
        corrects: the same the other way round.
        superseded: the rows that were corrected, by entry.
        by_entry: the rows that count, by entry.
        first_recorded: the first row of each item.
        first_batches: the first import of a table by a source.
        examinations: the runs of `link`, and what they suggested.
    """

    zone: ZoneInfo
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_item: dict[tuple[str, ItemKey], list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_case: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    by_report: dict[ReportKey, list[Row]] = field(default_factory=lambda: defaultdict(list))
    every: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[ItemKey, list[Row]] = field(default_factory=lambda: defaultdict(list))
    corrections: dict[int, int] = field(default_factory=dict)
    corrects: dict[int, int] = field(default_factory=dict)
    superseded: dict[int, Row] = field(default_factory=dict)
    by_entry: dict[int, Row] = field(default_factory=dict)
    first_recorded: dict[ItemKey, Row] = field(default_factory=dict)
    first_batches: dict[tuple[str, str], int] = field(default_factory=dict)
    examinations: Examinations = field(default_factory=lambda: Examinations(-1, {}, {}))

    def of_item(self, table: str, item: ItemKey) -> list[Row]:
        """The rows of a table that name an item."""
        return self.by_item.get((table, item), [])

    def of_case(self, table: str, case: str) -> list[Row]:
        """The rows of a table that name a case."""
        return self.by_case.get((table, case), [])

    def is_live(self, row: Row) -> bool:
        """Whether a row was recorded in an office at work: not in a source's first import of a table."""
        return row.batch == NO_IMPORT or row.batch > self.first_batches[row.source, row.table]


def read_facts(entries: Iterable[Entry], office_zone: ZoneInfo) -> Facts:
    """Read entries, which must be in the order of the record.

    Args:
        entries: those below the size asked for (or those of them that can matter).
        office_zone: the zone in which the office's days end.
    """
    facts = Facts(office_zone)
    zones: dict[str, ZoneInfo] = {}
    batches: dict[int, int] = {}
    seen: list[Row] = []
    linked: list[Entry] = []
    for entry in entries:
        if entry.type == "import.started":
            batches[entry.index] = int(entry.data.get("batch", entry.index))
            continue
        table = TABLE_OF_TYPE.get(entry.type)
        if table is None:
            if entry.type in ("link.ran", "suggestion.made"):
                linked.append(entry)
            continue
        if entry.corrects is not None:
            facts.corrections[entry.corrects] = entry.index
            facts.corrects[entry.index] = entry.corrects
        row = _read_row(table, entry, zones, batches, office_zone)
        seen.append(row)
        facts.every[table].append(row)
        if row.batch != NO_IMPORT:
            facts.first_batches.setdefault((row.source, table), row.batch)
        if table == "items" and row.item is not None:
            facts.statuses[row.item].append(row)
            facts.first_recorded.setdefault(row.item, row)
    facts.examinations = read_examinations(linked)
    for row in seen:
        if row.entry in facts.corrections:
            facts.superseded[row.entry] = row
        else:
            _keep(facts, row)
    return facts


def _read_row(
    table: str,
    entry: Entry,
    zones: dict[str, ZoneInfo],
    batches: Mapping[int, int],
    office_zone: ZoneInfo,
) -> Row:
    data = entry.data
    case = key(data["case_number"]) if data.get("case_number") else None
    if table == "cases" and case is not None and data.get("time_zone"):
        zones[case] = ZoneInfo(data["time_zone"])
    zone = zones.get(case, office_zone) if case is not None else office_zone
    item = (key(data["agency"]), key(data["tag"])) if data.get("tag") and "agency" in data else None
    said = data.get(_MOMENT.get(table, ""))
    bounds = _bounds(said, zone) if said else None
    recorded = wall_ms(entry.recorded_ms, zone)
    if bounds is None and table == "filings":
        bounds = Bounds(recorded, recorded)
    if table == "items":
        bounds = _held_bounds(data, zone)
    return Row(
        table=table,
        entry=entry.index,
        source=entry.source,
        batch=NO_IMPORT if entry.run is None else batches.get(entry.run, entry.run),
        data=data,
        case=case,
        item=item,
        defendant=data.get("defendant_key"),
        first=bounds.first if bounds else None,
        last=bounds.last if bounds else None,
        recorded=recorded,
        zone=zone,
        erased=str(entry.more.get("erased", "")),
    )


def _held_bounds(data: Mapping[str, Any], zone: ZoneInfo) -> Bounds | None:
    """The earlier of collection and booking, by first moment."""
    said = [
        _bounds(data[column], zone) for column in ("collected_at", "booked_at") if data.get(column)
    ]
    return min(said, key=lambda bounds: bounds.first, default=None)


def _keep(facts: Facts, row: Row) -> None:
    facts.by_entry[row.entry] = row
    facts.rows[row.table].append(row)
    if row.item is not None:
        facts.by_item[row.table, row.item].append(row)
    if row.case is not None:
        facts.by_case[row.table, row.case].append(row)
    if row.table == "holds" and row.case is None and row.item is None:
        facts.by_report[key(row.text("agency")), key(row.text("report_number"))].append(row)
    if row.table == "mentions" and row.data.get("booked_as"):
        booked = (key(row.text("booked_agency") or row.text("agency")), key(row.text("booked_as")))
        facts.by_item["mentions", booked].append(row)
