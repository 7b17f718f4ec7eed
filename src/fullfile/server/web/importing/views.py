"""The first steps of an import: the list, the upload, the columns; and giving a file up."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound, Refused, Unavailable
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.imports.receiving import (
    ask_columns,
    choose_columns,
    drop,
    receive,
    settled,
)
from fullfile.server.queries.runs import list_runs
from fullfile.server.waiting.arrivals import (
    KEPT_DAYS,
    ArrivalView,
    limit_bytes,
    list_arrivals,
    read_arrival,
    sources_known,
)
from fullfile.server.web.acting import tell
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.importing.forms import ColumnsForm, DropForm, UploadForm
from fullfile.server.web.importing.uploads import limited_upload
from fullfile.server.web.importing.words import STATE_WORDS, steps, table_word
from fullfile.server.web.in_words import in_words
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, long_list
from fullfile.server.web.whole_list import Column

__all__ = ["columns", "drop_file", "imports", "upload"]

_WAITING = 20


@page(Right.IMPORT)
def imports(request: PageRequest) -> HttpResponse:
    """What came into the record from other systems, and what waits?"""
    if request.method == "POST":
        return posted_words(request)

    def read(_words: str, offset: int, limit: int) -> Part:
        runs, total = list_runs(offset=offset, limit=limit)
        return Part(total, [{"run": one, "table": table_word(one.table)} for one in runs])

    listed, every = long_list(request, read, _columns(), file="imports", finds=False)
    if listed.answer is not None:
        return listed.answer
    waiting = [_shown(settled(one.arrival)) for one in list_arrivals(limit=_WAITING)[0] if one.open]
    return render(
        request,
        "importing/imports.html",
        {
            "waiting": waiting,
            "list": listed.tools,
            "rows": listed.rows,
            "total": every.total,
        },
    )


def _columns() -> list[Column]:
    return [
        Column("entry", _("Entry"), lambda one: one["run"].entry, number=True),
        Column(
            "source",
            _("From"),
            lambda one: one["run"].source,
            choice=lambda one: one["run"].source,
        ),
        Column(
            "table",
            _("Holds"),
            lambda one: one["run"].table,
            by=lambda one: one["table"],
            choice=lambda one: one["table"],
            plain=True,
        ),
        Column("file", _("File"), lambda one: one["run"].file),
        Column("rows", _("Rows"), lambda one: one["run"].rows, number=True),
        Column("left_out", _("Left out"), lambda one: one["run"].left_out, number=True),
        Column("by", _("By"), lambda one: one["run"].by, choice=lambda one: one["run"].by),
        Column("recorded_ms", _("Recorded"), lambda one: one["run"].recorded_ms),
        Column("recorded_at", "", lambda one: one["run"].recorded_at),
        Column("sha256", "", lambda one: one["run"].sha256),
    ]


def _shown(one: ArrivalView) -> dict[str, Any]:
    step = {"columns": "columns", "check": "check", "commit": "commit"}.get(one.state, "commit")
    word, icon, family = STATE_WORDS[one.state]
    return {
        "one": one,
        "table": table_word(one.table),
        "address": f"/imports/{one.arrival}/{step}/",
        "word": word,
        "icon": icon,
        "family": family,
    }


@limited_upload
@page(Right.IMPORT)
def upload(request: PageRequest, arrival: int | None = None) -> HttpResponse:
    """Which file, from which system, holding what?"""
    before = None if arrival is None else open_arrival(arrival)
    initial = {} if before is None else {"source": before.source, "table": before.table}
    posted = request.method == "POST"
    form = UploadForm(
        request.POST if posted else None, files=request.FILES if posted else None, initial=initial
    )
    if posted and _too_large(request, form):
        return _upload_page(request, form, before, status=413)
    if posted and form.is_valid():
        found = _received(request, form)
        if found is not None:
            if before is not None:  # the mended file takes the place of the one before
                drop(before.arrival)
            return redirect("import_columns", arrival=found.arrival)
    return _upload_page(request, form, before, status=422 if posted else 200)


def _too_large(request: PageRequest, form: UploadForm) -> bool:
    if not getattr(request, "over_the_limit", False):
        return False
    form.is_valid()
    form.errors.pop("file", None)
    form.add_error(
        "file",
        _(
            "The file is larger than %(n)s MB, which is the limit here. Split it, or have it read by "
            "`fullfile import` on the server."
        )
        % {"n": f"{limit_bytes() // (1024 * 1024):,}"},
    )
    return True


def _received(request: PageRequest, form: UploadForm) -> ArrivalView | None:
    said = form.cleaned_data
    try:
        return receive(
            said["file"].name,
            said["file"].chunks(),
            source=said["source"],
            table=said["table"],
            account=request.person.account,
            actor=request.person.name,
        )
    except Refused as error:
        for reason in error.reasons:
            name, _colon, _rest = reason.text.partition(": ")
            known = name in form.fields
            text = in_words(reason.text)
            form.add_error(name if known else None, text.partition(": ")[2] if known else text)
    except Unavailable as error:
        form.add_error(None, in_words(error.words))
    return None


def _upload_page(
    request: PageRequest, form: UploadForm, before: ArrivalView | None, *, status: int
) -> HttpResponse:
    shown = {
        "form": form,
        "steps": steps("upload", before),
        "before": before,
        "sources": sources_known(),
        "limit": f"{limit_bytes() // (1024 * 1024):,}",
        "days": KEPT_DAYS,
    }
    return render(request, "importing/upload.html", shown, status=status)


@page(Right.IMPORT)
def columns(request: PageRequest, arrival: int) -> HttpResponse:
    """Which of their columns is which of ours?"""
    one = open_arrival(arrival)
    asked = ask_columns(one)
    chosen = list(asked.chosen)
    form = ColumnsForm(
        request.POST or None,
        chosen=chosen,
        table=one.table,
        dates=asked.dates,
        initial={"complete": one.complete},
    )
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(
                arrival,
                form.chosen(),
                dates=form.cleaned_data["dates"],
                complete=form.cleaned_data["complete"],
                account=request.person.account,
                by=request.person.name,
            )
        except Refused as error:
            form.refuse(error)
        else:
            return redirect("import_check", arrival=arrival)
    rows: list[dict[str, Any]] = [
        {
            "theirs": each.theirs,
            "samples": sample.sample[:3],
            "field": form[f"c{place}"],
            "how": "" if form.is_bound else each.how,
        }
        for place, (each, sample) in enumerate(zip(chosen, asked.samples, strict=True))
    ]
    shown = {
        "form": form,
        "rows": rows,
        "one": one,
        "table": table_word(one.table),
        "notes": asked.notes,
        "dates_sure": asked.dates_sure or form.is_bound,
        "kept": sum(not row["field"].value() for row in rows),
        "steps": steps("columns", one),
    }
    return render(request, "importing/columns.html", shown, status=422 if form.errors else 200)


@page(Right.IMPORT)
def drop_file(request: PageRequest, arrival: int) -> HttpResponse:
    """Give a file up: nothing of it was recorded."""
    one = open_arrival(arrival)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drop(arrival)
        except Refused as error:
            form.refuse(error)
        else:
            tell(
                request,
                _("%(name)s was deleted here. Nothing of it was recorded.") % {"name": one.name},
            )
            return redirect("imports")
    return render(request, "importing/drop.html", {"form": form, "one": one})


def open_arrival(arrival: int) -> ArrivalView:
    """A file that is still on its way.

    Raises:
        NotFound: there is none, or it was taken in or given up.
    """
    settled(arrival)
    one = read_arrival(arrival)
    if one.state not in ("columns", "check"):
        raise NotFound(
            _("%(name)s is no longer on its way: it was taken in, or given up. See Imports.")
            % {"name": one.name}
        )
    return one
