"""When a defendant's case ended, and how. Section 4 of `docs/explanation/the-match.md`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.core.facts.cases import Cases
from fullfile.core.facts.rows import Row
from fullfile.core.ids import end_of_day, key

__all__ = ["CONVICTIONS", "ENDINGS", "REOPENINGS", "End", "find_end"]

CONVICTIONS = frozenset({"convicted", "plea_guilty"})
ENDINGS = CONVICTIONS | {
    "acquitted",
    "dismissed_with_prejudice",
    "dismissed_without_prejudice",
    "nolle_prosequi",
    "stayed",
}
REOPENINGS = frozenset({"new_trial_granted", "reversed", "remanded", "reinstated", "refiled"})


@dataclass(frozen=True, slots=True)
class End:
    """The end of a defendant's case.

    Attributes:
        ended: the last moment of the day of the latest ending event.
        event: that event's word.
        convicted: the first moment of the earliest conviction that stands; None where the
            case ended otherwise.
        entries: the docket rows it rests on.
    """

    ended: int
    event: str
    convicted: int | None
    entries: tuple[int, ...]


def find_end(cases: Cases, case: str, defendant: str, on: int) -> End | None:
    """The end of a defendant's case by a moment; None while a count is open."""
    facts = cases.facts
    events = [
        row
        for row in facts.of_case("docket", case)
        if row.data["event"] in ENDINGS | REOPENINGS
        and row.last is not None
        and row.last <= on
        and cases.concerns(row, case, defendant)
    ]
    if not events:
        return None
    events.sort(key=lambda row: row.ord)
    counts = {
        key(row.text("count"))
        for row in facts.of_case("counts", case)
        if row.defendant == defendant and (row.last is None or row.last <= on)
    }
    ends = [_end_of_count(events, count) for count in (*counts,) or (None,)]
    found = [row for row in ends if row is not None]
    if len(found) < len(ends):
        return None
    latest = max(found, key=lambda row: (end_of_day(row.last or 0), row.ord))
    convicted = [row.first or 0 for row in found if row.data["event"] in CONVICTIONS]
    return End(
        end_of_day(latest.last or 0),
        latest.text("event"),
        min(convicted, default=None),
        tuple(sorted(row.entry for row in found)),
    )


def _end_of_count(events: Sequence[Row], count: str | None) -> Row | None:
    """The first ending event of a count after its last re-opening."""
    ended: Row | None = None
    for row in events:
        if count is not None and row.data.get("count") and key(row.text("count")) != count:
            continue
        if row.data["event"] in REOPENINGS:
            ended = None
        elif ended is None:
            ended = row
    return ended
