"""Views of an item in a case: made by a named person with a reason, read by a second one.

What this does not do: it changes the state of no line, and decides nothing away.
"""

from __future__ import annotations

from fullfile.core.disclosure.decide import decide_determination, decide_verify
from fullfile.server.actions.own_rows import (
    ask_item_of,
    check,
    now_text,
    recheck,
    row_that_counts,
    the_row,
)
from fullfile.server.store.append import unit_of_work

__all__ = ["record_determination", "verify_determination"]


def record_determination(
    *,
    case_number: str,
    agency: str,
    tag: str,
    finding: str,
    reason: str,
    by: str,
    made_at: str = "",
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
        return writer.append([draft], now_ms=now_ms)[0]


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
