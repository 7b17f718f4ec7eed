"""Evidence that an item and a case share, as reasons with weights, and a probability for each day.

Candidates come from what is rare: a person, a near-miss of a report number, a word of an open request. A
person named in many cases weighs little (the weight falls by one bit for each doubling), and a name in
more cases than `CROWDED` makes no candidate at all, so nothing explodes. Cases linked to a candidate share its
evidence in part, and so do items booked under the same number.

Reasons carry the day of their latest fact: with only those up to a day, the probability is what
it was on that day. What this does not do: it decides nothing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fullfile.engines.linkage.model import Model

__all__ = ["CROWDED", "Candidate", "CaseSide", "ItemSide", "Reason", "suggest"]

CROWDED = 200
"""A name or word shared by more cases makes no candidate."""
_WORD = re.compile(r"[^\W\d_]{4,}")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ItemSide:
    """What is known of an item.

    Attributes:
        item: (agency, tag) as keys.
        tag, number: its tag and its report number as written.
        report: (agency, number) as keys; None: booked under none.
        persons: (name as written, what the person is to the item: giver, named, staff, day).
        words: its description, category and notes.
        day: the day from which it is known, ISO 8601; empty: not on record.
    """

    item: Key
    report: Key | None
    persons: tuple[tuple[str, str, str], ...]
    words: str
    day: str
    tag: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class CaseSide:
    """What is known of a case.

    Attributes:
        number: as written.
        day: when it was opened, ISO 8601; empty: not on record.
        parties: (name as written, role).
        reports: (agency, number) as keys.
        linked: keys of linked cases, with the kind of the link.
        requests: (words asked for, day).
    """

    number: str
    day: str
    parties: tuple[tuple[str, str], ...]
    reports: frozenset[Key]
    linked: Mapping[str, str]
    requests: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: what it is, how many bits, both sides in words, its latest day."""

    what: str
    weight: float
    item_side: str
    case_side: str
    day: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case suggested for an item: reasons, strongest first, and the probability from each day on."""

    case: str
    reasons: tuple[Reason, ...]
    steps: tuple[tuple[str, str], ...]

    @property
    def probability(self) -> str:
        """What all facts together give."""
        return self.steps[-1][1]


def suggest(
    items: Iterable[ItemSide], cases: Mapping[str, CaseSide], model: Model, *, top: int = 20
) -> dict[Key, list[Candidate]]:
    """For each item the cases that share evidence with it, the likeliest first.

    Args:
        items: the items to look at; those under one report number share their evidence.
        cases: every case, by key.
        model: the weights.
        top: at most so many cases for an item.
    """
    shared = _Shared(cases, model)
    every = list(items)
    found: dict[Key, dict[str, list[Reason]]] = {item.item: shared.reasons(item) for item in every}
    _share_numbers(every, found, model)
    answer: dict[Key, list[Candidate]] = {}
    for item in every:
        shared.spread(found[item.item])
        candidates = [
            _candidate(case, cases[case].day, reasons, item.day, model)
            for case, reasons in found[item.item].items()
        ]
        candidates.sort(key=lambda one: (-float(one.probability), one.case))
        if candidates:
            answer[item.item] = candidates[:top]
    return answer


class _Shared:
    """What cases can share with items, ready to be looked up."""

    def __init__(self, cases: Mapping[str, CaseSide], model: Model) -> None:
        self.cases = cases
        self.model = model
        self.by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.by_word: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.by_number: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for case, side in cases.items():
            for name, role in side.parties:
                self.by_name[_plain(name)].append((case, role))
            for words, day in side.requests:
                for word in _words(words):
                    self.by_word[word].append((case, day))
            for agency, number in side.reports:
                for near in _near(number):
                    self.by_number[agency, near].append((case, number))

    def reasons(self, item: ItemSide) -> dict[str, list[Reason]]:
        """The reasons of an item by case, each person and number once for a case."""
        found: dict[str, list[Reason]] = defaultdict(list)
        best: dict[tuple[str, str], Reason] = {}
        for name, what, day in item.persons:
            met = self.by_name.get(_plain(name), [])
            cases = {case for case, _ in met}
            if len(cases) > CROWDED:
                continue
            for case, role in met:
                weight = self._bits(self.model.persons[what].get(role, 0.0), len(cases))
                if weight <= 0:
                    continue
                held = best.get((case, _plain(name)))
                if held is None or weight > held.weight:
                    best[case, _plain(name)] = Reason(
                        f"{name}, {_IS[what]}, is {_a(role.replace('_', ' '))} of the case",
                        weight,
                        f"{name} ({_IS[what]})",
                        f"{name} ({role.replace('_', ' ')})",
                        day or item.day,
                    )
        for (case, _), reason in best.items():
            found[case].append(reason)
        self._by_number(item, found)
        self._by_request(item, found)
        return dict(found)

    def _bits(self, weight: float, cases: int) -> float:
        return min(weight - math.log2(max(cases, 1)), self.model.strongest)

    def _by_number(self, item: ItemSide, found: dict[str, list[Reason]]) -> None:
        if item.report is None:
            return
        agency, number = item.report
        met = {
            (case, theirs)
            for near in (*_masks(number), number)
            for case, theirs in self.by_number.get((agency, near), [])
            if theirs != number
        }
        for case, theirs in sorted(met):
            weight = self._bits(self.model.near_number, len({one for one, _ in met}))
            if weight > 0:
                found[case].append(
                    Reason(
                        f"its number {item.number} is one slip away from {theirs}",
                        weight,
                        number,
                        theirs,
                        item.day,
                    )
                )

    def _by_request(self, item: ItemSide, found: dict[str, list[Reason]]) -> None:
        hits: dict[str, dict[str, str]] = defaultdict(dict)
        for word in _words(item.words):
            met = self.by_word.get(word, [])
            if len({case for case, _ in met}) > CROWDED:
                continue
            for case, day in met:
                hits[case].setdefault(word, day)
        for case, words in hits.items():
            weight = min(self.model.request_word * len(words), self.model.request_most)
            found[case].append(
                Reason(
                    f"a request of the defence asks for {', '.join(sorted(words))}",
                    weight,
                    ", ".join(sorted(words)),
                    ", ".join(sorted(words)),
                    max(item.day, *words.values()),
                )
            )

    def spread(self, reasons: dict[str, list[Reason]]) -> None:
        """Cases linked to a candidate share its best reason in part."""
        gained: dict[str, Reason] = {}
        for case, own in reasons.items():
            best = max(own, key=lambda reason: reason.weight)
            for linked, kind in self.cases[case].linked.items():
                if linked not in self.cases:
                    continue
                weight = round(best.weight * self.model.linked_share, 3)
                held = gained.get(linked)
                if held is None or weight > held.weight:
                    gained[linked] = Reason(
                        f"it is linked ({_LINKED.get(kind, kind.replace('_', ' '))}) to {self.cases[case].number}: {best.what}",
                        weight,
                        best.item_side,
                        f"{self.cases[case].number}: {best.case_side}",
                        best.day,
                    )
        for case, reason in gained.items():
            reasons.setdefault(case, []).append(reason)


_LINKED = {"co_defendant": "co-defendant", "same_incident": "same incident"}


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


_IS = {"giver": "who handed it in", "named": "named with it", "staff": "who took it in"}


def _share_numbers(
    items: Sequence[ItemSide], found: dict[Key, dict[str, list[Reason]]], model: Model
) -> None:
    """Items booked under one report number share the best reason of the others."""
    under: dict[Key, list[ItemSide]] = defaultdict(list)
    for item in items:
        if item.report is not None:
            under[item.report].append(item)
    for together in under.values():
        best: dict[str, tuple[Reason, ItemSide]] = {}
        for item in together:
            for case, reasons in found[item.item].items():
                top = max(reasons, key=lambda reason: reason.weight)
                if case not in best or top.weight > best[case][0].weight:
                    best[case] = (top, item)
        for item in together:
            for case, (reason, source) in best.items():
                if source is item:
                    continue
                found[item.item].setdefault(case, []).append(
                    Reason(
                        f"booked under {item.number}, as {source.tag} was: {reason.what}",
                        round(reason.weight * model.same_number_share, 3),
                        reason.item_side,
                        reason.case_side,
                        max(reason.day, item.day),
                    )
                )


def _candidate(
    case: str, opened: str, reasons: list[Reason], known: str, model: Model
) -> Candidate:
    ordered = sorted(reasons, key=lambda reason: (-reason.weight, reason.what))
    days = sorted({max(reason.day, known, opened) for reason in ordered})
    steps = []
    for day in days:
        bits = sum(one.weight for one in ordered if max(one.day, known, opened) <= day)
        steps.append((day, _probability(model.prior + bits)))
    return Candidate(case, tuple(ordered), tuple(steps))


def _probability(bits: float) -> str:
    return f"{min(max(1 / (1 + 2**-bits), 0.001), 0.999):.3f}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _words(text: str) -> set[str]:
    """Words of four letters and more, plural and singular as one."""
    return {word.removesuffix("s") for word in _WORD.findall(text.casefold())} - _COMMON


_COMMON = frozenset({"with", "from", "that", "this", "item", "evidence", "report", "case", "copy"})


def _masks(number: str) -> set[str]:
    """A number with each character left open in turn: two that share one differ in one place."""
    return {number[:at] + "?" + number[at + 1 :] for at in range(len(number))}


def _near(number: str) -> set[str]:
    """What a number and its near-misses have in common: one character open, or two exchanged."""
    turned = {
        number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        for at in range(len(number) - 1)
    }
    return _masks(number) | turned
