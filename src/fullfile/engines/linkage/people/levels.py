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

from rapidfuzz.distance import JaroWinkler, Levenshtein

from fullfile.engines.linkage.people.person import Person

__all__ = ["COMPARISONS", "Comparison", "Level", "is_other"]

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


def _alike(left: str | None, right: str | None, least: float) -> bool:
    return left is not None and right is not None and JaroWinkler.similarity(left, right) >= least


def _both(left: str | None, right: str | None) -> bool:
    return left is not None and left == right


def _same_surname(a: Person, b: Person) -> bool:
    return a.surname == b.surname


def _swapped(a: Person, b: Person) -> bool:
    if _both(a.given, b.surname):
        return _both(a.surname, b.given) or _alike(a.surname_form, b.given_form, 0.9)
    return _both(a.surname, b.given) and _alike(a.given_form, b.surname_form, 0.9)


_SWAPPED = """((given_l = surname_r and (surname_l = given_r
        or name_similarity(surname_form_l, given_form_r) >= 0.9))
    or (surname_l = given_r and name_similarity(given_form_l, surname_form_r) >= 0.9))"""


def _part_of(a: Person, b: Person) -> bool:
    mine, theirs = a.surname, b.surname
    return mine in (b.surname_first, b.surname_last, b.middle) or theirs in (
        a.surname_first,
        a.surname_last,
        a.middle,
    )


_PART_OF = " or ".join(
    f"surname_{one} = {column}_{other}"
    for one, other in (("l", "r"), ("r", "l"))
    for column in ("surname_first", "surname_last", "middle")
)


def _near_surname(a: Person, b: Person) -> bool:
    return _alike(a.surname_form, b.surname_form, 0.92)


def _sounds(a: Person, b: Person) -> bool:
    return _both(a.sound, b.sound) and _alike(a.surname_form, b.surname_form, 0.8)


def _same_given(a: Person, b: Person) -> bool:
    return _both(a.given, b.given)


def _nickname(a: Person, b: Person) -> bool:
    return a.nicks is not None and b.nicks is not None and not set(a.nicks).isdisjoint(b.nicks)


def _initial(a: Person, b: Person) -> bool:
    if a.given is not None and b.given is not None:
        return False
    return (a.initial or "?") in (b.initials or "") or (b.initial or "?") in (a.initials or "")


def _second(a: Person, b: Person) -> bool:
    return _both(a.given, b.middle) or _both(a.middle, b.given)


def _near_given(a: Person, b: Person) -> bool:
    return _alike(a.given_form, b.given_form, 0.9)


_NICKNAME = "arrays_overlap(nicks_l, nicks_r)"
_INITIAL = """((given_l is null or given_r is null)
    and (instr(initials_l, initial_r) > 0 or instr(initials_r, initial_l) > 0))"""
_SECOND = "(given_l = middle_r or middle_l = given_r)"
_NEAR_GIVEN = "name_similarity(given_form_l, given_form_r) >= 0.9"


def _near_born(a: Person, b: Person) -> bool:
    x, y = a.born, b.born
    if x is None or y is None:
        return False
    return (
        Levenshtein.distance(x, y) <= 1
        or (x[:4] == y[:4] and x[5:7] == y[8:] and x[8:] == y[5:7])
        or (x[:7] == y[:7] and x[8:] == y[:7:-1])
        or (x[4:] == y[4:] and x[2:4] == y[3:1:-1])
    )


_NEAR_BORN = """(
    levenshtein(born_l, born_r) <= 1
    or (year_l = year_r and substr(born_l, 6, 2) = substr(born_r, 9, 2)
        and substr(born_l, 9, 2) = substr(born_r, 6, 2))
    or (month_l = month_r and substr(born_l, 9, 2) = reverse(substr(born_r, 9, 2)))
    or (substr(born_l, 5, 6) = substr(born_r, 5, 6)
        and substr(born_l, 3, 2) = reverse(substr(born_r, 3, 2)))
)"""


def _partly_born(a: Person, b: Person) -> bool:
    return (
        (a.born is None or b.born is None)
        and a.year == b.year
        and (a.month is None or b.month is None or a.month == b.month)
    )


_PARTLY_BORN = """((born_l is null or born_r is null) and year_l = year_r
    and (month_l is null or month_r is null or month_l = month_r))"""


def is_other(a: Person, b: Person) -> bool:
    """Whether something speaks for two persons, whatever they share besides."""
    if (
        a.initial is not None
        and b.initial is not None
        and not (
            _same_given(a, b)
            or _swapped(a, b)
            or _nickname(a, b)
            or _initial(a, b)
            or _second(a, b)
            or _near_given(a, b)
        )
    ):
        return True
    if a.born is not None and b.born is not None and not _near_born(a, b):
        return True
    return a.suffix is not None and b.suffix is not None and a.suffix != b.suffix


_OTHER = f"""(
    (initial_l is not null and initial_r is not null and not (
        coalesce(given_l = given_r, false) or coalesce({_SWAPPED}, false)
        or coalesce({_NICKNAME}, false) or coalesce({_INITIAL}, false)
        or coalesce({_SECOND}, false) or coalesce({_NEAR_GIVEN}, false)))
    or (born_l is not null and born_r is not null and not {_NEAR_BORN})
    or coalesce(suffix_l <> suffix_r, false)
)"""


def _seven(a: Person, b: Person) -> bool:
    x, y = a.phone or "", b.phone or ""
    return (len(x) < 10 or len(y) < 10) and x[-7:] == y[-7:]


def _near_phone(a: Person, b: Person) -> bool:
    x, y = a.phone or "", b.phone or ""
    return len(x) == 10 and len(y) == 10 and Levenshtein.distance(x, y) <= 1


def _near_address(a: Person, b: Person) -> bool:
    x, y = a.address_form, b.address_form
    if x is None or y is None or x.split(" ", 1)[0] != y.split(" ", 1)[0]:
        return False
    return Levenshtein.distance(x, y) <= 2


def _middle_initial(a: Person, b: Person) -> bool:
    return a.middle_initial == b.middle_initial and (a.middle is None or b.middle is None)


def _null(column: str) -> tuple[str, Test]:
    return (
        f"{column}_l is null or {column}_r is null",
        lambda a, b: getattr(a, column) is None or getattr(b, column) is None,
    )


def _same(column: str) -> tuple[str, Test]:
    return f"{column}_l = {column}_r", lambda a, b: _both(getattr(a, column), getattr(b, column))


def _same_but_other(column: str) -> tuple[str, Test]:
    return (
        f"{column}_l = {column}_r and {_OTHER}",
        lambda a, b: _both(getattr(a, column), getattr(b, column)) and is_other(a, b),
    )


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "surname",
        *_null("surname"),
        (
            Level("same", "surname the same", *_same("surname"), frequency="surname"),
            Level("swapped", "given name and surname swapped", _SWAPPED, _swapped),
            Level("part", "surname a part of the other's", _PART_OF, _part_of),
            Level(
                "near",
                "surname nearly the same",
                "name_similarity(surname_form_l, surname_form_r) >= 0.92",
                _near_surname,
            ),
            Level(
                "sounds",
                "surname sounds the same",
                "sound_l = sound_r and name_similarity(surname_form_l, surname_form_r) >= 0.8",
                _sounds,
            ),
        ),
        "surname different",
    ),
    Comparison(
        "given",
        *_null("initial"),
        (
            Level("same", "given name the same", *_same("given"), frequency="given"),
            Level("swapped", "", _SWAPPED, _swapped, neutral=True),
            Level("nickname", "given name a nickname", _NICKNAME, _nickname),
            Level("initial", "given name only an initial, the same", _INITIAL, _initial),
            Level("second", "given name the other's middle name", _SECOND, _second),
            Level("near", "given name nearly the same", _NEAR_GIVEN, _near_given),
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
                _middle_initial,
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
                _NEAR_BORN,
                _near_born,
            ),
            Level(
                "partly",
                "date of birth the same as far as it is known",
                _PARTLY_BORN,
                _partly_born,
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
                _seven,
            ),
            Level(
                "near",
                "telephone the same but for a digit",
                "length(phone_l) = 10 and length(phone_r) = 10 and levenshtein(phone_l, phone_r) <= 1",
                _near_phone,
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
                _near_address,
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
