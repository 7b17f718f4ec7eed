"""An inventory as its pages show it: the numbers as links, the shelves, the lists, what is not shown to counters.

What this does not do: it asks no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.custody.labels import shelf_number
from fullfile.server.queries.inventories import InventoryState

__all__ = ["LISTS", "Tally", "about", "shelves", "tallies"]

CARE_WORDS = {"money": lazy("money"), "drugs": lazy("drugs"), "firearm": lazy("firearms")}
LISTS = {
    "to-find": lazy("To find"),
    "found": lazy("Found"),
    "not_found": lazy("Not found"),
    "wrong_place": lazy("Wrong place"),
    "unrecorded": lazy("Unrecorded"),
    "altered": lazy("Altered"),
}
"""The lists of an inventory, by their words in addresses."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One number: its word, how many, how many of them are open, its list."""

    word: str
    many: int
    unsettled: int
    address: str


def tallies(state: InventoryState, *, hidden: bool) -> list[Tally]:
    """The numbers of an inventory.

    Args:
        state: as it stands.
        hidden: whether what to expect is not shown.
    """
    counts = {"to-find": (state.to_find, 0), "found": (state.found, 0), **state.kinds}
    return [
        Tally(
            str(word),
            counts[kind][0],
            counts[kind][1],
            reverse("inventory_list", kwargs={"entry": state.entry, "kind": kind}),
        )
        for kind, word in LISTS.items()
        if not (hidden and kind == "to-find")
    ]


def shelves(state: InventoryState) -> list[dict[str, Any]]:
    """Each shelf with its number, by which it is closed."""
    return [
        {
            "shelf": one,
            "name": one.place or _("on no shelf"),
            "number": shelf_number(state.agency, one.place),
        }
        for one in state.shelves
    ]


def about(state: InventoryState) -> str:
    """What is counted, in a sentence."""
    where = ", ".join(state.where) or _("everywhere")
    said = {
        "agency": state.agency,
        "where": where,
        "n": f"{state.expected:,}",
        "held": f"{state.held:,}",
    }
    if state.what == "all":
        return _("%(agency)s, %(where)s: all %(n)s items that the record has there.") % said
    care = ", ".join(str(CARE_WORDS.get(one, one)) for one in state.care)
    said["percent"] = str(state.percent)
    words = _("%(agency)s, %(where)s: a sample of %(percent)s in 100 of %(held)s items") % said
    if care:
        words += _(", and all %(care)s") % {"care": care}
    return words + _(": %(n)s to find.") % said
