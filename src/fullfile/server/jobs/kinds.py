"""The kinds of jobs: what each does, in one place.

Each is one call of an action or of a query that catches up. All may be begun anew at any moment: an import is one
transaction with a one-time number; the others look at what is missing and do that.

What this does not do: it asks for no job (`schedule`, pages) and knows no worker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management import call_command

from fullfile.core.errors import Refused
from fullfile.server.accounts.knocks import Letterhead, send_knocks
from fullfile.server.actions.account_care import expire_accounts
from fullfile.server.actions.imports.checking import check_arrival, commit_arrival, commit_failed
from fullfile.server.actions.knocking import ask_near_dues, ask_needs, ask_news
from fullfile.server.actions.link import run_link
from fullfile.server.actions.webhooks import tell_webhooks
from fullfile.server.jobs.work import Work
from fullfile.server.queries.boards import refresh_boards
from fullfile.server.store.check import check_record
from fullfile.server.store.load import current_size
from fullfile.server.store.office import get_office
from fullfile.server.store.overview import list_settings
from fullfile.server.store.search_index import catch_up, lag
from fullfile.server.waiting.arrivals import clear_old
from fullfile.server.waiting.asking import ask_job
from fullfile.server.waiting.taking import prune

__all__ = ["KINDS", "Kind"]

_MONTH = timedelta(days=30)
_SLICE = 2_000
_BREATH_SECONDS = 0.1
"""While words are taken in, nobody else can record: they are taken in by little, and others get in between."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job.

    Attributes:
        run: does it; what it gives back is kept with the job.
        gave_up: is called where it failed or was stopped.
    """

    run: Callable[[Work], Mapping[str, Any]]
    gave_up: Callable[[Work], None] = lambda _: None


def now_ms() -> int:
    """The present moment, UTC milliseconds."""
    return time.time_ns() // 1_000_000


def _check_import(work: Work) -> Mapping[str, Any]:
    work.tell(doing="reading the file")
    return check_arrival(
        int(work.arguments["arrival"]),
        now_ms=now_ms(),
        tell=work.tell,
    )


def _commit_import(work: Work) -> Mapping[str, Any]:
    work.tell(doing="taking the rows in")
    found = commit_arrival(
        int(work.arguments["arrival"]),
        leave_out=int(work.arguments["leave_out"]),
        once=work.once,
        by=work.by,
        now_ms=now_ms(),
        tell=work.tell,
    )
    for kind in ("search", "boards"):
        ask_job(kind, by="Fullfile", alone=True)
    return found


def _import_gave_up(work: Work) -> None:
    try:
        commit_failed(int(work.arguments["arrival"]))
    except Refused:
        return  # it is not being taken in any more


def _link(work: Work) -> Mapping[str, Any]:
    work.tell(doing="comparing items with cases")
    found = run_link(
        work.by,
        now_ms=now_ms(),
        every=bool(work.arguments.get("every")),
        tell=lambda step: work.tell(doing=step[:120]),
    )
    return {
        "items": len(found.suggestions),
        "changed": found.changed,
        "new": found.new,
        "learned": found.learned,
    }


def _boards(work: Work) -> Mapping[str, Any]:
    work.tell(doing="working out the boards")
    boards = refresh_boards(now_ms=now_ms())
    ask_near_dues(now=datetime.now(UTC))
    return {"boards": boards}


def _search(work: Work) -> Mapping[str, Any]:
    size = current_size()
    total = behind = lag(size)
    while behind > 0:
        work.tell(total - behind, total, "taking in the words")
        left = catch_up(size, most=_SLICE)
        if left >= behind:  # another one does the same
            break
        behind = left
        time.sleep(_BREATH_SECONDS)
    return {"entries": total}


def _check_record(work: Work) -> Mapping[str, Any]:
    work.tell(doing="checking each entry")
    found = check_record(progress=work.tell)
    return {"right": found.ok, "size": found.size or 0, "findings": len(found.findings)}


def _accounts(work: Work) -> Mapping[str, Any]:
    work.tell(doing="looking at the accounts")
    now = datetime.now(UTC)
    today = now.astimezone(get_office().zone).date()
    found = expire_accounts(now_ms=now_ms(), today=today, now=now)
    return {"ended": len(found.ended), "kept": len(found.kept), "closed": len(found.closed)}


def _webhooks(work: Work) -> Mapping[str, Any]:
    work.tell(doing="telling the webhooks")
    return {"messages": tell_webhooks(now_ms())}


def _knocks(work: Work) -> Mapping[str, Any]:
    work.tell(doing="looking what waits for whom")
    office, now = get_office(), datetime.now(UTC)
    ask_news(now=now)
    ask_needs(now=now)
    work.tell(doing="sending mails that knock")
    said = {one.name: str(one.value) for one in list_settings()}
    head = Letterhead(office.name, said.get("site_address", ""), said.get("help_line", ""))
    return {"messages": send_knocks(head, now=now, here=now.astimezone(office.zone))}


def _tidy(work: Work) -> Mapping[str, Any]:
    """What is over: files that nobody took in, old jobs, sessions that have ended, codes that were used."""
    work.tell(doing="putting away what is over")
    now = datetime.now(UTC)
    files, jobs = clear_old(now), prune(now - _MONTH)
    call_command("clearsessions", verbosity=0)
    return {"files": files, "jobs": jobs}


KINDS: Mapping[str, Kind] = {
    "import_check": Kind(_check_import),
    "import_commit": Kind(_commit_import, _import_gave_up),
    "link": Kind(_link),
    "boards": Kind(_boards),
    "search": Kind(_search),
    "check_record": Kind(_check_record),
    "accounts": Kind(_accounts),
    "webhooks": Kind(_webhooks),
    "knocks": Kind(_knocks),
    "tidy": Kind(_tidy),
}
