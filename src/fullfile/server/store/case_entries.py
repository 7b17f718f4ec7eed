"""Which entries can matter for the lines of one case, or of one item.

The reference works on entries; a record has a million, a case some thousand. By the rules of
`docs/explanation/the-match.md` the lines of a case rest on

- the case and its matter, with all their rows;
- the items that any of these may bear on: named by a row of these cases, booked under their report
  numbers, mentioned there; what is inside of those, and what those are inside of;
- every row of these items, in any case (an item filed elsewhere is missing here too if nobody
  booked it), and of the other cases they bear on what makes a hold: the case, its matter, its docket;
- agencies, settings, and the runs of the imports.

Corrected rows are handed over too: they tell what was corrected. A report number that more than 20
cases list joins none; enough of its cases are handed over that a reader sees it is crowded.

All questions go to indexes, a set at a time. What this does not do: it judges nothing, and hands over
more rather than less.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fullfile.core.custody.holds import KINDS
from fullfile.core.ids import key
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "cases_touched",
    "entries_for_case",
    "entries_for_cases",
    "entries_for_custody",
    "entries_for_docket",
    "entries_for_item",
    "entries_for_items",
    "entries_for_knowledge",
    "entries_for_lines_of_items",
    "entries_for_new_case",
]

CROWDED = 20
"""A report number listed by more cases joins none (contract, section 1: matter)."""
MATTER = ("co_defendant", "same_incident", "refiled_from", "superseded", "consolidated")

_OF_CASE = (
    "cases",
    "parties",
    "party_status",
    "counts",
    "docket",
    "filings",
    "disclosures",
    "withholdings",
    "determinations",
    "knowledge",
    "mentions",
    "requests",
    "answers",
    "links",
    "holds",
)
_OF_CASE_ITSELF = (
    "cases",
    "parties",
    "party_status",
    "counts",
    "docket",
    "mentions",
    "requests",
    "answers",
    "holds",
)
_OF_DOCKET = ("cases", "parties", "party_status", "counts", "docket")
_CHAIN = ("refiled_from", "superseded", "consolidated")
_OF_ITEM = (
    "items",
    "custody",
    "filings",
    "disclosures",
    "withholdings",
    "determinations",
    "knowledge",
    "mentions",
    "links",
    "holds",
)
_GROUNDS = (
    "filings",
    "disclosures",
    "withholdings",
    "determinations",
    "knowledge",
    "mentions",
    "links",
)
_DATED = ("counts", "party_status", "requests", "answers", *_GROUNDS)
_READ = {"status": "party_status"}
_WITH_SOURCE = frozenset({"agencies", *_OF_CASE, *_OF_ITEM})
_PARTS = 100
"""So many parts a compound question has at most; SQLite allows 500."""
_NEAR = 100_000
"""How far behind its run the first row of a table is looked for."""

Ids = set[int]


def entries_for_case(case_id: int, size: int) -> list[int]:
    """The indexes of every entry below `size` that can matter for the lines of a case.

    Args:
        case_id: its number in `case_key`.
        size: as of which size of the record.
    """
    return entries_for_cases({case_id}, size)


def entries_for_cases(case_ids: Ids, size: int) -> list[int]:
    """The same for several cases at once.

    Args:
        case_ids: their numbers in `case_key`.
        size: as of which size of the record.
    """
    asked = _Asked(size)
    core = case_ids | asked.matter_of(case_ids)
    reports = asked.reports_of(core)
    items = asked.ids("item_id", _GROUNDS, "case_id", core)
    items |= asked.ids("item_id", ("items",), "report_id", reports)
    items |= asked.ids("item_id", ("mentions",), "report_id", reports)
    items = asked.with_contents(items)
    items |= asked.containers_of(items)
    return asked.entries(core, items, reports)


def entries_for_docket(case_id: int, size: int) -> list[int]:
    """The indexes of every entry below `size` that says what became of the counts of a case.

    The case, its matter, what is related to it in any way, the whole chain of cases it was refiled
    from or became: their rows, parties, statuses, counts and dockets. No items.

    Args:
        case_id: its number in `case_key`.
        size: as of which size of the record.
    """
    return _Asked(size).dockets({case_id})


def entries_for_new_case(
    related: Iterable[str], reports: Iterable[tuple[str, str]], size: int
) -> list[int]:
    """The same for a case that is not on record yet.

    Args:
        related: the numbers of the cases that it would be related to.
        reports: the report numbers it would list, each with its agency.
        size: as of which size of the record.
    """
    asked = _Asked(size)
    norms = sorted({key(number) for number in related})
    rows = select(f"SELECT case_id FROM case_key WHERE {one_of('norm')}", [listed(norms)])
    found = {row[0] for row in rows}
    wanted: Ids = set()
    for agency, number in reports:
        wanted.update(
            row[0]
            for row in select(
                "SELECT report_id FROM report_key JOIN agency_key USING (agency_id) "
                "WHERE agency_key.norm = %s AND report_key.norm = %s",
                [key(agency), key(number)],
            )
        )
    crowded = asked.crowded(wanted)
    for entries in crowded.values():
        asked.found.update(entries)
    found |= asked.ids("case_id", ("case_reports",), "report_id", wanted - crowded.keys())
    return asked.dockets(found) if found else sorted(asked.found)


def entries_for_item(item_id: int, size: int) -> list[int]:
    """The indexes of every entry below `size` that can matter for the lines of an item.

    Args:
        item_id: its number in `item_key`.
        size: as of which size of the record.
    """
    return entries_for_items({item_id}, size)


def entries_for_items(item_ids: Ids, size: int) -> list[int]:
    """The same for several items at once.

    Args:
        item_ids: their numbers in `item_key`.
        size: as of which size of the record.
    """
    asked = _Asked(size)
    items = item_ids | asked.containers_of(item_ids)
    core = asked.cases_of(items)
    core |= asked.matter_of(core)
    return asked.entries(core, items, asked.reports_of(core))


def entries_for_lines_of_items(item_ids: Ids, size: int) -> list[int]:
    """The same, without what the cases say of their other items: no line or hold of an item rests on that.

    A case of ten thousand items has forty thousand rows of that kind.

    Args:
        item_ids: their numbers in `item_key`.
        size: as of which size of the record.
    """
    asked = _Asked(size)
    items = item_ids | asked.containers_of(item_ids)
    core = asked.cases_of(items)
    core |= asked.matter_of(core)
    return asked.entries(core, items, asked.reports_of(core), every_item=False)


def cases_touched(case_ids: Ids, item_ids: Ids, report_ids: Ids, size: int) -> Ids:
    """The cases whose lines may rest on something new about these cases, items or report numbers.

    The other way round to `entries_for_cases`, as of a size that has it already.
    """
    asked = _Asked(size)
    items = item_ids | asked.ids("item_id", ("items",), "report_id", report_ids)
    items = asked.with_contents(items)
    items |= asked.containers_of(items)
    core = case_ids | asked.cases_of(items)
    core |= asked.ids("case_id", ("case_reports",), "report_id", report_ids)
    core |= asked.matter_of(core)
    # An item that left custody: whether a hold stood rests on every case it bears on.
    own = asked.ids("item_id", _GROUNDS, "case_id", core)
    own |= asked.ids("item_id", ("items", "mentions"), "report_id", asked.reports_of(core))
    others = asked.cases_of(asked.left_custody(own)) - core
    return core | others | asked.matter_of(others)


def entries_for_custody(item_ids: Ids, size: int) -> tuple[list[int], Ids]:
    """The entries below `size` that say where items are, and the items they are about.

    Their rows on property lists, their custody events, and the same of what they lie in. No cases.
    """
    asked = _Asked(size)
    items = item_ids | asked.containers_of(item_ids)
    asked._take(("items", "custody"), "item_id", items)  # noqa: SLF001 - one room
    return sorted(asked.found), items


def entries_for_knowledge(item_ids: Ids, beside: Ids, case_id: int, size: int) -> list[int]:
    """The entries below `size` that say who knew of items, as far as one case asks.

    Every row of the items and of what they lie in, the reports beside them, and who is who in the case.

    Args:
        item_ids: the items.
        beside: what lies under the same report numbers.
        case_id: the case whose parties are asked about.
        size: as of which size of the record.
    """
    asked = _Asked(size)
    items = item_ids | asked.containers_of(item_ids) | beside
    asked._take(_OF_ITEM, "item_id", items)  # noqa: SLF001 - one room
    asked._take(("cases", "parties"), "case_id", {case_id})  # noqa: SLF001
    asked.found.update(
        row[0] for row in select("SELECT entry FROM agencies WHERE entry < %s", [size])
    )
    return sorted(asked.found)


def contents_of(item_ids: Ids, size: int) -> Ids:
    """All that lies or ever lay inside items, through any depth; the items themselves left out."""
    return _Asked(size).with_contents(item_ids) - item_ids


class _Asked:
    """Questions as of one size."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.found: Ids = set()
        self.batches: Ids = set()

    def ids(self, wanted: str, tables: Sequence[str], column: str, among: Ids) -> Ids:
        """The values of a column in the rows of tables where another is among some numbers."""
        if not among:
            return set()
        values = listed(sorted(among))
        rows = select(
            " UNION ".join(
                f"SELECT {wanted} FROM {table} "
                f"WHERE entry < %s AND {one_of(column)} AND {wanted} IS NOT NULL"
                for table in tables
            )
            if len(tables) > 1
            else f"SELECT DISTINCT {wanted} FROM {tables[0]} "
            f"WHERE entry < %s AND {one_of(column)} AND {wanted} IS NOT NULL",
            [self.size, values] * len(tables),
        )
        return {row[0] for row in rows}

    def reports_of(self, cases: Ids) -> Ids:
        """The report numbers that cases list."""
        return self.ids("report_id", ("case_reports",), "case_id", cases)

    def crowded(self, reports: Ids) -> dict[int, list[int]]:
        """Of report numbers that too many cases list: some of these cases' entries, enough to see it."""
        rows = self._open(
            "SELECT report_id, min(entry) FROM case_reports",
            "report_id",
            reports,
            "report_id, case_id",
        )
        listing: dict[int, list[int]] = {}
        for report, entry in rows:
            listing.setdefault(report, []).append(entry)
        return {
            report: entries[: CROWDED + 1]
            for report, entries in listing.items()
            if len(entries) > CROWDED
        }

    def matter_of(self, cases: Ids) -> Ids:
        """The cases that share a report number with one of these, or are related to it."""
        reports = self.reports_of(cases)
        crowded = self.crowded(reports)
        for entries in crowded.values():
            self.found.update(entries)
        found = self.ids("case_id", ("case_reports",), "report_id", reports - crowded.keys())
        return (found | self.related_to(cases, MATTER)) - cases

    def related_to(self, cases: Ids, kinds: Sequence[str] = ()) -> Ids:
        """The cases that are related to these in either direction: in these ways, or in any."""
        words = ", ".join(f"'{kind}'" for kind in kinds)
        limit = f" AND kind IN ({words})" if kinds else ""
        found: Ids = set()
        for here, there in (("case_id", "other_id"), ("other_id", "case_id")):
            rows = select(
                f"SELECT DISTINCT {there} FROM case_relations "
                f"WHERE entry < %s AND {one_of(here)}{limit}",
                [self.size, listed(sorted(cases))],
            )
            found.update(row[0] for row in rows)
        return found

    def dockets(self, cases: Ids) -> list[int]:
        """The entries that say what became of the counts of cases, here and where they came from."""
        core = cases | self.matter_of(cases) | self.related_to(cases)
        edge = set(cases)
        while edge:
            edge = self.related_to(edge, _CHAIN) - cases
            cases = cases | edge
        self._take(_OF_DOCKET, "case_id", core | cases)
        return sorted(self.found)

    def cases_of(self, items: Ids) -> Ids:
        """The cases on which items may bear by themselves."""
        found = self.ids("case_id", _GROUNDS, "item_id", items)
        reports = self.ids("report_id", ("items", "mentions"), "item_id", items)
        return found | self.ids("case_id", ("case_reports",), "report_id", reports)

    def left_custody(self, items: Ids) -> Ids:
        """Of some items, those that by some account were released, used up or destroyed."""
        among = listed(sorted(items))
        rows = select(
            "SELECT DISTINCT item_id FROM custody WHERE event IN ('released', 'consumed', 'destroyed') "
            f"AND entry < %s AND {one_of('item_id')} UNION SELECT item_id FROM item_status "
            f"WHERE status IN ('released', 'destroyed') AND entry < %s AND {one_of('item_id')}",
            [self.size, among, self.size, among],
        )
        return self.with_contents({row[0] for row in rows})

    def with_contents(self, items: Ids) -> Ids:
        """Items and all that is in them, through any depth."""
        return self._walk(items, "item_id", "parent_id")

    def containers_of(self, items: Ids) -> Ids:
        """All that items are in, through any depth."""
        return self._walk(items, "parent_id", "item_id")

    def entries(self, core: Ids, items: Ids, reports: Ids, *, every_item: bool = True) -> list[int]:
        """The entries of cases and items, and of what else decides about them.

        `every_item`: what the cases say of their other items too.
        """
        self._take(_OF_CASE if every_item else _OF_CASE_ITSELF, "case_id", core)
        if not every_item:
            self._take(_DATED, "case_id", core - self._started(core))
        self._take(_OF_ITEM, "item_id", items)
        self._take(("mentions",), "report_id", reports)
        booked = self.ids("report_id", ("items",), "item_id", items)
        self._take(("holds",), "report_id", booked)
        self._take_suggestions(items)
        others = self.cases_of(items) - core
        self._take_others(others, core)
        self._take_liftings(core | others)
        for table in ("agencies", "settings"):
            self.found.update(
                row[0] for row in select(f"SELECT entry FROM {table} WHERE entry < %s", [self.size])
            )
        self._take_first_rows()
        runs = select(
            f"SELECT entry FROM runs WHERE entry < %s AND {one_of('batch')}",
            [self.size, listed(sorted(self.batches))],
        )
        self.found.update(row[0] for row in runs)
        return sorted(self.found)

    def _take_suggestions(self, items: Ids) -> None:
        """What `link` found for items, and the runs that say how far it has looked."""
        among = listed(sorted(items))
        found = select(
            f"SELECT DISTINCT entry FROM suggestions WHERE entry < %s AND {one_of('item_id')}",
            [self.size, among],
        )
        found += select(
            f"SELECT entry FROM link_runs WHERE entry < %s AND {one_of('item_id')}",
            [self.size, among],
        )
        found += select(
            "SELECT entry FROM link_runs WHERE entry < %s AND item_id IS NULL ORDER BY size DESC LIMIT 1",
            [self.size],
        )
        self.found.update(row[0] for row in found)

    def _take_first_rows(self) -> None:
        """The first row that each source sent of each table: what came with it is no late record."""
        first_runs = select(
            'SELECT source_id, "table", min(entry) FROM runs WHERE entry < %s GROUP BY 1, 2',
            [self.size],
        )
        parts: list[str] = []
        given: list[int] = []
        for source, table, run in first_runs:
            read = _READ.get(table, table)
            if read in _WITH_SOURCE:
                parts.append(
                    f"SELECT * FROM (SELECT entry, batch, NULL FROM {read} WHERE entry > %s AND entry < %s "
                    f"AND source_id = %s AND batch >= 0 ORDER BY entry LIMIT 1) AS first_{len(parts)}"
                )
                given += [run, min(self.size, run + _NEAR), source]
        for start in range(0, len(parts), _PARTS):
            some = parts[start : start + _PARTS]
            values = given[3 * start : 3 * (start + _PARTS)]
            self._keep(select(" UNION ALL ".join(some), values))

    def _take_others(self, others: Ids, core: Ids) -> None:
        """Of other cases: what makes the open case's hold."""
        if not others:
            return
        others |= self.matter_of(others) - core
        self._take(("cases", "docket", "holds"), "case_id", others)
        self._take(_DATED, "case_id", others - self._started(others))

    def _started(self, cases: Ids) -> Ids:
        """Of cases, those whose start is known: without opened_on and docket a case starts at its first dated row."""
        started = self.ids("case_id", ("docket",), "case_id", cases)
        return started | {
            row[0]
            for row in select(
                "SELECT DISTINCT case_id FROM cases WHERE entry < %s AND opened_first IS NOT NULL "
                f"AND {one_of('case_id')}",
                [self.size, listed(sorted(cases))],
            )
        }

    def _take_liftings(self, cases: Ids) -> None:
        """A hold that the record places ends by a row of `holds` of its name, like `case:NUMBER`."""
        norms = select(
            f"SELECT norm FROM case_key WHERE {one_of('case_id')}", [listed(sorted(cases))]
        )
        named = [f"{kind}:{row[0]}" for row in norms for kind in KINDS]
        rows = select(
            f"SELECT entry, batch, to_index FROM holds WHERE entry < %s AND {one_of('hold_norm')}",
            [self.size, listed(named)],
        )
        self._keep(rows)

    def _walk(self, items: Ids, wanted: str, column: str) -> Ids:
        found, edge = set(items), set(items)
        while edge:
            edge = self.ids(wanted, ("items",), column, edge) - found
            found |= edge
        return found

    def _take(self, tables: Sequence[str], column: str, among: Ids) -> None:
        """The rows of tables that name some numbers, in one question."""
        if not among:
            return
        rows = select(
            " UNION ALL ".join(
                f"SELECT entry, batch, to_index FROM {table} WHERE entry < %s AND {one_of(column)}"
                for table in tables
            ),
            [self.size, listed(sorted(among))] * len(tables),
        )
        self._keep(rows)

    def _keep(self, rows: Iterable[tuple[int, int, int | None]]) -> None:
        """Rows as (entry, batch, to_index): what corrected them is handed over too, whatever it names."""
        for entry, batch, to_index in rows:
            self.found.add(entry)
            self.batches.add(batch)
            if to_index is not None and to_index < self.size:
                self.found.add(to_index)

    def _open(
        self, query: str, column: str, among: Iterable[int], group: str
    ) -> list[tuple[int, int]]:
        return select(
            f"{query} WHERE entry < %s AND (to_index IS NULL OR to_index >= %s) "
            f"AND {one_of(column)} GROUP BY {group} ORDER BY 1, 2",
            [self.size, self.size, listed(sorted(among))],
        )
