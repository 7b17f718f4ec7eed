"""How a thing loses its case: ten ways, for incidents with a case and for those without.

The same ways serve for what belongs to no case. If only things of a case came in
late or under a slipped number, lateness alone would give them away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from training.booking import Draft
from training.incidents import Incident, World
from training.late import agency_of, cited, fresh_number, later
from training.numbers import slip
from training.people import Person
from training.taken import ordinary, persons_of, thing_of
from training.things import draw_thing
from training.writing import Pen

__all__ = ["WAYS", "lose"]

Lost = tuple[str, Draft]


def lose(world: World, incident: Incident, way: int) -> list[Lost]:
    """One or a few things of the incident, booked so that no number leads to its case."""
    kind, draft = WAYS[way](world, incident)
    lost = [(kind, draft)]
    while len(lost) < 4 and world.chance.happens(0.18):
        thing = thing_of(world, incident)
        if kind == "copy":
            thing = draw_thing(world.chance, world.chance.pick(_PAPERS))
        more = replace(draft, thing=thing, notes=draft.notes[:1])
        lost.append((kind, more))
    return lost


def _slip(world: World, incident: Incident) -> Lost:
    c = world.chance
    second = incident.second is not None and c.happens(0.2)
    draft = ordinary(world, incident, second=second)
    number = incident.second_number if second and incident.second_number else incident.number
    prefixes = [one.prefix for one in world.police]
    draft.number, kind = slip(c, number, prefixes, world.listed)
    return kind, draft


def _giver(world: World, incident: Incident) -> tuple[Person, str]:
    c, people = world.chance, world.people
    around = incident.around or incident.suspects
    way = c.random()
    if way < 0.5:
        person = c.pick(around)
        role = "victim" if person in incident.victims else "witness"
        return person, role
    if way < 0.8 and (relative := people.relative(c.pick([*around, *incident.suspects]))):
        return relative, c.pick(("relative", "family", "mother", "brother", "wife"))
    stranger = people.anyone()
    return replace(stranger, home=world.town.near(c, incident.place)), "neighbor"


def _handed_in(world: World, incident: Incident) -> Lost:
    c = world.chance
    on = later(world, incident, world.habits.late_days)
    agency = agency_of(world, incident)
    pen = Pen(c, agency)
    giver, role = _giver(world, incident)
    notes = [
        c.pick(
            (
                f"Turned in at the front desk by {pen.name(giver)}.",
                f"{pen.name(giver)} found this while cleaning out the house.",
                f"Brought in by {pen.name(giver)}, {role}.",
                "Handed in at the counter.",
                f"Received from a {role}.",
                f"{pen.name(giver)} of {pen.place(giver.home)} turned this in.",
            )
        ),
        *cited(world, incident),
    ]
    if c.happens(world.habits.tells):
        notes += pen.told(incident, giver)
    written = c.pick((role, "giver", "reporting party", "finder", "RP"))
    persons = [(giver, written)] if c.happens(agency.style.names_people) else []
    if c.happens(agency.style.names_people * 0.35):
        persons.append((c.pick(incident.suspects), c.pick(("subject", "mentioned", "owner"))))
    officer = c.pick(incident.officers) if agency is incident.agency and c.happens(0.25) else None
    return "handed_in_later", Draft(
        agency=agency,
        thing=thing_of(world, incident),
        on=on,
        number=fresh_number(world, agency, on) if c.happens(0.9) else "",
        officer=officer or agency.officers.pick(c),
        incident=incident,
        giver=giver,
        where=giver.home if c.happens(0.4) else None,
        persons=persons,
        notes=notes,
    )


def _other_agency(world: World, incident: Incident) -> Lost:
    """Another agency at the same event, or with the same persons soon after."""
    c = world.chance
    draft = ordinary(world, incident)
    others = [one for one in world.police if one is not incident.agency]
    agency = incident.second or c.pick(others)
    number = incident.second_number.text if incident.second_number else ""
    if not number or number in world.listed:
        number = fresh_number(world, agency, draft.on, late=False)
    return "other_agency", replace(
        draft,
        agency=agency,
        number=number,
        officer=agency.officers.pick(c),
        persons=persons_of(world, incident, agency),
        notes=cited(world, incident),
    )


def _other_incident(world: World, incident: Incident) -> Lost:
    """Taken from one of its persons on another occasion."""
    c = world.chance
    person = c.pick(incident.suspects if c.happens(0.8) else incident.around or incident.suspects)
    on = later(world, incident, world.habits.late_days * 0.7)
    agency = agency_of(world, incident)
    pen = Pen(c, agency)
    notes = [
        c.pick(
            (
                f"Taken from {pen.name(person)} at booking on a warrant.",
                f"In the vehicle of {pen.name(person)} during a stop.",
                "Found during inventory of the vehicle.",
                "Recovered during warrant arrest.",
                f"Probation search of {pen.place(person.home)}.",
            )
        ),
        *cited(world, incident),
    ]
    if c.happens(world.habits.tells * 0.4):
        notes += pen.told(incident, None)[:1]
    named = c.happens(agency.style.names_people)
    return "other_incident", Draft(
        agency=agency,
        thing=thing_of(world, incident),
        on=on,
        number=fresh_number(world, agency, on, late=False),
        officer=agency.officers.pick(c),
        incident=incident,
        giver=person if c.happens(0.7) else None,
        where=person.home if c.happens(0.4) else world.town.scene(c),
        persons=[(person, c.pick(("arrestee", "suspect", "subject")))] if named else [],
        notes=notes,
    )


def _found_near(world: World, incident: Incident) -> Lost:
    """Found by a stranger or on patrol, with nobody named."""
    c = world.chance
    on = later(world, incident, min(world.habits.late_days, 40) * 0.5)
    agency = agency_of(world, incident)
    pen = Pen(c, agency)
    place = incident.place if c.happens(0.3) else world.town.near(c, incident.place)
    notes = [
        c.pick(
            (
                f"Found by a passer-by near {pen.place(place)}.",
                "Found on patrol.",
                f"Located in bushes by {pen.place(place)}.",
                "Finder did not leave a name.",
                "Found by city crew.",
                "Owner unknown.",
            )
        ),
        *cited(world, incident),
    ]
    stranger = world.people.anyone() if c.happens(0.4) else None
    same = agency is incident.agency and c.happens(0.3)
    return "found_near", Draft(
        agency=agency,
        thing=thing_of(world, incident),
        on=on,
        number=fresh_number(world, agency, on) if c.happens(0.85) else "",
        officer=c.pick(incident.officers) if same else agency.officers.pick(c),
        incident=incident,
        giver=stranger,
        where=place,
        persons=[(stranger, "finder")] if stranger and c.happens(0.5) else [],
        notes=notes,
    )


_PAPERS = ("report", "statement", "interview", "bodycam", "video", "call911", "photos", "jailcall",
           "records", "history", "labreport", "medical", "crash", "extraction")  # fmt: skip


def _copy(world: World, incident: Incident) -> Lost:
    """Paper and recordings about the case, filed elsewhere."""
    c = world.chance
    on = later(world, incident, 20)
    agency = c.pick((incident.agency, incident.agency, world.prosecutor, world.busy.pick(c)))
    pen = Pen(c, agency)
    key = c.pick(_PAPERS)
    before = c.pick(("", "", "copy of", "duplicate", "disc:", "re-scan of"))
    officer = c.pick(incident.officers) if agency is incident.agency else agency.officers.pick(c)
    notes = cited(world, incident)
    if c.happens(world.habits.tells):
        notes += pen.told(incident, None)[:1]
    return "copy", Draft(
        agency=agency,
        thing=draw_thing(c, key),
        on=on,
        number=fresh_number(world, agency, on) if c.happens(0.8) else "",
        officer=officer,
        incident=incident,
        giver=c.pick(incident.around) if incident.around and c.happens(0.3) else None,
        where=incident.place if c.happens(0.3) else None,
        persons=persons_of(world, incident, agency),
        notes=notes,
        before=before,
    )


def _asked(world: World, incident: Incident) -> Lost:
    """A thing of the class that the defence asked for, booked with nobody named."""
    c = world.chance
    asked = [one for case in incident.cases for one in case.requests]
    if not asked:
        return _handed_in(world, incident)
    request = c.pick(asked)
    on = later(world, incident, world.habits.late_days)
    agency = agency_of(world, incident)
    return "asked_for", Draft(
        agency=agency,
        thing=draw_thing(c, request.key, maker=request.maker),
        on=on,
        number=fresh_number(world, agency, on),
        officer=c.pick(incident.officers) if agency is incident.agency else agency.officers.pick(c),
        incident=incident,
        where=world.town.near(c, incident.place) if c.happens(0.4) else None,
        notes=cited(world, incident),
    )


def _numberless(world: World, incident: Incident) -> Lost:
    draft = ordinary(world, incident)
    draft.number = ""
    return "no_number", draft


def _laboratory(world: World, incident: Incident) -> Lost:
    """Under the laboratory's own number."""
    c = world.chance
    on = later(world, incident, 30)
    lab = world.laboratory
    key = c.pick(("swab", "labreport", "blood", "prints", "casings", "extraction", "meth", "shirt"))
    thing = draw_thing(c, key) if c.happens(0.5) else c.pick(incident.things)
    submitter = c.pick(incident.officers).written(lab.style.officer_form)
    return "laboratory", Draft(
        agency=lab,
        thing=thing,
        on=on,
        number=fresh_number(world, lab, on, late=False),
        officer=lab.officers.pick(c),
        incident=incident,
        persons=persons_of(world, incident, lab),
        notes=[f"Submitted by {submitter}, {incident.agency.name}.", *cited(world, incident)],
    )


def _same_event(world: World, incident: Incident) -> Lost:
    """The same agency gave the event a second number: a call, a welfare check, a follow-up."""
    c = world.chance
    draft = ordinary(world, incident)
    draft.on = later(world, incident, 2)
    draft.number = fresh_number(world, incident.agency, draft.on, late=c.happens(0.5))
    return "same_event", draft


WAYS: tuple[Callable[[World, Incident], Lost], ...] = (
    _slip,
    _handed_in,
    _other_agency,
    _other_incident,
    _found_near,
    _copy,
    _asked,
    _numberless,
    _laboratory,
    _same_event,
)
