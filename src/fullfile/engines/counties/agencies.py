"""The agencies of a made-up county: their officers, their clerks, their numbers and their ways of writing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, pairwise

from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.people import People
from fullfile.engines.counties.wordbook import wordbook

__all__ = ["Agency", "Officer", "make_agencies", "mistyped_number"]


@dataclass(frozen=True, slots=True, eq=False)
class Officer:
    """An officer or a clerk, written in the ways that forms ask for."""

    given: str
    surname: str
    rank: str
    long_rank: str
    badge: str

    @property
    def full(self) -> str:
        """The name as a court has it."""
        return f"{self.given} {self.surname}"

    def signed(self, chance: Chance, style: int) -> str:
        """The name on a property sheet: most follow the form of the house, some do not."""
        if chance.happens(0.15):
            style = chance.below(5)
        if style == 0:
            return f"{self.rank} {self.surname}"
        if style == 1:
            return f"{self.given[0]}. {self.surname} #{self.badge}"
        if style == 2:
            return f"{self.surname} {self.given[0]}".upper()
        if style == 3:
            return f"{self.surname}, {self.given}"
        return f"{self.long_rank} {self.given} {self.surname}"


@dataclass(slots=True, eq=False)
class Agency:
    """One agency and its habits.

    Attributes:
        numbers: which form its report numbers have.
        tags: which form its tags have; 2 builds them on the report number.
        capitals: it writes in capitals.
        names: how it writes names (`people.written`).
        signs: how its officers sign (`Officer.signed`).
        short: how often it uses the short words.
        volume: how many report numbers it gives out in a year.
    """

    name: str
    kind: str
    side: str
    prefix: str
    also: str = ""
    numbers: int = 0
    tags: int = 0
    capitals: bool = False
    names: str = "plain"
    signs: int = 0
    short: float = 0.3
    hours: bool = False
    volume: int = 1000
    officers: list[Officer] = field(default_factory=list)
    clerks: list[Officer] = field(default_factory=list)
    _weights: list[float] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)
    _next: dict[str, int] = field(default_factory=dict)

    def officer(self, chance: Chance) -> Officer:
        """One of its officers; a few do most of the work."""
        if not self._weights:
            self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.officers))))
        return chance.choices(self.officers, cum_weights=self._weights)[0]

    def fresh_number(self, chance: Chance, day: int) -> str:
        """A report number that was given out on that day, and to nothing else."""
        on = date.fromordinal(day)
        serial = int(on.timetuple().tm_yday / 367 * self.volume) + chance.below(3)
        while (number := self._form(on, serial)) in self._used:
            serial += 1 + chance.below(4)
        self._used.add(number)
        return number

    def next_in(self, number: str) -> int:
        """The next sequence under a report number."""
        found = self._next.get(number, 0) + 1
        self._next[number] = found
        return found

    def _form(self, on: date, serial: int) -> str:
        year, short = on.year, on.year % 100
        if self.numbers == 0:
            return f"{short:02d}-{serial:06d}"
        if self.numbers == 1:
            return f"{year}-{serial:08d}"
        if self.numbers == 2:
            return f"{self.prefix}{short:02d}-{serial:05d}"
        if self.numbers == 3:
            return f"{self.prefix}-{year}-{serial:06d}"
        if self.numbers == 4:
            return f"{short:02d}{on.month:02d}{on.day:02d}-{serial % 1000:03d}{serial // 1000}"
        return f"{self.prefix}{year}{serial:06d}"


_KNOWN = (
    # name, kind, prefix, also called, share of the cases
    ("{t0} County Sheriff", "sheriff", "SO", "{t0} SO;County Sheriff", 30),
    ("{t0} Police Department", "police", "PD", "{t0} PD", 28),
    ("{t1} Police Department", "police", "FP", "{t1} PD", 15),
    ("{t2} Marshal", "police", "CM", "", 8),
    ("State Police District 9", "state police", "SP", "NMSP D9", 10),
    ("County Narcotics Task Force", "police", "TF", "NTF", 9),
    ("Regional Crime Laboratory", "laboratory", "L", "Crime Lab", 0),
    ("Office of the Medical Examiner", "medical examiner", "ME", "OME", 0),
    ("Neighbour County Sheriff", "sheriff", "NC", "", 0),
    ("Pueblo Gate Police", "police", "PG", "", 0),
)


def make_agencies(
    chance: Chance, noise: Noise, people: People, *, cases: int, items: int
) -> tuple[list[Agency], list[int]]:
    """The agencies that hold things, and the share of the cases that each brings."""
    book = wordbook()
    towns = [*book.towns]
    chance.shuffle(towns)
    forms = [0, 1, 2, 3, 4, 5, 0, 3, 2, 5]
    chance.shuffle(forms)
    yearly = (cases * 2 + items * (noise.orphans + noise.unrelated)) / 8
    found: list[Agency] = []
    for (name, kind, prefix, also, share), form in zip(_KNOWN, forms, strict=True):
        t0, t1, t2 = towns[:3]
        agency = Agency(
            name=name.format(t0=t0, t1=t1, t2=t2),
            kind=kind,
            side="state",
            prefix=prefix,
            also=also.format(t0=t0, t1=t1),
            numbers=form,
            tags=chance.below(3),
            capitals=chance.happens(noise.capitals),
            names=chance.one(("plain", "list", "caps")),
            signs=chance.below(5),
            short=min(1.0, noise.short * (0.4 + 1.2 * chance.random())),
            hours=chance.happens(0.5),
            volume=max(400, int(yearly * 3 * max(share, 10) / 100)),
        )
        size = max(5, int(cases * noise.officers * max(share, 8) / 10_000))
        agency.officers = [_officer(chance, people) for _ in range(size)]
        agency.clerks = [_officer(chance, people) for _ in range(1 + chance.below(3))]
        found.append(agency)
    return found, [share for *_, share in _KNOWN]


def _officer(chance: Chance, people: People) -> Officer:
    book = wordbook()
    rank = chance.below(len(book.short_ranks))
    given = chance.one(tuple(book.given))
    return Officer(
        given,
        people.surname(),
        book.short_ranks[rank],
        book.long_ranks[rank],
        chance.pattern("####"),
    )


def mistyped_number(chance: Chance, number: str) -> str:
    """A report number with one slip: digits swapped, one wrong, another year, a zero or a prefix more or less."""
    places = [at for at, mark in enumerate(number) if mark.isdigit()]
    how = chance.random()
    at = chance.one(places)
    if how < 0.35:
        pairs = [
            one for one, two in pairwise(places) if two == one + 1 and number[one] != number[two]
        ]
        if pairs:
            at = chance.one(pairs)
            return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if how < 0.6:
        return number[:at] + str((int(number[at]) + 1 + chance.below(9)) % 10) + number[at + 1 :]
    if how < 0.75:  # the last digit of the year, which stands in the first run of digits
        first = places[0]
        run = (
            1 if not number[first : first + 4].isdigit() or number[first : first + 2] != "20" else 3
        )
        at = first + run
        if number[at].isdigit():
            step = chance.one((-1, 1))
            return number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
    if how < 0.9:
        zeros = [at for at in places if number[at] == "0"]
        if zeros and chance.happens(0.6):
            at = chance.one(zeros)
            return number[:at] + number[at + 1 :]
        return f"{number[:at]}0{number[at:]}"
    letters = sum(1 for mark in number if mark.isalpha())
    if letters:
        return "".join(mark for mark in number if not mark.isalpha()).lstrip("-")
    return number.replace("-", "", 1) if "-" in number and chance.happens(0.5) else f"CR{number}"
