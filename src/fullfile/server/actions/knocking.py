"""Ask for the mails that knock: of what waits, once a day; of what is told at once, as soon as it is recorded.

    ask_news(now)        # looks through what was recorded since it last looked
    ask_needs(now)       # everybody whose hour has come, once a day
    ask_near_dues(now)   # after the boards were worked out anew

Nothing here is an entry: a mail proves nothing, and no service depends on one.

What this does not do: it sends nothing (`accounts.knocks.send_knocks`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from fullfile.server.accounts.knocks import (
    ask_knocks,
    find_mark,
    list_reached,
    looked_at,
    move_mark,
    reachable,
)
from fullfile.server.queries.needs import dues_of, needs_of
from fullfile.server.queries.news import news_since
from fullfile.server.store.load import current_size
from fullfile.server.store.office import get_office

__all__ = ["ask_near_dues", "ask_needs", "ask_news", "is_any_news"]


def is_any_news() -> bool:
    """Whether something was recorded that nobody looked through."""
    return find_mark() != current_size()


def ask_news(*, now: datetime) -> int:
    """Ask for what is told at once of what was recorded since the last look. How many were new.

    The first look only sets the mark: what was recorded before is no news.
    """
    size, first = current_size(), find_mark()
    wanted = (
        []
        if first is None or first >= size
        else news_since(first, size, today=_today(now), now_ms=_ms(now))
    )
    with transaction.atomic():
        made = ask_knocks(wanted, now=now)
        move_mark(size)
    return made


def ask_needs(*, now: datetime) -> int:
    """Ask for what waits for everybody whose hour has come today, and was not looked for yet. How many were new."""
    here = now.astimezone(get_office().zone)
    reached = list_reached(here)
    if not reached:
        return 0
    wanted = needs_of(reached, today=here.date(), now_ms=_ms(now))
    with transaction.atomic():
        made = ask_knocks(wanted, now=now)
        looked_at(reached, here.date())
    return made


def ask_near_dues(*, now: datetime) -> int:
    """Ask for what has come to fall due within two working days, once for each day. How many were new.

    Whoever's hour is still to come today is told then.
    """
    here = now.astimezone(get_office().zone)
    hours = {str(one.username): int(one.knock_hour) for one in reachable()}
    near = [
        replace(one, once=True, at_once=hours[one.account] <= here.hour)
        for one in dues_of(sorted(hours), today=here.date(), now_ms=_ms(now))
        if one.by_day is not None
    ]
    return ask_knocks(near, now=now)


def _today(now: datetime) -> date:
    return now.astimezone(get_office().zone).date()


def _ms(now: datetime) -> int:
    return int(now.timestamp() * 1000)
