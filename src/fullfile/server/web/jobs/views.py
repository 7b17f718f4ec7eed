"""The list of jobs, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound, NotPermitted, Refused
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right
from fullfile.server.waiting.asking import STATES as NAMES
from fullfile.server.waiting.asking import JobView, list_jobs, read_job, stop_job
from fullfile.server.web.acting import OfficeForm, tell
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.jobs.words import STATES, came_of_it, what
from fullfile.server.web.list_tools import Choice, Option
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, Reader, long_list
from fullfile.server.web.whole_list import Column, day_column

__all__ = ["check_may_stop", "error_for", "job_page", "jobs", "reachable", "sees_all"]


class StopForm(OfficeForm):
    """Stop a job."""


@page(Right.JOBS)
def jobs(request: PageRequest) -> HttpResponse:
    """What long work is under way, and what became of it?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    account = None if sees_all(person) else person.account
    state = request.GET.get("state", "")

    def reader(wanted: str) -> Reader:
        def read(_words: str, offset: int, limit: int) -> Part:
            found, total = list_jobs(account=account, state=wanted, offset=offset, limit=limit)
            return Part(total, [_shown(person, one) for one in found])

        return read

    options = [Option(name, str(STATES[name][0])) for name in NAMES]
    listed, every = long_list(
        request,
        reader(""),
        _columns(),
        file="jobs",
        finds=False,
        narrowed=reader(state if state in NAMES else ""),
        choices=[Choice("state", _("State"), options)],
    )
    if listed.answer is not None:
        return listed.answer
    shown = {
        "list": listed.tools,
        "rows": listed.rows,
        "total": every.total,
        "all": account is None,
    }
    return render(request, "jobs/jobs.html", shown)


def _columns() -> list[Column]:
    return [
        Column("job", _("Job"), lambda one: one["job"].job, number=True),
        Column(
            "kind",
            _("What"),
            lambda one: one["job"].kind,
            choice=lambda one: one["what"],
            plain=True,
        ),
        Column("by", _("Asked for by"), lambda one: one["who"], choice=lambda one: one["who"]),
        day_column("asked_at", _("When"), lambda one: one["job"].asked_at),
        Column(
            "state",
            _("State"),
            lambda one: one["job"].state,
            choice=lambda one: one["word"],
            plain=True,
        ),
        Column("came", _("What came of it"), lambda one: one["error"] or one["came"], sorts=False),
        Column("ended_at", "", lambda one: one["job"].ended_at or ""),
        Column("tries", "", lambda one: one["job"].tries),
    ]


@page(Right.JOBS)
def job_page(request: PageRequest, job: int) -> HttpResponse:
    """How far is it, or what came of it?"""
    one = reachable(request.person, job)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_may_stop(request.person, one)
        try:
            stop_job(job)
        except Refused as error:
            form.refuse(error)
        else:
            tell(request, _("It stops. What it had begun is undone; nothing of it is recorded."))
            return redirect("job", job=job)
    shown = _shown(request.person, one) | {
        "form": form,
        "may_stop": _may_stop(request.person, one) and not one.ended and not one.stopping,
    }
    answer = render(request, "jobs/job.html", shown)
    if one.ended and request.headers.get("HX-Request") == "true":
        answer["HX-Refresh"] = "true"  # the whole page says it better than a part of it
    return answer


def sees_all(person: Person) -> bool:
    """Whoever looks after the office sees all of its work; others what they asked for."""
    return can(person, Right.SEE_OFFICE)


def reachable(person: Person, job: int) -> JobView:
    """A job that somebody may look at.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    one = read_job(job)
    if one.account != person.account and not sees_all(person):
        raise NotFound(_("There is no such job, or somebody else asked for it."))
    return one


def check_may_stop(person: Person, one: JobView) -> None:
    """Refuse who may not stop a job.

    Raises:
        NotPermitted: somebody else asked for it.
    """
    if not _may_stop(person, one):
        raise NotPermitted(_("Whoever asked for this can stop it, and an administrator."))


def _may_stop(person: Person, one: JobView) -> bool:
    return one.account == person.account or can(person, Right.CHANGE_OFFICE)


def _who(one: JobView) -> str:
    return one.by if one.account else _("the clock")


def error_for(person: Person, one: JobView) -> str:
    """What went wrong, for somebody: a refusal may name a case or a tag, so whoever asked or works with the same reads it."""
    mine = one.account == person.account or not one.account
    if one.error and not mine and not can(person, Right.IMPORT):
        return _("Why is shown to whoever asked for it.")
    return one.error


def _shown(person: Person, one: JobView) -> dict[str, Any]:
    word, icon, family = STATES[one.state]
    address = ""
    if one.kind in ("import_check", "import_commit") and can(person, Right.IMPORT):
        step = one.kind.removeprefix("import_")
        address = f"/imports/{one.arguments.get('arrival')}/{step}/"
    return {
        "job": one,
        "what": what(one),
        "who": _who(one),
        "word": word,
        "icon": icon,
        "family": family,
        "error": error_for(person, one),
        "came": came_of_it(one) if one.state == "done" else "",
        "address": address,
    }
