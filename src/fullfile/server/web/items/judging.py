"""What people think of an item: determinations, their second readings, and setting it aside for one case.

A determination takes an item off no list. The second reader answers before the first answer opens: until then its
content is on no page, not even for those who may read determinations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.filings import confirm_set_aside, set_aside_item
from fullfile.server.actions.views import record_determination, record_second_reading
from fullfile.server.queries.item_page import CaseOfItem, ItemPage, ask_item_page
from fullfile.server.queries.readings import View, readings_of
from fullfile.server.store.connections import cases_of_item
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.forms import AsideForm, ConfirmForm, DeterminationForm, ReadingForm
from fullfile.server.web.items.frame import address_of, cases_to_file_in, frame
from fullfile.server.web.items.veil import Veil
from fullfile.server.web.items.words import finding_words
from fullfile.server.web.reach import CaseRef, ItemRef, case_in_reach, item_in_reach, reaches_case

__all__ = ["confirm_aside", "determination", "determinations", "determine", "set_aside"]


@dataclass(frozen=True, slots=True)
class ViewShown:
    """One view as the page shows it."""

    entry: int
    address: str
    stage: str
    icon: str
    family: str
    first: str
    second: str
    made_at: str
    may_read: bool


@page(Right.SEE_VIEWS, methods=("GET", "HEAD"))
def determinations(request: PageRequest, item_id: int) -> HttpResponse:
    """What do people think of it, case by case, and does a second agree?"""
    person = request.person
    item = item_in_reach(person, item_id)
    around = frame(person, item, "item_determinations")
    cases: list[dict[str, Any]] = []
    for case_id, number in [] if around["sealed"] else cases_of_item(item_id):
        if not reaches_case(person, case_id, number):
            continue
        views = readings_of(item.agency, item.tag, number, reader=person.name)
        determine = address_of("item_determine", item_id=item_id, case_id=case_id)
        cases.append(
            {
                "number": number,
                "address": address_of("case", case_id=case_id),
                "views": [_shown(one, person, item) for one in views],
                "determine": determine if can(person, Right.DETERMINE) else "",
            }
        )
    waiting = sum(one.stage == "first" for case in cases for one in case["views"])
    return render(
        request,
        "items/determinations.html",
        around
        | {
            "cases": cases,
            "verdict": _verdict(cases),
            "waiting": waiting,
            "file_in": cases_to_file_in(person, item) if any(one["views"] for one in cases) else [],
        },
    )


def _verdict(cases: list[dict[str, Any]]) -> str:
    views = [one for case in cases for one in case["views"]]
    if not views:
        return _("Nobody has recorded what they think of it.")
    stages = {
        stage: sum(one.stage == stage for one in views)
        for stage in ("first", "agreed", "disagreed")
    }
    parts = [
        ngettext("%(n)s determination", "%(n)s determinations", len(views)) % {"n": len(views)},
        _("%(n)s read twice and agreed") % {"n": stages["agreed"]} if stages["agreed"] else "",
        _("%(n)s disagreed") % {"n": stages["disagreed"]} if stages["disagreed"] else "",
        _("%(n)s waiting for a second reader") % {"n": stages["first"]} if stages["first"] else "",
    ]
    return f"{'; '.join(filter(None, parts))}."


def _shown(one: View, person: Person, item: ItemRef) -> ViewShown:
    stage = {"first_reading": "first"}.get(one.stage, one.stage)
    icon, family = {
        "first": ("visibility", "hand"),
        "agreed": ("verified", "hand"),
        "disagreed": ("forum", "behind"),
    }[stage]
    first = _("A first reading is on record. It opens when a second person has answered.")
    if one.opened:
        first = _("%(who)s thinks it %(finding)s: “%(reason)s”.") % {
            "who": one.by,
            "finding": finding_words(one.finding),
            "reason": one.reason,
        }
    second = ""
    if one.second is not None:
        said = {
            "who": one.second.by,
            "finding": finding_words(one.second.finding),
            "reason": one.second.reason,
        }
        if one.second.reason:
            second = _("%(who)s thinks it %(finding)s: “%(reason)s”.") % said
        else:
            second = _("%(who)s has read it a second time and agrees.") % said
    own = one.opened and key(one.by) == key(person.name)
    return ViewShown(
        one.entry,
        address_of("item_determination", item_id=item.item_id, entry=one.entry),
        stage,
        icon,
        family,
        first,
        second,
        one.made_at,
        stage == "first" and not own and can(person, Right.DETERMINE),
    )


@page(Right.SEE_VIEWS)
def determination(request: PageRequest, item_id: int, entry: int) -> HttpResponse:
    """One determination: both answers side by side, or the form of the second reader."""
    person = request.person
    item = item_in_reach(person, item_id)
    case, view = _find(person, item, entry)
    shown = _shown(view, person, item)
    form = ReadingForm(request.POST or None)
    if request.method == "POST" and shown.may_read and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: record_second_reading(
                entry,
                finding=said["finding"],
                reason=said["reason"],
                looked_at=said["looked_at"],
                by=person.name,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("Both answers stand side by side now."),
        )
        if done:
            return redirect("item_determinations", item_id=item_id)
    return render(
        request,
        "items/determination.html",
        frame(person, item, "item_determinations")
        | {
            "case": case,
            "view": shown,
            "form": form,
            "mine": view.opened and key(view.by) == key(person.name),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _find(person: Person, item: ItemRef, entry: int) -> tuple[CaseRef, View]:
    for case_id, number in cases_of_item(item.item_id):
        if reaches_case(person, case_id, number):
            for one in readings_of(item.agency, item.tag, number, reader=person.name):
                if one.entry == entry:
                    return CaseRef(case_id, number), one
    raise NotFound(
        _(
            "There is no such determination of this item that counts, or you may not see it. One that was read a second "
            "time has a new entry: see the list."
        )
    )


@page(Right.DETERMINE)
def determine(request: PageRequest, item_id: int, case_id: int) -> HttpResponse:
    """Say what you think of it, for one case."""
    person = request.person
    item, case = item_in_reach(person, item_id), case_in_reach(person, case_id)
    form = DeterminationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: record_determination(
                case_number=case.number,
                agency=item.agency,
                tag=item.tag,
                finding=said["finding"],
                reason=said["reason"],
                by=person.name,
                looked_at=said["looked_at"],
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("It counts as made once a second person has read the item."),
        )
        if done:
            return redirect("item_determinations", item_id=item_id)
    return render(
        request,
        "items/determine.html",
        frame(person, item, "item_determinations")
        | {"case": case, "form": form}
        | _stays(person, item, case_id),
        status=422 if form.is_bound else 200,
    )


def _stays(person: Person, item: ItemRef, case_id: int) -> dict[str, Any]:
    """How the item's lines in a case stand, which a view or a wish does not change."""
    found = ask_item_page(item.item_id, now_ms=now_ms())
    one = next((case for case in found.cases if case.case_id == case_id), None)
    if one is None:
        return {"stays": [], "title": ""}
    veil = Veil(person, found, own=item.own)
    stays = [(veil.defendant(one, place), line.state.value) for place, line in enumerate(one.lines)]
    return {"stays": stays, "title": veil.title(one)}


@page(Right.SET_ASIDE)
def set_aside(request: PageRequest, item_id: int, case_id: int) -> HttpResponse:
    """Wish that an item be set aside for one case; a second person confirms it."""
    person = request.person
    item, case = item_in_reach(person, item_id), case_in_reach(person, case_id)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: set_aside_item(
                case_number=case.number,
                agency=item.agency,
                tag=item.tag,
                reason=form.cleaned_data["reason"],
                by=person.name,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("It changes nothing until a second person confirms it."),
        )
        if done:
            return redirect("item", item_id=item_id)
    return render(
        request,
        "items/set_aside.html",
        frame(person, item, "item") | {"case": case, "form": form} | _stays(person, item, case_id),
        status=422 if form.is_bound else 200,
    )


@page(Right.SET_ASIDE)
def confirm_aside(request: PageRequest, item_id: int, case_id: int, entry: int) -> HttpResponse:
    """Confirm, as the second person, that an item is set aside for one case."""
    person = request.person
    item, case = item_in_reach(person, item_id), case_in_reach(person, case_id)
    found = ask_item_page(item_id, now_ms=now_ms())
    wish = next((one for one in _wishes(found, case_id) if one.entry == entry), None)
    if wish is None:
        raise NotFound(_("Nobody's wish to set this item aside stands under that entry any more."))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: confirm_set_aside(
                entry, confirmed_by=person.name, actor=person.name, now_ms=now_ms()
            ),
            say=_("Set aside for this case. It stays on the schedule and in the certificate."),
        )
        if done:
            return redirect("item", item_id=item_id)
    return render(
        request,
        "items/confirm_aside.html",
        frame(person, item, "item") | {"case": case, "form": form, "wish": wish},
        status=422 if form.is_bound else 200,
    )


def _wishes(found: ItemPage, case_id: int) -> tuple[Any, ...]:
    one: CaseOfItem | None = next((case for case in found.cases if case.case_id == case_id), None)
    return one.wishes if one is not None else ()
