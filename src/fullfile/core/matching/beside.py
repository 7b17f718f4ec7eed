"""The lines beside the items: unbooked, unanswered, barred_count, orphan. Section 9 of `the-match.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fullfile.core.ids import DAY_MS, day_text, days_between, key
from fullfile.core.matching.bearing import mentioned_cases
from fullfile.core.matching.cases import Case
from fullfile.core.matching.ends import REOPENINGS, find_end
from fullfile.core.matching.facts import ItemKey, Row, quantity_of
from fullfile.core.matching.line import Line, State
from fullfile.core.matching.unit import item_custody
from fullfile.core.matching.words import date_words, day_words, days, item_name
from fullfile.core.matching.world import World

__all__ = ["barred_counts", "orphan", "unanswered", "unbooked"]

_BARS = frozenset({"acquitted", "convicted", "dismissed_with_prejudice"})


def unbooked(world: World, only: str | None = None) -> Iterator[Line]:
    """Mentions that nobody booked or answered; with `only`, those of one case."""
    for row in world.facts.rows.get("mentions", ()):
        cases = mentioned_cases(world.cases, row)
        wanted = [case for case in cases if case in world.cases.by_key]
        if only is not None:
            wanted = [case for case in wanted if case == only]
        elif not wanted:
            wanted = [""]
        for case in wanted:
            here = world.cases.by_key.get(case)
            if row.last is None or row.last > world.on(here) or _is_answered(world, row):
                continue
            if here is not None and here.start is not None and here.start > world.on(here):
                continue
            yield _unbooked_line(world, row, here)


def _is_answered(world: World, row: Row) -> bool:
    closers = {key(row.text("outcome_by")), key(row.text("outcome_confirmed_by"))} - {""}
    if (
        row.data.get("outcome") in ("returned_on_spot", "left_in_place", "not_taken")
        and len(closers) == 2
    ):
        return True
    if not row.data.get("booked_as"):
        return False
    item = (key(row.text("booked_agency") or row.text("agency")), key(row.text("booked_as")))
    if not world.things.is_on_list(item, world.on()):
        return False
    said, listed = quantity_of(row.text("quantity")), world.things.quantity(item)
    return said is None or listed is None or listed >= said


def _unbooked_line(world: World, row: Row, case: Case | None) -> Line:
    when = date_words(row.text("mentioned_at"), row.last or 0)
    count = days_between(row.first or 0, world.on(case))
    booked = ""
    if row.data.get("booked_as"):
        booked = f" It is said to be booked as {row.text('booked_as')}, which is not on the list or holds fewer."
    why = (
        f"Report {row.text('report_number')} of {when} says that “{row.text('description')}” was taken. "
        f"Nothing is booked for it ({days(count)}), and nobody has said, with a second person to confirm "
        f"it, what became of it.{booked}"
    )
    return Line(
        state=State.UNBOOKED,
        agency=row.text("agency"),
        case_number=case.number if case else None,
        description=row.text("description"),
        days_since_held=count,
        why=why,
        ended=_all_ended(world, case),
        entries=(row.entry,),
    )


def _all_ended(world: World, case: Case | None) -> str | None:
    """The day on which the last defendant's case ended; None while one is open."""
    if case is None:
        return None
    on = world.on(case)
    ends = [
        find_end(world.cases, case.key, one.key, on) for one in world.cases.defendants(case, on)
    ]
    found = [end.ended for end in ends if end is not None and on > end.ended]
    return day_text(max(found)) if ends and len(found) == len(ends) else None


def agencies_of(world: World, case: Case, items: Iterable[ItemKey], on: int) -> dict[str, str]:
    """The State's agencies of a case by a moment: as key, with the name as recorded.

    Listed, of its report numbers, of its officers, or ever a holder of an item that bears on it:
    its own items, and those whose custody says that they came from it or went to it.
    """
    found: dict[str, str] = {}
    for row in world.facts.of_case("cases", case.key):
        for agency in row.data.get("agencies", ()):
            found.setdefault(key(agency), agency)
        for report in row.data.get("report_numbers", ()):
            found.setdefault(key(report["agency"]), report["agency"])
    for row in world.facts.of_case("parties", case.key):
        if row.data.get("role") == "officer" and row.data.get("agency"):
            found.setdefault(key(row.text("agency")), row.text("agency"))
    for item in items:
        found.setdefault(item[0], item_name(world, item)[0])
        for row in world.things.handled(item, on):
            for name in (row.text("from"), row.text("to")):
                agency = world.things.agency_called(name)
                if agency is not None:
                    found.setdefault(key(agency), agency)
    return {agency: name for agency, name in found.items() if world.things.is_of_the_state(agency)}


def unanswered(world: World, case: Case) -> Iterator[Line]:
    """Agencies of a case without a standing answer once a first due date has come."""
    on = world.on(case)
    first = _first_due(world, case, on)
    if first is None or on // DAY_MS < first:
        return
    bearing = [
        item
        for item in world.bearing.items_of(case.key)
        if (world.bearing.arises(case.key, item) or 0) <= on
        and world.bearing.arises(case.key, item) is not None
    ]
    for agency, name in sorted(agencies_of(world, case, bearing, on).items()):
        own = [item for item in bearing if item[0] == agency]
        last, standing, why_not = _answer(world, case, agency, own, on)
        if standing:
            continue
        said = (
            f" It said on {date_words(last.text('answered_at'), last.last or 0)}: "
            f"{last.text('answer').replace('_', ' ')} ({last.text('by')}); {why_not}."
            if last is not None
            else ""
        )
        yield Line(
            state=State.UNANSWERED,
            agency=name,
            case_number=case.number,
            due=day_text(first * DAY_MS),
            why=(
                f"{name} has no standing answer whether it holds anything more for this case. The first duty "
                f"fell due on {day_words(first * DAY_MS)}.{said} No answer is not “nothing held”."
            ),
            entries=(last.entry,) if last is not None else (),
        )


def _first_due(world: World, case: Case, on: int) -> int | None:
    dues = []
    for one in world.cases.defendants(case, on):
        end = find_end(world.cases, case.key, one.key, on)
        if end is not None and on > end.ended:
            continue
        due = world.dues.due(case, one, case.start, on)
        if due.day is not None:
            dues.append(due.day)
    return min(dues, default=None)


def _answer(
    world: World, case: Case, agency: str, own: list[ItemKey], on: int
) -> tuple[Row | None, bool, str]:
    rows = [
        row
        for row in world.facts.of_case("answers", case.key)
        if key(row.text("agency")) == agency and row.last is not None and row.last <= on
    ]
    last = max(rows, key=lambda row: row.ord, default=None)
    if last is None or last.last is None:
        return None, False, ""
    kind = last.text("answer")
    if kind == "nothing_held":
        return last, not own, "an item of its own on this case is on record"
    if kind == "more_to_come":
        day = last.last // DAY_MS
        return (
            last,
            on // DAY_MS <= day + world.policy.target_on(day),
            "the time for more has run out",
        )
    for item in own:
        held = world.things.held(item)
        arises = world.bearing.arises(case.key, item) or 0
        first = world.facts.first_recorded.get(item)
        later = (
            first is not None
            and first.entry > last.entry
            and (first.batch != last.batch or first.batch == -1)
        )
        if (held is not None and held.moment > last.last) or arises > last.last or later:
            return (
                last,
                False,
                f"{item_name(world, item)[1]} was taken in or found to be of this case later",
            )
    return last, True, ""


def barred_counts(world: World, case: Case) -> Iterator[Line]:
    """Counts opened although a ruling bars them."""
    on = world.on(case)
    for row in world.facts.of_case("counts", case.key):
        charged = row.first if row.first is not None else case.start
        if row.data.get("override") or charged is None or charged > on or row.defendant is None:
            continue
        for other in (case.key, *sorted(case.matter)):
            ruling = _barring(world, other, row, charged, on)
            if ruling is not None:
                number = world.cases.by_key[other].number
                yield Line(
                    state=State.BARRED_COUNT,
                    case_number=case.number,
                    defendant=row.text("defendant"),
                    why=(
                        f"Count {row.text('count')} ({row.text('offense')}) was opened on {day_words(charged)} "
                        f"although {row.text('defendant')} was {_ruling_words(ruling)} in {number} on "
                        f"{date_words(ruling.text('occurred_on'), ruling.last or 0)}, and no override names that ruling."
                    ),
                    entries=(row.entry, ruling.entry),
                )
                break


def _ruling_words(ruling: Row) -> str:
    return {
        "dismissed_with_prejudice": "let go by a dismissal with prejudice",
    }.get(ruling.text("event"), ruling.text("event"))


def _barring(world: World, other: str, count: Row, charged: int, on: int) -> Row | None:
    if other not in world.cases.by_key:
        return None
    offense = key(count.text("offense"))
    same = {
        key(row.text("count"))
        for row in world.facts.of_case("counts", other)
        if row.defendant == count.defendant and key(row.text("offense")) == offense
    }
    found: Row | None = None
    for row in sorted(world.facts.of_case("docket", other), key=lambda one: one.ord):
        if (row.first or 0) >= charged:
            continue
        if not world.cases.concerns(row, other, count.defendant or ""):
            continue
        if row.last is None or row.last > on:
            continue
        named = key(row.text("count"))
        if named and named not in same:
            continue
        if not named and not same:
            continue
        if row.data["event"] in _BARS:
            found = row
        elif row.data["event"] in REOPENINGS - {"refiled"}:
            found = None  # that the State refiles takes no bar away
    return found


def orphan(world: World, item: ItemKey) -> Line | None:
    """The line of an item that bears on no case; None where it bears on one or is not held."""
    on = world.on()
    if not world.things.is_of_the_state(item[0]):
        return None
    if not world.things.is_on_list(item, on) and not world.things.handled(item, on):
        return None
    for case in world.cases_of(item):
        arises = world.bearing.arises(case, item)
        if arises is not None and arises <= world.on(world.cases.by_key[case]):
            return None
    custody = item_custody(world, item)
    also = tuple(
        state
        for state, applies in (
            (State.MISSING, custody.missing),
            (State.DESTROYED_UNDER_HOLD, custody.under_hold is not None),
        )
        if applies
    )
    held, booked = world.things.held(item), world.things.booked(item)
    agency, tag = item_name(world, item)
    rows = world.facts.of_item("items", item)
    count = days_between(held.moment, on) if held else None
    since = (
        f"{agency} has held it since {date_words(held.said, held.moment)} ({days(count or 0)})."
        if held
        else f"{agency} has handled it; since when it has been held is not on record."
    )
    report = next((row.text("report_number") for row in rows if row.data.get("report_number")), "")
    under = f" It was booked under {report}, which no case lists." if report else ""
    return Line(
        state=State.ORPHAN,
        also=also,
        agency=agency,
        tag=tag,
        description=rows[0].text("description") if rows else None,
        held_since=day_text(held.moment) if held else None,
        booked_at=day_text(booked.moment) if booked else None,
        days_since_held=count,
        why=f"{since} It bears on no case.{under} Not yet examined: nobody has looked for the case it belongs to.",
        entries=tuple(sorted({row.entry for row in rows})),
    )
