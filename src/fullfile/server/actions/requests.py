"""What the defence asked for, and what the State replied.

What this does not do: it names no items; `queries.requests` does, by category and words.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.disclosure.decide import decide_reply, decide_request
from fullfile.server.actions.own_rows import check, now_text, recheck, row_that_counts, the_row
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.append import unit_of_work

__all__ = ["record_request", "reply_to_request"]


def record_request(
    *,
    case_number: str,
    defendant: str,
    asks_for: str,
    category: str = "",
    keywords: Sequence[str] = (),
    requested_at: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Record a request of a defendant. The index of the entry.

    Args:
        case_number: the case.
        defendant: who asks, by name or party_id.
        asks_for: in the request's own words.
        category: the class of things, where it names one.
        keywords: words by which items are found.
        requested_at: when; empty: now.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        world_of_case(case_number, now_ms=now_ms)
        said = {
            "case_number": case_number,
            "defendant": defendant,
            "requested_at": requested_at or now_text(now_ms),
            "asks_for": asks_for,
            "category": category,
            "keywords": list(keywords),
        }
        draft = decide_request(check("requests", said, now_ms=now_ms), actor)
        return writer.append([draft], now_ms=now_ms)[0]


def reply_to_request(
    entry: int, *, reply: str, replied_at: str = "", actor: str, now_ms: int
) -> int:
    """Record the reply to a request. The index of the entry that says so.

    Raises:
        NotFound: there is no such entry.
        Refused: nothing was said, or it was replied to before.
    """
    with unit_of_work() as writer:
        row = the_row("requests", row_that_counts("requests", entry), now_ms=now_ms)
        draft = decide_reply(row, reply.strip(), replied_at or now_text(now_ms), actor)
        return writer.append([recheck(draft, now_ms=now_ms)], now_ms=now_ms)[0]
