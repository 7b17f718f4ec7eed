"""Lists: 50 rows a page, searched, filtered, sorted and exported alike on every page.

A query gives one page of rows and the number of all; this keeps filters in the address and words that
were typed out of it: those are posted and get an opaque address of the session.

What this does not do: it asks no table.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fullfile.engines.report.csv import render_csv

__all__ = ["PAGE", "Listing", "export", "listing_of", "posted_words"]

PAGE = 50
_KEPT = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list was asked for.

    Attributes:
        words: what is looked for; empty: everything.
        filters: the filters that are set, by name.
        order: by what it is sorted; a leading "-" turns it round.
        page: which page, from 1.
        path: the list's own address.
        token: the opaque name of the words.
        name: what its parameters begin with, where a page has several lists.
        kept: what else the address holds: the days, the other lists of the page.
        size: how many rows a page has.
    """

    words: str
    filters: Mapping[str, str]
    order: str
    page: int
    path: str
    token: str = ""
    names: Sequence[str] = field(default=())
    name: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    size: int = PAGE

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * self.size

    def address(self, **changes: Any) -> str:
        """This list with something changed; None takes a filter away."""
        asked: dict[str, Any] = dict(self.filters)
        if self.token:
            asked["f"] = self.token
        if self.order:
            asked["order"] = self.order
        asked["page"] = self.page
        asked.update(changes)
        own = {_own(self.name, name): value for name, value in asked.items()}
        said = dict(self.kept) | own
        if self.name and asked.get("format"):
            said |= {"list": self.name, "format": said.pop(_own(self.name, "format"))}
        kept = {name: value for name, value in said.items() if value not in (None, "", 1)}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def pages(self, total: int) -> dict[str, Any]:
        """What the pager shows for so many rows."""
        last = max(1, -(-total // self.size))
        near = sorted({1, last, *range(max(1, self.page - 2), min(last, self.page + 2) + 1)})
        return {
            "total": total,
            "first": min(total, self.offset + 1),
            "last": min(total, self.offset + self.size),
            "pages": [
                {
                    "number": number,
                    "address": self.address(page=number),
                    "current": number == self.page,
                }
                for number in near
            ],
            "before": self.address(page=self.page - 1) if self.page > 1 else "",
            "after": self.address(page=self.page + 1) if self.page < last else "",
            "csv": self.address(page=None, format="csv"),
            "json": self.address(page=None, format="json"),
        }


def listing_of(
    request: HttpRequest,
    *,
    filters: Sequence[str] = (),
    orders: Sequence[str] = (),
    name: str = "",
    keeps: bool = False,
    size: int = PAGE,
) -> Listing:
    """What this request asks of a list.

    Args:
        request: the request.
        filters: the names of the filters that the list knows.
        orders: what it can be sorted by; the first is how it comes.
        name: the list's own name, where a page has several; its parameters begin with it.
        keeps: whether its addresses keep what else the address holds: the days, the other lists.
        size: how many rows a page has.
    """
    own = {_own(name, one) for one in (*filters, "f", "order", "page")}
    kept = {
        one: str(value)
        for one, value in request.GET.items()
        if keeps and one not in own and one not in {"format", "list"}
    }
    asked = {one: request.GET.get(_own(name, one), "") for one in (*filters, "f", "order", "page")}
    token = asked["f"]
    words = request.session.get("lists", {}).get(token, "") if token else ""
    order = asked["order"]
    if order.lstrip("-") not in orders:
        order = orders[0] if orders else ""
    number = asked["page"] or "1"
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1
    return Listing(
        words=words,
        filters={one: asked[one] for one in filters if asked[one]},
        order=order,
        page=max(1, page),
        path=request.path,
        token=token if words else "",
        names=filters,
        name=name,
        kept=kept,
        size=size,
    )


def _own(name: str, parameter: str) -> str:
    """A parameter of a list as the address has it."""
    return f"{name}-{parameter}" if name else parameter


def posted_words(request: HttpRequest, path: str = "") -> HttpResponse:
    """Keep the words that were typed in the session, and go to their opaque address."""
    words = request.POST.get("q", "").strip()[:200]
    # Where a page has several lists, the form says which it searches.
    which = request.POST.get("list", "")
    which = which if which.isidentifier() else ""
    gone = {_own(which, "f"), _own(which, "page"), "format", "list"}
    kept = {name: value for name, value in request.GET.items() if name not in gone}
    if words:
        token = secrets.token_urlsafe(6)
        lists = dict(request.session.get("lists", {}))
        lists[token] = words
        request.session["lists"] = dict(list(lists.items())[-_KEPT:])
        kept[_own(which, "f")] = token
    where = path or request.path
    return redirect(f"{where}?{urlencode(kept)}" if kept else where)


def export(
    request: HttpRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse | None:
    """The list as CSV or JSON where the address asks for it, else None. `rows` must then be all of it."""
    form = request.GET.get("format", "")
    if form == "csv":
        answer = HttpResponse(render_csv(header, rows), content_type="text/csv; charset=utf-8")
    elif form == "json":
        data = [dict(zip(header, row, strict=True)) for row in rows]
        answer = HttpResponse(
            json.dumps(data, ensure_ascii=False, default=str, indent=1),
            content_type="application/json",
        )
    else:
        return None
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
