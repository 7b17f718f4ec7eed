"""Which determinations wait for a second reader? What they say is not told before the reader has answered."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.server.accounts.policy import Right
from fullfile.server.queries.readings import readings_waiting
from fullfile.server.store.keys import find_cases
from fullfile.server.store.naming import descriptions_of_items
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, export, listing_of

__all__ = ["waiting"]

_EPOCH = date(1970, 1, 1).toordinal()


@page(Right.DETERMINE, methods=("GET", "HEAD"))
def waiting(request: PageRequest) -> HttpResponse:
    """The list, the oldest first; one's own are not in it."""
    person = request.person
    only = None if person.cases is None else list(find_cases(list(person.cases)).values())
    listing = listing_of(request)
    limit, offset = (1_000_000, 0) if request.GET.get("format") else (PAGE, listing.offset)
    total, found = readings_waiting(person.name, only=only, limit=limit, offset=offset)
    names = descriptions_of_items({one.item_id for one in found})
    rows = [
        {
            "item": f"{one.agency} {one.tag}",
            "what": names[one.item_id].description if one.item_id in names else "",
            "case": one.case_number,
            "made_on": date.fromordinal(_EPOCH + one.day).isoformat(),
            "address": f"/items/{one.item_id}/determinations/{one.entry}/",
        }
        for one in found
    ]
    answer = export(
        request,
        "second-readings",
        ["item", "case", "made_on"],
        ([row["item"], row["case"], row["made_on"]] for row in rows),
    )
    if answer is not None:
        return answer
    return render(
        request,
        "review/readings.html",
        {"rows": rows, "total": total, "pager": listing.pages(total)},
    )
