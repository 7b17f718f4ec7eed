"""Printing the label of an item is an act: there is one label, and every further one says that it is a reprint.

Two labels of one number on two bags would make the room's own system lie, so each print is an entry and is
counted (the office's policy, not law). Labels of shelves are not counted: they are on no evidence.

What this does not do: it draws no label (`web.custody.labels`).
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.said import say
from fullfile.server.queries.hands import ask_hand
from fullfile.server.store.acts import count_acts_of_item
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.chain import find_item

__all__ = ["SIZES", "Printed", "labels_printed", "print_label"]

_TYPE = "label.printed"
SIZES = ("4x2", "2x1")
"""The sizes of labels, in inches."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A label that was printed: its entry, and which copy it is."""

    entry: int
    copy: int


def print_label(*, agency: str, tag: str, size: str, actor: str, now_ms: int) -> Printed:
    """Count a label of an item as printed.

    Args:
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        size: one of `SIZES`.
        actor: who prints it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no row on record names the item; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        found = ask_hand(agency, tag, now_ms=now_ms)
        reasons = []
        if not actor.strip():
            reasons.append(Reason("anonymous", say("Whoever prints it is named.")))
        if size not in SIZES:
            reasons.append(
                Reason(
                    "size",
                    say("A label is {sizes} inches: choose one of them.", sizes=" or ".join(SIZES)),
                )
            )
        if reasons:
            raise Refused(reasons)
        copy = count_acts_of_item(found.item_id, _TYPE) + 1
        data = {
            "agency": found.hand.agency,
            "tag": found.hand.tag,
            "copy": copy,
            "size": size,
            "by": actor.strip(),
        }
        (entry,) = writer.append([Draft(_TYPE, actor.strip(), data)], now_ms=now_ms)
        return Printed(entry, copy)


def labels_printed(agency: str, tag: str) -> int:
    """How many labels of an item were printed.

    Raises:
        NotFound: no row on record names the item.
    """
    found = find_item(agency, tag)
    if found is None:
        raise NotFound(
            say(
                "No row on record names an item “{tag}” of “{agency}”.",
                tag=tag.strip()[:60],
                agency=agency.strip()[:60],
            )
        )
    return count_acts_of_item(found.item_id, _TYPE)
