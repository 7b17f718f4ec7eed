"""How two persons are compared: the levels of each comparison, as SQL for Splink and as Python.

Both forms of a level say the same; a test holds them against each other through Splink itself. Levels are tried
in order, the first that holds counts, and none means that they differ (level 0). Where something is not known on
both sides the comparison says nothing (level -1).

An address or a telephone that is the same speaks for one person only as long as nothing speaks for two: with
other given names, other dates of birth or another suffix it is a household, which weighs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fullfile.engines.linkage.people.agreement import (
    INITIAL,
    NEAR_BORN,
    NEAR_GIVEN,
    NICKNAME,
    OTHER,
    PART_OF,
    PARTLY_BORN,
    SECOND,
    SWAPPED,
    both,
    initial,
    is_other,
    middle_initial,
    near_address,
    near_born,
    near_given,
    near_phone,
    near_surname,
    nickname,
    part_of,
    partly_born,
    second,
    seven,
    sounds,
    swapped,
)
from fullfile.engines.linkage.people.person import Person

__all__ = ["COMPARISONS", "Comparison", "Level"]

Test = Callable[[Person, Person], bool]


@dataclass(frozen=True, slots=True)
class Level:
    """One grade of agreement.

    Attributes:
        name: as in the model.
        words: as told to a person.
        sql: over columns of both records, `_l` and `_r`.
        test: the same in Python.
        frequency: the column whose term frequency adjusts the weight.
        neutral: it weighs nothing, and is not trained.
    """

    name: str
    words: str
    sql: str
    test: Test
    frequency: str | None = None
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: when it says nothing, its levels from the strongest on, how a difference is told."""

    name: str
    null_sql: str
    null: Test
    levels: tuple[Level, ...]
    differs: str

    def level(self, left: Person, right: Person) -> int:
        """The number of the level: -1 not known, 0 different, the greatest the strongest."""
        if self.null(left, right):
            return -1
        for number, level in zip(range(len(self.levels), 0, -1), self.levels, strict=True):
            if level.test(left, right):
                return number
        return 0

    def named(self, number: int) -> Level | None:
        """The level of a number; None for 0 and -1."""
        return self.levels[len(self.levels) - number] if number > 0 else None


def _null(column: str) -> tuple[str, Test]:
    return (
        f"{column}_l is null or {column}_r is null",
        lambda a, b: getattr(a, column) is None or getattr(b, column) is None,
    )


def _same(column: str) -> tuple[str, Test]:
    return f"{column}_l = {column}_r", lambda a, b: both(getattr(a, column), getattr(b, column))


def _same_but_other(column: str) -> tuple[str, Test]:
    return (
        f"{column}_l = {column}_r and {OTHER}",
        lambda a, b: both(getattr(a, column), getattr(b, column)) and is_other(a, b),
    )


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "surname",
        *_null("surname"),
        (
            Level("same", "surname the same", *_same("surname"), frequency="surname"),
            Level("swapped", "given name and surname swapped", SWAPPED, swapped),
            Level("part", "surname a part of the other's", PART_OF, part_of),
            Level(
                "near",
                "surname nearly the same",
                "name_similarity(surname_form_l, surname_form_r) >= 0.92",
                near_surname,
            ),
            Level(
                "sounds",
                "surname sounds the same",
                "sound_l = sound_r and name_similarity(surname_form_l, surname_form_r) >= 0.8",
                sounds,
            ),
        ),
        "surname different",
    ),
    Comparison(
        "given",
        *_null("initial"),
        (
            Level("same", "given name the same", *_same("given"), frequency="given"),
            Level("swapped", "", SWAPPED, swapped, neutral=True),
            Level("nickname", "given name a nickname", NICKNAME, nickname),
            Level("initial", "given name only an initial, the same", INITIAL, initial),
            Level("second", "given name the other's middle name", SECOND, second),
            Level("near", "given name nearly the same", NEAR_GIVEN, near_given),
        ),
        "given name different",
    ),
    Comparison(
        "middle",
        *_null("middle_initial"),
        (
            Level("same", "middle name the same", *_same("middle")),
            Level(
                "initial",
                "initial of the middle name the same",
                "middle_initial_l = middle_initial_r and (middle_l is null or middle_r is null)",
                middle_initial,
            ),
        ),
        "middle name different",
    ),
    Comparison(
        "suffix",
        *_null("suffix"),
        (Level("same", "suffix the same", *_same("suffix")),),
        "suffix different",
    ),
    Comparison(
        "born",
        *_null("year"),
        (
            Level("same", "date of birth the same", *_same("born"), frequency="born"),
            Level(
                "near",
                "date of birth the same but for a digit or an exchange",
                NEAR_BORN,
                near_born,
            ),
            Level(
                "partly",
                "date of birth the same as far as it is known",
                PARTLY_BORN,
                partly_born,
            ),
            Level("year", "year of birth the same", *_same("year")),
        ),
        "date of birth different",
    ),
    Comparison(
        "phone",
        *_null("phone"),
        (
            Level(
                "shared",
                "telephone the same, but another person",
                *_same_but_other("phone"),
                neutral=True,
            ),
            Level("same", "telephone the same", *_same("phone"), frequency="phone"),
            Level(
                "seven",
                "telephone the same without area code",
                "(length(phone_l) < 10 or length(phone_r) < 10)"
                " and right(phone_l, 7) = right(phone_r, 7)",
                seven,
            ),
            Level(
                "near",
                "telephone the same but for a digit",
                "length(phone_l) = 10 and length(phone_r) = 10 and levenshtein(phone_l, phone_r) <= 1",
                near_phone,
            ),
        ),
        "telephone different",
    ),
    Comparison(
        "address",
        *_null("address"),
        (
            Level(
                "household",
                "address the same, but another person: a household",
                *_same_but_other("address"),
                neutral=True,
            ),
            Level("same", "address the same", *_same("address"), frequency="address"),
            Level(
                "near",
                "address nearly the same",
                "split_part(address_form_l, ' ', 1) = split_part(address_form_r, ' ', 1)"
                " and levenshtein(address_form_l, address_form_r) <= 2",
                near_address,
            ),
        ),
        "address different",
    ),
    Comparison(
        "agency",
        *_null("agency"),
        (Level("same", "agency the same", *_same("agency")),),
        "agency different",
    ),
    Comparison(
        "badge",
        *_null("badge"),
        (Level("same", "badge the same", *_same("badge")),),
        "badge different",
    ),
)
"""Every comparison, in the order in which it is told."""
