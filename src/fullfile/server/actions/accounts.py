"""Accounts: ended, reviewed, unlocked, freed of a lost second step. Every act of an administrator is an entry.

Ending an access ends its sessions and tokens at once (CJIS AC-2(13)). Roles are given by `granting`, links to set
a password by `invitations`.

What this does not do: it permits nothing; whoever calls it has asked the policy.
"""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.accounts.changes import tell_of_change
from fullfile.server.accounts.knocks import Waits, ask_knocks
from fullfile.server.accounts.models import Account, Token
from fullfile.server.accounts.policy import Role
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.grants import find_grant, list_grants

__all__ = [
    "account_changed",
    "end_access",
    "end_sessions",
    "get_account",
    "remove_second_step",
    "review_access",
    "unlock",
]


def end_access(account: str, *, reason: str, actor: str, actor_account: str, now_ms: int) -> int:
    """End somebody's access now, with every session and token. The index of the entry.

    Raises:
        NotFound: there is no such account.
        Refused: no reason, or nobody would be left to administer the office.
    """
    found = get_account(account)
    grant = find_grant(found.username)
    reasons = []
    if not reason.strip():
        reasons.append(Reason("reason", say("Say why the access ends.")))
    if key(found.username) == key(actor_account):
        reasons.append(Reason("own_access", say("Another administrator ends your own access.")))
    if grant is not None and grant.role == Role.ADMINISTRATOR:
        others = [
            one
            for one in list_grants()
            if one.role == Role.ADMINISTRATOR and not one.ended and one.account != found.username
        ]
        if not others:
            reasons.append(
                Reason(
                    "last_administrator",
                    say("Make another administrator first: this is the last one."),
                )
            )
    if reasons:
        raise Refused(reasons)
    draft = Draft("account.ended", actor, {"account": found.username, "reason": reason.strip()})
    with unit_of_work() as writer:
        entry = writer.append([draft], now_ms=now_ms)[0]
        Account.objects.filter(pk=found.pk).update(is_active=False)
        Token.objects.filter(account=found, ended_at=None).update(ended_at=_at(now_ms))
        end_sessions(found)
        ask_knocks([Waits(found.username, "access_changes")], now=_at(now_ms))
    return entry


def review_access(account: str, *, finding: str, reason: str, actor: str, now_ms: int) -> int:
    """Say that somebody still needs their access, or that it is to be ended. The index of the entry.

    Raises:
        NotFound: there is no such account.
        Refused: the finding is neither kept nor to be ended.
    """
    found = get_account(account)
    if finding not in ("kept", "to be ended"):
        raise Refused(say("The finding is “kept” or “to be ended”."), code="finding")
    data = {"account": found.username, "finding": finding, "reason": reason.strip()}
    with unit_of_work() as writer:
        return writer.append([Draft("account.reviewed", actor, data)], now_ms=now_ms)[0]


def unlock(account: str, *, reason: str, actor: str, now_ms: int) -> int:
    """Let somebody try again after five bad tries. The index of the entry.

    Raises:
        NotFound: there is no such account.
        Refused: it is not locked.
    """
    found = get_account(account)
    if found.locked_at is None:
        raise Refused(say("This account is not locked."), code="not_locked")
    entry = account_changed(found, "unlocked", reason, actor, now_ms)
    Account.objects.filter(pk=found.pk).update(locked_at=None, failures=[])
    return entry


def end_sessions(account: Account) -> int:
    """End every session of an account. How many there were."""
    ended = 0
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()
            ended += 1
    return ended


def remove_second_step(
    account: str, *, reason: str, actor: str, actor_account: str, now_ms: int
) -> int:
    """Take away every key of somebody who lost theirs; they add one when they sign in next. The index of the entry.

    Raises:
        NotFound: there is no such account.
        Refused: no reason, or it is one's own.
    """
    found = get_account(account)
    reasons = (
        []
        if reason.strip()
        else [Reason("reason", say("Say why, and how you know that it is them."))]
    )
    if key(found.username) == key(actor_account):
        reasons.append(Reason("own_key", say("Another administrator has to do this for you.")))
    if reasons:
        raise Refused(reasons)
    with unit_of_work() as writer:
        draft = Draft(
            "account.changed",
            actor,
            {"account": found.username, "what": "second_step_removed", "reason": reason.strip()},
        )
        entry = writer.append([draft], now_ms=now_ms)[0]
        Authenticator.objects.filter(user=found).delete()
        end_sessions(found)
        tell_of_change(found.username)
    return entry


def account_changed(account: Account, what: str, reason: str, actor: str, now_ms: int) -> int:
    """Record what was done about an account. The index of the entry."""
    data = {"account": account.username, "what": what, "reason": reason.strip()}
    with unit_of_work() as writer:
        return writer.append([Draft("account.changed", actor, data)], now_ms=now_ms)[0]


def get_account(name: str) -> Account:
    """An account by the name it signs in with.

    Raises:
        NotFound: there is none.
    """
    found = Account.objects.filter(username__iexact=name.strip()).first()
    if found is None:
        raise NotFound(say("There is no account “{name}”.", name=name[:60]))
    return found


def _at(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, UTC)
