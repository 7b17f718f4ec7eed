"""What a property room looks for today: lists with a count, fifty to a page, searched by tag, words or shelf.

Each answers in milliseconds in a record of a million items: what an item asks is worked out when it is recorded
(`store.room`). A list tells how things stand now; a count opens exactly that many rows.

What this does not do: it does not say who may see a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fullfile.core.custody.labels import shelf_number
from fullfile.core.ids import DAY_MS, key, wall_ms
from fullfile.server.queries.counted_lately import lately
from fullfile.server.queries.hands import DUE_BACK
from fullfile.server.queries.worlds import clock_ms
from fullfile.server.store import room_lists
from fullfile.server.store.load import agencies as agency_names
from fullfile.server.store.load import current_size, entries, find_agencies, office
from fullfile.server.store.room_lists import Asking, Narrowed, Slice
from fullfile.server.store.shelves import list_agency_names, name_shelves
from fullfile.server.store.tags import list_tags

__all__ = [
    "PAGE",
    "InventoryRow",
    "LeavingRow",
    "MentionRow",
    "Page",
    "RoomCounts",
    "RoomRow",
    "count_room",
    "elsewhere",
    "inventories_under_way",
    "not_found",
    "out_and_not_back",
    "to_shelve",
    "unbooked_mentions",
    "unexamined",
    "waiting_for_approval",
]

PAGE = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RoomRow:
    """An item that asks something of a custodian.

    Attributes:
        item_id: its number, which addresses use.
        agency, tag, description: what it is.
        entry: the entry that puts it on the list.
        since: since when, on the office's clock (ms); None: not known.
        holder: who has it, where somebody has.
        purpose: why it is out, or what was said when it was missed.
        due_back: when it is due back, as it was said; empty: no day was agreed.
        past_due: whether that day is over.
        place: the last shelf that it was on.
    """

    item_id: int
    agency: str
    tag: str
    description: str
    entry: int
    since: int | None
    holder: str
    purpose: str
    due_back: str
    past_due: bool
    place: str


@dataclass(frozen=True, slots=True)
class LeavingRow:
    """A wish that an item may leave, which waits for another person."""

    entry: int
    item_id: int
    agency: str
    tag: str
    description: str
    how: str
    to: str
    reason: str
    by: str
    asked_ms: int
    order: str


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A report says that a thing was taken, and nobody booked it or said what became of it."""

    entry: int
    agency: str
    report_number: str
    description: str
    quantity: str
    mentioned_at: str
    by: str
    case_number: str


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """An inventory: the entry that opened it, its number, what it is about, who set it up."""

    entry: int
    agency: str
    number: int
    what: str
    where: tuple[str, ...]
    expected: int
    by: str
    opened_ms: int


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list.

    Attributes:
        count: how long the whole list is.
        exact: False: it is at least so long; the rest was not looked at.
        rows: those of this page.
        page, pages: which page, of how many, from 1.
    """

    count: int
    exact: bool
    rows: tuple[T, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class RoomCounts:
    """The counts of a custodian's start page; `unexamined_exact` False: at least so many."""

    to_shelve: int
    out: int
    past_due: int
    not_found: int
    elsewhere: int
    unexamined: int
    unexamined_exact: bool
    unbooked: int
    waiting: int
    inventories: int


def count_room(agencies: Sequence[str] | None = None, *, now_ms: int | None = None) -> RoomCounts:
    """How long each list is.

    Args:
        agencies: whose rooms; None: of all.
        now_ms: what the clock says; None reads it.
    """
    narrowed = _narrowed(agencies, "")
    ids = narrowed.agencies
    day = _today(now_ms)
    size, whose = current_size(), None if ids is None else tuple(ids)
    by_what = lately(("room", whose), size, lambda: room_lists.count_room(ids))
    alone = lately(("unexamined", whose), size, lambda: room_lists.list_unexamined(narrowed, 0, 0))
    return RoomCounts(
        to_shelve=by_what.get("unshelved", 0),
        out=by_what.get("out", 0),
        past_due=lately(
            ("past due", whose, day), size, lambda: room_lists.count_past_due(ids, day)
        ),
        not_found=by_what.get("absent", 0),
        elsewhere=by_what.get("elsewhere", 0),
        unexamined=alone.count,
        unexamined_exact=alone.exact,
        unbooked=lately(
            ("unbooked", whose), size, lambda: room_lists.list_unbooked(narrowed, 0, 0).count
        ),
        waiting=room_lists.list_leavings(narrowed, 0, 0).count,
        inventories=len(room_lists.list_inventories(ids, under_way=True)),
    )


def to_shelve(
    agencies: Sequence[str] | None = None,
    *,
    search: str = "",
    page: int = 1,
    per_page: int = PAGE,
    now_ms: int | None = None,
) -> Page[RoomRow]:
    """Items that are here and on no shelf, the longest first."""
    return _asking("unshelved", agencies, search, (page, per_page), now_ms)


def out_and_not_back(
    agencies: Sequence[str] | None = None,
    *,
    search: str = "",
    page: int = 1,
    per_page: int = PAGE,
    now_ms: int | None = None,
) -> Page[RoomRow]:
    """Items that are signed out, past due first, then the longest."""
    return _asking("out", agencies, search, (page, per_page), now_ms)


def elsewhere(
    agencies: Sequence[str] | None = None,
    *,
    search: str = "",
    page: int = 1,
    per_page: int = PAGE,
    now_ms: int | None = None,
) -> Page[RoomRow]:
    """Items that were handed over to somebody and have not come back; no day was agreed."""
    return _asking("elsewhere", agencies, search, (page, per_page), now_ms)


def not_found(
    agencies: Sequence[str] | None = None,
    *,
    search: str = "",
    page: int = 1,
    per_page: int = PAGE,
    now_ms: int | None = None,
) -> Page[RoomRow]:
    """Items that were looked for and not found, or counted short, the longest first."""
    return _asking("absent", agencies, search, (page, per_page), now_ms)


def unexamined(
    agencies: Sequence[str] | None = None,
    *,
    search: str = "",
    page: int = 1,
    per_page: int = PAGE,
    now_ms: int | None = None,
) -> Page[RoomRow]:
    """Items that bear on no case and that no run of `link` has covered, the newest first."""
    narrowed = _narrowed(agencies, search)
    number, offset = _place(page, per_page)
    found = room_lists.list_unexamined(narrowed, per_page, offset)
    return _page(found, _rows(found.rows, _today(now_ms)), number, per_page)


def unbooked_mentions(
    agencies: Sequence[str] | None = None,
    *,
    search: str = "",
    page: int = 1,
    per_page: int = PAGE,
) -> Page[MentionRow]:
    """What reports say was taken and nobody booked or answered, the oldest first."""
    number, offset = _place(page, per_page)
    found = room_lists.list_unbooked(_narrowed(agencies, search), per_page, offset)
    told = {entry.index: entry for entry in entries(found.rows)}
    rows = []
    for index in found.rows:
        data = told[index].data
        rows.append(
            MentionRow(
                index,
                str(data["agency"]),
                str(data["report_number"]),
                str(data.get("description", "")),
                str(data.get("quantity", "")),
                str(data.get("mentioned_at", "")),
                str(data.get("by", "")),
                str(data.get("case_number", "")),
            )
        )
    return _page(found, tuple(rows), number, per_page)


def waiting_for_approval(
    agencies: Sequence[str] | None = None,
    *,
    search: str = "",
    page: int = 1,
    per_page: int = PAGE,
) -> Page[LeavingRow]:
    """Wishes that an item may leave, which nobody has answered, the oldest first."""
    number, offset = _place(page, per_page)
    found = room_lists.list_leavings(_narrowed(agencies, search), per_page, offset)
    told = {entry.index: entry for entry in entries(one.entry for one in found.rows)}
    about = _descriptions([one.item_id for one in found.rows])
    rows = []
    for one in found.rows:
        entry = told[one.entry]
        data = entry.data
        order = ", ".join(str(data[name]) for name in ("authority", "order") if data.get(name))
        rows.append(
            LeavingRow(
                one.entry,
                one.item_id,
                str(data["agency"]),
                str(data["tag"]),
                about.get(one.item_id, ""),
                str(data["how"]),
                str(data.get("to", "")),
                str(data["reason"]),
                str(data["by"]),
                entry.recorded_ms,
                order,
            )
        )
    return _page(found, tuple(rows), number, per_page)


def inventories_under_way(
    agencies: Sequence[str] | None = None, *, under_way: bool = True
) -> tuple[InventoryRow, ...]:
    """The inventories that nobody has closed yet, or all, the newest first."""
    found = room_lists.list_inventories(_narrowed(agencies, "").agencies, under_way=under_way)
    told = {entry.index: entry for entry in entries(found)}
    return tuple(
        InventoryRow(
            index,
            str(told[index].data["agency"]),
            int(told[index].data["number"]),
            str(told[index].data["what"]),
            tuple(told[index].data.get("where", ())),
            int(told[index].data["expected"]),
            str(told[index].data["by"]),
            told[index].recorded_ms,
        )
        for index in found
    )


def _asking(
    what: str,
    agencies: Sequence[str] | None,
    search: str,
    place: tuple[int, int],
    now_ms: int | None,
) -> Page[RoomRow]:
    number, offset = _place(*place)
    found = room_lists.list_asking(what, _narrowed(agencies, search), place[1], offset)
    return _page(found, _rows(found.rows, _today(now_ms)), number, place[1])


def _rows(asking: Sequence[Asking], today: int) -> tuple[RoomRow, ...]:
    told = {entry.index: entry for entry in entries({one.entry for one in asking})}
    about = _descriptions([one.item_id for one in asking])
    tags = list_tags(one.item_id for one in asking)
    shelves = name_shelves(one.place for one in asking if one.place is not None)
    names = list_agency_names({one.agency_id for one in asking})
    rows = []
    for one in asking:
        entry = told[one.entry]
        is_event = entry.type == "custody.recorded"
        rows.append(
            RoomRow(
                item_id=one.item_id,
                agency=names[one.agency_id],
                tag=tags[one.item_id],
                description=about.get(one.item_id, ""),
                entry=one.entry,
                since=one.since,
                holder=str(entry.data.get("to", "")) if is_event else "",
                purpose=str(entry.data.get("reason", "")) if is_event else "",
                due_back=entry.more.get(DUE_BACK, "") if is_event else "",
                past_due=one.due_day is not None and one.due_day < today,
                place=shelves[one.place].place if one.place in shelves else "",
            )
        )
    return tuple(rows)


def _descriptions(item_ids: Sequence[int]) -> dict[int, str]:
    first = room_lists.first_rows(item_ids)
    told = {entry.index: entry for entry in entries(first.values())}
    return {item: str(told[entry].data.get("description", "")) for item, entry in first.items()}


def _page(found: Slice, rows: tuple[T, ...], page: int, per_page: int) -> Page[T]:
    return Page(found.count, found.exact, rows, page, max(1, -(-found.count // max(1, per_page))))


def _place(page: int, per_page: int) -> tuple[int, int]:
    number = max(1, page)
    return number, (number - 1) * per_page


def _narrowed(agencies: Sequence[str] | None, search: str) -> Narrowed:
    ids: list[int] | None = None
    words = search.strip()
    names = agency_names() if agencies is not None or words else {}
    called = list(dict.fromkeys(names.values()))
    if agencies is not None:
        called = [names.get(key(one), one) for one in agencies]
        ids = sorted(find_agencies(called).values())
    shelves = [shelf_number(one, words) for one in called] if words else []
    return Narrowed(ids, words, shelves)


def _today(now_ms: int | None) -> int:
    return wall_ms(clock_ms(now_ms), office().zone) // DAY_MS
