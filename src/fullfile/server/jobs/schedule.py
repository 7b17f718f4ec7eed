"""What the clock asks for: some work every night, some every few minutes where there is any.

Nightly work has a slot: its kind and the office's day. A slot is asked for once however many workers there are, and a night
that the office was closed is caught up at its next start, once. Work of every few minutes leaves no job where
there was nothing to do.

What this does not do: it does no work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from fullfile.server.accounts.knocks import is_any_to_send, list_reached
from fullfile.server.accounts.models import Webhook
from fullfile.server.actions.knocking import is_any_news
from fullfile.server.queries.boards import boards_state_now
from fullfile.server.store.load import current_size
from fullfile.server.store.office import get_office
from fullfile.server.store.overview import list_settings
from fullfile.server.store.reading import recorded_ms_of
from fullfile.server.store.search_index import lag
from fullfile.server.waiting.asking import ask_job

__all__ = ["NIGHT", "NIGHTLY", "OFTEN", "ask_due"]

NIGHT = 2
"""The hour of the office's clock from which the night's work is asked for."""
NIGHTLY = ("accounts", "link", "boards", "search", "check_record", "tidy")
"""In this order; boards and words come after what the link run recorded."""
_BY = "Fullfile"


@dataclass(frozen=True, slots=True)
class Often:
    """Work of every few minutes: its kind, how often, and whether there is any at a moment of the office's clock."""

    kind: str
    minutes: int
    is_any: Callable[[datetime], bool]


def _words_behind(_here: datetime) -> bool:
    return lag(current_size()) > 0


def _boards_behind(_here: datetime) -> bool:
    return boards_state_now().stale > 0


def _webhooks_behind(_here: datetime) -> bool:
    return Webhook.objects.filter(ended_at=None, told_size__lt=current_size()).exists()


def _mails_wait(here: datetime) -> bool:
    """A mail names where the pages are: without that setting none is sent, and nobody is looked for."""
    if not any(one.name == "site_address" and one.value for one in list_settings()):
        return False
    return (
        is_any_to_send(now=here.astimezone(UTC), here=here)
        or bool(list_reached(here))
        or is_any_news()
    )


OFTEN = (
    Often("search", 1, _words_behind),
    Often("webhooks", 1, _webhooks_behind),
    Often("boards", 1, _boards_behind),
    Often("knocks", 5, _mails_wait),
)


def ask_due(now: datetime | None = None) -> list[int]:
    """Ask for what is due by the clock. The numbers of the jobs."""
    here = (now or datetime.now(UTC)).astimezone(get_office().zone)
    night = here.date() if here.hour >= NIGHT else here.date() - timedelta(days=1)
    began = datetime.combine(night, time(NIGHT), here.tzinfo)
    # A night before the office began has left nothing to do.
    nightly = NIGHTLY if recorded_ms_of(0) <= began.timestamp() * 1000 else ()
    asked = [ask_job(kind, by=_BY, slot=f"{kind} {night}") for kind in nightly]
    minute = here.hour * 60 + here.minute
    asked += [
        ask_job(one.kind, by=_BY, alone=True)
        for one in OFTEN
        if minute % one.minutes == 0 and one.is_any(here)
    ]
    return asked
