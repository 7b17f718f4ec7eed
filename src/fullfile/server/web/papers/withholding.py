"""Hold an item back on a ground of the pack; say in which words the defence is told; end it.

What this does not do: it keeps nothing from anybody by itself; the match says what the pack thinks of it.
"""

from __future__ import annotations

import difflib
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.ids import key
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.withholdings import (
    announce_in_words,
    end_withholding,
    withhold_item,
)
from fullfile.server.queries.board import CaseItem
from fullfile.server.queries.case_papers import WithheldRow, grounds_of, withheld_row
from fullfile.server.store.overview import get_head
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.in_words import in_words
from fullfile.server.web.papers.forms import AnnounceForm, EndForm, WithholdForm
from fullfile.server.web.papers.frame import CasePage, case_page
from fullfile.server.web.papers.views import state_of
from fullfile.server.web.papers.words import ground_words

__all__ = ["announce", "end", "new", "one"]


@page(Right.WITHHOLD)
def new(request: PageRequest, case_id: int) -> HttpResponse:
    """What is held back, from whom, on what ground?"""
    here = case_page(request, case_id)
    grounds = grounds_of(here.board.jurisdiction, get_head().size)
    form = WithholdForm(
        request.POST or None,
        defendants=[(str(place), name) for place, name in enumerate(here.board.defendants, 1)],
        grounds=[(ground.id, ground_words(ground)) for ground in grounds],
        initial={"item": _asked_item(here, request.GET.get("item", ""))},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        found = _item_of(here, said["item"], form)
        if found is not None:
            done = act(
                request,
                form,
                lambda: withhold_item(
                    case_number=here.number,
                    agency=found.agency,
                    tag=found.tag,
                    ground=said["ground"],
                    by=request.person.name,
                    withheld_at=said["withheld_at"],
                    defendant=here.defendant(int(said["defendant"])) if said["defendant"] else "",
                    announced_at=said["announced_at"],
                    sealed=said["sealed"],
                    order=said["order"],
                    order_on=said["order_on"],
                    until=said["until"],
                    actor=request.person.name,
                    now_ms=now_ms(),
                ),
                say=_("Withheld. It stays on the board and on the schedule, with its ground."),
            )
            if done:
                return redirect("withholding", case_id=case_id, entry=done.first)
    return render(
        request,
        "papers/withholding_new.html",
        here.context | {"form": form, "grounds": grounds, "place": here.board.place},
        status=422 if form.is_bound else 200,
    )


def _asked_item(here: CasePage, value: str) -> str:
    """The item that an address asks for by its number, as it is typed."""
    found = next((one for one in here.board.items if str(one.item_id) == value), None)
    return "" if found is None else f"{found.agency} {found.tag}"


def _item_of(here: CasePage, typed: str, form: WithholdForm) -> CaseItem | None:
    """The item of the case that somebody typed; what is wrong with it goes to its field."""
    wanted = key(typed)
    whole = [one for one in here.board.items if key(f"{one.agency} {one.tag}") == wanted]
    found = whole or [one for one in here.board.items if key(one.tag) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{one.agency} {one.tag}" for one in found[:5])
        form.add_error("item", _("Several items have this tag: %(names)s.") % {"names": names})
        return None
    known: dict[str, str] = {}
    for one in here.board.items:
        name = f"{one.agency} {one.tag}"
        known |= {key(one.tag): name, key(name): name}
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    text = _("No item of this case has the tag “%(typed)s”.") % {"typed": typed[:60]}
    if near:
        text += " " + _("The nearest: %(names)s.") % {
            "names": ", ".join(dict.fromkeys(known[one] for one in near))
        }
    form.add_error("item", text)
    return None


@page(Right.SEE_PAPERS, methods=("GET", "HEAD"))
def one(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """What is held back, on what ground, what does the ground ask for, and what was the defence told?"""
    here = case_page(request, case_id)
    row = withheld_row(case_id, here.board.jurisdiction, entry, now_ms=now_ms())
    return render(
        request,
        "papers/withholding.html",
        here.context
        | _about(here, row)
        | {"may_withhold": here.acts and can(here.person, Right.WITHHOLD)},
    )


def _about(here: CasePage, row: WithheldRow) -> dict[str, Any]:
    return {
        "row": row,
        "state": state_of(here, row),
        "why": _why(here, row),
        "ground": ground_words(row.law) if row.law is not None else row.ground.replace("_", " "),
        "whom": row.defendant or _("all defendants"),
        "item_id": here.item_id(row.agency, row.tag),
    }


def _why(here: CasePage, row: WithheldRow) -> list[tuple[str, str]]:
    """The sentence of each line that it is about, by defendant."""
    wanted = (key(row.agency), key(row.tag))
    found = []
    for judged in here.board.judged:
        item = here.board.items[judged.item] if judged.item >= 0 else None
        if item is None or (key(item.agency), key(item.tag)) != wanted:
            continue
        line = here.veil.line(judged)
        if not row.defendant or key(line.defendant or "") == key(row.defendant):
            found.append((line.defendant or "", in_words(line.why)))
    return found


@page(Right.WITHHOLD)
def announce(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """In which words is the defence told?"""
    here = case_page(request, case_id)
    row = withheld_row(case_id, here.board.jurisdiction, entry, now_ms=now_ms())
    form = AnnounceForm(
        request.POST or None,
        initial={"words": row.announced_as, "announced_at": row.announced_at},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: announce_in_words(
                row.entry,
                words=said["words"],
                announced_at=said["announced_at"],
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("Counsel reads these words from now on."),
        )
        if done:
            return redirect("withholding", case_id=case_id, entry=entry)
    return render(
        request,
        "papers/withholding_announce.html",
        here.context | _about(here, row) | {"form": form},
        status=422 if form.is_bound else 200,
    )


@page(Right.WITHHOLD)
def end(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """When does it end? From then on the item is due."""
    here = case_page(request, case_id)
    row = withheld_row(case_id, here.board.jurisdiction, entry, now_ms=now_ms())
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: end_withholding(
                row.entry,
                until=form.cleaned_data["until"],
                actor=request.person.name,
                now_ms=now_ms(),
            ),
            say=_("Ended. The item is owed again: put it into a production."),
        )
        if done:
            return redirect("case_papers", case_id=case_id)
    return render(
        request,
        "papers/withholding_end.html",
        here.context | _about(here, row) | {"form": form},
        status=422 if form.is_bound else 200,
    )
