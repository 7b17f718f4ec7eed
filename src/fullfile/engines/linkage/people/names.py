"""Names as written, taken apart: swapped forms, ranks, suffixes, initials, badges, particles.

A name of one word (a role such as `TECH`, a code such as `PROS-1`) says nothing that could be
nearly the same: it is kept whole and compared as identical text only. So is a name with digits that are no badge.
What this does not do: it does not guess which word is the surname where none is marked. It takes
the last, and the comparison of surnames knows swapped names and doubled ones.
"""

# ruff: noqa: SIM905 - lists of words are read as lines of words

from __future__ import annotations

import re
from dataclasses import dataclass

from fullfile.engines.linkage.people.folding import fold

__all__ = ["Name", "parse_name"]

_TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev reverend fr father hon honorable judge justice atty "
    "attorney det detective detectives sgt sergeant ofc ofcr officer off lt lieut lieutenant capt captain cpl "
    "corporal dep deputy tpr trooper chief sheriff marshal insp inspector agt agent supt superintendent "
    "cmdr commander maj major col colonel pfc constable tech technician analyst criminalist investigator "
    "inv evid csi sir dame lady senor senora sra".split()
)
_RANKS = frozenset("po pc dc ds di sa ssa ssgt msgt co so da ada custodian clerk".split())
_SUFFIXES = {
    "jr": "jr",
    "jnr": "jr",
    "junior": "jr",
    "sr": "sr",
    "snr": "sr",
    "senior": "sr",
    "ii": "2",
    "2nd": "2",
    "iii": "3",
    "3rd": "3",
    "iv": "4",
    "4th": "4",
}
_AFTER = frozenset("md do phd esq esquire dds dvm rn cpa jd ret retired".split())
_PARTICLES = frozenset(
    "de del della dela delle di da do dos das du des la le las los lo van von vom der den ter ten te "
    "bin ibn bint al el ul abu st saint san santa mac mc fitz af av zu zur".split()
)
_NOBODY = frozenset("unknown unk unidentified none nobody anonymous na nil null tbd".split())
_NOTHING = frozenset({"n/a", "n.a.", "n a", "no name", "not known", "not stated"})
_QUOTED = re.compile(
    r"[\"“”«»]([^\"“”«»]{1,40})[\"“”«»]|\(([^()]{1,40})\)|\s'([^']{2,40})'(?=\s|$)"
)
_ALIAS = re.compile(r"\b(?:a\.?k\.?a\.?|alias)[ :]\s*(.{1,60})$")
_BADGE = re.compile(
    r"(?:#|\bbadge\s*(?:number|no\b\.?|#)?|\bid\s*#|\bno\.\s*)\s*[:#]?\s*([a-z]{0,2}\d{1,8})\b"
)
_TRAILING = re.compile(r"[\s,/]+(\d{2,8})\s*$")
_DIGIT = re.compile(r"\d")
_SPLIT = re.compile(r"[\s./\\_;:|+*]+")
_DROP = re.compile(r"['’‘ʼ`´?!#&\"<>\[\]{}()=~^%$@]+")
_NATURAL = re.compile(r"([a-z]+)\.? (?:([a-z]+)\.? )?([a-z]+)")
_TURNED = re.compile(r"([a-z]+), ([a-z]+)\.?(?: ([a-z]+)\.?)?")
_SPECIAL = _TITLES | _RANKS | _SUFFIXES.keys() | _AFTER | _PARTICLES | _NOBODY | {"alias", "aka"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    Attributes:
        text: the whole name, folded, without titles, given names first.
        word: a role or code of one word, or with digits: compares as identical text only.
        surnames: the parts of the surname, particles joined to theirs (`delacruz`).
        cores: the same parts without particles.
        given, middle: full names, None where only an initial is known.
        initial, middle_initial: their first letters.
        suffix: jr, sr, 2, 3, 4.
        badge: the number on the badge.
        known_as: a name in quotes or brackets.
    """

    text: str
    word: bool = False
    surnames: tuple[str, ...] = ()
    cores: tuple[str, ...] = ()
    given: str | None = None
    initial: str | None = None
    middle: str | None = None
    middle_initial: str | None = None
    suffix: str | None = None
    badge: str | None = None
    known_as: str | None = None


def parse_name(name: str, *, officer: bool = False) -> Name | None:
    """Take a name apart; None where there is none.

    Args:
        name: as written, in any script and order.
        officer: short ranks (PC, DS) and bare numbers at the end are then rank and badge.
    """
    folded = fold(name).strip()
    if folded in _NOTHING:
        return None
    plain = _plain_name(folded)
    if plain is not None:
        return plain
    whole = " ".join(folded.split())
    known_as = None
    if met := _ALIAS.search(whole):
        known_as, whole = met[1].strip(), whole[: met.start()].strip(" ,")
    badge = None
    if met := _BADGE.search(whole):
        badge, whole = met[1], (whole[: met.start()] + " " + whole[met.end() :]).strip(" ,()")
    if met := _QUOTED.search(whole):
        known_as = next(group for group in met.groups() if group)
        whole = (whole[: met.start()] + " " + whole[met.end() :]).strip()
    if badge is None and officer and (met := _TRAILING.search(whole)):
        badge, whole = met[1], whole[: met.start()]
    parts, suffix = _without_suffixes(whole)
    titled = False
    for at, part in enumerate(parts):
        parts[at], found = _without_titles(part, officer=officer)
        titled = titled or found
    parts = [part for part in parts if part]
    tokens = [token for part in parts for token in part]
    if not tokens or all(token in _NOBODY for token in tokens):
        return None
    alone = len(tokens) == 1 and (
        _is_title(tokens[0], officer=officer) or not (titled or badge or suffix)
    )
    if alone or any(_DIGIT.search(token) for token in tokens):
        return Name(" ".join(_DROP.sub("", whole).split()) or whole, word=True, badge=badge)
    if len(parts) > 1:
        family, others = parts[0], [token for part in parts[1:] for token in part]
    else:
        family, others = _last_name(parts[0])
    return _name(family, others, suffix, badge, known_as)


def _plain_name(folded: str) -> Name | None:
    """Most names are two or three plain words: the long way round would find the same, more slowly."""
    if met := _NATURAL.fullmatch(folded):
        first, middle, last = met.groups()
    elif met := _TURNED.fullmatch(folded):
        last, first, middle = met.groups()
    else:
        return None
    if first in _SPECIAL or last in _SPECIAL or middle in _SPECIAL:
        return None
    family = (last,)
    return Name(
        f"{first} {middle} {last}" if middle else f"{first} {last}",
        surnames=family,
        cores=family,
        given=first if len(first) > 1 else None,
        initial=first[0],
        middle=middle if middle and len(middle) > 1 else None,
        middle_initial=middle[0] if middle else None,
    )


def _without_suffixes(whole: str) -> tuple[list[list[str]], str | None]:
    """The parts between commas as words, and the suffix, wherever it stood at an end."""
    suffix: str | None = None
    parts: list[list[str]] = []
    for part in whole.split(","):
        tokens = [
            token.strip("-") for token in _SPLIT.split(_DROP.sub("", part)) if token.strip("-")
        ]
        while tokens and (tokens[-1] in _SUFFIXES or tokens[-1] in _AFTER):
            if len(tokens) == 1 and not parts:
                break
            suffix = _SUFFIXES.get(tokens.pop(), suffix)
        if tokens:
            parts.append(tokens)
    return parts, suffix


def _without_titles(tokens: list[str], *, officer: bool) -> tuple[list[str], bool]:
    at = 0
    while at < len(tokens) and _is_title(tokens[at], officer=officer):
        at += 1
    if at and at == len(tokens):
        # A rank alone is a role: TECH is the name here.
        return tokens[-1:], False
    return tokens[at:], at > 0


def _is_title(word: str, *, officer: bool) -> bool:
    return word in _TITLES or (officer and word in _RANKS)


def _last_name(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The last word with the particles before it, and what stands before them."""
    at = len(tokens) - 1
    while at > 1 and tokens[at - 1] in _PARTICLES:
        at -= 1
    if at == 1 and len(tokens) > 2 and tokens[0] in _PARTICLES:
        at = 0  # `de la Cruz`: a surname alone
    return tokens[at:], tokens[:at]


def _name(
    family: list[str],
    others: list[str],
    suffix: str | None,
    badge: str | None,
    known_as: str | None,
) -> Name:
    surnames: list[str] = []
    cores: list[str] = []
    before = ""
    for token in family:
        for word in token.split("-"):
            if word in _PARTICLES and word != family[-1]:
                before += word
            elif word:
                surnames.append(before + word)
                cores.append(word)
                before = ""
    if not surnames:
        surnames = cores = [before]
    words = [word for token in others for word in token.split("-") if word]
    first = words[0] if words else None
    rest = words[1:]
    middle = rest[0] if rest else None
    ordered = [*words, "-".join(surnames), *([suffix] if suffix else [])]
    return Name(
        text=" ".join(ordered),
        surnames=tuple(surnames),
        cores=tuple(cores),
        given=first if first and len(first) > 1 else None,
        initial=first[0] if first else None,
        middle=middle if middle and len(middle) > 1 else None,
        middle_initial=middle[0] if middle else None,
        suffix=suffix,
        badge=badge,
        known_as=known_as,
    )
