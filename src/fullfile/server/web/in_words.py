"""A sentence of a lower floor in the language of the page: its pattern from the catalogue, its facts in place.

    in_words(line.why)          the English text, or what the catalogue has for each of its parts

`core.said` keeps what a sentence was made of; here are the words, the dates and the order of another language.
Text without parts stays as it is: it is a name, a quotation, or the law. What this does not do: it translates
nothing that the catalogue does not have; a pattern that is not there stays English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import get_language, gettext, ngettext, pgettext

from fullfile.core.said import (
    Capital,
    Day,
    Either,
    Joined,
    Listed,
    Month,
    Part,
    Pattern,
    Plural,
    Said,
    Word,
)
from fullfile.server.web.dated import MONTHS, SHORT_MONTHS

__all__ = ["in_words"]

_EPOCH: Final = date(1970, 1, 1).toordinal()
_ARTICLE: Final = "\ue000"
"""Stands before the article of a date, until the word before it is known; no text has it."""
_CONTRACTED: Final[dict[str, tuple[tuple[re.Pattern[str], str], ...]]] = {
    "es": (
        (re.compile(rf"\b(d)e {_ARTICLE}el ", re.IGNORECASE), r"\1el "),
        (re.compile(rf"\b(a) {_ARTICLE}el ", re.IGNORECASE), r"\1l "),
    )
}
"""Words that a language writes together: "de el 6 de marzo" is "del 6 de marzo"."""


def in_words(text: str) -> str:
    """A sentence in the language of the page; what is no sentence of ours as it is."""
    if not isinstance(text, Said):
        return text
    language = (get_language() or "en").partition("-")[0]
    if language == "en":
        return str(text)
    if isinstance(text.parts, Day):
        return _dated(text.parts, pgettext("day by itself", "{month} {day}, {year}"))
    said = _said(text.parts)
    for apart, together in _CONTRACTED.get(language, ()):
        said = apart.sub(together, said)
    return said.replace(_ARTICLE, "")


def _said(part: Part) -> str:
    if isinstance(part, str):
        return part
    return _SAYS.get(type(part), str)(part)


def _pattern(part: Pattern) -> str:
    said = gettext(part.pattern)
    return said.format(**_facts(part.names, part.values)) if part.names else said


def _plural(part: Plural) -> str:
    said = ngettext(part.one, part.more, part.number)
    return said.format(n=part.number, **_facts(part.names, part.values))


def _facts(names: tuple[str, ...], values: tuple[Part, ...]) -> dict[str, str | int]:
    return {
        name: value if isinstance(value, int) else _said(value)
        for name, value in zip(names, values, strict=True)
    }


def _word(part: Word) -> str:
    return gettext(part.text) if part.text else ""


def _day(part: Day) -> str:
    return _ARTICLE + _dated(part, pgettext("day in a sentence", "{month} {day}, {year}"))


def _dated(part: Day, said: str) -> str:
    day = date.fromordinal(_EPOCH + part.number)
    months = SHORT_MONTHS if part.short else MONTHS
    return said.format(month=months[day.month - 1], day=day.day, year=day.year)


def _month(part: Month) -> str:
    said = pgettext("month in a sentence", "{month} {year}")
    months = SHORT_MONTHS if part.short else MONTHS
    return said.format(month=months[part.month - 1], year=part.year)


def _listed(part: Listed) -> str:
    *first, last = [_said(one) for one in part.parts]
    return gettext("{first} and {second}").format(first=", ".join(first), second=last)


def _either(part: Either) -> str:
    said = [_said(one) for one in part.parts]
    last = said[0]
    for one in said[1:]:
        last = gettext("{first} or {second}").format(first=last, second=one)
    return last


def _joined(part: Joined) -> str:
    return part.between.join(map(_said, part.parts))


def _capital(part: Capital) -> str:
    said = _said(part.part)
    start = 1 if said.startswith(_ARTICLE) else 0
    return said[:start] + said[start : start + 1].upper() + said[start + 1 :]


_SAYS: Final[dict[type, Callable[..., str]]] = {
    Pattern: _pattern,
    Plural: _plural,
    Word: _word,
    Day: _day,
    Month: _month,
    Listed: _listed,
    Either: _either,
    Joined: _joined,
    Capital: _capital,
    int: str,
}
