"""A county whole: its world, everything it has booked, and what belongs where."""

from __future__ import annotations

from dataclasses import dataclass, field

from training.booking import Item, book, tag
from training.chance import Chance
from training.habits import Habits, draw_habits
from training.incidents import Incident, World, draw_world
from training.orphans import lose
from training.strays import stray
from training.taken import ordinary

__all__ = ["CASES", "ITEMS", "County", "make_county"]

CASES = 1_200
ITEMS = 14_000


@dataclass(slots=True)
class County:
    """Every item is in one of three lists, and all are in the fourth."""

    world: World
    habits: Habits
    booked: list[Item] = field(default_factory=list)
    """Under a number of a case, or on its list all the same."""
    orphans: list[tuple[str, Item]] = field(default_factory=list)
    strays: list[tuple[str, Item]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    """As they came in, so that no order tells what is what."""


def make_county(seed: int, cases: int = CASES, items: int = ITEMS) -> County:
    """The county of that seed."""
    habits = draw_habits(Chance(f"habits {seed}"))
    chance = Chance(f"county {seed}")
    world = draw_world(chance, habits, cases)
    county = County(world, habits)
    without = int(items * habits.caseless_items)
    orphans = max(1, int(without * habits.orphans))
    by_hand = int((items - without) * habits.filed_by_hand)
    _lose(county, orphans, by_hand)
    while len(county.strays) < without - orphans:
        county.strays += [(kind, book(world, draft)) for kind, draft in stray(world)]
    del county.strays[without - orphans :]
    _book(county, items - without - by_hand)
    lost = [item for _, item in (*county.orphans, *county.strays)]
    county.items = tag(world, [*county.booked, *lost])
    return county


def _incidents(county: County) -> list[Incident]:
    """Those with a case, each once."""
    found = {
        id(incident): incident
        for case in county.world.cases
        for incident in case.incidents
        if incident.cases
    }
    return list(found.values())


def _lose(county: County, orphans: int, by_hand: int) -> None:
    c, world = county.world.chance, county.world
    incidents = _incidents(county)
    asked = [one for one in incidents if any(case.requests for case in one.cases)]
    ways = range(len(county.habits.orphan_weights))
    made: list[tuple[str, Item]] = []
    while len(made) < orphans + by_hand:
        way = c.choices(ways, county.habits.orphan_weights)[0]
        incident = c.pick(incidents)
        if way == 6 and asked:
            incident = c.pick(asked)
        made += [(kind, book(world, draft)) for kind, draft in lose(world, incident, way)]
    del made[orphans + by_hand :]
    county.orphans = made[:orphans]
    for _, item in made[orphans:]:
        item.by_hand = True
        county.booked.append(item)


def _book(county: County, count: int) -> None:
    """What is booked as it should be: a few incidents have most of it."""
    c, world = county.world.chance, county.world
    incidents = _incidents(county)
    steepness = county.habits.item_steepness
    weights = [c.lognormvariate(0, steepness) for _ in incidents]
    for incident in sorted(c.choices(incidents, weights, k=count), key=lambda one: one.on):
        listed = {pair for case in incident.cases for pair in case.listed}
        second = (
            incident.second is not None
            and incident.second_number is not None
            and (incident.second.name, incident.second_number.text) in listed
            and c.happens(0.3)
        )
        county.booked.append(book(world, ordinary(world, incident, second=second)))
