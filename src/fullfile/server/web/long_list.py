"""Lists that may be long: read whole while they are short, and in pages from the database when they are not.

    listed = long_list(request, read, COLUMNS, file="to-shelve", searched=_("Tag, or words of it"))

Up to 500 lines a list is read whole, and then searched, sorted and filtered as `whole_list` does it. A longer one is
read in pages in its own order, which follows an index; to sort it all of it would have to be read. So it says that it
is too long to be sorted, and words that narrow it to 500 lines let it be sorted again.

What this does not do: it reads no table; `read` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fullfile.server.web.list_tools import Choice, Head, tools_of
from fullfile.server.web.listing import PAGE, export, listing_of
from fullfile.server.web.whole_list import Column, Listed, whole_list

__all__ = ["WHOLE", "Part", "Reader", "by_pages", "long_list"]

WHOLE = 500
"""So many lines are read at once, to be sorted here."""
_MOST = 100_000
"""So many lines an export has at most."""
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list: how long the whole is, whether that is exact or only the least, the rows."""

    total: int
    rows: Sequence[Any]
    exact: bool = True


Reader = Callable[[str, int, int], Part]
"""Reads a part of a list: the words that are looked for, how many rows before it, how many rows; 0 only counts."""


def by_pages(ask: Callable[[str, int, int], Any]) -> Reader:
    """A reader from a query that is asked for a page of so many rows: words, page from 1, rows of a page."""

    def read(words: str, offset: int, limit: int) -> Part:
        found = ask(words, offset // limit + 1 if limit else 1, limit)
        return Part(found.count, found.rows if limit else (), found.exact)

    return read


def long_list(
    request: HttpRequest,
    read: Reader,
    columns: Sequence[Column],
    *,
    file: str,
    searched: str = "",
    finds: bool = True,
    name: str = "",
    narrowed: Reader | None = None,
    choices: Sequence[Choice] = (),
) -> tuple[Listed, Part]:
    """A list as this request asks for it, and the part that was read: how long it is.

    Args:
        request: the request.
        read: reads a part of it, as whoever asks may read it.
        columns: its columns.
        file: the name of an export.
        searched: the label of the field that searches it.
        finds: whether `read` finds words; else only a list that is read whole is searched.
        name: the list's own name, where a page has several.
        narrowed: reads only what the filters of the address leave, where the database can.
        choices: those filters, for a list that is too long to be filtered here.
    """
    every, rows = _whole(read, "")
    if rows is not None:
        listed = whole_list(request, rows, columns, file=file, searched=searched, name=name)
        return listed, every
    filters = [one.name for one in columns if one.choice is not None]
    listing = listing_of(request, filters=filters, name=name, keeps=True)
    words = listing.words if finds else ""
    found = every
    if words:
        found, rows = _whole(read, words)
        if rows is not None:
            listed = whole_list(
                request, rows, columns, file=file, searched=searched, name=name, found=True
            )
            return listed, every
    if narrowed is not None:
        read, found = narrowed, narrowed(words, 0, 0)
    label = searched if finds else None
    return _paged(request, read, columns, file, label, name, found, choices), every


def _whole(read: Reader, words: str) -> tuple[Part, Sequence[Any] | None]:
    """How long a list is and, where it is short, all of it: most are answered by one reading."""
    first = min(PAGE, WHOLE)
    part = read(words, 0, first)
    if not part.exact or part.total > WHOLE:
        return part, None
    if part.total > first:
        part = read(words, 0, WHOLE)
    return part, part.rows


def _paged(
    request: HttpRequest,
    read: Reader,
    columns: Sequence[Column],
    file: str,
    searched: str | None,
    name: str,
    found: Part,
    choices: Sequence[Choice],
) -> Listed:
    """A page of a list that is too long to be read whole."""
    names = [one.name for one in choices]
    listing = listing_of(request, filters=names, name=name, keeps=True)
    words = listing.words if searched is not None else ""
    answer = None
    if request.GET.get("format") and request.GET.get("list", "") == name:
        told = [one for one in columns if one.exports]
        cells = ([one.value(row) for one in told] for row in _all(read, words))
        answer = export(request, file, [one.name for one in told], cells)
    part = found if answer is not None else read(words, listing.offset, PAGE)
    note = _(
        "It is too long to be sorted or filtered: words that narrow it to %(n)s lines let you."
    )
    if searched is None:
        note = _("It has more than %(n)s lines, and is too long to be searched or sorted here.")
    tools = tools_of(
        listing,
        heads=[Head("", one.words, one.number) for one in columns if one.words and one.head],
        total=found.total if found.exact else part.total,
        choices=choices,
        searched="" if searched is None else searched or _("Words of this list"),
        note=note % {"n": WHOLE},
    )
    return Listed(answer, tools, list(part.rows), list(part.rows))


def _all(read: Reader, words: str) -> Iterator[Any]:
    for offset in range(0, _MOST, _CHUNK):
        rows = read(words, offset, _CHUNK).rows
        yield from rows
        if len(rows) < _CHUNK:
            return
