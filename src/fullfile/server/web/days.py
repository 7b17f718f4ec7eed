"""Any day: which two moments a page was asked for, and what stands on it when that is not today.

    days = days_of(request)              # ?on=2024-07-10&as_of=2024-08-01
    answer = ask(..., on=days.on, as_of=days.as_of)
    render(..., {"days": days})          # parts/day_bar.html, parts/another_day.html

`on` is how things stood then, `as_of` what the record knew by then (contract, section 1). On another day
a page has no button that acts: templates ask `days.another`.

What this does not do: it answers no question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

__all__ = ["Days", "days_of"]


@dataclass(frozen=True, slots=True)
class Days:
    """The two days that a page was asked for; None is now.

    Attributes:
        on: how things stood at the end of it.
        as_of: using only what the record knew by the end of it.
        wrong: what was typed and is no day; the page then speaks of now, and says so.
        path: the page's own address.
    """

    on: date | None
    as_of: date | None
    wrong: str
    path: str

    @property
    def another(self) -> bool:
        """Whether the page speaks of another moment than now, so that nothing can be changed on it."""
        return self.on is not None or self.as_of is not None

    @property
    def query(self) -> str:
        """What addresses of the same days end with; empty for now."""
        said = {"on": self.on, "as_of": self.as_of}
        found = {name: day.isoformat() for name, day in said.items() if day is not None}
        return f"?{urlencode(found)}" if found else ""

    @property
    def problem(self) -> str:
        """That something typed is no day; empty where all was understood."""
        if not self.wrong:
            return ""
        return _("“%(said)s” is no day like 2024-07-10: the page speaks of today.") % {
            "said": self.wrong
        }


def days_of(request: HttpRequest) -> Days:
    """The days that an address asks for."""
    wrong: list[str] = []

    def read(name: str) -> date | None:
        text = request.GET.get(name, "").strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            wrong.append(text[:40])
            return None

    return Days(read("on"), read("as_of"), ", ".join(wrong), request.path)
