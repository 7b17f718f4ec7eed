"""Views of an item in a case: made by a named person with a reason, read by a second one.

What this does not do: it changes the state of no line, and decides nothing away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fullfile.core.disclosure.decide import decide_determination, decide_verify
from fullfile.core.disclosure.second_reading import (
    LOOKED_AT,
    decide_read_row,
    decide_reading,
    looked_reasons,
)
from fullfile.core.entries import Draft
from fullfile.core.errors import Refused
from fullfile.server.actions.own_rows import (
    ask_item_of,
    check,
    now_text,
    recheck,
    row_that_counts,
    the_row,
)
from fullfile.server.store.append import unit_of_work

__all__ = ["record_determination", "record_second_reading", "verify_determination"]


def record_determination(
    *,
    case_number: str,
    agency: str,
    tag: str,
    finding: str,
    reason: str,
    by: str,
    made_at: str = "",
    looked_at: Sequence[str] = (),
    actor: str,
    now_ms: int,
) -> int:
    """Record a view of an item in a case. The index of the entry.

    Args:
        case_number: the case.
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        finding: a word of the table's list.
        reason: why; a view without one does not count.
        by: whose view it is.
        made_at: when; empty: now.
        looked_at: object, picture, report or description: recorded as knowledge of that level too.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case or item; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        ask_item_of(case_number, agency, tag, now_ms=now_ms)
        said = {
            "case_number": case_number,
            "agency": agency,
            "tag": tag,
            "finding": finding,
            "by": by,
            "made_at": made_at or now_text(now_ms),
            "reason": reason,
        }
        draft = decide_determination(check("determinations", said, now_ms=now_ms), actor)
        if looked_at and (wrong := looked_reasons(looked_at)):
            raise Refused(wrong)
        seen = _knowledge(draft.data, looked_at, str(draft.data["made_at"]), actor, now_ms)
        return writer.append([draft, *seen], now_ms=now_ms)[0]


def record_second_reading(
    entry: int,
    *,
    finding: str,
    reason: str,
    looked_at: Sequence[str],
    by: str,
    actor: str,
    now_ms: int,
) -> int:
    """A second person answers for themselves what a view says, before they see it. The index of the entry.

    Both answers stand. Where they are the same the view is verified; where they are not, both are shown, and it does
    not count as made. What the reader looked at is recorded as their knowledge. No line changes.

    Args:
        entry: the view that counts.
        finding: what the reader finds, a word of the table's list.
        reason: why.
        looked_at: object, picture, report or description: at least one.
        by: the second reader, who is not its author.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such entry.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        row = the_row("determinations", row_that_counts("determinations", entry), now_ms=now_ms)
        at = now_text(now_ms)
        reading = decide_reading(
            row, finding=finding, reason=reason, looked_at=looked_at, by=by, at=at, actor=actor
        )
        again = recheck(decide_read_row(row, reading, writer.size, actor), now_ms=now_ms)
        seen = _knowledge({**row.data, "by": by.strip()}, looked_at, at, actor, now_ms)
        return writer.append([reading, again, *seen], now_ms=now_ms)[0]


def _knowledge(
    data: Mapping[str, Any], looked_at: Sequence[str], since: str, actor: str, now_ms: int
) -> list[Draft]:
    """What somebody who looked knows from then on: one row for each level."""
    levels = {LOOKED_AT[one][0]: LOOKED_AT[one][1] for one in looked_at}
    return [
        Draft(
            "knowledge.recorded",
            actor,
            check(
                "knowledge",
                {
                    "agency": str(data["agency"]),
                    "tag": str(data["tag"]),
                    "person": str(data["by"]),
                    "level": level,
                    "known_from": since,
                    "how": how,
                    "case_number": str(data["case_number"]),
                    "source": "own account",
                },
                now_ms=now_ms,
            ),
        )
        for level, how in levels.items()
    ]


def verify_determination(
    entry: int, *, verified_by: str, verified_at: str = "", actor: str, now_ms: int
) -> int:
    """A second person has read a view. The index of the entry that says so.

    Args:
        entry: the view that counts.
        verified_by: the second reader, who is not its author.
        verified_at: when; empty: now.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such entry.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        row = the_row("determinations", row_that_counts("determinations", entry), now_ms=now_ms)
        draft = decide_verify(row, verified_by.strip(), verified_at or now_text(now_ms), actor)
        return writer.append([recheck(draft, now_ms=now_ms)], now_ms=now_ms)[0]
