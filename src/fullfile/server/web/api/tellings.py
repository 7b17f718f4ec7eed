"""Who must still be told of a loss or a late find; and that somebody was.

Nothing is sent from here: a person tells, and records it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from fullfile.core.ids import day_text
from fullfile.core.knowledge.telling import ToldTo, news_words
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.telling import record_telling
from fullfile.server.queries.telling import Task, tasks_for
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Page, PageOf, Said, Shown, When, page_of
from fullfile.server.web.clock import now_ms
from fullfile.server.web.items.telling import tasks_here
from fullfile.server.web.reach import case_in_reach, item_in_reach

__all__ = ["desk"]

desk = Desk("Tellings")


class ToTell(Shown):
    """Somebody must be told: of which item, for which case, as what; `to` is empty where the case names nobody."""

    news: int
    what: str
    happened_on: str
    words: str
    item_id: int
    agency: str
    tag: str
    case_id: int
    case_number: str
    role: str
    to: str
    defendant: str


class ToTellPage(PageOf):
    """A part of them, the newest first; not `exact`: there are at least so many."""

    rows: list[ToTell]
    exact: bool


class ToTellOfItem(Shown):
    """Those of one item."""

    rows: list[ToTell]


class Telling(Said):
    """Somebody was told: of the news of an entry, for a case."""

    news: Annotated[int, Field(ge=0, le=2**53 - 1)]
    case_id: Annotated[int, Field(ge=0, le=2**53 - 1)]
    role: Literal["prosecutor", "defence counsel"]
    to: Annotated[str, Field(max_length=300, description="As the list has it; else empty.")] = ""
    name: Annotated[
        str, Field(max_length=300, description="Who was told, where the case names nobody.")
    ] = ""
    at: When = ""
    way: Literal["person", "telephone", "writing"] = "person"
    words: Annotated[str, Field(max_length=1_000)] = ""


@desk.reads("/tellings", Right.TELL, ToTellPage)
def list_tellings(request: Asking, page: Query[Page]) -> dict[str, Any]:
    """Whom the caller's agency, or the caller in the cases they answer for, must still tell."""
    found = tasks_for(request.person)
    rows = found.rows[page.offset : page.offset + page.per_page]
    return {**page_of([_shown(one) for one in rows], len(found.rows), page), "exact": found.exact}


@desk.reads("/items/{int:item_id}/tellings", Right.TELL, ToTellOfItem)
def list_tellings_of_item(request: Asking, item_id: Id) -> dict[str, Any]:
    """Who must still be told of an item."""
    item = item_in_reach(request.person, item_id)
    return {"rows": [_shown(one) for one in tasks_here(request.person, item)]}


@desk.acts("/items/{int:item_id}/tellings", Right.TELL)
def tell(request: Asking, item_id: Id, said: Telling) -> Answer:
    """Record that somebody was told; their task ends."""
    person = request.person
    item = item_in_reach(person, item_id)
    case = case_in_reach(person, said.case_id)
    return recorded(
        request,
        lambda: record_telling(
            agency=item.agency,
            tag=item.tag,
            news=said.news,
            case_number=case.number,
            role=ToldTo(said.role),
            to=said.to,
            name=said.name,
            at=said.at,
            way=said.way,
            words=said.words,
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


def _shown(one: Task) -> dict[str, Any]:
    return {
        "news": one.news,
        "what": one.what,
        "happened_on": day_text(one.first),
        "words": news_words(one.what, one.first),
        "item_id": one.item_id,
        "agency": one.agency,
        "tag": one.tag,
        "case_id": one.case_id,
        "case_number": one.case_number,
        "role": one.role.value,
        "to": one.to,
        "defendant": one.defendant,
    }
