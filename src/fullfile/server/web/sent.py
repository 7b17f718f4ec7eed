"""What a form sent, as a digest that says nothing; and the page that asks whether it is another one.

Who goes back in a browser without scripts gets the form anew, with a new one-time number: what they send then is sent
twice all the same. So a form is known by who sends what to where, as a digest with the home's key (HMAC-SHA-256):
fields, the address, the content of files; not the token of the session, the one-time number, nor the size seen. The
content itself is kept nowhere.

What this does not do: it records nothing (`web.acting`), and keeps nothing (`store.once`).
"""

from __future__ import annotations

import hashlib
import hmac
import json

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.settings import get_home
from fullfile.server.settings.home_key import derived_key
from fullfile.server.store.once import Alike
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest

__all__ = ["ANOTHER", "HOURS", "alike", "ask_whether_another"]

ANOTHER = "it_is_another"
"""The mark: the sender was asked, and means another one."""
HOURS = 8
"""A working day: what was recorded before may well come again."""

_OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "once", "seen", ANOTHER})


def alike(request: PageRequest, since_entry: int = 0) -> Alike:
    """What a form that was posted is like; what was recorded before an entry is no repetition of it."""
    return Alike(
        digest=_digest(request),
        since_ms=now_ms() - HOURS * 3_600_000,
        another=bool(request.POST.get(ANOTHER)),
        since_entry=since_entry,
    )


def ask_whether_another(request: PageRequest, words: str, first: int) -> HttpResponse:
    """Say that nothing was recorded twice, and offer to record it too.

    Args:
        request: what was sent.
        words: when it was recorded, as which entry.
        first: that entry.
    """
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", ANOTHER}
        for value in values
    ]
    shown = {
        "title": _("This was already recorded"),
        "words": words,
        "entry": first if can(request.person, Right.CHECK_RECORD) else None,
        "fields": fields,
        "files": [(name, len(request.FILES.getlist(name)) > 1) for name in request.FILES],
        "mark": ANOTHER,
    }
    return render(request, "errors/sent_before.html", shown, status=409)


def _digest(request: PageRequest) -> bytes:
    said = {
        name: [" ".join(value.split()) for value in values]
        for name, values in request.POST.lists()
        if name not in _OF_THE_PAGE
    }
    files = {name: [_content(one) for one in request.FILES.getlist(name)] for name in request.FILES}
    text = json.dumps(
        [request.person.account, request.get_full_path(), said, files], sort_keys=True
    )
    return hmac.digest(derived_key(get_home(), "fullfile forms sent"), text.encode(), "sha256")


def _content(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()
