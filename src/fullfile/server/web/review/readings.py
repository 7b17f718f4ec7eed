"""Which determinations wait for a second reader? What they say is not told before the reader has answered."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.server.accounts.policy import Right
from fullfile.server.queries.readings import readings_waiting
from fullfile.server.store.keys import find_cases
from fullfile.server.store.naming import descriptions_of_items
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, long_list
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["waiting"]

_EPOCH = date(1970, 1, 1).toordinal()


@page(Right.DETERMINE)
def waiting(request: PageRequest) -> HttpResponse:
    """The list, the oldest first; one's own are not in it."""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    only = None if person.cases is None else list(find_cases(list(person.cases)).values())

    def read(_words: str, offset: int, limit: int) -> Part:
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
        return Part(total, rows)

    columns = [
        Column("item", _("Item"), lambda one: one["item"], said=lambda one: one["what"]),
        Column("case", _("Case"), lambda one: one["case"], choice=lambda one: one["case"]),
        day_column("made_on", _("Made on"), lambda one: one["made_on"]),
    ]
    listed, every = long_list(request, read, columns, file="second-readings", finds=False)
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "review/readings.html",
        {"list": listed.tools, "rows": listed.rows, "total": every.total},
    )
