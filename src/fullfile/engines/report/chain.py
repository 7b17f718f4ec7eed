"""The chain of one line: held, on file, disclosed. It is drawn as far as the thing got.

Marks: `done`; `half`, done but late or without a receipt; `ring`, not done
yet; `apart`, kept back or set aside as the rules ask; `stop`, it stops here.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.matching.line import Line, State
from fullfile.engines.report.dates import short_date

__all__ = ["Link", "chain"]

_LOST = {
    State.MISSING: "Missing",
    State.DESTROYED_UNDER_HOLD: "Destroyed under a hold",
    State.GONE: "Gone",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its mark, what it is about, and what is known of it."""

    mark: str
    label: str
    words: str
    joined: bool = True


def chain(line: Line) -> tuple[Link, ...]:
    """The links of a line; none for the lines beside the items."""
    if line.tag is None or line.state in (State.UNBOOKED, State.BARRED_COUNT):
        return ()
    has = {line.state, *line.also}
    held = _held(line, has)
    if line.state is State.ORPHAN:
        return (held, Link("stop", "Case", "bears on no case"))
    filed = _filed(line, has, stopped=held.mark == "stop")
    return (
        held,
        filed,
        _served(line, has, open_so_far=held.mark != "stop" and filed.mark == "done"),
    )


def _held(line: Line, has: set[State]) -> Link:
    lost = next((word for state, word in _LOST.items() if state in has), None)
    if lost is not None:
        return Link("stop", "Held", lost.lower())
    return Link(
        "done", "Held", f"since {short_date(line.held_since)}" if line.held_since else "yes"
    )


def _filed(line: Line, has: set[State], *, stopped: bool) -> Link:
    if line.filed_at is not None and State.UNFILED not in has:
        return Link("done", "On file", short_date(line.filed_at), joined=not stopped)
    if State.SET_ASIDE in has:
        return Link("apart", "On file", "set aside", joined=not stopped)
    if State.UNFILED in has:
        return Link("stop", "On file", "no", joined=not stopped)
    return Link("done", "On file", "yes", joined=not stopped)


def _served(line: Line, has: set[State], *, open_so_far: bool) -> Link:
    label = f"To {line.defendant}" if line.defendant else "Disclosed"
    due = f"due {short_date(line.due)}" if line.due else "no date given"
    if State.NO_DEFENDANT in has:
        return Link("stop", label, "no defendant on record", joined=open_so_far)
    if State.PARTIAL in has:
        return Link("stop", label, f"in part, {short_date(line.disclosed_at)}", joined=open_so_far)
    if State.WITHHELD_WITHOUT_ORDER in has:
        return Link("stop", label, "withheld, not approved", joined=open_so_far)
    if State.WITHHELD in has:
        return Link("apart", label, "withheld", joined=open_so_far)
    if line.disclosed_at is not None:
        when = short_date(line.disclosed_at)
        if State.LATE in has:
            return Link("half", label, f"{when}, {due}", joined=open_so_far)
        if State.UNACKNOWLEDGED in has:
            return Link("half", label, f"{when}, no receipt", joined=open_so_far)
        return Link("done", label, when, joined=open_so_far)
    if State.OVERDUE in has:
        mark = "stop" if line.state is State.OVERDUE else "ring"
        return Link(mark, label, f"no, {due}", joined=open_so_far)
    if State.POST_CONVICTION in has:
        return Link("ring", label, "no, came in after the conviction", joined=open_so_far)
    return Link("ring", label, f"not yet, {due}", joined=open_so_far)
