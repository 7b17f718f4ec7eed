"""Property that belongs to no case: found, kept for somebody, of incidents without a case; and the tempting ones.

A tempting item resembles some case by chance: its street, its officer, a name that
many bear, a number next to the case's, a thing of the same class and maker. Or it is
the property of somebody who is in the case, from long before it.

What orphans show in form, these show too: the same sentences, roles, slips in numbers
and agencies. Otherwise the form alone would tell them apart, and flatter whoever reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.engines.counties.agencies import Agency, mistyped_number
from fullfile.engines.counties.cases import FIRST_DAY, LAST_DAY, Case
from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.objects import Object, make_object
from fullfile.engines.counties.people import People, Person
from fullfile.engines.counties.places import Places, located
from fullfile.engines.counties.sheets import Sheet
from fullfile.engines.counties.wordbook import Thing, wordbook

__all__ = ["Strangers"]

_LURES = ("number", "street", "name", "class", "officer", "neighbour", "person")
_ROLES = {
    "safe": ("owner", "owner", "subject"),
    "handed_in": ("giver", "finder", "reporting party"),
    "incident": ("subject", "owner", "arrestee", "victim", "decedent"),
}
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
        listed: set[tuple[str, str]],
    ) -> None:
        self._chance, self._noise, self._people, self._places = chance, noise, people, places
        self._agencies, self._cases, self._listed = agencies, cases, listed
        self._things: tuple[Thing, ...] = tuple(wordbook().things.values())
        self._likely: tuple[Thing, ...] = tuple(
            thing for offence in wordbook().offences for thing in (*offence.taken, *offence.things)
        )

    def unrelated(self) -> Sheet:
        """Property of nobody in any case."""
        chance = self._chance
        near, far = self._agencies[:6], self._agencies
        agency = chance.one(near if chance.happens(0.75) else far)
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
        elif lure == "neighbour":
            self._rename(sheet, self._people.neighbour(chance.one(case.people)))
        else:
            self._rename(sheet, chance.one(case.people))
            self._move(sheet, case)

    def _move(self, sheet: Sheet, case: Case) -> None:
        """To a day long before the case; where there is none, long after."""
        chance = self._chance
        day = case.incident - 200 - chance.below(1_200)
        if day < FIRST_DAY:
            day = min(case.incident + 1_000 + chance.below(1_000), LAST_DAY)
        sheet.collected, sheet.booked = day, min(day + chance.below(2), LAST_DAY)
        sheet.number = self._number(sheet.agency, day)

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
            number=self._number(agency, day),
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
            sheet.said |= {"k": self._matter(), "y": str(2016 + chance.below(9))}
            if chance.happens(0.4):
                sheet.said["o"] = agency.officer(chance).full
            if chance.happens(0.15):
                sheet.persons.append((self._people.person(), "mentioned"))
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
            sheet.persons.append((owner, chance.one(_ROLES[kind])))
        sheet.sure = (chance.one(("giver", "persons", "notes")),)
        return sheet

    def _number(self, agency: Agency, day: int) -> str:
        """A fresh number, or none; and people mistype those of no case as well."""
        chance = self._chance
        if chance.happens(self._noise.no_number):
            return ""
        number = agency.fresh_number(chance, day)
        slip = mistyped_number(chance, number) if chance.happens(0.07) else number
        return number if (agency.name, slip.casefold()) in self._listed else slip

    def _matter(self) -> str:
        chance = self._chance
        if chance.happens(0.4):
            return chance.one(wordbook().offences).offense
        return chance.one(("trouble", "case", "matter"))
