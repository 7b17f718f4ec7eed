"""The lines of one case, counted: how many in which state, what falls due, and the verdict.

The same counts come from judged units (`tally_case`) and from an engine's rows; both are read by
`verdict_of`, so that a list of cases and the page of one case say the same word.

What this does not do: it looks at nothing beside the lines. Whether agencies whose answer is not due yet have
answered, and whether orphans of the case's agencies were examined, is for the caller to add.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from fullfile.core.facts.cases import Case
from fullfile.core.facts.rows import ItemKey
from fullfile.core.matching.beside import barred_counts, unanswered, unbooked
from fullfile.core.matching.line import EXCEPTIONS, State
from fullfile.core.matching.lines import units_of_case
from fullfile.core.matching.world import World

__all__ = [
    "KEPT_BACK",
    "LASTING",
    "OWED",
    "Owed",
    "Tally",
    "Verdict",
    "tally_case",
    "verdict_of",
    "worst_of",
]

LASTING = frozenset({State.LATE, State.DESTROYED_UNDER_HOLD, State.GONE})
"""Exceptions that no later fact takes away: they stay on the record."""

OWED = frozenset({State.PENDING, State.OVERDUE})
"""A line with one of these, first or beside the first, is owed by its day…"""
KEPT_BACK = frozenset({State.SET_ASIDE, State.WITHHELD})
"""… unless one of these comes first."""


class Verdict(StrEnum):
    """What a case comes to, the worst first; `cannot_say` where the record failed its check."""

    CANNOT_SAY = "cannot_say"
    NOT_FULL = "not_full"
    IN_TIME = "in_time"
    MARKED = "marked"
    """Full, with a mark on the record: only what cannot be undone is left."""
    FULL = "full"
    ENDED = "ended"
    EMPTY = "empty"
    """Nothing bears on it yet: nothing is known, which is not "full"."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed to one defendant of a case by one day.

    Attributes:
        defendant: the key of the defendant in the case.
        day: days since 1970.
        overdue: whether that day has passed.
        basis: `law` or `policy`.
    """

    defendant: str
    day: int
    overdue: bool
    basis: str


@dataclass(slots=True)
class Tally:
    """The lines of a case.

    Attributes:
        states, also: how many lines have each state, first or beside the first; without those apart.
        ended: lines counted apart, because the case has ended.
        items, exception_items: how many items have a line; how many of them an exception.
        defendants: how many.
        owed: how many lines are owed to whom by when.
    """

    states: Counter[State] = field(default_factory=Counter)
    also: Counter[State] = field(default_factory=Counter)
    ended: int = 0
    items: int = 0
    exception_items: int = 0
    defendants: int = 0
    owed: Counter[Owed] = field(default_factory=Counter)

    @property
    def lines(self) -> int:
        """All lines but those counted apart."""
        return self.states.total()

    @property
    def exceptions(self) -> int:
        """Lines that somebody has to look at."""
        return sum(many for state, many in self.states.items() if state in EXCEPTIONS)

    @property
    def lasting(self) -> int:
        """Exceptions that stay on the record whatever is done."""
        return sum(self.states[state] for state in LASTING)


def verdict_of(tally: Tally, *, unsettled: int = 0, damaged: bool = False) -> Verdict:
    """What the lines of a case come to.

    Args:
        tally: the lines.
        unsettled: what else stands against "full" though no line says so: agencies that have not
            answered yet, orphans of its agencies that nobody has examined.
        damaged: whether the record failed its check.
    """
    if damaged:
        return Verdict.CANNOT_SAY
    if tally.exceptions > tally.lasting:
        return Verdict.NOT_FULL
    if not tally.lines:
        return Verdict.ENDED if tally.ended else Verdict.EMPTY
    if tally.states[State.PENDING] or unsettled:
        return Verdict.IN_TIME
    return Verdict.MARKED if tally.lasting else Verdict.FULL


def worst_of(tally: Tally) -> State | None:
    """The first state, in the contract's order, among its exceptions; None without one."""
    return next((one for one in State if one in EXCEPTIONS and tally.states[one]), None)


def tally_case(world: World, case: Case) -> Tally:
    """Count the lines of a case, without their sentences.

    Args:
        world: the record and the moment.
        case: a case on record.
    """
    tally = Tally()
    on = world.on(case)
    if case.start is not None and case.start > on:
        return tally
    tally.defendants = len(world.cases.defendants(case, on))
    items: set[ItemKey] = set()
    wrong: set[ItemKey] = set()
    for unit in units_of_case(world, case):
        items.add(unit.item)
        if unit.end is not None and not unit.changed:
            tally.ended += 1
            continue
        tally.states[unit.state] += 1
        tally.also.update(unit.states[1:])
        if unit.state in EXCEPTIONS:
            wrong.add(unit.item)
        owed = OWED & set(unit.states) and unit.state not in KEPT_BACK
        if owed and unit.defendant is not None and unit.due.day is not None:
            overdue = State.OVERDUE in unit.states
            tally.owed[
                Owed(unit.defendant.key, unit.due.day, overdue, unit.due.basis or "policy")
            ] += 1
    for line in (*unbooked(world, case.key), *unanswered(world, case), *barred_counts(world, case)):
        if line.counted_apart:
            tally.ended += 1
        else:
            tally.states[line.state] += 1
    tally.items, tally.exception_items = len(items), len(wrong)
    return tally
