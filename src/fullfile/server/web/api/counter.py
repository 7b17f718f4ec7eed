"""The counter beside booking: a whole report in one go, what is near, what is suggested for what was booked, what can be done.

Nothing is decided here about what a thing belongs to: whoever booked it is told what is suggested, as the policy says, and
somebody else decides.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from fullfile.core.errors import Reason, Refused
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.looking import Looked, look_for_cases
from fullfile.server.actions.reporting import Reported, ReportLine, record_report
from fullfile.server.queries.counter import booked_entry
from fullfile.server.store.connections import item_id_of
from fullfile.server.web.api.custody import Short, ThingSaid, booking_of
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import plain
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Long, Need, Said, Shown
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.doing import ACTS, an_act, hindrances
from fullfile.server.web.custody.nearby import (
    likely_cases,
    may_see_suggestions,
    nearby,
    on_lists_of,
    who_decides,
)
from fullfile.server.web.custody.thing import item_to_handle
from fullfile.server.web.reach import ItemRef

__all__ = ["desk"]

desk = Desk("Custody")

MOST = 200


class LineSaid(Said):
    """A thing that the report names, and what became of it: nothing said yet, booked before, booked now, or not booked."""

    description: Annotated[str, Field(min_length=1, max_length=2_000)]
    quantity: Annotated[str, Field(max_length=120)] = ""
    booked_as: Annotated[
        str, Field(max_length=120, description="The tag under which it was booked before.")
    ] = ""
    booking: Annotated[
        ThingSaid | None, Field(description="The thing is here and is booked with the report.")
    ] = None
    outcome: Annotated[
        Literal["returned_on_spot", "left_in_place", "not_taken"] | None,
        Field(description="Why it was not booked; a second person confirms it."),
    ] = None
    reason: Long = ""


class ReportSaid(Said):
    """A report of one's own agency: all of its lines are recorded, or none."""

    report_number: Annotated[Need, Field(max_length=120)]
    document: Short = ""
    lines: Annotated[list[LineSaid], Field(min_length=1, max_length=MOST)]


class NearSaid(Said):
    """A report number and a giver, as far as they are known."""

    report_number: Annotated[str, Field(max_length=100)] = ""
    giver: Annotated[str, Field(max_length=200)] = ""


class Near(Shown):
    """What is known about the number, and about the giver, in sentences."""

    number: list[str]
    giver: list[str]


class LikelyTold(Shown):
    """A case that is suggested: how likely in words, what it is called, the first reason."""

    chance: str
    case: str
    reason: str


class BookedTold(Shown):
    """What was booked. `likely`: null for whoever is told no suggestions; `deciders`: who can decide them."""

    entry: int | None
    cases: list[str]
    likely: list[LikelyTold] | None
    deciders: list[str]


class ReasonOfAct(Shown):
    """Why an act cannot be done, with its way out."""

    code: str
    text: str


class ActPossible(Shown):
    """An act on an item; no reasons: it can be done."""

    act: str
    reasons: list[ReasonOfAct]


class ActsPossible(Shown):
    """Every act that whoever asks may do on an item, as things stand."""

    rows: list[ActPossible]


@desk.acts("/mentions/report", Right.BOOK)
def record_whole_report(request: Asking, said: ReportSaid) -> Answer:
    """Record what a report says was taken, line by line, and book with it what is here: all of it, or nothing."""
    person = request.person
    unclear = [
        Reason("outcome", f"Line {number}: it is booked, or was not; say one of them.")
        for number, one in enumerate(said.lines, 1)
        if sum((bool(one.booked_as), one.booking is not None, one.outcome is not None)) > 1
    ]
    if unclear:
        raise Refused(unclear)
    lines = [_line(one, said.report_number) for one in said.lines]
    return recorded(
        request,
        lambda: record_report(
            agency=person.works_for,
            report_number=said.report_number,
            document=said.document,
            lines=lines,
            actor=person.name,
            now_ms=now_ms(),
        ),
        tell=_reported,
    )


def _line(one: LineSaid, report_number: str) -> ReportLine:
    outcome = str(one.outcome or ("booked" if one.booking or one.booked_as else ""))
    booking = None
    if one.booking is not None:
        known = {"report_number"} & set(one.booking.not_known)
        number = one.booking.report_number or ("" if known else report_number)
        booking = booking_of(one.booking.model_copy(update={"report_number": number}))
    return ReportLine(
        description=one.description,
        quantity=one.quantity,
        outcome=outcome,
        booked_as=one.booked_as,
        booking=booking,
        reason=one.reason,
    )


def _reported(done: Reported) -> dict[str, Any]:
    return {
        "entries": list(done.entries),
        "items": [
            {"item_id": item_id_of(done.agency, tag), "agency": done.agency, "tag": tag}
            for tag in done.tags
        ],
    }


@desk.reads("/items/nearby", Right.BOOK, Near, posted=True)
def ask_nearby(request: Asking, said: NearSaid) -> dict[str, Any]:
    """What is near while a thing is booked: cases of the number, or of one a slip away; cases of the giver within reach."""
    found = nearby(request.person, said.report_number, said.giver)
    return {"number": list(found.number), "giver": list(found.giver)}


@desk.reads("/items/{int:item_id}/booked", Right.BOOK, BookedTold)
def get_booked(request: Asking, item_id: Id) -> dict[str, Any]:
    """A thing that was booked: by which entry, on which lists it stands, what is suggested, and who can decide that."""
    item, _hand = item_to_handle(request.person, item_id)
    return _booked(request, item)


@desk.acts("/items/{int:item_id}/look", Right.BOOK)
def look_for_cases_of_item(request: Asking, item_id: Id) -> Answer:
    """Look now for the cases that a thing may belong to, for two seconds; the rest goes on, and waits in the review.

    `looked`: done; not_yet: it goes on; no_index: no run over everything has been made here; failed.
    """
    item, _hand = item_to_handle(request.person, item_id)

    def tell(looked: Looked) -> dict[str, Any]:
        return {"looked": looked.value, **_booked(request, item)}

    return recorded(
        request,
        lambda: look_for_cases(item.agency, item.tag, by=request.person.name, now_ms=now_ms()),
        tell=tell,
    )


def _booked(request: Asking, item: ItemRef) -> dict[str, Any]:
    found = likely_cases(item) if may_see_suggestions(request.person) else None
    return {
        "entry": booked_entry(item.item_id),
        "cases": on_lists_of(item),
        "likely": None if found is None else [plain(one) for one in found],
        "deciders": who_decides(request.person) if found else [],
    }


@desk.reads("/items/{int:item_id}/acts", Right.HANDLE, ActsPossible)
def list_acts_possible(request: Asking, item_id: Id) -> dict[str, Any]:
    """Every act that there is on an item now; of each that cannot be done, why, and what would be needed."""
    _item, hand = item_to_handle(request.person, item_id)
    somehow = an_act(now_ms())
    return {
        "rows": [
            {
                "act": slug,
                "reasons": [
                    {"code": why.code, "text": why.text} for why in hindrances(slug, hand, somehow)
                ],
            }
            for slug, one in ACTS.items()
            if can(request.person, one.right)
        ]
    }
