"""The way in, and one's own account.

The notice stands before sign-in and is accepted by an act (CJIS AC-8). A locked session shows nothing
until its person has proven themselves again. The demonstration signs in with one press, on loopback and
in a home that `fullfile demo` made, never elsewhere.
"""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fullfile.core.errors import Refused
from fullfile.server.accounts.models import Account
from fullfile.server.accounts.person import can, person_of_grant
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.words import right_words
from fullfile.server.actions.invitations import accept_invitation, find_invitation
from fullfile.server.store.grants import list_grants
from fullfile.server.store.overview import list_settings
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.doors.session import is_demonstration
from fullfile.server.web.in_words import in_words
from fullfile.server.web.said_below import role_name

__all__ = [
    "demonstration",
    "language",
    "locked",
    "me",
    "no_password",
    "notice",
    "second_step",
    "stay",
    "welcome",
]


def _next(request: HttpRequest) -> str:
    said = request.POST.get("next") or request.GET.get("next") or "/"
    here = {request.get_host()}
    return said if url_has_allowed_host_and_scheme(said, here, request.is_secure()) else "/"


@page(Right.ANYONE)
def notice(request: PageRequest) -> HttpResponse:
    """Whose system it is, before anybody signs in."""
    if request.method == "POST":
        request.session["notice_accepted"] = int(time.time())
        where = "demonstration" if is_demonstration() else "account_login"
        answer = redirect(where)
        answer["Location"] += f"?next={_next(request)}" if _next(request) != "/" else ""
        return answer
    text = next((one.value for one in list_settings() if one.name == "notice"), "")
    return render(request, "own/notice.html", {"next": _next(request), "text": text})


class PasswordForm(forms.Form):
    """The password of an invited person."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters; spaces are welcome. A password manager helps."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=1_000,
    )


@page(Right.ANYONE)
def welcome(request: PageRequest, secret: str) -> HttpResponse:
    """An invited person sets their password, and signs in with it."""
    account = find_invitation(secret, now_ms=now_ms())
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(secret, form.cleaned_data["password"], now_ms=now_ms())
        except Refused as error:
            for reason in error.reasons:
                form.add_error(
                    "password" if reason.code == "password" else None, in_words(reason.text)
                )
        else:
            request.session["said"] = str(_("Your password is set. Sign in with it."))
            return redirect("notice")
    status = 200 if account is not None else 410
    return render(request, "own/welcome.html", {"form": form, "account": account}, status=status)


@page(Right.ANYONE)
def demonstration(request: PageRequest) -> HttpResponse:
    """Sign in as one of the demonstration's people."""
    if not is_demonstration():
        raise Http404
    people = [person_of_grant(one) for one in list_grants() if not one.ended]
    if request.method == "POST":
        account = Account.objects.filter(username=request.POST.get("account", "")).first()
        if account is not None and account.is_active:
            login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
            request.session.update(
                {"demonstration": True, "since": int(time.time()), "seen": int(time.time())}
            )
            record_authentication(request, account, method="password")
            return redirect(_next(request))
    shown = [{"person": one, "role": role_name(one.role)} for one in people]
    return render(request, "own/demonstration.html", {"people": shown, "next": _next(request)})


@page(Right.SELF)
def locked(request: PageRequest) -> HttpResponse:
    """A session that was idle for too long, or that its person locked."""
    request.session.setdefault("locked", time.time())
    if request.session.get("demonstration") and request.method == "POST":
        del request.session["locked"]
        return redirect(_next(request))
    passkey = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    return render(request, "own/locked.html", {"next": _next(request), "passkey": passkey.exists()})


@page(Right.SELF, methods=("GET", "HEAD", "POST"))
def stay(request: PageRequest) -> HttpResponse:
    """Somebody is still there: 204, and the idle time begins anew; 403 while the session is locked."""
    if request.session.get("locked"):
        return HttpResponse(status=403)
    request.session["seen"] = int(time.time())
    return HttpResponse(status=204)


@page(Right.ANYONE, methods=("POST",))
def language(request: PageRequest) -> HttpResponse:
    """English or Spanish, for this browser and, signed in, for the account."""
    wanted = request.POST.get("language", "")
    answer = redirect(_next(request))
    if wanted in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        if request.user.is_authenticated:
            Account.objects.filter(pk=request.user.pk).update(language=wanted)
    return answer


_OWN = ("letters", "knocks", "knock_hour")


class MeForm(forms.Form):
    """What a person sets for themselves."""

    letters = forms.BooleanField(
        label=_("Single letters act on the review page (A, R, Q, S, J, K)"), required=False
    )
    knocks = forms.BooleanField(
        label=_("A mail may tell me that something waits; it never says what"), required=False
    )
    knock_hour = forms.IntegerField(
        label=_("From which hour of the day? (0 to 23)"), min_value=0, max_value=23
    )


@page(Right.SELF)
def me(request: PageRequest) -> HttpResponse:
    """Who am I here, what may I do, and with which keys do I sign in?"""
    account = Account.objects.get(pk=request.user.pk)
    form = MeForm(request.POST or None, initial={name: getattr(account, name) for name in _OWN})
    if not can(request.person, Right.SEE_SUGGESTIONS):
        del form.fields["letters"]  # whoever has no review page
    if request.method == "POST" and form.is_valid():
        for name in form.fields:
            setattr(account, name, form.cleaned_data[name])
        account.save(update_fields=list(form.fields))
        return redirect("me")
    keys = Authenticator.objects.filter(user=request.user).order_by("created_at")
    return render(
        request,
        "own/me.html",
        {
            "form": form,
            "keys": keys,
            "rights": right_words(request.person.rights),
            "account": account,
        },
    )


@page(Right.SELF)
def second_step(request: PageRequest) -> HttpResponse:
    """Everyone has a second step: an app's code, or a passkey."""
    return render(request, "own/second_step.html", {})


@page(Right.SELF)
def no_password(request: PageRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """An account without a password: it signs in with its agency, or belongs to the demonstration."""
    raise Refused(
        _now(
            "This account has no password: it signs in with its agency's own sign-in, or belongs to the demonstration. "
            "An administrator can send an invitation to choose one."
        ),
        code="no_password",
    )
