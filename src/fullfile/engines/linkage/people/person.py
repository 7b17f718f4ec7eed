"""One person record, parsed, and the keys under which it is looked up."""

from __future__ import annotations

from typing import Any, NamedTuple

from fullfile.engines.linkage.people.contacts import parse_address, parse_born, parse_phone
from fullfile.engines.linkage.people.folding import form, sound, sounds_of
from fullfile.engines.linkage.people.givens import first_letters, full_names
from fullfile.engines.linkage.people.names import Name, parse_name

__all__ = ["RULES", "Person", "blocking_keys", "name_columns", "parse_person"]

RULES = {
    "n": "the same name",
    "d": "the same surname and year of birth",
    "b": "the same date of birth and initial",
    "p": "the same telephone",
    "s": "the same address and surname",
    "a": "the same address",
    "i": "the same surname and initial",
    "h": "a surname that sounds alike and a given name or nickname",
    "g": "the same badge",
    "o": "the same surname at one agency",
}
"""The blocking rules by the letter with which their keys begin."""


class Person(NamedTuple):
    """A person record as it is compared. None: not known.

    Attributes:
        record: its number.
        kind: `civil` or `officer`.
        text: the whole name, folded, titles removed, in the order given, middle, surname, suffix.
        surname: without spaces in particles (`delacruz`); a name of one word as `=word`.
        surname_form, given_form: one byte for each letter, to be measured; None where nothing is
            to be called similar.
        surname_first, surname_last: the parts of a doubled surname, or the one without particles.
        sound: how the surname sounds.
        given, initial, middle, middle_initial, suffix, badge: parts of the name.
        initials: the letters that can stand for the given name, those of its full names among them.
        nicks: numbers of the full names that the given name is, or can be short for.
        born, month, year: YYYY-MM-DD, YYYY-MM, YYYY as far as known.
        phone: at most the last ten digits.
        address: number and street, units removed; address_form as surname_form.
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
    initials: str | None
    middle: str | None
    middle_initial: str | None
    nicks: tuple[int, ...] | None
    suffix: str | None
    badge: str | None
    born: str | None
    month: str | None
    year: str | None
    phone: str | None
    address: str | None
    address_form: str | None
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
    """Parse one person record, as the bulk run does.

    Args:
        record: its number.
        name: as written, like all that follows; empty: not known.
        kind: `civil` or `officer`.
        agency: key of an officer's agency.
        date_of_birth: YYYY-MM-DD, YYYY-MM or YYYY.
        phone: in any form.
        address: in any form.
    """
    officer = kind == "officer"
    parsed = name_columns(parse_name(name, officer=officer))
    born, month, year = parse_born(date_of_birth) if date_of_birth else (None, None, None)
    place = parse_address(address)
    return Person._make(
        (
            record,
            kind,
            *parsed,
            born,
            month,
            year,
            parse_phone(phone) if phone else None,
            place,
            place if place is not None and place.isascii() else None,
            (agency or None) if officer else None,
        )
    )


_NO_NAME: tuple[None, ...] = (None,) * 15


# `Any`: the columns differ in type, and Person says which.
def name_columns(name: Name | None) -> tuple[Any, ...]:
    """What a name gives to the columns of a person, from `text` to `badge`."""
    if name is None:
        return _NO_NAME
    if name.word:
        return (name.text, "=" + name.text, *_NO_NAME[2:14], name.badge)
    surname = "-".join(name.surnames)
    doubled = len(name.surnames) > 1 or name.cores != name.surnames
    nicks = full_names(name.given) if name.given else ()
    if name.known_as:
        nicks = tuple(sorted({*nicks, *full_names(name.known_as.split()[0])}))
    return (
        name.text,
        surname,
        form(surname),
        name.cores[0] if doubled else None,
        name.cores[-1] if doubled else None,
        sound(name.surnames[-1]),
        name.given,
        form(name.given) if name.given else None,
        name.initial,
        first_letters(name.given) if name.given else name.initial,
        name.middle,
        name.middle_initial,
        nicks or None,
        name.suffix,
        name.badge,
    )


def blocking_keys(person: Person) -> list[str]:
    """The keys of a person: two records are compared when they share one that is not crowded.

    The first letter names the rule (`RULES`), the second the kind. Swapped names meet under keys
    in which given name and surname stand in alphabetical order.
    """
    k = person.kind[:1]
    keys = []
    surname, given, initial = person.surname, person.given, person.initial
    if surname is not None:
        tokens = surname if given is None else "|".join(sorted((surname, given)))
        keys.append(f"n{k}:{tokens if given else person.text}")
        if given or initial:
            letters = person.initials or ""
            keys.extend(f"i{k}:{surname}|{letter}" for letter in letters[:3])
            if person.surname_first is not None:
                parts = {person.surname_first, person.surname_last} - {surname}
                keys.extend(f"i{k}:{part}|{initial}" for part in sorted(map(str, parts)))
        if person.agency:
            keys.append(f"o{k}:{surname}|{person.agency}")
        if person.year:
            keys.append(f"d{k}:{surname}|{person.year}")
        if person.address:
            keys.append(f"s{k}:{surname}|{person.address}")
        if person.sound:
            sounds = sounds_of(person.sound)
            alike = person.nicks or ((given,) if given else ())
            keys.extend(f"h{k}:{sounds}|{one}" for one in alike[:6])
    if person.born and initial:
        keys.append(f"b{k}:{person.born}|{initial}")
    if person.phone:
        keys.append(f"p{k}:{person.phone[-7:]}")
    if person.address:
        keys.append(f"a{k}:{person.address}")
    if person.badge:
        keys.append(f"g{k}:{person.badge}|{person.agency or ''}")
    return keys
