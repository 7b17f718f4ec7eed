"""What readers ask the record for: sizes, entries, names, settings, the office. Queries only.

Times become sizes (law 6): `size_as_of` says how many entries had been recorded by a moment, and every
other question takes a size. "Now" is the largest size, not other code.

What this does not do: it answers nothing about a line; it hands over entries and names.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.core.matching.line import Policy
from fullfile.server.store.adoptions import Adopted, adopted_law, list_adopted
from fullfile.server.store.keys import find_agencies, find_cases, find_items
from fullfile.server.store.locked import read_once
from fullfile.server.store.office import Office, find_office, get_office
from fullfile.server.store.reading import find_head, iter_entries, read_entries
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "Adopted",
    "Office",
    "PartyName",
    "adopted_law",
    "agencies",
    "agency_entries",
    "cases",
    "current_size",
    "entries",
    "find_agencies",
    "find_cases",
    "find_head",
    "find_items",
    "find_office",
    "items_on_list",
    "iter_entries",
    "list_adopted",
    "office",
    "parties",
    "policy",
    "size_and_edge",
    "size_as_of",
]

office = get_office
entries = read_entries


@dataclass(frozen=True, slots=True)
class PartyName:
    """A person of a case, as names in other rows are resolved.

    Attributes:
        entry: the entry that says so.
        name, role: as recorded.
        party_id: the source's own id of the person, or empty.
        date_of_birth: as recorded, or empty.
        defendant_key: of a defendant, the key in the case; else empty.
        source: the name of the source.
    """

    entry: int
    name: str
    role: str
    party_id: str
    date_of_birth: str
    defendant_key: str
    source: str


def current_size() -> int:
    """How many entries the record has; 0 where none was begun."""
    head = read_once("head", find_head)
    return 0 if head is None else head.size


def size_and_edge() -> tuple[int, bytes]:
    """How many entries the record has, and the right edge of its tree, which no other record has."""
    head = read_once("head", find_head)
    return (0, b"") if head is None else (head.size, head.frontier.encode())


def size_as_of(ms: int) -> int:
    """How many entries had been recorded by a moment (UTC milliseconds).

    Moments never go back in the record, so halving finds the place by the index alone.
    """
    low, high = 0, current_size()
    while low < high:
        middle = (low + high) // 2
        ((recorded_ms,),) = select('SELECT recorded_ms FROM entry WHERE "index" = %s', [middle])
        if recorded_ms <= ms:
            low = middle + 1
        else:
            high = middle
    return low


def agency_entries() -> list[Entry]:
    """The rows of `agencies` that stand, in the order of the record."""
    return list(read_once("agency_entries", lambda: _open_entries("agencies", "TRUE", [])))


def agencies() -> dict[str, str]:
    """Every name of every agency, as a key, with the canonical name it stands for.

    An agency's own name comes before another's alias; of two aliases the first recorded counts.
    """
    return dict(read_once("agencies", _agencies))


def _agencies() -> dict[str, str]:
    told = agency_entries()
    found = {key(entry.data["agency"]): entry.data["agency"] for entry in reversed(told)}
    for entry in told:
        for alias in entry.data.get("also_called", ()):
            found.setdefault(key(alias), entry.data["agency"])
    return found


def cases(numbers: Iterable[str] | None = None) -> dict[str, str]:
    """The cases on record, by key, in the spelling of their first mention: of those given, or all."""
    query = (
        "SELECT norm, number FROM case_key WHERE EXISTS "
        "(SELECT 1 FROM cases WHERE cases.case_id = case_key.case_id AND cases.to_index IS NULL)"
    )
    if numbers is None:
        return dict(select(query))
    wanted = sorted({key(number) for number in numbers})
    return dict(select(f"{query} AND {one_of('norm')}", [listed(wanted)]))


def parties(numbers: Iterable[str]) -> dict[str, list[PartyName]]:
    """The persons of cases, by the key of the case, in the order of the record."""
    ids = find_cases(list(numbers))
    found: dict[str, list[PartyName]] = {norm: [] for norm in ids}
    for entry in _open_entries("parties", one_of("case_id"), [listed(sorted(ids.values()))]):
        data = entry.data
        found[key(data["case_number"])].append(
            PartyName(
                entry.index,
                data.get("name", ""),
                data["role"],
                data.get("party_id", ""),
                data.get("date_of_birth", ""),
                data.get("defendant_key", ""),
                entry.source,
            )
        )
    return found


def items_on_list(pairs: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (agency, tag) a property list has ever named, as keys."""
    numbers = find_items(pairs)
    listed_items = {
        item
        for (item,) in select(
            f"SELECT DISTINCT item_id FROM items WHERE {one_of('item_id')}",
            [listed(sorted(numbers.values()))],
        )
    }
    return {pair for pair, item in numbers.items() if item in listed_items}


def policy(size: int) -> Policy:
    """The office's settings as of a size."""
    steps: list[tuple[int, int]] = []
    standard = Policy()
    threshold, source_rank = standard.threshold, standard.source_rank
    rows = select(
        "SELECT name, value, recorded_day FROM settings WHERE entry < %s ORDER BY entry", [size]
    )
    for name, value, day in rows:
        said = json.loads(value)
        if name == "target_days":
            steps.append((day, int(said)))
        elif name == "threshold":
            threshold = str(said)
        elif name == "source_rank":
            source_rank = tuple([said] if isinstance(said, str) else said)
    return Policy(target_steps=tuple(steps), threshold=threshold, source_rank=source_rank)


def _open_entries(table: str, where: str, parameters: list[object]) -> list[Entry]:
    rows = select(
        f"SELECT entry FROM {table} WHERE to_index IS NULL AND {where} ORDER BY entry", parameters
    )
    return read_entries(entry for (entry,) in rows)
