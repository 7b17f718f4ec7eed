"""Papers: the schedule and the certificate of a defendant, as they would stand now, and as they were signed.

What this does not do: it prints none (the pages and the command line make PDFs), and words none.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Query
from pydantic import Field

from fullfile.core.errors import NotFound
from fullfile.engines.report.paper_text import certificate_as_json, schedule_as_json
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.actions.certificates import sign_first, sign_second
from fullfile.server.actions.papers import issue_schedule
from fullfile.server.queries.board import board_of_one_case
from fullfile.server.queries.papers import Certified, Scheduled, ask_certificate, ask_schedule
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import unviewed
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import AnyDay, Id, Open, Said
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import case_in_reach

__all__ = ["desk", "name_of"]

desk = Desk("Papers")

Layout = Literal["schedule", "mg6c", "mg6d", "mg6e"]
Which = Annotated[int, Field(ge=1, le=1_000)]


class Paper(Open):
    """A paper as data: as its command gives it."""

    case_number: str
    defendant: str
    on: str
    as_of: str
    checkpoint: dict[str, Any]


class Whose(AnyDay):
    """Whose paper."""

    which: Which = Field(1, description="Which defendant: from 1, as the board lists.")


class WhoseSchedule(Whose):
    """Whose schedule, in which layout."""

    layout: Layout = "schedule"
    copy_for: Literal["", "office", "court", "defence"] = Field(
        "", description="For whom; empty: for whoever asks."
    )


class Issue(Said):
    """A schedule to be issued: its numbers stay for ever."""

    defendant: Annotated[str, Field(min_length=1, max_length=300)]
    layout: Layout = "schedule"
    copy_for: Literal["", "office", "court", "defence"] = ""


class SigningSecond(Said):
    """Whose certificate is signed, and how large the record was as the signer read it."""

    defendant: Annotated[str, Field(min_length=1, max_length=300)]
    seen_size: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None


class CertificateSigned(SigningSecond):
    """The same, with what is stated: by the key of the refusal, why it is so."""

    reasons: Annotated[
        dict[str, Annotated[str, Field(max_length=4_000)]], Field(default_factory=dict)
    ]


@desk.reads("/cases/{int:case_id}/schedule", Right.SEE_PAPERS, Paper)
def get_schedule(request: Asking, case_id: Id, asked: Query[WhoseSchedule]) -> dict[str, Any]:
    """The list of everything for one defendant, also of what was judged of no value, as it would stand."""
    person = request.person
    case = case_in_reach(person, case_id)
    moments = asked.moments
    found = ask_schedule(
        case.number,
        name_of(case.number, asked),
        layout=asked.layout,
        copy=_copy(person, asked.copy_for),
        **moments,
        now_ms=now_ms(),
    )
    return unviewed(person, _schedule(found))  # type: ignore[no-any-return]


@desk.reads("/cases/{int:case_id}/certificate", Right.SEE_PAPERS, Paper)
def get_certificate(request: Asking, case_id: Id, asked: Query[Whose]) -> dict[str, Any]:
    """What the certificate of one defendant would say, and everything for which it would be refused."""
    person = request.person
    case = case_in_reach(person, case_id)
    found = ask_certificate(
        case.number,
        name_of(case.number, asked),
        copy=_copy(person, "") or "office",
        on=asked.day,
        as_of=asked.known,
        now_ms=now_ms(),
    )
    return unviewed(person, _certificate(found))  # type: ignore[no-any-return]


@desk.acts("/cases/{int:case_id}/schedules", Right.ISSUE_SCHEDULE)
def issue(request: Asking, case_id: Id, said: Issue) -> Answer:
    """Issue the schedule of a defendant; the numbers that it gives out stay."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: issue_schedule(
            case.number,
            said.defendant,
            by=request.person.name,
            layout=said.layout,
            copy=said.copy_for or None,
            now_ms=now_ms(),
        ),
        tell=lambda found: {"number": found.schedule.number, "layout": found.schedule.layout},
    )


@desk.acts("/cases/{int:case_id}/certificates", Right.SIGN_CERTIFICATE)
def sign_certificate_first(request: Asking, case_id: Id, said: CertificateSigned) -> Answer:
    """Sign a certificate first: refused while something is neither right nor stated, each thing named."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: sign_first(
            case.number,
            said.defendant,
            by=request.person.name,
            reasons=said.reasons,
            seen_size=said.seen_size,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/certificates/second", Right.SIGN_CERTIFICATE)
def sign_certificate_second(request: Asking, case_id: Id, said: SigningSecond) -> Answer:
    """Sign second what another person signed first: the same content, or every changed line is named."""
    case = case_in_reach(request.person, case_id)
    return recorded(
        request,
        lambda: sign_second(
            case.number,
            said.defendant,
            by=request.person.name,
            seen_size=said.seen_size,
            now_ms=now_ms(),
        ),
    )


def name_of(number: str, asked: Whose) -> str:
    """The defendant who was asked for, by their place on the board.

    Raises:
        NotFound: the case has not so many.
    """
    names = board_of_one_case(number, on=asked.day, as_of=asked.known, now_ms=now_ms()).defendants
    if not 1 <= asked.which <= len(names):
        raise NotFound(f"The case has {len(names)} defendants with a line on record then.")
    return names[asked.which - 1]


def _copy(person: Person, said: str) -> str | None:
    """For whom a copy is made: the court gets the court's, the office may ask for any."""
    return "court" if person.role is Role.COURT else said or None


def _schedule(found: Scheduled) -> dict[str, Any]:
    return schedule_as_json(found.schedule, found.question.as_of_text, found.checkpoint, found.act)


def _certificate(found: Certified) -> dict[str, Any]:
    return certificate_as_json(
        found.certificate, found.question.as_of_text, found.checkpoint, found.act
    )
