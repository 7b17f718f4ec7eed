"""What stands above a list: the field that searches it, its filters, its heads that sort it, its pages and exports.

    tools = tools_of(listing, heads=[Head("day", _("Day")), …], choices=[Choice("state", _("State"), options)],
                     total=found.total, searches=True)
    render(…, {"list": tools, "rows": found.rows})
    {% include "parts/list_tools.html" %} <table>{% include "parts/list_heads.html" %} … {% include "parts/pager.html" with pager=list.pager %}

Heads are links, so that a list sorts without scripts; on a telephone, where a table has no heads, the same orders
stand in a list to choose from. Which rows there are is told by the caller: read in pages from the database, or by
`whole_list` from all of them.

What this does not do: it reads no row, and sorts none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from fullfile.server.web.listing import Listing

__all__ = ["Choice", "Head", "ListTools", "Option", "tools_of"]

_SHORT = 10


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the table.

    Attributes:
        name: by what the address sorts; empty: the list is not sorted by it.
        words: what stands above it.
        number: whether its values are amounts.
        only: the only way it goes, "" or "-", where the other would have to read everything; None: both.
    """

    name: str
    words: str
    number: bool = False
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: as the address has it, in words, and how many rows have it; None is not counted."""

    value: str
    words: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter by one of a closed list of values."""

    name: str
    words: str
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class ListTools:
    """What the parts of a page show of a list.

    Attributes:
        name: the list's own name, where a page has several.
        listing: what was asked.
        searched: the label of the field that searches; empty: it is not searched.
        filters, orders, heads: what can be asked.
        hidden: what the form of filters keeps of the address.
        pager: its pages and exports.
        total: how many rows there are like this.
        every: how many there are at all; None where that is not counted.
        narrowed: whether words or a filter leave something out.
        note: why it is not sorted by more.
    """

    name: str
    listing: Listing
    searched: str
    filters: Sequence[dict[str, Any]]
    orders: Sequence[dict[str, Any]]
    heads: Sequence[dict[str, Any]]
    hidden: Sequence[tuple[str, str]]
    pager: dict[str, Any]
    total: int
    every: int | None = None
    narrowed: bool = False
    note: str = ""
    shows_all: str = field(default="")

    @property
    def is_open(self) -> bool:
        """Whether the tools stand open: a short list that nothing narrows has them folded."""
        return self.narrowed or bool(self.listing.order) or self.total > _SHORT

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to search or sort."""
        return self.narrowed or self.total > 1

    @property
    def prefix(self) -> str:
        """What ids of this list's fields begin with."""
        return f"{self.name}-" if self.name else ""


def tools_of(
    listing: Listing,
    *,
    heads: Sequence[Head],
    total: int,
    choices: Sequence[Choice] = (),
    searched: str = "",
    every: int | None = None,
    note: str = "",
) -> ListTools:
    """What stands above a list.

    Args:
        listing: what was asked of it.
        heads: its columns, in their order.
        total: how many rows are like what was asked.
        choices: what it is filtered by.
        searched: the label of the field that searches it; empty: it is not searched.
        every: how many rows there are at all.
        note: why a long list is not sorted by more.
    """
    before = f"{listing.name}-" if listing.name else ""
    hidden = list(listing.kept.items())
    if listing.token:
        hidden.append((f"{before}f", listing.token))
    orders = [order for head in heads if head.name for order in _orders(head, listing)]
    return ListTools(
        name=listing.name,
        listing=listing,
        searched=searched,
        filters=[_filter(before, one, listing) for one in choices if len(one.options) > 1],
        orders=orders,
        heads=[_head(one, listing) for one in heads],
        hidden=hidden,
        pager=listing.pages(total),
        total=total,
        every=every,
        narrowed=bool(listing.words or listing.filters),
        note=note,
        shows_all=listing.address(page=None, f=None, order=None, **dict.fromkeys(listing.names)),
    )


def _filter(before: str, one: Choice, listing: Listing) -> dict[str, Any]:
    chosen = listing.filters.get(one.name, "")
    return {
        "name": before + one.name,
        "words": one.words,
        "options": [
            {
                "value": option.value,
                "words": option.words
                if option.count is None
                else f"{option.words} ({option.count:,})",
                "selected": option.value == chosen,
            }
            for option in one.options
        ],
    }


def _orders(head: Head, listing: Listing) -> list[dict[str, Any]]:
    ways = (
        ("", _("%(column)s, first to last")),
        ("-", _("%(column)s, last to first")),
    )
    return [
        {
            "value": sign + head.name,
            "words": words % {"column": head.words},
            "selected": listing.order == sign + head.name,
        }
        for sign, words in ways
        if head.only is None or head.only == sign
    ]


def _head(head: Head, listing: Listing) -> dict[str, Any]:
    """A head: where it leads, and how the list is sorted by it now."""
    sorted_by = listing.order.lstrip("-") == head.name if head.name else False
    down = sorted_by and listing.order.startswith("-")
    if head.only is not None:
        order: str | None = head.only + head.name
    else:
        order = f"-{head.name}" if sorted_by and not down else head.name
    return {
        "words": head.words,
        "number": head.number,
        "address": listing.address(order=order, page=None) if head.name else "",
        "sorted": ("descending" if down else "ascending") if sorted_by else "",
        "icon": "arrow_downward" if down else "arrow_upward",
    }
