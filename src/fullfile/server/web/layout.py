"""What every page shows around its own: office, person, menu, language, the record's state, the last receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.settings.pages import LOCK_SECONDS
from fullfile.server.store.overview import get_head
from fullfile.server.web.clock import office
from fullfile.server.web.doors.session import is_demonstration
from fullfile.server.web.said_below import role_name

__all__ = ["MENU", "layout"]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu: an address by name, its words, the right it needs."""

    name: str
    words: Any  # lazy translation
    right: Right


MENU = (
    MenuEntry("start", _("Start"), Right.SELF),
    MenuEntry("cases", _("Cases"), Right.SEE_CASES),
    MenuEntry("items", _("Items"), Right.SEE_ITEMS),
    MenuEntry("book", _("Book an item"), Right.BOOK),
    MenuEntry("scan", _("Scan, then act"), Right.HANDLE),
    MenuEntry("inventories", _("Inventories"), Right.SEE_COUNT),
    MenuEntry("review", _("Review"), Right.SEE_SUGGESTIONS),
    MenuEntry("imports", _("Imports"), Right.IMPORT),
    MenuEntry("reports", _("Reports"), Right.REPORTS),
    MenuEntry("jobs", _("Jobs"), Right.SEE_OFFICE),
    MenuEntry("portal", _("My clients"), Right.PORTAL),
    MenuEntry("court", _("Court"), Right.COURT),
    MenuEntry("audit", _("Audit"), Right.AUDIT),
    MenuEntry("accounts", _("Accounts"), Right.MANAGE_ACCOUNTS),
    MenuEntry("account_waiting", _("Roles that wait"), Right.APPROVE_ACCOUNTS),
    MenuEntry("office", _("Office"), Right.SEE_OFFICE),
    MenuEntry("record", _("Record"), Right.CHECK_RECORD),
)


_SCAN = "(?:[EBSPD][0-9A-HJKMNP-TV-Z]{5,13}[0-9A-Z])"
"""The form of our labels' codes, for the script; the server checks the character."""


def layout(request: HttpRequest) -> dict[str, Any]:
    """What the layouts need, for every template."""
    person: Person | None = getattr(request, "person", None)
    said = None
    if hasattr(request, "session") and request.method == "GET":
        said = request.session.pop("said", None)
    return {
        "office": office(),
        "person": person,
        "role_words": role_name(person.role) if person else "",
        "menu": _menu(request, person),
        "can_search": can(person, Right.SEARCH),
        "may_read_second": can(person, Right.DETERMINE),
        "may_see_approvals": can(person, Right.APPROVE_LEAVING) or can(person, Right.ASK_TO_LEAVE),
        "damaged": bool(get_head().damaged),
        "demonstration": is_demonstration(),
        "said": said,
        "scan_pattern": _SCAN,
        "idle_warn": LOCK_SECONDS - 5 * 60,
        "idle_lock": LOCK_SECONDS,
        "defence": person is not None and person.role is Role.DEFENCE,
    }


def _menu(request: HttpRequest, person: Person | None) -> list[dict[str, Any]]:
    entries = []
    for one in MENU:
        if person is None or not can(person, one.right):
            continue
        try:
            address = reverse(one.name)
        except NoReverseMatch:
            continue
        entries.append({"address": address, "words": one.words})
    # The longest address that the page lies under: booking lies under the items, and is an entry of its own.
    under = [
        str(one["address"])
        for one in entries
        if request.path.startswith(one["address"])
        and (one["address"] != "/" or request.path == "/")
    ]
    here = max(under, key=len, default="")
    return [entry | {"current": entry["address"] == here} for entry in entries]
