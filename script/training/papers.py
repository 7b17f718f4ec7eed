"""The tables about cases: cases, parties, counts, requests, mentions."""

from __future__ import annotations

from datetime import timedelta

from training.booking import Item
from training.county import County
from training.incidents import Case, Incident, World
from training.people import Person, write_name, write_phone
from training.places import write_place
from training.things import CLASSES, draw_thing
from training.writing import Pen

__all__ = ["Row", "case_rows", "count_rows", "mention_rows", "party_rows", "request_rows"]

Row = dict[str, str]
# A prosecutor's office writes names whole; the slips are those of the property rooms.
_FORMS = (6, 4, 0.3, 0.5, 0.05, 0.1, 0, 2)


def _name(world: World, case: Case, person: Person) -> str:
    """As the court has it: the same on every row of the case."""
    chance = type(world.chance)(f"{case.number} {person.full} {person.born}")
    return write_name(chance, person, _FORMS, 0.01)


def _defendants(world: World, case: Case) -> dict[str, Person]:
    """By the name of the court; whoever would be there twice stands once."""
    named: dict[str, tuple[str, Person]] = {}
    for person in case.defendants:
        name = _name(world, case, person)
        named.setdefault(name.casefold(), (name, person))
    return dict(named.values())


def case_rows(county: County) -> list[Row]:
    world, c, habits = county.world, county.world.chance, county.habits
    rows = []
    for case in world.cases:
        first = case.incidents[0]
        defendant = case.defendants[0].surname
        pen = Pen(c, c.pick((first.agency, world.prosecutor)))
        sentences = c.few(habits.summary_sentences, 5)
        court = first.offence.charges[0][2].endswith("felony")
        rows.append(
            {
                "case_number": case.number,
                "jurisdiction": "us-nm",
                "court": "District Court" if court else "Magistrate Court",
                "court_level": "district" if court else "magistrate",
                "title": f"State v. {defendant}",
                "opened_on": case.opened.isoformat(),
                "report_numbers": ";".join(f"{a}:{number}" for a, number in case.listed),
                "related_cases": ";".join(f"{one.number}|{kind}" for one, kind in case.related),
                "agencies": ";".join(dict.fromkeys(agency for agency, _ in case.listed)),
                "incident_on": first.on.isoformat() if c.happens(0.85) else "",
                "incident_location": write_place(c, first.place, c.whole(0, 5))
                if c.happens(0.3 + 0.6 * habits.summary_details)
                else "",
                "summary": pen.story(first, sentences, habits.summary_details),
            }
        )
    return rows


def party_rows(county: County) -> list[Row]:
    rows = []
    for case in county.world.cases:
        world, c = county.world, county.world.chance
        private = [(person, "defendant") for person in _defendants(world, case).values()]
        for incident in case.incidents:
            private += [(person, "victim") for person in incident.victims]
            private += [(person, "witness") for person in incident.witnesses if c.happens(0.85)]
        seen = set()
        for person, role in private:
            name = _name(world, case, person)
            if (name.casefold(), role) in seen:
                continue
            seen.add((name.casefold(), role))
            rows.append(_private(county, case, person, name, role))
        rows += _officers(county, case)
        office = {"case_number": case.number, "agency": world.prosecutor.name}
        rows.append({**office, "name": case.prosecutor, "role": "prosecutor"})
        if c.happens(0.9):
            counsel = {"name": case.counsel, "role": "defence_counsel"}
            rows.append({"case_number": case.number, **counsel})
        if c.happens(0.6):
            rows.append({"case_number": case.number, "name": case.judge, "role": "judge"})
    return rows


def _private(county: County, case: Case, person: Person, name: str, role: str) -> Row:
    c, habits = county.world.chance, county.habits
    sure = 1.0 if role == "defendant" else 0.6
    row = {"case_number": case.number, "name": name, "role": role}
    if c.happens(habits.born_known * sure):
        row["date_of_birth"] = person.born.isoformat()
    if c.happens(habits.phone_known):
        row["phone"] = write_phone(c, person.phone, 0)
    if c.happens(habits.address_known):
        row["address"] = write_place(c, person.home, c.whole(0, 3))
    if role == "defendant":
        row["counsel"] = case.counsel if c.happens(0.5) else ""
        row["in_custody"] = c.pick(("yes", "no", "")) if c.happens(0.5) else ""
    return row


def _officers(county: County, case: Case) -> list[Row]:
    """Each officer once, however often met."""
    c = county.world.chance
    rows: dict[str, Row] = {}
    for incident in case.incidents:
        for officer in incident.officers:
            if c.happens(county.habits.officers_listed):
                name = officer.written(incident.agency.style.officer_form if c.happens(0.5) else 2)
                rows[name] = {
                    "case_number": case.number,
                    "name": name,
                    "role": "officer",
                    "agency": incident.agency.name,
                }
    return list(rows.values())


def count_rows(county: County) -> list[Row]:
    rows = []
    for case in county.world.cases:
        for name in _defendants(county.world, case):
            charges = [
                (charge, incident)
                for incident in case.incidents
                for charge in incident.offence.charges
            ]
            kept = charges[: county.world.chance.whole(1, len(charges))]
            for number, ((offense, statute, grade), incident) in enumerate(kept, 1):
                rows.append(
                    {
                        "case_number": case.number,
                        "defendant": name,
                        "count": str(number),
                        "offense": offense,
                        "statute": statute,
                        "grade": grade,
                        "charged_on": case.opened.isoformat(),
                        "offense_on": incident.on.isoformat(),
                    }
                )
    return rows


def request_rows(county: County) -> list[Row]:
    rows = []
    for case in county.world.cases:
        for request in case.requests:
            c, sort = county.world.chance, CLASSES[request.key]
            words = c.some(sort.words, c.whole(1, 3))
            asked = f"{request.maker} {words[0]}".strip()
            category = c.pick(sort.categories)
            rows.append(
                {
                    "case_number": case.number,
                    "defendant": _name(county.world, case, request.defendant),
                    "requested_at": request.on.isoformat(),
                    "asks_for": c.pick(
                        (
                            f"all {asked} in the possession of the State",
                            f"to inspect any {asked}",
                            f"{asked}, and reports about it",
                            f"any and all {category} evidence, {asked}",
                        )
                    ),
                    "category": category if c.happens(0.7) else "",
                    "keywords": ";".join(words) if c.happens(0.7) else "",
                    "reply": "will be provided if found" if c.happens(0.1) else "",
                }
            )
    # One defendant may not ask twice for the same on a day: that would be one key.
    return list({(r["case_number"], r["defendant"], r["asks_for"]): r for r in rows}.values())


def mention_rows(county: County) -> list[Row]:
    """Reports that say a thing was taken: most was booked, some is lost, some never was."""
    world, c, habits = county.world, county.world.chance, county.habits
    rows: dict[tuple[str, ...], Row] = {}

    def add(incident: Incident, item: Item | None, *, answered: bool) -> None:
        pen = Pen(c, incident.agency)
        known = item.draft.thing if item else draw_thing(c, c.pick(incident.offence.things))
        row = {
            "agency": incident.agency.name,
            "report_number": incident.number.text,
            "description": pen.description(known),
            "mentioned_at": (incident.on + timedelta(days=c.few(1, 20))).isoformat(),
            "by": c.pick(incident.officers).written(incident.agency.style.officer_form),
            "document": f"{incident.number.text} narrative" if c.happens(0.5) else "",
        }
        if item and answered:
            row |= {"booked_agency": item.row["agency"], "booked_as": item.row["tag"]}
            row["outcome"] = "booked"
        key = tuple(
            row[one].casefold() for one in ("agency", "report_number", "description", "document")
        )
        rows.setdefault(key, row)

    for item in county.booked:
        if c.happens(habits.mentions * 0.25):
            add(item.draft.incident, item, answered=c.happens(0.6))
    for kind, item in county.orphans:
        told = kind.startswith("slip") or kind in {"no_number", "same_event", "other_agency"}
        if c.happens(habits.mentions * (0.25 if told else 0.06)):
            add(item.draft.incident, item, answered=False)
    for incident in world.incidents:
        if c.happens(habits.mentions * 0.2):
            add(incident, None, answered=False)
    for case in world.cases:
        if c.happens(habits.mentions * 0.2):
            add(c.pick(case.incidents), None, answered=False)
    return list(rows.values())
