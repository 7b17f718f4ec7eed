"""What is asked about the office as a whole: settings in force, titles of cases, the state of the head.

What this does not do: it answers nothing about a line, and writes nothing.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from fullfile.core.ids import key
from fullfile.server.store.locked import read_once
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "HeadNow",
    "SettingNow",
    "get_head",
    "list_agency_keys",
    "list_case_numbers",
    "list_case_zones",
    "list_crowds",
    "list_settings",
    "list_titles",
    "name_cases",
    "name_items",
]


@dataclass(frozen=True, slots=True)
class HeadNow:
    """How far the record has grown, when it last did, and what was found wrong with it."""

    size: int
    recorded_ms: int
    damaged: str


@dataclass(frozen=True, slots=True)
class SettingNow:
    """A setting as it was last set, and the entry that set it."""

    name: str
    value: str | list[str]
    entry: int


def get_head() -> HeadNow:
    """The head of the record; of size 0 where none was begun."""
    rows = select("SELECT size, recorded_ms, damaged FROM head WHERE id = 1")
    return HeadNow(*rows[0]) if rows else HeadNow(0, 0, "")


def list_settings() -> list[SettingNow]:
    """Every setting that was set, as it stands now."""
    rows = read_once(
        "settings", lambda: select("SELECT entry, name, value FROM settings ORDER BY entry")
    )
    found = {name: SettingNow(name, json.loads(value), entry) for entry, name, value in rows}
    return list(found.values())


def list_titles(numbers: Iterable[str], size: int) -> dict[str, str]:
    """The titles of some cases, as of a size of the record, by the number that was asked for."""
    wanted = {key(number): number for number in numbers}
    rows = select(
        "SELECT k.norm, min(c.entry) FROM case_key k JOIN cases c ON c.case_id = k.case_id "
        f"WHERE {one_of('k.norm')} AND c.entry < %s AND (c.to_index IS NULL OR c.to_index >= %s) "
        "GROUP BY k.norm",
        [listed(list(wanted)), size, size],
    )
    by_entry = {entry: wanted[norm] for norm, entry in rows}
    return {
        by_entry[entry.index]: str(entry.data["title"])
        for entry in read_entries(by_entry)
        if entry.data.get("title")
    }


def list_crowds(limit: int) -> list[tuple[str, str, int]]:
    """Agency, report number and number of cases, where more than `limit` cases list it now.

    Such a number joins no cases (contract, section 1: matter).
    """
    rows = select(
        "SELECT a.name, r.number, count(DISTINCT c.case_id) AS cases "
        "FROM case_reports c JOIN report_key r ON r.report_id = c.report_id "
        "JOIN agency_key a ON a.agency_id = r.agency_id WHERE c.to_index IS NULL "
        "GROUP BY a.name, r.number HAVING count(DISTINCT c.case_id) > %s ORDER BY cases DESC, r.number",
        [limit],
    )
    return [(str(agency), str(number), int(cases)) for agency, number, cases in rows]


def list_agency_keys() -> list[int]:
    """The numbers (in `agency_key`) of all agencies."""
    return [row[0] for row in select("SELECT agency_id FROM agency_key ORDER BY agency_id")]


def list_case_zones() -> list[str]:
    """The time zones that courts have of their own."""
    rows = select("SELECT DISTINCT time_zone FROM cases WHERE time_zone <> ''")
    return sorted(str(zone) for (zone,) in rows)


def list_case_numbers() -> list[int]:
    """The numbers (in `case_key`) of the cases that have a row of their own."""
    return [row[0] for row in select("SELECT DISTINCT case_id FROM cases ORDER BY case_id")]


def name_cases(case_ids: Iterable[int]) -> dict[int, str]:
    """The keys of cases, by their numbers in `case_key`."""
    wanted = listed(sorted(case_ids))
    return dict(select(f"SELECT case_id, norm FROM case_key WHERE {one_of('case_id')}", [wanted]))


def name_items(item_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The keys (agency, tag) of items, by their numbers in `item_key`."""
    rows = select(
        "SELECT i.item_id, a.norm, i.norm FROM item_key i "
        f"JOIN agency_key a ON a.agency_id = i.agency_id WHERE {one_of('i.item_id')}",
        [listed(sorted(item_ids))],
    )
    return {item: (agency, tag) for item, agency, tag in rows}
