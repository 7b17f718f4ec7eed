"""What stands on top of every page of an item: its tag, what it is, the row of its pages with their counts.

A page that the person's role does not have is not in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Field, Right, Shown
from fullfile.server.store.connections import cases_of_item
from fullfile.server.store.item_entries import ItemHead, head_of_item
from fullfile.server.web.days import Days
from fullfile.server.web.reach import ItemRef, reaches_case

__all__ = ["Sub", "address_of", "cases_to_file_in", "frame", "is_sealed_from"]


@dataclass(frozen=True, slots=True)
class Sub:
    """One page of an item in the row of its pages."""

    words: str
    address: str
    count: str
    current: bool


def address_of(name: str, **kwargs: Any) -> str:
    """The address of a page by its name; empty where no room has it."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def is_sealed_from(person: Person, *, sealed: bool, own: bool) -> bool:
    """Whether what a thing is reads "sealed" to a person."""
    return sealed and person.sees(Field.SEALED, own=own) is not Shown.YES


def cases_to_file_in(person: Person, item: ItemRef) -> list[tuple[int, str]]:
    """The cases of an item in which a person may record that something of it was filed with the court."""
    if not can(person, Right.FILE_WITH_COURT):
        return []
    return [
        (case_id, number)
        for case_id, number in cases_of_item(item.item_id)
        if reaches_case(person, case_id, number)
    ]


def frame(
    person: Person,
    item: ItemRef,
    current: str,
    *,
    days: Days | None = None,
    head: ItemHead | None = None,
) -> dict[str, Any]:
    """The context of `items/frame.html`.

    Args:
        person: who looks.
        item: the item, in reach.
        current: the name of the page's address.
        days: the days that the page was asked for; its links keep them.
        head: where the caller has it.
    """
    head = head or head_of_item(item.item_id)
    sealed = is_sealed_from(person, sealed=head.sealed, own=item.own)
    pages = [
        ("item", _("Item"), "", Right.SEE_ITEMS),
        ("item_custody", _("Chain of custody"), head.custody, Right.SEE_ITEMS),
        ("item_knew", _("Who knew what"), "", Right.SEE_KNEW),
        ("item_determinations", _("Determinations"), head.determinations, Right.SEE_VIEWS),
        ("item_files", _("Files"), "", Right.SEE_FILES),
        ("item_holds", _("Holds"), "", Right.SEE_ITEMS),
        ("item_record", _("Record"), head.entries, Right.CHECK_RECORD),
    ]
    query = days.query if days is not None else ""
    subs = [
        Sub(words, address + query, f"{count:,}" if count != "" else "", current == name)
        for name, words, count, right in pages
        if can(person, right) and (address := address_of(name, item_id=item.item_id))
    ]
    return {
        "item": item,
        "head": head,
        "sealed": sealed,
        "description": "" if sealed else head.description,
        "subs": subs,
        "days": days,
    }
