"""Scanning in an inventory: what stands on a shelf, one label after the other; and settling what is not right.

Each scan of an item that the record has is a custody event as well (`inventoried`): a missing item is so found
again, and a short count is missing, as the match has it. The same label twice on one shelf is recorded
once; so is a scan that a client sends twice under its one-time number.

What this does not do: it does not move the record to where a thing was found; settling does, if so asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.core.custody.hand import Hand
from fullfile.core.custody.handling import Act, decide_move
from fullfile.core.custody.inventory import Outcome, Scan, check_settling, judge_scan
from fullfile.core.custody.labels import Kind, looks_like_code, read_code, shelf_number
from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.actions.inventories import the_inventory
from fullfile.server.actions.own_rows import check_many, moment_of, now_text
from fullfile.server.queries.hands import Handled, hands_of_items
from fullfile.server.store import inventories as rows
from fullfile.server.store.append import Writer, unit_of_work
from fullfile.server.store.chain import Named, find_item, name_item
from fullfile.server.store.load import entries

__all__ = ["Scanned", "ToScan", "scan_item", "scan_items", "settle_discrepancy"]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ToScan:
    """One scan of several that a client sends at once, in their order.

    Attributes:
        code: what was scanned or typed: the code of a label, or a tag.
        place: the shelf.
        agency: whose tag it is; empty: the agency whose room it is.
        seal, seal_intact, quantity, package: as in `core.custody.inventory.Scan`.
        once: the client's one-time number of the scan; empty: it gives none.
        is_tag: it is a tag, though it looks like a code of ours that was misread.
    """

    code: str
    place: str
    agency: str = ""
    seal: str = ""
    seal_intact: bool | None = None
    quantity: str = ""
    package: str = ""
    once: str = ""
    is_tag: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan came to.

    Attributes:
        entry: the entry of the scan; of a repeated one, that of the first.
        outcomes: found, or one or two of wrong_place, unrecorded and altered, each with why.
        agency, tag: the item; empty where no item has the label.
        description: what it is.
        already: it was scanned before, and nothing was recorded now.
    """

    entry: int
    outcomes: tuple[Outcome, ...]
    agency: str
    tag: str
    description: str
    already: bool


def scan_item(
    *,
    inventory: int,
    code: str,
    place: str,
    agency: str = "",
    seal: str = "",
    seal_intact: bool | None = None,
    quantity: str = "",
    package: str = "",
    once: str = "",
    is_tag: bool = False,
    by: str = "",
    actor: str,
    now_ms: int,
) -> Scanned:
    """Scan what stands on a shelf.

    Args:
        inventory: the entry that opened the inventory.
        code: what was scanned or typed: the code of a label, or a tag.
        place: the shelf.
        agency: whose tag it is; empty: the agency whose room it is.
        seal: the number of its seal as it was read off.
        seal_intact: whether it was intact.
        quantity: how many were counted.
        package: what is wrong with the package.
        once: the client's one-time number of the scan: sent twice, it is recorded once.
        is_tag: it is a tag, though it looks like a code of ours that was misread.
        by: who scans; empty: whoever records it.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: there is no such inventory.
        Refused: it is closed; the label was misread; the code is a shelf's.
    """
    one = ToScan(code, place, agency, seal, seal_intact, quantity, package, once, is_tag)
    return scan_items(inventory=inventory, scans=[one], by=by, actor=actor, now_ms=now_ms)[0]


def scan_items(
    *, inventory: int, scans: Sequence[ToScan], by: str = "", actor: str, now_ms: int
) -> list[Scanned]:
    """Several scans, in their order, all of them or none: what a client kept while it had no network.

    Raises:
        NotFound: there is no such inventory.
        Refused: as `scan_item`; the first that is refused refuses all.
    """
    if not actor.strip():
        raise Refused(say("Whoever scans is named."), code="anonymous")
    if len(scans) > _AT_ONCE:
        raise Refused(
            say(
                "{at_once} scans can be sent at once: send the rest after these.", at_once=_AT_ONCE
            ),
            code="too_many",
        )
    with unit_of_work() as writer:
        opened: Entry | None = None
        found = []
        for one in scans:
            before = rows.find_by_once(inventory, one.once.strip())
            if before is not None:
                found.append(_as_before(before))
                continue
            opened = opened or the_inventory(inventory)
            found.append(_scan(writer, opened, one, by.strip() or actor.strip(), actor, now_ms))
        return found


def settle_discrepancy(
    *,
    discrepancy: int,
    how: str,
    reason: str,
    agency: str = "",
    tag: str = "",
    by: str = "",
    actor: str,
    now_ms: int,
) -> tuple[int, ...]:
    """Say what became of a discrepancy. The entries: of the settling, then of what it moved.

    Args:
        discrepancy: the entry that found it.
        how: a word of `core.custody.inventory.HOWS` for its kind; `moved_record` moves the item on
            record to where it was found.
        reason: why.
        agency: of an unrecorded thing that was booked: whose it is.
        tag: likewise, its tag.
        by: who settles it; empty: whoever records it.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: the entry found no discrepancy.
        Refused: with every reason; `settled_already`.
    """
    with unit_of_work() as writer:
        who = by.strip() or actor.strip()
        if not actor.strip():
            raise Refused(say("Whoever settles it is named."), code="anonymous")
        found = rows.find_find(discrepancy)
        if found is None or found.outcome == "found":
            raise NotFound(
                say("Entry {discrepancy} found no discrepancy.", discrepancy=discrepancy)
            )
        if found.settled is not None:
            (told,) = entries([found.settled])
            raise Refused(
                say(
                    "{by} settled this already (entry {settled}): “{reason}”.",
                    by=told.data["by"],
                    settled=found.settled,
                    reason=told.data["reason"],
                ),
                code="settled_already",
            )
        named = find_item(agency, tag) if tag.strip() else None
        item_id = found.item_id if named is None else named.item_id
        handled = _handled(None if item_id is None else name_item(item_id), now_ms)
        hand = None if handled is None else handled.hand
        check_settling(found.outcome, how.strip(), reason.strip(), hand)
        said = _settled(found, hand, how.strip(), reason.strip(), who)
        drafts = [Draft("inventory.settled", actor.strip(), said)]
        if how.strip() == "moved_record":
            assert hand is not None
            (scan,) = entries([discrepancy])
            drafts.append(_moved(hand, str(scan.data["place"]), reason, who, actor, now_ms))
        return tuple(writer.append(drafts, now_ms=now_ms))


def _scan(writer: Writer, opened: Entry, one: ToScan, who: str, actor: str, now_ms: int) -> Scanned:
    here = str(opened.data["agency"])
    named = _item_of(one, here)
    shelf = shelf_number(here, one.place)
    scan = Scan(
        one.place.strip(),
        one.seal.strip(),
        one.seal_intact,
        one.quantity.strip(),
        one.package.strip(),
    )
    handled = _handled(named, now_ms)
    hand = None if handled is None else handled.hand
    earlier = (
        rows.finds_of_code(opened.index, shelf, one.code)
        if named is None
        else rows.finds_of_item(opened.index, named.item_id)
    )
    same = [find for find in earlier if find.shelf == shelf and find.outcome != "not_found"]
    if same and not scan.says_more:
        return _as_before(same[0])
    outcomes = judge_scan(hand, scan)
    base = {
        "inventory": opened.index,
        "place": scan.place,
        "shelf": shelf,
        "code": one.code.strip(),
        "agency": here if named is None else named.agency,
        "tag": "" if named is None else named.tag,
        "seal": scan.seal,
        "seal_intact": scan.seal_intact,
        "quantity": scan.quantity,
        "package": scan.package,
        "by": who,
    }
    drafts = []
    for number, outcome in enumerate(outcomes):
        once = one.once.strip() if number == 0 else ""
        data = {**base, "outcome": outcome.kind, "why": outcome.why, "once": once}
        said = {name: value for name, value in data.items() if value not in ("", None)}
        drafts.append(Draft("inventory.scanned", actor.strip(), said))
    if hand is not None and outcomes[0].kind != "unrecorded":
        drafts.append(_inventoried(hand, scan, opened, who, actor, now_ms))
        for missed in earlier:
            if missed.outcome == "not_found" and missed.settled is None:
                reason = f"found later in the same inventory, on {scan.place or 'no shelf'}"
                settled = _settled(missed, hand, "found_since", reason, who)
                drafts.append(Draft("inventory.settled", actor.strip(), settled))
    made = writer.append(drafts, now_ms=now_ms)
    return Scanned(
        made[0],
        tuple(outcomes),
        "" if hand is None else hand.agency,
        "" if hand is None else hand.tag,
        "" if hand is None else hand.description,
        already=False,
    )


def _item_of(one: ToScan, here: str) -> Named | None:
    """The item that a scan names; None where no item has the label.

    Raises:
        Refused: the label was misread, or is a shelf's or a paper's.
    """
    if not one.code.strip():
        raise Refused(say("Scan a label, or type a tag."), code="code_missing")
    tagged = find_item(one.agency.strip() or here, one.code)
    if tagged is not None or one.is_tag or not looks_like_code(one.code):
        return tagged
    label = read_code(one.code)  # a misread one is refused
    if label.kind in (Kind.ITEM, Kind.BOX):
        return name_item(label.number)
    code = one.code.strip()
    raise Refused(
        (
            say("{code} is a shelf's label: scan the label of a thing here.", code=code)
            if label.kind is Kind.SHELF
            else say("{code} is a paper's label: scan the label of a thing here.", code=code)
        ),
        code="code_of_another",
    )


def _handled(named: Named | None, now_ms: int) -> Handled | None:
    if named is None:
        return None
    item = (key(named.agency), key(named.tag))
    return hands_of_items({item: named.item_id}, now_ms=now_ms)[named.item_id]


def _as_before(found: rows.Find) -> Scanned:
    """What a scan came to that was recorded before."""
    (entry,) = entries([found.entry])
    data = entry.data
    named = None if found.item_id is None else name_item(found.item_id)
    return Scanned(
        found.entry,
        (Outcome(found.outcome, str(data.get("why", ""))),),
        "" if named is None else named.agency,
        "" if named is None else named.tag,
        "",
        already=True,
    )


def _inventoried(hand: Hand, scan: Scan, opened: Entry, who: str, actor: str, now_ms: int) -> Draft:
    said = {
        "agency": hand.agency,
        "tag": hand.tag,
        "event": "inventoried",
        "occurred_at": now_text(now_ms),
        "by": who,
        "place": scan.place,
        "quantity": scan.quantity,
        "seal": scan.seal,
        "seal_intact": scan.seal_intact,
        "reason": f"inventory {opened.data['number']}",
    }
    (data,) = check_many("custody", [said], now_ms=now_ms)
    return Draft("custody.recorded", actor.strip(), data, more={"inventory": str(opened.index)})


def _settled(
    found: rows.Find, hand: Hand | None, how: str, reason: str, who: str
) -> dict[str, str | int]:
    said: dict[str, str | int] = {
        "inventory": found.inventory,
        "agency": "" if hand is None else hand.agency,
        "tag": "" if hand is None else hand.tag,
        "discrepancy": found.entry,
        "kind": found.outcome,
        "how": how,
        "reason": reason,
        "by": who,
    }
    return {name: value for name, value in said.items() if value != ""}


def _moved(hand: Hand, place: str, reason: str, who: str, actor: str, now_ms: int) -> Draft:
    text = now_text(now_ms)
    act = Act(actor.strip(), who, text, moment_of(text), in_future=False, reason=reason.strip())
    draft = decide_move(hand, act, place=place)
    (data,) = check_many("custody", [draft.data], now_ms=now_ms)
    return Draft(draft.type, draft.by, data, more=draft.more)
