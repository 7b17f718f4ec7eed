"""May these items leave? Asked by one person, approved by another; the record says what stands in the way."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.leaving import approve_leaving, refuse_leaving
from fullfile.server.queries.holds import holds_of_item
from fullfile.server.queries.room import LeavingRow, waiting_for_approval
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, long_list
from fullfile.server.web.reach import item_in_reach, items_in_reach
from fullfile.server.web.whole_list import Column

__all__ = ["one", "waiting"]


class ApprovalForm(OfficeForm):
    """Approve, or refuse with a reason."""

    answer = forms.ChoiceField(
        choices=[("approve", _("Approve")), ("refuse", _("Refuse"))], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    fields_of_codes: ClassVar[dict[str, str]] = {"reason_missing": "reason", "reason": "reason"}


@page(Right.SELF)
def waiting(request: PageRequest) -> HttpResponse:
    """Which wishes wait?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    if not (can(person, Right.APPROVE_LEAVING) or can(person, Right.ASK_TO_LEAVE)):
        raise NotFound(_now("Approvals are for custodians and supervisors."))
    agencies = [person.works_for] if can(person, Right.ASK_TO_LEAVE) else None

    def read(words: str, offset: int, limit: int) -> Part:
        many = max(1, limit)
        found = waiting_for_approval(
            agencies, search=words, page=offset // many + 1, per_page=limit
        )
        reached = items_in_reach(person, {row.item_id for row in found.rows})
        return Part(found.count, [row for row in found.rows if row.item_id in reached])

    listed, every = long_list(
        request, read, _columns(), file="approvals", searched=_now("Search in tags")
    )
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "review/approvals.html",
        {"list": listed.tools, "rows": listed.rows, "total": every.total},
    )


def _columns() -> list[Column]:
    def how(row: LeavingRow) -> str:
        return _now("destroy") if row.how == "destroyed" else _now("release")

    return [
        Column(
            "item",
            _now("Item"),
            lambda row: f"{row.agency} {row.tag}",
            said=lambda row: row.description,
        ),
        Column("how", _now("How"), how, choice=how, said=lambda row: row.to),
        Column("reason", _now("Why"), lambda row: row.reason, said=lambda row: row.order),
        Column("asked_ms", _now("Asked by"), lambda row: row.asked_ms, said=lambda row: row.by),
        Column("to", "", lambda row: row.to),
        Column("by", "", lambda row: row.by),
        Column("order", "", lambda row: row.order),
    ]


@page(Right.SELF)
def one(request: PageRequest, entry: int) -> HttpResponse:
    """One wish: the thing, what follows, and the answer. What has left does not come back."""
    person = request.person
    row = _row_of(entry)
    item = item_in_reach(person, row.item_id)
    own_wish = key(row.by) == key(person.name)
    may_approve = can(person, Right.APPROVE_LEAVING) and not own_wish
    if not (may_approve or own_wish):
        raise NotFound(_now("This wish waits for a supervisor who did not make it."))
    form = ApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = str(form.cleaned_data["reason"])
        if form.cleaned_data["answer"] == "approve" and may_approve:
            done = act(
                request,
                form,
                lambda: approve_leaving(
                    entry,
                    reason=reason,
                    seen_entry=form.cleaned_data["seen"] - 1,
                    actor=person.name,
                    now_ms=now_ms(),
                ),
            )
        else:
            done = act(
                request,
                form,
                lambda: refuse_leaving(entry, reason=reason, actor=person.name, now_ms=now_ms()),
            )
        if done is not None:
            return redirect("approvals")
    return render(
        request,
        "review/approval.html",
        {
            "row": row,
            "item": item,
            "form": form,
            "may_approve": may_approve,
            "own_wish": own_wish,
            "holds": holds_of_item(item.agency, item.tag, now_ms=now_ms()),
        },
        status=422 if form.errors else 200,
    )


def _row_of(entry: int) -> LeavingRow:
    """A wish that waits.

    Raises:
        NotFound: there is none, or it was answered.
    """
    number = 1
    while True:
        found = waiting_for_approval(page=number)
        for row in found.rows:
            if row.entry == entry:
                return row
        if number >= found.pages:
            raise NotFound(_now("This wish was answered already, or there is none."))
        number += 1
