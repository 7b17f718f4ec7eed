"""Why a case is suggested: the weights of one candidate as reasons in plain words, both sides beside each other.

Each feature that weighs something is one reason; its sides are read from the keys that item and case share.
What this does not do: it weighs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fullfile.engines.linkage.features import FEATURES, Feature
from fullfile.engines.linkage.keys import FAMILIES

__all__ = ["LEAST", "Reason", "Shared", "reasons_of"]

LEAST = 0.05
"""Bits below which a reason is not told by itself."""

_NOTHING = 1e-9

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
        numbers: the item's report number, and those of the case with the case's own.
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
    """The reasons of one candidate: what speaks for the case comes first: persons, then the heaviest.

    Args:
        shared: what item and case share.
        names: of the features.
        bits: of each of them.
    """
    found: dict[tuple[str, str, str], Reason] = {}
    texts: Mapping[int, list[tuple[str, float, int | None]]] = _by_family(shared)
    for name, weight in zip(names, bits, strict=True):
        if abs(weight) >= _NOTHING:
            one = _reason(_FEATURES[name], float(weight), shared, texts)
            said = one.what, one.item_side, one.case_side
            # Several features may look at one fact; a person reads it once.
            found[said] = _joined(found[said], one) if said in found else one
    told = [one for one in found.values() if abs(one.weight) >= LEAST]
    return sorted(
        told,
        key=lambda one: (
            one.weight < 0,
            not one.item_side,
            one.group != "people",
            -abs(one.weight),
            one.what,
        ),
    )


def _joined(one: Reason, other: Reason) -> Reason:
    days = [day for day in (one.day, other.day) if day is not None]
    return replace(one, weight=one.weight + other.weight, day=max(days, default=None))


def _by_family(shared: Shared) -> dict[int, list[tuple[str, float, int | None]]]:
    found: dict[int, list[tuple[str, float, int | None]]] = defaultdict(list)
    for family, text, bits, day in shared.keys:
        found[family].append((_shown(_FAMILY[family], text, shared), bits, day))
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
    if feature.group == "people" and shared.persons and feature.name in (*_BY_PERSON, "tie"):
        best = _person(feature, shared)
        day = best[5] if best and best[5] is not None else day
    return Reason(what, weight, feature.group, item_side, case_side, day)


_BY_PERSON = (
    *("person", "person_rarity", "giver_rarity", "person_joint", "persons"),
    *("witness_rarity", "giver_witness", "witness_tie"),
)
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
    if name in _BY_PERSON or (name == "tie" and shared.persons):
        return _told_person(feature, shared)
    if name in ("tie", "number_tie"):
        return _told_tie(name, shared)
    if name == "strangers":
        return "persons are named with it whom the case does not know", "", ""
    if name == "officer_fit":
        return _told_officer(shared)
    if name.startswith("after_incident") and shared.days[1]:
        return _told_gap(shared.gaps[0], "the incident", shared.days[0], shared.days[1])
    if name.startswith("after_incident"):
        # Without a day of the incident the opening stands for it.
        return _told_gap(shared.gaps[1], "the case was opened", shared.days[0], shared.days[2])
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
    if name == "strangers":
        return feature.about, "", ""
    if not hits:
        return f"nothing shared: {feature.about}", "", ""
    if name.startswith("number_"):
        return _told_number(name, shared, hits[0])
    words = _listed(dict.fromkeys(hits))
    said = _TEXTS.get(name, feature.about)
    return f"{said}: {words}", words, words


_DATED = ("officer_day", "street_week", "street_month", "class_week")
"""Families whose keys end in a number of days, weeks or months, which no person reads."""


def _shown(family: str, text: str, shared: Shared) -> str:
    """A key as a person reads it."""
    if family == "agency_day":
        return f"{shared.agency}, {shared.days[0]}"
    if family == "block":
        hundred, _, street = text.partition(" ")
        return f"{hundred}00 block of {street}" if hundred != "0" else f"first block of {street}"
    if family in _DATED:
        text = text.rpartition(" ")[0]
    kind, _, name = text.partition(":")
    if len(kind) == 2 and kind[0] in "niu" and kind[1] in "co" and name:
        return _name_shown(name.split("|"), shared)
    return text.removeprefix("~")


def _name_shown(parts: list[str], shared: Shared) -> str:
    """A name of a key: as it is written beside, where it is; its parts have lost their order."""
    if len(parts) == 2 and len(parts[1]) == 1:
        return f"{parts[1].title()}. {parts[0].title()}"
    written = [*(one[0] for one in shared.persons), *(one[0] for one in shared.officers)]
    for name in written:
        if set(parts) <= set(name.casefold().replace(",", " ").split()):
            return name
    return " ".join(part.title() for part in parts)


def _listed(words: Iterable[str], most: int = 6) -> str:
    found = [one for one in words if one]
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more} more" if more > 0 else "")


def _person(
    feature: Feature, shared: Shared
) -> tuple[str, str, str, str, float, int | None] | None:
    rows = shared.persons
    if feature.name.startswith("giver") or feature.name == "witness_tie":
        rows = [one for one in rows if one[1] == "handed it in"]
    if "witness" in feature.name:
        rows = [one for one in rows if one[3] in ("victim", "witness", "expert")]
    return max(rows, key=lambda one: (one[4], one[1] == "handed it in"), default=None)


_TYING = {
    "tie": ("number_told", "mark", "item_mark", "phone", "item_person", "person_told"),
    "number_tie": ("number_edit", "number_digits", "number_end"),
}


def _told_tie(name: str, shared: Shared) -> tuple[str, str, str]:
    """That the case knows somebody or something of the item, by the rarest of what it knows."""
    wanted = {FAMILIES[one]: one for one in _TYING[name]}
    hits = sorted((one for one in shared.keys if one[0] in wanted), key=lambda one: -one[2])
    if not hits:
        return _FEATURES[name].about, "", ""
    family = wanted[hits[0][0]].replace("item_mark", "mark")
    shown = _shown(_FAMILY[hits[0][0]], hits[0][1], shared)
    if family.startswith("number_"):
        return _told_number(family, shared, shown)
    return f"{_TEXTS[family]}: {shown}", shown, shown


def _told_person(feature: Feature, shared: Shared) -> tuple[str, str, str]:
    best = _person(feature, shared)
    if best is None:
        return f"no person shared: {feature.about}", "", ""
    name, place, theirs, role, _, _ = best
    who = f"{name}, who {place}," if place == "handed it in" else f"{name}, {place},"
    sides = f"{name} ({place})", f"{theirs} ({role.replace('_', ' ')})"
    if feature.name == "persons":
        others = dict.fromkeys(one[0] for one in shared.persons if one[4] > 0)
        many = "one person" if len(others) == 1 else f"{len(others)} persons"
        return f"they share {many}: {_listed(others)}", *sides
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


def _told_number(name: str, shared: Shared, hit: str) -> tuple[str, str, str]:
    own, theirs = shared.numbers
    if name == "number_told":
        own = hit
    nearest = min(theirs, key=lambda one: (_distance(own, one), one), default="")
    said = _TEXTS[name]
    return f"{said}: {own} and {nearest}" if own and nearest else said, own, nearest


def _distance(one: str, other: str) -> float:
    from rapidfuzz.distance import OSA

    return float(OSA.distance(one.casefold(), other.casefold()))
