"""What happens to accounts by themselves, every night: those that are over, orphaned or unused for 90 days end.

CJIS AC-2(3): disabled within a week; here within a day, each by an entry that says why. The last administrator is
never ended by the clock, since nobody could let anybody in again; the result names them, for somebody to look.
The demonstration has people whom nobody uses for months: there the unused ones stay.

What this does not do: it takes no account that was looked at out of the yearly review. That an access ended is asked
to be told; the mail is sent with the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings

from fullfile.core.entries import Draft
from fullfile.server.accounts.knocks import Waits, ask_knocks
from fullfile.server.accounts.models import Account, Token
from fullfile.server.accounts.policy import Role
from fullfile.server.actions.accounts import end_sessions
from fullfile.server.queries.accounts import UNUSED_DAYS, AccountNow, list_accounts
from fullfile.server.store.append import unit_of_work

__all__ = ["Cared", "expire_accounts"]

ACTOR = "Fullfile, every night"


@dataclass(frozen=True, slots=True)
class Cared:
    """What one night did.

    Attributes:
        ended: the accounts whose access ended, with the entry of each.
        kept: accounts that should have ended and did not, with why.
        closed: accounts that could sign in and had no role any more.
    """

    ended: tuple[tuple[str, int], ...]
    kept: tuple[tuple[str, str], ...]
    closed: tuple[str, ...]


def expire_accounts(*, now_ms: int, today: date, now: datetime) -> Cared:
    """End what is over. To be run once a day; a second run on the same day finds nothing.

    Args:
        now_ms: what the clock says, UTC milliseconds.
        today: the day on the office's clock.
        now: the moment.

    Returns:
        What it did.
    """
    every = list_accounts(today=today, now=now)
    administrators = sum(
        one.grant is not None and one.in_force and one.grant.role == Role.ADMINISTRATOR
        for one in every
    )
    ended: list[tuple[str, int]] = []
    kept: list[tuple[str, str]] = []
    for one in every:
        why = _why(one, today)
        if not why or one.grant is None:
            continue
        if one.grant.role == Role.ADMINISTRATOR and administrators <= 1:
            kept.append((one.username, "the last administrator"))
            continue
        ended.append((one.username, _end(one, why, now_ms)))
        administrators -= one.grant.role == Role.ADMINISTRATOR
    orphans = [one for one in every if one.active and not one.in_force]
    for one in orphans:
        Account.objects.filter(pk=one.account_id).update(is_active=False)
        end_sessions(Account.objects.get(pk=one.account_id))
    return Cared(tuple(ended), tuple(kept), tuple(one.username for one in orphans))


def _why(one: AccountNow, today: date) -> str:
    if "expired" in one.marks and one.grant is not None and one.grant.ends_on is not None:
        return f"The last day was {one.grant.ends_on.isoformat()}."
    if "unused" in one.marks and not getattr(settings, "FULLFILE_DEMONSTRATION", False):
        return f"Not used for {UNUSED_DAYS} days, on {today.isoformat()}."
    return ""


def _end(one: AccountNow, why: str, now_ms: int) -> int:
    with unit_of_work() as writer:
        draft = Draft("account.ended", ACTOR, {"account": one.username, "reason": why})
        entry = writer.append([draft], now_ms=now_ms)[0]
        account = Account.objects.get(pk=one.account_id)
        account.is_active = False
        account.save(update_fields=["is_active"])
        ended_at = datetime.fromtimestamp(now_ms / 1000, tz=UTC)
        Token.objects.filter(account=account, ended_at=None).update(ended_at=ended_at)
        end_sessions(account)
        ask_knocks([Waits(one.username, "access_changes")], now=ended_at)
    return entry
