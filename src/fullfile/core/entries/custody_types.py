"""The entry types of a property room beside its custody events: leaving with approval, shelves, inventories.

Each is an act of the office. What happens to an item is a custody event as well (`custody.recorded`),
in the same unit of work, so that the match needs nothing of this.
"""

from __future__ import annotations

from fullfile.core.entries.entry_type import EntryType

__all__ = ["CUSTODY_TYPES"]

_ITEM = (("agency", "of the item"), ("tag", "likewise"))
_INVENTORY = ("inventory", "the index of the entry that opened the inventory")

CUSTODY_TYPES = (
    EntryType(
        "leaving.asked",
        1,
        "Somebody asks that an item may be released or destroyed; another person decides.",
        (
            *_ITEM,
            ("how", "released or destroyed"),
            ("to", "to whom it would go"),
            ("reason", "why"),
            ("by", "who asks"),
            ("authority", "the court whose order names the item; likewise `order` and `order_on`"),
            ("order", "its words or number"),
            ("order_on", "its date"),
        ),
    ),
    EntryType(
        "leaving.approved",
        1,
        "A second person approved that an item leaves; the custody event follows this entry.",
        (
            *_ITEM,
            ("asked", "the index of the entry that asked"),
            ("by", "who approves: neither who asked nor who booked it"),
            ("reason", "what there is to say"),
        ),
    ),
    EntryType(
        "leaving.refused",
        1,
        "A second person refused that an item leaves, or whoever asked took it back.",
        (
            *_ITEM,
            ("asked", "the index of the entry that asked"),
            ("by", "who refuses"),
            ("reason", "why"),
        ),
    ),
    EntryType(
        "label.printed",
        1,
        "Somebody printed the label of an item; a label that is not the first says so.",
        (
            *_ITEM,
            ("copy", "1 for the first, 2 for the first reprint, and so on"),
            ("size", "of the label: 4x2 or 2x1 inches"),
            ("by", "who printed it"),
        ),
    ),
    EntryType(
        "shelf.named",
        1,
        "An agency has a shelf of this name, which gets a label.",
        (("agency", "whose it is"), ("place", "its name"), ("room", "the room it stands in")),
    ),
    EntryType(
        "inventory.opened",
        1,
        "An inventory began: what is to be found, and how it was drawn.",
        (
            ("agency", "whose room it is"),
            ("number", "the first, second … inventory of the agency"),
            ("where", "the shelves or rooms, as they were named; none: everywhere"),
            ("what", "all or sample"),
            ("percent", "of a sample, how many in a hundred"),
            ("care", "classes of which all are taken, whatever the sample: money, drugs, firearm"),
            ("seed", "from which the sample was drawn"),
            ("size", "the size of the record that it was drawn from"),
            ("held", "how many items the record had there"),
            ("expected", "how many of them are to be found"),
            ("digest", "of the list of what is expected"),
            ("blind", "whether the counters are not shown what to expect"),
            ("by", "who set it up"),
        ),
    ),
    EntryType(
        "inventory.expected",
        1,
        "A part of the list of what an inventory is to find.",
        (
            _INVENTORY,
            ("agency", "whose items"),
            ("shelves", "for each shelf: `place` and its `tags`"),
        ),
    ),
    EntryType(
        "inventory.scanned",
        1,
        "Something was scanned on a shelf in an inventory.",
        (
            _INVENTORY,
            ("place", "the shelf that it was found on"),
            ("shelf", "its number"),
            ("code", "what was scanned or typed"),
            ("agency", "of the item, where the record knows it"),
            ("tag", "likewise"),
            ("outcome", "found, wrong_place, unrecorded or altered"),
            ("why", "what is not as the record says, in words"),
            ("seal", "the seal as it was read off"),
            ("seal_intact", "whether it was intact"),
            ("quantity", "how many were counted"),
            ("package", "what is wrong with the package"),
            ("once", "the client's one-time number of this scan"),
            ("by", "who scanned it"),
        ),
    ),
    EntryType(
        "inventory.unscanned",
        1,
        "A scan was a mistake: it no longer counts, and stays on record.",
        (
            _INVENTORY,
            ("scans", "the indexes of the entries that no longer count"),
            ("agency", "of the item, where the record knows it"),
            ("tag", "likewise"),
            ("code", "what was scanned"),
            ("shelf", "the number of the shelf"),
            ("reason", "what was wrong"),
            ("by", "who takes it back"),
        ),
    ),
    EntryType(
        "inventory.missed",
        1,
        "A shelf was closed, and this item was expected there and not scanned anywhere.",
        (
            _INVENTORY,
            *_ITEM,
            ("place", "the shelf"),
            ("shelf", "its number"),
            ("by", "who closed it"),
        ),
    ),
    EntryType(
        "inventory.shelf_closed",
        1,
        "Everything on a shelf was scanned, as far as whoever closed it saw.",
        (
            _INVENTORY,
            ("agency", "whose shelf it is"),
            ("place", "the shelf"),
            ("expected", "how many were expected there"),
            ("missed", "how many of them were not found"),
            ("by", "who closed it"),
        ),
    ),
    EntryType(
        "inventory.settled",
        1,
        "Somebody said what became of a discrepancy.",
        (
            _INVENTORY,
            ("agency", "of the item, where there is one"),
            ("tag", "likewise"),
            ("discrepancy", "the index of the entry that found it"),
            ("kind", "not_found, wrong_place, unrecorded or altered"),
            ("how", "what was done"),
            ("reason", "why"),
            ("by", "who settled it"),
        ),
    ),
    EntryType(
        "inventory.closed",
        1,
        "An inventory ended: what was found, signed by two persons.",
        (
            _INVENTORY,
            ("agency", "whose room it is"),
            ("expected", "how many were to be found"),
            ("found", "how many of them were"),
            ("not_found", "how many were not; likewise `wrong_place`, `unrecorded` and `altered`"),
            ("wrong_place", "found, and on another shelf than the record says"),
            ("unrecorded", "found, and no item that the record has there"),
            ("altered", "found, and seal, count or package was not as the record says"),
            ("unsettled", "how many discrepancies are not settled yet"),
            ("by", "who closed it"),
            ("second", "who counted with them"),
        ),
    ),
)
