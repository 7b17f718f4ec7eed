"""Lists that are read whole, as the requests of a case or the files of an item: searched, sorted, filtered, exported.

    listed = whole_list(request, found, COLUMNS, file="requests", searched=_("Words of the request"))
    if listed.answer is not None:
        return listed.answer
    render(…, {"list": listed.tools, "rows": listed.rows})

A column says what its cells are worth: that is exported, searched and sorted by, so that nobody finds by a search
what the page does not show them. Give it rows as this person reads them, with what is sealed already taken out.
What is not on record stands last both ways: unknown is never the least, and never the most.

What this does not do: it reads nothing from the database; a list that could be long is read in pages there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fullfile.core.ids import parse_when
from fullfile.core.said import Said
from fullfile.server.web.in_words import in_words
from fullfile.server.web.list_tools import Choice, Head, ListTools, Option, tools_of
from fullfile.server.web.listing import PAGE, Listing, export, listing_of
from fullfile.server.web.templatetags.fullfile import short_day

__all__ = ["Column", "Listed", "day_column", "narrow", "whole_list"]

_UNKNOWN = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list that is read whole.

    Attributes:
        name: as the address and an export name it.
        words: what stands above it; empty: it is exported and searched, and the table has no such column.
        value: what a row has there.
        by: what it is sorted by, where that is not the value.
        sorts: whether the list is sorted by it.
        choice: the value in words, where the list is filtered by it: one of a closed list, or a name.
        said: how the page says the value, where somebody would search for that.
        number: whether its values are amounts.
        head: whether the table has such a column; else it stands in a heading.
        finds: whether the search looks into it.
        each: several texts, in one of which all the words must stand.
        exports: whether an export has it.
        plain: whether its values are words of a closed list, which an address holds as they are; else a digest.
    """

    name: str
    words: str
    value: Callable[[Any], object]
    by: Callable[[Any], object] | None = None
    sorts: bool = True
    choice: Callable[[Any], object] | None = None
    said: Callable[[Any], object] | None = None
    number: bool = False
    head: bool = True
    finds: bool = True
    each: Callable[[Any], Iterable[str]] | None = None
    exports: bool = True
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was asked for.

    Attributes:
        answer: the export, where one was asked for.
        tools: what stands above the list.
        rows: the rows of this page.
        found: the rows of all pages, in their order.
    """

    answer: HttpResponse | None
    tools: ListTools
    rows: list[Any]
    found: list[Any]


def whole_list(
    request: HttpRequest,
    rows: Iterable[Any],
    columns: Sequence[Column],
    *,
    file: str,
    searched: str = "",
    name: str = "",
    per_page: int | None = PAGE,
    exports: bool = True,
    found: bool = False,
) -> Listed:
    """A list as this request asks for it.

    Args:
        request: the request.
        rows: all of it, as whoever asks may read it, in the order in which it comes.
        columns: its columns.
        file: the name of an export.
        searched: the label of the field that searches it.
        name: the list's own name, where a page has several: a word of letters.
        per_page: how many rows a page has; None: a sheet that is printed is whole.
        exports: whether its columns are what an export has; else the caller makes one of `found`.
        found: whether the rows are already those that have the words.
    """
    every = list(rows)
    filters = [one.name for one in columns if one.choice is not None]
    orders = ["", *(one.name for one in columns if one.sorts and one.words and one.head)]
    listing = listing_of(
        request,
        filters=filters,
        orders=orders,
        name=name,
        keeps=True,
        size=per_page or max(1, len(every)),
    )
    size = listing.size
    having = every if found else _having(every, columns, listing.words)
    shown = _sorted(_filtered(having, columns, listing), columns, listing)
    last = max(1, -(-len(shown) // size))
    listing = replace(listing, page=min(listing.page, last))
    answer = None
    if exports and request.GET.get("list", "") == name:
        told = [one for one in columns if one.exports]
        header = [one.name for one in told]
        answer = export(request, file, header, ([one.value(row) for one in told] for row in shown))
    tools = tools_of(
        listing,
        heads=[
            Head(one.name if one.sorts else "", one.words, one.number)
            for one in columns
            if one.words and one.head
        ],
        total=len(shown),
        choices=_choices(every, having, columns, listing),
        searched=searched or _("Words of this list"),
        every=len(every),
    )
    return Listed(answer, tools, shown[listing.offset : listing.offset + size], shown)


def day_column(name: str, words: str, value: Callable[[Any], Any]) -> Column:
    """A column of dates as they were given: sorted by their first moment, found by how the page says them."""
    told: dict[Any, str] = {}

    def said(row: Any) -> str:
        day = value(row)
        if day and day not in told:  # ten thousand rows have a hundred days
            told[day] = short_day(day)
        return told[day] if day else ""

    return Column(name, words, value, by=lambda row: _first_moment(value(row)), said=said)


def narrow(rows: Iterable[Any], words: str, said: Callable[[Any], str]) -> list[Any]:
    """The rows in which every one of some words stands.

    Args:
        rows: the rows.
        words: what is looked for.
        said: what a row says.
    """
    wanted = words.casefold().split()
    return [row for row in rows if not wanted or _says(said(row), wanted)]


def _says(text: str, wanted: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _having(rows: list[Any], columns: Sequence[Column], words: str) -> list[Any]:
    def said(row: Any) -> str:
        cells = [
            read(row) or ""
            for one in columns
            if one.finds
            for read in (one.value, one.choice, one.said)
            if read is not None
        ]
        # A sentence is found as it is exported, and as the page says it.
        said = [in_words(cell) for cell in cells if isinstance(cell, Said)]
        return " ".join([*map(str, cells), *said])

    if not words:
        return rows
    wanted = words.casefold().split()
    several = [one.each for one in columns if one.each is not None]
    return [
        row
        for row in rows
        if _says(said(row), wanted)
        or any(_says(one, wanted) for each in several for one in each(row))
    ]


def _filtered(rows: list[Any], columns: Sequence[Column], listing: Listing) -> list[Any]:
    for one in columns:
        wanted = listing.filters.get(one.name)
        if wanted and one.choice is not None:
            rows = [row for row in rows if _token(one, row) == wanted]
    return rows


def _sorted(rows: list[Any], columns: Sequence[Column], listing: Listing) -> list[Any]:
    column = next((one for one in columns if one.name == listing.order.lstrip("-")), None)
    if column is None:
        return rows
    worth = column.by or column.value
    known = [row for row in rows if worth(row) not in (None, "")]
    unknown = [row for row in rows if worth(row) in (None, "")]
    known.sort(key=lambda row: _rank(worth(row)))
    if listing.order.startswith("-"):
        known.reverse()
    return known + unknown


def _rank(value: object) -> tuple[Any, ...]:
    """What a value is sorted by: numbers and days as such, and words as people sort them, 2 before 10."""
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, bool | int | float):
        return (0, value)
    parts = re.split(r"(\d+)", str(value).casefold())
    return (
        1,
        *((part, 0) if place % 2 == 0 else ("", int(part)) for place, part in enumerate(parts)),
    )


def _first_moment(value: object) -> int | None:
    """The first moment of a date as it was given, which may be a month, a stretch or "before" a day."""
    if isinstance(value, datetime):
        return int(value.timestamp() * 1000)
    try:
        return parse_when(str(value)).first if value else None
    except ValueError:
        return None


def _choices(
    rows: list[Any], having: list[Any], columns: Sequence[Column], listing: Listing
) -> list[Choice]:
    """The filters with what each would leave: counted among the rows that the words and the other filters leave."""
    found = []
    for column in columns:
        if column.choice is None:
            continue
        others = [one for one in columns if one is not column]
        counts = Counter(_token(column, row) for row in _filtered(having, others, listing))
        words: dict[str, str] = {}
        for row in rows:
            token = _token(column, row)
            if (
                token not in words
            ):  # in words once for each value, not for each of ten thousand rows
                words[token] = _in_words(column.choice(row))
        options = [
            Option(token, text or _("not on record"), counts[token])
            for token, text in sorted(
                words.items(), key=lambda one: (not one[1], one[1].casefold())
            )
        ]
        found.append(Choice(column.name, column.words or column.name, options))
    return found


def _in_words(value: object) -> str:
    return in_words(value) if isinstance(value, str) else str(value or "")


def _token(column: Column, row: Any) -> str:
    """A value as an address has it: never in words, as it may be somebody's name."""
    value = column.value(row)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, ""):
        return _UNKNOWN
    return str(value) if column.plain else _told(column.name, str(value))


@lru_cache(maxsize=4096)
def _told(name: str, value: str) -> str:
    return salted_hmac("fullfile.list", f"{name}:{value}").hexdigest()[:10]
