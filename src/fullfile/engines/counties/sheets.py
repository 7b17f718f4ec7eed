"""Property sheets: the one way by which any item of a county comes into its tables.

Items of cases, orphans and property of nobody all pass through `Sheets.book`, with the
same gaps, slips and habits, so that nothing in the form of a row tells which is which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from string import Formatter

from fullfile.engines.counties.agencies import Agency, Officer
from fullfile.engines.counties.cases import LAST_DAY, iso
from fullfile.engines.counties.chance import Chance
from fullfile.engines.counties.noise import Noise
from fullfile.engines.counties.objects import Object, described
from fullfile.engines.counties.people import Person, written
from fullfile.engines.counties.places import Place, located
from fullfile.engines.counties.tables import Tables
from fullfile.engines.counties.wordbook import wordbook

__all__ = ["Sheet", "Sheets"]

_PRIME = 99_999_989
"""Tags walk round this circle in long steps: unique, and in no order."""
_STEP = 61_803_397


@dataclass(slots=True)
class Sheet:
    """What is true of one item at booking.

    Attributes:
        about: the thing.
        agency: who books it.
        number: the report number, or "".
        collected: ordinal day.
        booked: ordinal day.
        officer: who collected it.
        giver: from whom it was taken or got.
        persons: who else is named, with a role.
        place: where it was collected.
        notes: which family of sentences the notes come from.
        said: what the sentences may speak of: placeholder to text or person.
        sure: the facts that are written down whatever the county's gaps: `giver`, `persons`, `place`, `notes`.
        story: the words of somebody who tells, not of a sheet.
        category: what the sheet says instead of the thing's own category.
    """

    about: Object
    agency: Agency
    number: str
    collected: int
    booked: int
    officer: Officer | None = None
    giver: Person | None = None
    persons: list[tuple[Person, str]] = field(default_factory=list)
    place: Place | None = None
    notes: str = "ordinary"
    said: dict[str, str | Person] = field(default_factory=dict)
    sure: tuple[str, ...] = ()
    story: bool = False
    category: str = ""


class Sheets:
    """Writes items, their custody, and who knew of them."""

    def __init__(self, chance: Chance, noise: Noise, tables: Tables, seed: int) -> None:
        self._chance, self._noise, self._tables = chance, noise, tables
        self._count, self._offset = 0, (seed * 7_654_321 + 1_234_567) % _PRIME
        book = wordbook()
        self._sentences = {
            kind: tuple((text, frozenset(_placeholders(text))) for text in texts)
            for kind, texts in book.notes.items()
        }

    def book(self, sheet: Sheet) -> tuple[str, str]:
        """Write an item; gives its key (agency, tag)."""
        chance, noise, agency = self._chance, self._noise, sheet.agency
        tag = self._tag(sheet)
        thing = sheet.about.thing
        short = chance.happens(agency.short)
        text = described(
            chance, noise, sheet.about, short=short, story=sheet.story, capitals=agency.capitals
        )
        notes = self._notes(sheet)
        serial = ""
        if sheet.about.serial and chance.happens(noise.serials):
            how = chance.random()
            if how < 0.75:
                serial = sheet.about.serial
            if how > 0.6 and chance.happens(0.5):
                text += f" SN {sheet.about.serial}"
            elif how > 0.75:
                notes.append(f"Serial {sheet.about.serial}.")
            if serial and chance.happens(noise.typos):
                serial = chance.slip(serial)
        officer = sheet.officer or agency.officer(chance)
        clerk = chance.one(agency.clerks)
        category = sheet.category or (thing.category if chance.happens(0.7) else "")
        booker = clerk if chance.happens(0.5) else officer
        giver = sheet.giver if self._is_told(sheet, "giver") else None
        where = ""
        if sheet.place and self._is_told(sheet, "place"):
            where = located(sheet.place, chance, noise, capitals=agency.capitals)
            if chance.happens(0.3):
                inside = chance.one(wordbook().inside)
                where = f"{inside}, {where}"
        persons = ";".join(
            f"{self._name(person, agency)}|{role}"
            for person, role in sheet.persons
            if self._is_told(sheet, "persons")
        )
        hour = f"T{chance.below(24):02d}:{chance.below(60):02d}" if agency.hours else ""
        said = " ".join(notes)
        self._tables.add(
            "items",
            agency.name,
            tag,
            text,
            iso(sheet.collected) if chance.happens(0.85) else "",
            f"{iso(sheet.booked)}{hour}",
            sheet.number,
            thing.kind,
            category.upper() if agency.capitals else category,
            str(sheet.about.amount) if sheet.about.amount > 1 or chance.happens(0.3) else "",
            serial,
            officer.signed(chance, agency.signs) if chance.happens(0.85) else "",
            self._name(giver, agency) if giver else "",
            where,
            booker.signed(chance, agency.signs) if chance.happens(0.8) else "",
            chance.one(("held", "held", "held", "held", "held", "at_lab", "checked_out")),
            f"{chance.one('ABCDEFGH')}-{chance.below(40):02d}-{chance.below(9)}",
            persons,
            said.upper() if agency.capitals and chance.happens(0.6) else said,
        )
        self._custody(sheet, tag, officer, clerk)
        return agency.name, tag

    def knew(self, key: tuple[str, str], person: str, day: int, role: str, how: str) -> None:
        """Somebody knew of the item."""
        level = self._chance.one(("exists", "exists", "picture", "object"))
        self._tables.add("knowledge", *key, person, level, iso(day), how, role)

    def _is_told(self, sheet: Sheet, what: str) -> bool:
        return what in sheet.sure or self._chance.happens(self._noise.present)

    def _name(self, person: Person, agency: Agency) -> str:
        return written(person, self._chance, self._noise, agency.names)

    def _tag(self, sheet: Sheet) -> str:
        agency = sheet.agency
        self._count += 1
        code = (self._count * _STEP + self._offset) % _PRIME
        if agency.tags == 2 and sheet.number:
            return f"{sheet.number}-{agency.next_in(sheet.number)}"
        if agency.tags == 0:
            return f"{agency.prefix}{code:08d}"
        return f"P{code:08d}"

    def _notes(self, sheet: Sheet) -> list[str]:
        chance, noise = self._chance, self._noise
        wanted = chance.count(noise.notes)
        fillable = _ALWAYS | sheet.said.keys()
        found: list[str] = []
        if "notes" in sheet.sure:
            wanted = max(1, wanted)
        for at in range(wanted):
            sure = at == 0 and "notes" in sheet.sure
            if not sure and chance.happens(noise.filler):
                found.append(chance.one(self._sentences["filler"])[0])
                continue
            fitting = [
                text
                for text, needs in self._sentences[sheet.notes]
                if needs <= fillable and not (sure and needs.isdisjoint(sheet.said))
            ]
            if fitting:
                found.append(self._filled(chance.one(fitting), sheet))
        return list(dict.fromkeys(found))

    def _filled(self, text: str, sheet: Sheet) -> str:
        chance, agency = self._chance, sheet.agency
        values: dict[str, str] = {}
        for name in _placeholders(text):
            value = sheet.said.get(name)
            if isinstance(value, Person):
                values[name] = written(value, chance, self._noise, "plain")
            elif value is not None:
                values[name] = value
            elif name == "n":
                values[name] = str(1 + chance.below(9))
            elif name == "r":
                values[name] = chance.one(wordbook().inside)
            elif name == "o":
                officer = sheet.officer or agency.officer(chance)
                values[name] = officer.signed(chance, agency.signs)
        return text.format_map(values)

    def _custody(self, sheet: Sheet, tag: str, officer: Officer, clerk: Officer) -> None:
        chance, agency = self._chance, sheet.agency
        signs = agency.signs
        for at in range(min(4, chance.count(self._noise.custody))):
            by, source, to, place = officer.signed(chance, signs), "", "", ""
            if at == 0 and chance.happens(0.5):
                event, day = "collected", sheet.collected
                if sheet.giver and self._is_told(sheet, "giver"):
                    source = self._name(sheet.giver, agency)
                if sheet.place and chance.happens(self._noise.present * 0.4):
                    place = located(sheet.place, chance, self._noise, capitals=agency.capitals)
            elif at == 0:
                event, day, to = "booked", sheet.booked, clerk.signed(chance, signs)
            else:
                event, day = chance.one(_MOVES), sheet.booked + at * 9 + chance.below(9)
                by = clerk.signed(chance, signs)
                to = "Regional Crime Laboratory" if event == "transferred" else ""
            if day <= LAST_DAY:
                self._tables.add(
                    "custody", agency.name, tag, event, iso(day), by, source, to, place, ""
                )


_MOVES = ("moved", "transferred", "inventoried", "moved", "checked_out", "checked_in", "examined")
_ALWAYS = frozenset("nro")
"""Placeholders that can always be filled."""


@cache
def _placeholders(text: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)
