"""From the file to the defence: put on the file, set aside, views, withholdings, requests, answers, mentions.

What needs a second person is confirmed by whoever calls, in their own name: nobody types another's.

What this does not do: it decides nothing; the same actions serve the pages.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field as Seen
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.policy import Shown as How
from fullfile.server.actions.answers import record_answer
from fullfile.server.actions.filings import confirm_set_aside, file_item, file_items, set_aside_item
from fullfile.server.actions.mentions import close_mention, confirm_mention, record_mention
from fullfile.server.actions.requests import record_request, reply_to_request
from fullfile.server.actions.views import record_determination, record_second_reading
from fullfile.server.actions.withholdings import announce_in_words, end_withholding, withhold_item
from fullfile.server.queries.readings import readings_of, readings_waiting
from fullfile.server.queries.requests import reopened_answers, requests_of
from fullfile.server.queries.rows import row_of_case
from fullfile.server.store.reading import read_entries
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import check_words, plain
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import (
    AnyDay,
    Id,
    Long,
    Need,
    Page,
    PageOf,
    Said,
    Shown,
    When,
    page_of,
)
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import case_in_reach, item_in_reach, reached_cases

__all__ = ["desk"]

desk = Desk("File and disclosure")

Short = Annotated[str, Field(max_length=300)]
ItemId = Annotated[int, Field(ge=0, le=2**53 - 1)]


class Filing(Said):
    """Putting an item on the file of a case."""

    item_id: ItemId
    filed_at: When = ""
    exhibit_number: Annotated[str, Field(max_length=120)] = ""
    with_contents: bool = False


class Filings(Said):
    """Putting several items on the file of a case at once: all or none, one entry each."""

    item_ids: Annotated[list[ItemId], Field(min_length=1, max_length=1_000)]
    filed_at: When = ""
    with_contents: bool = False
    seen_size: Annotated[
        int | None,
        Field(ge=0, le=2**53 - 1, description="How large the record was as the program read it."),
    ] = None


class Aside(Said):
    """Setting an item aside for one case; nothing changes until a second person confirms it."""

    item_id: ItemId
    reason: Need
    at: When = ""


class At(Said):
    """When; empty: now."""

    at: When = ""


class View(Said):
    """What somebody thinks of an item in a case, and why."""

    item_id: ItemId
    finding: Annotated[str, Field(min_length=1, max_length=60)]
    reason: Need
    made_at: When = ""
    looked_at: Annotated[
        list[Literal["object", "picture", "report", "description"]],
        Field(max_length=4, default_factory=list),
    ]


class SecondReading(Said):
    """What the second reader finds, why, and what they looked at."""

    finding: Annotated[str, Field(min_length=1, max_length=60)]
    reason: Need
    looked_at: Annotated[
        list[Literal["object", "picture", "report", "description"]],
        Field(min_length=1, max_length=4),
    ]


class WaitingPage(PageOf):
    """A part of the views that wait for a second reader, the oldest first."""

    rows: list[dict[str, Any]]


class Readings(Shown):
    """Views of an item in a case; `others`: so many that the reader may not read."""

    rows: list[dict[str, Any]]
    others: int


class Withholding(Said):
    """Holding an item back on a ground of the pack."""

    item_id: ItemId
    ground: Annotated[str, Field(min_length=1, max_length=120)]
    withheld_at: When = ""
    defendant: Short = ""
    announced_at: When = ""
    sealed: bool = False
    order: Short = ""
    order_on: When = ""
    until: When = ""


class Announcement(Said):
    """The very words in which the defence is told."""

    words: Annotated[str, Field(min_length=1, max_length=4_000)]
    announced_at: When = ""


class Until(Said):
    """When a withholding ends; empty: now."""

    until: When = ""


class Request(Said):
    """What a defendant asks for."""

    defendant: Need
    asks_for: Annotated[str, Field(min_length=1, max_length=4_000)]
    category: Annotated[str, Field(max_length=120)] = ""
    keywords: Annotated[list[Need], Field(max_length=50, default_factory=list)]
    requested_at: When = ""


class Reply(Said):
    """The State's reply; it closes nothing."""

    reply: Annotated[str, Field(min_length=1, max_length=4_000)]
    replied_at: When = ""


class AgencyAnswer(Said):
    """One's own agency's word for a case."""

    answer: Literal["all_handed_over", "nothing_held", "more_to_come"]
    answered_at: When = ""


class Mention(Said):
    """A report says that a thing was taken."""

    report_number: Need
    description: Need
    mentioned_at: When = ""
    by: Short = ""
    document: Short = ""
    case_id: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None
    quantity: Annotated[str, Field(max_length=120)] = ""


class Outcome(Said):
    """What became of a thing that a report names."""

    outcome: Literal["booked", "returned_on_spot", "left_in_place", "not_taken"]
    reason: Long = ""
    booked_item_id: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None


class RequestsMet(Shown):
    """The requests of a case, each with the items that it stands against."""

    rows: list[dict[str, Any]]


class Reopened(Shown):
    """Answers that a later find re-opened, by which items, and who must be told."""

    rows: list[dict[str, Any]]


@desk.acts("/cases/{int:case_id}/filings", Right.PUT_ON_FILE)
def put_on_file(request: Asking, case_id: Id, said: Filing) -> Answer:
    """Put an item on the prosecution's file of a case."""
    case, item = case_in_reach(request.person, case_id), item_in_reach(request.person, said.item_id)
    name = request.person.name
    return recorded(
        request,
        lambda: file_item(
            case_number=case.number,
            agency=item.agency,
            tag=item.tag,
            filed_by=name,
            **said.model_dump(exclude={"item_id"}),
            actor=name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/filings/many", Right.PUT_ON_FILE)
def put_many_on_file(request: Asking, case_id: Id, said: Filings) -> Answer:
    """Put several items on the prosecution's file of a case: all or none."""
    case = case_in_reach(request.person, case_id)
    items = [item_in_reach(request.person, one) for one in said.item_ids]
    name = request.person.name
    return recorded(
        request,
        lambda: file_items(
            case_number=case.number,
            items=[(item.agency, item.tag) for item in items],
            filed_by=name,
            filed_at=said.filed_at,
            with_contents=said.with_contents,
            seen_size=said.seen_size,
            actor=name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/set-aside", Right.SET_ASIDE)
def wish_set_aside(request: Asking, case_id: Id, said: Aside) -> Answer:
    """Wish to set an item aside for this case; it stays on the schedule and in the certificate."""
    case, item = case_in_reach(request.person, case_id), item_in_reach(request.person, said.item_id)
    name = request.person.name
    return recorded(
        request,
        lambda: set_aside_item(
            case_number=case.number,
            agency=item.agency,
            tag=item.tag,
            reason=said.reason,
            by=name,
            at=said.at,
            actor=name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/set-aside/{int:entry}/confirm", Right.SET_ASIDE)
def confirm_aside(request: Asking, case_id: Id, entry: Id, said: At) -> Answer:
    """Confirm, as the second person, that an item is set aside."""
    case = case_in_reach(request.person, case_id)
    row_of_case(case.number, "filing.recorded", entry)
    name = request.person.name
    return recorded(
        request,
        lambda: confirm_set_aside(
            entry, confirmed_by=name, confirmed_at=said.at, actor=name, now_ms=now_ms()
        ),
    )


@desk.acts("/cases/{int:case_id}/determinations", Right.DETERMINE)
def determine(request: Asking, case_id: Id, said: View) -> Answer:
    """Record one's view of an item in a case; it changes no line."""
    case, item = case_in_reach(request.person, case_id), item_in_reach(request.person, said.item_id)
    name = request.person.name
    return recorded(
        request,
        lambda: record_determination(
            case_number=case.number,
            agency=item.agency,
            tag=item.tag,
            finding=said.finding,
            reason=said.reason,
            by=name,
            made_at=said.made_at,
            looked_at=said.looked_at,
            actor=name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/determinations/{int:entry}/readings", Right.DETERMINE)
def read_second(request: Asking, case_id: Id, entry: Id, said: SecondReading) -> Answer:
    """Answer as the second reader, before the first answer opens; both stand, and no line changes."""
    case = case_in_reach(request.person, case_id)
    row_of_case(case.number, "determination.recorded", entry)
    name = request.person.name
    return recorded(
        request,
        lambda: record_second_reading(
            entry, **said.model_dump(), by=name, actor=name, now_ms=now_ms()
        ),
    )


@desk.reads("/readings/waiting", Right.DETERMINE, WaitingPage)
def list_readings_waiting(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """Views that somebody else made and that wait for a second reader; what they say is not told."""
    total, rows = readings_waiting(
        request.person.name,
        only=reached_cases(request.person),
        limit=asked.per_page,
        offset=asked.offset,
    )
    return page_of([plain(one) for one in rows], total, asked)


@desk.reads("/cases/{int:case_id}/items/{int:item_id}/readings", Right.SEE_VIEWS, Readings)
def list_readings(request: Asking, case_id: Id, item_id: Id) -> dict[str, Any]:
    """The views of an item in a case with their second readings, as far as they are open to the reader."""
    person = request.person
    case, item = case_in_reach(person, case_id), item_in_reach(person, item_id)
    found = readings_of(item.agency, item.tag, case.number, reader=person.name)
    own = [
        one
        for one in found
        if person.sees(Seen.DETERMINATIONS, own=one.by == person.name) is How.YES
    ]
    return {
        "rows": [plain(one) | {"stage": one.stage} for one in own],
        "others": len(found) - len(own),
    }


@desk.acts("/cases/{int:case_id}/withholdings", Right.WITHHOLD)
def withhold(request: Asking, case_id: Id, said: Withholding) -> Answer:
    """Withhold an item from a defendant, or from all, on a ground that the pack knows."""
    case, item = case_in_reach(request.person, case_id), item_in_reach(request.person, said.item_id)
    name = request.person.name
    return recorded(
        request,
        lambda: withhold_item(
            case_number=case.number,
            agency=item.agency,
            tag=item.tag,
            by=name,
            **said.model_dump(exclude={"item_id"}),
            actor=name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/withholdings/{int:entry}/announce", Right.WITHHOLD)
def announce(request: Asking, case_id: Id, entry: Id, said: Announcement) -> Answer:
    """Record the words in which the defence is told of a withholding; they read nothing else of it."""
    case = case_in_reach(request.person, case_id)
    row_of_case(case.number, "withholding.recorded", entry)
    return recorded(
        request,
        lambda: announce_in_words(
            entry, **said.model_dump(), actor=request.person.name, now_ms=now_ms()
        ),
    )


@desk.acts("/cases/{int:case_id}/withholdings/{int:entry}/end", Right.WITHHOLD)
def end(request: Asking, case_id: Id, entry: Id, said: Until) -> Answer:
    """End a withholding: from then on the item is due."""
    case = case_in_reach(request.person, case_id)
    row_of_case(case.number, "withholding.recorded", entry)
    return recorded(
        request,
        lambda: end_withholding(
            entry, until=said.until, actor=request.person.name, now_ms=now_ms()
        ),
    )


@desk.reads("/cases/{int:case_id}/requests/met", Right.SEE_REQUESTS, RequestsMet)
def list_requests_with_items(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """What the defence asked for, and the items that each request stands against, with their states."""
    case = case_in_reach(request.person, case_id)
    check_words(request.person, case_id)
    found = requests_of(case.number, **asked.moments, now_ms=now_ms())
    return {"rows": [plain(one) for one in found]}


@desk.acts("/cases/{int:case_id}/requests", Right.RECORD_REQUEST)
def ask_for(request: Asking, case_id: Id, said: Request) -> Answer:
    """Record what a defendant asks for."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: record_request(
            case_number=case.number,
            **said.model_dump(),
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/requests/{int:entry}/reply", Right.REPLY)
def reply(request: Asking, case_id: Id, entry: Id, said: Reply) -> Answer:
    """Record the reply to a request."""
    case = case_in_reach(request.person, case_id)
    row_of_case(case.number, "request.recorded", entry)
    return recorded(
        request,
        lambda: reply_to_request(
            entry, **said.model_dump(), actor=request.person.name, now_ms=now_ms()
        ),
    )


@desk.reads("/cases/{int:case_id}/answers/reopened", Right.SEE_REQUESTS, Reopened)
def list_reopened(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """The answers of agencies that a later find re-opened."""
    case = case_in_reach(request.person, case_id)
    check_words(request.person, case_id)
    found = reopened_answers(case.number, **asked.moments, now_ms=now_ms())
    return {"rows": [plain(one) for one in found]}


@desk.acts("/cases/{int:case_id}/answers", Right.ANSWER)
def answer(request: Asking, case_id: Id, said: AgencyAnswer) -> Answer:
    """Answer for one's own agency: handed over everything, holds nothing, more to come."""
    case = case_in_reach(request.person, case_id)
    person = request.person
    return recorded(
        request,
        lambda: record_answer(
            case_number=case.number,
            agency=person.works_for,
            answer=said.answer,
            by=person.name,
            answered_at=said.answered_at,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/mentions", Right.MENTION)
def mention(request: Asking, said: Mention) -> Answer:
    """Record that a report of one's own agency says that a thing was taken."""
    person = request.person
    case = "" if said.case_id is None else case_in_reach(person, said.case_id).number
    return recorded(
        request,
        lambda: record_mention(
            agency=person.works_for,
            case_number=case,
            **said.model_dump(exclude={"case_id"}),
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/mentions/{int:entry}/outcome", Right.MENTION)
def say_outcome(request: Asking, entry: Id, said: Outcome) -> Answer:
    """Say what became of a thing that a report of one's own agency names; another person confirms it."""
    person = request.person
    _own_mention(person, entry)
    booked = None if said.booked_item_id is None else item_in_reach(person, said.booked_item_id)
    return recorded(
        request,
        lambda: close_mention(
            entry,
            outcome=said.outcome,
            by=person.name,
            reason=said.reason,
            booked_agency=booked.agency if booked else "",
            booked_as=booked.tag if booked else "",
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/mentions/{int:entry}/confirm", Right.MENTION)
def confirm_outcome(request: Asking, entry: Id) -> Answer:
    """Confirm, as the second person, what became of a thing."""
    person = request.person
    _own_mention(person, entry)
    return recorded(
        request,
        lambda: confirm_mention(
            entry, confirmed_by=person.name, actor=person.name, now_ms=now_ms()
        ),
    )


def _own_mention(person: Person, entry: int) -> None:
    """The mention is one of the person's own agency, or of a case within reach."""
    found = read_entries([entry])[0]
    if found.type == "mention.recorded":
        if key(str(found.data.get("agency", ""))) == key(person.works_for):
            return
        number = str(found.data.get("case_number", ""))
        from fullfile.server.store.connections import case_id_of

        case_id = case_id_of(number) if number else None
        if case_id is not None:
            case_in_reach(person, case_id)
            return
    raise NotFound(f"Entry {entry:,} is no such mention, or you may not see it.")
