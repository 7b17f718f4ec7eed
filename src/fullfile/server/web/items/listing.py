"""The list of items: searched by tag, report number, shelf or words, filtered, and paged in SQL.

Whoever reaches items by their agency lists that agency's; whoever reaches cases lists theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.custody.hand import Hand
from fullfile.core.entries.rows import ITEM_KINDS
from fullfile.core.ids import key, parse_when
from fullfile.engines.report.knew import short_when
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Reach, Right, Shown
from fullfile.server.queries.hands import hands_of_items
from fullfile.server.store.item_lists import (
    ORDERS,
    WHAT,
    ItemRow,
    ItemsFound,
    ItemsWanted,
    agencies_of_items,
    find_listed,
)
from fullfile.server.store.keys import find_cases
from fullfile.server.web.clock import now_ms
from fullfile.server.web.dated import dated
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.where import Where, where_is
from fullfile.server.web.items.words import kind_words, what_words
from fullfile.server.web.listing import PAGE, Listing, export, listing_of, posted_words
from fullfile.server.web.reach import own_agency

__all__ = ["items"]

EXPORTED = 10_000
"""So many rows an export has at most; a longer one is the whole record's (`fullfile export`)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row as the page shows it."""

    address: str
    agency: str
    tag: str
    description: str
    sealed: bool
    report_number: str
    kind: str
    held: str
    where: Where
    cases: tuple[str, ...]


@page(Right.SEE_ITEMS)
def items(request: PageRequest) -> HttpResponse:
    """Which items are there, where are they, and which bear on no case?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    listing = listing_of(
        request, filters=("agency", "kind", "what", "bears", "shelf"), orders=tuple(ORDERS)
    )
    wanted = _wanted(person, listing)
    whole = request.GET.get("format") in {"csv", "json"}
    found = find_listed(
        wanted,
        order=listing.order,
        limit=EXPORTED if whole else PAGE,
        offset=0 if whole else listing.offset,
    )
    mine = own_agency(person)
    rows = [_row(person, one, hand, mine) for one, hand in _with_hands(found)]
    if whole and (answer := export(request, "items", _HEADER, map(_cells, rows))):
        return answer
    return render(
        request,
        "items/list.html",
        {
            "listing": listing,
            "pager": listing.pages(found.total),
            "rows": rows,
            "verdict": _verdict(found, listing),
            "found": found,
            "agencies": agencies_of_items(wanted.agencies),
            "kinds": [(one, kind_words(one)) for one in ITEM_KINDS],
            "whats": [(one, what_words(one)) for one in WHAT],
            "reach": _reach_words(person),
            "sees_shelf": person.sees(Field.SHELF, own=True) is Shown.YES,
        },
    )


def _wanted(person: Person, listing: Listing) -> ItemsWanted:
    said = listing.filters
    agencies, cases = None, None
    bears = said.get("bears", "") if said.get("bears") in {"no", "yes"} else ""
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
    shelves = person.sees(Field.SHELF, own=True) is Shown.YES
    return ItemsWanted(
        words=listing.words,
        shelves=shelves,
        agency=_number(said.get("agency", "")),
        kind=said.get("kind", "") if said.get("kind") in ITEM_KINDS else "",
        what=said.get("what", "") if said.get("what") in WHAT else "",
        shelf=_number(said.get("shelf", "")) if shelves else None,
        bears=bears,
        agencies=agencies,
        cases=cases,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _with_hands(found: ItemsFound) -> list[tuple[ItemRow, Hand]]:
    """Rows with where each item is, in one go."""
    ids = {(key(one.agency), key(one.tag)): one.item_id for one in found.rows}
    hands = {}
    pairs = list(ids.items())
    for start in range(0, len(pairs), 500):
        hands.update(hands_of_items(dict(pairs[start : start + 500]), now_ms=now_ms()))
    return [(one, hands[one.item_id].hand) for one in found.rows]


def _row(person: Person, one: ItemRow, hand: Hand, mine: int | None) -> Listed:
    own = mine is not None and one.agency_id == mine
    sealed = one.sealed and person.sees(Field.SEALED, own=own) is not Shown.YES
    return Listed(
        address=reverse("item", kwargs={"item_id": one.item_id}),
        agency=one.agency,
        tag=one.tag,
        description="" if sealed else one.description,
        sealed=sealed,
        report_number=one.report_number,
        kind=kind_words(one.kind),
        held=_held(one),
        where=where_is(person, hand, own=own),
        cases=one.cases,
    )


_HEADER = (
    "agency",
    "tag",
    "description",
    "report_number",
    "kind",
    "held_since",
    "state",
    "where",
    "cases",
)


def _cells(row: Listed) -> list[object]:
    return [
        row.agency,
        row.tag,
        "sealed" if row.sealed else row.description,
        row.report_number,
        row.kind,
        row.held,
        row.where.word,
        row.where.words,
        "; ".join(row.cases),
    ]


def _held(one: ItemRow) -> str:
    """Since when, as the list first on record says it; a partial date stays partial."""
    if one.listed is None:
        return ""
    data = one.listed.data
    said = [str(data[name]) for name in ("collected_at", "booked_at") if data.get(name)]
    return dated(short_when(min(said, key=lambda text: parse_when(text).first))) if said else ""


def _verdict(found: ItemsFound, listing: Listing) -> str:
    many = f"{found.total:,}"
    if found.more:
        return _("More than %(many)s items.") % {"many": many}
    if not found.total:
        return _("No item matches.") if listing.words or listing.filters else _("No item yet.")
    if found.total == 1:
        return _("1 item.")
    return _("%(many)s items.") % {"many": many}


def _reach_words(person: Person) -> str:
    match person.reach:
        case Reach.AGENCY:
            return _(
                "These are the items of %(agency)s. Items of other agencies are found from the cases they bear on."
            ) % {"agency": person.works_for or _("no agency on record")}
        case Reach.CASES if person.cases is not None:
            return _("These are the items of your cases.")
        case Reach.CASES if not person.office_side:
            return _("These are the items that bear on a case.")
        case _:
            return ""
