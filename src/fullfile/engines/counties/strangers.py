"""Property that belongs to no case: found, kept for somebody, of incidents without a case; and the tempting ones.

A tempting item resembles some case by chance: its street, its officer, a name that
many bear, a number next to the case's, a thing of the same class and maker.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.engines.counties.agencies import Agency
from fullfile.engines.counties.cases import FIRST_DAY, LAST_DAY, Case
from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.objects import Object, make_object
from fullfile.engines.counties.people import People, Person
from fullfile.engines.counties.places import Places, located
from fullfile.engines.counties.sheets import Sheet
from fullfile.engines.counties.wordbook import Thing, wordbook

__all__ = ["Strangers"]

_LURES = ("number", "street", "name", "class", "officer", "household")
_CLOSED = ("incident", "incident", "another_incident", "number_typo", "another_agency", "ordinary")


class Strangers:
    """Makes the sheets of property that belongs to no case."""

    def __init__(
        self,
        chance: Chance,
        noise: Noise,
        people: People,
        places: Places,
        agencies: list[Agency],
        cases: Sequence[Case],
    ) -> None:
        self._chance, self._noise, self._people, self._places = chance, noise, people, places
        self._agencies, self._cases = agencies, cases
        self._things: tuple[Thing, ...] = tuple(wordbook().things.values())
        self._likely: tuple[Thing, ...] = tuple(
            thing for offence in wordbook().offences for thing in (*offence.taken, *offence.things)
        )

    def unrelated(self) -> Sheet:
        """Property of nobody in any case."""
        chance = self._chance
        agency = (
            chance.one(self._agencies[:6]) if chance.happens(0.9) else chance.one(self._agencies)
        )
        day = FIRST_DAY + chance.below(LAST_DAY - FIRST_DAY)
        return self._sheet(
            agency, day, chance.one(("found", "safe", "handed_in", "incident", "incident"))
        )

    def tempting(self) -> Sheet:
        """The same, with one or two features of some case."""
        chance = self._chance
        case = chance.one(self._cases)
        day = min(case.incident + chance.below(60), LAST_DAY)
        sheet = self._sheet(
            case.agency, day, chance.one(("found", "found", "safe", "handed_in", "incident"))
        )
        for lure in chance.sample(_LURES, 1 + chance.below(2)):
            self._tempt(sheet, case, lure)
        return sheet

    def _tempt(self, sheet: Sheet, case: Case, lure: str) -> None:
        chance = self._chance
        if lure == "number":
            # Given out on the same day: a neighbour of the case's own number.
            sheet.number = case.agency.fresh_number(chance, case.incident)
            sheet.collected = case.incident
            sheet.booked = case.incident + chance.below(2)
        elif lure == "street":
            sheet.place = self._places.along(case.scene)
            sheet.sure = (*sheet.sure, "place")
        elif lure == "name":
            person = chance.one(case.people)
            like = (
                self._people.namesake(person)
                if chance.happens(0.3)
                else self._people.person(person.surname)
            )
            self._rename(sheet, like)
        elif lure == "class":
            made = make_object(chance, case.wanted.thing)
            sheet.about = Object(
                made.thing,
                case.wanted.maker,
                made.model,
                made.detail,
                case.wanted.colour,
                made.serial,
                made.amount,
            )
        elif lure == "officer":
            sheet.officer = chance.one(case.officers)
        else:
            self._rename(sheet, self._people.neighbour(chance.one(case.people)))

    @staticmethod
    def _rename(sheet: Sheet, person: Person) -> None:
        if sheet.giver is None and not sheet.persons:
            sheet.persons = [(person, "owner")]
        if sheet.giver is not None:
            sheet.giver = person
        sheet.persons = [(person, role) for _, role in sheet.persons]
        if "g" in sheet.said:
            sheet.said["g"] = person

    def _sheet(self, agency: Agency, day: int, kind: str) -> Sheet:
        chance, noise = self._chance, self._noise
        things = (
            self._likely
            if kind in ("incident", "handed_in") or chance.happens(0.5)
            else self._things
        )
        place = self._places.scene()
        sheet = Sheet(
            about=make_object(chance, chance.one(things)),
            agency=agency,
            number="" if chance.happens(noise.no_number) else agency.fresh_number(chance, day),
            collected=day,
            booked=min(day + chance.one((0, 0, 0, 1, 2)), LAST_DAY),
            notes=kind,
            story=kind in ("found", "handed_in") and chance.happens(noise.other_words),
            place=place if chance.happens(0.8) else None,
        )
        if kind == "found":
            sheet.category = chance.one(("found property", "found property", "", "lost and found"))
            if chance.happens(0.5):
                where = located(place, chance, noise, capitals=False)
                sheet.said["r"] = f"{chance.one(wordbook().around)} {where}"
            sheet.sure = ("place",)
            return sheet
        owner = self._people.person()
        sheet.said["g"] = owner
        if kind == "handed_in":
            sheet.category = chance.one(("", "", "found property", "documentation", "turned in"))
            sheet.said |= {"x": self._people.person(), "rel": chance.one(wordbook().relations)}
            sheet.said |= {"k": "trouble", "y": "2016"}
            if chance.happens(noise.addresses):
                sheet.said["addr"] = located(owner.household.place, chance, noise, capitals=False)
            if chance.happens(noise.phones):
                sheet.said["tel"] = owner.phone
            if chance.happens(0.5):
                sheet.said["p"] = located(self._places.scene(), chance, noise, capitals=False)
            sheet.giver = owner
        elif kind == "safe":
            sheet.category = chance.one(("safekeeping", "safekeeping", ""))
        else:
            # The words of orphans are nobody's own: sheets of closed incidents say the same.
            sheet.notes = chance.one(_CLOSED)
            sheet.said |= {"d": owner, "v": owner} if chance.happens(0.7) else {"v": owner}
            if chance.happens(0.3):
                sheet.said["p"] = located(place, chance, noise, capitals=False)
            if sheet.notes == "another_agency":
                other = chance.one(self._agencies[:6])
                sheet.said |= {"a": other.name, "num": other.fresh_number(chance, day)}
        if kind != "handed_in" and chance.happens(0.5):
            sheet.giver = owner
        if sheet.giver is None or chance.happens(0.3):
            role = {
                "safe": "owner",
                "handed_in": "giver",
                "incident": chance.one(("subject", "victim", "owner")),
            }
            sheet.persons.append((owner, role[kind]))
        sheet.sure = (chance.one(("giver", "persons", "notes")),)
        return sheet
