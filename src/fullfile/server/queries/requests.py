"""The requests of a case with the items they stand against, and the answers that a find re-opened.

What the defence asked for is held against every item that bears on the case, under whatever
number it lies; the state of each is that of the match for the defendant who asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fullfile.core.disclosure.answers import Reopened, reopened
from fullfile.core.disclosure.requests import ItemWords, Met, describe, is_replied
from fullfile.core.facts.cases import Case
from fullfile.core.facts.known import name_of
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.matching import State, World
from fullfile.core.matching.lines import units_of_case
from fullfile.server.queries.worlds import world_of_case

__all__ = ["AskedFor", "RequestOfCase", "reopened_answers", "requests_in", "requests_of"]


StatesOf = Mapping[tuple[ItemKey, str], tuple[State, ...]]
"""The states of lines, the first that applies first: by item, and the key of a defendant."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """An item that a request stands against.

    Attributes:
        agency, tag, description: the item.
        met: the words that say so.
        state, also: of its line for the defendant who asked; None where it has none.
    """

    agency: str
    tag: str
    description: str
    met: tuple[Met, ...]
    state: State | None
    also: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class RequestOfCase:
    """A request, whether it was replied to, and the items it asks for.

    Attributes:
        entry: the row that counts; a reply is recorded against it.
        defendant: who asked.
        requested_at, asks_for, reply: as recorded.
        replied: whether there is a reply with a date and words.
        items: what it stands against; none does not say that there is nothing.
    """

    entry: int
    defendant: str
    requested_at: str
    asks_for: str
    replied: bool
    reply: str
    items: tuple[AskedFor, ...]


def requests_of(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> list[RequestOfCase]:
    """Every request of a case by a moment, the earliest first.

    Raises:
        NotFound: no case of that number is on record; the nearest are named.
    """
    _, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    return requests_in(world, case)


def requests_in(world: World, case: Case, judged: StatesOf | None = None) -> list[RequestOfCase]:
    """The same, of a world that was read already.

    Args:
        world: the record and the moment.
        case: the case.
        judged: the states of its lines by item and defendant, where they are at hand.
    """
    moment = world.on(case)
    rows = [
        row
        for row in world.facts.of_case("requests", case.key)
        if row.last is not None and row.last <= moment
    ]
    if not rows:
        return []
    if judged is None:
        judged = {
            (unit.item, unit.defendant.key): unit.states
            for unit in units_of_case(world, case)
            if unit.defendant is not None
        }
    bearing = [
        item
        for item in world.bearing.items_of(case.key)
        if (arises := world.bearing.arises(case.key, item)) is not None and arises <= moment
    ]
    words = ItemWords(describe(world, item) for item in bearing)
    return [
        RequestOfCase(
            row.entry,
            row.text("defendant"),
            row.text("requested_at"),
            row.text("asks_for"),
            is_replied(row, moment),
            row.text("reply"),
            tuple(_asked_for(world, row, hit.item, hit.met, judged) for hit in words.hits(row)),
        )
        for row in sorted(rows, key=lambda row: row.ord)
    ]


def reopened_answers(
    number: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> list[Reopened]:
    """The answers of a case that a later find re-opened, by which items, and who must be told.

    Raises:
        NotFound: no case of that number is on record; the nearest are named.
    """
    _, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    return reopened(world, case)


def _asked_for(
    world: World,
    row: Row,
    item: ItemKey,
    met: tuple[Met, ...],
    judged: StatesOf,
) -> AskedFor:
    agency, tag = name_of(world.facts, item)
    states = judged.get((item, row.defendant or ""), ())
    words = next(
        (
            listed.text("description")
            for listed in world.facts.of_item("items", item)
            if listed.data.get("description")
        ),
        "",
    )
    return AskedFor(
        agency,
        tag,
        words,
        met,
        states[0] if states else None,
        states[1:],
    )
