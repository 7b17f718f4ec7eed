"""The pages of the portal that are read."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from fullfile.server.accounts.policy import Right
from fullfile.server.queries.portal import GivenItem, GivenTo
from fullfile.server.web.defence.client import Client, client_of, given_at, log, row_of, shown
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, export, listing_of, posted_words

__all__ = ["clients", "given", "issued", "production", "receipts", "requests", "withheld"]

_CLIENTS = 10


@page(Right.PORTAL)
def clients(request: PageRequest) -> HttpResponse:
    """Whose counsel am I, and what needs me?"""
    listing = listing_of(request)
    every = len(request.person.clients)
    first = (listing.page - 1) * _CLIENTS
    rows = [
        client_of(request, which) for which in range(first + 1, min(first + _CLIENTS, every) + 1)
    ]
    more = listing.address(page=listing.page + 1) if first + _CLIENTS < every else ""
    before = listing.address(page=listing.page - 1) if listing.page > 1 else ""
    context = {
        "clients": rows,
        "every": every,
        "to_sign": sum(one.to_sign for one in rows),
        "more": more,
        "before": before,
    }
    return shown(request, "defence/clients.html", context, kind="page", ref="clients")


@page(Right.PORTAL)
def given(request: PageRequest, which: int) -> HttpResponse:
    """What this client was given and when, and what lies in it."""
    if request.method == "POST":
        return posted_words(request)
    client = client_of(request, which)
    listing = listing_of(request)
    found: list[dict[str, Any]] = [
        {
            "given": one,
            "row": row_of(one),
            "items": [item for item in one.items if _has(item, listing.words)],
        }
        for one in client.portal.given
    ]
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
    rows = [
        (
            one.name,
            one.served_at,
            item.agency,
            item.tag,
            item.description,
            item.extent,
            item.what,
            item.receipt or "",
        )
        for one in client.portal.given
        for item in one.items
    ]
    answer = export(request, "given", header, rows)
    if answer is None:
        context = {
            "client": client,
            "here": "given",
            "found": [one for one in found if one["items"]] if listing.words else found,
            "listing": listing,
            "hits": sum(len(one["items"]) for one in found),
        }
        kind, ref = (
            ("search", f"{which}:{listing.token}") if listing.words else ("page", str(which))
        )
        return shown(request, "defence/given.html", context, kind=kind, ref=ref)
    log(request, answer, kind="page", ref=f"{which}:export")
    return answer


@page(Right.PORTAL)
def production(request: PageRequest, which: int, row: int) -> HttpResponse:
    """One production: what lies in it, its receipt, what was said about it."""
    client = client_of(request, which)
    one = given_at(client, row)
    listing = listing_of(request)
    context = {
        "client": client,
        "here": "given",
        "given": one,
        "row": row,
        "items": one.items[listing.offset : listing.offset + PAGE],
        "pager": listing.pages(len(one.items)),
        "disputes": _about(client, one),
    }
    return shown(request, "defence/production.html", context, kind="production", ref=str(row))


@page(Right.PORTAL)
def withheld(request: PageRequest, which: int) -> HttpResponse:
    """What is kept back from this client, in the words in which it was announced."""
    client = client_of(request, which)
    disputed = {one.withholding for one in client.portal.disputes}
    context = {
        "client": client,
        "here": "withheld",
        "rows": [{"one": one, "disputed": one.entry in disputed} for one in client.portal.withheld],
        "disputes": [one for one in client.portal.disputes if one.withholding is not None],
    }
    return shown(request, "defence/withheld.html", context, kind="page", ref=f"{which}:withheld")


@page(Right.PORTAL)
def issued(request: PageRequest, which: int) -> HttpResponse:
    """The schedules and certificates that were issued for this client."""
    client = client_of(request, which)
    context = {"client": client, "here": "papers"}
    return shown(request, "defence/papers.html", context, kind="page", ref=f"{which}:papers")


@page(Right.PORTAL)
def requests(request: PageRequest, which: int) -> HttpResponse:
    """What was asked for, and what was replied."""
    client = client_of(request, which)
    context = {"client": client, "here": "requests"}
    return shown(request, "defence/requests.html", context, kind="page", ref=f"{which}:requests")


@page(Right.PORTAL)
def receipts(request: PageRequest, which: int) -> HttpResponse:
    """Which receipts were signed, which the State only says there are, and which are open."""
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
    context = {"client": client, "here": "receipts", "rows": rows}
    return shown(request, "defence/receipts.html", context, kind="page", ref=f"{which}:receipts")


def _has(item: GivenItem, words: str) -> bool:
    said = f"{item.agency} {item.tag} {item.description} {item.kind} {item.what}".casefold()
    return all(word in said for word in words.casefold().split())


def _about(client: Client, one: GivenTo) -> list[object]:
    return [
        dispute
        for dispute in client.portal.disputes
        if one.entry is not None and dispute.production == one.entry
    ]
