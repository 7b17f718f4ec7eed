"""What an inventory is drawn from: the items that the record has in a room, as of a size; and drawing it again.

Counted are items that the property room has by the record: booked, not gone, not out, not handed on, not missing.
What lies in a container is counted with its container.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.core.custody.inventory import Held, digest_of, draw
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.queries.hands import hands_of_items
from fullfile.server.store.inventories import find_inventory, list_care, list_held
from fullfile.server.store.load import entries, find_agencies
from fullfile.server.store.overview import name_items
from fullfile.server.store.shelves import Shelf, list_shelves

__all__ = ["Drawn", "draw_again", "held_in", "shelves_called"]

_SLICE = 2_000
_BETWEEN = " ,/-:"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An inventory's list drawn again from the record: whether it is the one that was recorded."""

    expected: tuple[Held, ...]
    digest: str
    same: bool


def shelves_called(agency: str, names: Sequence[str]) -> list[Shelf]:
    """The shelves that go by some names: a shelf's own, a room's, or the beginning of a shelf's.

    Raises:
        Refused: there is none of one of the names.
    """
    known = list_shelves(agency)
    found: dict[int, Shelf] = {}
    missing = []
    for name in names:
        norm = key(name)
        hits = [
            shelf
            for shelf in known
            if norm in (key(shelf.place), key(shelf.room))
            or (key(shelf.place).startswith(norm) and key(shelf.place)[len(norm)] in _BETWEEN)
        ]
        if not hits:
            missing.append(name)
        found.update((shelf.number, shelf) for shelf in hits)
    if missing:
        some = ", ".join(shelf.place for shelf in known[:5]) or "none is on record"
        raise Refused(
            say(
                "{agency} has no shelf or room “{missing}” on record: {some}.",
                agency=agency,
                missing=missing[0][:60],
                some=some,
            ),
            code="shelf_unknown",
        )
    return list(found.values())


def held_in(agency: str, names: Sequence[str], *, size: int, now_ms: int) -> list[Held]:
    """Everything that the record has on an agency's shelves, or anywhere in its room.

    Args:
        agency: whose room, as it is first spelled.
        names: of shelves or rooms; none: everywhere, what is on no shelf too.
        size: as of which size of the record.
        now_ms: the moment asked for, UTC milliseconds.
    """
    number = find_agencies([agency])[key(agency)]
    shelves = {shelf.number for shelf in shelves_called(agency, names)} if names else None
    places = {key(shelf.place) for shelf in shelves_called(agency, names)} if names else None
    items = list_held(number, sorted(shelves) if shelves is not None else None, size)
    care = list_care(items, size)
    found: list[Held] = []
    for start in range(0, len(items), _SLICE):
        part = items[start : start + _SLICE]
        ids = {norm: item for item, norm in name_items(part).items()}
        for item, handled in hands_of_items(ids, now_ms=now_ms, size=size).items():
            hand = handled.hand
            if key(hand.agency) != key(agency) or not hand.is_here or hand.inside:
                continue
            if places is None or key(hand.place) in places:
                found.append(Held(hand.agency, hand.tag, hand.place, care.get(item, "")))
    return found


def draw_again(entry: int) -> Drawn:
    """Draw the list of an inventory again from the record as it then was.

    Args:
        entry: the entry that opened it.

    Raises:
        NotFound: the entry opened no inventory.
    """
    if find_inventory(entry) is None:
        raise NotFound(say("Entry {entry} opened no inventory.", entry=entry))
    (told,) = entries([entry])
    data = told.data
    held = held_in(
        str(data["agency"]),
        data.get("where", ()),
        size=int(data["size"]),
        now_ms=told.recorded_ms,
    )
    percent = int(data.get("percent", 100))
    expected = draw(held, str(data["seed"]), percent, data.get("care", ()))
    digest = digest_of(expected)
    return Drawn(tuple(expected), digest, digest == data["digest"])
