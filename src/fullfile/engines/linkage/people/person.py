"""One person record, parsed, and the keys under which it is looked up."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Person", "blocking_keys", "parse_person"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person record as it is compared. None: not known.

    Attributes:
        record: its number.
        kind: `civil` or `officer`.
        text: the whole name, folded, titles removed, in the order given, middle, surname, suffix.
        surname: without spaces in particles (`delacruz`); a name of one word as `=word`.
        given, initial, middle, suffix, badge: parts of the name.
        nicks: numbers of the given names that it is or can be short for.
        sound: how the surname sounds.
        born, month, year: YYYY-MM-DD, YYYY-MM, YYYY as far as known.
        phone: at most the last ten digits.
        address: number and street, units removed.
        agency: of an officer.
    """

    record: int
    kind: str
    text: str | None
    surname: str | None
    surname_form: str | None
    surname_first: str | None
    surname_last: str | None
    sound: str | None
    given: str | None
    given_form: str | None
    initial: str | None
    middle: str | None
    nicks: tuple[int, ...] | None
    suffix: str | None
    badge: str | None
    born: str | None
    month: str | None
    year: str | None
    phone: str | None
    address: str | None
    agency: str | None


def parse_person(
    record: int,
    *,
    name: str,
    kind: str = "civil",
    agency: str = "",
    date_of_birth: str = "",
    phone: str = "",
    address: str = "",
) -> Person:
    """Parse one person record, as the bulk run does."""
    raise NotImplementedError


def blocking_keys(person: Person) -> list[str]:
    """The keys of a person: two records are compared when they share one that is not crowded."""
    raise NotImplementedError
