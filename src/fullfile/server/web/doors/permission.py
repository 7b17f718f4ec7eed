"""The one policy at the door: a page that names no right is refused to everybody.

    @page(Right.SEE_ITEMS)
    def item(request, item_id): ...

What somebody may reach of what they may see (which case, which item) is asked by `web.reach`.

What this does not do: it decides nothing; `accounts.policy` does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fullfile.core.errors import NotPermitted
from fullfile.server.accounts.door import note
from fullfile.server.accounts.person import Person, check_may
from fullfile.server.accounts.policy import Right
from fullfile.server.web.doors.errors import answer

__all__ = ["LIBRARY_RIGHTS", "OnePolicy", "PageRequest", "page", "right_of"]

P = ParamSpec("P")

LIBRARY_RIGHTS = {
    # Views of the sign-in library, by the name of their address.
    "account_login": Right.ANYONE,
    "account_logout": Right.ANYONE,
    "account_inactive": Right.ANYONE,
    "account_reauthenticate": Right.SELF,
    "account_change_password": Right.SELF,
    "mfa_authenticate": Right.ANYONE,
    "mfa_login_webauthn": Right.ANYONE,
    "mfa_index": Right.SELF,
    "mfa_reauthenticate": Right.SELF,
    "mfa_reauthenticate_webauthn": Right.SELF,
    "mfa_activate_totp": Right.SELF,
    "mfa_deactivate_totp": Right.SELF,
    "mfa_view_recovery_codes": Right.SELF,
    "mfa_generate_recovery_codes": Right.SELF,
    "mfa_download_recovery_codes": Right.SELF,
    "mfa_list_webauthn": Right.SELF,
    "mfa_add_webauthn": Right.SELF,
    "mfa_remove_webauthn": Right.SELF,
    "mfa_edit_webauthn": Right.SELF,
    "usersessions_list": Right.SELF,
    "openid_connect_login": Right.ANYONE,
    "openid_connect_callback": Right.ANYONE,
    "socialaccount_login_cancelled": Right.ANYONE,
    "socialaccount_login_error": Right.ANYONE,
    "socialaccount_signup": Right.ANYONE,
    "socialaccount_connections": Right.SELF,
}


class PageRequest(HttpRequest):
    """A request that went through the doors: somebody is there."""

    person: Person
    was_busy: bool = False
    """An act found somebody else writing."""
    has_recorded: bool = False
    """An act recorded something."""


def page(
    right: Right, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")
) -> Callable[
    [Callable[Concatenate[PageRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Name the right that a page asks for, and the methods that it answers."""

    def named(
        view: Callable[Concatenate[PageRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def through(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the doors set `person`

        checked: Any = require_http_methods(list(methods))(through)
        checked.right = right
        return checked  # type: ignore[no-any-return]

    return named


def right_of(view: object, name: str | None) -> Right | None:
    """The right that a page asks for, or None where it names none."""
    found = getattr(view, "right", None)
    return found if found is not None else LIBRARY_RIGHTS.get(name or "")


class OnePolicy:
    """Asks the policy before every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle a request."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: object,
        args: object,  # noqa: ARG002 - Django's signature
        kwargs: object,  # noqa: ARG002
    ) -> HttpResponse | None:
        """Before the view: may this person?"""
        if getattr(view, "asks_itself", False):  # the API names a right for each of its operations
            return None
        match = request.resolver_match
        right = right_of(view, match.url_name if match else None)
        if right is None:
            note(request, "page", "refused")
            return answer(
                request, NotPermitted(_("This page names no right, so nobody may see it.")), 403
            )
        person: Person | None = request.person  # type: ignore[attr-defined]
        if person is None and right is not Right.ANYONE:
            if request.method in {"GET", "HEAD"}:
                return redirect(f"/notice/?next={quote(request.get_full_path())}")
            return answer(request, NotPermitted(_("Sign in first.")), 403)
        try:
            check_may(person, right)
        except NotPermitted as error:
            note(request, "page", "refused")
            return answer(request, error, 403)
        return None
