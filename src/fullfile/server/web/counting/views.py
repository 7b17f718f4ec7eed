"""Counting: the list of inventories, setting one up, scanning shelf by shelf, closing a shelf and the whole.

Works without a script: every scan is a form. With one, scans are kept while there is no network and sent once
(assets/scripts/counter.js); the server knows each by its one-time number.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound, NotPermitted, Refused
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Reach, Right
from fullfile.server.actions.inventories import close_inventory, close_shelf, open_inventory
from fullfile.server.queries.inventories import (
    InventoryState,
    ask_inventory,
    ask_shelf,
    list_expected,
)
from fullfile.server.queries.room import InventoryRow, inventories_under_way
from fullfile.server.store.connections import agency_id
from fullfile.server.store.load import entries
from fullfile.server.store.shelves import name_shelves
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.counting.counted import Result, scan_all
from fullfile.server.web.counting.forms import CloseForm, SetUpForm, ShelfCloseForm
from fullfile.server.web.counting.presenters import about, shelves, tallies
from fullfile.server.web.custody.scanned import shelf_in
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.reach import own_agency
from fullfile.server.web.whole_list import Column, whole_list

__all__ = [
    "hides_expected",
    "inventories",
    "inventory",
    "inventory_close",
    "inventory_close_shelf",
    "inventory_new",
    "inventory_scans",
    "the_inventory_of",
]

_AT_ONCE = 500


@page(Right.SEE_COUNT)
def inventories(request: PageRequest) -> HttpResponse:
    """Which inventories are under way, and which were."""
    if request.method == "POST":
        return posted_words(request)
    agencies = None if request.person.reach is not Reach.AGENCY else [request.person.works_for]
    every = inventories_under_way(agencies, under_way=False)
    open_now = {one.entry for one in inventories_under_way(agencies)}
    listed = whole_list(request, every, _inventory_columns(open_now), file="inventories")
    if listed.answer is not None:
        return listed.answer
    shown = {
        "under_way": [one for one in every if one.entry in open_now],
        "list": listed.tools,
        "rows": listed.rows,
        "every": len(every),
        "open_now": open_now,
        "may_set_up": can(request.person, Right.SET_UP_COUNT),
    }
    return render(request, "counting/inventories.html", shown)


def _inventory_columns(open_now: set[int]) -> list[Column]:
    def state(one: InventoryRow) -> str:
        return _("Under way") if one.entry in open_now else _("Closed")

    return [
        Column("inventory", _("Inventory"), lambda one: f"{one.agency} {one.number}"),
        Column("state", _("State"), state, choice=state),
        Column("where", _("Where"), lambda one: ", ".join(one.where) or _("everywhere")),
        Column("expected", _("To find when it began"), lambda one: one.expected, number=True),
        Column("opened_ms", _("Set up"), lambda one: one.opened_ms, said=lambda one: one.by),
        Column("by", "", lambda one: one.by),
        Column(
            "agency", _("Agency"), lambda one: one.agency, choice=lambda one: one.agency, head=False
        ),
    ]


@page(Right.SET_UP_COUNT)
def inventory_new(request: PageRequest) -> HttpResponse:
    """Where, what, from which seed."""
    form = SetUpForm(request.POST or None)
    agency = request.POST.get("agency", "").strip() or request.person.works_for
    if request.method == "POST" and form.is_valid():
        if request.person.reach is Reach.AGENCY:
            agency = request.person.works_for
        said = form.cleaned_data

        def do() -> Any:
            return open_inventory(
                agency=agency,
                where=form.places,
                what=said["what"],
                percent=said["percent"],
                care=said["care"],
                seed=said["seed"],
                blind=said["blind"],
                actor=request.person.name,
                now_ms=now_ms(),
            )

        done = act(request, form, do)
        if done is not None:
            return redirect("inventory", entry=done.first)
    shown = {
        "form": form,
        "agency": agency,
        "asks_agency": request.person.reach is not Reach.AGENCY,
    }
    return render(request, "counting/new.html", shown, status=422 if form.errors else 200)


@page(Right.SEE_COUNT)
def inventory(request: PageRequest, entry: int) -> HttpResponse:
    """Is everything where the record says, and nothing else?"""
    state = the_inventory_of(request, entry)
    if request.method == "POST":
        _check_counts(request)
        _take(request, state)
        return redirect("inventory", entry=entry)
    kept = _kept(request, entry)
    result = kept.pop("result", None)
    _keep(request, entry, kept)
    return render(
        request, "counting/inventory.html", _shown(request, state, kept.get("place"), result)
    )


@page(Right.COUNT, methods=("POST",))
def inventory_scans(request: PageRequest, entry: int) -> HttpResponse:
    """Scans that a client kept, in their order; the part of the page that they change."""
    state = the_inventory_of(request, entry)
    scans = _scans(request.POST.get("scans", ""))
    place = request.POST["place"] if request.POST.get("has_place") == "yes" else None
    results, at = scan_all(state, scans, place, request.person.name)
    _keep(request, entry, {"place": at} if at is not None else {})
    last = results[-1].as_data() if results else None
    shown = _shown(request, ask_inventory(entry), at, last)
    return render(request, "counting/now.html", shown | {"part": True})


@page(Right.COUNT)
def inventory_close_shelf(request: PageRequest, entry: int, shelf: int) -> HttpResponse:
    """Eleven are not scanned: look again, or close?"""
    state = the_inventory_of(request, entry)
    named = name_shelves([shelf]).get(shelf)
    place = "" if named is None else named.place
    here = ask_shelf(entry, place)
    missing = list_expected(entry, place=place, to_find=True)
    form = ShelfCloseForm(request.POST or None, initial={"not_scanned": missing.count})
    if request.method == "POST" and form.is_valid():

        def do() -> Any:
            return close_shelf(
                inventory=entry,
                place=place,
                not_scanned=form.cleaned_data["not_scanned"],
                actor=request.person.name,
                now_ms=now_ms(),
            )

        words = _("%(shelf)s is closed.") % {"shelf": place or _("What is on no shelf")}
        if act(request, form, do, say=words, repeats=True) is not None:
            _keep(request, entry, {})
            return redirect("inventory", entry=entry)
    shown = {
        "state": state,
        "here": here,
        "name": place or _("on no shelf"),
        "missing": missing,
        "hidden": hides_expected(request, state),
        "form": form,
    }
    return render(request, "counting/close_shelf.html", shown, status=422 if form.errors else 200)


@page(Right.COUNT)
def inventory_close(request: PageRequest, entry: int) -> HttpResponse:
    """End an inventory, in two names."""
    state = the_inventory_of(request, entry)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def do() -> Any:
            return close_inventory(
                inventory=entry,
                second=form.cleaned_data["second"],
                actor=request.person.name,
                now_ms=now_ms(),
            )

        if act(request, form, do, say=_("The inventory is closed.")) is not None:
            return redirect("inventory", entry=entry)
    shown = {
        "state": state,
        "about": about(state),
        "form": form,
        "tallies": tallies(state, hidden=False),
    }
    return render(request, "counting/close.html", shown, status=422 if form.errors else 200)


def the_inventory_of(request: PageRequest, entry: int) -> InventoryState:
    """An inventory that this person may see: of their agency, or any for whoever sees all.

    Raises:
        NotFound: there is none.
    """
    state = ask_inventory(entry)
    person = request.person
    if person.reach is Reach.AGENCY and agency_id(state.agency) != own_agency(person):
        raise NotFound(_("There is no such inventory of your agency."))
    return state


def hides_expected(request: PageRequest, state: InventoryState) -> bool:
    """Whether what to expect is not shown: to those who count, while they count."""
    return state.blind and state.closed is None and can(request.person, Right.COUNT)


def _check_counts(request: PageRequest) -> None:
    if not can(request.person, Right.COUNT):
        raise NotPermitted(_("Whoever set it up reads how it goes; a custodian counts."))


def _take(request: PageRequest, state: InventoryState) -> None:
    """One form of the page: a scan, or a shelf by its name."""
    kept = _kept(request, state.entry)
    place = kept.get("place")
    if request.POST.get("do") == "shelf":
        try:
            place = shelf_in(request.POST.get("place", "")[:200], state.agency)
            result = None
        except ValidationError as error:
            words = " ".join(error.messages)
            result = Result("refused", "unknown", "", _("NOT TAKEN"), words).as_data()
    else:
        scan = {"code": request.POST.get("code", ""), "once": request.POST.get("once", "")}
        results, place = scan_all(state, [scan], place, request.person.name)
        result = results[-1].as_data()
    _keep(request, state.entry, {"place": place, "result": result})


def _kept(request: PageRequest, entry: int) -> dict[str, Any]:
    return dict(request.session.get("counting", {}).get(str(entry), {}))


def _keep(request: PageRequest, entry: int, kept: dict[str, Any]) -> None:
    every = dict(request.session.get("counting", {}))
    every.pop(str(entry), None)
    every[str(entry)] = kept
    request.session["counting"] = dict(list(every.items())[-5:])


def _scans(text: str) -> list[dict[str, str]]:
    """What a client sends: a list of codes with their one-time numbers.

    Raises:
        Refused: it is none.
    """
    try:
        found = json.loads(text)
        scans = [{"code": str(one["code"]), "once": str(one["once"])} for one in found]
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(_("These are no scans: load the page again."), code="scans") from error
    if len(scans) > _AT_ONCE:
        raise Refused(
            _("Too many scans at once: the page sends the rest after these."), code="scans"
        )
    return scans


def _shown(
    request: PageRequest, state: InventoryState, place: str | None, result: dict[str, Any] | None
) -> dict[str, Any]:
    hidden = hides_expected(request, state)
    here = None if place is None else ask_shelf(state.entry, place)
    close = None
    if here is not None:
        number = next(
            (one["number"] for one in shelves(state) if one["shelf"].place == here.place), None
        )
        if number is not None:
            close = reverse("inventory_close_shelf", kwargs={"entry": state.entry, "shelf": number})
    return {
        "state": state,
        "about": about(state),
        "tallies": tallies(state, hidden=hidden),
        "shelves": shelves(state),
        "hidden": hidden,
        "place": place,
        "here": here,
        "close_shelf": close,
        "result": result,
        "counts": can(request.person, Right.COUNT) and state.closed is None,
        "once": secrets.token_urlsafe(12),
        "ended": entries([state.closed])[0].data if state.closed is not None else None,
    }
