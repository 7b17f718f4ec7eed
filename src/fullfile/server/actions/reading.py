"""Open the sealed log of what the defence opened: by order of a court only, and the opening is an entry.

No role of the State has a way to it. Whoever runs the command has the order in hand; that, their name and how much was
opened stand in the record for ever, before a row of it is given out.
"""

from __future__ import annotations

from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.said import say
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.reading_log import Reading, read_all

__all__ = ["open_by_order"]

OPENED = "reading_log.opened"


def open_by_order(order: str, by: str, *, order_on: str = "", now_ms: int) -> list[Reading]:
    """Every row of the log, for a court that ordered it.

    Args:
        order: the order, in words: court, number, what it allows.
        by: who opens it.
        order_on: the date of the order.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: no order or nobody is named.
        RecordDamaged: the log is not whole.
    """
    reasons = []
    if not order.strip():
        reasons.append(
            Reason("order_missing", say("Only a court opens this log: name the order that does."))
        )
    if not by.strip():
        reasons.append(Reason("name_missing", say("Say who opens it.")))
    if reasons:
        raise Refused(reasons)
    with unit_of_work() as writer:
        found = list(read_all())
        data = {"order": order.strip(), "rows": len(found)}
        if order_on:
            data["order_on"] = order_on
        writer.append([Draft(OPENED, by.strip(), data)], now_ms=now_ms)
    return found
