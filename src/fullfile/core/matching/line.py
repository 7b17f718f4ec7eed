"""A line of the match: one (item, case, defendant), its state, and why.

The words, their order and which of them are exceptions are the contract's,
section 2. The fields are those of its section 5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["EXCEPTIONS", "Line", "Policy", "State"]


class State(StrEnum):
    """The states of a line, in the order in which the first that applies is taken."""

    MISSING = "missing"
    DESTROYED_UNDER_HOLD = "destroyed_under_hold"
    GONE = "gone"
    SET_ASIDE = "set_aside"
    UNFILED = "unfiled"
    WITHHELD_WITHOUT_ORDER = "withheld_without_order"
    WITHHELD = "withheld"
    POST_CONVICTION = "post_conviction"
    OVERDUE = "overdue"
    PARTIAL = "partial"
    LATE = "late"
    PENDING = "pending"
    UNACKNOWLEDGED = "unacknowledged"
    FULL = "full"
    # Lines beside the items.
    NO_DEFENDANT = "no_defendant"
    UNBOOKED = "unbooked"
    UNANSWERED = "unanswered"
    BARRED_COUNT = "barred_count"
    ORPHAN = "orphan"


EXCEPTIONS = frozenset(State) - {
    State.SET_ASIDE,
    State.WITHHELD,
    State.PENDING,
    State.UNACKNOWLEDGED,
    State.FULL,
}
"""States that are exceptions; an orphan is one until a run of `link` has covered it."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The office's own settings that decide an answer.

    Attributes:
        target_steps: (day since 1970 from which it holds, days), ascending; before the first, 14.
        threshold: the probability from which a suggestion makes an orphan an exception.
        source_rank: sources, best first; those not named come last, together.
    """

    target_steps: tuple[tuple[int, int], ...] = ()
    threshold: str = "0.5"
    source_rank: tuple[str, ...] = ()

    def target_on(self, day: int) -> int:
        """The target in days that was in force on a day (days since 1970)."""
        days = 14
        for since, target in self.target_steps:
            if since <= day:
                days = target
        return days


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. Dates are ISO 8601 text as they were said or worked out; None is "not on record".

    Attributes:
        state: the first state that applies.
        also: the others that apply, in the contract's order.
        agency, tag: the item; tag None beside the items.
        case_number, defendant: None where the line has none.
        held_since, booked_at, filed_at, disclosed_at, acknowledged_at: the dates that count.
        receipt: `claimed` or `signed`.
        due, due_basis: the date, and `law` or `policy`.
        days_since_held, days_late: whole days, to the day asked for.
        rule, check: the rule's id and its check mark.
        lacks: what is not on record, in words.
        ended: the day on which the defendant's case ended.
        changed_since_end: an ended line that changed since, and so is an exception still.
        corrected: what was corrected, in words.
        why: one plain sentence with dates, numbers and the rule.
        suspected_cases: for an orphan: (case number, probability), of those at or above the threshold.
        settled: an orphan that `link` has covered as it now is, and for which no case is suspected.
        entries: the log indexes it rests on.
    """

    state: State
    also: tuple[State, ...] = ()
    agency: str | None = None
    tag: str | None = None
    case_number: str | None = None
    defendant: str | None = None
    description: str | None = None
    held_since: str | None = None
    booked_at: str | None = None
    filed_at: str | None = None
    disclosed_at: str | None = None
    acknowledged_at: str | None = None
    receipt: str | None = None
    due: str | None = None
    due_basis: str | None = None
    days_since_held: int | None = None
    days_late: int | None = None
    rule: str | None = None
    check: str | None = None
    lacks: tuple[str, ...] = ()
    ended: str | None = None
    changed_since_end: bool = False
    corrected: str | None = None
    why: str = ""
    suspected_cases: tuple[tuple[str, str], ...] = ()
    settled: bool = False
    entries: tuple[int, ...] = field(default=())

    @property
    def counted_apart(self) -> bool:
        """Whether the line belongs to a case that has ended, and did not change since."""
        return self.ended is not None and not self.changed_since_end

    @property
    def is_exception(self) -> bool:
        """Whether somebody has to look at it (an ended, unchanged line only with `--ended`)."""
        return self.state in EXCEPTIONS and not self.settled
