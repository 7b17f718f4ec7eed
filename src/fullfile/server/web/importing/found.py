"""The last steps of an import: what would change, row by row where asked; the commit, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound, Refused
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.imports.receiving import ask_check, ask_commit, settled
from fullfile.server.store.overview import get_head
from fullfile.server.waiting.arrivals import ArrivalView, read_arrival, read_found, rejected_of
from fullfile.server.waiting.asking import JobView, read_job
from fullfile.server.web.clock import today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.importing.forms import CommitForm
from fullfile.server.web.importing.views import open_arrival
from fullfile.server.web.importing.words import cause, steps, table_word, verdict
from fullfile.server.web.in_words import in_words
from fullfile.server.web.listing import export, posted_words
from fullfile.server.web.whole_list import Column, whole_list

__all__ = ["changes", "check", "commit", "refused", "rows"]

_SHOWN_WARNINGS = 50


@page(Right.IMPORT)
def check(request: PageRequest, arrival: int) -> HttpResponse:
    """What will change if this is taken in?"""
    one = settled(arrival)
    if one.state in ("commit", "done"):
        return redirect("import_commit", arrival=arrival)
    one = open_arrival(arrival)
    if one.state == "columns":
        return redirect("import_columns", arrival=arrival)
    if request.method == "POST":  # look again: the record has grown, or the job failed
        ask_check(arrival, account=request.person.account, by=request.person.name)
        return redirect("import_check", arrival=arrival)
    job = _job(one.check_job)
    shown: dict[str, Any] = {
        "one": one,
        "job": job,
        "steps": steps("check", one),
        "table": table_word(one.table),
    }
    found = read_found(arrival)
    if job is not None and not job.ended:
        return render(request, "importing/checking.html", shown)
    if found is None or (job is not None and job.state in ("failed", "stopped")):
        return _whole(request, "importing/not_checked.html", shown)
    if found.get("refused"):
        shown["refused"] = found["refused"]
        return _whole(request, "importing/not_checked.html", shown)
    failed = _job(one.commit_job)
    return _whole(request, "importing/check.html", shown | _checked(one, found, failed))


def _whole(request: PageRequest, template: str, shown: dict[str, Any]) -> HttpResponse:
    """A page that says what came of a job: a page that polls is told to load all of it."""
    answer = render(request, template, shown)
    if request.headers.get("HX-Request") == "true":
        answer["HX-Refresh"] = "true"
    return answer


def _checked(one: ArrivalView, found: dict[str, Any], failed: JobView | None) -> dict[str, Any]:
    figures = found["figures"]
    good = figures["new"] + figures["corrected"] + figures["absent"]
    return {
        "found": found,
        "verdict": verdict(figures),
        "causes": [cause(each, one) for each in found["causes"]],
        "changes_shown": len(found["changes"]),
        "nothing": good == 0 and not figures["rejected"],
        "good": figures["rows"] - figures["rejected"],
        "grown": get_head().size - found["size"],
        "warnings": found["warnings"][:_SHOWN_WARNINGS],
        "warning_count": sum(found["warning_counts"].values()),
        "late": _late(found["first_day"]),
        "form": CommitForm(initial={"leave_out": figures["rejected"]}),
        "failed": failed if failed is not None and failed.state in ("failed", "stopped") else None,
    }


def _late(first: str) -> bool:
    """Whether the rows tell of a time that is not today's."""
    return bool(first) and first < today().isoformat()


@page(Right.IMPORT)
def rows(request: PageRequest, arrival: int) -> HttpResponse:
    """Which rows have problems, and which?"""
    if request.method == "POST":
        return posted_words(request)
    one, found = _found(arrival)
    words = {each.key: each.what for each in (cause(each, one) for each in found["causes"])}
    listed = whole_list(request, found["problems"], _problems(words), file="problems")
    if listed.answer is not None:
        return listed.answer
    shown = {
        "one": one,
        "list": listed.tools,
        "rows": listed.rows,
        "total": len(listed.found),
        "all": found["problem_count"],
        "listed": len(found["problems"]),
        "steps": steps("check", one),
    }
    return render(request, "importing/rows.html", shown)


def _problems(words: dict[str, str]) -> list[Column]:
    def which(each: dict[str, Any]) -> str:
        return f"{each['code']} {each['column']}".strip()

    return [
        Column("row", _("Row"), lambda each: each["row"], number=True),
        Column("column", _("Column"), lambda each: each["column"]),
        Column(
            "cause",
            _("Problem"),
            which,
            choice=lambda each: words.get(which(each), each["code"]),
            head=False,
            plain=True,
        ),
        Column("text", _("What is wrong"), lambda each: each["text"]),
    ]


@page(Right.IMPORT)
def changes(request: PageRequest, arrival: int) -> HttpResponse:
    """What would be corrected: each value, old and new?"""
    if request.method == "POST":
        return posted_words(request)
    one, found = _found(arrival)
    every = found["changes"]
    listed = whole_list(request, every, _changes(), file="corrections", exports=False)
    told = [
        (each["row"], each["key"], value["column"], value["old"], value["new"], each["entry"])
        for each in listed.found
        for value in each["fields"]
    ]
    answer = export(request, "corrections", ("row", "key", "column", "old", "new", "entry"), told)
    if answer is not None:
        return answer
    shown = {
        "one": one,
        "list": listed.tools,
        "rows": listed.rows,
        "total": found["figures"]["corrected"],
        "listed": len(every),
        "steps": steps("check", one),
    }
    return render(request, "importing/changes.html", shown)


def _changes() -> list[Column]:
    def values(each: dict[str, Any]) -> str:
        return "; ".join(f"{one['column']}: {one['old']} {one['new']}" for one in each["fields"])

    return [
        Column("row", _("Row"), lambda each: each["row"], number=True),
        Column("key", _("What it is about"), lambda each: each["key"]),
        Column("values", _("Old and new"), values, sorts=False),
        Column("entry", _("Corrects entry"), lambda each: each["entry"], number=True),
    ]


@page(Right.IMPORT, methods=("GET", "HEAD"))
def refused(request: PageRequest, arrival: int) -> Any:  # noqa: ARG001 - every view is asked so; a file that is streamed
    """The rows with problems as a file to mend: row number and reason before each."""
    one = read_arrival(arrival)
    place = rejected_of(one)
    if not place.is_file():
        raise NotFound(_("There is no file of refused rows here; it is kept for seven days."))
    stem = one.name.rpartition(".")[0] or one.name
    return FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=f"{stem}.rejected.csv",
        content_type="text/csv; charset=utf-8",
    )


@page(Right.IMPORT)
def commit(request: PageRequest, arrival: int) -> HttpResponse:
    """Take it in; then: how far is it, and what became of it?"""
    one = settled(arrival)
    if one.state in ("columns", "dropped") or (one.state == "check" and request.method != "POST"):
        return redirect("import_check", arrival=arrival)
    if request.method == "POST" and one.state == "check":
        form = CommitForm(request.POST)
        if form.is_valid():
            try:
                ask_commit(
                    arrival,
                    leave_out=form.cleaned_data["leave_out"],
                    account=request.person.account,
                    by=request.person.name,
                )
            except Refused as error:
                request.session["said"] = in_words(error.words)
                return redirect("import_check", arrival=arrival)
        return redirect("import_commit", arrival=arrival)
    job = _job(one.commit_job)
    shown: dict[str, Any] = {
        "one": one,
        "job": job,
        "steps": steps("commit", one),
        "table": table_word(one.table),
    }
    if one.state == "commit":
        return render(request, "importing/committing.html", shown)
    shown |= {
        "verdict": verdict(dict(one.outcome)) if "rows" in one.outcome else "",
        "late": _late(str(one.outcome.get("first_day", ""))),
        "has_refused": rejected_of(one).is_file(),
    }
    return _whole(request, "importing/done.html", shown)


def _found(arrival: int) -> tuple[ArrivalView, dict[str, Any]]:
    one = open_arrival(arrival)
    found = read_found(arrival)
    if found is None or found.get("refused"):
        raise NotFound(_("This file was not checked yet."))
    return one, found


def _job(number: int | None) -> JobView | None:
    if number is None:
        return None
    try:
        return read_job(number)
    except NotFound:
        return None
