"""The client of an address, and the sealed log of what was opened.

`which` counts one's own clients from 1: an address names nobody, and somebody else's clients have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.queries.portal import Announced, FiledPaper, GivenTo, Paper, Portal, portal_of
from fullfile.server.store.reading_log import log_reading
from fullfile.server.web.clock import now_ms
from fullfile.server.web.doors.permission import PageRequest

__all__ = ["Client", "announced_at", "client_of", "given_at", "log", "paper_at", "row_of", "shown"]


@dataclass(frozen=True, slots=True)
class Client:
    """One of counsel's clients in one case, with what counsel sees of it."""

    which: int
    number: str
    name: str
    portal: Portal

    @property
    def to_sign(self) -> int:
        """Productions whose receipt can be signed and is not."""
        return sum(one.to_sign for one in self.portal.given)

    @property
    def of_items(self) -> list[FiledPaper]:
        """What was filed with the court about items: that it was filed, and nothing of it."""
        return [one for one in self.portal.filed if one.of is None]

    @property
    def items(self) -> int:
        """How many items were given: one that came twice counts once."""
        return len({(key(i.agency), key(i.tag)) for one in self.portal.given for i in one.items})


def client_of(request: PageRequest, which: int) -> Client:
    """A client of whoever asks.

    Raises:
        NotFound: they have no such client.
    """
    clients = request.person.clients
    if not 1 <= which <= len(clients):
        raise NotFound(
            _("You have no such client. If you act for them, ask the office to put you down.")
        )
    number, name = clients[which - 1]
    return Client(which, number, name, portal_of(number, name, now_ms=now_ms()))


def row_of(one: GivenTo) -> int:
    """What names, in addresses, something that was given: the entry of the production, else of the first disclosure.

    A receipt corrects the disclosures, so that their own entries would not stay.
    """
    return min(item.entry for item in one.items) if one.entry is None else one.entry


def given_at(client: Client, row: int) -> GivenTo:
    """What an address names.

    Raises:
        NotFound: nothing of the sort was given to this client.
    """
    for one in client.portal.given:
        if row_of(one) == row:
            return one
    raise NotFound(_("Nothing of this number was given to your client."))


def announced_at(client: Client, entry: int) -> Announced:
    """A withholding that was announced to this client.

    Raises:
        NotFound: none of this number was.
    """
    for one in client.portal.withheld:
        if one.entry == entry:
            return one
    raise NotFound(_("Nothing of this number was announced to your client as withheld."))


def paper_at(client: Client, entry: int) -> Paper:
    """A paper that was issued for this client.

    Raises:
        NotFound: none of this number was.
    """
    for one in client.portal.papers:
        if one.entry == entry:
            return one
    raise NotFound(_("No paper of this number was issued for your client."))


def shown(
    request: PageRequest, template: str, context: dict[str, Any], *, kind: str, ref: str
) -> HttpResponse:
    """A page of the portal, logged in the sealed log before it goes out."""
    answer = render(request, template, context)
    log(request, answer, kind=kind, ref=ref)
    return answer


def log(request: PageRequest, answer: HttpResponse, *, kind: str, ref: str) -> None:
    """Put into the sealed log that something is handed out.

    Raises:
        Unavailable: it cannot be logged, so it is not shown.
    """
    log_reading(
        who=request.person.account, kind=kind, ref=ref, sent=len(answer.content), now_ms=now_ms()
    )
