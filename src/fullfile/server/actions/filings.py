"""An item goes onto the file of a case; two persons set one aside.

What this does not do: a wish to set aside changes nothing until the second person confirms it.
"""

from __future__ import annotations

from collections.abc import Sequence

from fullfile.core.entries import Draft
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.filing.decide import decide_confirm_aside, decide_file, decide_set_aside
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.actions.own_rows import (
    Said,
    ask_item_of,
    check,
    check_many,
    now_text,
    recheck,
    row_that_counts,
)
from fullfile.server.queries.items import no_such_item
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.load import find_items

__all__ = ["confirm_set_aside", "file_item", "file_items", "set_aside_item"]


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


def file_items(
    *,
    case_number: str,
    items: Sequence[tuple[str, str]],
    filed_by: str,
    filed_at: str = "",
    with_contents: bool = False,
    seen_size: int | None = None,
    actor: str,
    now_ms: int,
) -> range:
    """Put several items on the prosecution's file of a case at once: one entry each, all or none.

    Args:
        case_number: the case.
        items: agency and tag of each.
        filed_by: who puts them there.
        filed_at: when; empty: now.
        with_contents: whether what lies in them goes with them.
        seen_size: the size of the record when somebody chose them; what was filed since is named, and nothing
            is recorded.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Returns:
        The indexes of the entries, in the order of the items.

    Raises:
        NotFound: no such case or item; the nearest are named.
        Refused: with every reason.
    """
    if not items:
        raise Refused(say("No item is chosen: tick at least one."), code="items_missing")
    with unit_of_work() as writer:
        _, world, case = world_of_case(case_number, now_ms=now_ms)
        wanted = list(dict.fromkeys((key(agency), key(tag)) for agency, tag in items))
        known = find_items(wanted)
        for one in wanted:
            if one not in known:
                raise NotFound(no_such_item(*one))
        if seen_size is not None:
            reasons = [
                _filed_since(row.text("agency"), row.text("tag"), row.text("filed_by"), row.entry)
                for one in wanted
                for row in world.facts.of_item("filings", one)
                if row.case == case.key
                and row.entry >= seen_size
                and not row.said("withdrawn")
                and not row.said("set_aside")
            ]
            if reasons:
                raise Refused(reasons)
        drafts: list[Draft] = [
            decide_file(data, actor)
            for data in check_many(
                "filings",
                [
                    {
                        "case_number": case_number,
                        "agency": agency,
                        "tag": tag,
                        "filed_at": filed_at or now_text(now_ms),
                        "filed_by": filed_by,
                        "with_contents": with_contents or None,
                    }
                    for agency, tag in items
                ],
                now_ms=now_ms,
            )
        ]
        return writer.append(drafts, now_ms=now_ms)


def _filed_since(agency: str, tag: str, by: str, entry: int) -> Reason:
    return Reason(
        "changed_since",
        say(
            "{by} put {agency} {tag} on the file (entry {entry:,}) while you had this page open. "
            "Nothing of yours was saved: take that one out, or load the page again.",
            by=by or "Somebody",
            agency=agency,
            tag=tag,
            entry=entry,
        ),
    )


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
