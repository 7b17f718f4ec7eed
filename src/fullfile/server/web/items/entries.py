"""Every entry about one item, the newest first, each with its content where the person reads it, and its proof."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.server.accounts.policy import Right
from fullfile.server.store.item_entries import count_entries, list_entries
from fullfile.server.web.contents import tells_kind
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.frame import frame
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, long_list
from fullfile.server.web.reach import item_in_reach
from fullfile.server.web.record.presenters import EntryShown, instants_of
from fullfile.server.web.whole_list import Column

__all__ = ["entries"]


@page(Right.SEE_ITEMS)
def entries(request: PageRequest, item_id: int) -> HttpResponse:
    """What is on record about it, entry by entry?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    item = item_in_reach(person, item_id)
    told = tells_kind(person)

    def read(_words: str, offset: int, limit: int) -> Part:
        found = list_entries(item_id, limit=limit, offset=offset) if limit else []
        rows = [(EntryShown.of(one, told=told), instants_of(one)) for one in found]
        return Part(count_entries(item_id), rows)

    listed, every = long_list(request, read, _columns(), file=f"item-{item_id}-record", finds=False)
    if listed.answer is not None:
        return listed.answer
    around = frame(person, item, "item_record")
    return render(
        request,
        "items/record.html",
        around | {"list": listed.tools, "rows": listed.rows, "total": every.total},
    )


def _columns() -> list[Column]:
    return [
        Column("entry", _("Entry"), lambda row: row[0].index, number=True),
        Column(
            "type",
            _("Kind"),
            lambda row: row[0].type,
            by=lambda row: row[0].words,
            choice=lambda row: row[0].words,
        ),
        Column("happened", _("Happened"), lambda row: row[1], sorts=False),
        Column(
            "recorded_at", _("Recorded"), lambda row: row[0].recorded, by=lambda row: row[0].index
        ),
        Column("by", _("By"), lambda row: row[0].by, choice=lambda row: row[0].by),
        Column("proof", _("Proof"), lambda _row: "", sorts=False, exports=False),
        Column("source", "", lambda row: row[0].source),
    ]
