"""What an import asks the record: names, cases, defendants, rows that came no more, odd facts.

All questions go to the read tables, a set at a time. What a command wrote is
every entry from its first on (imports hold the writer's lock), so the odd facts
of a command are found after its rows are in, in whatever order they came.

What this does not do: it decides nothing, and writes nothing.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.server.store.load import agency_entries
from fullfile.server.store.locked import read_once
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import listed, one_of, select, stream

__all__ = [
    "OddFact",
    "find_cases",
    "find_odd_facts",
    "iter_open_rows",
    "list_agencies",
    "list_agency_rows",
    "list_defendants",
    "read_rows",
]

CROWDED = 20
"""A report number listed by more cases joins none (contract, section 1: matter)."""

_READ_TABLE = {"status": "party_status"}
_OF_ITEM = (
    "custody",
    "filings",
    "disclosures",
    "withholdings",
    "determinations",
    "knowledge",
    "links",
    "holds",
)

# What happened to an item before anybody held it: table, condition, words.
_BEFORE_HELD = (
    ("disclosures", "f.last", "", "disclosed before it was held"),
    ("filings", "f.filed_last", "AND f.filed_last <> f.filed_first", "filed before it was held"),
    (
        "custody",
        "f.last",
        "AND f.event NOT IN ('collected', 'booked')",
        "handled before it was held",
    ),
)


@dataclass(frozen=True, slots=True)
class OddFact:
    """Facts of a command that are odd, of one kind in one table.

    Attributes:
        table: the import table.
        code, text: what is odd.
        entries: the first of the entries.
        count: how many there are.
    """

    table: str
    code: str
    text: str
    entries: tuple[int, ...]
    count: int


def list_agencies() -> dict[str, str]:
    """The spelling of every agency that the record mentions, by its key."""
    return dict(read_once("agency_key", lambda: dict(select("SELECT norm, name FROM agency_key"))))


def list_agency_rows() -> list[Mapping[str, Any]]:
    """The data of the rows of `agencies` that stand, in the order of the record."""
    return [entry.data for entry in agency_entries()]


def find_cases(norms: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """The spelling of cases that the record mentions, and whether a row of `cases` tells of each."""
    rows = select(
        "SELECT k.norm, k.number, EXISTS (SELECT 1 FROM cases c WHERE c.case_id = k.case_id) "
        f"FROM case_key k WHERE {one_of('k.norm')}",
        [listed(norms)],
    )
    return {norm: (number, bool(known)) for norm, number, known in rows}


def list_defendants(norms: Iterable[str]) -> list[tuple[str, Mapping[str, Any], str]]:
    """The defendants of cases: the key of the case, the data of the party's row, its source."""
    rows = select(
        "SELECT k.norm, p.entry FROM case_key k JOIN parties p ON p.case_id = k.case_id "
        f"WHERE p.role = 'defendant' AND p.to_index IS NULL AND {one_of('k.norm')}",
        [listed(norms)],
    )
    case_of = {entry: norm for norm, entry in rows}
    return [(case_of[entry.index], entry.data, entry.source) for entry in read_entries(case_of)]


def iter_open_rows(table: str, source: str, before: int) -> Iterator[list[int]]:
    """The entries before an index that stand for the rows of a source, and are not said to be absent."""
    read = _READ_TABLE.get(table, table)
    query = (
        f"SELECT r.entry FROM {read} r JOIN source_key s ON s.source_id = r.source_id "
        "WHERE s.name = %s AND r.to_index IS NULL AND r.entry < %s "
        "AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.row_entry = r.entry) ORDER BY r.entry"
    )
    for rows in stream(query, [source, before]):
        yield [row[0] for row in rows]


def read_rows(
    entries: Iterable[int],
) -> dict[int, tuple[int | None, int | None, Mapping[str, Any]]]:
    """The run, the row and the data of entries."""
    return {entry.index: (entry.run, entry.row, entry.data) for entry in read_entries(entries)}


def find_odd_facts(first: int, limit: int = 100) -> list[OddFact]:
    """What is odd about the facts of a command, as the record stands now.

    Args:
        first: the index of the command's first entry.
        limit: how many entries of each kind are named.
    """
    found: list[OddFact] = []
    for table in _OF_ITEM:
        found += _odd(
            table,
            "tag_unknown",
            "nobody booked this tag: an item that is not there is a finding.",
            f"{table} f WHERE f.entry >= %s AND f.to_index IS NULL AND f.item_id IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM items i WHERE i.item_id = f.item_id)",
            [first],
            limit,
        )
    for table, moment, condition, words in _BEFORE_HELD:
        found += _odd(
            table,
            "order",
            f"{words}.",
            f"{table} f WHERE f.entry >= %s AND f.to_index IS NULL {condition} AND {moment} < "
            "(SELECT min(i.held_first) FROM items i WHERE i.item_id = f.item_id AND i.to_index IS NULL)",
            [first],
            limit,
        )
    found += _odd(
        "custody",
        "order",
        "booked before it was collected.",
        "custody f WHERE f.entry >= %s AND f.to_index IS NULL AND f.event = 'booked' AND f.last < "
        "(SELECT min(c.first) FROM custody c WHERE c.item_id = f.item_id AND c.event = 'collected' "
        "AND c.to_index IS NULL)",
        [first],
        limit,
    )
    return found + _crowded(first, limit)


def _odd(
    table: str, code: str, text: str, condition: str, values: Sequence[object], limit: int
) -> list[OddFact]:
    ((count,),) = select(f"SELECT count(*) FROM {condition}", values)
    if not count:
        return []
    rows = select(f"SELECT f.entry FROM {condition} ORDER BY f.entry LIMIT {limit}", values)
    return [OddFact(table, code, text, tuple(row[0] for row in rows), count)]


def _crowded(first: int, limit: int) -> list[OddFact]:
    """Report numbers of the command's cases that more than 20 cases list."""
    rows = select(
        "SELECT r.number, a.name, count(DISTINCT c.case_id), max(c.entry) FROM case_reports c "
        "JOIN report_key r ON r.report_id = c.report_id JOIN agency_key a ON a.agency_id = r.agency_id "
        "WHERE c.to_index IS NULL AND c.report_id IN "
        "(SELECT n.report_id FROM case_reports n WHERE n.entry >= %s) "
        f"GROUP BY r.number, a.name HAVING count(DISTINCT c.case_id) > {CROWDED} "
        f"ORDER BY r.number LIMIT {limit}",
        [first],
    )
    return [
        OddFact(
            "cases",
            "report_crowded",
            f"report number {number} of {agency} is listed by {count} cases: more than {CROWDED}, so it joins none.",
            (entry,),
            1,
        )
        for number, agency, count, entry in rows
    ]
