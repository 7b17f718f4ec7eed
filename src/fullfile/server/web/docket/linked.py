"""What else does this touch, and by when? Each row: person or case, why, a date with its rule, a task with an owner."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from fullfile.engines.report.impact import ImpactView, sections, summary
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.impact import ask_impact_of_case
from fullfile.server.store.connections import ids_of_cases
from fullfile.server.web.clock import now_ms
from fullfile.server.web.docket import columns
from fullfile.server.web.docket.frame import Frame, frame_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.reach import cases_in_reach
from fullfile.server.web.whole_list import whole_list

__all__ = ["letter", "linked"]


@page(Right.SEE_IMPACT)
def linked(request: PageRequest, case_id: int) -> HttpResponse:
    """The page."""
    frame = frame_of(request, case_id)
    if request.method == "POST":
        return posted_words(request)
    view = _view(frame)
    parts = sections(view)
    every = [(part, row) for part in parts for row in part.rows]
    listed = whole_list(request, every, columns.linked(), file="linked")
    if listed.answer is not None:
        return listed.answer
    # A case that this person does not reach is named, as the record connects it, and leads nowhere.
    numbers = {row.case_number for _, row in listed.rows if row.case_number}
    ids = ids_of_cases(numbers)
    reached = cases_in_reach(request.person, set(ids.values()))
    addresses = {
        number: f"/cases/{one}/"
        for number, one in _by_number(numbers, ids).items()
        if one in reached
    }
    return render(
        request,
        "docket/linked.html",
        {
            **frame.context,
            "summary": summary(view.impact),
            "list": listed.tools,
            "sections": [
                {
                    "id": part.id,
                    "title": part.title,
                    "note": part.note,
                    "rows": [
                        (row, addresses.get(row.case_number, ""))
                        for of, row in listed.rows
                        if of is part
                    ],
                }
                for part in parts
            ],
            "notices": any(part.id == "notices" for part in parts),
        },
    )


@page(Right.SEE_IMPACT, methods=("GET", "HEAD"))
def letter(request: PageRequest, case_id: int) -> HttpResponse:
    """A letter to those who must be told, to be printed: what was found or ruled, and who is told."""
    frame = frame_of(request, case_id)
    parts = {part.id: part for part in sections(_view(frame))}
    return render(
        request,
        "docket/letter.html",
        {
            **frame.context,
            "notices": parts.get("notices"),
            "rulings": parts.get("rulings"),
            "items": parts.get("items"),
        },
    )


def _view(frame: Frame) -> ImpactView:
    days = frame.days
    found = ask_impact_of_case(frame.number, on=days.on, as_of=days.as_of, now_ms=now_ms())
    return ImpactView(found.impact, found.on, found.as_of, found.checkpoint, found.outcomes)


def _by_number(numbers: set[str], ids: dict[str, int]) -> dict[str, int]:
    from fullfile.core.ids import key

    found: dict[str, Any] = {number: ids.get(key(number)) for number in numbers}
    return {number: one for number, one in found.items() if one is not None}
