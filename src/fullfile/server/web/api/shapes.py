"""Shapes that many operations share: texts, numbers, moments, pages, what was recorded.

What comes in is closed (a name that nobody knows is refused, so that a slip of the pen is not silently lost); what
goes out may get further fields later.

What this does not do: it judges no value; actions do, as they do for forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from ninja import PathEx, Query, Schema
from ninja.errors import HttpError
from ninja.params import P
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from fullfile.server.web.clock import zone

__all__ = [
    "PER_PAGE",
    "AnyDay",
    "Checkpoint",
    "Day",
    "Flag",
    "Id",
    "Long",
    "Need",
    "Open",
    "Page",
    "PageOf",
    "Recorded",
    "Said",
    "Shown",
    "When",
    "Words",
    "moment_of",
    "page_of",
]

PER_PAGE = 200
_LARGEST = 2**53 - 1  # the largest whole number that every reader of JSON keeps

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

Id = PathEx[int, P(ge=0, le=_LARGEST, description="An opaque number, as lists give it.")]
"""A number in an address."""

Need = Annotated[str, Field(min_length=1, max_length=300)]
"""A text that must be there."""
Long = Annotated[str, Field(max_length=4_000)]
When = Annotated[
    str,
    Field(
        max_length=60,
        description="A day or time, as it is known: 2024, 2024-03, 2024-03-06, 2024-03-06T09:30-07:00, before 2024-07-09. "
        "Empty: now.",
    ),
]
Flag = bool


def _only_text(value: Any) -> Any:
    """A day is text: a number is no day, and must not become one of 1970."""
    if not isinstance(value, str) or not _DAY.match(value):
        raise ValueError("a day is written 2024-03-06")
    return value


Day = Annotated[date, BeforeValidator(_only_text)]
"""A day on the office's calendar."""


class Said(BaseModel):
    """What comes in: closed."""

    model_config = ConfigDict(extra="forbid")


class Words(Said):
    """Words to look for; they stand in no address."""

    words: Annotated[str, Field(max_length=200)] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=PER_PAGE)] = 50


class Shown(BaseModel):
    """What goes out."""

    model_config = ConfigDict(from_attributes=True)


class Open(BaseModel):
    """What goes out as a query made it: the fields named here, and what else there is."""

    model_config = ConfigDict(extra="allow")


class Checkpoint(Shown):
    """The head of the record that an answer rests on."""

    size: int
    root: str


class Recorded(Shown):
    """What an act recorded.

    Attributes:
        again: the same request came before; nothing was recorded now.
        first, last: the indexes of its first and last entry; null where nothing had to be recorded.
        recorded_at: when.
        result: what else the act tells; null where the request came before.
    """

    again: bool
    first: int | None
    last: int | None
    recorded_at: str | None
    result: dict[str, Any] | None = None


class AnyDay(Schema):
    """The two moments of a question (contract, section 1); nothing said is now."""

    model_config = ConfigDict(extra="forbid")

    on: str = Field(
        "",
        max_length=40,
        description="How things stood then: a day (its end) or a time: 2024-07-10, 2024-07-10T09:30-06:00.",
    )
    as_of: str = Field("", max_length=40, description="Using only what the record knew by then.")

    @property
    def day(self) -> date | datetime | None:
        """How things stood then; None: now."""
        return moment_of(self.on, "on")

    @property
    def known(self) -> date | datetime | None:
        """What the record knew by then; None: now."""
        return moment_of(self.as_of, "as_of")

    @property
    def moments(self) -> dict[str, date | datetime | None]:
        """The two as queries take them."""
        return {"on": self.day, "as_of": self.known}


class Page(Schema):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(50, ge=1, le=PER_PAGE)

    @property
    def offset(self) -> int:
        """How many come before."""
        return (self.page - 1) * self.per_page


class PageOf(Shown):
    """A part of a list, in an order that stays."""

    total: int
    page: int
    per_page: int
    next_page: int | None


def page_of(rows: Sequence[Any], total: int, page: Page) -> dict[str, Any]:
    """A part of a list, as `PageOf` with its rows."""
    more = page.page * page.per_page < total
    return {
        "rows": list(rows),
        "total": total,
        "page": page.page,
        "per_page": page.per_page,
        "next_page": page.page + 1 if more else None,
    }


_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:\d{2})?\Z"
)


def moment_of(text: str, name: str) -> date | datetime | None:
    """A day, or an instant; None where nothing was said.

    Raises:
        HttpError: the words are neither (422).
    """
    words = text.strip()
    if not words:
        return None
    try:
        if _DAY.match(words):
            day = date.fromisoformat(words)
            if 1900 <= day.year <= 2200:
                return day
        elif found := _TIME.match(words):
            moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
            if 1900 <= moment.year <= 2200:
                return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone())
    except ValueError:
        pass
    raise HttpError(
        422,
        f"{name} is no day or time between 1900 and 2200: write 2024-07-10 (the end of that day) or "
        "2024-07-10T09:30-06:00.",
    )


Days = Query[AnyDay]
Pages = Query[Page]
