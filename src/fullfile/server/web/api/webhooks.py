"""One's own webhooks: addresses that are told, signed, that something was recorded.

Counsel for the defence has none: the types of entries would tell of the State's work.

What this does not do: it calls nobody; a job does (`actions.webhooks.tell_webhooks`).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from fullfile.server.accounts.door import note
from fullfile.server.accounts.models import Webhook
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.webhooks import end_webhook, list_webhooks, register_webhook
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.shapes import Id, Need, Said, Shown
from fullfile.server.web.clock import now_ms

__all__ = ["desk"]

desk = Desk("Webhooks")


class WebhookShown(Shown):
    """A webhook as it stands. `told_size`: its receiver took everything below."""

    webhook_id: int
    address: str
    events: list[str]
    told_size: int
    failures: int
    next_try_at: str | None
    created_at: str
    ended_at: str | None


class WebhookMade(WebhookShown):
    """A new webhook, with its secret: shown now, and never again."""

    secret: str


class Webhooks(Shown):
    """One's own webhooks."""

    rows: list[WebhookShown]


class WebhookSaid(Said):
    """Where to tell, and of which types of entries; none: of all."""

    address: Annotated[str, Field(min_length=1, max_length=500)]
    events: Annotated[list[Need], Field(max_length=100, default_factory=list)]


@desk.reads("/webhooks", Right.WEBHOOKS, Webhooks)
def list_my_webhooks(request: Asking) -> dict[str, Any]:
    """One's own webhooks, also those that ended."""
    return {"rows": [_shown(one) for one in list_webhooks(request.person.account)]}


@desk.reads("/webhooks", Right.WEBHOOKS, WebhookMade, posted=True)
def register(request: Asking, said: WebhookSaid) -> dict[str, Any]:
    """Register an address. Each message is signed with the secret that this answers, once."""
    account = request.person.account
    made, secret = register_webhook(
        account, address=said.address, events=said.events, now_ms=now_ms()
    )
    note(request, "webhook_made", "done", account=account)
    return _shown(made) | {"secret": secret}


@desk.reads("/webhooks/{int:webhook_id}/end", Right.WEBHOOKS, WebhookShown, posted=True)
def end_my_webhook(request: Asking, webhook_id: Id) -> dict[str, Any]:
    """End a webhook now."""
    account = request.person.account
    found = end_webhook(account, webhook_id, now_ms=now_ms())
    note(request, "webhook_ended", "done", account=account)
    return _shown(found)


def _shown(one: Webhook) -> dict[str, Any]:
    return {
        "webhook_id": one.pk,
        "address": one.address,
        "events": list(one.events),
        "told_size": one.told_size,
        "failures": one.failures,
        "next_try_at": None if one.next_try_at is None else one.next_try_at.isoformat(),
        "created_at": one.created_at.isoformat(),
        "ended_at": None if one.ended_at is None else one.ended_at.isoformat(),
    }
