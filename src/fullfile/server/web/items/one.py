"""The page of one item: where is it, and who has got it?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.server.accounts.policy import Right
from fullfile.server.queries.item_page import ask_item_page
from fullfile.server.web.clock import now_ms
from fullfile.server.web.days import days_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items import presenters
from fullfile.server.web.items.frame import frame
from fullfile.server.web.items.lanes import draw_lanes
from fullfile.server.web.items.telling import task_words, tasks_here
from fullfile.server.web.items.veil import Veil
from fullfile.server.web.items.where import where_is
from fullfile.server.web.reach import item_in_reach

__all__ = ["item"]


@page(Right.SEE_ITEMS, methods=("GET", "HEAD"))
def item(request: PageRequest, item_id: int) -> HttpResponse:
    """Where is it, and who has got it?"""
    person = request.person
    ref = item_in_reach(person, item_id)
    days = days_of(request)
    found = ask_item_page(item_id, on=days.on, as_of=days.as_of, now_ms=now_ms())
    around = frame(person, ref, "item", days=days)
    veil = Veil(person, found, own=ref.own)
    first, more = ([], []) if days.another else presenters.acts(found, person, ref)
    orphan = found.orphan
    return render(
        request,
        "items/item.html",
        around
        | {
            "verdict": presenters.verdict(found),
            "facts": presenters.facts(found, person, ref, sealed=around["sealed"]),
            "where": where_is(person, found.hand, own=ref.own),
            "first": first,
            "more": more,
            "picture": draw_lanes(found, veil),
            "cases": presenters.cases(found, person, veil, ref),
            "orphan": orphan,
            "orphan_why": veil.words(orphan.why) if orphan is not None else "",
            "suggestions": presenters.suggestions(found, person, ref),
            "views_words": presenters.views_words(person, around["head"].determinations),
            "may_act": not days.another,
            "tell": []
            if days.another
            else list(dict.fromkeys(task_words(one) for one in tasks_here(person, ref))),
        },
    )
