"""Productions: drafted from what is owed, closed under a number, served all or nothing, acknowledged.

A production is known by the entry that drafted it, before and after it has a number.

What this does not do: it packs no file and decides nothing.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from fullfile.core.disclosure.productions import Change, Production
from fullfile.core.errors import NotFound
from fullfile.core.ids import instant_text, key
from fullfile.core.papers.owing import Owing
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field as Seen
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.policy import Shown as How
from fullfile.server.actions.defence import answer_dispute
from fullfile.server.actions.productions import (
    acknowledge_production,
    change_production,
    close_production,
    counsel_cannot_open,
    draft_production,
    serve_production,
)
from fullfile.server.queries.packages import package_of
from fullfile.server.queries.productions import (
    get_production,
    new_since,
    owed_to,
    production_of_entry,
    productions_of,
    receipts_outstanding,
)
from fullfile.server.queries.rows import row_of_case
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import SEALED, plain
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
from fullfile.server.web.handing_out import ZIPPED, hand_out
from fullfile.server.web.reach import CaseRef, case_in_reach, item_in_reach, reached_cases

__all__ = ["desk"]

desk = Desk("Productions")

Short = Annotated[str, Field(max_length=300)]
ItemId = Annotated[int, Field(ge=0, le=2**53 - 1)]
Extent = Literal["whole", "part", "redacted", "described", "offered"]


class ProductionShown(Shown):
    """A production as it stands."""

    production: int
    case_number: str
    number: str | None
    stage: str
    defendants: list[str]
    items: int
    drafted_by: str
    drafted_at: str


class Productions(Shown):
    """The productions of a case, the newest first."""

    rows: list[ProductionShown]


class ProductionWhole(ProductionShown):
    """One production with its lines, as they stand for each defendant now."""

    lines: list[dict[str, Any]]
    left_out: list[dict[str, Any]]
    withheld: dict[str, list[dict[str, Any]]]
    also_owed: dict[str, list[dict[str, Any]]]
    problems: list[dict[str, str]]
    served: list[dict[str, Any]]
    receipts: list[dict[str, Any]]
    faults: list[dict[str, Any]]


class OwedShown(Shown):
    """Every item of a case as it stands for one defendant."""

    defendant: str
    counsel: str | None
    items: list[dict[str, Any]]
    new: list[dict[str, Any]]


class OutstandingPage(PageOf):
    """Productions that wait for a receipt, the longest waiting first."""

    rows: list[dict[str, Any]]


class For(AnyDay):
    """For whom: by the party id or the name that is no secret to whoever reads the case."""

    which: int = Field(
        1, ge=1, le=1_000, description="Which defendant: from 1, as the board lists."
    )


class Draft(Said):
    """A production to be drafted: of all that is owed, or of some items."""

    defendants: Annotated[list[Need], Field(min_length=1, max_length=200)]
    item_ids: Annotated[list[ItemId] | None, Field(max_length=5_000)] = None


class Changing(Said):
    """An item added, taken out with a reason, or going in another form."""

    change: Change
    item_id: ItemId
    extent: Extent = "whole"
    what: Short = ""
    to: Annotated[list[Need], Field(max_length=200, default_factory=list)]
    reason: Long = ""


class Serving(Said):
    """How, when and on whom a production is served."""

    way: Literal["portal", "media", "inspection"]
    served_on: Annotated[dict[str, Need], Field(default_factory=dict)]
    defendants: Annotated[list[Need], Field(max_length=200, default_factory=list)]
    served_at: When = ""


class Receipt(Said):
    """A receipt that the State says it has: it is claimed, never signed."""

    defendant: Need
    by: Need
    at: When = ""
    item_ids: Annotated[list[ItemId] | None, Field(max_length=5_000)] = None


class Fault(Said):
    """Counsel could not open it; the service stands."""

    defendant: Need
    by: Need
    what: Need


class DisputeAnswer(Said):
    """What the State answers to a dispute."""

    answer: Annotated[str, Field(min_length=1, max_length=4_000)]


@desk.reads("/cases/{int:case_id}/owed", Right.PRODUCE, OwedShown)
def get_owed(request: Asking, case_id: Id, asked: Query[For]) -> dict[str, Any]:
    """What of the case a defendant has got, is owed and does not get, and what is new since the last production."""
    from fullfile.server.queries.board import board_of_one_case

    case = case_in_reach(request.person, case_id)
    names = board_of_one_case(
        case.number, on=asked.day, as_of=asked.known, now_ms=now_ms()
    ).defendants
    if not 1 <= asked.which <= len(names):
        raise NotFound(f"The case has {len(names)} defendants on record.")
    name = names[asked.which - 1]
    found = owed_to(case.number, name, **asked.moments, now_ms=now_ms())
    fresh = new_since(case.number, name, now_ms=now_ms()) if asked.on == asked.as_of == "" else []
    return {
        "defendant": found.defendant.name,
        "counsel": found.counsel or None,
        "items": [_owing(request.person, one) for one in found.items],
        "new": [_owing(request.person, one) for one in fresh],
    }


@desk.reads("/cases/{int:case_id}/productions", Right.SEE_PAPERS, Productions)
def list_productions(request: Asking, case_id: Id) -> dict[str, Any]:
    """The productions of a case, drafts among them."""
    case = case_in_reach(request.person, case_id)
    found = productions_of(case.number, now_ms=now_ms())
    return {"rows": [_shown(one) for one in found if _is_for(request.person, one)]}


@desk.reads("/cases/{int:case_id}/productions/{int:entry}", Right.SEE_PAPERS, ProductionWhole)
def read_production(request: Asking, case_id: Id, entry: Id) -> dict[str, Any]:
    """One production with its lines, what is withheld and what else is owed, and why it cannot be served as it stands."""
    person = request.person
    case = case_in_reach(person, case_id)
    _of_case(case, entry)
    found = get_production(entry, now_ms=now_ms())
    production = found.production
    if not _is_for(person, production):
        raise NotFound("There is no such production in this case.")
    inside = person.office_side
    return _shown(production) | {
        "lines": [
            {
                "agency": line.agency,
                "tag": line.tag,
                "extent": line.extent,
                "what": line.what or None,
                "to": [production.defendants.get(who, who) for who in line.to],
                "standing": {
                    production.defendants.get(who, who): _owing(request.person, one)
                    for who, one in line.standing.items()
                },
                "new": line.new,
            }
            for line in found.lines
        ],
        "left_out": [plain(one) for one in production.left_out if inside],
        "withheld": _by_name(person, production, found.withheld),
        "also_owed": _by_name(person, production, found.also_owed if inside else {}),
        "problems": [{"code": one.code, "text": one.text} for one in found.problems if inside],
        "served": [
            {"defendant": production.defendants.get(who, who), **plain(one)}
            for who, one in production.served.items()
        ],
        "receipts": [
            {"defendant": production.defendants.get(who, who), **plain(one)}
            for who, several in production.receipts.items()
            for one in several
        ],
        "faults": [
            {**plain(one), "defendant": production.defendants.get(one.defendant, one.defendant)}
            for one in production.faults
        ],
    }


@desk.reads(
    "/cases/{int:case_id}/productions/{int:entry}/packages/{int:which}",
    Right.PRODUCE,
    None,
    openapi_extra=ZIPPED,
)
def get_package(request: Asking, case_id: Id, entry: Id, which: Id) -> Any:
    """The package of a defendant, by their place in the production from 1, as it was closed: a BagIt bag."""
    _of_case(case_in_reach(request.person, case_id), entry)
    whose = list(production_of_entry(entry).defendants)
    if not 1 <= which <= len(whose):
        raise NotFound(f"This production is for {len(whose)} defendants.")
    return hand_out(package_of(entry, whose[which - 1]))


@desk.reads("/productions/waiting", Right.SEE_PAPERS, OutstandingPage)
def list_waiting(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """What was served and not signed for, within reach."""
    total, rows = receipts_outstanding(
        only=reached_cases(request.person), limit=asked.per_page, offset=asked.offset
    )
    return page_of([plain(one) for one in rows], total, asked)


@desk.acts("/cases/{int:case_id}/productions", Right.PRODUCE)
def draft(request: Asking, case_id: Id, said: Draft) -> Answer:
    """Draft a production of all that is owed to some defendants, or of some items."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: draft_production(
            case_number=case.number,
            defendants=said.defendants,
            items=_pairs(request, said.item_ids),
            actor=request.person.name,
            now_ms=now_ms(),
        ),
        tell=lambda entry: {"production": entry},
    )


@desk.acts("/cases/{int:case_id}/productions/{int:entry}/change", Right.PRODUCE)
def change(request: Asking, case_id: Id, entry: Id, said: Changing) -> Answer:
    """Add an item to a draft, take one out with a reason, or say in which form it goes."""
    case = case_in_reach(request.person, case_id)
    _of_case(case, entry)
    item = item_in_reach(request.person, said.item_id)
    return recorded(
        request,
        lambda: change_production(
            entry,
            agency=item.agency,
            tag=item.tag,
            **said.model_dump(exclude={"item_id", "change"}),
            change=said.change,
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/productions/{int:entry}/close", Right.PRODUCE)
def close(request: Asking, case_id: Id, entry: Id) -> Answer:
    """Number a production and close it: from then on nothing in it changes."""
    case = case_in_reach(request.person, case_id)
    _of_case(case, entry)
    return recorded(
        request,
        lambda: close_production(entry, actor=request.person.name, now_ms=now_ms()),
        tell=lambda number: {"number": number},
    )


@desk.acts("/cases/{int:case_id}/productions/{int:entry}/serve", Right.SERVE)
def serve(request: Asking, case_id: Id, entry: Id, said: Serving) -> Answer:
    """Serve a closed production, all or nothing. It cannot be taken back."""
    case = case_in_reach(request.person, case_id)
    _of_case(case, entry)
    return recorded(
        request,
        lambda: serve_production(
            entry,
            way=said.way,
            served_on=said.served_on or None,
            defendants=said.defendants,
            served_at=said.served_at,
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/productions/{int:entry}/receipt", Right.SERVE)
def record_receipt(request: Asking, case_id: Id, entry: Id, said: Receipt) -> Answer:
    """Record that a receipt is there: it counts as claimed; counsel's own signature is given in the portal."""
    case = case_in_reach(request.person, case_id)
    _of_case(case, entry)
    return recorded(
        request,
        lambda: acknowledge_production(
            entry,
            defendant=said.defendant,
            by=said.by,
            at=said.at,
            items=_pairs(request, said.item_ids),
            actor=request.person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/productions/{int:entry}/not-opened", Right.SERVE)
def record_fault(request: Asking, case_id: Id, entry: Id, said: Fault) -> Answer:
    """Record that counsel could not open it; the service stands."""
    case = case_in_reach(request.person, case_id)
    _of_case(case, entry)
    return recorded(
        request,
        lambda: counsel_cannot_open(
            entry, **said.model_dump(), actor=request.person.name, now_ms=now_ms()
        ),
    )


@desk.acts("/cases/{int:case_id}/disputes/{int:entry}/answer", Right.REPLY)
def answer_to_dispute(request: Asking, case_id: Id, entry: Id, said: DisputeAnswer) -> Answer:
    """Answer a dispute of the defence; that does not end it."""
    case = case_in_reach(request.person, case_id)
    row_of_case(case.number, "disclosure.disputed", entry)
    name = request.person.name
    return recorded(
        request,
        lambda: answer_dispute(entry, answer=said.answer, by=name, actor=name, now_ms=now_ms()),
    )


def _of_case(case: CaseRef, entry: int) -> None:
    """The production is one of this case."""
    if key(production_of_entry(entry).case_number) != key(case.number):
        raise NotFound("There is no such production in this case.")


def _pairs(request: Asking, ids: list[int] | None) -> list[tuple[str, str]] | None:
    if ids is None:
        return None
    items = [item_in_reach(request.person, one) for one in ids]
    return [(item.agency, item.tag) for item in items]


def _shown(production: Production) -> dict[str, Any]:
    return {
        "production": production.entry,
        "case_number": production.case_number,
        "number": None if not production.number else str(production.number),
        "stage": production.stage.value,
        "defendants": list(production.defendants.values()),
        "items": len(production.lines),
        "drafted_by": production.drafted_by,
        "drafted_at": instant_text(production.drafted_ms),
    }


def _owing(person: Person, one: Owing) -> dict[str, Any]:
    """An item as it stands for a defendant; its sentence may tell somebody's view of the item."""
    found: dict[str, Any] = plain(one)
    del found["item"]
    if person.sees(Seen.DETERMINATIONS) is not How.YES:
        found["why"] = SEALED
    return found


def _by_name(person: Person, production: Production, found: Any) -> dict[str, list[dict[str, Any]]]:
    return {
        production.defendants.get(who, who): [_owing(person, one) for one in several]
        for who, several in found.items()
    }


def _is_for(person: Person, production: Production) -> bool:
    """Drafts and what is not served yet are the office's own."""
    return person.office_side or bool(production.served)
