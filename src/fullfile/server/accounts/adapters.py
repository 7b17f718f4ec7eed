"""What the sign-in library asks us: who may try, what is counted, where secrets are hidden.

Nobody signs up: accounts come from an administrator. Five bad tries within a quarter of an hour lock an
account until an administrator unlocks it (CJIS AC-7); the count stands on the account, not on an address.
The agency's own sign-in (OpenID Connect) opens only accounts that are there already.

What this does not do: it records nothing in the record; what happened at the door goes to `door_event`.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fullfile.server.accounts.changes import tell_of_change
from fullfile.server.accounts.door import note
from fullfile.server.accounts.models import Account
from fullfile.server.settings import get_home
from fullfile.server.settings.home_key import decrypt, encrypt

__all__ = ["AgencySignIn", "SecondStep", "SignIn", "count_failure", "locked_words"]

TRIES = 5
WITHIN_SECONDS = 15 * 60


def count_failure(account: Account) -> bool:
    """One more bad try. Whether the account is locked now."""
    now = time.time()
    account.failures = [at for at in account.failures if now - at < WITHIN_SECONDS] + [now]
    if len(account.failures) >= TRIES and account.locked_at is None:
        account.locked_at = datetime.now(UTC)
        tell_of_change(account.username)
    account.save(update_fields=["failures", "locked_at"])
    return account.locked_at is not None


def locked_words() -> str:
    """What a locked account is told."""
    return _("Locked after %(tries)s tries. An administrator can unlock it.") % {"tries": TRIES}


def find_account(username: str) -> Account | None:
    """The account of a name, whatever its capitals."""
    return Account.objects.filter(username__iexact=username).first() if username else None


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """The first step."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        """Accounts come from an administrator."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """A locked account is refused before its password is looked at."""
        account = find_account(credentials.get("username", ""))
        if account is not None and account.locked_at is not None:
            note(request, "sign_in", "locked", account=account.username)
            raise ValidationError(locked_words())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it, whoever it was."""
        name = credentials.get("username", "")
        account = find_account(name)
        if account is not None:
            count_failure(account)
        note(request, "sign_in", "refused", account=name or "-")

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """A locked account stays out by whatever way: passkey and agency too."""
        if user.locked_at is not None:
            note(request, "sign_in", "locked", account=user.username)
            request.session["said"] = locked_words()
            return redirect("notice")
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer

    def login(self, request: HttpRequest, user: Any) -> None:
        """Somebody is in: the count begins anew, and so does the session's time."""
        super().login(request, user)
        Account.objects.filter(pk=user.pk).update(failures=[], last_used_at=datetime.now(UTC))
        request.session["since"] = request.session["seen"] = int(time.time())
        request.session.pop("locked", None)
        note(request, "sign_in", "done", account=user.username)

    def logout(self, request: HttpRequest) -> None:
        """Somebody left."""
        note(request, "sign_out", "done")
        super().logout(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's passing messages are not shown: pages answer in place."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The office's own notices are knocks without content; the library's are not sent."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where the request came from, as the server in front of us says."""
        return str(request.META.get("REMOTE_ADDR", "")) or "unknown"


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """The second step: its secrets are hidden with the home's key."""

    def encrypt(self, text: str) -> str:
        """Hide a secret."""
        return encrypt(get_home(), text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read it again."""
        return decrypt(get_home(), encrypted_text)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """As in the first step."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name under which a passkey is kept: this host."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Fullfile"}

    def _get_site_name(self) -> str:
        return "Fullfile"


class AgencySignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """The agency's own sign-in opens accounts that an administrator made, by their e-mail address or name."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the agency's person to the account of that name, or send them away."""
        if sociallogin.is_existing:
            account = sociallogin.user
        else:
            said = sociallogin.account.extra_data
            names = said.get("userinfo", said)
            account = find_account(str(names.get("preferred_username", ""))) or (
                Account.objects.filter(email__iexact=names.get("email", "")).first()
                if names.get("email") and names.get("email_verified")
                else None
            )
            if account is not None:
                sociallogin.connect(request, account)
        if account is None or not account.is_active or account.locked_at is not None:
            note(request, "sign_in_by_agency", "refused")
            raise ImmediateHttpResponse(redirect("account_login"))
