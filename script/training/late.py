"""What comes in apart from its incident: when, where, under which number, with what said."""

from __future__ import annotations

from datetime import date, timedelta

from training.agencies import Agency
from training.incidents import Incident, World

__all__ = ["agency_of", "cited", "fresh_number", "later"]


def later(world: World, incident: Incident, median: float) -> date:
    """Some time after the event, by a median of days."""
    days = int(world.chance.lognormvariate(0, 1.1) * median)
    return min(incident.on + timedelta(days=days), world.last)


def fresh_number(world: World, agency: Agency, on: date, *, late: bool = True) -> str:
    """A number of its own, that no case lists, not even as another agency's."""
    text = agency.numbering.give(on, late=late).text
    while text in world.listed:
        text = agency.numbering.give(on, late=late).text
    return text


def cited(world: World, incident: Incident) -> list[str]:
    """Now and then a note names the number, or that of the court."""
    c = world.chance
    if not c.happens(world.habits.cites):
        return []
    number = incident.number.text
    if incident.cases and c.happens(0.3):
        number = c.pick(incident.cases).number
    return [c.pick((f"See {number}.", f"Ref {number}.", f"Possibly goes with {number}."))]


def agency_of(world: World, incident: Incident) -> Agency:
    """Mostly the agency of the incident, sometimes another."""
    return incident.agency if world.chance.happens(0.75) else world.busy.pick(world.chance)
