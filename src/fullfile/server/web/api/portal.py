"""Counsel for the defence, own clients only: what was given, receipts, disputes, what is asked for.

What counsel opens is told to nobody on the State's side: it goes to the sealed log alone, and where that cannot be
written nothing is shown. That holds for packages too.
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from fullfile.core.errors import NotFound
from fullfile.core.papers import CERTIFICATE
from fullfile.core.papers.court import Kind
from fullfile.core.tlog import parse_statement
from fullfile.core.tlog.base64text import to_base64
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.court_filings import file_with_court
from fullfile.server.actions.defence import ask_for_more, dispute, sign_receipt
from fullfile.server.queries.packages import package_of
from fullfile.server.queries.portal import portal_of
from fullfile.server.queries.productions import production_of_entry
from fullfile.server.store import checkpoints
from fullfile.server.store.reading_log import log_reading
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import plain
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import AnyDay, Checkpoint, Id, Need, Said, Shown
from fullfile.server.web.clock import now_ms
from fullfile.server.web.handing_out import ZIPPED, hand_out

__all__ = ["desk"]

desk = Desk("Defence")


class Client(Shown):
    """A client of the counsel who asks: `which` names them in addresses."""

    which: int
    case_number: str
    defendant: str


class Clients(Shown):
    """Whose counsel one is."""

    rows: list[Client]


class Portal(Shown):
    """One client in one case, as counsel sees it: what the State has said to this defendant, and nothing else."""

    case_number: str
    title: str | None
    court: str | None
    defendant: str
    given: list[dict[str, Any]]
    withheld: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    filed: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    disputes: list[dict[str, Any]]
    open_file: bool
    on_file: list[list[str]]


class Signature(Shown):
    """A signed note (C2SP) over a package: its name, the SHA-256 of its manifest, the record as of the closing."""

    name: str
    manifest: str
    note: str
    vkey: str
    checkpoint: Checkpoint


class ItemOf(Said):
    """An item, by agency and tag."""

    agency: Need
    tag: Need


class ReceiptSigned(Said):
    """Signing that a production was received; it does not say that it is complete."""

    items: Annotated[list[ItemOf] | None, Field(max_length=5_000)] = None


class Disputing(Said):
    """What is disputed, and what is wrong with it."""

    what: Annotated[str, Field(min_length=1, max_length=4_000)]
    production: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None
    withholding: Annotated[int | None, Field(ge=0, le=2**53 - 1)] = None
    item: ItemOf | None = None


class AskingFor(Said):
    """What counsel asks for."""

    asks_for: Annotated[str, Field(min_length=1, max_length=4_000)]
    category: Annotated[str, Field(max_length=120)] = ""
    keywords: Annotated[list[Need], Field(max_length=50, default_factory=list)]


class FilingSaid(Said):
    """A paper of the client that counsel filed with the court: on which day."""

    filed_on: Need
    detail: Annotated[str, Field(max_length=2_000)] = ""


@desk.reads("/defence/clients", Right.PORTAL, Clients)
def list_clients(request: Asking) -> dict[str, Any]:
    """Whose counsel one is."""
    rows = [
        {"which": place, "case_number": number, "defendant": name}
        for place, (number, name) in enumerate(request.person.clients, 1)
    ]
    return {"rows": rows}


@desk.reads("/defence/clients/{int:which}", Right.PORTAL, Portal)
def get_client(request: Asking, which: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """What a client was given and when, what is withheld as it was announced, papers, requests, disputes."""
    number, name = _client(request, which)
    found: dict[str, Any] = plain(portal_of(number, name, **asked.moments, now_ms=now_ms()))
    sent = len(json.dumps(found))
    log_reading(who=request.person.account, kind="page", ref=str(which), sent=sent, now_ms=now_ms())
    return found


@desk.reads(
    "/defence/clients/{int:which}/productions/{int:entry}/package",
    Right.PORTAL,
    None,
    openapi_extra=ZIPPED,
)
def get_own_package(request: Asking, which: Id, entry: Id) -> Any:
    """The package of a production that was served on a client, to keep and to check."""
    number, name = _client(request, which)
    given = portal_of(number, name, now_ms=now_ms()).given
    if all(one.entry != entry for one in given):
        raise NotFound("No production of this number was served on your client here.")
    own = next(who for who, told in production_of_entry(entry).defendants.items() if told == name)
    found = package_of(entry, own)
    answer = hand_out(found)
    log_reading(
        who=request.person.account,
        kind="package",
        ref=str(entry),
        sent=found.size,
        now_ms=now_ms(),
    )
    return answer


@desk.reads(
    "/defence/clients/{int:which}/productions/{int:entry}/signature", Right.PORTAL, Signature
)
def get_own_signature(request: Asking, which: Id, entry: Id) -> dict[str, Any]:
    """The office's signature over the manifest of a package, to check one that came on a disk."""
    number, name = _client(request, which)
    given = portal_of(number, name, now_ms=now_ms()).given
    if all(one.entry != entry for one in given):
        raise NotFound("No production of this number was served on your client here.")
    own = next(who for who, told in production_of_entry(entry).defendants.items() if told == name)
    package = package_of(entry, own)
    stated = parse_statement(package.note)
    found = {
        "name": stated.name,
        "manifest": stated.sha256,
        "note": package.note.decode(),
        "vkey": checkpoints.verifier().vkey,
        "checkpoint": {
            "size": stated.checkpoint.size,
            "root": to_base64(stated.checkpoint.root),
        },
    }
    log_reading(
        who=request.person.account,
        kind="package",
        ref=f"{entry}:note",
        sent=len(package.note),
        now_ms=now_ms(),
    )
    return found


@desk.acts("/defence/clients/{int:which}/productions/{int:entry}/receipt", Right.PORTAL)
def sign(request: Asking, which: Id, entry: Id, said: ReceiptSigned) -> Answer:
    """Sign the receipt of a production. It cannot be taken back."""
    _, name = _client(request, which)
    person = request.person
    items = None if said.items is None else [(one.agency, one.tag) for one in said.items]
    return recorded(
        request,
        lambda: sign_receipt(
            entry,
            defendant=name,
            by=person.name,
            counsel_of=person.clients,
            items=items,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/defence/clients/{int:which}/disputes", Right.PORTAL)
def dispute_it(request: Asking, which: Id, said: Disputing) -> Answer:
    """Dispute a production, an item of it, or an announced withholding."""
    number, name = _client(request, which)
    person = request.person
    return recorded(
        request,
        lambda: dispute(
            case_number=number,
            defendant=name,
            what=said.what,
            by=person.name,
            counsel_of=person.clients,
            production=said.production,
            item=None if said.item is None else (said.item.agency, said.item.tag),
            withholding=said.withholding,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/defence/clients/{int:which}/requests", Right.PORTAL)
def ask_more(request: Asking, which: Id, said: AskingFor) -> Answer:
    """Ask for something: a request like any other."""
    number, name = _client(request, which)
    person = request.person
    return recorded(
        request,
        lambda: ask_for_more(
            case_number=number,
            defendant=name,
            **said.model_dump(),
            counsel_of=person.clients,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


@desk.acts("/defence/clients/{int:which}/papers/{int:entry}/filed", Right.PORTAL)
def file_own_paper(request: Asking, which: Id, entry: Id, said: FilingSaid) -> Answer:
    """Record that counsel filed a schedule or certificate of their client with the court."""
    number, name = _client(request, which)
    person = request.person
    paper = next(
        (one for one in portal_of(number, name, now_ms=now_ms()).papers if one.entry == entry), None
    )
    if paper is None:
        raise NotFound("No paper of this number was issued for your client.")
    return recorded(
        request,
        lambda: file_with_court(
            case=number,
            kind=Kind.CERTIFICATE if paper.type == CERTIFICATE else Kind.SCHEDULE,
            of=entry,
            filed_on=said.filed_on,
            detail=said.detail,
            by=person.name,
            counsel_of=person.clients,
            client=name,
            actor=person.name,
            now_ms=now_ms(),
        ),
    )


def _client(request: Asking, which: int) -> tuple[str, str]:
    clients = request.person.clients
    if not 1 <= which <= len(clients):
        raise NotFound("You have no such client here.")
    return clients[which - 1]
