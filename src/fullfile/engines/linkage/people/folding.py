"""Text as it is compared: one case, no accents on Latin letters, other scripts kept as they are.

`similar` measures two words with Jaro-Winkler. Databases compare bytes, Python compares letters; so that all
agree, `form` writes each letter of the common alphabets as one byte. Equality of letters, and with it
the measure, stays the same. Words that do not fit (Chinese, Thai) have no form: they agree or they do not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "form", "sound", "sounds_of"]

LONGEST = 160
"""Letters of a name that are looked at: no person has more, and a file that was pasted has."""

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "\u0640": None,  # the Arabic stroke that lengthens a word
    }
)
_STARTS = (0x0430, 0x03AC, 0x05D0, 0x0621)
"""Where the small letters of Cyrillic, Greek, Hebrew and Arabic begin."""
_BYTES = [*range(0x41, 0x5B), *range(0x23, 0x27), *range(0x28, 0x2D), *range(0x3A, 0x41)]


def _alphabet() -> dict[int, int]:
    table = {ord("-"): ord("-")}
    for start in _STARTS:
        letters = [start + at for at in range(0x30)]
        real = [code for code in letters if unicodedata.category(chr(code)).startswith("L")]
        table.update(zip(real, _BYTES, strict=False))
    return table


_FORMS = _alphabet()


def fold(text: str) -> str:
    """One case, compatibility forms as one, no accents on Latin letters, no vowel marks.

    Args:
        text: as written.
    """
    text = text[:LONGEST]
    if text.isascii():
        return text.lower()
    folded: list[str] = []
    latin = False
    for letter in unicodedata.normalize("NFKD", text.casefold()):
        if unicodedata.combining(letter):
            if latin or _is_vowel_mark(letter):
                continue
        else:
            latin = letter < "\u0250"
        folded.append(letter)
    return unicodedata.normalize("NFC", "".join(folded).casefold()).translate(_LETTERS)


def _is_vowel_mark(letter: str) -> bool:
    return "\u0591" <= letter <= "\u05c7" or "\u064b" <= letter <= "\u065f" or letter == "\u0670"


@lru_cache(maxsize=400_000)
def form(word: str) -> str | None:
    """A word with one byte for each letter; None where its script does not fit."""
    if word.isascii():
        return word
    written = []
    for letter in word:
        code = _FORMS.get(ord(letter))
        if code is None:
            return None
        written.append(chr(code))
    return "".join(written)


_FIRST = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^ps"), "s"),
    (re.compile(r"^x"), "s"),
)
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[tsc]ch|sch|sh|ch|tsh"), "x"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"ck|[cq]"), "k"),
    (re.compile(r"gh(?=[^aeiouy]|$)"), ""),
    (re.compile(r"dg|j|g(?=[eiy])"), "j"),
    (re.compile(r"th"), "t"),
    (re.compile(r"v"), "f"),
    (re.compile(r"d"), "t"),
    (re.compile(r"b"), "p"),
    (re.compile(r"m"), "n"),
    (re.compile(r"g"), "k"),
)
_QUIET = re.compile(r"(?<=.)[aeiouyhw]")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=400_000)
def sound(word: str) -> str | None:
    """How a Latin surname sounds, in at most eight letters; None in other scripts."""
    if not word.isascii():
        return None
    word = word.replace("-", "")
    for pattern, heard in _FIRST:
        word = pattern.sub(heard, word)
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    if word and word[0] in "aeiouy":
        word = "a" + word[1:]
    word = _DOUBLE.sub(r"\1", _QUIET.sub("", _DOUBLE.sub(r"\1", word)))
    return word[:8] or None


@lru_cache(maxsize=100_000)
def sounds_of(heard: str) -> str:
    """The sounds of a surname in alphabetical order: two letters exchanged do not keep records apart."""
    return "".join(sorted(set(heard)))
