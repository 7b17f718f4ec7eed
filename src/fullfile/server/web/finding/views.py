"""Where is the thing I have half a memory of? And: what does this label mean?

Words that were typed stand in no address: they are kept in the session under an opaque name. A scanned
label goes straight to its thing. The search never hints at what it left out; only an exact tag, on the office
side, says that there is something that one may not see.
"""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.custody.labels import is_code, read_code
from fullfile.core.errors import NotFound, Refused
from fullfile.server.accounts.door import note
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.find import find
from fullfile.server.store.finding import is_tag
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.finding.presenters import address_of_label, results
from fullfile.server.web.in_words import in_words
from fullfile.server.web.reach import cases_in_reach, items_in_reach

__all__ = ["found", "label", "search"]

_KEPT = 20


@page(Right.SEARCH)
def search(request: PageRequest) -> HttpResponse:
    """Take the words, and go to their opaque address; a label goes straight to its thing."""
    if request.method != "POST":
        return render(request, "finding/search.html", {"results": None, "words": ""})
    words = " ".join(request.POST.get("q", "").split())[:200]
    code = words.rstrip("/").rpartition("/")[2]
    if is_code(code) and not is_tag(words):
        return redirect("scanned", code=code)
    if not words:
        return redirect("search")
    token = secrets.token_urlsafe(6)
    kept = dict(request.session.get("searches", {}))
    kept[token] = words
    request.session["searches"] = dict(list(kept.items())[-_KEPT:])
    return redirect("found", token=token)


@page(Right.SEARCH, methods=("GET", "HEAD"))
def found(request: PageRequest, token: str) -> HttpResponse:
    """What was found."""
    words = request.session.get("searches", {}).get(token)
    if words is None:
        raise NotFound(_("This search is over: type the words again."))
    person = request.person
    hits = find(
        words,
        items=lambda ids: items_in_reach(person, ids),
        cases=lambda ids: cases_in_reach(person, ids),
    )
    note(request, "search", "done")
    shown = results(person, hits, only=request.GET.get("kind", ""))
    return render(request, "finding/search.html", {"results": shown, "words": words})


@page(Right.SELF, methods=("GET", "HEAD"))
def label(request: PageRequest, code: str) -> HttpResponse:
    """What a scanned label means: an item, a shelf, a production, a paper."""
    try:
        address = address_of_label(request.person, read_code(code))
    except Refused as error:
        raise NotFound(
            _("This is no label of ours: %(why)s") % {"why": in_words(error.words)}
        ) from error
    return redirect(address)
