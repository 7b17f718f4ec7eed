"""Items: the list, one of them on any day, its chain, who knew, what it touches, what holds it.

Tags and words come in a body, never in an address. What a reader may not see reads "sealed".

What this does not do: it handles nothing (`custody`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from fullfile.core.errors import NotFound
from fullfile.core.ids import day_text
from fullfile.engines.report.impact import ImpactView, impact_as_json
from fullfile.engines.report.knew import KnewView, knew_as_json
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field as Seen
from fullfile.server.accounts.policy import Reach, Right
from fullfile.server.accounts.policy import Shown as How
from fullfile.server.queries.chain import ask_chain_of
from fullfile.server.queries.holds import holds_of_item
from fullfile.server.queries.impact import ask_impact_of_item
from fullfile.server.queries.item_page import ItemPage, ask_item_page
from fullfile.server.queries.knew import ask_knew
from fullfile.server.queries.rows import rows_of_item
from fullfile.server.store.connections import agency_id, item_id_of
from fullfile.server.store.item_entries import count_entries, list_entries
from fullfile.server.store.item_lists import ItemRow, ItemsWanted, find_listed
from fullfile.server.store.load import find_cases
from fullfile.server.web.api.cases import Answers, Line, RowPage, RowsAsked
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import (
    SEALED,
    chain_for,
    hidden_name,
    is_sealed_from,
    line_for,
    plain,
    row_for,
    title_for,
    unviewed,
)
from fullfile.server.web.api.shapes import AnyDay, Id, Need, Page, PageOf, Said, Shown, page_of
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import ItemRef, case_in_reach, item_in_reach, own_agency

__all__ = ["desk"]

desk = Desk("Items")


class ItemShown(Shown):
    """An item in a list."""

    item_id: int
    agency: str
    tag: str
    description: str | None
    kind: str | None
    report_number: str | None
    held_since: str | None
    needs: str | None
    sealed: bool
    cases: list[str]


class ItemsShown(PageOf):
    """A part of the list of items; `more`: there are more than `total`."""

    more: bool
    rows: list[ItemShown]


class ItemWords(Said):
    """Which items: all that is said must hold."""

    words: Annotated[str, Field(max_length=200)] = ""
    agency: Annotated[str, Field(max_length=300)] = ""
    kind: Annotated[str, Field(max_length=60)] = ""
    needs: Literal["", "unshelved", "out", "elsewhere", "absent"] = ""
    bears: Literal["", "yes", "no"] = ""
    order: Literal["-recorded", "recorded", "tag", "-tag"] = "-recorded"
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=200)] = 50


class Tag(Said):
    """An item by agency and tag."""

    agency: Need
    tag: Need


class ItemFound(Shown):
    """An item found by its tag."""

    item_id: int
    agency: str
    tag: str
    own: bool


class CaseOfItem(Shown):
    """A case that an item bears on, and its lines there."""

    case_id: int
    case_number: str
    title: str | None
    because: str
    exhibit_number: str | None
    lines: list[Line]


class Whole(Shown):
    """One item as it stood at a moment."""

    item_id: int
    agency: str
    tag: str
    own: bool
    sealed: bool
    description: str | None
    kind: str | None
    category: str | None
    serial_number: str | None
    report_number: str | None
    here: bool
    place: str | None
    holder: str | None
    seal: str | None
    due_back: str | None
    held_since: str | None
    seen: int
    on_hold: bool
    cases: list[CaseOfItem]
    orphan: Line | None
    suggested: list[dict[str, Any]]
    contents: list[dict[str, str]]
    containers: list[dict[str, str]]


class ChainShown(Shown):
    """The chain of custody, newest first; `seen` is what an act names as seen."""

    item_id: int
    size: int
    seen: int
    zone: str
    now: dict[str, Any]
    steps: list[dict[str, Any]]


class ItemHolds(Shown):
    """What holds an item, or what lies in it."""

    agency: str
    tag: str
    holds: list[dict[str, Any]]
    inside: list[dict[str, Any]]
    open_orphan: bool


class EntryOfItem(Shown):
    """An entry, without its body."""

    index: int
    type: str
    recorded_at: str
    corrects: int | None


class EntryPage(PageOf):
    """A part of the entries about an item."""

    rows: list[EntryOfItem]


@desk.reads("/items/search", Right.SEE_ITEMS, ItemsShown, posted=True)
def search_items(request: Asking, said: ItemWords) -> dict[str, Any]:
    """The items within reach that begin with a tag or report number, lie on a shelf, or have all the words."""
    person = request.person
    page = Page(page=said.page, per_page=said.per_page)
    wanted = _wanted(person, said)
    found = find_listed(wanted, order=said.order, limit=page.per_page, offset=page.offset)
    rows = [_row(person, one) for one in found.rows]
    return page_of(rows, found.total, page) | {"more": found.more}


@desk.reads("/items/look-up", Right.SEE_ITEMS, ItemFound, posted=True)
def look_up_item(request: Asking, said: Tag) -> dict[str, Any]:
    """The item of an agency's tag."""
    found = item_id_of(said.agency, said.tag)
    if found is None:
        raise NotFound("There is no such item, or you may not see it. Ask a supervisor.")
    item = item_in_reach(request.person, found)
    return {"item_id": item.item_id, "agency": item.agency, "tag": item.tag, "own": item.own}


@desk.reads("/items/{int:item_id}", Right.SEE_ITEMS, Whole)
def get_item(request: Asking, item_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """One item: where it is, what holds it, every case it bears on, line by line, on any day."""
    item = item_in_reach(request.person, item_id)
    found = ask_item_page(item_id, **asked.moments, now_ms=now_ms())
    return _whole(request.person, item, found)


@desk.reads("/items/{int:item_id}/custody", Right.SEE_ITEMS, ChainShown)
def get_chain(request: Asking, item_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """The chain of custody, newest first, corrections above what they strike."""
    item = item_in_reach(request.person, item_id)
    found = ask_chain_of(item_id, **asked.moments, now_ms=now_ms())
    return chain_for(request.person, found, own=item.own)


@desk.reads("/items/{int:item_id}/knew", Right.SEE_KNEW, Answers)
def get_knew(request: Asking, item_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """Who held, handled, was told of, looked at or judged the item, and when (`fullfile knew`)."""
    item = item_in_reach(request.person, item_id)
    found = ask_knew(item.agency, item.tag, **asked.moments, now_ms=now_ms())
    told = knew_as_json(KnewView(found.knew, found.on, found.as_of, found.checkpoint))
    return unviewed(request.person, told)  # type: ignore[no-any-return]


@desk.reads("/items/{int:item_id}/impact", Right.SEE_IMPACT, Answers)
def get_impact_of_item(request: Asking, item_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """The cases, convictions, windows, holds and tasks that the item touches (`fullfile impact`)."""
    item = item_in_reach(request.person, item_id)
    found = ask_impact_of_item(item.agency, item.tag, **asked.moments, now_ms=now_ms())
    told = impact_as_json(
        ImpactView(found.impact, found.on, found.as_of, found.checkpoint, found.outcomes)
    )
    return unviewed(request.person, told)  # type: ignore[no-any-return]


@desk.reads("/items/{int:item_id}/holds", Right.SEE_ITEMS, ItemHolds)
def list_holds_of_item(request: Asking, item_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """What stands in the way of letting the item go, and what lifts it."""
    item = item_in_reach(request.person, item_id)
    found: dict[str, Any] = plain(
        holds_of_item(item.agency, item.tag, **asked.moments, now_ms=now_ms())
    )
    return found


_TABLES = {
    "lists": ("items", Right.SEE_ITEMS),
    "determinations": ("determinations", Right.SEE_VIEWS),
    "knowledge": ("knowledge", Right.SEE_KNEW),
    "mentions": ("mentions", Right.SEE_ITEMS),
}


def _add_rows(path: str, table: str, right: Right) -> None:
    def list_rows(request: Asking, item_id: Id, asked: Query[RowsAsked]) -> dict[str, Any]:
        item = item_in_reach(request.person, item_id)
        rows = rows_of_item(item.agency, item.tag, table, **asked.moments, now_ms=now_ms())
        part = Page(page=asked.page, per_page=asked.per_page)
        shown = rows[part.offset : part.offset + part.per_page]
        told = [row_for(request.person, row, own=item.own) for row in shown]
        return page_of(told, len(rows), part)

    list_rows.__name__ = f"list_{path}_of_item"
    list_rows.__doc__ = f"The rows of the table `{table}` that count for the item."
    desk.reads(f"/items/{{int:item_id}}/{path}", right, RowPage)(list_rows)


for _path, (_table, _right) in _TABLES.items():
    _add_rows(_path, _table, _right)


@desk.reads("/items/{int:item_id}/entries", Right.CHECK_RECORD, EntryPage)
def list_entries_of_item(request: Asking, item_id: Id, asked: Query[Page]) -> dict[str, Any]:
    """Every entry about the item, the newest first; `/record/entries/{index}` has the rest."""
    from fullfile.core.ids import instant_text

    item_in_reach(request.person, item_id)
    found = list_entries(item_id, limit=asked.per_page, offset=asked.offset)
    rows = [
        {
            "index": one.index,
            "type": one.type,
            "recorded_at": instant_text(one.recorded_ms),
            "corrects": one.corrects,
        }
        for one in found
    ]
    return page_of(rows, count_entries(item_id), asked)


def _wanted(person: Person, said: ItemWords) -> ItemsWanted:
    """What is asked for, within what the person reaches: as the page of items has it."""
    agencies, cases, bears = None, None, str(said.bears)
    match person.reach:
        case Reach.AGENCY:
            mine = own_agency(person)
            agencies = [] if mine is None else [mine]
        case Reach.CASES if person.cases is not None:
            cases = sorted(find_cases(list(person.cases)).values())
        case Reach.CASES if not person.office_side:
            bears = "yes"  # a court sees the items of its cases
        case Reach.NONE | Reach.CLIENTS:
            agencies = []
    named = agency_id(said.agency) if said.agency.strip() else None
    if said.agency.strip() and named is None:
        agencies = []
    return ItemsWanted(
        words=said.words,
        shelves=person.sees(Seen.SHELF, own=True) is How.YES,
        agency=named,
        kind=said.kind,
        what=said.needs,
        bears=bears,
        agencies=agencies,
        cases=cases,
    )


def _row(person: Person, one: ItemRow) -> dict[str, Any]:
    hidden = one.sealed and person.sees(Seen.SEALED) is not How.YES
    return {
        "item_id": one.item_id,
        "agency": one.agency,
        "tag": one.tag,
        "description": SEALED if hidden else one.description or None,
        "kind": one.kind or None,
        "report_number": one.report_number or None,
        "held_since": None if one.held is None else day_text(one.held),
        "needs": one.what or None,
        "sealed": one.sealed,
        "cases": list(one.cases),
    }


def _whole(person: Person, item: ItemRef, found: ItemPage) -> dict[str, Any]:
    sealed = found.sealed and person.sees(Seen.SEALED, own=item.own) is not How.YES
    shelf = person.sees(Seen.SHELF, own=item.own) is How.YES
    hand = found.hand

    def words(text: str) -> str | None:
        return SEALED if sealed and text else text or None

    return {
        "item_id": found.item_id,
        "agency": found.agency,
        "tag": found.tag,
        "own": item.own,
        "sealed": found.sealed,
        "description": words(found.description),
        "kind": found.kind or None,
        "category": words(found.category),
        "serial_number": words(found.serial),
        "report_number": found.report_number or None,
        "here": hand.is_here,
        "place": hand.place or None if shelf else SEALED if hand.place else None,
        "holder": hand.holder or None,
        "seal": hand.seal or None if shelf else SEALED if hand.seal else None,
        "due_back": hand.due_back or None,
        "held_since": None if found.held_since is None else day_text(found.held_since),
        "seen": max(0, found.question.size - 1),
        "on_hold": bool(found.holds or found.inside),
        "cases": [
            {
                "case_id": case.case_id,
                "case_number": case.number,
                "title": title_for(person, case.title, sealed=case.sealed),
                "because": SEALED if is_sealed_from(person, case.case_id) else case.because,
                "exhibit_number": case.exhibit or None,
                "lines": [
                    _line(
                        person,
                        line,
                        found,
                        hidden_name(place) if is_sealed_from(person, case.case_id) else None,
                    )
                    for place, line in enumerate(case.lines, 1)
                ],
            }
            for case in found.cases
            if _reaches(person, case.case_id)
        ],
        "orphan": None if found.orphan is None else _line(person, found.orphan, found),
        "suggested": [
            {
                "case_id": one.case_id,
                "case_number": one.number,
                "probability": float(one.probability),
            }
            for one in found.suggested
            if person.sees(Seen.SUGGESTIONS) is How.YES
        ],
        "contents": [{"agency": agency, "tag": tag} for agency, tag in found.contents],
        "containers": [{"agency": agency, "tag": tag} for agency, tag in found.containers],
    }


def _line(person: Person, line: Any, found: ItemPage, name: str | None = None) -> dict[str, Any]:
    """A line of an item; a sentence that tells somebody's view goes out to whoever may read views only."""
    viewed = any(f"{by} thinks it " in line.why for by in found.views_by)
    hidden = SEALED if viewed else None
    told = line_for(person, line, sealed=found.sealed, unviewed=hidden, name=name)
    return told | {"item_id": found.item_id}


def _reaches(person: Person, case_id: int) -> bool:
    try:
        case_in_reach(person, case_id)
    except NotFound:
        return False
    return True
