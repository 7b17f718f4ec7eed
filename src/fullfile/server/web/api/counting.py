"""Inventories by scanning, and a custodian's lists: open, scan, close a shelf, settle what does not agree, close.

A scanner that was offline sends what it kept in one request, each scan with the one-time number that it gave it: sent
twice, each is recorded once. A blind inventory tells nobody what to expect before it is closed.

What this does not do: it draws nothing and judges nothing; the same actions serve the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from ninja import Query, Schema
from pydantic import ConfigDict, Field

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Field as Seen
from fullfile.server.accounts.policy import Reach, Right
from fullfile.server.accounts.policy import Shown as How
from fullfile.server.actions.inventories import close_inventory, close_shelf, open_inventory
from fullfile.server.actions.scanning import Scanned, ToScan, scan_items, settle_discrepancy
from fullfile.server.actions.unscanning import undo_scan
from fullfile.server.queries.inventories import (
    InventoryState,
    ask_find,
    ask_inventory,
    list_discrepancies,
    list_expected,
)
from fullfile.server.queries.room import (
    count_room,
    elsewhere,
    inventories_under_way,
    not_found,
    out_and_not_back,
    to_shelve,
    unbooked_mentions,
    unexamined,
    waiting_for_approval,
)
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import SEALED, plain
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Long, Need, Said, Shown
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import item_in_reach, items_in_reach

__all__ = ["FiftyAsked", "Some", "desk", "rooms_of", "some_of"]

desk = Desk("Inventories and the room")

Short = Annotated[str, Field(max_length=300)]
Number = Annotated[int, Field(ge=0, le=2**53 - 1)]
_SHELVES = frozenset({"place", "seal", "where"})
_WORDS = _SHELVES | {"description", "holder", "purpose", "to", "reason", "order", "why"}


class Inventories(Shown):
    """Inventories, the newest first."""

    rows: list[dict[str, Any]]


class Inventory(Shown):
    """An inventory as it stands."""

    entry: int
    agency: str
    number: int
    what: str
    percent: int
    seed: str
    blind: bool
    by: str
    closed: int | None
    held: int
    expected: int
    found: int
    to_find: int
    kinds: dict[str, list[int]]
    shelves: list[dict[str, Any]]


class Some(Shown):
    """A part of a list, fifty to a page; `exact`: the count is the whole."""

    count: int
    exact: bool
    page: int
    pages: int
    rows: list[dict[str, Any]]


class Counts(Shown):
    """How long each list of the room is."""

    counts: dict[str, int | bool]


class FiftyAsked(Schema):
    """Which page of fifty."""

    model_config = ConfigDict(extra="forbid")

    page: int = Field(1, ge=1, le=100_000)


class RoomWords(Said):
    """Words that a tag, a description or a shelf contains, and which page of fifty."""

    words: Annotated[str, Field(max_length=200)]
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class InventoriesAsked(Schema):
    """Which inventories."""

    model_config = ConfigDict(extra="forbid")

    under_way: bool = Field(default=False, description="Only those that nobody has closed yet.")


class ExpectedAsked(FiftyAsked):
    """What of what is expected."""

    which: Literal["all", "to_find", "found"] = "all"


class OddAsked(FiftyAsked):
    """Which discrepancies."""

    kind: Literal["not_found", "wrong_place", "unrecorded", "altered"] = "not_found"
    unsettled: bool = False


class Opening(Said):
    """An inventory to be set up."""

    agency: Annotated[
        str, Field(max_length=300, description="Whose room; empty: one's own agency's.")
    ] = ""
    where: Annotated[list[Need], Field(max_length=500, default_factory=list)]
    what: Literal["all", "sample"] = "all"
    percent: Annotated[int, Field(ge=1, le=100)] = 10
    seed: Annotated[str, Field(max_length=120)] = ""
    blind: bool = False


class ScanSaid(Said):
    """Something that stands on a shelf."""

    code: Need
    place: Short
    agency: Short = ""
    seal: Short = ""
    seal_intact: bool | None = None
    quantity: Annotated[str, Field(max_length=120)] = ""
    package: Short = ""
    once: Annotated[
        str, Field(max_length=100, description="The scanner's own number of this scan.")
    ] = ""
    is_tag: bool = False


class Scans(Said):
    """Scans in their order: all are recorded, or none."""

    scans: Annotated[list[ScanSaid], Field(min_length=1, max_length=500)]


class ShelfSaid(Said):
    """A shelf that is done; empty: what the record has on no shelf."""

    place: Short = ""
    not_scanned: Annotated[
        int | None, Field(ge=0, le=2**31, description="How many were shown as not scanned.")
    ] = None


class Settling(Said):
    """What became of a discrepancy."""

    how: Annotated[str, Field(min_length=1, max_length=60)]
    reason: Need
    item_id: Annotated[Number | None, Field(description="Of a thing that was booked.")] = None


class Closing(Said):
    """Who counted with whoever closes it."""

    second: Need


class ReasonSaid(Said):
    """Why."""

    reason: Annotated[Long, Field(min_length=1)]


@desk.reads("/room", Right.HANDLE, Counts)
def count_lists(request: Asking) -> dict[str, Any]:
    """How long each list of one's own room is."""
    found = plain(count_room(rooms_of(request.person), now_ms=now_ms()))
    return {"counts": found}


_LISTS: dict[str, tuple[Callable[..., Any], Right]] = {
    "to-shelve": (to_shelve, Right.HANDLE),
    "out": (out_and_not_back, Right.HANDLE),
    "elsewhere": (elsewhere, Right.HANDLE),
    "not-found": (not_found, Right.SEE_ITEMS),
    "unexamined": (unexamined, Right.SEE_ITEMS),
    "unbooked": (unbooked_mentions, Right.MENTION),
}
"""The lists of a room, with the right that the page of each asks for."""


def _add_list(name: str, ask: Callable[..., Any], right: Right) -> None:
    def list_some(request: Asking, asked: Query[FiftyAsked]) -> dict[str, Any]:
        return some_of(request.person, ask(rooms_of(request.person), page=asked.page))

    def search_some(request: Asking, said: RoomWords) -> dict[str, Any]:
        found = ask(rooms_of(request.person), search=said.words.strip(), page=said.page)
        return some_of(request.person, found)

    says = (ask.__doc__ or "").split("\n", 1)[0]
    list_some.__name__ = f"list_{name.replace('-', '_')}"
    list_some.__doc__ = says
    desk.reads(f"/room/{name}", right, Some)(list_some)
    search_some.__name__ = f"search_{name.replace('-', '_')}"
    search_some.__doc__ = f"{says.rstrip('.')}: those whose tag, words or shelf match."
    desk.reads(f"/room/{name}/search", right, Some, posted=True)(search_some)


for _name, (_ask, _right) in _LISTS.items():
    _add_list(_name, _ask, _right)


@desk.reads("/room/leaving", Right.SELF, Some)
def list_leaving(request: Asking, asked: Query[FiftyAsked]) -> dict[str, Any]:
    """Wishes that an item may leave, which wait: for who approves those in reach, for who asks those of the own room."""
    person = request.person
    if not (can(person, Right.APPROVE_LEAVING) or can(person, Right.ASK_TO_LEAVE)):
        raise NotFound("Approvals are for custodians and supervisors.")
    agencies = [person.works_for] if can(person, Right.ASK_TO_LEAVE) else None
    found = waiting_for_approval(agencies, page=asked.page)
    reached = items_in_reach(person, {row.item_id for row in found.rows})
    return some_of(
        person, replace(found, rows=tuple(row for row in found.rows if row.item_id in reached))
    )


@desk.reads("/inventories", Right.SEE_COUNT, Inventories)
def list_inventories(request: Asking, asked: Query[InventoriesAsked]) -> dict[str, Any]:
    """The inventories within reach, the newest first: all, or those that nobody has closed yet."""
    found = inventories_under_way(rooms_of(request.person), under_way=asked.under_way)
    return {"rows": [_veiled(request.person, plain(one)) for one in found]}


@desk.reads("/inventories/{int:entry}", Right.SET_UP_COUNT, Inventory)
def get_inventory(request: Asking, entry: Id) -> dict[str, Any]:
    """An inventory as it stands: what was expected, found, and does not agree."""
    found = plain(_inventory(request.person, entry))
    found["shelves"] = [_veiled(request.person, one) for one in found["shelves"]]
    return found  # type: ignore[no-any-return]


@desk.reads("/inventories/{int:entry}/expected", Right.SET_UP_COUNT, Some)
def list_what_is_expected(
    request: Asking, entry: Id, asked: Query[ExpectedAsked]
) -> dict[str, Any]:
    """What an inventory is to find; of a blind one, only what was found until it is closed."""
    state = _inventory(request.person, entry)
    blind = state.blind and state.closed is None
    found = list_expected(
        entry,
        to_find=asked.which == "to_find" and not blind,
        found=asked.which == "found" or blind,
        page=asked.page,
    )
    return some_of(request.person, found)


@desk.reads("/inventories/{int:entry}/discrepancies", Right.SET_UP_COUNT, Some)
def list_what_does_not_agree(request: Asking, entry: Id, asked: Query[OddAsked]) -> dict[str, Any]:
    """What does not agree: not found, in the wrong place, unrecorded, altered."""
    _inventory(request.person, entry)
    found = list_discrepancies(entry, asked.kind, unsettled=asked.unsettled, page=asked.page)
    return some_of(request.person, found)


@desk.acts("/inventories", Right.SET_UP_COUNT)
def set_up_inventory(request: Asking, said: Opening) -> Answer:
    """Set up an inventory and draw what it is to find; whoever has the seed can draw it again."""
    person = request.person
    agency = said.agency.strip() or person.works_for
    if person.reach is Reach.AGENCY and key(agency) != key(person.works_for):
        raise NotFound("You count your own agency's room.")
    return recorded(
        request,
        lambda: open_inventory(
            agency=agency,
            where=said.where,
            what=said.what,
            percent=said.percent,
            seed=said.seed,
            blind=said.blind,
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
        tell=plain,
    )


@desk.acts("/inventories/{int:entry}/scans", Right.COUNT)
def scan(request: Asking, entry: Id, said: Scans) -> Answer:
    """Scan what stands on shelves: one scan, or all that a scanner kept while it was offline."""
    person = request.person
    _inventory(person, entry)
    scans = [ToScan(**one.model_dump()) for one in said.scans]
    return recorded(
        request,
        lambda: scan_items(
            inventory=entry, scans=scans, by=person.name, actor=person.name, now_ms=now_ms()
        ),
        tell=_scanned,
    )


@desk.acts("/inventories/{int:entry}/scans/{int:scanned}/undo", Right.COUNT)
def take_scan_back(request: Asking, entry: Id, scanned: Id, said: ReasonSaid) -> Answer:
    """Take a scan back that was a mistake; it stays on the record, struck."""
    person = request.person
    _find_in(person, entry, scanned)
    return recorded(
        request,
        lambda: undo_scan(
            scan=scanned,
            reason=said.reason,
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/inventories/{int:entry}/shelves/close", Right.COUNT)
def close_one_shelf(request: Asking, entry: Id, said: ShelfSaid) -> Answer:
    """Close a shelf: what is expected there and was scanned nowhere is missing from then on."""
    person = request.person
    _inventory(person, entry)
    return recorded(
        request,
        lambda: close_shelf(
            inventory=entry,
            place=said.place,
            not_scanned=said.not_scanned,
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
        tell=plain,
    )


@desk.acts("/inventories/{int:entry}/discrepancies/{int:found}/settle", Right.COUNT)
def settle(request: Asking, entry: Id, found: Id, said: Settling) -> Answer:
    """Say what became of something that does not agree."""
    person = request.person
    _find_in(person, entry, found)
    item = None if said.item_id is None else item_in_reach(person, said.item_id)
    return recorded(
        request,
        lambda: settle_discrepancy(
            discrepancy=found,
            how=said.how,
            reason=said.reason,
            agency=item.agency if item else "",
            tag=item.tag if item else "",
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/inventories/{int:entry}/close", Right.SET_UP_COUNT)
def close_whole_inventory(request: Asking, entry: Id, said: Closing) -> Answer:
    """End an inventory, in the names of two persons."""
    person = request.person
    _inventory(person, entry)
    return recorded(
        request,
        lambda: close_inventory(
            inventory=entry,
            second=said.second,
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


def rooms_of(person: Person) -> list[str] | None:
    """Of whose rooms somebody sees the lists; None: of all."""
    return [person.works_for] if person.reach is Reach.AGENCY else None


def _inventory(person: Person, entry: int) -> InventoryState:
    """An inventory within reach: of one's own agency's room, or of any for who reaches them all."""
    found = ask_inventory(entry)
    if person.reach is Reach.AGENCY and key(found.agency) != key(person.works_for):
        raise NotFound("There is no such inventory, or you may not see it.")
    return found


def _find_in(person: Person, entry: int, found: int) -> None:
    """The scan or discrepancy is one of this inventory, within reach."""
    _inventory(person, entry)
    ask_find(entry, found)


def some_of(person: Person, found: Any, rows: Sequence[Any] | None = None) -> dict[str, Any]:
    """A page of a list of the room, as `Some`, for a person: of an item out of reach its number and dates only.

    Args:
        person: who reads it.
        found: a page as the queries give it.
        rows: the rows to be told in place of those of the page.
    """
    told = [plain(one) for one in (found.rows if rows is None else rows)]
    reached = items_in_reach(person, {one["item_id"] for one in told if _is_of_item(one)})
    return {
        "count": found.count,
        "exact": found.exact,
        "page": found.page,
        "pages": found.pages,
        "rows": [
            _veiled(person, one)
            if not _is_of_item(one) or one["item_id"] in reached
            else _shut(one)
            for one in told
        ],
    }


def _is_of_item(row: dict[str, Any]) -> bool:
    return row.get("item_id") is not None


def _shut(row: dict[str, Any]) -> dict[str, Any]:
    return {name: SEALED if name in _WORDS and value else value for name, value in row.items()}


def _veiled(person: Person, row: dict[str, Any]) -> dict[str, Any]:
    """A row without its shelf and seal, for whoever may not read those."""
    own = key(str(row.get("agency") or "")) == key(person.works_for)
    if person.sees(Seen.SHELF, own=own or "agency" not in row) is How.YES:
        return row
    return {name: SEALED if name in _SHELVES and value else value for name, value in row.items()}


def _scanned(done: list[Scanned]) -> dict[str, Any]:
    return {"scans": [plain(one) for one in done]}
