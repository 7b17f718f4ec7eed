"""Where things happen in a made-up county, and how people write that down."""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.wordbook import wordbook

__all__ = ["Place", "Places", "located"]


@dataclass(frozen=True, slots=True)
class Place:
    """A house on a street, or a place that has a name of its own (`named`)."""

    number: int
    street: str
    kind: str
    short_kind: str
    town: str
    named: str = ""

    @property
    def full(self) -> str:
        """The address, or the name and the town."""
        if self.named:
            return f"{self.named}, {self.town}"
        return f"{self.number} {self.street} {self.kind}, {self.town}"


class Places:
    """The streets and the named places of one county."""

    def __init__(self, chance: Chance, noise: Noise) -> None:
        book = wordbook()
        self._chance = chance
        towns = list(book.towns[: noise.towns])
        streets = [(start, *kind) for start in book.street_starts for kind in book.street_kinds]
        chance.shuffle(streets)
        self._streets = [(*street, chance.one(towns)) for street in streets[: noise.streets]]
        self._named = [(name, chance.one(towns)) for name in book.named_places]

    def home(self) -> Place:
        """Where somebody lives."""
        street, kind, short, town = self._chance.one(self._streets)
        return Place(100 + self._chance.below(4800), street, kind, short, town)

    def scene(self) -> Place:
        """Where something happened, when it was not at somebody's home."""
        if self._chance.happens(0.4):
            name, town = self._chance.one(self._named)
            return Place(0, "", "", "", town, name)
        return self.home()

    def near(self, place: Place) -> Place:
        """A few doors away; a named place has no doors."""
        if place.named:
            return place
        number = max(1, place.number + self._chance.one((-8, -4, -2, 2, 4, 6, 10, 14)))
        return Place(number, place.street, place.kind, place.short_kind, place.town)

    def along(self, place: Place) -> Place:
        """Somewhere on the same street."""
        if place.named:
            return place
        number = 100 + self._chance.below(4800)
        return Place(number, place.street, place.kind, place.short_kind, place.town)


def located(place: Place, chance: Chance, noise: Noise, *, capitals: bool) -> str:
    """A place as somebody wrote it down: abbreviated, without the town, by the block."""
    if place.named:
        text = place.named if chance.happens(0.6) else f"{place.named}, {place.town}"
    else:
        kind = place.short_kind if chance.happens(0.65) else place.kind
        how = chance.random()
        if how < 0.72:
            number = f"{place.number} "
        elif how < 0.86:
            number = f"{place.number // 100 * 100} block "
        else:
            number = ""
        text = f"{number}{place.street} {kind}"
        if chance.happens(0.35):
            text += f", {place.town}"
    if chance.happens(noise.typos):
        text = chance.slip(text)
    return text.upper() if capitals else text
