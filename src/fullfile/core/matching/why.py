"""Why a line has its state: one plain sentence with dates, numbers and the rule.

Every printed late and overdue says "by law" or "by the office's target"; what
is lacking, corrected, claimed or told in another way is named.
"""

from __future__ import annotations

from collections.abc import Callable

from fullfile.core.facts.dates import date_words, day_words, days, join, when_words
from fullfile.core.facts.rows import quantity_of
from fullfile.core.facts.things import Loss
from fullfile.core.ids import DAY_MS, days_between, parse_when
from fullfile.core.matching.asides import asides
from fullfile.core.matching.dues import Due
from fullfile.core.matching.line import State
from fullfile.core.matching.unit import Unit
from fullfile.core.matching.words import agency_name, days_held, due_words, receipt_kind
from fullfile.core.matching.world import World

__all__ = ["why"]


def why(world: World, unit: Unit) -> str:
    """The sentences of a line: its state first, then what else a reader must know."""
    parts = [_SENTENCES[unit.state](world, unit)]
    parts += [_ALSO[state](world, unit) for state in unit.states[1:] if state in _ALSO]
    parts += asides(world, unit)
    return " ".join(part for part in parts if part)


def _who(unit: Unit) -> str:
    return unit.defendant.name if unit.defendant else "anybody"


def _agency(world: World, unit: Unit) -> str:
    return agency_name(world, unit.item)


def _held(world: World, unit: Unit) -> str:
    """Who has held it since when, naming collection and booking where they differ."""
    agency = _agency(world, unit)
    if unit.held is None:
        return f"Nothing on record says since when {agency} has held it."
    count = days_held(unit.held, unit.on)
    if count is None:
        return f"{agency} has it only from {date_words(unit.held.said, unit.held.moment)} on, as the record says."
    since = (
        f"{agency} has held it since {date_words(unit.held.said, unit.held.moment)} ({days(count)}"
    )
    if unit.booked is None:
        since += ", never booked by a date on record"
    elif unit.booked.moment // DAY_MS != unit.held.moment // DAY_MS:
        since += f"; booked {date_words(unit.booked.said, unit.booked.moment)}"
    return since + ")."


def _ground(unit: Unit) -> str:
    words = f"It bears on this case because {unit.ground.words}"
    if unit.ground.said:
        words += f" ({date_words(unit.ground.said, unit.ground.moment)})"
    if unit.ground.through:
        words += f", through {unit.ground.through}, which is of the same matter"
    return words + "."


def _missing(world: World, unit: Unit) -> str:
    agency = _agency(world, unit)
    filed = unit.filed.fact if unit.is_filed else None
    on_file = f"On the file since {date_words(filed.said, filed.moment)}, but " if filed else ""
    event = unit.custody.absence
    if event is None:
        handled = "" if filed else f" ({_seen_by_name(world, unit)})"
        return f"{on_file}{agency} never booked it{handled}: no property list on record has it by that day."
    when = when_words("" if event.by_status else event.row.text("occurred_at"), event.moment)
    if event.event == "lost":
        return f"{on_file}{agency}'s list says that it is lost (recorded {when})."
    if event.event == "short":
        listed = next(
            row.text("quantity")
            for row in world.facts.of_item("items", unit.item)
            if quantity_of(row.text("quantity")) is not None
        )
        return f"{on_file}{agency} counted {event.row.text('quantity')} of {listed} {when}."
    return f"{on_file}{agency} did not find it when it looked {when}."


def _seen_by_name(world: World, unit: Unit) -> str:
    """By what the record knows of a thing that no list has."""
    if unit.shown is not None:
        return f"disclosed {date_words(unit.shown.said, unit.shown.moment)}"
    handled = world.things.handled(unit.item, unit.on)
    if handled:
        event = handled[0].text("event").replace("_", " ")
        return f"{event} {date_words(handled[0].text('occurred_at'), handled[0].first or 0)}"
    return "it was filed or disclosed elsewhere"


def _destroyed(world: World, unit: Unit) -> str:
    assert unit.custody.under_hold is not None
    loss, hold = unit.custody.under_hold
    verb = "released" if loss.event.event == "released" else "destroyed"
    verb = "consumed" if loss.event.event == "consumed" else verb
    when = when_words(
        "" if loss.event.by_status else loss.event.row.text("occurred_at"), loss.moment
    )
    order = "; the order on that day is not on record" if _is_one_day(hold.since, loss) else ""
    return f"{_agency(world, unit)} {verb} it {when} while a hold stood ({hold.words}{order})."


def _gone(world: World, unit: Unit) -> str:
    assert unit.gone is not None
    event = unit.gone.event
    when = when_words("" if event.by_status else event.row.text("occurred_at"), event.moment)
    order = f" under {event.row.text('order')}" if event.ordered else ""
    same_day = ""
    if unit.shown is not None and _is_one_day(unit.shown.moment, unit.gone):
        same_day = " before that day (it was on that day; the order of the two is not on record)"
    return (
        f"{_agency(world, unit)} {event.event} it {when}{order}; no hold stood. It had not been "
        f"disclosed to {_who(unit)}{same_day}."
    )


def _is_one_day(moment: int, loss: Loss) -> bool:
    """Whether two facts are of one day, of which at least the loss has no time."""
    timed = (
        not loss.event.by_status and not parse_when(loss.event.row.text("occurred_at")).whole_day
    )
    return moment // DAY_MS == loss.moment // DAY_MS and not timed


def _set_aside(_world: World, unit: Unit) -> str:
    assert unit.aside is not None
    row = unit.aside.row
    first = date_words(row.text("filed_at"), row.last or 0)
    confirmed = date_words(row.text("confirmed_at"), row.recorded)
    return (
        f"Set aside for this case by {row.text('filed_by')} on {first} and {row.text('confirmed_by')} "
        f"on {confirmed}: “{row.text('reason')}”. It stays on the schedule and in the certificate."
    )


def _unfiled(world: World, unit: Unit) -> str:
    state = "It is not on the prosecution's file"
    if unit.filed.withdrawn:
        state = "It was withdrawn from the prosecution's file (nobody recorded when)"
    elif unit.filed.fact is not None:
        state += f" (filed later, {date_words(unit.filed.fact.said, unit.filed.fact.moment)})"
    return f"{_held(world, unit)} {state}. {_ground(unit)}"


def _bad_withholding(_world: World, unit: Unit) -> str:
    row, wanting = unit.withheld.bad[0]
    return (
        f"Withheld from {_who(unit)} since {date_words(row.text('withheld_at'), row.last or 0)}: "
        f"{row.text('ground').replace('_', ' ')}. {wanting[0].upper()}{wanting[1:]}."
    )


def _withheld(world: World, unit: Unit) -> str:
    row = unit.withheld.good[0][0]
    ground = world.law.ground(unit.case.jurisdiction, row.text("ground"))
    assert ground is not None
    words = (
        f"Withheld from {_who(unit)} since {date_words(row.text('withheld_at'), row.last or 0)} by "
        f"{row.text('by')}: {ground.name}, {ground.cite}"
    )
    if row.data.get("order"):
        words += f", {row.text('order')}"
    if row.data.get("until"):
        words += f", until {date_words(row.text('until'), 0)}"
    if unit.shown is not None and not unit.whole:
        words += f"; a part was disclosed on {day_words(unit.shown.moment)}"
    return words + "."


def _post_conviction(world: World, unit: Unit) -> str:
    assert unit.held is not None
    assert unit.end is not None
    assert unit.end.convicted is not None
    same = unit.held.moment // DAY_MS == unit.end.convicted // DAY_MS
    when = "the day" if same else "after"
    words = (
        f"{_agency(world, unit)} took it in {when_words(unit.held.said, unit.held.moment)}, {when} "
        f"{_who(unit)} was convicted"
    )
    if same:
        words += " (the order on that day is not on record)"
    else:
        words += f" ({day_words(unit.end.convicted)})"
    return (
        words
        + ". The duty before trial did not reach it; duties after conviction may. Not disclosed."
    )


def _overdue(_world: World, unit: Unit) -> str:
    due = unit.due
    assert due.day is not None
    late = unit.t // DAY_MS - due.day
    words = f"Due to {_who(unit)} on {day_words(due.day * DAY_MS)} {due_words(due)}, {days(late)} ago. Not disclosed."
    return _no_date(due) + words


def _no_date(due: Due) -> str:
    """What the law does not say, where the office's target stands in."""
    if due.lacks:
        return f"Not on record: {join(due.lacks)}. "
    if due.basis != "policy":
        return ""
    return f"The law names no day ({due.cite}). " if due.cite else ""


def _partial(_world: World, unit: Unit) -> str:
    rows = [row for row in unit.disclosed.rows if unit.shown and row.entry == unit.shown.entry]
    row = rows[0] if rows else unit.disclosed.rows[0]
    what = f": {row.text('what')}" if row.data.get("what") else ""
    extent = {"part": "in part", "offered": "as an offer to inspect"}.get(
        row.text("extent"), row.text("extent")
    )
    when = when_words(unit.shown.said, unit.shown.moment) if unit.shown else ""
    return (
        f"Disclosed to {_who(unit)} {when} {extent}{what}. The rest is not withheld on any ground."
    )


def _late(_world: World, unit: Unit) -> str:
    assert unit.shown is not None
    assert unit.due.day is not None
    late = unit.shown.moment // DAY_MS - unit.due.day
    words = (
        f"Disclosed to {_who(unit)} {when_words(unit.shown.said, unit.shown.moment)}"
        f"{_served(unit)}, {days(late)} after it was due {due_words(unit.due)}"
    )
    if unit.held is not None:
        count = days_between(unit.held.moment, unit.shown.moment)
        what = "booked" if _is_booking(unit) else "taken in"
        words += f"; {days(count)} after it was {what}"
    return _no_date(unit.due) + words + "."


def _is_booking(unit: Unit) -> bool:
    return (
        unit.booked is not None
        and unit.held is not None
        and unit.booked.moment // DAY_MS == unit.held.moment // DAY_MS
    )


def _served(unit: Unit) -> str:
    row = next(
        (row for row in unit.disclosed.rows if unit.shown and row.entry == unit.shown.entry), None
    )
    if row is None or not row.data.get("served_on"):
        return ""
    return f", served on {row.text('served_on')}"


def _pending(_world: World, unit: Unit) -> str:
    if unit.due.day is None:
        lacks = f" Not on record: {join(unit.due.lacks)}." if unit.due.lacks else ""
        return f"Not disclosed to {_who(unit)}; no due date can be given.{lacks}"
    left = unit.due.day - unit.t // DAY_MS
    when = "today" if left == 0 else f"in {days(left)}"
    words = (
        f"Due to {_who(unit)} on {day_words(unit.due.day * DAY_MS)} {due_words(unit.due)}, {when}."
    )
    return _no_date(unit.due) + words


def _unacknowledged(_world: World, unit: Unit) -> str:
    assert unit.shown is not None
    words = (
        f"Disclosed to {_who(unit)} {when_words(unit.shown.said, unit.shown.moment)}{_served(unit)}, "
        f"{_in_time(unit)}."
    )
    if unit.held is None:
        return words + " Nothing on record says that it was held then."
    if unit.shown.moment < unit.held.moment:
        return words + " The record has it held only later; the dates do not agree."
    return words + f" No receipt after {days(days_between(unit.shown.moment, unit.t))}."


def _in_time(unit: Unit) -> str:
    return "in time" if unit.due.day is not None else "with no due date against it"


def _full(world: World, unit: Unit) -> str:
    assert unit.held is not None
    assert unit.shown is not None
    assert unit.filed.fact is not None
    assert unit.receipt is not None
    return (
        f"Held since {date_words(unit.held.said, unit.held.moment)}, on the file "
        f"{date_words(unit.filed.fact.said, unit.filed.fact.moment)}, disclosed "
        f"{date_words(unit.shown.said, unit.shown.moment)}{_served(unit)}, receipt "
        f"{receipt_kind(world, unit.receipt)} "
        f"{date_words(unit.receipt.said, unit.receipt.moment)}."
    )


def _no_defendant(_world: World, _unit: Unit) -> str:
    return "No defendant is on record for this case, so nobody can be served."


_SENTENCES: dict[State, Callable[[World, Unit], str]] = {
    State.MISSING: _missing,
    State.DESTROYED_UNDER_HOLD: _destroyed,
    State.GONE: _gone,
    State.SET_ASIDE: _set_aside,
    State.UNFILED: _unfiled,
    State.WITHHELD_WITHOUT_ORDER: _bad_withholding,
    State.WITHHELD: _withheld,
    State.POST_CONVICTION: _post_conviction,
    State.OVERDUE: _overdue,
    State.PARTIAL: _partial,
    State.LATE: _late,
    State.PENDING: _pending,
    State.UNACKNOWLEDGED: _unacknowledged,
    State.FULL: _full,
    State.NO_DEFENDANT: _no_defendant,
}
_ALSO: dict[State, Callable[[World, Unit], str]] = {
    state: sentence for state, sentence in _SENTENCES.items() if state != State.FULL
}
