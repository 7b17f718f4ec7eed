"""Addresses of other rooms, where they are there: a page names no address that leads nowhere."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from fullfile.server.accounts.policy import Right, Role, rights_of
from fullfile.server.web.said_below import role_name

__all__ = ["find_address", "who_may"]


def find_address(name: str, **kwargs: Any) -> str:
    """The address of that name; empty where there is none."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def who_may(right: Right) -> str:
    """Who may do something, in words: "a prosecutor, supervisor or records clerk"."""
    words = [role_name(role) for role in Role if right in rights_of(role)]
    if not words:
        return _("nobody")
    listed = words[0]
    if len(words) > 1:
        listed = _("%(some)s or %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}
    return (_("an %(role)s") if listed[0] in "aeiou" else _("a %(role)s")) % {"role": listed}
