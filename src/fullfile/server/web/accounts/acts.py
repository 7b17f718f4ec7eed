"""What an administrator does about an account: end, unlock, invite, take a lost second step away, review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.server.accounts.policy import Right
from fullfile.server.actions.accounts import (
    end_access,
    remove_second_step,
    review_access,
    unlock,
)
from fullfile.server.actions.invitations import INVITED_DAYS, invite
from fullfile.server.web.accounts.forms import InviteForm, ReasonForm, ReviewForm
from fullfile.server.web.accounts.presenters import row_of
from fullfile.server.web.accounts.views import account_of
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.again import confirmed
from fullfile.server.web.doors.permission import PageRequest, page

__all__ = ["end", "invited", "review", "second_step", "unlocked"]


@page(Right.MANAGE_ACCOUNTS)
def end(request: PageRequest, account_id: int) -> HttpResponse:
    """End an access now, with every session and token."""
    one = account_of(account_id)
    form = ReasonForm(request.POST or None)
    return _act(
        request,
        account_id,
        form,
        lambda: end_access(
            one.username,
            reason=form.cleaned_data["reason"],
            actor=request.person.name,
            actor_account=request.person.account,
            now_ms=now_ms(),
        ),
        {
            "heading": _("End the access of %(name)s") % {"name": row_of(one).name},
            "consequence": _(
                "Every session and every token ends at once. What this person recorded stays, and the name is "
                "never given to anybody else."
            ),
            "button": _("End the access now"),
        },
    )


@page(Right.MANAGE_ACCOUNTS)
@confirmed
def unlocked(request: PageRequest, account_id: int) -> HttpResponse:
    """Let somebody try again."""
    one = account_of(account_id)
    form = ReasonForm(request.POST or None)
    return _act(
        request,
        account_id,
        form,
        lambda: unlock(
            one.username,
            reason=form.cleaned_data["reason"],
            actor=request.person.name,
            now_ms=now_ms(),
        ),
        {
            "heading": _("Unlock %(name)s") % {"name": row_of(one).name},
            "consequence": _(
                "Five bad tries within a quarter of an hour locked it. Unlock it only if you know who tried."
            ),
            "button": _("Unlock"),
        },
    )


@page(Right.MANAGE_ACCOUNTS)
@confirmed
def second_step(request: PageRequest, account_id: int) -> HttpResponse:
    """Somebody lost what they sign in with."""
    one = account_of(account_id)
    form = ReasonForm(request.POST or None)
    return _act(
        request,
        account_id,
        form,
        lambda: remove_second_step(
            one.username,
            reason=form.cleaned_data["reason"],
            actor=request.person.name,
            actor_account=request.person.account,
            now_ms=now_ms(),
        ),
        {
            "heading": _("Take the second step of %(name)s away") % {"name": row_of(one).name},
            "consequence": _(
                "Every app, passkey and recovery code of this account stops working, and its sessions end. The "
                "person adds a new one at the next sign-in. Say how you know that it is them."
            ),
            "button": _("Take it away"),
        },
    )


@page(Right.MANAGE_ACCOUNTS)
def review(request: PageRequest, account_id: int) -> HttpResponse:
    """The yearly review of one account."""
    one = account_of(account_id)
    form = ReviewForm(request.POST or None)
    return _act(
        request,
        account_id,
        form,
        lambda: review_access(
            one.username,
            finding=form.cleaned_data["finding"],
            reason=form.cleaned_data["reason"],
            actor=request.person.name,
            now_ms=now_ms(),
        ),
        {
            "heading": _("Review the access of %(name)s") % {"name": row_of(one).name},
            "consequence": _(
                "Every account is looked at once a year. “To be ended” ends nothing by itself."
            ),
            "button": _("Record the review"),
            "row": row_of(one),
        },
    )


@page(Right.MANAGE_ACCOUNTS)
@confirmed
def invited(request: PageRequest, account_id: int) -> HttpResponse:
    """A link with which the person sets their password; it is shown on this answer and never again."""
    one = account_of(account_id)
    form = InviteForm(request.POST or None)
    more: dict[str, Any] = {
        "heading": _("A link for %(name)s to set a password") % {"name": row_of(one).name},
        "consequence": _(
            "It holds for %(days)s days and once; earlier links end. Hand it over in person or by a way that you "
            "trust. It is shown once."
        )
        % {"days": INVITED_DAYS},
        "button": _("Make the link"),
    }
    if request.method == "POST" and form.is_valid():
        done = act(
            request,
            form,
            lambda: invite(
                one.username,
                reason=form.cleaned_data["reason"],
                actor=request.person.name,
                now_ms=now_ms(),
            ),
        )
        if done and done.again:
            return redirect("account", account_id)
        if done:
            link = request.build_absolute_uri(reverse("welcome", args=[done.result.secret]))
            request.session.pop("said", None)
            shown = {"row": row_of(one), "link": link, "invited": done.result}
            return render(request, "accounts/invited.html", shown)
    return render(request, "accounts/act.html", {"form": form, "account": one, **more})


def _act(
    request: PageRequest,
    account_id: int,
    form: OfficeForm,
    do: Callable[[], Any],
    more: dict[str, Any],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and act(request, form, do):
        return redirect("account", account_id)
    one = account_of(account_id)
    return render(request, "accounts/act.html", {"form": form, "account": one, **more})
