"""The picture of one item over time: held, on each case's file, disclosed to each defendant, a lane each.

Solid is in place, hatched is not, dots: kept back, or the duty did not reach it; nothing is drawn before
the item was taken in. Places are per cent, so that a lane fits a desk and a telephone, and the words stand beside
the bar as text. The picture repeats what the lines below it say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.core.ids import DAY_MS, day_text, days_between, parse_when
from fullfile.core.matching import Line, State
from fullfile.engines.report.dates import short_date
from fullfile.server.queries.item_page import CaseOfItem, ItemPage
from fullfile.server.web.dated import dated
from fullfile.server.web.items.veil import Veil

__all__ = ["Lane", "Part", "Picture", "Rule", "draw_lanes"]

MOST_CASES = 6
"""So many cases are drawn; the rest stand in the list below."""
_APART = 34.0
"""Labels of the axis nearer than this (per cent) are not both written; all stand in the line below."""
_DIAGONAL, _UPRIGHT, _DOTS = "url(#ff-diagonal)", "url(#ff-upright)", "url(#ff-dots)"
_KEPT = {State.WITHHELD, State.SET_ASIDE}
_LOST = {State.MISSING, State.DESTROYED_UNDER_HOLD, State.GONE}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a lane: from where, how wide (per cent), and how it is filled; no fill is a class of its own."""

    x: str
    width: str
    fill: str
    css: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name, its parts, and what it says in words."""

    name: str
    parts: tuple[Part, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Rule:
    """An upright line: where, what happened, how its label stands, and whether the label is written."""

    x: str
    words: str
    anchor: str
    written: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture, with what it shows in one sentence."""

    heading: str
    lanes: tuple[Lane, ...]
    rules: tuple[Rule, ...]
    more: int


class _Scale:
    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, max(last, first + DAY_MS)

    def at(self, moment: int) -> float:
        held = min(max(moment, self.first), self.last)
        return 100.0 * (held - self.first) / (self.last - self.first)


def draw_lanes(page: ItemPage, veil: Veil) -> Picture | None:
    """Draw it; None where nobody knows since when the item is held, or it bears on no case.

    Args:
        page: the item.
        veil: what of it the person reads.
    """
    if page.held_since is None or not page.cases:
        return None
    start = min(page.held_since, *(_ms(line.held_since) or page.held_since for line in page.lines))
    scale = _Scale(start, page.moment)
    lanes = [_held(page, scale)]
    for case in page.cases[:MOST_CASES]:
        # Before the case began nothing could be on its file, and nobody had anything to get.
        begin = max(page.held_since, case.start or 0)
        lanes.append(_file(case, veil, scale, begin))
        lanes += [_served(case, place, veil, scale, begin) for place in range(len(case.lines))]
    return Picture(
        _heading(page), tuple(lanes), tuple(_rules(page, veil, scale)), len(page.cases) - MOST_CASES
    )


def _ms(said: str | None) -> int | None:
    if not said:
        return None
    return parse_when(said[:10]).first


def _part(scale: _Scale, start: int, end: int, fill: str = "", css: str = "") -> Part:
    x = scale.at(start)
    return Part(f"{x:.2f}%", f"{max(scale.at(end) - x, 0.4):.2f}%", fill, css)


def _lacks(scale: _Scale, start: int, end: int, fill: str) -> Part:
    """What is not in place: hatched, or empty where nothing is hatched."""
    return _part(scale, start, end, fill, "" if fill else "ff-bar__part--empty")


def _solid(scale: _Scale, start: int, end: int) -> Part:
    return _part(scale, start, end, css="ff-bar__part--solid")


def _held(page: ItemPage, scale: _Scale) -> Lane:
    assert page.held_since is not None
    name = _("Held by %(agency)s") % {"agency": page.agency}
    hand = page.hand
    gone = hand.loss.moment if hand.loss is not None else None
    lost = hand.absent.moment if hand.absent is not None else None
    end = min([moment for moment in (gone, lost) if moment is not None], default=scale.last)
    parts = [_solid(scale, page.held_since, end)]
    if lost is not None and gone is None:
        parts.append(_part(scale, end, scale.last, _DIAGONAL))
        return Lane(name, tuple(parts), _("not found since %(day)s") % {"day": _day(end)})
    if gone is not None:
        return Lane(name, tuple(parts), _("until %(day)s") % {"day": _day(end)})
    return Lane(name, tuple(parts), _days(page.held_since, page.moment))


def _file(case: CaseOfItem, veil: Veil, scale: _Scale, held: int) -> Lane:
    line = case.lines[0]
    name = _("On file, %(case)s") % {"case": veil.title(case)}
    end = _end(line, scale)
    filed = _ms(line.filed_at)
    has = {line.state, *line.also}
    if State.SET_ASIDE in has:
        return Lane(name, (_part(scale, held, end, _DOTS),), _("set aside for this case"))
    if filed is None or State.UNFILED in has:
        says = _("not on file: %(days)s") % {"days": _days(held, end)}
        return Lane(name, (_part(scale, held, end, _DIAGONAL),), says)
    parts = [] if filed <= held else [_part(scale, held, filed, _DIAGONAL)]
    parts.append(_solid(scale, max(filed, held), end))
    return Lane(name, tuple(parts), _("since %(day)s") % {"day": dated(short_date(line.filed_at))})


def _served(case: CaseOfItem, place: int, veil: Veil, scale: _Scale, held: int) -> Lane:
    line = case.lines[place]
    name = _("Disclosed to %(name)s") % {"name": veil.defendant(case, place)}
    end = _end(line, scale)
    has = {line.state, *line.also}
    served = _ms(line.disclosed_at)
    if served is not None:
        before = [] if served <= held else [_lacks(scale, held, served, _lacking(has, late=True))]
        says = _("on %(day)s") % {"day": dated(short_date(line.disclosed_at))}
        if State.PARTIAL in has:
            part = _part(scale, max(served, held), end, _UPRIGHT)
            return Lane(name, (*before, part), _("in part, %(says)s") % {"says": says})
        return Lane(name, (*before, _solid(scale, max(served, held), end)), says)
    if _KEPT & has:
        word = _("withheld") if State.WITHHELD in has else _("set aside")
        return Lane(name, (_part(scale, held, end, _DOTS),), word)
    if State.POST_CONVICTION in has:
        says = _("came after the conviction; not disclosed")
        return Lane(name, (_part(scale, held, end, _DOTS),), says)
    says = _("not disclosed: %(days)s") % {"days": _days(held, end)}
    if line.ended:
        says += _(", until the case ended")
    return Lane(name, (_lacks(scale, held, end, _lacking(has, late=False)),), says)


def _lacking(has: Iterable[State], *, late: bool) -> str:
    """How a time without disclosure is hatched."""
    states = set(has)
    if State.LATE in states or (not late and State.OVERDUE in states):
        return _UPRIGHT
    if late or State.PENDING in states:
        return ""
    return _DIAGONAL


def _end(line: Line, scale: _Scale) -> int:
    ended = _ms(line.ended)
    if State.POST_CONVICTION in (line.state, *line.also):
        return scale.last  # the conviction ended nothing for what came after it
    return scale.last if ended is None else min(ended + DAY_MS, scale.last)


def _days(first: int, last: int) -> str:
    count = max(0, days_between(first, last))
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": f"{count:,}"}


def _day(moment: int) -> str:
    return dated(short_date(day_text(moment)))


def _rules(page: ItemPage, veil: Veil, scale: _Scale) -> list[Rule]:
    assert page.held_since is not None
    days: dict[int, list[str]] = {page.held_since: [_("taken in")]}
    for line in page.lines:
        due = _ms(line.due)
        if due is not None and scale.first < due <= scale.last:
            word = _("due by law") if line.due_basis == "law" else _("office's target")
            days.setdefault(due, []).append(word)
    for case in page.cases[:MOST_CASES]:
        if not veil.hides(case):
            for mark in case.marks:
                if scale.first <= mark.moment <= scale.last:
                    days.setdefault(mark.moment, []).append(mark.words)
    found: list[Rule] = []
    taken: list[float] = []
    for moment, words in sorted(days.items()):
        x = scale.at(moment)
        written = all(abs(x - one) >= _APART for one in taken)
        if written:
            taken.append(x)
        anchor = "start" if x < 12 else "end" if x > 88 else "middle"
        label = f"{_day(moment)}: {', '.join(dict.fromkeys(words))}"
        found.append(Rule(f"{x:.2f}%", label, anchor, written))
    return found


def _heading(page: ItemPage) -> str:
    """What the picture shows, in a sentence."""
    lines = page.lines
    unfiled = sum(State.UNFILED in (line.state, *line.also) for line in lines)
    unserved = sum(line.disclosed_at is None for line in lines)
    if _LOST & {line.state for line in lines}:
        return _("It is not there any more")
    if unfiled == len(lines) and unserved == len(lines):
        return _("Held all along, on no file, disclosed to nobody")
    if not unfiled and not unserved:
        return _("Held, on file, disclosed to everyone")
    parts = []
    if unfiled:
        parts.append(_("not on every file"))
    if unserved:
        parts.append(
            _("not disclosed to %(some)s of %(all)s defendants")
            % {"some": f"{unserved:,}", "all": f"{len(lines):,}"}
        )
    return _("Held, %(rest)s") % {"rest": ", ".join(parts)}
