"""What do reports say was taken that nobody booked? Somebody says what became of it, and another person confirms."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.mentions import close_mention, confirm_mention
from fullfile.server.queries.docket import MentionOfCase, mentions_of
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.docket import columns
from fullfile.server.web.docket.frame import Frame, frame_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.whole_list import whole_list

__all__ = ["mentions", "one"]

OUTCOMES = {
    "booked": _("booked as"),
    "returned_on_spot": _("returned on the spot"),
    "left_in_place": _("left in place"),
    "not_taken": _("not taken"),
}


class OutcomeForm(OfficeForm):
    """What became of a thing."""

    outcome = forms.ChoiceField(
        label=_("What became of it?"), choices=list(OUTCOMES.items()), widget=forms.RadioSelect
    )
    booked_agency = forms.CharField(
        label=_("Booked by which agency"), required=False, max_length=200
    )
    booked_as = forms.CharField(label=_("Booked as (tag)"), required=False, max_length=120)
    reason = forms.CharField(
        label=_("Who says so, and from what?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason"}


class ConfirmForm(OfficeForm):
    """The second person's word."""


@page(Right.SEE_CASES)
def mentions(request: PageRequest, case_id: int) -> HttpResponse:
    """The list, what is open first."""
    frame = frame_of(request, case_id)
    if request.method == "POST":
        return posted_words(request)
    found = mentions_of(frame.number, now_ms=now_ms())
    rows = [(each, OUTCOMES.get(each.outcome, "")) for each in found]
    listed = whole_list(request, rows, columns.mentions(), file="mentions")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "docket/mentions.html",
        {
            **frame.context,
            "list": listed.tools,
            "rows": listed.rows,
            "every": len(found),
            "open": sum(not each.accounted for each in found),
            "may_say": can(request.person, Right.MENTION),
        },
    )


@page(Right.MENTION)
def one(request: PageRequest, case_id: int, entry: int) -> HttpResponse:
    """One thing: say what became of it, or confirm what somebody else said."""
    frame, person = frame_of(request, case_id), request.person
    found = _one(frame, entry)
    confirms = (
        bool(found.outcome) and not found.accounted and key(found.outcome_by) != key(person.name)
    )
    form: OfficeForm = (
        ConfirmForm(request.POST or None) if confirms else OutcomeForm(request.POST or None)
    )
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        if confirms:
            done = act(
                request,
                form,
                lambda: confirm_mention(
                    entry, confirmed_by=person.name, actor=person.name, now_ms=now_ms()
                ),
            )
        else:
            done = act(
                request,
                form,
                lambda: close_mention(
                    entry,
                    outcome=said["outcome"],
                    by=person.name,
                    reason=said["reason"],
                    booked_agency=said["booked_agency"],
                    booked_as=said["booked_as"],
                    actor=person.name,
                    now_ms=now_ms(),
                ),
            )
        if done is not None:
            return redirect("case_mentions", case_id=case_id)
    return render(
        request,
        "docket/mention.html",
        {
            **frame.context,
            "found": found,
            "outcome": OUTCOMES.get(found.outcome, ""),
            "form": form,
            "confirms": confirms,
            "own": bool(found.outcome) and key(found.outcome_by) == key(person.name),
        },
        status=422 if form.errors else 200,
    )


def _one(frame: Frame, entry: int) -> MentionOfCase:
    for each in mentions_of(frame.number, now_ms=now_ms()):
        if each.entry == entry:
            return each
    raise NotFound(
        _now(
            "There is no such mention in this case, or it was corrected since: open the list again."
        )
    )
