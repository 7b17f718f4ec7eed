"""Who knew what of an item, and since when: said and shown, side by side; nothing is averaged, nothing decided.

The words and the marks are `engines.report.knew`'s, which the command line shows too. This adds the blocks in which
people stand and, for each case, the days between the State's knowing and the defence's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.core.ids import DAY_MS, days_between, parse_when
from fullfile.core.knowledge import LEVELS, Contradiction, Knew, Known, Person
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
from fullfile.server.web.days import days_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.in_words import in_words
from fullfile.server.web.items.frame import cases_to_file_in, frame
from fullfile.server.web.listing import posted_words
from fullfile.server.web.reach import item_in_reach
from fullfile.server.web.said_below import level_verb, level_word
from fullfile.server.web.whole_list import Column, whole_list

__all__ = ["apart", "gaps", "knew", "side_of"]

_SIDES = (
    ("officer in ", "police"),
    ("expert in ", "laboratory"),
    ("prosecutor in ", "prosecution"),
    ("defence counsel in ", "defence"),
    ("judge in ", "court"),
)
Told = tuple[str, str, str, tuple[int, ...]]
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


@page(Right.SEE_KNEW)
def knew(request: PageRequest, item_id: int) -> HttpResponse:
    """Who knew of it, how much, since when, and who says so?"""
    if request.method == "POST":
        return posted_words(request)
    person = request.person
    item = item_in_reach(person, item_id)
    days = days_of(request)
    around = frame(person, item, "item_knew", days=days)
    if around["sealed"]:
        return render(request, "items/knew.html", around | {"hidden": True})
    found = ask_knew(item.agency, item.tag, on=days.on, as_of=days.as_of, now_ms=now_ms()).knew
    said = [
        (
            in_words(short_when(one.known_from)),
            one,
            level_verb(one.level),
            in_words(way_words(one)),
        )
        for one in found.timeline
    ]
    accounts = whole_list(request, said, _columns(), file=f"knew-{item_id}")
    people = whole_list(
        request,
        [_row(found, one) for one in found.persons],
        _people(),
        file=f"people-{item_id}",
        name="people",
    )
    for listed in (accounts, people):
        if listed.answer is not None:
            return listed.answer
    picture = draw(found)
    numbers = [number for _case, number in cases_of_item(item_id)]
    titles = list_titles(numbers, current_size())
    return render(
        request,
        "items/knew.html",
        around
        | {
            "verdict": in_words(summary(found)),
            "file_in": cases_to_file_in(person, item),
            "gaps": gaps(found, [(number, titles.get(number, number)) for number in numbers]),
            "knew": found,
            "blocks": _blocks(picture.lanes) if picture is not None else (),
            "ticks": picture.ticks if picture is not None else (),
            "shortened": picture is not None and picture.shortened,
            "shapes": mark_shapes(),
            "levels": [(level, LETTERS[level], level_word(level)) for level in LEVELS],
            "people": people,
            "accounts": accounts,
            "apart": apart(found),
        },
    )


def _columns() -> list[Column]:
    """Every account: rows are (when, the account, what, how); an export has the fields of the command."""
    heads = {
        "known_from": Column(
            "known_from",
            _("When"),
            lambda row: row[1].known_from,
            by=lambda row: row[1].first,
            said=lambda row: row[0],
        ),
        "person": Column(
            "person", _("Who"), lambda row: row[1].person, choice=lambda row: row[1].person
        ),
        "level": Column(
            "level",
            _("What"),
            lambda row: row[1].level,
            by=lambda row: LEVELS.index(row[1].level),
            choice=lambda row: level_word(row[1].level),
            said=lambda row: row[2],
        ),
        "how": Column(
            "how",
            _("How, and who says so"),
            lambda row: row[1].how,
            said=lambda row: row[3],
        ),
        "entries": Column(
            "entries",
            _("Entry"),
            lambda row: ";".join(map(str, row[1].entries)),
            by=lambda row: min(row[1].entries, default=None),
        ),
    }
    others = [name for name in KNOWN_FIELDS if name not in heads]
    return [*heads.values(), *(Column(name, "", _field(name)) for name in others)]


def _field(name: str) -> Callable[[Any], object]:
    return lambda row: getattr(row[1], name)


def _people() -> list[Column]:
    """Who, and since when: rows are (the person, their side, what is said of each level)."""

    def level(place: int) -> Callable[[Any], object]:
        return lambda row: "; ".join(row[2][place][1])

    def level_said(place: int) -> Callable[[Any], str]:
        return lambda row: "; ".join(map(in_words, row[2][place][1]))

    return [
        Column(
            "person",
            _("Person"),
            lambda row: row[0].name,
            said=lambda row: " ".join(map(in_words, row[0].roles)),
        ),
        Column("side", _("Side"), lambda row: row[1], choice=lambda row: row[1]),
        *(
            Column(one, level_word(one), level(place), sorts=False, said=level_said(place))
            for place, one in enumerate(LEVELS)
        ),
    ]


def _row(found: Knew, one: Person) -> tuple[Person, str, list[tuple[str, tuple[str, ...]]]]:
    cells = [(level_word(level), cell_words(found, one, level)) for level in LEVELS]
    return one, _side_words(side_of(one)), cells


def apart(found: Knew) -> list[tuple[str, Contradiction, list[Told]]]:
    """The accounts that contradict each other, side by side: about what, and each with its entries."""
    return [
        (level_verb(one.level), one, list(map(_account, one.accounts)))
        for one in found.contradictions
    ]


def _account(one: Known) -> Told:
    word = {"denied": _("Denied"), "stated": _("Stated"), "derived": _("Shown by a row")}[one.kind]
    when = one.when if one.stated else ""
    return word, in_words(when), in_words(way_words(one)), one.entries


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
                    "held": in_words(short_when(found.held_since)),
                    "state": first.person,
                    "since": in_words(short_when(first.known_from)) or _("from its booking"),
                    "counsel": known.person,
                    "until": in_words(short_when(known.known_from)),
                },
            )
        )
    return words
