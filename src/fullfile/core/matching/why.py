"""Why a line has its state: one plain sentence with dates, numbers and the rule.

Every printed late and overdue says "by law" or "by the office's target"; what
is lacking, corrected, claimed or told in another way is named. The sentence keeps
its parts (`core.said`), so that a page can say it in the reader's language.
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
from fullfile.core.said import capital, joined, say, word

__all__ = ["why"]


def why(world: World, unit: Unit) -> str:
    """The sentences of a line: its state first, then what else a reader must know."""
    parts = [_SENTENCES[unit.state](world, unit)]
    parts += [_ALSO[state](world, unit) for state in unit.states[1:] if state in _ALSO]
    parts += asides(world, unit)
    return joined(parts)


def _who(unit: Unit) -> str:
    return unit.defendant.name if unit.defendant else say("anybody")


def _agency(world: World, unit: Unit) -> str:
    return agency_name(world, unit.item)


def _held(world: World, unit: Unit) -> str:
    """Who has held it since when, naming collection and booking where they differ."""
    agency = _agency(world, unit)
    if unit.held is None:
        return say("Nothing on record says since when {agency} has held it.", agency=agency)
    count = days_held(unit.held, unit.on)
    held = date_words(unit.held.said, unit.held.moment)
    if count is None:
        return say(
            "{agency} has it only from {day} on, as the record says.", agency=agency, day=held
        )
    if unit.booked is None:
        return say(
            "{agency} has held it since {day} ({days}, never booked by a date on record).",
            agency=agency,
            day=held,
            days=days(count),
        )
    if unit.booked.moment // DAY_MS != unit.held.moment // DAY_MS:
        return say(
            "{agency} has held it since {day} ({days}; booked {booked}).",
            agency=agency,
            day=held,
            days=days(count),
            booked=date_words(unit.booked.said, unit.booked.moment),
        )
    return say(
        "{agency} has held it since {day} ({days}).", agency=agency, day=held, days=days(count)
    )


def _ground(unit: Unit) -> str:
    ground: str = unit.ground.words
    if unit.ground.said:
        said = date_words(unit.ground.said, unit.ground.moment)
        ground = say("{ground} ({day})", ground=ground, day=said)
    if unit.ground.through:
        return say(
            "It bears on this case because {ground}, through {case}, which is of the same matter.",
            ground=ground,
            case=unit.ground.through,
        )
    return say("It bears on this case because {ground}.", ground=ground)


def _missing(world: World, unit: Unit) -> str:
    agency = _agency(world, unit)
    filed = unit.filed.fact if unit.is_filed else None
    if filed is None:
        return _absent(world, unit, agency)
    return say(
        "On the file since {day}, but {absent}",
        day=date_words(filed.said, filed.moment),
        absent=_absent(world, unit, agency),
    )


def _absent(world: World, unit: Unit, agency: str) -> str:
    event = unit.custody.absence
    if event is None:
        if unit.is_filed and unit.filed.fact is not None:
            return say(
                "{agency} never booked it: no property list on record has it by that day.",
                agency=agency,
            )
        return say(
            "{agency} never booked it ({seen}): no property list on record has it by that day.",
            agency=agency,
            seen=_seen_by_name(world, unit),
        )
    when = when_words("" if event.by_status else event.row.text("occurred_at"), event.moment)
    if event.event == "lost":
        return say(
            "{agency}'s list says that it is lost (recorded {when}).", agency=agency, when=when
        )
    if event.event == "short":
        listed = next(
            row.text("quantity")
            for row in world.facts.of_item("items", unit.item)
            if quantity_of(row.text("quantity")) is not None
        )
        return say(
            "{agency} counted {found} of {listed} {when}.",
            agency=agency,
            found=event.row.text("quantity"),
            listed=listed,
            when=when,
        )
    return say("{agency} did not find it when it looked {when}.", agency=agency, when=when)


def _seen_by_name(world: World, unit: Unit) -> str:
    """By what the record knows of a thing that no list has."""
    if unit.shown is not None:
        return say("disclosed {day}", day=date_words(unit.shown.said, unit.shown.moment))
    handled = world.things.handled(unit.item, unit.on)
    if handled:
        return say(
            "{event} {day}",
            event=word(handled[0].text("event").replace("_", " ")),
            day=date_words(handled[0].text("occurred_at"), handled[0].first or 0),
        )
    return say("it was filed or disclosed elsewhere")


def _destroyed(world: World, unit: Unit) -> str:
    assert unit.custody.under_hold is not None
    loss, hold = unit.custody.under_hold
    when = when_words(
        "" if loss.event.by_status else loss.event.row.text("occurred_at"), loss.moment
    )
    held: str = hold.words
    if _is_one_day(hold.since, loss):
        held = joined((held, say("the order on that day is not on record")), "; ")
    agency = _agency(world, unit)
    match loss.event.event:
        case "released":
            return say(
                "{agency} released it {when} while a hold stood ({hold}).",
                agency=agency,
                when=when,
                hold=held,
            )
        case "consumed":
            return say(
                "{agency} consumed it {when} while a hold stood ({hold}).",
                agency=agency,
                when=when,
                hold=held,
            )
        case _:
            return say(
                "{agency} destroyed it {when} while a hold stood ({hold}).",
                agency=agency,
                when=when,
                hold=held,
            )


def _gone(world: World, unit: Unit) -> str:
    assert unit.gone is not None
    event = unit.gone.event
    when: str = when_words("" if event.by_status else event.row.text("occurred_at"), event.moment)
    if event.ordered:
        when = say("{when} under {order}", when=when, order=event.row.text("order"))
    agency = _agency(world, unit)
    match event.event:
        case "released":
            left = say("{agency} released it {when}; no hold stood.", agency=agency, when=when)
        case "consumed":
            left = say("{agency} consumed it {when}; no hold stood.", agency=agency, when=when)
        case _:
            left = say("{agency} destroyed it {when}; no hold stood.", agency=agency, when=when)
    if unit.shown is not None and _is_one_day(unit.shown.moment, unit.gone):
        missed = say(
            "It had not been disclosed to {who} before that day (it was on that day; the order of the two is "
            "not on record).",
            who=_who(unit),
        )
    else:
        missed = say("It had not been disclosed to {who}.", who=_who(unit))
    return joined((left, missed))


def _is_one_day(moment: int, loss: Loss) -> bool:
    """Whether two facts are of one day, of which at least the loss has no time."""
    timed = (
        not loss.event.by_status and not parse_when(loss.event.row.text("occurred_at")).whole_day
    )
    return moment // DAY_MS == loss.moment // DAY_MS and not timed


def _set_aside(_world: World, unit: Unit) -> str:
    assert unit.aside is not None
    row = unit.aside.row
    return say(
        "Set aside for this case by {first} on {first_day} and {second} on {second_day}: “{reason}”. It stays on "
        "the schedule and in the certificate.",
        first=row.text("filed_by"),
        first_day=date_words(row.text("filed_at"), row.last or 0),
        second=row.text("confirmed_by"),
        second_day=date_words(row.text("confirmed_at"), row.recorded),
        reason=row.text("reason"),
    )


def _unfiled(world: World, unit: Unit) -> str:
    if unit.filed.withdrawn:
        state = say("It was withdrawn from the prosecution's file (nobody recorded when).")
    elif unit.filed.fact is not None:
        state = say(
            "It is not on the prosecution's file (filed later, {day}).",
            day=date_words(unit.filed.fact.said, unit.filed.fact.moment),
        )
    else:
        state = say("It is not on the prosecution's file.")
    return joined((_held(world, unit), state, _ground(unit)))


def _bad_withholding(_world: World, unit: Unit) -> str:
    row, wanting = unit.withheld.bad[0]
    return say(
        "Withheld from {who} since {day}: {ground}. {wanting}.",
        who=_who(unit),
        day=date_words(row.text("withheld_at"), row.last or 0),
        ground=word(row.text("ground").replace("_", " ")),
        wanting=capital(wanting),
    )


def _withheld(world: World, unit: Unit) -> str:
    row = unit.withheld.good[0][0]
    ground = world.law.ground(unit.case.jurisdiction, row.text("ground"))
    assert ground is not None
    kept: str = say(
        "Withheld from {who} since {day} by {by}: {ground}, {cite}",
        who=_who(unit),
        day=date_words(row.text("withheld_at"), row.last or 0),
        by=row.text("by"),
        ground=ground.name,
        cite=ground.cite,
    )
    if row.data.get("order"):
        kept = joined((kept, row.text("order")), ", ")
    if row.data.get("until"):
        kept = joined((kept, say("until {day}", day=date_words(row.text("until"), 0))), ", ")
    if unit.shown is not None and not unit.whole:
        part = say("a part was disclosed on {day}", day=day_words(unit.shown.moment))
        kept = joined((kept, part), "; ")
    return say("{said}.", said=kept)


def _post_conviction(world: World, unit: Unit) -> str:
    assert unit.held is not None
    assert unit.end is not None
    assert unit.end.convicted is not None
    facts = {
        "agency": _agency(world, unit),
        "when": when_words(unit.held.said, unit.held.moment),
        "who": _who(unit),
    }
    if unit.held.moment // DAY_MS == unit.end.convicted // DAY_MS:
        came = say(
            "{agency} took it in {when}, the day {who} was convicted (the order on that day is not on record).",
            **facts,
        )
    else:
        came = say(
            "{agency} took it in {when}, after {who} was convicted ({day}).",
            **facts,
            day=day_words(unit.end.convicted),
        )
    return joined(
        (
            came,
            say(
                "The duty before trial did not reach it; duties after conviction may. Not disclosed."
            ),
        )
    )


def _overdue(_world: World, unit: Unit) -> str:
    due = unit.due
    assert due.day is not None
    late = unit.t // DAY_MS - due.day
    return joined(
        (
            _no_date(due),
            say(
                "Due to {who} on {day} {by}, {ago} ago. Not disclosed.",
                who=_who(unit),
                day=day_words(due.day * DAY_MS),
                by=due_words(due),
                ago=days(late),
            ),
        )
    )


def _no_date(due: Due) -> str:
    """What the law does not say, where the office's target stands in."""
    if due.lacks:
        return say("Not on record: {lacks}.", lacks=join(due.lacks))
    if due.basis != "policy":
        return ""
    return say("The law names no day ({cite}).", cite=due.cite) if due.cite else ""


def _partial(_world: World, unit: Unit) -> str:
    rows = [row for row in unit.disclosed.rows if unit.shown and row.entry == unit.shown.entry]
    row = rows[0] if rows else unit.disclosed.rows[0]
    given = say(
        "Disclosed to {who} {when} {extent}",
        who=_who(unit),
        when=when_words(unit.shown.said, unit.shown.moment) if unit.shown else "",
        extent=_EXTENTS.get(row.text("extent"), word(row.text("extent"))),
    )
    what = row.text("what")
    return joined(
        (
            say("{given}: {what}.", given=given, what=what) if what else say("{said}.", said=given),
            say("The rest is not withheld on any ground."),
        )
    )


_EXTENTS = {"part": say("in part"), "offered": say("as an offer to inspect")}


def _late(_world: World, unit: Unit) -> str:
    assert unit.shown is not None
    assert unit.due.day is not None
    late = unit.shown.moment // DAY_MS - unit.due.day
    said: str = say(
        "{disclosed}, {days} after it was due {by}",
        disclosed=_disclosed_to(unit),
        days=days(late),
        by=due_words(unit.due),
    )
    if unit.held is not None:
        count = days(days_between(unit.held.moment, unit.shown.moment))
        since = (
            say("{days} after it was booked", days=count)
            if _is_booking(unit)
            else say("{days} after it was taken in", days=count)
        )
        said = joined((said, since), "; ")
    return joined((_no_date(unit.due), say("{said}.", said=said)))


def _is_booking(unit: Unit) -> bool:
    return (
        unit.booked is not None
        and unit.held is not None
        and unit.booked.moment // DAY_MS == unit.held.moment // DAY_MS
    )


def _disclosed_to(unit: Unit) -> str:
    """To whom it was disclosed, when, and on whom it was served."""
    assert unit.shown is not None
    when = when_words(unit.shown.said, unit.shown.moment)
    served = _served_on(unit)
    if not served:
        return say("Disclosed to {who} {when}", who=_who(unit), when=when)
    return say(
        "Disclosed to {who} {when}, served on {counsel}", who=_who(unit), when=when, counsel=served
    )


def _served_on(unit: Unit) -> str:
    row = next(
        (row for row in unit.disclosed.rows if unit.shown and row.entry == unit.shown.entry), None
    )
    return "" if row is None else row.text("served_on")


def _pending(_world: World, unit: Unit) -> str:
    if unit.due.day is None:
        lacks = unit.due.lacks
        return joined(
            (
                say("Not disclosed to {who}; no due date can be given.", who=_who(unit)),
                say("Not on record: {lacks}.", lacks=join(lacks)) if lacks else "",
            )
        )
    left = unit.due.day - unit.t // DAY_MS
    owed = say(
        "Due to {who} on {day} {by}, {when}.",
        who=_who(unit),
        day=day_words(unit.due.day * DAY_MS),
        by=due_words(unit.due),
        when=say("today") if left == 0 else say("in {days}", days=days(left)),
    )
    return joined((_no_date(unit.due), owed))


def _unacknowledged(_world: World, unit: Unit) -> str:
    assert unit.shown is not None
    disclosed = _disclosed_to(unit)
    given = (
        say("{disclosed}, in time.", disclosed=disclosed)
        if unit.due.day is not None
        else say("{disclosed}, with no due date against it.", disclosed=disclosed)
    )
    if unit.held is None:
        silent = say("Nothing on record says that it was held then.")
    elif unit.shown.moment < unit.held.moment:
        silent = say("The record has it held only later; the dates do not agree.")
    else:
        count = days_between(unit.shown.moment, unit.t)
        silent = say("No receipt after {days}.", days=days(count))
    return joined((given, silent))


def _full(world: World, unit: Unit) -> str:
    assert unit.held is not None
    assert unit.shown is not None
    assert unit.filed.fact is not None
    assert unit.receipt is not None
    shown: str = date_words(unit.shown.said, unit.shown.moment)
    served = _served_on(unit)
    if served:
        shown = say("{day}, served on {counsel}", day=shown, counsel=served)
    signed = receipt_kind(world, unit.receipt) == "signed"
    receipt = date_words(unit.receipt.said, unit.receipt.moment)
    return say(
        "Held since {held}, on the file {filed}, disclosed {shown}, {receipt}.",
        held=date_words(unit.held.said, unit.held.moment),
        filed=date_words(unit.filed.fact.said, unit.filed.fact.moment),
        shown=shown,
        receipt=say("receipt signed {day}", day=receipt)
        if signed
        else say("receipt claimed {day}", day=receipt),
    )


def _no_defendant(_world: World, _unit: Unit) -> str:
    return say("No defendant is on record for this case, so nobody can be served.")


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
