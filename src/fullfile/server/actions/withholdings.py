"""Hold an item back on a ground of the pack, announce that, and end it.

What this does not do: it keeps no item from anybody by itself; the match says what the pack thinks of it.
"""

from __future__ import annotations

from fullfile.core.disclosure.decide import (
    decide_announce,
    decide_end,
    decide_withhold,
    decide_words,
)
from fullfile.server.actions.own_rows import (
    ask_item_of,
    check,
    now_text,
    recheck,
    row_that_counts,
    the_row,
)
from fullfile.server.queries.worlds import law_of, world_of_case
from fullfile.server.store.append import unit_of_work

__all__ = ["announce_in_words", "announce_withholding", "end_withholding", "withhold_item"]


def withhold_item(
    *,
    case_number: str,
    agency: str,
    tag: str,
    ground: str,
    by: str,
    withheld_at: str = "",
    defendant: str = "",
    announced_at: str = "",
    sealed: bool = False,
    order: str = "",
    order_on: str = "",
    until: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Withhold an item from a defendant, or from all. The index of the entry.

    Args:
        case_number: the case.
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        ground: the id of a ground that the pack knows.
        by: who withholds it.
        withheld_at: from when; empty: now.
        defendant: from whom; empty: from all.
        announced_at: when it was announced, as the pack asks.
        sealed: it was put before the court under seal.
        order: the court's order, where the pack asks for one.
        order_on: its date.
        until: when it ends, where that is known.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case or item; the nearest are named.
        Refused: with all that is wanting.
    """
    with unit_of_work() as writer:
        ask_item_of(case_number, agency, tag, now_ms=now_ms)
        question, _, case = world_of_case(case_number, now_ms=now_ms)
        said = {
            "case_number": case_number,
            "agency": agency,
            "tag": tag,
            "ground": ground,
            "withheld_at": withheld_at or now_text(now_ms),
            "by": by,
            "defendant": defendant,
            "announced_at": announced_at,
            "sealed": sealed or None,
            "order": order,
            "order_on": order_on,
            "until": until,
        }
        data = check("withholdings", said, now_ms=now_ms)
        draft = decide_withhold(data, case, law_of(question), actor)
        return writer.append([draft], now_ms=now_ms)[0]


def announce_withholding(
    entry: int, *, announced_at: str = "", sealed: bool = False, actor: str, now_ms: int
) -> int:
    """A withholding was announced. The index of the entry that says so.

    Raises:
        NotFound: there is no such entry.
        Refused: it was announced before, or was corrected since.
    """
    with unit_of_work() as writer:
        row = the_row("withholdings", row_that_counts("withholdings", entry), now_ms=now_ms)
        draft = decide_announce(row, announced_at or now_text(now_ms), actor, sealed=sealed)
        return writer.append([recheck(draft, now_ms=now_ms)], now_ms=now_ms)[0]


def announce_in_words(
    entry: int, *, words: str, announced_at: str = "", actor: str, now_ms: int
) -> int:
    """Record the very words in which the defence is told of a withholding; they announce it. The index of the entry.

    The portal shows these words and nothing else of it. Told again in other words, the last ones are shown.

    Args:
        entry: the row of the withholding, as it counts now.
        words: what the defence reads.
        announced_at: when; empty: as recorded before, else now.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such entry.
        Refused: it has no words, was announced on another day, or was corrected since.
    """
    with unit_of_work() as writer:
        row = the_row("withholdings", row_that_counts("withholdings", entry), now_ms=now_ms)
        before = row.text("announced_at")
        at = announced_at or before or now_text(now_ms)
        drafts = [decide_words(row, words, at, actor)]
        if not before:
            announced = decide_announce(row, at, actor, sealed=False)
            drafts.append(recheck(announced, now_ms=now_ms))
        return writer.append(drafts, now_ms=now_ms)[0]


def end_withholding(entry: int, *, until: str = "", actor: str, now_ms: int) -> int:
    """A withholding ends: from then on the item is due. The index of the entry that says so.

    Raises:
        NotFound: there is no such entry.
        Refused: it ended before, or was corrected since.
    """
    with unit_of_work() as writer:
        row = the_row("withholdings", row_that_counts("withholdings", entry), now_ms=now_ms)
        draft = decide_end(row, until or now_text(now_ms), actor)
        return writer.append([recheck(draft, now_ms=now_ms)], now_ms=now_ms)[0]
