"""Keys for the API: made by a person for themselves, with some of their rights, for a time.

A token is 32 random bytes behind `ffk_`, so that a scanner of source code knows one when it sees it. Only its
digest is kept; it is shown once. Whoever's access ended, was locked or is not granted today has no token that holds,
and a token never has a right that its person has not (`Person.rights`).

What this does not do: it asks no right of an operation (`web.api.doors`), and is no part of the record.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.said import say
from fullfile.server.accounts.models import Account, Token
from fullfile.server.accounts.person import Person, person_of_grant
from fullfile.server.accounts.policy import Right, Role, rights_of
from fullfile.server.store.busy import leave_out
from fullfile.server.store.grants import find_grant

__all__ = [
    "LONGEST_DAYS",
    "PREFIX",
    "end_token",
    "list_tokens",
    "make_token",
    "person_of_token",
    "scopes_of",
]

PREFIX = "ffk_"
LONGEST_DAYS = 365
_LABEL = 120
_USED_EVERY = timedelta(minutes=1)


def scopes_of(role: Role) -> list[str]:
    """The scopes that a person of a role can give to a token, in the policy's order."""
    mine = rights_of(role)
    return [right.value for right in Right if right in mine and right is not Right.ANYONE]


def make_token(
    account: str, *, label: str, scopes: Collection[str], days: int, now_ms: int, today: date
) -> tuple[Token, str]:
    """Make a token for an account. The token, and the key itself, which is kept nowhere.

    Args:
        account: whose; by the policy, one's own.
        label: what it is for, in the person's words.
        scopes: the rights it shall have, of those that the person has.
        days: for how long, a year at most.
        now_ms: what the clock says, UTC milliseconds.
        today: the day on the office's clock.

    Raises:
        NotFound: there is no such account, or no grant of it holds.
        Refused: with every reason.
    """
    found = Account.objects.filter(username__iexact=account.strip()).first()
    grant = find_grant(found.username) if found is not None else None
    if found is None or not found.is_active or grant is None or not grant.holds_on(today):
        raise NotFound(say("There is no such account, or its access ended."))
    mine = set(scopes_of(Role(grant.role)))
    reasons = []
    if not label.strip() or len(label.strip()) > _LABEL:
        reasons.append(
            Reason(
                "label", say("Say in up to {label} letters what the token is for.", label=_LABEL)
            )
        )
    if not scopes:
        reasons.append(Reason("scopes", say("Choose at least one thing that the token may do.")))
    reasons.extend(
        Reason(
            "scopes",
            say("You do not have the right {scope}, so no token of yours has.", scope=scope[:60]),
        )
        for scope in sorted(set(scopes) - mine)
    )
    if not 1 <= days <= LONGEST_DAYS:
        reasons.append(
            Reason(
                "days",
                say("A token holds for 1 to {longest_days} days.", longest_days=LONGEST_DAYS),
            )
        )
    if reasons:
        raise Refused(reasons)
    key = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        digest=_digest(key),
        account=found,
        label=label.strip(),
        scopes=sorted(set(scopes)),
        expires_at=_at(now_ms) + timedelta(days=days),
    )
    return token, key


def list_tokens(account: str) -> list[Token]:
    """The tokens of an account, the newest first; those that ended stay in the list."""
    return list(Token.objects.filter(account__username__iexact=account).order_by("-pk"))


def end_token(account: str, token_id: int, *, now_ms: int) -> Token:
    """End a token now. One that ended stays as it was.

    Raises:
        NotFound: the account has no such token.
    """
    token = Token.objects.filter(account__username__iexact=account, pk=token_id).first()
    if token is None:
        raise NotFound(say("You have no such token."))
    if token.ended_at is None:
        token.ended_at = _at(now_ms)
        token.save(update_fields=["ended_at"])
    return token


def person_of_token(key: str, *, now_ms: int, today: date) -> tuple[Person, Token] | None:
    """Who acts with a key, with its scopes; None where it does not hold (any more)."""
    if not key.startswith(PREFIX) or len(key) > 200:
        return None
    token = Token.objects.filter(digest=_digest(key)).select_related("account").first()
    now = _at(now_ms)
    if token is None or token.ended_at is not None or token.expires_at <= now:
        return None
    account = token.account
    if not account.is_active or account.locked_at is not None:
        return None
    grant = find_grant(account.username)
    if grant is None or not grant.holds_on(today):
        return None
    if token.last_used_at is None or now - token.last_used_at > _USED_EVERY:
        _used(token, now)
    known = {right.value: right for right in Right}
    scopes = frozenset(known[scope] for scope in token.scopes if scope in known)
    return person_of_grant(grant, scopes | {Right.SELF}), token


def _used(token: Token, now: datetime) -> None:
    """Keep when it was used last; reading does not wait for that."""

    def write() -> None:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
        Account.objects.filter(pk=token.account.pk).update(last_used_at=now)

    leave_out(write)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _at(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, UTC)
