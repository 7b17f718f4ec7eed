"""Accounts: granted, ended, reviewed, unlocked. Every act of an administrator is an entry.

Nobody grants themselves a role; a second person approves each grant (AC-2, AC-5). The first administrator is
made by whoever opens the office at its keyboard, with a one-time link, and never a second time.
Ending an access ends its sessions and tokens at once (AC-2(13)).

What this does not do: it permits nothing; whoever calls it has asked the policy.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key
from fullfile.server.accounts.models import Account, Invitation, Token
from fullfile.server.accounts.policy import Role
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.grants import Grant, find_grant, list_grants
from fullfile.server.store.load import find_cases

__all__ = [
    "INVITED_DAYS",
    "Invited",
    "Wish",
    "accept_invitation",
    "end_access",
    "end_sessions",
    "find_invitation",
    "grant_access",
    "invite",
    "invite_first_administrator",
    "review_access",
    "unlock",
]

INVITED_DAYS = 5
_NAME = 80


@dataclass(frozen=True, slots=True)
class Wish:
    """The role that somebody shall have.

    Attributes:
        account: the name to sign in with.
        name: as it stands beside their acts.
        works_for: agency, firm or court.
        role: one of the roles.
        cases: the case numbers it is for; None: all that the role may see.
        clients: of counsel: (case number, defendant) of each client.
        ends_on: the last day.
        email: where a knock may be sent.
    """

    account: str
    name: str
    works_for: str
    role: str
    cases: Sequence[str] | None = None
    clients: Sequence[tuple[str, str]] = ()
    ends_on: date | None = None
    email: str = ""


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


def grant_access(
    wish: Wish, *, approved_by: str, reason: str, actor: str, actor_account: str, now_ms: int
) -> int:
    """Give somebody a role, or another one than before. The index of the entry.

    Args:
        wish: the role.
        approved_by: the account of the supervisor or administrator who approved it, not the actor.
        reason: why.
        actor, actor_account: who does it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every reason.
    """
    reasons = _wrong_with(wish, reason, now_ms)
    if key(wish.account) == key(actor_account):
        reasons.append(
            Reason(
                "own_role", "Nobody grants themselves a role: another administrator has to do it."
            )
        )
    approver = find_grant(approved_by) if approved_by else None
    if not approved_by and _may_go_unapproved(wish, actor_account):
        pass
    elif (
        approver is None
        or approver.ended
        or approver.role not in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    ):
        reasons.append(
            Reason(
                "approved_by",
                "A supervisor or another administrator approves every grant: name the account of one.",
            )
        )
    elif key(approved_by) in (key(actor_account), key(wish.account)):
        reasons.append(
            Reason("approved_by", "Whoever approves is neither who grants nor who is granted.")
        )
    if reasons:
        raise Refused(reasons)
    return _grant(wish, approver.name if approver else "", reason, actor, now_ms)


def invite_first_administrator(
    account: str, name: str, *, actor: str, now_ms: int, works_for: str = ""
) -> Invited:
    """Make the office's first administrator, with a link to set the password. Only where there is none.

    Raises:
        Refused: the office has an administrator, or a value is not usable.
    """
    if any(one.role == Role.ADMINISTRATOR and not one.ended for one in list_grants()):
        raise Refused(
            "The office has an administrator: sign in as that person, and make further accounts there.",
            code="has_administrator",
        )
    wish = Wish(account, name, works_for, Role.ADMINISTRATOR)
    reasons = _wrong_with(wish, "first administrator", now_ms)
    if reasons:
        raise Refused(reasons)
    _grant(wish, "", "The first administrator, made at the keyboard of the office.", actor, now_ms)
    return invite(account, reason="The first administrator.", actor=actor, now_ms=now_ms)


def invite(account: str, *, reason: str, actor: str, now_ms: int) -> Invited:
    """A one-time link with which a person sets their password; earlier links end.

    Raises:
        NotFound: there is no such account.
    """
    found = _account(account)
    secret = secrets.token_urlsafe(24)
    expires = _at(now_ms) + timedelta(days=INVITED_DAYS)
    entry = _changed(found, "invited", reason, actor, now_ms)
    with transaction.atomic():
        Invitation.objects.filter(account=found, used_at=None).update(used_at=_at(now_ms))
        Invitation.objects.create(digest=_digest(secret), account=found, expires_at=expires)
    return Invited(entry, secret, expires)


def find_invitation(secret: str, *, now_ms: int) -> Account | None:
    """Whose link it is, while it holds."""
    found = Invitation.objects.filter(digest=_digest(secret)).select_related("account").first()
    if found is None or found.used_at is not None or found.expires_at < _at(now_ms):
        return None
    return found.account


def accept_invitation(secret: str, password: str, *, now_ms: int) -> Account:
    """Set the password that the person chose. The link is used up.

    Raises:
        Refused: the link does not hold any more, or the password is not one that holds.
    """
    with transaction.atomic():
        account = find_invitation(secret, now_ms=now_ms)
        if account is None:
            raise Refused(
                "This link was used, or its time is over. Ask an administrator for another.",
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
    return account


def end_access(account: str, *, reason: str, actor: str, actor_account: str, now_ms: int) -> int:
    """End somebody's access now, with every session and token. The index of the entry.

    Raises:
        NotFound: there is no such account.
        Refused: no reason, or nobody would be left to administer the office.
    """
    found = _account(account)
    grant = find_grant(found.username)
    reasons = []
    if not reason.strip():
        reasons.append(Reason("reason", "Say why the access ends."))
    if grant is not None and grant.role == Role.ADMINISTRATOR:
        others = [
            one
            for one in list_grants()
            if one.role == Role.ADMINISTRATOR and not one.ended and one.account != found.username
        ]
        if not others:
            reasons.append(
                Reason(
                    "last_administrator", "Make another administrator first: this is the last one."
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
    return entry


def review_access(account: str, *, finding: str, reason: str, actor: str, now_ms: int) -> int:
    """Say that somebody still needs their access, or that it is to be ended. The index of the entry.

    Raises:
        NotFound: there is no such account.
        Refused: the finding is neither kept nor to be ended.
    """
    found = _account(account)
    if finding not in ("kept", "to be ended"):
        raise Refused("The finding is “kept” or “to be ended”.", code="finding")
    data = {"account": found.username, "finding": finding, "reason": reason.strip()}
    with unit_of_work() as writer:
        return writer.append([Draft("account.reviewed", actor, data)], now_ms=now_ms)[0]


def unlock(account: str, *, reason: str, actor: str, now_ms: int) -> int:
    """Let somebody try again after five bad tries. The index of the entry.

    Raises:
        NotFound: there is no such account.
        Refused: it is not locked.
    """
    found = _account(account)
    if found.locked_at is None:
        raise Refused("This account is not locked.", code="not_locked")
    entry = _changed(found, "unlocked", reason, actor, now_ms)
    Account.objects.filter(pk=found.pk).update(locked_at=None, failures=[])
    return entry


def end_sessions(account: Account) -> int:
    """End every session of an account. How many there were."""
    ended = 0
    for session in Session.objects.filter(expire_date__gte=datetime.now(UTC)):
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()
            ended += 1
    return ended


def _may_go_unapproved(wish: Wish, actor_account: str) -> bool:
    """The office's second person: as long as nobody else could approve, an administrator makes one who can."""
    if wish.role not in (Role.SUPERVISOR, Role.ADMINISTRATOR):
        return False
    others = {
        one.account
        for one in list_grants()
        if not one.ended and one.role in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    }
    return not {name for name in others if key(name) not in (key(actor_account), key(wish.account))}


def _wrong_with(wish: Wish, reason: str, now_ms: int) -> list[Reason]:
    reasons = []
    account = wish.account.strip()
    if (
        not account
        or len(account) > _NAME
        or not account.isascii()
        or not account.isprintable()
        or " " in account
    ):
        reasons.append(
            Reason(
                "account",
                "The name to sign in with has up to 80 letters, digits or signs, without spaces.",
            )
        )
    if not wish.name.strip():
        reasons.append(
            Reason("name", "Say the person's name, as it shall stand beside their acts.")
        )
    if wish.role not in set(Role):
        reasons.append(Reason("role", f"The role is one of {', '.join(Role)}."))
    if not reason.strip():
        reasons.append(Reason("reason", "Say why."))
    if wish.ends_on is not None and wish.ends_on < _at(now_ms).date():
        reasons.append(Reason("ends_on", "The day on which it ends is over."))
    if wish.role == Role.DEFENCE and not wish.clients:
        reasons.append(
            Reason("clients", "Defence counsel needs at least one client: a case and a defendant.")
        )
    if wish.role != Role.DEFENCE and wish.clients:
        reasons.append(Reason("clients", "Only defence counsel has clients."))
    for number in [*(wish.cases or ()), *(number for number, _name in wish.clients)]:
        if not find_cases([number]):
            reasons.append(Reason("cases", f"No case on record has the number {number}."))
    return reasons


def _grant(wish: Wish, approver: str, reason: str, actor: str, now_ms: int) -> int:
    before = Account.objects.filter(username__iexact=wish.account.strip()).first()
    username = before.username if before else wish.account.strip()
    data: dict[str, object] = {
        "account": username,
        "name": wish.name.strip(),
        "works_for": wish.works_for.strip(),
        "role": str(wish.role),
        "clients": [{"case_number": number, "defendant": name} for number, name in wish.clients],
        "approved_by": approver,
        "reason": reason.strip(),
    }
    if wish.cases is not None:
        data["cases"] = list(wish.cases)
    if wish.ends_on is not None:
        data["ends_on"] = wish.ends_on.isoformat()
    with unit_of_work() as writer:
        entry = writer.append([Draft("account.granted", actor, data)], now_ms=now_ms)[0]
        account = before or Account(username=username)
        account.is_active = True
        account.email = wish.email or account.email
        if before is None:
            account.set_unusable_password()
        account.save()
    return entry


def _changed(account: Account, what: str, reason: str, actor: str, now_ms: int) -> int:
    data = {"account": account.username, "what": what, "reason": reason.strip()}
    with unit_of_work() as writer:
        return writer.append([Draft("account.changed", actor, data)], now_ms=now_ms)[0]


def _account(name: str) -> Account:
    found = Account.objects.filter(username__iexact=name.strip()).first()
    if found is None:
        raise NotFound(f"There is no account “{name[:60]}”.")
    return found


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _at(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, UTC)


def grants_by_account() -> dict[str, Grant]:
    """The newest grant of each account."""
    return {one.account: one for one in list_grants()}
