"""Code 128 (ISO/IEC 15417): a short text as bars and gaps, for a label that a hand scanner reads.

Code set B only, which holds every printable ASCII character: our codes are seven to fifteen letters and
digits. A symbol is a start, one pattern a character, a check (the sum of the values, each times its place,
modulo 103) and a stop. The quiet zone of ten modules on either side belongs to it.

What this does not do: it draws nothing; whoever draws takes the widths.
"""

from __future__ import annotations

__all__ = ["QUIET", "bars", "values", "widths"]

QUIET = 10
"""Modules of white on either side, without which no scanner reads it."""

_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_PATTERNS = _TABLE.split()
_START_B, _STOP = 104, 106


def values(text: str) -> list[int]:
    """The values of a symbol: start, characters, check, stop.

    >>> values("Wiki")
    [104, 55, 73, 75, 73, 101, 106]

    Raises:
        ValueError: a character is no printable ASCII, or there is none.
    """
    if not text or any(not 32 <= ord(sign) <= 126 for sign in text):
        raise ValueError(text)
    data = [ord(sign) - 32 for sign in text]
    check = (_START_B + sum(place * value for place, value in enumerate(data, 1))) % 103
    return [_START_B, *data, check, _STOP]


def widths(text: str) -> list[int]:
    """Bars and gaps in turn, the first a bar, each so many modules wide; without the quiet zones."""
    return [int(digit) for value in values(text) for digit in _PATTERNS[value]]


def bars(text: str) -> tuple[list[tuple[int, int]], int]:
    """Each bar as (where it begins, how wide), in modules, and how wide all is, quiet zones included.

    >>> drawn, whole = bars("A")
    >>> drawn[0], drawn[-1], whole
    ((10, 2), (54, 2), 66)
    """
    found = []
    place = QUIET
    for number, width in enumerate(widths(text)):
        if number % 2 == 0:
            found.append((place, width))
        place += width
    return found, place + QUIET
