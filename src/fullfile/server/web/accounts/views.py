"""Who can do what, until when, and who said so?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.server.accounts.policy import Right, Role, rights_of
from fullfile.server.accounts.tokens import list_tokens
from fullfile.server.accounts.words import right_words
from fullfile.server.queries.accounts import (
    AccountNow,
    find_account_now,
    list_accounts,
    waiting_wishes,
)
from fullfile.server.store.audited import (
    acts_about_account,
)
from fullfile.server.web.accounts.presenters import Row, done_words, mark_words, row_of
from fullfile.server.web.clock import now, today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, Listing, export, listing_of, posted_words
from fullfile.server.web.said_below import role_name

__all__ = ["account", "account_of", "accounts", "rights"]

MARKS = ("locked", "expired", "unused", "review", "ends_soon", "no_second_step", "invited")
_ORDERS = ("name", "role", "used", "ends")


@page(Right.MANAGE_ACCOUNTS)
def accounts(request: PageRequest) -> HttpResponse:
    """Every account, with what needs somebody's eye first said in one sentence."""
    if request.method == "POST":
        return posted_words(request)
    listing = listing_of(request, filters=("role", "state"), orders=_ORDERS)
    every = list_accounts(today=today(), now=now())
    found = _sorted(_wanted(every, listing), listing.order)
    header = (
        _("account"),
        _("name"),
        _("agency"),
        _("role"),
        _("cases"),
        _("last used"),
        _("ends"),
        _("approved by"),
        _("state"),
    )
    answer = export(request, "accounts", header, [_exported(row_of(one)) for one in found])
    if answer is not None:
        return answer
    shown = [row_of(one) for one in found[listing.offset : listing.offset + PAGE]]
    counts = [
        {
            "mark": mark_words(word),
            "number": number,
            "address": listing.address(state=word, page=None),
        }
        for word in MARKS
        if (number := sum(word in one.marks for one in every))
    ]
    return render(
        request,
        "accounts/accounts.html",
        {
            "rows": shown,
            "pager": listing.pages(len(found)),
            "listing": listing,
            "in_force": sum(one.in_force for one in every),
            "counts": counts,
            "waiting": len(waiting_wishes()),
            "roles": [(role.value, role_name(role)) for role in Role],
        },
    )


@page(Right.MANAGE_ACCOUNTS)
def account(request: PageRequest, account_id: int) -> HttpResponse:
    """One account: what it may do, and everything that was done about it."""
    one = account_of(account_id)
    history = acts_about_account(one.username)
    ends = [entry for entry in history if entry.type == "account.ended"]
    return render(
        request,
        "accounts/account.html",
        {
            "row": row_of(one),
            "own": one.username == request.person.account,
            "history": [(one, done_words(one)) for one in reversed(history)],
            "ended": ends[-1] if ends and one.grant and one.grant.ended else None,
            "tokens": list_tokens(one.username),
            "waits": any(wish.data["account"] == one.username for wish in waiting_wishes()),
        },
    )


@page(Right.MANAGE_ACCOUNTS)
def rights(request: PageRequest) -> HttpResponse:
    """What each role may do, in words."""
    rows = [{"role": role_name(role), "may": right_words(rights_of(role))} for role in Role]
    return render(request, "accounts/rights.html", {"rows": rows})


def account_of(account_id: int) -> AccountNow:
    """The account of an address.

    Raises:
        NotFound: there is none.
    """
    found = find_account_now(account_id, today=today(), now=now())
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


@dataclass(frozen=True, slots=True)
class _Key:
    """Sorts what is missing last."""

    value: Any

    def __lt__(self, other: _Key) -> bool:
        if self.value is None or other.value is None:
            return self.value is not None
        return bool(self.value < other.value)


def _wanted(every: list[AccountNow], listing: Listing) -> list[AccountNow]:
    words = listing.words.casefold()
    role, state = listing.filters.get("role"), listing.filters.get("state")
    found = []
    for one in every:
        grant = one.grant
        said = f"{one.username} {grant.name if grant else ''} {grant.works_for if grant else ''}"
        if words and words not in said.casefold():
            continue
        if role and (grant is None or grant.role != role):
            continue
        if state == "ended":
            if one.in_force or grant is None:
                continue
        elif state and state not in one.marks:
            continue
        found.append(one)
    return found


def _sorted(found: list[AccountNow], order: str) -> list[AccountNow]:
    def by(one: AccountNow) -> _Key:
        grant = one.grant
        match order.lstrip("-"):
            case "used":
                return _Key(one.last_used_at)
            case "ends":
                return _Key(grant.ends_on if grant else None)
            case "role":
                return _Key(role_name(Role(grant.role)) if grant else None)
            case _:
                return _Key((grant.name if grant else one.username).casefold())

    return sorted(found, key=by, reverse=order.startswith("-"))


def _exported(row: Row) -> tuple[object, ...]:
    one = row.account
    grant = one.grant
    return (
        one.username,
        row.name,
        row.works_for,
        row.role,
        row.scope,
        one.last_used_at.isoformat() if one.last_used_at else "",
        grant.ends_on.isoformat() if grant and grant.ends_on else "",
        grant.approved_by if grant else "",
        "; ".join(mark.word for mark in row.state),
    )
