"""Addresses of other rooms, where they are there: a page names no address that leads nowhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext as _

from fullfile.server.accounts.policy import Right, Role, rights_of
from fullfile.server.web.said_below import role_name

__all__ = ["find_address", "who_may"]


_PLACES = 7_000_000_001
"""The first of the numbers that stand for others in the shape of an address."""


def find_address(name: str, **kwargs: Any) -> str:
    """The address of that name; empty where there is none.

    A board names thousands of items: of addresses that take numbers only, the shape is looked up once.
    """
    if any(type(value) is not int or value < 0 for value in kwargs.values()):
        return _reversed(name, kwargs)
    address = _shape(name, tuple(kwargs), get_script_prefix())
    for place, value in enumerate(kwargs.values()):
        address = address.replace(str(_PLACES + place), str(value))
    return address


@lru_cache(maxsize=256)
def _shape(name: str, numbers: tuple[str, ...], _prefix: str) -> str:
    return _reversed(name, {one: _PLACES + place for place, one in enumerate(numbers)})


def _reversed(name: str, kwargs: dict[str, Any]) -> str:
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
