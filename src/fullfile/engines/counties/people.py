"""The people of a made-up county: households, relatives, and the ways their names get written."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.places import Place, Places
from fullfile.engines.counties.wordbook import wordbook

__all__ = ["Household", "People", "Person", "written"]


@dataclass(slots=True, eq=False)
class Household:
    """Who lives together: one address, one telephone, mostly one surname."""

    place: Place
    phone: str
    members: list[Person] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Person:
    """Somebody. `born` is an ordinal day; `second` the second surname, where there is one."""

    given: str
    middle: str
    surname: str
    second: str
    born: int
    phone: str
    household: Household

    @property
    def full(self) -> str:
        """The name as a court has it."""
        middle = f" {self.middle}." if self.middle else ""
        second = f" {self.second}" if self.second else ""
        return f"{self.given}{middle} {self.surname}{second}"


class People:
    """Makes people, and remembers those who were in a case before."""

    def __init__(self, chance: Chance, noise: Noise, places: Places) -> None:
        book = wordbook()
        self._chance, self._noise, self._places = chance, noise, places
        self._given = tuple(book.given)
        pool = [start + end for start in book.surname_starts for end in book.surname_ends]
        chance.shuffle(pool)
        mixed = [*pool[: noise.surnames - len(book.first_of_two)], *book.first_of_two]
        chance.shuffle(mixed)
        self._surnames = mixed[: noise.surnames]
        self._weights = list(
            accumulate(1 / (rank + 3) ** noise.surname_skew for rank in range(len(self._surnames)))
        )
        self._two = set(book.first_of_two)
        self.known: list[Person] = []

    def surname(self) -> str:
        """A surname; some are far more common than others."""
        return self._chance.choices(self._surnames, cum_weights=self._weights)[0]

    def household(self) -> Household:
        """A household of one to four."""
        chance = self._chance
        home = Household(self._places.home(), self._phone())
        surname = self.surname()
        for _ in range(1 + chance.below(4)):
            home.members.append(self._person(home, surname if chance.happens(0.8) else ""))
        return home

    def person(self, surname: str = "") -> Person:
        """Somebody who is in no case yet."""
        home = Household(self._places.home(), self._phone())
        home.members.append(self._person(home, surname))
        return home.members[0]

    def party(self) -> Person:
        """Somebody for a case: sometimes known from another one."""
        chance = self._chance
        if self.known and chance.happens(self._noise.again):
            return chance.one(self.known)
        found = chance.one(self.household().members)
        self.known.append(found)
        return found

    def namesake(self, other: Person) -> Person:
        """Somebody of the same name, born on another day, living elsewhere."""
        found = self.person(other.surname)
        found.given = other.given
        return found

    def neighbour(self, of: Person) -> Person:
        """Somebody a few doors away."""
        found = self.person()
        found.household.place = self._places.near(of.household.place)
        return found

    def _person(self, home: Household, surname: str) -> Person:
        chance = self._chance
        surname = surname or self.surname()
        return Person(
            given=chance.one(self._given),
            middle=chance.one("ABCDEFGHJKLMNPRSTW") if chance.happens(0.45) else "",
            surname=surname,
            second=self.surname() if surname in self._two and chance.happens(0.6) else "",
            born=711_000 + chance.below(20_500),
            phone=home.phone if chance.happens(0.4) else self._phone(),
            household=home,
        )

    def _phone(self) -> str:
        return (
            self._chance.pattern("505555####")
            if self._chance.happens(0.85)
            else (self._chance.pattern("575555####"))
        )


def written(person: Person, chance: Chance, noise: Noise, style: str) -> str:
    """A name as somebody wrote it down.

    Args:
        person: who it is.
        chance: what goes wrong.
        noise: how often.
        style: `plain` ("Given Surname"), `list` ("Surname, Given") or `caps` ("SURNAME, GIVEN").
    """
    given, surname = person.given, person.surname
    if person.second and chance.happens(0.35):
        surname = (
            f"{surname}-{person.second}" if chance.happens(0.4) else f"{surname} {person.second}"
        )
    if chance.happens(noise.nicknames):
        called = wordbook().given.get(given, ())
        given = chance.one(called) if called else given
    elif chance.happens(noise.initials):
        given = f"{given[0]}." if style == "plain" else given[0]
    if chance.happens(noise.typos):
        if chance.happens(0.7):
            surname = chance.slip(surname)
        else:
            given = chance.slip(given)
    if person.middle and chance.happens(0.2):
        given = f"{given} {person.middle}"
    if chance.happens(noise.typos * 0.4):  # the two fields of a form, filled the wrong way round
        given, surname = surname, given
    if style == "caps":
        return f"{surname}, {given}".upper()
    return f"{surname}, {given}" if style == "list" else f"{given} {surname}"
