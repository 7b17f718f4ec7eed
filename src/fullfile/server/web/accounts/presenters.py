"""What the pages of accounts say about an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.entries import Entry
from fullfile.server.accounts.policy import Right, Role, rights_of
from fullfile.server.accounts.words import RIGHT_WORDS, right_words
from fullfile.server.actions.granting import wish_of
from fullfile.server.queries.accounts import REVIEW_DAYS, UNUSED_DAYS, AccountNow
from fullfile.server.web.said_below import role_name

__all__ = [
    "Mark",
    "Row",
    "Wanted",
    "done_words",
    "mark_words",
    "row_of",
    "scope_words",
    "wanted_of",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag: word, icon, family."""

    word: str
    icon: str
    family: str


@dataclass(frozen=True, slots=True)
class Row:
    """An account as a row and as a page.

    Attributes:
        account: as it stands.
        name, works_for, role: as granted; empty where nothing was yet.
        scope: for which cases or clients, in words.
        state: its tags.
        ends: until when.
        may, may_not: the rights of the role in words; what other roles may and this one may not.
    """

    account: AccountNow
    name: str
    works_for: str
    role: str
    scope: str
    state: tuple[Mark, ...]
    may: tuple[Any, ...]  # lazy translations
    may_not: tuple[Any, ...]


def mark_words(word: str) -> Mark:
    """The tag of a word of `queries.accounts`."""
    return {
        "expired": Mark(_("Over"), "event", "behind"),
        "unused": Mark(
            _("Unused for %(days)s days: ends tonight") % {"days": UNUSED_DAYS}, "history", "behind"
        ),
        "locked": Mark(_("Locked"), "lock", "stops"),
        "invited": Mark(_("Not signed in yet"), "mail_outline", "hand"),
        "no_second_step": Mark(_("No second step"), "lock_open", "behind"),
        "review": Mark(
            _("Due for review: %(days)s days") % {"days": REVIEW_DAYS}, "visibility", "behind"
        ),
        "ends_soon": Mark(_("Ends within 14 days"), "schedule", "hand"),
    }[word]


def row_of(account: AccountNow) -> Row:
    """What a page says about an account."""
    grant = account.grant
    role = Role(grant.role) if grant is not None else None
    marks = tuple(mark_words(word) for word in account.marks)
    if grant is None:
        marks = (Mark(_("Waits for approval"), "schedule", "hand"),)
    elif grant.ended:
        marks = (Mark(_("Ended"), "close", "hand"),)
    mine = rights_of(role) if role else frozenset()
    return Row(
        account=account,
        name=grant.name if grant else account.username,
        works_for=grant.works_for if grant else "",
        role=role_name(role) if role else "",
        scope=scope_words(role, grant.cases if grant else None, grant.clients if grant else ()),
        state=marks,
        may=tuple(right_words(mine)),
        may_not=tuple(
            RIGHT_WORDS[right]
            for right in (Right.SEE_CASES, Right.SEE_ITEMS, Right.SEE_FILES, Right.PUT_ON_FILE)
            if right not in mine
        ),
    )


def done_words(entry: Entry) -> str:
    """What was done about an account, in words."""
    data = entry.data
    what = str(data.get("what") or entry.type.partition(".")[2])
    role = str(data.get("role", ""))
    says = {
        "asked": _("A role was asked for"),
        "granted": _("A role was given"),
        "declined": _("The role was not approved"),
        "ended": _("The access ended"),
        "reviewed": _("Looked at"),
        "invited": _("A link to set a password was made"),
        "unlocked": _("Unlocked"),
        "second_step_removed": _("The second step was taken away"),
    }.get(what, what)
    more = role_name(Role(role)) if role in set(Role) else str(data.get("finding", ""))
    return f"{says}: {more}" if more else says


def scope_words(
    role: Role | None,
    cases: tuple[str, ...] | None,
    clients: tuple[tuple[str, str], ...],
) -> str:
    """For what a role is: all of an agency, some cases, clients."""
    if role is None:
        return ""
    if clients:
        number = len(clients)
        return ngettext("%(number)s client", "%(number)s clients", number) % {"number": number}
    if cases is not None:
        number = len(cases)
        return ngettext("%(number)s case", "%(number)s cases", number) % {"number": number}
    if role is Role.ADMINISTRATOR:
        return _("no case and no item")
    if role in (Role.CUSTODIAN, Role.INVESTIGATOR, Role.LABORATORY):
        return _("all of the agency")
    return _("all cases")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role that waits for a second person.

    Attributes:
        entry: the entry that asks for it.
        username, name, works_for, role, scope, cases, clients, ends_on, reason: as asked for.
        by: who asked.
        asked_ms: when.
        own: whoever looks asked for it, or it is for them: they cannot approve it.
        may: the rights of the role in words.
    """

    entry: int
    username: str
    name: str
    works_for: str
    role: str
    scope: str
    cases: tuple[str, ...]
    clients: tuple[tuple[str, str], ...]
    ends_on: Any  # a date, or None
    reason: str
    by: str
    asked_ms: int
    own: bool
    may: tuple[Any, ...]


def wanted_of(entry: Entry, account: str) -> Wanted:
    """What a page says about a role that waits.

    Args:
        entry: an `account.asked`.
        account: who looks.
    """
    wish = wish_of(entry)
    role = Role(wish.role)
    cases = None if wish.cases is None else tuple(wish.cases)
    return Wanted(
        entry=entry.index,
        username=wish.account,
        name=wish.name,
        works_for=wish.works_for,
        role=role_name(role),
        scope=scope_words(role, cases, tuple(wish.clients)),
        cases=cases or (),
        clients=tuple(wish.clients),
        ends_on=wish.ends_on,
        reason=str(entry.data["reason"]),
        by=entry.by,
        asked_ms=entry.recorded_ms,
        own=account.casefold() in {str(entry.data["asked_by"]).casefold(), wish.account.casefold()},
        may=tuple(right_words(rights_of(role))),
    )
