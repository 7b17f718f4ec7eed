"""The people of a county, their households, and the ways their names get written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from training.chance import Chance, Weighted
from training.habits import Habits
from training.names import NICKNAMES, given_names, misspell, surnames
from training.places import Place, Town

__all__ = ["People", "Person", "write_name", "write_phone"]


@dataclass(frozen=True, slots=True)
class Person:
    """One person, as they are, however they get written."""

    given: str
    middle: str
    surname: str
    born: date
    phone: str
    home: Place
    household: int

    @property
    def full(self) -> str:
        return f"{self.given} {self.surname}"


class People:
    """Everybody in a county, whether or not they ever meet the law."""

    def __init__(self, chance: Chance, habits: Habits, town: Town, count: int) -> None:
        self._chance = chance
        self._names = Weighted(
            given_names(chance, habits.givens),
            habits.given_steepness,
        )
        self._surnames = Weighted(
            surnames(chance, habits.surnames),
            habits.surname_steepness,
        )
        self._area = chance.pick(("505", "575", "555"))
        self._born = date(habits.first_year - 16, 1, 1)
        self.everybody: list[Person] = []
        self.households: list[list[Person]] = []
        self._by_surname: dict[str, list[Person]] = {}
        while len(self.everybody) < count:
            self._add_household(town, habits.household)
        chance.shuffle(self.everybody)
        self._often = Weighted(self.everybody, habits.repeaters)

    def _add_household(self, town: Town, size: float) -> None:
        c = self._chance
        home, surname, phone = town.place(c), self.surname(), self.phone()
        if c.happens(0.06):
            surname = f"{surname}-{self.surname()}"
        household = []
        for _ in range(1 + c.few(size - 1, 5)):
            own = c.happens(0.2)
            person = Person(
                given=self.given(),
                middle=self.given() if c.happens(0.7) else "",
                surname=self.surname() if own else surname,
                born=self._born - timedelta(days=int(c.triangular(0, 365 * 55, 365 * 12))),
                phone=phone if c.happens(0.25) else self.phone(),
                home=home,
                household=len(self.households),
            )
            household.append(person)
            self._by_surname.setdefault(person.surname, []).append(person)
        self.households.append(household)
        self.everybody.extend(household)

    def given(self) -> str:
        return self._names.pick(self._chance)

    def surname(self) -> str:
        return self._surnames.pick(self._chance)

    def phone(self) -> str:
        return self._area + self._chance.pick(("555", "542", "318", "727")) + self._chance.digits(4)

    def anyone(self) -> Person:
        return self._chance.pick(self.everybody)

    def offender(self) -> Person:
        """Somebody, and some people more often than others."""
        return self._often.pick(self._chance)

    def relative(self, person: Person) -> Person | None:
        others = [one for one in self.households[person.household] if one is not person]
        return self._chance.pick(others) if others else None

    def namesake(self, person: Person) -> Person | None:
        """Somebody else of that surname, from another house."""
        same = self._by_surname[person.surname]
        others = [one for one in same if one.household != person.household]
        return self._chance.pick(others) if others else None


def write_name(
    chance: Chance, person: Person, forms: tuple[float, ...], errors: float, *, shouts: bool = False
) -> str:
    """The name as somebody writes it; `forms` are the weights of the ways to."""
    form = chance.choices(range(len(forms)), forms)[0]
    given, surname, middle = person.given, person.surname, person.middle
    if chance.happens(errors):
        surname = misspell(chance, surname)
    if chance.happens(errors):
        given = misspell(chance, given)
    if "-" in surname and chance.happens(0.3):
        surname = surname.split("-")[chance.whole(0, 1)]
    nick = chance.pick(NICKNAMES[person.given]) if person.given in NICKNAMES else given
    initial = f" {middle[0]}." if middle else ""
    text = (
        f"{given} {surname}",
        f"{given}{initial} {surname}",
        f"{surname.upper()}, {given.upper()}",
        f"{surname}, {given}{initial}",
        f"{given[0]}. {surname}",
        f"{nick} {surname}",
        f"{surname} {given}",
        f"{given} {middle} {surname}".replace("  ", " "),
    )[form]
    return text.upper() if shouts else text


def write_phone(chance: Chance, phone: str, form: int, *, sure: float = 0.8) -> str:
    if not chance.happens(sure):
        form = chance.whole(0, 3)
    area, office, line = phone[:3], phone[3:6], phone[6:]
    return (
        f"{area}-{office}-{line}",
        f"({area}) {office}-{line}",
        f"{office}-{line}",
        f"{area}.{office}.{line}",
    )[form]
