"""The weekly review: somebody looked through what was done, and says so (CJIS AU-6).

What this does not do: it permits nothing, and judges no act; the finding is the reviewer's.
"""

from __future__ import annotations

from datetime import date

from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.said import say
from fullfile.server.store.append import unit_of_work

__all__ = ["FINDINGS", "review_acts"]

FINDINGS = ("nothing to follow up", "to be followed up")


def review_acts(
    first_on: date,
    last_on: date,
    *,
    finding: str,
    detail: str = "",
    actor: str,
    now_ms: int,
    today: date,
) -> int:
    """Record that the acts and the door of some days were looked through. The index of the entry.

    Args:
        first_on: the first of the days.
        last_on: the last of them; at the latest today.
        finding: one of `FINDINGS`.
        detail: what is to be followed up.
        actor: who looked.
        now_ms: what the clock says, UTC milliseconds.
        today: the day on the office's clock.

    Raises:
        Refused: with every reason.
    """
    reasons = []
    if last_on < first_on:
        reasons.append(Reason("last_on", say("The last day comes before the first.")))
    if last_on > today:
        reasons.append(
            Reason("last_on", say("A day that has not come cannot have been looked through."))
        )
    if finding not in FINDINGS:
        reasons.append(
            Reason(
                "finding", say("The finding is one of: {findings}.", findings=", ".join(FINDINGS))
            )
        )
    elif finding == FINDINGS[1] and not detail.strip():
        reasons.append(Reason("detail", say("Say what is to be followed up.")))
    if reasons:
        raise Refused(reasons)
    with unit_of_work() as writer:
        data = {
            "first_on": first_on.isoformat(),
            "last_on": last_on.isoformat(),
            "size": writer.size,
            "finding": finding,
            "detail": detail.strip(),
        }
        return writer.append([Draft("record.reviewed", actor, data)], now_ms=now_ms)[0]
