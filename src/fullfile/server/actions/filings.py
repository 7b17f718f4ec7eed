"""An item goes onto the file of a case; two persons set one aside.

What this does not do: a wish to set aside changes nothing until the second person confirms it.
"""

from __future__ import annotations

from fullfile.core.filing.decide import decide_confirm_aside, decide_file, decide_set_aside
from fullfile.core.ids import key
from fullfile.server.actions.own_rows import (
    Said,
    ask_item_of,
    check,
    now_text,
    recheck,
    row_that_counts,
)
from fullfile.server.store.append import unit_of_work

__all__ = ["confirm_set_aside", "file_item", "set_aside_item"]


def file_item(
    *,
    case_number: str,
    agency: str,
    tag: str,
    filed_by: str,
    filed_at: str = "",
    exhibit_number: str = "",
    with_contents: bool = False,
    actor: str,
    now_ms: int,
) -> int:
    """Put an item on the prosecution's file of a case. The index of the entry.

    Raises:
        NotFound: no such case or item; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        ask_item_of(case_number, agency, tag, now_ms=now_ms)
        said: Said = {
            "case_number": case_number,
            "agency": agency,
            "tag": tag,
            "filed_at": filed_at or now_text(now_ms),
            "filed_by": filed_by,
            "exhibit_number": exhibit_number,
            "with_contents": with_contents or None,
        }
        draft = decide_file(check("filings", said, now_ms=now_ms), actor)
        return writer.append([draft], now_ms=now_ms)[0]


def set_aside_item(
    *,
    case_number: str,
    agency: str,
    tag: str,
    reason: str,
    by: str,
    at: str = "",
    actor: str,
    now_ms: int,
) -> int:
    """Wish to set an item aside for one case. The index of the entry, which a second person confirms.

    Args:
        case_number: the case.
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        reason: why.
        by: who wishes it; not whoever booked the item.
        at: when; empty: now.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: no such case or item; the nearest are named.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        world, case, item = ask_item_of(case_number, agency, tag, now_ms=now_ms)
        said: Said = {
            "case_number": case_number,
            "agency": agency,
            "tag": tag,
            "filed_at": at or now_text(now_ms),
            "filed_by": by,
            "set_aside": True,
            "reason": reason,
        }
        data = check("filings", said, now_ms=now_ms)
        before = [row for row in world.facts.of_item("filings", item) if row.case == case.key]
        draft = decide_set_aside(data, world.things.booker_keys(item), before, actor)
        return writer.append([draft], now_ms=now_ms)[0]


def confirm_set_aside(
    entry: int, *, confirmed_by: str, confirmed_at: str = "", actor: str, now_ms: int
) -> int:
    """A second person confirms that an item is set aside. The index of the entry that says so.

    Args:
        entry: the wish that counts.
        confirmed_by: the second person: not the first, and not whoever booked the item.
        confirmed_at: when; empty: now.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such entry.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        found = row_that_counts("filings", entry)
        data = found.data
        world, _, item = ask_item_of(
            data["case_number"], data["agency"], data["tag"], now_ms=now_ms
        )
        assert item == (key(data["agency"]), key(data["tag"]))
        draft = decide_confirm_aside(
            world.facts.by_entry[entry],
            world.things.booker_keys(item),
            confirmed_by.strip(),
            confirmed_at or now_text(now_ms),
            actor,
        )
        return writer.append([recheck(draft, now_ms=now_ms)], now_ms=now_ms)[0]
