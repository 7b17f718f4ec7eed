"""The counter of a property room: a thing comes in, and a row of `items` comes out.

Everything is booked here, what has its number and what has not, so that no
manner of writing gives away which is which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from training.agencies import Agency, Officer
from training.incidents import Incident, World
from training.people import Person
from training.places import Place
from training.things import Thing
from training.writing import Pen

__all__ = ["Draft", "Item", "book", "tag"]

_SHELVES = ("Shelf", "Bin", "Room", "Locker", "Bay", "Freezer", "Vault", "Yard")


@dataclass(slots=True)
class Draft:
    """What is known at the counter."""

    agency: Agency
    thing: Thing
    on: date
    number: str
    officer: Officer
    incident: Incident
    giver: Person | None = None
    where: Place | None = None
    persons: list[tuple[Person, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    before: str = ""
    of_scene: bool = False
    """Whether the booker knew of the incident, and writes about it."""


@dataclass(slots=True, eq=False)
class Item:
    """A row of `items`, and what it was made from."""

    row: dict[str, str]
    draft: Draft
    booked: date
    by_hand: bool = False
    """Whether somebody put it on a case's list although its number is another."""

    @property
    def key(self) -> tuple[str, str]:
        return self.row["agency"], self.row["tag"]


def book(world: World, draft: Draft) -> Item:
    """Write it down in the agency's way."""
    c, agency = world.chance, draft.agency
    style, pen, thing = agency.style, Pen(world.chance, agency), draft.thing
    late = c.happens(style.books_late)
    booked = draft.on + timedelta(days=c.whole(1, 30) if late else c.whole(0, 1))
    notes = list(draft.notes)
    for _ in range(c.few(style.sentences, 7)):
        of_scene = draft.of_scene and c.happens(0.6)
        notes.append(pen.of_scene(draft.incident) if of_scene else pen.filler())
    someone = [draft.giver] if draft.giver else [person for person, _ in draft.persons]
    if draft.of_scene:
        someone += draft.incident.suspects + draft.incident.victims
    if someone and c.happens(style.identifiers):
        notes.append(pen.identifier(draft.incident, c.pick(someone)))
    c.shuffle(notes)
    officer = draft.officer.written(style.officer_form)
    collected = "" if c.happens(style.no_collection_date) else _day(world, draft.on, style.clock)
    keeper = c.pick(agency.keepers)
    persons = [(pen.name(person), role) for person, role in draft.persons]
    row = {
        "agency": agency.name,
        "tag": "",
        "description": pen.description(thing, draft.before),
        "collected_at": collected,
        "booked_at": booked.isoformat(),
        "report_number": draft.number,
        "kind": thing.sort.kind,
        "category": c.pick(thing.sort.categories) if c.happens(style.category) else "",
        "quantity": str(thing.count) if c.happens(0.6) else "",
        "serial_number": thing.serial if c.happens(style.serials) else "",
        "collected_by": officer if c.happens(style.names_collector) else "",
        "collected_from": pen.name(draft.giver)
        if draft.giver and c.happens(style.names_giver)
        else "",
        "collected_where": pen.place(draft.where)
        if draft.where and c.happens(style.names_place)
        else "",
        "booked_by": keeper if c.happens(0.5) else officer,
        "status": c.choices(("held", "released", "at_lab", "checked_out"), (80, 5, 5, 2))[0],
        "storage_location": f"{c.pick(_SHELVES)} {c.whole(1, 80)}" if c.happens(0.6) else "",
        "persons": ";".join(f"{name}|{role}" for name, role in dict(persons).items()),
        "notes": " ".join(pen.typed(note) for note in notes),
    }
    return Item(row, draft, booked)


def _day(world: World, on: date, clock: bool) -> str:  # noqa: FBT001 - a style of the agency
    if not clock:
        return on.isoformat()
    c = world.chance
    return f"{on.isoformat()}T{c.whole(0, 23):02d}:{c.whole(0, 59):02d}"


def tag(world: World, items: list[Item]) -> list[Item]:
    """Give the tags, in the order in which things came in; what came together, in one run.

    Only now: tags given while things are made up would count what is filed, lost and
    unrelated one after the other, and tell them apart.
    """
    c = world.chance
    places = {
        id(item): item.draft.incident.turn if c.happens(0.7) else c.random() for item in items
    }
    ordered = sorted(items, key=lambda item: (item.booked, places[id(item)]))
    for item in ordered:
        agency, number = item.draft.agency, item.draft.number
        given = agency.tags.give(number, item.booked)
        while given in agency.used_tags:
            given = agency.tags.give(number, item.booked)
        agency.used_tags.add(given)
        item.row["tag"] = given
    return ordered
