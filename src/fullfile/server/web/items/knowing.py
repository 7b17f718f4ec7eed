"""Who knew what of an item, and since when: said and shown, side by side; nothing is averaged, nothing decided.

The words and the marks are `engines.report.knew`'s, which the command line shows too. This adds the blocks in which
people stand and, for each case, the days between the State's knowing and the defence's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.core.ids import DAY_MS, days_between, parse_when
from fullfile.core.knowledge import LEVELS, Knew, Known, Person
from fullfile.engines.report.knew import (
    KNOWN_FIELDS,
    LETTERS,
    cell_words,
    short_when,
    summary,
    way_words,
)
from fullfile.engines.report.knew_picture import Lane, draw, mark_shapes
from fullfile.server.accounts.policy import Right
from fullfile.server.queries.knew import ask_knew
from fullfile.server.store.connections import cases_of_item
from fullfile.server.store.load import current_size
from fullfile.server.store.overview import list_titles
from fullfile.server.web.clock import now_ms
from fullfile.server.web.dated import dated
from fullfile.server.web.days import days_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.frame import cases_to_file_in, frame
from fullfile.server.web.listing import export
from fullfile.server.web.reach import item_in_reach
from fullfile.server.web.said_below import level_verb, level_word

__all__ = ["gaps", "knew", "side_of"]

_SIDES = (
    ("officer in ", "police"),
    ("expert in ", "laboratory"),
    ("prosecutor in ", "prosecution"),
    ("defence counsel in ", "defence"),
    ("judge in ", "court"),
)
_STATE = frozenset({"police", "laboratory", "prosecution"})


@dataclass(frozen=True, slots=True)
class Block:
    """A side, with the lanes of its people."""

    name: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """For one case: how long the State knew and the defence did not."""

    words: str
    from_words: str


@page(Right.SEE_KNEW, methods=("GET", "HEAD"))
def knew(request: PageRequest, item_id: int) -> HttpResponse:
    """Who knew of it, how much, since when, and who says so?"""
    person = request.person
    item = item_in_reach(person, item_id)
    days = days_of(request)
    around = frame(person, item, "item_knew", days=days)
    if around["sealed"]:
        return render(request, "items/knew.html", around | {"hidden": True})
    found = ask_knew(item.agency, item.tag, on=days.on, as_of=days.as_of, now_ms=now_ms()).knew
    answer = export(request, f"knew-{item_id}", KNOWN_FIELDS, map(_cells, found.timeline))
    if answer:
        return answer
    picture = draw(found)
    numbers = [number for _case, number in cases_of_item(item_id)]
    titles = list_titles(numbers, current_size())
    return render(
        request,
        "items/knew.html",
        around
        | {
            "verdict": summary(found),
            "file_in": cases_to_file_in(person, item),
            "gaps": gaps(found, [(number, titles.get(number, number)) for number in numbers]),
            "knew": found,
            "blocks": _blocks(picture.lanes) if picture is not None else (),
            "ticks": picture.ticks if picture is not None else (),
            "shortened": picture is not None and picture.shortened,
            "shapes": mark_shapes(),
            "levels": [(level, LETTERS[level], level_word(level)) for level in LEVELS],
            "people": [_row(found, one) for one in found.persons],
            "apart": [
                (level_verb(one.level), one, list(map(_account, one.accounts)))
                for one in found.contradictions
            ],
            "history": [
                (dated(short_when(one.known_from)), one, level_verb(one.level), way_words(one))
                for one in found.timeline
            ],
        },
    )


def _cells(one: Known) -> list[object]:
    cells: list[object] = [getattr(one, name) for name in KNOWN_FIELDS[:-1]]
    return [*cells, ";".join(map(str, one.entries))]


def _row(found: Knew, one: Person) -> tuple[Person, str, list[tuple[str, tuple[str, ...]]]]:
    cells = [(level_word(level), cell_words(found, one, level)) for level in LEVELS]
    return one, _side_words(side_of(one)), cells


def _account(one: Known) -> tuple[str, str, str, tuple[int, ...]]:
    word = {"denied": _("Denied"), "stated": _("Stated"), "derived": _("Shown by a row")}[one.kind]
    when = one.when if one.stated else ""
    return word, when, way_words(one), one.entries


def side_of(person: Person) -> str:
    """The side on which a person stands by their roles in cases; `others` where no role says."""
    for start, side in _SIDES:
        if any(role.startswith(start) for role in person.roles):
            return side
    return "others"


def _side_words(side: str) -> str:
    return {
        "police": _("Police"),
        "laboratory": _("Laboratory"),
        "prosecution": _("Prosecution"),
        "defence": _("Defence"),
        "court": _("Court"),
    }.get(side, _("Others"))


def _blocks(lanes: Iterable[Lane]) -> tuple[Block, ...]:
    order = [side for _start, side in _SIDES] + ["others"]
    found: dict[str, list[Lane]] = {side: [] for side in order}
    for lane in lanes:
        found[side_of(lane.person)].append(lane)
    return tuple(Block(_side_words(side), tuple(found[side])) for side in order if found[side])


def gaps(found: Knew, cases: Iterable[tuple[str, str]]) -> list[Gap]:
    """For each case the days between the State's first uncontested knowing and the defence's.

    It is counted from when the item was held, at the earliest. Where the defence's day is only known as
    "before", it is "up to"; where the State's is vague, "at least". No sentence where every account is contested.

    Args:
        found: who knew what.
        cases: number and title of each.
    """
    contested = {
        id(one)
        for apart in found.contradictions
        if apart.kind == "denied"
        for one in apart.accounts
    }
    state = [
        one
        for person in found.persons
        if side_of(person) in _STATE
        for one in person.accounts
        if not one.denied and id(one) not in contested
    ]
    if not state or not found.held_since:
        return []
    held = parse_when(found.held_since).first
    first = min(state, key=lambda one: (max(one.last, held), one.entries))
    start = max(first.first, held)
    words = []
    for number, title in cases:
        theirs = [
            one
            for person in found.persons
            if any(
                role.startswith("defence counsel in ") and number in role for role in person.roles
            )
            for one in person.accounts
            if not one.denied and id(one) not in contested
        ]
        if not theirs:
            continue
        known = min(theirs, key=lambda one: (one.first, one.last))
        before = known.known_from.casefold().startswith("before ")
        end = known.first + 1 if before else known.first
        count = days_between(start, end)
        if count <= 0:
            continue
        vague = first.last - first.first >= DAY_MS and first.first >= held
        how = _("Up to") if before else _("At least") if vague else _("For")
        said = {"how": how, "n": f"{count:,}", "case": title}
        words.append(
            Gap(
                _("%(how)s %(n)s days the State knew and the defence in %(case)s did not.") % said,
                _("Held since %(held)s; %(state)s knew (%(since)s). %(counsel)s knew: %(until)s.")
                % {
                    "held": dated(short_when(found.held_since)),
                    "state": first.person,
                    "since": dated(short_when(first.known_from)) or _("from its booking"),
                    "counsel": known.person,
                    "until": dated(short_when(known.known_from)),
                },
            )
        )
    return words
