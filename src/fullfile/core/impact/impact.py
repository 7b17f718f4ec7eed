"""What an item or a case touches: put together from the parts of this room.

`impact_of_item` follows one item into every linked case; `impact_of_case` follows a case's
rulings, and of its items those whose lines are not in order somewhere. Both answer for the moment
that the world was read for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fullfile.core.facts.cases import Case
from fullfile.core.facts.known import name_of
from fullfile.core.facts.rows import ItemKey
from fullfile.core.impact.around import (
    complaints_of,
    people_of,
    requests_of,
    rulings_of,
    suits_of,
)
from fullfile.core.impact.keeping import holds_of, keeping_of
from fullfile.core.impact.linked import defendants_of, links_of_case, links_of_item
from fullfile.core.impact.notices import news_of, notices_of, reopened_answers
from fullfile.core.impact.result import Impact, ItemTouched, LinkedCase, Notice, Request, Task
from fullfile.core.impact.tasks import (
    Place,
    answer_again,
    carry_rulings,
    in_order,
    read_again,
    reopen,
    tasks_of_item,
    tell_of_loss,
)
from fullfile.core.impact.windows import appeals_of, windows_of
from fullfile.core.knowledge import Knew, knew
from fullfile.core.matching import EXCEPTIONS, State, World
from fullfile.core.matching.unit import judge
from fullfile.core.said import say

__all__ = ["MOST_ITEMS", "impact_of_case", "impact_of_item"]

MOST_ITEMS = 50
"""So many items of a case are followed one by one; more are counted in the notes."""


def impact_of_item(world: World, item: ItemKey, crowded: Iterable[str] = ()) -> Impact:
    """What an item touches.

    Args:
        world: the record, with the linked cases in it, and the moment.
        item: the item, as keys.
        crowded: names of the item that are parties of too many cases to be followed.
    """
    agency, tag = name_of(world.facts, item)
    name = f"{agency} {tag}"
    cases, notes = links_of_item(world, item, crowded)
    places = [_place(world, linked, item) for linked in cases]
    known = _knew(world, item)
    news = news_of(world, item)
    notices: list[Notice] = []
    tasks: list[Task] = []
    requests = requests_of(world, cases, item)
    for place in places:
        if not place.linked.bears:
            continue
        told = list(notices_of(world, place.linked, place.touched, item, known, news))
        notices += told
        tasks += tasks_of_item(world, place, item, name)
        tasks += read_again(world, place, item, name)
        tasks += tell_of_loss(world, place, news, told, name, agency)
        tasks += reopen(world, place, list(reopened_answers(world, place.linked, item)))
        tasks += answer_again(world, place, requests, item, name)
    since = min((piece.moment for piece in news), default=0)
    bearing = [place for place in places if place.linked.bears]
    for place in bearing:
        tasks += carry_rulings(world, place, bearing, since)
    rows = world.facts.of_item("items", item)
    return Impact(
        agency=agency,
        tag=tag,
        description=rows[0].text("description") if rows else "",
        case_number=None,
        title="",
        cases=cases,
        defendants=tuple(one for place in places for one in place.touched),
        windows=tuple(one for place in places for one in place.windows),
        appeals=tuple(one for linked in cases for one in appeals_of(world, linked)),
        suits=suits_of(world, cases),
        complaints=complaints_of(world, cases),
        holds=holds_of(world, [item]),
        preservation=keeping_of(world, cases, item),
        people=people_of(world, cases, [item], [known]),
        requests=requests,
        rulings=rulings_of(world, [linked for linked in cases if linked.bears]),
        notices=tuple(notices),
        items=(),
        tasks=in_order(tasks),
        notes=(*_nothing(world, cases, [item]), *notes),
        entries=tuple(row.entry for row in rows),
    )


def impact_of_case(world: World, case: Case) -> Impact:
    """What the rulings of a case touch, and those of its items that are not in order somewhere.

    Args:
        world: the record, with the linked cases in it, and the moment.
        case: the case.
    """
    cases = links_of_case(world, case)
    places = [_place(world, linked) for linked in cases]
    touched, items, notes = _items_of(world, case, places)
    known = [_knew(world, item) for item in items]
    notices: list[Notice] = []
    tasks: list[Task] = []
    requests: list[Request] = []
    for item, answer in zip(items, known, strict=True):
        agency, tag = name_of(world.facts, item)
        name = f"{agency} {tag}"
        here = [place for place in places if _bears(world, place, item)]
        asked = requests_of(world, [place.linked for place in here], item)
        requests += [one for one in asked if one not in requests]
        news = news_of(world, item)
        for place in here:
            own = _place(world, place.linked, item)
            told = list(notices_of(world, own.linked, own.touched, item, answer, news))
            notices += told
            tasks += tasks_of_item(world, own, item, name)
            tasks += read_again(world, own, item, name)
            tasks += tell_of_loss(world, own, news, told, name, agency)
            tasks += reopen(world, own, list(reopened_answers(world, own.linked, item)))
            tasks += answer_again(world, own, asked, item, name)
    asked_about = [place for place in places if place.case.key == case.key]
    for place in places:
        if place.case.key != case.key:
            tasks += carry_rulings(world, place, asked_about, 0)
    return Impact(
        agency=None,
        tag=None,
        description="",
        case_number=case.number,
        title=case.title,
        cases=cases,
        defendants=tuple(one for place in places for one in place.touched),
        windows=tuple(one for place in places for one in place.windows),
        appeals=tuple(one for linked in cases for one in appeals_of(world, linked)),
        suits=suits_of(world, cases),
        complaints=complaints_of(world, cases),
        holds=holds_of(world, _held_items(world, case)),
        preservation=tuple(
            {one.id: one for item in items for one in keeping_of(world, cases, item)}.values()
        ),
        people=people_of(world, cases, items, known),
        requests=tuple(requests),
        rulings=rulings_of(world, cases),
        notices=tuple(notices),
        items=touched,
        tasks=in_order(tasks),
        notes=(*_nothing(world, cases, _held_items(world, case)), *notes),
        entries=case.entries,
    )


def _place(world: World, linked: LinkedCase, item: ItemKey | None = None) -> Place:
    case = world.cases.by_key[linked.key]
    return Place(
        linked,
        case,
        tuple(defendants_of(world, linked, item)),
        tuple(windows_of(world, linked)),
        tuple(world.cases.defendants(case, world.on(case))),
    )


def _knew(world: World, item: ItemKey) -> Knew:
    return knew(world.facts, world.things, world.cases, world.bearing, item, world.on())


def _bears(world: World, place: Place, item: ItemKey) -> bool:
    arises = world.bearing.arises(place.case.key, item)
    return arises is not None and arises <= world.on(place.case)


def _held_items(world: World, case: Case) -> list[ItemKey]:
    """The items of a case whose holds stand for all: a few, because holds are of the case."""
    return world.bearing.items_of(case.key)[:MOST_ITEMS]


def _items_of(
    world: World, case: Case, places: Sequence[Place]
) -> tuple[tuple[ItemTouched, ...], list[ItemKey], tuple[str, ...]]:
    """The items of a case whose lines, here or in a linked case, are exceptions; and how many more."""
    found: dict[ItemKey, list[ItemTouched]] = {}
    beyond = 0
    for item in world.bearing.items_of(case.key):
        lines = [line for place in places for line in _lines(world, place, item)]
        if not lines:
            continue
        if len(found) == MOST_ITEMS:
            beyond += 1
        else:
            found[item] = lines
    notes = (
        (
            say(
                "{beyond} more items are not in order: `fullfile match` lists them all.",
                beyond=beyond,
            ),
        )
        if beyond
        else ()
    )
    return tuple(line for lines in found.values() for line in lines), list(found), notes


def _lines(world: World, place: Place, item: ItemKey) -> list[ItemTouched]:
    agency, tag = name_of(world.facts, item)
    rows = world.facts.of_item("items", item)
    found = []
    for defendant in place.defendants or (None,):
        unit = judge(world, place.case, item, defendant)
        if unit is None:
            continue
        states = [State.NO_DEFENDANT, *unit.states] if defendant is None else list(unit.states)
        bad = [state.value for state in states if state in EXCEPTIONS]
        if bad:
            found.append(
                ItemTouched(
                    agency,
                    tag,
                    rows[0].text("description") if rows else "",
                    place.case.number,
                    defendant.name if defendant is not None else None,
                    tuple(dict.fromkeys(bad)),
                    tuple(row.entry for row in rows),
                )
            )
    return found


def _nothing(
    world: World, cases: Sequence[LinkedCase], items: Sequence[ItemKey]
) -> tuple[str, ...]:
    """What there is none of on record, said so: unknown is never none."""
    found = []
    if not cases:
        found.append(say("No case on record is linked with it."))
    else:
        if not complaints_of(world, cases):
            found.append(say("Complaints against counsel: none on record."))
        if not suits_of(world, cases):
            found.append(say("Civil suits: none on record."))
    lacking = sorted(
        {one.jurisdiction for one in cases if world.law.pack(one.jurisdiction) is None}
    )
    found += [
        say(
            "No pack for {name} is adopted: its windows and duties to keep are not known here.",
            name=name,
        )
        for name in lacking
    ]
    if items and not holds_of(world, items):
        found.append(say("No hold stands on it."))
    return tuple(found)
