"""Webhooks: an address is told, signed, that something was recorded; told again until it takes it.

The message has entry numbers, types, times and opaque numbers of cases and items within reach of whoever registered it:
no name, no tag, no content. Its signature is that of Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`, in the
header `webhook-signature`. What the defence opens is no entry, so it is never told.

A message that is not taken is tried again after 5 seconds, 5 minutes, half an hour, … for three days in all; then the
webhook ends, and its person sees so. A message that was tried keeps its id, so that a receiver takes nothing twice.

What this does not do: it calls nobody by itself. A job calls `tell_webhooks`, as often as news shall travel.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from fullfile.core.entries import ENTRY_TYPES, Entry
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import instant_text, key
from fullfile.core.said import say
from fullfile.server.accounts.models import Account, Webhook
from fullfile.server.accounts.person import Person, find_person
from fullfile.server.accounts.policy import Reach, Right
from fullfile.server.actions.calling import Called, check_address, post_outside
from fullfile.server.settings import get_home
from fullfile.server.settings.home_key import decrypt, encrypt
from fullfile.server.store.connections import agency_id, case_has_agency, case_id_of, item_id_of
from fullfile.server.store.office import get_office
from fullfile.server.store.overview import get_head
from fullfile.server.store.reading import iter_entries

__all__ = [
    "AT_ONCE",
    "MOST",
    "WAITS",
    "end_webhook",
    "list_webhooks",
    "register_webhook",
    "signature_of",
    "tell_webhooks",
]

MOST = 10
"""Webhooks of one person that are in force."""
AT_ONCE = 200
"""Entries in one message."""
_LOOKED_AT = 5_000
"""Entries looked at for one message, where few are wanted."""
WAITS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds to wait after each failure; after the last one the webhook ends."""


def register_webhook(
    account: str, *, address: str, events: Collection[str], now_ms: int
) -> tuple[Webhook, str]:
    """Register an address for what is recorded from now on. The webhook, and the secret, which is shown once.

    Args:
        account: whose.
        address: where to post.
        events: types of entries; none: all that one may be told of.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such account.
        Refused: with every reason.
    """
    found = Account.objects.filter(username__iexact=account, is_active=True).first()
    if found is None:
        raise NotFound(say("There is no such account, or its access ended."))
    reasons: list[Reason] = []
    try:
        check_address(address)
    except Refused as error:
        reasons.extend(error.reasons)
    if len(address) > 500:
        reasons.append(Reason("address", say("An address has 500 letters at most.")))
    reasons.extend(
        Reason("events", say("There is no type of entry “{name}”.", name=name[:60]))
        for name in sorted(set(events) - set(ENTRY_TYPES))
    )
    if Webhook.objects.filter(account=found, ended_at=None).count() >= MOST:
        reasons.append(
            Reason("too_many", say("You have {most} webhooks in force: end one first.", most=MOST))
        )
    if reasons:
        raise Refused(reasons)
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    made = Webhook.objects.create(
        account=found,
        address=address,
        secret=encrypt(get_home(), secret),
        events=sorted(set(events)),
        told_size=get_head().size,
        next_try_at=_at(now_ms),
    )
    return made, secret


def list_webhooks(account: str) -> list[Webhook]:
    """The webhooks of an account, the newest first; those that ended stay in the list."""
    return list(Webhook.objects.filter(account__username__iexact=account).order_by("-pk"))


def end_webhook(account: str, webhook_id: int, *, now_ms: int) -> Webhook:
    """End a webhook now.

    Raises:
        NotFound: the account has no such webhook.
    """
    found = Webhook.objects.filter(account__username__iexact=account, pk=webhook_id).first()
    if found is None:
        raise NotFound(say("You have no such webhook."))
    if found.ended_at is None:
        found.ended_at = _at(now_ms)
        found.save(update_fields=["ended_at"])
    return found


def tell_webhooks(
    now_ms: int,
    *,
    post: Callable[[str, bytes, Mapping[str, str]], Called] = post_outside,
) -> int:
    """Tell every webhook that is due what came since. How many messages were taken.

    Args:
        now_ms: what the clock says, UTC milliseconds.
        post: posts a body; the office's own way out unless a test watches.
    """
    now, taken = _at(now_ms), 0
    size = get_head().size
    today = now.astimezone(get_office().zone).date()
    due = Webhook.objects.filter(ended_at=None, told_size__lt=size, next_try_at__lte=now)
    for one in due.select_related("account").order_by("pk"):
        person = find_person(one.account.username, today)
        if person is None or not one.account.is_active or Right.WEBHOOKS not in person.rights:
            one.ended_at = now
            one.save(update_fields=["ended_at"])
            continue
        taken += _tell(one, person, size, now_ms, post)
    return taken


def signature_of(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature of a message: `v1,` and base64 of HMAC-SHA-256 (Standard Webhooks 1.0.0).

    Args:
        secret: `whsec_…`, as it was shown.
        message_id: the header `webhook-id`.
        timestamp: the header `webhook-timestamp`, seconds since 1970.
        body: the bytes of the body.
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def _tell(
    one: Webhook,
    person: Person,
    size: int,
    now_ms: int,
    post: Callable[[str, bytes, Mapping[str, str]], Called],
) -> int:
    """One message to one address; whether it was taken."""
    told, entries = _news(one, person, size)
    now = _at(now_ms)
    if not entries:
        one.told_size, one.failures, one.next_try_at = told, 0, now
        one.save(update_fields=["told_size", "failures", "next_try_at"])
        return 0
    message_id = f"msg_{one.pk}_{entries[0]['entry']}_{entries[-1]['entry']}"
    data = {"entries": entries, "size": told}
    said = {"type": "entries.recorded", "timestamp": instant_text(now_ms), "data": data}
    body = json.dumps(said, separators=(",", ":")).encode()
    timestamp = now_ms // 1000
    secret = decrypt(get_home(), one.secret)
    found = post(
        one.address,
        body,
        {
            "Content-Type": "application/json",
            "User-Agent": "Fullfile",
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature_of(secret, message_id, timestamp, body),
        },
    )
    if found.taken:
        one.told_size, one.failures, one.next_try_at = told, 0, now
    elif found.status == 410 or one.failures >= len(WAITS):  # gone, or it never came back
        one.ended_at = now
        one.failures += 1
    else:
        one.next_try_at = now + timedelta(seconds=WAITS[one.failures])
        one.failures += 1
    one.save(update_fields=["told_size", "failures", "next_try_at", "ended_at"])
    return int(found.taken)


def _news(one: Webhook, person: Person, size: int) -> tuple[int, list[dict[str, Any]]]:
    """What came since, up to one message: the size that is told with it, and the entries."""
    wanted = set(one.events)
    last = min(size, one.told_size + (_LOOKED_AT if wanted else AT_ONCE))
    found: list[dict[str, Any]] = []
    for entry in iter_entries(one.told_size, last):
        if wanted and entry.type not in wanted:
            continue
        found.append(_told(entry, person))
        if len(found) == AT_ONCE:
            return entry.index + 1, found
    return last, found


def _told(entry: Entry, person: Person) -> dict[str, Any]:
    """An entry as it is told: numbers, type and time."""
    data = entry.data
    number, agency, tag = (str(data.get(name, "")) for name in ("case_number", "agency", "tag"))
    case_id = case_id_of(number) if number else None
    item_id = item_id_of(agency, tag) if agency and tag else None
    case = case_id if case_id is not None and _reaches_case(person, case_id, number) else None
    item = item_id if _reaches_item(person, agency, case) else None
    return {
        "entry": entry.index,
        "type": entry.type,
        "recorded_at": instant_text(entry.recorded_ms),
        "case_id": case,
        "item_id": item,
    }


def _reaches_case(person: Person, case_id: int, number: str) -> bool:
    """Whether a person is told the number of a case: as `web.reach` has it."""
    listed = person.cases is None or key(number) in {key(one) for one in person.cases}
    match person.reach:
        case Reach.ALL:
            return True
        case Reach.CASES:
            return listed
        case Reach.AGENCY:
            own = agency_id(person.works_for) if person.works_for else None
            return listed and own is not None and case_has_agency(case_id, own)
        case _:
            return False


def _reaches_item(person: Person, agency: str, case: int | None) -> bool:
    """Whether a person is told the number of an item. Narrower than `web.reach`: only what the entry itself says counts."""
    match person.reach:
        case Reach.ALL:
            return True
        case Reach.CASES:
            return case is not None or (person.cases is None and person.office_side)
        case Reach.AGENCY:
            own = agency_id(person.works_for) if person.works_for else None
            return case is not None or (own is not None and agency_id(agency) == own)
        case _:
            return False


def _at(now_ms: int) -> datetime:
    return datetime.fromtimestamp(now_ms / 1000, UTC)
