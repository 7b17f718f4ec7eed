"""What happened to an item, in words: the event as somebody did it, the clock, the sentence of who did what when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from fullfile.core.entries import Entry
from fullfile.core.facts.dates import day_words
from fullfile.core.ids import wall_ms

__all__ = ["ACTS", "clock_words", "did_words"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_EVENTS = {
    "collected": "collected it",
    "booked": "booked it",
    "transferred": "transferred it",
    "moved": "moved it",
    "checked_out": "checked it out",
    "checked_in": "checked it in",
    "sealed": "sealed it",
    "unsealed": "took off its seal",
    "examined": "examined it",
    "inventoried": "counted it in an inventory",
    "not_found": "recorded that it was not found",
    "found": "recorded that it was found",
    "released": "released it",
    "consumed": "used it up",
    "destroyed": "destroyed it",
}
ACTS = {
    "item.recorded": "wrote it on the property list",
    "leaving.asked": "asked that it may leave",
    "leaving.approved": "approved that it leaves",
    "leaving.refused": "refused that it leaves",
    "inventory.unscanned": "took back a scan of it",
    "discrepancy.settled": "settled a discrepancy of it",
}
"""What somebody did to an item by an entry that is no custody event."""


def clock_words(ms: int, zone: tzinfo) -> str:
    """A moment (UTC ms) as a sentence says it: `at 10:02 a.m. MST on November 29, 2026`."""
    local = (_EPOCH + timedelta(milliseconds=ms)).astimezone(zone)
    half = "a.m." if local.hour < 12 else "p.m."
    clock = f"{(local.hour - 1) % 12 + 1}:{local.minute:02d} {half} {local.tzname() or ''}".rstrip()
    return f"at {clock} on {day_words(wall_ms(ms, zone))}"


def did_words(entry: Entry, zone: tzinfo) -> str:
    """Who did what to an item, when, by which entry."""
    data = entry.data
    done = _EVENTS.get(str(data.get("event", "")), ACTS.get(entry.type, "changed it"))
    if entry.corrects is not None:
        done = f"corrected entry {entry.corrects}"
    to = f" to {data['to']}" if data.get("to") and entry.corrects is None else ""
    who = data.get("by") or data.get("booked_by") or entry.by
    return f"{who} {done}{to} {clock_words(entry.recorded_ms, zone)} (entry {entry.index})"
