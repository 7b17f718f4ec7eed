"""Addresses of other rooms, where they are there: a page names no address that leads nowhere."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from fullfile.server.accounts.person import ROLE_WORDS
from fullfile.server.accounts.policy import Right, Role, rights_of

__all__ = ["find_address", "who_may"]


def find_address(name: str, **kwargs: Any) -> str:
    """The address of that name; empty where there is none."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def who_may(right: Right) -> str:
    """Who may do something, in words: "a prosecutor, supervisor or records clerk"."""
    words = [ROLE_WORDS[role] for role in Role if right in rights_of(role)]
    if not words:
        return "nobody"
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    return f"{'an' if listed[0] in 'aeiou' else 'a'} {listed}"
