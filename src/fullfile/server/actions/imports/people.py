"""Who a row means by a defendant's name: the defendants of a case, from the record and this command.

A defendant has one key in a case: the key of the name, or, for a second
person of that name, the name and the party_id (docs of the entry's data). Rows
of another source about one person are another account of the same person;
party ids tell persons apart only within one source, since each system
counts its own.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fullfile.core.ids import key

__all__ = ["Ambiguous", "Defendants", "Person"]


@dataclass(frozen=True, slots=True)
class Person:
    """One account of a defendant.

    Attributes:
        key: of the defendant in the case.
        name: as recorded first.
        party_id: in the source's own counting; may be empty.
        born: the date of birth, as said.
        source: whose account it is.
    """

    key: str
    name: str
    party_id: str
    born: str
    source: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several defendants of one name: the ids that tell them apart."""

    party_ids: tuple[str, ...]


class Defendants:
    """The defendants of one case."""

    __slots__ = ("_found", "_persons")

    def __init__(self) -> None:
        self._persons: list[Person] = []
        self._found: dict[str, Person | Ambiguous | None] = {}

    def add_recorded(self, data: Mapping[str, Any], source: str) -> None:
        """Take in a party's row from the record; an erased one has no name left."""
        name = str(data.get("name", ""))
        known_as = str(data.get("defendant_key") or key(name))
        self._add(known_as, name, data, source)

    def admit(self, data: Mapping[str, Any], source: str) -> str:
        """The key of the defendant whom a party's row tells of, taken in if new."""
        name, party_id = key(data["name"]), key(data.get("party_id", ""))
        same_name = [person for person in self._persons if key(person.name) == name]
        known_as = self._key_of(data, source, same_name)
        if not any(
            person.key == known_as and key(person.party_id) == party_id and person.source == source
            for person in same_name
        ):
            self._add(known_as, data["name"], data, source)
        return known_as

    def find(self, said: str) -> Person | Ambiguous | None:
        """The defendant whom a row names, by party_id or by name."""
        try:
            return self._found[said]
        except KeyError:
            found = self._found[said] = self._find(key(said))
            return found

    def near(self, said: str) -> list[str]:
        """The names nearest to one that is no defendant's; all of them where none is near."""
        names = {key(person.name): person.name for person in self._persons if person.name}
        near = difflib.get_close_matches(key(said), list(names), n=3, cutoff=0.4)
        return [names[one] for one in near] or list(names.values())[:5]

    def _key_of(self, data: Mapping[str, Any], source: str, same_name: list[Person]) -> str:
        name, party_id = key(data["name"]), key(data.get("party_id", ""))
        for person in same_name:
            if party_id and key(person.party_id) == party_id:
                return person.key
        mine = [person for person in same_name if person.source == source]
        for person in mine:
            if person.born == data.get("date_of_birth", "") or not (party_id and person.party_id):
                return person.key
        keys = list(dict.fromkeys(person.key for person in same_name))
        if not keys:
            return name
        if (mine or len(keys) > 1) and party_id:
            return f"{name}#{party_id}"
        return keys[0]

    def _add(self, known_as: str, name: str, data: Mapping[str, Any], source: str) -> None:
        spelled = next(
            (one.name for one in self._persons if one.key == known_as and one.name), name
        )
        self._persons.append(
            Person(
                known_as,
                spelled,
                str(data.get("party_id", "")),
                str(data.get("date_of_birth", "")),
                source,
            )
        )
        self._found.clear()

    def _find(self, norm: str) -> Person | Ambiguous | None:
        by_id = {
            one.key: one for one in reversed(self._persons) if norm and key(one.party_id) == norm
        }
        if len(by_id) == 1:
            return next(iter(by_id.values()))
        named = {one.key: one for one in reversed(self._persons) if key(one.name) == norm}
        if len(named) == 1:
            return next(iter(named.values()))
        if named:
            ids = [one.party_id for one in self._persons if one.key in named and one.party_id]
            return Ambiguous(tuple(dict.fromkeys(ids)))
        return None
