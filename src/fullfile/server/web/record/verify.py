"""The check of a proof or a checkpoint that somebody brings: is it of this record, and unchanged?

What is uploaded is read in memory, up to a limit, and kept nowhere. The check is `core.verify`'s, the same that
`fullfile log verify` makes without this office.
"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fullfile.core.errors import RecordDamaged
from fullfile.core.tlog import parse_checkpoint
from fullfile.core.tlog.base64text import to_base64
from fullfile.core.verify import LogReport, verify_file
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.asked import root_of
from fullfile.server.store import checkpoints
from fullfile.server.store.last_check import find_check
from fullfile.server.store.overview import get_head
from fullfile.server.web.doors.permission import PageRequest, page

__all__ = ["verify"]

MOST = 256 * 1024
"""A proof has some thousand bytes; what is larger is none."""


class VerifyForm(forms.Form):
    """A proof or checkpoint, as a file or as text."""

    use_required_attribute = False

    file = forms.FileField(label=gettext_lazy("A proof or a checkpoint, as a file"), required=False)
    text = forms.CharField(
        label=gettext_lazy("or its text"),
        required=False,
        max_length=MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        """One of the two, and not too large."""
        found = super().clean() or {}
        file = found.get("file")
        if file is None and not str(found.get("text", "")).strip():
            self.add_error(
                "file", _("Choose a file, or paste the text of a proof or a checkpoint.")
            )
        elif file is not None and file.size > MOST:
            self.add_error(
                "file",
                _("A proof has some thousand bytes; this file has %(n)s.")
                % {"n": f"{file.size:,}"},
            )
        return found

    def data_given(self) -> bytes:
        """What was given, as bytes."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return bytes(file.read(MOST))
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip("\n")
        return f"{text}\n".encode()


@page(Right.CHECK_RECORD)
def verify(request: PageRequest) -> HttpResponse:
    """Does this proof fit this record?"""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    found: LogReport | None = None
    other = ""
    if request.method == "POST" and form.is_valid():
        data = form.data_given()
        found = verify_file(data, checkpoints.verifier().vkey)
        other = _another(found) if found.ok else ""
    return render(
        request,
        "record/verify.html",
        {
            "form": form,
            "report": found,
            "right": found is not None and found.ok and not other,
            "other": other,
            "root": to_base64(found.root) if found is not None and found.root is not None else "",
            "head": get_head(),
            "check": find_check(),
        },
        status=200 if found is None or (found.ok and not other) else 422,
    )


def _another(found: LogReport) -> str:
    """Whether a good signature is over another history than this one: a record that was rewritten, or cut."""
    size = get_head().size
    if found.size is None or found.root is None:
        return ""
    if found.size > size:
        return _(
            "It is signed for %(theirs)s entries, and this record has only %(ours)s: an older record was put in its place."
        ) % {"theirs": f"{found.size:,}", "ours": f"{size:,}"}
    note = checkpoints.find_signed(found.size)
    try:
        ours = parse_checkpoint(note).root if note else root_of(found.size)
    except RecordDamaged as error:
        return str(error)
    if ours != found.root:
        return _("This record had another root at %(n)s entries: one of the two was rewritten.") % {
            "n": f"{found.size:,}"
        }
    return ""
