"""Items that belong to a case while nothing in the tables says so, in the five ways in which that happens.

Each way leaves something behind that a person could find: a number one slip away, a
giver who is a witness's sister, a serial number, the place, the words of a summary.
"""

from __future__ import annotations

from datetime import date

from fullfile.engines.counties.agencies import Agency, mistyped_number
from fullfile.engines.counties.cases import LAST_DAY, Case
from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.objects import Object, make_object
from fullfile.engines.counties.people import People, Person
from fullfile.engines.counties.places import Place, Places, located
from fullfile.engines.counties.sheets import Sheet
from fullfile.engines.counties.wordbook import wordbook

__all__ = ["KINDS", "Orphans"]

KINDS = ("number_typo", "handed_in_later", "another_agency", "another_incident", "found_nearby")
"""The ways, as `truth.csv` names them."""


class Orphans:
    """Makes the sheets of orphans."""

    def __init__(
        self,
        chance: Chance,
        noise: Noise,
        people: People,
        places: Places,
        agencies: list[Agency],
        listed: set[tuple[str, str]],
    ) -> None:
        """Begin.

        Args:
            chance: the county's chance.
            noise: the county's roughness.
            people: its people.
            places: its places.
            agencies: its agencies.
            listed: every (agency, report number) that some case lists, folded.
        """
        self._chance, self._noise, self._people, self._places = chance, noise, people, places
        self._agencies, self._listed = agencies, listed
        self._found: set[int] = set()
        self._makers = {
            "number_typo": self._number_typo,
            "handed_in_later": self._handed_in_later,
            "another_agency": self._another_agency,
            "another_incident": self._another_incident,
            "found_nearby": self._found_nearby,
        }

    def fits(self, kind: str, case: Case) -> bool:
        """Whether such an orphan of the case would belong to it and to no other case as well."""
        if kind == "number_typo":
            return not case.shared
        return kind != "found_nearby" or case.sister is None

    def make(self, kind: str, case: Case) -> Sheet:
        """The sheet of an orphan of the case."""
        return self._makers[kind](case)

    # ---- the five ways ----

    def _number_typo(self, case: Case) -> Sheet:
        chance = self._chance
        number = ""
        while not number or (case.agency.name, number.casefold()) in self._listed:
            number = mistyped_number(chance, case.report)
        collected = case.incident + chance.below(12)
        sheet = Sheet(
            about=self._thing(case, wanted=0.15),
            agency=case.agency,
            number=number,
            collected=collected,
            booked=collected + chance.one((0, 0, 0, 1, 1, 2, 5)),
            officer=chance.one(case.officers) if chance.happens(0.65) else None,
            place=case.scene if chance.happens(0.6) else None,
            notes="number_typo",
            said=self._said(case),
        )
        if chance.happens(0.35):
            person = chance.one(case.people)
            sheet.giver = person
        if chance.happens(0.35):
            sheet.persons.append((chance.one(case.defendants), "subject"))
        return sheet

    def _handed_in_later(self, case: Case) -> Sheet:
        chance = self._chance
        giver, knows, role = self._giver(case)
        day = min(case.incident + 40 + int(chance.expovariate(1 / 300)), LAST_DAY)
        agency = case.agency if chance.happens(0.8) else chance.one(self._agencies[:5])
        said: dict[str, str | Person] = {
            "g": giver,
            "k": case.offence.offense
            if chance.happens(0.4)
            else chance.one(("trouble", "case", "matter")),
            "y": str(date.fromordinal(case.incident).year),
        }
        if knows is not None:
            said |= {"x": knows, "rel": role or chance.one(wordbook().relations)}
        if chance.happens(0.5):
            said["p"] = self._where(case.scene)
        if chance.happens(0.4):
            said["o"] = chance.one(case.officers).full
        if chance.happens(self._noise.addresses):
            said["addr"] = self._where(giver.household.place)
        if chance.happens(self._noise.phones):
            said["tel"] = giver.phone
        # A stranger leads nowhere by name alone: then the sheet says of whom the thing speaks.
        stranger = knows is not None and role == ""
        sheet = Sheet(
            about=self._thing(case, wanted=0.55),
            agency=agency,
            number=self._number(agency, day),
            collected=day,
            booked=min(day + chance.one((0, 0, 0, 1, 3)), LAST_DAY),
            officer=chance.one(case.officers) if chance.happens(0.15) else None,
            giver=giver,
            place=giver.household.place if chance.happens(0.3) else None,
            notes="handed_in",
            said=said,
            sure=("notes",) if stranger else (chance.one(("giver", "giver", "persons")),),
            story=chance.happens(self._noise.other_words),
            category=chance.one(("", "", "found property", "documentation", "turned in")),
        )
        if "persons" in sheet.sure or chance.happens(0.3):
            sheet.persons.append((giver, chance.one(("giver", "finder", "reporting party"))))
        if knows is not None and chance.happens(0.25):
            sheet.persons.append((knows, "mentioned"))
        return sheet

    def _another_agency(self, case: Case) -> Sheet:
        chance = self._chance
        own = {case.agency, case.second[0] if case.second else case.agency}
        others = [one for one in self._agencies if one not in own]
        agency = chance.one(others)
        day = min(
            case.incident + chance.one((0, 1, 2, 5, 20, 60, 150)) + chance.below(20), LAST_DAY
        )
        person = chance.one([*case.defendants, *case.victims])
        said = self._said(case)
        said["a"] = case.agency.name
        about = self._thing(case, wanted=0.5)
        sure = chance.one(("giver", "persons", "persons", "place", "notes"))
        if sure == "notes" or chance.happens(0.2):
            number = case.report
            said["num"] = mistyped_number(chance, number) if chance.happens(0.2) else number
        return Sheet(
            about=about,
            agency=agency,
            number=self._number(agency, day),
            collected=day,
            booked=min(day + chance.one((0, 0, 1, 2, 4)), LAST_DAY),
            giver=person if sure == "giver" or chance.happens(0.3) else None,
            persons=[(person, chance.one(("subject", "owner", "arrestee", "decedent")))]
            if sure == "persons" or chance.happens(0.3)
            else [],
            place=case.scene if sure == "place" else self._elsewhere(case),
            notes="another_agency",
            said=said,
            sure=(sure,),
            story=chance.happens(self._noise.other_words * 0.4),
        )

    def _another_incident(self, case: Case) -> Sheet:
        chance = self._chance
        person = chance.one([*case.defendants, *case.defendants, *case.victims])
        day = min(max(case.incident + chance.below(150) - 30, 1), LAST_DAY)
        agency = case.agency if chance.happens(0.75) else chance.one(self._agencies[:5])
        said: dict[str, str | Person] = {"d": person}
        place = person.household.place if chance.happens(0.3) else self._places.scene()
        if chance.happens(0.4):
            said["p"] = self._where(place)
        sure = chance.one(("giver", "persons", "notes"))
        return Sheet(
            about=self._thing(case, wanted=0.35),
            agency=agency,
            number=agency.fresh_number(chance, day),
            collected=day,
            booked=min(day + chance.one((0, 0, 0, 1, 2)), LAST_DAY),
            officer=chance.one(case.officers) if chance.happens(0.25) else None,
            giver=person if sure == "giver" or chance.happens(0.4) else None,
            persons=[(person, chance.one(("subject", "owner", "arrestee", "victim")))]
            if sure == "persons" or chance.happens(0.3)
            else [],
            place=place,
            notes="another_incident",
            said=said,
            sure=(sure,),
        )

    def _found_nearby(self, case: Case) -> Sheet:
        chance = self._chance
        day = min(case.incident + int(chance.expovariate(1 / 12)), LAST_DAY)
        agency = case.agency if chance.happens(0.85) else chance.one(self._agencies[:5])
        scene = case.scene
        place = scene if chance.happens(0.35) else self._places.near(scene)
        around = f"{chance.one(wordbook().around)} {self._where(place)}"
        said: dict[str, str | Person] = {"r": around} if chance.happens(0.5) else {}
        return Sheet(
            about=self._thing(case, wanted=0.65),
            agency=agency,
            number=self._number(agency, day),
            collected=day,
            booked=min(day + chance.one((0, 0, 1, 1, 3)), LAST_DAY),
            officer=chance.one(case.officers) if chance.happens(0.35) else None,
            place=place,
            notes="found",
            said=said,
            sure=("place",),
            story=chance.happens(self._noise.other_words),
            category=chance.one(("found property", "found property", "", "lost and found")),
        )

    # ---- what they share ----

    def _thing(self, case: Case, *, wanted: float) -> Object:
        """The thing that the case was looking for, once; else another one of its kinds."""
        if id(case) not in self._found and self._chance.happens(wanted):
            self._found.add(id(case))
            return case.wanted
        kinds = case.offence.taken if self._chance.happens(0.5) else case.offence.things
        return make_object(self._chance, self._chance.one(kinds))

    def _giver(self, case: Case) -> tuple[Person, Person | None, str]:
        """Who hands something in; whom they know in the case; and how (empty: a stranger)."""
        chance, people = self._chance, self._people
        how = chance.random()
        if case.sister is not None and how < 0.4:
            return chance.one(case.sister.people), None, ""
        anchor = chance.one(case.people)
        if how < 0.62:
            return anchor, None, ""
        if how < 0.82:
            relatives = [one for one in anchor.household.members if one is not anchor]
            if not relatives:
                relative = people.person(anchor.surname)
                relative.household = anchor.household
                anchor.household.members.append(relative)
                relatives = [relative]
            return chance.one(relatives), anchor, chance.one(wordbook().relations)
        if how < 0.92:
            return people.neighbour(anchor), anchor, "neighbour"
        return people.person(), anchor, ""

    def _elsewhere(self, case: Case) -> Place | None:
        chance = self._chance
        if chance.happens(0.3):
            return chance.one(case.people).household.place
        return self._places.scene() if chance.happens(0.5) else None

    def _number(self, agency: Agency, day: int) -> str:
        if self._chance.happens(self._noise.no_number):
            return ""
        return agency.fresh_number(self._chance, day)

    def _said(self, case: Case) -> dict[str, str | Person]:
        """What a sentence may say of the case."""
        said: dict[str, str | Person] = {"d": case.defendants[0]}
        if case.victims:
            said["v"] = case.victims[0]
        if self._chance.happens(0.7):
            said["p"] = self._where(case.scene)
        return said

    def _where(self, place: Place) -> str:
        return located(place, self._chance, self._noise, capitals=False)
