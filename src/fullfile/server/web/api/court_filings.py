"""What was filed with the court: recorded, listed, opened, withdrawn.

Who may read the papers of a case may open what was filed; the court gets exactly that, as it stood when it was filed.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import instant_text
from fullfile.core.papers.court import Filing, Kind
from fullfile.engines.report.knew import KNOWN_FIELDS
from fullfile.server.accounts.door import note
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.court_filings import file_with_court, withdraw_filing
from fullfile.server.queries.court_filings import filing_of, filings_of_case, open_filing
from fullfile.server.store.connections import item_id_of
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import plain
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Long, Need, Said, Shown
from fullfile.server.web.clock import now_ms
from fullfile.server.web.handing_out import give_file
from fullfile.server.web.reach import case_in_reach, item_in_reach

__all__ = ["FilingShown", "desk", "shown_filing"]

desk = Desk("Filed with the court")

_BYTES = {
    "responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
}
Paper = Literal["schedule", "certificate", "file", "knowledge", "determinations"]


class FilingShown(Shown):
    """What was filed; `withdrawn`: the entry that says that it does not stand."""

    entry: int
    recorded_at: str
    paper: str
    of: list[int]
    item_id: int | None
    agency: str
    tag: str
    defendant: str
    filed_on: str
    ordered: bool
    order: str
    order_on: str
    under_seal: bool
    side: str
    by: str
    detail: str
    withdrawn: int | None
    withdrawn_why: str


class CourtFilings(Shown):
    """What was filed in a case, in the order of the record."""

    rows: list[FilingShown]


class Opened(FilingShown):
    """With what it opens: accounts of who knew what, or determinations; a file is at `content`."""

    accounts: list[dict[str, Any]]
    determinations: list[dict[str, Any]]
    file: dict[str, Any] | None


class NewFiling(Said):
    """What was filed: a paper by its entry, or an account or the determinations of an item."""

    paper: Paper
    entry: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None
    item_id: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None
    filed_on: Need
    ordered: bool = False
    order: Annotated[str, Field(max_length=400)] = ""
    order_on: Annotated[str, Field(max_length=60)] = ""
    under_seal: bool = False
    detail: Long = ""


class Withdrawal(Said):
    """Why it does not stand as filed."""

    reason: Annotated[str, Field(min_length=1, max_length=4_000)]


@desk.reads("/cases/{int:case_id}/court-filings", Right.SEE_PAPERS, CourtFilings)
def list_court_filings(request: Asking, case_id: Id) -> dict[str, Any]:
    """What was filed with the court in a case."""
    case_in_reach(request.person, case_id)
    return {"rows": [shown_filing(one) for one in filings_of_case(case_id)]}


@desk.reads("/cases/{int:case_id}/court-filings/{int:entry}", Right.SEE_PAPERS, Opened)
def get_court_filing(request: Asking, case_id: Id, entry: Id) -> dict[str, Any]:
    """What was filed, and what it opens, as it stood then; of what was withdrawn nothing."""
    case_in_reach(request.person, case_id)
    found = open_filing(filing_of(case_id, entry))
    note(request, "read", "done", account=request.person.account)
    accounts = found.knew.timeline if found.knew is not None else ()
    return {
        **shown_filing(found.filing),
        "accounts": [{name: getattr(one, name) for name in KNOWN_FIELDS} for one in accounts],
        "determinations": [plain(one) for one in found.views],
        "file": None if found.file is None else plain(found.file),
    }


@desk.reads(
    "/cases/{int:case_id}/court-filings/{int:entry}/content",
    Right.SEE_PAPERS,
    None,
    openapi_extra=_BYTES,
)
def get_court_filing_content(request: Asking, case_id: Id, entry: Id) -> Any:
    """The bytes of a file that was filed, as they were added; its opening is noted."""
    case_in_reach(request.person, case_id)
    found = open_filing(filing_of(case_id, entry))
    if found.file is None:
        raise NotFound("No file was filed under this entry, or it was withdrawn.")
    note(request, "file", "done", account=request.person.account)
    return give_file(found.file)


@desk.acts("/cases/{int:case_id}/court-filings", Right.FILE_WITH_COURT)
def record_court_filing(request: Asking, case_id: Id, said: NewFiling) -> Answer:
    """Record that a paper was filed with the court; from then on it may open exactly that."""
    person = request.person
    case = case_in_reach(person, case_id)
    item = None if said.item_id is None else item_in_reach(person, said.item_id)
    return recorded(
        request,
        lambda: file_with_court(
            case=case.number,
            kind=Kind(said.paper),
            of=said.entry,
            agency=item.agency if item else "",
            tag=item.tag if item else "",
            filed_on=said.filed_on,
            ordered=said.ordered,
            order=said.order,
            order_on=said.order_on,
            under_seal=said.under_seal,
            detail=said.detail,
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/cases/{int:case_id}/court-filings/{int:entry}/withdrawal", Right.FILE_WITH_COURT)
def withdraw_court_filing(request: Asking, case_id: Id, entry: Id, said: Withdrawal) -> Answer:
    """Record that a paper was not filed after all, or was given back."""
    person = request.person
    case = case_in_reach(person, case_id)
    if filing_of(case_id, entry).side != "state":
        raise Refused("Counsel recorded this: only they can say that it does not stand.")
    return recorded(
        request,
        lambda: withdraw_filing(
            case=case.number,
            filing=entry,
            reason=said.reason,
            by=person.name,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


def shown_filing(one: Filing) -> dict[str, Any]:
    """A filing, as `FilingShown`."""
    item_id = item_id_of(one.agency, one.tag) if one.tag else None
    return {
        "entry": one.entry,
        "recorded_at": instant_text(one.recorded_ms),
        "paper": one.kind.value,
        "of": list(one.of),
        "item_id": item_id,
        "agency": one.agency,
        "tag": one.tag,
        "defendant": one.defendant,
        "filed_on": one.filed_on,
        "ordered": one.ordered,
        "order": one.order,
        "order_on": one.order_on,
        "under_seal": one.under_seal,
        "side": one.side,
        "by": one.by,
        "detail": one.detail,
        "withdrawn": one.withdrawn,
        "withdrawn_why": one.withdrawn_why,
    }
