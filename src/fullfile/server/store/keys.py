"""Numbers for agencies, cases, items, reports, defendants and sources, so that engines join integers.

A number is given at the first mention in the record, in the order of mention,
so that `rebuild` gives the same numbers whatever the size of its chunks. What a
chunk mentions is wanted first (`want_*`), found or made in bulk (`resolve`),
and then read from memory (`agency`, `case`, …). No query is made for a single
row, and no more than some ten thousand keys are held.

Spelling: the first mention's. A defendant's name may be erased; then it is
empty, and the next mention with a name gives it again.

What this does not do: it does not judge whether a key exists in the world. An item that
only a custody event mentions has a number too.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from dataclasses import dataclass, field

from fullfile.core.ids import key
from fullfile.server.store.locked import read_once
from fullfile.server.store.tables import execute, insert, listed, one_of, select

__all__ = ["KEY_TABLES", "Keys", "find_agencies", "find_cases", "find_items"]

KEY_TABLES = (
    "agency_key",
    "case_key",
    "item_key",
    "report_key",
    "defendant_key",
    "source_key",
    "row_key",
)
_HELD = 50_000

Scoped = tuple[str, str]
"""(the key of the agency or case, the key within it)."""


@dataclass(slots=True)
class _Names:
    """One key table without a scope: agencies, cases, sources."""

    table: str
    number: str
    norm: str
    spelled: bool = True
    known: dict[str, int] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    next: int = 0

    def resolve(self) -> None:
        if not self.wanted:
            return
        found = select(
            f'SELECT "{self.norm}", {self.number} FROM {self.table} WHERE {one_of(self.norm)}',
            [listed(self.wanted)],
        )
        for norm, number in found:
            self.known[norm] = number
            del self.wanted[norm]
        if self.wanted:
            self.next = self.next or _next(self.table, self.number)
            rows: list[tuple[object, ...]] = []
            for norm, name in self.wanted.items():
                self.known[norm] = self.next
                rows.append((self.next, norm, name) if self.spelled else (self.next, norm))
                self.next += 1
            insert(self.table, rows)
        self.wanted.clear()


@dataclass(slots=True)
class _Scoped:
    """One key table within agencies or cases: items, reports, defendants."""

    table: str
    number: str
    scope: str
    within: _Names
    known: dict[Scoped, int] = field(default_factory=dict)
    wanted: dict[Scoped, str] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    next: int = 0

    def resolve(self) -> None:
        self.fresh.clear()
        if not self.wanted:
            return
        scopes: dict[str, list[str]] = {}
        for scope, norm in self.wanted:
            scopes.setdefault(scope, []).append(norm)
        for scope, norms in scopes.items():
            self._find(scope, norms)
        if self.wanted:
            self.next = self.next or _next(self.table, self.number)
            number, rows = self.next, []
            for wanted, name in self.wanted.items():
                self.known[wanted] = number
                rows.append((number, self.within.known[wanted[0]], wanted[1], name))
                number += 1
            self.fresh.update(range(self.next, number))
            self.next = number
            insert(self.table, rows)
        self.wanted.clear()

    def _find(self, scope: str, norms: list[str]) -> None:
        found = select(
            f"SELECT norm, {self.number} FROM {self.table} WHERE {self.scope} = %s AND {one_of('norm')}",
            [self.within.known[scope], listed(norms)],
        )
        for norm, number in found:
            self.known[scope, norm] = number
            del self.wanted[scope, norm]


class Keys:
    """The numbers of one writer's chunk."""

    def __init__(self) -> None:
        self._agencies = _Names("agency_key", "agency_id", "norm")
        self._cases = _Names("case_key", "case_id", "norm")
        self._sources = _Names("source_key", "source_id", "name", spelled=False)
        self._items = _Scoped("item_key", "item_id", "agency_id", self._agencies)
        self._reports = _Scoped("report_key", "report_id", "agency_id", self._agencies)
        self._defendants = _Scoped("defendant_key", "defendant_id", "case_id", self._cases)
        # As it is spelled in this chunk, so that each spelling is folded once.
        self._agency_norms: dict[str, str] = {}
        self._item_spelled: dict[Scoped, Scoped] = {}
        self._item_numbers: dict[Scoped, int] = {}
        self._report_spelled: dict[Scoped, Scoped] = {}
        self._report_numbers: dict[Scoped, int] = {}
        self._names: dict[Scoped, str] = {}
        self._nameless: set[Scoped] = set()

    def want_source(self, name: str) -> None:
        """A source is mentioned."""
        if name not in self._sources.known:
            self._sources.wanted[name] = name

    def want_agency(self, name: str) -> str:
        """An agency is mentioned; its key."""
        norm = self._agency_norms.get(name)
        if norm is None:
            norm = self._agency_norms[name] = key(name)
            if norm not in self._agencies.known and norm not in self._agencies.wanted:
                self._agencies.wanted[norm] = name.strip()
        return norm

    def want_case(self, number: str) -> str:
        """A case is mentioned; its key."""
        norm = key(number)
        if norm not in self._cases.known and norm not in self._cases.wanted:
            self._cases.wanted[norm] = number.strip()
        return norm

    def want_item(self, agency: str, tag: str) -> None:
        """An item is mentioned."""
        said = (agency, tag)
        if said not in self._item_spelled:
            _want(self._items, self._item_spelled, said, self.want_agency(agency))

    def want_report(self, agency: str, number: str) -> None:
        """A report number is mentioned."""
        said = (agency, number)
        if said not in self._report_spelled:
            _want(self._reports, self._report_spelled, said, self.want_agency(agency))

    def want_defendant(self, case: str, defendant: str, name: str) -> None:
        """A defendant is mentioned, by the key in the case; the name is empty where it was erased."""
        wanted = (self.want_case(case), defendant)
        if not name:
            self._nameless.add(wanted)
        elif wanted in self._nameless:
            self._nameless.discard(wanted)
            self._names[wanted] = name.strip()
        if wanted not in self._defendants.known and not self._defendants.wanted.get(wanted):
            self._defendants.wanted[wanted] = name.strip()
            self._names[wanted] = name.strip()

    def resolve(self) -> None:
        """Find or make the numbers of all that was wanted."""
        self._sources.resolve()
        self._agencies.resolve()
        self._cases.resolve()
        self._items.resolve()
        self._reports.resolve()
        self._defendants.resolve()
        items, reports = self._items.known, self._reports.known
        self._item_numbers = {said: items[norm] for said, norm in self._item_spelled.items()}
        self._report_numbers = {said: reports[norm] for said, norm in self._report_spelled.items()}
        self._give_names()

    def forget(self) -> None:
        """Let go of keys, so that memory stays flat; to be called between chunks."""
        self._item_spelled.clear()
        self._report_spelled.clear()
        self._agency_norms.clear()
        if len(self._agencies.known) + len(self._items.known) + len(self._reports.known) > _HELD:
            self._items.known.clear()
            self._reports.known.clear()
            self._agencies.known.clear()
        if len(self._cases.known) + len(self._defendants.known) > _HELD:
            self._defendants.known.clear()
            self._cases.known.clear()

    def source(self, name: str) -> int:
        """The number of a source."""
        return self._sources.known[name]

    def agency(self, name: str) -> int:
        """The number of an agency."""
        return self._agencies.known[self._agency_norms[name]]

    def case(self, number: str) -> int:
        """The number of a case."""
        return self._cases.known[key(number)]

    def item(self, agency: str, tag: str) -> int:
        """The number of an item."""
        return self._item_numbers[agency, tag]

    def report(self, agency: str, number: str) -> int:
        """The number of a report number."""
        return self._report_numbers[agency, number]

    def defendant(self, case: str, defendant: str) -> int:
        """The number of a defendant in a case."""
        return self._defendants.known[key(case), defendant]

    def is_new_item(self, number: int) -> bool:
        """Whether this chunk gave the item its number."""
        return number in self._items.fresh

    def _give_names(self) -> None:
        """A defendant whose name was erased gets it back from a mention that says it."""
        named = {
            self._defendants.known[wanted]: name
            for wanted, name in self._names.items()
            if name and self._defendants.known[wanted] not in self._defendants.fresh
        }
        self._names.clear()
        if not named:
            return
        nameless = select(
            f"SELECT defendant_id FROM defendant_key WHERE name = '' AND {one_of('defendant_id')}",
            [listed(named)],
        )
        for (number,) in nameless:
            execute(
                "UPDATE defendant_key SET name = %s WHERE defendant_id = %s",
                [named[number], number],
            )


def _want(scoped: _Scoped, spelled: dict[Scoped, Scoped], said: Scoped, scope: str) -> None:
    wanted = (scope, key(said[1]))
    spelled[said] = wanted
    if wanted not in scoped.known and wanted not in scoped.wanted:
        scoped.wanted[wanted] = said[1].strip()


def _next(table: str, number: str) -> int:
    return int(select(f"SELECT coalesce(max({number}), 0) + 1 FROM {table}")[0][0])


def find_agencies(names: list[str]) -> dict[str, int]:
    """The numbers of agencies that the record mentions, by key."""
    wanted = tuple(sorted({key(name) for name in names}))
    if not wanted:
        return {}
    query = f"SELECT norm, agency_id FROM agency_key WHERE {one_of('norm')}"
    found = read_once(("agency_ids", wanted), lambda: select(query, [listed(wanted)]))
    return dict(found)


def find_cases(numbers: list[str]) -> dict[str, int]:
    """The numbers of cases that the record mentions, by key."""
    wanted = sorted({key(number) for number in numbers})
    found = select(f"SELECT norm, case_id FROM case_key WHERE {one_of('norm')}", [listed(wanted)])
    return dict(found)


def find_items(pairs: list[Scoped]) -> dict[Scoped, int]:
    """The numbers of items that the record mentions, by (key of the agency, key of the tag)."""
    scopes: dict[str, set[str]] = {}
    for agency, tag in pairs:
        scopes.setdefault(key(agency), set()).add(key(tag))
    agencies = find_agencies(list(scopes))
    found: dict[Scoped, int] = {}
    for agency, number in agencies.items():
        rows = select(
            f"SELECT norm, item_id FROM item_key WHERE agency_id = %s AND {one_of('norm')}",
            [number, listed(sorted(scopes[agency]))],
        )
        found.update({(agency, norm): item for norm, item in rows})
    return found
