"""A duty as it stands at a moment: whose, from when, until when, and what is still open of it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KINDS", "STATES", "Change", "Duty", "OpenItem"]

KINDS = ("first_disclosure", "continuing", "police", "window", "other")
STATES = (
    "overdue",
    "open",
    "undated",
    "suspended",
    "waiting",
    "passed",
    "done",
    "ended",
)
"""The states, in the order of what wants doing first."""


@dataclass(frozen=True, slots=True)
class Change:
    """What moved a date, or could have.

    Attributes:
        on: the day of it.
        words: what it was.
        old, new: the dates before and after; None where there was none. Alike where it moved nothing.
        entry: the row that says so; None where the law itself changed.
    """

    on: str
    words: str
    old: str | None
    new: str | None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item of which something is still owed, with its own date.

    Attributes:
        agency, tag: the item.
        state: the state of its line.
        due, due_basis: its date, and `law` or `policy`.
    """

    agency: str
    tag: str
    state: str
    due: str | None
    due_basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty. Dates are ISO 8601 text; None is "not on record" or "none is given".

    Attributes:
        defendant: whom it is owed to or by; None for a duty of an agency or towards everybody.
        agency: whose duty it is, for a duty of the police.
        rule, cite, title: the rule.
        kind: one of `KINDS`.
        owes, to: in the words of the pack.
        state: one of `STATES`: `waiting` no trigger on record, `open` not yet due, `done`, `overdue`,
            `passed` its day has passed and the record cannot show whether it was done, `undated`,
            `suspended`, `ended` with the defendant's case.
        trigger_event, trigger: what started the clock, and the day that counts.
        due, due_basis: the date; `law`, `policy` (the office's target) or `order`.
        days_left: negative when past.
        elapsed_days: since the trigger, where the law gives no number.
        target: the office's target for such a duty, where the office answers for it.
        working, skipped: the sum, to be done again by hand: (day, why) of each day left out.
        method, period, calendar: of the sum.
        changes: what moved the date.
        lacks: what is not on record.
        check: how far the rule was read.
        open_lines: how many lines of the match are not met.
        open_items: the first of them.
        note: what else a reader must know, in one sentence.
        entries: the log indexes it rests on.
    """

    defendant: str | None
    agency: str | None
    rule: str
    cite: str
    title: str
    kind: str
    owes: str
    to: str
    state: str
    trigger_event: str | None = None
    trigger: str | None = None
    due: str | None = None
    due_basis: str | None = None
    days_left: int | None = None
    elapsed_days: int | None = None
    target: str | None = None
    working: str = ""
    skipped: tuple[tuple[str, str], ...] = ()
    method: str | None = None
    period: str | None = None
    calendar: str | None = None
    changes: tuple[Change, ...] = ()
    lacks: tuple[str, ...] = ()
    check: str | None = None
    open_lines: int = 0
    open_items: tuple[OpenItem, ...] = ()
    note: str = ""
    entries: tuple[int, ...] = ()
