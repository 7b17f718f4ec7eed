"""Confirm it is you: before what binds (a signature, a role, a hold lifted) somebody shows again who they are.

    @page(Right.PORTAL)
    @confirmed
    def sign(request, …): …

Shown within the last five minutes counts (CJIS IA-11, ASVS 5.0 V7.5); signing in does not. The demonstration has no
passwords, and skips it.

What this does not do: it asks no right, and knows no password; the sign-in library does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fullfile.core.errors import NotPermitted
from fullfile.server.web.doors.permission import PageRequest

__all__ = ["confirmed", "is_confirmed"]

P = ParamSpec("P")
View = Callable[Concatenate[PageRequest, P], HttpResponse]


def is_confirmed(request: PageRequest) -> bool:
    """Whether somebody showed within the last minutes who they are."""
    if request.session.get("demonstration"):
        return True
    return bool(did_recently_reauthenticate(request))


def confirmed(view: View[P]) -> View[P]:
    """Send whoever has not shown who they are to do so, and back to this page."""

    @wraps(view)
    def asked(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            raise NotPermitted(
                _(
                    "Before this you have to show again who you are, and this account has no password and no "
                    "passkey of its own that could. Add a passkey in My account."
                )
            )
        return redirect(f"{ways[0]['url']}?{urlencode({'next': request.get_full_path()})}")

    return asked
