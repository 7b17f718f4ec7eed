"""The auditor: who did what, the door, what went without a second name, a sample to check, the weekly review.

Acts are told without their content, and of defence counsel only coming and going: as on the pages. That an auditor
looked is noted at the door.

What this does not do: it judges no act; the finding of a review is the reviewer's.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar

from ninja import Query, Schema
from pydantic import ConfigDict, Field

from fullfile.core.ids import instant_text
from fullfile.server.accounts.door import note
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.auditing import FINDINGS, review_acts
from fullfile.server.queries.accounts import list_accounts
from fullfile.server.queries.audit import DoorFilter, door_events
from fullfile.server.store.audited import (
    ACT_ORDERS,
    ActFilter,
    ActRow,
    count_acts,
    draw_sample,
    list_acts,
    list_overrides,
    list_unseconded,
)
from fullfile.server.store.overview import get_head
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import (
    PER_PAGE,
    Day,
    Long,
    Page,
    PageOf,
    Said,
    Shown,
    Words,
    moment_of,
    page_of,
)
from fullfile.server.web.audit.lists import YEAR_MS
from fullfile.server.web.audit.standing import standing_now
from fullfile.server.web.clock import day_start, now, now_ms, today
from fullfile.server.web.entry_words import types_called

__all__ = ["desk"]

desk = Desk("Audit")

Row = TypeVar("Row")
_DAYS = "A day or time: what happened from it on, or up to it; the last day is in it."
Outcome = Literal["", "done", "refused", "locked", "ended", "failed"]
Order = Literal[tuple(ACT_ORDERS)]  # type: ignore[valid-type]  # the orders that the query knows


class CheckTold(Shown):
    """The last check of the whole record."""

    at: str
    size: int
    findings: list[str]


class ReviewTold(Shown):
    """The last weekly review."""

    entry: int
    by: str
    recorded_at: str
    first_on: str
    last_on: str
    finding: str


class Overview(Shown):
    """How the record and the room stand; `check`, `review`: null where none was made."""

    size: int
    root: str
    damaged: str
    recorded_at: str | None
    check: CheckTold | None
    discrepancies: int
    acts: int
    refused: int
    unseconded: int
    unseconded_here: int
    overrides: int
    accounts: int
    review_due: int
    unapproved: int
    review: ReviewTold | None
    review_late: bool


class ActTold(Shown):
    """An act, without its content."""

    entry: int
    type: str
    by: str
    recorded_at: str
    case_number: str | None
    agency: str | None
    tag: str | None
    account: str | None


class ActPage(PageOf):
    """A part of the acts."""

    rows: list[ActTold]


class DoorTold(Shown):
    """Something that happened at the door."""

    at: str
    account: str
    what: str
    outcome: str
    address: str
    session: str
    about: str


class DoorPage(PageOf):
    """A part of what happened at the door."""

    rows: list[DoorTold]


class UnsecondedTold(Shown):
    """What left for good without a second name on record."""

    entry: int
    item_id: int
    agency: str
    tag: str
    event: str
    by: str
    recorded_at: str
    imported: bool


class UnsecondedPage(PageOf):
    """A part of them, the newest first."""

    rows: list[UnsecondedTold]


class OverrideTold(Shown):
    """A count that was opened although a ruling barred it."""

    entry: int
    case_id: int
    case_number: str
    by: str
    recorded_at: str


class OverridePage(PageOf):
    """A part of them, the newest first."""

    rows: list[OverrideTold]


class AccessTold(Shown):
    """An access that holds: who said so, and when somebody last looked whether it is still needed."""

    account: str
    name: str
    role: str
    approved_by: str | None
    last_used_at: str | None
    reviewed_at: str | None
    marks: list[str]


class AccessPage(PageOf):
    """A part of the accesses that hold; `due`, `unapproved`: of all of them."""

    due: int
    unapproved: int
    rows: list[AccessTold]


class DrawnTold(Shown):
    """An item of a sample, in the order in which it was drawn."""

    place: int
    item_id: int
    agency: str
    tag: str


class SampleDrawn(Shown):
    """A sample: number, seed and size draw the same items again."""

    number: int
    seed: str
    size: int
    rows: list[DrawnTold]


class PeriodAsked(Page):
    """From when to when."""

    start: str = Field("", max_length=40, description=_DAYS)
    end: str = Field("", max_length=40, description=_DAYS)


class ActsAsked(PeriodAsked):
    """Which acts."""

    type: str = Field("", max_length=60, description="Only this type of entry.")
    order: Order = "newest"  # type: ignore[valid-type]


class ActWords(Words):
    """Which acts, with words that the person's name, or the type in words, contains."""

    type: Annotated[str, Field(max_length=60)] = ""
    start: Annotated[str, Field(max_length=40, description=_DAYS)] = ""
    end: Annotated[str, Field(max_length=40, description=_DAYS)] = ""
    order: Order = "newest"  # type: ignore[valid-type]


class DoorAsked(PeriodAsked):
    """Which events at the door."""

    what: str = Field("", max_length=40)
    outcome: Outcome = ""
    order: Literal["newest", "oldest"] = "newest"


class DoorWords(Words):
    """Which events at the door, with words that the account or the address contains."""

    what: Annotated[str, Field(max_length=40)] = ""
    outcome: Outcome = ""
    start: Annotated[str, Field(max_length=40, description=_DAYS)] = ""
    end: Annotated[str, Field(max_length=40, description=_DAYS)] = ""
    order: Literal["newest", "oldest"] = "newest"


class AccessAsked(Page):
    """Which accesses: with this mark."""

    mark: Literal[
        "", "review", "expired", "unused", "locked", "invited", "no_second_step", "ends_soon"
    ] = ""


class SampleAsked(Schema):
    """A sample; no seed: one is drawn and told; no size: of the record as it is now."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(20, ge=1, le=5_000)
    seed: str = Field("", max_length=64)
    size: int = Field(0, ge=0, le=2**53 - 1)


class ReviewSaid(Said):
    """That the acts and the door of some days were looked through."""

    first_on: Day
    last_on: Day
    finding: Literal[FINDINGS]  # type: ignore[valid-type]  # the words of the action
    detail: Annotated[
        Long, Field(description="What is to be followed up: entries by number, no evidence.")
    ] = ""


@desk.reads("/audit", Right.AUDIT, Overview)
def get_audit(request: Asking) -> dict[str, Any]:
    """Can this record and this room be trusted: checks, what nobody settled, acts and refusals of the last week."""
    _looked(request)
    found = standing_now()
    review = found.reviewed
    names = (
        *("size", "root", "damaged", "discrepancies", "acts", "refused", "unseconded"),
        *("unseconded_here", "overrides", "accounts", "review_due", "unapproved", "review_late"),
    )
    return {
        **{name: getattr(found, name) for name in names},
        "recorded_at": instant_text(found.recorded_ms) if found.size else None,
        "check": None
        if found.check is None
        else {
            "at": instant_text(found.check.at_ms),
            "size": found.check.size,
            "findings": list(found.check.findings),
        },
        "review": None
        if review is None
        else {
            "entry": review.index,
            "by": review.by,
            "recorded_at": instant_text(review.recorded_ms),
            **{name: str(review.data[name]) for name in ("first_on", "last_on", "finding")},
        },
    }


@desk.reads("/audit/acts", Right.AUDIT, ActPage)
def list_audited_acts(request: Asking, asked: Query[ActsAsked]) -> dict[str, Any]:
    """Who did what: every act of a person here, without its content."""
    return _acts(request, asked, "", asked)


@desk.reads("/audit/acts/search", Right.AUDIT, ActPage, posted=True)
def search_audited_acts(request: Asking, said: ActWords) -> dict[str, Any]:
    """The same, where the person's name or the type in words contains the words."""
    return _acts(request, said, " ".join(said.words.split()), _page(said))


def _acts(request: Asking, said: ActsAsked | ActWords, words: str, page: Page) -> dict[str, Any]:
    _looked(request)
    start, end = _period(said.start, said.end)
    wanted = ActFilter(
        type=said.type.strip(),
        search=words,
        types=tuple(types_called(words)),
        start_ms=_ms(start),
        end_ms=_ms(end),
    )
    found = list_acts(wanted, order=said.order, limit=page.per_page, offset=page.offset)
    return page_of([_act(one) for one in found], count_acts(wanted), page)


@desk.reads("/audit/door", Right.AUDIT, DoorPage)
def list_door(request: Asking, asked: Query[DoorAsked]) -> dict[str, Any]:
    """What happened at the door; of defence counsel only coming and going."""
    return _door(request, asked, "", asked)


@desk.reads("/audit/door/search", Right.AUDIT, DoorPage, posted=True)
def search_door(request: Asking, said: DoorWords) -> dict[str, Any]:
    """The same, where the account or the address contains the words."""
    return _door(request, said, said.words.strip(), _page(said))


def _door(request: Asking, said: DoorAsked | DoorWords, words: str, page: Page) -> dict[str, Any]:
    _looked(request)
    start, end = _period(said.start, said.end)
    wanted = DoorFilter(
        what=said.what.strip(), outcome=said.outcome, search=words, start=start, end=end
    )
    found, total = door_events(
        wanted, oldest_first=said.order == "oldest", limit=page.per_page, offset=page.offset
    )
    rows = [
        {
            "at": one.at.isoformat(timespec="milliseconds"),
            **{
                name: str(getattr(one, name))
                for name in ("account", "what", "outcome", "address", "session", "about")
            },
        }
        for one in found
    ]
    return page_of(rows, total, page)


@desk.reads("/audit/unseconded", Right.AUDIT, UnsecondedPage)
def list_left_without_second_name(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """What left for good in a year, and no second name is on record for it."""
    _looked(request)
    found = list_unseconded(now_ms() - YEAR_MS)
    names = ("entry", "item_id", "agency", "tag", "event", "by", "imported")
    rows = [
        {
            **{name: getattr(one, name) for name in names},
            "recorded_at": instant_text(one.recorded_ms),
        }
        for one in _part(found, asked)
    ]
    return page_of(rows, len(found), asked)


@desk.reads("/audit/overrides", Right.AUDIT, OverridePage)
def list_audited_overrides(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """Counts that were opened although a ruling barred them."""
    _looked(request)
    found = list_overrides()
    names = ("entry", "case_id", "case_number", "by")
    rows = [
        {
            **{name: getattr(one, name) for name in names},
            "recorded_at": instant_text(one.recorded_ms),
        }
        for one in _part(found, asked)
    ]
    return page_of(rows, len(found), asked)


@desk.reads("/audit/accounts", Right.AUDIT, AccessPage)
def list_accesses(request: Asking, asked: Query[AccessAsked]) -> dict[str, Any]:
    """Who has access, who said so, and when somebody last looked whether it is still needed."""
    _looked(request)
    every = [one for one in list_accounts(today=today(), now=now()) if one.in_force and one.grant]
    found = [one for one in every if not asked.mark or asked.mark in one.marks]
    rows = [
        {
            "account": one.username,
            "name": one.grant.name,
            "role": str(one.grant.role),
            "approved_by": one.grant.approved_by or None,
            "last_used_at": None if one.last_used_at is None else one.last_used_at.isoformat(),
            "reviewed_at": None if one.reviewed_at is None else one.reviewed_at.isoformat(),
            "marks": list(one.marks),
        }
        for one in _part(found, asked)
        if one.grant
    ]
    return page_of(rows, len(found), asked) | {
        "due": sum("review" in one.marks for one in every),
        "unapproved": sum(not one.grant.approved_by for one in every if one.grant),
    }


@desk.reads("/audit/sample", Right.AUDIT, SampleDrawn)
def draw_audit_sample(request: Asking, asked: Query[SampleAsked]) -> dict[str, Any]:
    """Items drawn by a seed, to be looked for in the room; whoever has number, seed and size draws them again."""
    _looked(request)
    head = get_head().size
    size = min(asked.size or head, head)
    seed = asked.seed.strip() or secrets.token_hex(4)
    found = draw_sample(seed, asked.number, size)
    names = ("place", "item_id", "agency", "tag")
    return {
        "number": asked.number,
        "seed": seed,
        "size": size,
        "rows": [{name: getattr(one, name) for name in names} for one in found],
    }


@desk.acts("/audit/reviews", Right.AUDIT)
def record_review_of_acts(request: Asking, said: ReviewSaid) -> Answer:
    """Say that the acts and the door of a week were looked through, and what was found."""
    return recorded(
        request,
        lambda: review_acts(
            said.first_on,
            said.last_on,
            finding=said.finding,
            detail=said.detail,
            actor=request.person.name,
            now_ms=now_ms(),
            today=today(),
        ),
    )


def _looked(request: Asking) -> None:
    note(request, "read", "done", account=request.person.account)


def _page(said: Words) -> Page:
    return Page(page=said.page, per_page=min(said.per_page, PER_PAGE))


def _part(rows: list[Row], page: Page) -> list[Row]:
    return rows[page.offset : page.offset + page.per_page]


def _period(start: str, end: str) -> tuple[datetime | None, datetime | None]:
    """From, and before: the last day is in it."""
    first, last = moment_of(start, "start"), moment_of(end, "end")
    if isinstance(last, date) and not isinstance(last, datetime):
        last += timedelta(days=1)
    return _begin(first), _begin(last)


def _begin(moment: date | datetime | None) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return moment
    return day_start(moment)


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def _act(one: ActRow) -> dict[str, Any]:
    about = ("case_number", "agency", "tag", "account")
    return {
        "entry": one.entry,
        "type": one.type,
        "by": one.by,
        "recorded_at": instant_text(one.recorded_ms),
        **{name: getattr(one, name) or None for name in about},
    }
