"""A report says that a thing was taken; somebody says what became of it, and another confirms.

What this does not do: it books nothing. A mention whose tag no list has stays open.
"""

from __future__ import annotations

from fullfile.core.disclosure.decide import (
    decide_close,
    decide_confirm_close,
    decide_mention,
)
from fullfile.core.errors import Refused
from fullfile.core.facts.known import name_of
from fullfile.core.said import say
from fullfile.server.actions.own_rows import check, now_text, recheck, row_that_counts, the_row
from fullfile.server.queries.items import ask_item, world_of_items
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.append import unit_of_work

__all__ = ["close_mention", "confirm_mention", "record_mention"]


def record_mention(
    *,
    agency: str,
    report_number: str,
    description: str,
    mentioned_at: str = "",
    by: str = "",
    document: str = "",
    case_number: str = "",
    quantity: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Record that a report says that a thing was taken. The index of the entry.

    Raises:
        NotFound: no such case; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        if case_number:
            world_of_case(case_number, now_ms=now_ms)
        said = {
            "agency": agency,
            "report_number": report_number,
            "description": description,
            "mentioned_at": mentioned_at or now_text(now_ms),
            "by": by,
            "document": document,
            "case_number": case_number,
            "quantity": quantity,
        }
        draft = decide_mention(check("mentions", said, now_ms=now_ms), actor)
        return writer.append([draft], now_ms=now_ms)[0]


def close_mention(
    entry: int,
    *,
    outcome: str,
    by: str,
    reason: str = "",
    booked_agency: str = "",
    booked_as: str = "",
    confirmed_by: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Say what became of a thing that a report names. The index of the entry that says so.

    Args:
        entry: the mention that counts.
        outcome: `booked`, `returned_on_spot`, `left_in_place` or `not_taken`.
        by: who says so.
        reason: why it was not booked.
        booked_agency: where it was booked; empty: by the agency of the report.
        booked_as: its tag.
        confirmed_by: the second person, where they confirm it at once.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such entry or item; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        row = the_row("mentions", row_that_counts("mentions", entry), now_ms=now_ms)
        booked = None
        if booked_as.strip():
            found = ask_item(booked_agency or row.text("agency"), booked_as, now_ms=now_ms)
            world = world_of_items(found)
            booked = name_of(world.facts, found.item)
            if not world.things.is_on_list(found.item, world.on()):
                raise Refused(
                    say(
                        "No property list on record has {booked} of {booked_2}: book it first.",
                        booked=booked[1],
                        booked_2=booked[0],
                    ),
                    code="never_booked",
                )
        draft = decide_close(
            row,
            outcome.strip(),
            by.strip(),
            reason.strip(),
            booked,
            actor,
            confirmed_by=confirmed_by.strip(),
        )
        return writer.append([recheck(draft, now_ms=now_ms)], now_ms=now_ms)[0]


def confirm_mention(entry: int, *, confirmed_by: str, actor: str, now_ms: int) -> int:
    """A second person confirms what became of a thing. The index of the entry that says so.

    Raises:
        NotFound: there is no such entry.
        Refused: nothing is there to confirm, or the second person is the first.
    """
    with unit_of_work() as writer:
        row = the_row("mentions", row_that_counts("mentions", entry), now_ms=now_ms)
        draft = decide_confirm_close(row, confirmed_by.strip(), actor)
        return writer.append([recheck(draft, now_ms=now_ms)], now_ms=now_ms)[0]
