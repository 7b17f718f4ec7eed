"""What whoever stands at the counter is told about one thing, beside where it is (`hands`).

What this does not do: it judges nothing.
"""

from __future__ import annotations

from fullfile.core.custody.decide import Leaving, Order, why_not
from fullfile.core.custody.state import ItemState
from fullfile.core.entries import Entry
from fullfile.core.errors import Reason
from fullfile.core.facts.rows import read_facts
from fullfile.core.ids import key
from fullfile.server.store.case_entries import contents_of
from fullfile.server.store.chain import chain_entries, name_item
from fullfile.server.store.load import current_size, entries, office

__all__ = ["booked_entry", "is_box", "leaving_hindered", "listed_row"]


def listed_row(item_id: int) -> Entry | None:
    """The first row of a property list about an item itself that counts; None where no list has it.

    Further accounts of it, by other sources, stand beside it and do not take its place.
    """
    named = name_item(item_id)
    if named is None:
        return None
    found = entries(chain_entries(item_id, named.size))
    rows = read_facts(found, office().zone).of_item("items", (key(named.agency), key(named.tag)))
    return next((one for one in found if rows and one.index == rows[0].entry), None)


def booked_entry(item_id: int) -> int | None:
    """The first entry of a property list about an item; None where no list has it."""
    row = listed_row(item_id)
    return None if row is None else row.index


def leaving_hindered(state: ItemState, how: str, size: int) -> list[Reason]:
    """Why an item may not leave as things stand, before anybody gave a reason or an approval."""
    wish = Leaving("x", "", "x", "", in_future=False, size=size, order=Order("", "", ""), to="x")
    return [one for one in why_not(state, wish, how) if not one.code.startswith("approval_")]


def is_box(item_id: int) -> bool:
    """Whether things lie in an item, so that its label is a box's."""
    return bool(contents_of({item_id}, current_size()) - {item_id})
