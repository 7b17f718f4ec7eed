"""What holds an item: each hold with why, since when and what lifts it; placing one, and lifting one with its consequence.

Names of holds may hold case numbers, so an address has a digest of the name and not the name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.custody.holds import Hold
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Field, Right, Shown
from fullfile.server.actions.custody import lift_hold, place_hold
from fullfile.server.queries.holds import HoldsOfItem, holds_of_item
from fullfile.server.queries.lifting import foresee_lift
from fullfile.server.store.connections import case_id_of
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.days import days_of
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.forms import LiftForm, PlaceForm
from fullfile.server.web.items.frame import address_of, frame
from fullfile.server.web.listing import posted_words
from fullfile.server.web.reach import ItemRef, item_in_reach, reaches_case
from fullfile.server.web.whole_list import Column, whole_list

__all__ = ["holds", "lift", "place"]


@dataclass(frozen=True, slots=True)
class HoldShown:
    """One hold as the page shows it."""

    words: str
    since: str
    since_ms: int
    by: str
    ends: str
    inside: str
    entries: tuple[int, ...]
    lift: str


def token_of(name: str) -> str:
    """A hold's name as an address has it."""
    return hashlib.sha256(key(name).encode()).hexdigest()[:16]


@page(Right.SEE_ITEMS)
def holds(request: PageRequest, item_id: int) -> HttpResponse:
    """What must it be kept for, and what would lift that?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    item = item_in_reach(person, item_id)
    days = days_of(request)
    found = holds_of_item(item.agency, item.tag, on=days.on, as_of=days.as_of, now_ms=now_ms())
    around = frame(person, item, "item_holds", days=days)
    may_lift = can(person, Right.LIFT_HOLD) and not days.another
    standing = [(hold, "") for hold in found.holds]
    standing += [(held.hold, held.tag) for held in found.inside]
    hidden = _out_of_reach(person, {hold.case for hold, _tag in standing if hold.case})
    rows = [
        _shown(person, item, hold, inside, hidden=hold.case in hidden, may_lift=may_lift)
        for hold, inside in standing
    ]
    listed = whole_list(request, rows, _columns(), file=f"holds-{item_id}")
    if listed.answer is not None:
        return listed.answer
    placing = address_of("item_place_hold", item_id=item_id)
    return render(
        request,
        "items/holds.html",
        around
        | {
            "list": listed.tools,
            "rows": listed.rows,
            "every": len(rows),
            "verdict": _verdict(found),
            "place": placing if can(person, Right.PLACE_HOLD) and not days.another else "",
            "who_lifts": not may_lift,
        },
    )


def _columns() -> list[Column]:
    return [
        Column("hold", _("Hold"), lambda one: one.words, said=lambda one: f"{one.by} {one.inside}"),
        Column("since", _("Since"), lambda one: one.since, by=lambda one: one.since_ms),
        Column("ends", _("What lifts it"), lambda one: one.ends, choice=lambda one: one.ends),
        Column(
            "entries",
            _("Entry"),
            lambda one: " ".join(map(str, one.entries)),
            by=lambda one: min(one.entries, default=None),
        ),
        Column("on", "", lambda one: one.inside),
        Column("by", "", lambda one: one.by),
    ]


def _verdict(found: HoldsOfItem) -> str:
    many = len(found.holds) + len(found.inside)
    if many:
        return ngettext(
            "%(n)s hold stands: it cannot be released or destroyed, unless a court's order names it.",
            "%(n)s holds stand: it cannot be released or destroyed, unless a court's order names it.",
            many,
        ) % {"n": many}
    if found.open_orphan:
        return _(
            "No hold stands, and it cannot leave all the same: nobody has settled which case it belongs to."
        )
    return _("No hold stands.")


def _out_of_reach(person: Person, numbers: Iterable[str]) -> set[str]:
    """Those of some cases that a person does not reach."""
    return {
        number
        for number in numbers
        if (case_id := case_id_of(number)) is not None and not reaches_case(person, case_id, number)
    }


def _shown(
    person: Person, item: ItemRef, hold: Hold, inside: str, *, hidden: bool, may_lift: bool
) -> HoldShown:
    suggested = key(hold.name).startswith("suggestion:")
    if suggested and person.sees(Field.SUGGESTIONS, own=item.own) is not Shown.YES:
        hidden = True
    lift_it = address_of("item_lift_hold", item_id=item.item_id, token=token_of(hold.name))
    return HoldShown(
        words=_("a hold that you may not read") if hidden else hold.words,
        since=hold.since_words,
        since_ms=hold.since,
        by="" if hidden else hold.by,
        ends=hold.ends,
        inside=inside,
        entries=() if hidden else hold.entries,
        lift=lift_it if may_lift and not hidden and not suggested else "",
    )


@page(Right.PLACE_HOLD)
def place(request: PageRequest, item_id: int) -> HttpResponse:
    """Place a hold on this item."""
    person = request.person
    item = item_in_reach(person, item_id)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: place_hold(
                hold=said["hold"],
                by=person.name,
                reason=said["reason"],
                agency=item.agency,
                tag=item.tag,
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("It cannot be released or destroyed until a named person lifts this hold."),
        )
        if done:
            return redirect("item_holds", item_id=item_id)
    return render(
        request,
        "items/place_hold.html",
        frame(person, item, "item_holds") | {"form": form},
        status=422 if form.is_bound else 200,
    )


@page(Right.LIFT_HOLD)
@confirmed
def lift(request: PageRequest, item_id: int, token: str) -> HttpResponse:
    """Lift a hold: what it is, what that sets free, and why."""
    person = request.person
    item = item_in_reach(person, item_id)
    found = holds_of_item(item.agency, item.tag, now_ms=now_ms())
    standing = [*found.holds, *(held.hold for held in found.inside)]
    hold = next((one for one in standing if token_of(one.name) == token), None)
    if hold is None:
        raise NotFound(_("This hold does not stand on the item any more. Nothing was recorded."))
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = act(
            request,
            form,
            lambda: (
                lift_hold(
                    hold=hold.name,
                    by=person.name,
                    reason=said["reason"],
                    order=said["order"],
                    actor=person.name,
                    now_ms=now_ms(),
                ).entries
            ),
            say=_("The hold was lifted."),
        )
        if done:
            return redirect("item_holds", item_id=item_id)
    ahead = foresee_lift(hold.name, by=person.name, now_ms=now_ms())
    many = len(ahead.free) + len(ahead.still_held)
    return render(
        request,
        "items/lift_hold.html",
        frame(person, item, "item_holds")
        | {"hold": hold, "form": form, "ahead": ahead, "many": many},
        status=422 if form.is_bound else 200,
    )
