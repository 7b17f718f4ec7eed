"""Names as written, taken apart."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Name", "parse_name"]


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
    raise NotImplementedError
