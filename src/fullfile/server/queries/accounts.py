"""The accounts of the office with what stands about each: role, ends, last used, second step, review.

Accounts are few, as many as people; whoever lists them gets all and pages them. What needs somebody's eye is
worked out here once, for the page, the auditor, the nightly job and the notices (CJIS AC-2):

- expired: the last day is over · unused: for 90 days · locked · no_second_step · invited, and not yet come
- review: not looked at for a year · ends_soon: within 14 days

What this does not do: it changes nothing, and shows nothing of the defence's reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from allauth.mfa.models import Authenticator

from fullfile.core.entries import Entry
from fullfile.server.accounts.models import Account
from fullfile.server.store.grants import (
    Grant,
    list_grants,
    list_waiting,
    moments_of,
    newest_review,
)
from fullfile.server.store.reading import read_entries

__all__ = [
    "ENDS_SOON_DAYS",
    "REVIEW_DAYS",
    "UNUSED_DAYS",
    "AccountNow",
    "find_account_now",
    "list_accounts",
    "waiting_wishes",
]

UNUSED_DAYS = 90
REVIEW_DAYS = 365
ENDS_SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class AccountNow:
    """An account as it stands.

    Attributes:
        account_id: its number in addresses.
        grant: the newest role; None: a role was asked for and not approved yet.
        email: where knocks go.
        active: whether it can sign in at all.
        locked_at, last_used_at: as at the door.
        has_password, has_second_step: what it signs in with.
        reviewed_at: when somebody last looked whether it is still needed; else when it was granted.
        marks: what needs somebody's eye, in words of this room.
    """

    account_id: int
    username: str
    grant: Grant | None
    email: str
    active: bool
    locked_at: datetime | None
    last_used_at: datetime | None
    has_password: bool
    has_second_step: bool
    reviewed_at: datetime | None
    marks: tuple[str, ...]

    @property
    def in_force(self) -> bool:
        """Whether a role holds that was not ended."""
        return self.grant is not None and not self.grant.ended


def list_accounts(*, today: date, now: datetime) -> list[AccountNow]:
    """Every account that ever was, in the order of their names."""
    return _accounts(Account.objects.order_by("username"), today, now)


def find_account_now(account_id: int, *, today: date, now: datetime) -> AccountNow | None:
    """One account, by its number in addresses."""
    found = _accounts(Account.objects.filter(pk=account_id), today, now)
    return found[0] if found else None


def waiting_wishes() -> list[Entry]:
    """The entries that ask for a role and wait for a second person, the oldest first."""
    return read_entries(list_waiting())


def _accounts(wanted: Iterable[Account], today: date, now: datetime) -> list[AccountNow]:
    accounts = list(wanted)
    names = [one.username for one in accounts]
    grants = {one.account: one for one in list_grants(names)}
    reviews = newest_review()
    keyed = set(
        Authenticator.objects.filter(user__in=accounts)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    moments = moments_of(one.entry for one in grants.values())
    found = []
    for one in accounts:
        grant = grants.get(one.username)
        granted = None if grant is None else _at(moments[grant.entry])
        review = reviews.get(one.username)
        reviewed = granted
        if review is not None and grant is not None and review[0] > grant.entry:
            reviewed = _at(review[1])
        found.append(
            AccountNow(
                account_id=one.pk,
                username=one.username,
                grant=grant,
                email=one.email,
                active=one.is_active,
                locked_at=one.locked_at,
                last_used_at=one.last_used_at,
                has_password=one.has_usable_password(),
                has_second_step=one.pk in keyed,
                reviewed_at=reviewed,
                marks=_marks(one, grant, granted, reviewed, one.pk in keyed, Now(today, now)),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Now:
    """The day on the office's clock, and the moment."""

    today: date
    moment: datetime


def _marks(
    one: Account,
    grant: Grant | None,
    granted: datetime | None,
    reviewed: datetime | None,
    has_key: bool,  # noqa: FBT001 - likewise
    now: Now,
) -> tuple[str, ...]:
    if grant is None or grant.ended:
        return ()
    used = max((at for at in (one.last_used_at, granted) if at), default=now.moment)
    ends, today = grant.ends_on, now.today
    checks = (
        ("expired", ends is not None and ends < today),
        ("unused", now.moment - used >= timedelta(days=UNUSED_DAYS)),
        ("locked", one.locked_at is not None),
        ("invited", one.last_used_at is None),
        ("no_second_step", one.last_used_at is not None and not has_key),
        ("review", reviewed is not None and now.moment - reviewed >= timedelta(days=REVIEW_DAYS)),
        ("ends_soon", ends is not None and today <= ends <= today + timedelta(days=ENDS_SOON_DAYS)),
    )
    return tuple(word for word, holds in checks if holds)


def _at(recorded_ms: int) -> datetime:
    return datetime.fromtimestamp(recorded_ms / 1000, UTC)
