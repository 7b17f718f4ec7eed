"""What happens in a county: incidents, and the cases that some of them become."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from training.agencies import Agency, Officer, draw_agencies
from training.chance import Chance, Weighted
from training.habits import Habits
from training.numbers import CaseNumbers, Number
from training.offences import OFFENCES, Offence
from training.people import People, Person
from training.places import Place, Town
from training.things import Thing, draw_plate, draw_thing

__all__ = ["Case", "Incident", "Request", "World", "draw_world"]


@dataclass(slots=True)
class Request:
    """What the defence asked for: a class of things, perhaps of one maker."""

    key: str
    maker: str
    on: date
    defendant: Person


@dataclass(slots=True, eq=False)
class Incident:
    """Something that happened, wherever it was written down."""

    on: date
    place: Place
    offence: Offence
    agency: Agency
    number: Number
    officers: list[Officer]
    suspects: list[Person]
    victims: list[Person]
    witnesses: list[Person]
    things: list[Thing]
    plate: str
    turn: float
    """Its turn at the counter on a day."""
    second: Agency | None = None
    second_number: Number | None = None
    cases: list[Case] = field(default_factory=list)
    seen: list[Thing] = field(default_factory=list)
    """Those of its things that have been booked."""

    @property
    def around(self) -> list[Person]:
        """Who is named, but for the suspects."""
        return [*self.victims, *self.witnesses]


@dataclass(slots=True, eq=False)
class Case:
    """A prosecution."""

    number: str
    opened: date
    incidents: list[Incident]
    defendants: list[Person]
    prosecutor: str
    counsel: str
    judge: str
    listed: list[tuple[str, str]]
    related: list[tuple[Case, str]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """A county before anybody has booked anything."""

    chance: Chance
    habits: Habits
    town: Town
    people: People
    police: list[Agency]
    laboratory: Agency
    prosecutor: Agency
    busy: Weighted[Agency]
    offences: Weighted[Offence]
    cases: list[Case] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    """Those without a case."""
    listed: set[str] = field(default_factory=set)
    """Every number that a case lists, whichever agency's."""

    @property
    def last(self) -> date:
        return date(self.habits.first_year + self.habits.years, 12, 28)

    def day(self) -> date:
        days = self.habits.years * 365
        return date(self.habits.first_year, 1, 1) + timedelta(days=int(self.chance.random() * days))


def draw_world(chance: Chance, habits: Habits, cases: int) -> World:
    """People, agencies, incidents and cases."""
    town = Town(chance, habits.streets, habits.street_steepness)
    people = People(chance, habits, town, int(cases * habits.people_per_case) + 50)
    police, laboratory, prosecutor = draw_agencies(chance, habits, people)
    world = World(
        chance=chance,
        habits=habits,
        town=town,
        people=people,
        police=police,
        laboratory=laboratory,
        prosecutor=prosecutor,
        busy=Weighted(police, chance.between(0.2, 1.5)),
        offences=Weighted(chance.some(OFFENCES, len(OFFENCES)), chance.between(0.1, 1.1)),
    )
    _draw_cases(world, cases)
    world.incidents = [_draw_incident(world) for _ in range(int(cases * habits.caseless))]
    return world


def _draw_incident(
    world: World, suspects: list[Person] | None = None, near: date | None = None
) -> Incident:
    c, habits, people = world.chance, world.habits, world.people
    offence = world.offences.pick(c)
    on = near + timedelta(days=c.whole(-60, 60)) if near else world.day()
    on = max(on, date(habits.first_year, 1, 1))
    if suspects is None:
        suspects = [people.offender() for _ in range(1 + c.few(habits.co_defendants, 3))]
    victims = []
    if offence.victims:
        victims = [people.anyone() for _ in range(c.few(habits.victims, 3) or c.whole(0, 1))]
    witnesses = [people.anyone() for _ in range(c.few(habits.witnesses, 6))]
    if c.happens(0.25) and (relative := people.relative(c.pick([*suspects, *victims]))):
        witnesses.append(relative)
    place = world.town.scene(c)
    if c.happens(offence.at_home):
        place = c.pick(victims or suspects).home
    agency = world.busy.pick(c)
    lead = agency.officers.pick(c)
    plate = draw_plate(c) if c.happens(offence.car) else ""
    keys = c.some(offence.things, c.whole(3, 9))
    incident = Incident(
        on=on,
        place=place,
        offence=offence,
        agency=agency,
        number=agency.numbering.give(on),
        officers=[lead, *(agency.officers.pick(c) for _ in range(c.few(0.8, 4)))],
        suspects=_different(suspects),
        victims=_different(victims),
        witnesses=_different(witnesses),
        things=[draw_thing(c, key, plate=plate) for key in keys],
        plate=plate,
        turn=c.random(),
    )
    if c.happens(habits.second_agency):
        others = [one for one in (*world.police, world.laboratory) if one is not agency]
        incident.second = c.pick(others)
        incident.second_number = incident.second.numbering.give(on + timedelta(days=c.few(1, 20)))
    return incident


def _different(persons: list[Person]) -> list[Person]:
    """Two defendants of one name in a case are refused by the import."""
    return list({person.full: person for person in persons}.values())


def _draw_cases(world: World, count: int) -> None:
    c, habits, people = world.chance, world.habits, world.people
    numbers = CaseNumbers(c)
    bar = [people.anyone().full for _ in range(c.whole(6, 40))]
    bench = [people.anyone().full for _ in range(c.whole(2, 9))]
    state = [people.anyone().full for _ in range(c.whole(3, 25))]

    def add(incidents: list[Incident], defendants: list[Person], wait: int) -> Case:
        first = incidents[0]
        opened = max(one.on for one in incidents) + timedelta(days=c.few(wait, 300))
        opened = min(opened, world.last)
        listed = []
        for one in incidents:
            listed.append((one.agency.name, one.number.text))
            if one.second and one.second_number and c.happens(habits.lists_second_number):
                listed.append((one.second.name, one.second_number.text))
        felony = first.offence.charges[0][2].endswith("felony")
        case = Case(
            number=numbers.give(opened, felony=felony),
            opened=opened,
            incidents=incidents,
            defendants=defendants,
            prosecutor=c.pick(state),
            counsel=c.pick(bar),
            judge=c.pick(bench),
            listed=listed,
        )
        if c.happens(habits.requests):
            case.requests = _draw_requests(world, case)
        for one in incidents:
            one.cases.append(case)
        world.cases.append(case)
        return case

    while len(world.cases) < count:
        incidents = [_draw_incident(world)]
        suspects = incidents[0].suspects
        for _ in range(c.few(habits.more_incidents, 4)):
            incidents.append(_draw_incident(world, list(suspects), incidents[0].on))
        if len(suspects) > 1 and c.happens(habits.separate_trials):
            first = add(incidents, suspects[:1], 15)
            second = add(incidents, suspects[1:], 15)
            _relate(first, second, c.pick(("co_defendant", "co_defendant", "same_incident")))
        else:
            first = add(incidents, suspects, 15)
        if c.happens(habits.refiled):
            again = add(incidents, first.defendants, 150)
            again.related.append((first, "refiled_from"))
    del world.cases[count:]
    world.listed = {number for case in world.cases for _, number in case.listed}
    kept = set(map(id, world.cases))
    for case in world.cases:
        case.related = [pair for pair in case.related if id(pair[0]) in kept]
        for one in case.incidents:
            one.cases = [case for case in one.cases if id(case) in kept]


def _relate(one: Case, other: Case, kind: str) -> None:
    one.related.append((other, kind))
    other.related.append((one, kind))


def _draw_requests(world: World, case: Case) -> list[Request]:
    c = world.chance
    requests = []
    for _ in range(1 + c.few(0.4, 2)):
        incident = c.pick(case.incidents)
        key = c.pick(incident.offence.things)
        thing = draw_thing(c, key)
        on = min(case.opened + timedelta(days=c.whole(5, 200)), world.last)
        maker = thing.maker if c.happens(0.5) else ""
        requests.append(Request(key, maker, on, c.pick(case.defendants)))
    return list({one.key: one for one in requests}.values())
