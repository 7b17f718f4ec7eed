"""Why a case is suggested: the weights of one candidate as reasons in plain words, both sides beside each other.

Each feature that weighs something is one reason; its sides are read from the keys that item and case share.
What this does not do: it weighs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fullfile.engines.linkage.features import FEATURES, Feature
from fullfile.engines.linkage.keys import FAMILIES

__all__ = ["LEAST", "Reason", "Shared", "reasons_of"]

LEAST = 0.05
"""Bits below which a reason is not told by itself."""

_FEATURES = {one.name: one for one in FEATURES}
_FAMILY = {number: name for name, number in FAMILIES.items()}
_ROLES = {
    "defendant": "the defendant",
    "victim": "a victim",
    "witness": "a witness",
    "officer": "an officer",
    "expert": "an expert",
    "prosecutor": "a prosecutor",
    "defence_counsel": "counsel",
    "judge": "the judge",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: what it is, how many bits, of which group, both sides in words, its day."""

    what: str
    weight: float
    group: str
    item_side: str
    case_side: str
    day: int | None


@dataclass(slots=True)
class Shared:
    """What an item and a case share, as far as it is to be told.

    Attributes:
        keys: (family, text of the key, bits, day), the rarest first.
        persons: (as written on the item, how it stands there, as written in the case, its role, bits, day).
        officers: (as written on the item, as written in the case, bits, day).
        numbers: the item's report number, and those of the case.
        days: the item's day, the incident's, the opening of the case, as ISO 8601 or empty.
        agency, category: of the item.
        known: the day from which the pair can be known.
    """

    keys: list[tuple[int, str, float, int | None]] = field(default_factory=list)
    persons: list[tuple[str, str, str, str, float, int | None]] = field(default_factory=list)
    officers: list[tuple[str, str, float, int | None]] = field(default_factory=list)
    numbers: tuple[str, tuple[str, ...]] = ("", ())
    days: tuple[str, str, str] = ("", "", "")
    gaps: tuple[int | None, int | None] = (None, None)
    agency: str = ""
    category: str = ""
    known: int | None = None


def reasons_of(shared: Shared, names: Sequence[str], bits: Iterable[float]) -> list[Reason]:
    """The reasons of one candidate, the heaviest first.

    Args:
        shared: what item and case share.
        names: of the features.
        bits: of each of them.
    """
    found = []
    texts: Mapping[int, list[tuple[str, float, int | None]]] = _by_family(shared)
    for name, weight in zip(names, bits, strict=True):
        if abs(weight) >= LEAST:
            found.append(_reason(_FEATURES[name], float(weight), shared, texts))
    return sorted(found, key=lambda one: (-abs(one.weight), one.what))


def _by_family(shared: Shared) -> dict[int, list[tuple[str, float, int | None]]]:
    found: dict[int, list[tuple[str, float, int | None]]] = defaultdict(list)
    for family, text, bits, day in shared.keys:
        found[family].append((text, bits, day))
    return found


def _reason(feature: Feature, weight: float, shared: Shared, texts: Mapping[int, Any]) -> Reason:
    hits = sorted(
        (one for family in feature.families for one in texts.get(family, ())),
        key=lambda one: -one[1],
    )
    if feature.sums.startswith("coalesce(max") and hits:
        hits = hits[:1] if feature.group not in ("text", "asked", "mentioned") else hits
    day = max((one[2] for one in hits if one[2] is not None), default=shared.known)
    what, item_side, case_side = _told(feature, weight, shared, [one[0] for one in hits])
    if feature.group == "people" and shared.persons and feature.name in _BY_PERSON:
        best = _person(feature, shared)
        day = best[5] if best and best[5] is not None else day
    return Reason(what, weight, feature.group, item_side, case_side, day)


_BY_PERSON = ("person", "person_rarity", "giver_rarity", "persons")
_TEXTS = {
    "words_case": "its description shares words with the case",
    "rarest_word": "the rarest word they share",
    "words_items": "it shares words with things already on the case",
    "words_asked": "an open request of the defence asks for such a thing",
    "words_mentioned": "a report of the case names such a thing, and nobody booked it",
    "mark": "the same serial number, plate or mark",
    "phone": "the same telephone number",
    "address": "the same address",
    "block": "the same block of the street",
    "street": "the same street or place",
    "street_week": "the same street or place, within days",
    "street_month": "the same street or place, within weeks",
    "officer": "the same officer works on the case",
    "officer_day": "the same officer took things of the case on that day",
    "officer_told": "its text names an officer of the case",
    "agency_day": "the agency took things of the case, or the incident was, on that day",
    "class_week": "things of this class were taken for the case in those weeks",
    "number_edit": "its report number is one slip away from one of the case's",
    "number_digits": "its report number has the digits of one of the case's",
    "number_end": "its running number is that of the case, under another year or agency",
    "number_told": "its text or tag names the case's number",
    "surname": "the same surname",
    "item_person": "a person named with it is named with things already on the case",
    "person_told": "its text names a party of the case",
}


def _told(feature: Feature, weight: float, shared: Shared, hits: list[str]) -> tuple[str, str, str]:
    name = feature.name
    if name in _BY_PERSON:
        return _told_person(feature, weight, shared)
    if name == "strangers":
        return "persons are named with it whom the case does not know", "", ""
    if name == "officer_fit":
        return _told_officer(shared)
    if name == "after_incident":
        return _told_gap(shared.gaps[0], "the incident", shared.days[0], shared.days[1])
    if name == "after_opening":
        return _told_gap(shared.gaps[1], "the case was opened", shared.days[0], shared.days[2])
    if name == "same_agency":
        about = "holds things of the case" if weight > 0 else "holds nothing else of the case"
        return f"{shared.agency} {about}", shared.agency, ""
    if name == "same_class":
        about = "are" if weight > 0 else "are hardly"
        return f"things of its class {about} on the case", shared.category, ""
    if name == "wording":
        about = "like" if weight > 0 else "unlike"
        return f"it is described {about} things that are on cases", "", ""
    if name.startswith("number_"):
        return _told_number(name, shared)
    words = _listed(dict.fromkeys(_shown(one) for one in hits))
    if not hits:
        return f"nothing shared: {feature.about}", "", ""
    said = _TEXTS.get(name, feature.about)
    return f"{said}: {words}", words, words


def _shown(text: str) -> str:
    """A key as a person reads it."""
    kind, _, rest = text.partition(":")
    if len(kind) == 2 and kind[1] in "co" and rest:
        parts = rest.split("|")
        return " ".join(part.title() for part in reversed(parts)) if len(parts) == 2 else rest
    words = text.split(" ")
    if len(words) > 1 and words[-1].lstrip("-").isdigit() and not words[0].isdigit():
        return " ".join(words[:-1])
    return text.removeprefix("~")


def _listed(words: Iterable[str], most: int = 6) -> str:
    found = [one for one in words if one]
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more} more" if more > 0 else "")


def _person(
    feature: Feature, shared: Shared
) -> tuple[str, str, str, str, float, int | None] | None:
    rows = shared.persons
    if feature.name == "giver_rarity":
        rows = [one for one in rows if one[1] == "handed it in"]
    return max(rows, key=lambda one: one[4], default=None)


def _told_person(feature: Feature, weight: float, shared: Shared) -> tuple[str, str, str]:
    best = _person(feature, shared)
    if best is None:
        return f"no person shared: {feature.about}", "", ""
    name, place, theirs, role, _, _ = best
    who = f"{name}, who {place}," if place == "handed it in" else f"{name}, {place},"
    sides = f"{name} ({place})", f"{theirs} ({role.replace('_', ' ')})"
    if feature.name == "persons":
        others = dict.fromkeys(one[0] for one in shared.persons if one[4] > 0)
        return f"they share {len(others)} persons: {_listed(others)}", *sides
    if feature.name in ("person_rarity", "giver_rarity"):
        few = "few cases know" if weight > 0 else "many cases know"
        return f"{few} {name}" + (
            " (who handed it in)" if feature.name == "giver_rarity" else ""
        ), *sides
    named = "" if name.casefold() == theirs.casefold() else f" ({theirs})"
    return f"{who} is {_ROLES.get(role, 'a ' + role.replace('_', ' '))} of the case{named}", *sides


def _told_officer(shared: Shared) -> tuple[str, str, str]:
    best = max(shared.officers, key=lambda one: one[2], default=None)
    if best is None:
        return "no officer of the case took it in", "", ""
    return f"{best[0]}, who took it in, is an officer of the case", best[0], best[1]


def _told_gap(gap: int | None, since: str, item: str, case: str) -> tuple[str, str, str]:
    if gap is None:
        return (
            f"the day of {since.removeprefix('the case was opened') or 'the opening'} is not on record",
            item,
            "",
        )
    many = abs(gap)
    days = "day" if many == 1 else "days"
    when = "on the day of" if not many else f"{many:,} {days} {'after' if gap > 0 else 'before'}"
    what = "the opening of the case" if since.startswith("the case") else since
    return f"it came in {when} {what}", item, case


def _told_number(name: str, shared: Shared) -> tuple[str, str, str]:
    own, theirs = shared.numbers
    nearest = sorted(theirs, key=lambda one: _distance(own, one))[:1]
    said = _TEXTS[name]
    if name == "number_told":
        return said, own, _listed(theirs, 2)
    return f"{said}: {own} and {nearest[0] if nearest else ''}", own, nearest[0] if nearest else ""


def _distance(one: str, other: str) -> float:
    from rapidfuzz.distance import OSA

    return float(OSA.distance(one.casefold(), other.casefold()))
