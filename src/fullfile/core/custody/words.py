"""What happened to an item, in words: the event as somebody did it, the clock, the sentence of who did what when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from fullfile.core.entries import Entry
from fullfile.core.facts.dates import day_words
from fullfile.core.ids import wall_ms
from fullfile.core.said import say

__all__ = ["ACTS", "clock_words", "did_words"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_EVENTS = {
    "collected": say("collected it"),
    "booked": say("booked it"),
    "transferred": say("transferred it"),
    "moved": say("moved it"),
    "checked_out": say("checked it out"),
    "checked_in": say("checked it in"),
    "sealed": say("sealed it"),
    "unsealed": say("took off its seal"),
    "examined": say("examined it"),
    "inventoried": say("counted it in an inventory"),
    "not_found": say("recorded that it was not found"),
    "found": say("recorded that it was found"),
    "released": say("released it"),
    "consumed": say("used it up"),
    "destroyed": say("destroyed it"),
}
ACTS = {
    "item.recorded": say("wrote it on the property list"),
    "leaving.asked": say("asked that it may leave"),
    "leaving.approved": say("approved that it leaves"),
    "leaving.refused": say("refused that it leaves"),
    "inventory.unscanned": say("took back a scan of it"),
    "discrepancy.settled": say("settled a discrepancy of it"),
}
"""What somebody did to an item by an entry that is no custody event."""


def clock_words(ms: int, zone: tzinfo) -> str:
    """A moment (UTC ms) as a sentence says it: `at 10:02 a.m. MST on November 29, 2026`."""
    local = (_EPOCH + timedelta(milliseconds=ms)).astimezone(zone)
    half = "a.m." if local.hour < 12 else "p.m."
    clock = f"{(local.hour - 1) % 12 + 1}:{local.minute:02d} {half} {local.tzname() or ''}".rstrip()
    return say("at {clock} on {day_words}", clock=clock, day_words=day_words(wall_ms(ms, zone)))


def did_words(entry: Entry, zone: tzinfo) -> str:
    """Who did what to an item, when, by which entry."""
    data = entry.data
    done = _EVENTS.get(str(data.get("event", "")), ACTS.get(entry.type, say("changed it")))
    if entry.corrects is not None:
        done = say("corrected entry {corrects}", corrects=entry.corrects)
    who = str(data.get("by") or data.get("booked_by") or entry.by)
    when = clock_words(entry.recorded_ms, zone)
    if data.get("to") and entry.corrects is None:
        return say(
            "{who} {done} to {to} {when} (entry {entry})",
            who=who,
            done=done,
            to=str(data["to"]),
            when=when,
            entry=entry.index,
        )
    return say(
        "{who} {done} {when} (entry {entry})", who=who, done=done, when=when, entry=entry.index
    )
