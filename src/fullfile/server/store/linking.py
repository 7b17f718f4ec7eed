"""What `link` reads: items whose number no case lists, cases with their people, and what was suggested before.

Read from the entries in one pass, because names stand in bodies only. What was corrected since does not
count; both sides keep the words as they were written. What this does not do: it weighs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from fullfile.core.entries import Entry
from fullfile.core.ids import day_of, key, parse_when
from fullfile.engines.linkage import CaseSide, ItemSide
from fullfile.server.store.reading import iter_entries, read_entries
from fullfile.server.store.tables import select

__all__ = ["Material", "Standing", "bookers_of", "read_material"]

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for an item: the entry, and what it says."""

    entry: int
    suggestions: tuple[Mapping[str, object], ...]


@dataclass(slots=True)
class Material:
    """Both sides, and what was suggested before.

    Attributes:
        items: the items looked at.
        names: how each item is written.
        cases: by key.
        standing: by item.
    """

    items: list[ItemSide] = field(default_factory=list)
    names: dict[Key, Key] = field(default_factory=dict)
    cases: dict[str, CaseSide] = field(default_factory=dict)
    standing: dict[Key, Standing] = field(default_factory=dict)


_READ = frozenset(
    {
        "case.recorded",
        "party.recorded",
        "request.recorded",
        "item.recorded",
        "custody.recorded",
        "suggestion.made",
    }
)


def read_material(size: int, zone: ZoneInfo, *, only: Key | None, every: bool) -> Material:
    """Read what stands as of a size.

    Args:
        size: entries below it are read.
        zone: the office's clock.
        only: one item, as (agency, tag); None: all whose number no case lists.
        every: all the others too.
    """
    rows = _rows(size)
    wanted = None if every else _without_case(size)
    found = Material()
    found.cases = _cases(rows, zone)
    for entry in rows["suggestion.made"]:
        item = (key(entry.data["agency"]), key(entry.data["tag"]))
        found.standing[item] = Standing(entry.index, tuple(entry.data["suggestions"]))
    custody: dict[Key, list[Entry]] = defaultdict(list)
    for entry in rows["custody.recorded"]:
        custody[key(entry.data["agency"]), key(entry.data["tag"])].append(entry)
    together: dict[Key, list[Entry]] = defaultdict(list)
    for entry in rows["item.recorded"]:
        item = (key(entry.data["agency"]), key(entry.data["tag"]))
        together[item].append(entry)
        found.names.setdefault(item, (entry.data["agency"], entry.data["tag"]))
    asked = None if only is None else (key(only[0]), key(only[1]))
    for item, entries in together.items():
        if item == asked or (asked is None and (wanted is None or item in wanted)):
            found.items.append(_item(item, entries, custody.get(item, []), zone))
    return found


def _rows(size: int) -> dict[str, list[Entry]]:
    """The entries that count, by type: those that nothing below the size corrects."""
    seen: dict[str, dict[int, Entry]] = {name: {} for name in _READ}
    for entry in iter_entries(0, size):
        if entry.type in _READ:
            if entry.corrects is not None:
                seen[entry.type].pop(entry.corrects, None)
            seen[entry.type][entry.index] = entry
    return {name: list(rows.values()) for name, rows in seen.items()}


def _without_case(size: int) -> set[Key]:
    """The items whose number no case lists: each is an orphan at least until another row joins it to one."""
    rows = select(
        "SELECT DISTINCT a.norm, k.norm FROM items i JOIN item_key k ON k.item_id = i.item_id "
        "JOIN agency_key a ON a.agency_id = k.agency_id "
        "WHERE i.entry < %s AND NOT EXISTS (SELECT 1 FROM items o JOIN case_reports c ON c.report_id = o.report_id "
        "WHERE o.item_id = i.item_id AND o.entry < %s AND c.entry < %s)",
        [size, size, size],
    )
    return {(agency, tag) for agency, tag in rows}


def _cases(rows: Mapping[str, list[Entry]], zone: ZoneInfo) -> dict[str, CaseSide]:
    parties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in rows["party.recorded"]:
        parties[key(entry.data["case_number"])].append((entry.data["name"], entry.data["role"]))
    requests: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in rows["request.recorded"]:
        data = entry.data
        if data.get("replied_at"):
            continue
        words = " ".join((data["asks_for"], data.get("category", ""), *data.get("keywords", ())))
        requests[key(data["case_number"])].append((words, _day(data.get("requested_at"), zone)))
    linked: dict[str, dict[str, str]] = defaultdict(dict)
    numbers: dict[str, Entry] = {}
    reports: dict[str, set[Key]] = defaultdict(set)
    for entry in rows["case.recorded"]:
        case = key(entry.data["case_number"])
        numbers.setdefault(case, entry)
        for related in entry.data.get("related_cases", ()):
            other = key(related["case"])
            linked[case].setdefault(other, related["kind"])
            linked[other].setdefault(case, related["kind"])
        for report in entry.data.get("report_numbers", ()):
            reports[case].add((key(report["agency"]), key(report["number"])))
    return {
        case: CaseSide(
            number=entry.data["case_number"],
            day=_first_day(entry.data.get("opened_on"), zone),
            parties=tuple(dict.fromkeys(parties.get(case, ()))),
            reports=frozenset(reports.get(case, ())),
            linked=linked.get(case, {}),
            requests=tuple(requests.get(case, ())),
        )
        for case, entry in numbers.items()
    }


def _item(item: Key, entries: list[Entry], custody: list[Entry], zone: ZoneInfo) -> ItemSide:
    days: list[str] = []
    persons: dict[tuple[str, str], str] = {}
    words: list[str] = []
    report = None
    for entry in entries:
        data = entry.data
        day = min(
            filter(None, (_day(data.get(one), zone) for one in ("collected_at", "booked_at"))),
            default="",
        )
        if day:
            days.append(day)
        if data.get("report_number") and report is None:
            report = (key(data["agency"]), key(data["report_number"]))
        words += [data.get(one, "") for one in ("description", "category", "notes", "kind")]
        for name, what in _people(data):
            if not persons.get((name, what)) or (day and day < persons[name, what]):
                persons[name, what] = day
    for entry in custody:
        day = _day(entry.data["occurred_at"], zone)
        if entry.data["event"] in ("collected", "booked"):
            days.append(day)
            for column, what in (("from", "giver"), ("by", "staff")):
                person = str(entry.data.get(column, ""))
                if person and ((person, what) not in persons or day < persons[person, what]):
                    persons[person, what] = day
    return ItemSide(
        item=item,
        report=report,
        persons=tuple((name, what, day) for (name, what), day in persons.items()),
        words=" ".join(words),
        day=min(days, default=""),
        tag=entries[0].data["tag"],
        number=entries[0].data.get("report_number", ""),
    )


def _people(data: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if data.get("collected_from"):
        yield str(data["collected_from"]), "giver"
    for column in ("collected_by", "booked_by"):
        if data.get(column):
            yield str(data[column]), "staff"
    named = data.get("persons", ())
    for one in named if isinstance(named, list | tuple) else ():
        yield (
            str(one["name"]),
            "giver" if one.get("role") in ("giver", "owner", "finder") else "named",
        )


def _day(text: object, zone: ZoneInfo) -> str:
    """The last day of a date, as a fact that has happened only when it is past; empty: not said."""
    return _iso(day_of(parse_when(str(text)).on_clock(zone).last)) if text else ""


def _first_day(text: object, zone: ZoneInfo) -> str:
    return _iso(day_of(parse_when(str(text)).on_clock(zone).first)) if text else ""


def _iso(day: date) -> str:
    return day.isoformat()


def bookers_of(item_id: int, size: int) -> set[str]:
    """The keys of the names of those who booked an item.

    Args:
        item_id: its number in `item_key`.
        size: entries below it are read.
    """
    rows = select(
        "SELECT entry FROM items WHERE item_id = %s AND entry < %s "
        "UNION SELECT entry FROM custody WHERE item_id = %s AND event = 'booked' AND entry < %s",
        [item_id, size, item_id, size],
    )
    names = (
        entry.data.get("booked_by") if entry.type == "item.recorded" else entry.data.get("by")
        for entry in read_entries(entry for (entry,) in rows)
    )
    return {key(name) for name in names if name}
