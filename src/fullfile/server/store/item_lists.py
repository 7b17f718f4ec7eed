"""The list of items: by what people have at hand, a page at a time, in milliseconds at a million items.

Words are looked for at the beginning of tags and report numbers, as a shelf's name, and in the full text of
property lists. They give candidates, bounded in number; filters and pages are SQL over keys and read tables. Counts
stop at `COUNTED`: beyond it the page says "more than".

What this does not do: it judges no line, and hides nothing beyond the reach that the caller names.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from fullfile.core.custody.labels import shelf_number
from fullfile.core.entries import Entry
from fullfile.core.facts.cases import CROWDED, MATTER
from fullfile.core.ids import key
from fullfile.server.store.load import current_size
from fullfile.server.store.overview import list_agency_keys
from fullfile.server.store.reading import read_entries
from fullfile.server.store.search_index import Doc, catch_up_in_passing, find_words, lag
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "COUNTED",
    "COUNTED_SLOWLY",
    "FILTERS",
    "ORDERS",
    "WHAT",
    "ItemRow",
    "ItemsFound",
    "ItemsWanted",
    "agencies_of_items",
    "find_listed",
]

COUNTED = 10_000
"""So many rows are counted; a longer list is "more than"."""
COUNTED_SLOWLY = 2_000
"""The same for what bears on no case: each item is asked eight questions for that."""
CANDIDATES = 2_000
"""So many items are looked at for words; more are told to be narrowed."""
_CATCH_UP = 2_000

WHAT = ("unshelved", "out", "elsewhere", "absent")
"""What an item may ask of a custodian, by the words of `room_items`."""
FILTERS = ("agency", "kind", "what", "bears")
ORDERS = {
    "-recorded": "k.item_id DESC",
    "recorded": "k.item_id",
    "tag": "k.agency_id, k.norm",
    "-tag": "k.agency_id DESC, k.norm DESC",
}
_BY_RECORDING = frozenset({"-recorded", "recorded"})
_IS_OF_KIND = "EXISTS (SELECT 1 FROM items f WHERE f.item_id = k.item_id AND f.kind = %s AND f.to_index IS NULL)"
_GROUNDS = ("filings", "disclosures", "withholdings", "determinations", "knowledge", "mentions")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsWanted:
    """Which items are wanted: all that is said must hold.

    Attributes:
        words: what somebody typed; empty: anything.
        shelves: whether the words may be a shelf.
        agency: of this agency (its number); None: any.
        kind: of this kind of the items table; empty: any.
        what: asks this of a custodian; empty: anything or nothing.
        shelf: lists or custody put it on this shelf (`labels.shelf_number`) at some time; None: anywhere.
        bears: "no": bears on no case; "yes": on some; empty: either.
        agencies: within these agencies (numbers), or these cases; None: anything.
        cases: likewise.
    """

    words: str = ""
    shelves: bool = False
    agency: int | None = None
    kind: str = ""
    what: str = ""
    shelf: int | None = None
    bears: str = ""
    agencies: Collection[int] | None = None
    cases: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the list.

    Attributes:
        item_id, agency, tag: the item; `agency_id` the agency's number.
        listed: the entry of its property list; None where no list has it.
        held: since when (ms, the office's clock); None where no list says.
        what: what it asks of a custodian; empty: nothing.
        cases: the numbers of the cases that it bears on, as the match counts it.
    """

    item_id: int
    agency_id: int
    agency: str
    tag: str
    listed: Entry | None
    held: int | None
    what: str
    cases: tuple[str, ...]

    @property
    def description(self) -> str:
        """What the list says that it is."""
        return "" if self.listed is None else str(self.listed.data.get("description", ""))

    @property
    def report_number(self) -> str:
        """Under which report number it was booked."""
        return "" if self.listed is None else str(self.listed.data.get("report_number", ""))

    @property
    def kind(self) -> str:
        """Its kind, in the words of the items table."""
        return "" if self.listed is None else str(self.listed.data.get("kind", ""))

    @property
    def sealed(self) -> bool:
        """Whether a court sealed it."""
        return self.listed is not None and bool(self.listed.data.get("sealed"))


@dataclass(frozen=True, slots=True)
class ItemsFound:
    """A page of items.

    Attributes:
        rows: the page.
        total: how many there are, as far as they were counted: up to `COUNTED`, or `COUNTED_SLOWLY`.
        more: whether there are more than that.
        narrow: whether the words match more than was looked at.
        waiting: so many entries are not in the index of words yet.
    """

    rows: list[ItemRow]
    total: int
    more: bool
    narrow: bool
    waiting: int


def find_listed(wanted: ItemsWanted, *, order: str, limit: int, offset: int) -> ItemsFound:
    """A page of the items that are wanted.

    Args:
        wanted: which.
        order: a key of `ORDERS`.
        limit: at most so many.
        offset: after leaving out so many.
    """
    waiting = 0
    among: set[int] | None = None
    if wanted.words:
        size = current_size()
        waiting = lag(size)
        if (
            waiting <= _CATCH_UP
        ):  # a large import is taken in by a job, not by whoever waits for a page
            waiting = catch_up_in_passing(size)
        among = _candidates(wanted)
    conditions, given = _where(wanted, among)
    newest, values = _question(wanted, conditions, given, by_kind=order in _BY_RECORDING)
    ids = [
        item
        for (item,) in select(
            f"{newest} ORDER BY {ORDERS[order]} LIMIT {int(limit)} OFFSET {int(offset)}", values
        )
    ]
    most = COUNTED_SLOWLY if wanted.bears == "no" else COUNTED
    every, values = _question(wanted, conditions, given, by_kind=True)
    ((total,),) = select(f"SELECT count(*) FROM ({every} LIMIT {most + 1}) AS counted", values)
    return ItemsFound(
        _rows(ids),
        min(int(total), most),
        int(total) > most,
        among is not None and len(among) >= CANDIDATES,
        waiting,
    )


def _question(
    wanted: ItemsWanted, conditions: list[str], given: list[object], *, by_kind: bool
) -> tuple[str, list[object]]:
    """What is selected, and its values.

    The newest of a kind come along the index of kinds; by tag, the index of tags leads, and each is asked its kind.
    """
    if not wanted.kind:
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT k.item_id FROM item_key k{where}", given
    if by_kind:
        where = " AND ".join(["k.kind = %s AND k.to_index IS NULL", *conditions])
        return f"SELECT DISTINCT k.item_id FROM items k WHERE {where}", [wanted.kind, *given]
    where = " AND ".join([*conditions, _IS_OF_KIND])
    return f"SELECT k.item_id FROM item_key k WHERE {where}", [*given, wanted.kind]


def agencies_of_items(among: Collection[int] | None = None) -> list[tuple[int, str]]:
    """The agencies that have items: number and name, for a filter."""
    where = "" if among is None else f" AND {one_of('a.agency_id')}"
    return [
        (int(number), str(name))
        for number, name in select(
            "SELECT a.agency_id, a.name FROM agency_key a WHERE EXISTS "
            f"(SELECT 1 FROM item_key k WHERE k.agency_id = a.agency_id){where} ORDER BY a.norm",
            [] if among is None else [listed(sorted(among))],
        )
    ]


def _candidates(wanted: ItemsWanted) -> set[int]:
    """The items that words may mean: by tag, report number, shelf, and the words of their lists."""
    norm = key(wanted.words)
    found: set[int] = set()
    agencies = list_agency_keys() if wanted.agency is None else [wanted.agency]
    beyond = norm + "\U0010ffff"
    found.update(
        item
        for (item,) in select(
            f"SELECT item_id FROM item_key WHERE {one_of('agency_id')} AND norm >= %s AND norm < %s "
            f"LIMIT {CANDIDATES}",
            [listed(agencies), norm, beyond],
        )
    )
    found.update(
        item
        for (item,) in select(
            "SELECT i.item_id FROM report_key r JOIN items i ON i.report_id = r.report_id "
            f"WHERE {one_of('r.agency_id')} AND r.norm >= %s AND r.norm < %s AND i.to_index IS NULL "
            f"LIMIT {CANDIDATES}",
            [listed(agencies), norm, beyond],
        )
    )
    found.update(thing for _, thing, _ in find_words(wanted.words, (Doc.ITEM,), CANDIDATES))
    if wanted.shelves:
        found |= _on_shelf(agencies, wanted.words)
    return found


def _on_shelf(agencies: Iterable[int], place: str) -> set[int]:
    """The items that lists or custody events put on a shelf of that name at some time."""
    names = select(
        f"SELECT name FROM agency_key WHERE {one_of('agency_id')}", [listed(list(agencies))]
    )
    numbers = listed([shelf_number(str(name), place) for (name,) in names])
    rows = select(
        f"SELECT item_id FROM items WHERE {one_of('place')} UNION "
        f"SELECT item_id FROM custody WHERE {one_of('place')} LIMIT {CANDIDATES}",
        [numbers, numbers],
    )
    return {item for (item,) in rows}


def _where(wanted: ItemsWanted, among: set[int] | None) -> tuple[list[str], list[object]]:
    """Conditions on an item (`k`: its key, or its row on a list; both have number and agency), and their values."""
    found: list[str] = []
    given: list[object] = []

    def add(condition: str, *values: object) -> None:
        found.append(condition)
        given.extend(values)

    if among is not None:
        add(one_of("k.item_id"), listed(sorted(among)))
    if wanted.agency is not None:
        add("k.agency_id = %s", wanted.agency)
    reach: list[str] = []
    if wanted.agencies is not None:
        only = sorted(wanted.agencies)
        # Of one agency the newest come along an index; of several they are sorted.
        reach.append("k.agency_id = %s" if len(only) == 1 else one_of("k.agency_id"))
        given.append(only[0] if len(only) == 1 else listed(only))
    if wanted.cases is not None:
        cases = listed(sorted(wanted.cases))
        parts = [f"SELECT item_id FROM {table} WHERE {one_of('case_id')}" for table in _GROUNDS]
        parts.append(f"SELECT item_id FROM links WHERE decision = 'accept' AND {one_of('case_id')}")
        parts.append(
            "SELECT i.item_id FROM case_reports c JOIN items i ON i.report_id = c.report_id "
            f"WHERE c.to_index IS NULL AND {one_of('c.case_id')}"
        )
        reach.append(f"k.item_id IN ({' UNION '.join(parts)})")
        given.extend([cases] * len(parts))
    if reach:
        found.append(f"({' OR '.join(reach)})")
    if wanted.what:
        add("k.item_id IN (SELECT item_id FROM room_items WHERE what = %s)", wanted.what)
    if wanted.shelf is not None:
        add(
            "k.item_id IN (SELECT item_id FROM items WHERE place = %s UNION "
            "SELECT item_id FROM custody WHERE place = %s)",
            wanted.shelf,
            wanted.shelf,
        )
    if wanted.bears:
        add(f"{'NOT ' if wanted.bears == 'no' else ''}({_BEARS})")
    return found, given


def _grounds_of(thing: str) -> str:
    """Whether a row connects a thing (the number of an item) with a case: one look at an index each."""
    parts = [
        f"EXISTS (SELECT 1 FROM {table} g WHERE g.item_id = {thing} AND g.case_id IS NOT NULL)"
        for table in _GROUNDS
    ]
    parts.append(
        "EXISTS (SELECT 1 FROM items i JOIN case_reports c ON c.report_id = i.report_id "
        f"WHERE i.item_id = {thing} AND c.to_index IS NULL)"
    )
    parts.append(
        f"EXISTS (SELECT 1 FROM links l WHERE l.item_id = {thing} AND l.decision = 'accept')"
    )
    return " OR ".join(parts)


_BEARS = (
    f"{_grounds_of('k.item_id')} OR EXISTS (SELECT 1 FROM items p WHERE p.item_id = k.item_id "
    f"AND p.parent_id IS NOT NULL AND ({_grounds_of('p.parent_id')}))"
)


def _rows(ids: list[int]) -> list[ItemRow]:
    """The items of a page, in its order, in four questions."""
    if not ids:
        return []
    among = listed(ids)
    named = {
        item: (int(agency_id), str(agency), str(tag))
        for item, agency_id, agency, tag in select(
            "SELECT k.item_id, k.agency_id, a.name, k.tag FROM item_key k "
            f"JOIN agency_key a ON a.agency_id = k.agency_id WHERE {one_of('k.item_id')}",
            [among],
        )
    }
    on_list = {
        item: (int(entry), int(held))
        for item, entry, held in select(
            "SELECT item_id, min(entry), min(held_first) FROM items "
            f"WHERE to_index IS NULL AND {one_of('item_id')} GROUP BY item_id",
            [among],
        )
    }
    told = {one.index: one for one in read_entries(entry for entry, _ in on_list.values())}
    asks: dict[int, str] = dict(
        select(f"SELECT item_id, what FROM room_items WHERE {one_of('item_id')}", [among])
    )
    cases = _cases(ids)
    found = []
    for item in ids:
        agency_id, agency, tag = named[item]
        entry, held = on_list.get(item, (None, None))
        found.append(
            ItemRow(
                item,
                agency_id,
                agency,
                tag,
                None if entry is None else told[entry],
                held,
                str(asks.get(item, "")),
                tuple(cases.get(item, ())),
            )
        )
    return found


def _cases(ids: list[int]) -> dict[int, list[str]]:
    """The cases that items bear on, as the match counts it, in one question: by item.

    By rows that name a case for it or for what it lies in, through any depth; under a report number of the case; and
    through the cases of one matter. What was corrected since is a ground still. Only cases with a row of their own,
    and only items of the State.
    """
    rows = select(_bearing(), [listed(ids), listed(sorted(MATTER)), listed(sorted(MATTER))])
    found: dict[int, list[str]] = {}
    for item, number in rows:
        found.setdefault(int(item), []).append(str(number))
    return found


def _bearing() -> str:
    direct = [
        f"SELECT t.item, g.case_id FROM things t JOIN {table} g ON g.item_id = t.thing "
        "WHERE g.case_id IS NOT NULL"
        for table in _GROUNDS
    ]
    direct.append(
        "SELECT t.item, l.case_id FROM things t JOIN links l ON l.item_id = t.thing "
        "WHERE l.decision = 'accept'"
    )
    direct += [
        f"SELECT t.item, c.case_id FROM things t JOIN {table} i ON i.item_id = t.thing "
        f"JOIN case_reports c ON c.report_id = i.report_id{more}"
        for table, more in (("items", ""), ("mentions", " WHERE i.case_id IS NULL"))
    ]
    # A number that many cases list joins none of them.
    few = (
        "(SELECT count(*) FROM (SELECT DISTINCT x.case_id FROM case_reports x "
        f"WHERE x.report_id = a.report_id LIMIT {CROWDED + 1}) AS listing) <= {CROWDED}"
    )
    return (
        "WITH RECURSIVE things (item, thing) AS ("
        "SELECT k.item_id, k.item_id FROM item_key k "
        f"WHERE {one_of('k.item_id')} AND NOT EXISTS (SELECT 1 FROM agencies g "
        "WHERE g.agency_id = k.agency_id AND g.to_index IS NULL AND g.side NOT IN ('state', '')) "
        "UNION SELECT t.item, i.parent_id FROM things t JOIN items i ON i.item_id = t.thing "
        "WHERE i.parent_id IS NOT NULL), "
        f"direct (item, case_id) AS ({' UNION '.join(direct)}), "
        "wide (item, case_id) AS (SELECT item, case_id FROM direct "
        f"UNION SELECT d.item, r.other_id FROM direct d JOIN case_relations r ON r.case_id = d.case_id "
        f"WHERE {one_of('r.kind')} "
        f"UNION SELECT d.item, r.case_id FROM direct d JOIN case_relations r ON r.other_id = d.case_id "
        f"WHERE {one_of('r.kind')} "
        "UNION SELECT d.item, b.case_id FROM direct d JOIN case_reports a ON a.case_id = d.case_id "
        f"JOIN case_reports b ON b.report_id = a.report_id WHERE {few}) "
        "SELECT w.item, k.number FROM wide w JOIN case_key k ON k.case_id = w.case_id "
        "WHERE EXISTS (SELECT 1 FROM cases c WHERE c.case_id = w.case_id AND c.to_index IS NULL) "
        "ORDER BY w.item, k.number"
    )
