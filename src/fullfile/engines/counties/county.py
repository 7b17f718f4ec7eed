"""Writes a made-up county: the import tables, and beside them the truth that no table tells.

The order: agencies; all cases, so that every listed number is known; the items
of cases, some of them booked astray and filed all the same; the orphans; the
property of nobody. The same seed, size and noise give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fullfile.engines.counties.agencies import Agency, make_agencies
from fullfile.engines.counties.cases import LAST_DAY, Case, Cases, iso
from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import PRESETS, Noise
from fullfile.engines.counties.objects import make_object
from fullfile.engines.counties.orphans import KINDS, Orphans
from fullfile.engines.counties.people import People
from fullfile.engines.counties.places import Places
from fullfile.engines.counties.sheets import Sheet, Sheets
from fullfile.engines.counties.strangers import Strangers
from fullfile.engines.counties.tables import Tables

__all__ = ["County", "write_county"]

_SHARES = {
    "number_typo": 0.2,
    "handed_in_later": 0.25,
    "another_agency": 0.2,
    "another_incident": 0.2,
    "found_nearby": 0.15,
}


@dataclass(frozen=True, slots=True)
class County:
    """What was made."""

    cases: int
    items: int
    orphans: int
    unrelated: int


def write_county(
    directory: Path,
    *,
    seed: int,
    noise: Noise | str = "usual",
    cases: int = 2_000,
    items: int = 27_000,
) -> County:
    """Make a county and write its tables and `truth.csv` into a directory.

    Args:
        directory: is made if it is not there.
        seed: another seed, another county.
        noise: how rough it is, or the name of a preset.
        cases: how many cases.
        items: how many items, orphans and property of nobody among them.
    """
    maker = _Maker(seed, PRESETS[noise] if isinstance(noise, str) else noise, cases, items)
    made = maker.make()
    maker.tables.write(directory)
    return made


class _Maker:
    def __init__(self, seed: int, noise: Noise, cases: int, items: int) -> None:
        self.chance = chance = Chance(seed)
        self.noise, self.wanted_cases, self.wanted_items = noise, cases, items
        self.tables = Tables()
        self.places = Places(chance, noise)
        self.people = People(chance, noise, self.places)
        self.agencies, shares = make_agencies(chance, noise, self.people, cases=cases, items=items)
        self.docket = Cases(chance, noise, self.people, self.places, self.agencies, shares)
        self.sheets = Sheets(chance, noise, self.tables, seed)

    def make(self) -> County:
        chance, noise = self.chance, self.noise
        for agency in self.agencies:
            self.tables.add("agencies", agency.name, agency.kind, agency.side, agency.also)
        self.tables.add("agencies", "District Attorney", "prosecutor", "state", "DA")
        cases = self._cases()
        listed = {
            (agency.name, number.casefold())
            for case in cases
            for agency, number in self.docket.listed(case)
        }
        orphans = Orphans(chance, noise, self.people, self.places, self.agencies, listed)
        strangers = Strangers(chance, noise, self.people, self.places, self.agencies, cases, listed)
        astray = max(len(KINDS), round(self.wanted_items * noise.orphans))
        nobodys = max(2, round(self.wanted_items * noise.unrelated))
        for case, count in zip(
            cases, self._sizes(self.wanted_items - astray - nobodys), strict=True
        ):
            self._items_of(case, count, orphans)
        for at in range(astray):
            self._orphan(_kind(at, astray), cases, orphans)
        for at in range(nobodys):
            tempting = at == 0 or (at > 1 and chance.happens(noise.tempting))
            sheet = strangers.tempting() if tempting else strangers.unrelated()
            self.tables.add(
                "truth", *self.sheets.book(sheet), "", "tempting" if tempting else "unrelated"
            )
        return County(len(cases), len(self.tables.lines["items"]), astray, nobodys)

    def _cases(self) -> list[Case]:
        cases: list[Case] = []
        while len(cases) < self.wanted_cases:
            case = self.docket.make()
            cases.append(case)
            if len(cases) < self.wanted_cases and self.chance.happens(self.noise.linked / 2):
                cases.append(self.docket.make(sister=case))
        for case in cases:
            self.docket.write(case, self.tables)
        return cases

    def _sizes(self, total: int) -> list[int]:
        """How many items each case has: many have few, few have many; together exactly `total`."""
        weights = [self.chance.gammavariate(1.6, 1.0) for _ in range(self.wanted_cases)]
        whole = sum(weights)
        sizes = [int(weight / whole * total) for weight in weights]
        for _ in range(total - sum(sizes)):
            sizes[self.chance.below(len(sizes))] += 1
        return sizes

    def _items_of(self, case: Case, count: int, orphans: Orphans) -> None:
        chance, noise = self.chance, self.noise
        numbers = self.docket.listed(case)
        for at in range(count):
            if chance.happens(noise.known_strays):
                # Somebody noticed this one and filed it: from such an office can learn.
                kind = chance.one(KINDS)
                stray = orphans.make(kind, case)
                self._file(case, self.sheets.book(stray), stray.booked)
                continue
            agency, number = numbers[0] if len(numbers) == 1 or chance.happens(0.85) else numbers[1]
            sheet = self._ordinary(case, agency, number, first=at == 0)
            key = self.sheets.book(sheet)
            if chance.happens(0.9):
                self._file(case, key, sheet.booked)
            if chance.happens(noise.mentions * 0.5):
                self.docket.mention(case, sheet.about, case.report, self.tables)
            if chance.happens(0.02):
                self._known(case, key, sheet)

    def _ordinary(self, case: Case, agency: Agency, number: str, *, first: bool) -> Sheet:
        """An item as most are: booked under a number of its case."""
        chance = self.chance
        day = min(case.incident + chance.one((0, 0, 0, 0, 1, 2, 7, 30)), LAST_DAY)
        if first and chance.happens(0.6):
            about = case.other
        else:
            about = make_object(chance, chance.one(case.offence.things))
        sheet = Sheet(
            about=about,
            agency=agency,
            number=number,
            collected=day,
            booked=min(day + chance.one((0, 0, 0, 1, 1, 3, 12)), LAST_DAY),
            officer=chance.one(case.officers)
            if agency is case.agency and chance.happens(0.8)
            else None,
            place=case.scene if chance.happens(0.7) else None,
            said={"d": case.defendants[0], "x": chance.one(case.people)},
        )
        if case.victims:
            sheet.said["v"] = case.victims[0]
        if chance.happens(0.35):
            sheet.giver = chance.one(case.people)
        if chance.happens(0.3):
            sheet.persons.append((chance.one(case.defendants), chance.one(("subject", "arrestee"))))
        if case.victims and chance.happens(0.15):
            sheet.persons.append((chance.one(case.victims), "owner"))
        return sheet

    def _file(self, case: Case, key: tuple[str, str], booked: int) -> None:
        chance = self.chance
        filed = max(case.opened, booked) + chance.below(90)
        self.tables.add("filings", case.number, *key, iso(filed), "Records Desk")

    def _known(self, case: Case, key: tuple[str, str], sheet: Sheet) -> None:
        chance = self.chance
        person = (
            chance.one(case.officers).full if chance.happens(0.7) else chance.one(case.people).full
        )
        self.sheets.knew(key, person, sheet.booked, "", chance.one(("saw", "told", "booked")))

    def _orphan(self, kind: str, cases: list[Case], orphans: Orphans) -> None:
        chance = self.chance
        case = chance.one(cases)
        while not orphans.fits(kind, case):
            case = chance.one(cases)
        sheet = orphans.make(kind, case)
        key = self.sheets.book(sheet)
        self.tables.add("truth", *key, case.number, kind)
        if sheet.about is case.wanted and chance.happens(0.3):
            self.docket.mention(case, case.wanted, case.report, self.tables)
        group = sheet.about.thing.group
        if chance.happens(self.noise.requests * 0.4) and any(
            thing.group == group for thing in case.offence.things
        ):
            self.docket.request(case, group, case.opened + 30 + chance.below(400), self.tables)
        if chance.happens(0.04):
            self._known(case, key, sheet)


def _kind(at: int, of: int) -> str:
    """The kind of the orphan at a place, so that the shares come out and each kind is there."""
    if at < len(KINDS):
        return KINDS[at]
    place, edge = (at - len(KINDS)) / max(1, of - len(KINDS)), 0.0
    for kind, share in _SHARES.items():
        edge += share
        if place < edge:
            return kind
    return KINDS[-1]
