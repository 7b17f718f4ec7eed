"""Mails that knock and say nothing: that something waits, by when if a day binds, where to sign in, whom to telephone.

No case, item, defendant, agency, sender or count stands in one; no link leads further than the first page; there is
no picture, attachment or token (ux 9). At most one a day for each person, from the hour they chose; at once only
where `at_once` is said: due within two working days, served on you, a hold on something you are releasing, security.
A kind that waits is not asked for twice.

What this does not do: it decides no service: being served does not depend on a mail. Nor does it know what waits
(`queries.needs`, `queries.news`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fullfile.server.accounts.models import Account, Knock, KnockMark
from fullfile.server.store.grants import find_grant

__all__ = [
    "KINDS",
    "Letterhead",
    "Waits",
    "ask_knocks",
    "find_mark",
    "is_any_to_send",
    "list_reached",
    "looked_at",
    "move_mark",
    "reachable",
    "send_knocks",
]

_NEEDS = gettext_lazy("Something needs you in Fullfile")
_SIGN = gettext_lazy("You have something to sign in Fullfile")
_ACCESS = gettext_lazy("Your access to Fullfile changes")
_SECURITY = gettext_lazy("A security message from Fullfile")

KINDS: dict[str, tuple[Any, Any]] = {  # lazy translations: subject, the one sentence
    "security": (_SECURITY, gettext_lazy("Something happened with your way to sign in.")),
    "access_changes": (_ACCESS, gettext_lazy("Your access changes or ends soon.")),
    "receipt": (_SIGN, gettext_lazy("You have a receipt to sign.")),
    "certificate": (_SIGN, gettext_lazy("You have a paper to sign.")),
    "served": (_NEEDS, gettext_lazy("Something was served on you.")),
    "due": (_NEEDS, gettext_lazy("Something that you answer for is due.")),
    "hold": (_NEEDS, gettext_lazy("Something that you are to release must be kept.")),
    "approval": (_NEEDS, gettext_lazy("Something waits for your approval.")),
    "reading": (_NEEDS, gettext_lazy("A second reading waits for you.")),
    "question": (_NEEDS, gettext_lazy("Somebody asked you a question.")),
    "answer": (_NEEDS, gettext_lazy("Your agency's answer is asked for.")),
    "tell": (_NEEDS, gettext_lazy("You have somebody to tell something.")),
}
"""The kinds, the most pressing first."""
_ALWAYS = frozenset({"security", "access_changes", "served"})
_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands in every mail: the office, where to sign in, whom to telephone."""

    office: str
    address: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Waits:
    """That something waits for somebody.

    Attributes:
        account: whose, as it signs in.
        kind: one of `KINDS`.
        by_day: the day that binds, if one does.
        at_once: do not wait for the hour of the day's one mail.
        once: not again where that kind was asked for with that day before.
    """

    account: str
    kind: str
    by_day: date | None = None
    at_once: bool = False
    once: bool = False

    def __post_init__(self) -> None:
        """A kind that no mail has words for is a slip of the program.

        Raises:
            ValueError: there is no such kind.
        """
        if self.kind not in KINDS:
            raise ValueError(f"A knock is one of {', '.join(KINDS)}.")


def ask_knocks(wanted: Iterable[Waits], *, now: datetime) -> int:
    """Ask for many, where a mail can reach them at all. How many were new.

    An account without an address, or that wants no mails, is passed over, and so is one that ended, except for what
    is told in any case. What waits already is not asked for again.
    """
    asked = list(wanted)
    people = {
        one.username: one
        for one in Account.objects.filter(username__in={one.account for one in asked}).exclude(
            email=""
        )
    }
    waiting = {
        (one.account.pk, one.kind): one
        for one in Knock.objects.filter(account__in=people.values(), sent_at=None).select_related(
            "account"
        )
    }
    told = set(
        Knock.objects.filter(
            account__in=people.values(), by_day__in={one.by_day for one in asked if one.once}
        ).values_list("account_id", "kind", "by_day")
    )
    made = 0
    for one in asked:
        person = people.get(one.account)
        if person is None or not (one.kind in _ALWAYS or (person.knocks and person.is_active)):
            continue
        if one.once and (person.pk, one.kind, one.by_day) in told:
            continue
        there = waiting.get((person.pk, one.kind))
        if there is None:
            waiting[person.pk, one.kind] = Knock.objects.create(
                account=person,
                kind=one.kind,
                by_day=one.by_day,
                at_once=one.at_once,
                asked_at=now,
            )
            made += 1
        elif one.at_once and not there.at_once:
            there.at_once = True
            there.save(update_fields=["at_once"])
    return made


def list_reached(here: datetime) -> list[str]:
    """The accounts whose hour has come, and of which nobody has looked today what waits for them."""
    found = (
        reachable()
        .filter(knock_hour__lte=here.hour)
        .exclude(looked_on=here.date())
        .order_by("username")
    )
    return [str(one.username) for one in found]


def looked_at(accounts: Iterable[str], day: date) -> None:
    """It was worked out what waits for these on a day."""
    Account.objects.filter(username__in=list(accounts)).update(looked_on=day)


def reachable() -> Any:  # a query set; the library has no types for its values
    """The accounts that can sign in and have an address."""
    return Account.objects.filter(is_active=True).exclude(email="")


def find_mark() -> int | None:
    """Up to which size the record was looked through for news; None: it never was."""
    found = KnockMark.objects.order_by("pk").first()
    return None if found is None else int(found.size)


def move_mark(size: int) -> None:
    """The record was looked through up to a size."""
    if not KnockMark.objects.update(size=size):
        KnockMark.objects.create(size=size)


def is_any_to_send(*, now: datetime, here: datetime) -> bool:
    """Whether the time of any mail has come: the same question that sending asks of each."""
    due = Q(account__knock_hour__lte=here.hour) & ~Q(account__knocked_on=here.date())
    return (
        Knock.objects.filter(sent_at=None)
        .filter(Q(failed_at=None) | Q(failed_at__lte=now - _AGAIN))
        .filter(Q(at_once=True) | due)
        .filter(Q(kind__in=_ALWAYS) | Q(account__knocks=True, account__is_active=True))
        .exclude(account__email="")
        .exists()
    )


def send_knocks(head: Letterhead, *, now: datetime, here: datetime) -> int:
    """Send the mails whose time has come, one to a person. How many were sent.

    Args:
        head: what stands in every mail.
        now: the moment.
        here: the same moment on the office's clock.
    """
    waiting: dict[int, list[Knock]] = defaultdict(list)
    for one in Knock.objects.filter(sent_at=None).select_related("account").order_by("pk"):
        if one.failed_at is None or now - one.failed_at >= _AGAIN:
            waiting[one.account.pk].append(one)
    return sum(_send(head, found, now, here) for found in waiting.values())


def _send(head: Letterhead, found: list[Knock], now: datetime, here: datetime) -> bool:
    account = found[0].account
    if not account.knocks:
        found = [one for one in found if one.kind in _ALWAYS]
    if not found or not account.email or not (account.is_active or _is_of_access(found)):
        return False
    urgent = any(one.at_once for one in found)
    due = here.hour >= account.knock_hour and account.knocked_on != here.date()
    if not (urgent or due):
        return False
    places = list(KINDS)
    found.sort(key=lambda one: places.index(one.kind))
    with translation.override(account.language or "en"):
        mail = EmailMessage(
            subject=str(KINDS[found[0].kind][0]), body=_body(head, found), to=[account.email]
        )
    numbers = [one.pk for one in found]
    try:
        mail.send()
    except (OSError, SMTPException):
        Knock.objects.filter(pk__in=numbers).update(failed_at=now)
        return False
    Knock.objects.filter(pk__in=numbers).update(sent_at=now)
    if not urgent:
        account.knocked_on = here.date()
        account.save(update_fields=["knocked_on"])
    return True


def _is_of_access(found: list[Knock]) -> bool:
    return any(one.kind in _ALWAYS for one in found)


def _body(head: Letterhead, found: list[Knock]) -> str:
    grant = find_grant(found[0].account.username)
    name = (grant.name if grant is not None else found[0].account.username).split()[0]
    lines = [_("%(name)s, this is %(office)s.") % {"name": name, "office": head.office}, ""]
    for one in found:
        said = str(KINDS[one.kind][1])
        if one.by_day is not None:
            said += " " + _("The day is %(day)s.") % {"day": date_format(one.by_day, "DATE_FORMAT")}
        lines.append(said)
    lines += ["", _("Sign in as you always do: %(address)s") % {"address": head.address or "-"}]
    if head.telephone:
        lines.append(_("Questions: %(telephone)s") % {"telephone": head.telephone})
    return "\n".join([*lines, ""])
