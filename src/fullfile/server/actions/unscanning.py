"""A scan in an inventory was a mistake: it is taken back by an entry of its own, and nothing of it goes away.

The item is to be found again, as if it had not been scanned; its custody event is corrected, so that the chain
says so. What was missing before the scan is not made missing again by taking the scan back: that it is not there
is recorded by whoever looked for it.

What this does not do: a settled discrepancy is not taken back.
"""

from __future__ import annotations

from fullfile.core.entries import Draft, Entry
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.actions.inventories import the_inventory
from fullfile.server.store import inventories as rows
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.load import entries

__all__ = ["undo_scan"]

_FOLLOWING = 6
"""What a scan recorded lies within so many entries after it."""


def undo_scan(*, scan: int, reason: str, by: str = "", actor: str, now_ms: int) -> int:
    """Take a scan back. The index of the entry.

    Args:
        scan: the entry of the scan.
        reason: what was wrong.
        by: who takes it back; empty: whoever records it.
        actor: who records it.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        NotFound: the entry is no scan that stands.
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        found = rows.find_find(scan)
        if found is None or found.outcome == "not_found":
            raise NotFound(say("Entry {scan} is no scan that stands.", scan=scan))
        opened = the_inventory(found.inventory)
        told = entries(range(scan, min(writer.size, scan + _FOLLOWING)))
        first, after = told[0], told[1:]
        scans = [first, *(one for one in after if _is_same(first, one))]
        event = next((one for one in after if _is_event(first, one)), None)
        reasons = list(_reasons(found, first, after, actor, reason))
        if reasons:
            raise Refused(reasons)
        who = by.strip() or actor.strip()
        data = {
            "inventory": found.inventory,
            "scans": [one.index for one in scans],
            "agency": first.data.get("agency", ""),
            "tag": first.data.get("tag", ""),
            "code": first.data.get("code", ""),
            "shelf": found.shelf,
            "reason": reason.strip(),
            "by": who,
        }
        said = {name: value for name, value in data.items() if value != ""}
        drafts = [Draft("inventory.unscanned", actor.strip(), said)]
        if event is not None:
            words = f"inventory {opened.data['number']}: taken back by {who}: {reason.strip()}"
            mended = {**event.data, "reason": words}
            drafts.append(
                Draft(
                    "custody.recorded", actor.strip(), mended, corrects=event.index, more=event.more
                )
            )
        return writer.append(drafts, now_ms=now_ms)[0]


def _reasons(
    found: rows.Find, first: Entry, after: list[Entry], actor: str, reason: str
) -> list[Reason]:
    reasons = []
    if not actor.strip():
        reasons.append(Reason("anonymous", say("Whoever takes it back is named.")))
    if not reason.strip():
        reasons.append(Reason("reason_missing", say("Say what was wrong with the scan.")))
    if found.settled is not None:
        reasons.append(
            Reason(
                "settled_already",
                say("It is settled already (entry {settled}): it stands.", settled=found.settled),
            )
        )
    found_again = str(first.data.get("why", "")).startswith("found again")
    if found_again or any(
        one.type == "inventory.settled" and one.data.get("how") == "found_since" for one in after
    ):
        reasons.append(
            Reason(
                "was_missing",
                say(
                    "It was missing before this scan found it: if it is not there, record that it was not "
                    "found."
                ),
            )
        )
    return reasons


def _is_same(first: Entry, one: Entry) -> bool:
    """Whether an entry is a further outcome of the same scan."""
    return (
        one.type == "inventory.scanned"
        and one.recorded_ms == first.recorded_ms
        and "once" not in one.data
        and all(one.data.get(name) == first.data.get(name) for name in ("code", "tag", "shelf"))
    )


def _is_event(first: Entry, one: Entry) -> bool:
    """Whether an entry is the custody event of the scan."""
    return (
        one.type == "custody.recorded"
        and one.data.get("event") == "inventoried"
        and one.recorded_ms == first.recorded_ms
        and key(str(one.data["tag"])) == key(str(first.data.get("tag", "")))
    )
