"""The office: the law in use and adopting what came with this version; long work; what needs somebody today.

What this does not do: it does no long work, and words no state; the pages' own words are used.
"""

from __future__ import annotations

from typing import Any, Literal

from ninja import Query

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound
from fullfile.core.ids import instant_text
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.office import adopt_law
from fullfile.server.store.adoptions import list_adopted
from fullfile.server.store.load import current_size
from fullfile.server.store.reading import read_entries
from fullfile.server.waiting.asking import STATES, JobView, list_jobs, stop_job
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Page, PageOf, Shown, page_of
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.jobs.views import check_may_stop, error_for, reachable, sees_all
from fullfile.server.web.jobs.words import what
from fullfile.server.web.start.presenters import rows_for

__all__ = ["desk"]

desk = Desk("Accounts and office")


class AdoptedTold(Shown):
    """A pack or calendar in use, and who adopted it."""

    entry: int
    kind: Literal["pack", "calendar"]
    name: str
    version: str
    digest: str
    by: str
    recorded_at: str


class LawTold(Shown):
    """The law in use."""

    rows: list[AdoptedTold]


class JobTold(Shown):
    """Long work: what, for whom, how far; `error` for whoever asked, or works with the same."""

    job: int
    kind: str
    what: str
    by: str | None
    state: Literal[STATES]  # type: ignore[valid-type]  # the states that there are
    asked_at: str
    started_at: str | None
    ended_at: str | None
    tries: int
    done: int
    total: int | None
    doing: str | None
    stopping: bool
    result: dict[str, int]
    error: str | None


class JobPage(PageOf):
    """A part of the jobs, the newest first."""

    rows: list[JobTold]


class JobsAsked(Page):
    """Which jobs."""

    state: Literal["", *STATES] = ""  # type: ignore[valid-type]


class TodayRow(Shown):
    """What needs somebody today. `count`: null where the row counts nothing; `list`: the address of its list."""

    head: str
    words: str
    count: int | None
    list: str


class TodayTold(Shown):
    """The start page as data: rows only where there is something."""

    on: str
    rows: list[TodayRow]


@desk.reads("/law", Right.SEE_OFFICE, LawTold)
def get_law_in_use(request: Asking) -> dict[str, Any]:  # noqa: ARG001
    """The packs and calendars in use, since which entry, and who adopted them."""
    adopted = list_adopted(current_size())
    told = {one.index: one for one in read_entries(one.entry for one in adopted)}
    rows = [
        {
            **{name: getattr(one, name) for name in ("entry", "kind", "name", "version", "digest")},
            "by": told[one.entry].by,
            "recorded_at": instant_text(told[one.entry].recorded_ms),
        }
        for one in sorted(adopted, key=lambda one: (one.kind != "pack", one.name))
    ]
    return {"rows": rows}


@desk.acts("/law/adopt", Right.CHANGE_OFFICE)
def adopt_law_of_version(request: Asking) -> Answer:
    """Adopt the packs and calendars that came with this version, where they differ from those in use; or nothing."""
    return recorded(request, lambda: adopt_law(request.person.name, now_ms=now_ms()), tell=_adopted)


def _adopted(drafts: list[Draft]) -> dict[str, Any]:
    return {
        "adopted": [
            {
                "kind": (kind := draft.type.partition(".")[0]),
                "name": str(draft.data[kind]),
                "version": str(draft.data["version"]),
            }
            for draft in drafts
        ]
    }


@desk.reads("/jobs", Right.JOBS, JobPage)
def list_long_work(request: Asking, asked: Query[JobsAsked]) -> dict[str, Any]:
    """Long work that is under way, waits or has ended: one's own; all of it for whoever looks after the office."""
    person = request.person
    account = None if sees_all(person) else person.account
    found, total = list_jobs(
        account=account, state=asked.state, offset=asked.offset, limit=asked.per_page
    )
    return page_of([_job(person, one) for one in found], total, asked)


@desk.reads("/jobs/{int:job}", Right.JOBS, JobTold)
def get_long_work(request: Asking, job: Id) -> dict[str, Any]:
    """How far it is, or what came of it."""
    return _job(request.person, reachable(request.person, job))


@desk.reads("/jobs/{int:job}/stop", Right.JOBS, JobTold, posted=True)
def stop_long_work(request: Asking, job: Id) -> dict[str, Any]:
    """Stop it: what it had begun is undone. It is no entry; asked again it is refused once it has ended."""
    person = request.person
    check_may_stop(person, reachable(person, job))
    return _job(person, stop_job(job))


def _job(person: Person, one: JobView) -> dict[str, Any]:
    return {
        "job": one.job,
        "kind": one.kind,
        "what": what(one),
        "by": one.by if one.account else None,
        "state": one.state,
        "asked_at": one.asked_at.isoformat(),
        "started_at": None if one.started_at is None else one.started_at.isoformat(),
        "ended_at": None if one.ended_at is None else one.ended_at.isoformat(),
        "tries": one.tries,
        "done": one.done,
        "total": one.total or None,
        "doing": one.doing or None,
        "stopping": one.stopping,
        "result": {
            name: many
            for name, many in one.result.items()
            if isinstance(many, int) and not isinstance(many, bool)
        },
        "error": error_for(person, one) or None,
    }


@desk.reads("/today", Right.SELF, TodayTold)
def get_today(request: Asking) -> dict[str, Any]:
    """What needs whoever asks today: the rows of their start page, each with its count and its list."""
    if can(request.person, Right.PORTAL):
        raise NotFound("Counsel starts with their clients: ask /defence/clients.")
    rows = rows_for(request.person, now_ms=now_ms())
    return {
        "on": today().isoformat(),
        "rows": [
            {"head": one.head, "words": one.words, "count": one.count, "list": one.address}
            for one in rows
        ],
    }
