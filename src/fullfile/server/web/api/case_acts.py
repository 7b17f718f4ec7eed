"""What is done to a case: opened, a count added, an event of the docket, an outcome explained.

At the desk of `cases`, since one address answers questions and acts.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from fullfile.server.accounts.policy import Right
from fullfile.server.actions.docket import (
    NewCount,
    NewDefendant,
    add_count,
    open_case,
    record_event,
)
from fullfile.server.actions.outcomes import explain_outcome
from fullfile.server.store.connections import case_id_of
from fullfile.server.web.api.cases import desk
from fullfile.server.web.api.desk import Asking
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Long, Need, Said, When
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import case_in_reach

__all__ = ["desk"]


class CountSaid(Said):
    """A count as somebody states it: the columns of `counts`."""

    defendant: Need
    count: Annotated[str, Field(min_length=1, max_length=60)]
    offense: Need
    statute: Annotated[str, Field(max_length=300)] = ""
    grade: Annotated[str, Field(max_length=60)] = ""
    charged_on: When = ""
    offense_on: When = ""
    override: Annotated[
        str, Field(max_length=300, description="The ruling it is opened in spite of.")
    ] = ""


class DefendantSaid(Said):
    """A defendant as somebody states them: columns of `parties`."""

    name: Need
    party_id: Annotated[str, Field(max_length=120)] = ""
    date_of_birth: When = ""
    counsel: Annotated[str, Field(max_length=300)] = ""


class CaseSaid(Said):
    """A case to be opened: the columns of `cases`."""

    number: Need
    jurisdiction: Annotated[str, Field(min_length=1, max_length=60)]
    court: Annotated[str, Field(max_length=300)] = ""
    court_level: Annotated[str, Field(max_length=120)] = ""
    title: Annotated[str, Field(max_length=300)] = ""
    opened_on: When = ""
    incident_on: When = ""
    time_zone: Annotated[str, Field(max_length=60)] = ""
    report_numbers: Annotated[list[Need], Field(max_length=500, default_factory=list)]
    related_cases: Annotated[list[Need], Field(max_length=500, default_factory=list)]
    agencies: Annotated[list[Need], Field(max_length=500, default_factory=list)]
    defendants: Annotated[list[DefendantSaid], Field(max_length=200, default_factory=list)]
    counts: Annotated[list[CountSaid], Field(max_length=500, default_factory=list)]


class EventSaid(Said):
    """What a court did: the columns of `docket`."""

    event: Annotated[str, Field(min_length=1, max_length=60)]
    occurred_on: Annotated[When, Field(min_length=4)]
    defendant: Annotated[str, Field(max_length=300)] = ""
    count: Annotated[str, Field(max_length=60)] = ""
    detail: Long = ""
    court: Annotated[str, Field(max_length=300)] = ""
    document: Annotated[str, Field(max_length=300)] = ""
    due_on: When = ""
    relates_to: Annotated[str, Field(max_length=300)] = ""
    override: Annotated[str, Field(max_length=300)] = ""


class OutcomeSaid(Said):
    """Why an outcome came about."""

    outcome: Need
    occurred_on: Annotated[When, Field(min_length=4)]
    reasons: Annotated[list[Need], Field(min_length=1, max_length=20)]
    defendant: Annotated[str, Field(max_length=300)] = ""
    detail: Long = ""


@desk.acts("/cases", Right.OPEN_CASE)
def open_new_case(request: Asking, said: CaseSaid) -> Answer:
    """Open a case with its defendants and counts: all of it or nothing."""
    values = said.model_dump(exclude={"number", "defendants", "counts"})
    return recorded(
        request,
        lambda: open_case(
            said.number,
            **values,
            defendants=[NewDefendant(**one.model_dump()) for one in said.defendants],
            counts=[NewCount(**one.model_dump()) for one in said.counts],
            by=request.person.name,
            now_ms=now_ms(),
        ),
        tell=lambda _entries: {"case_id": case_id_of(said.number), "number": said.number},
    )


@desk.acts("/cases/{int:case_id}/counts", Right.RECORD_DOCKET)
def add_count_to_case(request: Asking, case_id: Id, said: CountSaid) -> Answer:
    """Open a count; one that a ruling bars is refused, unless `override` names the ruling."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: add_count(
            case.number, **said.model_dump(), by=request.person.name, now_ms=now_ms()
        ),
    )


@desk.acts("/cases/{int:case_id}/docket", Right.RECORD_DOCKET)
def add_event_to_docket(request: Asking, case_id: Id, said: EventSaid) -> Answer:
    """Record what the court did."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: record_event(
            case.number, **said.model_dump(), by=request.person.name, now_ms=now_ms()
        ),
    )


@desk.acts("/cases/{int:case_id}/outcomes", Right.RECORD_DOCKET)
def explain_outcome_of_case(request: Asking, case_id: Id, said: OutcomeSaid) -> Answer:
    """Say why an outcome came about, in as many reasons as there were."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: explain_outcome(
            case.number, **said.model_dump(), by=request.person.name, now_ms=now_ms()
        ),
    )
