"""The agencies of a county and their officers, each with a way of writing."""

from __future__ import annotations

from dataclasses import dataclass, field

from training.chance import Chance, Weighted
from training.habits import Habits, Style, draw_style
from training.numbers import Numbering, Tags
from training.people import People, Person
from training.things import CLASSES, Sort

__all__ = ["Agency", "Officer", "draw_agencies"]

_POLICE = (
    ("{town} Police Department", "police", "PD"),
    ("{town} Police", "police", "P"),
    ("State Police District {n}", "police", "SP"),
    ("University Police", "police", "UP"),
    ("{town} Marshal", "police", "M"),
    ("Tribal Police", "police", "TP"),
    ("Game and Range Rangers", "police", "GR"),
    ("Regional Narcotics Task Force", "police", "NTF"),
)
_TOWNS = ("Pinewell", "Halmond", "Sandrock", "Vistalta", "Corbin", "Mirador", "Lomas", "Eastfall")
_RANKS = ("Ofc.", "Det.", "Sgt.", "Dep.", "Cpl.", "Agent", "Lt.", "Inv.")


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of an agency."""

    person: Person
    rank: str
    badge: int

    def written(self, form: int) -> str:
        given, surname = self.person.given, self.person.surname
        return (
            f"{self.rank} {given[0]}. {surname}",
            f"{surname}, {given}",
            f"{given} {surname}",
            f"{given[0]}. {surname} #{self.badge}",
            f"{surname.upper()} {given[0]}",
        )[form]


@dataclass(slots=True)
class Agency:
    """One agency: its counters, its officers and its own word for each class of things."""

    name: str
    kind: str
    prefix: str
    also: str
    style: Style
    numbering: Numbering
    tags: Tags
    officers: Weighted[Officer]
    keepers: list[str]
    words: dict[str, str]
    used_tags: set[str] = field(default_factory=set)

    def word(self, chance: Chance, sort: Sort) -> str:
        own = chance.happens(self.style.own_words)
        return self.words[sort.key] if own else chance.pick(sort.words)


def draw_agencies(
    chance: Chance, habits: Habits, people: People
) -> tuple[list[Agency], Agency, Agency]:
    """The police, busiest first; the laboratory; and the prosecutor's own investigators."""
    towns = chance.some(_TOWNS, len(_TOWNS))
    kinds = chance.some(_POLICE, habits.police - 1)
    named = [
        (
            shape.format(town=town, n=chance.whole(1, 11)),
            kind,
            (town[0] if "{town}" in shape else "") + end,
        )
        for (shape, kind, end), town in zip(kinds, towns, strict=False)
    ]
    # Two short names alike would make every mention of one a question.
    named = list({end: (name, kind, end) for name, kind, end in named}.values())
    sheriff = chance.pick(("County Sheriff", "Sheriff's Office", "Training County Sheriff"))
    named.insert(chance.whole(0, 1), (sheriff, "sheriff", chance.pick(("SO", "CSO", "TCSO"))))
    police = [_draw(chance, people, *one) for one in named]
    laboratory = _draw(chance, people, "State Forensic Laboratory", "laboratory", "FL")
    prosecutor = _draw(chance, people, "District Attorney", "prosecutor", "DA")
    return police, laboratory, prosecutor


def _draw(chance: Chance, people: People, name: str, kind: str, prefix: str) -> Agency:
    count = int(chance.spread(5, 70))
    ranks = chance.some(_RANKS, chance.whole(1, 5))
    staff = [
        Officer(people.anyone(), chance.pick(ranks), chance.whole(100, 999)) for _ in range(count)
    ]
    style = draw_style(chance)
    keepers = [
        Officer(people.anyone(), "Tech.", chance.whole(100, 999)).written(style.officer_form)
        for _ in range(chance.whole(1, 4))
    ]
    return Agency(
        name=name,
        kind=kind,
        prefix=prefix,
        also=f"{prefix};{name.upper()}",
        style=style,
        numbering=Numbering(chance, prefix, chance.spread(2, 60)),
        tags=Tags(chance, prefix),
        officers=Weighted(staff, chance.between(0.2, 1.2)),
        keepers=keepers,
        words={key: chance.pick(sort.words) for key, sort in CLASSES.items()},
    )
