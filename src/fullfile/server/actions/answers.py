"""An agency's word for a case: everything handed over, nothing held, or more to come.

What this does not do: it does not say whether the answer stands; a later find re-opens it by
itself (the match, and `queries.requests.reopened_answers`).
"""

from __future__ import annotations

from fullfile.core.disclosure.decide import decide_answer
from fullfile.core.ids import key
from fullfile.server.actions.own_rows import check, now_text
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.append import unit_of_work

__all__ = ["record_answer"]


def record_answer(
    *,
    case_number: str,
    agency: str,
    answer: str,
    by: str,
    answered_at: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Record what an agency answered for a case. The index of the entry.

    Args:
        case_number: the case.
        agency: the agency, or a name it is also called by.
        answer: a word of the table's list.
        by: who answered.
        answered_at: when; empty: now.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        _, world, _ = world_of_case(case_number, now_ms=now_ms)
        said = {
            "case_number": case_number,
            "agency": agency,
            "answer": answer,
            "by": by,
            "answered_at": answered_at or now_text(now_ms),
        }
        data = check("answers", said, now_ms=now_ms)
        of_the_state = world.things.is_of_the_state(key(data["agency"]))
        draft = decide_answer(data, actor, of_the_state=of_the_state)
        return writer.append([draft], now_ms=now_ms)[0]
