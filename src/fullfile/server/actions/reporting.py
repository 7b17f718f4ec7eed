"""A report says what was taken: each line is on record, and what is here is booked with it, all or nothing.

A line that was booked names its tag; one that was returned on the spot, left in place or not taken waits for a
second person; one without a word stays Unbooked. Nothing that a report names goes unmentioned.

What this does not do: it confirms nothing (`mentions.confirm_mention`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.core.custody.booking import Booking
from fullfile.core.disclosure.decide import decide_mention
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.actions.booking import draft_bookings
from fullfile.server.actions.own_rows import check_many, now_text
from fullfile.server.actions.shelves import agency_on_record
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.booking import listed_tags

__all__ = ["ReportLine", "Reported", "record_report"]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing that a report names.

    Attributes:
        description: as the report says it.
        quantity: how many, as it says.
        outcome: `booked`, or a word of the mentions table; empty: nobody has said.
        booked_as: the tag, where it was booked before.
        booking: what is booked now with it.
        reason: why it was not booked.
    """

    description: str
    quantity: str = ""
    outcome: str = ""
    booked_as: str = ""
    booking: Booking | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that was recorded: the entries of its lines, and the tags that were given."""

    entries: tuple[int, ...]
    agency: str
    tags: tuple[str, ...]


def record_report(
    *,
    agency: str,
    report_number: str,
    lines: Sequence[ReportLine],
    document: str = "",
    actor: str,
    now_ms: int,
) -> Reported:
    """Record what a report says was taken, and book what is here.

    Args:
        agency: whose report it is, or a name the agency is also called by.
        report_number: its number.
        lines: what it names, in its order.
        document: which document says so.
        actor: who records it, and says what became of each.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every reason, each with the line that it is about.
    """
    with unit_of_work() as writer:
        called = agency_on_record(agency)
        reasons = list(_reasons(called, report_number, lines, actor))
        if reasons:
            raise Refused(reasons)
        things = [one.booking for one in lines if one.booking is not None]
        tags, booked = (
            draft_bookings(things, called, booked_by=actor, actor=actor, now_ms=now_ms)
            if things
            else ([], [])
        )
        given = iter(tags)
        said = [_row(one, called, report_number, document, actor, now_ms, given) for one in lines]
        drafts = [one for few in booked for one in few]
        drafts += [
            decide_mention(data, actor.strip())
            for data in check_many("mentions", said, now_ms=now_ms)
        ]
        made = writer.append(drafts, now_ms=now_ms)
        return Reported(tuple(made), called, tuple(tags))


def _reasons(
    agency: str, report_number: str, lines: Sequence[ReportLine], actor: str
) -> list[Reason]:
    reasons = []
    if not actor.strip():
        reasons.append(Reason("anonymous", say("Whoever records it is named.")))
    if not report_number.strip():
        reasons.append(Reason("report_number_unsaid", say("Say the number of the report.")))
    if not lines:
        reasons.append(
            Reason("nothing_chosen", say("Say at least one thing that the report names."))
        )
    known = listed_tags(agency, [one.booked_as for one in lines if one.booked_as])
    for number, one in enumerate(lines, 1):
        if not one.description.strip():
            reasons.append(
                Reason(
                    "description_missing",
                    say("Line {number}: say what the report says was taken.", number=number),
                )
            )
        if one.outcome == "booked" and one.booking is None and key(one.booked_as) not in known:
            reasons.append(
                Reason(
                    "never_booked",
                    say(
                        "Line {number}: no property list on record has {booked_as} of {agency}: book it first, "
                        "or say its right tag.",
                        number=number,
                        booked_as=one.booked_as or say("such a tag"),
                        agency=agency,
                    ),
                )
            )
        if one.outcome not in ("", "booked") and not one.reason.strip():
            reasons.append(
                Reason(
                    "reason_missing",
                    say("Line {number}: say why it was not booked.", number=number),
                )
            )
    return reasons


def _row(
    one: ReportLine,
    agency: str,
    report_number: str,
    document: str,
    actor: str,
    now_ms: int,
    given: Any,  # the tags that were given, in the order of the lines
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "agency": agency,
        "report_number": report_number.strip(),
        "description": one.description.strip(),
        "quantity": one.quantity.strip(),
        "document": document.strip(),
        "mentioned_at": now_text(now_ms),
        "by": actor.strip(),
    }
    if one.outcome:
        row |= {"outcome": one.outcome, "outcome_by": actor.strip(), "outcome_reason": one.reason}
    if one.outcome == "booked":
        tag = next(given) if one.booking is not None else one.booked_as.strip()
        row |= {"booked_agency": agency, "booked_as": tag}
    return {name: value for name, value in row.items() if value}
