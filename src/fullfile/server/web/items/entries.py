"""Every entry about one item, the newest first, each with its content where the person reads it, and its proof."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.server.accounts.policy import Right
from fullfile.server.store.item_entries import count_entries, list_entries
from fullfile.server.web.contents import tells_kind
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.frame import frame
from fullfile.server.web.listing import PAGE, export, listing_of
from fullfile.server.web.reach import item_in_reach
from fullfile.server.web.record.presenters import EntryShown, instants_of

__all__ = ["entries"]

_MOST = 10_000


@page(Right.SEE_ITEMS, methods=("GET", "HEAD"))
def entries(request: PageRequest, item_id: int) -> HttpResponse:
    """What is on record about it, entry by entry?"""
    person = request.person
    item = item_in_reach(person, item_id)
    listing = listing_of(request)
    whole = request.GET.get("format") in {"csv", "json"}
    found = list_entries(
        item_id, limit=_MOST if whole else PAGE, offset=0 if whole else listing.offset
    )
    told = tells_kind(person)
    rows = [(EntryShown.of(one, told=told), instants_of(one)) for one in found]
    header = ("entry", "recorded_at", "type", "by", "source", "happened")
    cells = ([one.index, one.recorded, one.type, one.by, one.source, when] for one, when in rows)
    if whole and (answer := export(request, f"item-{item_id}-record", header, cells)):
        return answer
    around = frame(person, item, "item_record")
    return render(
        request,
        "items/record.html",
        around | {"rows": rows, "listing": listing, "pager": listing.pages(count_entries(item_id))},
    )
