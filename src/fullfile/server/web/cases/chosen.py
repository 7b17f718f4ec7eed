"""What an address asks of a board: which lines and items, in which order, grouped by what, which page.

An address holds no name and no tag: a defendant is their place in the case, a group and a report number a
short digest, the rest words of fixed lists. Numbers of the page above link here, and each finds exactly so
many rows.

What this does not do: it draws nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fullfile.core.matching import State
from fullfile.engines.report.board import is_served, stops_at
from fullfile.server.queries.board import CaseBoard, CaseItem, Judged

__all__ = [
    "BY",
    "ORDERS",
    "Chosen",
    "chosen_of",
    "lines_by_item",
    "opaque",
    "shown_items",
    "shown_lines",
]

ORDERS: dict[str, str | Promise] = {
    "worst": _("Worst first"),
    "oldest": _("Held longest first"),
    "due": _("Due first"),
    "number": _("By number"),
    "newest": _("Recorded last first"),
}
BY: dict[str, str | Promise] = {
    "report": _("Report number"),
    "agency": _("Agency"),
    "kind": _("Kind"),
    "month": _("Month booked"),
    "production": _("Production"),
    "none": _("Nothing"),
}
_NAMES = (
    "show",
    "how",
    "defendant",
    "place",
    "ok",
    "agency",
    "report",
    "kind",
    "asked",
    "viewed",
    "since",
    "due",
    "ended",
    "by",
    "group",
    "order",
)
_SHOW = {"exceptions", *(state.value for state in State)}
_STATES = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for; empty: everything.

    Attributes:
        show: a state, or `exceptions`.
        how: `first` (the state that counts), `also` (beside it), `any`.
        defendant: their place in the case, from 1; 0: all.
        place: `held`, `file` or `served`: what stops there for the reason `show`; with `ok`, what does not.
        ok: only what is in place there.
        agency, report: short digests.
        kind: a word of the items table.
        asked, viewed: only with an open request, with a view on record.
        since: only what something was recorded about since that day.
        due: only lines due on that day; `none`: those with no day.
        ended: the lines of defendants whose case has ended, too.
        by, group: grouped by what; which group is open.
        order, page: how, and which 50.
        path, days: the page's own address, and the days it speaks of.
    """

    show: str
    how: str
    defendant: int
    place: str
    ok: bool
    agency: str
    report: str
    kind: str
    asked: bool
    viewed: bool
    since: date | None
    due: str
    ended: bool
    by: str
    group: str
    order: str
    page: int
    path: str
    days: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, str], ...]

    @property
    def state(self) -> State | None:
        """The state that is asked for."""
        return None if self.show in ("", "exceptions") else State(self.show)

    def address(self, **changes: object) -> str:
        """This page with something changed; None takes a filter away. Page one unless said."""
        asked: dict[str, object] = {**dict(self.days), **dict(self.said)}
        asked.update(changes)
        kept = {name: value for name, value in asked.items() if value not in (None, "", False, 0)}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def only(self, **filters: object) -> str:
        """The same days, with these filters and no others."""
        asked = {**dict(self.days), **filters}
        kept = {name: value for name, value in asked.items() if value not in (None, "", False, 0)}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path


def chosen_of(request: HttpRequest, path: str = "") -> Chosen:
    """What this request asks of a board."""
    asked = request.GET
    said = {name: asked[name][:40] for name in _NAMES if asked.get(name)}
    number = asked.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    who = said.get("defendant", "")
    show = said.get("show", "")
    return Chosen(
        show=show if show in _SHOW else "",
        how=said["how"] if said.get("how") in ("also", "any") else "first",
        defendant=int(who) if who.isascii() and who.isdigit() and len(who) < 5 else 0,
        place=said["place"] if said.get("place") in ("held", "file", "served") else "",
        ok="ok" in said,
        agency=said.get("agency", ""),
        report=said.get("report", ""),
        kind=said.get("kind", ""),
        asked="asked" in said,
        viewed="viewed" in said,
        since=_day(said.get("since", "")),
        due=said.get("due", ""),
        ended="ended" in said,
        by=said["by"] if said.get("by") in BY else "",
        group=said.get("group", ""),
        order=said["order"] if said.get("order") in ORDERS else "worst",
        page=max(1, page),
        path=path or request.path,
        days=tuple((name, asked[name]) for name in ("on", "as_of") if asked.get(name)),
        said=tuple(said.items()),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def opaque(board: CaseBoard, kind: str, value: str) -> str:
    """A name for addresses that tells nothing to whoever reads them."""
    return hashlib.sha256(f"{board.case_id}:{kind}:{value}".encode()).hexdigest()[:10]


def lines_by_item(board: CaseBoard, *, ended: bool) -> list[list[Judged]]:
    """The lines of each item, by its place; those counted apart only where they are wanted."""

    def make() -> list[list[Judged]]:
        found: list[list[Judged]] = [[] for _ in board.items]
        for one in board.judged:
            if one.item >= 0 and (ended or not one.line.counted_apart):
                found[one.item].append(one)
        return found

    return board.remember(("by_item", ended), make)


def with_ended(board: CaseBoard, chosen: Chosen) -> bool:
    """Whether lines counted apart are shown: when wanted, or when there are no others."""
    return chosen.ended or not any(lines_by_item(board, ended=False))


def shown_items(board: CaseBoard, chosen: Chosen) -> list[tuple[CaseItem, list[Judged]]]:
    """The items that are asked for, each with its lines, in the order that is asked for."""
    ended = with_ended(board, chosen)
    asked = tuple((name, value) for name, value in chosen.said if name not in ("by", "group"))

    def make() -> list[tuple[CaseItem, list[Judged]]]:
        by_item = lines_by_item(board, ended=ended)
        found = [
            (item, lines)
            for item, lines in zip(board.items, by_item, strict=True)
            if lines and _wanted_item(board, chosen, item) and _wanted_lines(chosen, lines)
        ]
        found.sort(key=_sorting(chosen.order))
        return found

    return board.remember(("shown", ended, asked), make)


def shown_lines(board: CaseBoard, chosen: Chosen) -> list[Judged]:
    """The lines that are asked for, the worst first; those beside the items too."""
    found = []
    for one in board.judged:
        if one.line.counted_apart != chosen.ended:
            continue
        if chosen.defendant and one.defendant != chosen.defendant:
            continue
        if not _has(chosen, one):
            continue
        if one.item >= 0:
            if not _wanted_item(board, chosen, board.items[one.item]):
                continue
        elif chosen.agency or chosen.report or chosen.kind or chosen.asked or chosen.viewed:
            continue
        found.append(one)
    found.sort(key=lambda one: (_STATES[one.line.state], one.line.held_since or "9999", one.item))
    return found


def _wanted_item(board: CaseBoard, chosen: Chosen, item: CaseItem) -> bool:
    return (
        (not chosen.agency or opaque(board, "agency", item.agency) == chosen.agency)
        and (not chosen.report or opaque(board, "report", item.report) == chosen.report)
        and (not chosen.kind or item.kind == chosen.kind)
        and (not chosen.asked or item.asked)
        and (not chosen.viewed or item.viewed)
        and (chosen.since is None or item.changed >= chosen.since.toordinal() - _EPOCH)
    )


_EPOCH = date(1970, 1, 1).toordinal()


def _wanted_lines(chosen: Chosen, lines: Sequence[Judged]) -> bool:
    theirs = [one for one in lines if not chosen.defendant or one.defendant == chosen.defendant]
    if not theirs:
        return False
    if chosen.place == "served":
        return any(_served_as_asked(chosen, one) for one in theirs)
    if chosen.place:
        stopped = stops_at(chosen.place, [one.line for one in lines])
        return stopped is None if chosen.ok else stopped is not None and stopped is chosen.state
    return any(_has(chosen, one) for one in theirs)


def _served_as_asked(chosen: Chosen, one: Judged) -> bool:
    if chosen.ok:
        return is_served(one.line)
    return not is_served(one.line) and one.line.state is chosen.state


def _has(chosen: Chosen, one: Judged) -> bool:
    if chosen.due and (one.line.due or "none") != chosen.due:
        return False
    if chosen.show == "exceptions":
        return one.line.is_exception
    state = chosen.state
    if state is None:
        return True
    first, also = one.line.state is state, state in one.line.also
    return {"first": first, "also": also, "any": first or also}[chosen.how]


Sorted = tuple[CaseItem, list[Judged]]


def _sorting(order: str) -> Callable[[Sorted], tuple[object, ...]]:
    def held(lines: list[Judged]) -> str:
        return lines[0].line.held_since or "9999"

    def due(lines: list[Judged]) -> str:
        return min((one.line.due or "9999" for one in lines), default="9999")

    def tag(item: CaseItem) -> tuple[str, str]:
        return (item.agency, item.tag)

    orders: dict[str, Callable[[Sorted], tuple[object, ...]]] = {
        "worst": lambda one: (
            not any(each.line.is_exception for each in one[1]),
            min(_STATES[each.line.state] for each in one[1]),
            held(one[1]),
            tag(one[0]),
        ),
        "oldest": lambda one: (held(one[1]), tag(one[0])),
        "due": lambda one: (due(one[1]), tag(one[0])),
        "number": lambda one: tag(one[0]),
        "newest": lambda one: (-one[0].changed, tag(one[0])),
    }
    return orders[order]
