"""An inventory is set up, its shelves are closed, and it is closed: what was expected and what was found, on record.

What is expected is drawn when it is opened, from the record as it then stands, and written down whole, so that
an item booked later is not missed and the list can be drawn again (`queries.drawing.draw_again`).

What this does not do: it scans nothing (`scanning`), and knows no roles.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fullfile.core.custody.inventory import CARE, Held, check_setup, digest_of, draw
from fullfile.core.custody.labels import shelf_number
from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.actions.own_rows import check_many, now_text
from fullfile.server.actions.shelves import agency_on_record
from fullfile.server.queries.drawing import held_in
from fullfile.server.queries.hands import hands_of_items
from fullfile.server.store import inventories as rows
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.load import entries, find_agencies
from fullfile.server.store.overview import name_items
from fullfile.server.store.shelves import name_shelves

__all__ = [
    "Opened",
    "ShelfClosed",
    "close_inventory",
    "close_shelf",
    "open_inventory",
    "the_inventory",
]

_TAGS_EACH = 4_000
"""So many tags of what is expected stand in one entry: far below the largest body."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An inventory that was opened: its entry, its number, its seed, how many are held there and expected."""

    entry: int
    number: int
    seed: str
    held: int
    expected: int


@dataclass(frozen=True, slots=True)
class ShelfClosed:
    """A shelf that was closed: its entry, how many were expected there, and the tags that were not found."""

    entry: int
    expected: int
    missed: tuple[str, ...]


def open_inventory(
    *,
    agency: str,
    where: Sequence[str] = (),
    what: str = "all",
    percent: int = 10,
    care: Sequence[str] = CARE,
    seed: str = "",
    blind: bool = False,
    by: str = "",
    actor: str,
    now_ms: int,
) -> Opened:
    """Set up an inventory, and draw what it is to find.

    Args:
        agency: whose room, or a name it is also called by.
        where: shelves or rooms by name; none: everywhere.
        what: `all`, or a random `sample` with all of some classes beside.
        percent: of a sample, how many in a hundred, rounded up.
        care: the classes of which a sample takes all.
        seed: from which the sample is drawn; empty: one is drawn now.
        blind: the counters are not shown what to expect.
        by: who sets it up; empty: whoever records it.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        called = agency_on_record(agency)
        names = [name.strip() for name in where if name.strip()]
        reasons = list(check_setup(what, percent, care if what == "sample" else ()))
        if not actor.strip():
            reasons.append(Reason("anonymous", say("Whoever sets it up is named.")))
        if reasons:
            raise Refused(reasons)
        held = held_in(called, names, size=writer.size, now_ms=now_ms)
        drawn_from = seed.strip() or secrets.token_hex(4)
        all_of_it = what == "all"
        taken = [] if all_of_it else list(dict.fromkeys(care))
        expected = draw(held, drawn_from, 100 if all_of_it else percent, taken)
        if not expected:
            raise Refused(
                say(
                    "The record has nothing there to count: choose another place, or book what is there."
                ),
                code="nothing_there",
            )
        number = rows.next_number(find_agencies([called])[key(called)])
        data = {
            "agency": called,
            "number": number,
            "where": names,
            "what": what,
            "percent": 100 if all_of_it else percent,
            "care": taken,
            "seed": drawn_from,
            "size": writer.size,
            "held": len(held),
            "expected": len(expected),
            "digest": digest_of(expected),
            "blind": blind,
            "by": by.strip() or actor.strip(),
        }
        said = {name: value for name, value in data.items() if value not in ([], False)}
        entry = writer.append([Draft("inventory.opened", actor.strip(), said)], now_ms=now_ms)[0]
        parts = list(_parts(entry, called, expected, actor.strip()))
        writer.append(parts, now_ms=now_ms)
        return Opened(entry, number, drawn_from, len(held), len(expected))


def close_shelf(
    *,
    inventory: int,
    place: str,
    not_scanned: int | None = None,
    by: str = "",
    actor: str,
    now_ms: int,
) -> ShelfClosed:
    """Close a shelf: what is expected there and was scanned nowhere is now not found, and missing.

    Args:
        inventory: the entry that opened the inventory.
        place: the shelf; empty: what the record has on no shelf.
        not_scanned: how many the caller showed as not scanned; None: not asked.
        by: who closes it; empty: whoever records it.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such inventory.
        Refused: it is closed, or the shelf is; somebody scanned something meanwhile (`stale`).
    """
    with unit_of_work() as writer:
        opened = the_inventory(inventory)
        agency = str(opened.data["agency"])
        who = by.strip() or actor.strip()
        if not actor.strip():
            raise Refused(say("Whoever closes it is named."), code="anonymous")
        shelf = shelf_number(agency, place)
        closed = rows.find_shelf_closed(inventory, shelf)
        if closed is not None:
            (told,) = entries([closed])
            raise Refused(
                say(
                    "{by} closed {named} already (entry {closed}). What is found there now can still be "
                    "scanned.",
                    by=told.data["by"],
                    named=_named(place),
                    closed=closed,
                ),
                code="shelf_closed",
            )
        missing = rows.unscanned_on(inventory, shelf)
        if not_scanned is not None and not_scanned != len(missing):
            raise Refused(
                say(
                    "{n} are not scanned now, and you were shown {not_scanned}: look again, then close.",
                    n=len(missing),
                    not_scanned=not_scanned,
                ),
                code="stale",
            )
        expected = sum(one.expected for one in rows.count_shelves(inventory) if one.shelf == shelf)
        drafts, tags = _missed(opened, place, shelf, missing, who, actor.strip(), now_ms)
        data = {
            "inventory": inventory,
            "agency": agency,
            "place": place.strip(),
            "expected": expected,
            "missed": len(tags),
            "by": who,
        }
        drafts.append(Draft("inventory.shelf_closed", actor.strip(), data))
        made = writer.append(drafts, now_ms=now_ms)
        return ShelfClosed(made[-1], expected, tuple(tags))


def close_inventory(*, inventory: int, second: str, by: str = "", actor: str, now_ms: int) -> int:
    """End an inventory, in the names of two persons. The index of the entry.

    What is not settled yet stays on its list, and can be settled later.

    Args:
        inventory: the entry that opened it.
        second: who counted with whoever closes it: another person.
        by: who closes it; empty: whoever records it.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such inventory.
        Refused: with every reason: shelves that are not closed, no second person.
    """
    with unit_of_work() as writer:
        opened = the_inventory(inventory)
        who = by.strip() or actor.strip()
        reasons = []
        if not actor.strip():
            reasons.append(Reason("anonymous", say("Whoever closes it is named.")))
        if not second.strip() or key(second) in (key(who), key(actor)):
            reasons.append(
                Reason("second_missing", say("Two persons sign an inventory: name the other one."))
            )
        shelves = rows.count_shelves(inventory)
        still = [one for one in shelves if one.closed is None and one.found < one.expected]
        if still:
            names = name_shelves(one.shelf for one in still)
            places = sorted(
                names[one.shelf].place if one.shelf in names else _named("") for one in still
            )
            some = ", ".join(places[:5])
            more = say(" and {n} others", n=len(still) - 5) if len(still) > 5 else ""
            reasons.append(
                Reason(
                    "shelves_open",
                    say(
                        "Not everything is scanned on {some}{more}: scan it, or close each shelf.",
                        some=some,
                        more=more,
                    ),
                )
            )
        if reasons:
            raise Refused(reasons)
        kinds = rows.count_kinds(inventory)
        discrepancies = ("not_found", "wrong_place", "unrecorded", "altered")
        data = {
            "inventory": inventory,
            "agency": str(opened.data["agency"]),
            "expected": sum(one.expected for one in shelves),
            "found": sum(one.found for one in shelves),
            **{kind: kinds.get(kind, (0, 0))[0] for kind in discrepancies},
            "unsettled": sum(kinds.get(kind, (0, 0))[1] for kind in discrepancies),
            "by": who,
            "second": second.strip(),
        }
        return writer.append([Draft("inventory.closed", actor.strip(), data)], now_ms=now_ms)[0]


def the_inventory(entry: int, *, under_way: bool = True) -> Entry:
    """The entry that opened an inventory.

    Raises:
        NotFound: the entry opened none.
        Refused: it is closed, where it ought to be under way.
    """
    found = rows.find_inventory(entry)
    if found is None:
        raise NotFound(say("Entry {entry} opened no inventory.", entry=entry))
    if under_way and found[3] is not None:
        (closed,) = entries([found[3]])
        raise Refused(
            say(
                "{by} closed this inventory (entry {found}): open another one.",
                by=closed.data["by"],
                found=found[3],
            ),
            code="inventory_closed",
        )
    (opened,) = entries([entry])
    return opened


def _parts(entry: int, agency: str, expected: Sequence[Held], actor: str) -> Iterator[Draft]:
    for start in range(0, len(expected), _TAGS_EACH):
        shelves: dict[str, list[str]] = {}
        for one in expected[start : start + _TAGS_EACH]:
            shelves.setdefault(one.place, []).append(one.tag)
        data = {
            "inventory": entry,
            "agency": agency,
            "shelves": [{"place": place, "tags": tags} for place, tags in shelves.items()],
        }
        yield Draft("inventory.expected", actor, data)


def _missed(
    opened: Entry,
    place: str,
    shelf: int,
    missing: Sequence[int],
    who: str,
    actor: str,
    now_ms: int,
) -> tuple[list[Draft], list[str]]:
    """The drafts that say of each item that it was not found; what left or moved meanwhile is not missed."""
    ids = {norm: item for item, norm in name_items(missing).items()}
    said, found = [], []
    for handled in hands_of_items(ids, now_ms=now_ms).values():
        hand = handled.hand
        if not hand.is_here or key(hand.place) != key(place):
            continue
        found.append(hand)
        said.append(
            {
                "agency": hand.agency,
                "tag": hand.tag,
                "event": "not_found",
                "occurred_at": now_text(now_ms),
                "by": who,
                "place": place.strip(),
                "reason": f"inventory {opened.data['number']}: not on {_named(place)} when it was closed",
            }
        )
    drafts = []
    for hand, data in zip(found, check_many("custody", said, now_ms=now_ms), strict=True):
        told = {
            "inventory": opened.index,
            "agency": hand.agency,
            "tag": hand.tag,
            "place": place.strip(),
            "shelf": shelf,
            "by": who,
        }
        drafts.append(Draft("inventory.missed", actor, told))
        drafts.append(Draft("custody.recorded", actor, data))
    return drafts, [hand.tag for hand in found]


def _named(place: str) -> str:
    return f"shelf {place.strip()}" if place.strip() else "no shelf"
