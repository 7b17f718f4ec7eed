"""How far an inventory is: what is expected, what was found, the four kinds of discrepancy, each shelf.

What this does not do: whether the counters are shown what to expect (`blind`) is the page's to keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.core.custody.labels import shelf_number
from fullfile.core.errors import NotFound
from fullfile.core.said import say
from fullfile.server.queries.room import PAGE, Page
from fullfile.server.store import inventories as rows
from fullfile.server.store.load import entries
from fullfile.server.store.room_lists import first_rows
from fullfile.server.store.shelves import name_shelves
from fullfile.server.store.tags import list_tags

__all__ = [
    "Discrepancy",
    "Expected",
    "InventoryState",
    "ShelfState",
    "ask_find",
    "ask_inventory",
    "ask_shelf",
    "list_discrepancies",
    "list_expected",
    "unsettled_discrepancies",
]

KINDS = ("not_found", "wrong_place", "unrecorded", "altered")


@dataclass(frozen=True, slots=True)
class ShelfState:
    """A shelf in an inventory.

    Attributes:
        place: its name; empty: what the record has on no shelf.
        expected, found, to_find: how many are expected there, were found (anywhere), are still to be.
        closed: the entry that closed it.
    """

    place: str
    expected: int
    found: int
    to_find: int
    closed: int | None


@dataclass(frozen=True, slots=True)
class InventoryState:
    """An inventory as it stands.

    Attributes:
        entry: the entry that opened it.
        agency, number, what, where, percent, care, seed, size, blind, by: as it was set up.
        opened_ms: when, UTC milliseconds.
        closed: the entry that ended it.
        held: how many the record had there when it was drawn.
        expected, found, to_find: how many are to be found, were found, are still to be.
        kinds: of each kind of discrepancy: how many, and how many of them are not settled.
        shelves: each shelf, in the order of the names.
    """

    entry: int
    agency: str
    number: int
    what: str
    where: tuple[str, ...]
    percent: int
    care: tuple[str, ...]
    seed: str
    size: int
    blind: bool
    by: str
    opened_ms: int
    closed: int | None
    held: int
    expected: int
    found: int
    to_find: int
    kinds: dict[str, tuple[int, int]]
    shelves: tuple[ShelfState, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """An item that an inventory is to find."""

    item_id: int
    tag: str
    description: str
    place: str
    found: bool


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that is not as the record says.

    Attributes:
        entry: the entry that found it, by which it is settled.
        kind: not_found, wrong_place, unrecorded or altered.
        item_id: the item; None where no item has the label.
        agency, tag, description: of the item.
        code: what was scanned.
        place: the shelf.
        why: what is not right, in words.
        by: who found it.
        found_ms: when, UTC milliseconds.
        settled: the entry that settled it.
        how, reason, settled_by: what it says.
    """

    entry: int
    kind: str
    item_id: int | None
    agency: str
    tag: str
    description: str
    code: str
    place: str
    why: str
    by: str
    found_ms: int
    settled: int | None
    how: str
    reason: str
    settled_by: str


def ask_inventory(entry: int) -> InventoryState:
    """An inventory as it stands.

    Raises:
        NotFound: the entry opened no inventory.
    """
    found = rows.find_inventory(entry)
    if found is None:
        raise NotFound(say("Entry {entry} opened no inventory.", entry=entry))
    (opened,) = entries([entry])
    data = opened.data
    shelves = _shelves(entry)
    kinds = rows.count_kinds(entry)
    expected = sum(one.expected for one in shelves)
    seen = sum(one.found for one in shelves)
    return InventoryState(
        entry=entry,
        agency=str(data["agency"]),
        number=int(data["number"]),
        what=str(data["what"]),
        where=tuple(data.get("where", ())),
        percent=int(data.get("percent", 100)),
        care=tuple(data.get("care", ())),
        seed=str(data["seed"]),
        size=int(data["size"]),
        blind=bool(data.get("blind")),
        by=str(data["by"]),
        opened_ms=opened.recorded_ms,
        closed=found[3],
        held=int(data["held"]),
        expected=expected,
        found=seen,
        to_find=expected - seen,
        kinds={kind: kinds.get(kind, (0, 0)) for kind in KINDS},
        shelves=tuple(shelves),
    )


def ask_shelf(entry: int, place: str) -> ShelfState:
    """A shelf in an inventory; one on which nothing is expected too.

    Raises:
        NotFound: the entry opened no inventory.
    """
    state = ask_inventory(entry)
    number = shelf_number(state.agency, place)
    for shelf in state.shelves:
        if shelf_number(state.agency, shelf.place) == number:
            return shelf
    return ShelfState(place.strip(), 0, 0, 0, None)


def list_expected(
    entry: int,
    *,
    place: str | None = None,
    to_find: bool = False,
    found: bool = False,
    page: int = 1,
    per_page: int = PAGE,
) -> Page[Expected]:
    """What an inventory is to find: on one shelf or all, still to be found, found, or all; fifty to a page.

    Raises:
        NotFound: the entry opened no inventory.
    """
    agency = _agency_of(entry)
    shelf = None if place is None else shelf_number(agency, place)
    number = max(1, page)
    count, part = rows.list_expected(
        entry, shelf, per_page, (number - 1) * per_page, to_find=to_find, found=found
    )
    tags = list_tags(item for item, _, _ in part)
    about = _descriptions([item for item, _, _ in part])
    names = name_shelves(shelf for _, shelf, _ in part)
    shown = tuple(
        Expected(
            item, tags[item], about.get(item, ""), names[at].place if at in names else "", seen
        )
        for item, at, seen in part
    )
    return Page(
        count, exact=True, rows=shown, page=number, pages=max(1, -(-count // max(1, per_page)))
    )


def list_discrepancies(
    entry: int, kind: str, *, unsettled: bool = False, page: int = 1, per_page: int = PAGE
) -> Page[Discrepancy]:
    """The discrepancies of one kind, the oldest first; those that are not settled, or all; fifty to a page.

    Raises:
        NotFound: the entry opened no inventory.
    """
    _agency_of(entry)
    number = max(1, page)
    count, part = rows.list_finds(
        entry, kind, per_page, (number - 1) * per_page, unsettled=unsettled
    )
    return Page(
        count,
        exact=True,
        rows=tuple(_told(part)),
        page=number,
        pages=max(1, -(-count // max(1, per_page))),
    )


def unsettled_discrepancies(
    inventories: Sequence[int], *, page: int = 1, per_page: int = PAGE
) -> Page[tuple[int, Discrepancy]]:
    """The discrepancies of several inventories that nobody has settled, the oldest first, each with its inventory."""
    number = max(1, page)
    count, part = rows.list_unsettled(inventories, per_page, (number - 1) * per_page)
    told = tuple(zip((find.inventory for find in part), _told(part), strict=True))
    return Page(
        count, exact=True, rows=told, page=number, pages=max(1, -(-count // max(1, per_page)))
    )


def _told(part: Sequence[rows.Find]) -> list[Discrepancy]:
    """Finds as they are told: of each its entry, what it is, what became of it."""
    told = {
        one.index: one
        for one in entries(
            [one.entry for one in part] + [one.settled for one in part if one.settled is not None]
        )
    }
    known = [one.item_id for one in part if one.item_id is not None]
    about = _descriptions(known)
    found = []
    for one in part:
        scan = told[one.entry]
        settled = told[one.settled].data if one.settled is not None else {}
        found.append(
            Discrepancy(
                entry=one.entry,
                kind=one.outcome,
                item_id=one.item_id,
                agency=str(scan.data.get("agency", "")),
                tag=str(scan.data.get("tag", "")),
                description=about.get(one.item_id, "") if one.item_id is not None else "",
                code=str(scan.data.get("code", "")),
                place=str(scan.data.get("place", "")),
                why=str(scan.data.get("why", "")),
                by=str(scan.data["by"]),
                found_ms=scan.recorded_ms,
                settled=one.settled,
                how=str(settled.get("how", "")),
                reason=str(settled.get("reason", "")),
                settled_by=str(settled.get("by", "")),
            )
        )
    return found


def ask_find(inventory: int, entry: int) -> Discrepancy:
    """One thing that an inventory found, or did not: also what is all right.

    Raises:
        NotFound: the entry is no scan of it that stands.
    """
    found = rows.find_find(entry)
    if found is None or found.inventory != inventory:
        raise NotFound(say("Entry {entry} is nothing that this inventory found.", entry=entry))
    (told,) = _told([found])
    return told


def _agency_of(entry: int) -> str:
    if rows.find_inventory(entry) is None:
        raise NotFound(say("Entry {entry} opened no inventory.", entry=entry))
    (opened,) = entries([entry])
    return str(opened.data["agency"])


def _shelves(entry: int) -> list[ShelfState]:
    counted = rows.count_shelves(entry)
    names = name_shelves(one.shelf for one in counted)
    found = [
        ShelfState(
            names[one.shelf].place if one.shelf in names else "",
            one.expected,
            one.found,
            one.expected - one.found,
            one.closed,
        )
        for one in counted
    ]
    return sorted(found, key=lambda one: one.place.casefold())


def _descriptions(item_ids: Sequence[int]) -> dict[int, str]:
    first = first_rows(item_ids)
    told = {entry.index: entry for entry in entries(first.values())}
    return {item: str(told[entry].data.get("description", "")) for item, entry in first.items()}
