"""A role is asked for by an administrator, and approved by somebody else who acts themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.granting import approve_access, ask_access, decline_access
from fullfile.server.queries.accounts import waiting_wishes
from fullfile.server.web.accounts.forms import ReasonForm, WishForm
from fullfile.server.web.accounts.presenters import Wanted, wanted_of
from fullfile.server.web.accounts.views import account_of
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.whole_list import Column, day_column, whole_list

__all__ = ["change", "decline", "new", "waiting", "wish"]


@page(Right.MANAGE_ACCOUNTS)
@confirmed
def new(request: PageRequest) -> HttpResponse:
    """Ask for a role for somebody who has no account."""
    return _ask(request, WishForm(request.POST or None), {"heading": _("A new account")})


@page(Right.MANAGE_ACCOUNTS)
@confirmed
def change(request: PageRequest, account_id: int) -> HttpResponse:
    """Ask for another role, other cases or another last day."""
    one = account_of(account_id)
    grant = one.grant
    initial: dict[str, Any] = {"email": one.email}
    if grant is not None:
        initial |= {
            "name": grant.name,
            "works_for": grant.works_for,
            "role": grant.role,
            "cases": "\n".join(grant.cases or ()),
            "clients": "\n".join(f"{number}, {name}" for number, name in grant.clients),
            "ends_on": grant.ends_on,
        }
    form = WishForm(request.POST or None, fixed=one.username, initial=initial)
    return _ask(request, form, {"heading": one.username, "account": one})


def _ask(request: PageRequest, form: WishForm, more: dict[str, Any]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        person = request.person
        done = act(
            request,
            form,
            lambda: ask_access(
                form.wish(),
                reason=form.cleaned_data["reason"],
                actor=person.name,
                actor_account=person.account,
                now_ms=now_ms(),
            ),
            say=_("It was asked for, and holds once a second person approves it."),
        )
        if done:
            return redirect("account_waiting" if not _granted(done.result) else "accounts")
    return render(request, "accounts/wish_form.html", {"form": form, **more})


def _granted(result: Any) -> bool:
    return bool(getattr(result, "granted", False))


@page(Right.APPROVE_ACCOUNTS)
def waiting(request: PageRequest) -> HttpResponse:
    """The roles that wait for a second person."""
    if request.method == "POST":
        return posted_words(request)
    rows = [wanted_of(entry, request.person.account) for entry in waiting_wishes()]
    mine = sum(not row.own for row in rows)
    listed = whole_list(request, rows, _columns(), file="roles-that-wait")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "accounts/waiting.html",
        {"list": listed.tools, "rows": listed.rows, "every": len(rows), "mine": mine},
    )


def _columns() -> list[Column]:
    return [
        Column("name", _("Name"), lambda one: one.name, said=lambda one: one.works_for),
        Column("role", _("Role"), lambda one: one.role, choice=lambda one: one.role),
        Column("for", _("For"), lambda one: one.scope),
        day_column("ends_on", _("Until"), lambda one: one.ends_on),
        Column("asked_ms", _("Asked by"), lambda one: one.asked_ms, said=lambda one: one.by),
        Column("reason", _("Why"), lambda one: one.reason, sorts=False),
    ]


@page(Right.APPROVE_ACCOUNTS)
@confirmed
def wish(request: PageRequest, entry: int) -> HttpResponse:
    """One role that waits: what it would allow, and the approval."""
    found = _wanted(request, entry)
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = request.person
        done = act(
            request,
            form,
            lambda: approve_access(
                entry, actor=person.name, actor_account=person.account, now_ms=now_ms()
            ),
            say=_("Approved: %(name)s is %(role)s from now on.")
            % {"name": found.name, "role": found.role},
        )
        if done:
            return redirect("account_waiting")
    return render(request, "accounts/wish.html", {"wish": found, "form": form})


@page(Right.APPROVE_ACCOUNTS)
def decline(request: PageRequest, entry: int) -> HttpResponse:
    """Do not approve it, or take one's own wish back."""
    found = _wanted(request, entry)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = request.person
        done = act(
            request,
            form,
            lambda: decline_access(
                entry,
                reason=form.cleaned_data["reason"],
                actor=person.name,
                actor_account=person.account,
                now_ms=now_ms(),
            ),
        )
        if done:
            return redirect("account_waiting")
    return render(request, "accounts/decline.html", {"wish": found, "form": form})


def _wanted(request: PageRequest, entry: int) -> Wanted:
    for one in waiting_wishes():
        if one.index == entry:
            return wanted_of(one, request.person.account)
    raise NotFound(
        _("This role does not wait any more: it was approved, declined or asked for anew.")
    )
