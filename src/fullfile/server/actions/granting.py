"""Roles: asked for by an administrator, approved by a second person who acts themselves.

Nobody grants themselves a role, and nobody types another person's approval (CJIS AC-2, AC-5): the administrator's
wish is an entry, and holds nothing open until a supervisor, or another administrator, approves it by an act of
their own. Only where nobody else could approve yet, the first who can are made without a second person, and the
entry says so. The first administrator is made by whoever opens the office at its keyboard, once.

What this does not do: it permits nothing; whoever calls it has asked the policy. It still looks itself who approves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.accounts.knocks import Waits, ask_knocks
from fullfile.server.accounts.models import Account
from fullfile.server.accounts.policy import Role
from fullfile.server.actions.accounts import end_sessions
from fullfile.server.actions.invitations import Invited, invite
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.grants import find_grant, list_grants, list_waiting
from fullfile.server.store.load import find_cases
from fullfile.server.store.reading import read_entries

__all__ = [
    "APPROVERS",
    "Asked",
    "Wish",
    "approve_access",
    "ask_access",
    "decline_access",
    "invite_first_administrator",
    "wish_of",
]

APPROVERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
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
class Asked:
    """What became of a wish.

    Attributes:
        entry: the entry that says so.
        granted: it holds already, since nobody is there yet who could approve.
    """

    entry: int
    granted: bool


def ask_access(wish: Wish, *, reason: str, actor: str, actor_account: str, now_ms: int) -> Asked:
    """Ask that somebody be given a role, or another one than before.

    Args:
        wish: the role. An earlier wish for the same account that nobody approved falls away.
        reason: why.
        actor: the name of the administrator who asks.
        actor_account: their account.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every reason.
    """
    reasons = _wrong_with(wish, reason, now_ms)
    if key(wish.account) == key(actor_account):
        reasons.append(
            Reason(
                "own_role",
                say("Nobody asks for a role for themselves: another administrator has to do it."),
            )
        )
    if reasons:
        raise Refused(reasons)
    data = _data(wish, reason)
    with unit_of_work() as writer:
        if _may_go_unapproved(wish, actor_account):
            draft = Draft("account.granted", actor, data | {"approved_by": ""})
            entry = writer.append([draft], now_ms=now_ms)[0]
            _open(str(data["account"]))
            granted = True
        else:
            draft = Draft("account.asked", actor, data | {"asked_by": actor_account})
            entry = writer.append([draft], now_ms=now_ms)[0]
            granted = False
        _keep_address(str(data["account"]), wish.email)
        if granted:
            _tell(str(data["account"]), now_ms)
    return Asked(entry, granted)


def approve_access(asked: int, *, actor: str, actor_account: str, now_ms: int) -> int:
    """Approve a role that was asked for: from now on it holds. The index of the entry.

    Sessions of an account whose role changes end, so that its person signs in again (IA-11).

    Args:
        asked: the index of the entry that asked for it.
        actor: the name of who approves.
        actor_account: their account; neither that which asked nor that which is granted.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such wish waits.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        entry = _waiting(asked)
        wish = wish_of(entry)
        reasons = _wrong_with(wish, str(entry.data["reason"]), now_ms)
        reasons += _wrong_approver(entry, actor_account)
        if reasons:
            raise Refused(reasons)
        data = _data(wish, str(entry.data["reason"])) | {"approved_by": actor, "asked": asked}
        done = writer.append([Draft("account.granted", actor, data)], now_ms=now_ms)[0]
        end_sessions(_open(str(data["account"])))
        _tell(str(data["account"]), now_ms)
    return done


def decline_access(asked: int, *, reason: str, actor: str, actor_account: str, now_ms: int) -> int:
    """Do not approve a role that was asked for; whoever asked may take it back in the same way.

    Raises:
        NotFound: no such wish waits.
        Refused: no reason, or somebody who may not approve declines what another asked for.
    """
    with unit_of_work() as writer:
        entry = _waiting(asked)
        reasons = [] if reason.strip() else [Reason("reason", say("Say why not."))]
        if key(str(entry.data["asked_by"])) != key(actor_account):
            reasons += _wrong_approver(entry, actor_account)
        if reasons:
            raise Refused(reasons)
        data = {"account": entry.data["account"], "asked": asked, "reason": reason.strip()}
        return writer.append([Draft("account.declined", actor, data)], now_ms=now_ms)[0]


def invite_first_administrator(
    account: str, name: str, *, actor: str, now_ms: int, works_for: str = ""
) -> Invited:
    """Make the office's first administrator, with a link to set the password. Only where there is none.

    Raises:
        Refused: the office has an administrator, or a value is not usable.
    """
    if any(one.role == Role.ADMINISTRATOR and not one.ended for one in list_grants()):
        raise Refused(
            say(
                "The office has an administrator: sign in as that person, and make further accounts "
                "there."
            ),
            code="has_administrator",
        )
    wish = Wish(account, name, works_for, Role.ADMINISTRATOR)
    reasons = _wrong_with(wish, "first administrator", now_ms)
    if reasons:
        raise Refused(reasons)
    data = _data(wish, "The first administrator, made at the keyboard of the office.")
    with unit_of_work() as writer:
        writer.append([Draft("account.granted", actor, data | {"approved_by": ""})], now_ms=now_ms)
        _open(str(data["account"]))
    return invite(account, reason="The first administrator.", actor=actor, now_ms=now_ms)


def wish_of(entry: Entry) -> Wish:
    """The wish of an entry that asks for a role."""
    data = entry.data
    ends = data.get("ends_on")
    cases = data.get("cases")
    return Wish(
        account=str(data["account"]),
        name=str(data["name"]),
        works_for=str(data.get("works_for", "")),
        role=str(data["role"]),
        cases=None if cases is None else tuple(cases),
        clients=tuple((one["case_number"], one["defendant"]) for one in data.get("clients", ())),
        ends_on=date.fromisoformat(ends) if ends else None,
    )


def _waiting(asked: int) -> Entry:
    if asked not in list_waiting():
        raise NotFound(
            say(
                "This wish does not wait any more: it was approved, declined, or another took its place."
            )
        )
    return read_entries([asked])[0]


def _wrong_approver(entry: Entry, actor_account: str) -> list[Reason]:
    grant = find_grant(actor_account)
    reasons = []
    if grant is None or grant.ended or grant.role not in APPROVERS:
        reasons.append(
            Reason(
                "approver",
                say("A supervisor or another administrator approves a role, by their own act."),
            )
        )
    if key(actor_account) in (key(str(entry.data["asked_by"])), key(str(entry.data["account"]))):
        reasons.append(
            Reason("approver", say("Whoever approves is neither who asked nor who is granted."))
        )
    return reasons


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
                say(
                    "The name to sign in with has up to 80 letters, digits or signs, without spaces."
                ),
            )
        )
    if not wish.name.strip():
        reasons.append(
            Reason("name", say("Say the person's name, as it shall stand beside their acts."))
        )
    if wish.role not in set(Role):
        reasons.append(Reason("role", say("The role is one of {roles}.", roles=", ".join(Role))))
    if not reason.strip():
        reasons.append(Reason("reason", say("Say why.")))
    if wish.ends_on is not None and wish.ends_on < _at(now_ms).date():
        reasons.append(Reason("ends_on", say("The day on which it ends is over.")))
    if wish.role == Role.DEFENCE and not wish.clients:
        reasons.append(
            Reason(
                "clients", say("Defence counsel needs at least one client: a case and a defendant.")
            )
        )
    if wish.role != Role.DEFENCE and wish.clients:
        reasons.append(Reason("clients", say("Only defence counsel has clients.")))
    numbers = [*(wish.cases or ()), *(number for number, _name in wish.clients)]
    known = find_cases(numbers)
    reasons += [
        Reason("cases", say("No case on record has the number {number}.", number=number))
        for number in numbers
        if key(number) not in known
    ]
    return reasons


def _data(wish: Wish, reason: str) -> dict[str, Any]:
    before = Account.objects.filter(username__iexact=wish.account.strip()).first()
    data: dict[str, Any] = {
        "account": before.username if before else wish.account.strip(),
        "name": wish.name.strip(),
        "works_for": wish.works_for.strip(),
        "role": str(wish.role),
        "clients": [{"case_number": number, "defendant": name} for number, name in wish.clients],
        "reason": reason.strip(),
    }
    if wish.cases is not None:
        data["cases"] = list(wish.cases)
    if wish.ends_on is not None:
        data["ends_on"] = wish.ends_on.isoformat()
    return data


def _keep_address(username: str, email: str) -> None:
    """Where a knock may be sent; of somebody new, the account that stays shut until it is approved."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        account = Account(username=username, is_active=False)
        account.set_unusable_password()
    account.email = email.strip() or account.email
    account.save()


def _open(username: str) -> Account:
    account = Account.objects.filter(username=username).first() or Account(username=username)
    if account.pk is None:
        account.set_unusable_password()
    account.is_active = True
    account.save()
    return account


def _tell(username: str, now_ms: int) -> None:
    ask_knocks([Waits(username, "access_changes")], now=_at(now_ms))


def _at(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, UTC)
