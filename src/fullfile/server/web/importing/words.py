"""What the steps of an import say: causes of problems in words, and what to do about each.

What this does not do: it judges nothing; the codes are those of the importers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fullfile.core.entries import TABLES
from fullfile.core.entries.fields import Kind
from fullfile.server.waiting.arrivals import ArrivalView
from fullfile.server.web.importing.forms import TABLE_WORDS

__all__ = ["STATE_WORDS", "STEPS", "Cause", "Step", "cause", "steps", "table_word", "verdict"]

L = gettext_lazy
STEPS = (
    ("upload", L("Upload")),
    ("columns", L("Columns")),
    ("check", L("Check")),
    ("commit", L("Commit")),
)
STATE_WORDS = {
    "columns": (L("columns to choose"), "schedule", "in-hand"),
    "check": (L("to be looked at"), "schedule", "in-hand"),
    "commit": (L("being taken in"), "schedule", "in-hand"),
    "done": (L("taken in"), "check", "full"),
    "dropped": (L("given up"), "remove_circle", "apart"),
}
_CAUSES = {
    "required": (L("“%(column)s” is empty"), L("fill it in, or correct the file")),
    "unreadable": (L("Not understood in “%(column)s”"), L("correct the file")),
    "word": (L("A word outside the list in “%(column)s”"), L("use a word of the list")),
    "case_unknown": (L("The case is not on record"), L("import the cases first, or correct the number")),
    "not_a_party": (L("No such defendant in the case"), L("import the parties first, or correct the name")),
    "defendant_ambiguous": (
        L("Several defendants of one name"),
        L("write the party_id instead of the name"),
    ),
    "key_twice": (L("The same row twice, with different values"), L("leave one of them out")),
    "cells": (L("More values than the header has columns"), L("put values with a separator in quotation marks")),
    "too_long": (L("Too long in “%(column)s”"), L("shorten it; the whole text can be a file of the item")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps: its word, whether one is there, and the address where one may go back to it."""

    number: int
    word: Any  # lazy translation
    here: bool
    address: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of problems: what, in how many rows, an example, what to do."""

    what: str
    rows: int
    row: int | None
    example: str
    do: str
    address: str
    key: str


def steps(here: str, one: ArrivalView | None) -> list[Step]:
    """The four steps; those before the present one can be gone back to."""
    names = [name for name, _word in STEPS]
    at = names.index(here)
    return [
        Step(
            place + 1,
            word,
            name == here,
            reverse(f"import_{name}", args=[one.arrival])
            if one is not None and place < at and one.state in ("columns", "check")
            else "",
        )
        for place, (name, word) in enumerate(STEPS)
    ]


def cause(found: dict[str, Any], one: ArrivalView) -> Cause:
    """A cause as a person reads it."""
    code, column = str(found["code"]), str(found["column"])
    what, do = _CAUSES.get(code, (L("Refused: %(column)s"), L("correct the file")))
    words = str(what) % {"column": column or _("the row")}
    kinds = {each.name: each.kind for each in TABLES[one.table].columns}
    address = ""
    if code == "unreadable" and kinds.get(column) is Kind.WHEN:
        words = _("Date not understood in “%(column)s”") % {"column": column}
        do = L("set the date order")
        address = reverse("import_columns", args=[one.arrival])
    return Cause(
        words,
        int(found["rows"]),
        found["row"],
        str(found["text"]),
        str(do),
        address,
        f"{code} {column}".strip(),
    )


def verdict(figures: dict[str, int]) -> str:
    """What would change, or what did, in one sentence of figures."""
    rows = figures.get("rows", 0)
    parts = [
        ngettext("%(n)s new", "%(n)s new", figures.get("new", 0)),
        ngettext("%(n)s correction", "%(n)s corrections", figures.get("corrected", 0)),
        _("%(n)s unchanged"),
    ]
    counts = [figures.get(name, 0) for name in ("new", "corrected", "unchanged")]
    if figures.get("repeated"):
        parts.append(_("%(n)s that stand twice, word for word"))
        counts.append(figures["repeated"])
    if figures.get("absent"):
        parts.append(_("%(n)s no longer sent"))
        counts.append(figures["absent"])
    if figures.get("rejected"):
        parts.append(_("%(n)s with problems"))
        counts.append(figures["rejected"])
    said = " · ".join(part % {"n": f"{count:,}"} for part, count in zip(parts, counts, strict=True))
    head = ngettext("%(n)s row", "%(n)s rows", rows) % {"n": f"{rows:,}"}
    return f"{head}: {said}."


def table_word(name: str) -> str:
    """An import table in words."""
    return str(TABLE_WORDS.get(name, name))
