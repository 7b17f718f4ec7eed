"""What an item bears on, since when, and why. Sections 3.4 and 3.5 of `the-match.md`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fullfile.core.facts.cases import Cases
from fullfile.core.facts.rows import Facts, ItemKey, Row
from fullfile.core.facts.things import Things
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = ["Bearing", "Ground", "read_bearing"]

_NAMED = {
    "filings": say("it is or was on the prosecution's file"),
    "disclosures": say("it was disclosed in the case"),
    "determinations": say("a determination names the case for it"),
    "withholdings": say("a withholding names the case for it"),
    "knowledge": say("somebody's knowledge of it is recorded for the case"),
    "links": say("the suggestion that it belongs to the case was accepted"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an item bears on a case: since when (ms), in words, with entries and the other case."""

    moment: int
    entries: tuple[int, ...]
    words: str
    said: str = ""
    through: str = ""


@dataclass(slots=True)
class Bearing:
    """Direct grounds by case, and the bearing through matters."""

    cases: Cases
    direct: dict[str, dict[ItemKey, Ground]]

    def since(self, case: str, item: ItemKey) -> Ground | None:
        """The earliest ground on which an item bears on a case; its own case first."""
        here = self.cases.by_key.get(case)
        if here is None:
            return None
        best = self.direct.get(case, {}).get(item)
        for other in sorted(here.matter):
            ground = self.direct.get(other, {}).get(item)
            if ground is not None and (best is None or ground.moment < best.moment):
                number = self.cases.by_key[other].number if other in self.cases.by_key else other
                best = Ground(ground.moment, ground.entries, ground.words, ground.said, number)
        return best

    def arises(self, case: str, item: ItemKey) -> int | None:
        """Since when an item has lines in a case; None where it has none."""
        ground = self.since(case, item)
        if ground is None:
            return None
        start = self.cases.by_key[case].start
        return ground.moment if start is None else max(ground.moment, start)

    def items_of(self, case: str) -> list[ItemKey]:
        """Every item that bears on a case at any time."""
        here = self.cases.by_key[case]
        found: dict[ItemKey, None] = dict.fromkeys(self.direct.get(case, ()))
        for other in sorted(here.matter):
            found.update(dict.fromkeys(self.direct.get(other, ())))
        return sorted(found)


def read_bearing(facts: Facts, cases: Cases, things: Things) -> Bearing:
    """Collect the grounds of every item and case; what was corrected since is a ground still."""
    base: dict[str, dict[ItemKey, Ground]] = defaultdict(dict)
    for case, item, ground in _grounds(facts, cases, things):
        if not things.is_of_the_state(item[0]):
            continue
        known = base[case].get(item)
        if known is None or _is_before(ground, known, facts):
            base[case][item] = ground
    for grounds in base.values():
        for container in [item for item in grounds if item in things.children]:
            _spread(things, grounds, container)
    return Bearing(cases, base)


def _is_before(ground: Ground, known: Ground, facts: Facts) -> bool:
    """Whether a ground is earlier; of two of one moment, the one whose row was not corrected."""
    return (ground.moment, ground.entries[0] in facts.corrections) < (
        known.moment,
        known.entries[0] in facts.corrections,
    )


def _spread(things: Things, grounds: dict[ItemKey, Ground], container: ItemKey) -> None:
    above = grounds[container]
    for item in things.below(container):
        held = things.held(item)
        if held is None or not things.is_of_the_state(item[0]):
            continue
        moment = max(above.moment, held.moment)
        known = grounds.get(item)
        if known is None or moment < known.moment:
            inside = container[1].upper()
            words = (
                say("it lies in {container}, and {ground}", container=inside, ground=above.words)
                if container in things.above(item)
                else say(
                    "it lay in {container}, and {ground}", container=inside, ground=above.words
                )
            )
            grounds[item] = Ground(moment, (*above.entries, held.entry), words, above.said)


def _grounds(facts: Facts, cases: Cases, things: Things) -> Iterator[tuple[str, ItemKey, Ground]]:
    for table, words in _NAMED.items():
        for row in facts.every.get(table, ()):
            if row.case is None or row.item is None or row.last is None:
                continue
            if table == "links" and row.data["decision"] != "accept":
                continue
            yield row.case, row.item, Ground(row.last, (row.entry,), words, _said(row))
    for row in facts.every.get("mentions", ()):
        if not row.data.get("booked_as") or row.last is None:
            continue
        item = (key(row.text("booked_agency") or row.text("agency")), key(row.text("booked_as")))
        ground = Ground(row.last, (row.entry,), say("a report of the case mentions it"), _said(row))
        for case in mentioned_cases(cases, row):
            yield case, item, ground
    for row in facts.every.get("items", ()):
        if row.item is None or not row.data.get("report_number"):
            continue
        report = (row.item[0], key(row.text("report_number")))
        held = things.held(row.item)
        for case in cases.listing.get(report, ()):
            here = cases.by_key[case]
            moment = held.moment if held else 0
            words = say(
                "it was booked under {report}, a report number of the case",
                report=row.text("report_number"),
            )
            entries = (row.entry, here.reports[report])
            yield case, row.item, Ground(max(moment, here.start or moment), entries, words)


def mentioned_cases(cases: Cases, row: Row) -> list[str]:
    """The cases that a mention names: its own, or those that list its report number."""
    if row.case is not None:
        return [row.case]
    return cases.listing.get((key(row.text("agency")), key(row.text("report_number"))), [])


def _said(row: Row) -> str:
    return next(
        (
            row.text(column)
            for column in (
                "made_at",
                "filed_at",
                "disclosed_at",
                "withheld_at",
                "known_from",
                "decided_at",
                "mentioned_at",
            )
            if row.data.get(column)
        ),
        "",
    )
