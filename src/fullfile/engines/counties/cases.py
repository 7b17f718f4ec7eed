"""The cases of a made-up county: incident, people, numbers, charge, and what the tables say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import accumulate

from fullfile.engines.counties.agencies import Agency, Officer
from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.objects import Object, make_object, told
from fullfile.engines.counties.people import People, Person
from fullfile.engines.counties.places import Place, Places, located
from fullfile.engines.counties.tables import Tables
from fullfile.engines.counties.wordbook import Offence, wordbook

__all__ = ["FIRST_DAY", "LAST_DAY", "Case", "Cases", "iso"]

FIRST_DAY = date(2017, 1, 9).toordinal()
LAST_DAY = date(2025, 6, 30).toordinal()
"""Nothing happens before the first day or after the last."""
_COURT = "First Judicial District Court"


@dataclass(slots=True, eq=False)
class Case:
    """A case as it was in the made-up world; `summary` and the like are what the tables say."""

    number: str
    offence: Offence
    agency: Agency
    incident: int
    opened: int
    scene: Place
    report: str
    officers: list[Officer]
    defendants: list[Person]
    victims: list[Person]
    witnesses: list[Person]
    wanted: Object
    """The thing that the story is about and that was not found at the time."""
    other: Object
    second: tuple[Agency, str] | None = None
    sister: Case | None = None
    shared: bool = False
    """Whether the sister case lists the same report number."""
    names: list[str] = field(default_factory=list)
    """The defendants as the court writes them."""

    @property
    def people(self) -> list[Person]:
        """Everybody but officers and lawyers."""
        return [*self.defendants, *self.victims, *self.witnesses]


@cache
def iso(day: int) -> str:
    """An ordinal day as a date, never after the last day."""
    return date.fromordinal(min(day, LAST_DAY)).isoformat()


class Cases:
    """Makes cases and writes their rows."""

    def __init__(
        self,
        chance: Chance,
        noise: Noise,
        people: People,
        places: Places,
        agencies: list[Agency],
        shares: list[int],
    ) -> None:
        self._chance, self._noise, self._people, self._places = chance, noise, people, places
        self._agencies, self._shares = agencies, list(accumulate(shares))
        book = wordbook()
        self._offences = book.offences
        self._weights = list(accumulate(one.weight for one in book.offences))
        self._lawyers = [people.person().full for _ in range(24)]
        self._style = chance.one(("plain", "list", "caps"))
        self._numbers: dict[int, int] = {}
        self._asked: set[tuple[str, str, int, str]] = set()

    def make(self, sister: Case | None = None) -> Case:
        """A case; with a sister, another one of the same incident."""
        chance, people = self._chance, self._people
        if sister is None:
            offence = chance.choices(self._offences, cum_weights=self._weights)[0]
            agency = chance.choices(self._agencies, cum_weights=self._shares)[0]
            incident = FIRST_DAY + chance.below(LAST_DAY - FIRST_DAY - 200)
            officers = list({agency.officer(chance): None for _ in range(1 + chance.below(4))})
            victims = [people.party() for _ in range(chance.one((0, 1, 1, 1, 2)))]
            report = agency.fresh_number(chance, incident)
        else:
            offence, agency, incident = sister.offence, sister.agency, sister.incident
            officers, victims = list(sister.officers), list(sister.victims)
            if chance.happens(0.5):
                officers.append(agency.officer(chance))
            report = sister.report
            if not chance.happens(0.5):
                report = agency.fresh_number(chance, incident)
        defendants = [people.party() for _ in range(1 if chance.happens(0.92) else 2)]
        witnesses = [people.party() for _ in range(chance.one((0, 1, 1, 2, 3)))]
        scene = sister.scene if sister else self._scene(offence, defendants, victims)
        opened = min(incident + 3 + int(chance.expovariate(1 / 70)), LAST_DAY)
        made = Case(
            number=self._number(opened),
            offence=offence,
            agency=agency,
            incident=incident,
            opened=opened,
            scene=scene,
            report=report,
            officers=officers,
            defendants=list({one.full: one for one in defendants}.values()),
            victims=victims,
            witnesses=witnesses,
            wanted=make_object(chance, chance.one(offence.taken)),
            other=make_object(chance, chance.one(offence.taken)),
        )
        if sister is None and chance.happens(0.15):
            helper = chance.one(self._agencies[:6])
            made.second = (helper, helper.fresh_number(chance, incident + chance.below(20)))
        if sister is not None:
            made.sister, sister.sister = sister, made
            made.shared = sister.shared = report == sister.report
        return made

    def listed(self, case: Case) -> list[tuple[Agency, str]]:
        """The report numbers that the case lists."""
        return [(case.agency, case.report), *([case.second] if case.second else [])]

    def _scene(self, offence: Offence, defendants: list[Person], victims: list[Person]) -> Place:
        chance = self._chance
        if offence.id in ("burglary", "domestic", "arson") and victims and chance.happens(0.8):
            return victims[0].household.place
        if offence.id == "narcotics" and chance.happens(0.5):
            return defendants[0].household.place
        return self._places.scene()

    def _number(self, opened: int) -> str:
        year = date.fromordinal(opened).year
        count = self._numbers[year] = self._numbers.get(year, 0) + 1
        return f"D-0101-CR-{year}-{count:05d}"

    # ---- what the tables say ----

    def write(self, case: Case, tables: Tables) -> None:
        """The rows of the case, its people, its charge and its docket."""
        chance, noise = self._chance, self._noise
        self._write_parties(case, tables)
        related = ""
        if case.sister:
            # Both sides tell the same: the kind hangs on the pair, not on who is asked.
            kind = (
                "co_defendant"
                if case.defendants[0].born + case.sister.defendants[0].born & 1
                else "same_incident"
            )
            related = f"{case.sister.number}|{kind}"
        where = located(case.scene, chance, noise, capitals=False) if chance.happens(0.9) else ""
        title = chance.one(wordbook().titles).format(s=case.defendants[0].surname)
        tables.add(
            "cases",
            case.number,
            "us-nm",
            _COURT,
            "district",
            title if chance.happens(0.9) else "",
            iso(case.opened),
            ";".join(f"{agency.name}:{number}" for agency, number in self.listed(case)),
            related,
            ";".join(dict.fromkeys(agency.name for agency, _ in self.listed(case))),
            iso(case.incident) if chance.happens(0.9) else "",
            where,
            self._summary(case) if chance.happens(0.85) else "",
        )
        for name in case.names:
            tables.add(
                "counts",
                case.number,
                name,
                "1",
                case.offence.offense,
                case.offence.grade,
                iso(case.opened),
                iso(case.incident),
            )
            charged = "indictment" if chance.happens(0.5) else "information"
            tables.add("docket", case.number, charged, iso(case.opened), name, "")
            heard = case.opened + 5 + chance.below(20)
            tables.add("docket", case.number, "arraignment", iso(heard), name, "")
        if chance.happens(noise.requests):
            self._write_requests(case, tables)
        for one, number in ((case.wanted, case.report), (case.other, case.report)):
            if chance.happens(0.25 + noise.mentions):
                self.mention(case, one, number, tables)

    def mention(self, case: Case, one: Object, number: str, tables: Tables) -> None:
        """A report of the case names a thing."""
        chance = self._chance
        officer = chance.one(case.officers)
        tables.add(
            "mentions",
            case.agency.name,
            number,
            f"{told(chance, one)} {chance.one(wordbook().mention_endings)}",
            iso(case.incident + chance.below(30)),
            officer.signed(chance, case.agency.signs),
            f"report {number}/{1 + chance.below(900)}",
        )

    def request(self, case: Case, group: str, day: int, tables: Tables) -> None:
        """The defence asks for things of a group."""
        chance = self._chance
        asked, name = chance.one(wordbook().requests[group]), chance.one(case.names)
        if (key := (case.number, name, min(day, LAST_DAY), asked)) in self._asked:
            return  # nobody asks for the same twice on one day
        self._asked.add(key)
        words = [chance.one(thing.story) for thing in case.offence.things if thing.group == group]
        tables.add(
            "requests",
            case.number,
            name,
            iso(day),
            asked,
            group if chance.happens(0.3) else "",
            ";".join(dict.fromkeys(words)) if chance.happens(0.3) else "",
        )

    def _write_requests(self, case: Case, tables: Tables) -> None:
        chance = self._chance
        for _ in range(1 + chance.below(3)):
            group = chance.one(case.offence.things).group
            self.request(case, group, case.opened + 20 + chance.below(200), tables)

    def _write_parties(self, case: Case, tables: Tables) -> None:
        chance, noise = self._chance, self._noise
        seen: set[str] = set()
        for role, group in (
            ("defendant", case.defendants),
            ("victim", case.victims),
            ("witness", case.witnesses),
        ):
            for person in group:
                name = self._court_name(person)
                if name in seen:
                    continue
                seen.add(name)
                if role == "defendant":
                    case.names.append(name)
                tables.add(
                    "parties",
                    case.number,
                    name,
                    role,
                    iso(person.born) if chance.happens(noise.birth_dates) else "",
                    "",
                    chance.one(self._lawyers) if role == "defendant" else "",
                    _telephone(person.phone, chance) if chance.happens(noise.phones) else "",
                    person.household.place.full if chance.happens(noise.addresses) else "",
                )
        for officer in case.officers:
            if officer.full not in seen and chance.happens(0.85):
                seen.add(officer.full)
                tables.add(
                    "parties",
                    case.number,
                    officer.full,
                    "officer",
                    "",
                    case.agency.name,
                    "",
                    "",
                    "",
                )
        prosecutor = self._lawyers[_number_of(case.number) % 8]
        if prosecutor not in seen:
            tables.add("parties", case.number, prosecutor, "prosecutor", "", "", "", "", "")

    def _court_name(self, person: Person) -> str:
        name = person.full
        if self._chance.happens(self._noise.typos / 3):
            name = self._chance.slip(name)
        if self._style == "plain":
            return name
        given, _, rest = name.partition(" ")
        if person.middle and rest.startswith(f"{person.middle}. "):
            given, rest = f"{given} {person.middle}", rest[3:]
        name = f"{rest}, {given}"
        return name.upper() if self._style == "caps" else name

    def _summary(self, case: Case) -> str:
        chance, noise = self._chance, self._noise

        def named(group: list[Person], else_: str) -> str:
            if not group or not chance.happens(noise.present):
                return else_
            person = group[0]
            return person.surname if chance.happens(0.3) else f"{person.given} {person.surname}"

        return chance.one(case.offence.summaries).format(
            d=named(case.defendants, "the defendant"),
            v=named(case.victims, "the complainant"),
            w=named(case.witnesses, "a witness"),
            p=located(case.scene, chance, noise, capitals=False)
            if chance.happens(noise.present)
            else "the place",
            t=told(chance, case.wanted),
            u=told(chance, case.other),
            m=case.scene.town,
        )


def _number_of(text: str) -> int:
    """A number from a text that is the same in every process."""
    return sum(ord(mark) * (at + 1) for at, mark in enumerate(text))


def _telephone(digits: str, chance: Chance) -> str:
    how = chance.below(3)
    if how == 0:
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if how == 1 else digits
