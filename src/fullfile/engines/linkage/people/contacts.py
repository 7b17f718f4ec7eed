"""Telephones, addresses and dates of birth, in one form each.

A telephone is at most its last ten digits. An address is its number and street in the usual abbreviations,
without the unit and what follows the first comma: towns are written or left out as people please. A date of birth goes
as far as it is known.
"""

from __future__ import annotations

import re
from datetime import date

from fullfile.engines.linkage.people.folding import fold

__all__ = ["parse_address", "parse_born", "parse_phone"]

_EXTENSION = re.compile(r"(?:ext\.?|extension|x)\s*\d+\s*$")
_NOT_DIGIT = re.compile(r"\D+")
_UNIT = re.compile(
    r"(?:\b(?:apt|apartment|unit|suite|ste|room|rm|flat|floor|fl|lot|trlr|trailer|bldg)\b\.?|#)\s*#?\s*[\w-]+"
)
_NOT_WORD = re.compile(r"[^\w]+")
_HAS_DIGIT = re.compile(r"\d")
_BORN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_SHORT = {
    "street": "st",
    "str": "st",
    "avenue": "ave",
    "av": "ave",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
    "boulevard": "blvd",
    "court": "ct",
    "circle": "cir",
    "place": "pl",
    "terrace": "ter",
    "parkway": "pkwy",
    "highway": "hwy",
    "square": "sq",
    "trail": "trl",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
    "mount": "mt",
    "saint": "st",
    "fort": "ft",
    "route": "rt",
}
_NOWHERE = frozenset(
    {"unknown", "homeless", "none", "transient", "na", "n a", "unk", "no fixed address"}
)


def parse_phone(phone: str) -> str | None:
    """The last ten digits, or the seven to nine there are; None for fewer, or one digit throughout."""
    digits = _NOT_DIGIT.sub("", _EXTENSION.sub("", phone[:60].lower()))[-10:]
    if len(digits) < 7 or len(set(digits[-7:])) == 1:
        return None
    return digits


def parse_address(address: str) -> str | None:
    """Number and street; None where no place can be told from it."""
    if not address:
        return None
    street = _UNIT.sub(" ", fold(address)).split(",")
    words = [word for word in _NOT_WORD.split(street[0]) if word]
    if len(words) < 2 and len(street) > 1:
        # `12, Mill Lane`: the number stands alone before the comma.
        words += [word for word in _NOT_WORD.split(street[1]) if word]
    plain = " ".join(_SHORT.get(word, word) for word in words)
    if plain in _NOWHERE or len(words) < 2 or not _HAS_DIGIT.search(plain):
        return None
    return plain


def parse_born(born: str) -> tuple[str | None, str | None, str | None]:
    """The date, the month and the year of birth as far as they are known."""
    met = _BORN.fullmatch(born.strip())
    if met is None or not 1850 < int(met[1]) < 2200:
        return None, None, None
    year, month, day = met.groups()
    if month is None or not 1 <= int(month) <= 12:
        return None, None, year
    of_month = f"{year}-{int(month):02}"
    if day is None:
        return None, of_month, year
    try:
        return date(int(year), int(month), int(day)).isoformat(), of_month, year
    except ValueError:
        return None, of_month, year
