"""Report numbers, tags and case numbers: how agencies count, and how a number slips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from training.chance import Chance

__all__ = ["CaseNumbers", "Number", "Numbering", "Tags", "slip"]

_FORMS = (
    "{yy}-{seq:05d}",
    "{yyyy}-{seq:06d}",
    "{pre}{yy}{seq:05d}",
    "{pre}-{yyyy}-{seq}",
    "{yy}{mm}{seq:04d}",
    "{yyyy}{seq:05d}",
    "{pre} {yy}/{seq:04d}",
    "{yy}-{zone}-{seq:04d}",
    "{mm}{dd}{yy}-{seq:03d}",
    "{pre}{yyyy}{seq:06d}",
    "{yyyy}-{mm}-{seq:04d}",
)
_LATE_FORMS = (
    "{pre}-DOC-{yyyy}-{seq:03d}",
    "PR{yy}-{seq:04d}",
    "P{yyyy}{seq:04d}",
    "{yy}-MISC-{seq}",
    "CFS{yy}{mm}{dd}{seq:04d}",
    "INFO-{yy}-{seq:04d}",
)


@dataclass(frozen=True, slots=True)
class Number:
    """A report number, with what it was made from."""

    text: str
    form: str
    prefix: str
    on: date
    sequence: int


class Numbering:
    """One agency's counter: it runs with the calendar, with gaps, and gives nothing twice."""

    def __init__(self, chance: Chance, prefix: str, daily: float) -> None:
        self.prefix = prefix
        self._chance = chance
        self._taken: set[str] = set()
        self._form = chance.pick(_FORMS)
        # Some rooms count what comes in apart from incidents, some do not.
        self._late_form = chance.pick(_LATE_FORMS) if chance.happens(0.5) else self._form
        self._daily = daily
        self._late_daily = daily * chance.between(0.1, 0.6)

    def give(self, on: date, *, late: bool = False) -> Number:
        """The next number of that day."""
        form, daily = self._form, self._daily
        if late and self._late_form != self._form:
            form, daily = self._late_form, self._late_daily
        day = on.timetuple().tm_yday
        if form.startswith(("{mm}{dd}", "CFS")):
            day = 1
        elif "{mm}" in form:
            day = on.day
        sequence = 1 + int((day - 1 + self._chance.random()) * daily)
        number = write(form, self.prefix, on, sequence, self._chance.whole(1, 4))
        while number.text in self._taken:
            sequence += 1
            number = write(form, self.prefix, on, sequence, self._chance.whole(1, 4))
        self._taken.add(number.text)
        return number


def write(form: str, prefix: str, on: date, sequence: int, zone: int) -> Number:
    text = form.format(
        yy=f"{on.year % 100:02d}",
        yyyy=on.year,
        mm=f"{on.month:02d}",
        dd=f"{on.day:02d}",
        pre=prefix,
        seq=sequence,
        zone=zone,
    )
    return Number(text, form, prefix, on, sequence)


def slip(chance: Chance, number: Number, prefixes: list[str], listed: set[str]) -> tuple[str, str]:
    """The number as it was written wrongly, one that no case lists; and the manner of it."""
    for _ in range(40):
        way = chance.choices(
            ("transposed", "digit", "year", "prefix", "form"), (3, 3, 2, 1.5, 1.5)
        )[0]
        text = _slipped(chance, number, way, prefixes)
        if text and text not in listed:
            return text, f"slip_{way}"
    return f"{number.text}X{chance.digits(3)}", "slip_form"


def _slipped(chance: Chance, number: Number, way: str, prefixes: list[str]) -> str:
    text = number.text
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    if way == "transposed":
        pairs = [
            at for at in places if text[at + 1 : at + 2].isdigit() and text[at] != text[at + 1]
        ]
        at = chance.pick(pairs) if pairs else -1
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if pairs else ""
    if way == "digit":
        at = chance.pick(places[-4:])
        return text[:at] + chance.pick("0123456789") + text[at + 1 :]
    if way == "year":
        on = number.on.replace(year=number.on.year + chance.pick((-1, 1, 1)), day=1)
        if "{dd}" in number.form:
            return ""
        return write(number.form, number.prefix, on, number.sequence, 1).text
    if way == "prefix":
        other = chance.pick(prefixes)
        if text.startswith(number.prefix):
            rest = text[len(number.prefix) :].lstrip(" -")
            return chance.pick((f"{other}-{rest}", rest, f"{other}{rest}"))
        return chance.pick((f"{other}{text}", f"{number.prefix}-{text}"))
    return chance.pick(
        (
            text.replace("-", ""),
            text.replace("-0", "-").replace("-0", "-"),
            text.replace("-", "/").replace(" ", ""),
            text + chance.pick(("-A", "-S1", "/2", "B")),
            f"20{text}" if text[:2] == f"{number.on.year % 100:02d}" else text[2:],
        )
    )


class Tags:
    """One agency's tags: a counter of its own, or the report number and a line."""

    def __init__(self, chance: Chance, prefix: str) -> None:
        self._chance = chance
        self._form = chance.whole(0, 5)
        self._prefix = prefix
        self._next = chance.whole(1, 90_000)
        self._lines: dict[str, int] = {}

    def give(self, report: str, on: date) -> str:
        self._next += self._chance.whole(1, 4)
        if self._form <= 1 and report:
            line = self._lines[report] = self._lines.get(report, 0) + 1
            return f"{report}-{line}" if self._form == 0 else f"{report}/{line:02d}"
        return (
            f"{self._prefix}{self._next:06d}",
            f"E{self._next:07d}",
            f"{self._next:07d}",
            f"{on.year % 100:02d}-{self._next:06d}",
            f"P{self._next}",
            f"B-{self._next:06d}",
        )[self._form]


class CaseNumbers:
    """The numbers of the courts."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._district = chance.whole(101, 1333)
        self._form = chance.whole(0, 3)
        self._last: dict[int, int] = {}

    def give(self, on: date, *, felony: bool) -> str:
        last = self._last.get(on.year, 0) + self._chance.whole(1, 3)
        self._last[on.year] = last
        court = "CR" if felony else self._chance.pick(("MR", "DR", "CR"))
        return (
            f"D-{self._district}-CR-{on.year}-{last:05d}",
            f"D{self._district} {court} {on.year} {last:05d}",
            f"{court}-{on.year}-{last:04d}",
            f"{on.year % 100:02d}-{court}-{last:05d}",
        )[self._form]
