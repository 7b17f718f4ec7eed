"""Suggestions: which wait, why one was made, and what a person decides; holds: placed and lifted.

Whoever booked an item never decides what it belongs to; the action sees to it.

What this does not do: it weighs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from fullfile.core.custody.lifting import StillHeld
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.engines.report.link_data import explanation_as_json
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.custody import Lifted, lift_hold, place_hold
from fullfile.server.actions.suggestions import (
    accept_suggestion,
    answer_question,
    ask_about,
    reject_suggestion,
)
from fullfile.server.queries.holds import holds_of_case, holds_of_item
from fullfile.server.queries.lifting import foresee_lift
from fullfile.server.queries.link import explain_suggestion
from fullfile.server.queries.questions import questions_to
from fullfile.server.queries.suggestions import (
    OpenSuggestion,
    count_open,
    list_open,
    search_open,
)
from fullfile.server.store.connections import case_number, item_id_of, item_key, numbers_of_cases
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import plain
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import (
    Id,
    Long,
    Need,
    Open,
    Page,
    PageOf,
    Said,
    Shown,
    When,
    Words,
    page_of,
)
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import ItemRef, case_in_reach, item_in_reach, reach_of_suggestions

__all__ = ["desk"]

desk = Desk("Suggestions and holds")


class Suggested(Shown):
    """A suggestion that waits for somebody."""

    item_id: int
    agency: str
    tag: str
    case_id: int
    case_number: str
    probability: float


class SuggestedPage(PageOf):
    """A part of the suggestions that wait, the likeliest first."""

    rows: list[Suggested]


class Explanation(Open):
    """Why a case is suggested for an item, as a sum that a person can follow."""

    agency: str
    tag: str
    case_number: str


class DecisionReason(Said):
    """Why; needed to reject."""

    reason: Long = ""


class Question(Said):
    """Whom to ask, and what."""

    whom: Need
    question: Annotated[str, Field(min_length=1, max_length=4_000)]


class Questions(Shown):
    """Questions that wait for an answer: how many, and the oldest of them."""

    total: int
    rows: list[dict[str, Any]]


class AnswerSaid(Said):
    """What one answers."""

    answer: Annotated[str, Field(min_length=1, max_length=4_000)]


class Hold(Said):
    """A hold on a case, on a report number of one's agency, or on an item."""

    hold: Need
    reason: Need
    placed_at: When = ""
    case_id: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None
    item_id: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None
    agency: Annotated[str, Field(max_length=300)] = ""
    report_number: Annotated[str, Field(max_length=120)] = ""


class Lifting(Said):
    """Lifting a hold by its name."""

    hold: Need
    reason: Need
    order: Annotated[str, Field(max_length=300)] = ""
    lifted_at: When = ""


class HoldNamed(Said):
    """A hold by its name."""

    hold: Need


class Freed(Shown):
    """An item that nothing would hold any more."""

    agency: str
    tag: str
    item_id: int | None


class StillKept(Freed):
    """An item that stays held, and what keeps it."""

    because: list[str]


class ForeseenTold(Shown):
    """What lifting a hold would do; `refusals`: why it would be refused now without an order of a court."""

    free: list[Freed]
    still_held: list[StillKept]
    refusals: list[str]


@desk.reads("/suggestions", Right.SEE_SUGGESTIONS, SuggestedPage)
def list_suggestions(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """The suggestions that wait, within reach, the likeliest first."""
    reach = reach_of_suggestions(request.person)
    found = list_open(reach, offset=asked.offset, limit=asked.per_page)
    return page_of(_rows(found), count_open(reach), asked)


@desk.reads("/suggestions/search", Right.SEE_SUGGESTIONS, SuggestedPage, posted=True)
def search_suggestions(request: Asking, said: Words) -> dict[str, Any]:
    """The same, whose tag or case number contains the words; of very many, the likeliest 2,000 that do."""
    words = said.words.strip()
    asked = Page(page=said.page, per_page=said.per_page)
    if not words:
        return list_suggestions(request, asked)
    found, _exact = search_open(words, reach_of_suggestions(request.person))
    return page_of(_rows(found[asked.offset : asked.offset + asked.per_page]), len(found), asked)


@desk.reads("/items/{int:item_id}/suggestions/{int:case_id}", Right.SEE_SUGGESTIONS, Explanation)
def explain(request: Asking, item_id: Id, case_id: Id) -> dict[str, Any]:
    """Why the case is suggested for the item (`fullfile link explain`)."""
    item, number = _both(request.person, item_id, case_id)
    return explanation_as_json(explain_suggestion(item.agency, item.tag, number))


@desk.acts("/items/{int:item_id}/suggestions/{int:case_id}/accept", Right.DECIDE_SUGGESTION)
def accept(request: Asking, item_id: Id, case_id: Id, said: DecisionReason) -> Answer:
    """Accept: the item belongs to the case; nothing is filed or disclosed by it."""
    return _decided(request, item_id, case_id, accept_suggestion, reason=said.reason)


@desk.acts("/items/{int:item_id}/suggestions/{int:case_id}/reject", Right.DECIDE_SUGGESTION)
def reject(request: Asking, item_id: Id, case_id: Id, said: DecisionReason) -> Answer:
    """Reject, with a reason: it comes back only with new facts."""
    return _decided(request, item_id, case_id, reject_suggestion, reason=said.reason)


@desk.acts("/items/{int:item_id}/suggestions/{int:case_id}/ask", Right.DECIDE_SUGGESTION)
def ask(request: Asking, item_id: Id, case_id: Id, said: Question) -> Answer:
    """Ask somebody before it is decided; the suggestion stays open."""
    return _decided(request, item_id, case_id, ask_about, whom=said.whom, question=said.question)


@desk.reads("/questions", Right.SELF, Questions)
def list_questions(request: Asking) -> dict[str, Any]:
    """Questions about suggestions that were put to whoever asks here, and wait for their answer."""
    total, found = questions_to(request.person.name)
    return {"total": total, "rows": [plain(one) for one in found]}


@desk.acts("/questions/{int:entry}/answer", Right.SELF)
def answer_to_question(request: Asking, entry: Id, said: AnswerSaid) -> Answer:
    """Answer a question that was put to oneself; it decides nothing."""
    return recorded(
        request,
        lambda: answer_question(entry, answer=said.answer, by=request.person.name, now_ms=now_ms()),
    )


def _decided(
    request: Asking, item_id: int, case_id: int, action: Callable[..., int], **said: str
) -> Answer:
    item, number = _both(request.person, item_id, case_id)
    explain_suggestion(item.agency, item.tag, number)  # only what is suggested is decided here
    return recorded(
        request,
        lambda: action(
            agency=item.agency,
            tag=item.tag,
            case_number=number,
            by=request.person.name,
            **said,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/holds", Right.PLACE_HOLD)
def place(request: Asking, said: Hold) -> Answer:
    """Place a hold: nothing that it is on is released, destroyed or used up while it stands."""
    person = request.person
    case = None if said.case_id is None else case_in_reach(person, said.case_id)
    item = None if said.item_id is None else item_in_reach(person, said.item_id)
    return recorded(
        request,
        lambda: place_hold(
            hold=said.hold,
            by=person.name,
            reason=said.reason,
            placed_at=said.placed_at,
            case_number=case.number if case else "",
            agency=item.agency if item else said.agency,
            report_number=said.report_number,
            tag=item.tag if item else "",
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/items/{int:item_id}/holds/lift", Right.LIFT_HOLD)
def lift(request: Asking, item_id: Id, said: Lifting) -> Answer:
    """Lift a hold that stands on the item, by its name, with a reason. It cannot be taken back."""
    person = request.person
    item = item_in_reach(person, item_id)
    _check_of_item(item, said.hold)
    return recorded(
        request,
        lambda: lift_hold(**said.model_dump(), by=person.name, actor=person.name, now_ms=now_ms()),
        tell=_lifted,
    )


@desk.acts("/cases/{int:case_id}/holds/lift", Right.LIFT_HOLD)
def lift_of_case(request: Asking, case_id: Id, said: Lifting) -> Answer:
    """Lift a hold that stands on items of the case, by its name, with a reason. It cannot be taken back."""
    person = request.person
    case = case_in_reach(person, case_id)
    _check_of_case(case.number, said.hold)
    return recorded(
        request,
        lambda: lift_hold(**said.model_dump(), by=person.name, actor=person.name, now_ms=now_ms()),
        tell=_lifted,
    )


@desk.reads("/cases/{int:case_id}/holds/foresee", Right.LIFT_HOLD, ForeseenTold, posted=True)
def foresee_lift_of_case(request: Asking, case_id: Id, said: HoldNamed) -> dict[str, Any]:
    """What lifting a hold of the case would set free, and why it would be refused; nothing is recorded."""
    case = case_in_reach(request.person, case_id)
    _check_of_case(case.number, said.hold)
    return _foreseen(request.person, said.hold)


@desk.reads("/items/{int:item_id}/holds/foresee", Right.LIFT_HOLD, ForeseenTold, posted=True)
def foresee_lift_of_item(request: Asking, item_id: Id, said: HoldNamed) -> dict[str, Any]:
    """What lifting a hold of the item would set free, and why it would be refused; nothing is recorded."""
    _check_of_item(item_in_reach(request.person, item_id), said.hold)
    return _foreseen(request.person, said.hold)


def _foreseen(person: Person, hold: str) -> dict[str, Any]:
    found = foresee_lift(hold, by=person.name, now_ms=now_ms())
    return {
        "free": [_named(*one) for one in found.free],
        "still_held": [_kept(one) for one in found.still_held],
        "refusals": list(found.refusals),
    }


def _check_of_item(item: ItemRef, hold: str) -> None:
    """The hold stands on the item.

    Raises:
        NotFound: none of that name does.
    """
    standing = holds_of_item(item.agency, item.tag, now_ms=now_ms())
    names = {key(one.name) for one in standing.holds}
    names |= {key(one.hold.name) for one in standing.inside}
    if key(hold) not in names:
        raise NotFound(f"No hold of the name “{hold[:60]}” stands on this item.")


def _check_of_case(number: str, hold: str) -> None:
    """The hold stands on items of the case.

    Raises:
        NotFound: none of that name does.
    """
    names = {key(one.name) for one in holds_of_case(number, now_ms=now_ms())}
    if key(hold) not in names:
        raise NotFound(f"No hold of the name “{hold[:60]}” stands on items of this case.")


def _lifted(done: Lifted) -> dict[str, Any]:
    return {
        "entries": list(done.entries),
        "free": [_named(*one) for one in done.lifting.releasable],
        "still_held": [_kept(one) for one in done.lifting.still_held],
    }


def _named(agency: str, tag: str) -> dict[str, Any]:
    return {"agency": agency, "tag": tag, "item_id": item_id_of(agency, tag)}


def _kept(one: StillHeld) -> dict[str, Any]:
    return {**_named(one.agency, one.tag), "because": list(one.because)}


def _both(person: Person, item_id: int, case_id: int) -> tuple[ItemRef, str]:
    """The item, and the number of a case: of one in reach, or of any for an item of one's own agency."""
    item = item_in_reach(person, item_id)
    if not item.own:
        return item, case_in_reach(person, case_id).number
    number = case_number(case_id)
    if number is None:
        raise NotFound("There is no such case.")
    return item, number


def _rows(found: list[OpenSuggestion]) -> list[dict[str, Any]]:
    numbers = numbers_of_cases({one.case_id for one in found}) if found else {}
    named = [(one, item_key(one.item_id)) for one in found]
    return [
        {
            "item_id": one.item_id,
            "agency": item[1],
            "tag": item[2],
            "case_id": one.case_id,
            "case_number": numbers.get(one.case_id, ""),
            "probability": one.probability,
        }
        for one, item in named
        if item is not None
    ]
