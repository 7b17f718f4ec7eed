"""Dates as exports write them: formats in the words of `strptime`, compiled once.

Only what exports use: `%Y %y %m %d %b %B %H %I %M %S %f %p` and fixed text.
The result is ISO 8601 text for `core.ids.parse_when`. A zone is never added:
what a clock on a wall showed stays that. Two-digit years turn at 69, as POSIX
does. Day and month are never guessed: a format says which comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

__all__ = ["DateFormat", "compile_date", "read_date"]

_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_FIELDS = {
    "Y": r"(?P<Y>\d{4})",
    "y": r"(?P<y>\d{2})",
    "m": r"(?P<m>\d{1,2})",
    "d": r"(?P<d>\d{1,2})",
    "b": r"(?P<b>[A-Za-z]{3,9})\.?",
    "B": r"(?P<b>[A-Za-z]{3,9})\.?",
    "H": r"(?P<H>\d{1,2})",
    "I": r"(?P<I>\d{1,2})",
    "M": r"(?P<M>\d{2})",
    "S": r"(?P<S>\d{2})",
    "f": r"(?P<f>\d{1,6})",
    "p": r"(?P<p>[AaPp]\.?[Mm]\.?)",
}


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A format and what recognises it."""

    text: str
    pattern: re.Pattern[str]


def compile_date(text: str) -> DateFormat:
    """Compile a date format.

    Raises:
        ValueError: it uses a field that is not known, or names no day; the message says which.
    """
    pattern = []
    used = set()
    for part in re.findall(r"%.|[^%]+|%", text):
        if part[0] != "%":
            pattern.append(re.sub(r"(?:\\\s|\s)+", r"\\s+", re.escape(part)))
            continue
        letter = part[1:]
        if letter not in _FIELDS or letter in used:
            raise ValueError(
                f"known fields are {' '.join('%' + one for one in _FIELDS)}, each once"
            )
        used.add(letter)
        pattern.append(_FIELDS[letter])
    if not used & {"Y", "y"} or (used & {"d"} and not used & {"m", "b", "B"}):
        raise ValueError("it must name a year, and a month where it names a day")
    if "I" in used and "p" not in used:
        raise ValueError("%I needs %p")
    return DateFormat(text, re.compile("".join(pattern)))


def read_date(
    text: str, formats: tuple[DateFormat, ...], *, midnight_is_day: bool = False
) -> str | None:
    """The ISO 8601 text of a date in one of the formats, or None where none fits.

    Raises:
        ValueError: a format fits, but there is no such day or time.
    """
    for one in formats:
        found = one.pattern.fullmatch(text)
        if found:
            return _iso(found.groupdict(), midnight_is_day=midnight_is_day)
    return None


def _iso(found: dict[str, str], *, midnight_is_day: bool) -> str:
    year = int(found["Y"]) if "Y" in found else _century(int(found["y"]))
    if "b" in found:
        month = _month(found["b"])
    elif "m" in found:
        month = int(found["m"])
    else:
        return f"{year:04}"
    if not 1 <= month <= 12:
        raise ValueError("there is no such month")
    if "d" not in found:
        return f"{year:04}-{month:02}"
    hour = int(found.get("H", found.get("I", "0")))
    if "I" in found:
        if not 1 <= hour <= 12:
            raise ValueError("an hour with AM or PM lies between 1 and 12")
        hour = hour % 12 + (12 if found["p"][0] in "Pp" else 0)
    moment = datetime(  # noqa: DTZ001  a wall clock: the zone was not said
        year,
        month,
        int(found["d"]),
        hour,
        int(found.get("M", "0")),
        int(found.get("S", "0")),
        int(found.get("f", "0").ljust(6, "0")),
    )
    has_time = "H" in found or "I" in found
    if not has_time or (
        midnight_is_day and not moment.hour and not moment.minute and not moment.second
    ):
        return moment.date().isoformat()
    return moment.isoformat()


def _century(year: int) -> int:
    return year + (1900 if year >= 69 else 2000)


def _month(name: str) -> int:
    word = name.casefold()
    for full, number in _MONTHS.items():
        if full == word or full[:3] == word or word == "sept":
            return 9 if word == "sept" else number
    raise ValueError("there is no such month")
