"""Things that belong to no case, and those of them that look as if they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from training.agencies import Agency
from training.booking import Draft
from training.incidents import Case, Incident, World
from training.late import fresh_number
from training.orphans import WAYS, lose
from training.taken import ordinary
from training.things import CLASSES, draw_thing
from training.writing import Pen

__all__ = ["stray"]

_FOUND = ("wallet", "purse", "phone", "keys", "bicycle", "backpack", "identity", "cards", "jewelry",
          "cash", "tools", "jacket", "knife", "pistol", "rounds", "pills", "plate", "watch")  # fmt: skip
Lost = tuple[str, Draft]


def stray(world: World) -> list[Lost]:
    """One or a few things without a case."""
    c = world.chance
    kind = c.choices((_found, _safe, _caseless, _alike), world.habits.unrelated)[0]
    return kind(world)


def _nothing(world: World) -> Incident:
    """An incident to write about: nothing happened, but somebody stands at the counter."""
    return world.chance.pick(world.incidents)


def _found(world: World) -> list[Lost]:
    c = world.chance
    agency = world.busy.pick(c)
    pen = Pen(c, agency)
    place = world.town.scene(c)
    finder = world.people.anyone() if c.happens(0.5) else None
    owner = world.people.anyone() if c.happens(0.35) else None
    on = world.day()
    notes = [
        c.pick(
            (
                f"Found by a passer-by near {pen.place(place)}.",
                "Found property, no owner.",
                f"Turned in by {pen.name(finder)}." if finder else "Turned in at the front desk.",
                "Found on patrol.",
                f"Found at {pen.place(place)}.",
                "Handed in at the counter.",
            )
        )
    ]
    if owner and c.happens(0.5):
        notes.append(f"Has papers of {pen.name(owner)}.")
    persons = []
    if finder and c.happens(agency.style.names_people):
        persons.append((finder, c.pick(("finder", "reporting party", "RP", "giver"))))
    if owner and c.happens(agency.style.names_people):
        persons.append((owner, "owner"))
    return [
        (
            "found_property",
            Draft(
                agency=agency,
                thing=draw_thing(c, c.pick(_FOUND if c.happens(0.75) else list(CLASSES))),
                on=on,
                number=fresh_number(world, agency, on) if c.happens(0.75) else "",
                officer=agency.officers.pick(c),
                incident=_nothing(world),
                giver=finder,
                where=place,
                persons=persons,
                notes=notes,
            ),
        )
    ]


def _safe(world: World) -> list[Lost]:
    c = world.chance
    agency = world.busy.pick(c)
    pen = Pen(c, agency)
    # Also people who have a case come to hospital, or to jail with their pockets full.
    person = c.pick(c.pick(world.cases).defendants) if c.happens(0.3) else world.people.offender()
    on = world.day()
    notes = [
        c.pick(
            (
                f"Safekeeping for {pen.name(person)}.",
                "Safekeeping, owner in hospital.",
                "Property of prisoner.",
                f"Held for {pen.name(person)} until claimed.",
                "Taken in on a civil order.",
            )
        )
    ]
    named = c.happens(agency.style.names_people)
    draft = Draft(
        agency=agency,
        thing=draw_thing(c, c.pick(_FOUND)),
        on=on,
        number=fresh_number(world, agency, on, late=c.happens(0.5)) if c.happens(0.9) else "",
        officer=agency.officers.pick(c),
        incident=_nothing(world),
        giver=person,
        where=person.home if c.happens(0.5) else None,
        persons=[(person, c.pick(("owner", "subject")))] if named else [],
        notes=notes,
    )
    more = [replace(draft, thing=draw_thing(c, c.pick(_FOUND))) for _ in range(c.few(0.8, 4))]
    return [("safekeeping", one) for one in (draft, *more)]


def _caseless(world: World) -> list[Lost]:
    c = world.chance
    incident = c.pick(world.incidents)
    if c.happens(0.7):
        second = incident.second is not None and c.happens(0.25)
        drafts = [ordinary(world, incident, second=second) for _ in range(1 + c.few(0.8, 4))]
    else:
        drafts = [draft for _, draft in lose(world, incident, c.whole(0, len(WAYS) - 1))]
    return [("incident_without_case", draft) for draft in drafts]


def _alike(world: World) -> list[Lost]:
    """Something of a case, by chance: a surname, a class asked for, a street, a number."""
    c = world.chance
    case = c.pick(world.cases)
    ways = (_same_surname, _same_class, _same_street, _near_number, _same_officer)
    return [c.pick(ways)(world, case)]


def _elsewhere(world: World, case: Case) -> tuple[Incident, Agency]:
    incident = world.chance.pick(case.incidents)
    return incident, incident.agency


def _same_surname(world: World, case: Case) -> Lost:
    c = world.chance
    known, _ = _elsewhere(world, case)
    person = c.pick([*known.suspects, *known.around])
    other = world.people.namesake(person) or world.people.anyone()
    incident = replace(_nothing(world), suspects=[other], cases=[])
    draft = ordinary(world, incident)
    if c.happens(0.5):
        draft.number = fresh_number(world, draft.agency, draft.on)
    if not draft.persons and c.happens(0.5):
        draft.persons = [(other, "subject")]
    return "same_surname", draft


def _same_class(world: World, case: Case) -> Lost:
    c = world.chance
    known, _ = _elsewhere(world, case)
    incident = _nothing(world)
    draft = ordinary(world, incident)
    key = c.pick(case.requests).key if case.requests else c.pick(known.things).sort.key
    draft.thing = draw_thing(c, key)
    if c.happens(0.5):
        draft.number = fresh_number(world, draft.agency, draft.on)
        draft.persons, draft.giver, draft.of_scene = [], None, False
    return "same_class", draft


def _same_street(world: World, case: Case) -> Lost:
    c = world.chance
    known, agency = _elsewhere(world, case)
    [(_, draft)] = _found(world)
    draft.agency = agency
    draft.where = world.town.near(c, known.place)
    draft.officer = agency.officers.pick(c)
    draft.number = fresh_number(world, agency, draft.on)
    draft.notes = [f"Found near {Pen(c, agency).place(draft.where)}."]
    return "same_street", draft


def _near_number(world: World, case: Case) -> Lost:
    """An incident of the same agency and day gets the next number, and has nothing to do with it."""
    c = world.chance
    known, agency = _elsewhere(world, case)
    on = known.on + timedelta(days=c.whole(0, 1))
    incident = replace(_nothing(world), on=on, agency=agency, officers=[agency.officers.pick(c)])
    draft = ordinary(world, incident)
    draft.number = fresh_number(world, agency, on, late=False)
    return "near_number", draft


def _same_officer(world: World, case: Case) -> Lost:
    c = world.chance
    known, agency = _elsewhere(world, case)
    on = known.on + timedelta(days=c.whole(-10, 40))
    incident = replace(_nothing(world), on=min(on, world.last), agency=agency)
    draft = ordinary(world, incident)
    draft.officer = c.pick(known.officers)
    draft.number = fresh_number(world, agency, draft.on, late=False)
    return "same_officer", draft
