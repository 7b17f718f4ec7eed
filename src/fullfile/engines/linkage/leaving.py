"""What a run leaves out, in sentences: keys and persons that are everywhere, texts and lists that go on and on.

An item reads its rarest keys first, and no more than `evidence.READ` rows of cases. So a key that more cases have is
never read by any item: it points to none of them. That is right, and it is said.
"""
# ruff: noqa: S608 - names in queries are our own tables', values are numbers

from __future__ import annotations

from fullfile.engines.linkage.connection import Connection
from fullfile.engines.linkage.evidence import READ
from fullfile.engines.linkage.keys import FAMILIES
from fullfile.engines.linkage.material import LONGEST, MOST_PERSONS
from fullfile.engines.linkage.persons import CROWDED

__all__ = ["left_out"]

_MOST = 10
"""Sentences about keys."""
_SAID = {
    "words": "the word “{}” is in {} cases",
    "mark": "the mark “{}” is in {} cases",
    "phone": "the telephone number {} is in {} cases",
    "address": "the address “{}” is in {} cases",
    "street": "the street or place “{}” is in {} cases",
    "officer": "the officer “{}” is in {} cases",
    "asked": "the word “{}” is in open requests of {} cases",
    "mentioned": "the word “{}” is in mentions of {} cases",
    "item_words": "the word “{}” is on things of {} cases",
    "item_person": "the name “{}” is on things of {} cases",
    "surname": "the surname “{}” is in {} cases",
    "item_mark": "the mark “{}” is on things of {} cases",
    "class": "the class “{}” is on {} cases",
    "person_told": "the name “{}” is that of parties of {} cases",
    "block": "the block “{}” is in {} cases",
    "officer_told": "the officer “{}” is told of in {} cases",
}
_KINDS = {
    "number_edit": "report numbers that are one slip away from each other",
    "number_digits": "report numbers with the same digits",
    "number_end": "report numbers with the same running number",
    "number_told": "numbers that are read alike",
    "officer_day": "an officer on one day",
    "agency_day": "an agency on one day",
    "street_week": "one street or place in the same weeks",
    "street_month": "one street or place in the same months",
    "class_week": "one class of thing in the same weeks",
}
"""Families whose keys are no words: told by what they are."""


def left_out(connection: Connection) -> list[str]:
    """What was left out of the run over the items that are `chosen`, the most common first."""
    return [*_keys(connection), *_persons(connection), *_texts(connection)]


def _keys(connection: Connection) -> list[str]:
    names = {number: name for name, number in FAMILIES.items()}
    rows = connection.sql(
        f"""SELECT r.family, r.cases, min(k.text)
            FROM key_rarity r JOIN item_key k ON k.key = r.key
            WHERE r.cases > {READ} GROUP BY r.family, r.key, r.cases ORDER BY r.cases DESC, min(k.text), r.family"""
    ).fetchall()
    found: list[str] = []
    for family, cases, text in rows[:_MOST]:
        name = names[family]
        if name in _KINDS:
            said = f"{_KINDS[name]} are shared by {cases:,} cases"
        else:
            said = _SAID[name].format(_plain(text), f"{cases:,}")
        found.append(f"{said}: it points to none of them")
    if len(rows) > _MOST:
        found.append(f"{len(rows) - _MOST:,} more words, names and numbers are in as many cases")
    return found


def _plain(text: str) -> str:
    kind, _, name = text.partition(":")
    if len(kind) == 2 and kind[1] in "co" and name:
        return " ".join(part.title() for part in name.split("|"))
    return text.removeprefix("~")


def _persons(connection: Connection) -> list[str]:
    rows = connection.sql(
        f"""WITH fits AS (
              SELECT p.record, count(DISTINCT c.ref) AS cases FROM person_pair p JOIN record o ON o.record = p.other
              JOIN person c ON c.side = 'case' AND c.name = o.name AND c.officer = o.officer AND c.agency = o.agency
                           AND c.born = o.born AND c.phone = o.phone AND c.address = o.address
              GROUP BY p.record HAVING count(DISTINCT c.ref) > {CROWDED}),
            known AS (SELECT record, count(DISTINCT case_id) AS kept FROM known_person GROUP BY record)
            SELECT r.name, max(f.cases), max(coalesce(k.kept, 0)) FROM fits f JOIN record r ON r.record = f.record
            LEFT JOIN known k ON k.record = f.record
            GROUP BY r.name ORDER BY max(f.cases) DESC, r.name LIMIT {_MOST}"""
    ).fetchall()
    return [
        f"{name} may be a party of {cases:,} cases: "
        + (f"the {kept:,} that fit best count" if kept else "the name points to none of them")
        for name, cases, kept in rows
    ]


def _texts(connection: Connection) -> list[str]:
    ((long, crowded),) = connection.sql(
        f"""SELECT count(*) FILTER (greatest(length(words), length(place), length(marks)) >= {LONGEST}),
                   count(*) FILTER (named >= {MOST_PERSONS}) FROM chosen"""
    ).fetchall()
    found = []
    if long:
        things = "one thing has a text" if long == 1 else f"{long:,} things have a text"
        found.append(f"{things} of {LONGEST:,} characters or more: the first {LONGEST:,} are read")
    if crowded:
        things = "one thing names" if crowded == 1 else f"{crowded:,} things name"
        found.append(f"{things} {MOST_PERSONS} persons or more: the first {MOST_PERSONS} count")
    return found
