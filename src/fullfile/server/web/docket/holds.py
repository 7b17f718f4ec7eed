"""What must be kept for this case, and what ends that? A hold ends only by being lifted, by name."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.errors import NotFound
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.custody import lift_hold, place_hold
from fullfile.server.queries.holds import holds_of_case
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.docket.frame import frame_of
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.whole_list import Column, whole_list

__all__ = ["holds", "lift", "place"]


class PlaceForm(OfficeForm):
    """A hold that somebody places."""

    hold = forms.CharField(
        label=_("Name of the hold"),
        max_length=200,
        help_text=_("It is lifted by this name, as in “preservation letter of July 15, 2024”."),
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LiftForm(OfficeForm):
    """Why a hold ends."""

    hold = forms.CharField(widget=forms.HiddenInput, max_length=400)
    reason = forms.CharField(
        label=_("Why does it end?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason"}


@page(Right.SEE_CASES)
def holds(request: PageRequest, case_id: int) -> HttpResponse:
    """The list."""
    frame = frame_of(request, case_id)
    if request.method == "POST":
        return posted_words(request)
    days = frame.days
    found = holds_of_case(frame.number, on=days.on, as_of=days.as_of, now_ms=now_ms())
    # Lifting asks for a hold by its place among all that stand, never by its name.
    listed = whole_list(request, enumerate(found, 1), _columns(), file="holds")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "docket/holds.html",
        {
            **frame.context,
            "list": listed.tools,
            "rows": listed.rows,
            "every": len(found),
            "may_place": can(request.person, Right.PLACE_HOLD) and not days.another,
            "may_lift": can(request.person, Right.LIFT_HOLD) and not days.another,
        },
    )


def _columns() -> list[Column]:
    return [
        Column(
            "hold",
            _now("Hold"),
            lambda row: row[1].words,
        ),
        Column("items", _now("Items"), lambda row: len(row[1].items), number=True),
        Column(
            "ends",
            _now("What ends it"),
            lambda row: row[1].ends,
        ),
    ]


@page(Right.PLACE_HOLD)
def place(request: PageRequest, case_id: int) -> HttpResponse:
    """Place a hold on every item of the case."""
    frame, person = frame_of(request, case_id), request.person
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: place_hold(
                hold=form.cleaned_data["hold"],
                by=person.name,
                reason=form.cleaned_data["reason"],
                case_number=frame.number,
                actor=person.name,
                now_ms=now_ms(),
            ),
        )
        if done is not None:
            return redirect("case_holds", case_id=case_id)
    return render(
        request,
        "docket/form.html",
        {
            **frame.context,
            "form": form,
            "question": _("What must be kept, and why?"),
            "button": _("Place the hold"),
            "back": "case_holds",
        },
        status=422 if form.errors else 200,
    )


@page(Right.LIFT_HOLD)
@confirmed
def lift(request: PageRequest, case_id: int) -> HttpResponse:
    """Lift one hold: what it is, what follows, why. It cannot be taken back; another hold can be placed."""
    frame, person = frame_of(request, case_id), request.person
    standing = holds_of_case(frame.number, now_ms=now_ms())
    # The address says a place in the list, never a name; what is sent names the hold.
    place = request.GET.get("n", "")
    at = int(place) if place.isdecimal() and len(place) < 6 else 0
    name = request.POST.get("hold") or (standing[at - 1].name if 0 < at <= len(standing) else "")
    found = next((one for one in standing if one.name == name), None)
    if found is None:
        raise NotFound(
            _now("No hold of this name stands on items of this case: open the list again.")
        )
    form = LiftForm(request.POST or None, initial={"hold": name})
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: lift_hold(
                hold=name,
                by=person.name,
                reason=form.cleaned_data["reason"],
                actor=person.name,
                now_ms=now_ms(),
            ),
        )
        if done is not None:
            return redirect("case_holds", case_id=case_id)
    return render(
        request,
        "docket/lift.html",
        {**frame.context, "form": form, "hold": found},
        status=422 if form.errors else 200,
    )
