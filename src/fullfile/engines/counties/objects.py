"""One thing, and the ways it is described: on a sheet, in a hurry, and by somebody who tells a story."""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.wordbook import Thing, wordbook

__all__ = ["Object", "described", "make_object", "told"]


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """A thing of a class, with what tells it from others."""

    thing: Thing
    maker: str
    model: str
    detail: str
    colour: str
    serial: str
    amount: int


def make_object(chance: Chance, thing: Thing) -> Object:
    """One of that class."""
    return Object(
        thing=thing,
        maker=chance.one(thing.makers) if thing.makers and chance.happens(0.75) else "",
        model=chance.one(thing.models) if thing.models and chance.happens(0.7) else "",
        detail=chance.one(thing.details) if chance.happens(0.8) else "",
        colour=chance.one(thing.colours) if thing.colours and chance.happens(0.8) else "",
        serial=chance.pattern(thing.serial) if thing.serial and chance.happens(0.85) else "",
        amount=2 + chance.below(30) if thing.many else 1,
    )


def described(
    chance: Chance, noise: Noise, one: Object, *, short: bool, story: bool, capitals: bool
) -> str:
    """The description on a property sheet."""
    thing = one.thing
    if story:
        parts = [one.colour if chance.happens(0.5) else "", chance.one(thing.story)]
        parts.append(f"({one.detail})" if one.detail and chance.happens(0.3) else "")
    elif short:
        colour = wordbook().abbreviations.get(one.colour, one.colour)
        parts = [colour if chance.happens(0.5) else "", chance.one(thing.short)]
        parts.append(one.maker if chance.happens(0.25) else "")
    else:
        noun = chance.one(thing.words)
        rest = [
            part
            for part, share in (
                (one.colour, 0.7),
                (one.maker, 0.75),
                (one.model, 0.6),
                (one.detail, 0.7),
            )
            if part and chance.happens(share)
        ]
        if chance.happens(0.5):
            parts = [f"{noun}," if rest else noun, ", ".join(rest)]
        else:
            parts = [*rest, noun]
    if one.amount > 1 and chance.happens(0.5):
        parts.insert(0, f"({one.amount})")
    words = [part for part in parts if part]
    if chance.happens(noise.typos):
        at = chance.below(len(words))
        words[at] = chance.slip(words[at])
    text = " ".join(words)
    return text.upper() if capitals else text[0].upper() + text[1:]


def told(chance: Chance, one: Object) -> str:
    """The thing as somebody tells of it: in a summary, a report, a request."""
    noun = chance.one(one.thing.story) if chance.happens(0.6) else chance.one(one.thing.words)
    before = [
        part
        for part, share in ((one.colour, 0.5), (one.maker, 0.35))
        if part and chance.happens(share)
    ]
    text = " ".join([*before, noun])
    if one.serial and chance.happens(0.15):
        text += f" no. {one.serial}"
    elif one.detail and chance.happens(0.25):
        text += f", {one.detail}"
    return text
