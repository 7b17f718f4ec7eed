"""The pages of the portal that are read, and their lists: searched, sorted and exported under the sealed log alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fullfile.server.accounts.policy import Right
from fullfile.server.queries.portal import GivenItem, GivenTo
from fullfile.server.web.defence import lists
from fullfile.server.web.defence.client import Client, client_of, given_at, log, row_of, shown
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import export, posted_words
from fullfile.server.web.whole_list import Listed, narrow, whole_list

__all__ = ["clients", "given", "issued", "production", "receipts", "requests", "withheld"]

_CLIENTS = 10
"""So few a page: each is answered from all that was given to them."""


def _listed(
    request: PageRequest, template: str, context: dict[str, Any], parts: dict[str, Listed], ref: str
) -> HttpResponse:
    """A page with lists, or the export that was asked for; whichever is logged in the sealed log alone."""
    for listed in parts.values():
        if listed.answer is not None:
            log(request, listed.answer, kind="page", ref=f"{ref}:export")
            return listed.answer
    searched = next(
        (one.tools.listing.token for one in parts.values() if one.tools.listing.token), ""
    )
    kind = "search" if searched else "page"
    return shown(
        request, template, context | parts, kind=kind, ref=f"{ref}:{searched}" if searched else ref
    )


@page(Right.PORTAL)
def clients(request: PageRequest) -> HttpResponse:
    """Whose counsel am I, and what needs me?"""
    if request.method == "POST":
        return posted_words(request)
    every = [(which, *one) for which, one in enumerate(request.person.clients, 1)]
    listed = whole_list(
        request,
        every,
        lists.clients(),
        file="clients",
        searched=_("Name of a client, or case number"),
        per_page=_CLIENTS,
    )
    rows = [client_of(request, which) for which, _number, _name in listed.rows]
    context = {"rows": rows, "every": len(every), "to_sign": sum(one.to_sign for one in rows)}
    return _listed(request, "defence/clients.html", context, {"clients": listed}, "clients")


@page(Right.PORTAL)
def given(request: PageRequest, which: int) -> HttpResponse:
    """What this client was given and when, and what lies in it."""
    if request.method == "POST":
        return posted_words(request)
    client = client_of(request, which)
    found = whole_list(
        request,
        [{"given": one, "row": row_of(one)} for one in client.portal.given],
        lists.given(_says),
        file="given",
        searched=_("Search what you were given"),
        exports=False,
    )
    on_file = whole_list(
        request, client.portal.on_file, lists.on_file(), file="on-file", name="file"
    )
    words = found.tools.listing.words
    rows = [one | {"items": _having(one["given"].items, words)} for one in found.rows]
    header = (
        "production",
        "served_at",
        "agency",
        "tag",
        "description",
        "extent",
        "what",
        "receipt",
    )
    cells = [
        (
            one["given"].name,
            one["given"].served_at,
            item.agency,
            item.tag,
            item.description,
            item.extent,
            item.what,
            item.receipt or "",
        )
        for one in found.found
        for item in _having(one["given"].items, words)
    ]
    answer = None if request.GET.get("list") else export(request, "given", header, cells)
    if answer is not None:
        log(request, answer, kind="page", ref=f"{which}:export")
        return answer
    context = {
        "client": client,
        "here": "given",
        "rows": rows,
        "words": words,
        "hits": sum(len(one["items"]) for one in rows),
    }
    parts = {"found": found, "on_file": on_file}
    return _listed(request, "defence/given.html", context, parts, str(which))


@page(Right.PORTAL)
def production(request: PageRequest, which: int, row: int) -> HttpResponse:
    """One production: what lies in it, its receipt, what was said about it."""
    if request.method == "POST":
        return posted_words(request)
    client = client_of(request, which)
    one = given_at(client, row)
    listed = whole_list(request, one.items, lists.items(), file="production")
    if listed.answer is not None:
        log(request, listed.answer, kind="production", ref=f"{row}:export")
        return listed.answer
    context = {
        "client": client,
        "here": "given",
        "given": one,
        "row": row,
        "listed": listed,
        "disputes": _about(client, one),
    }
    token = listed.tools.listing.token
    ref = f"{row}:{token}" if token else str(row)
    return shown(request, "defence/production.html", context, kind="production", ref=ref)


@page(Right.PORTAL)
def withheld(request: PageRequest, which: int) -> HttpResponse:
    """What is kept back from this client, in the words in which it was announced."""
    if request.method == "POST":
        return posted_words(request)
    client = client_of(request, which)
    disputed = {one.withholding for one in client.portal.disputes}
    rows = [{"one": one, "disputed": one.entry in disputed} for one in client.portal.withheld]
    context = {
        "client": client,
        "here": "withheld",
        "disputes": [one for one in client.portal.disputes if one.withholding is not None],
    }
    parts = {"listed": whole_list(request, rows, lists.withheld(), file="withheld")}
    return _listed(request, "defence/withheld.html", context, parts, f"{which}:withheld")


@page(Right.PORTAL)
def issued(request: PageRequest, which: int) -> HttpResponse:
    """The schedules and certificates that were issued for this client."""
    if request.method == "POST":
        return posted_words(request)
    client = client_of(request, which)
    filed: dict[int | None, list[str]] = {}
    for one in client.portal.filed:
        filed.setdefault(one.of, []).append(one.filed_on)
    rows = [(one, filed.get(one.entry, [])) for one in client.portal.papers]
    parts = {"listed": whole_list(request, rows, lists.papers(), file="papers")}
    context = {"client": client, "here": "papers"}
    return _listed(request, "defence/papers.html", context, parts, f"{which}:papers")


@page(Right.PORTAL)
def requests(request: PageRequest, which: int) -> HttpResponse:
    """What was asked for, and what was replied."""
    if request.method == "POST":
        return posted_words(request)
    client = client_of(request, which)
    parts = {
        "listed": whole_list(request, client.portal.requests, lists.requests(), file="requests")
    }
    context = {"client": client, "here": "requests"}
    return _listed(request, "defence/requests.html", context, parts, f"{which}:requests")


@page(Right.PORTAL)
def receipts(request: PageRequest, which: int) -> HttpResponse:
    """Which receipts were signed, which the State only says there are, and which are open."""
    if request.method == "POST":
        return posted_words(request)
    client = client_of(request, which)
    rows = [
        {
            "given": one,
            "row": row_of(one),
            "signed": sum(item.receipt == "signed" for item in one.items),
            "claimed": sum(item.receipt == "claimed" for item in one.items),
            "open": sum(item.receipt is None for item in one.items),
        }
        for one in client.portal.given
    ]
    parts = {"listed": whole_list(request, rows, lists.receipts(), file="receipts")}
    context = {"client": client, "here": "receipts"}
    return _listed(request, "defence/receipts.html", context, parts, f"{which}:receipts")


def _says(item: GivenItem) -> str:
    return f"{item.agency} {item.tag} {item.description} {item.kind} {item.what}"


def _having(items: tuple[GivenItem, ...], words: str) -> list[GivenItem]:
    """The items of a production that have some words."""
    return narrow(items, words, _says)


def _about(client: Client, one: GivenTo) -> list[object]:
    return [
        dispute
        for dispute in client.portal.disputes
        if one.entry is not None and dispute.production == one.entry
    ]
