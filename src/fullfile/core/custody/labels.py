"""The short code of a label: what `/s/{code}/`, the bar code and the print below it say.

A code is a letter for the kind, the number in Crockford's base 32 (no I, L, O, U; five digits at least) and
one check character by ISO/IEC 7064, MOD 37,36, over letter and digits: every wrong character and nearly
every swap of two is noticed. A code comes from the number that the record gave to the thing, so it is
the same for ever, also after `rebuild`; it holds no name, tag or case. A shelf has no number of
its own: 50 bits of SHA-256 of its agency and its name stand for it.

    E00C1SJ     an item        B…  a box, which is an item with things in it
    S…          a shelf        P…  a production        D…  a paper (the entry that issued it)

In reading, case, blanks and hyphens do not count; O is 0, I and L are 1.

What this does not do: it does not know whether the thing exists (`find_by_code` does).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from fullfile.core.errors import Refused
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = [
    "Kind",
    "Label",
    "check_character",
    "code_of",
    "is_code",
    "looks_like_code",
    "read_code",
    "shelf_number",
]

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEAST = 5
_MOST = 13
_FORM = re.compile(rf"([EBSPD])([0-9A-Z]{{{_LEAST},{_MOST}}})([0-9A-Z])\Z")
_ALIKE = str.maketrans("OIL", "011")
_NOT_COUNTED = re.compile(r"[\s\-]+")
_SHELF_BITS = 50


class Kind(StrEnum):
    """What a label is on."""

    ITEM = "E"
    BOX = "B"
    SHELF = "S"
    PRODUCTION = "P"
    PAPER = "D"


@dataclass(frozen=True, slots=True)
class Label:
    """What a code says: the kind, and its number in the record (of a shelf: `shelf_number`)."""

    kind: Kind
    number: int


def code_of(kind: Kind, number: int) -> str:
    """The code of a thing.

    >>> code_of(Kind.ITEM, 12345)
    'E00C1SJ'

    Args:
        kind: what it is.
        number: of an item or box its `item_id`, of a production or paper its entry, of a shelf
            its `shelf_number`.

    Raises:
        ValueError: the number is negative.
    """
    if number < 0:
        raise ValueError(number)
    digits = ""
    while number:
        number, digit = divmod(number, 32)
        digits = _DIGITS[digit] + digits
    body = kind.value + digits.rjust(_LEAST, "0")
    return body + check_character(body)


def check_character(body: str) -> str:
    """The check character of letters and digits, by ISO/IEC 7064, MOD 37,36.

    >>> check_character("A12425GABC1234002")
    'M'
    """
    product = 36
    for character in body:
        total = (product + _ALL.index(character)) % 36 or 36
        product = total * 2 % 37
    return _ALL[(37 - product) % 36]


def is_code(text: str) -> bool:
    """Whether a text is a code of ours, by form and check character: for a field that takes anything."""
    try:
        read_code(text)
    except Refused:
        return False
    return True


def looks_like_code(text: str) -> bool:
    """Whether a text has the form of a code, whatever its check character: misread, or typed wrong."""
    return _FORM.match(_NOT_COUNTED.sub("", text).upper()) is not None


def read_code(text: str) -> Label:
    """Read a code that was scanned or typed.

    Raises:
        Refused: it is none, or its check character does not fit.
    """
    said = _NOT_COUNTED.sub("", text).upper()
    found = _FORM.match(said)
    if found is None:
        raise Refused(
            say(
                "“{text}” is no code of a label: a code is a letter, digits and a check character, like "
                "E00C1SJ. Scan it again, or type the tag.",
                text=text.strip()[:40],
            ),
            code="code_form",
        )
    letter, digits, check = found[1], found[2].translate(_ALIKE), found[3]
    # The check character is taken as it is typed: were O taken for 0 there too, some wrong digits would go unnoticed.
    if "U" in digits or check_character(letter + digits) != check:
        raise Refused(
            say(
                "“{text}” was misread: its last character does not fit the others. Scan it again.",
                text=text.strip()[:40],
            ),
            code="code_check",
        )
    number = 0
    for digit in digits:
        number = number * 32 + _DIGITS.index(digit)
    return Label(Kind(letter), number)


@lru_cache(maxsize=16_384)
def shelf_number(agency: str, place: str) -> int:
    """The number that stands for a shelf of an agency: the same whatever the case of the letters."""
    named = f"{key(agency)}\x1f{key(place)}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(named).digest()[:8], "big") >> (64 - _SHELF_BITS)
