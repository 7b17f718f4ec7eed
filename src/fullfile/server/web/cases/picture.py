"""The case over time: a base line for each row, and on it a hatched step as high as the exceptions of that day.

A flat line is good. All rows have one scale. Upright rules are what the court did; a tick under a defendant's
line is something that went to them late. Places are per cent, heights are pixels, so that text keeps its size.
Everything drawn stands in the table under it.

What this does not do: it judges no day; `queries.history` does.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fullfile.core.ids import DAY_MS, day_text
from fullfile.engines.report.dates import date_words, short_date
from fullfile.server.queries.history import CaseDay, CaseHistory
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.dated import dated
from fullfile.server.web.said_below import plain_word

__all__ = ["Lane", "Picture", "Rule", "Step", "picture_of"]

_HEIGHT = 44
_BASE = 60
"""The base line, so many pixels from the top of a lane; numbers stand above the steps, ticks below."""
_LEFT, _WIDE = 2.0, 94.0
_APART = 55.0
_MOST_ROWS = 12
Place = Callable[[int], float]
"""Where a day stands, in per cent."""


@dataclass(frozen=True, slots=True)
class Step:
    """So many exceptions from one day to the next."""

    x: str
    width: str
    y: str
    height: str
    number: str
    rise: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: its name, its steps, ticks where something went late, how it stands at the end."""

    name: str
    fill: str
    steps: tuple[Step, ...]
    ticks: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What the court did, upright through all rows; words only where there is room."""

    x: str
    words: str
    day: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture and the sentence that says what it shows."""

    heading: str
    lanes: tuple[Lane, ...]
    rules: tuple[Rule, ...]
    base: int
    first: str
    last: str


def picture_of(history: CaseHistory, defendants: int, veil: Veil, *, now: bool) -> Picture | None:
    """Draw the history; None where there is nothing to draw.

    Args:
        history: the days.
        defendants: how many there are.
        veil: what they may be called.
        now: whether the last day is today.
    """
    days = list(itertools.dropwhile(lambda one: not one.states, history.days))
    if len(days) < 2:
        return None
    first, last = days[0].day, days[-1].day
    rows = [
        (_("Held"), [one.held for one in days], "url(#ff-diagonal)", []),
        (_("On file"), [one.filed for one in days], "url(#ff-diagonal)", []),
        *(
            (
                veil.defendant(who),
                [one.owed[who - 1] for one in days],
                "url(#ff-upright)",
                [one.late[who - 1] for one in days],
            )
            for who in range(1, min(defendants, _MOST_ROWS) + 1)
        ),
    ]
    scale = max((count for _name, counts, _fill, _late in rows for count in counts), default=0)

    def place(day: int) -> float:
        return _LEFT + _WIDE * (day - first) / max(1, last - first)

    lanes = tuple(
        Lane(
            name,
            fill,
            tuple(_steps(days, counts, scale, place)),
            tuple(_ticks(days, late, place)),
            _at_the_end(counts[-1]),
        )
        for name, counts, fill, late in rows
    )
    rules = tuple(_rules(history, first, last, place))
    return Picture(
        _heading(days, rows, now=now),
        lanes,
        rules,
        _BASE,
        dated(short_date(days[0].on)),
        _("today") if now else dated(short_date(days[-1].on)),
    )


def _steps(days: Sequence[CaseDay], counts: Sequence[int], scale: int, place: Place) -> list[Step]:
    found: list[Step] = []
    before = 0
    start = 0
    ends = [*range(1, len(days)), len(days) - 1]
    for at, count in enumerate(counts):
        same = at + 1 < len(days) and counts[at + 1] == count
        if same:
            continue
        if count:
            x = place(days[start].day)
            end = place(days[ends[at]].day) if at + 1 < len(days) else 100.0
            height = max(8.0, _HEIGHT * count / max(1, scale))
            found.append(
                Step(
                    f"{x:.2f}%",
                    f"{max(0.6, end - x):.2f}%",
                    f"{_BASE - height:.1f}",
                    f"{height:.1f}",
                    f"{count:,}",
                    count > before,
                )
            )
        before = count
        start = at + 1
    return found


def _ticks(days: Sequence[CaseDay], late: Sequence[int], place: Place) -> list[str]:
    return [f"{place(days[at].day):.2f}%" for at in range(1, len(late)) if late[at] > late[at - 1]]


def _at_the_end(count: int) -> str:
    return _("flat") if not count else f"{count:,}"


_TOLD_FIRST = (
    "dismissed_with_prejudice",
    "dismissed_without_prejudice",
    "acquitted",
    "convicted",
    "new_trial_granted",
    "trial_started",
    "ruling",
    "sanction",
    "arraignment",
    "waiver_of_arraignment",
    "hearing",
    "motion",
    "indictment",
    "information",
    "complaint",
)
"""Where there is no room for all, these are named."""


def _rules(history: CaseHistory, first: int, last: int, place: Place) -> list[Rule]:
    """A line for each day of the docket; words at those that matter most, as far as there is room."""
    inside = [one for one in history.docket if first <= one.day <= last]
    days: dict[int, str] = {}
    for day, rows in itertools.groupby(inside, key=lambda one: one.day):
        days[day] = min((one.event for one in rows), key=_weight)
    told: list[float] = []
    named: set[int] = set()
    for day in sorted(days, key=lambda one: (_weight(days[one]), one)):
        if all(abs(place(day) - other) >= _APART for other in told):
            told.append(place(day))
            named.add(day)
    return [
        Rule(
            f"{place(day):.2f}%",
            plain_word(event) if day in named else "",
            dated(short_date(day_text(day * DAY_MS))) if day in named else "",
            "start" if place(day) < 25 else "end" if place(day) > 75 else "middle",
        )
        for day, event in sorted(days.items())
    ]


def _weight(event: str) -> int:
    return _TOLD_FIRST.index(event) if event in _TOLD_FIRST else len(_TOLD_FIRST)


def _heading(
    days: Sequence[CaseDay], rows: Sequence[tuple[str, list[int], str, list[int]]], *, now: bool
) -> str:
    """The conclusion: whose line is up since when, or since when none is."""
    up = [(counts[-1], name, counts) for name, counts, _fill, _late in rows if counts[-1]]
    if up:
        _count, name, counts = max(up, key=lambda one: one[0])
        at = len(counts) - 1
        while at > 0 and counts[at - 1]:
            at -= 1
        rose = dated(date_words(days[at].on))
        if at == 0:
            return _("The line “%(name)s” has been up since the first day, %(day)s.") % {
                "name": name,
                "day": rose,
            }
        until = _("has not come down") if now else _("had not come down by then")
        return _("The line “%(name)s” rose on %(day)s and %(until)s.") % {
            "name": name,
            "day": rose,
            "until": until,
        }
    fell = [
        (max(at for at, count in enumerate(counts) if count), name)
        for name, counts, _fill, _late in rows
        if any(counts)
    ]
    if not fell:
        return _(
            "Flat: no exception stood on any of the %(many)d days on which something changed."
        ) % {"many": len(days)}
    at, name = max(fell)
    if days[at + 1].apart and days[at + 1].apart > days[at].apart:
        return _("“%(name)s” was still up when the case ended on %(day)s.") % {
            "name": name,
            "day": dated(date_words(days[at].on)),
        }
    return _("Every line is flat now. The last to come down was “%(name)s”, on %(day)s.") % {
        "name": name,
        "day": dated(date_words(days[at + 1].on)),
    }
