"""Accounts, for administrators and whoever approves: what stands, asked for, approved, ended, reviewed, unlocked.

Nobody approves their own wish, and nobody types another's approval: the actions see to it.

A link with which somebody sets their password is in the answer that made it, once; it is kept nowhere.

What this does not do: it makes no token, and accepts no invitation: who is invited chooses their own password on the page.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from django.urls import reverse
from ninja import Query
from pydantic import Field

from fullfile.core.errors import NotFound
from fullfile.core.ids import instant_text
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.actions.accounts import (
    end_access,
    remove_second_step,
    review_access,
    unlock,
)
from fullfile.server.actions.granting import (
    Wish,
    approve_access,
    ask_access,
    decline_access,
    wish_of,
)
from fullfile.server.actions.invitations import Invited, invite
from fullfile.server.queries.accounts import (
    AccountNow,
    find_account_now,
    list_accounts,
    waiting_wishes,
)
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Need, Page, PageOf, Said, Shown, page_of
from fullfile.server.web.clock import now_ms, today

__all__ = ["desk"]

desk = Desk("Accounts and office")


class AccountShown(Shown):
    """An account as it stands."""

    account_id: int
    account: str
    name: str | None
    works_for: str | None
    role: str | None
    cases: list[str] | None
    ends_on: str | None
    approved_by: str | None
    active: bool
    locked: bool
    second_step: bool
    last_used_at: str | None
    reviewed_at: str | None
    marks: list[str]


class AccountPage(PageOf):
    """A part of the accounts, in the order of their names."""

    rows: list[AccountShown]


class WishShown(Shown):
    """A role that was asked for and waits for a second person."""

    entry: int
    asked_by: str
    asked_at: str
    account: str
    name: str
    works_for: str
    role: str
    cases: list[str] | None
    reason: str


class Wishes(Shown):
    """What waits for a second person, the oldest first."""

    rows: list[WishShown]


class ClientSaid(Said):
    """A client of counsel."""

    case_number: Need
    defendant: Need


class RoleAsked(Said):
    """The role that somebody shall have, and why."""

    account: Annotated[str, Field(min_length=1, max_length=80)]
    name: Need
    works_for: Annotated[str, Field(max_length=300)] = ""
    role: Role
    cases: Annotated[list[Need] | None, Field(max_length=5_000)] = None
    clients: Annotated[list[ClientSaid], Field(max_length=500, default_factory=list)]
    ends_on: date | None = None
    email: Annotated[str, Field(max_length=200, pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    reason: Need


class Reason(Said):
    """Why."""

    reason: Need


class Review(Said):
    """What a review found."""

    finding: Literal["kept", "to be ended"]
    reason: Annotated[str, Field(max_length=4_000)] = ""


@desk.reads("/accounts", Right.MANAGE_ACCOUNTS, AccountPage)
def list_all_accounts(request: Asking, asked: Query[Page]) -> dict[str, Any]:  # noqa: ARG001
    """Every account that ever was: who can do what, until when, and who said so."""
    found = list_accounts(today=today(), now=_now())
    part = found[asked.offset : asked.offset + asked.per_page]
    return page_of([_shown(one) for one in part], len(found), asked)


@desk.reads("/accounts/{int:account_id}", Right.MANAGE_ACCOUNTS, AccountShown)
def get_one_account(request: Asking, account_id: Id) -> dict[str, Any]:  # noqa: ARG001
    """One account."""
    return _shown(_account(account_id))


@desk.reads("/accounts/wishes", Right.APPROVE_ACCOUNTS, Wishes)
def list_wishes(request: Asking) -> dict[str, Any]:  # noqa: ARG001
    """Roles that were asked for and wait for a second person."""
    rows = []
    for entry in waiting_wishes():
        wish = wish_of(entry)
        rows.append(
            {
                "entry": entry.index,
                "asked_by": entry.by,
                "asked_at": instant_text(entry.recorded_ms),
                "account": wish.account,
                "name": wish.name,
                "works_for": wish.works_for,
                "role": str(wish.role),
                "cases": None if wish.cases is None else list(wish.cases),
                "reason": str(entry.data.get("reason", "")),
            }
        )
    return {"rows": rows}


@desk.acts("/accounts/wishes", Right.MANAGE_ACCOUNTS)
def ask_role(request: Asking, said: RoleAsked) -> Answer:
    """Ask that somebody be given a role; a second person approves it."""
    person = request.person
    wish = Wish(
        account=said.account,
        name=said.name,
        works_for=said.works_for,
        role=said.role,
        cases=said.cases,
        clients=[(one.case_number, one.defendant) for one in said.clients],
        ends_on=said.ends_on,
        email=said.email,
    )
    return recorded(
        request,
        lambda: ask_access(
            wish,
            reason=said.reason,
            actor=person.name,
            actor_account=person.account,
            now_ms=now_ms(),
        ),
        tell=lambda asked: {"entry": asked.entry, "granted": asked.granted},
    )


@desk.acts("/accounts/wishes/{int:entry}/approve", Right.APPROVE_ACCOUNTS)
def approve_role(request: Asking, entry: Id) -> Answer:
    """Approve, as the second person, a role that was asked for."""
    person = request.person
    return recorded(
        request,
        lambda: approve_access(
            entry, actor=person.name, actor_account=person.account, now_ms=now_ms()
        ),
    )


@desk.acts("/accounts/wishes/{int:entry}/decline", Right.APPROVE_ACCOUNTS)
def decline_role(request: Asking, entry: Id, said: Reason) -> Answer:
    """Do not approve a role that was asked for."""
    person = request.person
    return recorded(
        request,
        lambda: decline_access(
            entry,
            reason=said.reason,
            actor=person.name,
            actor_account=person.account,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/accounts/{int:account_id}/end", Right.MANAGE_ACCOUNTS)
def end_account(request: Asking, account_id: Id, said: Reason) -> Answer:
    """End an access now, with every session and token."""
    person = request.person
    name = _account(account_id).username
    return recorded(
        request,
        lambda: end_access(
            name,
            reason=said.reason,
            actor=person.name,
            actor_account=person.account,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/accounts/{int:account_id}/review", Right.MANAGE_ACCOUNTS)
def review_account(request: Asking, account_id: Id, said: Review) -> Answer:
    """Say whether somebody still needs their access."""
    name = _account(account_id).username
    return recorded(
        request,
        lambda: review_access(
            name,
            finding=said.finding,
            reason=said.reason,
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/accounts/{int:account_id}/unlock", Right.MANAGE_ACCOUNTS)
def unlock_account(request: Asking, account_id: Id, said: Reason) -> Answer:
    """Let somebody try again who was locked."""
    name = _account(account_id).username
    return recorded(
        request,
        lambda: unlock(name, reason=said.reason, actor=request.person.name, now_ms=now_ms()),
    )


@desk.acts("/accounts/{int:account_id}/second-step/remove", Right.MANAGE_ACCOUNTS)
def remove_second_step_of_account(request: Asking, account_id: Id, said: Reason) -> Answer:
    """Take the second step of somebody away who lost it: every app, passkey, code and session of theirs ends."""
    person = request.person
    name = _account(account_id).username
    return recorded(
        request,
        lambda: remove_second_step(
            name,
            reason=said.reason,
            actor=person.name,
            actor_account=person.account,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/accounts/{int:account_id}/invite", Right.MANAGE_ACCOUNTS)
def invite_account(request: Asking, account_id: Id, said: Reason) -> Answer:
    """Make a link with which somebody sets their password; earlier links end. It is told now, and never again."""
    name = _account(account_id).username

    def tell(done: Invited) -> dict[str, Any]:
        link = request.build_absolute_uri(reverse("welcome", args=[done.secret]))
        return {"link": link, "expires_at": done.expires_at.isoformat()}

    return recorded(
        request,
        lambda: invite(name, reason=said.reason, actor=request.person.name, now_ms=now_ms()),
        tell=tell,
    )


def _account(account_id: int) -> AccountNow:
    found = find_account_now(account_id, today=today(), now=_now())
    if found is None:
        raise NotFound("There is no such account.")
    return found


def _now() -> datetime:
    return datetime.fromtimestamp(now_ms() / 1000, UTC)


def _shown(one: AccountNow) -> dict[str, Any]:
    grant = one.grant
    return {
        "account_id": one.account_id,
        "account": one.username,
        "name": grant.name if grant else None,
        "works_for": grant.works_for if grant else None,
        "role": grant.role if grant else None,
        "cases": None if grant is None or grant.cases is None else list(grant.cases),
        "ends_on": None if grant is None or grant.ends_on is None else grant.ends_on.isoformat(),
        "approved_by": grant.approved_by or None if grant else None,
        "active": one.active,
        "locked": one.locked_at is not None,
        "second_step": one.has_second_step,
        "last_used_at": None if one.last_used_at is None else one.last_used_at.isoformat(),
        "reviewed_at": None if one.reviewed_at is None else one.reviewed_at.isoformat(),
        "marks": list(one.marks),
    }
