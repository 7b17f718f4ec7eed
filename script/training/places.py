"""Streets, houses and corners, and the ways an address gets written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from training.chance import Chance, Weighted
from training.words import words

__all__ = ["Place", "Town", "write_place"]

_STREETS = words("""
Juniper Mesa Cedar Piedra Willow Aspen Canyon Sage Cottonwood Ridge Prairie Orchard Mission Plaza
Railroad Depot Church School Mill Quarry Ranch Sunset Sunrise Meadow Lark Falcon Quail Coyote Antelope
Bison Elk Badger Heron Sparrow Copper Silver Turquoise Flint Granite Marble Obsidian Amber Garnet Opal
First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Center Main Market Commerce Foundry
Harbor Lake River Spring Creek Arroyo Loma Vista Alameda Camino Cielo Luna Estrella Rosa Paloma Encino
Sandoz Bexley Corvin Dalby Elmore Fenner Galt Hadley Irwin Jarrow Keller Lomax Merrit Nolan Ormond
Pruitt Quincy Radley Sutter Tilden Upton Varney Wexler Yates Zenith Union Liberty Pioneer Frontier
""")
_KINDS = (
    ("St", "Street"),
    ("Ave", "Avenue"),
    ("Rd", "Road"),
    ("Dr", "Drive"),
    ("Blvd", "Boulevard"),
    ("Ln", "Lane"),
    ("Ct", "Court"),
    ("Way", "Way"),
)
_TOWNS = [
    "Pinewell",
    "Arroyo Verde",
    "Halmond",
    "Sandrock",
    "Vistalta",
    "Corbin Flats",
    "Tres Lomas",
    "Mirador",
]
_SHOPS = words(
    """
Quick-Stop|Dollar Barn|Rio Fuel|Mesa Pharmacy|Corner Liquor|Bargain Depot|Sunset Motel|Cactus Inn|
Lone Pine Bar|City Park|Public Library|Bus Station|Truck Plaza|Self Storage|Laundromat|High School|
Community Center|Feed Store|Hardware Supply|Farm Market|Blue Door Tavern|Trailer Park|Car Wash|Gym
""",
    "|",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A house on a street, with what else is known of it."""

    house: int
    street: str
    kind: int
    town: str
    unit: str = ""
    shop: str = ""
    corner: str = ""


class Town:
    """The streets of a county."""

    def __init__(self, chance: Chance, streets: int, steepness: float) -> None:
        every = [
            (f"{way}{name}", kind)
            for name in _STREETS
            for way in ("", "", "N ", "S ")
            for kind in range(len(_KINDS))
        ]
        self._streets = Weighted(chance.some(every, streets), steepness)
        self._towns = Weighted(chance.some(_TOWNS, chance.whole(2, 6)), 0.8)
        self._most = int(chance.spread(900, 9000))

    def place(self, chance: Chance) -> Place:
        street, kind = self._streets.pick(chance)
        house = chance.whole(100, self._most)
        unit = f"{chance.pick(('Apt', 'Unit', '#', 'Spc'))} {chance.whole(1, 60)}"
        flat = unit if chance.happens(0.2) else ""
        return Place(house, street, kind, self._towns.pick(chance), flat)

    def scene(self, chance: Chance) -> Place:
        """Where something happens away from a home."""
        place = replace(self.place(chance), unit="")
        if chance.happens(0.35):
            return replace(place, shop=chance.pick(_SHOPS))
        if chance.happens(0.4):
            street, kind = self._streets.pick(chance)
            return replace(place, corner=f"{street} {_KINDS[kind][0]}")
        return place

    def near(self, chance: Chance, place: Place) -> Place:
        """A few doors down the street."""
        house = max(1, place.house + chance.pick((-20, -12, -8, -4, -2, 2, 4, 6, 10, 16)))
        return replace(place, house=house, unit="", shop="", corner="")


def write_place(chance: Chance, place: Place, form: int, *, sure: float = 0.85) -> str:
    """As somebody writes it down: mostly in the form of the agency, sometimes not."""
    if not chance.happens(sure):
        form = chance.whole(0, 5)
    short, long = _KINDS[place.kind]
    if place.corner and form != 5:
        joint = chance.pick((" / ", " & ", " and ", " at "))
        return f"{place.street} {short}{joint}{place.corner}"
    unit = f" {place.unit}" if place.unit and chance.happens(0.8) else ""
    line = (
        f"{place.house} {place.street} {short}{unit}",
        f"{place.house} {place.street} {long}{unit}, {place.town}",
        f"{place.house} {place.street} {short}{unit}, {place.town}".upper(),
        f"{place.house} {place.street}{unit}",
        f"{place.house // 100 * 100} block of {place.street} {short}",
        f"{place.street} {long}",
    )[form]
    if place.shop and chance.happens(0.7):
        return f"{place.shop}, {line}" if chance.happens(0.6) else place.shop
    return line
