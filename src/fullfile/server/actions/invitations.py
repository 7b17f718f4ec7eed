"""One-time links with which a person sets their password.

Only the digest of a link is kept; it holds for five days and once. Making one is an entry, the link is not in it.

What this does not do: it gives no role (`granting`), and permits nothing; whoever calls it has asked the policy.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from fullfile.core.errors import Reason, Refused
from fullfile.core.said import say
from fullfile.server.accounts.changes import tell_of_change
from fullfile.server.accounts.models import Account, Invitation
from fullfile.server.actions.accounts import account_changed, get_account

__all__ = ["INVITED_DAYS", "Invited", "accept_invitation", "find_invitation", "invite"]

INVITED_DAYS = 5


@dataclass(frozen=True, slots=True)
class Invited:
    """A one-time link.

    Attributes:
        entry: the entry that says so.
        secret: what stands in the link; kept nowhere.
        expires_at: until when it holds.
    """

    entry: int
    secret: str
    expires_at: datetime


def invite(account: str, *, reason: str, actor: str, now_ms: int) -> Invited:
    """A one-time link with which a person sets their password; earlier links end.

    Raises:
        NotFound: there is no such account.
    """
    found = get_account(account)
    secret = secrets.token_urlsafe(24)
    expires = _at(now_ms) + timedelta(days=INVITED_DAYS)
    entry = account_changed(found, "invited", reason, actor, now_ms)
    with transaction.atomic():
        Invitation.objects.filter(account=found, used_at=None).update(used_at=_at(now_ms))
        Invitation.objects.create(digest=_digest(secret), account=found, expires_at=expires)
    return Invited(entry, secret, expires)


def find_invitation(secret: str, *, now_ms: int) -> Account | None:
    """Whose link it is, while it holds."""
    found = Invitation.objects.filter(digest=_digest(secret)).select_related("account").first()
    if found is None or found.used_at is not None or found.expires_at < _at(now_ms):
        return None
    account: Account = found.account
    return account


def accept_invitation(secret: str, password: str, *, now_ms: int) -> Account:
    """Set the password that the person chose. The link is used up.

    Raises:
        Refused: the link does not hold any more, or the password is not one that holds.
    """
    with transaction.atomic():
        account = find_invitation(secret, now_ms=now_ms)
        if account is None:
            raise Refused(
                say("This link was used, or its time is over. Ask an administrator for another."),
                code="invitation",
            )
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise Refused([Reason("password", text) for text in error.messages]) from error
        account.set_password(password)
        account.failures, account.locked_at = [], None
        account.save()
        Invitation.objects.filter(digest=_digest(secret)).update(used_at=_at(now_ms))
        tell_of_change(account.username)
    return account


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _at(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, UTC)
