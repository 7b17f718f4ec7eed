"""What happened at the door: who, what, when, from where, on what, with what outcome (CJIS AU-2, AU-3).

Ids, never names of cases or people, go into it (AU-3(3)). What the defence reads is kept elsewhere, sealed.

What this does not do: it is no part of the record. What changes an account is an entry.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from django.http import HttpRequest

from fullfile.server.accounts.models import DoorEvent

__all__ = ["note"]


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
    session = getattr(request, "session", None)
    key = (session.session_key if session is not None else None) or ""
    DoorEvent.objects.create(
        at=datetime.now(UTC),
        account=_plain(name)[:80],
        what=what[:60],
        outcome=outcome[:20],
        address=_plain(str(request.META.get("REMOTE_ADDR", "")))[:64] or "unknown",
        session=hashlib.sha256(key.encode()).hexdigest()[:16] if key else "-",
        about=_plain(about or request.path)[:200],
    )


def _plain(text: str) -> str:
    """One line without control characters: a name that is typed must not forge a line of a log."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
