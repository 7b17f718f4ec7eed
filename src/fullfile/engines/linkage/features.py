"""The features of a candidate: what each is, how it is summed from shared keys, and how a person reads it.

A feature is a number that grows with the evidence (but for the days, where nearness counts). Bits of rarity: a key
that one case in 1,024 has gives 10. A model turns each into a weight by itself, so that weights add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Literal

from fullfile.engines.linkage.keys import FAMILIES

__all__ = [
    "AGGREGATES",
    "FEATURES",
    "NAMES",
    "NEARNESS",
    "OF_PAIR",
    "ROUGH",
    "TIES",
    "Feature",
    "pairs_with",
    "rarity",
]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature.

    Attributes:
        name: its column.
        about: what it says, for a person.
        sums: the aggregate of shared keys that gives it; empty: from the item and the case themselves.
        trend: 1: more is never evidence against; 0: any shape.
        group: what it is evidence of: an office's own training scales each group by itself.
        families: the families of the keys that it sums.
        neutral: the value that says nothing, whose weight is 0; NaN: not on record.
    """

    name: str
    about: str
    sums: str = ""
    trend: Literal[0, 1] = 1
    group: str = "text"
    families: tuple[int, ...] = ()
    neutral: float = 0.0


def _of(*names: str) -> tuple[int, ...]:
    return tuple(FAMILIES[name] for name in names)


def _when(families: tuple[int, ...]) -> str:
    return f"h.family IN ({', '.join(map(str, families))})"


def _most(name: str, about: str, group: str, *families: str) -> Feature:
    few = _of(*families)
    return Feature(
        name,
        about,
        f"coalesce(max(CASE WHEN {_when(few)} THEN h.bits END), 0.0)",
        1,
        group,
        few,
    )


def _all(name: str, about: str, group: str, *families: str) -> Feature:
    few = _of(*families)
    return Feature(
        name,
        about,
        f"coalesce(sum(CASE WHEN {_when(few)} THEN h.bits END), 0.0)",
        1,
        group,
        few,
    )


_NAMED, _GIVER, _OFFICER, _NAMED_OF_EVENT, _GIVER_OF_EVENT = 30, 31, 32, 33, 34
_PERSONS = (_NAMED, _GIVER, _NAMED_OF_EVENT, _GIVER_OF_EVENT)
_OF_EVENT = (_NAMED_OF_EVENT, _GIVER_OF_EVENT)
_PERSONS_LISTED = ", ".join(map(str, _PERSONS))
"""Families of `known_person`: named with it or whoever handed it in, of the event (a victim or witness) or not; an officer."""


def _person(name: str, about: str, what: str, *families: int) -> Feature:
    return Feature(
        name,
        about,
        f"coalesce(max(CASE WHEN {_when(families)} THEN {what} END), {'0.0' if what == 'h.bits' else '-8.0'})",
        1,
        "people",
        families,
        0.0 if what == "h.bits" else -8.0,
    )


FEATURES: tuple[Feature, ...] = (
    _all("words_case", "words of the case itself", "text", "words"),
    _most("rarest_word", "the rarest word they share", "text", "words", "item_words"),
    _all("words_items", "words of things already on the case", "text", "item_words"),
    _all("words_asked", "words of an open request of the defence", "asked", "asked"),
    _all(
        "words_mentioned",
        "words of a report that names a thing nobody booked",
        "mentioned",
        "mentioned",
    ),
    _most("mark", "a serial number, plate or other mark", "mark", "mark", "item_mark"),
    _most("phone", "a telephone number", "mark", "phone"),
    _most("address", "house number and street", "place", "address"),
    _most("street", "the street or place", "place", "street"),
    _most("street_week", "the street or place, in the same weeks", "place", "street_week"),
    _most("block", "the block", "place", "block"),
    _most("street_month", "the street or place, in the same months", "place", "street_month"),
    _most("person_told", "a party's whole name in its text", "people", "person_told"),
    _most("officer_told", "an officer with a rank in its text", "officer", "officer_told"),
    _most("officer", "the officer", "officer", "officer"),
    _most("officer_day", "the officer, on the same day", "officer", "officer_day"),
    _most("agency_day", "the agency, on the same day", "time", "agency_day"),
    _most("class_week", "the class of thing, in the same weeks", "class", "class_week"),
    _most("number_edit", "a report number one slip away", "number", "number_edit"),
    _most("number_digits", "a report number of the same digits", "number", "number_digits"),
    _most(
        "number_end", "the same running number under another year or agency", "number", "number_end"
    ),
    _most("number_told", "the case's number in the item's text or tag", "number", "number_told"),
    _most("surname", "a surname", "people", "surname"),
    _most("item_person", "a person named with things already on the case", "people", "item_person"),
    _person("person", "how well a person of the item fits a party", "h.weight", *_PERSONS),
    _person("person_rarity", "how few cases know that person", "h.bits", *_PERSONS),
    _person(
        "giver_rarity", "how few cases know whoever handed it in", "h.bits", _GIVER, _GIVER_OF_EVENT
    ),
    _person("witness_rarity", "how few cases know that victim or witness", "h.bits", *_OF_EVENT),
    _person(
        "giver_witness",
        "how few cases know that victim or witness, who handed it in",
        "h.bits",
        _GIVER_OF_EVENT,
    ),
    Feature(
        "persons",
        "how many persons they share",
        f"count(DISTINCT CASE WHEN {_when(_PERSONS)} AND h.weight > 0 THEN h.key END)",
        1,
        "people",
        _PERSONS,
    ),
    _person("officer_fit", "an officer of the case took it in", "h.bits", _OFFICER),
    Feature(
        "person_joint",
        "how well the person fits and how few cases know them",
        f"coalesce(max(CASE WHEN h.family IN ({_PERSONS_LISTED}) THEN least(h.weight, 10.0) + h.bits END), -8.0)",
        1,
        "people",
        _PERSONS,
        -8.0,
    ),
    Feature("witness_tie", "a victim or witness of the case handed it in", group="people"),
    Feature(
        "after_incident_witness",
        "days from the incident, of a thing that a victim or witness handed in",
        trend=0,
        group="time",
        neutral=nan,
    ),
    Feature("tie", "a person or mark that the case knows", group="people"),
    Feature("number_tie", "a report number like the case's", group="number"),
    Feature(
        "strangers", "persons named with it whom the case does not know", trend=0, group="people"
    ),
    Feature("after_incident", "days from the incident", trend=0, group="time", neutral=nan),
    Feature(
        "after_incident_known",
        "days from the incident, of a thing whose persons or marks the case knows",
        trend=0,
        group="time",
        neutral=nan,
    ),
    Feature(
        "after_incident_number",
        "days from the incident, of a thing with a number like the case's",
        trend=0,
        group="time",
        neutral=nan,
    ),
    Feature(
        "after_opening",
        "days from the opening of the case, of a thing nobody of which is known",
        trend=0,
        group="time",
        neutral=nan,
    ),
    Feature("same_agency", "an agency of the case holds it", group="agency"),
    Feature("wording", "how much it reads like things that are on cases", trend=1, group="wording"),
    Feature("same_class", "things of its class are on the case", group="class"),
)

NAMES = tuple(one.name for one in FEATURES)

AGGREGATES = ", ".join(f"{one.sums} AS {one.name}" for one in FEATURES if one.sums)
"""The features that are sums over the shared keys `h` of a candidate."""

ROUGH = (
    "sum(CASE WHEN family IN (30, 31, 33, 34) THEN 6.0 + weight WHEN family = 32 THEN 0.4 * bits "
    "WHEN family IN (2, 3, 4, 19, 20) THEN 1.2 * bits WHEN family IN (10, 11) THEN 0.25 * bits "
    "WHEN family IN (1, 13, 14) THEN 0.6 * bits WHEN family IN (16, 18) THEN 0.35 * bits "
    "WHEN family IN (6, 9, 12, 15, 21, 24) THEN 0.3 * bits ELSE 0.6 * bits END)"
)
"""A rough sum over all shared keys: which cases are worth a closer look."""

NEARNESS = (
    "CASE WHEN t.incident IS NULL AND t.opened IS NULL THEN 0.0 "
    "WHEN i.day - coalesce(t.incident, t.opened) < -30 THEN -4.0 WHEN i.day - coalesce(t.incident, t.opened) < -2 THEN -1.0 "
    "WHEN i.day - coalesce(t.incident, t.opened) <= 10 THEN 3.0 WHEN i.day - coalesce(t.incident, t.opened) <= 45 THEN 2.0 "
    "WHEN i.day - coalesce(t.incident, t.opened) <= 200 THEN 1.0 WHEN i.day - coalesce(t.incident, t.opened) <= 800 THEN 0.0 ELSE -1.5 END"
)
"""What the days add to the rough sum: things are taken soon after an incident, and hardly before it."""

_FLOORS = (
    # In a small office nothing is rare by count alone: what names one person or thing is rare in the world.
    (200, _of("street", "street_week", "street_month", "block")),
    (64, _of("asked", "mentioned")),
    (2, _of("words", "item_words", "class", "class_week", "agency_day", "surname")),
)
_FEW = 1_000
_MANY = 4_000


TIES = {
    "after_incident_witness": "witness_tie",
    "after_incident_known": "tie",
    "after_incident_number": "number_tie",
}
"""What a feature of days presupposes: that the case knows somebody is evidence apart from the days."""


def rarity(family: str, cases: int) -> str:
    """Of how many cases a key of a family is taken to be rare among.

    Between 1,000 and 4,000 it is the number of cases. A model learned in counties of that size; in a larger
    office a key is judged by how many cases have it, and one that more than 4,000 have says nothing.
    """
    most = min(cases, _MANY)
    whens = " ".join(
        f"WHEN {family} IN ({', '.join(map(str, families))}) THEN {float(max(most, floor))}"
        for floor, families in _FLOORS
    )
    return f"(CASE {whens} ELSE {float(max(most, _FEW))} END)"


_GAP = "i.day - coalesce(t.incident, t.opened)"
_KNOWN = "(s.person > 0 OR s.giver_witness > 0 OR s.item_person > 0 OR s.person_told > 0 OR s.mark > 0 OR s.phone > 0 OR s.number_told > 0)"
_NUMBER = "(s.number_edit > 0 OR s.number_digits > 0 OR s.number_end > 0)"

_WITNESS = "(s.giver_witness > 0)"

OF_PAIR = f"""CASE WHEN NOT {_KNOWN} AND NOT {_NUMBER} THEN {_GAP} END AS after_incident,
    CASE WHEN {_WITNESS} THEN {_GAP} END AS after_incident_witness,
    CASE WHEN {_WITNESS} THEN 1.0 ELSE 0.0 END AS witness_tie,
    CASE WHEN {_KNOWN} AND NOT {_WITNESS} THEN {_GAP} END AS after_incident_known,
    CASE WHEN {_NUMBER} AND NOT {_KNOWN} THEN {_GAP} END AS after_incident_number,
    CASE WHEN {_KNOWN} AND NOT {_WITNESS} THEN 1.0 ELSE 0.0 END AS tie,
    CASE WHEN {_NUMBER} AND NOT {_KNOWN} THEN 1.0 ELSE 0.0 END AS number_tie,
    CASE WHEN NOT {_KNOWN} THEN i.day - t.opened END AS after_opening,
    greatest(i.named - s.persons, 0.0) AS strangers,
    CASE WHEN a.case_id IS NULL THEN 0.0 ELSE 1.0 END AS same_agency,
    least((coalesce(k.many, 0) - CASE WHEN o.item_id IS NULL THEN 0 ELSE 1 END) / CAST(3 AS DOUBLE), 1.0) AS same_class, i.wording"""
"""The features that come from item and case themselves, of summed keys `s`; see `pairs_with`.

What days mean hangs on what else ties the two: a thing handed in by a witness may come years later.
"""


def pairs_with(summed: str) -> str:
    """The summed keys of pairs with what `OF_PAIR` reads of item and case."""
    return f"""{summed} s JOIN chosen i ON i.item_id = s.item_id JOIN court t ON t.case_id = s.case_id
            LEFT JOIN court_agency a ON a.case_id = s.case_id AND a.agency_id = i.agency_id AND (a.item_id IS NULL OR a.item_id <> s.item_id)
            LEFT JOIN court_class k ON k.case_id = s.case_id AND k.category = i.class
            LEFT JOIN bears o ON o.item_id = s.item_id AND o.case_id = s.case_id"""
