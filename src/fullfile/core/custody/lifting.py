"""Placing a hold and lifting one: by name, with a reason, and with what it sets free.

A hold that the record placed (`case:`, `civil_suit:`, `appeal:`, `window:`) is lifted like any
other: by a row of its name that names a person and a reason. Nothing lifts by itself.

That `window:` is not lifted before the last day of a way back to court, unless the reason
names an order, is this program's policy; no law is quoted for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from fullfile.core.custody.holds import (
    EVENT_KINDS,
    KINDS,
    PLACING,
    Hold,
    covers,
    kind_and_number,
    lifted_at,
    liftings,
    standing_events,
)
from fullfile.core.custody.state import holds_with_contents, is_examined
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.facts.cases import Case
from fullfile.core.facts.dates import day_words, join, when_words
from fullfile.core.facts.known import Known, name_of
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import DAY_MS, day_of, day_text, key
from fullfile.core.rules import Calendar, Rule, deadline
from fullfile.core.rules.law import Law, day_number
from fullfile.core.rules.packs import is_in_force
from fullfile.core.said import say, word

__all__ = ["Lifting", "StillHeld", "Window", "Wish", "decide_lift", "decide_place", "windows_of"]


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants a hold lifted, and why.

    Attributes:
        name: of the hold.
        by: who lifts it.
        reason: why.
        order: the court's order that says so; empty: none.
        lifted_at: when, as it was said.
        moment: the same in ms.
        actor: who records it.
    """

    name: str
    by: str
    reason: str
    order: str
    lifted_at: str
    moment: int
    actor: str


@dataclass(frozen=True, slots=True)
class StillHeld:
    """An item that a lifting does not set free, and what keeps it."""

    agency: str
    tag: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lifting:
    """What a lifting records, and what follows.

    Attributes:
        drafts: to be recorded.
        releasable: (agency, tag) of the items that nothing holds any more.
        still_held: the others that the hold was on.
        windows: of a `window:` hold, the ways back to court that were looked at.
    """

    drafts: tuple[Draft, ...]
    releasable: tuple[tuple[str, str], ...]
    still_held: tuple[StillHeld, ...]
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A way back to court after a conviction.

    Attributes:
        ground, cite, check: as in the pack.
        last_day: None where it is not known, or none is counted.
        words: all of it in words.
        counted: whether a rule counts a last day.
    """

    ground: str
    cite: str
    check: str
    last_day: date | None
    words: str
    counted: bool = True


def decide_place(known: Known, data: Mapping[str, Any], actor: str, *, in_future: bool) -> Draft:
    """Place a hold by name.

    Args:
        known: the record.
        data: of a row of `holds`, checked against its columns.
        actor: who records it.
        in_future: whether its day lies ahead of the clock.

    Raises:
        Refused: with every reason.
    """
    reasons = []
    name = str(data["hold"])
    first = key(name).partition(":")[0]
    if ":" in name and first in (*KINDS, "suggestion"):
        reasons.append(
            Reason(
                "name_reserved",
                say("“{name}” is a name that the record gives: choose another.", name=name),
            )
        )
    scopes = [
        bool(data.get("case_number")),
        bool(data.get("report_number")),
        bool(data.get("tag")),
    ]
    if sum(scopes) != 1:
        reasons.append(
            Reason(
                "scope",
                say(
                    "A hold is on one of: a case (case_number), a report number with its agency, an item "
                    "(agency and tag)."
                ),
            )
        )
    reasons += [
        Reason(
            "lifted",
            say("A hold is placed first and lifted later: leave {column} out.", column=column),
        )
        for column in ("lifted_at", "lifted_by", "lifted_reason")
        if data.get(column)
    ]
    reasons += [
        Reason(
            "placed_already",
            say("“{name}” stands there already (entry {entry}).", name=name, entry=row.entry),
        )
        for row in _open_rows(known, name)
        if _scope(row.data) == _scope(data)
    ]
    if in_future:
        reasons.append(
            Reason(
                "date_future",
                say("{placed_at} lies ahead: place it from today.", placed_at=data["placed_at"]),
            )
        )
    if reasons:
        raise Refused(reasons)
    return Draft("hold.recorded", actor, dict(data))


def _scope(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        key(str(data.get(name, ""))) for name in ("case_number", "agency", "report_number", "tag")
    )


def decide_lift(known: Known, law: Law, wish: Wish) -> Lifting:
    """Lift a hold by its name, and say what that sets free.

    Args:
        known: the record, asked about now.
        law: the packs that the office has adopted.
        wish: who, why, and which.

    Raises:
        Refused: with every reason.
    """
    kind = kind_and_number(wish.name)
    if kind is not None:
        wish = replace(wish, name=":".join(kind))  # as it compares, however it was spaced
    reasons = []
    if not wish.by:
        reasons.append(
            Reason("name_missing", say("A hold is lifted by a named person: say by whom."))
        )
    if not wish.reason:
        reasons.append(Reason("reason_missing", say("A hold is lifted with a reason: say why.")))
    if wish.moment > known.on():
        reasons.append(
            Reason(
                "date_future",
                say("{lifted_at} lies ahead: lift it then.", lifted_at=wish.lifted_at),
            )
        )
    rows = _open_rows(known, wish.name)
    case, placing = _placed_by_record(known, wish)
    if case is None and not rows:
        reasons.append(
            Reason(
                "no_such_hold",
                say(
                    "No hold “{name}” stands: `holds_of_case` and `holds_of_item` name those that do.",
                    name=wish.name,
                ),
            )
        )
    found: tuple[Window, ...] = ()
    if case is not None and kind is not None and kind[0] == "window":
        found = windows_of(known, law, case)
        if not wish.order:
            reasons.extend(_too_early(law, case, found, wish.moment))
    affected = _affected(known, wish, rows, case)
    reasons += _over_losses(known, wish, affected)
    if reasons:
        raise Refused(reasons)
    drafts = [_lifted(row, wish) for row in rows]
    if case is not None and not rows:
        drafts.append(_lifting_row(case, placing, wish))
    free, held = _what_follows(known, wish, affected)
    return Lifting(tuple(drafts), tuple(free), tuple(held), found)


def _open_rows(known: Known, name: str) -> list[Row]:
    return [
        row
        for row in known.facts.rows.get("holds", ())
        if key(row.text("hold")) == key(name) and lifted_at(row) is None
    ]


def _placed_by_record(known: Known, wish: Wish) -> tuple[Case | None, list[Row]]:
    """The case of a hold that the record placed and nobody lifted, with the events that placed it."""
    kind = kind_and_number(wish.name)
    case = known.cases.by_key.get(kind[1]) if kind else None
    if kind is None or case is None:
        return None, []
    lifted = liftings(known.facts).get(key(wish.name), ())
    if kind[0] in EVENT_KINDS:
        events = standing_events(known.facts, case.key, kind[0], lifted, known.on(case))
        return (case, events) if events else (None, [])
    return (None, []) if lifted else (case, [])


def _too_early(law: Law, case: Case, found: Sequence[Window], moment: int) -> list[Reason]:
    """Policy: a way back to court that is open, or of which nobody can say that it is not, keeps."""
    out = say("wait, or name the court's order that lifts it")
    if law.pack(case.jurisdiction) is None:
        text = say(
            "No pack for {jurisdiction} says how long the ways back to court stay open in {number}",
            jurisdiction=case.jurisdiction,
            number=case.number,
        )
        return [
            Reason(
                "window_unknown", say("{text}: name the court's order that lifts it.", text=text)
            )
        ]
    today = day_of(moment)
    return [
        Reason(
            "window_open",
            say(
                "By the office's policy “window:{number}” is not lifted yet: {words}. The way out: {out}.",
                number=case.number,
                words=window.words,
                out=out,
            ),
        )
        for window in found
        if window.counted and (window.last_day is None or today <= window.last_day)
    ]


def windows_of(known: Known, law: Law, case: Case) -> tuple[Window, ...]:
    """The ways back to court that the pack of a case knows, each with its last day where one is counted."""
    pack = law.pack(case.jurisdiction)
    if pack is None:
        return ()
    level = pack.court_level(case.level)
    on = known.on(case)
    found = []
    for window in pack.windows:
        if not window.rule:
            words = say(
                "{ground} ({cite}): no last day is counted. {says}",
                ground=window.ground,
                cite=window.cite,
                says=window.says,
            )
            found.append(
                Window(window.ground, window.cite, window.check, None, words, counted=False)
            )
            continue
        rules = [rule for rule in pack.rules if rule.id == window.rule]
        here = [rule for rule in rules if level is None or level.id in rule.court_levels]
        if not here:
            continue
        last = [
            day
            for row in known.facts.of_case("docket", case.key)
            for rule in (_in_force(here, row),)
            if rule is not None and row.last is not None and (row.first or 0) <= on
            for day in (_last_day(rule, row, law.calendars.get(pack.calendar), pack.weekend),)
            if day is not None
        ]
        if last:
            words = say(
                "{ground} ({cite}) stays open until {day_words}",
                ground=window.ground,
                cite=window.cite,
                day_words=day_words(day_number(max(last)) * DAY_MS),
            )
            found.append(Window(window.ground, window.cite, window.check, max(last), words))
        else:
            events = join([event.replace("_", " ") for event in here[0].trigger_events])
            words = say(
                "{ground} ({cite}) has no last day on record: it counts from {events}, and unknown is "
                "never over",
                ground=window.ground,
                cite=window.cite,
                events=events,
            )
            found.append(Window(window.ground, window.cite, window.check, None, words))
    return tuple(found)


def _in_force(rules: Sequence[Rule], row: Row) -> Rule | None:
    """The version of a rule that an event starts."""
    starts = [rule for rule in rules if row.text("event") in rule.trigger_events]
    day = day_of(row.last or 0)
    valid = [rule for rule in starts if is_in_force(rule, day)] or starts
    return max(valid, key=lambda rule: rule.effective_from or date.min, default=None)


def _last_day(
    rule: Rule, row: Row, calendar: Calendar | None, weekend: tuple[str, ...]
) -> date | None:
    found = deadline(rule, day_of(row.last or 0), calendar, weekend=weekend)
    due = found.due if found.due is not None else found.raw
    return due.date() if isinstance(due, datetime) else due


def _lifted(row: Row, wish: Wish) -> Draft:
    """The row again, lifted: an entry that corrects it. It is the office's own act."""
    said = {
        "lifted_at": wish.lifted_at,
        "lifted_by": wish.by,
        "lifted_reason": _reason(wish),
    }
    return Draft("hold.recorded", wish.actor, {**row.data, **said}, corrects=row.entry)


def _lifting_row(case: Case, placing: Sequence[Row], wish: Wish) -> Draft:
    kind = kind_and_number(wish.name)
    assert kind is not None
    if placing:
        since = placing[0].text("occurred_on")
        what = f"placed by the docket ({PLACING_WORDS[kind[0]]})"
    else:
        since = day_text(case.start) if case.start is not None else wish.lifted_at
        what = "placed by the open case"
    return Draft(
        "hold.recorded",
        wish.actor,
        {
            "hold": f"{kind[0]}:{case.number}",
            "placed_at": since,
            "by": wish.by,
            "reason": what,
            "case_number": case.number,
            "lifted_at": wish.lifted_at,
            "lifted_by": wish.by,
            "lifted_reason": _reason(wish),
        },
    )


PLACING_WORDS = {
    kind: join([event.replace("_", " ") for event, placed in PLACING.items() if placed == kind])
    for kind in EVENT_KINDS
}


def _reason(wish: Wish) -> str:
    return f"{wish.reason} (order: {wish.order})" if wish.order else wish.reason


def _affected(known: Known, wish: Wish, rows: Sequence[Row], case: Case | None) -> list[ItemKey]:
    """The items that the hold is on."""
    found: dict[ItemKey, None] = {}
    if case is not None:
        found.update(dict.fromkeys(known.bearing.items_of(case.key)))
    if rows:
        for item in known.things.all_items():
            if any(
                covers(
                    known.facts, known.cases, known.things, known.bearing, row, item, wish.moment
                )
                for row in rows
            ):
                found[item] = None
    return sorted(found)


def _what_follows(
    known: Known, wish: Wish, affected: Sequence[ItemKey]
) -> tuple[list[tuple[str, str]], list[StillHeld]]:
    """Of the items that the hold was on: those that nothing holds now, and what holds the others."""
    free: list[tuple[str, str]] = []
    held: list[StillHeld] = []
    lifted = key(wish.name)
    now = known.on()
    for item in affected:
        if known.things.losses(item, now):
            continue
        agency, tag = name_of(known.facts, item)
        because = [
            say("{name} on {tag}: {words}", name=one.hold.name, tag=one.tag, words=one.hold.words)
            if one.inside
            else _because(one.hold)
            for one in holds_with_contents(known, item, now)
            if key(one.hold.name) != lifted
        ]
        if not known.cases_of(item) and not is_examined(known, item):
            because.append(say("it bears on no case, and nobody has examined which it belongs to"))
        if because:
            held.append(StillHeld(agency, tag, tuple(because)))
        else:
            free.append((agency, tag))
    return free, held


def _over_losses(known: Known, wish: Wish, affected: Sequence[ItemKey]) -> Iterator[Reason]:
    """A lifting that is dated back does not reach behind a loss: the hold stood when it happened."""
    for item in affected:
        for loss in known.things.losses(item, known.on()):
            if loss.moment >= wish.moment and not loss.event.ordered:
                _, tag = name_of(known.facts, item)
                yield Reason(
                    "lifted_behind_a_loss",
                    say(
                        "{tag} was {event} {when_words} while “{name}” stood: it is not lifted from {lifted_at}, "
                        "but from a later day.",
                        tag=tag,
                        event=word(loss.event.event),
                        when_words=when_words(loss.event.row.text("occurred_at"), loss.moment),
                        name=wish.name,
                        lifted_at=wish.lifted_at,
                    ),
                )


def _because(hold: Hold) -> str:
    return f"{hold.name}: {hold.words}"
