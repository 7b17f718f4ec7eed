"""Reads the words of made-up counties from `words/`. They belong to this package alone.

The model that is measured here must not share a table with it: a nickname that
both knew from one list would flatter the model.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Offence", "Thing", "Wordbook", "wordbook"]


@dataclass(frozen=True, slots=True)
class Thing:
    """A class of things, in three ways of speaking."""

    id: str
    group: str
    kind: str
    category: str
    words: tuple[str, ...]
    short: tuple[str, ...]
    story: tuple[str, ...]
    makers: tuple[str, ...]
    models: tuple[str, ...]
    details: tuple[str, ...]
    colours: tuple[str, ...]
    serial: str
    many: bool


@dataclass(frozen=True, slots=True)
class Offence:
    """What a case is about, and what is usually collected in it."""

    id: str
    offense: str
    grade: str
    weight: int
    things: tuple[Thing, ...]
    taken: tuple[Thing, ...]
    summaries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wordbook:
    """All words."""

    given: dict[str, tuple[str, ...]]
    surname_starts: tuple[str, ...]
    surname_ends: tuple[str, ...]
    first_of_two: tuple[str, ...]
    short_ranks: tuple[str, ...]
    long_ranks: tuple[str, ...]
    towns: tuple[str, ...]
    street_starts: tuple[str, ...]
    street_kinds: tuple[tuple[str, str], ...]
    named_places: tuple[str, ...]
    around: tuple[str, ...]
    inside: tuple[str, ...]
    things: dict[str, Thing]
    abbreviations: dict[str, str]
    offences: tuple[Offence, ...]
    requests: dict[str, tuple[str, ...]]
    notes: dict[str, tuple[str, ...]]
    relations: tuple[str, ...]
    mention_endings: tuple[str, ...]
    titles: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:  # TOML of the file's own shape
    text = files("fullfile.engines.counties.words").joinpath(name).read_text("utf-8")
    return tomllib.loads(text)


@cache
def wordbook() -> Wordbook:
    """The words, read once."""
    names, places, stories = _read("names.toml"), _read("places.toml"), _read("stories.toml")
    sheet = _read("things.toml")
    things = {
        one["id"]: Thing(
            id=one["id"],
            group=one["group"],
            kind=one.get("kind", "object"),
            category=one["category"],
            serial=one["serial"],
            many=one.get("many", False),
            **{
                part: tuple(one[part])
                for part in ("words", "short", "story", "makers", "models", "details", "colours")
            },
        )
        for one in sheet["thing"]
    }
    return Wordbook(
        given={name: tuple(called) for name, called in names["given"].items()},
        surname_starts=tuple(names["surname"]["starts"]),
        surname_ends=tuple(names["surname"]["ends"]),
        first_of_two=tuple(names["surname"]["first_of_two"]),
        short_ranks=tuple(names["ranks"]["short"]),
        long_ranks=tuple(names["ranks"]["long"]),
        towns=tuple(places["towns"]),
        street_starts=tuple(places["starts"]),
        street_kinds=tuple((long, short) for long, short in places["kinds"]),
        named_places=tuple(places["named"]),
        around=tuple(places["around"]),
        inside=tuple(places["inside"]),
        things=things,
        abbreviations=sheet["abbreviations"],
        offences=tuple(
            Offence(
                id=one["id"],
                offense=one["offense"],
                grade=one["grade"],
                weight=one["weight"],
                things=tuple(things[name] for name in one["things"]),
                taken=tuple(things[name] for name in one["taken"]),
                summaries=tuple(one["summaries"]),
            )
            for one in stories["offence"]
        ),
        requests={group: tuple(asked) for group, asked in stories["requests"].items()},
        notes={kind: tuple(said) for kind, said in stories["notes"].items()},
        relations=tuple(stories["words"]["relations"]),
        mention_endings=tuple(stories["words"]["mention_ending"]),
        titles=tuple(stories["words"]["titles"]),
    )
