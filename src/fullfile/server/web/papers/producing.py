"""A production from the draft to the closing: for whom, of what, each item in which form, what is left out and why.

What this does not do: it serves nothing (`serving`), and judges nothing: why an item cannot go is the match's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.disclosure.productions import Change, Given, Production, Stage
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.productions import (
    change_production,
    close_production,
    draft_production,
)
from fullfile.server.queries.productions import (
    ProductionView,
    get_production,
    production_of_entry,
)
from fullfile.server.store.connections import case_id_of
from fullfile.server.web.acting import act
from fullfile.server.web.cases.chosen import chosen_of, shown_items
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import export, posted_words
from fullfile.server.web.papers.forms import CloseForm, DraftForm, ItemForm, OutForm
from fullfile.server.web.papers.frame import CasePage, case_page
from fullfile.server.web.papers.production_page import (
    HEADER,
    cells,
    line_columns,
    line_shown,
    told,
    wanted,
)
from fullfile.server.web.papers.words import (
    production_name,
)
from fullfile.server.web.reach import case_in_reach, item_in_reach
from fullfile.server.web.whole_list import whole_list

__all__ = [
    "by_entry",
    "check_here",
    "close",
    "item",
    "new",
    "of_case",
    "one",
    "out",
    "view_of_case",
]

AT_ONCE = 500
"""So many chosen items are listed with a box each; more are drafted by what is owed."""
_ABOUT = frozenset({"show", "report", "due", "agency", "kind", "place", "group"})


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def by_entry(request: PageRequest, entry: int) -> HttpResponse:
    """A production by the entry that drafted it, as its label names it: goes to its page."""
    number = production_of_entry(entry).case_number
    case_id = case_id_of(number)
    if case_id is None:
        raise NotFound("There is no such production.")
    case_in_reach(request.person, case_id)
    return redirect("case_production", case_id=case_id, entry=entry)


@page(Right.PRODUCE)
def new(request: PageRequest, case_id: int) -> HttpResponse:
    """Draft a production: of all that is owed to somebody and was not served, or of what was chosen on the board."""
    here = case_page(request, case_id)
    chosen = chosen_of(request)
    names = here.board.defendants
    items: list[tuple[str, str]] = []
    if _ABOUT & {name for name, _value in chosen.said}:
        items = [
            (str(found.item_id), f"{found.agency} {found.tag} · {here.veil.words_of(found)}")
            for found, _lines in shown_items(here.board, chosen)
        ]
    form = DraftForm(
        request.POST or None,
        defendants=[(str(place), name) for place, name in enumerate(names, 1)],
        items=items[:AT_ONCE],
        initial={"defendants": [str(chosen.defendant)] if chosen.defendant else []},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        by_id = {str(one.item_id): (one.agency, one.tag) for one in here.board.items}
        done = act(
            request,
            form,
            lambda: draft_production(
                case_number=here.number,
                defendants=[here.defendant(int(place)) for place in said["defendants"]],
                items=[by_id[value] for value in said["items"]] if items else None,
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("Drafted. Nothing is served yet."),
        )
        if done:
            return redirect("case_production", case_id=case_id, entry=done.first)
    return render(
        request,
        "papers/production_new.html",
        here.context | {"form": form, "chosen": len(items), "more": len(items) - AT_ONCE},
        status=422 if form.is_bound else 200,
    )


def of_case(here: CasePage, entry: int) -> Production:
    """The production of an address, where it is one of this case and this person may see it.

    Raises:
        NotFound: it is not.
    """
    return check_here(here, production_of_entry(entry))


def view_of_case(here: CasePage, entry: int) -> ProductionView:
    """The same with its lines as they stand now."""
    view = get_production(entry, now_ms=now_ms())
    check_here(here, view.production)
    return view


def check_here(here: CasePage, production: Production) -> Production:
    """Refuse a production of another case, or one that was not given out yet to whoever may not see drafts."""
    known = key(production.case_number) == key(here.number)
    if not known or not (here.person.office_side or production.served):
        raise NotFound("There is no such production in this case.")
    return production


@page(Right.SEE_PAPERS)
def one(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """What goes to whom, and what is held back?"""
    if request.method == "POST":
        return posted_words(request)
    here = case_page(request, case_id)
    view = view_of_case(here, entry)
    lines = wanted(view.lines, request.GET.get("show", ""))
    shown = [line_shown(here, view, line) for line in lines]
    around = told(here, view)
    columns = line_columns(
        several=around["several"], inside=here.acts, changes=around["may_change"]
    )
    listed = whole_list(
        request,
        zip(lines, shown, strict=True),
        columns,
        file="production",
        searched=_("Search tag, words"),
        exports=False,
    )
    told_cells = (cells(view.production, line) for line, _shown in listed.found)
    answer = export(request, "production", HEADER, told_cells)
    if answer is not None:
        return answer
    return render(
        request,
        "papers/production.html",
        here.context
        | around
        | {"list": listed.tools, "rows": [said for _line, said in listed.rows]},
    )


@page(Right.PRODUCE)
def item(request: PageRequest, case_id: int, entry: int, item_id: int) -> HttpResponse:
    """In which form does it go, and to whom? An item that is not in the draft yet is added."""
    here = case_page(request, case_id)
    production = of_case(here, entry)
    thing = item_in_reach(request.person, item_id)
    line = production.line((key(thing.agency), key(thing.tag)))
    people = list(production.defendants.items())
    form = ItemForm(
        request.POST or None,
        defendants=[(str(place), name) for place, (_who, name) in enumerate(people, 1)],
        initial=_as_it_goes(line, [who for who, _name in people]),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        to = [people[int(place) - 1][0] for place in said.get("to", ())]
        done = act(
            request,
            form,
            lambda: change_production(
                entry,
                change=Change.ADD if line is None else Change.FORM,
                agency=thing.agency,
                tag=thing.tag,
                extent=said["extent"],
                what=said["what"] if said["extent"] != "whole" else "",
                to=to if len(to) < len(people) else (),
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("The draft is changed."),
        )
        if done:
            return redirect("case_production", case_id=case_id, entry=entry)
    return render(
        request,
        "papers/production_item.html",
        here.context
        | {
            "form": form,
            "entry": entry,
            "thing": thing,
            "added": line is None,
            "name": production_name(production),
            "draft": production.stage is Stage.DRAFT,
        },
        status=422 if form.is_bound else 200,
    )


def _as_it_goes(line: Given | None, people: Sequence[str]) -> dict[str, Any]:
    to = [
        str(place)
        for place, who in enumerate(people, 1)
        if line is None or not line.to or who in line.to
    ]
    if line is None:
        return {"extent": "whole", "to": to}
    return {"extent": line.extent, "what": line.what, "to": to}


@page(Right.PRODUCE)
def out(request: PageRequest, case_id: int, entry: int, item_id: int) -> HttpResponse:
    """Leave an item out of a draft, with the reason."""
    here = case_page(request, case_id)
    production = of_case(here, entry)
    thing = item_in_reach(request.person, item_id)
    form = OutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: change_production(
                entry,
                change=Change.REMOVE,
                agency=thing.agency,
                tag=thing.tag,
                reason=form.cleaned_data["reason"],
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("Left out. It stays owed."),
        )
        if done:
            return redirect("case_production", case_id=case_id, entry=entry)
    return render(
        request,
        "papers/production_out.html",
        here.context
        | {"form": form, "entry": entry, "thing": thing, "name": production_name(production)},
        status=422 if form.is_bound else 200,
    )


@page(Right.PRODUCE)
@confirmed
def close(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """Number a production and close it: from then on nothing in it changes."""
    here = case_page(request, case_id)
    view = view_of_case(here, entry)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        numbers: list[int] = []

        def close_it() -> None:
            numbers.append(
                close_production(
                    entry,
                    seen_size=form.cleaned_data["seen"],
                    actor=request.person.name,
                    now_ms=now_ms(),
                )
            )

        done = act(
            request, form, close_it, say=_("Numbered and closed. It is served on nobody yet.")
        )
        if done:
            return redirect("case_production", case_id=case_id, entry=entry)
    return render(
        request,
        "papers/production_close.html",
        here.context | told(here, view) | {"form": form},
        status=422 if form.is_bound else 200,
    )
