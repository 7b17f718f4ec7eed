"""Somebody's way to sign in changed: they are told, so that they notice where it was not them (CJIS IA-5, SI-5).

The sign-in library says when a password was set or changed, and when a key, an app or recovery codes came or went;
what an administrator does, and a lock, say it themselves.

What this does not do: it does not say what changed; a mail that was read by somebody else would help them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset

from fullfile.server.accounts.knocks import Waits, ask_knocks

__all__ = ["listen", "tell_of_change"]

_SIGNALS = (
    password_changed,
    password_reset,
    password_set,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)


def tell_of_change(username: str) -> None:
    """Ask that the person of an account be told, at once, that something happened with their way to sign in."""
    ask_knocks([Waits(username, "security", at_once=True)], now=datetime.now(UTC))


def listen() -> None:
    """Hear what the sign-in library says; once for a process."""
    for one in _SIGNALS:
        one.connect(_changed, dispatch_uid="fullfile.accounts.changes")


def _changed(user: Any, **_said: Any) -> None:  # the library's account, as ours
    tell_of_change(str(user.username))
