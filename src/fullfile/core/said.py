"""Sentences that keep the parts they were made of, so that a page can say them in the reader's language.

    say("Due to {who} on {day}. Not disclosed.", who="Roe", day=day_said(19_787))

A `Said` is a `str`: its value is the English sentence, and whoever takes it for text (JSON, CSV, papers, the
command line) has exactly that. Beside it stand its parts: a pattern, which a catalogue of another language may
know, and the facts in it. A fact is text that stays as it is (a name, a quotation, a citation), a number, or
another sentence with parts of its own.

Patterns are literals where they are said: `script/messages.py gather` reads them there. What this does not do: it
knows no language but English, and looks nothing up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

__all__ = [
    "Capital",
    "Day",
    "Either",
    "Fact",
    "Joined",
    "Listed",
    "Month",
    "Part",
    "Pattern",
    "Plural",
    "Said",
    "Word",
    "capital",
    "day_said",
    "either",
    "joined",
    "listed",
    "many",
    "month_said",
    "part_of",
    "pattern",
    "said_of",
    "say",
    "word",
]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_EPOCH = date(1970, 1, 1).toordinal()


class Pattern(NamedTuple):
    """A sentence with places for facts: `{who} has held it since {day}`."""

    pattern: str
    names: tuple[str, ...]
    values: tuple[Part, ...]


class Plural(NamedTuple):
    """A sentence that counts: one of two patterns, by its number."""

    one: str
    more: str
    number: int
    names: tuple[str, ...]
    values: tuple[Part, ...]


class Word(NamedTuple):
    """A word of a closed list (an event, a state), which a catalogue has by itself."""

    text: str


class Day(NamedTuple):
    """A day, counted from 1970; short where a table has it."""

    number: int
    short: bool = False


class Month(NamedTuple):
    """A month of a year: as much of a date as was said."""

    year: str
    month: int
    short: bool = False


class Listed(NamedTuple):
    """Things named one after the other: `a, b and c`."""

    parts: tuple[Part, ...]


class Either(NamedTuple):
    """Things of which one is enough: `a or b`."""

    parts: tuple[Part, ...]


class Joined(NamedTuple):
    """Sentences in a row."""

    between: str
    parts: tuple[Part, ...]


class Capital(NamedTuple):
    """Words that begin a sentence here."""

    part: Part


Part: TypeAlias = (
    "str | int | Pattern | Plural | Word | Day | Month | Listed | Either | Joined | Capital"
)


class Said(str):
    """A sentence in English, and what it was made of: a part, or a pattern with its facts."""

    __slots__ = ("_made",)
    _made: Any

    @property
    def parts(self) -> Part:
        """The parts; of the sentences within it too."""
        made = self._made
        if made.__class__ is not tuple:
            return cast("Part", made)
        text, facts = made
        return Pattern(text, tuple(facts), tuple([part_of(fact) for fact in facts.values()]))

    def __reduce__(self) -> tuple[Callable[[str, Part], Said], tuple[str, Part]]:
        """The parts travel with the text, also to another process."""
        return _made_of, (str(self), self.parts)

    def __add__(self, other: str) -> str:
        """One behind the other: both keep their parts."""
        return joined((self, other), "")

    def __radd__(self, other: str) -> str:
        """The same, where plain text comes first."""
        return joined((other, self), "")

    def with_facts(self, change: Callable[[str], str]) -> str:
        """The sentence with each fact that is text changed; plain text where that is not all of the change."""
        changed = said_of(_changed(self.parts, change))
        wanted = change(str(self))
        return changed if changed == wanted else wanted


Fact: TypeAlias = "str | int"
_MANY: Final = 32_768
"""So many sentences are kept: ten thousand lines of a case say a few hundred things."""


def _made_of(text: str, made: Part | tuple[str, dict[str, Fact]]) -> Said:
    said = Said(text)
    said._made = made  # noqa: SLF001
    return said


def pattern(text: str) -> str:
    """A pattern under a name, for `say` and for whoever looks for the sentence again."""
    return text


def say(pattern: str, /, **facts: Fact) -> Said:
    """A sentence: a literal pattern with its facts."""
    said = Said(pattern.format_map(facts) if facts else pattern)
    said._made = (pattern, facts)  # noqa: SLF001
    return said


def many(one: str, more: str, /, number: int, **facts: Fact) -> Said:
    """A sentence that counts; `{n}` stands for the number."""
    pattern = one if number == 1 else more
    values = tuple([part_of(fact) for fact in facts.values()])
    return _made_of(
        pattern.format(n=number, **facts), Plural(one, more, number, tuple(facts), values)
    )


if not TYPE_CHECKING:  # a checker sees the facts that they take
    say = lru_cache(maxsize=_MANY, typed=True)(say)
    many = lru_cache(maxsize=_MANY, typed=True)(many)


@lru_cache(maxsize=4_096)
def word(text: str) -> Said:
    """A word of a closed list, as a sentence has it."""
    return _made_of(text, Word(text))


@lru_cache(maxsize=_MANY)
def day_said(number: int, *, short: bool = False) -> Said:
    """A day (since 1970) as words: `March 6, 2024`, short `Mar 6, 2024`."""
    return said_of(Day(number, short))


@lru_cache(maxsize=4_096)
def month_said(year: str, month: int, *, short: bool = False) -> Said:
    """A month as words: `March 2024`, short `Mar 2024`."""
    return said_of(Month(year, month, short))


def listed(parts: Sequence[str]) -> str:
    """Words joined for a sentence: `a, b and c`."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    return _made_of(_and(parts), Listed(tuple(map(part_of, parts))))


def either(parts: Sequence[str]) -> str:
    """Words of which one is enough: `a or b`."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    return _made_of(" or ".join(parts), Either(tuple(map(part_of, parts))))


def joined(parts: Iterable[str], between: str = " ") -> str:
    """Sentences in a row, without those that are empty."""
    kept = [part for part in parts if part]
    if len(kept) < 2:
        return kept[0] if kept else ""
    return _joined(between, *kept)


@lru_cache(maxsize=_MANY, typed=True)
def _joined(between: str, *parts: str) -> Said:
    return _made_of(between.join(parts), Joined(between, tuple(map(part_of, parts))))


def capital(text: str) -> str:
    """The same, where it begins a sentence."""
    first = text[:1].upper() + text[1:]
    return _made_of(first, Capital(text.parts)) if isinstance(text, Said) else first


def part_of(fact: Fact) -> Part:
    """What of a fact a sentence keeps."""
    return fact.parts if isinstance(fact, Said) else fact


def said_of(part: Part) -> Said:
    """The sentence of some parts."""
    return _made_of(_english(part), part)


def _english(part: Part) -> str:
    match part:
        case str():
            return part
        case Pattern(pattern, names, values):
            return pattern.format(**_values(names, values)) if names else pattern
        case Plural(one, more, number, names, values):
            return (one if number == 1 else more).format(n=number, **_values(names, values))
        case Word(text):
            return text
        case Day(number, short):
            day = date.fromordinal(_EPOCH + number)
            return f"{_month(day.month, short)} {day.day}, {day.year}"
        case Month(year, number, short):
            return f"{_month(number, short)} {year}"
        case Listed(parts):
            return _and([_english(one) for one in parts])
        case Either(parts):
            return " or ".join(map(_english, parts))
        case Joined(between, parts):
            return between.join(map(_english, parts))
        case Capital(inner):
            text = _english(inner)
            return text[:1].upper() + text[1:]
        case _:
            return str(part)


def _month(number: int, short: bool) -> str:  # noqa: FBT001  # a part says how it is written
    name = _MONTHS[number - 1]
    return name[:3] if short else name


def _values(names: tuple[str, ...], values: tuple[Part, ...]) -> dict[str, str | int]:
    return {
        name: value if isinstance(value, int) else _english(value)
        for name, value in zip(names, values, strict=True)
    }


def _changed(part: Part, change: Callable[[str], str]) -> Part:
    def over(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple([_changed(one, change) for one in parts])

    match part:
        case str():
            return change(part)
        case Pattern() | Plural():
            return part._replace(values=over(part.values))
        case Listed() | Either() | Joined():
            return part._replace(parts=over(part.parts))
        case Capital():
            return Capital(_changed(part.part, change))
        case _:
            return part


def _and(parts: Sequence[str]) -> str:
    return " and ".join(parts) if len(parts) < 3 else ", ".join(parts[:-1]) + " and " + parts[-1]
