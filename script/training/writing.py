"""What people write: descriptions of things, notes, summaries."""

from __future__ import annotations

from training.agencies import Agency
from training.chance import Chance
from training.incidents import Incident
from training.names import misspell
from training.people import Person, write_name, write_phone
from training.places import Place, write_place
from training.things import Thing
from training.words import words

__all__ = ["Pen"]

_ROOMS = (
    "the living room", "the bedroom closet", "the kitchen counter", "under the bed", "the garage",
    "the trunk", "the glove box", "the passenger seat", "the driveway", "the back yard", "a dumpster",
    "the front porch", "a dresser drawer", "the sidewalk", "the alley", "the floorboard", "a pocket",
)  # fmt: skip
_FILLERS = (
    "Photographed in place.", "Sealed in a paper bag.", "Placed in temporary locker.", "Packaged and sealed.",
    "Dried before packaging.", "Weighed with packaging.", "No visible damage.", "Some wear.",
    "Request prints.", "Hold for court.", "Hold for detective.", "Do not release without approval.",
    "Entered into the system by records.", "See report.", "See narrative for details.", "Chain on file.",
    "Submitted for analysis.", "Owner to be contacted.", "Left message.", "Tested positive in the field.",
    "Battery dead.", "Screen cracked.", "Contents not counted.", "Counted with a second officer.",
    "Seal checked.", "Kept in the bulk room.", "Tag replaced.", "Label illegible.", "Copy made.",
    "Uploaded to the server.", "Original retained.", "Not checked for prints.", "Misc property.",
)  # fmt: skip
_MONTHS = words(
    "January February March April May June July August September October November December"
)


class Pen:
    """The hand of one agency."""

    def __init__(self, chance: Chance, agency: Agency) -> None:
        self._chance = chance
        self._agency = agency
        self._style = agency.style

    def name(self, person: Person) -> str:
        style = self._style
        return write_name(
            self._chance, person, style.name_forms, style.typing_errors, shouts=style.shouts
        )

    def place(self, place: Place) -> str:
        return write_place(self._chance, place, self._style.address_form)

    def phone(self, person: Person) -> str:
        return write_phone(self._chance, person.phone, self._style.phone_form)

    def typed(self, text: str) -> str:
        """With the slips of the finger that this agency leaves in."""
        if self._style.typing_errors > 0 and self._chance.happens(self._style.typing_errors * 2):
            words = text.split(" ")
            at = self._chance.whole(0, len(words) - 1)
            words[at] = misspell(self._chance, words[at])
            text = " ".join(words)
        return text.upper() if self._style.shouts else text

    def description(self, thing: Thing, before: str = "") -> str:
        c, style = self._chance, self._style
        word = self._agency.word(c, thing.sort)
        told = c.happens(style.details)
        maker = thing.maker if told and c.happens(0.85) else ""
        model = thing.model if maker and c.happens(0.5) else ""
        colour = thing.colour if told and c.happens(0.6) else ""
        count = str(thing.count) if thing.count > 1 and c.happens(0.5) else ""
        make = f"{maker} {model}".strip()
        shapes = (
            [count, colour, make, word],
            [make, word, f"({colour})" if colour else ""],
            [f"{word},", make, colour],
            [word, f"- {make}" if make else "", f"x{count}" if count else ""],
            [f"{colour} {word}".strip(), f"({make})" if make else ""],
            [f"{word}:", colour, make, count],
        )
        shape = shapes[style.dialect] if c.happens(0.7) else c.pick(shapes)
        text = " ".join(part for part in [before, *shape] if part).strip(" ,:")
        if thing.serial and c.happens(style.serial_in_text):
            text += c.pick(
                (f" S/N {thing.serial}", f", serial {thing.serial}", f" #{thing.serial}")
            )
        if thing.plate and c.happens(0.5 + style.serial_in_text / 2):
            text += f" {thing.plate}"
        if c.happens(style.details * 0.2):
            text += f" from {c.pick(_ROOMS)}"
        return self.typed(text[0].upper() + text[1:] if c.happens(0.7) else text)

    def filler(self) -> str:
        return self._chance.pick(_FILLERS)

    def month(self, incident: Incident) -> str:
        return _MONTHS[incident.on.month - 1]

    def of_scene(self, incident: Incident) -> str:
        """A sentence about a thing taken in the course of an incident."""
        c = self._chance
        options = [f"Collected from {c.pick(_ROOMS)}.", f"Taken at {self.place(incident.place)}."]
        suspect = c.pick(incident.suspects)
        options.append(f"Found on {self.name(suspect)} at the time of arrest.")
        options.append(f"In possession of {self.name(suspect)}.")
        if incident.victims:
            victim = self.name(c.pick(incident.victims))
            options += [f"Belongs to {victim}.", f"Identified by {victim}."]
        if incident.witnesses:
            options.append(f"Pointed out by {self.name(c.pick(incident.witnesses))}.")
        options.append(f"Evidence in {c.pick(incident.offence.words)}.")
        return c.pick(options)

    def identifier(self, incident: Incident, person: Person) -> str:
        """A sentence with a telephone, an address or a plate in it."""
        c = self._chance
        options = [f"Contact {self.phone(person)}.", f"Address given: {self.place(person.home)}."]
        if incident.plate:
            plate = (
                incident.plate if c.happens(0.7) else f"{incident.plate[:3]}-{incident.plate[3:]}"
            )
            options += [f"Vehicle plate {plate}.", f"From vehicle {plate}."]
        serials = [thing.serial for thing in incident.things if thing.serial]
        if serials:
            options.append(f"Compare serial {c.pick(serials)}.")
        return c.pick(options)

    def told(self, incident: Incident, giver: Person | None) -> list[str]:
        """What somebody says who hands a thing in, or who writes about it later."""
        c = self._chance
        word = c.pick(incident.offence.words)
        suspect = self.name(c.pick(incident.suspects))
        options = [
            f"Says it is about the {word} at {self.place(incident.place)}.",
            f"Believes it belongs to {suspect}.",
            f"{suspect} left it there in {self.month(incident)}.",
            f"Wants the detective on the {word} to have it.",
            f"Asked for {c.pick(incident.officers).person.surname}.",
            f"Regarding {suspect}.",
            f"From the {word} in {self.month(incident)} {incident.on.year}.",
        ]
        if incident.victims:
            victim = self.name(c.pick(incident.victims))
            options += [f"Says it was {victim}'s.", f"Friend of {victim}.", f"Re {victim}."]
        said = c.some(options, 1 + c.few(0.5, 2))
        if giver and c.happens(0.3):
            said.append(f"Call back at {self.phone(giver)}.")
        return said

    def story(self, incident: Incident, sentences: int, details: float) -> str:
        """The summary of a case."""
        c = self._chance
        told = []
        for shape in c.some(incident.offence.stories, sentences):
            thing = c.pick(incident.things)
            what = self._agency.word(c, thing.sort)
            if c.happens(details):
                what = f"{thing.colour} {thing.maker} {what}".strip().replace("  ", " ")
            if thing.serial and c.happens(details * 0.4):
                what += f" (serial {thing.serial})"
            named = c.happens(details)
            told.append(
                shape.format(
                    who=self.name(c.pick(incident.suspects)) if named else "the suspect",
                    whom=self.name(c.pick(incident.victims))
                    if named and incident.victims
                    else "the victim",
                    where=f"at {self.place(incident.place)}"
                    if c.happens(details)
                    else "in the area",
                    thing=what,
                )
            )
        if sentences and incident.plate and c.happens(details * 0.6):
            told.append(f"The vehicle had plate {incident.plate}")
        if sentences and incident.witnesses and c.happens(details * 0.4):
            told.append(f"{self.name(c.pick(incident.witnesses))} saw it")
        return ". ".join(told) + "." if told else ""
