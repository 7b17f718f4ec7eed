"""The files of an item: the list, adding one, and giving one out with its digest checked on the way.

A file is given out as a download and never shown in the page: what it holds is nobody's program here. A holding agency
gets those of its own items and those that it added; the court and the defence have their own rooms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fullfile.core.bag.uses import USES
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Field, Right, Shown
from fullfile.server.actions.files import add_file
from fullfile.server.queries.files import ItemFile, file_of_entry, files_allowed, files_of
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.handing_out import give_file
from fullfile.server.web.items.frame import cases_to_file_in, frame
from fullfile.server.web.listing import posted_words
from fullfile.server.web.reach import ItemRef, item_in_reach
from fullfile.server.web.whole_list import Column, whole_list

__all__ = ["add", "download", "files"]

_USE_WORDS = {
    "photo": gettext_lazy("a photo of it"),
    "recording": gettext_lazy("a recording"),
    "report": gettext_lazy("a report on it"),
    "statement": gettext_lazy("a statement"),
    "data": gettext_lazy("data"),
    "other": gettext_lazy("something else"),
    "extract": gettext_lazy("an extract, to be disclosed in part"),
    "redacted": gettext_lazy("a redacted copy"),
    "description": gettext_lazy("a description"),
}


class FileForm(OfficeForm):
    """A file, and what it is of the item."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    use = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[(one, _USE_WORDS.get(one, one)) for one in USES],
        error_messages={"required": gettext_lazy("Choose one.")},
    )

    fields_of_codes: ClassVar[dict[str, str]] = {
        "name": "file",
        "file_too_large": "file",
        "file_empty": "file",
        "file_kind": "file",
        "file_bomb": "file",
        "file_there": "file",
        "use_unknown": "use",
    }


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file as the page shows it."""

    entry: int
    name: str
    use: str
    size: str
    bytes: int
    sha256: str
    by: str
    recorded_ms: int
    there: bool


def _may_open(person: Person, item: ItemRef, one: ItemFile) -> bool:
    own = item.own or key(one.by) == key(person.name)
    return person.sees(Field.FILES, own=own) is Shown.YES


@page(Right.SEE_FILES)
def files(request: PageRequest, item_id: int) -> HttpResponse:
    """Which files are there of it, who added them, and are they whole?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    item = item_in_reach(person, item_id)
    around = frame(person, item, "item_files")
    found = files_of(item.agency, item.tag)
    mine = [one for one in found if _may_open(person, item, one) and not around["sealed"]]
    rows = [_shown(one) for one in mine]
    listed = whole_list(request, rows, _columns(), file=f"files-{item_id}")
    if listed.answer is not None:
        return listed.answer
    return render(
        request,
        "items/files.html",
        around
        | {
            "list": listed.tools,
            "rows": listed.rows,
            "verdict": _verdict(found),
            "file_in": cases_to_file_in(person, item) if mine else [],
            "others": len(found) - len(mine),
            "may_add": can(person, Right.ADD_FILE) and not around["sealed"],
        },
    )


def _columns() -> list[Column]:
    return [
        Column("file", _("File"), lambda one: one.name),
        Column("use", _("What it is"), lambda one: one.use, choice=lambda one: one.use),
        Column("bytes", _("Size"), lambda one: one.bytes),
        Column("recorded_ms", _("Added"), lambda one: one.recorded_ms),
        Column("by", "", lambda one: one.by),
        Column("sha256", _("Digest (SHA-256)"), lambda one: one.sha256, sorts=False),
        Column("entry", _("Entry"), lambda one: one.entry, number=True),
    ]


def _shown(one: ItemFile) -> FileShown:
    words = str(_USE_WORDS.get(one.use, one.use))
    return FileShown(
        one.entry,
        one.name,
        words,
        filesizeformat(one.size),
        one.size,
        one.sha256,
        one.by,
        one.recorded_ms,
        one.there,
    )


def _verdict(found: list[ItemFile]) -> str:
    if not found:
        return _("No file of it was added yet.")
    gone = sum(not one.there for one in found)
    words = ngettext("%(n)s file.", "%(n)s files.", len(found)) % {"n": len(found)}
    if gone:
        words += " " + ngettext(
            "%(n)s is not in the store: bring it back from a backup.",
            "%(n)s are not in the store: bring them back from a backup.",
            gone,
        ) % {"n": gone}
    return words


@page(Right.ADD_FILE)
def add(request: PageRequest, item_id: int) -> HttpResponse:
    """Add a file to an item."""
    person = request.person
    item = item_in_reach(person, item_id)
    around = frame(person, item, "item_files")
    if around["sealed"]:
        raise NotFound(_("There is no such item, or you may not see it. Ask a supervisor."))
    sent = request.method == "POST"
    form = FileForm(request.POST, files=request.FILES) if sent else FileForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        done = act(
            request,
            form,
            lambda: add_file(
                agency=item.agency,
                tag=item.tag,
                name=file.name,
                use=form.cleaned_data["use"],
                chunks=file.chunks(),
                actor=person.name,
                now_ms=now_ms(),
            ),
            say=_("Kept as it came, under its digest."),
        )
        if done:
            return redirect("item_files", item_id=item_id)
    kinds, limit = files_allowed()
    return render(
        request,
        "items/add_file.html",
        around
        | {
            "form": form,
            "kinds": ", ".join(one.replace("_", " ") for one in kinds),
            "limit": filesizeformat(limit),
        },
        status=422 if sent else 200,
    )


@page(Right.SEE_FILES, methods=("GET", "HEAD"))
def download(request: PageRequest, item_id: int, entry: int) -> HttpResponse:
    """One file, as it was added: its bytes are checked against its digest as they go out."""
    person = request.person
    item = item_in_reach(person, item_id)
    one = file_of_entry(entry)
    sealed = frame(person, item, "item_files")["sealed"]
    here = (key(one.agency), key(one.tag)) == (key(item.agency), key(item.tag))
    if not here or sealed or not _may_open(person, item, one):
        raise NotFound(_("There is no such file of this item, or you may not open it."))
    return give_file(one)
