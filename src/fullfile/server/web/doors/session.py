"""Sessions: locked after 30 idle minutes, ended after an hour or twelve; a second step for everyone.

Locked, the session stays and shows nothing until its person has shown again who they are; what they had
typed stays in the page (CJIS AC-11, SC-10, IA-11; ASVS 5.0 V7). Times are kept by the server: a cookie's
expiry replaces nothing.

What this does not do: it asks no right (`permission`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fullfile.server.accounts.door import note
from fullfile.server.accounts.models import Account
from fullfile.server.accounts.person import Person, find_person
from fullfile.server.settings.pages import ABSOLUTE_SECONDS, IDLE_SECONDS, LOCK_SECONDS
from fullfile.server.store.busy import leave_out
from fullfile.server.web.clock import today

__all__ = ["OPEN_WHILE_LOCKED", "OPEN_WITHOUT_SECOND_STEP", "SessionRules"]

Answer = Callable[[HttpRequest], HttpResponse]

OPEN_WHILE_LOCKED = frozenset(
    {
        "locked",
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "language",
        "health",
        "stay",
    }
)
OPEN_WITHOUT_SECOND_STEP = frozenset(
    {
        "second_step",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "language",
        "health",
    }
)
AFTER_THE_NOTICE = frozenset(
    {"account_login", "mfa_login_webauthn", "openid_connect_login", "demonstration"}
)
_PROOFS = "account_authentication_methods"


class SessionRules:
    """Sets `request.person`, and sends away whoever must show again who they are."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle a request."""
        request.person = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.person = self._person(request)  # type: ignore[attr-defined]
            if request.person is None:  # type: ignore[attr-defined]
                note(request, "session", "ended")
                logout(request)
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: object,  # noqa: ARG002 - Django's signature
        args: object,  # noqa: ARG002
        kwargs: object,  # noqa: ARG002
    ) -> HttpResponse | None:
        """Before the view: was the notice accepted, is the session locked, is there a second step?"""
        name = request.resolver_match.url_name if request.resolver_match else ""
        if request.person is None:  # type: ignore[attr-defined]
            if name in AFTER_THE_NOTICE and not request.session.get("notice_accepted"):
                return redirect(f"/notice/?next={quote(request.GET.get('next', '/'))}")
            return None
        session = request.session
        if session.get("locked") and name not in OPEN_WHILE_LOCKED:
            return redirect(f"/locked/?next={quote(request.get_full_path())}")
        if not session.get("second_step") and not session.get("demonstration"):
            has = Authenticator.objects.filter(user=request.user).exclude(
                type=Authenticator.Type.RECOVERY_CODES
            )
            if has.exists():
                session["second_step"] = True
            elif name not in OPEN_WITHOUT_SECOND_STEP:
                return redirect("second_step")
        return None

    def _person(self, request: HttpRequest) -> Person | None:
        """Who is there, or None where the session is over or nothing is granted any more."""
        now = int(time.time())
        session = request.session
        since, seen = session.get("since", now), session.get("seen", now)
        if now - since > ABSOLUTE_SECONDS or now - seen > IDLE_SECONDS:
            return None
        user = request.user
        if not isinstance(user, Account) or not user.is_active:
            return None
        if session.get("locked") and user.locked_at is not None:
            return None  # five bad tries at the lock of a session: it is over
        if session.get("locked"):
            if self._proven_after(request, session["locked"]):
                del session["locked"]
                session["seen"] = now
        elif now - seen > LOCK_SECONDS:
            # To the fraction, as proofs are: one of this second came before.
            session["locked"] = time.time()
            note(request, "session", "locked")
        elif now - seen >= 30 and request.headers.get("X-Fullfile-Idle") != "1":
            used = Account.objects.filter(pk=user.pk)
            if leave_out(lambda: used.update(last_used_at=datetime.now(UTC))):
                session["seen"] = now
        session.setdefault("since", now)
        session.setdefault("seen", now)
        return find_person(user.username, today())

    @staticmethod
    def _proven_after(request: HttpRequest, moment: float) -> bool:
        return any(one.get("at", 0) >= moment for one in request.session.get(_PROOFS, []))


def is_demonstration() -> bool:
    """Whether this process shows the demonstration, on loopback only."""
    return bool(getattr(settings, "FULLFILE_DEMONSTRATION", False))
