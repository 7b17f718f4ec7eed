"""Given names and what they are short for, from the `nicknames` package.

A name has the numbers of the full names that it stands for; two names are nicknames of each other when they share one. The
package also lists names under shorter ones (Robert under Bob). Those would make Bob, Bill and Robert one,
so that only full names count: the longer ones, as long as they are short for nothing themselves.
"""

from __future__ import annotations

from functools import cache, lru_cache

__all__ = ["first_letters", "full_names"]


_WRONG = {("bill", "robert"), ("billy", "robert")}
"""What the package has wrong: with it Bob and Bill would be one."""

_SPANISH = """
alberto beto; alejandra ale; alejandro alex ale; antonio tono tonio; carmen carmelita; concepcion concha; consuelo chelo;
dolores lola; eduardo lalo; enrique quique kike; ernesto neto; federico fede; francisca paca pancha; francisco paco pancho
cisco; gabriela gaby gabi; graciela chela; gregorio goyo; guadalupe lupe lupita; guillermo memo; gustavo tavo; ignacia nacha;
ignacio nacho; isabel chabela; javier javi; jesus chuy chucho; jose pepe chepe; josefina chepina pepa; leonardo leo; luis lucho;
manuel manolo manny; margarita mago; mercedes meche; pilar pili; rafael rafa; refugio cuca cuco; ricardo rico; roberto beto
tito; rosario chayo; salvador chava; santiago chago; sergio checo; socorro coco; teresa tere; vicente chente
"""
"""Spanish short forms, which the package hardly has: a full name, then what it is called."""


@cache
def _lookup() -> tuple[dict[str, set[str]], dict[str, int]]:
    from nicknames import NickNamer

    namer = NickNamer()
    above = {
        name: {one for one in canonicals if len(one) > len(name) and (name, one) not in _WRONG}
        for name, canonicals in namer.canonical_lookup.items()
    }
    for line in _SPANISH.replace("\n", " ").split(";"):
        full_name, *short = line.split()
        above.setdefault(full_name, set())
        for name in short:
            above.setdefault(name, set()).add(full_name)
    roots: dict[str, set[str]] = {}
    for name, canonicals in above.items():
        full = {one for one in canonicals if not above.get(one)} or canonicals
        roots[name] = full
    every = sorted({one for full in roots.values() for one in full})
    return roots, {name: number for number, name in enumerate(every)}


@lru_cache(maxsize=200_000)
def full_names(given: str) -> tuple[int, ...]:
    """The numbers of the full names that a given name is, or is short for; in order."""
    roots, numbers = _lookup()
    found = {numbers[one] for one in roots.get(given, ())}
    if given in numbers:
        found.add(numbers[given])
    return tuple(sorted(found))


@lru_cache(maxsize=200_000)
def first_letters(given: str) -> str:
    """The letters that can stand for a given name: its own, then those of its full names (Bob: b, r)."""
    roots, _ = _lookup()
    others = {one[0] for one in roots.get(given, ())} - {given[0]}
    return given[0] + "".join(sorted(others))
