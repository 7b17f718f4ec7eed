"""The state of one unit: (item, case, defendant). Sections 4.4 and 8 of `the-match.md`.

This is the reference: what the engines' expressions say of whole tables must
be what this function says of each unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fullfile.core.docket.ends import End
from fullfile.core.facts.accounts import Fact
from fullfile.core.facts.bearing import Ground
from fullfile.core.facts.cases import Case, Defendant
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.facts.things import CustodyEvent, Loss
from fullfile.core.ids import DAY_MS
from fullfile.core.matching.dues import ENDED_BY_DISCLOSURE, Due
from fullfile.core.matching.handing import Aside, Disclosed, Filed, Withheld
from fullfile.core.matching.line import State
from fullfile.core.matching.world import Hold, World

__all__ = ["Custody", "Unit", "item_custody", "judge"]


@dataclass(frozen=True, slots=True)
class Custody:
    """What custody says of an item at the moment asked for.

    Attributes:
        absence: the event that makes it missing.
        never_booked: it was filed, disclosed or handled, and is on no list.
        under_hold: a standing loss while a hold stood.
        losses: standing losses with no hold standing.
    """

    absence: CustodyEvent | None
    never_booked: bool
    under_hold: tuple[Loss, Hold] | None
    losses: tuple[Loss, ...]

    @property
    def missing(self) -> bool:
        """Whether the item is missing."""
        return self.absence is not None or self.never_booked


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit, judged: every fact that the state and the sentence rest on."""

    case: Case
    item: ItemKey
    defendant: Defendant | None
    on: int
    t: int
    ground: Ground
    held: Fact | None
    booked: Fact | None
    custody: Custody
    gone: Loss | None
    filed: Filed
    is_filed: bool
    disclosed: Disclosed
    shown: Fact | None
    whole: bool
    receipt: Fact | None
    withheld: Withheld
    aside: Aside | None
    end: End | None
    after_conviction: bool
    due: Due
    states: tuple[State, ...]
    changed: bool

    @property
    def custody_events(self) -> tuple[CustodyEvent, ...]:
        """The events of custody that its states rest on."""
        held = self.custody.under_hold
        found = (
            self.custody.absence,
            held[0].event if held else None,
            self.gone.event if self.gone else None,
        )
        return tuple(event for event in found if event is not None)

    @property
    def state(self) -> State:
        """The first state that applies."""
        return self.states[0]


def item_custody(world: World, item: ItemKey) -> Custody:
    """What custody says of an item (section 6)."""
    on = world.on()
    losses = world.losses(item)
    held = next(((loss, hold) for loss, hold in losses if hold is not None), None)
    return Custody(
        world.absence(item),
        _never_booked(world, item, on),
        held,
        tuple(loss for loss, hold in losses if hold is None),
    )


def _never_booked(world: World, item: ItemKey, on: int) -> bool:
    if world.things.is_on_list(item, on):
        return False
    if world.things.handled(item, on):
        return True
    for table in ("filings", "disclosures"):
        for row in world.facts.of_item(table, item):
            if table == "filings" and row.said("set_aside"):
                continue
            case = world.cases.by_key.get(row.case or "")
            if row.last is not None and row.last <= world.on(case):
                return True
    return False


def judge(world: World, case: Case, item: ItemKey, defendant: Defendant | None) -> Unit | None:
    """Judge one unit; None where there is no line.

    Args:
        world: the record and the moment.
        case: a case that exists at that moment.
        item: an item of the State.
        defendant: a defendant of the case at that moment; None where it has none.
    """
    on = world.on(case)
    ground = world.bearing.since(case.key, item)
    if ground is None:
        return None
    arises = ground.moment if case.start is None else max(ground.moment, case.start)
    if arises > on:
        return None
    held = world.things.held(item)
    end = world.end(case, defendant.key) if defendant else None
    if end is not None and on <= end.ended:
        end = None
    after = (
        end is not None
        and end.convicted is not None
        and held is not None
        and held.moment // DAY_MS >= end.convicted // DAY_MS
    )
    if end is not None and end.convicted is None and arises > end.ended:
        return None
    t = on if end is None or after else min(on, end.ended)
    custody = world.remember(("custody", item), lambda: item_custody(world, item))
    filed = world.handing.filed(case, item)
    is_filed = filed.fact is not None and filed.fact.moment <= t
    who = defendant.key if defendant else ""
    disclosed = world.handing.disclosed(case, item, who)
    shown = disclosed.at(t)
    whole = disclosed.is_whole(t)
    receipt = disclosed.receipt(t)
    given = disclosed.whole if whole else None
    withheld = world.handing.withheld(case, item, who, t, given)
    aside = world.handing.aside(case, item, t, on)
    due = _due(world, case, item, defendant, held, withheld, given, on, after=after)
    gone = next(
        (
            loss
            for loss in custody.losses
            if custody.under_hold is None and disclosed.at(loss.moment) is None
        ),
        None,
    )
    states = _states(
        custody=custody,
        gone=gone,
        aside=aside,
        is_filed=is_filed,
        withheld=withheld,
        after=after,
        shown=shown,
        whole=whole,
        receipt=receipt,
        held=held,
        due=due,
        t=t,
        named=defendant is not None,
    )
    return Unit(
        case=case,
        item=item,
        defendant=defendant,
        on=on,
        t=t,
        ground=ground,
        held=held,
        booked=world.things.booked(item),
        custody=custody,
        gone=gone,
        filed=filed,
        is_filed=is_filed,
        disclosed=disclosed,
        shown=shown,
        whole=whole,
        receipt=receipt,
        withheld=withheld,
        aside=aside,
        end=end,
        after_conviction=after,
        due=due,
        states=states,
        changed=end is not None and _changed(end, arises, custody, gone, after=after),
    )


def _due(
    world: World,
    case: Case,
    item: ItemKey,
    defendant: Defendant | None,
    held: Fact | None,
    withheld: Withheld,
    given: Fact | None,
    on: int,
    *,
    after: bool,
) -> Due:
    """The due date, once withholdings that ended have moved it (section 5.6).

    `given`: the whole disclosure, which ends what stood.
    """
    if defendant is None or after:
        return Due(None, "", None, None, None, ())
    due = world.dues.due(case, defendant, held.moment if held else None, on, item)
    if withheld.until is not None:
        due = world.dues.after_withholding(due, withheld.until)
    if given is not None and _is_in_time(withheld.given, due):
        due = world.dues.after_withholding(due, given.moment, ENDED_BY_DISCLOSURE)
    return due


def _is_in_time(withholdings: Iterable[tuple[Row, int]], due: Due) -> bool:
    """Whether one of some good withholdings was good on or before the due day."""
    return any(due.day is None or since // DAY_MS <= due.day for _, since in withholdings)


def _states(
    *,
    custody: Custody,
    gone: Loss | None,
    aside: Aside | None,
    is_filed: bool,
    withheld: Withheld,
    after: bool,
    shown: Fact | None,
    whole: bool,
    receipt: Fact | None,
    held: Fact | None,
    due: Due,
    t: int,
    named: bool,
) -> tuple[State, ...]:
    """Every state that applies, in the contract's order (section 8)."""
    day = t // DAY_MS
    past_due = due.day is not None and day > due.day
    late = shown is not None and due.day is not None and shown.moment // DAY_MS > due.day
    in_time_withheld = _is_in_time(withheld.good, due)
    before_held = shown is not None and (held is None or shown.moment < held.moment)
    applies = {
        State.MISSING: custody.missing,
        State.DESTROYED_UNDER_HOLD: custody.under_hold is not None,
        State.GONE: gone is not None,
        State.SET_ASIDE: aside is not None and aside.counts,
        State.UNFILED: not is_filed,
    }
    if named:
        applies |= {
            State.WITHHELD_WITHOUT_ORDER: not whole and bool(withheld.bad) and not withheld.good,
            State.WITHHELD: not whole and bool(withheld.good),
            State.POST_CONVICTION: after and shown is None,
            State.OVERDUE: shown is None and past_due and not in_time_withheld,
            State.PARTIAL: shown is not None and not whole and not withheld.good,
            State.LATE: late,
            State.PENDING: shown is None and not past_due and not after and not withheld.good,
            State.UNACKNOWLEDGED: shown is not None
            and not late
            and (receipt is None or before_held),
            State.FULL: whole and is_filed and not late and receipt is not None and not before_held,
        }
    else:
        applies = {State.NO_DEFENDANT: True} | applies
    return tuple(state for state, does in applies.items() if does)


def _changed(end: End, arises: int, custody: Custody, gone: Loss | None, *, after: bool) -> bool:
    """Whether an ended line changed since (section 4.5)."""
    if after or arises > end.ended:
        return True
    moments = [loss.moment for loss in (gone,) if loss is not None]
    if custody.under_hold is not None:
        moments.append(custody.under_hold[0].moment)
    if custody.absence is not None:
        moments.append(custody.absence.moment)
    return any(moment > end.ended for moment in moments)
