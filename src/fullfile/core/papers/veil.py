"""What is sealed by order is left out of what goes to the defence and to the court.

The contract, section 4: a reader without the right to what is sealed or protected gets the line
with number, state and dates, and "sealed" for names, words and grounds; counts stay whole. So a veil
hides words, never lines:

- an item that is sealed, and an item withheld under seal: everything but number, state and dates;
- a protected person's name, wherever it stands in any text;
- the numbers and titles of other cases that are sealed.

The reason of a view that something is privileged or sensitive stays in the office as well: it
tells what it keeps back. That is this product's rule, not a law's.

The office's copy has no veil.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import key
from fullfile.core.matching.unit import Unit
from fullfile.core.matching.world import World
from fullfile.core.said import Said

__all__ = ["COPIES", "DEFENCE", "OFFICE", "SEALED", "Veil", "is_sealed", "veil_for"]

DEFENCE, COURT, OFFICE = "defence", "court", "office"
COPIES = (DEFENCE, COURT, OFFICE)
SEALED = "sealed"
_HIDDEN = "[sealed]"
_KEPT = "[kept in the office]"
_KEPT_FINDINGS = frozenset({"privileged", "sensitive"})
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Veil:
    """Hides words of a text.

    Attributes:
        hidden: finds what is sealed; None: nothing is.
        kept: the reasons that stay in the office.
    """

    hidden: re.Pattern[str] | None = None
    kept: tuple[str, ...] = ()

    def over(self, text: str) -> str:
        """The text without what is sealed in it; a sentence keeps its parts."""
        return text.with_facts(self._over) if isinstance(text, Said) else self._over(text)

    def _over(self, text: str) -> str:
        for words in self.kept:
            text = text.replace(words, _KEPT)
        return text if self.hidden is None else self.hidden.sub(_HIDDEN, text)

    def over_some(self, text: str | None) -> str | None:
        """The same, where there may be no text."""
        return None if text is None else self.over(text)


def veil_for(world: World, case: Case, defendant: Defendant, copy: str) -> Veil:
    """The veil over a copy of a paper.

    Args:
        world: the record and the moment.
        case: the case of the paper.
        defendant: whose paper it is; their own name is not hidden from them.
        copy: `defence`, `court` or `office`.
    """
    if copy == OFFICE:
        return Veil()
    around = (case.key, *sorted(case.matter))
    words = {*_protected(world, around, defendant), *_sealed_cases(world, case)}
    pattern = None
    if words:
        longest = sorted(words, key=lambda one: (-len(one), one))
        anyone = "|".join(re.escape(word) for word in longest)
        pattern = re.compile(rf"(?<!\w)(?:{anyone})(?!\w)", re.IGNORECASE)
    kept = {
        row.text("reason")
        for row in world.facts.rows.get("determinations", ())
        if row.text("finding") in _KEPT_FINDINGS and row.data.get("reason")
    }
    return Veil(pattern, tuple(sorted(kept, key=lambda one: (-len(one), one))))


def _protected(world: World, cases: Iterable[str], defendant: Defendant) -> Iterator[str]:
    """The names of protected persons, and those parts of them that nobody else in the cases bears."""
    parties = [row for case in cases for row in world.facts.of_case("parties", case)]
    others = {
        part
        for row in parties
        if not row.said("protected") or row.defendant == defendant.key
        for part in _parts(row)
    } | set(key(defendant.name).split())
    for row in parties:
        if row.said("protected") and row.data.get("name") and row.defendant != defendant.key:
            yield row.text("name").strip()
            for part in _parts(row):
                if len(part) >= _SHORTEST and part not in others:
                    yield part


def _parts(row: Row) -> list[str]:
    return [part.strip(".,") for part in key(row.text("name")).split()]


def _sealed_cases(world: World, case: Case) -> Iterator[str]:
    for row in world.facts.rows.get("cases", ()):
        if row.said("sealed") and row.case != case.key:
            for words in (row.text("case_number"), row.text("title")):
                if words:
                    yield words


def is_sealed(world: World, unit: Unit) -> bool:
    """Whether the words of a line are sealed: the item, what it lies in, or its withholding is."""
    things: tuple[ItemKey, ...] = (unit.item, *world.things.above(unit.item))
    if any(row.said("sealed") for thing in things for row in world.facts.of_item("items", thing)):
        return True
    kept_back = (*(row for row, _ in unit.withheld.good), *(row for row, _ in unit.withheld.bad))
    return any(row.said("sealed") for row in kept_back)
