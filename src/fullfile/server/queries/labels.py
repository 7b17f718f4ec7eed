"""What a scanned label is on: the item, box, shelf, production or paper of a code; and the code of each.

What this does not do: it does not say who may see it; the page that it leads to asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.custody.labels import Kind, Label, code_of, read_code, shelf_number
from fullfile.core.errors import NotFound
from fullfile.core.said import say
from fullfile.server.store.chain import find_item, name_item
from fullfile.server.store.load import current_size, entries
from fullfile.server.store.shelves import name_shelves

__all__ = ["Named", "code_of_item", "code_of_shelf", "find_by_code"]

_PRODUCTIONS = ("production.drafted", "production.closed")
_PAPERS = ("schedule.issued", "certificate.signed")


@dataclass(frozen=True, slots=True)
class Named:
    """What a code names.

    Attributes:
        kind: what it is.
        agency, tag, item_id: of an item or box; else empty and None.
        place: of a shelf, its name; `agency` is whose it is.
        entry: of a production or paper, the entry that made it.
    """

    kind: Kind
    agency: str = ""
    tag: str = ""
    item_id: int | None = None
    place: str = ""
    entry: int | None = None


def find_by_code(code: str) -> Named:
    """What a code of ours names.

    Args:
        code: as it was scanned or typed.

    Raises:
        Refused: it is no code, or was misread.
        NotFound: nothing on record has it.
    """
    label = read_code(code)
    found = _find(label)
    if found is None:
        raise NotFound(
            say(
                "Nothing on record has the code {code_of}.",
                code_of=code_of(label.kind, label.number),
            )
        )
    return found


def code_of_item(agency: str, tag: str, *, box: bool = False) -> str:
    """The code of an item's label, or of a box's.

    Raises:
        NotFound: no row on record names it.
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
    return code_of(Kind.BOX if box else Kind.ITEM, found.item_id)


def code_of_shelf(agency: str, place: str) -> str:
    """The code of a shelf's label; the agency as it is first spelled."""
    return code_of(Kind.SHELF, shelf_number(agency, place))


def _find(label: Label) -> Named | None:
    if label.kind in (Kind.ITEM, Kind.BOX):
        item = name_item(label.number)
        return None if item is None else Named(label.kind, item.agency, item.tag, item.item_id)
    if label.kind is Kind.SHELF:
        shelf = name_shelves([label.number]).get(label.number)
        return None if shelf is None else Named(label.kind, shelf.agency, place=shelf.place)
    if label.number >= current_size():
        return None
    (entry,) = entries([label.number])
    types = _PRODUCTIONS if label.kind is Kind.PRODUCTION else _PAPERS
    return Named(label.kind, entry=entry.index) if entry.type in types else None
