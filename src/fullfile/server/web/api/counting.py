"""Inventories by scanning, and a custodian's lists: open, scan, close a shelf, settle what does not agree, close.

A scanner that was offline sends what it kept in one request, each scan with the one-time number that it gave it: sent
twice, each is recorded once. A blind inventory tells nobody what to expect before it is closed.

What this does not do: it draws nothing and judges nothing; the same actions serve the pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from ninja import Query, Schema
from pydantic import ConfigDict, Field

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person
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
    waiting_for_approval,
)
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import SEALED, plain
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Long, Need, Said, Shown
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import item_in_reach

__all__ = ["desk"]

desk = Desk("Inventories and the room")

Short = Annotated[str, Field(max_length=300)]
Number = Annotated[int, Field(ge=0, le=2**53 - 1)]
_SHELVES = frozenset({"place", "seal", "where"})


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
    found = plain(count_room(_agencies(request.person), now_ms=now_ms()))
    return {"counts": found}


_LISTS: dict[str, tuple[Callable[..., Any], Right]] = {
    "to-shelve": (to_shelve, Right.HANDLE),
    "out": (out_and_not_back, Right.HANDLE),
    "elsewhere": (elsewhere, Right.HANDLE),
    "not-found": (not_found, Right.HANDLE),
    "unbooked": (unbooked_mentions, Right.MENTION),
    "leaving": (waiting_for_approval, Right.APPROVE_LEAVING),
}
"""A custodian's lists, and what waits for a supervisor."""


def _add_list(name: str, ask: Callable[..., Any], right: Right) -> None:
    def list_some(request: Asking, asked: Query[FiftyAsked]) -> dict[str, Any]:
        return _some(request.person, ask(_agencies(request.person), page=asked.page))

    list_some.__name__ = f"list_{name.replace('-', '_')}"
    list_some.__doc__ = (ask.__doc__ or "").split("\n", 1)[0]
    desk.reads(f"/room/{name}", right, Some)(list_some)


for _name, (_ask, _right) in _LISTS.items():
    _add_list(_name, _ask, _right)


@desk.reads("/inventories", Right.SET_UP_COUNT, Inventories)
def list_inventories(request: Asking) -> dict[str, Any]:
    """The inventories within reach, the newest first, also those that are closed."""
    found = inventories_under_way(_agencies(request.person), under_way=False)
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
    return _some(request.person, found)


@desk.reads("/inventories/{int:entry}/discrepancies", Right.SET_UP_COUNT, Some)
def list_what_does_not_agree(request: Asking, entry: Id, asked: Query[OddAsked]) -> dict[str, Any]:
    """What does not agree: not found, in the wrong place, unrecorded, altered."""
    _inventory(request.person, entry)
    found = list_discrepancies(entry, asked.kind, unsettled=asked.unsettled, page=asked.page)
    return _some(request.person, found)


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


def _agencies(person: Person) -> list[str] | None:
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


def _some(person: Person, found: Any) -> dict[str, Any]:
    return {
        "count": found.count,
        "exact": found.exact,
        "page": found.page,
        "pages": found.pages,
        "rows": [_veiled(person, plain(one)) for one in found.rows],
    }


def _veiled(person: Person, row: dict[str, Any]) -> dict[str, Any]:
    """A row without its shelf and seal, for whoever may not read those."""
    own = key(str(row.get("agency") or "")) == key(person.works_for)
    if person.sees(Seen.SHELF, own=own or "agency" not in row) is How.YES:
        return row
    return {name: SEALED if name in _SHELVES and value else value for name, value in row.items()}


def _scanned(done: list[Scanned]) -> dict[str, Any]:
    return {"scans": [plain(one) for one in done]}
