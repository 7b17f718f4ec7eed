"""When two persons agree: each question as Python and as SQL, side by side, saying the same.

The SQL reads columns of both records, `_l` and `_r`, in what DuckDB and Spark both know. A test holds the two forms
against each other through Splink itself.
"""

from __future__ import annotations

from rapidfuzz.distance import JaroWinkler, Levenshtein

from fullfile.engines.linkage.people.person import Person

__all__ = [
    "INITIAL",
    "NEAR_BORN",
    "NEAR_GIVEN",
    "NICKNAME",
    "OTHER",
    "PARTLY_BORN",
    "PART_OF",
    "SECOND",
    "SWAPPED",
    "both",
    "initial",
    "is_other",
    "middle_initial",
    "near_address",
    "near_born",
    "near_given",
    "near_phone",
    "near_surname",
    "nickname",
    "part_of",
    "partly_born",
    "second",
    "seven",
    "sounds",
    "swapped",
]


def alike(left: str | None, right: str | None, least: float) -> bool:
    return left is not None and right is not None and JaroWinkler.similarity(left, right) >= least


def both(left: str | None, right: str | None) -> bool:
    return left is not None and left == right


def swapped(a: Person, b: Person) -> bool:
    if both(a.given, b.surname):
        return both(a.surname, b.given) or alike(a.surname_form, b.given_form, 0.9)
    return both(a.surname, b.given) and alike(a.given_form, b.surname_form, 0.9)


SWAPPED = """((given_l = surname_r and (surname_l = given_r
        or name_similarity(surname_form_l, given_form_r) >= 0.9))
    or (surname_l = given_r and name_similarity(given_form_l, surname_form_r) >= 0.9))"""


def part_of(a: Person, b: Person) -> bool:
    mine, theirs = a.surname, b.surname
    return mine in (b.surname_first, b.surname_last, b.middle) or theirs in (
        a.surname_first,
        a.surname_last,
        a.middle,
    )


PART_OF = " or ".join(
    f"surname_{one} = {column}_{other}"
    for one, other in (("l", "r"), ("r", "l"))
    for column in ("surname_first", "surname_last", "middle")
)


def near_surname(a: Person, b: Person) -> bool:
    return alike(a.surname_form, b.surname_form, 0.92)


def sounds(a: Person, b: Person) -> bool:
    return both(a.sound, b.sound) and alike(a.surname_form, b.surname_form, 0.8)


def same_given(a: Person, b: Person) -> bool:
    return both(a.given, b.given)


def nickname(a: Person, b: Person) -> bool:
    return a.nicks is not None and b.nicks is not None and not set(a.nicks).isdisjoint(b.nicks)


def initial(a: Person, b: Person) -> bool:
    if a.given is not None and b.given is not None:
        return False
    return (a.initial or "?") in (b.initials or "") or (b.initial or "?") in (a.initials or "")


def second(a: Person, b: Person) -> bool:
    return both(a.given, b.middle) or both(a.middle, b.given)


def near_given(a: Person, b: Person) -> bool:
    return alike(a.given_form, b.given_form, 0.9)


NICKNAME = "arrays_overlap(nicks_l, nicks_r)"
INITIAL = """((given_l is null or given_r is null)
    and (instr(initials_l, initial_r) > 0 or instr(initials_r, initial_l) > 0))"""
SECOND = "(given_l = middle_r or middle_l = given_r)"
NEAR_GIVEN = "name_similarity(given_form_l, given_form_r) >= 0.9"


def near_born(a: Person, b: Person) -> bool:
    x, y = a.born, b.born
    if x is None or y is None:
        return False
    return (
        Levenshtein.distance(x, y) <= 1
        or (x[:4] == y[:4] and x[5:7] == y[8:] and x[8:] == y[5:7])
        or (x[:7] == y[:7] and x[8:] == y[:7:-1])
        or (x[4:] == y[4:] and x[2:4] == y[3:1:-1])
    )


NEAR_BORN = """(
    levenshtein(born_l, born_r) <= 1
    or (year_l = year_r and substr(born_l, 6, 2) = substr(born_r, 9, 2)
        and substr(born_l, 9, 2) = substr(born_r, 6, 2))
    or (month_l = month_r and substr(born_l, 9, 2) = reverse(substr(born_r, 9, 2)))
    or (substr(born_l, 5, 6) = substr(born_r, 5, 6)
        and substr(born_l, 3, 2) = reverse(substr(born_r, 3, 2)))
)"""


def partly_born(a: Person, b: Person) -> bool:
    return (
        (a.born is None or b.born is None)
        and a.year == b.year
        and (a.month is None or b.month is None or a.month == b.month)
    )


PARTLY_BORN = """((born_l is null or born_r is null) and year_l = year_r
    and (month_l is null or month_r is null or month_l = month_r))"""


def is_other(a: Person, b: Person) -> bool:
    """Whether something speaks for two persons, whatever they share besides."""
    if (
        a.initial is not None
        and b.initial is not None
        and not (
            same_given(a, b)
            or swapped(a, b)
            or nickname(a, b)
            or initial(a, b)
            or second(a, b)
            or near_given(a, b)
        )
    ):
        return True
    if a.born is not None and b.born is not None and not near_born(a, b):
        return True
    return a.suffix is not None and b.suffix is not None and a.suffix != b.suffix


OTHER = f"""(
    (initial_l is not null and initial_r is not null and not (
        coalesce(given_l = given_r, false) or coalesce({SWAPPED}, false)
        or coalesce({NICKNAME}, false) or coalesce({INITIAL}, false)
        or coalesce({SECOND}, false) or coalesce({NEAR_GIVEN}, false)))
    or (born_l is not null and born_r is not null and not {NEAR_BORN})
    or coalesce(suffix_l <> suffix_r, false)
)"""


def seven(a: Person, b: Person) -> bool:
    x, y = a.phone or "", b.phone or ""
    return (len(x) < 10 or len(y) < 10) and x[-7:] == y[-7:]


def near_phone(a: Person, b: Person) -> bool:
    x, y = a.phone or "", b.phone or ""
    return len(x) == 10 and len(y) == 10 and Levenshtein.distance(x, y) <= 1


def near_address(a: Person, b: Person) -> bool:
    x, y = a.address_form, b.address_form
    if x is None or y is None or x.split(" ", 1)[0] != y.split(" ", 1)[0]:
        return False
    return Levenshtein.distance(x, y) <= 2


def middle_initial(a: Person, b: Person) -> bool:
    return a.middle_initial == b.middle_initial and (a.middle is None or b.middle is None)
