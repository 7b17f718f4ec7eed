"""The picture of who knew what over time: one lane for each person, drawn by our own code.

A mark is a shape and a letter for the level; filled where somebody states it, grey where a
row shows it, hollow and struck through where the person denies it. A partial date is a bar
as long as it is; "before" is a dashed tail. Long times in which nothing happened are drawn
shorter than they were, and the axis says so.

Places are percentages, so that a lane fits a desk and a telephone; marks keep their size. The
picture repeats what the table and the history say in words.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from fullfile.core.ids import DAY_MS, day_text
from fullfile.core.knowledge import LEVELS, Knew, Known, Person
from fullfile.engines.report.dates import short_date
from fullfile.engines.report.knew import LETTERS, short_when

__all__ = ["Lane", "Picture", "Tick", "draw", "mark_shapes"]

_ROW = 26
_APART = 8.5
"""Marks nearer than this (per cent of a lane, on a telephone's) stand in rows of their own."""
_SHAPES = {
    "exists": '<circle r="10"/>',
    "picture": '<path d="M-9.4-9.4H9.4V9.4H-9.4z"/>',
    "object": '<path d="M0-12.4 12.4 0 0 12.4-12.4 0z"/>',
    "where_filed": '<path d="M-10.6-9.4H10.6L8 9.8H-8z"/>',
    "not_disclosed": '<path d="M-5.8-10.2H5.8L11.6 0 5.8 10.2H-5.8L-11.6 0z"/>',
}
"""The shapes, centred on the place of their date: they differ in silhouette."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis: where, in words, and whether a narrow screen shows it too."""

    place: float
    words: str
    narrow: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's lane: its height in pixels and what is drawn in it."""

    person: Person
    height: int
    inside: Markup
    says: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture: ticks, lanes, and whether times were drawn shorter."""

    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    shortened: bool


def mark_shapes() -> Markup:
    """The shapes once, for the key."""
    found = "".join(f'<g id="k-{level}">{shape}</g>' for level, shape in _SHAPES.items())
    return Markup(f"<defs>{found}</defs>")  # noqa: S704 - our own constants only


def draw(knew: Knew) -> Picture | None:
    """Draw the picture; None where there is nothing to draw."""
    if not knew.timeline:
        return None
    places = _places(knew.timeline)
    drawn = [(person, _chosen(person)) for person in knew.persons]
    days = sorted({one.first // DAY_MS for _, accounts in drawn for one in accounts})
    gaps = [later - day for day, later in itertools.pairwise(days)]
    lanes = tuple(_lane(person, accounts, places) for person, accounts in drawn)
    shortened = bool(gaps) and max(gaps) > 4 * max(1, min(gaps))
    return Picture(_ticks(drawn, places), lanes, shortened)


def _chosen(person: Person) -> list[Known]:
    """Of each level: the first that is stated, a derived one that is earlier or alone, every denial."""
    found: list[Known] = []
    for level in LEVELS:
        accounts = person.at(level)
        stated = [one for one in accounts if one.stated and not one.denied]
        shown = [one for one in accounts if not one.stated]
        found += stated[:1]
        if shown and (not stated or shown[0].first < stated[0].first):
            found.append(shown[0])
        found += [one for one in accounts if one.denied]
    return sorted(found, key=lambda one: (one.first + one.last, LEVELS.index(one.level)))


def _places(accounts: Iterable[Known]) -> dict[int, float]:
    """Where each moment stands, in per cent; a gap counts by the logarithm of its days."""
    moments = sorted({moment for one in accounts for moment in (one.first, one.last)})
    at = [0.0]
    for before, moment in itertools.pairwise(moments):
        at.append(at[-1] + math.log1p((moment - before) / DAY_MS) + 0.02)
    whole = at[-1] or 1.0
    left, wide = 6.0, 88.0
    if len(moments) == 1 or whole <= 0.1:
        return dict.fromkeys(moments, 50.0)
    return {moment: left + wide * one / whole for moment, one in zip(moments, at, strict=True)}


def _middle(one: Known, places: dict[int, float]) -> float:
    return round((places[one.first] + places[one.last]) / 2, 2)


def _lane(person: Person, accounts: Sequence[Known], places: dict[int, float]) -> Lane:
    ends: list[float] = []
    parts: list[str] = []
    words: list[str] = []
    for one in accounts:
        at = _middle(one, places)
        row = next((n for n, end in enumerate(ends) if at - end >= _APART), len(ends))
        if row == len(ends):
            ends.append(at)
        ends[row] = at
        y = row * _ROW + _ROW // 2 + 2
        parts.append(_bar(one, places, y))
        parts.append(_mark(one, at, y))
        words.append(f"{LETTERS[one.level]} {one.kind} {short_when(one.known_from)}")
    inside = "".join(parts)
    # Numbers and our own shapes only; nothing of the record goes in here.
    return Lane(person, len(ends) * _ROW + 4, Markup(inside), "; ".join(words))  # noqa: S704


def _bar(one: Known, places: dict[int, float], y: int) -> str:
    if one.known_from.casefold().startswith("before "):
        return (
            f'<svg x="{_middle(one, places)}%" y="{y}" overflow="visible">'
            '<path class="tail" d="M-10 0H-34M-34 0l6-4M-34 0l6 4"/></svg>'
        )
    if one.last - one.first < DAY_MS:
        return ""
    x, end = places[one.first], places[one.last]
    return (
        f'<rect class="span" x="{x:.2f}%" y="{y - 3}" width="{max(end - x, 0.5):.2f}%" height="6"/>'
    )


def _mark(one: Known, at: float, y: int) -> str:
    strike = '<path class="strike" d="M-11 11 11-11"/>' if one.denied else ""
    return (
        f'<svg x="{at}%" y="{y}" overflow="visible"><g class="mark {one.kind}">'
        f'{_SHAPES[one.level]}{strike}<text y="4.5" text-anchor="middle">{LETTERS[one.level]}</text>'
        "</g></svg>"
    )


def _ticks(
    drawn: Sequence[tuple[Person, list[Known]]], places: dict[int, float]
) -> tuple[Tick, ...]:
    """Dates under the lanes: as many as fit, the first and the last always."""
    said: dict[float, str] = {}
    for _, accounts in drawn:
        for one in accounts:
            whole = one.last - one.first < DAY_MS
            words = (
                short_when(one.known_from) if one.known_from else short_date(day_text(one.first))
            )
            if (whole and not words.startswith("before ")) or not whole:
                said.setdefault(_middle(one, places), words)
    wide = _spread(sorted(said), 11.0)
    narrow = set(_spread(sorted(said), 34.0))
    ticks = []
    for at in wide:
        anchor = "start" if at < 10 else "end" if at > 90 else "middle"
        ticks.append(Tick(at, said[at], at in narrow, anchor))
    return tuple(ticks)


def _spread(at: Sequence[float], apart: float) -> list[float]:
    """Places at least so far apart: the last one first, since it is asked about most."""
    found: list[float] = []
    for one in reversed(at):
        if not found or found[-1] - one >= apart:
            found.append(one)
    return found[::-1]
