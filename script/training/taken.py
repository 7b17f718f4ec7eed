"""Things booked in the ordinary way: under the number of what happened."""

from __future__ import annotations

from datetime import timedelta

from training.agencies import Agency
from training.booking import Draft
from training.incidents import Incident, World
from training.people import Person
from training.things import CLASSES, Thing, draw_thing

__all__ = ["ordinary", "persons_of", "thing_of"]

_ROLES_OF_VICTIM = ("owner", "victim", "subject")
_ROLES_OF_SUSPECT = ("suspect", "arrestee", "subject", "defendant")


def thing_of(world: World, incident: Incident) -> Thing:
    """A thing of the incident: one that was there, its like, or another that such cases have.

    The thing itself comes in once; when it seems to come again, it is mostly another of its
    kind. Else a serial number would stand on ten items, and find every one of them.
    """
    c = world.chance
    way = c.random()
    if way < 0.55:
        thing = c.pick(incident.things)
        if thing not in incident.seen or c.happens(0.1):
            incident.seen.append(thing)
            return thing
        maker = thing.maker if c.happens(0.4) else ""
        return draw_thing(c, thing.sort.key, plate=thing.plate, maker=maker)
    if way < 0.9:
        return draw_thing(c, c.pick(incident.offence.things), plate=incident.plate)
    return draw_thing(c, c.pick(list(CLASSES)), plate=incident.plate)


def persons_of(world: World, incident: Incident, agency: Agency) -> list[tuple[Person, str]]:
    """Whom the booking names, if anybody."""
    c = world.chance
    named: list[tuple[Person, str]] = []
    if not c.happens(agency.style.names_people):
        return named
    if incident.victims and c.happens(0.5):
        named.append((c.pick(incident.victims), c.pick(_ROLES_OF_VICTIM)))
    if not named or c.happens(0.4):
        named.append((c.pick(incident.suspects), c.pick(_ROLES_OF_SUSPECT)))
    if incident.witnesses and c.happens(0.12):
        named.append((c.pick(incident.witnesses), "witness"))
    return named


def ordinary(world: World, incident: Incident, *, second: bool = False) -> Draft:
    """A thing taken in the course of the incident, by the agency of it or by the second one."""
    c = world.chance
    agency, number = incident.agency, incident.number
    officer = c.pick(incident.officers)
    if second and incident.second and incident.second_number:
        agency, number = incident.second, incident.second_number
        officer = agency.officers.pick(c)
    elif c.happens(0.12):
        officer = agency.officers.pick(c)
    thing = thing_of(world, incident)
    lag = c.whole(0, 1) if c.happens(0.8) else int(c.spread(2, 120))
    giver = None
    if incident.around and c.happens(0.25):
        giver = c.pick(incident.around)
    elif c.happens(0.3):
        giver = c.pick(incident.suspects)
    where = incident.place if c.happens(0.75) else c.pick(incident.suspects).home
    return Draft(
        agency=agency,
        thing=thing,
        on=min(incident.on + timedelta(days=lag), world.last),
        number=number.text,
        officer=officer,
        incident=incident,
        giver=giver,
        where=where,
        persons=persons_of(world, incident, agency),
        of_scene=True,
    )
