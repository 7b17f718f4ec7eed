"""What happened at the door: who, what, when, from where, on what, with what outcome (CJIS AU-2, AU-3).

Ids, never names of cases or people, go into it (AU-3(3)). Of defence counsel only coming and going and their own
keys are noted, and never an address: what they open, search or try to open is no business of the State, and is kept
elsewhere, sealed (`store.reading_log`).

What this does not do: it is no part of the record. What changes an account is an entry.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from django.http import HttpRequest

from fullfile.server.accounts.models import DoorEvent
from fullfile.server.accounts.policy import Role
from fullfile.server.store.grants import find_grant

__all__ = ["COMING_AND_GOING", "note"]

COMING_AND_GOING = frozenset(
    {
        "sign_in",
        "sign_in_by_agency",
        "sign_out",
        "second_step",
        "session",
        "locked",
        "token_made",
        "token_ended",
    }
)
"""What is noted of everybody, of defence counsel too."""


def note(
    request: HttpRequest, what: str, outcome: str, *, account: str | None = None, about: str = ""
) -> None:
    """Keep an event.

    Args:
        request: of whom.
        what: sign_in, sign_out, locked, refused, read, …
        outcome: done, refused, locked, failed.
        account: the name that was tried; None: whoever is signed in.
        about: on what: an address with opaque ids; empty: the address asked for.
    """
    user = getattr(request, "user", None)
    name = account or (user.username if user is not None and user.is_authenticated else "-")
    where = about or request.path
    if _is_counsel(name):
        if what not in COMING_AND_GOING:
            return
        where = "-"
    session = getattr(request, "session", None)
    key = (session.session_key if session is not None else None) or ""
    DoorEvent.objects.create(
        at=datetime.now(UTC),
        account=_plain(name)[:80],
        what=what[:60],
        outcome=outcome[:20],
        address=_plain(str(request.META.get("REMOTE_ADDR", "")))[:64] or "unknown",
        session=hashlib.sha256(key.encode()).hexdigest()[:16] if key else "-",
        about=_plain(where)[:200],
    )


def _is_counsel(name: str) -> bool:
    """Whether an account is, or last was, defence counsel's."""
    grant = None if name == "-" else find_grant(name)
    return grant is not None and grant.role == Role.DEFENCE


def _plain(text: str) -> str:
    """One line without control characters: a name that is typed must not forge a line of a log."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
