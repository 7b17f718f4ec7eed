"""A made-up county's person records, the same for the same seed, with the truth beside them."""

# ruff: noqa: SIM905 - lists of words are read as lines of words

from __future__ import annotations

import random
from itertools import accumulate
from typing import Any

import pyarrow as pa

from fullfile.engines.linkage.people import CASE_SIDE, ITEM_SIDE, RECORDS

_SYLLABLES = (
    "ba be bo da del dor fen gar gil hal har jor kel kin lan lor mar mer mor nor pel quil ran ros "
    "sel sten tal tor val ver vin wen wick wil yar zel"
).split()
_GIVEN = (
    "James Robert John Michael William David Richard Joseph Thomas Daniel Mary Patricia Jennifer "
    "Elizabeth Margaret Susan Katherine Sarah"
).split()
_NICKNAMES = {
    "James": "Jim",
    "Robert": "Bob",
    "William": "Bill",
    "Michael": "Mike",
    "Margaret": "Peggy",
    "Richard": "Rick",
    "Thomas": "Tom",
    "Joseph": "Joe",
    "Katherine": "Kate",
    "Daniel": "Dan",
}


def person_table(*records: dict[str, Any]) -> pa.Table:
    """Records with what is not given left empty, numbered in order."""
    empty = {
        "name": "",
        "kind": "civil",
        "agency": "",
        "date_of_birth": "",
        "phone": "",
        "address": "",
        "side": CASE_SIDE,
        "seen": 1,
    }
    rows = [{"record": at, **empty, **record} for at, record in enumerate(records)]
    return pa.Table.from_pylist(rows, schema=RECORDS)


def made_people(items: int, cases: int, seed: int = 1) -> tuple[pa.Table, list[int]]:
    """So many records of each side, and for each record who it truly is."""
    chance = random.Random(seed)
    surnames = sorted({_word(chance, 3) for _ in range(3_000)})
    chance.shuffle(surnames)
    givens = _GIVEN + sorted({_word(chance, 2) for _ in range(400)})
    common = list(accumulate(1 / (at + 20) for at in range(len(surnames))))
    usual = list(accumulate(1 / (at + 8) for at in range(len(givens))))
    people = [
        {
            "surname": chance.choices(surnames, cum_weights=common)[0],
            "given": chance.choices(givens, cum_weights=usual)[0],
            "middle": chance.choice("ABCDEFGHJKLMNPRSTW"),
            "born": f"{chance.randint(1940, 2006)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "phone": f"({chance.randint(200, 999)}) {chance.randint(200, 999)}-{chance.randint(0, 9999):04}",
            "address": f"{chance.randint(1, 2999)} {_word(chance, 2)} Street",
            "agency": f"ag{chance.randrange(6)}",
            "badge": str(chance.randint(1000, 9999)),
        }
        for _ in range(max(20, (items + cases) // 2))
    ]
    officers = max(10, len(people) // 50)
    rows, truth = [], []
    for side, number in ((ITEM_SIDE, items), (CASE_SIDE, cases)):
        for _ in range(number):
            who = chance.randrange(len(people))
            one = people[who]
            rows.append(
                {
                    "record": len(rows),
                    "kind": "officer" if who < officers else "civil",
                    "side": side,
                    "seen": chance.randint(1, 9),
                    **(_officer(chance, one) if who < officers else _civilian(chance, one, side)),
                }
            )
            truth.append(who)
    return pa.Table.from_pylist(rows, schema=RECORDS), truth


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choices(_SYLLABLES, k=syllables)).capitalize()


def _officer(chance: random.Random, one: dict[str, str]) -> dict[str, str]:
    given, surname = one["given"], one["surname"]
    name = chance.choice(
        (
            f"Ofc. {given[0]}. {surname}",
            f"{given} {surname}",
            f"Det. {given} {surname} #{one['badge']}",
            f"{surname.upper()}, {given.upper()}",
        )
    )
    return {"name": name, "agency": one["agency"], "date_of_birth": "", "phone": "", "address": ""}


def _civilian(chance: random.Random, one: dict[str, str], side: int) -> dict[str, str]:
    surname, given = one["surname"], one["given"]
    if chance.random() < 0.08:
        surname = _slip(chance, surname)
    roll = chance.random()
    if roll < 0.15:
        given = _NICKNAMES.get(given, given)
    elif roll < 0.25:
        given = f"{given[0]}."
    elif roll < 0.3:
        given = _slip(chance, given)
    middle = f" {one['middle']}." if chance.random() < 0.3 else ""
    born = one["born"] if chance.random() < (0.45 if side == ITEM_SIDE else 0.85) else ""
    if born and chance.random() < 0.1:
        born = born[:4] if chance.random() < 0.5 else f"{born[:9]}{chance.randint(1, 9)}"
    name = chance.choice(
        (
            f"{given}{middle} {surname}",
            f"{surname}, {given}{middle}".upper(),
            f"{given} {surname}",
            f"{surname} {given}" if chance.random() < 0.2 else f"{given}{middle} {surname}",
        )
    )
    return {
        "name": name,
        "agency": "",
        "date_of_birth": born,
        "phone": one["phone"] if chance.random() < 0.35 else "",
        "address": one["address"] if chance.random() < 0.5 else "",
    }


def _slip(chance: random.Random, word: str) -> str:
    """A typing error: two letters exchanged, or one left out."""
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    if chance.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :]
