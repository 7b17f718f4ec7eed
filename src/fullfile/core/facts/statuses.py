"""What stood of a defendant's status on a day: in custody, at liberty, absent.

Section 5.7 of `docs/explanation/the-match.md`. A row of the status table stands from its first
moment until its `until`, or the next row of the same sort. The column `in_custody` of the parties
is such a row from the moment it was recorded, and stays one when a later export says otherwise:
what the record said then was so until then.

What this does not do: `joined` and `left` are told in `cases`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from fullfile.core.facts.rows import Facts, order_of
from fullfile.core.ids import DAY_MS

__all__ = ["AT_LIBERTY", "IN_CUSTODY", "Stands", "Statuses", "end_of", "read_statuses", "sort_of"]

IN_CUSTODY = "in_custody"
AT_LIBERTY = "at_liberty"


@dataclass(frozen=True, slots=True)
class Stands:
    """A status from a moment on.

    Attributes:
        first: the moment.
        until: the last moment at which it stands; None: until another is on record.
        status: the word; empty where it had ended by the moment asked for, and nothing follows.
        entry: the row that says so.
    """

    first: int
    until: int | None
    status: str
    entry: int

    @property
    def ord(self) -> tuple[int, int]:
        """The order of events: the second of the first moment, then the entry."""
        return order_of(self.first, self.entry)


@dataclass(slots=True)
class Statuses:
    """Every status on record, by (case, defendant, sort), in order."""

    found: dict[tuple[str, str, str], list[Stands]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def history(self, case: str, defendant: str, status: str) -> list[Stands]:
        """Everything on record of the sort of a status, in order."""
        return self.found.get((case, defendant, sort_of(status)), [])

    def at(self, case: str, defendant: str, status: str, moment: int) -> Stands | None:
        """What stood at a moment, of the sort of a status; None where nothing is on record by then."""
        found = [one for one in self.history(case, defendant, status) if one.first <= moment]
        if not found:
            return None
        last = found[-1]
        if last.until is not None and last.until < moment:
            return Stands(last.first, last.until, "", last.entry)
        return last


def sort_of(status: str) -> str:
    """Statuses that end each other are of one sort."""
    return IN_CUSTODY if status == AT_LIBERTY else status


def end_of(day: int, on: int) -> int:
    """The end of a day, or the moment asked for where the day is not over then."""
    return min((day + 1) * DAY_MS - 1, on)


def read_statuses(facts: Facts) -> Statuses:
    """Put the statuses of all defendants in order."""
    statuses = Statuses()
    for row in facts.rows.get("status", ()):
        if row.case is not None and row.defendant is not None and row.first is not None:
            until = row.bounds("until")
            stands = Stands(row.first, until.last if until else None, row.text("status"), row.entry)
            statuses.found[row.case, row.defendant, sort_of(stands.status)].append(stands)
    for row in facts.every.get("parties", ()):
        said = row.data.get("in_custody")
        if said is None or row.data.get("role") != "defendant" or not row.defendant:
            continue
        word = IN_CUSTODY if said else AT_LIBERTY
        stands = Stands(row.recorded, None, word, row.entry)
        statuses.found[row.case or "", row.defendant, IN_CUSTODY].append(stands)
    for rows in statuses.found.values():
        rows.sort(key=lambda one: one.ord)
    return statuses
